//! A ranking against an earlier round, as published.

use serde::Serialize;

use super::number::Number;
use super::scorecard::percent_digits;
use crate::analysis::changes::{self, Comparable};
use crate::number::Ratio;
use crate::ruleset::Ruleset;

/// What a top head gained.
#[derive(Clone, Debug, Serialize)]
struct Part {
    code: String,
    by: Option<Number>,
}

/// How far a unit is from where it was; what there is no earlier result of is null, never 0.
#[derive(Clone, Debug, Serialize)]
struct Change {
    unit: String,
    percent_before: Option<Number>,
    percent: Option<Number>,
    /// In percentage points.
    by: Option<Number>,
    place_before: Option<usize>,
    place: Option<usize>,
    /// Positive is up.
    places: Option<i64>,
    parts: Vec<Part>,
}

/// Against an earlier round.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Changes {
    year: u16,
    /// `yes`, `no` or `unknown`.
    comparable: &'static str,
    authorities_before: Vec<String>,
    rows: Vec<Change>,
    /// The means of what was published then and now.
    means: Option<Means>,
}

/// The means of two rounds.
#[derive(Clone, Debug, Serialize)]
struct Means {
    units_before: usize,
    percent_before: Number,
    units: usize,
    percent: Number,
}

impl Changes {
    pub(super) fn new(ruleset: &Ruleset, changes: &changes::Changes) -> Self {
        let digits = percent_digits(ruleset);
        let percent = |share: &Ratio| Number::percent(share, share, digits);
        let part = |(id, by): &(crate::ruleset::HeadId, Option<Ratio>)| {
            Some(Part { code: ruleset.head(*id)?.code.clone(), by: by.as_ref().map(percent) })
        };
        let row = |row: &changes::Change| Change {
            unit: row.unit.clone(),
            percent_before: row.before.as_ref().and_then(|was| was.share.as_ref()).map(percent),
            percent: row.now.as_ref().map(percent),
            by: row.by().as_ref().map(percent),
            place_before: row.before.as_ref().and_then(|was| was.place),
            place: row.place,
            places: row.places(),
            parts: row.parts.iter().filter_map(part).collect(),
        };
        Self {
            year: changes.year,
            comparable: match changes.comparable {
                Comparable::Yes => "yes",
                Comparable::No => "no",
                Comparable::Unknown => "unknown",
            },
            authorities_before: changes.authorities.clone(),
            rows: changes.rows.iter().map(row).collect(),
            means: changes.means.as_ref().map(|[(then, before), (now, after)]| Means {
                units_before: *before,
                percent_before: percent(then),
                units: *after,
                percent: percent(now),
            }),
        }
    }
}
