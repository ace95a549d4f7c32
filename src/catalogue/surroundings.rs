//! What surrounds submissions, read from disk: earlier years' sheets, results of other indices.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::archived::Archived;
use super::files::gather;
use super::sheets::{Round, SHEET_EXTENSIONS, Sheets, open, read};
use crate::diagnostic::{Diagnostic, Document, Sheet, Span};
use crate::engine::IndexResult;
use crate::import;
use crate::language::{compose, fold};
use crate::ruleset::Origin;
use crate::submission::{Raw, year_of, years_read};

/// The files that hold what surrounds submissions.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Sheets of earlier years.
    pub archive: Vec<PathBuf>,
    /// Results of other indices.
    pub indices: Vec<PathBuf>,
    /// Answers to questionnaires.
    pub surveys: Vec<PathBuf>,
    /// Units of the same round whose submissions are not among these.
    pub others: BTreeSet<String>,
}

/// Reads what surrounds the submissions of every round, and says what of it cannot be used.
pub fn surround(sheets: &mut Sheets, beside: &Beside) {
    if !beside.archive.is_empty() {
        archive(sheets, &beside.archive);
    }
    if !beside.indices.is_empty() {
        indices(sheets, &beside.indices);
    }
    super::surveys::bring(beside, sheets);
    sheets.findings.sort_by_key(|finding| finding.span);
}

fn archive(sheets: &mut Sheets, paths: &[PathBuf]) {
    let (found, unreadable) = gather(paths, SHEET_EXTENSIONS);
    sheets.unreadable.extend(unreadable);
    let mut raws: Vec<Raw> = Vec::new();
    for file in &found {
        raws.extend(read(&file.file, sheets).sheets);
    }
    let mut findings = Vec::new();
    // Where the sheet of a unit, a year and a set stands: a second one would replace its values in silence.
    let mut taken: BTreeMap<(usize, u16, String), Span> = BTreeMap::new();
    let mut archived = Archived::default();
    let mut rounds = std::mem::take(&mut sheets.rounds);
    let known = |path: &str, rounds: &[Round]| rounds.iter().any(|round| round.plan.ruleset().path == path);
    for raw in &raws {
        let start = Span { end: raw.span.start, ..raw.span };
        let named = raw.ruleset.as_ref().map(|path| path.value.trim());
        if let (Some(path), Some(round)) = (named.filter(|path| !known(path, &rounds)), rounds.first()) {
            let problem = Sheet::WrongRuleset { found: path.to_owned(), expected: round.plan.ruleset().path.clone() };
            findings.push(Diagnostic::new(problem, raw.ruleset.as_ref().map_or(start, |path| path.span)));
            continue;
        }
        let Some(year) = &raw.year else {
            findings
                .push(Diagnostic::new(Sheet::MissingKey { of: Document::Submission, key: "year".to_owned() }, start));
            continue;
        };
        let Some((number, edition)) = year_of(&year.value) else {
            let expected = crate::diagnostic::Both::new("một năm", "a year");
            let problem = Sheet::BadValue { name: "year".to_owned(), found: year.value.clone(), expected };
            findings.push(Diagnostic::new(problem, year.span));
            continue;
        };
        let of_set = |round: &Round| named.is_none_or(|path| round.plan.ruleset().path == path);
        for (at, round) in rounds.iter_mut().enumerate().filter(|(_, round)| of_set(round)) {
            let ruleset = round.plan.ruleset();
            if number >= ruleset.year {
                let (year_of, own) = (usize::from(number), usize::from(ruleset.year));
                let problem = Sheet::ArchiveNotEarlier { year: year_of, own };
                findings.push(Diagnostic::new(problem, year.span));
            } else if Archived::lacks(round, number, edition) {
                let folder = round.file.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
                let name = format!("{} {}", ruleset.path, year.value.trim());
                findings.push(Diagnostic::new(Sheet::NoSuchRuleset { name, folder }, year.span));
            } else {
                let mut raw = raw.clone();
                if let (Some(roll), Some(unit)) = (&round.roll, &mut raw.unit) {
                    unit.value = roll.known_as(&unit.value);
                }
                if let Some(unit) = raw.unit.as_ref().filter(|unit| !unit.value.trim().is_empty()) {
                    let name = compose(&unit.value);
                    if let Some(&first) = taken.get(&(at, number, name.clone())) {
                        let finding = Diagnostic::new(Sheet::DuplicateUnit { unit: name }, unit.span);
                        findings.push(finding.label(first, "hồ sơ kia ở đây", "the other one is here"));
                        continue;
                    }
                    taken.insert((at, number, name), unit.span);
                }
                round.context.synthetic |= raw.synthetic;
                let then = archived.then((at, round), number, edition);
                findings.extend(round.context.archive.take_paired(round.plan.ruleset(), then, &raw));
            }
        }
    }
    // Rows of one table share their mistakes: each is told once.
    let place = raws.first().map(|raw| Span { end: raw.span.start, ..raw.span });
    for round in &rounds {
        let ruleset = round.plan.ruleset();
        let needed: BTreeSet<u16> = ruleset.leaves().flat_map(|(_, _, leaf)| years_read(leaf, ruleset.year)).collect();
        for year in needed.into_iter().filter(|&year| !round.context.archive.years().any(|known| known == year)) {
            if let Some(place) = place {
                findings.push(Diagnostic::new(Sheet::ArchiveYearMissing { year: usize::from(year) }, place));
            }
        }
    }
    sheets.rounds = rounds;
    sheets.below.extend(archived.files().cloned());
    sheets.broken.append(&mut archived.broken);
    for finding in findings {
        if !sheets.findings.contains(&finding) {
            sheets.findings.push(finding);
        }
    }
}

