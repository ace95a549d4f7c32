//! A change between two years in its parts, as published.

use serde::Serialize;

use super::number::{Number, exact};
use super::scorecard::percent_digits;
use super::table::cell;
use crate::analysis::split::{self, NoSplit, Why};
use crate::number::{Points, Ratio};
use crate::ruleset::Ruleset;

/// Parts in percentage points; they add up to the change.
#[derive(Clone, Debug, Serialize)]
struct Parts {
    performance: Number,
    rules: Number,
    not_comparable: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Number>,
}

/// Why a leaf cannot be scored across.
#[derive(Clone, Debug, Serialize)]
struct NotComparable {
    /// `new`, `gone`, `not-asked`, …
    by: &'static str,
    /// The codes or the figures that it speaks of.
    names: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Leaf {
    code: Option<String>,
    code_before: Option<String>,
    area: String,
    points_before: Option<String>,
    /// The sheet of then by the rules of now.
    points_crossed: Option<String>,
    points: Option<String>,
    #[serde(flatten)]
    parts: Parts,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<NotComparable>,
}

#[derive(Clone, Debug, Serialize)]
struct Area {
    code: String,
    #[serde(flatten)]
    parts: Parts,
}

#[derive(Clone, Debug, Serialize)]
struct Split {
    percent_before: Number,
    percent: Number,
    by: Number,
    #[serde(flatten)]
    parts: Parts,
    /// Performance by the rules of then, rules on the sheet of now.
    other_order: Parts,
    mean: Parts,
    areas: Vec<Area>,
    leaves: Vec<Leaf>,
}

#[derive(Clone, Debug, Serialize)]
struct OfUnit {
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<Split>,
    /// `no-sheet`, `merged`, `divided`, `began`, `open-before` or `open-now`.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_split: Option<&'static str>,
    /// The units of then, of one that was merged or divided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    units_before: Vec<String>,
}

/// The changes of a round in their parts.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Splits {
    year: u16,
    ruleset: String,
    same_ruleset: bool,
    units: Vec<OfUnit>,
}

impl Splits {
    pub(super) fn new(ruleset: &Ruleset, splits: &split::Splits) -> Self {
        let digits = percent_digits(ruleset);
        let percent = |share: &Ratio| Number::percent(share, share, digits);
        let parts = |parts: &split::Parts, rounding: bool| Parts {
            performance: percent(&parts.performance),
            rules: percent(&parts.rules),
            not_comparable: percent(&parts.apart),
            rounding: rounding.then(|| percent(&parts.rounding)),
        };
        let points = |points: &Option<Points>| points.as_ref().map(|points| exact(points.ratio()));
        let leaf = |leaf: &split::LeafSplit| Leaf {
            code: leaf.code.clone(),
            code_before: leaf.was.clone(),
            area: leaf.area.clone(),
            points_before: points(&leaf.then),
            points_crossed: points(&leaf.crossed),
            points: points(&leaf.now),
            parts: parts(&leaf.parts, false),
            why: leaf.why.as_ref().map(|why| NotComparable { by: by(why), names: names(why) }),
        };
        let whole = |split: &split::Split| Split {
            percent_before: percent(&split.before),
            percent: percent(&split.after),
            by: percent(&split.parts.change()),
            parts: parts(&split.parts, true),
            other_order: parts(&split.other, true),
            mean: parts(&split.mean, true),
            areas: split
                .areas()
                .iter()
                .map(|(code, of)| Area { code: code.clone(), parts: parts(of, false) })
                .collect(),
            leaves: split.leaves.iter().map(leaf).collect(),
        };
        let unit = |(unit, split): &(String, Result<split::Split, NoSplit>)| OfUnit {
            unit: unit.clone(),
            split: split.as_ref().ok().map(whole),
            not_split: split.as_ref().err().map(not_split),
            units_before: match split {
                Err(NoSplit::Merged(units)) => units.clone(),
                Err(NoSplit::Divided(unit)) => vec![unit.clone()],
                _ => Vec::new(),
            },
        };
        Self {
            year: splits.year,
            ruleset: splits.set.clone(),
            same_ruleset: splits.same_set,
            units: splits.units.iter().map(unit).collect(),
        }
    }
}

