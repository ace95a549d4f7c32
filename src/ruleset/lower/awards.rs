//! Awards: points, shares of the maximum, proportional and interpolated points.

use super::super::meaning::{Expr, Interval, Kind, Outcome, Term, range};
use super::forms::has_figure;
use super::{LeafRanges, Scope};
use crate::diagnostic::{Bands, Both, Expressions, Span};
use crate::language::tree::{AwardKind, BinaryOperator, Effect, EffectKind, Number};
use crate::number::Ratio;

/// What an award may go by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    /// The kind of the subject; nothing in a condition or a checklist.
    pub(super) kind: Option<Kind>,
    /// The band, where there is one.
    pub(super) band: Option<&'a Interval>,
}

impl Subject<'_> {
    /// No subject at all.
    pub(super) const NONE: Self = Subject { kind: None, band: None };
}

impl Scope<'_> {
    /// Points, or a status.
    pub(in super::super) fn outcome(&mut self, effect: &Effect) -> Option<Outcome> {
        Some(match &effect.kind {
            EffectKind::Award(award) => Outcome::Points(self.award(award, effect.span, Subject::NONE)?),
            EffectKind::OutOfScale => Outcome::OutOfScale,
            EffectKind::Unscored => Outcome::Unscored,
        })
    }

    /// The points of a line as an expression.
    pub(super) fn award(&mut self, award: &AwardKind, span: Span, subject: Subject<'_>) -> Option<Expr> {
        Some(match award {
            AwardKind::Maximum => Expr::maximum(),
            AwardKind::Points(number) => points(number),
            AwardKind::Share(share) => multiply(Expr::constant(Kind::Rate, share.value.clone())),
            AwardKind::Proportional => match subject.kind {
                Some(Kind::Rate) => multiply(capped(the_subject(Kind::Rate))),
                Some(_) => {
                    self.find(Bands::ProportionalAmount {}, span);
                    return None;
                }
                None => {
                    self.find(Bands::NoSubject {}, span);
                    return None;
                }
            },
            AwardKind::ProportionalTo(target) => {
                let Some(kind) = subject.kind else {
                    self.find(Bands::NoSubject {}, span);
                    return None;
                };
                let target = self.number(target)?;
                self.edge_kind(kind, &target, span)?;
                let none = LeafRanges { figures: &[], maximum: self.maximum, subject: Interval::ALL };
                if !has_figure(&target) && range(&target, &none).single().is_some_and(Ratio::is_zero) {
                    let what = Both::new(
                        "đích của `tỷ lệ thuận đến …` bằng 0: không có gì để so",
                        "the target of `proportional to …` is zero: there is nothing to compare with",
                    );
                    let mend = Both::new("viết một đích lớn hơn 0", "write a target above zero");
                    self.find(Expressions::ZeroWritten { what, mend }, span);
                    return None;
                }
                multiply(capped(Expr::binary(Kind::Rate, BinaryOperator::Divide, the_subject(kind), target)))
            }
            AwardKind::Interpolate(from, to) => {
                let Some(kind) = subject.kind else {
                    self.find(Bands::NoSubject {}, span);
                    return None;
                };
                let edges = subject.band.and_then(|band| Some((&band.lower.as_ref()?.at, &band.upper.as_ref()?.at)));
                let Some((low, high)) = edges.filter(|(low, high)| low < high) else {
                    self.find(Bands::OpenInterpolation {}, span);
                    return None;
                };
                interpolate(kind, low, high, from, to)
            }
        })
    }
}

fn points(number: &Number) -> Expr {
    Expr::constant(Kind::Points, number.value.clone())
}

fn the_subject(kind: Kind) -> Expr {
    Expr { kind, term: Term::Subject }
}

/// Never above 100 %.
fn capped(rate: Expr) -> Expr {
    Expr { kind: Kind::Rate, term: Term::Least(vec![rate, Expr::constant(Kind::Rate, Ratio::ONE)]) }
}

/// The maximum times a rate.
fn multiply(rate: Expr) -> Expr {
    Expr::binary(Kind::Points, BinaryOperator::Multiply, Expr::maximum(), rate)
}

/// `from + (to − from) × (x − low) / (high − low)`.
fn interpolate(kind: Kind, low: &Ratio, high: &Ratio, from: &Number, to: &Number) -> Expr {
    let over = Expr::binary(kind, BinaryOperator::Subtract, the_subject(kind), Expr::constant(kind, low.clone()));
    let under = Expr::constant(kind, high - low);
    let share = Expr::binary(Kind::Rate, BinaryOperator::Divide, over, under);
    let rise = Expr::constant(Kind::Points, &to.value - &from.value);
    let risen = Expr::binary(Kind::Points, BinaryOperator::Multiply, rise, share);
    Expr::binary(Kind::Points, BinaryOperator::Add, points(from), risen)
}