fn indices(sheets: &mut Sheets, paths: &[PathBuf]) {
    let (found, unreadable) = gather(paths, SHEET_EXTENSIONS);
    sheets.unreadable.extend(unreadable);
    let mut unread: BTreeSet<(String, u16)> = BTreeSet::new();
    let mut known: BTreeMap<_, (IndexResult, Span)> = BTreeMap::new();
    let mut named: Named = BTreeMap::new();
    for file in &found {
        let Some((source, text, format)) = open(&file.file, sheets) else { continue };
        let (results, findings) = import::results(source, &text, format);
        sheets.findings.extend(findings);
        for result in results {
            let mut taken = false;
            for (at, round) in sheets.rounds.iter_mut().enumerate() {
                let reads = |origin: &Origin| matches!(origin, Origin::Index { path, year, .. } if *path == result.index && *year == result.year);
                if !round.plan.ruleset().leaves().any(|(_, _, leaf)| leaf.figures.iter().any(|one| reads(&one.origin)))
                {
                    continue;
                }
                taken = true;
                let name = round.roll.as_ref().map(|roll| roll.known_as(&result.unit));
                let unit = name.as_deref().unwrap_or(&result.unit);
                round.context.indices.label(&result.index, result.year, unit, &result.labels);
                let published = match (&result.share, &result.points) {
                    (Some(share), Some(points)) => IndexResult::Scored { share: share.clone(), points: points.clone() },
                    (Some(share), None) => IndexResult::Share(share.clone()),
                    (None, Some(points)) => IndexResult::Points(points.clone()),
                    (None, None) => continue,
                };
                let of = (at, result.index.clone(), result.year, result.part.clone(), unit.to_owned());
                match known.get(&of) {
                    // The same said twice is no question.
                    Some((first, _)) if *first == published => continue,
                    Some(&(_, first)) => {
                        let (index, year) = (result.index.clone(), usize::from(result.year));
                        let problem = Sheet::DuplicateResult { unit: unit.to_owned(), index, year };
                        let finding = Diagnostic::new(problem, result.span);
                        let finding = finding.label(first, "kết quả kia ở đây", "the other one is here");
                        if !sheets.findings.contains(&finding) {
                            sheets.findings.push(finding);
                        }
                        continue;
                    }
                    None => {}
                }
                let of_unit = named.entry((at, result.index.clone(), result.year)).or_default();
                of_unit.entry(unit.to_owned()).or_insert(result.places.unit);
                known.insert(of, (published.clone(), result.span));
                round.context.synthetic |= result.synthetic;
                round.context.indices.put(&result.index, result.year, result.part.as_deref(), unit, published);
            }
            if !taken && !sheets.rounds.is_empty() && unread.insert((result.index.clone(), result.year)) {
                let problem = Sheet::ResultNotRead { index: result.index.clone(), year: usize::from(result.year) };
                sheets.findings.push(Diagnostic::new(problem, result.span));
            }
        }
    }
    sheets.findings.extend(named.iter().flat_map(|(of, units)| spelt_otherwise(of, units, &sheets.rounds)));
}

/// Where the results of an index name each unit, by round, index and year.
type Named = BTreeMap<(usize, String, u16), BTreeMap<String, Span>>;

/// Results under a name that is that of a submission but for marks and capitals: the unit has none then.
fn spelt_otherwise(
    (at, ..): &(usize, String, u16),
    units: &BTreeMap<String, Span>,
    rounds: &[Round],
) -> Vec<Diagnostic> {
    // With a register there is no such question.
    let Some(round) = rounds.get(*at).filter(|round| round.roll.is_none()) else { return Vec::new() };
    let own = || round.submissions.iter().map(|submission| &submission.unit);
    let without: BTreeMap<String, &String> =
        own().filter(|unit| !units.contains_key(*unit)).map(|unit| (fold(unit), unit)).collect();
    let mine: BTreeSet<&String> = own().collect();
    let alike = |(unit, span): (&String, &Span)| {
        let other = without.get(&fold(unit)).filter(|_| !mine.contains(unit))?;
        Some(Diagnostic::new(Sheet::NamesAlike { unit: unit.clone(), other: (*other).clone() }, *span))
    };
    units.iter().filter_map(alike).collect()
}
