//! The published JSON shapes: each names itself and its version, keeps its order, and writes every number as text.
//!
//! A number is exact where a decimal can say it, else a fraction such as `5/24`; beside it stands the number as the
//! ruleset shows it. The mark is a point. A shape only ever gains keys; anything else is a new version.

mod derived;
mod against;
mod aggregates;
mod answers;
mod changes;
mod diagnostic;
mod formatting;
mod history;
mod gate;
mod grading;
mod leaf;
mod number;
mod outside;
mod placed;
mod published;
mod ranking;
mod reason;
mod round;
mod ruleset;
mod scorecard;
mod sourced;
mod split;
mod survey;
mod submission;
mod table;
mod working;

pub use against::Against;
pub use answers::{tallies_csv, tallies_json};
pub use diagnostic::{Checked, Finding, Findings, Unread};
pub use formatting::{FormattedFile, Formatting};
pub use history::Composed;
pub use leaf::One;
pub use placed::{PLACED_COLUMNS, Places};
pub use published::Published;
pub use ranking::Ranking;
pub use ruleset::{Appendix, Summary};
pub use scorecard::{Scorecard, Scorecards};
pub use split::{SPLIT_COLUMNS, split_csv};
pub use submission::{to_json, to_json_line};
pub use table::{csv_header, csv_row};

/// A shape as text, for people and programs: two spaces of indentation, a line end at the end.
pub fn write(shape: &impl serde::Serialize) -> String {
    // Shapes hold nothing but texts, lists and flags, which always serialize.
    let mut text = serde_json::to_string_pretty(shape).unwrap_or_default();
    text.push('\n');
    text
}

/// A shape on one line, without its end.
pub fn line(shape: &impl serde::Serialize) -> String {
    serde_json::to_string(shape).unwrap_or_default()
}
