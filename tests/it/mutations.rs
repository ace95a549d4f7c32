//! One token of a shipped set changed at random: what becomes of it.
//!
//! A slip of the keyboard is refused near its place, or changes the set's fingerprint; what is taken in silence is looked
//! at by hand (docs/language/proofs.md).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;

use tieuchi::diagnostic::{Diagnostic, SourceId, SourceMap, Span};
use tieuchi::engine::Plan;
use tieuchi::{report, ruleset, trial};

use crate::support::{root, shipped};

/// A generator of numbers that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Word,
    Number,
    Text,
    Sign,
}

/// The tokens of a text outside its comments.
fn tokens(text: &str) -> Vec<(Range<usize>, Class)> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        let mut end = start + first.len_utf8();
        let class = match first {
            '#' => {
                while letters.next_if(|(_, c)| *c != '\n').is_some() {}
                continue;
            }
            '"' => {
                while let Some((at, c)) = letters.next_if(|(_, c)| *c != '\n') {
                    end = at + c.len_utf8();
                    if c == '"' {
                        break;
                    }
                }
                Class::Text
            }
            c if c.is_whitespace() => continue,
            c if c.is_alphabetic() || c == '_' => {
                while let Some((at, c)) = letters.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                    end = at + c.len_utf8();
                }
                Class::Word
            }
            c if c.is_ascii_digit() => {
                while let Some((at, c)) = letters.next_if(|(_, c)| c.is_ascii_digit() || ",./".contains(*c)) {
                    end = at + c.len_utf8();
                }
                // A mark that ends a sentence is none of the number's.
                while text[start..end].ends_with([',', '.', '/']) {
                    end -= 1;
                }
                Class::Number
            }
            _ => Class::Sign,
        };
        tokens.push((start..end, class));
    }
    tokens
}

/// One token changed: a slip that a person may make.
fn mutate(text: &str, dice: &mut Dice) -> (Range<usize>, String, String) {
    let tokens = tokens(text);
    loop {
        let at = dice.below(tokens.len());
        let (place, class) = tokens[at].clone();
        let old = &text[place.clone()];
        let other = |dice: &mut Dice| {
            let alike: Vec<&str> =
                tokens.iter().filter(|(_, other)| *other == class).map(|(place, _)| &text[place.clone()]).collect();
            (*dice.pick(&alike)).to_owned()
        };
        let new = match (class, dice.below(6)) {
            (_, 0) => String::new(),
            (_, 1) => format!("{old} {old}"),
            (Class::Number, 2..=4) => {
                let digits: Vec<usize> =
                    old.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(place, _)| place).collect();
                let place = *dice.pick(&digits);
                let digit = char::from(b'0' + u8::try_from(dice.below(10)).unwrap());
                format!("{}{digit}{}", &old[..place], &old[place + 1..])
            }
            (Class::Word, 2..=3) => {
                // Two neighbouring letters exchanged, or one left out.
                let mut letters: Vec<char> = old.chars().collect();
                let place = dice.below(letters.len());
                if place + 1 < letters.len() {
                    letters.swap(place, place + 1);
                } else {
                    letters.remove(place);
                }
                letters.into_iter().collect()
            }
            _ => other(dice),
        };
        if new != old {
            let changed = format!("{}{new}{}", &text[..place.start], &text[place.end..]);
            return (place, new, changed);
        }
    }
}

/// What a check of a text finds, and its fingerprint and its name if it is sound and its examples hold.
pub(crate) fn check(text: &str) -> (Vec<Diagnostic>, Option<(String, String)>) {
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", text);
    let checked = ruleset::check(id, text);
    let mut found = checked.diagnostics;
    let Some(set) = checked.ruleset else { return (found, None) };
    let print = (set.fingerprint.clone(), set.name());
    let Ok(plan) = Plan::compile(set) else { return (found, Some(print)) };
    let tried = trial::run(&plan, &trial::Sheets::new());
    found.extend(report::trial(plan.ruleset(), &sources, &tried));
    (found, tried.holds().then_some(print))
}

