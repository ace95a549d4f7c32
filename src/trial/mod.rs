//! A ruleset's own examples, run as tests of the rules they stand under.
//!
//! Reasons come out, never sentences: the report room words them.

mod coverage;
mod tests;
mod totals;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Both, Diagnostic, Names, Sheet, SourceId, Span, Structure, any_error, nearest};
use crate::engine::{Assessed, Context, Plan, Status};
use crate::language::fold;
use crate::language::tree::{Example, ExampleOutcome, ExampleValue, GivenStated, GivenValues, ValueName};
use crate::number::Points;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Figure, FigureKind, Head, HeadId, Leaf, Origin, Ruleset};
use crate::submission::{RawRow, Row, Submission, Value, example_rows, example_value, rows, within_bounds};

pub use coverage::{Unexercised, Untried};
pub use tests::TestRun;

/// How an example came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it says.
    Holds,
    /// Otherwise than it says.
    Fails,
    /// Otherwise, and the ruleset says that the decision is wrong here.
    DecisionWrong,
    /// As it says, though the ruleset says that the decision is wrong here.
    WrongHolds,
    /// It cannot be run; the findings say why.
    Unusable(Vec<Diagnostic>),
}

/// One example, run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its leaf.
    pub head: HeadId,
    /// The example.
    pub example: Example,
    /// What came out, if it could be run.
    pub assessed: Option<Assessed>,
    /// Whether that is what it says.
    pub verdict: Verdict,
}

/// All examples of a set, run, and what they leave untried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Every example, in the order of the text.
    pub runs: Vec<Run>,
    /// Edges that no example stands on, options that none chooses.
    pub unexercised: Vec<Unexercised>,
    /// Tests of the whole set.
    pub tests: Vec<TestRun>,
}

impl Trial {
    /// Whether every test and every example holds, or is known to be the decision's own mistake.
    pub fn holds(&self) -> bool {
        self.tests.iter().all(TestRun::holds)
            && self.runs.iter().all(|run| match &run.verdict {
                Verdict::Holds | Verdict::DecisionWrong => true,
                Verdict::Fails | Verdict::WrongHolds => false,
                Verdict::Unusable(findings) => !any_error(findings),
            })
    }
}

/// A set whose examples hold; only such a set is activated.
#[derive(Clone, Debug)]
pub struct Tested(Plan);

impl Tested {
    /// Keeps a plan whose trial holds.
    pub fn new(plan: Plan, trial: &Trial) -> Option<Self> {
        trial.holds().then_some(Self(plan))
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.0
    }
}

/// A file that a line names: by the text of that line, beside which it lies, and its name.
pub type Named = (SourceId, String);

/// Files that tests name; one that cannot be used says why.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    /// Submissions that tests start from.
    pub submissions: BTreeMap<Named, Result<Submission, Both>>,
    /// Tables of rows, each with what was found in it.
    pub tables: Tables,
}

/// Tables by the line's text and their name.
pub type Tables = BTreeMap<Named, Result<(Vec<RawRow>, Vec<Diagnostic>), Both>>;

