//! A round kept at hand: after one change only what hangs on it is scored again.
//!
//! [`Round`] knows what changes and keeps places; [`Cards`] is given a round anew at every look and keeps whole scorecards.

use std::collections::BTreeMap;

use super::standing::{Standing, Who, place};
use crate::diagnostic::{SourceMap, Span};
use crate::engine::quick::{ByBlock, Program, Scores, Sheet};
use crate::engine::{Context, Plan, Scorecard};
use crate::language::tree::Track;
use crate::ruleset::{Figure, FigureKind, HeadId, Origin, Ruleset};
use crate::submission::{Entry, Submission};

/// The units of a round, what each comes to, and what it was made of.
#[derive(Clone, Debug)]
pub struct Round {
    plan: Plan,
    /// The quick way, where the set has one.
    programs: ByBlock<Program>,
    context: Context,
    units: Vec<Unit>,
    scores: Scores,
    /// The leaves that compare units: another unit's change moves them.
    compared: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Unit {
    submission: Submission,
    sheet: Sheet,
    standing: Standing,
}

impl Round {
    /// Scores every unit. Where the set compares units, these are the units that are compared.
    pub fn new(plan: Plan, context: Context, submissions: Vec<Submission>) -> Self {
        let programs = ByBlock::compile(&plan);
        let compared = compared(&plan);
        let mut round = Self { plan, programs, context, units: Vec::new(), scores: Scores::default(), compared };
        for (number, submission) in (0u64..).zip(submissions) {
            let sheet = Sheet::default();
            let mut standing = Standing::default();
            (standing.number, standing.unit) = (number, submission.unit.as_str().into());
            round.units.push(Unit { submission, sheet, standing });
        }
        round.gather();
        for at in 0..round.units.len() {
            round.lay_all(at);
        }
        round
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The submissions, in the order given.
    pub fn submissions(&self) -> impl Iterator<Item = &Submission> {
        self.units.iter().map(|unit| &unit.submission)
    }

    /// The ranking as it stands.
    pub fn ranking(&self) -> Vec<Standing> {
        let mut standings: Vec<Standing> = self.units.iter().map(|unit| unit.standing.clone()).collect();
        place(self.plan.ruleset(), &mut standings);
        standings
    }

    /// What a unit states of one leaf under one track, by the unit's place; `None` takes it back.
    pub fn state(&mut self, at: usize, leaf: HeadId, track: Track, entry: Option<Entry>) {
        let Some(unit) = self.units.get_mut(at) else { return };
        let tracks = unit.submission.leaves.entry(leaf).or_default();
        match entry {
            Some(entry) => tracks.insert(track, entry),
            None => tracks.remove(&track),
        };
        if tracks.is_empty() {
            unit.submission.leaves.remove(&leaf);
        }
        self.gather();
        if let Some(unit) = self.units.get_mut(at)
            && let Some((_, program)) = self.programs.of(self.plan.block(&unit.submission, &self.context))
            && let Some(place) = program.leaves().position(|id| id == leaf)
        {
            program.lay(&mut unit.sheet, place, &unit.submission, &self.context);
        }
        self.stand(at);
        self.others(at);
    }

    /// Another submission of a unit, by its place.
    pub fn replace(&mut self, at: usize, submission: Submission) {
        let Some(unit) = self.units.get_mut(at) else { return };
        unit.submission = submission;
        self.gather();
        self.lay_all(at);
        self.others(at);
    }

    /// Another edition of the ruleset, with the same leaves and figures: only the leaves that differ are laid out anew.
    /// Nothing is done, and `false` said, where leaves or figures differ: then submissions have to be read again.
    pub fn amend(&mut self, plan: Plan) -> bool {
        if !same_figures(&self.plan, &plan) {
            return false;
        }
        let before = std::mem::replace(&mut self.programs, ByBlock::compile(&plan));
        self.compared = compared(&plan);
        self.plan = plan;
        self.gather();
        let differing = self.programs.differing(&before).filter(|_| self.compared.is_empty()).unwrap_or_default();
        for at in 0..self.units.len() {
            let Some(unit) = self.units.get_mut(at) else { continue };
            let program = self.programs.of(self.plan.block(&unit.submission, &self.context));
            let found = program.and_then(|(of, program)| Some((program, differing.get(of)?.as_ref()?)));
            if let Some((program, differing)) = found {
                program.adopt(differing, &mut unit.sheet, &unit.submission, &self.context);
                self.stand(at);
            } else {
                self.lay_all(at);
            }
        }
        true
    }

    /// What the units are compared by.
    fn gather(&mut self) {
        if !self.compared.is_empty() {
            let submissions: Vec<Submission> = self.submissions().cloned().collect();
            self.context.cohort = Some(self.plan.cohort(&submissions, &self.context));
        }
    }

    fn lay_all(&mut self, at: usize) {
        if let Some(unit) = self.units.get_mut(at)
            && let Some((_, program)) = self.programs.of(self.plan.block(&unit.submission, &self.context))
        {
            program.lay_all(&mut unit.sheet, &unit.submission, &self.context);
        }
        self.stand(at);
    }

    /// The units besides the changed one, where they are compared with it.
    fn others(&mut self, changed: usize) {
        if self.compared.is_empty() {
            return;
        }
        for at in (0..self.units.len()).filter(|&at| at != changed) {
            if let Some(unit) = self.units.get_mut(at)
                && let Some((_, program)) = self.programs.of(self.plan.block(&unit.submission, &self.context))
            {
                for &leaf in &self.compared {
                    program.lay(&mut unit.sheet, leaf, &unit.submission, &self.context);
                }
            }
            self.stand(at);
        }
    }

    /// What a unit comes to.
    fn stand(&mut self, at: usize) {
        let Some(unit) = self.units.get_mut(at) else { return };
        let (number, submission) = (unit.standing.number, &unit.submission);
        let block = self.plan.block(submission, &self.context);
        let program = self.programs.of(block).filter(|_| !submission.no_survey);
        let quick = program.and_then(|(_, program)| {
            program.score(&unit.sheet, &mut self.scores);
            let unranked = self.plan.unranked(&submission.unit, block, &self.context);
            let synthetic = submission.synthetic || self.context.synthetic;
            let (unit, block) = (submission.unit.as_str().into(), block.map(str::to_owned));
            let who = Who { unit, block, unranked, synthetic };
            Standing::of_scores(program, &self.scores, who, number)
        });
        unit.standing = quick.unwrap_or_else(|| {
            let card = self.plan.evaluate(submission, &self.context);
            Standing::of_card(self.plan.ruleset(), &card, number)
        });
    }
}

/// The scorecards of a round that is looked at again and again.
#[derive(Clone, Debug, Default)]
pub struct Cards {
    /// The set as it is written, and what surrounds its units.
    by: Option<(String, Context)>,
    known: BTreeMap<String, (Submission, Scorecard)>,
    anew: usize,
}

impl Cards {
    /// The scorecards of these submissions, in their order; of units whose sheets, set and surroundings are as they were
    /// at the last look, those of then. `sources` are the texts of the set: a scorecard says which of its lines decided.
    pub fn of(
        &mut self,
        plan: &Plan,
        sources: &SourceMap,
        context: &Context,
        submissions: &[Submission],
    ) -> Vec<Scorecard> {
        let written = format!("{} {sources:?}", plan.ruleset().fingerprint);
        let same = self.by.as_ref().is_some_and(|(text, around)| *text == written && around == context);
        let before = std::mem::take(&mut self.known);
        self.by = Some((written, context.clone()));
        self.anew = 0;
        let cards = submissions.iter().map(|submission| {
            let known = before.get(&submission.unit).filter(|(stated, _)| same && stated == submission);
            let card = known.map_or_else(|| plan.evaluate(submission, context), |(_, card)| card.clone());
            self.anew = self.anew.saturating_add(usize::from(known.is_none()));
            self.known.insert(submission.unit.clone(), (submission.clone(), card.clone()));
            card
        });
        cards.collect()
    }

