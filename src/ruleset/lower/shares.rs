//! What may stand beside a percentage: shares, but not shares that a written number makes per cents of.

use super::super::meaning::{Expr, Interval, Kind, Term, range};
use super::super::model::{Figure, FigureKind};
use super::super::origin::{Origin, OverRows, Told};
use super::{LeafRanges, kind_words};
use crate::diagnostic::{Both, Expressions};
use crate::language::tree::BinaryOperator;
use crate::number::{DecimalMark, Ratio};

/// What an expression tells. Its kind alone does not say: a share times a weight has the kind of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// Written numbers alone.
    Written,
    /// A share of something.
    Share,
    /// What may be a share, and may be a plain number: what lies between two dates over a written number is a share of
    /// a year, or so many months; a plain number over a count is a mean of shares, or of anything.
    Either,
    /// A plain number.
    Plain,
    /// What lies between two dates.
    Days,
    /// So many of a kind.
    Of(Kind),
    /// An amount of money, so many times: a plan times its coefficient, a norm times its cases.
    Amount,
}

/// A mean is of fewer numbers than this; a target in per cent is more.
const TARGET: i64 = 10;

impl Nature {
    /// Whether it may stand where a share does.
    fn is_share(self) -> bool {
        matches!(self, Self::Share | Self::Either)
    }

    /// Whether it is told in money.
    fn is_money(self) -> bool {
        matches!(self, Self::Of(Kind::Money) | Self::Amount)
    }

    /// Whether it is a number, or a count that may be so many of each.
    fn is_number(self) -> bool {
        matches!(self, Self::Plain | Self::Of(Kind::Count))
    }
}

/// What an expression tells, and by how much its written numbers stretch that: those of `b * 100 / a` by 100. The terms
/// of a sum of counts may be stretched differently, so it is a least and a most; a share is stretched as its terms are
/// at most, for each of them is one.
#[derive(Clone)]
struct Reading {
    nature: Nature,
    least: Ratio,
    most: Ratio,
    /// The hundred (or thousand) that was multiplied by, whatever was divided by after it: the mean of two numbers in
    /// per cent is one.
    hundred: Option<Ratio>,
    /// By how much it was multiplied so far, number by number: twice by 10 is by 100.
    factor: Ratio,
    /// Whether it is a written number, in per cent or not.
    written: bool,
    /// Of how many it is the sum.
    terms: i64,
}

impl Reading {
    fn new(nature: Nature, by: Ratio) -> Self {
        let written = nature == Nature::Written;
        let hundred = (written && is_hundred(&by)).then(|| by.clone());
        let factor = if written { by.clone() } else { Ratio::ONE };
        Self { nature, least: by.clone(), most: by, hundred, factor, written, terms: 1 }
    }

    /// `1%` that a share is multiplied by: it makes a share of per cents again.
    fn percentage(expr: &Expr) -> Option<Self> {
        let Term::Constant(value) = &expr.term else { return None };
        let read = Self::new(Nature::Written, value.abs());
        (expr.kind == Kind::Rate && !value.is_zero()).then_some(Self { nature: Nature::Share, hundred: None, ..read })
    }

