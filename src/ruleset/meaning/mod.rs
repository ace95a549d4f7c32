//! The one meaning of every form: exact expression trees with labelled parts.
//!
//! Points, bounds, the explanation's words and the distance to the next band are interpreters of these trees, so
//! they cannot drift apart.

mod interval;
mod known;
mod linear;
mod never;
mod range;
mod simplex;

pub use interval::{Edge, Interval};
pub use known::{Known, decided, decides};
pub use never::{never_so, never_zero};
pub use range::{Ranges, never_above, product, range};

use crate::diagnostic::Span;
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// A figure of a leaf, by its place in the leaf's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub usize);

/// What a number is; decides what it may be compared with and how it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A bare number.
    Number,
    /// A whole number of things.
    Count,
    /// A ratio, printed in per cent.
    Rate,
    /// What lies between two rates; printed in percentage points.
    PercentagePoints,
    /// An amount of money.
    Money,
    /// Points.
    Points,
    /// Days since 1970-01-01.
    Date,
    /// Days since 1970-01-01 00:00 of the local official time, with the part of the day that has gone.
    Moment,
    /// How late, in days; lines of the rule count days or hours.
    Days,
    /// How late, in days of the calendar; lines of the rule count working days.
    WorkingDays,
}

impl Kind {
    /// What a product is. A count or a rate times a bare number is a bare number: `1,5 * a / b` may be points. The share
    /// of a count is told in the same things and need not be whole.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Points, _) | (_, Self::Points) => Self::Points,
            (Self::Number, Self::Count | Self::Rate) | (Self::Count | Self::Rate, Self::Number) => Self::Number,
            (Self::Rate | Self::Number, kind) | (kind, Self::Rate | Self::Number) => kind,
            (Self::Money, _) | (_, Self::Money) => Self::Money,
            _ => Self::Number,
        }
    }

    /// What a quotient is: of two alike a rate. Half a count is told in the same things and need not be whole.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number, Self::Number) => Self::Number,
            (one, other) if one == other => Self::Rate,
            (Self::Points, _) => Self::Points,
            (kind, Self::Number | Self::Rate) => kind,
            _ => Self::Number,
        }
    }
}

/// An exact expression and what its value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What the value is.
    pub kind: Kind,
    /// How it comes about.
    pub term: Term,
}

/// How a value comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A written number.
    Constant(Ratio),
    /// What the unit stated.
    Figure(FigureId),
    /// The maximum points of the leaf.
    Maximum,
    /// The value that the bands look at.
    Subject,
    /// `-x`.
    Negate(Box<Expr>),
    /// Arithmetic.
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// The least of several.
    Least(Vec<Expr>),
    /// The greatest of several.
    Greatest(Vec<Expr>),
    /// Rounded half away from zero to so many digits.
    Round(Box<Expr>, u32),
    /// The greatest whole number that is not above it.
    Floor(Box<Expr>),
    /// Without its sign.
    Absolute(Box<Expr>),
    /// A value under the name that a script gave it.
    Named(String, Box<Expr>),
    /// One of two, as a condition decides.
    If(Box<Branch>),
}

/// A condition that decides between two values, and where a script says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// What is asked.
    pub test: Test,
    /// Where it is asked.
    pub asked: Span,
    /// The value if it holds.
    pub then: Expr,
    /// Where that stands.
    pub then_at: Span,
    /// The value if it does not hold.
    pub otherwise: Expr,
    /// Where that stands.
    pub otherwise_at: Span,
}

impl Expr {
    /// A written number.
    pub fn constant(kind: Kind, value: Ratio) -> Self {
        Self { kind, term: Term::Constant(value) }
    }

    /// The maximum of the leaf.
    pub fn maximum() -> Self {
        Self { kind: Kind::Points, term: Term::Maximum }
    }

    /// An operation on two expressions.
    pub fn binary(kind: Kind, operator: BinaryOperator, left: Self, right: Self) -> Self {
        Self { kind, term: Term::Binary(operator, Box::new(left), Box::new(right)) }
    }

    /// `2/3`: one written number over another.
    pub fn is_fraction(&self) -> bool {
        let written = |part: &Self| part.kind == Kind::Number && matches!(part.term, Term::Constant(_));
        matches!(&self.term, Term::Binary(BinaryOperator::Divide, over, under) if written(over) && written(under))
    }

    /// Every expression inside this one, itself first.
    pub fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match &self.term {
            Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => {}
            Term::Negate(inner)
            | Term::Round(inner, _)
            | Term::Floor(inner)
            | Term::Absolute(inner)
            | Term::Named(_, inner) => inner.visit(see),
            Term::If(branch) => {
                branch.test.visit(see);
                branch.then.visit(see);
                branch.otherwise.visit(see);
            }
            Term::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Term::Least(parts) | Term::Greatest(parts) => parts.iter().for_each(|part| part.visit(see)),
        }
    }

    /// Every figure that is read, those that conditions read included.
    pub fn figures(&self, see: &mut dyn FnMut(FigureId)) {
        self.visit(&mut |inner| match &inner.term {
            Term::Figure(id) => see(*id),
            Term::If(branch) => branch.test.answers(see),
            _ => {}
        });
    }

    /// The expression without the name that a script gave it.
    pub fn bare(&self) -> &Self {
        let mut bare = self;
        while let Term::Named(_, inner) = &bare.term {
            bare = inner;
        }
        bare
    }
}

