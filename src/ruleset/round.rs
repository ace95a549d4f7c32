//! What the header says of the round and of texts beside the decision: names of levels, period, day of submission.

use std::ops::RangeInclusive;

use super::calendar::Calendar;
use super::meaning::{Kind, Term, Test};
use super::model::{Leaf, NotApplicable, Scoring};
use crate::diagnostic::{Both, Diagnostic, Round as Problem, Span, Structure};
use crate::language::tree::{Level, LevelName, Moment, Period, Reference, Spanned, Statement};
use crate::language::{date_text, days as days_of, limits, quote};
use crate::number::Ratio;

/// The round, as the header tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// What outputs call a level, where not by its keyword.
    pub level_names: Vec<LevelName>,
    /// What is assessed happened in this period, both days in it.
    pub period: Option<Period>,
    /// The last moment to submit, in local official time.
    pub submit_by: Option<Moment>,
    /// Which days are worked.
    pub calendar: Option<Calendar>,
    /// Texts that the decision refers to.
    pub references: Vec<Reference>,
    /// Letters of guidance, which change evidence, not points: number, and date in days since 1970-01-01.
    pub guidance: Vec<(String, Option<i32>)>,
}

impl Period {
    fn words(&self) -> String {
        format!("{} – {}", date_text(self.from.value), date_text(self.through.value))
    }

    fn span(&self) -> Span {
        self.from.span.to(self.through.span)
    }

    /// What is to be told where the period of an earlier year's set reaches into this one.
    pub(super) fn overlaps(&self, name: &str, theirs: &Self) -> Option<Diagnostic> {
        let apart = self.from.value > theirs.through.value || theirs.from.value > self.through.value;
        let problem = Problem::PeriodsOverlap { period: self.words(), name: name.to_owned(), theirs: theirs.words() };
        let finding = Diagnostic::new(problem, self.span());
        (!apart).then(|| finding.label(theirs.span(), "kỳ kia ở đây", "the other period is here"))
    }
}

impl Round {
    /// What outputs call a level, if the set says.
    pub fn level(&self, level: Level) -> Option<&str> {
        self.level_names.iter().find(|name| name.level.value == level).map(|name| name.name.value.as_str())
    }

    /// Takes a line of the header.
    pub(super) fn take(&mut self, statement: &Statement, span: Span, findings: &mut Vec<Diagnostic>) {
        match statement {
            Statement::LevelNames(names) => self.names(names, findings),
            Statement::Period(period) => {
                if period.through.value < period.from.value {
                    let (from, through) = (date_text(period.from.value), date_text(period.through.value));
                    findings.push(Diagnostic::new(Problem::PeriodOutOfOrder { from, through }, span));
                } else {
                    self.period = Some(period.clone());
                }
            }
            Statement::SubmitBy(moment) => self.submit_by = Some(moment.value),
            Statement::RefersTo(reference) => self.references.push(reference.clone()),
            Statement::Guidance(letter) => {
                self.guidance.push((letter.number.value.clone(), letter.date.as_ref().map(|date| date.value)));
            }
            _ => {}
        }
    }

    fn names(&mut self, names: &[LevelName], findings: &mut Vec<Diagnostic>) {
        for name in names {
            let twice =
                |other: &&LevelName| other.level.value == name.level.value || other.name.value == name.name.value;
            match self.level_names.iter().find(twice) {
                Some(first) => {
                    let problem = Structure::SaidTwice { line: Both::same(quote(&name.name.value)) };
                    let finding = Diagnostic::new(problem, name.name.span);
                    findings.push(finding.label(first.name.span, "lần đầu ở đây", "first said here"));
                }
                None => self.level_names.push(name.clone()),
            }
        }
    }

    /// Days that a leaf's rule names lie in the period, unless the figure says that it looks beyond it.
    pub(super) fn days_in_period(&self, leaf: &Leaf, form: Span, findings: &mut Vec<Diagnostic>) {
        let Some(period) = &self.period else { return };
        let mut told: Vec<i64> = Vec::new();
        for (day, line) in days(leaf, form) {
            let inside = (i64::from(period.from.value)..=i64::from(period.through.value)).contains(&day);
            if inside || told.contains(&day) {
                continue;
            }
            told.push(day);
            let text = i32::try_from(day).map(date_text).unwrap_or_default();
            let finding = Diagnostic::new(Problem::DateOutsidePeriod { date: text }, line);
            findings.push(finding.label(period.from.span, "kỳ đánh giá ở đây", "the period is here"));
        }
    }
}

/// The years that anybody assesses; one outside them is a slip.
const LIKELY: RangeInclusive<u16> = 1990..=2099;

/// More digits than these nobody publishes: it is told as a slip.
pub(super) const LIKELY_DIGITS: u32 = 4;