/// Where heads begin, so that a finding can be laid to the head whose lines were changed.
fn block(text: &str, at: usize) -> Range<usize> {
    let openers = ["lĩnh vực", "tiêu chí", "thành phần", "mẫu", "area", "criterion", "sub-criterion", "template"];
    let mut blocks = vec![0];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if openers.iter().any(|opener| line.trim_start().starts_with(opener)) {
            blocks.push(start);
        }
        start += line.len();
    }
    blocks.push(text.len());
    let from = blocks.iter().rposition(|start| *start <= at).unwrap_or(0);
    blocks[from]..blocks.get(from + 1).copied().unwrap_or(text.len())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Refused, with a finding or one of its labels on what was changed.
    RefusedAtIt,
    /// Refused, with a finding on the line that was changed.
    RefusedOnItsLine,
    /// Refused, with a finding on another line of the head that was changed: what contradicts it, an example mostly.
    RefusedInItsHead,
    /// Refused where the sum stands that was broken.
    RefusedAtTheSum,
    /// Refused, and nothing found says where.
    RefusedElsewhere,
    /// Taken, with a finding that was not there before.
    Warned,
    /// Taken in silence: the set says something else.
    Silent,
    /// Taken, and means the same.
    Same,
}

/// Where a change stands in the changed text. What was left out has no letters of its own: its place is the gap between
/// its neighbours, so that a finding on either of them touches it.
fn place_of(text: &str, start: usize, new: &str) -> Range<usize> {
    if !new.is_empty() {
        return start..start + new.len();
    }
    let before = text[..start].trim_end_matches(' ').len();
    let after = text[start..].trim_start_matches(' ').len();
    before..text.len() - after
}

/// How near to what was changed the findings lie.
fn refused(text: &str, changed: Range<usize>, fresh: &[&Diagnostic]) -> Fate {
    let touches = |there: &Range<usize>| {
        fresh.iter().any(|finding| {
            let spans = std::iter::once(finding.span).chain(finding.labels.iter().map(|label| label.span));
            spans.map(Span::range).any(|range| range.start <= there.end && range.end >= there.start)
        })
    };
    let start = text[..changed.start].rfind('\n').map_or(0, |at| at + 1);
    let line = start..text[changed.start..].find('\n').map_or(text.len(), |at| changed.start + at);
    let sums = ["scale-mismatch", "survey-share", "parts-do-not-add-up", "count-mismatch"];
    if touches(&changed) {
        Fate::RefusedAtIt
    } else if touches(&line) {
        Fate::RefusedOnItsLine
    } else if touches(&block(text, changed.start)) {
        Fate::RefusedInItsHead
    } else if fresh.iter().any(|finding| sums.contains(&finding.code())) {
        // Points that no longer add up are told where the sum is.
        Fate::RefusedAtTheSum
    } else {
        Fate::RefusedElsewhere
    }
}

/// The words of a span, shortened in the middle.
fn shown(text: &str, span: Span) -> String {
    let words: Vec<char> = text[span.range()].chars().collect();
    let line = text[..span.range().start].matches('\n').count() + 1;
    let words = match words.len() {
        0..=80 => words.iter().collect::<String>(),
        many => {
            let part = |range: Range<usize>| words[range].iter().collect::<String>();
            format!("{} … {}", part(0..40), part(many - 30..many))
        }
    };
    format!("{line}:`{}`", words.replace('\n', "⏎"))
}

/// A set, what is found in it unchanged, its fingerprint and its name.
struct Known {
    path: String,
    text: String,
    found: Vec<Diagnostic>,
    print: Option<(String, String)>,
}

fn sets() -> Vec<Known> {
    let guide = root().join("docs/guides/vi-du/cchc-xa/2026.tieuchi");
    let text = std::fs::read_to_string(&guide).unwrap();
    let shipped =
        shipped().into_iter().filter(|(_, text)| !text.lines().any(|line| line.trim_start().starts_with("khung:")));
    let known = |(path, text): (PathBuf, String)| {
        let (found, print) = check(&text);
        Known { path: path.display().to_string(), text, found, print }
    };
    shipped.chain([(guide, text)]).map(known).collect()
}

/// One change of one set.
struct Slip {
    number: usize,
    set: usize,
    place: Range<usize>,
    new: String,
    changed: String,
}

