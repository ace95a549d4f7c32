//! The library: six functions under English and Vietnamese names, and the constants, on checked decimals.

use std::ops::RangeInclusive;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::limits::{MAX_ARGUMENTS, MAX_DIGITS};
use super::{FailureKind, Kind};

/// A function that scripts may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Min,
    Max,
    Round,
    Clamp,
    Share,
    Abs,
}

/// Every name of every function.
pub(super) const FUNCTIONS: [(&str, Function); 12] = [
    ("min", Function::Min),
    ("nhỏ_nhất", Function::Min),
    ("max", Function::Max),
    ("lớn_nhất", Function::Max),
    ("round", Function::Round),
    ("làm_tròn", Function::Round),
    ("clamp", Function::Clamp),
    ("kẹp", Function::Clamp),
    ("share", Function::Share),
    ("tỷ_lệ", Function::Share),
    ("abs", Function::Abs),
    ("trị_tuyệt_đối", Function::Abs),
];

/// A name that stands for a value in every script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constant {
    /// The most points that the leaf can earn.
    Maximum,
    Yes,
    No,
}

/// Every name of every constant (`true` and `false` are Rhai's own).
pub(super) const CONSTANTS: [(&str, Constant); 6] = [
    ("maximum", Constant::Maximum),
    ("tối_đa", Constant::Maximum),
    ("yes", Constant::Yes),
    ("có", Constant::Yes),
    ("no", Constant::No),
    ("không", Constant::No),
];

impl Constant {
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = CONSTANTS.iter().find(|(known, _)| *known == name);
        found.map(|(_, constant)| *constant)
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Maximum => Kind::Number,
            Self::Yes | Self::No => Kind::YesNo,
        }
    }
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = FUNCTIONS.iter().find(|(known, _)| *known == name);
        found.map(|(_, function)| *function)
    }

    /// How many numbers the function takes.
    pub(super) fn arity(self) -> RangeInclusive<usize> {
        match self {
            Self::Min | Self::Max => 2..=MAX_ARGUMENTS,
            Self::Round | Self::Share => 2..=2,
            Self::Clamp => 3..=3,
            Self::Abs => 1..=1,
        }
    }

    /// The function's value; the number of arguments was checked when the script was compiled.
    pub(super) fn apply(self, arguments: &[Decimal]) -> Result<Decimal, FailureKind> {
        match (self, arguments) {
            (Self::Min, [first, rest @ ..]) => Ok(rest.iter().fold(*first, |a, b| a.min(*b))),
            (Self::Max, [first, rest @ ..]) => Ok(rest.iter().fold(*first, |a, b| a.max(*b))),
            (Self::Round, [number, digits]) => round(*number, *digits),
            (Self::Clamp, [_, low, high]) if low > high => Err(FailureKind::EmptyRange),
            (Self::Clamp, [number, low, high]) => Ok((*number).max(*low).min(*high)),
            (Self::Share, [part, whole]) => divide(*part, *whole),
            (Self::Abs, [number]) => Ok(number.abs()),
            _ => Err(FailureKind::NotANumber),
        }
    }
}

/// Half away from zero: what a reader of a decision expects of a half.
fn round(number: Decimal, digits: Decimal) -> Result<Decimal, FailureKind> {
    let whole = digits.is_integer().then(|| digits.to_u32()).flatten();
    let digits = whole.filter(|digits| *digits <= MAX_DIGITS).ok_or(FailureKind::WrongDigits)?;
    Ok(number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
}

/// The one division of scripts.
pub(super) fn divide(left: Decimal, right: Decimal) -> Result<Decimal, FailureKind> {
    if right.is_zero() {
        return Err(FailureKind::DivisionByZero);
    }
    left.checked_div(right).ok_or(FailureKind::Overflow)
}
