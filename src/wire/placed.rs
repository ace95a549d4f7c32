//! A unit's place, a line each: what `bulk` writes.

use serde::Serialize;

use super::scorecard::{NotRanked, percent_digits};
use super::table::cell;
use crate::analysis::ranking::NotAssessed;
use crate::analysis::standing::Standing;
use crate::number::{DecimalMark, Ratio};
use crate::ruleset::Ruleset;

#[derive(Serialize)]
struct Row<'a> {
    place: Option<u32>,
    shared: bool,
    unit: &'a str,
    line: u64,
    /// Nothing where everything is out of the unit's scale.
    percent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower_percent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper_percent: Option<String>,
    provisional: bool,
    grade: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ranked_within: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_ranked: Option<NotRanked>,
}

#[derive(Serialize)]
struct Aside<'a> {
    unit: &'a str,
    not_assessed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
}

/// The columns of [`placed_csv`].
pub const PLACED_COLUMNS: &str =
    "place,shared,unit,line,percent,lower_percent,upper_percent,provisional,grade,ranked_within,not_ranked\n";

fn row<'a>(ruleset: &'a Ruleset, standing: &'a Standing) -> Row<'a> {
    let digits = percent_digits(ruleset);
    let percent = |share: &Ratio| (share * &Ratio::from(100)).fixed(digits, DecimalMark::Point);
    let bounds = standing.bounds().filter(|_| !standing.out_of_scale());
    let grade = standing.grade.and_then(|grade| ruleset.grades.get(usize::from(grade)));
    Row {
        place: standing.place,
        shared: standing.shared,
        unit: &standing.unit,
        line: standing.number,
        percent: (!standing.out_of_scale()).then(|| percent(&standing.rounded_share(ruleset))),
        lower_percent: bounds.map(|(lower, _)| percent(lower)),
        upper_percent: bounds.map(|(_, upper)| percent(upper)),
        provisional: standing.open,
        grade: grade.map(|grade| grade.name.value.as_str()),
        ranked_within: within(ruleset, standing),
        not_ranked: standing.unranked.as_deref().map(NotRanked::new),
    }
}

fn within<'a>(ruleset: &'a Ruleset, standing: &Standing) -> Option<&'a str> {
    standing.within.and_then(|at| ruleset.blocks.get(usize::from(at))).map(|block| block.name.as_str())
}

/// A line of JSON.
pub fn placed_json(ruleset: &Ruleset, standing: &Standing) -> String {
    let mut line = serde_json::to_string(&row(ruleset, standing)).unwrap_or_default();
    line.push('\n');
    line
}

/// A row of CSV.
pub fn placed_csv(ruleset: &Ruleset, standing: &Standing) -> String {
    let row = row(ruleset, standing);
    format!(
        "{},{},{},{},{},{},{},{},{},{},{}\n",
        row.place.map(|place| place.to_string()).unwrap_or_default(),
        row.shared,
        cell(row.unit),
        row.line,
        row.percent.unwrap_or_default(),
        row.lower_percent.unwrap_or_default(),
        row.upper_percent.unwrap_or_default(),
        row.provisional,
        cell(row.grade.unwrap_or_default()),
        cell(row.ranked_within.unwrap_or_default()),
        row.not_ranked.map(|why| why.by).unwrap_or_default(),
    )
}

/// A unit that has no score, as a line of JSON below the others.
pub fn not_assessed_json(unit: &NotAssessed) -> String {
    let aside = Aside { unit: &unit.unit, not_assessed: true, because: unit.because.as_deref() };
    let mut line = serde_json::to_string(&aside).unwrap_or_default();
    line.push('\n');
    line
}

/// The same as a row of CSV.
pub fn not_assessed_csv(unit: &NotAssessed) -> String {
    format!(",,{},,,,,,,,not assessed\n", cell(&unit.unit))
}
