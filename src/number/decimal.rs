//! Decimals at the edges: in always, out only when nothing is lost.

use rust_decimal::Decimal;

use super::ratio::Ratio;

impl Ratio {
    /// The same number as a decimal, or nothing if a decimal would round it.
    pub fn to_decimal(&self) -> Option<Decimal> {
        let places = self.decimal_places()?;
        if places > Decimal::MAX_SCALE {
            return None;
        }
        let scaled = self.times(&Ratio::pow10(places)).to_i128()?;
        Decimal::try_from_i128_with_scale(scaled, places).ok()
    }

    /// The number that the decimal stands for; its trailing zeros are not kept.
    pub fn from_decimal(decimal: Decimal) -> Ratio {
        Ratio::from(decimal.mantissa()).times(&Ratio::inverse_pow10(decimal.scale()))
    }
}
