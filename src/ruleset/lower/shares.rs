//! What may stand beside a percentage: shares, but not shares that a written number makes per cents of.

use super::super::meaning::{Expr, Interval, Kind, Term, range};
use super::super::model::{Figure, FigureKind};
use super::super::origin::{Origin, OverRows, Told};
use super::{LeafRanges, kind_words};
use crate::diagnostic::{Both, Expressions};
use crate::language::fold;
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

/// A mean is of fewer numbers than this, where nothing says of how many; a target in per cent is more.
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

    /// What it is over another; `by` is a number that may be written there.
    fn over(self, other: Self, by: &Ratio) -> Self {
        match (self, other) {
            // So much of a year, of a term.
            (Self::Days, Self::Written) if *by > Ratio::ONE => Self::Either,
            (nature, Self::Written | Self::Share | Self::Either) => nature,
            (Self::Written, _) | (Self::Days, Self::Plain | Self::Of(_)) => Self::Plain,
            (one, other) if one == other => Self::Share,
            // The mean of shares; plain numbers of things.
            (share, number) if share.is_share() && number.is_number() => share,
            (one, other) if one.is_money() && other.is_money() => Self::Either,
            // So much money for each: only over money it is a share.
            (money, number) if money.is_money() && number.is_number() => Self::Amount,
            (Self::Plain, Self::Of(kind)) | (Self::Of(kind), Self::Plain) if kind != Kind::Money => Self::Either,
            _ => Self::Plain,
        }
    }
}

/// What an expression tells, and how much of it there is when everything it reads is whole: `b * 100 / a` is 100 when all
/// of `a` is done, the weights `60 * b / a + 40 * d / c` are 100 together, and the mean of twelve per cents is 100.
#[derive(Clone)]
struct Reading {
    nature: Nature,
    /// By how much its terms are stretched, the least and the most of them. The terms of a sum of counts may be parts of
    /// one whole, and may be stretched differently; a share is stretched as its terms are at most, for each is one.
    least: Ratio,
    most: Ratio,
    /// What all its terms make together.
    full: Ratio,
    /// Of how many it is the sum, those of a row if over rows.
    terms: i64,
    /// Of a sum over rows that no count was divided by: what written numbers it was divided by.
    rows: Option<Ratio>,
    /// The hundred (or thousand) that was multiplied by: the mean of two numbers in per cent is one.
    hundred: Option<Ratio>,
    /// The greatest number that is written as multiplied by.
    literal: Ratio,
    /// The number that is written, in per cent or not.
    written: Option<Ratio>,
    /// The unit of measurement that it is told in.
    measure: Option<String>,
    /// Whether it adds up several of those.
    mixed: bool,
}

impl Reading {
    fn new(nature: Nature) -> Self {
        Self {
            nature,
            least: Ratio::ONE,
            most: Ratio::ONE,
            full: Ratio::ONE,
            terms: 1,
            rows: None,
            hundred: None,
            literal: Ratio::ONE,
            written: None,
            measure: None,
            mixed: false,
        }
    }

    fn written(value: Ratio) -> Self {
        let by = value.abs();
        let hundred = is_hundred(&by).then(|| by.clone());
        let stretched = Self { least: by.clone(), most: by.clone(), full: by.clone(), ..Self::new(Nature::Written) };
        Self { hundred, literal: by, written: Some(value), ..stretched }
    }

    /// `1%` that a share is multiplied by: it makes a share of per cents again.
    fn percentage(expr: &Expr) -> Option<Self> {
        let Term::Constant(value) = &expr.term else { return None };
        let read = Self::written(value.clone());
        (expr.kind == Kind::Rate && !value.is_zero()).then_some(Self { nature: Nature::Share, hundred: None, ..read })
    }

