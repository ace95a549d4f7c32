//! Exact numbers: ratios that never overflow, points, and the one rounding step.
#![deny(clippy::arithmetic_side_effects)]

mod big;
mod decimal;
mod operators;
mod points;
mod quick;
mod ratio;
mod read;
mod rounding;
mod small;
mod sum;
mod write;

pub use points::Points;
pub(crate) use quick::{Quick, common_denominator};
pub use ratio::Ratio;
pub use read::ParseNumberError;
pub use rounding::Rounding;
pub(crate) use sum::Sum;
pub use write::DecimalMark;
