//! What is asked of a checked set: its parts by name, code or place, and what follows from where they stand.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::blocks::{Block, UnitRule};
use super::compose::Identity;
use super::meaning::{FigureId, Test};
use super::model::{Decision, Figure, Head, HeadId, Leaf, Ruleset};
use crate::diagnostic::Span;
use crate::language::tree::{Aggregation, GradeFrom, Level, Provenance};
use crate::language::{days, fold};
use crate::number::{Points, Ratio};

impl Ruleset {
    /// The set as it is for a block; itself where no score depends on it, or the block is not known.
    pub fn of_block(&self, block: Option<&str>) -> &Self {
        block.and_then(|block| self.by_block.get(block)).map_or(self, Arc::as_ref)
    }

    /// The block that a sheet or a register names, by its name or its title.
    pub fn block(&self, said: &str) -> Option<&Block> {
        let said = fold(said);
        self.blocks.iter().find(|block| fold(&block.name) == said || fold(&block.title) == said)
    }

    /// Whether a unit below the last cut has no grade.
    pub fn leaves_ungraded(&self) -> bool {
        self.grades.last().is_some_and(|last| last.from != GradeFrom::Otherwise)
    }

    /// What the set says of a unit by name.
    pub fn unit(&self, name: &str) -> Option<&UnitRule> {
        if self.units.is_empty() {
            return None;
        }
        let name = fold(name);
        self.units.iter().find(|rule| fold(&rule.unit) == name)
    }

    /// The last day of the period that it assesses, in days since 1970-01-01: that of its year where it states none.
    pub fn last_day(&self) -> i32 {
        let end_of_year = || days(i16::try_from(self.year).unwrap_or(i16::MAX), 12, 31).unwrap_or(i32::MAX);
        self.round.period.as_ref().map_or_else(end_of_year, |period| period.through.value)
    }

    /// The days that a date of a figure is expected in: the period, unless it looks beyond; else the years around the
    /// set's own. A plan may be of ten years, and what it replaces a hundred years old; more is a slip of the pen.
    pub fn days_expected(&self, figure: &Figure) -> RangeInclusive<i32> {
        if let Some(period) = self.round.period.as_ref().filter(|_| !figure.beyond_period) {
            return period.from.value..=period.through.value;
        }
        let year = i16::try_from(self.year).unwrap_or(i16::MAX);
        let first = year.checked_sub(100).and_then(|year| days(year, 1, 1));
        let last = year.checked_add(10).and_then(|year| days(year, 12, 31));
        first.unwrap_or(i32::MIN)..=last.unwrap_or(i32::MAX)
    }

    /// A head of this ruleset.
    pub fn head(&self, id: HeadId) -> Option<&Head> {
        self.heads.get(id.0)
    }

    /// The head with a code.
    pub fn by_code(&self, code: &str) -> Option<(HeadId, &Head)> {
        self.heads.iter().enumerate().find(|(_, head)| head.code == code).map(|(at, head)| (HeadId(at), head))
    }

    /// The heads above one, the nearest first.
    pub fn above(&self, head: &Head) -> impl Iterator<Item = &Head> {
        let parent = |head: &Head| head.parent.and_then(|id| self.head(id));
        std::iter::successors(parent(head), move |above| parent(above))
    }

    /// The leaves, in the order of the text.
    pub fn leaves(&self) -> impl Iterator<Item = (HeadId, &Head, &Leaf)> {
        self.heads.iter().enumerate().filter_map(|(at, head)| head.leaf.as_ref().map(|leaf| (HeadId(at), head, leaf)))
    }

    /// Where the numbers of a head come from: its own sources, or the nearest above.
    pub fn provenance_of(&self, id: HeadId) -> &[Provenance] {
        let mut at = Some(id);
        while let Some(head) = at.and_then(|id| self.head(id)) {
            if !head.provenance.is_empty() {
                return &head.provenance;
            }
            at = head.parent;
        }
        &self.provenance
    }

    /// The area that a head lies in: its topmost head.
    pub fn top_of(&self, id: HeadId) -> HeadId {
        let mut top = id;
        while let Some(parent) = self.head(top).and_then(|head| head.parent) {
            top = parent;
        }
        top
    }

