//! A set that extends another, composed with it: an ordinary set whose every line still knows its text.
//!
//! Amendments name codes as the set extended has them; new heads, and all lines below, use the codes of the new set.
//! Order does not matter: repeals, amendments, splits and new codes are brought together, never one after another.

mod alone;
mod blocks;
mod causes;
mod change;
mod codes;
mod header;
mod heads;
mod kinds;
mod library;
mod locks;
mod moves;
mod nature;
mod paired;
mod pairs;
mod past;
mod policies;
mod reach;
mod reading;
mod rights;
mod rings;
mod ruled;
mod sources;
mod split;
mod steps;
mod rest;
mod tables;
mod worn;

use std::collections::{BTreeMap, BTreeSet};

use self::blocks::Block;
use self::codes::Renamed;
use self::rights::{Act as Right, Rights};
use self::steps::{Act, Step};
use super::model::{Decision, GatesBrought, Head, Ruleset};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Language, Problem, Span, Texts, nearest};
use crate::language::Keyword;
use crate::language::tree::{self, File, Level, Line, Spanned};
use crate::number::Points;

pub(super) use alone::{alone, in_header};
pub use causes::Causes;
pub use change::{Change, ChangeKind};
pub(super) use library::lineage as lineage_of;
pub use library::{Identity, Library, Wanted, wanted};
pub use pairs::Pairs;
pub(super) use past::past;
pub use past::{Earlier, Past};
pub(super) use sources::kept;
pub(super) use tables::tables;

/// Tells the last decision of a set what the heads stand on that are scored by each of its templates: later texts may
/// write them anew.
pub(super) fn tell_what_stands(decision: &mut Decision, file: &File, heads: &[Head]) {
    let blocks = blocks::blocks(file, heads);
    let stood = sources::Stood::new(&blocks);
    decision.templates = stood.templates();
}

/// What composing a set came to, beside its text.
pub(super) struct Composed {
    pub(super) changes: Vec<Change>,
    /// Codes of the new set and what they were in the set extended.
    pub(super) old: BTreeMap<String, String>,
    /// What the lines stand on by which heads decide for those below them, by the places of these lines.
    pub(super) rules: BTreeMap<Span, Vec<Line>>,
    /// Which texts brought heads the gates that they have.
    pub(super) gates: GatesBrought,
    /// Some step could not be taken, so sums and counts say nothing.
    pub(super) flawed: bool,
}

/// Composes a text with the set that it extends: ordinary statements, each in its own text.
pub(super) fn compose(
    child: &File,
    own: &Identity,
    (upper, file): (&Ruleset, &File),
    name: String,
    texts: Texts<'_>,
    findings: &mut Vec<Diagnostic>,
) -> (File, Composed) {
    let before = findings.len();
    let (header, steps) = steps::steps(child, findings);
    let mut work = Work {
        own,
        rights: Rights::new(upper, own, name),
        blocks: blocks::blocks(file, &upper.heads),
        renamed: Renamed::new(),
        touched: BTreeSet::new(),
        leaving: Vec::new(),
        repealed: steps.iter().filter_map(Step::repeals).map(|(code, at)| (code.to_owned(), at)).collect(),
        parents: Vec::new(),
        waiting: Vec::new(),
        gated: Vec::new(),
        gates: GatesBrought::new(),
        changes: Vec::new(),
        texts,
        findings,
    };
    work.close_again();
    let stood = sources::Stood::new(&work.blocks);
    let moves = steps.iter().any(|step| step.leaves().is_some());
    let before_any = if upper.locks.is_empty() && !moves { Vec::new() } else { work.blocks.clone() };
    work.one_decision_a_head(&steps);
    // First what goes, by the codes that it had: a head that moves may take the code.
    let gone = work.repeal(&steps);
    work.renumber(&steps, &gone);
    let mut settings = work.header(&header);
    work.amend(&steps);
    work.find_parents(&steps);
    settings |= work.templates(&header, &steps);
    work.add(&steps);
    work.stand_where_shown();
    work.stand_under(&steps);
    work.stand_somewhere();
    work.ruled_otherwise(&before_any, &steps);
    work.split(&steps);
    let rules = work.sources(&header, &stood, &steps);
    work.keep_locks(&before_any);
    work.policies(&header, &steps);
    work.tests(&steps, settings);
    let Work { blocks, mut changes, gates, findings, .. } = work;
    let flawed = findings.iter().skip(before).any(Diagnostic::is_error)
        || steps.iter().any(|step| matches!(step.act, Act::Lost));
    changes.sort_by_key(|change| change.span);
    let old = blocks
        .iter()
        .filter_map(Block::place)
        .filter_map(|place| Some((place.code.clone(), place.old.clone()?)))
        .collect();
    let lines = blocks.into_iter().flat_map(|block| block.lines).collect();
    (File { language: child.language, lines }, Composed { changes, old, rules, gates, flawed })
}

