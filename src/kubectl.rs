//! kubectl, word for word as version 1.36 answers.
//!
//! [`run::run`] carries out a command line against anything that is an [`api::Api`]: a moment of a run,
//! or one that was recorded. The page's way in is [`Shell`](crate::shell::Shell).

pub mod api;
pub mod builder;
mod changes;
mod columns;
pub mod complete;
pub mod describe;
mod documents;
pub mod duration;
pub mod files;
pub mod flags;
pub mod follow;
pub mod get;
pub mod json;
pub mod kinds;
mod merge;
pub mod names;
pub mod objects;
pub mod output;
mod patch;
mod pipe;
pub mod print;
pub mod rollout;
pub mod rows;
pub mod run;
pub mod selector;
pub mod table;
pub mod time;
pub mod wait;
pub mod words;

pub use follow::Follow;
