//! kubectl's words: commands as lines, answers, tables.

pub mod duration;
pub mod get;
pub mod print;
pub mod table;
