//! Whether two years ask for the same figure, and a value of the one as the other has it.

use std::collections::BTreeMap;

use crate::language::{fold, years_later};
use crate::number::Ratio;
use crate::ruleset::meaning::{Expr, FigureId, Guard, Kind, Meaning, Outcome, Term};
use crate::ruleset::{Calendar, Figure, FigureKind, Leaf, Origin, Questionnaire, Ruleset, Scoring, SurveyRule};
use crate::submission::{Row, Value};

/// How dates are read by another year's leaf.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shift<'a> {
    /// So many years later; of a year that lacks 29/02, its 28/02.
    Years(i32),
    /// So many days later.
    Days(i64),
    /// A day before the one that is due so many days later; one after it as many working days late.
    Working {
        due: i32,
        by: i32,
        /// The days worked then, and now.
        calendars: [&'a Calendar; 2],
    },
}

/// How dates of a sheet are read by another year's leaf. Due days in the rules move with the year, and dates with them, so
/// that who was late is as late by the calendar of the other year; as they stand where both rules name the same days, or none.
pub(super) fn shift<'a>((to, leaf): (&'a Ruleset, &Leaf), (from, asked): (&'a Ruleset, &Leaf)) -> Shift<'a> {
    let (named, then) = (days_named(leaf), days_named(asked));
    if named == then {
        return Shift::Years(0);
    }
    let years = i32::from(to.year) - i32::from(from.year);
    let moved =
        || named.iter().zip(&then).map(|(now, then)| later(then, Shift::Years(years)).filter(|moved| moved == now));
    // Another day of the year is another rule, which the same sheet is scored by.
    if named.len() != then.len() || moved().any(|moved| moved.is_none()) {
        return Shift::Years(years);
    }
    let mut gaps = named.iter().zip(&then).map(|(now, then)| now - then);
    let Some(gap) = gaps.next().filter(|gap| gaps.all(|other| other == *gap)).and_then(|gap| gap.to_i64()) else {
        return Shift::Years(years);
    };
    let due = match then.as_slice() {
        [due] if in_working_days(leaf) && in_working_days(asked) => due.floor().to_i64(),
        _ => None,
    };
    let due = due.and_then(|due| Some((i32::try_from(due).ok()?, i32::try_from(gap).ok()?)));
    match (due, &from.round.calendar, &to.round.calendar) {
        (Some((due, by)), Some(then), Some(now)) => Shift::Working { due, by, calendars: [then, now] },
        _ => Shift::Days(gap),
    }
}

/// Whether a leaf counts how late something is in working days.
fn in_working_days(leaf: &Leaf) -> bool {
    match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { subject: Some(subject), .. }) => subject.kind == Kind::WorkingDays,
        Scoring::PerRow(rows) => in_working_days(&rows.row),
        _ => false,
    }
}

/// The days that a leaf's rule and bounds name.
fn days_named(leaf: &Leaf) -> Vec<Ratio> {
    let mut days = Vec::new();
    let mut see = |expr: &Expr| {
        if let (Kind::Date | Kind::Moment, Term::Constant(day)) = (expr.kind, &expr.term) {
            days.push(day.clone());
        }
    };
    let columns = leaf.figures.iter().filter_map(|figure| match &figure.kind {
        FigureKind::Rows(columns) => Some(columns.as_slice()),
        _ => None,
    });
    for figure in leaf.figures.iter().chain(columns.flatten()) {
        figure.limits.iter().for_each(|limit| limit.bound.visit(&mut see));
    }
    for rule in &leaf.not_applicable {
        rule.test.visit(&mut see);
    }
    match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { subject, arms }) => {
            if let Some(subject) = subject {
                subject.visit(&mut see);
            }
            for arm in arms {
                if let Guard::Test(test) = &arm.guard {
                    test.visit(&mut see);
                }
                if let Outcome::Points(award) = &arm.outcome {
                    award.visit(&mut see);
                }
            }
        }
        Scoring::Declared(_, Meaning::Sum(sum)) => sum.parts.iter().for_each(|part| part.test.visit(&mut see)),
        Scoring::Declared(_, Meaning::Value { expr, .. }) => expr.visit(&mut see),
        Scoring::PerRow(rows) => days.extend(days_named(&rows.row)),
        Scoring::Script { .. } | Scoring::Entered { .. } => {}
    }
    days.sort();
    days
}

/// A figure, the leaf that it is of, and the set.
type Place<'a> = (&'a Ruleset, &'a Leaf, &'a Figure);

/// Whether two figures ask for the same: by name, and by where their values come from.
pub(super) fn origin((to, leaf, figure): Place<'_>, (from, asked, declared): Place<'_>) -> bool {
    let same_name = fold(&figure.name) == fold(&declared.name);
    // A year is the same one, or lies as far back.
    let year = |now: u16, then: u16| {
        now == then || i32::from(now) - i32::from(to.year) == i32::from(then) - i32::from(from.year)
    };
    match (&figure.origin, &declared.origin) {
        (now, then) if is_stated(now) && is_stated(then) => same_name,
        (Origin::Prior { figure: now, year: now_of, .. }, Origin::Prior { figure: then, year: then_of, .. }) => {
            let name = |leaf: &Leaf, id: FigureId| leaf.figures.get(id.0).map(|figure| fold(&figure.name));
            name(leaf, *now) == name(asked, *then) && year(*now_of, *then_of)
        }
        (
            Origin::Index { path: now, year: now_of, part, scale },
            Origin::Index { path: then, year: then_of, part: part_then, scale: scale_then },
        ) => now == then && year(*now_of, *then_of) && part == part_then && scale.is_some() == scale_then.is_some(),
        (Origin::Survey(now), Origin::Survey(then)) => survey((to, now), (from, then)),
        _ => false,
    }
}

