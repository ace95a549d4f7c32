//! Heads: areas, criteria and sub-criteria.

use super::super::keyword::Keyword;
use super::super::tree::{Head, Level, Method};
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn head(&mut self, head: &Head) {
        self.level(head.level).word(&head.code.value).string(&head.title.value);
        self.worth(head);
    }

    /// What stands after a head's name.
    pub(super) fn worth(&mut self, head: &Head) {
        if let Some(points) = &head.points {
            self.mark(":").points(&points.value).block_points(&head.block_points);
        }
        if let Some(weight) = &head.weight {
            let mark = if head.points.is_some() { "," } else { ":" };
            self.mark(mark).keyword(Keyword::Weight).number(weight);
            if head.points.is_none() {
                self.block_points(&head.block_points);
            }
        }
        if let Some(floor) = &head.floor {
            self.mark(",").keyword(Keyword::Floor).keyword(Keyword::Minus).points(&floor.value);
        }
        match head.method.as_ref().map(|method| method.value) {
            Some(Method::AppraiserOnly) => self.mark(",").keyword(Keyword::AppraiserOnly),
            Some(Method::Survey) => self.mark(",").keyword(Keyword::Survey),
            Some(Method::External) => self.mark(",").keyword(Keyword::External),
            // The usual method has no words.
            Some(Method::Appraised) | None => self,
        };
    }

    pub(super) fn level(&mut self, level: Level) -> &mut Self {
        self.keyword(match level {
            Level::Area => Keyword::Area,
            Level::Criterion => Keyword::Criterion,
            Level::SubCriterion => Keyword::SubCriterion,
            Level::Bonus => Keyword::Bonus,
            Level::Penalty => Keyword::Penalty,
        })
    }
}
