//! Intervals of exact numbers, with open and closed edges.

use crate::number::Ratio;

/// One edge of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where.
    pub at: Ratio,
    /// Whether the value itself belongs to the interval.
    pub included: bool,
}

/// All numbers between two edges; a missing edge is infinity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The lower edge.
    pub lower: Option<Edge>,
    /// The upper edge.
    pub upper: Option<Edge>,
}

impl Interval {
    /// Every number.
    pub const ALL: Self = Self { lower: None, upper: None };

    /// No number.
    pub fn none() -> Self {
        Self::closed(Some(Ratio::ONE), Some(Ratio::ZERO))
    }

    /// From `lower` to `upper`, both included; `None` is infinity.
    pub fn closed(lower: Option<Ratio>, upper: Option<Ratio>) -> Self {
        let edge = |at| Edge { at, included: true };
        Self { lower: lower.map(edge), upper: upper.map(edge) }
    }

    /// One number.
    pub fn point(at: Ratio) -> Self {
        Self::closed(Some(at.clone()), Some(at))
    }

    /// Whether a number lies inside.
    pub fn contains(&self, value: &Ratio) -> bool {
        let above = self.lower.as_ref().is_none_or(|edge| *value > edge.at || (edge.included && *value == edge.at));
        let below = self.upper.as_ref().is_none_or(|edge| *value < edge.at || (edge.included && *value == edge.at));
        above && below
    }

    /// Whether no number lies inside.
    pub fn is_empty(&self) -> bool {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) => {
                lower.at > upper.at || (lower.at == upper.at && !(lower.included && upper.included))
            }
            _ => false,
        }
    }

    /// The one number inside, if there is only one.
    pub fn single(&self) -> Option<&Ratio> {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower.at == upper.at && lower.included && upper.included => Some(&lower.at),
            _ => None,
        }
    }

    /// Whether a whole number lies inside.
    pub fn contains_integer(&self) -> bool {
        if self.is_empty() {
            return false;
        }
        let (Some(lower), Some(upper)) = (&self.lower, &self.upper) else {
            return true;
        };
        let mut first = lower.at.ceil();
        if first == lower.at && !lower.included {
            first = &first + &Ratio::ONE;
        }
        first < upper.at || (first == upper.at && upper.included)
    }

    /// The same whole numbers between closed edges.
    #[must_use]
    pub fn whole(&self) -> Self {
        let step = |edge: &Edge, near: Ratio, inwards: &Ratio| {
            let at = if near == edge.at && !edge.included { &near + inwards } else { near };
            Edge { at, included: true }
        };
        let one = Ratio::ONE;
        Self {
            lower: self.lower.as_ref().map(|edge| step(edge, edge.at.ceil(), &one)),
            upper: self.upper.as_ref().map(|edge| step(edge, edge.at.floor(), &-&one)),
        }
    }

    /// What is left when `other` is taken away, where that is one interval; else the same.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let flip = |edge: &Edge| Edge { at: edge.at.clone(), included: !edge.included };
        let both = self.intersect(other);
        if both.is_empty() {
            return self.clone();
        }
        match (&other.lower, &other.upper) {
            (_, Some(upper)) if both.lower == self.lower => {
                Self { lower: Some(flip(upper)), upper: self.upper.clone() }
            }
            (Some(lower), _) if both.upper == self.upper => {
                Self { lower: self.lower.clone(), upper: Some(flip(lower)) }
            }
            _ => self.clone(),
        }
    }

    /// What both hold.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self {
            lower: tighter(self.lower.as_ref(), other.lower.as_ref(), |mine, theirs| mine > theirs),
            upper: tighter(self.upper.as_ref(), other.upper.as_ref(), |mine, theirs| mine < theirs),
        }
    }

    /// Everything from the lower of the lower edges to the higher of the upper ones.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        Self {
            lower: wider(self.lower.as_ref(), other.lower.as_ref(), |mine, theirs| mine < theirs),
            upper: wider(self.upper.as_ref(), other.upper.as_ref(), |mine, theirs| mine > theirs),
        }
    }

    /// What lies between the upper edge of `self` and the lower edge of `next`.
    #[must_use]
    pub fn gap_to(&self, next: &Self) -> Self {
        let flip = |edge: &Edge| Edge { at: edge.at.clone(), included: !edge.included };
        match (&self.upper, &next.lower) {
            (Some(upper), Some(lower)) => Self { lower: Some(flip(upper)), upper: Some(flip(lower)) },
            _ => Self::none(),
        }
    }
}

fn tighter(mine: Option<&Edge>, theirs: Option<&Edge>, wins: impl Fn(&Ratio, &Ratio) -> bool) -> Option<Edge> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) if mine.at == theirs.at => {
            Some(Edge { at: mine.at.clone(), included: mine.included && theirs.included })
        }
        (Some(mine), Some(theirs)) => Some(if wins(&mine.at, &theirs.at) { mine } else { theirs }.clone()),
        (one, other) => one.or(other).cloned(),
    }
}

fn wider(mine: Option<&Edge>, theirs: Option<&Edge>, wins: impl Fn(&Ratio, &Ratio) -> bool) -> Option<Edge> {
    let (mine, theirs) = (mine?, theirs?);
    if mine.at == theirs.at {
        return Some(Edge { at: mine.at.clone(), included: mine.included || theirs.included });
    }
    Some(if wins(&mine.at, &theirs.at) { mine } else { theirs }.clone())
}
