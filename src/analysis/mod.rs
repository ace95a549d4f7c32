//! What many scorecards say together.

mod absent;
pub mod aggregates;
pub mod identity;
pub mod ranking;
pub mod round;
pub mod standing;
