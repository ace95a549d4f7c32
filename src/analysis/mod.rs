//! What many scorecards say together.

pub mod aggregates;
pub mod ranking;
