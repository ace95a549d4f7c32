//! Why a leaf has its points, as published: the engine's reason with names and lines in place of ids and spans.

use serde::Serialize;

use super::gate::Gated;
use super::number::exact;
use super::working::{Tested, Working, figure_name};
use crate::diagnostic::{SourceMap, Span};
use crate::engine;
use crate::ruleset::{Leaf, Scoring, WhenMissing};
use crate::script::FailureKind;

/// Why a leaf has its points, or none; `kind` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Reason {
    Line(Box<Decided>),
    Checklist {
        items: Vec<Item>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cut: Option<Cut>,
    },
    Formula {
        working: Box<Working>,
        cut: Option<Cut>,
        #[serde(skip_serializing_if = "Option::is_none")]
        up: Option<Cliff>,
        #[serde(skip_serializing_if = "Option::is_none")]
        down: Option<Cliff>,
    },
    Script {
        line: usize,
        result: String,
        cut: Option<Cut>,
    },
    Entered {
        by: String,
        note: String,
    },
    Set {
        reason: String,
    },
    NotApplicable {
        line: usize,
        test: Box<Tested>,
        award: Option<Box<Working>>,
    },
    Gate {
        gated: Box<Gated>,
        waits: bool,
        award: Option<Box<Working>>,
    },
    Missing {
        figures: Vec<String>,
        rule: Rule,
    },
    Rows {
        rows: Vec<Row>,
        sum: String,
        weight: String,
        points: Option<String>,
        /// The line that decided because no row was left.
        line: Option<usize>,
    },
    MissingCells {
        list: String,
        cells: Vec<super::derived::Cell>,
        rule: Rule,
    },
    TooFew {
        figure: String,
        line: usize,
        award: Option<Box<Working>>,
    },
    NoEvidence {
        rule: Rule,
    },
    Block {
        block: String,
        only: bool,
        line: usize,
        award: Option<Box<Working>>,
    },
    ChosenNotApplicable {
        figure: String,
    },
    BlockUnknown,
    NoSurvey {
        line: usize,
    },
    NotStated,
    NotClaimed,
    Failed {
        why: &'static str,
        line: Option<usize>,
        points: Option<String>,
    },
}

/// The band or guarded line that decided.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Decided {
    line: usize,
    words: String,
    subject: Option<Working>,
    test: Option<Tested>,
    award: Option<Working>,
    up: Option<Cliff>,
    down: Option<Cliff>,
    tried: Vec<Tried>,
}

/// A row, scored or passed over.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    name: String,
    weight: String,
    /// Nothing where the row was passed over.
    points: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Box<Reason>>,
    /// The "no case arose" line that took it, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_case: Option<NoCase>,
}

/// A "no case arose" line of a row.
#[derive(Clone, Debug, Serialize)]
struct NoCase {
    line: usize,
    test: Tested,
}

/// A condition above that did not hold.
#[derive(Clone, Debug, Serialize)]
struct Tried {
    line: usize,
    test: Tested,
    points: Option<String>,
}

/// A line of a checklist.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Item {
    line: usize,
    label: Option<String>,
    held: bool,
    test: Tested,
    award: Working,
}

/// The edge of a neighbouring band.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Cliff {
    edge: String,
    included: bool,
    points: String,
    needs: Option<Needs>,
}

/// How much of the numerator an edge takes.
#[derive(Clone, Debug, Serialize)]
struct Needs {
    figure: String,
    amount: String,
}

/// A result cut to a written limit.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "to", content = "limit", rename_all = "kebab-case")]
pub(super) enum Cut {
    Floor(String),
    Cap(String),
}

/// What follows when something is missing.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Rule {
    points: Option<String>,
    unscored: bool,
    explain: bool,
    line: usize,
}

