//! Rows: lists and their columns, what is told of all rows, forms that score row by row.

use super::super::check::is_whole;
use super::super::draft::Placed;
use super::super::meaning::{Expr, FigureId, Interval, Kind, Outcome, Term, Test, never_above, product, range};
use super::super::model::{Figure, FigureKind, Leaf, Limit, NotApplicable, PerRow, Scoring, Side, Take, WhenMissing};
use super::super::origin::{Origin, OverRows, Told};
use super::figures::made;
use super::forms::{Lowered, Written, declared};
use super::shares::is_time;
use super::{LeafRanges, Scope, kind_words};
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Names, Span, Structure};
use crate::language::tree::{
    BinaryOperator, Derived, Expression, ExpressionKind, Figure as Column, Met, MetTest, NoRowCase,
    PerRow as WrittenPerRow, Spanned, Statement, Take as WrittenTake,
};
use crate::language::{fold, level_i, reserved_name, write_expression};
use crate::number::Ratio;

/// A function over the rows of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Count,
    Least,
    Greatest,
    All,
    Any,
}

impl Function {
    /// The function with a name; `nhỏ_nhất` and `lớn_nhất` are such only where a list stands first.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match level_i(&fold(name)).replace('_', " ").as_str() {
            "tong" | "sum" => Self::Sum,
            "dem" | "count" => Self::Count,
            "nho nhat" | "min" => Self::Least,
            "lon nhat" | "max" => Self::Greatest,
            "tat ca" | "all" => Self::All,
            "bat ki" | "any" => Self::Any,
            _ => return None,
        })
    }

    /// Whether nothing but a list may stand first.
    pub(super) fn asks_for_rows(self) -> bool {
        !matches!(self, Self::Least | Self::Greatest)
    }
}

/// What reading a function over rows gives.
pub(super) enum Read {
    Number(FigureId, Kind),
    YesNo(FigureId),
}

