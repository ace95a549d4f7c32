//! Results of an earlier round, read from disk: what `rank --json` wrote, or a table.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::files::gather;
use super::sheets::{Round, SHEET_EXTENSIONS, Sheets, open};
use crate::analysis::changes::{Before, past_name};
use crate::analysis::split::NoSplit;
use crate::diagnostic::{Both, Diagnostic, Language, Previous, Say, Sheet, SourceId, Span, nearest_by_key};
use crate::import::{self, Published};
use crate::language::tree::Level;
use crate::language::{compose, days, fold};
use crate::number::Ratio;
use crate::ruleset::Ruleset;
use crate::unit::{NotFound, Roll, UnitId};

/// The results of the latest year before the round's own; nothing where no file has any. What cannot be used is told
/// among the findings.
pub fn previous(paths: &[PathBuf], sheets: &mut Sheets) -> Option<Before> {
    if paths.is_empty() {
        return None;
    }
    let (found, unreadable) = gather(paths, SHEET_EXTENSIONS);
    sheets.unreadable.extend(unreadable);
    let mut results = Vec::new();
    for file in &found {
        let Some((source, text, format)) = open(&file.file, sheets) else { continue };
        let (read, findings) = import::results(source, &text, format);
        sheets.findings.extend(findings);
        results.extend(read);
    }
    let round = sheets.rounds.first()?;
    let mut findings = Vec::new();
    let year = of_one_year(round.plan.ruleset(), &mut results, &mut findings);
    let before = year.map(|year| {
        comparable(round.plan.ruleset(), &results, &mut findings);
        before(round, results, year, &mut findings)
    });
    findings.sort_by_key(|finding| finding.span);
    sheets.findings.extend(findings);
    before
}

/// Keeps the results of the latest year before a set's own, and tells of what years and indices the others are.
fn of_one_year(ruleset: &Ruleset, results: &mut Vec<Published>, findings: &mut Vec<Diagnostic>) -> Option<u16> {
    let (path, own) = (&ruleset.path, ruleset.year);
    let usable = |result: &Published| result.index == *path && result.year < own;
    let year = results.iter().filter(|result| usable(result)).map(|result| result.year).max();
    let mut told = BTreeSet::new();
    for result in results.iter().filter(|result| !usable(result) || Some(result.year) != year) {
        if !told.insert((result.span.source, result.index.clone(), result.year)) {
            continue;
        }
        let of = usize::from(result.year);
        findings.push(if result.index != *path {
            let problem = Previous::OtherIndex { found: result.index.clone(), expected: path.clone() };
            Diagnostic::new(problem, result.places.index)
        } else if result.year >= own {
            Diagnostic::new(Previous::NotEarlier { year: of, own: usize::from(own) }, result.places.year)
        } else {
            let used = year.map_or(of, usize::from);
            Diagnostic::new(Previous::NotUsed { year: of, used }, result.places.year)
        });
    }
    results.retain(|result| usable(result) && Some(result.year) == year);
    year
}

