//! Text to syntax tree and back: folding, keywords in both languages, recovery, the canonical writer.

mod build;
mod decode;
mod day_ranges;
mod expected;
mod fold;
mod format;
mod grammar;
mod keyword;
mod label;
pub mod limits;
mod literal;
mod meant;
mod opening;
mod parse;
mod repair;
mod reserved;
mod subject;
pub mod tree;
mod wording;
mod write;

pub use decode::decode;
pub(crate) use fold::compose;
pub use fold::fold;
pub use format::{Formatted, Refusal, faithful, format};
pub use keyword::{Keyword, Place, grammar_text, level_i};
pub use literal::{
    dashed_date, date, date_text, days, due_text, duration_text, moment, moment_text, quote, years_later,
};
pub use parse::{Parsed, parse};
pub use reserved::{is_reserved, reserved_name};
pub use subject::is_meant;
pub(crate) use subject::misspelt_kind;
pub use write::{Comments, canonical, write_expression, write_file, write_statement};
