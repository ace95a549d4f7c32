//! Written numbers, dates and strings, read by the file's language.

use super::tree::Moment;
use jiff::civil::Date;

use super::fold::compose;
use crate::diagnostic::{Diagnostic, Language, Span, Text};
use crate::number::Ratio;

/// The value of a number as written, or what is wrong with it. `None` with a finding keeps the line readable.
pub(super) fn number(written: &str, language: Language, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Ratio> {
    if !written.contains([',', '.']) {
        return parse(written, written, span, findings);
    }
    let (mark, other) = language.pick((',', '.'), ('.', ','));
    let marks = written.matches(mark).count();
    let others = written.matches(other).count();
    if others == 1 && marks == 0 {
        return lone_other_mark(written, mark, other, span, findings);
    }
    if others > 1 && marks <= 1 && grouped(written, mark, other) {
        // 1.250.000,5 has one reading.
        let plain: String = written.chars().filter(|&character| character != other).collect();
        return parse(&plain.replace(mark, "."), written, span, findings);
    }
    if others == 1 && marks == 1 && grouped(written, mark, other) {
        let plain: String = written.chars().filter(|&character| character != other).collect();
        return parse(&plain.replace(mark, "."), written, span, findings);
    }
    if others > 0 || marks > 1 {
        findings.push(Diagnostic::new(Text::BadNumber { written: written.to_owned() }, span));
        return None;
    }
    parse(&written.replace(mark, "."), written, span, findings)
}

/// `9.5` or `1.000` in a Vietnamese file, `9,5` or `1,000` in an English one.
fn lone_other_mark(
    written: &str,
    mark: char,
    other: char,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Option<Ratio> {
    let (whole, fraction) = written.split_once(other)?;
    let meant = format!("{whole}{mark}{fraction}");
    if fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        let problem = Text::AmbiguousThousands {
            written: written.to_owned(),
            whole: format!("{whole}{fraction}"),
            fraction: meant.clone(),
        };
        let finding = Diagnostic::new(problem, span).fix(span, format!("{whole}{fraction}")).fix(span, meant);
        findings.push(finding);
    } else {
        let problem = Text::DecimalMark { written: written.to_owned(), meant: meant.clone() };
        findings.push(Diagnostic::new(problem, span).fix(span, meant));
        // What was meant is clear, so the rest of the line is checked with it.
        return Ratio::parse_decimal(&format!("{whole}.{fraction}")).ok();
    }
    None
}

/// Whether every group after the first has three digits, so that `other` can only be a thousands mark.
fn grouped(written: &str, mark: char, other: char) -> bool {
    let whole = written.split(mark).next().unwrap_or_default();
    let mut groups = whole.split(other);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
        && !written.split(mark).skip(1).any(|part| part.contains(other))
}

fn parse(plain: &str, written: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Ratio> {
    let value = Ratio::parse_decimal(plain).ok();
    if value.is_none() {
        findings.push(Diagnostic::new(Text::BadNumber { written: written.to_owned() }, span));
    }
    value
}

/// Days since 1970-01-01 of `d/m/yyyy`, if there is such a date.
pub fn date(written: &str) -> Option<i32> {
    let mut parts = written.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_none() { day_of(year, month, day) } else { None }
}

/// Days since 1970-01-01 of `yyyy-m-d`, if there is such a date.
pub fn dashed_date(written: &str) -> Option<i32> {
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_none() { day_of(year, month, day) } else { None }
}

/// The day of a year, a month and a day as written. A year of two digits is nobody's to guess, and none begins with 0.
fn day_of(year: &str, month: &str, day: &str) -> Option<i32> {
    if year.len() != 4 || year.starts_with('0') {
        return None;
    }
    days(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
}

/// A number of so many digits at most and of nothing but digits: neither a sign nor a space.
fn digits<T: std::str::FromStr>(written: &str, most: usize) -> Option<T> {
    let plain = (1..=most).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_digit());
    if plain { written.parse().ok() } else { None }
}

/// Days since 1970-01-01 of a date, if there is such a date.
pub fn days(year: i16, month: i8, day: i8) -> Option<i32> {
    let date = Date::new(year, month, day).ok()?;
    Some(Date::constant(1970, 1, 1).until(date).ok()?.get_days())
}

/// Day, month and year of a number of days since 1970-01-01, as `dd/mm/yyyy`.
pub fn date_text(days: i32) -> String {
    let span = jiff::Span::new().try_days(days);
    match span.and_then(|span| Date::constant(1970, 1, 1).checked_add(span)) {
        Ok(date) => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        Err(_) => days.to_string(),
    }
}

/// The same day so many years later, in days since 1970-01-01; of a year that lacks 29/02, its 28/02.
pub fn years_later(days: i32, years: i32) -> Option<i32> {
    let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    let later = date.checked_add(jiff::Span::new().try_years(years).ok()?).ok()?;
    self::days(later.year(), later.month(), later.day())
}

/// The minute of the day of `17:00`, `17h00` or `17h`.
pub(super) fn minute(written: &str) -> Option<u16> {
    let (hours, minutes) = written.split_once([':', 'h', 'H'])?;
    let hours: u16 = digits(hours, 2)?;
    let minutes: u16 = match minutes.len() {
        // `17h` is the full hour; `17:` and `17:5` lack something.
        0 if !written.contains(':') => 0,
        2 => digits(minutes, 2)?,
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A minute of the day as `17:00`.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Seconds since 1970-01-01 00:00 of a local time: `17:00 ngày 20/10/2021`, `17:00 20/10/2021`, `20/10/2021 17:00`,
/// `2021-10-20T17:00`, with or without seconds. Neither a zone nor an offset is read: the time is the local official one.
pub fn moment(written: &str) -> Option<i64> {
    let spaced = written.trim().replace('T', " ");
    let mut clock = None;
    let mut day = None;
    for word in spaced.split_whitespace() {
        match word {
            "ngày" | "on" if clock.is_some() && day.is_none() => {}
            _ if word.contains('/') && day.is_none() => day = Some(date(word)?),
            _ if word.contains('-') && day.is_none() => day = Some(dashed_date(word)?),
            _ if clock.is_none() => clock = Some(second_of_day(word)?),
            _ => return None,
        }
    }
    Some(i64::from(day?) * 86_400 + clock?)
}

fn second_of_day(written: &str) -> Option<i64> {
    let (time, seconds) = match written.matches(':').count() {
        2 => written.rsplit_once(':').filter(|(_, seconds)| seconds.len() == 2)?,
        _ => (written, "0"),
    };
    let seconds: i64 = digits(seconds, 2).filter(|seconds| (0..60).contains(seconds))?;
    Some(i64::from(minute(time)?) * 60 + seconds)
}

/// A local time as `17:00 ngày 20/10/2021`, `17:00 on 20/10/2021`; seconds where there are some.
pub fn moment_text(seconds: i64, language: Language) -> String {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let time = format!("{:02}:{:02}", second / 3_600, second / 60 % 60);
    let odd = if second % 60 == 0 { String::new() } else { format!(":{:02}", second % 60) };
    let day = i32::try_from(day).map_or_else(|_| day.to_string(), date_text);
    format!("{time}{odd} {} {day}", language.pick("ngày", "on"))
}

/// A deadline as it is written: `17:00 ngày 20/10/2021`, `hết ngày 20/10/2021`.
pub fn due_text(due: Moment, language: Language) -> String {
    match due.minute {
        Some(_) => moment_text(due.seconds(), language),
        None => format!("{} {}", language.pick("hết ngày", "end of"), date_text(due.day)),
    }
}

/// So many seconds as `1 ngày 2 giờ 30 phút`, `1 day 2 hours 30 minutes`; what is nothing is left out.
pub fn duration_text(seconds: i64, language: Language) -> String {
    let units = [
        (86_400, "ngày", "day", "days"),
        (3_600, "giờ", "hour", "hours"),
        (60, "phút", "minute", "minutes"),
        (1, "giây", "second", "seconds"),
    ];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, vietnamese, one, many) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!("{count} {}", language.pick(vietnamese, if count == 1 { one } else { many })));
        }
    }
    if parts.is_empty() { language.pick("ngay khi hết hạn", "no time at all").to_owned() } else { parts.join(" ") }
}

/// The text inside quotes, of an NFC text with them: NFC, `\"` and `\\` undone.
pub(super) fn unquote(written: &str) -> String {
    let mut inner = written.chars();
    inner.next();
    if written.chars().count() > 1 && written.ends_with(['"', '”', '“', '‟', '″', '＂']) {
        inner.next_back();
    }
    let inner = inner.as_str();
    if !inner.contains('\\') {
        // A part of an NFC text is NFC.
        return inner.trim().to_owned();
    }
    let mut text = String::with_capacity(written.len());
    let mut escaped = false;
    for character in inner.chars() {
        if escaped || character != '\\' {
            escaped = false;
            text.push(character);
        } else {
            escaped = true;
        }
    }
    compose(text.trim())
}

/// A text as it stands between quotes.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
