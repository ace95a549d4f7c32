//! What no record of a stream shows alone.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Told;
use crate::analysis::standing::Standing;
use crate::diagnostic::{Both, Diagnostic, Sheet, SourceId, Span};
use crate::engine::Plan;
use crate::language::fold;

/// A name without its marks and capitals, short enough to keep a million of them.
pub(super) fn shadow(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    fold(name).hash(&mut hasher);
    hasher.finish()
}

/// Units whose names differ in marks and capitals alone, as [`names_alike`](crate::submission::names_alike) tells them.
pub(super) fn alike(standings: &[Standing], unsound: &[(u64, Box<str>)], shadows: Vec<u64>) -> Vec<Told> {
    let of_standings = shadows.into_iter().zip(standings).map(|(shadow, one)| (shadow, one.number, &*one.unit));
    let of_unsound = unsound.iter().map(|(line, unit)| (shadow(unit), *line, &**unit));
    let mut names: Vec<(u64, u64, &str)> = of_standings.chain(of_unsound).collect();
    names.sort_unstable();
    let mut told = Vec::new();
    for group in names.chunk_by(|one, other| one.0 == other.0) {
        let Some(((_, _, first), later)) = group.split_first() else { continue };
        let differ = later.iter().filter(|(_, _, name)| name != first && fold(name) == fold(first));
        told.extend(differ.map(|&(_, line, name)| {
            let problem = Sheet::NamesAlike { unit: name.to_owned(), other: (*first).to_owned() };
            of_unit(line, name, problem)
        }));
    }
    told.sort_by_key(|told| told.line);
    told
}

/// A finding about a unit's name.
fn of_unit(line: u64, unit: &str, problem: Sheet) -> Told {
    let span = Span::new(SourceId(0), 0, unit.len());
    let diagnostics = vec![Diagnostic::new(problem, span)];
    Told { line, text: unit.to_owned(), above: None, of_header: false, diagnostics }
}

/// What no record shows alone, by the rule of [`validate_round`](crate::submission::validate_round): a unit that stands
/// twice, its first sheet sound or not, and sheets that do not agree on whether a survey was held. The later one is not
/// ranked, and told.
pub(super) fn refused(plan: &Plan, standings: &mut Vec<Standing>, unsound: &[(u64, Box<str>)]) -> Vec<Told> {
    let mut by_name: Vec<usize> = (0..standings.len()).collect();
    let name = |at: &usize| standings.get(*at).map(|standing| (&standing.unit, standing.number, *at));
    by_name.sort_unstable_by(|one, other| name(one).cmp(&name(other)));
    let mut refused: BTreeMap<usize, Sheet> = BTreeMap::new();
    let unit = |at: usize| standings.get(at).map(|standing| &standing.unit);
    for pair in by_name.windows(2) {
        if let [first, second] = *pair
            && unit(first) == unit(second)
            && let Some(unit) = unit(second)
        {
            refused.insert(second, Sheet::DuplicateUnit { unit: unit.to_string() });
        }
    }
    let mut taken: BTreeMap<&str, u64> = BTreeMap::new();
    for (line, unit) in unsound {
        taken.entry(unit).or_insert(*line);
    }
    for (at, standing) in standings.iter().enumerate().filter(|_| !taken.is_empty()) {
        if taken.get(&*standing.unit).is_some_and(|&line| line < standing.number) {
            refused.insert(at, Sheet::DuplicateUnit { unit: standing.unit.to_string() });
        }
    }
    let first = standings.first().map(|standing| standing.no_survey);
    for (at, standing) in standings.iter().enumerate().filter(|_| plan.ruleset().no_survey.is_some()) {
        if Some(standing.no_survey) != first {
            let why = Both::new(
                "các hồ sơ của đợt không thống nhất có điều tra hay không",
                "the submissions of the round do not agree on whether a survey was held",
            );
            refused.entry(at).or_insert(Sheet::SurveyHeld { why });
        }
    }
    let told = refused.iter().filter_map(|(&at, problem)| {
        let standing = standings.get(at)?;
        Some(of_unit(standing.number, &standing.unit, problem.clone()))
    });
    let told: Vec<Told> = told.collect();
    if !refused.is_empty() {
        let mut at = 0usize;
        standings.retain(|_| {
            let keep = !refused.contains_key(&at);
            at = at.saturating_add(1);
            keep
        });
    }
    told
}
