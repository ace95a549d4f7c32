//! Published results as tables: the whole in counts, a year unit by unit, a unit year by year.

mod words;

pub use words::{fact, verdict};

use std::collections::BTreeMap;

use super::table::{Side, table};
use crate::diagnostic::Language;
use crate::language::fold;
use crate::published::{Checked, Confidence, Conflicting, Fact, Judged, Line, Verdict, Who, Whole};

/// The verdicts, in the order that tables show them.
const VERDICTS: [Verdict; 4] = [Verdict::Agrees, Verdict::Consistent, Verdict::Disagrees, Verdict::Cannot];

/// An index with all its rounds judged.
#[derive(Clone, Debug)]
pub struct Index<'t> {
    /// Its path.
    pub name: &'t str,
    /// Its rounds, by year.
    pub rounds: Vec<Judged<'t>>,
}

/// Where numbers come from, told once and named by number.
#[derive(Debug, Default)]
struct Sources {
    named: Vec<String>,
    confidence: BTreeMap<String, Confidence>,
}

impl Sources {
    fn of(indices: &[Index<'_>]) -> Self {
        let rounds = indices.iter().flat_map(|index| &index.rounds);
        let lines = rounds.flat_map(|round| round.round.lines());
        // A source is as good as the worst that is said of it.
        let mut confidence: BTreeMap<String, Confidence> = BTreeMap::new();
        for line in lines {
            let known = confidence.entry(line.source.clone()).or_insert(line.confidence);
            *known = line.confidence.max(*known);
        }
        Self { named: Vec::new(), confidence }
    }

    fn number(&mut self, source: &str) -> String {
        let mut numbers: Vec<usize> = Vec::new();
        for source in source.split("; ") {
            let at = self.named.iter().position(|known| known == source).unwrap_or_else(|| {
                self.named.push(source.to_owned());
                self.named.len().saturating_sub(1)
            });
            numbers.push(at.saturating_add(1));
        }
        numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
    }

    fn list(&self, language: Language) -> String {
        if self.named.is_empty() {
            return String::new();
        }
        let mut text = format!("\n{}\n", language.pick("nguồn:", "sources:"));
        for (at, source) in self.named.iter().enumerate() {
            let trust = match self.confidence.get(source) {
                Some(Confidence::High) => language.pick("độ tin cậy cao", "confidence high"),
                Some(Confidence::Low) => language.pick("độ tin cậy thấp", "confidence low"),
                Some(Confidence::Medium) | None => language.pick("độ tin cậy trung bình", "confidence medium"),
            };
            text.push_str(&format!("  [{}] {source} ({trust})\n", at.saturating_add(1)));
        }
        text
    }
}

fn heading(name: &str, round: &Judged<'_>) -> String {
    match round.block {
        Some(block) => format!("{name} {}, {block}", round.year),
        None => format!("{name} {}", round.year),
    }
}

/// A fact as a line of a list, with what came out before it and its source after it.
fn told(checked: &Checked, year: u16, language: Language, sources: &mut Sources) -> String {
    let who = match (&checked.unit, &checked.fact) {
        (Some(unit), _) => format!("{unit}: "),
        // The mean is the one fact of the whole that changes from year to year.
        (None, Fact::Change { .. }) => language.pick("trung bình: ", "mean: ").to_owned(),
        (None, _) => String::new(),
    };
    if let Fact::Conflict { what, values } = &checked.fact {
        // The list of sources stands below: here each is a number.
        let numbered = values.iter().map(|(value, source)| (value.clone(), sources.number(source))).collect();
        let fact = Fact::Conflict { what: what.clone(), values: numbered };
        let short = Checked { fact, ..checked.clone() };
        return format!("  ≠ {who}{}\n", words::fact(&short, year, language));
    }
    let mark = match checked.verdict {
        Verdict::Agrees => "=",
        Verdict::Consistent => "~",
        Verdict::Disagrees => "!",
        Verdict::Cannot => "?",
    };
    let source = sources.number(&checked.source);
    format!("  {mark} {who}{}  {source}\n", words::fact(checked, year, language))
}

fn legend(language: Language) -> &'static str {
    language.pick(
        "= tính lại khớp   ~ không trái với những gì đã biết   ! lệch   ? không tính lại được   ≠ nguồn in khác nhau\n(B): nhóm tính từ chỉ số, không phải nhóm đã in\n",
        "= recomputed, agrees   ~ nothing known contradicts it   ! disagrees   ? cannot be recomputed   ≠ sources differ\n(B): the band worked out from the score, not a printed one\n",
    )
}

