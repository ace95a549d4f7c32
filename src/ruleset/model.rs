//! The checked model: who holds a `Ruleset` holds a structurally sound one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::blocks::{Aside, Block, UnitRule};
use super::compose::{Change, Identity, Past};
use super::meaning::{Expr, FigureId, Interval, Kind, Meaning, Outcome, Test};
use super::origin::{Origin, Shared};
use super::parameters::Read;
use super::questionnaire::{Questionnaire, SurveyRule};
use super::round::Round;
use super::summary::Standing;
use super::tests::TestCase;
use crate::diagnostic::{Both, Language, SourceId, Span};
use crate::language::tree::{
    Aggregation, Comparison, Count, Example, Grade, GradeBasis, Level, Line, Method, Open, Parameter, Provenance,
    Replaces, RoundedLevel, Spanned, Statement, Supersedes, Target, Ties, Track,
};
use crate::number::{Points, Ratio, Rounding};
use crate::script::Script;

/// A head, by its place in the ruleset's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeadId(pub usize);

/// A year's criteria set.
#[derive(Clone, Debug)]
pub struct Ruleset {
    /// The index's path.
    pub path: String,
    /// Its name.
    pub title: String,
    /// The year.
    pub year: u16,
    /// The edition of that year, from 1.
    pub edition: u16,
    /// The edition that this one takes the place of.
    pub supersedes: Option<Supersedes>,
    /// The decisions that its lines stand in, the first one first and its own last.
    pub decisions: Vec<Decision>,
    /// The set that it extends.
    pub extends: Option<Identity>,
    /// The set of the level above, which this one, or an earlier one of its path, extends: what that set wrote is closed
    /// but for what it opens.
    pub upper_level: Option<Arc<Ruleset>>,
    /// What it changes of the set that it extends.
    pub changes: Vec<Change>,
    /// Heads that no later year and no lower level may amend, each with its line.
    pub locks: Vec<(Target, Span)>,
    /// What lower levels may do, each with its line.
    pub openings: Vec<(Open, Span)>,
    /// Its heads in the years that it builds on.
    pub past: Past,
    /// The language of its text.
    pub language: Language,
    /// SHA-256 of the canonical text, in hexadecimal.
    pub fingerprint: String,
    /// Every line of its header, in the order of the text.
    pub header: Vec<Statement>,
    /// The decisions it stands on: number and date (days since 1970-01-01).
    pub authorities: Vec<(String, Option<i32>)>,
    /// Where its numbers come from, unless a head says otherwise.
    pub provenance: Vec<Provenance>,
    /// Numbers of the year that its text names.
    pub parameters: Vec<Parameter>,
    /// The lines that read them.
    pub parameters_read: Vec<Read>,
    /// The round: names of levels, period, day of submission, texts beside the decision.
    pub round: Round,
    /// What was left out, for a partial transcription.
    pub extracts: Vec<String>,
    /// Why no leaves are known, for a frame.
    pub frame: Option<String>,
    /// Who is assessed.
    pub applies_to: Option<String>,
    /// All points of the decision's scale.
    pub scale: Points,
    /// The appraised share of the scale, if stated.
    pub appraised: Option<Points>,
    /// The survey share of the scale, if stated.
    pub survey: Option<Points>,
    /// What follows in a year without a survey, where the set allows one.
    pub no_survey: Option<NoSurvey>,
    /// What its sources name without points, in a frame.
    pub not_known: Vec<NotKnown>,
    /// What a bonus can add at most, where the set has one.
    pub bonus: Option<OutsideRule>,
    /// What a penalty can take off at most, where the set has one.
    pub penalty: Option<OutsideRule>,
    /// The least that the index can be, as a share of the scale, where its parts may make it less.
    pub index_floor: Option<Ratio>,
    /// Counts that the decision states.
    pub counts: Vec<Count>,
    /// The scoring tracks, in order.
    pub tracks: Vec<Track>,
    /// Where and how points are rounded; nothing means never.
    pub rounding: Option<(RoundedLevel, Rounding)>,
    /// Digits shown.
    pub display: u32,
    /// Ties.
    pub ties: Ties,
    /// Points that order.
    pub ranking_basis: GradeBasis,
    /// Points that grade.
    pub grade_basis: GradeBasis,
    /// Grades look at what the scale gives, before bonus and penalty.
    pub graded_before_outside: bool,
    /// Grades, from the best down; may be empty.
    pub grades: Vec<Grade>,
    /// Ceilings on the grade, in the order of the text.
    pub ceilings: Vec<Ceiling>,
    /// How many places down from the year before take a grade one lower.
    pub grade_fall: Option<usize>,
    /// The blocks of units that it speaks of.
    pub blocks: Vec<Block>,
    /// Units that it speaks of by name.
    pub units: Vec<UnitRule>,
    /// The set as it is for each block, by the block's name, where scores depend on it: heads stand in the same places.
    pub by_block: BTreeMap<String, Arc<Ruleset>>,
    /// How the top heads make the index.
    pub aggregation: Aggregation,
    /// Figures that leaves share.
    pub shared: Shared,
    /// Every head, in the order of the text.
    pub heads: Vec<Head>,
    /// The leaves that wait for points of other heads, each after those that it waits for.
    pub gated: Vec<HeadId>,
    /// The top heads.
    pub roots: Vec<HeadId>,
    /// Questionnaires that leaves score by.
    pub questionnaires: Vec<Questionnaire>,
    /// Tests of the whole set.
    pub tests: Vec<TestCase>,
    /// Where the ruleset's own line stands.
    pub span: Span,
}