/// The set while it is put together.
struct Work<'a, 'f> {
    own: &'a Identity,
    rights: Rights<'a>,
    blocks: Vec<Block>,
    /// Old codes that are new ones now.
    renamed: Renamed,
    /// Codes of the new set whose points may differ from those of the set extended.
    touched: BTreeSet<String>,
    /// Old codes that are repealed by name, and where.
    repealed: BTreeMap<String, Span>,
    /// Old codes of heads that lines take out of a repealed one, each with that one's.
    leaving: Vec<(Spanned<String>, String)>,
    /// The head above each new one, by the step that adds it.
    parents: Vec<Option<String>>,
    /// Heads with new codes, and what these show to be above them, which no head was so far.
    waiting: Vec<(String, String)>,
    /// Heads below a split one that took its gate, and that head's code in the set extended.
    gated: Vec<(String, String)>,
    /// Which texts brought heads the gates that they have.
    gates: GatesBrought,
    changes: Vec<Change>,
    texts: Texts<'a>,
    findings: &'f mut Vec<Diagnostic>,
}

impl Work<'_, '_> {
    fn find(&mut self, problem: impl Into<Problem>, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn change(&mut self, kind: ChangeKind, span: Span) {
        self.changes.push(Change { kind, span });
    }

    /// The block of a head by its code in the set extended.
    fn at(&self, old: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.place().is_some_and(|place| place.old.as_deref() == Some(old)))
    }

    /// A head is amended once, split once, renumbered once; a repeal stands alone.
    fn one_decision_a_head(&mut self, steps: &[Step<'_>]) {
        let mut seen: BTreeMap<(u8, &str), Span> = BTreeMap::new();
        for step in steps {
            let (code, about): (_, &[u8]) = match step.act {
                Act::Amend(amend) => (&amend.head.code, &[0]),
                Act::Split(target) => (&target.code, &[1]),
                Act::Renumber(renumber) => (&renumber.from, &[2]),
                Act::Repeal(repeal) => (&repeal.target.code, &[0, 1, 2]),
                _ => continue,
            };
            if let Some(first) = about.iter().find_map(|&of| seen.get(&(of, code.value.as_str()))) {
                let finding = Diagnostic::new(Inheritance::Conflict { code: code.value.clone() }, code.span);
                self.findings.push(finding.label(*first, "dòng kia ở đây", "the other line is here"));
            }
            for &of in about {
                seen.entry((of, code.value.as_str())).or_insert(code.span);
            }
        }
    }

    /// The block of the head that a line names, or what is wrong with the name.
    fn resolve(&mut self, level: Level, code: &Spanned<String>) -> Option<usize> {
        let Some((_, head)) = self.rights.by_code(&code.value) else {
            let known = self.rights.upper.heads.iter().map(|head| head.code.as_str());
            let nearest = nearest(&code.value, known, str::to_owned);
            let problem =
                Inheritance::NotUpstream { code: code.value.clone(), name: self.rights.name.clone(), nearest };
            self.find(problem, code.span);
            return None;
        };
        if head.level != level {
            let (said, there) = (level_words(level), level_words(head.level));
            self.find(Inheritance::LevelDiffers { code: code.value.clone(), said, there }, code.span);
        }
        let found = self.at(&code.value);
        // What is named twice was told.
        if found.is_none() && !self.repealed.contains_key(&code.value) {
            let parent = |head: &&Head| head.parent.and_then(|id| self.rights.upper.head(id));
            let above = std::iter::successors(Some(head), parent)
                .find_map(|head| Some((head.code.clone(), *self.repealed.get(&head.code)?)));
            if let Some((above, at)) = above {
                self.below_repealed(code, above, at);
            }
        }
        found
    }

    fn below_repealed(&mut self, code: &Spanned<String>, above: String, at: Span) {
        let problem = Inheritance::BelowRepealed { code: code.value.clone(), above };
        let finding = Diagnostic::new(problem, code.span);
        self.findings.push(finding.label(at, "bãi bỏ ở đây", "repealed here"));
    }

    fn allow(&mut self, act: Right, code: &str, span: Span) -> bool {
        self.rights.allow(act, code, span, self.findings)
    }
}

/// A level as its keyword reads.
pub(super) fn level_words(level: Level) -> Both {
    let keyword = match level {
        Level::Area => Keyword::Area,
        Level::Criterion => Keyword::Criterion,
        Level::SubCriterion => Keyword::SubCriterion,
        Level::Bonus => Keyword::Bonus,
        Level::Penalty => Keyword::Penalty,
    };
    Both::new(keyword.canonical(Language::Vietnamese), keyword.canonical(Language::English))
}

fn points(head: &tree::Head) -> Option<Points> {
    head.points.as_ref().map(|points| Points::new(points.value.clone()))
}