    /// What is added, or chosen between. Written numbers among it stretch nothing.
    fn beside(self, other: Self) -> Self {
        let nature = match (self.nature, other.nature) {
            (Nature::Written, Nature::Written) => return Self::new(Nature::Written, self.most.max(other.most)),
            (Nature::Written, _) => return other,
            (_, Nature::Written) => return self,
            (one, other) if one == other => one,
            (one, other) if one.is_share() && other.is_share() => Nature::Share,
            _ => Nature::Plain,
        };
        let most = self.most.max(other.most);
        let least = if nature.is_share() { most.clone() } else { self.least.min(other.least) };
        // Each share is one by itself; counts are in per cent together, or not.
        let hundred = match (self.hundred, other.hundred) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) if nature.is_share() => one.or(other),
            _ => None,
        };
        let factor = if nature.is_share() { self.factor.max(other.factor) } else { self.factor.min(other.factor) };
        let terms = self.terms.max(other.terms);
        Self { nature, least, most, hundred, factor, written: false, terms }
    }

    /// What is added up.
    fn plus(self, other: Self) -> Self {
        let terms = self.terms.saturating_add(other.terms);
        let shares = self.nature.is_share() && other.nature.is_share();
        // `60 * b1 / a1 + 40 * b2 / a2` is one of per cents.
        let factor = shares.then(|| &self.factor + &other.factor);
        let both = self.beside(other);
        Self { terms, factor: factor.unwrap_or_else(|| both.factor.clone()), ..both }
    }

    /// By how much a share is multiplied that is told in per cents, or in still smaller parts. Less than that (12 months
    /// for 9, half the plan) is what the share is of.
    fn by_hundreds(&self) -> Option<&Ratio> {
        if self.least >= Ratio::from(100) { Some(&self.least) } else { self.hundred.as_ref() }
    }

    /// The same of what is compared: shares by weights that add up to a hundred are in per cent together.
    fn per_cents(&self) -> Option<&Ratio> {
        self.by_hundreds().or_else(|| (self.terms > 1 && is_hundred(&self.factor)).then_some(&self.factor))
    }

    fn times(&self, other: &Self, nature: Nature) -> Self {
        let small = |one: &Self| one.written && &one.most * &Ratio::from(TARGET) <= Ratio::ONE;
        let (least, most) = (&self.least * &other.least, &self.most * &other.most);
        let written = self.written && other.written;
        if small(self) || small(other) {
            return Self { nature, least, most, hundred: None, factor: Ratio::ONE, written, terms: 1 };
        }
        let terms = self.terms.max(other.terms);
        let factor = &self.factor * &other.factor;
        let hundred = self.hundred.clone().max(other.hundred.clone());
        let hundred = hundred.or_else(|| is_hundred(&factor).then(|| factor.clone()));
        Self { nature, least, most, hundred, factor, written, terms }
    }

    /// A divisor that is nothing is told elsewhere.
    fn over(&self, other: &Self) -> Self {
        let nature = match (self.nature, other.nature) {
            // So much of a year, of a term.
            (Nature::Days, Nature::Written) if other.least > Ratio::ONE => Nature::Either,
            (nature, Nature::Written | Nature::Share | Nature::Either) => nature,
            (Nature::Written, _) | (Nature::Days, Nature::Plain | Nature::Of(_)) => Nature::Plain,
            (one, other) if one == other => Nature::Share,
            // The mean of shares; plain numbers of things.
            (share, number) if share.is_share() && number.is_number() => share,
            (one, other) if one.is_money() && other.is_money() => Nature::Either,
            // So much money for each: only over money it is a share.
            (money, number) if money.is_money() && number.is_number() => Nature::Amount,
            (Nature::Plain, Nature::Of(kind)) | (Nature::Of(kind), Nature::Plain) if kind != Kind::Money => {
                Nature::Either
            }
            _ => Nature::Plain,
        };
        let divided = |one: &Ratio, by: &Ratio| one.checked_div(by).unwrap_or(Ratio::ONE);
        let (least, most) = (divided(&self.least, &other.most), divided(&self.most, &other.least));
        // Over so much it is no mean any more, unless so many are added up, but what is reached of a target in per cent.
        // A number beside a count is of no mean either.
        let mean = other.written && other.least <= Ratio::from(self.terms);
        let target = other.least >= Ratio::from(TARGET) && !mean;
        let whole = other.hundred.is_some() || target;
        let least = if nature.is_share() && self.nature.is_share() { most.clone() } else { least };
        let written = self.written && other.written;
        if whole {
            return Self { nature, least, most, hundred: None, factor: Ratio::ONE, written, terms: 1 };
        }
        let factor = divided(&self.factor, &other.factor);
        // Over 0,01 it is times a hundred.
        let hundred =
            self.hundred.clone().or_else(|| (other.factor < Ratio::ONE && is_hundred(&factor)).then(|| factor.clone()));
        Self { nature, least, most, hundred, factor, written, terms: 1 }
    }
}

/// The figures that expressions read.
#[derive(Clone, Copy)]
pub(super) struct Shares<'a> {
    pub(super) figures: &'a [Figure],
    pub(super) maximum: &'a Ratio,
}