/// The texts that split a head, or put one below it, and so brought a gate to a head that was written under another: by
/// the code of the head, and the place of the gate's line.
pub(super) type GatesBrought = BTreeMap<(String, Span), BTreeSet<SourceId>>;

/// A text that lines of a set stand in, and the decision that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The text.
    pub source: SourceId,
    /// What its set is called.
    pub name: String,
    /// Number and date (days since 1970-01-01) of what it stands on.
    pub authorities: Vec<(String, Option<i32>)>,
    /// The lines of its header that say where its numbers are from; what extends it keeps them with what they are of.
    pub(super) sources: Vec<Line>,
    /// Where the lines are from that its header keeps of less firm texts.
    pub(super) kept: Vec<Provenance>,
    /// What the heads stood on that were scored by each template when this text was read, and how firm the firmest was.
    pub(super) templates: BTreeMap<String, (Vec<Line>, Standing)>,
    /// What the lines of its set stand on by which heads decide for those below them, by the places of these lines, where
    /// it extends another.
    pub(super) rules: BTreeMap<Span, Vec<Line>>,
    /// Which texts brought heads of its set a gate, where it extends another.
    pub(super) gates: GatesBrought,
}

/// `không quá "B" khi lĩnh vực 3 dưới 70%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// The best grade while it holds, by its place in the list.
    pub at_most: usize,
    /// The head that is looked at.
    pub head: HeadId,
    /// The share of the head's maximum in scale below which it holds.
    pub below: Ratio,
    /// Its line.
    pub line: Span,
}

/// An area, a criterion or a sub-criterion.
#[derive(Clone, Debug)]
pub struct Head {
    /// The level.
    pub level: Level,
    /// The decision's code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Maximum points.
    pub maximum: Points,
    /// The least points it can have.
    pub floor: Points,
    /// Weight among its siblings, under a weighted mean.
    pub weight: Option<Ratio>,
    /// How its points come about.
    pub method: Method,
    /// The head above.
    pub parent: Option<HeadId>,
    /// The heads below.
    pub children: Vec<HeadId>,
    /// How its parts make its points.
    pub aggregation: Aggregation,
    /// Where its numbers come from; nothing means as the head above.
    pub provenance: Vec<Provenance>,
    /// The parameters with a source of their own that its lines and its template read.
    pub parameters: Vec<String>,
    /// Evidence asked for.
    pub evidence: Vec<String>,
    /// Lead agency: its own, or that of the head above.
    pub lead: Option<String>,
    /// Appraising agency: its own, or that of the head above.
    pub appraiser: Option<String>,
    /// Counts stated under it.
    pub counts: Vec<Count>,
    /// Which of its parts were left out, for a partial transcription.
    pub extracts: Vec<String>,
    /// The texts that its lines stand in, and those of what its rule reads.
    pub texts: Vec<SourceId>,
    /// The texts that settle for more than this head what follows where its figures or its evidence are missing, for which
    /// blocks it is, its method, and which days are worked where its rule counts them.
    pub felt: Vec<SourceId>,
    /// The heads of earlier years that it takes the place of.
    pub replaces: Vec<Replaces>,
    /// The year from which it is there.
    pub starts: Option<Spanned<u16>>,
    /// What makes it a leaf; nothing for a parent, and in a frame.
    pub leaf: Option<Leaf>,
    /// What it is worth, or whether it applies, depends on the block.
    pub by_block: bool,
    /// Why it does not apply to the block that the set is read for; see [`Ruleset::of_block`].
    pub aside: Option<Aside>,
    /// Its line.
    pub span: Span,
}