    /// Whether a head is another, or lies somewhere below it.
    pub fn lies_under(&self, id: HeadId, above: HeadId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.head(id).and_then(|head| head.parent);
        }
        false
    }

    /// What tells it from other sets.
    pub fn identity(&self) -> Identity {
        Identity { path: self.path.clone(), year: self.year, edition: self.edition }
    }

    /// `path year`, as messages name the set; a later edition with its number.
    pub fn name(&self) -> String {
        self.identity().name()
    }

    /// The decisions that the lines of a head, and of what its rule reads, stand in, the first one first; one only, where the set extends none.
    pub fn decisions_of(&self, id: HeadId) -> Vec<&Decision> {
        let Some(head) = self.head(id) else { return Vec::new() };
        let own = |decision: &Decision| head.texts.contains(&decision.source);
        let first = self.decisions.iter().position(own);
        // What was settled for all before the head was written amends nothing of it.
        let later = |at: usize, decision: &Decision| {
            first.is_some_and(|first| at > first) && head.felt.contains(&decision.source)
        };
        let all = self.decisions.iter().enumerate();
        all.filter(|(at, decision)| own(decision) || later(*at, decision)).map(|(_, decision)| decision).collect()
    }

    /// The heads outside the scale of one kind, in the order of the text.
    pub fn outside(&self, level: Level) -> impl Iterator<Item = (HeadId, &Head)> {
        let heads = self.heads.iter().enumerate().filter(move |(_, head)| head.level == level && level.is_outside());
        heads.map(|(at, head)| (HeadId(at), head))
    }

    /// Whether some head stands outside the scale.
    pub fn has_outside(&self) -> bool {
        self.heads.iter().any(|head| head.level.is_outside())
    }

    /// The most that the index can be after bonus and penalty; nothing where no line says.
    pub fn index_most(&self) -> Option<&Ratio> {
        let rules = [&self.bonus, &self.penalty].into_iter().flatten();
        rules.filter_map(|rule| rule.index.as_ref()).min()
    }

    /// The points that the top heads carry, without those that are not in the table of the block that the set is read
    /// for; under a weighted mean, the scale.
    pub fn transcribed(&self) -> Points {
        match self.aggregation {
            Aggregation::Sum => {
                let tops = self.roots.iter().filter_map(|&id| self.head(id)).filter(|head| !head.left_out());
                tops.map(|head| head.maximum.clone()).sum()
            }
            Aggregation::WeightedMean | Aggregation::Weakest => self.scale.clone(),
        }
    }
}

impl Leaf {
    /// The figure with a name; that of a derived one is words of a language, and reads as keywords do, in either
    /// language: what a sheet says does not hang on the language that its set is written in.
    pub fn figure(&self, name: &str) -> Option<(FigureId, &Figure)> {
        let figures = || self.figures.iter().enumerate();
        let folded = || fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
        figures()
            .find(|(_, figure)| figure.name == name)
            .or_else(|| {
                let folded = folded();
                figures()
                    .find(|(_, figure)| figure.origin.is_derived() && figure.names().any(|name| fold(name) == folded))
            })
            .map(|(at, figure)| (FigureId(at), figure))
    }

    /// Whether it reads a figure that the sheet states elsewhere.
    pub fn reads_elsewhere(&self) -> bool {
        self.figures.iter().any(|figure| figure.origin.stated_at().is_some())
    }

    /// The "no case arose" line that takes every case in which a condition holds, before any line of the rule is looked
    /// at; nothing where none is seen to.
    pub fn kept_from(&self, test: &Test) -> Option<Span> {
        self.not_applicable.iter().find(|rule| implies(test, &rule.test)).map(|rule| rule.line)
    }

    /// Whether it reads a value that the unit does not state of itself.
    pub fn has_derived(&self) -> bool {
        self.figures.iter().any(|figure| figure.origin.is_derived())
    }
}

/// Whether a condition is, or contains, what makes another hold.
fn implies(test: &Test, other: &Test) -> bool {
    test == other
        || matches!(other, Test::Any(parts) if parts.iter().any(|part| implies(test, part)))
        || matches!(test, Test::All(parts) if parts.iter().any(|part| implies(part, other)))
}
