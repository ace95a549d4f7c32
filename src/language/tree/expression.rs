//! Expressions over figures.

use super::{Derived, Moment, Spanned};
use crate::diagnostic::Span;
use crate::number::Ratio;

/// What a written number carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A bare number.
    None,
    /// `%`; the value is the ratio (80 % is 4/5).
    Percent,
    /// `điểm`.
    Points,
    /// `điểm phần trăm`: between two rates; the value is the ratio (2 of them are 1/50).
    PercentagePoints,
}

/// A written number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its exact value; of a percentage, the ratio.
    pub value: Ratio,
    /// What it carries.
    pub unit: Unit,
    /// Where.
    pub span: Span,
}

/// `+ - * /`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `= ≠ < ≤ > ≥`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `≠`
    Different,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    Greater,
    /// `≥`
    AtLeast,
}

impl Comparison {
    /// Whether it holds for every value between two (both included), or for none; nothing where that depends.
    pub fn holds_between(self, lower: &Ratio, upper: &Ratio, limit: &Ratio) -> Option<bool> {
        let (low, high) = (lower.cmp(limit), upper.cmp(limit));
        let (at_low, at_high) = (self.holds(low), self.holds(high));
        // Between ends on both sides of the limit lies the limit itself.
        let passes = low.is_lt() && high.is_gt();
        let same = at_low == at_high && (!passes || self.holds(std::cmp::Ordering::Equal) == at_low);
        same.then_some(at_low)
    }

    /// The sign as the canonical text writes it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Different => "≠",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Greater => ">",
            Self::AtLeast => "≥",
        }
    }

    /// The comparison that holds exactly where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::Different,
            Self::Different => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    /// The same comparison with its sides exchanged.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal | Self::Different => self,
        }
    }

    /// Whether the comparison holds for an ordering of its sides.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Different => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
        }
    }
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// A number.
    Number(Number),
    /// A quoted text: an option of a choice.
    Text(String),
    /// A date, in days since 1970-01-01.
    Date(i32),
    /// `17:00 ngày 20/10/2021`.
    Moment(Moment),
    /// `có` or `không`.
    YesNo(bool),
    /// `tối_đa`: the maximum of the leaf.
    Maximum,
    /// A figure, or a parameter of a template.
    Name(String),
    /// A value that the unit does not state of itself.
    Derived(Derived),
    /// A function of the language.
    Call {
        /// Its name as written.
        name: Spanned<String>,
        /// Its arguments.
        arguments: Vec<Expression>,
    },
    /// `-x`.
    Negate(Box<Expression>),
    /// Arithmetic.
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// A comparison.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `a và b và …`.
    And(Vec<Expression>),
    /// `a hoặc b hoặc …`.
    Or(Vec<Expression>),
}