/// Tells of results that are no share of a scale. What a machine wrote with its scale beside it is taken as it stands.
fn comparable(ruleset: &Ruleset, results: &[Published], findings: &mut Vec<Diagnostic>) {
    // One column in points is one mistake.
    let mut bare: BTreeMap<SourceId, Vec<&Published>> = BTreeMap::new();
    for result in results.iter().filter(|result| result.share.is_none() && result.shown.is_none()) {
        bare.entry(result.span.source).or_default().push(result);
    }
    for results in bare.values() {
        let Some((first, points)) = results.first().and_then(|first| Some((first, first.points.as_ref()?))) else {
            continue;
        };
        let in_both = |say: &dyn Fn(Language) -> String| Both(say(Language::Vietnamese), say(Language::English));
        let more = match results.len().saturating_sub(1) {
            0 => Both::same(""),
            others => Both::new(format!(" (và {others} kết quả nữa)"), format!(" (and {others} more)")),
        };
        let problem = Previous::InPoints {
            unit: called_in(first),
            found: in_both(&|language| points.say(language)),
            more,
            meant: in_both(&|language| format!("{}%", points.say(language))),
        };
        findings.push(Diagnostic::new(problem, first.span));
    }
    let (least, most) = reach(ruleset);
    for result in results.iter().filter(|result| result.shown.is_none()) {
        let Some(share) = &result.share else { continue };
        let below = least.as_ref().is_some_and(|least| share < least);
        if below || most.as_ref().is_some_and(|most| share > most) {
            let shown = |share: &Ratio, language| format!("{}%", (share * &Ratio::from(100)).say(language));
            let both = |share: &Ratio| Both(shown(share, Language::Vietnamese), shown(share, Language::English));
            let limit = if below { &least } else { &most };
            let Both(vietnamese, english) = limit.as_ref().map_or_else(|| Both::same(""), both);
            let bound = if below {
                Both::new(format!("từ {vietnamese} trở lên"), format!("at least {english}"))
            } else {
                Both::new(format!("không quá {vietnamese}"), format!("at most {english}"))
            };
            // What the other year's set allowed is not known here.
            let problem = Previous::OffScale { unit: called_in(result), found: both(share), bound };
            findings.push(Diagnostic::new(problem, result.span));
        }
    }
}

/// Whose result it is, in words.
fn called_in(result: &Published) -> String {
    match &result.part {
        Some(part) => format!("{}, {part}", result.unit),
        None => result.unit.clone(),
    }
}

/// The least and the most that the index of a set can be; nothing where the set itself does not bound it.
fn reach(ruleset: &Ruleset) -> (Option<Ratio>, Option<Ratio>) {
    let below_zero = ruleset.heads.iter().any(|head| head.floor.is_negative());
    let least = if below_zero { ruleset.index_floor.clone() } else { Some(Ratio::ZERO) };
    let bonus = ruleset.outside(Level::Bonus).next().is_some();
    (least, if bonus { ruleset.index_most().cloned() } else { Some(Ratio::ONE) })
}

/// A result that was met, and where.
struct Known {
    share: Option<Ratio>,
    place: Option<usize>,
    span: Span,
}

impl Known {
    /// Whether another result is the same, as far as both say.
    fn says(&self, share: Option<&Ratio>, place: Option<usize>) -> bool {
        self.share.as_ref() == share && self.place.zip(place).is_none_or(|(one, other)| one == other)
    }
}

/// The results by the units of now that they are of.
fn before(round: &Round, results: Vec<Published>, year: u16, findings: &mut Vec<Diagnostic>) -> Before {
    let day = days(i16::try_from(year).unwrap_or(i16::MAX), 12, 31).unwrap_or(i32::MAX);
    let mut before = Before { year, published: true, ..Before::default() };
    let mut taken: BTreeMap<(String, Option<String>), Known> = BTreeMap::new();
    findings.extend(unknown(round, &results, day));
    for result in results {
        let unit = round.roll.as_ref();
        let unit = unit.map_or_else(|| Some(result.unit.clone()), |roll| called(roll, &result.unit, day));
        let unit = compose(unit.unwrap_or_else(|| past_name(&result.unit, year)));
        let share = result.shown.or(result.share);
        let own = (unit.clone(), result.part.clone());
        match taken.get(&own) {
            Some(known) if known.says(share.as_ref(), result.place) => {
                // One file may state the place, and another the result alone.
                if let (Some(was), None) = (before.units.get_mut(&unit), &result.part) {
                    was.place = was.place.or(result.place);
                }
                continue;
            }
            Some(&Known { span: first, .. }) => {
                let problem =
                    Sheet::DuplicateResult { unit, index: result.index.clone(), year: usize::from(result.year) };
                let finding = Diagnostic::new(problem, result.span);
                findings.push(finding.label(first, "kết quả kia ở đây", "the other one is here"));
                continue;
            }
            None => drop(taken.insert(own, Known { share: share.clone(), place: result.place, span: result.span })),
        }
        let was = before.units.entry(unit).or_default();
        before.synthetic |= result.synthetic;
        before.labels.extend(result.labels);
        before.authorities = before.authorities.take().or(result.authorities);
        match (result.part, share) {
            (Some(code), Some(share)) => drop(was.parts.insert(code, share)),
            (None, share) => (was.share, was.place) = (share, result.place),
            (Some(_), None) => {}
        }
    }
    before
}