fn not_split(why: &NoSplit) -> &'static str {
    match why {
        NoSplit::NoSheet => "no-sheet",
        NoSplit::Merged(_) => "merged",
        NoSplit::Divided(_) => "divided",
        NoSplit::Began => "began",
        NoSplit::OpenThen => "open-before",
        NoSplit::OpenNow => "open-now",
    }
}

fn by(why: &Why) -> &'static str {
    match why {
        Why::New => "new",
        Why::Gone => "gone",
        Why::Unknown => "unknown",
        Why::Joined(_) => "joined",
        Why::JoinedInto(_) => "joined-into",
        Why::Divided(_) => "divided",
        Why::DividedInto(_) => "divided-into",
        Why::HadParts(_) => "had-parts",
        Why::NotAsked(_) => "not-asked",
        Why::OtherKind(_) => "other-kind",
        Why::NoEvidence => "evidence-not-asked",
        Why::Entered => "entered",
        Why::OtherMaximum => "other-maximum",
        Why::OtherBlock => "other-block",
        Why::OutOfBounds(_) => "out-of-bounds",
        Why::SeveralYears => "several-years",
        Why::Unscored => "unscored",
    }
}

fn names(why: &Why) -> Vec<String> {
    match why {
        Why::Joined(names) | Why::DividedInto(names) | Why::HadParts(names) | Why::NotAsked(names) => names.clone(),
        Why::JoinedInto(name) | Why::Divided(name) | Why::OtherKind(name) | Why::OutOfBounds(name) => {
            vec![name.clone()]
        }
        _ => Vec::new(),
    }
}

/// The columns of [`split_csv`]; numbers of percentage points are exact.
pub const SPLIT_COLUMNS: &str = "unit,of,code,code_before,before,crossed,now,change,performance,rules,not_comparable,\
    rounding,other_performance,other_rules,other_not_comparable,mean_performance,mean_rules,mean_not_comparable,why\n";

/// The changes of a round as CSV: a row for the index of each unit, for each of its areas and for each leaf.
pub fn split_csv(splits: &split::Splits) -> String {
    let mut text = SPLIT_COLUMNS.to_owned();
    let percent = |share: &Ratio| exact(&(share * &Ratio::from(100)));
    let three = |parts: &split::Parts| [&parts.performance, &parts.rules, &parts.apart].map(percent).join(",");
    for (unit, split) in &splits.units {
        let name = cell(unit);
        let split = match split {
            Ok(split) => split,
            Err(why) => {
                text.push_str(&format!("{name},index,,,,,,,,,,,,,,,,,{}\n", not_split(why)));
                continue;
            }
        };
        text.push_str(&format!(
            "{name},index,,,{},,{},{},{},{},{},{},\n",
            percent(&split.before),
            percent(&split.after),
            percent(&split.parts.change()),
            three(&split.parts),
            percent(&split.parts.rounding),
            three(&split.other),
            three(&split.mean),
        ));
        for (area, parts) in split.areas() {
            let (change, parts) = (percent(&parts.change()), three(&parts));
            text.push_str(&format!("{name},area,{},,,,,{change},{parts},,,,,,,,\n", cell(&area)));
        }
        for leaf in &split.leaves {
            let code = |code: &Option<String>| code.as_deref().map(cell).unwrap_or_default();
            let points =
                |points: &Option<Points>| points.as_ref().map(|points| exact(points.ratio())).unwrap_or_default();
            let why = leaf.why.as_ref().map(|why| [vec![by(why).to_owned()], names(why)].concat().join(" "));
            text.push_str(&format!(
                "{name},leaf,{},{},{},{},{},{},{},,,,,,,,{}\n",
                code(&leaf.code),
                code(&leaf.was),
                points(&leaf.then),
                points(&leaf.crossed),
                points(&leaf.now),
                percent(&leaf.parts.change()),
                three(&leaf.parts),
                cell(&why.unwrap_or_default()),
            ));
        }
    }
    text
}