fn is_stated(origin: &Origin) -> bool {
    matches!(origin, Origin::Stated | Origin::Shared(_))
}

/// Whether two leaves make the same of the same questions.
fn survey((to, now): (&Ruleset, &SurveyRule), (from, then): (&Ruleset, &SurveyRule)) -> bool {
    let groups = |one: &Questionnaire| -> Vec<(String, Ratio)> {
        one.groups.iter().map(|group| (fold(&group.name), group.weight.clone())).collect()
    };
    let questions = |one: &Questionnaire, rule: &SurveyRule| {
        let read = rule.questions.iter().filter_map(|&at| one.questions.get(at));
        read.map(|question| (fold(&question.name), question.options.clone())).collect::<Vec<_>>()
    };
    let named = |ruleset: &'_ Ruleset, rule: &SurveyRule| ruleset.questionnaires.get(rule.questionnaire).cloned();
    match (named(to, now), named(from, then)) {
        (Some(one), Some(other)) => {
            now.measure == then.measure
                && groups(&one) == groups(&other)
                && questions(&one, now) == questions(&other, then)
        }
        _ => false,
    }
}

/// Whether two figures are of one kind, and measured in the same.
pub(super) fn kind(figure: &Figure, declared: &Figure) -> bool {
    let measure = |figure: &Figure| figure.measure.as_deref().map(fold);
    let same = match (&figure.kind, &declared.kind) {
        (FigureKind::Number(now), FigureKind::Number(then)) => now == then,
        (FigureKind::YesNo, FigureKind::YesNo)
        | (FigureKind::Choice(_), FigureKind::Choice(_))
        | (FigureKind::Text, FigureKind::Text) => true,
        (FigureKind::Rows(columns), FigureKind::Rows(then)) => columns
            .iter()
            .all(|column| then.iter().find(|known| known.name == column.name).is_none_or(|known| kind(column, known))),
        _ => false,
    };
    same && measure(figure) == measure(declared)
}

/// A value as another year's figure has it; nothing where that figure cannot have it.
pub(super) fn value(figure: &Figure, declared: &Figure, value: Value, shift: Shift<'_>) -> Option<Value> {
    match (value, &figure.kind, &declared.kind) {
        (Value::NotApplicable, ..) => figure.may_not_apply.then_some(Value::NotApplicable),
        (Value::Number(day), FigureKind::Number(Kind::Date | Kind::Moment), _) => later(&day, shift).map(Value::Number),
        (Value::YesNo(false), FigureKind::Number(_), _) => figure.or_never.then_some(Value::YesNo(false)),
        (Value::Option(at), FigureKind::Choice(options), FigureKind::Choice(then)) => {
            let chosen = fold(then.get(at)?);
            options.iter().position(|option| fold(option) == chosen).map(Value::Option)
        }
        (Value::Rows(rows), FigureKind::Rows(columns), FigureKind::Rows(then)) => {
            let rows: Option<Vec<Row>> = rows.into_iter().map(|row| self::row(columns, then, row, shift)).collect();
            rows.map(Value::Rows)
        }
        (value, ..) => Some(value),
    }
}

fn row(columns: &[Figure], then: &[Figure], row: Row, shift: Shift<'_>) -> Option<Row> {
    let mut cells = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(was) = then.iter().position(|known| known.name == column.name) else { continue };
        let (Some(declared), Some(cell)) = (then.get(was), row.cells.get(&FigureId(was))) else { continue };
        cells.insert(FigureId(at), value(column, declared, cell.clone(), shift)?);
    }
    Some(Row { name: row.name, cells })
}

/// A day as another year's leaf has it, at the same time of the day.
fn later(day: &Ratio, shift: Shift<'_>) -> Option<Ratio> {
    let whole = day.floor();
    let at = i32::try_from(whole.to_i64()?).ok()?;
    let moved = match shift {
        Shift::Years(0) => return Some(day.clone()),
        Shift::Years(years) => years_later(at, years)?,
        Shift::Days(days) => i32::try_from(i64::from(at).checked_add(days)?).ok()?,
        Shift::Working { due, by, .. } if at <= due => at.checked_add(by)?,
        Shift::Working { due, by, calendars: [then, now] } => {
            let mut left = then.between(due, at);
            let mut moved = due.checked_add(by)?;
            // A calendar in which nothing is worked any more has no such day.
            let last = moved.checked_add(LONGEST)?;
            while left > 0 {
                moved = moved.checked_add(1).filter(|moved| *moved <= last)?;
                left = left.saturating_sub(usize::from(now.works(moved)));
            }
            moved
        }
    };
    Some(&Ratio::from(moved) + &(day - &whole))
}

/// The days after which nobody is late any more: ten years.
const LONGEST: i32 = 3_653;