/// Units that the register does not know; without one, names that are nearly those of units which have no earlier result.
fn unknown(round: &Round, results: &[Published], day: i32) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let known: BTreeSet<String> = results.iter().map(|result| fold(&result.unit)).collect();
    let mine: Vec<&str> = round.submissions.iter().map(|submission| submission.unit.as_str()).collect();
    let own: BTreeSet<String> = mine.iter().map(|unit| fold(unit)).collect();
    let keyed = mine.into_iter().map(|unit| (fold(unit), unit));
    let without: Vec<(String, &str)> = keyed.filter(|(key, _)| !known.contains(key)).collect();
    let finding = |result: &Published| {
        let (place, nearest) = match &round.roll {
            Some(roll) => match roll.register().find(&result.unit, day) {
                Err(NotFound::Unknown(nearest)) => (Both::new("sổ đơn vị", "the register"), nearest),
                _ => return None,
            },
            None if own.contains(&fold(&result.unit)) || without.is_empty() => return None,
            None => {
                let candidates = without.iter().map(|(key, unit)| (Cow::Borrowed(key.as_str()), *unit));
                let nearest = nearest_by_key(&result.unit, &fold(&result.unit), candidates);
                // A unit that is not there any more is no mistake.
                nearest.0.as_ref()?;
                (Both::new("hồ sơ đợt này", "this round"), nearest)
            }
        };
        Some(Diagnostic::new(Previous::NoSuchUnit { unit: result.unit.clone(), place, nearest }, result.places.unit))
    };
    results.iter().filter(|result| told.insert(result.unit.clone())).filter_map(finding).collect()
}

/// What the unit is called today that a unit of an earlier day is: itself, or the one unit that took the place of it
/// alone. Nothing for one that was merged with others or divided, and for one of which nothing says what came of it: the
/// unit that has its name today is another one. A unit that the register does not know is as it is said.
pub fn called(roll: &Roll, said: &str, day: i32) -> Option<String> {
    let register = roll.register();
    let old = match (register.find(said, day), register.named(said)) {
        (Ok(id), _) => id,
        (Err(_), []) => return Some(said.to_owned()),
        (Err(_), [one]) if register.unit(*one).is_some_and(|unit| unit.from.is_none_or(|from| from <= day)) => *one,
        (Err(_), _) => return None,
    };
    if register.unit(old).is_some_and(|unit| unit.valid(roll.day())) {
        return Some(roll.name(old));
    }
    let [new] = register.successors(old, roll.day()).try_into().ok()?;
    let mut at = new;
    while at != old {
        let [before] = <[_; 1]>::try_from(register.unit(at)?.succeeds.clone()).ok()?;
        at = before;
    }
    Some(roll.name(new))
}

/// Why a unit of a round has no sheet of an earlier day, as the register knows it: it may have been several units then, or
/// a part of one. Of what was there as it is, the sheet alone is lacking.
pub fn not_there(roll: &Roll, unit: &str, day: i32) -> NoSplit {
    let register = roll.register();
    let Some((id, own)) = roll.member(unit).filter(|(_, own)| !own.valid(day)) else { return NoSplit::NoSheet };
    let before = register.predecessors(id, day);
    let name = |id: UnitId| register.unit(id).map_or_else(String::new, |unit| unit.name.clone());
    match before.as_slice() {
        [] if own.from.is_some_and(|from| from > day) => NoSplit::Began,
        [one] if register.successors(*one, roll.day()).len() > 1 => NoSplit::Divided(name(*one)),
        [] | [_] => NoSplit::NoSheet,
        several => NoSplit::Merged(several.iter().map(|&one| name(one)).collect()),
    }
}
