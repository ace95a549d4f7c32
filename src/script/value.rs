//! What a script works out, as one expression: the part of Rhai that lowers.

use std::ops::Range;

use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// A number that a script works out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A written number.
    Number(Ratio),
    /// A declared figure, by its name.
    Figure(String),
    /// The most points that the leaf can earn.
    Maximum,
    /// What a variable stands for, with its name.
    Named(String, Box<Value>),
    /// `-x`.
    Negate(Box<Value>),
    /// Arithmetic; `share(x, y)` is a division.
    Binary(BinaryOperator, Box<Value>, Box<Value>),
    /// The least of several.
    Least(Vec<Value>),
    /// The greatest of several.
    Greatest(Vec<Value>),
    /// The first, no lower than the second and no higher than the third.
    Clamp(Box<[Value; 3]>),
    /// Rounded half away from zero to so many digits.
    Round(Box<Value>, u32),
    /// Without its sign.
    Absolute(Box<Value>),
    /// One of two.
    If(Box<Branch>),
}

/// `if test { then } else { otherwise }`, with the byte ranges that decide and give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What is asked.
    pub test: Condition,
    /// Where it is asked.
    pub asked: Range<usize>,
    /// The value if it holds.
    pub then: Value,
    /// Where that stands.
    pub then_at: Range<usize>,
    /// The value if it does not hold.
    pub otherwise: Value,
    /// Where that stands.
    pub otherwise_at: Range<usize>,
}

/// A yes or a no that a script works out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The same, whatever the figures.
    Always(bool),
    /// Two numbers compared.
    Compare(Comparison, Value, Value),
    /// What a yes/no figure says.
    Answer(String),
    /// Whether a choice is this option.
    Option {
        /// The choice.
        figure: String,
        /// The option, as written.
        option: String,
        /// Where it is written.
        at: Range<usize>,
    },
    /// The opposite.
    Not(Box<Condition>),
    /// All of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
}

impl Value {
    /// How many parts it is made of.
    pub fn size(&self) -> usize {
        let inner = match self {
            Self::Number(_) | Self::Figure(_) | Self::Maximum => 0,
            Self::Named(_, inner) | Self::Negate(inner) | Self::Round(inner, _) | Self::Absolute(inner) => inner.size(),
            Self::Binary(_, left, right) => left.size().saturating_add(right.size()),
            Self::Least(parts) | Self::Greatest(parts) => parts.iter().map(Self::size).sum(),
            Self::Clamp(parts) => parts.iter().map(Self::size).sum(),
            Self::If(branch) => {
                branch.test.size().saturating_add(branch.then.size()).saturating_add(branch.otherwise.size())
            }
        };
        inner.saturating_add(1)
    }
}

impl Condition {
    /// How many parts it is made of.
    pub fn size(&self) -> usize {
        let inner = match self {
            Self::Always(_) | Self::Answer(_) | Self::Option { .. } => 0,
            Self::Compare(_, left, right) => left.size().saturating_add(right.size()),
            Self::Not(inner) => inner.size(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum(),
        };
        inner.saturating_add(1)
    }
}
