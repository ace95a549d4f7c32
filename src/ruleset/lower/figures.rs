//! The figures of a leaf: names, types, and what each can be.

use std::collections::BTreeMap;

use super::super::draft::{Placed, name};
use super::super::meaning::{Expr, FigureId, Interval, Kind, Term, range};
use super::super::model::{Figure, FigureKind, Limit, Made, Side};
use super::super::origin::Origin;
use super::derived::{not_earlier, prior};
use super::{LeafRanges, Scope, Set, rows};
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Names, Span, Structure};
use crate::language::tree::{
    Bound, Expression, ExpressionKind, Figure as Written, FigureType, List, Met, MetTest, Statement, Unit,
};
use crate::language::{fold, limits, quote};
use crate::number::Ratio;

/// Figures as declared: each with its bounds, not lowered yet.
#[derive(Debug, Default)]
pub(super) struct Declared<'a> {
    pub(super) figures: Vec<Figure>,
    pub(super) bounds: Vec<Vec<(Side, &'a Expression)>>,
    folded: BTreeMap<String, usize>,
}

impl<'a> Declared<'a> {
    /// Takes a figure in, unless its name is taken.
    pub(super) fn add(&mut self, declared: &'a Written, findings: &mut Vec<Diagnostic>) -> bool {
        options(&declared.kind.value, findings);
        whole_bounds(declared, findings);
        self.put(plain(declared), sides(&declared.bounds), findings)
    }

    fn put(&mut self, figure: Figure, bounds: Vec<(Side, &'a Expression)>, findings: &mut Vec<Diagnostic>) -> bool {
        let new = new_name(&figure.name, figure.span, &self.figures, &self.folded, findings);
        if new {
            self.folded.insert(fold(&figure.name), self.figures.len());
            self.figures.push(figure);
            self.bounds.push(bounds);
        }
        new
    }
}

/// The figures that a head's lines declare, in order: those of their own lines, then those that a checklist asks for,
/// wherever the form stands.
pub(super) fn declared<'a>(
    lines: &[Placed<'a>],
    set: Set<'_>,
    maximum: &Ratio,
    forgiving: bool,
    findings: &mut Vec<Diagnostic>,
) -> Declared<'a> {
    let mut declared = Declared::default();
    let mut listed = forgiving;
    let (asked, own): (Vec<_>, Vec<_>) = lines.iter().partition(|(line, _)| matches!(line, Statement::Met(_)));
    for &(statement, line) in own.into_iter().chain(asked) {
        match statement {
            Statement::Column(_) if !listed => {
                let place = Both::new("dưới một dòng `danh sách …`", "under a line `list …`");
                findings.push(Diagnostic::new(Structure::MisplacedLine { line: name(statement), place }, line));
            }
            Statement::List(list) => {
                listed = true;
                let columns = columns(lines, list, set, maximum, forgiving, findings);
                let figure = blank(&list.name.value, &list.label.value, FigureKind::Rows(columns), list.name.span);
                let figure = Figure { sources: list.sources.clone(), ..figure };
                declared.put(figure, sides(&list.bounds), findings);
            }
            Statement::Figure(figure) if declared.add(figure, findings) => {
                with_years(figure, set, &mut declared.figures, findings);
                declared.bounds.resize_with(declared.figures.len(), Vec::new);
            }
            Statement::Met(Met { test: MetTest::Figure { name, label, sources }, .. }) => {
                let figure = blank(&name.value, &label.value, FigureKind::YesNo, name.span);
                let figure = Figure { sources: sources.clone(), ..figure };
                declared.put(figure, Vec::new(), findings);
            }
            _ => {}
        }
    }
    declared
}