impl Scope<'_> {
    /// Whether an expression names a list: of this leaf, or of another.
    pub(super) fn names_list(&self, expression: &Expression) -> bool {
        match &expression.kind {
            ExpressionKind::Name(name) => {
                let known = self.figures.iter().find(|figure| figure.name == *name);
                known.is_some_and(|figure| matches!(figure.kind, FigureKind::Rows(_)))
            }
            ExpressionKind::Derived(Derived::Far { name, code }) => self.is_far_list(&name.value, &code.value),
            _ => false,
        }
    }

    /// The list that an expression names, and its columns.
    fn list_of(&mut self, expression: &Expression) -> Option<(FigureId, Vec<Figure>)> {
        match &expression.kind {
            ExpressionKind::Name(name) => self.list(&Spanned::new(name.clone(), expression.span)),
            ExpressionKind::Derived(Derived::Far { name, code }) => {
                let id = self.far_list(name, code)?;
                self.columns(id, &write_expression(expression, self.set.language), expression.span)
            }
            _ => None,
        }
    }

    /// The list with a name, and its columns.
    fn list(&mut self, name: &Spanned<String>) -> Option<(FigureId, Vec<Figure>)> {
        let Some(id) = self.named(&name.value) else {
            self.unknown(&name.value, name.span);
            return None;
        };
        self.columns(id, &name.value, name.span)
    }

    /// The columns of a figure that is a list.
    fn columns(&mut self, FigureId(at): FigureId, name: &str, span: Span) -> Option<(FigureId, Vec<Figure>)> {
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        let Some(FigureKind::Rows(columns)) = self.figures.get(at).map(|figure| &figure.kind) else {
            self.list_wanted(Both::same(format!("`{name}`")), span);
            return None;
        };
        Some((FigureId(at), columns.clone()))
    }

    fn list_wanted(&mut self, found: Both, span: Span) {
        let expected = Both::new("một danh sách (`danh sách …`)", "a list (`list …`)");
        self.find(Expressions::WrongType { found, expected }, span);
    }

    /// Looks at what stands over columns in a scope of their own.
    fn over_columns<T>(
        &mut self,
        columns: &mut Vec<Figure>,
        span: Span,
        look: impl FnOnce(&mut Scope<'_>) -> Option<T>,
    ) -> Option<T> {
        let known = columns.len();
        let mut used = vec![false; known];
        let mut scope = Scope {
            set: self.set,
            figures: columns,
            used: &mut used,
            maximum: self.maximum,
            forgiving: self.forgiving,
            findings: &mut *self.findings,
        };
        let looked = look(&mut scope);
        if columns.len() > known {
            let found = Both::new(
                "giá trị của năm khác, của đợt hay khai ở chỗ khác",
                "a value of another year, of the round, or stated elsewhere",
            );
            let expected = Both::new("cột của danh sách", "columns of the list");
            self.find(Expressions::WrongType { found, expected }, span);
            return None;
        }
        looked
    }

    /// `tổng(xã; đúng)` and its like: a derived figure of the leaf.
    pub(super) fn over_rows(
        &mut self,
        function: Function,
        call: &Expression,
        arguments: &[Expression],
        name: &Spanned<String>,
    ) -> Option<Read> {
        let named = |first: &&Expression| {
            matches!(first.kind, ExpressionKind::Name(_) | ExpressionKind::Derived(Derived::Far { .. }))
        };
        let first = arguments.first().filter(named);
        let Some(first) = first else {
            let span = arguments.first().map_or(name.span, |first| first.span);
            self.list_wanted(Both::new("một biểu thức", "an expression"), span);
            return None;
        };
        let (list, mut columns) = self.list_of(first)?;
        let fits = match function {
            Function::Count => (1..=2).contains(&arguments.len()),
            _ => arguments.len() == 2,
        };
        if !fits {
            let expected =
                if function == Function::Count { Both::new("1 hoặc 2", "1 or 2") } else { Both::same("2") };
            let found = arguments.len();
            self.find(Expressions::WrongArity { name: name.value.clone(), expected, found }, call.span);
            return None;
        }
        let over = arguments.get(1);
        let told = self.over_columns(&mut columns, call.span, |rows| {
            Some(match (function, over) {
                (Function::Count, None) => Told::Count(None),
                (Function::Count, Some(test)) => Told::Count(Some(rows.test(test)?)),
                (Function::All, Some(test)) => Told::All(rows.test(test)?),
                (Function::Any, Some(test)) => Told::Any(rows.test(test)?),
                (Function::Sum, Some(value)) => {
                    let value = (rows.number(value)?, value.span);
                    if value.0.kind == Kind::Date {
                        let expected = Both::new("một số để cộng", "a number to add up");
                        rows.find(Expressions::WrongType { found: kind_words(Kind::Date), expected }, value.1);
                        return None;
                    }
                    Told::Sum(value.0)
                }
                (Function::Least, Some(value)) => Told::Least(rows.number(value)?),
                (Function::Greatest, Some(value)) => Told::Greatest(rows.number(value)?),
                (_, None) => return None,
            })
        })?;
        let id = self.told(list, &columns, told, call);
        Some(match self.figures.get(id.0).map(|figure| &figure.kind)? {
            FigureKind::Number(kind) => Read::Number(id, *kind),
            _ => Read::YesNo(id),
        })
    }

    /// The derived figure that something told of rows is, with what it can be.
    fn told(&mut self, list: FigureId, columns: &[Figure], told: Told, call: &Expression) -> FigureId {
        let count = self.figures.get(list.0).map_or(Interval::ALL, |figure| figure.range.clone());
        let label = self.figures.get(list.0).map(|figure| figure.label.clone()).unwrap_or_default();
        let kind = match &told {
            Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => FigureKind::Number(kind_of(expr)),
            Told::Count(_) => FigureKind::Number(Kind::Count),
            Told::All(_) | Told::Any(_) => FigureKind::YesNo,
        };
        let range = reach(&told, count, columns, self.maximum);
        let measure = match &told {
            Told::Sum(expr) | Told::Least(expr) | Told::Greatest(expr) => measured(columns, expr),
            _ => None,
        };
        let name = write_expression(call, self.set.language);
        if let Some(known) = self.figures.iter().position(|figure| figure.name == name) {
            return FigureId(known);
        }
        let label = Both::new(format!("theo {label}"), format!("over {label}"));
        let names = [Language::Vietnamese, Language::English].map(|language| write_expression(call, language));
        let [vietnamese, english] = names;
        let mut figure = made(Both::new(vietnamese, english), label, kind, self.set.language, call.span);
        figure.range = range;
        figure.measure = measure;
        figure.origin = Origin::Rows(OverRows { list, told });
        let id = self.join(figure);
        self.relate(id, list, columns);
        id
    }

    /// What is told of the same rows bounds each other: a sum of what is nowhere more is no more.
    fn relate(&mut self, id: FigureId, list: FigureId, columns: &[Figure]) {
        let ranges = LeafRanges { figures: columns, maximum: self.maximum, subject: Interval::ALL };
        let told = |figure: &Figure| match &figure.origin {
            Origin::Rows(over) if over.list == list => Some(over.told.clone()),
            _ => None,
        };
        let Some(mine) = self.figures.get(id.0).and_then(told) else { return };
        let others: Vec<(FigureId, Told)> = self
            .figures
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != id.0)
            .filter_map(|(at, figure)| Some((FigureId(at), told(figure)?)))
            .collect();
        let mut limits: Vec<(FigureId, FigureId)> = Vec::new();
        for (other, theirs) in &others {
            if below(&mine, theirs, &ranges) {
                limits.push((id, *other));
            } else if below(theirs, &mine, &ranges) {
                limits.push((*other, id));
            }
        }
        let mut multiples: Vec<(FigureId, Side, Expr)> = Vec::new();
        for (other, theirs) in &others {
            for (sum, of, (one, all)) in [(id, *other, (&mine, theirs)), (*other, id, (theirs, &mine))] {
                multiples.extend(so_many(one, all, of, &ranges).into_iter().map(|(side, bound)| (sum, side, bound)));
            }
        }
        for (figure, side, bound) in multiples {
            if let Some(figure) = self.figures.get_mut(figure.0) {
                figure.limits.push(Limit { side, bound });
            }
        }
        for (lower, upper) in limits {
            let Some(FigureKind::Number(kind)) = self.figures.get(upper.0).map(|figure| figure.kind.clone()) else {
                continue;
            };
            let bound = super::super::meaning::Expr { kind, term: Term::Figure(upper) };
            if let Some(figure) = self.figures.get_mut(lower.0) {
                figure.limits.push(Limit { side: Side::Most, bound });
            }
        }
    }

    /// A form that scores each row.
    pub(super) fn per_row(&mut self, written: &Written<'_>, per_row: &WrittenPerRow) -> Option<Lowered> {
        let span = written.form.span;
        let (list, mut columns) = self.list(&per_row.list)?;
        let mut take = Some(Take::Mean);
        let mut rules = Vec::new();
        let mut damaged = self.asks_beside_rows(written, &per_row.list.value);
        let lowered = self.over_columns(&mut columns, span, |rows| {
            take = match &per_row.take {
                WrittenTake::Lowest => Some(Take::Lowest),
                WrittenTake::Mean(None) => Some(Take::Mean),
                WrittenTake::Mean(Some(weight)) => rows.number(weight).map(Take::Weighted),
            };
            for &(statement, line) in written.lines {
                let Statement::NoRowCase(case) = statement else { continue };
                if case.list.value == per_row.list.value {
                    match rows.row_rule(case, line) {
                        Some(rule) => rules.push(rule),
                        None => damaged = true,
                    }
                }
            }
            declared(written, rows)
        });
        let mut none_left = None;
        for &(statement, line) in written.lines {
            if let Statement::NoRowsLeft(effect) = statement {
                none_left = self.outcome(effect).map(|outcome| (outcome, line));
                damaged |= none_left.is_none();
            }
        }
        let (lowered, take) = (lowered?, take?);
        if !matches!(lowered.scoring, Scoring::Declared(..)) {
            let found = Both::new("cách chấm này", "this form");
            let expected = Both::new("cách chấm tính được từng dòng", "a form that can score a row");
            self.find(Expressions::WrongType { found, expected }, span);
            return None;
        }
        let row = Leaf {
            figures: columns,
            scoring: lowered.scoring,
            form: span,
            written_day: lowered.written_day,
            not_applicable: rules,
            figures_missing: WhenMissing::default(),
            evidence_missing: WhenMissing::default(),
            examples: Vec::new(),
            gates: Vec::new(),
        };
        let scoring = Scoring::PerRow(Box::new(PerRow { list, row, take, none_left }));
        Some(Lowered { scoring, damaged: damaged || lowered.damaged, ..lowered })
    }

    /// A line of a checklist that asks: the head would be asked once, no row ever, and its points would be lost. What a
    /// template asks was told there.
    fn asks_beside_rows(&mut self, written: &Written<'_>, list: &str) -> bool {
        let mut asks = false;
        for &(statement, _) in written.lines {
            let Statement::Met(Met { test: MetTest::Figure { name, .. }, .. }) = statement else { continue };
            if self.figures.iter().any(|figure| figure.name == name.value) {
                asks = true;
                self.find(Names::RowAsks { name: name.value.clone(), list: list.to_owned() }, name.span);
            }
        }
        asks
    }

    fn row_rule(&mut self, case: &NoRowCase, line: Span) -> Option<NotApplicable> {
        let test = self.test(&case.test);
        let outcome = match &case.award {
            None => Some(Outcome::OutOfScale),
            Some(award) => self.award(&award.kind, award.span, super::awards::Subject::NONE).map(Outcome::Points),
        };
        Some(NotApplicable { test: test?, outcome: outcome?, line })
    }
}

