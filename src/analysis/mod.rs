//! What many scorecards say together.

mod absent;
mod alike;
pub mod aggregates;
pub mod changes;
pub mod identity;
pub mod ranking;
pub mod round;
pub mod split;
pub mod standing;
