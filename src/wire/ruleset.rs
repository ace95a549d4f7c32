//! A ruleset as published: its figures in short, and its heads as a table.

use std::collections::BTreeMap;

use serde::Serialize;

use super::history::{History, Origins};
use super::number::{Number, exact};
use super::round::Round;
use super::sourced::{OwnSource, Source, clauses, own_sources_beside, own_sources_of, sources_of};
use crate::diagnostic::{Language, SourceMap};
use crate::language::tree::{self, Count, CountedFor, ExpressionKind, Level, Method, Unit};
use crate::language::{date_text, moment_text};
use crate::ruleset::{self, Form, HeadId, NotKnown, Ruleset, Standing, Way};

/// What differs by block.
#[derive(Clone, Debug, Serialize)]
struct OfBlock {
    block: String,
    scale: Number,
    points: Number,
    survey_percent: Number,
}

/// A set in short: `tieuchi/ruleset/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    shape: &'static str,
    ruleset: String,
    year: u16,
    title: String,
    language: &'static str,
    fingerprint: String,
    file: String,
    frame: Option<String>,
    scale: Number,
    points: Number,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<OfBlock>,
    heads: BTreeMap<&'static str, usize>,
    leaves: usize,
    survey_percent: Option<Number>,
    scored_by: BTreeMap<&'static str, usize>,
    source_percent: BTreeMap<&'static str, Number>,
    examples: usize,
    leaves_with_examples: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fewest_examples: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    besides_leaves: Vec<Beside>,
    #[serde(flatten)]
    history: History,
}

/// What is no leaf and stands less firmly than the leaves: the header, a head that only holds others, or a count.
#[derive(Clone, Debug, Serialize)]
struct Beside {
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<Stated>,
    notes: Vec<String>,
}

impl Summary {
    /// The figures of a set.
    pub fn new(ruleset: &Ruleset, sources: &SourceMap) -> Self {
        let summary = ruleset::Summary::of(ruleset);
        let points = |points| Number::points(points, points, ruleset.display);
        let percent = |share| Number::percent(share, share, 2);
        Self {
            shape: "tieuchi/ruleset/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            title: ruleset.title.clone(),
            language: language_name(ruleset.language),
            fingerprint: ruleset.fingerprint.clone(),
            file: sources.get(ruleset.span.source).map(|source| source.name().to_owned()).unwrap_or_default(),
            frame: ruleset.frame.clone(),
            scale: points(&ruleset.scale),
            points: points(&summary.points),
            blocks: summary
                .blocks
                .iter()
                .map(|block| OfBlock {
                    block: block.name.clone(),
                    scale: points(&block.scale),
                    points: points(&block.points),
                    survey_percent: percent(&block.survey),
                })
                .collect(),
            heads: summary.levels.iter().map(|(level, count)| (level_name(*level), *count)).collect(),
            leaves: summary.leaves,
            survey_percent: summary.survey.as_ref().map(percent),
            scored_by: summary.ways.iter().map(|(way, count)| (way_name(*way), *count)).collect(),
            source_percent: summary
                .origins
                .iter()
                .map(|(origin, share)| (standing_name(*origin), percent(share)))
                .collect(),
            examples: summary.examples,
            leaves_with_examples: summary.leaves_with_examples,
            fewest_examples: (summary.ruled > 0).then_some(summary.fewest_examples),
            besides_leaves: summary
                .besides
                .into_iter()
                .map(|beside| Beside {
                    source: standing_name(beside.standing),
                    code: beside.code,
                    count: beside.count.as_ref().map(one_stated),
                    notes: beside.notes,
                })
                .collect(),
            history: History::new(ruleset, ruleset.language),
        }
    }
}

/// A row of the appendix table.
#[derive(Clone, Debug, Serialize)]
struct Row {
    code: String,
    level: &'static str,
    parent: Option<String>,
    title: String,
    maximum: Number,
    weight_percent: Option<String>,
    method: &'static str,
    line: Option<usize>,
    figures: Vec<Figure>,
    scoring: Option<&'static str>,
    clauses: Vec<String>,
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_sources: Vec<OwnSource>,
    evidence: Vec<String>,
    lead: Option<String>,
    appraiser: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counts: Vec<Stated>,
    #[serde(flatten)]
    origins: Origins,
}

