//! What many scorecards say together.

pub mod ranking;
pub mod round;
pub mod standing;
