//! Starts the embedded page.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(target_arch = "wasm32")]
fn main() {
    rollscope::web::start_embedded();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This is a part of a web page: `make serve` builds and serves it.");
    std::process::exit(2);
}
