//! A ranking as published.

use serde::Serialize;

use super::diagnostic::Finding;
use super::grading::Grading;
use super::number::Number;
use super::outside::Outside;
use super::scorecard::percent_digits;
use crate::analysis::ranking;
use crate::ruleset::Ruleset;

/// A unit's place.
#[derive(Clone, Debug, Serialize)]
struct Row {
    place: Option<usize>,
    shared: bool,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds_late: Option<i64>,
    synthetic: bool,
    points: Number,
    maximum: Number,
    percent: Number,
    lower_percent: Number,
    upper_percent: Number,
    provisional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<Outside>,
    grade: Option<String>,
    #[serde(flatten)]
    grading: Grading,
}

/// Units in order: `tieuchi/ranking/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
    shape: &'static str,
    ruleset: String,
    year: u16,
    fingerprint: String,
    labels: Vec<String>,
    ranked: usize,
    provisional: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean_percent: Option<Number>,
    unbroken: bool,
    rows: Vec<Row>,
    findings: Vec<Finding>,
}

impl Ranking {
    /// A ranking, and what was found in its submissions.
    pub fn new(ruleset: &Ruleset, ranking: &ranking::Ranking, labels: Vec<String>, findings: Vec<Finding>) -> Self {
        let ranked = ranking.rows.iter().filter(|row| row.place.is_some()).count();
        Self {
            shape: "tieuchi/ranking/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            labels,
            ranked,
            provisional: ranking.rows.len().saturating_sub(ranked),
            mean_percent: ranking.mean.as_ref().map(|mean| Number::percent(mean, mean, percent_digits(ruleset))),
            unbroken: ranking.unbroken,
            rows: ranking.rows.iter().map(|placed| row(ruleset, placed)).collect(),
            findings,
        }
    }
}

fn row(ruleset: &Ruleset, row: &ranking::Row) -> Row {
    let (card, index) = (&row.card, &row.card.index);
    let digits = percent_digits(ruleset);
    let total = &index.total;
    Row {
        place: row.place,
        shared: row.shared,
        unit: card.unit.clone(),
        seconds_late: card.submitted.and_then(|at| ruleset.round.submit_by?.late(at)),
        synthetic: card.synthetic,
        points: Number::points(&total.exact, &total.rounded, ruleset.display),
        maximum: Number::points(&total.maximum, &total.maximum, ruleset.display),
        percent: Number::percent(&index.share, &index.rounded_share, digits),
        lower_percent: Number::percent(&index.lower_share, &index.lower_share, digits),
        upper_percent: Number::percent(&index.upper_share, &index.upper_share, digits),
        provisional: total.provisional,
        outside: index.outside.as_ref().map(|outside| Outside::new(outside, ruleset.display)),
        grade: index.grading.name.clone(),
        grading: Grading::new(ruleset, &index.grading),
    }
}
