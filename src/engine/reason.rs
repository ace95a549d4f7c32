//! Why a leaf has its points: the explanation as data, with every number it was made of.

use crate::diagnostic::Span;
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::{FigureId, Kind};
use crate::ruleset::{HeadId, WhenMissing};
use crate::script;

/// An expression with its value, and the values it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// What the value is.
    pub kind: Kind,
    /// The exact value.
    pub value: Ratio,
    /// How it came about.
    pub step: Step,
}

/// How a value came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is written in the ruleset.
    Constant,
    /// The unit stated it.
    Figure(FigureId),
    /// The maximum of the leaf.
    Maximum,
    /// The value that the bands look at.
    Subject,
    /// `-x`.
    Negate(Box<Working>),
    /// Arithmetic.
    Binary(BinaryOperator, Box<Working>, Box<Working>),
    /// The least of several.
    Least(Vec<Working>),
    /// The greatest of several.
    Greatest(Vec<Working>),
    /// Rounded to so many digits.
    Round(Box<Working>, u32),
    /// Rounded down to a whole number.
    Floor(Box<Working>),
    /// Without its sign.
    Absolute(Box<Working>),
    /// A value under the name that a script gave it.
    Named(String, Box<Working>),
    /// One of two values: what decided, and the one it chose.
    If(Box<Chosen>),
}

/// A condition that chose between two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Whether it held.
    pub held: bool,
    /// The condition, with the values that decided it.
    pub test: Tested,
    /// The value chosen.
    pub gives: Working,
    /// Where the condition is asked.
    pub asked: Span,
    /// Where the chosen value stands.
    pub line: Span,
}

/// A condition with the values that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tested {
    /// Two numbers compared.
    Compare(Comparison, Working, Working),
    /// A yes/no figure: what it had to be, what it is.
    Answer {
        /// The figure.
        figure: FigureId,
        /// What the line asks for.
        wanted: bool,
        /// What was stated.
        stated: bool,
    },
    /// A choice: whether it had to be this option, what it is.
    Option {
        /// The figure.
        figure: FigureId,
        /// The option that the line names.
        wanted: usize,
        /// Whether it had to be that one.
        is: bool,
        /// What was stated.
        stated: usize,
    },
    /// All of them.
    All(Vec<Tested>),
    /// At least one of them.
    Any(Vec<Tested>),
}

impl Tested {
    /// The two sides of every comparison.
    pub fn sides(&self, see: &mut dyn FnMut(&Working)) {
        match self {
            Self::Compare(_, left, right) => {
                see(left);
                see(right);
            }
            Self::Answer { .. } | Self::Option { .. } => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.sides(see)),
        }
    }
}

impl Working {
    /// The working without the name that a script gave it.
    pub fn bare(&self) -> &Self {
        let mut bare = self;
        while let Step::Named(_, inner) = &bare.step {
            bare = inner;
        }
        bare
    }
}

/// A line of a checklist, as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The line in the ruleset.
    pub line: Span,
    /// What it asks, if it declares its own figure.
    pub label: Option<String>,
    /// Whether it holds.
    pub held: bool,
    /// What decided it.
    pub test: Tested,
    /// What it adds if it holds.
    pub award: Working,
    /// How much more the leaf would have if this line held too.
    pub more: Ratio,
}

/// The edge of a neighbouring band, and what lies behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cliff {
    /// The edge.
    pub edge: Ratio,
    /// Whether the edge itself is enough, and reached: whole cases may only land behind it.
    pub included: bool,
    /// Points there; where whole cases land behind it, at what they come to.
    pub points: Points,
    /// How much of the numerator it takes, where that is one figure.
    pub needs: Option<(FigureId, Ratio)>,
}

/// A result cut to its written limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Raised to the floor.
    ToFloor(Ratio),
    /// Lowered to the cap.
    ToCap(Ratio),
}

/// Why a leaf could not be scored although its figures are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A denominator is zero.
    DivisionByZero,
    /// The rule gave points outside the head's floor and maximum.
    OutOfRange(Ratio),
    /// A figure breaks a bound that it was declared with, by a value that was looked up.
    OutOfBounds(FigureId),
    /// A value was found elsewhere that the figure cannot have.
    NotPossible(FigureId),
    /// No line decided.
    NoLine,
    /// No row is left, and nothing says what follows.
    NoRows,
    /// A figure has more digits than a script can take.
    TooManyDigits,
    /// The script stopped.
    Script {
        /// Why.
        kind: script::FailureKind,
        /// In which line of the script, from 1.
        line: usize,
    },
}

/// The line of a ladder that decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The line in the ruleset.
    pub line: Span,
    /// Its guard as written.
    pub words: Span,
    /// What the bands looked at.
    pub subject: Option<Working>,
    /// The condition that held.
    pub test: Option<Tested>,
    /// The points.
    pub award: Option<Working>,
    /// The next better band.
    pub up: Option<Cliff>,
    /// The next worse band.
    pub down: Option<Cliff>,
    /// Conditions above that did not hold, with what was stated.
    pub tried: Vec<Tried>,
}

/// A condition that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The line in the ruleset.
    pub line: Span,
    /// The condition with the values stated.
    pub test: Tested,
    /// What it would have given, if it gives points.
    pub points: Option<Points>,
}