impl Head {
    /// Whether its points go straight into the index: it has no head above it, and lies in the scale.
    pub fn is_top(&self) -> bool {
        self.parent.is_none() && !self.level.is_outside()
    }

    /// Whether it is of other blocks only: no part of the table of the block that the set is read for.
    pub fn left_out(&self) -> bool {
        self.aside.as_ref().is_some_and(|aside| aside.only)
    }
}

/// What a leaf asks and how it scores.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// What is asked.
    pub figures: Vec<Figure>,
    /// The form of scoring.
    pub scoring: Scoring,
    /// The line that says how it is scored.
    pub form: Span,
    /// Of a deadline: whether the day that the decision writes is in time.
    pub written_day: WrittenDay,
    /// "No case arose" lines, in order.
    pub not_applicable: Vec<NotApplicable>,
    /// Points of other heads that it waits for, in order.
    pub gates: Vec<Gate>,
    /// What follows when a figure is missing.
    pub figures_missing: WhenMissing,
    /// What follows when evidence is missing.
    pub evidence_missing: WhenMissing,
    /// Worked examples.
    pub examples: Vec<Example>,
}

impl Leaf {
    /// The figure that a questionnaire's result is, and how it is made; nothing where the leaf scores otherwise.
    pub fn survey(&self) -> Option<(FigureId, &SurveyRule)> {
        self.figures.iter().enumerate().find_map(|(at, figure)| match &figure.origin {
            Origin::Survey(rule) => Some((FigureId(at), rule.as_ref())),
            _ => None,
        })
    }

    /// Whether some line of it takes it out of the scale.
    pub fn may_leave_scale(&self) -> bool {
        let arm_leaves = match &self.scoring {
            Scoring::Declared(_, Meaning::Cases { arms, .. }) => {
                arms.iter().any(|arm| arm.outcome == Outcome::OutOfScale)
            }
            Scoring::PerRow(rows) => matches!(rows.none_left, Some((Outcome::OutOfScale, _))),
            Scoring::Declared(..) | Scoring::Script { .. } | Scoring::Entered { .. } => false,
        };
        let chosen = self.figures.iter().any(|figure| figure.may_not_apply);
        let surveyed = self.survey().is_some_and(|(_, rule)| rule.too_few == Outcome::OutOfScale);
        let gate_leaves = self.gates.iter().any(|gate| gate.outcome == Outcome::OutOfScale);
        arm_leaves
            || chosen
            || surveyed
            || gate_leaves
            || self.not_applicable.iter().any(|rule| rule.outcome == Outcome::OutOfScale)
    }
}

/// Whether the day that a deadline is written with is itself in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrittenDay {
    /// `hạn hết`: it is the last day in time.
    #[default]
    InTime,
    /// `hạn trước`: it is late.
    Late,
}

/// A figure: what a rule reads, stated by the unit or derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name in expressions and sheets.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// Its type.
    pub kind: FigureKind,
    /// Limits: each an expression over other figures.
    pub limits: Vec<Limit>,
    /// The unit of measurement.
    pub measure: Option<String>,
    /// Where that is said.
    pub measured_at: Option<Span>,
    /// Where its type is said.
    pub typed_at: Option<Span>,
    /// Decimals that may be stated.
    pub digits: Option<u32>,
    /// Of a date: `không` says that it was never done.
    pub or_never: bool,
    /// Its days may lie outside the period.
    pub beyond_period: bool,
    /// The unit may say that it does not apply: then the leaf leaves the scale.
    pub may_not_apply: bool,
    /// What it is called in either language, where the language makes its name and label: those above are of the set's.
    pub made: Option<Box<Made>>,
    /// Where it is from, where that is not where its head's numbers are from.
    pub sources: Vec<Provenance>,
    /// Where its value comes from.
    pub origin: Origin,
    /// What it can be, whatever the other figures are.
    pub range: Interval,
    /// Where it is declared.
    pub span: Span,
}

/// The name and the label of a figure that no line of the set declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: Both,
    /// What it is.
    pub label: Both,
}

impl Figure {
    /// What it is called: as declared, or what the languages call it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let made = self.made.iter().flat_map(|made| [made.name.0.as_str(), made.name.1.as_str()]);
        std::iter::once(self.name.as_str()).chain(made)
    }
}

