//! Denominators that can be zero need their "no case arose" line; numerators that may exceed are told.

use super::super::lower::{LeafRanges, bounded_by};
use super::super::meaning::{
    Arm, Edge, Expr, FigureId, Guard, Interval, Kind, Known, Meaning, Outcome, Ranges, Term, Test, never_zero, range,
};
use super::super::model::{Figure, FigureKind, Leaf, Scoring, Side};
use super::super::origin::{Origin, OverRows, Told};
use super::growth::or_declared;
use super::readings::readings;
use super::unheld::unheld;
use super::{witness, zero_first};
use crate::diagnostic::{Both, Diagnostic, Expressions, Problem, Span};
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;

/// Checks every division of a leaf, of which facts are known beside what its lines say.
pub(super) fn check(
    leaf: &Leaf,
    form: Span,
    ranges: &LeafRanges<'_>,
    facts: &[(Test, bool)],
    findings: &mut Vec<Diagnostic>,
) {
    zero_first::lines(leaf, ranges.maximum, facts, findings);
    zero_first::told(leaf, ranges.maximum, findings);
    let Scoring::Declared(_, meaning) = &leaf.scoring else {
        return;
    };
    let mut guards: Vec<&Expr> = Vec::new();
    for rule in &leaf.not_applicable {
        zeros(&rule.test, &mut guards);
    }
    let before = findings.len();
    let mut divisions = Divisions::new(leaf, ranges, findings);
    divisions.know(facts);
    let ranges: &dyn Ranges = ranges;
    for (at, figure) in leaf.figures.iter().enumerate() {
        // What a line reads is looked at with the lines above that one.
        let read = || readings(leaf, FigureId(at)).iter().any(|reading| reading.line.is_some());
        if let Origin::Worked(expr) = &figure.origin
            && !read()
        {
            divisions.check(expr, ranges, &guards, figure.span);
        }
    }
    match meaning {
        Meaning::Cases { subject, arms } => {
            if let Some(subject) = subject {
                // Conditions beside bands are looked at before the subject is.
                let mut before = guards.clone();
                let known = divisions.said.len();
                for arm in arms {
                    if let Guard::Test(test) = &arm.guard {
                        zeros(test, &mut before);
                        divisions.said.push((test, false));
                    }
                }
                divisions.check(subject, ranges, &before, form);
                divisions.said.truncate(known);
                divisions.exceeds(subject, arms);
            }
            for arm in arms {
                let test = if let Guard::Test(test) = &arm.guard { Some(test) } else { None };
                if let Some(test) = test {
                    divisions.test(test, ranges, &guards, arm.words);
                }
                if let Outcome::Points(award) = &arm.outcome {
                    divisions.where_so(test.map(|test| (test, true)), |divisions| {
                        divisions.check(award, ranges, &guards, arm.line);
                    });
                }
                if let Some(test) = test {
                    // A line above that takes the zero guards the lines below.
                    zeros(test, &mut guards);
                    divisions.said.push((test, false));
                }
            }
        }
        Meaning::Sum(sum) => {
            for part in &sum.parts {
                divisions.test(&part.test, ranges, &guards, part.line);
                divisions.where_so(Some((&part.test, true)), |divisions| {
                    divisions.check(&part.award, ranges, &guards, part.line);
                });
            }
        }
        Meaning::Value { expr, .. } => {
            divisions.check(expr, ranges, &guards, form);
        }
    }
    // A line is there, and takes something else.
    let zero = |finding: &&mut Diagnostic| {
        matches!(finding.problem, Problem::Expressions(Expressions::ZeroDenominator { .. }))
    };
    for finding in findings.iter_mut().skip(before).filter(zero) {
        for rule in &leaf.not_applicable {
            let told = Diagnostic::new(finding.problem.clone(), finding.span);
            let told = told.label(rule.line, "dòng này không nhận số 0 ấy", "this line does not take that zero");
            finding.labels.extend(told.labels);
        }
    }
}