impl Sheets {
    /// No file at all.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The tables that the examples and tests of a set name.
pub fn tables(ruleset: &Ruleset) -> BTreeSet<Named> {
    let examples = ruleset.leaves().flat_map(|(_, _, leaf)| &leaf.examples).map(|example| &example.values);
    let given = ruleset.tests.iter().flat_map(|test| &test.given).filter_map(|(_, given)| match &given.stated {
        GivenStated::Figures(values) => Some(values),
        GivenStated::Points(_) => None,
    });
    let named = examples.chain(given).flatten().filter_map(|(_, value)| match &value.value {
        ExampleValue::Table(file) => Some((value.span.source, file.clone())),
        _ => None,
    });
    named.collect()
}

/// Runs every example and test of a set; `sheets` holds the submissions that its tests name.
pub fn run(plan: &Plan, sheets: &Sheets) -> Trial {
    let mut runs = Vec::new();
    let mut unexercised = Vec::new();
    for (id, head, leaf) in plan.ruleset().leaves() {
        let first = runs.len();
        for example in &leaf.examples {
            runs.push(one(plan, (id, head, leaf), example, &sheets.tables));
        }
        let own = runs.get(first..).unwrap_or_default();
        unexercised.extend(coverage::unexercised(head, leaf, own));
    }
    Trial { runs, unexercised, tests: tests::run(plan, sheets) }
}

fn one(plan: &Plan, (id, head, leaf): (HeadId, &Head, &Leaf), example: &Example, tables: &Tables) -> Run {
    let unusable =
        |findings| Run { head: id, example: example.clone(), assessed: None, verdict: Verdict::Unusable(findings) };
    let block = example.block.as_ref().map(|block| block.value.as_str());
    let ruleset = plan.ruleset().of_block(block);
    let own = block.and_then(|_| ruleset.head(id)).and_then(|head| Some((head, head.leaf.as_ref()?)));
    let (head, leaf) = own.unwrap_or((head, leaf));
    let values = match values((ruleset, head, leaf), &example.values, example.span, tables) {
        Ok(values) => values,
        Err(findings) => return unusable(findings),
    };
    let Some(assessed) = plan.leaf(id, block, &values, &Context::default()) else { return unusable(Vec::new()) };
    let agrees = agrees_with(&head.maximum, &example.outcome.value, &assessed.status);
    let verdict = match (agrees, example.decision_wrong) {
        (true, false) => Verdict::Holds,
        (false, false) => Verdict::Fails,
        (false, true) => Verdict::DecisionWrong,
        (true, true) => Verdict::WrongHolds,
    };
    Run { head: id, example: example.clone(), assessed: Some(assessed), verdict }
}

fn agrees_with(maximum: &Points, expected: &ExampleOutcome, status: &Status) -> bool {
    match (expected, status) {
        (ExampleOutcome::Points(number), Status::Scored { exact, rounded }) => {
            let points = Points::new(number.value.clone());
            points == *exact || points == *rounded
        }
        (ExampleOutcome::Maximum, Status::Scored { exact, .. }) => exact == maximum,
        (ExampleOutcome::Unscored, Status::Unscored) | (ExampleOutcome::OutOfScale, Status::NotApplicable) => true,
        _ => false,
    }
}

/// The figures of an example; what it does not name is not answered.
fn values(
    (ruleset, head, leaf): (&Ruleset, &Head, &Leaf),
    given: &GivenValues,
    line: Span,
    tables: &Tables,
) -> Result<BTreeMap<FigureId, Value>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let find = |name: &str| leaf.figure(name).map(|(id, _)| id);
    let values = stated(ruleset, (&leaf.figures, &find), given, tables, &mut findings);
    if findings.is_empty() {
        for broken in within_bounds(leaf, &head.maximum, &values) {
            let mut finding = Diagnostic::new(broken.problem, place((ruleset, leaf), given, line, broken.figure));
            for bound in bounding(leaf, broken.figure) {
                let there = place((ruleset, leaf), given, line, bound);
                if there != line {
                    finding = finding.label(there, "giới hạn theo giá trị này", "this value bounds it");
                }
            }
            findings.push(finding);
        }
    }
    if findings.is_empty() { Ok(values) } else { Err(findings) }
}

/// The figure of a name.
type Find<'a> = &'a dyn Fn(&str) -> Option<FigureId>;

