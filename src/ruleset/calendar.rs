//! The working week and its exceptions: which days are worked, and where so many working days end.

use super::draft::{Placed, name};
use super::ordinary::Ordinary;
use crate::diagnostic::{Diagnostic, Round as Problem, Span};
use crate::language::tree::{DayRange, FormKind, Late, LateUnit, Lateness, Statement};
use crate::language::{Keyword, date_text};

/// No count of working days looks further.
const REACH: i32 = 200_000;

/// Which days are worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The days of the week that are worked, Monday first.
    pub week: [bool; 7],
    /// Days off, both ends in each: public holidays.
    pub off: Vec<(i32, i32)>,
    /// Days worked in exchange for one off.
    pub made_up: Vec<(i32, i32)>,
}

impl Calendar {
    /// Whether a day (since 1970-01-01, a Thursday) is worked.
    pub fn works(&self, day: i32) -> bool {
        let within = |ranges: &[(i32, i32)]| ranges.iter().any(|&(from, through)| (from..=through).contains(&day));
        let weekday = usize::try_from(day.wrapping_add(3).rem_euclid(7)).unwrap_or(0);
        within(&self.made_up) || self.week.get(weekday).copied().unwrap_or(false) && !within(&self.off)
    }

    /// How many working days lie after one day, through another.
    pub fn between(&self, after: i32, through: i32) -> usize {
        (after.saturating_add(1)..=through)
            .take(usize::try_from(REACH).unwrap_or(0))
            .filter(|&day| self.works(day))
            .count()
    }

    /// The first day that is more than so many working days after a day.
    fn beyond(&self, after: i32, count: i64) -> Option<i32> {
        let mut left = count;
        for day in after.saturating_add(1)..after.saturating_add(REACH) {
            if self.works(day) {
                if left == 0 {
                    return Some(day);
                }
                left -= 1;
            }
        }
        None
    }
}

/// Reads the calendar and puts into every line that counts working days where they end.
pub(super) fn apply(file: &mut Ordinary<'_>, findings: &mut Vec<Diagnostic>) -> Option<Calendar> {
    let unread = unread(file);
    let (calendar, whole) = read(file, unread, findings);
    let asked = file.placed().find(|(statement, _)| counts_working_days(statement));
    let Some((_, asked)) = asked else { return calendar };
    let Some(calendar) = calendar else {
        if unread {
            return None;
        }
        findings.push(Diagnostic::new(Problem::NoCalendar {}, asked));
        return None;
    };
    let mut counted = Vec::new();
    let mut due: Option<(i32, Span)> = None;
    let mut told = false;
    for (at, (statement, words)) in file.numbered() {
        match statement {
            Statement::Form(form) => {
                told = false;
                due = match &form.kind {
                    FormKind::Deadline { due, before, named: None, .. } => Some((due - i32::from(*before), words)),
                    _ => None,
                };
            }
            Statement::Timed(timed) => {
                let mut timed = timed.clone();
                if let (Some((due, place)), Lateness::UpTo(late) | Lateness::Over(late)) = (due, &mut timed.when)
                    && let LateUnit::WorkingDays(end) = &mut late.unit
                {
                    *end = calendar.beyond(due, late.count.value);
                    if !told && whole && !calendar.works(due) {
                        findings.push(Diagnostic::new(Problem::DueOnDayOff { date: date_text(due) }, place));
                        told = true;
                    }
                    counted.push((at, Statement::Timed(timed)));
                }
            }
            _ => {}
        }
    }
    file.put(counted);
    Some(calendar)
}

/// Whether a line hangs on which days are worked.
pub(super) fn counts_working_days(line: &Statement) -> bool {
    matches!(line, Statement::Timed(line) if working(&line.when).is_some())
}

/// Where the lines are that tell it.
pub(super) fn lines<'a>(header: &'a [Placed<'_>]) -> impl Iterator<Item = Span> + use<'a> {
    let tells =
        |line: &Statement| matches!(line, Statement::WorkingWeek(_) | Statement::DaysOff(_) | Statement::MadeUp(_));
    header.iter().filter(move |(line, _)| tells(line)).map(|(_, span)| *span)
}

fn working(when: &Lateness) -> Option<&Late> {
    match when {
        Lateness::UpTo(late) | Lateness::Over(late) if matches!(late.unit, LateUnit::WorkingDays(_)) => Some(late),
        _ => None,
    }
}

/// Whether a line of the calendar could not be read: what hangs on it is not told.
fn unread(file: &Ordinary<'_>) -> bool {
    let of_calendar = |keyword: &Keyword| matches!(keyword, Keyword::WorkingWeek | Keyword::DaysOff | Keyword::MadeUp);
    let bad = |statement: &Statement| matches!(statement, Statement::Bad(Some(keyword)) if of_calendar(keyword));
    file.statements().any(bad)
}

/// The calendar, if the header tells the working week and the days off, and whether it tells both.
fn read(file: &Ordinary<'_>, unread: bool, findings: &mut Vec<Diagnostic>) -> (Option<Calendar>, bool) {
    let mut calendar = Calendar::default();
    let (mut week, mut off) = (false, false);
    for statement in file.statements() {
        match statement {
            Statement::WorkingWeek(days) => {
                week = true;
                for &(from, through) in days {
                    // Sunday through Monday goes around the end of the week.
                    let length = (i16::from(through) - i16::from(from)).rem_euclid(7);
                    for step in 0..=length {
                        let day = usize::try_from((i16::from(from) + step).rem_euclid(7)).unwrap_or(0);
                        if let Some(works) = calendar.week.get_mut(day) {
                            *works = true;
                        }
                    }
                }
            }
            Statement::DaysOff(ranges) => {
                off = true;
                calendar.off.extend(sound(ranges, findings));
            }
            Statement::MadeUp(ranges) => calendar.made_up.extend(sound(ranges, findings)),
            _ => {}
        }
    }
    if week != off && !unread {
        let half = |line: &Statement| matches!(line, Statement::WorkingWeek(_) | Statement::DaysOff(_));
        if let Some((statement, words)) = file.placed().find(|(statement, _)| half(statement)) {
            findings.push(Diagnostic::new(Problem::HalfCalendar { line: name(statement) }, words));
        }
        // What is missing was told; lines that count working days are read with what there is.
    }
    ((week || off).then_some(calendar), week && off && !unread)
}

fn sound(ranges: &[DayRange], findings: &mut Vec<Diagnostic>) -> Vec<(i32, i32)> {
    let mut sound = Vec::new();
    for range in ranges {
        if range.through.value < range.from {
            let (from, through) = (date_text(range.from), date_text(range.through.value));
            findings.push(Diagnostic::new(Problem::DaysBackwards { from, through }, range.through.span));
        } else {
            sound.push((range.from, range.through.value));
        }
    }
    sound
}