/// A cell that is read and has nothing to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LackingCell {
    /// The row.
    pub row: String,
    /// The column.
    pub column: String,
    /// It is stated `không`, and a day is asked for: there is none. Otherwise it is empty.
    pub no_day: bool,
}

/// Rows scored one by one, and their points combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Every row, in the order stated.
    pub rows: Vec<RowScore>,
    /// The points of the rows that count, each times its weight.
    pub sum: Ratio,
    /// The weights of the rows that count; without weights, how many they are.
    pub weight: Ratio,
    /// The points, if there are any.
    pub points: Option<Ratio>,
    /// The line that decided because no row was left.
    pub none_left: Option<Span>,
}

/// A row, scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowScore {
    /// Its name.
    pub name: String,
    /// How much it counts; 1 without weights.
    pub weight: Ratio,
    /// What became of it.
    pub came: RowCame,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowCame {
    /// The rule gave it points.
    Points {
        /// How many.
        points: Ratio,
        /// Why.
        reason: Box<Reason>,
    },
    /// A "no case arose" line gave it points.
    Given {
        /// The line.
        line: Span,
        /// Why it holds.
        test: Tested,
        /// How many.
        points: Ratio,
    },
    /// It was passed over.
    Skipped {
        /// The line that says so.
        line: Span,
        /// Why it holds.
        test: Tested,
    },
    /// A line of the rule took it out of the scale, so it was passed over.
    Left {
        /// Why.
        reason: Box<Reason>,
    },
    /// A line of the rule left it unscored, and with it the head.
    Open {
        /// Why.
        reason: Box<Reason>,
    },
}

/// What the points of another head said of a leaf that waits for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gated {
    /// The line in the ruleset.
    pub line: Span,
    /// The other head.
    pub of: HeadId,
    /// Its code.
    pub code: String,
    /// How its points are compared.
    pub comparison: Comparison,
    /// With what.
    pub limit: Points,
    /// What they are.
    pub points: Awaited,
}

/// The points of a head that a leaf waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// They are known.
    Known(Points),
    /// They are not, but lie between these.
    Between(Points, Points),
    /// The head left the scale, so nothing is waited for.
    OutOfScale,
}

/// Why a leaf has its points, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A band or a guarded line decided.
    Line(Box<Decided>),
    /// The lines of a checklist.
    Checklist {
        /// The lines, in the order written.
        items: Vec<Item>,
        /// Whether their sum was cut.
        cut: Option<Cut>,
    },
    /// A formula.
    Formula {
        /// Its value, step by step.
        working: Working,
        /// Whether it was cut.
        cut: Option<Cut>,
        /// One case that gives more.
        up: Option<Cliff>,
        /// One case that gives less.
        down: Option<Cliff>,
    },
    /// A script.
    Script {
        /// Its text in the ruleset.
        span: Span,
        /// What it gave.
        result: Ratio,
        /// Whether that was cut.
        cut: Option<Cut>,
    },
    /// Points entered by an authority.
    Entered {
        /// Whose points they are.
        by: String,
        /// What was said with them.
        note: String,
    },
    /// Points set in place of the rule.
    Set {
        /// Why.
        reason: String,
    },
    /// A "no case arose" line.
    NotApplicable {
        /// The line.
        line: Span,
        /// Why it holds.
        test: Tested,
        /// Points, if it gives any.
        award: Option<Working>,
    },
    /// The points of another head keep it from being scored by its rule.
    Gate {
        /// What they said.
        gated: Box<Gated>,
        /// Nobody can tell yet: the other head is not scored.
        waits: bool,
        /// Points, if the line gives any.
        award: Option<Working>,
    },
    /// Figures are missing.
    Missing {
        /// Which.
        figures: Vec<FigureId>,
        /// What the ruleset says follows.
        rule: WhenMissing,
    },
    /// Rows scored one by one.
    Rows(Box<Rows>),
    /// Cells of a list are empty.
    MissingCells {
        /// The list.
        list: FigureId,
        /// Which: all empty, or all without a day.
        cells: Vec<LackingCell>,
        /// What the ruleset says follows.
        rule: WhenMissing,
    },
    /// The answers to a questionnaire are too few, and the questionnaire says what follows.
    TooFew {
        /// Its result.
        figure: FigureId,
        /// The line that says what follows.
        line: Span,
        /// The points, if it gives any.
        award: Option<Working>,
    },
    /// Evidence is missing, and that costs the points.
    NoEvidence {
        /// What the ruleset says follows.
        rule: WhenMissing,
    },
    /// The leaf does not apply to the unit's block.
    Block {
        /// The block's name.
        block: String,
        /// It is of other blocks only.
        only: bool,
        /// The line that says so.
        line: Span,
        /// The points that follow, if any.
        award: Option<Working>,
    },
    /// The unit says of a figure that lets it that it does not apply.
    ChosenNotApplicable {
        /// The figure.
        figure: FigureId,
    },
    /// What the leaf is worth depends on the block, and nobody says which the unit is in.
    BlockUnknown,
    /// No survey was held this year.
    NoSurvey {
        /// The line of the ruleset that says what follows.
        line: Span,
    },
    /// Nobody stated anything yet.
    NotStated,
    /// Outside the scale: no track states a bonus or a penalty, so there is none.
    NotClaimed,
    /// The rule could not be carried out.
    Failed(Failure),
}
