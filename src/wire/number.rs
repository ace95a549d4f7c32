//! Numbers as text: exact, and as shown.

use serde::Serialize;

use crate::number::{DecimalMark, Points, Ratio};

/// A number twice: exact (`1.35`, `5/24`) and with the digits that the ruleset shows.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Number {
    exact: String,
    rounded: String,
}

impl Number {
    /// A number and the digits that are shown of it.
    pub(super) fn new(exact: &Ratio, rounded: &Ratio, digits: u32) -> Self {
        Self { exact: exact.exact(DecimalMark::Point), rounded: rounded.fixed(digits, DecimalMark::Point) }
    }

    /// Points: what they are, what they count as, and the digits shown.
    pub(super) fn points(exact: &Points, rounded: &Points, digits: u32) -> Self {
        Self::new(exact.ratio(), rounded.ratio(), digits)
    }

    /// A share as a percentage.
    pub(super) fn percent(exact: &Ratio, rounded: &Ratio, digits: u32) -> Self {
        let hundred = Ratio::from(100);
        Self::new(&(exact * &hundred), &(rounded * &hundred), digits)
    }
}

/// An exact number alone.
pub(super) fn exact(number: &Ratio) -> String {
    number.exact(DecimalMark::Point)
}
