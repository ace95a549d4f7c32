//! Two sets held against each other, as published.

use serde::Serialize;

use crate::report::against::{Became, Difference, Unlisted, Whole, differences, notes, unlisted};
use crate::report::{Context, labels};

/// What a set says otherwise than an earlier one: `tieuchi/against/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Against {
    shape: &'static str,
    set: Side,
    earlier: Side,
    differences: Vec<One>,
    /// Kinds of lines that are written otherwise and not listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_listed: Vec<&'static str>,
    /// What bears on the differences as a whole, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// One of the two sets.
#[derive(Clone, Debug, Serialize)]
struct Side {
    ruleset: String,
    year: u16,
    edition: u16,
    fingerprint: String,
    labels: Vec<String>,
}

/// One difference.
#[derive(Clone, Debug, Serialize)]
struct One {
    became: &'static str,
    code: Option<String>,
    was: Vec<String>,
    words: String,
    sources: Vec<String>,
    sources_before: Vec<String>,
}

impl Against {
    /// A set against an earlier one.
    pub fn new(set: Whole<'_>, earlier: Whole<'_>) -> Self {
        Self {
            shape: "tieuchi/against/1",
            set: side(set.0),
            earlier: side(earlier.0),
            differences: differences(set, earlier).into_iter().map(one).collect(),
            not_listed: unlisted(set, earlier)
                .into_iter()
                .map(|kind| match kind {
                    Unlisted::Sources => "sources",
                    Unlisted::Examples => "examples",
                    Unlisted::Tests => "tests",
                })
                .collect(),
            notes: notes(set.0, earlier.0),
        }
    }
}

fn side(context: &Context<'_>) -> Side {
    let ruleset = context.ruleset;
    Side {
        ruleset: ruleset.path.clone(),
        year: ruleset.year,
        edition: ruleset.edition,
        fingerprint: ruleset.fingerprint.clone(),
        labels: labels(context, false),
    }
}

fn one(difference: Difference) -> One {
    One {
        became: match difference.became {
            Became::Header => "header",
            Became::Added => "added",
            Became::Changed => "changed",
            Became::Gone => "gone",
            Became::Unlinked => "unlinked",
        },
        code: difference.code,
        was: difference.was,
        words: difference.words,
        sources: difference.sources,
        sources_before: difference.sources_before,
    }
}
