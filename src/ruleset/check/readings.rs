//! Where a derived figure is read, and what has come out before it is: the lines above, and the parts before of its own
//! condition. What stands after a part that settles a condition is not needed, and need have no value.

use super::super::meaning::{Arm, Expr, FigureId, Guard, Meaning, Outcome, Term, Test};
use super::super::model::{Leaf, NotApplicable, Scoring};
use super::super::origin::Origin;
use crate::diagnostic::Span;

/// One place where a figure is read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Lines none of which has held: those above; and what the conditions on the way here say, as lines that would deny it.
    pub(super) before: Vec<NotApplicable>,
    /// The place of the line that reads it; nothing for the form.
    pub(super) line: Option<usize>,
}

impl Reading {
    /// The line that reads it, and those below.
    pub(super) fn below<'a>(&self, leaf: &'a Leaf) -> &'a [NotApplicable] {
        self.line.and_then(|at| leaf.not_applicable.get(at..)).unwrap_or_default()
    }
}

/// Every place where a leaf reads a figure, itself or what is worked out of it, less those that are come to by way of
/// another: whatever is sure there is sure further on. A figure that nothing here reads is taken to be read after all lines.
pub(super) fn readings(leaf: &Leaf, figure: FigureId) -> Vec<Reading> {
    let mut walk = Walk { leaf, figure, before: Vec::new(), here: Span::default(), line: None, found: Vec::new() };
    for (at, rule) in leaf.not_applicable.iter().enumerate() {
        (walk.line, walk.here) = (Some(at), rule.line);
        walk.test(&rule.test);
        if let Outcome::Points(award) = &rule.outcome {
            walk.where_so(&[(&rule.test, true)], |walk| walk.expr(award));
        }
        walk.before.push(rule.clone());
    }
    walk.line = None;
    let all = walk.before.clone();
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => walk.meaning(meaning),
        Scoring::PerRow(per_row) => {
            if let Some((Outcome::Points(award), _)) = &per_row.none_left {
                walk.expr(award);
            }
        }
        Scoring::Script { .. } => walk.see(figure),
        Scoring::Entered { .. } => {}
    }
    if walk.found.is_empty() {
        walk.found.push(Reading { before: all, line: None });
    }
    walk.found
}

struct Walk<'a> {
    leaf: &'a Leaf,
    figure: FigureId,
    before: Vec<NotApplicable>,
    here: Span,
    line: Option<usize>,
    found: Vec<Reading>,
}

impl Walk<'_> {
    /// Goes on where conditions have come out so.
    fn where_so(&mut self, said: &[(&Test, bool)], go_on: impl FnOnce(&mut Self)) {
        let known = self.before.len();
        for (test, holds) in said {
            let test = if *holds { test.negated() } else { (*test).clone() };
            self.before.push(NotApplicable { test, outcome: Outcome::Unscored, line: self.here });
        }
        go_on(self);
        self.before.truncate(known);
    }

    fn see(&mut self, id: FigureId) {
        let known = |found: &Reading| self.before.starts_with(&found.before);
        if is_made_of(self.leaf, id, self.figure) && !self.found.iter().any(known) {
            self.found.push(Reading { before: self.before.clone(), line: self.line });
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Test::Answer(id, _) | Test::Option { figure: id, .. } => self.see(*id),
            Test::All(parts) | Test::Any(parts) => {
                let holds = matches!(test, Test::All(_));
                let known = self.before.len();
                for part in parts {
                    self.test(part);
                    let test = if holds { part.negated() } else { part.clone() };
                    self.before.push(NotApplicable { test, outcome: Outcome::Unscored, line: self.here });
                }
                self.before.truncate(known);
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.term {
            Term::Constant(_) | Term::Maximum | Term::Subject => {}
            Term::Figure(id) => self.see(*id),
            Term::Negate(inner)
            | Term::Round(inner, _)
            | Term::Floor(inner)
            | Term::Absolute(inner)
            | Term::Named(_, inner) => self.expr(inner),
            Term::Binary(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Term::Least(parts) | Term::Greatest(parts) => parts.iter().for_each(|part| self.expr(part)),
            Term::If(branch) => {
                self.test(&branch.test);
                self.where_so(&[(&branch.test, true)], |walk| walk.expr(&branch.then));
                self.where_so(&[(&branch.test, false)], |walk| walk.expr(&branch.otherwise));
            }
        }
    }

    fn meaning(&mut self, meaning: &Meaning) {
        match meaning {
            Meaning::Cases { subject, arms } => {
                if let Some(subject) = subject {
                    self.expr(subject);
                }
                self.arms(arms);
            }
            Meaning::Sum(sum) => {
                for part in &sum.parts {
                    self.test(&part.test);
                    self.where_so(&[(&part.test, true)], |walk| walk.expr(&part.award));
                }
            }
            Meaning::Value { expr, floor, cap, .. } => {
                self.expr(expr);
                for limit in floor.iter().chain(cap) {
                    self.expr(limit);
                }
            }
        }
    }

    /// What has no value in a line below the one that decides does not matter.
    fn arms(&mut self, arms: &[Arm]) {
        let known = self.before.len();
        for arm in arms {
            let test = if let Guard::Test(test) = &arm.guard { Some(test) } else { None };
            if let Some(test) = test {
                self.test(test);
            }
            if let Outcome::Points(award) = &arm.outcome {
                let said: Vec<(&Test, bool)> = test.map(|test| (test, true)).into_iter().collect();
                self.where_so(&said, |walk| walk.expr(award));
            }
            if let Some(test) = test {
                self.before.push(NotApplicable { test: test.clone(), outcome: Outcome::Unscored, line: self.here });
            }
        }
        self.before.truncate(known);
    }
}

/// Whether a figure is another, or is worked out of it.
fn is_made_of(leaf: &Leaf, figure: FigureId, of: FigureId) -> bool {
    if figure == of {
        return true;
    }
    // A derived figure reads those before it alone.
    let before = |id: FigureId| id.0 < figure.0 && is_made_of(leaf, id, of);
    match leaf.figures.get(figure.0).map(|figure| &figure.origin) {
        Some(Origin::Worked(expr)) => {
            let mut made = false;
            expr.figures(&mut |id| made |= before(id));
            made
        }
        Some(origin) => origin.peers().is_some_and(|peers| before(peers.of)),
        None => false,
    }
}
