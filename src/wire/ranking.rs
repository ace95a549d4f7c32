//! A ranking as published.

use serde::Serialize;

use super::aggregates::Aggregates;
use super::changes::Changes;
use super::diagnostic::Finding;
use super::grading::Grading;
use super::number::Number;
use super::outside::Outside;
use super::scorecard::NotRanked;
use super::scorecard::percent_digits;
use super::split::Splits;
use crate::analysis::ranking;
use crate::engine::Scorecard;
use crate::ruleset::Ruleset;

/// A unit's place.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one unit, each a key of its own")]
struct Row {
    place: Option<usize>,
    shared: bool,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<String>,
    /// The block that it is ranked within; none where blocks are ranked together.
    #[serde(skip_serializing_if = "Option::is_none")]
    ranked_within: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_ranked: Option<NotRanked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds_late: Option<i64>,
    synthetic: bool,
    /// These five are null where everything is out of the unit's scale.
    points: Option<Number>,
    maximum: Option<Number>,
    percent: Option<Number>,
    lower_percent: Option<Number>,
    upper_percent: Option<Number>,
    provisional: bool,
    out_of_scale: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<Outside>,
    grade: Option<String>,
    #[serde(flatten)]
    grading: Grading,
    /// The top heads.
    parts: Vec<Part>,
}

/// A top head of a unit.
#[derive(Clone, Debug, Serialize)]
struct Part {
    code: String,
    points: Number,
    maximum: Number,
    provisional: bool,
    out_of_scale: bool,
}

/// A unit without a score.
#[derive(Clone, Debug, Serialize)]
struct NotAssessed {
    unit: String,
    because: Option<String>,
}

/// Units in order: `tieuchi/ranking/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
    shape: &'static str,
    ruleset: String,
    year: u16,
    fingerprint: String,
    /// The decisions that the set stands on.
    authorities: Vec<String>,
    labels: Vec<String>,
    ranked: usize,
    provisional: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean_percent: Option<Number>,
    unbroken: bool,
    rows: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_assessed: Vec<NotAssessed>,
    /// Units of the register's without a sheet: while there are any, places may change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_submitted: Vec<String>,
    aggregates: Aggregates,
    /// Against an earlier round, where its results are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Changes>,
    /// What of the changes is performance and what is rules, where the earlier round's sheets are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    splits: Option<Splits>,
    findings: Vec<Finding>,
}

impl Ranking {
    /// A ranking with its means and shares, and what was found in its submissions.
    pub fn new(ruleset: &Ruleset, ranking: &ranking::Ranking, labels: Vec<String>, findings: Vec<Finding>) -> Self {
        let open = |row: &&ranking::Row| row.card.index.total.provisional || row.card.index.total.out_of_scale;
        let ranked = ranking.rows.iter().filter(|row| row.place.is_some()).count();
        Self {
            shape: "tieuchi/ranking/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            authorities: ruleset.authorities.iter().map(|(number, _)| number.clone()).collect(),
            labels,
            ranked,
            provisional: ranking.rows.iter().filter(open).count(),
            mean_percent: ranking.mean.as_ref().map(|mean| Number::percent(mean, mean, percent_digits(ruleset))),
            unbroken: ranking.unbroken,
            rows: ranking.rows.iter().map(|placed| row(ruleset, placed)).collect(),
            not_assessed: ranking
                .not_assessed
                .iter()
                .map(|unit| NotAssessed { unit: unit.unit.clone(), because: unit.because.clone() })
                .collect(),
            not_submitted: ranking.not_submitted.clone(),
            aggregates: Aggregates::new(ruleset, &ranking.aggregates),
            changes: ranking.changes.as_ref().map(|changes| Changes::new(ruleset, changes)),
            splits: ranking.splits.as_ref().map(|splits| Splits::new(ruleset, splits)),
            findings,
        }
    }
}

fn parts(ruleset: &Ruleset, card: &Scorecard) -> Vec<Part> {
    let of_block = ruleset.of_block(card.block.as_deref());
    let heads = ruleset.roots.iter().filter_map(|&id| Some((of_block.head(id)?, &card.head(id)?.total)));
    heads
        .map(|(head, total)| Part {
            code: head.code.clone(),
            points: Number::points(&total.exact, &total.rounded, ruleset.display),
            maximum: Number::points(&total.maximum, &total.maximum, ruleset.display),
            provisional: total.provisional,
            out_of_scale: total.out_of_scale,
        })
        .collect()
}

fn row(ruleset: &Ruleset, row: &ranking::Row) -> Row {
    let (card, index) = (&row.card, &row.card.index);
    let digits = percent_digits(ruleset);
    let total = &index.total;
    let number = |number: Number| (!total.out_of_scale).then_some(number);
    Row {
        place: row.place,
        shared: row.shared,
        unit: card.unit.clone(),
        block: card.block.clone(),
        ranked_within: row.within.clone(),
        not_ranked: card.unranked.as_ref().map(NotRanked::new),
        seconds_late: card.submitted.and_then(|at| ruleset.round.submit_by?.late(at)),
        synthetic: card.synthetic,
        points: number(Number::points(&total.exact, &total.rounded, ruleset.display)),
        maximum: number(Number::points(&total.maximum, &total.maximum, ruleset.display)),
        percent: number(Number::percent(&index.share, &index.rounded_share, digits)),
        lower_percent: number(Number::percent(&index.lower_share, &index.counted_lower_share, digits)),
        upper_percent: number(Number::percent(&index.upper_share, &index.counted_upper_share, digits)),
        provisional: total.provisional,
        out_of_scale: total.out_of_scale,
        outside: index.outside.as_ref().map(|outside| Outside::new(outside, ruleset.display)),
        grade: index.grading.name.clone(),
        grading: Grading::new(ruleset, &index.grading),
        parts: parts(ruleset, card),
    }
}