impl Shares<'_> {
    /// What is wrong with two numbers that stand side by side, one of them a rate.
    pub(super) fn unlike(&self, left: &Expr, right: &Expr) -> Option<Expressions> {
        let (one, other) = (self.read(left), self.read(right));
        // Both in per cent: neither is more than it is against the other.
        let both = one.nature.is_share() && other.nature.is_share();
        if both && (one.least == other.least || (one.per_cents().is_some() && one.per_cents() == other.per_cents())) {
            return None;
        }
        let fits = |expr: &Expr, reading: &Reading| match reading.nature {
            Nature::Share | Nature::Either => reading.per_cents().is_none(),
            // So many of the twelve months.
            Nature::Plain => matches!(expr.term, Term::Binary(BinaryOperator::Divide, ..)) && self.is_weight(expr),
            Nature::Written => match &expr.term {
                Term::Constant(value) => value.is_zero() || *value == Ratio::ONE,
                // What no percentage says exactly is written as a fraction.
                _ => expr.is_fraction(),
            },
            _ => false,
        };
        if fits(left, &one) && fits(right, &other) {
            return None;
        }
        let stretched = |reading: &Reading| Self::stretched(reading, reading.per_cents());
        let words = |reading: &Reading| match stretched(reading) {
            Some((words, _)) => words,
            None if reading.nature.is_share() => kind_words(Kind::Rate),
            None => kind_words(Kind::Number),
        };
        Some(match stretched(&one).or_else(|| stretched(&other)) {
            Some((_, mend)) => Expressions::Unlike { left: words(&one), right: words(&other), mend },
            None => Expressions::unlike(words(&one), words(&other)),
        })
    }

    /// What is wrong with a rate by which a form scores.
    pub(super) fn not_a_share(&self, expr: &Expr) -> Option<Expressions> {
        let read = self.read(expr);
        let (left, mend) = Self::stretched(&read, read.per_cents())?;
        Some(Expressions::Unlike { left, right: kind_words(Kind::Rate), mend })
    }

    /// What is wrong with two numbers that are added or chosen between: per cents beside a share that is none.
    pub(super) fn per_cents_beside(&self, left: &Expr, right: &Expr) -> Option<Expressions> {
        let (one, other) = (self.read(left), self.read(right));
        let plain = |reading: &Reading| {
            reading.nature == Nature::Share && reading.most <= Ratio::ONE && reading.by_hundreds().is_none()
        };
        let told = |(words, mend): (Both, Both), after: bool| {
            let (left, right) = if after { (kind_words(Kind::Rate), words) } else { (words, kind_words(Kind::Rate)) };
            Expressions::Unlike { left, right, mend }
        };
        if plain(&other) {
            return Self::stretched(&one, one.by_hundreds()).map(|said| told(said, false));
        }
        if plain(&one) { Self::stretched(&other, other.by_hundreds()).map(|said| told(said, true)) } else { None }
    }

    /// Whether a number is a share, whatever its kind: `b / (2 * a)`.
    pub(super) fn is_share(&self, expr: &Expr) -> bool {
        self.read(expr).nature.is_share()
    }

    /// A share that a written number makes per cents of: in words, and what to do.
    fn stretched(reading: &Reading, by: Option<&Ratio>) -> Option<(Both, Both)> {
        let by = by.filter(|_| reading.nature.is_share())?;
        let [vi, en] = [DecimalMark::Comma, DecimalMark::Point].map(|mark| by.exact(mark));
        let words = Both::new(format!("một tỷ lệ đã nhân {vi}"), format!("a rate multiplied by {en}"));
        let mend = Both::new(
            format!("bỏ phép nhân {vi}; hoặc giữ, và viết số bên kia không có dấu `%`"),
            format!("do not multiply by {en}; or do, and write the other side without `%`"),
        );
        Some((words, mend))
    }

    #[expect(clippy::unnested_or_patterns, reason = "their order decides what a number times a share is")]
    fn read(&self, expr: &Expr) -> Reading {
        match &expr.term {
            Term::Constant(value) if expr.kind == Kind::Number => Reading::new(Nature::Written, value.abs()),
            Term::Figure(id) => match self.figures.get(id.0) {
                Some(figure) => Reading { nature: nature(expr.kind), ..self.figure(figure) },
                None => Reading::new(nature(expr.kind), Ratio::ONE),
            },
            Term::Constant(_) | Term::Maximum | Term::Subject => Reading::new(nature(expr.kind), Ratio::ONE),
            Term::Negate(inner)
            | Term::Round(inner, _)
            | Term::Floor(inner)
            | Term::Absolute(inner)
            | Term::Named(_, inner) => self.read(inner),
            Term::If(branch) => self.read(&branch.then).beside(self.read(&branch.otherwise)),
            Term::Least(parts) | Term::Greatest(parts) => {
                let parts = parts.iter().map(|part| self.read(part)).reduce(Reading::beside);
                parts.unwrap_or_else(|| Reading::new(Nature::Plain, Ratio::ONE))
            }
            Term::Binary(operator, left, right) => {
                let (mut one, mut other) = (self.read(left), self.read(right));
                if *operator == BinaryOperator::Multiply {
                    let scaled = |reading: &Reading| reading.written || reading.nature.is_share();
                    if scaled(&other) {
                        one = Reading::percentage(left).unwrap_or(one);
                    }
                    if scaled(&one) {
                        other = Reading::percentage(right).unwrap_or(other);
                    }
                }
                match operator {
                    BinaryOperator::Subtract if left.kind == right.kind && is_time(left.kind) => {
                        Reading::new(Nature::Days, Ratio::ONE)
                    }
                    BinaryOperator::Add | BinaryOperator::Subtract => one.plus(other),
                    BinaryOperator::Multiply => {
                        let nature = match (one.nature, other.nature) {
                            (share, Nature::Plain) if share.is_share() && self.is_weight(right) => share,
                            (Nature::Plain, share) if share.is_share() && self.is_weight(left) => share,
                            (nature, Nature::Written)
                            | (Nature::Written | Nature::Share | Nature::Either, nature)
                            | (nature, Nature::Share | Nature::Either) => nature,
                            (money, number) | (number, money) if money.is_money() && number.is_number() => {
                                Nature::Amount
                            }
                            _ => Nature::Plain,
                        };
                        one.times(&other, nature)
                    }
                    BinaryOperator::Divide => one.over(&other),
                }
            }
        }
    }

    /// A figure that is worked out is stretched as what it is worked out of.
    fn figure(&self, figure: &Figure) -> Reading {
        match &figure.origin {
            Origin::Worked(expr) => self.read(expr),
            Origin::Rows(OverRows {
                list,
                told: told @ (Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr)),
            }) => {
                match self.figures.get(list.0).map(|list| &list.kind) {
                    Some(FigureKind::Rows(columns)) => {
                        let read = Shares { figures: columns, ..*self }.read(expr);
                        // Of as many rows as there are.
                        let terms = if matches!(told, Told::Sum(_)) { i64::MAX } else { read.terms };
                        Reading { terms, ..read }
                    }
                    _ => Reading::new(Nature::Plain, Ratio::ONE),
                }
            }
            _ => Reading::new(Nature::Plain, Ratio::ONE),
        }
    }

    /// A plain number that is never above 1 leaves a share one.
    fn is_weight(&self, expr: &Expr) -> bool {
        let possible =
            range(expr, &LeafRanges { figures: self.figures, maximum: self.maximum, subject: Interval::ALL });
        let edges = possible.lower.zip(possible.upper);
        edges.is_some_and(|(lower, upper)| !lower.at.is_negative() && upper.at <= Ratio::ONE)
    }
}

fn nature(kind: Kind) -> Nature {
    match kind {
        Kind::Rate => Nature::Share,
        Kind::Number => Nature::Plain,
        kind => Nature::Of(kind),
    }
}

/// A hundred, a thousand: what makes per cents and their like of a share.
fn is_hundred(value: &Ratio) -> bool {
    [100, 1_000, 10_000, 100_000, 1_000_000].map(Ratio::from).contains(value)
}

/// A day, or a time of a day: neither is a number.
pub(super) fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Moment)
}
