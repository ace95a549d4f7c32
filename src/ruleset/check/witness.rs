//! Figures that show a rule to score out of bounds, or to leave a case out: tried at the edges, at the numbers the rule names, and at round ones.

use std::collections::BTreeMap;

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, FigureId, Interval, Kind, Ranges, Term, Test, decides, range};
use super::super::model::{Figure, FigureKind, Leaf, Side};
use super::bands::value_words;
use super::told;
use crate::diagnostic::{Both, Language};
use crate::language::Keyword;
use crate::language::tree::BinaryOperator;
use crate::number::Ratio;

/// At most so many combinations of figures are tried.
const TRIED: usize = 4_000;

/// What is stated of one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Number(Ratio),
    Answer(bool),
    Option(usize),
}

/// Figures stated, each one value: the range of an expression over them is its value.
pub(super) struct Point<'a> {
    pub(super) stated: BTreeMap<usize, Stated>,
    pub(super) maximum: &'a Ratio,
}

impl Ranges for Point<'_> {
    fn figure(&self, id: FigureId) -> Interval {
        match self.stated.get(&id.0) {
            Some(Stated::Number(value)) => Interval::point(value.clone()),
            _ => Interval::ALL,
        }
    }

    fn maximum(&self) -> &Ratio {
        self.maximum
    }

    fn subject(&self) -> Interval {
        Interval::ALL
    }

    fn limits(&self, _: FigureId) -> Vec<Expr> {
        Vec::new()
    }

    fn answer(&self, id: FigureId) -> Option<bool> {
        match self.stated.get(&id.0) {
            Some(Stated::Answer(answer)) => Some(*answer),
            _ => None,
        }
    }

    fn option(&self, id: FigureId) -> Option<usize> {
        match self.stated.get(&id.0) {
            Some(Stated::Option(option)) => Some(*option),
            _ => None,
        }
    }
}

/// The first figures found, within their bounds, for which an expression lies outside; with what it gives.
pub(super) fn outside(
    leaf: &Leaf,
    expr: &Expr,
    ranges: &LeafRanges<'_>,
    inside: impl Fn(&Ratio) -> bool,
) -> Option<(Both, Ratio)> {
    let mut read = Read::default();
    read.expr(expr);
    search(leaf, read, ranges, |point| range(expr, point).single().filter(|value| !inside(value)).cloned())
}

/// The first figures found, within their bounds, for which an expression is zero and conditions come out as they are said to.
pub(super) fn zero(leaf: &Leaf, expr: &Expr, said: &[(&Test, bool)], ranges: &LeafRanges<'_>) -> Option<Both> {
    let mut read = Read::default();
    read.expr(expr);
    for (test, _) in said {
        read.test(test);
    }
    let zero = |point: &Point<'_>| {
        let here = said.iter().all(|(test, holds)| comes_out(test, point) == Some(*holds));
        (here && range(expr, point).single().is_some_and(Ratio::is_zero)).then_some(())
    };
    search(leaf, read, ranges, zero).map(|(words, ())| words)
}

/// The first figures found, within their bounds, for which no condition holds.
pub(super) fn uncovered(leaf: &Leaf, tests: &[&Test], ranges: &LeafRanges<'_>) -> Option<Both> {
    let mut read = Read::default();
    for test in tests {
        read.test(test);
    }
    let none_holds = |point: &Point<'_>| tests.iter().all(|test| comes_out(test, point) == Some(false)).then_some(());
    search(leaf, read, ranges, none_holds).map(|(words, ())| words)
}

/// What rules read: figures, and the numbers they name.
#[derive(Default)]
pub(super) struct Read {
    pub(super) figures: Vec<usize>,
    pub(super) numbers: Vec<Ratio>,
}

impl Read {
    pub(super) fn expr(&mut self, expr: &Expr) {
        expr.figures(&mut |id| self.figures.push(id.0));
        expr.visit(&mut |inner| {
            if let Term::Constant(value) = &inner.term {
                self.numbers.push(value.clone());
            }
        });
    }

    pub(super) fn test(&mut self, test: &Test) {
        test.figures(&mut |id| self.figures.push(id.0));
        match test {
            Test::Compare(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| self.test(part)),
            Test::Answer(..) | Test::Option { .. } => {}
        }
    }
}

