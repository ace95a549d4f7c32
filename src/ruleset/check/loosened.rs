//! A threshold that asks for less than that of the set extended.

use super::super::build::Built;
use super::super::compose::{ChangeKind, Composed};
use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Expr, Guard, Interval, Meaning};
use super::super::model::{Head, Leaf, Ruleset, Scoring};
use super::{awards, bands};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Language, SourceId, Span};
use crate::number::Ratio;

/// Warns where bands that were amended give at least as much everywhere, and more somewhere.
pub(in super::super) fn loosened(
    upper: &Ruleset,
    composed: &Composed,
    built: &[Built],
    (source, extends): (SourceId, Span),
    findings: &mut Vec<Diagnostic>,
) {
    let parameter = composed.changes.iter().find(|change| matches!(change.kind, ChangeKind::Parameter { .. }));
    for built in built.iter().filter(|built| !built.notes.damaged) {
        let Some((_, before)) = composed.old.get(&built.head.code).and_then(|old| upper.by_code(old)) else { continue };
        let (Some(ladder), Some(now)) = (Ladder::of(before), Ladder::of(&built.head)) else { continue };
        if ladder.subject != now.subject {
            continue;
        }
        if let Some((at, before, now_given)) = ladder.looser(&now) {
            let own = now.arms.iter().find(|arm| arm.line.source == source).map(|arm| arm.line);
            let span = own.or(parameter.map(|change| change.span)).unwrap_or(extends);
            let problem = Inheritance::Loosened {
                code: built.head.code.clone(),
                at: bands::value_words(&at, now.subject.kind),
                before: percent(&before),
                now: percent(&now_given),
            };
            findings.push(Diagnostic::new(problem, span));
        }
    }
}

fn percent(share: &Ratio) -> Both {
    let one = |language: Language| share.percent(language.decimal_mark());
    Both::new(one(Language::Vietnamese), one(Language::English))
}

/// The bands of a leaf.
struct Ladder<'a> {
    head: &'a Head,
    leaf: &'a Leaf,
    subject: &'a Expr,
    arms: &'a [Arm],
}

impl<'a> Ladder<'a> {
    fn of(head: &'a Head) -> Option<Self> {
        let leaf = head.leaf.as_ref()?;
        match &leaf.scoring {
            Scoring::Declared(_, Meaning::Cases { subject: Some(subject), arms }) => {
                Some(Self { head, leaf, subject, arms })
            }
            _ => None,
        }
    }

    /// A value at which the other ladder gives more, if it gives less at none.
    fn looser(&self, other: &Self) -> Option<(Ratio, Ratio, Ratio)> {
        let mut found = None;
        for at in values(self.arms.iter().chain(other.arms)) {
            let (Some(before), Some(now)) = (self.share(&at), other.share(&at)) else { continue };
            if now < before {
                return None;
            }
            if now > before && found.is_none() {
                found = Some((at, before, now));
            }
        }
        found
    }

    /// The share of the maximum that a value earns, where that is one number.
    fn share(&self, at: &Ratio) -> Option<Ratio> {
        let ranges = LeafRanges {
            figures: &self.leaf.figures,
            maximum: self.head.maximum.ratio(),
            subject: Interval::point(at.clone()),
        };
        let within = |interval: &Interval| interval.intersect(&Interval::point(at.clone())).single().is_some();
        let arm = self.arms.iter().find(|arm| matches!(&arm.guard, Guard::Within(interval) if within(interval)))?;
        let award = awards::points(&arm.outcome)?;
        let given = awards::given(award, &Interval::point(at.clone()), &ranges);
        given.single()?.checked_div(self.head.maximum.ratio())
    }
}

/// Every edge, the middle between two, and one beyond each end.
fn values<'a>(arms: impl Iterator<Item = &'a Arm>) -> Vec<Ratio> {
    let mut edges: Vec<Ratio> = arms
        .filter_map(|arm| match &arm.guard {
            Guard::Within(interval) => Some([&interval.lower, &interval.upper]),
            _ => None,
        })
        .flatten()
        .flatten()
        .map(|edge| edge.at.clone())
        .collect();
    edges.sort();
    edges.dedup();
    let half = Ratio::ONE.checked_div(&Ratio::from(2)).unwrap_or(Ratio::ONE);
    let between: Vec<Ratio> =
        edges.windows(2).filter_map(|pair| Some(&(pair.first()? + pair.last()?) * &half)).collect();
    let beyond = edges.last().map(|last| last + &Ratio::ONE);
    // Half of what is not above zero is not below it.
    let below = edges.first().map(|first| if *first > Ratio::ZERO { first * &half } else { first - &Ratio::ONE });
    edges.into_iter().chain(between).chain(beyond).chain(below).collect()
}
