//! Rollscope shows a Kubernetes rollout pod by pod, exactly as the real controllers would do it.
//!
//! The modules in reading order; each may use only those above it (`tests/layers.rs`):
//! - [`sim`]: the simulator, a pure function of a scenario and a script.
//! - [`timeline`]: a run that can be moved through.
//! - [`kubectl`]: commands, answers and tables in kubectl's words.
//! - [`i18n`]: every sentence of the page, in every language.
//! - [`manifest`]: Deployments as YAML, in and out.
//! - [`shell`]: kubectl at the moment on screen.
//! - [`mod@line`]: all that a run follows from, in one line of words.
//! - [`link`]: all that is on screen, as a part of an address.
//! - [`stories`]: scenarios with a name, and what to watch in them.
//! - [`session`]: all that the page remembers, and how it changes.
//! - [`view`]: everything on screen, as plain data.
//! - [`ui`]: the page as components.
//! - [`markup`]: elements as plain data.
//! - [`picture`]: a moment of a run as an SVG; [`export`]: runs in other forms.
//! - [`desk`]: where kubectl is typed and pictures are taken, a program of its own.
//! - `web`: the border to the browser.

pub mod desk;
pub mod export;
pub mod i18n;
pub mod kubectl;
pub mod line;
pub mod link;
pub mod manifest;
pub mod markup;
pub mod picture;
pub mod session;
pub mod shell;
pub mod sim;
pub mod stories;
pub mod timeline;
pub mod ui;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod web;
