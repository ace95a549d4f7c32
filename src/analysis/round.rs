//! A round kept at hand: after one change only what hangs on it is scored again.

use super::standing::{Standing, Who, place};
use crate::engine::quick::{ByBlock, Program, Scores, Sheet};
use crate::engine::{Context, Plan};
use crate::language::tree::Track;
use crate::ruleset::HeadId;
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
            let who = Who { unit: submission.unit.as_str().into(), block: block.map(str::to_owned), unranked };
            Standing::of_scores(program, &self.scores, who, number)
        });
        unit.standing = quick.unwrap_or_else(|| {
            let card = self.plan.evaluate(submission, &self.context);
            Standing::of_card(self.plan.ruleset(), &card, number)
        });
    }
}

/// The leaves that compare units, by their place.
fn compared(plan: &Plan) -> Vec<usize> {
    let leaves = plan.ruleset().leaves().enumerate();
    let compares = leaves.filter(|(_, (_, _, leaf))| leaf.figures.iter().any(|figure| figure.origin.peers().is_some()));
    compares.map(|(at, _)| at).collect()
}

/// Whether two sets ask the same figures of the same leaves.
fn same_figures(one: &Plan, other: &Plan) -> bool {
    let asked = |plan: &Plan| -> Vec<_> {
        let leaves = plan.ruleset().leaves().map(|(id, head, leaf)| {
            let figures = leaf.figures.iter().map(|figure| (figure.name.clone(), figure.kind.clone(), figure.digits));
            (id, head.code.clone(), figures.collect::<Vec<_>>())
        });
        leaves.collect()
    };
    asked(one) == asked(other)
}
