//! Rows tried by proofs: a few rows with their cells, and what is told of them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::meaning::{Term, range};
use super::super::model::{Figure, FigureKind, Leaf};
use super::super::origin::{Origin, OverRows, Told};
use super::witness::{Point, Read, Slot, Stated, bounding, bounds_kept, comes_out, has_value, one, values};
use crate::diagnostic::Language;
use crate::number::Ratio;

/// A list that something is told of.
pub(super) struct List<'a> {
    at: usize,
    figure: &'a Figure,
    columns: &'a [Figure],
    /// The columns that are read.
    read: Vec<usize>,
    /// The figures that are told of it.
    told: Vec<(usize, &'a OverRows)>,
}

/// The rows of lists, by the place of the list.
pub(super) type Rows<'a> = BTreeMap<usize, Vec<Point<'a>>>;

/// Whether a figure is told of rows, or is the list of them.
pub(super) fn is_of_rows(leaf: &Leaf, at: usize) -> bool {
    leaf.figures
        .get(at)
        .is_some_and(|figure| matches!(figure.origin, Origin::Rows(_)) || matches!(figure.kind, FigureKind::Rows(_)))
}

/// The lists that figures are told of; the numbers that what is told names are joined to those of the rule.
pub(super) fn lists<'a>(leaf: &'a Leaf, read: &[usize], numbers: &mut Vec<Ratio>) -> Vec<List<'a>> {
    let told = |at: &usize| match &leaf.figures.get(*at)?.origin {
        Origin::Rows(over) => Some((*at, over)),
        _ => None,
    };
    let told: Vec<(usize, &OverRows)> = read.iter().filter_map(told).collect();
    let places: BTreeSet<usize> = told.iter().map(|(_, over)| over.list.0).collect();
    let list = |at: usize| {
        let figure = leaf.figures.get(at)?;
        let FigureKind::Rows(columns) = &figure.kind else { return None };
        let told: Vec<_> = told.iter().filter(|(_, over)| over.list.0 == at).copied().collect();
        let mut all = Read::default();
        for (_, over) in &told {
            match &over.told {
                Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => all.expr(expr),
                Told::Count(Some(test)) | Told::All(test) | Told::Any(test) => all.test(test),
                Told::Count(None) => {}
            }
        }
        numbers.append(&mut all.numbers);
        bounding(columns, &mut all.figures);
        Some(List { at, figure, columns, read: all.figures, told })
    };
    places.into_iter().filter_map(list).collect()
}

impl List<'_> {
    /// Whether it may have so many rows.
    pub(super) fn takes(&self, rows: usize) -> bool {
        // A bound that is no number may read other figures: such a list is not tried.
        self.figure.limits.iter().all(|limit| matches!(limit.bound.term, Term::Constant(_)))
            && self.figure.range.contains(&count(rows))
    }

    /// What is tried of so many rows.
    pub(super) fn slots(&self, rows: usize, numbers: &[Ratio]) -> Vec<(Slot, Vec<Stated>)> {
        let cells = (0..rows).flat_map(|row| self.read.iter().map(move |column| (row, *column)));
        let slots = cells.filter_map(|(row, column)| {
            let values = values(self.columns.get(column)?, numbers);
            Some((Slot::Cell { list: self.at, row, column }, values))
        });
        slots.collect()
    }

    /// What a figure tells of rows; nothing where it has no value.
    fn tells(over: &OverRows, rows: &[Point<'_>]) -> Option<Stated> {
        let numbers = |expr| {
            let value = |row: &Point<'_>| range(expr, row).single().filter(|_| has_value(expr, row)).cloned();
            rows.iter().map(value).collect::<Option<Vec<Ratio>>>()
        };
        let held = |test| {
            let held = rows.iter().map(|row| comes_out(test, row)).collect::<Option<Vec<bool>>>()?;
            Some(held.into_iter().filter(|held| *held).count())
        };
        Some(match &over.told {
            Told::Sum(expr) => Stated::Number(numbers(expr)?.iter().fold(Ratio::ZERO, |sum, value| &sum + value)),
            Told::Count(None) => Stated::Number(count(rows.len())),
            Told::Count(Some(test)) => Stated::Number(count(held(test)?)),
            Told::Least(expr) => Stated::Number(numbers(expr)?.into_iter().min()?),
            Told::Greatest(expr) => Stated::Number(numbers(expr)?.into_iter().max()?),
            Told::All(_) if rows.is_empty() => return None,
            Told::All(test) => Stated::Answer(held(test)? == rows.len()),
            Told::Any(test) => Stated::Answer(held(test)? > 0),
        })
    }

    /// The rows as an example writes them; how many they are where it is none, or nothing of them is read.
    pub(super) fn words(&self, rows: &Rows<'_>, language: Language) -> Option<String> {
        let name = &self.figure.name;
        let rows = rows.get(&self.at)?;
        if rows.is_empty() || self.read.is_empty() {
            let word = language.pick("dòng", if rows.len() == 1 { "row" } else { "rows" });
            return Some(format!("{name} = {} {word}", rows.len()));
        }
        let row = |(at, row): (usize, &Point<'_>)| {
            let cells = row.stated.iter().filter_map(|(at, stated)| one(self.columns.get(*at)?, stated, language));
            format!("\"{}\" ({})", at.saturating_add(1), cells.collect::<Vec<_>>().join("; "))
        };
        Some(format!("{name} = {}", rows.iter().enumerate().map(row).collect::<Vec<_>>().join(", ")))
    }
}

/// Figures with what is told of the rows stated beside them; nothing where cells break their bounds, or where something told
/// has no value.
pub(super) fn point<'a>(
    lists: &[List<'a>],
    rows: usize,
    stated: BTreeMap<Slot, Stated>,
    maximum: &'a Ratio,
) -> Option<(Point<'a>, Rows<'a>)> {
    let blank = || Point { stated: BTreeMap::new(), maximum };
    let (mut own, mut cells) = (blank(), Rows::new());
    for list in lists {
        cells.insert(list.at, (0..rows).map(|_| blank()).collect());
    }
    for (slot, value) in stated {
        match slot {
            Slot::Own(at) => own.stated.insert(at, value),
            Slot::Cell { list, row, column } => {
                cells.get_mut(&list).and_then(|rows| rows.get_mut(row))?.stated.insert(column, value)
            }
        };
    }
    for list in lists {
        let rows = cells.get(&list.at)?;
        if !rows.iter().all(|row| bounds_kept(list.columns, row)) {
            return None;
        }
        for (at, over) in &list.told {
            own.stated.insert(*at, List::tells(over, rows)?);
        }
    }
    Some((own, cells))
}

fn count(rows: usize) -> Ratio {
    Ratio::from(i64::try_from(rows).unwrap_or(i64::MAX))
}