/// How many heads of a level the decision states; another source may differ.
#[derive(Clone, Debug, Serialize)]
struct Stated {
    level: &'static str,
    count: usize,
    /// `all`: only those that are for every block; `some`: only those that are not.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    only: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_source: Option<usize>,
}

fn stated(counts: &[Count]) -> Vec<Stated> {
    counts.iter().map(one_stated).collect()
}

fn one_stated(count: &Count) -> Stated {
    Stated {
        level: level_name(count.level),
        count: count.count.value,
        only: count.only.map(|only| if only == CountedFor::EveryBlock { "all" } else { "some" }),
        other_source: count.other.as_ref().map(|other| other.value),
    }
}

fn not_known(part: NotKnown) -> &'static str {
    match part {
        NotKnown::Appraised => "appraised",
        NotKnown::Survey => "survey",
        NotKnown::Bonus => "bonus",
        NotKnown::Penalty => "penalty",
    }
}

/// A figure that a leaf asks for.
#[derive(Clone, Debug, Serialize)]
struct Figure {
    name: String,
    label: String,
    measure: Option<String>,
}

impl Figure {
    fn new(figure: &ruleset::Figure) -> Self {
        Self { name: figure.name.clone(), label: figure.label.clone(), measure: figure.measure.clone() }
    }
}

/// A parameter of the year: its value as text, what it counts in where that is not a bare number.
#[derive(Clone, Debug, Serialize)]
struct Parameter {
    name: String,
    label: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
}

impl Parameter {
    fn new(parameter: &tree::Parameter) -> Self {
        let hundred = crate::number::Ratio::from(100);
        let (value, unit) = match &parameter.value.kind {
            ExpressionKind::Number(number) => match number.unit {
                Unit::None => (exact(&number.value), None),
                Unit::Percent => (exact(&(&number.value * &hundred)), Some("percent")),
                Unit::PercentagePoints => (exact(&(&number.value * &hundred)), Some("percentage-points")),
                Unit::Points => (exact(&number.value), Some("points")),
            },
            ExpressionKind::Moment(moment) => (moment_text(moment.seconds(), Language::English), Some("date-time")),
            ExpressionKind::Date(days) => (date_text(*days), Some("date")),
            // A parameter has no other value.
            _ => (String::new(), None),
        };
        Self { name: parameter.name.value.clone(), label: parameter.label.value.clone(), value, unit }
    }
}

/// A set as its decision's appendix: `tieuchi/appendix/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Appendix {
    shape: &'static str,
    ruleset: String,
    year: u16,
    title: String,
    fingerprint: String,
    labels: Vec<String>,
    /// What its header says of the whole, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    general_rules: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counts: Vec<Stated>,
    /// What its sources name without points: shares of the scale, bonus, penalty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_known: Vec<&'static str>,
    #[serde(flatten)]
    round: Round,
    #[serde(flatten)]
    history: History,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shared: Vec<Figure>,
    /// Lines beside the heads that stand on a source of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_sources: Vec<OwnSource>,
    heads: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questionnaires: Vec<super::survey::Questionnaire>,
}

impl Appendix {
    /// The heads of a set, or one head and all below it; with the labels and the general rules in words.
    pub fn new(
        ruleset: &Ruleset,
        sources: &SourceMap,
        (labels, general_rules): (Vec<String>, Vec<String>),
        only: Option<HeadId>,
    ) -> Self {
        let heads = (0..ruleset.heads.len()).map(HeadId);
        Self {
            shape: "tieuchi/appendix/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            title: ruleset.title.clone(),
            fingerprint: ruleset.fingerprint.clone(),
            labels,
            general_rules,
            counts: stated(&ruleset.counts),
            not_known: ruleset.not_known.iter().copied().map(not_known).collect(),
            round: Round::new(ruleset),
            history: History::new(ruleset, ruleset.language),
            parameters: ruleset.parameters.iter().map(Parameter::new).collect(),
            shared: ruleset.shared.figures.iter().map(Figure::new).collect(),
            own_sources: own_sources_beside(ruleset),
            heads: heads
                .filter(|&id| only.is_none_or(|only| ruleset.lies_under(id, only)))
                .filter_map(|id| row(ruleset, sources, id))
                .collect(),
            questionnaires: ruleset.questionnaires.iter().map(super::survey::Questionnaire::new).collect(),
        }
    }
}