/// More digits than anybody publishes, a year that nobody assesses, a last day to submit that lies more than a year before or after the year's own, and a
/// period that neither begins nor ends in it.
pub(super) fn likely(header: &[(&Statement, Span)], findings: &mut Vec<Diagnostic>) {
    let mut year = None;
    for (statement, _) in header {
        let digits = match statement {
            Statement::Year(said) => {
                year = Some(said);
                continue;
            }
            Statement::Rounding(rule) if rule.level.is_some() => &rule.digits,
            Statement::Display(digits) => digits,
            _ => continue,
        };
        if digits.value > LIKELY_DIGITS && digits.value <= limits::DIGITS {
            let digits_said = usize::try_from(digits.value).unwrap_or(usize::MAX);
            findings.push(Diagnostic::new(Problem::UnlikelyDigits { digits: digits_said }, digits.span));
        }
    }
    let Some(year) = year else { return };
    if !LIKELY.contains(&year.value) {
        findings.push(Diagnostic::new(Problem::UnlikelyYear { year: usize::from(year.value) }, year.span));
        // Days are not held against a year that is itself wrong.
        return;
    }
    let own = i16::try_from(year.value).unwrap_or(i16::MAX);
    let (Some(first), Some(last)) = (days_of(own - 1, 1, 1), days_of(own.saturating_add(1), 12, 31)) else { return };
    elsewhen(header, year, findings);
    for (statement, _) in header {
        if let Statement::SubmitBy(moment) = statement
            && !(first..=last).contains(&moment.value.day)
        {
            let problem = Problem::SubmitByFar { date: date_text(moment.value.day), year: usize::from(year.value) };
            let finding = Diagnostic::new(problem, moment.span);
            findings.push(finding.label(year.span, "năm đánh giá ở đây", "the year is here"));
        }
        // A round may begin the year before or end the year after; one that does both, or neither, is a slip.
        if let Statement::Period(period) = statement
            && let (Some(new_year), Some(last)) = (days_of(own, 1, 1), days_of(own, 12, 31))
            && period.from.value <= period.through.value
            && ![period.from.value, period.through.value].iter().any(|day| (new_year..=last).contains(day))
        {
            let problem = Problem::PeriodOfOtherYear { period: period.words(), year: usize::from(year.value) };
            let finding = Diagnostic::new(problem, period.span());
            findings.push(finding.label(year.span, "năm đánh giá ở đây", "the year is here"));
        }
    }
}

/// Days of other years than the round can be about: days off that all lie elsewhere, a decision of a time to come or of
/// long ago.
fn elsewhen(header: &[(&Statement, Span)], year: &Spanned<u16>, findings: &mut Vec<Diagnostic>) {
    let own = i16::try_from(year.value).unwrap_or(i16::MAX);
    let (Some(new_year), Some(last)) = (days_of(own, 1, 1), days_of(own.saturating_add(1), 12, 31)) else { return };
    let here = |finding: Diagnostic| finding.label(year.span, "năm đánh giá ở đây", "the year is here");
    let period = header.iter().find_map(|(statement, _)| match statement {
        Statement::Period(period) if period.from.value <= period.through.value => Some(period),
        _ => None,
    });
    let begins = period.map_or(new_year, |period| period.from.value.min(new_year));
    let ends = period.map_or(last, |period| period.through.value.max(last));
    let mut off = Vec::new();
    for (statement, span) in header {
        match statement {
            Statement::DaysOff(days) => off.extend(days.iter().map(|days| (days.from, days.through.value, *span))),
            Statement::Authority(text) | Statement::Guidance(text) => {
                let long_ago = days_of(i16::try_from(*LIKELY.start()).unwrap_or(i16::MAX), 1, 1);
                if let Some(date) = &text.date
                    && (date.value > last || long_ago.is_some_and(|first| date.value < first))
                {
                    let (date_said, year) = (date_text(date.value), usize::from(year.value));
                    findings.push(here(Diagnostic::new(Problem::DecisionFar { date: date_said, year }, date.span)));
                }
            }
            _ => {}
        }
    }
    let first = off.iter().map(|(from, _, _)| *from).min();
    let through = off.iter().map(|(_, through, _)| *through).max();
    if let (Some(from), Some(through), Some((_, _, span))) = (first, through, off.first())
        && from <= through
        && (through < begins || from > ends)
    {
        let (from, through, year) = (date_text(from), date_text(through), usize::from(year.value));
        findings.push(here(Diagnostic::new(Problem::DaysOffElsewhen { from, through, year }, *span)));
    }
}

/// The days that a rule holds dates against, with their lines, less those of figures that may lie beyond the period.
fn days(leaf: &Leaf, form: Span) -> Vec<(i64, Span)> {
    let mut days = Vec::new();
    if let Scoring::Declared(_, super::meaning::Meaning::Cases { subject, arms }) = &leaf.scoring {
        if let Some(super::meaning::Expr { term: Term::Binary(_, figure, due), .. }) = subject
            && let (Term::Figure(id), Term::Constant(day)) = (&figure.term, &due.term)
            && matches!(due.kind, Kind::Date | Kind::Moment)
            && leaf.figures.get(id.0).is_some_and(|figure| !figure.beyond_period)
        {
            days.extend(last_day(day, due.kind).map(|day| (day, form)));
        }
        for arm in arms {
            if let super::meaning::Guard::Test(test) = &arm.guard {
                compared(leaf, test, arm.line, &mut days);
            }
        }
    }
    for NotApplicable { test, line, .. } in &leaf.not_applicable {
        compared(leaf, test, *line, &mut days);
    }
    days
}

fn compared(leaf: &Leaf, test: &Test, line: Span, days: &mut Vec<(i64, Span)>) {
    match test {
        Test::Compare(_, left, right) => {
            for (figure, day) in [(left, right), (right, left)] {
                if let (Term::Figure(id), Term::Constant(at)) = (&figure.term, &day.term)
                    && matches!(day.kind, Kind::Date | Kind::Moment)
                    && leaf.figures.get(id.0).is_some_and(|figure| !figure.beyond_period)
                {
                    days.extend(at.floor().to_i64().map(|day| (day, line)));
                }
            }
        }
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| compared(leaf, part, line, days)),
        Test::Answer(..) | Test::Option { .. } => {}
    }
}

/// The last day in time; the midnight that ends a day is that day's.
fn last_day(due: &Ratio, kind: Kind) -> Option<i64> {
    let floor = due.floor();
    let midnight = kind == Kind::Moment && floor == *due;
    floor.to_i64().map(|day| day - i64::from(midnight))
}
