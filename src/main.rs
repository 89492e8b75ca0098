//! Starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    rollscope::web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Rollscope is a web page: `make serve` builds and serves it.");
    std::process::exit(2);
}
