//! What many scorecards say together.

pub mod aggregates;
pub mod identity;
pub mod ranking;
pub mod round;
pub mod standing;