/// The expressions whose being zero makes a test hold.
pub(super) fn zeros<'a>(test: &'a Test, into: &mut Vec<&'a Expr>) {
    match test {
        Test::Compare(comparison, left, right) => match (&left.term, &right.term) {
            (_, Term::Constant(at)) if comparison.holds(Ratio::ZERO.cmp(at)) => into.push(left),
            (Term::Constant(at), _) if comparison.holds(at.cmp(&Ratio::ZERO)) => into.push(right),
            _ => {}
        },
        Test::Any(parts) => parts.iter().for_each(|part| zeros(part, into)),
        Test::Answer(..) | Test::Option { .. } | Test::All(_) => {}
    }
}

pub(super) struct Divisions<'a, 'b> {
    leaf: &'a Leaf,
    ranges: &'a LeafRanges<'a>,
    /// How the conditions on the way to where a division stands have come out.
    pub(super) said: Vec<(&'a Test, bool)>,
    /// Denominators that were told: whatever stands further on divides by them in vain.
    told: Vec<Expr>,
    findings: &'b mut Vec<Diagnostic>,
}

impl<'a, 'b> Divisions<'a, 'b> {
    /// Where all lines of a leaf that say that no case arose have not held.
    pub(super) fn new(leaf: &'a Leaf, ranges: &'a LeafRanges<'a>, findings: &'b mut Vec<Diagnostic>) -> Self {
        let said = leaf.not_applicable.iter().flat_map(|rule| unheld(&rule.test, &leaf.figures)).collect();
        Self { leaf, ranges, said, told: Vec::new(), findings }
    }

    /// What is known beside what the lines say.
    pub(super) fn know(&mut self, facts: &'a [(Test, bool)]) {
        self.said.extend(facts.iter().map(|(test, holds)| (test, *holds)));
    }

