//! What many scorecards say together.

pub mod ranking;