/// The columns that stand under a list: down to the next list.
fn columns(
    lines: &[Placed<'_>],
    list: &List,
    set: Set,
    maximum: &Ratio,
    forgiving: bool,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Figure> {
    let after = lines.iter().skip_while(|(line, _)| !matches!(line, Statement::List(other) if other.name == list.name));
    let until = after.skip(1).take_while(|(line, _)| !matches!(line, Statement::List(_)));
    let mut declared = Declared::default();
    for (line, _) in until {
        let Statement::Column(column) = line else { continue };
        if super::rows::column_name(column, findings) {
            declared.add(column, findings);
        }
    }
    if declared.figures.is_empty() && !forgiving {
        let problem = Structure::FormWithoutLines {
            form: Both::new("danh sách", "list"),
            example: Both::new("cột đúng \"…\": số đếm", "column on_time \"…\": count"),
        };
        findings.push(Diagnostic::new(problem, list.name.span));
    }
    // A row reads its own columns and nothing beside them.
    let set = Set { own: None, ..set };
    let mut columns = bounded(declared, set, maximum, forgiving, findings);
    let mut circles = Circles::default();
    ranges(&mut columns, maximum, &mut circles, findings);
    circles.told(findings);
    columns
}

/// `kèm năm trước`: the sheet states what the figure was then too.
fn with_years(declared: &Written, set: Set<'_>, figures: &mut Vec<Figure>, findings: &mut Vec<Diagnostic>) {
    let at = figures.len().saturating_sub(1);
    let Some(base) = figures.get(at).cloned() else { return };
    for year in &declared.with_years {
        match not_earlier(year.value, set) {
            Some(problem) => findings.push(Diagnostic::new(problem, year.span)),
            None => figures.push(prior(&base, FigureId(at), year.value, true, set, year.span)),
        }
    }
}

/// A count is bounded by whole numbers.
fn whole_bounds(declared: &Written, findings: &mut Vec<Diagnostic>) {
    if declared.kind.value != FigureType::Count {
        return;
    }
    for (_, bound) in sides(&declared.bounds) {
        if let ExpressionKind::Number(number) = &bound.kind
            && number.unit == Unit::None
            && !number.value.is_integer()
        {
            // The value of a parameter has no place here.
            let place = if bound.span == Span::default() { declared.name.span } else { bound.span };
            findings.push(Diagnostic::new(Expressions::BoundNotWhole { name: declared.name.value.clone() }, place));
        }
    }
}

/// An option stands once.
fn options(kind: &FigureType, findings: &mut Vec<Diagnostic>) {
    let FigureType::Choice(options) = kind else {
        return;
    };
    for (at, option) in options.iter().enumerate() {
        if let Some(first) = options.iter().take(at).find(|other| other.value == option.value) {
            let problem = Structure::SaidTwice { line: Both::same(quote(&option.value)) };
            let finding = Diagnostic::new(problem, option.span);
            findings.push(finding.label(first.span, "lần đầu ở đây", "first said here"));
        }
    }
}

pub(super) fn blank(name: &str, label: &str, kind: FigureKind, span: Span) -> Figure {
    let range = match &kind {
        FigureKind::Number(Kind::Count | Kind::Money | Kind::Rate) => Interval::closed(Some(Ratio::ZERO), None),
        FigureKind::Rows(_) => Interval::closed(Some(Ratio::ZERO), Some(Ratio::from(i64::from(limits::ROWS)))),
        FigureKind::YesNo | FigureKind::Choice(_) | FigureKind::Text | FigureKind::Number(_) => Interval::ALL,
    };
    Figure {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        limits: Vec::new(),
        measure: None,
        measured_at: None,
        typed_at: None,
        digits: None,
        or_never: false,
        beyond_period: false,
        may_not_apply: false,
        made: None,
        sources: Vec::new(),
        origin: Origin::Stated,
        range,
        span,
    }
}

/// A figure that no line declares, with its names and labels; the set's own language names it.
pub(super) fn made(name: Both, label: Both, kind: FigureKind, language: Language, span: Span) -> Figure {
    let (called, told) = (language.pick(&name.0, &name.1), language.pick(&label.0, &label.1));
    let figure = blank(called, told, kind, span);
    Figure { made: Some(Box::new(Made { name, label })), ..figure }
}

fn plain(declared: &Written) -> Figure {
    let kind = match &declared.kind.value {
        FigureType::YesNo => FigureKind::YesNo,
        FigureType::Count => FigureKind::Number(Kind::Count),
        FigureType::Number => FigureKind::Number(Kind::Number),
        FigureType::Rate => FigureKind::Number(Kind::Rate),
        FigureType::Money => FigureKind::Number(Kind::Money),
        FigureType::DateTime => FigureKind::Number(Kind::Moment),
        FigureType::Date => FigureKind::Number(Kind::Date),
        FigureType::Choice(options) => FigureKind::Choice(options.iter().map(|option| option.value.clone()).collect()),
        FigureType::Text => FigureKind::Text,
    };
    let mut figure = blank(&declared.name.value, &declared.label.value, kind, declared.name.span);
    figure.measure = declared.measure.as_ref().map(|measure| measure.value.clone());
    figure.measured_at = declared.measure.as_ref().map(|measure| measure.span);
    figure.typed_at = Some(declared.kind.span);
    figure.beyond_period = declared.beyond_period;
    figure.may_not_apply = declared.may_not_apply;
    figure.sources.clone_from(&declared.sources);
    figure.digits = declared.digits.as_ref().map(|digits| digits.value);
    figure
}

fn sides(bounds: &[Bound]) -> Vec<(Side, &Expression)> {
    bounds
        .iter()
        .flat_map(|bound| match bound {
            Bound::AtLeast(least) => vec![(Side::Least, least)],
            Bound::AtMost(most) => vec![(Side::Most, most)],
            Bound::Between(least, most) => vec![(Side::Least, least), (Side::Most, most)],
        })
        .collect()
}

/// Whether a name is free; `folded` tells where names that read alike stand.
fn new_name(
    name: &str,
    span: Span,
    figures: &[Figure],
    folded: &BTreeMap<String, usize>,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    if let Some(same) = figures.iter().find(|figure| figure.name == name) {
        let finding = Diagnostic::new(Names::DuplicateFigure { name: name.to_owned() }, span);
        findings.push(finding.label(same.span, "khai lần đầu ở đây", "first declared here"));
        return false;
    }
    if let Some(alike) = folded.get(&fold(name)).and_then(|&at| figures.get(at)) {
        let problem = Names::FoldAlike { name: name.to_owned(), other: alike.name.clone() };
        findings.push(Diagnostic::new(problem, span).label(alike.span, "tên kia ở đây", "the other name is here"));
    }
    true
}

/// Lowers the bounds.
pub(super) fn bounded(
    declared: Declared<'_>,
    set: Set<'_>,
    maximum: &Ratio,
    forgiving: bool,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Figure> {
    let Declared { mut figures, bounds, .. } = declared;
    let mut names = figures.clone();
    let mut ignored = vec![false; names.len()];
    for (at, limits) in bounds.iter().enumerate() {
        for &(side, expression) in limits {
            let (used, findings) = (&mut ignored, &mut *findings);
            let mut scope = Scope { set, figures: &mut names, used, maximum, forgiving, findings };
            let Some(figure) = figures.get_mut(at) else {
                continue;
            };
            if let Some(bound) = scope.bound(&figure.kind, FigureId(at), expression) {
                below_zero(figure, (side, &bound), expression.span, maximum, scope.findings);
                figure.limits.push(Limit { side, bound });
            }
        }
    }
    // A bound may read what a figure was in an earlier year, or one that is stated elsewhere.
    figures.extend(names.into_iter().skip(figures.len()));
    figures
}

/// Tells a least value below zero of what is never below zero: it lets nothing in that was not let in without it.
fn below_zero(
    figure: &Figure,
    (side, bound): (Side, &Expr),
    place: Span,
    maximum: &Ratio,
    findings: &mut Vec<Diagnostic>,
) {
    let FigureKind::Number(kind @ (Kind::Count | Kind::Money | Kind::Rate)) = figure.kind else { return };
    let reach = range(bound, &LeafRanges { figures: &[], maximum, subject: Interval::ALL });
    let nothing = reach.intersect(&Interval::closed(Some(Ratio::ZERO), None)).is_empty();
    if side == Side::Least && nothing {
        let problem = Expressions::BoundBelowZero { name: figure.name.clone(), mend: may_be_negative(kind) };
        findings.push(Diagnostic::new(problem, place));
    }
}

/// How to declare what may be negative, as no value of a kind may.
fn may_be_negative(kind: Kind) -> Both {
    let plain = |vietnamese: &str, english: &str| {
        Both::new(
            format!(
                "bỏ mức này, hay viết 0; con số có thể âm, như chênh lệch giữa hai năm, thì khai `số` thay cho `{vietnamese}`"
            ),
            format!(
                "drop the bound, or write 0; declare what may be negative, such as a difference of two years, as `number` in place of `{english}`"
            ),
        )
    };
    match kind {
        Kind::Count => plain("số đếm", "count"),
        Kind::Money => plain("số tiền", "money"),
        _ => Both::new(
            "mức tăng, giảm có thể âm thì khai `số, đơn vị tính \"%\"` (các mức và mép viết không có dấu %); không thì bỏ mức này",
            "declare a change that may be negative as `number, measured in \"%\"` (its bounds and edges without the sign %); else drop the bound",
        ),
    }
}

/// Bounds that contradict each other; what stands in the bounds of several leaves is told once.
#[derive(Debug, Default)]
pub(super) struct Circles {
    /// A circle over several leaves was told.
    across: bool,
    /// A figure without a value was told.
    order: bool,
    /// One in a leaf that reads such a figure of elsewhere.
    empty: Option<Diagnostic>,
}

impl Circles {
    /// Tells what stands nowhere else.
    pub(super) fn told(self, findings: &mut Vec<Diagnostic>) {
        findings.extend(self.empty.filter(|_| !self.order));
    }
}

/// Works out what each figure can be.
pub(super) fn ranges(figures: &mut [Figure], maximum: &Ratio, circles: &mut Circles, findings: &mut Vec<Diagnostic>) {
    // As many rounds as there are figures carry every bound through a chain; a longer chain is a circle.
    for _ in 0..=figures.len() {
        let known = figures.to_vec();
        let mut changed = false;
        for figure in figures.iter_mut() {
            let ranges = LeafRanges { figures: &known, maximum, subject: Interval::ALL };
            let mut narrowed = figure.range.clone();
            // What a bound tells of rows was made before it was known how many there are.
            if let Origin::Rows(over) = &figure.origin
                && let Some(list) = known.get(over.list.0)
                && let FigureKind::Rows(columns) = &list.kind
            {
                narrowed = narrowed.intersect(&rows::reach(&over.told, list.range.clone(), columns, maximum));
            }
            for limit in &figure.limits {
                let bound = range(&limit.bound, &ranges);
                let edge = match limit.side {
                    Side::Least => Interval { lower: bound.lower, upper: None },
                    Side::Most => Interval { lower: None, upper: bound.upper },
                };
                narrowed = narrowed.intersect(&edge);
            }
            if matches!(figure.kind, FigureKind::Number(Kind::Count) | FigureKind::Rows(_)) {
                narrowed = narrowed.whole();
            }
            changed |= narrowed != figure.range;
            figure.range = narrowed;
        }
        changed |= backwards(figures);
        if !changed {
            break;
        }
    }
    let across = figures.iter().any(|figure| figure.origin.stated_at().is_some());
    let circle = in_circle(figures);
    if let Some(first) = circle.first()
        && !(across && std::mem::replace(&mut circles.across, true))
    {
        let path: Vec<&str> = circle.iter().chain([first]).map(|figure| figure.name.as_str()).collect();
        let finding = Diagnostic::new(Expressions::BoundCycle { path: path.join(" → ") }, first.span);
        let others = circle.iter().zip(circle.iter().cycle().skip(1)).skip(1);
        findings.push(others.fold(finding, |finding, (figure, by)| {
            let (name, by) = (&figure.name, &by.name);
            finding.label(
                figure.span,
                format!("`{name}` bị `{by}` chặn ở đây"),
                format!("`{name}` is bounded by `{by}` here"),
            )
        }));
    }
    // An empty figure empties those that it bounds: told once.
    let empty = |figure: &&Figure| figure.range.is_empty();
    if let Some(figure) = figures.iter().find(empty) {
        let finding = Diagnostic::new(Expressions::BoundOrder { name: figure.name.clone() }, figure.span);
        if figures.iter().filter(empty).any(|figure| figure.origin.stated_at().is_some()) {
            circles.empty.get_or_insert(finding);
        } else {
            circles.order = true;
            findings.push(finding);
        }
    }
}

/// Carries a bound by another figure back to it: what `b` cannot go below, `a` cannot either if `b` is at most `a`.
fn backwards(figures: &mut [Figure]) -> bool {
    let known = figures.to_vec();
    let mut changed = false;
    for figure in &known {
        for limit in &figure.limits {
            let Term::Figure(id) = limit.bound.term else {
                continue;
            };
            let edge = match limit.side {
                Side::Most => Interval { lower: figure.range.lower.clone(), upper: None },
                Side::Least => Interval { lower: None, upper: figure.range.upper.clone() },
            };
            if let Some(bound) = figures.get_mut(id.0) {
                let narrowed = bound.range.intersect(&edge);
                changed |= narrowed != bound.range;
                bound.range = narrowed;
            }
        }
    }
    changed
}

/// Whether some figure can be nothing, or bounds itself in a circle.
pub(in super::super) fn contradictory(figures: &[Figure]) -> bool {
    figures.iter().any(|figure| figure.range.is_empty()) || !in_circle(figures).is_empty()
}

/// The first figure whose bounds come back to it, and those on the way, each bounded by the next; else none.
fn in_circle(figures: &[Figure]) -> Vec<&Figure> {
    let circular = |&at: &usize| bounded_by(figures, FigureId(at), FigureId(at));
    let Some(first) = (0..figures.len()).find(circular) else { return Vec::new() };
    let mut path = vec![first];
    let mut seen = path.clone();
    while let Some(&at) = path.last() {
        let named = bounds_of(figures, at);
        if named.contains(&first) {
            break;
        }
        // What does not lead back is left again.
        match named.into_iter().find(|next| !seen.contains(next)) {
            Some(next) => {
                seen.push(next);
                path.push(next);
            }
            None => {
                path.pop();
            }
        }
    }
    path.into_iter().filter_map(|at| figures.get(at)).collect()
}

/// The figures that the bounds of one name.
fn bounds_of(figures: &[Figure], at: usize) -> Vec<usize> {
    let mut named = Vec::new();
    for limit in figures.get(at).map_or(&[][..], |figure| figure.limits.as_slice()) {
        limit.bound.figures(&mut |id| named.push(id.0));
    }
    named
}

/// Whether the bounds of a figure, or of those that bound it, name another: a bound the other way would close a circle.
pub(in super::super) fn bounded_by(figures: &[Figure], figure: FigureId, by: FigureId) -> bool {
    let mut seen = vec![figure.0];
    let mut open = vec![figure.0];
    while let Some(at) = open.pop() {
        for limit in figures.get(at).map_or(&[][..], |figure| figure.limits.as_slice()) {
            let mut named = false;
            limit.bound.visit(&mut |expr| {
                if let Term::Figure(id) = expr.term {
                    named |= id == by;
                    if !seen.contains(&id.0) {
                        seen.push(id.0);
                        open.push(id.0);
                    }
                }
            });
            if named {
                return true;
            }
        }
    }
    false
}