    /// How many were scored anew at the last look.
    pub fn anew(&self) -> usize {
        self.anew
    }
}

/// The leaves that compare units, by their place.
fn compared(plan: &Plan) -> Vec<usize> {
    let leaves = plan.ruleset().leaves().enumerate();
    let compares = leaves.filter(|(_, (_, _, leaf))| leaf.figures.iter().any(|figure| figure.origin.peers().is_some()));
    compares.map(|(at, _)| at).collect()
}

/// Whether two sets ask the same figures of the same leaves, within the same limits, of the same blocks, under the same
/// tracks: else a submission that the one took may be none of the other.
fn same_figures(one: &Plan, other: &Plan) -> bool {
    let (one, other) = (one.ruleset(), other.ruleset());
    let blocks = |ruleset: &Ruleset| ruleset.blocks.iter().map(|block| block.name.clone()).collect::<Vec<_>>();
    let readings = |ruleset: &Ruleset| ruleset.by_block.keys().cloned().collect::<Vec<_>>();
    let same = |one: &Ruleset, other: &Ruleset| (&one.tracks, asked(one)) == (&other.tracks, asked(other));
    let by_block = one.by_block.values().zip(other.by_block.values());
    same(one, other)
        && blocks(one) == blocks(other)
        && readings(one) == readings(other)
        && by_block.into_iter().all(|(one, other)| same(one, other))
}

/// What a set asks of each leaf.
fn asked(ruleset: &Ruleset) -> Vec<(Option<HeadId>, String, Vec<Figure>)> {
    let leaves = ruleset
        .leaves()
        .map(|(id, head, leaf)| (Some(id), head.code.clone(), leaf.figures.iter().map(bare).collect::<Vec<_>>()));
    let shared = ruleset.shared.figures.iter().map(bare).collect();
    leaves.chain([(None, String::new(), shared)]).collect()
}

/// A figure, wherever its lines stand and whatever it is called besides; the columns of rows likewise.
fn bare(figure: &Figure) -> Figure {
    let kind = match &figure.kind {
        FigureKind::Rows(columns) => FigureKind::Rows(columns.iter().map(bare).collect()),
        kind => kind.clone(),
    };
    let mut origin = figure.origin.clone();
    if let Origin::Survey(rule) = &mut origin {
        rule.too_few_line = Span::default();
    }
    let (label, sources) = (String::new(), Vec::new());
    Figure {
        label,
        kind,
        sources,
        measured_at: None,
        typed_at: None,
        made: None,
        origin,
        span: Span::default(),
        ..figure.clone()
    }
}
