//! Published results and what came out of them, as published.

use serde::Serialize;

use super::diagnostic::Finding;
use crate::diagnostic::Language;
use crate::number::DecimalMark;
use crate::published::{Checked, Confidence, Fact, Judged, Line, Printed, Verdict, Who, Whole};
use crate::report::published::{self, Index};

#[derive(Clone, Debug, Serialize)]
struct Change {
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<u16>,
}

#[derive(Clone, Debug, Serialize)]
struct Named {
    name: String,
    value: String,
}

/// A line as printed: numbers with the digits that stand there.
#[derive(Clone, Debug, Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band_by_score: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    above_mean: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elements: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    source: String,
    confidence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct FactOf {
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    fact: &'static str,
    verdict: &'static str,
    words: String,
    source: String,
    confidence: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct RoundOf {
    index: String,
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<String>,
    rows: Vec<Row>,
    facts: Vec<FactOf>,
}

/// Published results with every fact judged: `tieuchi/published/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Published {
    shape: &'static str,
    rounds: Vec<RoundOf>,
    findings: Vec<Finding>,
}

impl Published {
    /// The rounds that `wanted` keeps, the facts in the words of a language, and what was found in the files.
    pub fn new(
        indices: &[Index<'_>],
        wanted: impl Fn(&Judged<'_>) -> bool,
        language: Language,
        findings: Vec<Finding>,
    ) -> Self {
        let rounds = indices.iter().flat_map(|index| index.rounds.iter().map(move |round| (index.name, round)));
        let rounds = rounds.filter(|(_, round)| wanted(round)).map(|(name, round)| RoundOf {
            index: name.to_owned(),
            year: round.year,
            block: round.block.map(str::to_owned),
            rows: round.round.lines().iter().map(|line| row(round, line)).collect(),
            facts: round.facts.iter().map(|one| judged(one, round.year, language)).collect(),
        });
        Self { shape: "tieuchi/published/1", rounds: rounds.collect(), findings }
    }
}

fn text(printed: &Printed) -> String {
    printed.text(DecimalMark::Point)
}

fn row(round: &Judged<'_>, line: &Line) -> Row {
    let named = |list: &[(String, Printed)]| {
        list.iter().map(|(name, value)| Named { name: name.clone(), value: text(value) }).collect()
    };
    let (unit, whole) = match &line.who {
        Who::Unit(name) => (Some(name.clone()), None),
        Who::Whole(whole) => (None, Some(whole_name(whole))),
    };
    Row {
        band_by_score: unit.is_some().then(|| round.band(line)).flatten(),
        unit,
        whole,
        score: line.score.as_ref().map(text),
        rank: line.rank,
        of: line.of,
        band: line.band.clone(),
        places: line.places,
        changes: line
            .changes
            .iter()
            .map(|one| Change { by: one.by.signed(DecimalMark::Point), since: one.since })
            .collect(),
        above_mean: line.above_mean.as_ref().map(|one| one.signed(DecimalMark::Point)),
        parts: named(&line.parts),
        elements: named(&line.elements),
        count: line.count,
        share: line.share.as_ref().map(text),
        source: line.source.clone(),
        confidence: confidence(line.confidence),
        note: line.note.clone(),
    }
}

fn whole_name(whole: &Whole) -> String {
    match whole {
        Whole::Units => "units".to_owned(),
        Whole::Mean => "mean".to_owned(),
        Whole::Band(name) => format!("band {name}"),
        Whole::Rose => "rose".to_owned(),
        Whole::Fell => "fell".to_owned(),
        Whole::AboveMean => "above mean".to_owned(),
        Whole::MostRise => "most rise".to_owned(),
        Whole::LeastRise => "least rise".to_owned(),
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

fn judged(checked: &Checked, year: u16, language: Language) -> FactOf {
    FactOf {
        unit: checked.unit.clone(),
        fact: kind(&checked.fact),
        verdict: if checked.is_conflict() {
            "sources differ"
        } else {
            match checked.verdict {
                Verdict::Agrees => "agrees",
                Verdict::Consistent => "consistent",
                Verdict::Disagrees => "disagrees",
                Verdict::Cannot => "cannot",
            }
        },
        words: published::fact(checked, year, language),
        source: checked.source.clone(),
        confidence: confidence(checked.confidence),
    }
}

fn kind(fact: &Fact) -> &'static str {
    match fact {
        Fact::Sum { .. } => "sum",
        Fact::Elements { .. } => "elements",
        Fact::Points { .. } => "points",
        Fact::Rank { .. } => "rank",
        Fact::Order { .. } => "order",
        Fact::Equal { .. } => "equal",
        Fact::Band { .. } => "band",
        Fact::Counts { .. } => "counts",
        Fact::Share { .. } => "share",
        Fact::Mean { .. } => "mean",
        Fact::AboveCount { .. } => "above_count",
        Fact::AboveMean { .. } => "above_mean",
        Fact::Places { .. } => "places",
        Fact::Change { .. } => "change",
        Fact::Earlier { .. } => "earlier",
        Fact::Moved { .. } => "moved",
        Fact::Extreme { .. } => "extreme",
        Fact::Conflict { .. } => "conflict",
    }
}
