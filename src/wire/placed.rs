//! A unit's place, a line each: what `bulk` writes. Every line says of itself which set it is by, and whether it is made up.

use serde::Serialize;

use super::ruleset::standing_name;
use super::scorecard::{NotRanked, percent_digits};
use super::table::cell;
use crate::analysis::ranking::NotAssessed;
use crate::analysis::standing::Standing;
use crate::number::{DecimalMark, Ratio};
use crate::ruleset::{Ruleset, Standing as Source};

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
    synthetic: bool,
    ruleset: &'a str,
    year: u16,
}

#[derive(Serialize)]
struct Aside<'a> {
    unit: &'a str,
    not_assessed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    ruleset: &'a str,
    year: u16,
}

/// What stands above the lines: what they are made by, and what a reader must know before any number.
#[derive(Serialize)]
struct Head<'a> {
    shape: &'static str,
    ruleset: &'a str,
    year: u16,
    fingerprint: &'a str,
    authorities: Vec<&'a str>,
    labels: &'a [String],
    ranked: usize,
    provisional: usize,
    synthetic: usize,
    /// Submissions with errors are missing.
    lacks: bool,
}

/// The columns of [`Places::csv`].
pub const PLACED_COLUMNS: &str = "place,shared,unit,line,percent,lower_percent,upper_percent,provisional,grade,\
ranked_within,not_ranked,synthetic,ruleset,year,provenance\n";

/// The lines of one round.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    ruleset: &'a Ruleset,
    /// The last cells of every row: the set, its year, and what its rules stand on.
    by: String,
}

impl<'a> Places<'a> {
    /// Of units that this set scored.
    pub fn new(ruleset: &'a Ruleset) -> Self {
        let of_heads = ruleset.heads.iter().flat_map(|head| &head.provenance);
        let mut kinds: Vec<&str> = Vec::new();
        let own = ruleset.own_source_lines(None).into_iter().map(|(_, own)| own.source);
        let asked = ruleset.questionnaires.iter().flat_map(|asked| &asked.provenance);
        for source in ruleset.provenance.iter().chain(of_heads).chain(asked).chain(own) {
            let kind = standing_name(Source::of(source));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Self { ruleset, by: format!("{},{},{}", cell(&ruleset.path), ruleset.year, kinds.join(" + ")) }
    }

    /// The first line of JSON, above those of the units: `tieuchi/places/1`.
    pub fn head(&self, placed: &[Standing], lacks: bool, labels: &[String]) -> String {
        let ruleset = self.ruleset;
        let count = |is: fn(&Standing) -> bool| placed.iter().filter(|placed| is(placed)).count();
        line(&Head {
            shape: "tieuchi/places/1",
            ruleset: &ruleset.path,
            year: ruleset.year,
            fingerprint: &ruleset.fingerprint,
            authorities: ruleset.authorities.iter().map(|(number, _)| number.as_str()).collect(),
            labels,
            ranked: count(|placed| placed.place.is_some()),
            provisional: count(|placed| placed.open && !placed.out_of_scale()),
            synthetic: count(|placed| placed.synthetic),
            lacks,
        })
    }

    /// A line of JSON.
    pub fn json(&self, standing: &Standing) -> String {
        line(&self.row(standing))
    }

    /// A row of CSV.
    pub fn csv(&self, standing: &Standing) -> String {
        let row = self.row(standing);
        format!(
            "{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
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
            row.synthetic,
            self.by,
        )
    }

    /// A unit that has no score, as a line of JSON below the others.
    pub fn not_assessed_json(&self, unit: &NotAssessed) -> String {
        let (ruleset, year) = (self.ruleset.path.as_str(), self.ruleset.year);
        line(&Aside { unit: &unit.unit, not_assessed: true, because: unit.because.as_deref(), ruleset, year })
    }

    /// The same as a row of CSV.
    pub fn not_assessed_csv(&self, unit: &NotAssessed) -> String {
        format!(",,{},,,,,,,,not assessed,,{}\n", cell(&unit.unit), self.by)
    }

    fn row<'r>(&'r self, standing: &'r Standing) -> Row<'r> {
        let ruleset = self.ruleset;
        let digits = percent_digits(ruleset);
        let percent = |share: &Ratio| (share * &Ratio::from(100)).fixed(digits, DecimalMark::Point);
        let bounds = standing.bounds().filter(|_| !standing.out_of_scale());
        let grade = standing.grade.and_then(|grade| ruleset.grades.get(usize::from(grade)));
        let within = standing.within.and_then(|at| ruleset.blocks.get(usize::from(at)));
        Row {
            place: standing.place,
            shared: standing.shared,
            unit: &standing.unit,
            line: standing.number,
            percent: (!standing.out_of_scale()).then(|| percent(&standing.rounded_share(ruleset))),
            lower_percent: bounds.map(|(lower, _)| percent(lower)),
            upper_percent: bounds.map(|(_, upper)| percent(upper)),
            provisional: standing.open && !standing.out_of_scale(),
            grade: grade.map(|grade| grade.name.value.as_str()),
            ranked_within: within.map(|block| block.name.as_str()),
            not_ranked: standing.unranked.as_deref().map(NotRanked::new),
            synthetic: standing.synthetic,
            ruleset: &ruleset.path,
            year: ruleset.year,
        }
    }
}

fn line(value: &impl Serialize) -> String {
    let mut line = super::line(value);
    line.push('\n');
    line
}
