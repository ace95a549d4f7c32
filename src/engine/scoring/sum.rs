//! Checklists: the lines that hold add up, within the limits written.

use super::super::reason::{Item, Reason};
use super::super::value::{Given, NoValue};
use super::{Gives, Scored, cut};
use crate::number::Ratio;
use crate::ruleset::meaning::{Expr, Sum};

/// Scores a checklist.
pub(super) fn score(sum: &Sum, given: Given<'_>) -> Scored {
    let mut total = Ratio::ZERO;
    let mut items = Vec::with_capacity(sum.parts.len());
    for part in &sum.parts {
        let (held, test) = given.test(&part.test)?;
        let award = given.work(&part.award)?;
        if held {
            total = &total + &award.value;
        }
        items.push(Item { line: part.line, label: part.label.clone(), held, test, award, more: Ratio::ZERO });
    }
    let limit = |limit: &Option<Expr>| -> Result<Option<Ratio>, NoValue> {
        limit.as_ref().map(|limit| Ok(given.work(limit)?.value)).transpose()
    };
    let (floor, cap) = (limit(&sum.floor)?, limit(&sum.cap)?);
    let (points, was_cut) = cut(&total, floor.as_ref(), cap.as_ref());
    for item in items.iter_mut().filter(|item| !item.held) {
        let with = &total + &item.award.value;
        item.more = &cut(&with, floor.as_ref(), cap.as_ref()).0 - &points;
    }
    Ok((Gives::Points(points), Reason::Checklist { items, cut: was_cut }))
}
