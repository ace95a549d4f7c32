//! Ranges of days as letters write them: `01/01/2022-31/12/2022`, `từ ngày … đến ngày …`.

use std::ops::Range;

use super::fold::fold;
use super::keyword::Keyword;
use super::repair::{Change, Repair, Wording, replaced};
use crate::diagnostic::Language;

/// Days from one through another, parted by a dash or by a bare `đến`, with or without `ngày` before each: both are of
/// them. Where several stand so in the line, it is read with all of them put right and the first is told.
pub(super) fn days(line: &str, places: &[Range<usize>], language: Language) -> Option<(u32, Repair)> {
    let text = |at: usize| places.get(at).and_then(|place| line.get(place.clone())).unwrap_or_default();
    let number = |at: usize| !text(at).is_empty() && text(at).bytes().all(|letter| letter.is_ascii_digit());
    let date = |at: usize| (0..DATE).all(|part| if part % 2 == 0 { number(at + part) } else { text(at + part) == "/" });
    let (before, after) = (Keyword::From.canonical(language), Keyword::Through.canonical(language));
    let day = |at: usize| if text(at) == DAY { at + 1 } else { at };
    // Where the second day begins of those that begin at a word, if that is no way to say it.
    let second = |at: usize| {
        let parted = at + DATE;
        let behind = match text(parted) {
            "den" | "toi" if text(parted + 1) == "het" => day(parted + 2),
            "through" => day(parted + 1),
            between if PARTING_DAYS.contains(&between) => day(parted + 1),
            _ => return None,
        };
        (date(at) && date(behind)).then_some(behind)
    };
    let whole = |at: usize| {
        let behind = second(at)?;
        let from = at.checked_sub(1).filter(|&from| text(from) == DAY).unwrap_or(at);
        let from = from.checked_sub(1).filter(|&word| text(word) == fold(before)).unwrap_or(from);
        let value = places.get(at)?.start..places.get(at + DATE - 1)?.end;
        let (first, second) = (places.get(from)?.start, places.get(behind)?.start);
        let read = format!("{} {} {} ", fold(before), line.get(value.clone())?, fold(after));
        (line.get(first..second)? != read).then_some((first..places.get(behind - 1)?.end, second, value, read))
    };
    let ranges: Vec<_> = (0..places.len()).filter_map(whole).collect();
    let (place, _, value, _) = ranges.first()?.clone();
    let mut read = line.to_owned();
    for (place, second, _, words) in ranges.iter().rev() {
        read = replaced(&read, &(place.start..*second), words)?;
    }
    Some((1, Repair { place, change: Change::Wording(Wording { before, value, after }), line: read }))
}

/// So many signs make a date: `16`, `/`, `02`, `/`, `2026`.
const DATE: usize = 5;

/// What many write before a date.
const DAY: &str = "ngay";

/// What people put between the first and the last of some days.
const PARTING_DAYS: [&str; 6] = ["-", "den", "toi", "to", "until", "till"];
