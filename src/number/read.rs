//! Reading a decimal number as it was written, without losing a digit.

use std::fmt;

use super::ratio::Ratio;

const MOST_DIGITS: usize = 100;
const MOST_EXPONENT: i32 = 100;

/// Why a text is not read as a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ParseNumberError {
    /// The text is empty.
    Empty,
    /// The text is not a decimal number such as `-12.5` or `1e3`.
    NotANumber,
    /// There are more than 100 digits.
    TooLong,
    /// The exponent is beyond 100 or -100.
    Exponent,
}

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParseNumberError::Empty => "there is no number",
            ParseNumberError::NotANumber => "this is not a decimal number",
            ParseNumberError::TooLong => "the number has more than 100 digits",
            ParseNumberError::Exponent => "the exponent is not between -100 and 100",
        })
    }
}

impl std::error::Error for ParseNumberError {}

impl Ratio {
    /// Reads `-12.5` or `1.5e-3` exactly: the mark is a point, and nothing groups the digits.
    pub fn parse_decimal(text: &str) -> Result<Ratio, ParseNumberError> {
        if text.is_empty() {
            return Err(ParseNumberError::Empty);
        }
        let unsigned = text.strip_prefix('-');
        let size = parse_unsigned(unsigned.unwrap_or(text))?;
        Ok(if unsigned.is_some() { size.opposite() } else { size })
    }
}

/// The value of a plain whole number that is short enough; nearly every one is.
fn short_whole(text: &str) -> Option<Ratio> {
    let short = text.len() <= 9 && is_digits(text);
    short.then(|| text.parse::<i32>().ok()).flatten().map(Ratio::from)
}

fn parse_unsigned(text: &str) -> Result<Ratio, ParseNumberError> {
    if let Some(whole) = short_whole(text) {
        return Ok(whole);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return Err(ParseNumberError::NotANumber);
    }
    let exponent = exponent.map_or(Ok(0), parse_exponent)?;
    let fraction = fraction.unwrap_or_default();
    if whole.len().saturating_add(fraction.len()) > MOST_DIGITS {
        return Err(ParseNumberError::TooLong);
    }
    let digits = Ratio::read_digits(&format!("{whole}{fraction}")).ok_or(ParseNumberError::NotANumber)?;
    let places = u32::try_from(fraction.len()).map_err(|_| ParseNumberError::TooLong)?;
    let unscaled = digits.times(&Ratio::inverse_pow10(places));
    Ok(match exponent {
        0 => unscaled,
        small if small < 0 => unscaled.times(&Ratio::inverse_pow10(small.unsigned_abs())),
        great => unscaled.times(&Ratio::pow10(great.unsigned_abs())),
    })
}

fn parse_exponent(text: &str) -> Result<i32, ParseNumberError> {
    if !is_digits(text.strip_prefix(['+', '-']).unwrap_or(text)) {
        return Err(ParseNumberError::NotANumber);
    }
    match text.parse::<i32>() {
        Ok(exponent) if (-MOST_EXPONENT..=MOST_EXPONENT).contains(&exponent) => Ok(exponent),
        _ => Err(ParseNumberError::Exponent),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
