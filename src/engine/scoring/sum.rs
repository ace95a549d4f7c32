//! Checklists: the lines that hold add up.

use super::super::reason::{Item, Reason};
use super::super::value::Given;
use super::{Gives, Scored};
use crate::number::Ratio;
use crate::ruleset::meaning::Part;

/// Scores a checklist.
pub(super) fn score(parts: &[Part], given: Given<'_>) -> Scored {
    let mut sum = Ratio::ZERO;
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        let (held, test) = given.test(&part.test)?;
        let award = given.work(&part.award)?;
        if held {
            sum = &sum + &award.value;
        }
        items.push(Item { line: part.line, label: part.label.clone(), held, test, award });
    }
    Ok((Gives::Points(sum), Reason::Checklist(items)))
}
