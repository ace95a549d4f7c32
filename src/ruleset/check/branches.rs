//! Conditions inside a script: none that the figures' bounds, or the conditions around it, decide by themselves.

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, Known, Ranges, Term, decides};
use super::cases;
use crate::diagnostic::{Both, Diagnostic, Expressions};

/// Checks every condition of an expression.
pub(super) fn check(expr: &Expr, leaf: &LeafRanges<'_>, ranges: &dyn Ranges, findings: &mut Vec<Diagnostic>) {
    match &expr.term {
        Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => {}
        Term::Negate(inner)
        | Term::Round(inner, _)
        | Term::Floor(inner)
        | Term::Absolute(inner)
        | Term::Named(_, inner) => check(inner, leaf, ranges, findings),
        Term::Binary(_, left, right) => {
            check(left, leaf, ranges, findings);
            check(right, leaf, ranges, findings);
        }
        Term::Least(parts) | Term::Greatest(parts) => {
            parts.iter().for_each(|part| check(part, leaf, ranges, findings));
        }
        Term::If(branch) => {
            branch.test.sides(&mut |side| check(side, leaf, ranges, findings));
            let always = decides(&branch.test, ranges).or_else(|| cases::always(&branch.test, leaf));
            if let Some(always) = always {
                let words = if always {
                    Both::new("luôn đúng", "always holds")
                } else {
                    Both::new("không bao giờ đúng", "never holds")
                };
                let finding = Diagnostic::new(Expressions::ConstantCondition { always: words }, branch.asked);
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
                return;
            }
            for (holds, value) in [(true, &branch.then), (false, &branch.otherwise)] {
                let known = Known::new(ranges, &branch.test, holds);
                if !known.is_impossible() {
                    check(value, leaf, &known, findings);
                }
            }
        }
    }
}
