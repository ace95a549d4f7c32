//! Counts that the decision states: areas, criteria and sub-criteria.

use super::super::build::Built;
use super::super::draft::Draft;
use super::super::header::Header;
use crate::diagnostic::{Both, Budget, Diagnostic};
use crate::language::tree::{Count, CountedFor, Level, Statement};

/// Compares every stated count with what is there, where all of it is there.
pub(super) fn check(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let frame = header.frame.is_some();
    let there = There { specific: specific(header, draft, built), built };
    for count in &header.counts {
        conflict(count, findings);
        let counted = built.iter().filter(|built| built.head.level == count.level).count();
        // A frame has no leaves, so its parts' stated counts are added up instead; one without any head has only what
        // it says of the two kinds to compare.
        let found = match (frame && counted == 0, built.is_empty()) {
            (true, true) => of_both_kinds(&header.counts, count),
            (true, false) => stated_below(built, count),
            (false, _) => Some(there.count(count, |_| true)),
        };
        let copied_in_part = !header.extracts.is_empty() || built.iter().any(|built| !built.head.extracts.is_empty());
        let whole = !copied_in_part || frame;
        if let (Some(found), true) = (found, whole) {
            compare(count, found, findings);
        }
    }
    for built in built {
        built.head.counts.iter().for_each(|count| conflict(count, findings));
    }
    under_heads(&there, frame, findings);
}

/// The heads that are there.
struct There<'a> {
    built: &'a [Built],
    /// Which of them are for some blocks only.
    specific: Vec<bool>,
}

impl There<'_> {
    /// How many of what a line counts, among those wanted.
    fn count(&self, count: &Count, wanted: impl Fn(&Built) -> bool) -> usize {
        let of_kind = |specific: bool| match count.only {
            None => true,
            Some(CountedFor::EveryBlock) => !specific,
            Some(CountedFor::SomeBlocks) => specific,
        };
        let heads = self.built.iter().zip(&self.specific);
        heads
            .filter(|(built, specific)| built.head.level == count.level && of_kind(**specific) && wanted(built))
            .count()
    }
}

/// Which heads are for some blocks only: their own line says so, or that of a head above.
fn specific(header: &Header<'_>, draft: &Draft<'_>, built: &[Built]) -> Vec<bool> {
    let narrows = |statement: &Statement| match statement {
        Statement::OnlyBlock(named) => {
            header.blocks.iter().any(|(block, _)| named.iter().all(|one| one.value != block.name.value))
        }
        _ => false,
    };
    let mut specific: Vec<bool> = Vec::with_capacity(built.len());
    for built in built {
        let own = draft.heads.iter().find(|draft| draft.span == built.head.span);
        let own = own.is_some_and(|draft| draft.lines.iter().any(|(statement, _)| narrows(statement)));
        // Children stand after their parents.
        let above = built.head.parent.and_then(|parent| specific.get(parent.0)).copied().unwrap_or(false);
        specific.push(own || above);
    }
    specific
}

/// What the parts of a frame state together; nothing where none of them says.
fn stated_below(built: &[Built], count: &Count) -> Option<usize> {
    built
        .iter()
        .filter(|built| built.head.is_top())
        .map(|built| {
            let same = |below: &&Count| below.level == count.level && below.only == count.only;
            built.head.counts.iter().find(same).map(|below| below.count.value)
        })
        .sum()
}

/// What those for all blocks and those for some come to, where a line counts all there are.
fn of_both_kinds(counts: &[Count], count: &Count) -> Option<usize> {
    let of = |kind: CountedFor| {
        let one = counts.iter().find(|other| other.level == count.level && other.only == Some(kind));
        one.map(|one| one.count.value)
    };
    match count.only {
        None => Some(of(CountedFor::EveryBlock)? + of(CountedFor::SomeBlocks)?),
        Some(_) => None,
    }
}

fn under_heads(there: &There<'_>, frame: bool, findings: &mut Vec<Diagnostic>) {
    for (at, head) in there.built.iter().enumerate() {
        for count in &head.head.counts {
            let counted = there.count(count, |below| lies_under(below, at, there.built));
            let partial = !head.head.extracts.is_empty();
            if !(frame && counted == 0 || partial) {
                compare(count, counted, findings);
            }
        }
    }
}

fn lies_under(below: &Built, above: usize, built: &[Built]) -> bool {
    let mut parent = below.head.parent;
    while let Some(id) = parent {
        if id.0 == above {
            return true;
        }
        parent = built.get(id.0).and_then(|built| built.head.parent);
    }
    false
}

/// What the heads of a level are called.
pub(super) fn words(level: Level) -> Both {
    match level {
        Level::Area => Both::new("lĩnh vực", "areas"),
        Level::Criterion => Both::new("tiêu chí", "criteria"),
        Level::SubCriterion => Both::new("thành phần", "sub-criteria"),
        Level::Bonus => Both::new("điểm thưởng", "bonuses"),
        Level::Penalty => Both::new("điểm phạt", "penalties"),
    }
}

/// What a line counts.
fn counted_words(count: &Count) -> Both {
    let level = words(count.level);
    match count.only {
        None => level,
        Some(CountedFor::EveryBlock) => Both::new(format!("{} chung", level.0), format!("{} for all", level.1)),
        Some(CountedFor::SomeBlocks) => Both::new(format!("{} riêng", level.0), format!("{} for some", level.1)),
    }
}

fn conflict(count: &Count, findings: &mut Vec<Diagnostic>) {
    if let Some(other) = &count.other {
        let problem =
            Budget::CountsConflict { level: counted_words(count), stated: count.count.value, other: other.value };
        findings.push(Diagnostic::new(problem, count.count.span.to(other.span)));
    }
}

fn compare(count: &Count, counted: usize, findings: &mut Vec<Diagnostic>) {
    let other = count.other.as_ref().is_some_and(|other| other.value == counted);
    if counted != count.count.value && !other {
        let mend = if counted < count.count.value {
            Both::new("kiểm tra xem có sót mục nào khi chép", "see whether a head was left out")
        } else {
            Both::new(
                "kiểm tra xem có mục nào chép hai lần, hoặc ghi nhầm cấp; hoặc sửa số ở dòng này",
                "see whether a head was copied twice or is of another level; or mend the number in this line",
            )
        };
        let problem = Budget::CountMismatch { level: counted_words(count), counted, stated: count.count.value, mend };
        findings.push(Diagnostic::new(problem, count.count.span));
    }
}
