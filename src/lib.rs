//! Rollscope shows a Kubernetes rollout pod by pod, exactly as the real controllers would do it.
//!
//! The modules in reading order; each may use only those above it (`tests/layers.rs`):
//! - [`sim`]: the simulator, a pure function of a scenario and a script.
//! - [`timeline`]: a run that can be moved through.

pub mod sim;
pub mod timeline;
