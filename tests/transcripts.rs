//! Plays the stories in `tests/transcripts/`: what is typed, what kubectl prints, and time that passes.
//!
//! A file begins with a comment that tells the story. `$ ` begins a command, `> ` goes on with it in the next
//! line, `@ 90s` lets time pass, `! n` is
//! the exit status where it is not 0; every other line is printed, standard error after standard output.
//! The cluster is the article's: a Deployment `web` of ten replicas of `web:v1`. `ROLLSCOPE_ACCEPT=1` writes
//! down what is printed now.

use std::fs;
use std::path::{Path, PathBuf};

use rollscope::i18n::Lang;
use rollscope::kubectl::files::Files;
use rollscope::kubectl::flags::duration;
use rollscope::kubectl::output::Output;
use rollscope::shell::Shell;
use rollscope::shell::says;
use rollscope::sim::scenario::Scenario;
use rollscope::timeline::{Inputs, Timeline};

#[test]
fn every_story_goes_as_it_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let files =
        fs::read_dir(folder).expect("the folder is there").map(|file| file.expect("it can be read").path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let told = fs::read_to_string(&file).expect("a story is text");
        assert!(told.starts_with("# "), "{} begins with what it is about", file.display());
        let played = play(&told);
        match std::env::var_os("ROLLSCOPE_ACCEPT") {
            Some(_) => fs::write(&file, played).expect("the file can be written"),
            None => assert_eq!(played, told, "{}: played is on the left", file.display()),
        }
    }
}

/// The story again, with what is printed now.
fn play(told: &str) -> String {
    let inputs = Inputs { scenario: Scenario::article(), script: Vec::new() };
    let mut timeline = Timeline::new(inputs).expect("the article's scenario is accepted");
    timeline.seek_time(timeline.end());
    let mut shell = Shell::default();
    let mut played = String::new();
    let mut lines = told.lines().peekable();
    while let Some(line) = lines.next() {
        let output = match (line.strip_prefix("$ "), line.strip_prefix("@ ")) {
            (Some(command), _) => {
                let mut command = command.to_owned();
                played += line;
                while let Some(more) = lines.next_if(|line| line.starts_with("> ") || *line == ">") {
                    command = format!("{command}\n{}", more[1..].strip_prefix(' ').unwrap_or_default());
                    played = format!("{played}\n{more}");
                }
                shell.run(&command, &mut timeline, &Files::default(), |_| None)
            }
            (_, Some(time)) => {
                played += line;
                let later = timeline.time() + duration(time).expect("time passes for a while");
                timeline.seek_time(later);
                shell.look(&mut timeline)
            }
            _ if line.starts_with('#') => {
                played += line;
                Output::default()
            }
            _ => continue,
        };
        played.push('\n');
        played += &printed(&output);
        if !played.ends_with('\n') {
            played.push('\n');
        }
    }
    played
}

fn printed(output: &Output) -> String {
    let ours = output.missing.as_ref().map_or(String::new(), |what| says::missing(what, Lang::En) + "\n");
    let aside = output.aside.as_ref().map_or(String::new(), |what| says::aside(what, Lang::En) + "\n");
    let status = if output.exit == 0 { String::new() } else { format!("! {}\n", output.exit) };
    format!("{}{}{ours}{aside}{status}", output.stdout, output.stderr)
}
