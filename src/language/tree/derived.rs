//! Values that a unit does not state of itself, by the names under which rules read them.

use super::{Expression, ExpressionKind, Spanned, Within};

/// A derived value, by its readable name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derived {
    /// `vốn của năm trước`, `vốn của năm 2021`: what a figure was in an earlier year.
    Prior {
        /// The figure.
        name: Spanned<String>,
        /// When.
        year: PriorYear,
    },
    /// `tổng trong 1.3.1`: a figure that the unit states of another leaf.
    Far {
        /// The figure there.
        name: Spanned<String>,
        /// The leaf.
        code: Spanned<String>,
    },
    /// `kết quả phiếu`: what the leaf's questionnaire comes to.
    Survey,
    /// `chỉ số`: the result of the other index that the form names.
    Index,
    /// `thứ hạng`: the unit's place among those it is compared with.
    Rank,
    /// `phân vị`: the share of them that are not better.
    Percentile,
    /// `giá trị so sánh`: what units are compared by, where that is more than one figure.
    Compared,
    /// `giá trị thấp nhất` of those it is compared with.
    Lowest,
    /// `giá trị cao nhất`.
    Highest,
    /// `trung bình khối`, `trung bình cả đợt`.
    Mean(Within),
}

/// An earlier year, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorYear {
    /// `năm trước`: the year before that of the set.
    Before,
    /// `năm 2021`.
    Year(u16),
}

impl PriorYear {
    /// The year that is meant in a set of `year`.
    pub fn of(self, year: u16) -> u16 {
        match self {
            Self::Before => year.saturating_sub(1),
            Self::Year(named) => named,
        }
    }
}

impl Derived {
    /// The names of figures in it.
    pub fn names(&self) -> Vec<&Spanned<String>> {
        match self {
            Self::Prior { name, .. } => vec![name],
            _ => Vec::new(),
        }
    }

    /// The same with each name that stands for another figure replaced.
    #[must_use]
    pub fn rename(&self, meant: impl Fn(&str) -> Option<Expression>) -> Self {
        let renamed = |name: &Spanned<String>| match meant(&name.value).map(|meant| meant.kind) {
            Some(ExpressionKind::Name(other)) => Spanned::new(other, name.span),
            _ => name.clone(),
        };
        match self {
            Self::Prior { name, year } => Self::Prior { name: renamed(name), year: *year },
            // No name holds a blank: these stand for the head, and for its figure.
            Self::Far { name, code } => {
                let keys = [format!("in {}", code.value), format!("{} in {}", name.value, code.value)];
                match keys.iter().find_map(|key| meant(key)).map(|meant| meant.kind) {
                    Some(ExpressionKind::Name(other)) => {
                        Self::Far { name: name.clone(), code: Spanned::new(other, code.span) }
                    }
                    _ => self.clone(),
                }
            }
            other => other.clone(),
        }
    }
}

/// What an example or a test states a value of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueName {
    /// A figure.
    Figure(String),
    /// A derived value.
    Derived(Derived),
}
