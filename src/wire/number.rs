//! Numbers as text: exact, and as shown.

use serde::Serialize;

use crate::number::{DecimalMark, Points, Ratio};

/// A number twice: exact (`1.35`, `5/24`) and with the digits that the ruleset shows.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Number {
    exact: String,
    rounded: String,
    /// What counts, exactly, where leaves or areas round: then it is neither of the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<String>,
}

impl Number {
    /// A number and the digits that are shown of it.
    pub(super) fn new(exact: &Ratio, rounded: &Ratio, digits: u32) -> Self {
        let rounded = rounded.fixed(digits, DecimalMark::Point);
        Self { exact: exact.exact(DecimalMark::Point), rounded, counted: None }
    }

    /// Points: what they are, what they count as, and the digits shown.
    pub(super) fn points(exact: &Points, rounded: &Points, digits: u32) -> Self {
        Self::new(exact.ratio(), rounded.ratio(), digits).counted(exact.ratio(), rounded.ratio())
    }

    fn counted(self, exact: &Ratio, counted: &Ratio) -> Self {
        Self { counted: (exact != counted).then(|| counted.exact(DecimalMark::Point)), ..self }
    }

    /// A share as a percentage.
    pub(super) fn percent(exact: &Ratio, rounded: &Ratio, digits: u32) -> Self {
        let hundred = Ratio::from(100);
        let (exact, rounded) = (exact * &hundred, rounded * &hundred);
        Self::new(&exact, &rounded, digits).counted(&exact, &rounded)
    }
}

/// An exact number alone.
pub(super) fn exact(number: &Ratio) -> String {
    number.exact(DecimalMark::Point)
}