/// The first figures found, within their bounds, for which something is told.
fn search<T>(
    leaf: &Leaf,
    read: Read,
    ranges: &LeafRanges<'_>,
    told: impl Fn(&Point<'_>) -> Option<T>,
) -> Option<(Both, T)> {
    let Read { figures: mut read, mut numbers } = read;
    // What bounds a figure must be stated too, as must be what says that no case arose.
    for rule in &leaf.not_applicable {
        rule.test.figures(&mut |id| read.push(id.0));
    }
    bounding(&leaf.figures, &mut read);
    let lists = told::lists(leaf, &read, &mut numbers);
    let own = read.iter().filter(|at| !told::is_of_rows(leaf, **at));
    let own: Vec<(Slot, Vec<Stated>)> =
        own.filter_map(|at| Some((Slot::Own(*at), values(ranges.figures.get(*at)?, &numbers)))).collect();
    // What is told of rows is found over a row, over two, and over none.
    let counts: &[usize] = if lists.is_empty() { &[0] } else { &[1, 2, 0] };
    for &rows in counts.iter().filter(|rows| lists.iter().all(|list| list.takes(**rows))) {
        let cells = lists.iter().flat_map(|list| list.slots(rows, &numbers));
        let slots: Vec<(Slot, Vec<Stated>)> = own.iter().cloned().chain(cells).collect();
        let total = slots.iter().try_fold(1_usize, |product, (_, list)| product.checked_mul(list.len()))?;
        for number in 0..total.min(TRIED) {
            let Some((point, cells)) = told::point(&lists, rows, combination(&slots, number, total), ranges.maximum)
            else {
                continue;
            };
            if !allowed(leaf, &point) {
                continue;
            }
            if let Some(told) = told(&point) {
                return Some((words(leaf, &lists, &point, &cells), told));
            }
        }
    }
    None
}

/// Adds the figures that bound others.
pub(super) fn bounding(figures: &[Figure], read: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(figure) = read.get(at).and_then(|id| figures.get(*id)) {
        for limit in &figure.limits {
            limit.bound.figures(&mut |id| {
                if !read.contains(&id.0) {
                    read.push(id.0);
                }
            });
        }
        at += 1;
    }
    read.sort_unstable();
    read.dedup();
}

/// What is tried: a figure, or a cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// A figure of the leaf.
    Own(usize),
    /// A column of a row of a list.
    Cell {
        /// The list.
        list: usize,
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
}

/// Values worth trying for a figure.
pub(super) fn values(figure: &Figure, named: &[Ratio]) -> Vec<Stated> {
    match &figure.kind {
        FigureKind::YesNo => vec![Stated::Answer(true), Stated::Answer(false)],
        FigureKind::Choice(options) => (0..options.len()).map(Stated::Option).collect(),
        FigureKind::Text | FigureKind::Rows(_) => Vec::new(),
        FigureKind::Number(kind) => {
            let hundred = Ratio::from(100);
            let round = [1, 100, 0, 2, 10, 50, 3, 1_000, 5, -1, -100].map(Ratio::from);
            let mut tried: Vec<Ratio> = match kind {
                Kind::Rate => round.iter().filter_map(|value| value.checked_div(&hundred)).collect(),
                _ => round.into(),
            };
            let edges = [&figure.range.upper, &figure.range.lower];
            tried.extend(edges.into_iter().flatten().map(|edge| edge.at.clone()));
            let step = if *kind == Kind::Rate { Ratio::new(1, 100).unwrap_or(Ratio::ONE) } else { Ratio::ONE };
            for value in named {
                tried.extend([value.clone(), value + &step, value - &step]);
            }
            let whole = matches!(kind, Kind::Count | Kind::Date);
            let mut values: Vec<Ratio> = Vec::new();
            for value in tried {
                let fits = figure.range.contains(&value) && (!whole || value.is_integer());
                if fits && !values.contains(&value) {
                    values.push(value);
                }
            }
            values.into_iter().map(Stated::Number).collect()
        }
    }
}

/// The n-th combination, in a mixed-radix count; spread over all of them where there are more than are tried.
fn combination(values: &[(Slot, Vec<Stated>)], number: usize, total: usize) -> BTreeMap<Slot, Stated> {
    let mut rest = if total > TRIED { number.wrapping_mul(total / TRIED).wrapping_add(number) % total } else { number };
    let mut stated = BTreeMap::new();
    for (slot, list) in values {
        if let Some(value) = list.get(rest % list.len().max(1)) {
            stated.insert(*slot, value.clone());
        }
        rest /= list.len().max(1);
    }
    stated
}

/// Whether figures keep each other's bounds, and a case arose.
fn allowed(leaf: &Leaf, point: &Point<'_>) -> bool {
    bounds_kept(&leaf.figures, point)
        && leaf.not_applicable.iter().all(|rule| comes_out(&rule.test, point) == Some(false))
}

/// How a condition comes out, part by part as it is worked out; nothing where it divides by zero.
pub(super) fn comes_out(test: &Test, point: &Point<'_>) -> Option<bool> {
    match test {
        Test::Compare(_, left, right) if !has_value(left, point) || !has_value(right, point) => None,
        Test::Compare(..) | Test::Answer(..) | Test::Option { .. } => decides(test, point),
        Test::All(parts) | Test::Any(parts) => {
            let settles = matches!(test, Test::Any(_));
            for part in parts {
                if comes_out(part, point)? == settles {
                    return Some(settles);
                }
            }
            Some(!settles)
        }
    }
}

/// Whether nothing on the way divides by zero. The range of 0/0 is 0, as that of what is no division would be.
pub(super) fn has_value(expr: &Expr, point: &Point<'_>) -> bool {
    match &expr.term {
        Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => true,
        Term::Negate(inner)
        | Term::Round(inner, _)
        | Term::Floor(inner)
        | Term::Absolute(inner)
        | Term::Named(_, inner) => has_value(inner, point),
        Term::Binary(operator, left, right) => {
            let divides = *operator == BinaryOperator::Divide;
            has_value(left, point)
                && has_value(right, point)
                && !(divides && range(right, point).contains(&Ratio::ZERO))
        }
        Term::Least(parts) | Term::Greatest(parts) => parts.iter().all(|part| has_value(part, point)),
        Term::If(branch) => match comes_out(&branch.test, point) {
            Some(true) => has_value(&branch.then, point),
            Some(false) => has_value(&branch.otherwise, point),
            None => false,
        },
    }
}

/// Whether what is stated keeps the bounds of figures by each other.
pub(super) fn bounds_kept(figures: &[Figure], point: &Point<'_>) -> bool {
    point.stated.iter().all(|(at, stated)| {
        let (Some(figure), Stated::Number(value)) = (figures.get(*at), stated) else {
            return true;
        };
        figure.limits.iter().all(|limit| {
            range(&limit.bound, point).single().is_some_and(|bound| match limit.side {
                Side::Least => value >= bound,
                Side::Most => value <= bound,
            })
        })
    })
}

fn words(leaf: &Leaf, lists: &[told::List<'_>], point: &Point<'_>, rows: &told::Rows<'_>) -> Both {
    let all = |language| {
        let own = point.stated.iter().filter(|(at, _)| !told::is_of_rows(leaf, **at));
        let own = own.filter_map(|(at, stated)| one(leaf.figures.get(*at)?, stated, language));
        let lists = lists.iter().filter_map(|list| list.words(rows, language));
        own.chain(lists).collect::<Vec<_>>().join("; ")
    };
    Both::new(all(Language::Vietnamese), all(Language::English))
}

/// A figure and its value, as examples write them.
pub(super) fn one(figure: &Figure, stated: &Stated, language: Language) -> Option<String> {
    let value = match (stated, &figure.kind) {
        (Stated::Number(value), FigureKind::Number(kind)) => {
            let Both(vietnamese, english) = value_words(value, *kind);
            language.pick(vietnamese, english)
        }
        (Stated::Number(value), _) => value.exact(language.decimal_mark()),
        (Stated::Answer(answer), _) => {
            let answer = if *answer { Keyword::Yes } else { Keyword::No };
            answer.canonical(language).to_owned()
        }
        (Stated::Option(option), FigureKind::Choice(options)) => format!("\"{}\"", options.get(*option)?),
        (Stated::Option(_), _) => return None,
    };
    Some(format!("{} = {value}", figure.name))
}
