//! What a set builds on and changes, as published.

use serde::Serialize;

use super::number::exact;
use crate::diagnostic::{Language, Say};
use crate::language::date_text;
use crate::number::Points;
use crate::report;
use crate::ruleset::{Change, ChangeKind, Head, Identity, Ruleset};

/// What a set builds on; nothing of it for a set that extends none.
#[derive(Clone, Debug, Serialize)]
pub(super) struct History {
    edition: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    extends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<Superseded>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Changed>,
}

/// The edition that another takes the place of.
#[derive(Clone, Debug, Serialize)]
struct Superseded {
    edition: u16,
    from: String,
    whole_year: bool,
}

/// One change, as data and in words.
#[derive(Clone, Debug, Serialize)]
struct Changed {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<ChangedBlock>,
    words: String,
}

/// A block that a head gives other points than before.
#[derive(Clone, Debug, Serialize)]
struct ChangedBlock {
    block: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    points_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
}

impl History {
    pub(super) fn new(ruleset: &Ruleset, language: Language) -> Self {
        let extends = ruleset.extends.as_ref();
        let decisions = ruleset.decisions.iter().map(|decision| report::history::name(decision).to_owned());
        Self {
            edition: ruleset.edition,
            extends: extends.map(Identity::name),
            supersedes: ruleset.supersedes.as_ref().map(|said| Superseded {
                edition: said.edition.value,
                from: date_text(said.from.value),
                whole_year: said.whole_year,
            }),
            decisions: if extends.is_some() { decisions.collect() } else { Vec::new() },
            changes: ruleset.changes.iter().map(|change| changed(change, language)).collect(),
        }
    }
}

fn changed(change: &Change, language: Language) -> Changed {
    let number = |points: &Option<Points>| points.as_ref().map(|points| exact(points.ratio()));
    let mut changed = Changed {
        kind: "",
        code: None,
        was: None,
        points_before: None,
        points: None,
        blocks: Vec::new(),
        words: report::history::change(change).say(language),
    };
    changed.kind = match &change.kind {
        ChangeKind::Added { code, points, .. } => {
            (changed.code, changed.points) = (Some(code.clone()), number(points));
            "added"
        }
        ChangeKind::Amended { code, before, now, by_block, .. } => {
            changed.code = Some(code.clone());
            (changed.points_before, changed.points) = (number(before), number(now));
            let block = |(block, before, now): &(String, Option<Points>, Option<Points>)| ChangedBlock {
                block: block.clone(),
                points_before: number(before),
                points: number(now),
            };
            changed.blocks = by_block.iter().map(block).collect();
            "amended"
        }
        ChangeKind::Repealed { code, points, .. } => {
            (changed.was, changed.points_before) = (Some(code.clone()), number(points));
            "repealed"
        }
        ChangeKind::Renumbered { from, to, .. } => {
            (changed.was, changed.code) = (Some(from.clone()), Some(to.clone()));
            "renumbered"
        }
        ChangeKind::Split { code, .. } => {
            changed.code = Some(code.clone());
            "split"
        }
        ChangeKind::Parameter { .. } => "parameter",
        ChangeKind::Header { .. } => "header",
        ChangeKind::Template { .. } => "template",
        ChangeKind::Questionnaire { .. } => "questionnaire",
        ChangeKind::TestLeft { .. } => "test left",
    };
    changed
}

/// Where a head comes from.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Origins {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<Replaced>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<u16>,
}

/// Heads of an earlier year.
#[derive(Clone, Debug, Serialize)]
struct Replaced {
    year: u16,
    codes: Vec<String>,
}

impl Origins {
    pub(super) fn new(ruleset: &Ruleset, id: crate::ruleset::HeadId, head: &Head) -> Self {
        let derived = ruleset.extends.is_some();
        let decisions = ruleset.decisions_of(id).into_iter().filter(|_| derived);
        let replaces = head.replaces.iter().map(|said| Replaced {
            year: said.year.value,
            codes: said.codes.iter().map(|code| code.value.clone()).collect(),
        });
        Self {
            decisions: decisions.map(|decision| report::history::name(decision).to_owned()).collect(),
            replaces: replaces.collect(),
            starts: head.starts.as_ref().map(|year| year.value),
        }
    }
}

/// A set as one text: `tieuchi/composed/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Composed {
    shape: &'static str,
    ruleset: String,
    year: u16,
    fingerprint: String,
    #[serde(flatten)]
    history: History,
    text: String,
}

impl Composed {
    /// The text of a set with what it extends written in.
    pub fn new(ruleset: &Ruleset, text: String, language: Language) -> Self {
        Self {
            shape: "tieuchi/composed/1",
            ruleset: ruleset.path.clone(),
            year: ruleset.year,
            fingerprint: ruleset.fingerprint.clone(),
            history: History::new(ruleset, language),
            text,
        }
    }
}
