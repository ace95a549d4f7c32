//! Checklists in words: each line, what it gave or took, and the sum that was cut.

use super::reason::Teller;
use super::{numbers, test};
use crate::engine::{Cut, Item};
use crate::number::Points;
use crate::ruleset::Scoring;

impl Teller<'_> {
    /// A line that holds, with what it was held by; a line that does not, with what was stated instead.
    pub(super) fn item(&self, item: &Item) -> String {
        let takes_off = item.award.value.is_negative();
        // What takes points off is good where it does not hold.
        let bad = takes_off != self.penalty();
        let sign = if item.held == bad { "✗" } else { "✓" };
        let plus = match (takes_off, self.penalty()) {
            (true, _) => "",
            (false, true) => "-",
            (false, false) => "+",
        };
        let points = numbers::plain(self.context, &item.award.value);
        match (&item.label, item.held) {
            (Some(label), true) => format!("{sign} {label}: {plus}{points}"),
            (Some(label), false) => format!("{sign} {label}: 0"),
            (None, true) => format!("{sign} {}: {plus}{points}", test::tested(self.context, self.leaf, &item.test)),
            (None, false) => {
                let stated = test::stated(self.context, self.leaf, &item.test);
                format!("{sign} {}: 0 ({stated})", self.asked(item))
            }
        }
    }

    /// What a line of a checklist asks.
    fn asked(&self, item: &Item) -> String {
        use crate::ruleset::meaning::Meaning;
        let rule = match &self.leaf.scoring {
            Scoring::Declared(_, Meaning::Sum(sum)) => sum.parts.iter().find(|part| part.line == item.line),
            _ => None,
        };
        match (&item.label, rule) {
            (Some(label), _) => label.clone(),
            (None, Some(part)) => test::test(self.context, self.leaf, &part.test),
            (None, None) => test::tested(self.context, self.leaf, &item.test),
        }
    }

    pub(super) fn missed(&self, item: &Item) -> String {
        let what = self.asked(item);
        let points = numbers::points(self.context, &Points::new(item.more.clone()));
        if self.penalty() {
            self.pick(format!("trừ thêm {points} nếu: {what}"), format!("{points} more off if: {what}"))
        } else {
            self.pick(format!("còn {points} ở: {what}"), format!("{points} more for: {what}"))
        }
    }

    /// The sum of a checklist that was cut: `0,15 + 0,1 + 0,25 = 0,5`, and to what.
    pub(super) fn sum_cut(&self, items: &[Item], cut: &Cut) -> String {
        let held = || items.iter().filter(|item| item.held).map(|item| &item.award.value);
        let mut terms = String::new();
        for value in held() {
            let sign = match (terms.is_empty(), value.is_negative()) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            };
            terms.push_str(&format!("{sign}{}", numbers::plain(self.context, &value.abs())));
        }
        let sum = numbers::plain(self.context, &held().cloned().sum());
        format!("{terms} = {sum}{}", self.cut(Some(cut)))
    }
}