/// The values that lines of the language give to figures.
fn stated(
    ruleset: &Ruleset,
    (figures, find): (&[Figure], Find<'_>),
    given: &GivenValues,
    tables: &Tables,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<FigureId, Value> {
    let mut values = BTreeMap::new();
    for (at, (name, value)) in given.iter().enumerate() {
        let written = name.value.text(ruleset.language);
        if let Some((first, _)) = given.iter().take(at).find(|(first, _)| first.value == name.value) {
            let finding = Diagnostic::new(Structure::SaidTwice { line: Both::same(written) }, name.span);
            let finding = finding.label(first.span, "lần đầu ở đây", "first said here");
            findings.push(match unstated(ruleset, figures, given) {
                Some(place) => {
                    finding.label(place, "số liệu mà dòng này không cho", "the figure that this line does not give")
                }
                None => finding,
            });
            continue;
        }
        let Some((id, figure)) = find(&written).and_then(|id| Some((id, figures.get(id.0)?))) else {
            if matches!(name.value, ValueName::Derived(_)) {
                findings.push(Diagnostic::new(Names::NoSuchValue { name: written }, name.span));
                continue;
            }
            let near = nearest(&written, figures.iter().map(|figure| figure.name.as_str()), fold);
            let problem = Names::UnknownFigure { name: written, nearest: near };
            let finding = Diagnostic::new(problem, name.span);
            findings.push(match unstated(ruleset, figures, given) {
                Some(place) => {
                    finding.label(place, "số liệu mà dòng này không cho", "the figure that this line does not give")
                }
                None => finding,
            });
            continue;
        };
        if let (FigureKind::Rows(columns), ExampleValue::Rows(rows)) = (&figure.kind, &value.value) {
            match example_rows(figure, columns, rows, ruleset.language) {
                Ok(rows) => {
                    values.insert(id, Value::Rows(rows));
                }
                Err(wrong) => findings.extend(wrong),
            }
            continue;
        }
        if let (FigureKind::Rows(columns), ExampleValue::Table(file)) = (&figure.kind, &value.value) {
            let before = findings.len();
            let stated = table(file, (figure, columns), value.span, tables, findings);
            if findings.len() == before {
                values.insert(id, Value::Rows(stated));
            }
            continue;
        }
        match example_value(figure, &value.value, value.span, ruleset.language) {
            Ok(Some(value)) => {
                values.insert(id, value);
            }
            Ok(None) => {}
            Err(finding) => findings.push(*finding),
        }
    }
    values
}

/// The figure that a line gives no value, where it is one: it may be the one meant.
fn unstated(ruleset: &Ruleset, figures: &[Figure], given: &GivenValues) -> Option<Span> {
    let said = |figure: &Figure| given.iter().any(|(name, _)| name.value.text(ruleset.language) == figure.name);
    let mut left = figures.iter().filter(|figure| figure.origin == Origin::Stated && !said(figure));
    let only = left.next()?;
    left.next().is_none().then_some(only.span)
}

/// The rows of a list in a table.
fn table(
    file: &str,
    (list, columns): (&Figure, &[Figure]),
    span: Span,
    tables: &Tables,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let none = Both::new("không có tệp này", "there is no such file");
    match tables.get(&(span.source, file.to_owned())).cloned().unwrap_or(Err(none)) {
        Ok((raw, told)) => {
            let broken = any_error(&told);
            findings.extend(told);
            if broken { Vec::new() } else { rows(list, columns, &raw, (file, span), findings) }
        }
        Err(why) => {
            findings.push(Diagnostic::new(Sheet::NoTable { file: file.to_owned(), why }, span));
            Vec::new()
        }
    }
}

/// The figures that bound a figure.
fn bounding(leaf: &Leaf, figure: FigureId) -> BTreeSet<FigureId> {
    let mut bounding = BTreeSet::new();
    for limit in leaf.figures.get(figure.0).map_or(&[][..], |figure| &figure.limits) {
        limit.bound.figures(&mut |id| {
            bounding.insert(id);
        });
    }
    bounding
}

/// Where a figure is stated.
fn place((ruleset, leaf): (&Ruleset, &Leaf), given: &GivenValues, line: Span, figure: FigureId) -> Span {
    let name = leaf.figures.get(figure.0).map(|figure| figure.name.as_str());
    let stated = given.iter().find(|(stated, _)| Some(stated.value.text(ruleset.language).as_str()) == name);
    stated.map_or(line, |(_, value)| value.span)
}
