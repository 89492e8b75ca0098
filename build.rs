//! What has to be done before the programs of the page are built.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/stories.txt");
    share_stories();
    keep_constants_apart();
}

/// The stories lie in one text, and go into two: what runs, and what is said of it, which can come later.
fn share_stories() {
    let all = fs::read_to_string("src/stories.txt").expect("there are stories");
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    for group in all.split('#').skip(1) {
        let all: Vec<_> = group.trim().lines().collect();
        let (name, stories) = all.split_at(2);
        words.push(format!("#{}", name[0]));
        words.push(name[1].to_owned());
        for story in stories.chunks(3) {
            let [line, en, zh_hans] = story else { panic!("a story has three lines: {story:?}") };
            lines.push(*line);
            words.extend([(*en).to_owned(), (*zh_hans).to_owned()]);
        }
    }
    let folder = env::var("OUT_DIR").expect("cargo says where");
    for (name, text) in [("story-lines.txt", lines.join("\n")), ("story-words.txt", words.join("\n"))] {
        fs::write(Path::new(&folder).join(name), text).expect("cargo's folder can be written to");
    }
}

/// One segment per constant: then each can go to the part of the program that needs it (scripts/split.mjs).
fn keep_constants_apart() {
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        for program in ["rollscope", "embedded"] {
            println!("cargo:rustc-link-arg-bin={program}=--no-merge-data-segments");
        }
    }
}
