//! Sums and counts that an amendment broke, shown as they were and as they are.

use super::super::build::Built;
use super::super::model::{Head, HeadId, Ruleset};
use super::{Change, ChangeKind, Composed};
use crate::diagnostic::{Both, Budget, Diagnostic, Language, Problem, Say, Span};
use crate::language::tree::Level;
use crate::number::Points;

/// Adds the tables before and after to every finding on a sum or a count.
pub(in super::super) fn tables(
    upper: &Ruleset,
    composed: &Composed,
    built: &[Built],
    extends: Span,
    findings: &mut [Diagnostic],
) {
    for finding in findings {
        let (words, span) = match &finding.problem {
            Problem::Budget(Budget::PartsDoNotAddUp { code, .. }) => {
                let Some((_, before)) = composed.old.get(code).and_then(|old| upper.by_code(old)) else { continue };
                let before = before.children.iter().filter_map(|&id| upper.head(id));
                let now = built.iter().find(|built| built.head.code == *code).map(|built| &built.head);
                let now = now.into_iter().flat_map(|head| &head.children);
                let now: Vec<&Head> = now.filter_map(|&HeadId(at)| built.get(at)).map(|built| &built.head).collect();
                let about = |change: &Change| match &change.kind {
                    ChangeKind::Amended { code: changed, .. } | ChangeKind::Split { code: changed, .. } => {
                        changed == code || now.iter().any(|head| head.code == *changed)
                    }
                    ChangeKind::Added { code: added, .. } => now.iter().any(|head| head.code == *added),
                    ChangeKind::Repealed { code: gone, .. } => upper
                        .by_code(gone)
                        .and_then(|(_, head)| upper.head(head.parent?))
                        .is_some_and(|above| composed.old.get(code) == Some(&above.code)),
                    _ => false,
                };
                let span = composed.changes.iter().find(|change| about(change)).map_or(extends, |change| change.span);
                (both(&sum(before), &sum(now.iter().copied())), span)
            }
            Problem::Budget(Budget::ScaleMismatch { .. } | Budget::ExtractAboveScale { .. }) => {
                let before = upper.roots.iter().filter_map(|&id| upper.head(id));
                let now = built.iter().map(|built| &built.head).filter(|head| head.is_top());
                (both(&sum(before), &sum(now)), extends)
            }
            Problem::Budget(Budget::CountMismatch { .. }) => {
                let now = built.iter().map(|built| &built.head);
                (both(&counts(upper.heads.iter()), &counts(now)), extends)
            }
            _ => continue,
        };
        let told = std::mem::replace(finding, Diagnostic::new(finding.problem.clone(), finding.span));
        *finding =
            Diagnostic { labels: told.labels, fixes: told.fixes, ..finding.clone() }.label(span, words.0, words.1);
    }
}

fn both(before: &Both, now: &Both) -> Both {
    Both::new(format!("trước: {}; nay: {}", before.0, now.0), format!("before: {}; after: {}", before.1, now.1))
}

/// `1.1 1,5 + 1.2 1 = 2,5`.
fn sum<'a>(heads: impl Iterator<Item = &'a Head>) -> Both {
    let heads: Vec<&Head> = heads.collect();
    let total: Points = heads.iter().map(|head| head.maximum.clone()).sum();
    let one = |language: Language| {
        let parts = heads.iter().map(|head| format!("{} ({})", head.maximum.say(language), head.code));
        format!("{} = {}", parts.collect::<Vec<_>>().join(" + "), total.say(language))
    };
    Both::new(one(Language::Vietnamese), one(Language::English))
}

fn counts<'a>(heads: impl Iterator<Item = &'a Head>) -> Both {
    let mut numbers = [0_usize; 3];
    for head in heads {
        let at = match head.level {
            Level::Area => 0,
            Level::Criterion => 1,
            Level::SubCriterion => 2,
            Level::Bonus | Level::Penalty => continue,
        };
        if let Some(number) = numbers.get_mut(at) {
            *number += 1;
        }
    }
    let [areas, criteria, parts] = numbers;
    Both::new(
        format!("{areas} lĩnh vực, {criteria} tiêu chí, {parts} thành phần"),
        format!("areas {areas}, criteria {criteria}, sub-criteria {parts}"),
    )
}
