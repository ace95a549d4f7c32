//! Writing a number for a reader: so many digits, exactly, or as a share of a hundred.

use super::ratio::Ratio;

/// What stands between the whole part and the digits after it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DecimalMark {
    /// As Vietnamese writes: `12,5`.
    Comma,
    /// As English and machines write: `12.5`.
    Point,
}

impl DecimalMark {
    fn text(self) -> &'static str {
        match self {
            DecimalMark::Comma => ",",
            DecimalMark::Point => ".",
        }
    }
}

impl Ratio {
    /// Rounds half away from zero and writes exactly `digits` digits after the mark.
    pub fn fixed(&self, digits: u32, mark: DecimalMark) -> String {
        let rounded = self.round(digits);
        let size = rounded.abs();
        let whole = size.floor();
        let mut text = String::new();
        if rounded.is_negative() {
            text.push('-');
        }
        text.push_str(&whole.numerator_text());
        if digits > 0 {
            let rest = size.plus(&whole.opposite()).times(&Ratio::pow10(digits));
            let rest = rest.numerator_text();
            let width = usize::try_from(digits).unwrap_or(usize::MAX);
            text.push_str(mark.text());
            text.push_str(&"0".repeat(width.saturating_sub(rest.len())));
            text.push_str(&rest);
        }
        text
    }

    /// The shortest decimal that is exactly this number, or a fraction such as `5/24`.
    pub fn exact(&self, mark: DecimalMark) -> String {
        match self.decimal_places() {
            Some(places) => self.fixed(places, mark),
            None => self.fraction(),
        }
    }

    /// As a share of a hundred: exact, or with `≈` and two digits when no decimal is exact.
    pub fn percent(&self, mark: DecimalMark) -> String {
        let hundredths = self.times(&Ratio::from(100));
        match hundredths.decimal_places() {
            Some(places) => format!("{}%", hundredths.fixed(places, mark)),
            None => format!("≈ {}%", hundredths.fixed(2, mark)),
        }
    }

    /// The reduced fraction; a whole number stands alone.
    pub(super) fn fraction(&self) -> String {
        let numerator = self.numerator_text();
        if self.is_integer() {
            return numerator;
        }
        format!("{numerator}/{}", self.denominator_text())
    }
}