fn row(ruleset: &Ruleset, sources: &SourceMap, id: HeadId) -> Option<Row> {
    let head = ruleset.head(id)?;
    let hundred = crate::number::Ratio::from(100);
    let leaf = head.leaf.as_ref();
    Some(Row {
        code: head.code.clone(),
        level: level_name(head.level),
        parent: head.parent.and_then(|id| ruleset.head(id)).map(|head| head.code.clone()),
        title: head.title.clone(),
        maximum: Number::points(&head.maximum, &head.maximum, ruleset.display),
        weight_percent: head.weight.as_ref().map(|weight| exact(&(weight * &hundred))),
        method: match head.method {
            Method::Appraised => "appraised",
            Method::AppraiserOnly => "appraiser only",
            Method::Survey => "survey",
            Method::External => "external",
        },
        line: sources.position(head.span).map(|at| at.line),
        figures: leaf.map(|leaf| leaf.figures.iter()).into_iter().flatten().map(Figure::new).collect(),
        scoring: leaf.map(|leaf| {
            way_name(match &leaf.scoring {
                ruleset::Scoring::Declared(form, _) => Way::Form(*form),
                ruleset::Scoring::PerRow(rows) => match &rows.row.scoring {
                    ruleset::Scoring::Declared(form, _) => Way::Form(*form),
                    _ => Way::Entered,
                },
                ruleset::Scoring::Script { .. } => Way::Script,
                ruleset::Scoring::Entered { .. } => Way::Entered,
            })
        }),
        clauses: clauses(ruleset, id),
        sources: sources_of(ruleset, id),
        own_sources: own_sources_of(ruleset, id),
        evidence: head.evidence.clone(),
        lead: head.lead.clone(),
        appraiser: head.appraiser.clone(),
        counts: stated(&head.counts),
        origins: Origins::new(ruleset, id, head),
    })
}

pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Area => "area",
        Level::Criterion => "criterion",
        Level::SubCriterion => "sub-criterion",
        Level::Bonus => "bonus",
        Level::Penalty => "penalty",
    }
}

fn way_name(way: Way) -> &'static str {
    match way {
        Way::Form(Form::Condition) => "condition",
        Way::Form(Form::Rate) => "rate",
        Way::Form(Form::Count) => "count",
        Way::Form(Form::Amount) => "amount",
        Way::Form(Form::Growth) => "growth",
        Way::Form(Form::Decrease) => "decrease",
        Way::Form(Form::Difference) => "difference",
        Way::Form(Form::Index) => "index",
        Way::Form(Form::Rank) => "rank",
        Way::Form(Form::Percentile) => "percentile",
        Way::Form(Form::Position) => "position",
        Way::Form(Form::Checklist) => "checklist",
        Way::Form(Form::Deadline) => "deadline",
        Way::Form(Form::Survey) => "survey",
        Way::Form(Form::Choice) => "choice",
        Way::Form(Form::PerCase) => "per-case",
        Way::Form(Form::Formula) => "formula",
        Way::Form(Form::Script) | Way::Script => "script",
        Way::Entered => "entered",
    }
}

pub(super) fn standing_name(origin: Standing) -> &'static str {
    match origin {
        Standing::Official => "official",
        Standing::Amended => "amended",
        Standing::Reconstructed => "reconstructed",
        Standing::Illustrative => "illustrative",
        Standing::Unstated => "unstated",
    }
}

/// The name of a language in every shape.
pub(super) fn language_name(language: Language) -> &'static str {
    language.pick("vi", "en")
}
