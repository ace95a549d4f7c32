//! A number as it was printed: its value, and how many digits were shown of it.

use crate::number::{DecimalMark, Ratio};

/// A printed number. What it was rounded from lies within half a unit of its last digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    value: Ratio,
    digits: u32,
}

impl Printed {
    /// Reads `92.18`, `+1.32` or `-5,4`; the mark is the one given.
    pub fn parse(text: &str, mark: DecimalMark) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix('%').map_or(text, str::trim_end);
        let text = text.strip_prefix('+').filter(|rest| !rest.starts_with('-')).unwrap_or(text);
        let text = match mark {
            DecimalMark::Point => text.to_owned(),
            DecimalMark::Comma if text.contains('.') => return None,
            DecimalMark::Comma => text.replace(',', "."),
        };
        if text.contains(['e', 'E']) {
            return None;
        }
        let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        Some(Self { value: Ratio::parse_decimal(&text).ok()?, digits: u32::try_from(digits).ok()? })
    }

    /// A value worked out from printed ones, with as many digits as they had.
    pub fn new(value: Ratio, digits: u32) -> Self {
        Self { value, digits }
    }

    /// The number as it stands there.
    pub fn value(&self) -> &Ratio {
        &self.value
    }

    /// The digits after the mark.
    pub fn digits(&self) -> u32 {
        self.digits
    }

    /// Half a unit of the last digit.
    pub fn half(&self) -> Ratio {
        Ratio::ONE.checked_div(&(&Ratio::pow10(self.digits) * &Ratio::from(2))).unwrap_or(Ratio::ZERO)
    }

    /// The least number that prints so.
    pub fn low(&self) -> Ratio {
        &self.value - &self.half()
    }

    /// What prints so lies below it.
    pub fn high(&self) -> Ratio {
        &self.value + &self.half()
    }

    /// Whether an exact number prints so.
    pub fn prints(&self, exact: &Ratio) -> bool {
        exact.round(self.digits) == self.value
    }

    /// Whether it is the greater one whatever digits were not printed.
    pub fn surely_above(&self, other: &Self) -> bool {
        self.low() >= other.high()
    }

    /// Whether the two cannot be the same number.
    pub fn clashes(&self, other: &Self) -> bool {
        self.surely_above(other) || other.surely_above(self)
    }

    /// Its digits, as printed.
    pub fn text(&self, mark: DecimalMark) -> String {
        self.value.fixed(self.digits, mark)
    }

    /// Its digits with a sign, for a change.
    pub fn signed(&self, mark: DecimalMark) -> String {
        let sign = if self.value.is_negative() { "" } else { "+" };
        format!("{sign}{}", self.text(mark))
    }
}
