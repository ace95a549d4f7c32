//! Forms that compare a unit with an earlier year, a plan, another index, or the units of its round.

use super::{Derived, Expression, ExpressionKind, Number, Preferred, PriorYear, Spanned};

/// What a form compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// `mức tăng vốn so với năm trước`: by how much of the base it grew.
    Growth {
        /// What grew.
        of: Expression,
        /// `mức giảm`: what counts is how much less it is.
        decrease: bool,
        /// The base.
        against: Against,
    },
    /// `chênh lệch x so với y`.
    Difference {
        /// What is compared.
        of: Expression,
        /// With what.
        against: Against,
    },
    /// `chỉ số vn/sipas năm 2022`.
    Index(OtherIndex),
    /// `thứ hạng grdp trong khối, càng cao càng tốt`, and `phân vị`.
    Rank {
        /// What the units are put in order by.
        of: Expression,
        /// `phân vị`: the share of units that are not better.
        percentile: bool,
        /// Among which units.
        within: Within,
        /// Which way is better.
        better: Better,
    },
    /// `khoảng thấp nhất đến cao nhất của x, từ năm 2019 đến năm 2021, càng thấp càng tốt`.
    Position {
        /// What is placed.
        of: Expression,
        /// Among which units; not said: those of its block.
        within: Option<Within>,
        /// The years whose values count, the first and the last; not said: this round's alone.
        years: Option<(Spanned<u16>, Spanned<u16>)>,
        /// Which way is better.
        better: Better,
    },
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// What it was in an earlier year.
    Year(PriorYear),
    /// Another value.
    Value(Expression),
}

/// The result of another index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherIndex {
    /// Its path.
    pub path: Spanned<String>,
    /// Its year.
    pub year: Spanned<u16>,
    /// `thang 1000 điểm`: it is published in points of so many; else in per cent.
    pub scale: Option<Number>,
    /// `lĩnh vực 3`: the result of a part of it.
    pub part: Option<Preferred>,
}

/// Among which units a unit is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Those of its block.
    Block,
    /// All of the round.
    Round,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// `càng cao càng tốt`.
    Higher,
    /// `càng thấp càng tốt`.
    Lower,
}

impl Compared {
    /// The expressions in it.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Growth { of, against, .. } | Self::Difference { of, against } => match against {
                Against::Year(_) => vec![of],
                Against::Value(value) => vec![of, value],
            },
            Self::Rank { of, .. } | Self::Position { of, .. } => vec![of],
            Self::Index(_) => Vec::new(),
        }
    }

    /// The same with each expression replaced.
    #[must_use]
    pub fn map(&self, with: impl Fn(&Expression) -> Expression) -> Self {
        let mut mapped = self.clone();
        match &mut mapped {
            Self::Growth { of, against, .. } | Self::Difference { of, against } => {
                *of = with(of);
                if let Against::Value(value) = against {
                    *value = with(value);
                }
            }
            Self::Rank { of, .. } | Self::Position { of, .. } => *of = with(of),
            Self::Index(_) => {}
        }
        mapped
    }
}

impl Expression {
    /// The same with what every figure in it was in an earlier year.
    #[must_use]
    pub fn in_year(&self, year: PriorYear) -> Self {
        let boxed = |inner: &Self| Box::new(inner.in_year(year));
        let all = |parts: &[Self]| parts.iter().map(|part| part.in_year(year)).collect();
        let kind = match &self.kind {
            ExpressionKind::Name(name) => {
                let name = Spanned::new(name.clone(), self.span);
                ExpressionKind::Derived(Derived::Prior { name, year })
            }
            ExpressionKind::Call { name, arguments } => {
                ExpressionKind::Call { name: name.clone(), arguments: all(arguments) }
            }
            ExpressionKind::Negate(inner) => ExpressionKind::Negate(boxed(inner)),
            ExpressionKind::Binary(operator, left, right) => {
                ExpressionKind::Binary(*operator, boxed(left), boxed(right))
            }
            ExpressionKind::Compare(comparison, left, right) => {
                ExpressionKind::Compare(*comparison, boxed(left), boxed(right))
            }
            ExpressionKind::And(parts) => ExpressionKind::And(all(parts)),
            ExpressionKind::Or(parts) => ExpressionKind::Or(all(parts)),
            other => other.clone(),
        };
        Self { kind, span: self.span }
    }
}
