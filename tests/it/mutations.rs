//! One token of a shipped set changed at random: what becomes of it.
//!
//! A slip of the keyboard is refused near its place, or changes the set's fingerprint; what is taken in silence is looked
//! at by hand (docs/language/proofs.md).

use std::collections::BTreeMap;
use std::ops::Range;

use tieuchi::diagnostic::{Diagnostic, SourceMap, Span};
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

/// What a check of a text finds, and its fingerprint if it is sound and its examples hold.
fn check(text: &str) -> (Vec<Diagnostic>, Option<String>) {
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", text);
    let checked = ruleset::check(id, text);
    let mut found = checked.diagnostics;
    let Some(set) = checked.ruleset else { return (found, None) };
    let fingerprint = set.fingerprint.clone();
    let Ok(plan) = Plan::compile(set) else { return (found, Some(fingerprint)) };
    let tried = trial::run(&plan, &trial::Sheets::new());
    found.extend(report::trial(plan.ruleset(), &sources, &tried));
    (found, tried.holds().then_some(fingerprint))
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

/// What became of so many mutations; what was taken in silence or refused elsewhere is told line by line.
fn run(count: usize, seed: u64) -> (BTreeMap<Fate, usize>, Vec<String>) {
    let mut sets: Vec<(String, String)> = shipped()
        .into_iter()
        .map(|(path, text)| (path.display().to_string(), text))
        .filter(|(_, text)| !text.lines().any(|line| line.trim_start().starts_with("khung:")))
        .collect();
    let guide = root().join("docs/guides/vi-du/cchc-xa/2026.tieuchi");
    sets.push((guide.display().to_string(), std::fs::read_to_string(&guide).unwrap()));
    let before: Vec<_> = sets.iter().map(|(_, text)| check(text)).collect();
    let mut dice = Dice(seed);
    let (mut fates, mut told) = (BTreeMap::new(), Vec::new());
    for number in 0..count {
        // Half of them in the great set, the rest spread over all.
        let great = sets.iter().position(|(path, _)| path.ends_with("par-index/tinh/2022.tieuchi")).unwrap();
        let set = if number % 2 == 0 { great } else { dice.below(sets.len()) };
        let (path, text) = &sets[set];
        let (place, new, changed) = mutate(text, &mut dice);
        let (findings, fingerprint) = check(&changed);
        let (old, known) = &before[set];
        let fresh: Vec<&Diagnostic> = findings
            .iter()
            .filter(|finding| {
                let words = &changed[finding.span.range()];
                !old.iter().any(|known| known.code() == finding.code() && &text[known.span.range()] == words)
            })
            .collect();
        let fate = match fingerprint {
            None => refused(&changed, place.start..place.start + new.len(), &fresh),
            Some(print) if Some(&print) == known.as_ref() => Fate::Same,
            Some(_) if !fresh.is_empty() => Fate::Warned,
            Some(_) => Fate::Silent,
        };
        if matches!(fate, Fate::Silent | Fate::RefusedElsewhere | Fate::Same) {
            let line = text[..place.start].matches('\n').count() + 1;
            let whole = text.lines().nth(line - 1).unwrap_or_default().trim();
            let codes: Vec<&str> = fresh.iter().map(|finding| finding.code()).collect();
            let name = path.rsplit("/rulesets/").next().unwrap_or(path);
            told.push(format!("{fate:?} {name}:{line}: `{}` → `{new}` in `{whole}` {codes:?}", &text[place]));
        }
        *fates.entry(fate).or_default() += 1;
    }
    (fates, told)
}

/// `SLIPS=1000 cargo test --release --test it mutations -- --nocapture` tries more of them and lists what it saw.
#[test]
fn a_slip_of_one_token_is_refused_or_changes_the_fingerprint() {
    let asked = std::env::var("SLIPS").ok().and_then(|count| count.parse().ok());
    let (fates, told) = match asked {
        Some(count) => run(count, 876),
        None => run(24, 2022),
    };
    if asked.is_some() {
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