impl Reason {
    /// A reason with the names of its leaf and the lines of its texts.
    pub(super) fn new(leaf: &Leaf, reason: &engine::Reason, sources: &SourceMap) -> Self {
        let line = |span: Span| sources.position(span).map_or(0, |at| at.line);
        let working = |working: &engine::Working| Working::new(leaf, working);
        let tested = |test: &engine::Tested| Tested::new(leaf, test);
        let cliff = |cliff: &engine::Cliff| Cliff {
            edge: exact(&cliff.edge),
            included: cliff.included,
            points: exact(cliff.points.ratio()),
            needs: cliff
                .needs
                .as_ref()
                .map(|(figure, amount)| Needs { figure: figure_name(leaf, *figure), amount: exact(amount) }),
        };
        let rule = |rule: &WhenMissing| Rule {
            points: rule.points.as_ref().map(|points| exact(points.ratio())),
            unscored: rule.unscored,
            explain: rule.explain,
            line: line(rule.line),
        };
        match reason {
            engine::Reason::Line(decided) => Self::Line(Box::new(Decided {
                line: line(decided.line),
                words: sources.slice(decided.words).to_owned(),
                subject: decided.subject.as_ref().map(working),
                test: decided.test.as_ref().map(tested),
                award: decided.award.as_ref().map(working),
                up: decided.up.as_ref().map(cliff),
                down: decided.down.as_ref().map(cliff),
                tried: decided
                    .tried
                    .iter()
                    .map(|tried| Tried {
                        line: line(tried.line),
                        test: tested(&tried.test),
                        points: tried.points.as_ref().map(|points| exact(points.ratio())),
                    })
                    .collect(),
            })),
            engine::Reason::Checklist { items, cut: limit } => Self::Checklist {
                cut: limit.as_ref().map(cut),
                items: items
                    .iter()
                    .map(|item| Item {
                        line: line(item.line),
                        label: item.label.clone(),
                        held: item.held,
                        test: tested(&item.test),
                        award: working(&item.award),
                    })
                    .collect(),
            },
            engine::Reason::Formula { working: value, cut: limit, up, down } => Self::Formula {
                working: Box::new(working(value)),
                cut: limit.as_ref().map(cut),
                up: up.as_ref().map(cliff),
                down: down.as_ref().map(cliff),
            },
            engine::Reason::Script { span, result, cut: limit } => {
                Self::Script { line: line(*span), result: exact(result), cut: limit.as_ref().map(cut) }
            }
            engine::Reason::Entered { by, note } => Self::Entered { by: by.clone(), note: note.clone() },
            engine::Reason::Set { reason } => Self::Set { reason: reason.clone() },
            engine::Reason::NotApplicable { line: at, test, award } => Self::NotApplicable {
                line: line(*at),
                test: Box::new(tested(test)),
                award: award.as_ref().map(|award| Box::new(working(award))),
            },
            engine::Reason::Gate { gated, waits, award } => Self::Gate {
                gated: Box::new(Gated::new(gated, sources)),
                waits: *waits,
                award: award.as_ref().map(|award| Box::new(working(award))),
            },
            engine::Reason::Missing { figures, rule: follows } => Self::Missing {
                figures: figures.iter().map(|id| figure_name(leaf, *id)).collect(),
                rule: rule(follows),
            },
            engine::Reason::Rows(rows) => Self::Rows {
                rows: rows.rows.iter().map(|row| self::row(leaf, row, sources)).collect(),
                sum: exact(&rows.sum),
                weight: exact(&rows.weight),
                points: rows.points.as_ref().map(exact),
                line: rows.none_left.map(line),
            },
            engine::Reason::MissingCells { list, cells, rule: follows } => Self::MissingCells {
                list: figure_name(leaf, *list),
                cells: cells.iter().map(super::derived::Cell::new).collect(),
                rule: rule(follows),
            },
            engine::Reason::TooFew { figure, line: at, award } => Self::TooFew {
                figure: figure_name(leaf, *figure),
                line: line(*at),
                award: award.as_ref().map(|award| Box::new(working(award))),
            },
            engine::Reason::NoEvidence { rule: follows } => Self::NoEvidence { rule: rule(follows) },
            engine::Reason::Block { block, only, line: at, award } => Self::Block {
                block: block.clone(),
                only: *only,
                line: line(*at),
                award: award.as_ref().map(|award| Box::new(working(award))),
            },
            engine::Reason::ChosenNotApplicable { figure } => {
                Self::ChosenNotApplicable { figure: figure_name(leaf, *figure) }
            }
            engine::Reason::BlockUnknown => Self::BlockUnknown,
            engine::Reason::NoSurvey { line: at } => Self::NoSurvey { line: line(*at) },
            engine::Reason::NotStated => Self::NotStated,
            engine::Reason::NotClaimed => Self::NotClaimed,
            engine::Reason::Failed(failure) => failed(failure),
        }
    }
}

fn row(leaf: &Leaf, row: &engine::RowScore, sources: &SourceMap) -> Row {
    // A row's own names are those of its columns.
    let leaf = match &leaf.scoring {
        Scoring::PerRow(per_row) => &per_row.row,
        _ => leaf,
    };
    let line = |span: Span| sources.position(span).map_or(0, |at| at.line);
    let no_case = |span, test| Some(NoCase { line: line(span), test: Tested::new(leaf, test) });
    let (points, reason, no_case) = match &row.came {
        engine::RowCame::Points { points, reason } => {
            (Some(exact(points)), Some(Box::new(Reason::new(leaf, reason, sources))), None)
        }
        engine::RowCame::Given { line, test, points } => (Some(exact(points)), None, no_case(*line, test)),
        engine::RowCame::Skipped { line, test } => (None, None, no_case(*line, test)),
        engine::RowCame::Left { reason } | engine::RowCame::Open { reason } => {
            (None, Some(Box::new(Reason::new(leaf, reason, sources))), None)
        }
    };
    Row { name: row.name.clone(), weight: exact(&row.weight), points, reason, no_case }
}

fn cut(cut: &engine::Cut) -> Cut {
    match cut {
        engine::Cut::ToFloor(limit) => Cut::Floor(exact(limit)),
        engine::Cut::ToCap(limit) => Cut::Cap(exact(limit)),
    }
}

fn failed(failure: &engine::Failure) -> Reason {
    let bare = |why| Reason::Failed { why, line: None, points: None };
    match failure {
        engine::Failure::DivisionByZero => bare("division by zero"),
        engine::Failure::NoLine => bare("no line decided"),
        engine::Failure::NoRows => bare("no row left"),
        engine::Failure::OutOfBounds(_) => bare("out of bounds"),
        engine::Failure::NotPossible(_) => bare("not possible"),
        engine::Failure::TooManyDigits => bare("too many digits"),
        engine::Failure::OutOfRange(points) => {
            Reason::Failed { why: "out of range", line: None, points: Some(exact(points)) }
        }
        engine::Failure::Script { kind, line } => Reason::Failed { why: script(kind), line: Some(*line), points: None },
    }
}

fn script(kind: &FailureKind) -> &'static str {
    match kind {
        FailureKind::DivisionByZero => "division by zero",
        FailureKind::Overflow => "overflow",
        FailureKind::TooManyOperations => "too many operations",
        FailureKind::NotANumber => "not a number",
        FailureKind::MissingFigure { .. } => "missing figure",
        FailureKind::WrongKind { .. } => "wrong kind",
        FailureKind::WrongDigits => "wrong digits",
        FailureKind::EmptyRange => "empty range",
        FailureKind::UnlikeComparison => "unlike comparison",
        FailureKind::Other { .. } => "script",
    }
}