/// What became of it; what was not refused at its place is told, with all that was found.
fn fate(slip: &Slip, known: &Known) -> (Fate, Option<String>) {
    let Slip { number, place, new, changed, .. } = slip;
    let Known { path, text, .. } = known;
    let (findings, print) = check(changed);
    // A finding that was there before may hold the words that were changed: it is the same one.
    let line = |text: &str, span: Span| text[..span.range().start].matches('\n').count();
    let is_fresh = |finding: &&Diagnostic| {
        let (words, at) = (&changed[finding.span.range()], line(changed, finding.span));
        let same = |known: &Diagnostic| &text[known.span.range()] == words || line(text, known.span) == at;
        !known.found.iter().any(|known| known.code() == finding.code() && same(known))
    };
    let fresh: Vec<&Diagnostic> = findings.iter().filter(is_fresh).collect();
    let before = known.print.as_ref();
    let fate = match &print {
        None => refused(changed, place_of(changed, place.start, new), &fresh),
        Some((print, _)) if before.is_some_and(|(before, _)| before == print) => Fate::Same,
        Some(_) if !fresh.is_empty() => Fate::Warned,
        // A file that no longer lies where its name says is told so where a folder is checked: `misfiled`.
        Some((_, name)) if before.is_some_and(|(_, before)| before != name) => Fate::Warned,
        Some(_) => Fate::Silent,
    };
    if fate == Fate::RefusedAtIt {
        return (fate, None);
    }
    let line = line(text, Span::new(SourceId(0), place.start, place.end)) + 1;
    let whole = text.lines().nth(line - 1).unwrap_or_default().trim();
    let name = path.rsplit("/rulesets/").next().unwrap_or(path);
    let mut tale = format!("{number} {fate:?} {name}:{line}: `{}` → `{new}` in `{whole}`", &text[place.clone()]);
    for finding in fresh {
        write!(tale, "\n    {} {}", finding.code(), shown(changed, finding.span)).unwrap();
        for label in &finding.labels {
            write!(tale, " + {}", shown(changed, label.span)).unwrap();
        }
    }
    (fate, Some(tale))
}

/// What became of so many mutations, or of some of them by number.
fn run(count: usize, seed: u64, only: Option<&[usize]>) -> (BTreeMap<Fate, usize>, Vec<String>) {
    let sets = sets();
    let great = sets.iter().position(|known| known.path.ends_with("par-index/tinh/2022.tieuchi")).unwrap();
    let mut dice = Dice(seed);
    let slip = |number| {
        // Half of them in the great set, the rest spread over all.
        let set = if number % 2 == 0 { great } else { dice.below(sets.len()) };
        let (place, new, changed) = mutate(&sets[set].text, &mut dice);
        Slip { number, set, place, new, changed }
    };
    let wanted = |slip: &Slip| only.is_none_or(|only| only.contains(&slip.number));
    let slips: Vec<Slip> = (0..count).map(slip).filter(wanted).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = slips.len().div_ceil(threads).max(1);
    let (mut fates, mut told) = (BTreeMap::new(), Vec::new());
    std::thread::scope(|scope| {
        let one = |slip: &Slip| fate(slip, &sets[slip.set]);
        let parts = slips.chunks(share).map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>()));
        for part in parts.collect::<Vec<_>>() {
            for (fate, tale) in part.join().unwrap() {
                *fates.entry(fate).or_default() += 1;
                told.extend(tale);
            }
        }
    });
    (fates, told)
}

/// `SLIPS=1000 cargo test --release --test it mutations -- --nocapture` tries more of them and lists what it saw;
/// `SEED=…` draws others, `SLIP=17,35` tries these of them only.
#[test]
fn a_slip_of_one_token_is_refused_or_changes_the_fingerprint() {
    let asked = |name: &str| std::env::var(name).ok();
    let number = |name: &str| asked(name).and_then(|text| text.parse().ok());
    let only = asked("SLIP").map(|text| text.split(',').map(|part| part.parse().unwrap()).collect::<Vec<usize>>());
    let (fates, told) = match number("SLIPS") {
        Some(count) => run(usize::try_from(count).unwrap(), number("SEED").unwrap_or(876), only.as_deref()),
        None => run(24, 2022, None),
    };
    if asked("SLIPS").is_some() {
        for line in &told {
            println!("{line}");
        }
        for (fate, count) in &fates {
            println!("{fate:?}: {count}");
        }
    }
    assert_eq!(fates.get(&Fate::RefusedElsewhere), None, "{told:#?}");
    assert!(fates.contains_key(&Fate::RefusedAtIt), "no slip at all was refused: {fates:?}");
}

#[test]
fn a_grade_that_was_renamed_is_shown_where_it_is_named() {
    let (_, text) = shipped().into_iter().find(|(path, _)| path.ends_with("binh-duong/cchc-so/2023.tieuchi")).unwrap();
    let changed = text.replace("theo điểm đã làm tròn; \"Xuất sắc\"", "theo điểm đã làm tròn; \"Xuất xắc\"");
    let place = changed.find("\"Xuất xắc\"").unwrap();
    let (found, _) = check(&changed);
    let told: Vec<&Diagnostic> = found.iter().filter(|finding| finding.code() == "unknown-grade").collect();
    let shown = |finding: &&Diagnostic| finding.labels.iter().any(|label| label.span.range().start == place);
    assert!(!told.is_empty() && told.iter().all(shown), "{told:#?}");
}