/// A condition over figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Two numbers compared, exactly.
    Compare(Comparison, Expr, Expr),
    /// A yes/no figure has this answer.
    Answer(FigureId, bool),
    /// A choice is (or is not) this option.
    Option {
        /// The choice.
        figure: FigureId,
        /// The option's place in the figure's list.
        option: usize,
        /// Whether it must be this one, or any other.
        is: bool,
    },
    /// All of them.
    All(Vec<Test>),
    /// At least one of them.
    Any(Vec<Test>),
}

impl Test {
    /// Every expression inside.
    pub fn visit(&self, see: &mut impl FnMut(&Expr)) {
        match self {
            Self::Compare(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Answer(..) | Self::Option { .. } => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(see)),
        }
    }

    /// Every figure that is read.
    pub fn figures(&self, see: &mut dyn FnMut(FigureId)) {
        match self {
            Self::Compare(_, left, right) => {
                left.figures(see);
                right.figures(see);
            }
            Self::Answer(id, _) | Self::Option { figure: id, .. } => see(*id),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.figures(see)),
        }
    }

    /// The two sides of every comparison.
    pub fn sides(&self, see: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Compare(_, left, right) => {
                see(left);
                see(right);
            }
            Self::Answer(..) | Self::Option { .. } => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.sides(see)),
        }
    }

    /// The yes/no figures and the choices that are read.
    fn answers(&self, see: &mut dyn FnMut(FigureId)) {
        match self {
            Self::Compare(..) => {}
            Self::Answer(id, _) | Self::Option { figure: id, .. } => see(*id),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.answers(see)),
        }
    }

    /// The opposite condition.
    #[must_use]
    pub fn negated(&self) -> Self {
        match self {
            Self::Compare(comparison, left, right) => Self::Compare(comparison.negated(), left.clone(), right.clone()),
            Self::Answer(id, wanted) => Self::Answer(*id, !wanted),
            Self::Option { figure, option, is } => Self::Option { figure: *figure, option: *option, is: !is },
            Self::All(parts) => Self::Any(parts.iter().map(Self::negated).collect()),
            Self::Any(parts) => Self::All(parts.iter().map(Self::negated).collect()),
        }
    }
}

/// What a line does when it decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It gives points.
    Points(Expr),
    /// The leaf leaves the scale.
    OutOfScale,
    /// The leaf stays unscored.
    Unscored,
}

/// When a line decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// A condition holds.
    Test(Test),
    /// The subject lies in the band.
    Within(Interval),
    /// No line above decided.
    Otherwise,
}

/// A guarded line: a band, a `khi`, or `còn lại`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// When it decides.
    pub guard: Guard,
    /// What it does.
    pub outcome: Outcome,
    /// The line in the ruleset.
    pub line: Span,
    /// The guard alone, as written.
    pub words: Span,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What must hold.
    pub test: Test,
    /// What it adds.
    pub award: Expr,
    /// The line in the ruleset.
    pub line: Span,
    /// What it asks, if the line declares its own figure.
    pub label: Option<String>,
}

/// A checklist: its lines, and the limits of their sum where they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The lines.
    pub parts: Vec<Part>,
    /// Never below.
    pub floor: Option<Expr>,
    /// Never above.
    pub cap: Option<Expr>,
}

/// What a score per case was written as; its expression says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerCase {
    /// What counting starts from, and where that is said; from 0 where nothing says.
    pub start: Option<(Expr, Span)>,
    /// The lines.
    pub lines: Vec<Each>,
}

/// A line of a score per case: so many points for each whole step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// How much makes one case; nothing means that cases themselves are counted.
    pub step: Option<Ratio>,
    /// What is counted.
    pub what: Expr,
    /// How often the line counts.
    pub times: Expr,
    /// What one case adds; negative where it takes away.
    pub points: Ratio,
    /// The line in the ruleset.
    pub line: Span,
}

/// What a form means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The first arm whose guard holds decides.
    Cases {
        /// What bands look at.
        subject: Option<Expr>,
        /// In the order written.
        arms: Vec<Arm>,
    },
    /// The parts that hold add up.
    Sum(Sum),
    /// One expression, cut to its limits where they are written.
    Value {
        /// The expression.
        expr: Expr,
        /// Never below.
        floor: Option<Expr>,
        /// Never above.
        cap: Option<Expr>,
        /// The lines that the expression was made of, for a score per case.
        per_case: Option<PerCase>,
    },
}