/// Every round in counts, then what disagrees and where sources differ; all facts when asked for.
pub fn overview(indices: &[Index<'_>], all: bool, language: Language) -> String {
    let head = [
        language.pick("chỉ số", "index"),
        language.pick("năm", "year"),
        language.pick("khối", "block"),
        language.pick("dòng", "rows"),
        "=",
        "~",
        "!",
        "?",
        "≠",
    ];
    let mut sides = vec![Side::Left, Side::Right, Side::Left];
    sides.extend([Side::Right; 6]);
    let mut rows = Vec::new();
    let mut sums = [0_usize; 6];
    let mut below = String::new();
    let mut sources = Sources::of(indices);
    for index in indices {
        for round in &index.rounds {
            let mut counts = vec![round.round.lines().len()];
            counts.extend(VERDICTS.iter().map(|&one| round.with(one).count()));
            counts.push(round.conflicts().count());
            for (sum, count) in sums.iter_mut().zip(&counts) {
                *sum = sum.saturating_add(*count);
            }
            let mut cells =
                vec![index.name.to_owned(), round.year.to_string(), round.block.unwrap_or_default().to_owned()];
            cells.extend(counts.iter().map(usize::to_string));
            rows.push(cells);
            let shown: Vec<&Checked> =
                round.facts.iter().filter(|one| all || one.verdict == Verdict::Disagrees).collect();
            if !shown.is_empty() {
                below.push_str(&format!("\n{}\n", heading(index.name, round)));
            }
            for checked in shown {
                below.push_str(&told(checked, round.year, language, &mut sources));
            }
        }
    }
    if rows.len() > 1 {
        let mut cells = vec![language.pick("tất cả", "all").to_owned(), String::new(), String::new()];
        cells.extend(sums.iter().map(usize::to_string));
        rows.push(cells);
    }
    let mut text = table(&head, &sides, rows);
    text.push_str(&format!("\n{}", legend(language)));
    text.push_str(&below);
    text.push_str(&sources.list(language));
    text
}

/// A year: every unit as printed, and what came out; the facts below it that are not plainly so, or all of them.
pub fn year(indices: &[Index<'_>], year: u16, all: bool, language: Language) -> String {
    let mut texts = Vec::new();
    let mut sources = Sources::of(indices);
    for index in indices {
        for round in index.rounds.iter().filter(|round| round.year == year) {
            let mut below = String::new();
            let units: Vec<&Line> =
                round.round.lines().iter().filter(|line| matches!(line.who, Who::Unit(_))).copied().collect();
            if !units.is_empty() {
                below.push('\n');
                below.push_str(&lines(round, &units, language, &mut sources));
            }
            below.push_str(&facts(round, |one| all || one.verdict != Verdict::Agrees, language, &mut sources));
            for line in round.round.lines() {
                below.push_str(&note(line, &mut sources));
            }
            let mut text = format!("{}\n", heading(index.name, round));
            let whole = whole(round, language, &mut sources);
            if !whole.is_empty() {
                text.push_str(&format!("{whole}\n"));
            }
            text.push_str(&below);
            texts.push(text);
        }
    }
    let mut text = texts.join("\n");
    text.push_str(&format!("\n{}", legend(language)));
    text.push_str(&sources.list(language));
    text
}

/// What is printed of the round as a whole, neighbours of one source with its number after the last of them.
fn whole(round: &Judged<'_>, language: Language, sources: &mut Sources) -> String {
    let mark = language.decimal_mark();
    let mut told: Vec<(String, &str)> = Vec::new();
    let pick = |vietnamese: String, english: String| language.pick(vietnamese, english);
    for line in round.round.lines() {
        let Who::Whole(whole) = &line.who else { continue };
        let change = line.changes.first().map(|change| change.by.signed(mark)).unwrap_or_default();
        let count = line.count.map(|count| count.to_string()).unwrap_or_default();
        let words = match whole {
            Whole::Units => pick(format!("{count} đơn vị"), format!("{count} units")),
            Whole::Mean => {
                let mean = line.score.as_ref().map(|score| score.text(mark)).unwrap_or_default();
                let change = if change.is_empty() { change } else { format!(" ({change})") };
                pick(format!("trung bình {mean}{change}"), format!("mean {mean}{change}"))
            }
            Whole::Band(name) => {
                let cut = line.cut.as_ref().map(|cut| {
                    let from = cut.from.text(mark);
                    let word =
                        if cut.inclusive { language.pick("từ", "from") } else { language.pick("trên", "above") };
                    format!(" {word} {from}")
                });
                let cut = cut.unwrap_or_default();
                let count = if count.is_empty() { count } else { format!(": {count}") };
                pick(format!("nhóm {name}{cut}{count}"), format!("band {name}{cut}{count}"))
            }
            Whole::Rose => pick(format!("{count} tăng điểm"), format!("{count} rose")),
            Whole::Fell => pick(format!("{count} giảm điểm"), format!("{count} fell")),
            Whole::AboveMean => pick(format!("{count} trên trung bình"), format!("{count} above the mean")),
            Whole::MostRise => pick(format!("tăng nhiều nhất {change}"), format!("greatest rise {change}")),
            Whole::LeastRise => pick(format!("tăng ít nhất {change}"), format!("least rise {change}")),
        };
        told.push((words, &line.source));
    }
    let next: Vec<Option<&str>> = told.iter().skip(1).map(|(_, source)| Some(*source)).chain([None]).collect();
    let numbered = told.into_iter().zip(next).map(|((words, source), next)| match next {
        Some(next) if next == source => words,
        _ => format!("{words} {}", sources.number(source)),
    });
    numbered.collect::<Vec<_>>().join(" · ")
}

/// What else a line's source says.
fn note(line: &Line, sources: &mut Sources) -> String {
    let Some(note) = &line.note else { return String::new() };
    let who = match &line.who {
        Who::Unit(name) => format!("{name}: "),
        Who::Whole(_) => String::new(),
    };
    format!("  * {who}{note}  {}\n", sources.number(&line.source))
}

fn facts(round: &Judged<'_>, shown: impl Fn(&Checked) -> bool, language: Language, sources: &mut Sources) -> String {
    let mut text = String::new();
    for checked in round.facts.iter().filter(|one| shown(one)) {
        text.push_str(&told(checked, round.year, language, sources));
    }
    let counts: Vec<String> = VERDICTS
        .iter()
        .map(|&one| (round.with(one).count(), verdict(one, language)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let gap = if text.is_empty() { "" } else { "\n" };
    if counts.is_empty() { text } else { format!("{gap}{text}  {}\n", counts.join(" · ")) }
}

fn columns(language: Language) -> [&'static str; 6] {
    [
        language.pick("chỉ số", "score"),
        language.pick("hạng", "rank"),
        language.pick("nhóm", "band"),
        language.pick("tăng điểm", "change"),
        language.pick("tăng bậc", "places"),
        language.pick("tính lại", "recomputed"),
    ]
}

const COLUMN_SIDES: [Side; 6] = [Side::Right, Side::Right, Side::Left, Side::Right, Side::Right, Side::Left];

/// What a line prints, and the worst that came out of what it says.
fn cells(round: &Judged<'_>, line: &Line, language: Language) -> Vec<String> {
    let mark = language.decimal_mark();
    let rank = match (line.rank, line.of) {
        (Some(rank), Some(of)) => format!("{rank}/{of}"),
        (Some(rank), None) => rank.to_string(),
        (None, _) => String::new(),
    };
    // A band in brackets is the one that the cuts give.
    let band = line.band.clone().or_else(|| round.band(line).map(|band| format!("({band})"))).unwrap_or_default();
    let changes: Vec<String> = line
        .changes
        .iter()
        .map(|change| match change.since {
            Some(since) => format!("{} ({since})", change.by.signed(mark)),
            None => change.by.signed(mark),
        })
        .collect();
    vec![
        line.score.as_ref().map(|score| score.text(mark)).unwrap_or_default(),
        rank,
        band,
        changes.join("; "),
        line.places.map(|places| format!("{places:+}")).unwrap_or_default(),
        came_out(round, line, language),
    ]
}

fn came_out(round: &Judged<'_>, line: &Line, language: Language) -> String {
    let Who::Unit(name) = &line.who else { return String::new() };
    let own = || {
        let same = move |one: &&Checked| one.unit.as_ref().is_some_and(|unit| fold(unit) == fold(name));
        round.facts.iter().filter(same)
    };
    let here = || own().filter(|one| !one.is_conflict() && one.source == line.source).map(|one| one.verdict);
    let differ =
        own().any(|one| matches!(&one.fact, Fact::Conflict { what: Conflicting::Score | Conflicting::Rank, .. }));
    let worst = [Verdict::Disagrees, Verdict::Cannot, Verdict::Consistent, Verdict::Agrees]
        .into_iter()
        // What cannot be recomputed of a unit says nothing against what can.
        .find(|&one| here().any(|other| other == one) && (one != Verdict::Cannot || here().all(|other| other == one)));
    let mut text = worst.map(|one| verdict(one, language).to_owned()).unwrap_or_default();
    if differ {
        text.push_str(language.pick(" ≠ nguồn khác", " ≠ another source"));
    }
    text.trim().to_owned()
}

fn lines(round: &Judged<'_>, units: &[&Line], language: Language, sources: &mut Sources) -> String {
    let mut head = vec![language.pick("đơn vị", "unit")];
    head.extend(columns(language));
    head.push(language.pick("nguồn", "source"));
    let mut sides = vec![Side::Left];
    sides.extend(COLUMN_SIDES);
    sides.push(Side::Left);
    let rows = units.iter().map(|line| {
        let name = match &line.who {
            Who::Unit(name) => name.clone(),
            Who::Whole(_) => String::new(),
        };
        let mut row = vec![name];
        row.extend(cells(round, line, language));
        row.push(sources.number(&line.source));
        row
    });
    table(&head, &sides, rows.collect())
}

/// A unit, year by year, in every index that prints it; nothing if none does.
pub fn unit(indices: &[Index<'_>], name: &str, all: bool, language: Language) -> Option<String> {
    let mut rows = Vec::new();
    let mut below = String::new();
    let mut sources = Sources::of(indices);
    let wanted = fold(name);
    for index in indices {
        for round in &index.rounds {
            let Some(lines) = round.round.units().get(&wanted) else { continue };
            for line in lines {
                let mut row = vec![index.name.to_owned(), round.year.to_string()];
                row.extend(cells(round, line, language));
                row.push(sources.number(&line.source));
                rows.push(row);
            }
            let about = |one: &&Checked| match &one.fact {
                Fact::Equal { first, second, .. } => [&first.0, &second.0].iter().any(|unit| fold(unit) == wanted),
                _ => one.unit.as_ref().is_some_and(|unit| fold(unit) == wanted),
            };
            let shown: Vec<&Checked> =
                round.facts.iter().filter(about).filter(|one| all || one.verdict != Verdict::Agrees).collect();
            if !shown.is_empty() {
                below.push_str(&format!("\n{}\n", heading(index.name, round)));
            }
            for checked in shown {
                below.push_str(&told(checked, round.year, language, &mut sources));
            }
            for line in lines {
                below.push_str(&note(line, &mut sources));
            }
        }
    }
    if rows.is_empty() {
        return None;
    }
    let mut head = vec![language.pick("chỉ số", "index"), language.pick("năm", "year")];
    head.extend(columns(language));
    head.push(language.pick("nguồn", "source"));
    let mut sides = vec![Side::Left, Side::Right];
    sides.extend(COLUMN_SIDES);
    sides.push(Side::Left);
    let mut text = table(&head, &sides, rows);
    if !below.is_empty() {
        text.push_str(&format!("\n{}", legend(language)));
        text.push_str(&below);
    }
    text.push_str(&sources.list(language));
    Some(text)
}
