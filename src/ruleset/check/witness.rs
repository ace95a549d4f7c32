//! Figures that show a rule to score out of bounds: tried at the edges, at the numbers the rule names, and at round ones.

use std::collections::BTreeMap;

use super::super::lower::LeafRanges;
use super::super::meaning::{Expr, FigureId, Interval, Kind, Ranges, Term, decides, range};
use super::super::model::{Figure, FigureKind, Leaf, Side};
use super::super::origin::Origin;
use super::bands::value_words;
use crate::diagnostic::{Both, Language};
use crate::language::Keyword;
use crate::number::Ratio;

/// At most so many combinations of figures are tried.
const TRIED: usize = 4_000;

/// What is stated of one figure.
#[derive(Clone, Debug)]
enum Stated {
    Number(Ratio),
    Answer(bool),
    Option(usize),
}

/// Figures stated, each one value: the range of an expression over them is its value.
struct Point<'a> {
    stated: BTreeMap<usize, Stated>,
    maximum: &'a Ratio,
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
    let mut numbers = Vec::new();
    let mut read: Vec<usize> = Vec::new();
    expr.figures(&mut |id| read.push(id.0));
    expr.visit(&mut |inner| {
        if let Term::Constant(value) = &inner.term {
            numbers.push(value.clone());
        }
    });
    // What bounds a figure must be stated too, as must be what says that no case arose.
    for rule in &leaf.not_applicable {
        rule.test.figures(&mut |id| read.push(id.0));
    }
    let mut at = 0;
    while let Some(figure) = read.get(at).and_then(|id| leaf.figures.get(*id)) {
        for limit in &figure.limits {
            limit.bound.figures(&mut |id| {
                if !read.contains(&id.0) {
                    read.push(id.0);
                }
            });
        }
        at += 1;
    }
    // What is told of rows is not free: rows would have to be found that make it so.
    let told = |at: &usize| leaf.figures.get(*at).is_some_and(|figure| matches!(figure.origin, Origin::Rows(_)));
    if read.iter().any(told) {
        return None;
    }
    read.sort_unstable();
    read.dedup();
    let values: Vec<(usize, Vec<Stated>)> =
        read.iter().filter_map(|at| Some((*at, values(ranges.figures.get(*at)?, &numbers)))).collect();
    let total = values.iter().try_fold(1_usize, |product, (_, list)| product.checked_mul(list.len()))?;
    for number in 0..total.min(TRIED) {
        let point = Point { stated: combination(&values, number, total), maximum: ranges.maximum };
        if !allowed(leaf, &point) {
            continue;
        }
        let value = range(expr, &point);
        if let Some(value) = value.single().filter(|value| !inside(value)) {
            return Some((words(leaf, &point), value.clone()));
        }
    }
    None
}

/// Values worth trying for a figure.
fn values(figure: &Figure, named: &[Ratio]) -> Vec<Stated> {
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
fn combination(values: &[(usize, Vec<Stated>)], number: usize, total: usize) -> BTreeMap<usize, Stated> {
    let mut rest = if total > TRIED { number.wrapping_mul(total / TRIED).wrapping_add(number) % total } else { number };
    let mut stated = BTreeMap::new();
    for (figure, list) in values {
        if let Some(value) = list.get(rest % list.len().max(1)) {
            stated.insert(*figure, value.clone());
        }
        rest /= list.len().max(1);
    }
    stated
}

/// Whether figures keep each other's bounds, and a case arose.
fn allowed(leaf: &Leaf, point: &Point<'_>) -> bool {
    let kept = point.stated.iter().all(|(at, stated)| {
        let (Some(figure), Stated::Number(value)) = (leaf.figures.get(*at), stated) else {
            return true;
        };
        figure.limits.iter().all(|limit| {
            range(&limit.bound, point).single().is_some_and(|bound| match limit.side {
                Side::Least => value >= bound,
                Side::Most => value <= bound,
            })
        })
    });
    kept && leaf.not_applicable.iter().all(|rule| decides(&rule.test, point) == Some(false))
}

fn words(leaf: &Leaf, point: &Point<'_>) -> Both {
    let one = |(at, stated): (&usize, &Stated), language: Language| {
        let figure = leaf.figures.get(*at)?;
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
    };
    let all = |language| point.stated.iter().filter_map(|stated| one(stated, language)).collect::<Vec<_>>().join("; ");
    Both::new(all(Language::Vietnamese), all(Language::English))
}
