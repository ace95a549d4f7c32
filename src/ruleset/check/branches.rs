//! Conditions inside a script: none that the figures' bounds, or the conditions around it, decide by themselves.

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, Known, Ranges, Term, decides};
use super::cases;
use crate::diagnostic::{Both, Diagnostic, Expressions, Span};

/// Checks every condition. One written once may stand in many places, once for each use of a variable: it is told only
/// where it comes out the same in all of them.
pub(super) fn check(expr: &Expr, leaf: &LeafRanges<'_>, ranges: &dyn Ranges, findings: &mut Vec<Diagnostic>) {
    let mut asked = Asked { leaf, told: Vec::new() };
    asked.walk(expr, ranges);
    for (place, always) in asked.told {
        let words = match always {
            Some(true) => Both::new("luôn đúng", "always holds"),
            Some(false) => Both::new("không bao giờ đúng", "never holds"),
            None => continue,
        };
        findings.push(Diagnostic::new(Expressions::ConstantCondition { always: words }, place));
    }
}

struct Asked<'a> {
    leaf: &'a LeafRanges<'a>,
    /// Each condition by its place: how it always comes out, if it does.
    told: Vec<(Span, Option<bool>)>,
}

impl Asked<'_> {
    fn walk(&mut self, expr: &Expr, ranges: &dyn Ranges) {
        match &expr.term {
            Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => {}
            Term::Negate(inner)
            | Term::Round(inner, _)
            | Term::Floor(inner)
            | Term::Absolute(inner)
            | Term::Named(_, inner) => self.walk(inner, ranges),
            Term::Binary(_, left, right) => {
                self.walk(left, ranges);
                self.walk(right, ranges);
            }
            Term::Least(parts) | Term::Greatest(parts) => parts.iter().for_each(|part| self.walk(part, ranges)),
            Term::If(branch) => {
                branch.test.sides(&mut |side| self.walk(side, ranges));
                let always = decides(&branch.test, ranges).or_else(|| cases::always(&branch.test, self.leaf));
                match self.told.iter_mut().find(|(place, _)| *place == branch.asked) {
                    Some((_, known)) => *known = known.filter(|known| always == Some(*known)),
                    None => self.told.push((branch.asked, always)),
                }
                for (holds, value) in [(true, &branch.then), (false, &branch.otherwise)] {
                    let known = Known::new(ranges, &branch.test, holds);
                    if always != Some(!holds) && !known.is_impossible() {
                        self.walk(value, &known);
                    }
                }
            }
        }
    }
}