/// The type of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Yes or no.
    YesNo,
    /// A number of this kind.
    Number(Kind),
    /// One of these options.
    Choice(Vec<String>),
    /// Free text, never scored.
    Text,
    /// Rows, one for each sub-unit, with these columns; the figure's range is how many there may be.
    Rows(Vec<Figure>),
}

/// A bound of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whether it bounds from below.
    pub side: Side,
    /// The bound.
    pub bound: super::meaning::Expr,
}

/// Which side a limit bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At least.
    Least,
    /// At most.
    Most,
}

/// How a leaf scores.
#[derive(Clone, Debug)]
pub enum Scoring {
    /// By a form that lowers to its meaning.
    Declared(Form, Meaning),
    /// By a script, cut to its floor and cap.
    Script {
        /// The compiled script.
        script: Script,
        /// Never below.
        floor: Ratio,
        /// Never above.
        cap: Ratio,
        /// The text between the fences.
        span: Span,
    },
    /// Each row of a list by its own rule; the points of the rows are combined.
    PerRow(Box<PerRow>),
    /// Points entered by an authority.
    Entered {
        /// Whose points they are.
        by: String,
    },
}

/// Rows scored one by one: `chấm theo tỷ lệ … từng xã, lấy thấp nhất`.
#[derive(Clone, Debug)]
pub struct PerRow {
    /// The list.
    pub list: FigureId,
    /// What scores a row: a leaf whose figures are the columns. Its "no case arose" lines speak of the row, and where
    /// they leave the scale the row is passed over.
    pub row: Leaf,
    /// How the points of the rows are combined.
    pub take: Take,
    /// What follows when no row is left to score.
    pub none_left: Option<(Outcome, Span)>,
}

/// How the points of rows are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// The lowest of them.
    Lowest,
    /// Their mean.
    Mean,
    /// Their mean, each row counting by this expression over its columns.
    Weighted(Expr),
}

/// Which form a declared leaf was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Guarded lines.
    Condition,
    /// Days late.
    Deadline,
    /// What people answered.
    Survey,
    /// A line for each option.
    Choice,
    /// Bands of a ratio.
    Rate,
    /// Bands of a count.
    Count,
    /// Bands of an amount.
    Amount,
    /// Growth over a base.
    Growth,
    /// What is less than a base.
    Decrease,
    /// The difference of two values.
    Difference,
    /// The result of another index.
    Index,
    /// The place among the units of the round.
    Rank,
    /// The share of units that are not better.
    Percentile,
    /// The place between the lowest and the highest.
    Position,
    /// Lines that add up.
    Checklist,
    /// Points for each case.
    PerCase,
    /// One expression.
    Formula,
    /// A script that lowers to one expression.
    Script,
}

/// `không phát sinh khi …: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotApplicable {
    /// When.
    pub test: Test,
    /// With what effect.
    pub outcome: Outcome,
    /// The line.
    pub line: Span,
}

/// `chỉ chấm khi điểm của 2.2.1 > 0; nếu không: 0 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The head whose points decide.
    pub of: HeadId,
    /// How they are compared.
    pub comparison: Comparison,
    /// With what; nothing is the maximum of what that head has in scale.
    pub limit: Option<Points>,
    /// What follows where it does not hold.
    pub outcome: Outcome,
    /// The line.
    pub line: Span,
}

/// `không tổ chức điều tra: quy về 100 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSurvey {
    /// The survey leaves leave the scale, and what remains is shown on so many points; else they stay unscored.
    pub rebase: Option<Points>,
    /// The line.
    pub line: Span,
}

/// `chưa rõ`: what the sources of a frame name without its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKnown {
    /// The appraised share of the scale.
    Appraised,
    /// The survey share of the scale.
    Survey,
    /// What a bonus can add at most.
    Bonus,
    /// What a penalty can take off at most.
    Penalty,
}

/// `điểm thưởng: không quá 5 điểm, chỉ số không quá 100%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideRule {
    /// The most that counts of all its heads together.
    pub most: Points,
    /// The most that the index can be, after bonus and penalty, as a share of the scale.
    pub index: Option<Ratio>,
    /// The line.
    pub line: Span,
}

/// What follows when something is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhenMissing {
    /// Points given then.
    pub points: Option<Points>,
    /// The leaf stays unscored.
    pub unscored: bool,
    /// An explanation is asked for.
    pub explain: bool,
    /// The line that says so.
    pub line: Span,
    /// The line gives points, but those of gains: a penalty is unscored instead.
    pub of_gains: bool,
}