    /// `1%`, `0,1%` that is multiplied by, or divided by: a hundredth, and no share of anything.
    fn hundredth(expr: &Expr) -> Option<Self> {
        Self::percentage(expr)
            .filter(|read| Ratio::ONE.checked_div(&read.least).is_some_and(|times| is_hundred(&times)))
    }

    fn negated(self) -> Self {
        Self { written: self.written.map(|value| -value), ..self }
    }

    /// What is chosen between. Written numbers among it stretch nothing.
    fn beside(self, other: Self) -> Self {
        let nature = match (self.nature, other.nature) {
            (Nature::Written, Nature::Written) => return if self.most < other.most { other } else { self },
            (Nature::Written, _) => return other,
            (_, Nature::Written) => return self,
            (one, other) if one == other => one,
            (one, other) if one.is_share() && other.is_share() => Nature::Share,
            _ => Nature::Plain,
        };
        let most = self.most.max(other.most);
        let least = if nature.is_share() { most.clone() } else { self.least.min(other.least) };
        let units = self.measure.is_some() && other.measure.is_some() && self.measure != other.measure;
        let mixed = units || self.mixed || other.mixed;
        // Each share is one by itself. Of counts in one unit the best is worth a hundred, the others less, and all of
        // them are in per cent; a thousand is another unit.
        let graded = nature == Nature::Of(Kind::Count) && !mixed && most == Ratio::from(100);
        let hundred = match (self.hundred, other.hundred) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) if nature.is_share() => one.or(other),
            (one, other) => one.or(other).filter(|hundred| graded && *hundred == most),
        };
        let measure = if mixed { None } else { self.measure.or(other.measure) };
        Self {
            nature,
            least,
            most,
            full: self.full.max(other.full),
            terms: self.terms.max(other.terms),
            rows: self.rows.max(other.rows),
            hundred,
            literal: self.literal.max(other.literal),
            written: None,
            measure,
            mixed,
        }
    }

    /// What is added up, or taken off.
    fn plus(self, other: Self, operator: BinaryOperator) -> Self {
        if let (Some(one), Some(other)) = (&self.written, &other.written) {
            let less = operator == BinaryOperator::Subtract;
            return Self::written(if less { one - other } else { one + other });
        }
        if self.nature == Nature::Written || other.nature == Nature::Written {
            return self.beside(other);
        }
        let (full, terms) = (&self.full + &other.full, self.terms.saturating_add(other.terms));
        Self { full, terms, ..self.beside(other) }
    }

    fn times(&self, other: &Self, nature: Nature) -> Self {
        let written = self.written.as_ref().zip(other.written.as_ref()).map(|(one, other)| one * other);
        if let (Nature::Written, Some(value)) = (nature, &written) {
            let literal = self.literal.clone().max(other.literal.clone());
            return Self { literal, ..Self::written(value.clone()) };
        }
        let least = &self.least * &other.least;
        // Twice by 10 is by 100.
        let hundred = is_hundred(&least).then(|| least.clone());
        Self {
            nature,
            least,
            most: &self.most * &other.most,
            full: &self.full * &other.full,
            terms: self.terms.max(other.terms),
            rows: self.rows.clone().max(other.rows.clone()),
            hundred: hundred.max(self.hundred.clone()).max(other.hundred.clone()),
            literal: self.literal.clone().max(other.literal.clone()),
            written,
            // A product of two measures is told in neither.
            measure: self.measure.clone().xor(other.measure.clone()),
            mixed: self.mixed || other.mixed,
        }
    }

    /// A divisor that is nothing is told elsewhere.
    fn over(&self, other: &Self) -> Self {
        let nature = self.nature.over(other.nature, &other.least);
        let divided = |one: &Ratio, by: &Ratio| one.checked_div(by).unwrap_or(Ratio::ONE);
        if let (Some(one), Some(by)) = (&self.written, &other.written) {
            let read = Self::written(divided(one, by));
            return Self { nature, literal: self.literal.clone(), ..read };
        }
        let full = divided(&self.full, &other.full);
        let mean = self.is_mean_over(other);
        let most = if mean { full.clone() } else { divided(&self.most, &other.most) };
        let least = if mean || nature.is_share() && self.nature.is_share() {
            most.clone()
        } else {
            divided(&self.least, &other.most)
        };
        // What a number that is stated may be, weights together among it, is not known; over rows it is how many.
        let stated = nature == Nature::Either || self.nature.is_share() && other.nature.is_number();
        let full = if stated && other.written.is_none() && self.rows.is_none() && !mean { most.clone() } else { full };
        let rows = match (&self.rows, &other.written) {
            (Some(by), _) if mean || other.nature.is_share() => Some(by.clone()),
            (Some(by), Some(written)) => Some(by * &written.abs()),
            _ => None,
        };
        let rows = rows.filter(|_| other.rows.is_none() && !other.nature.is_number());
        // Over 0,01 it is times a hundred.
        let hundred = (other.full < Ratio::ONE && is_hundred(&least)).then(|| least.clone());
        let hundred = hundred.max(self.hundred.clone());
        let measure = self.measure.clone().filter(|_| other.measure.is_none());
        // Of counts that are worth more and less no single number could be left out.
        let graded = self.nature == Nature::Of(Kind::Count) && self.least != self.most;
        let literal = if graded { Ratio::ONE } else { self.literal.clone() };
        let mixed = self.mixed;
        Self { nature, least, most, full, terms: 1, rows, hundred, literal, written: None, measure, mixed }
            .graded(self.nature)
            .in_units(self.measure.as_deref(), other.measure.as_deref())
    }

    /// Counts of which each is worth something else, over all of them: a share as large as the best is worth. By more
    /// than a hundred the best is told in another unit.
    fn graded(self, of: Nature) -> Self {
        let counts = of == Nature::Of(Kind::Count) && self.nature.is_share();
        if !counts || self.mixed || self.most > Ratio::from(100) {
            return self;
        }
        Self { least: self.most.clone(), ..self }
    }

    /// What is multiplied by only so that the units meet stretches nothing: `v * 1000 / k` of billions and millions.
    fn in_units(self, one: Option<&str>, other: Option<&str>) -> Self {
        let (Some(one), Some(other)) = (one, other) else { return self };
        let Some(by) = change_of_unit(one, other).filter(|_| self.nature.is_share()) else { return self };
        let divided = |value: &Ratio| value.checked_div(&by);
        let (Some(least), Some(most), Some(full)) = (divided(&self.least), divided(&self.most), divided(&self.full))
        else {
            return self;
        };
        let hundred = is_hundred(&least).then(|| least.clone());
        if least != Ratio::ONE && hundred.is_none() {
            return self;
        }
        Self { least, most, full, hundred, literal: Ratio::ONE, ..self }
    }

    /// Whether so many are added up as it is divided by, whatever count stands beside that: `12` and `12 * đếm(xã)` of
    /// twelve months. Over a greater number it is what is reached of a target in per cent.
    fn is_mean_over(&self, other: &Self) -> bool {
        let terms = Ratio::from(self.terms);
        // Counts may be parts of one plan, and a smaller number what is asked of that.
        let so_many = other.full == terms || self.nature.is_share() && other.full < terms;
        other.terms == 1 && other.full > Ratio::ONE && so_many
    }

    /// What all its terms make together, and the least of them. What a sum over rows was divided by is how many they are,
    /// unless that leaves less than one.
    fn together(&self) -> (Ratio, Ratio) {
        match &self.rows {
            Some(by) if self.full > Ratio::ONE => (&self.full * by, &self.least * by),
            _ => (self.full.clone(), self.least.clone()),
        }
    }

    /// By how much a share is multiplied that is told in per cents, or in still smaller parts. Less than that (12 months
    /// for 9, half the plan) is what the share is of.
    fn by_hundreds(&self) -> Option<Ratio> {
        let (_, least) = self.together();
        let hundred = self.hundred.as_ref().filter(|&hundred| &least * &Ratio::from(TARGET) > *hundred);
        if least >= Ratio::from(100) { Some(least) } else { hundred.cloned() }
    }

    /// The same of what is compared: shares by weights that add up to a hundred are in per cent together.
    fn per_cents(&self) -> Option<Ratio> {
        self.by_hundreds().or_else(|| Some(self.together().0).filter(is_hundred))
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
        // Beside a share they may be points with a bonus: `60 * b / a + 40 * d / c + e / f`. Beside a percentage they are not.
        let by = |reading: &Reading, side: &Expr| {
            let percentage = side.kind == Kind::Rate && matches!(side.term, Term::Constant(_));
            if percentage { reading.per_cents() } else { reading.by_hundreds() }
        };
        let told = |(words, mend): (Both, Both), after: bool| {
            let (left, right) = if after { (kind_words(Kind::Rate), words) } else { (words, kind_words(Kind::Rate)) };
            Expressions::Unlike { left, right, mend }
        };
        if plain(&other) {
            return Self::stretched(&one, by(&one, right)).map(|said| told(said, false));
        }
        if plain(&one) { Self::stretched(&other, by(&other, left)).map(|said| told(said, true)) } else { None }
    }

    /// Whether it is a share in per cents, however the hundred is written: `b / (a / 100)`.
    pub(super) fn in_per_cents(&self, expr: &Expr) -> bool {
        let read = self.read(expr);
        read.nature.is_share() && read.by_hundreds().is_some()
    }

    /// Whether a number is a share, whatever its kind: `b / (2 * a)`.
    pub(super) fn is_share(&self, expr: &Expr) -> bool {
        self.read(expr).nature.is_share()
    }

    /// A share that a written number makes per cents of: in words, and what to do.
    fn stretched(reading: &Reading, by: Option<Ratio>) -> Option<(Both, Both)> {
        let by = by.filter(|_| reading.nature.is_share())?;
        let told = |number: &Ratio| [DecimalMark::Comma, DecimalMark::Point].map(|mark| number.exact(mark));
        // The number that is written, if one is; what else is in it (two thirds, half of the plan) stays.
        if reading.literal == by || reading.hundred.as_ref() == Some(&reading.literal) {
            let [vi, en] = told(&reading.literal);
            let words = Both::new(format!("một tỷ lệ đã nhân {vi}"), format!("a rate multiplied by {en}"));
            // Left out of a sum that is no mean, it leaves a scale of another size: `(6 * b / a + 4 * d / c) * 100`.
            let whole = reading.full == reading.literal || reading.full == reading.least;
            let keep = ("viết số bên kia không có dấu `%`", "write the other side without `%`");
            let mend = if whole {
                Both::new(
                    format!("bỏ phép nhân {vi}; hoặc giữ, và {}", keep.0),
                    format!("do not multiply by {en}; or do, and {}", keep.1),
                )
            } else {
                Both::new(keep.0, keep.1)
            };
            return Some((words, mend));
        }
        if !is_hundred(&by) {
            let mend = Both::new("viết số bên kia không có dấu `%`", "write the other side without `%`");
            return Some((kind_words(Kind::Number), mend));
        }
        // Weights that add up to it, 10 times 10, over 0,01: no such number is written.
        let [vi, en] = told(&by);
        let words = Both::new(format!("một tỷ lệ tính trên thang {vi}"), format!("a rate on a scale of {en}"));
        let mend = Both::new(
            format!("chia cả biểu thức cho {vi}; hoặc giữ, và viết số bên kia không có dấu `%`"),
            format!("divide the whole of it by {en}; or keep it, and write the other side without `%`"),
        );
        Some((words, mend))
    }

    #[expect(clippy::unnested_or_patterns, reason = "their order decides what a number times a share is")]
    fn read(&self, expr: &Expr) -> Reading {
        match &expr.term {
            Term::Constant(value) if expr.kind == Kind::Number => Reading::written(value.clone()),
            Term::Figure(id) => match self.figures.get(id.0) {
                Some(figure) => {
                    let read = self.figure(figure);
                    // What rows tell is told in no line of its own, so it is what one of them tells.
                    let rows = matches!(figure.origin, Origin::Rows(_)) && expr.kind == Kind::Number;
                    let graded = read.nature == Nature::Of(Kind::Count) && read.least < read.most;
                    let told = rows && (read.nature.is_share() || graded);
                    let nature = if told { read.nature } else { nature(expr.kind) };
                    let measure = figure.measure.clone().or_else(|| read.measure.clone());
                    Reading { nature, measure, ..read }
                }
                None => Reading::new(nature(expr.kind)),
            },
            Term::Constant(_) | Term::Maximum | Term::Subject => Reading::new(nature(expr.kind)),
            Term::Negate(inner) => self.read(inner).negated(),
            Term::Round(inner, _) | Term::Floor(inner) | Term::Absolute(inner) | Term::Named(_, inner) => {
                self.read(inner)
            }
            Term::If(branch) => self.read(&branch.then).beside(self.read(&branch.otherwise)),
            Term::Least(parts) | Term::Greatest(parts) => {
                let parts = parts.iter().map(|part| self.read(part)).reduce(Reading::beside);
                parts.unwrap_or_else(|| Reading::new(Nature::Plain))
            }
            Term::Binary(operator, left, right) => {
                let (mut one, mut other) = (self.read(left), self.read(right));
                if *operator == BinaryOperator::Multiply {
                    let scaled = |reading: &Reading| reading.written.is_some() || reading.nature.is_share();
                    let percentage = |expr: &Expr, scaled: bool| {
                        if scaled { Reading::percentage(expr) } else { Reading::hundredth(expr) }
                    };
                    one = percentage(left, scaled(&other)).unwrap_or(one);
                    other = percentage(right, scaled(&one)).unwrap_or(other);
                }
                if *operator == BinaryOperator::Divide {
                    other = Reading::hundredth(right).unwrap_or(other);
                }
                match operator {
                    BinaryOperator::Subtract if left.kind == right.kind && is_time(left.kind) => {
                        Reading::new(Nature::Days)
                    }
                    BinaryOperator::Add | BinaryOperator::Subtract => one.plus(other, *operator),
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
            }) => match self.figures.get(list.0).map(|list| &list.kind) {
                Some(FigureKind::Rows(columns)) => {
                    let read = Shares { figures: columns, ..*self }.read(expr);
                    let rows = matches!(told, Told::Sum(_)).then_some(Ratio::ONE);
                    Reading { rows, written: None, ..read }
                }
                _ => Reading::new(Nature::Plain),
            },
            _ => Reading::new(Nature::Plain),
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

/// How many of the other unit of measurement the one is, where that is known.
fn change_of_unit(one: &str, other: &str) -> Option<Ratio> {
    let size = |measure: &str| match fold(measure).as_str() {
        "dong" => Some(("money", 1)),
        "nghin dong" | "ngan dong" => Some(("money", 1_000)),
        "trieu dong" => Some(("money", 1_000_000)),
        "ty dong" | "ti dong" => Some(("money", 1_000_000_000)),
        "m" => Some(("length", 1)),
        "km" => Some(("length", 1_000)),
        "kg" => Some(("weight", 1)),
        "tan" => Some(("weight", 1_000)),
        _ => None,
    };
    let ((kind, one), (same, other)) = (size(one)?, size(other)?);
    if kind == same && one != other { Ratio::from(one).checked_div(&Ratio::from(other)) } else { None }
}

/// A day, or a time of a day: neither is a number.
pub(super) fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Moment)
}