    /// Looks further where a condition has come out so.
    pub(super) fn where_so(&mut self, said: Option<(&'a Test, bool)>, look: impl FnOnce(&mut Self)) {
        let known = self.said.len();
        self.said.extend(said);
        look(self);
        self.said.truncate(known);
    }

    /// Looks at every division of an expression, with what the conditions on the way to it say.
    pub(super) fn check(&mut self, expr: &'a Expr, ranges: &dyn Ranges, guards: &[&Expr], place: Span) {
        match &expr.term {
            Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => {}
            Term::Negate(inner)
            | Term::Round(inner, _)
            | Term::Floor(inner)
            | Term::Absolute(inner)
            | Term::Named(_, inner) => self.check(inner, ranges, guards, place),
            Term::Binary(operator, left, right) => {
                self.check(left, ranges, guards, place);
                self.check(right, ranges, guards, place);
                if *operator == BinaryOperator::Divide {
                    self.under(right, ranges, guards, place);
                }
            }
            Term::Least(parts) | Term::Greatest(parts) => {
                for part in parts {
                    self.check(part, ranges, guards, place);
                }
            }
            Term::If(branch) => {
                self.test(&branch.test, ranges, guards, branch.asked);
                let sides = [(true, &branch.then, branch.then_at), (false, &branch.otherwise, branch.otherwise_at)];
                for (holds, value, at) in sides {
                    let known = Known::new(ranges, &branch.test, holds);
                    if !known.is_impossible() {
                        self.where_so(Some((&branch.test, holds)), |divisions| {
                            divisions.check(value, &known, guards, at);
                        });
                    }
                }
            }
        }
    }

    /// A condition: what its parts before say is known in the parts after.
    pub(super) fn test(&mut self, test: &'a Test, ranges: &dyn Ranges, guards: &[&Expr], place: Span) {
        match test {
            Test::Compare(_, left, right) => {
                self.check(left, ranges, guards, place);
                self.check(right, ranges, guards, place);
            }
            Test::Answer(..) | Test::Option { .. } => {}
            Test::All(parts) | Test::Any(parts) => {
                let holds = matches!(test, Test::All(_));
                let before = self.said.len();
                let mut known = Known::nothing(ranges);
                for part in parts {
                    self.test(part, &known, guards, place);
                    let said = if holds { vec![(part, true)] } else { unheld(part, &self.leaf.figures) };
                    for (part, holds) in &said {
                        known.assume(part, *holds);
                    }
                    self.said.extend(said);
                }
                self.said.truncate(before);
            }
        }
    }

    /// What stands below the line: proved to be never zero, refuted by figures, or neither.
    fn under(&mut self, under: &Expr, ranges: &dyn Ranges, guards: &[&Expr], place: Span) {
        let under = under.bare();
        if apart_from_zero(under, ranges, guards) || self.told.iter().any(|told| same(told, under)) {
            return;
        }
        let (name, alone, place) = match &under.term {
            Term::Figure(id) => match self.leaf.figures.get(id.0) {
                Some(figure) => (Both::same(format!("`{}`", figure.name)), true, figure.span),
                None => return,
            },
            _ => (Both::new("mẫu số", "the denominator"), false, place),
        };
        let told = |finding: &Diagnostic| {
            matches!(
                finding.problem,
                Problem::Expressions(
                    Expressions::ZeroDenominator { .. }
                        | Expressions::ZeroInRow { .. }
                        | Expressions::ZeroNotProved { .. }
                )
            )
        };
        if self.findings.iter().any(|finding| finding.span == place && told(finding)) {
            return;
        }
        // The second proof costs more, and is asked only where the first does not do and nothing is told yet.
        if never_zero(under, &self.said, self.ranges) {
            return;
        }
        self.told.push(under.clone());
        let or = if self.may_be_declared(under) { or_declared() } else { Both::same("") };
        let problem = match witness::zero(self.leaf, under, &self.said, self.ranges) {
            // What a figure by itself is then need not be said.
            Some(_) if alone => Expressions::ZeroDenominator { name, when: Both::same(""), or },
            Some(Both(vietnamese, english)) => {
                let when = Both::new(format!(", như khi {vietnamese}"), format!(", as when {english}"));
                Expressions::ZeroDenominator { name, when, or }
            }
            None => {
                let line = Both::new("không phát sinh khi … = 0: …", "no case when … = 0: …");
                Expressions::ZeroNotProved { name, line }
            }
        };
        self.findings.push(Diagnostic::new(problem, place));
    }

    /// Whether some figure of it can be declared to be above zero, and is not yet. What was, or what others are, no line
    /// of the set bounds.
    fn may_be_declared(&self, under: &Expr) -> bool {
        let free = |figure: &Figure| {
            let stated = figure.origin.is_own() || matches!(figure.origin, Origin::Worked(_) | Origin::Rows(_));
            stated && figure.range.lower.as_ref().is_none_or(|edge| edge.at <= Ratio::ZERO)
        };
        let mut may = false;
        under.figures(&mut |id| may |= self.leaf.figures.get(id.0).is_some_and(free));
        may
    }

    /// b/a with b not bounded by a, unless some line is written for ratios above 100 %.
    fn exceeds(&mut self, subject: &Expr, arms: &[Arm]) {
        let Term::Binary(BinaryOperator::Divide, over, under) = &subject.term else {
            return;
        };
        let (Term::Figure(top), Term::Figure(bottom)) = (&over.term, &under.term) else {
            return;
        };
        let figures = self.ranges.figures;
        let above_one = arms.iter().any(|arm| match &arm.guard {
            Guard::Within(interval) => {
                let edges = [&interval.lower, &interval.upper];
                let only_above = interval.lower.as_ref().is_some_and(|edge| edge.at == Ratio::ONE && !edge.included);
                only_above || edges.into_iter().flatten().any(|edge| edge.at > Ratio::ONE)
            }
            Guard::Test(_) | Guard::Otherwise => false,
        });
        let above = |possible: &Interval| possible.upper.as_ref().is_none_or(|edge| edge.at > Ratio::ONE);
        let never_negative = |id: FigureId| {
            let lower = figures.get(id.0).and_then(|figure| figure.range.lower.as_ref());
            lower.is_some_and(|edge| !edge.at.is_negative())
        };
        let limits = figures.get(top.0).map_or(&[][..], |figure| figure.limits.as_slice());
        let bounded =
            limits.iter().any(|limit| limit.side == Side::Most && limit.bound.bare().term == Term::Figure(*bottom));
        if bounded && never_negative(*bottom) {
            // As nearly everywhere: nothing need be searched.
            return;
        }
        let possible = range(subject, self.ranges);
        if above_one || subject.kind != Kind::Rate || !above(&possible) {
            return;
        }
        let below = |edge: &Edge| possible.lower.as_ref().is_some_and(|lower| edge.at < lower.at);
        let unreached = arms.iter().any(|arm| match &arm.guard {
            Guard::Within(interval) => [&interval.lower, &interval.upper].into_iter().flatten().any(below),
            Guard::Test(_) | Guard::Otherwise => false,
        });
        if unreached && bounded_by(figures, *bottom, *top) {
            // The lines that are never reached are told, with the bound that says the opposite.
            return;
        }
        if let (Some(numerator), Some(denominator)) = (figures.get(top.0), figures.get(bottom.0)) {
            let (over, under) = (&numerator.name, &denominator.name);
            // With the bound the other way round already there, one more would only close a circle.
            let mend = if bounded_by(figures, *bottom, *top) {
                Both::new(
                    format!(
                        "giới hạn của `{under}` đang nói ngược lại: bỏ nó đi rồi khai `{over}` là `không quá {under}`; nếu tỷ lệ được vượt 100%, viết một dòng cho phần trên 100%"
                    ),
                    format!(
                        "the bound of `{under}` says the opposite: drop it and declare `{over}` as `at most {under}`; if more than 100% is meant, write a line for it"
                    ),
                )
            } else if let Origin::Rows(over) = &numerator.origin {
                of_rows(figures, over, denominator)
            } else if !numerator.origin.is_own() {
                line_above()
            } else {
                Both::new(
                    format!("khai `{over}` là `không quá {under}`"),
                    format!("declare `{over}` as `at most {under}`"),
                )
            };
            let problem = Expressions::NumeratorExceeds { numerator: over.clone(), denominator: under.clone(), mend };
            self.findings.push(Diagnostic::new(problem, numerator.span));
        }
    }
}

/// What to do about a numerator that is told of rows: it has no line of its own, and its column has one.
fn of_rows(figures: &[Figure], over: &OverRows, denominator: &Figure) -> Both {
    let column = |told: &Told| match (told, figures.get(over.list.0).map(|list| &list.kind)) {
        (Told::Sum(Expr { term: Term::Figure(id), .. }), Some(FigureKind::Rows(columns))) => {
            columns.get(id.0).map(|column| column.name.clone())
        }
        _ => None,
    };
    let under = match &denominator.origin {
        Origin::Rows(under) if under.list == over.list => column(&under.told),
        _ => None,
    };
    match (column(&over.told), under) {
        (Some(over), Some(under)) => Both::new(
            format!("khai cột `{over}` là `không quá {under}`"),
            format!("declare the column `{over}` as `at most {under}`"),
        ),
        _ => line_above(),
    }
}

/// What can be written where the numerator has no bound of its own.
fn line_above() -> Both {
    Both::new(
        "viết một dòng cho phần trên 100%: `từ … đến hết 100%`, rồi `trên 100%: tối đa`",
        "write a line for more than 100%: `from … through 100%`, then `above 100%: maximum`",
    )
}

/// Whether an expression is zero nowhere, or only where a line above has decided, as its shape and ranges tell.
fn apart_from_zero(expr: &Expr, ranges: &dyn Ranges, guards: &[&Expr]) -> bool {
    let possible = range(expr, ranges);
    if !possible.contains(&Ratio::ZERO) || guards.iter().any(|guard| same(guard, expr)) {
        return true;
    }
    let negative = |part: &Expr| range(part, ranges).lower.is_none_or(|edge| edge.at.is_negative());
    match &expr.bare().term {
        // A sum of what is never negative is zero only where all of it is.
        Term::Binary(BinaryOperator::Add, one, other) if !negative(one) && !negative(other) => {
            apart_from_zero(one, ranges, guards) || apart_from_zero(other, ranges, guards)
        }
        Term::Binary(BinaryOperator::Multiply, one, other) => {
            apart_from_zero(one, ranges, guards) && apart_from_zero(other, ranges, guards)
        }
        _ => false,
    }
}

/// Whether two expressions say the same, whatever kinds their parts were read as.
fn same(one: &Expr, other: &Expr) -> bool {
    match (&one.bare().term, &other.bare().term) {
        (Term::Binary(first, a, b), Term::Binary(second, c, d)) => first == second && same(a, c) && same(b, d),
        (one, other) => one == other,
    }
}