/// Lines about rows in a leaf that does not score row by row, or about another list.
pub(super) fn stray_rows(lines: &[Placed<'_>], per_row: Option<&WrittenPerRow>, scope: &mut Scope<'_>) {
    for &(statement, span) in lines {
        let belongs = match statement {
            Statement::NoRowCase(case) => per_row.is_some_and(|per_row| per_row.list.value == case.list.value),
            Statement::NoRowsLeft(_) => per_row.is_some(),
            _ => continue,
        };
        if !belongs {
            let place = Both::new(
                "dưới cách chấm `… từng <danh sách>, lấy …` của danh sách ấy",
                "under a form `… per <list>, take …` of that list",
            );
            scope.find(Structure::MisplacedLine { line: super::super::draft::name(statement), place }, span);
        }
    }
}

/// A count by its kind may still be half of one: `x + 0,5`.
fn kind_of(expr: &Expr) -> Kind {
    if expr.kind == Kind::Count && !is_whole(expr) { Kind::Number } else { expr.kind }
}

/// What something told of rows can be, for so many rows with these columns.
pub(super) fn reach(told: &Told, count: Interval, columns: &[Figure], maximum: &Ratio) -> Interval {
    let ranges = LeafRanges { figures: columns, maximum, subject: Interval::ALL };
    match told {
        Told::Sum(expr) => {
            let sum = product(&count, &range(expr, &ranges));
            if kind_of(expr) == Kind::Count { sum.whole() } else { sum }
        }
        Told::Count(None) => count,
        Told::Count(Some(_)) => {
            let none = Interval::closed(Some(Ratio::ZERO), None);
            Interval { lower: none.lower, upper: count.upper }
        }
        Told::Least(expr) | Told::Greatest(expr) => range(expr, &ranges),
        Told::All(_) | Told::Any(_) => Interval::ALL,
    }
}

/// Between what a sum lies, told by how many rows there are or by the sum of their weights: a mean lies between the least
/// and the greatest of what it is of.
fn so_many(one: &Told, other: &Told, of: FigureId, ranges: &LeafRanges<'_>) -> Vec<(Side, Expr)> {
    let each = match (one, other) {
        (Told::Sum(each), Told::Count(None)) => each,
        (Told::Sum(sum), Told::Sum(weight)) => match &sum.bare().term {
            Term::Binary(BinaryOperator::Multiply, each, by) | Term::Binary(BinaryOperator::Multiply, by, each)
                if by.bare().term == weight.bare().term && never_below_zero(weight, ranges) =>
            {
                each
            }
            _ => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let possible = range(each, ranges);
    let times = |at: Ratio| {
        let figure = Expr { kind: Kind::Number, term: Term::Figure(of) };
        Expr::binary(Kind::Number, BinaryOperator::Multiply, Expr::constant(Kind::Number, at), figure)
    };
    let least = possible.lower.map(|edge| (Side::Least, times(edge.at)));
    let most = possible.upper.map(|edge| (Side::Most, times(edge.at)));
    least.into_iter().chain(most).collect()
}

fn never_below_zero(expr: &Expr, ranges: &LeafRanges<'_>) -> bool {
    range(expr, ranges).lower.is_some_and(|edge| !edge.at.is_negative())
}

/// Whether one expression is never above another, by their shape or by what lies between them.
fn no_more(one: &Expr, other: &Expr, ranges: &LeafRanges<'_>) -> bool {
    let between = || Expr::binary(one.kind, BinaryOperator::Subtract, one.clone(), other.clone());
    never_above(one, other, ranges) || range(&between(), ranges).upper.is_some_and(|edge| !edge.at.is_positive())
}

/// Whether what is told first is never above what is told second, of the same rows.
fn below(one: &Told, other: &Told, ranges: &LeafRanges<'_>) -> bool {
    match (one, other) {
        (Told::Sum(one), Told::Sum(other)) => no_more(one, other, ranges),
        (Told::Least(one), Told::Least(other) | Told::Greatest(other))
        | (Told::Greatest(one), Told::Greatest(other)) => one.kind == other.kind && no_more(one, other, ranges),
        // The greatest of some that are all added.
        (Told::Least(one) | Told::Greatest(one), Told::Sum(other)) => {
            !is_time(one.kind) && no_more(one, other, ranges) && never_below_zero(other, ranges)
        }
        (Told::Count(_), Told::Sum(each)) => range(each, ranges).lower.is_some_and(|edge| edge.at >= Ratio::ONE),
        (Told::Count(Some(_)), Told::Count(None)) => true,
        (Told::Count(Some(Test::All(parts))), Told::Count(Some(other))) => parts.contains(other),
        _ => false,
    }
}

/// The unit of measurement of the first figure in an expression that is no product.
fn measured(columns: &[Figure], expr: &super::super::meaning::Expr) -> Option<String> {
    match &expr.term {
        Term::Figure(id) => columns.get(id.0).and_then(|column| column.measure.clone()),
        _ => None,
    }
}

/// Names that a column may not have: a row's own name stands under them in sheets.
pub(super) fn column_name(column: &Column, findings: &mut Vec<Diagnostic>) -> bool {
    let name = &column.name;
    let taken = matches!(fold(&name.value).as_str(), "ten" | "name");
    if taken {
        findings.push(Diagnostic::new(reserved_name(&name.value), name.span));
    }
    !taken
}
