//! Expressions: names resolved, kinds checked.

use super::super::meaning::{Expr, FigureId, Kind, Term, Test};
use super::super::model::FigureKind;
use super::super::origin::{Origin, OverRows, Told};
use super::shares::{Shares, is_time};
use super::{Scope, kind_words, rows};
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Names, Span, nearest};
use crate::language::tree::{BinaryOperator, Comparison, Expression, ExpressionKind, Unit};
use crate::language::{fold, quote};
use crate::number::Ratio;

/// What a name or an expression turns out to be.
enum Value {
    Number(Expr),
    /// A yes/no figure.
    YesNo(FigureId),
    /// `có` or `không`.
    Answer(bool),
    /// A choice figure.
    Choice(FigureId),
    /// A quoted option.
    Option(String),
    /// A condition.
    Test(Test),
    /// A text figure.
    Text,
    /// A list.
    Rows,
}

impl Value {
    fn words(&self) -> Both {
        match self {
            Self::Number(expr) => kind_words(expr.kind),
            Self::YesNo(_) | Self::Answer(_) => Both::new("có/không", "yes/no"),
            Self::Choice(_) | Self::Option(_) => Both::new("một lựa chọn", "a choice"),
            Self::Test(_) => Both::new("một điều kiện", "a condition"),
            Self::Text => Both::new("văn bản", "a text"),
            Self::Rows => Both::new("một danh sách", "a list"),
        }
    }
}

impl Scope<'_> {
    /// A number.
    pub(in super::super) fn number(&mut self, expression: &Expression) -> Option<Expr> {
        match self.value(expression)? {
            Value::Number(expr) => Some(expr),
            other => {
                let expected = Both::new("một số", "a number");
                self.find(Expressions::WrongType { found: other.words(), expected }, expression.span);
                None
            }
        }
    }

    /// A bound of a figure: a number of its kind.
    pub(super) fn bound(&mut self, kind: &FigureKind, id: FigureId, expression: &Expression) -> Option<Expr> {
        let kind = if matches!(kind, FigureKind::Rows(_)) { &FigureKind::Number(Kind::Count) } else { kind };
        let FigureKind::Number(kind) = *kind else {
            let found = match kind {
                FigureKind::YesNo => Both::new("số liệu có/không", "a yes/no figure"),
                FigureKind::Choice(_) => Both::new("số liệu lựa chọn", "a choice"),
                FigureKind::Text | FigureKind::Number(_) | FigureKind::Rows(_) => {
                    Both::new("số liệu văn bản", "a text")
                }
            };
            let expected = Both::new("số liệu là số hoặc ngày", "a number or a date");
            self.find(Expressions::WrongType { found, expected }, expression.span);
            return None;
        };
        let bound = self.number(expression)?;
        self.like(&Expr { kind, term: Term::Figure(id) }, &bound, expression.span)?;
        Some(bound)
    }

    /// A condition.
    pub(in super::super) fn test(&mut self, expression: &Expression) -> Option<Test> {
        match self.value(expression)? {
            Value::Test(test) => Some(test),
            Value::YesNo(id) => Some(Test::Answer(id, true)),
            other => {
                let expected = Both::new("một điều kiện", "a condition");
                self.find(Expressions::WrongType { found: other.words(), expected }, expression.span);
                None
            }
        }
    }

    /// A choice figure.
    pub(super) fn choice(&mut self, expression: &Expression) -> Option<FigureId> {
        match self.value(expression)? {
            Value::Choice(id) => Some(id),
            other => {
                let expected = Both::new("một số liệu lựa chọn", "a choice figure");
                self.find(Expressions::WrongType { found: other.words(), expected }, expression.span);
                None
            }
        }
    }

    fn value(&mut self, expression: &Expression) -> Option<Value> {
        let span = expression.span;
        Some(match &expression.kind {
            ExpressionKind::Number(number) => {
                let kind = match number.unit {
                    Unit::None => Kind::Number,
                    Unit::Percent => Kind::Rate,
                    Unit::PercentagePoints => Kind::PercentagePoints,
                    Unit::Points => Kind::Points,
                };
                Value::Number(Expr::constant(kind, number.value.clone()))
            }
            ExpressionKind::Date(days) => Value::Number(Expr::constant(Kind::Date, Ratio::from(*days))),
            ExpressionKind::Moment(moment) => Value::Number(Expr::constant(Kind::Moment, moment.days())),
            ExpressionKind::Text(text) => Value::Option(text.clone()),
            ExpressionKind::YesNo(answer) => Value::Answer(*answer),
            ExpressionKind::Maximum => Value::Number(Expr::maximum()),
            ExpressionKind::Name(name) => self.name(name, span)?,
            ExpressionKind::Derived(derived) => {
                let id = self.derived(derived, span)?;
                self.figure_value(id)?
            }
            ExpressionKind::Call { name, arguments } => {
                let rows = rows::Function::named(&name.value).filter(|function| {
                    let listed = arguments.first().is_some_and(|first| self.names_list(first));
                    function.asks_for_rows() || listed
                });
                match rows {
                    Some(function) => match self.over_rows(function, expression, arguments, name)? {
                        rows::Read::Number(id, kind) => Value::Number(Expr { kind, term: Term::Figure(id) }),
                        rows::Read::YesNo(id) => Value::YesNo(id),
                    },
                    None => Value::Number(self.call(&name.value, name.span, arguments, span)?),
                }
            }
            ExpressionKind::Negate(inner) => {
                let inner = self.number(inner)?;
                Value::Number(Expr { kind: inner.kind, term: Term::Negate(Box::new(inner)) })
            }
            ExpressionKind::Binary(operator, left, right) => {
                let (one, other) = (self.number(left), self.number(right));
                Value::Number(self.binary(*operator, one?, other?, span)?)
            }
            ExpressionKind::Compare(comparison, left, right) => {
                let (one, other) = (self.value(left), self.value(right));
                Value::Test(self.compare(*comparison, one?, other?, (left.span, right.span), span)?)
            }
            ExpressionKind::And(parts) => Value::Test(Test::All(self.tests(parts)?)),
            ExpressionKind::Or(parts) => Value::Test(Test::Any(self.tests(parts)?)),
        })
    }

    fn tests(&mut self, parts: &[Expression]) -> Option<Vec<Test>> {
        // Every part is looked at, so that each mistake is told.
        let tests: Vec<Option<Test>> = parts.iter().map(|part| self.test(part)).collect();
        tests.into_iter().collect()
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Value> {
        let Some(FigureId(at)) = self.named(name) else {
            self.unknown(name, span);
            return None;
        };
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        self.figure_value(FigureId(at))
    }

    /// A name that no figure has.
    pub(super) fn unknown(&mut self, name: &str, span: Span) {
        if self.forgiving {
            return;
        }
        let column = |figure: &&crate::ruleset::Figure| match &figure.kind {
            crate::ruleset::FigureKind::Rows(columns) => columns.iter().any(|column| column.name == name),
            _ => false,
        };
        if let Some(list) = self.figures.iter().find(column) {
            let problem = Names::ColumnAlone { column: name.to_owned(), list: list.name.clone() };
            self.find(problem, span);
            return;
        }
        if let Some(problem) = self.not_seen(name) {
            return self.find(problem, span);
        }
        let shared = self.shared_in_sight();
        let own = self.figures.iter().map(|figure| figure.name.as_str());
        let near = nearest(name, own.chain(shared.iter().map(|(name, _)| name.as_str())), fold);
        let meant = near.0.clone();
        let problem = Names::UnknownFigure { name: name.to_owned(), nearest: near };
        let finding = Diagnostic::new(problem, span);
        let Some(meant) = meant else { return self.findings.push(finding) };
        let declared = self.figures.iter().find(|figure| figure.name == meant).map(|figure| figure.span);
        let finding = declared.into_iter().fold(finding, |finding, place| {
            finding.label(place, "số liệu gần tên nhất", "the figure with the nearest name")
        });
        self.findings.push(finding.fix(span, meant));
    }

    /// What reading a figure gives.
    fn figure_value(&self, id: FigureId) -> Option<Value> {
        Some(match self.figures.get(id.0).map(|figure| &figure.kind)? {
            FigureKind::YesNo => Value::YesNo(id),
            FigureKind::Choice(_) => Value::Choice(id),
            FigureKind::Number(kind) => Value::Number(Expr { kind: *kind, term: Term::Figure(id) }),
            FigureKind::Text => Value::Text,
            FigureKind::Rows(_) => Value::Rows,
        })
    }

    fn call(&mut self, name: &str, at: Span, arguments: &[Expression], span: Span) -> Option<Expr> {
        let folded = fold(name);
        let function = match folded.as_str() {
            "nho_nhat" | "min" => Term::Least as fn(Vec<Expr>) -> Term,
            "lon_nhat" | "max" => Term::Greatest,
            "lam_tron" | "round" => return self.round(name, arguments, span),
            _ => {
                let known = [
                    "nhỏ_nhất",
                    "lớn_nhất",
                    "làm_tròn",
                    "tổng",
                    "đếm",
                    "tất cả",
                    "bất kỳ",
                    "min",
                    "max",
                    "round",
                    "sum",
                    "count",
                    "all",
                    "any",
                ];
                let near = nearest(name, known, fold);
                self.find(Expressions::UnknownFunction { name: name.to_owned(), nearest: near }, at);
                return None;
            }
        };
        if arguments.len() < 2 {
            let expected = Both::new("ít nhất 2", "at least 2");
            self.find(Expressions::WrongArity { name: name.to_owned(), expected, found: arguments.len() }, span);
            return None;
        }
        let values: Vec<Option<Expr>> = arguments.iter().map(|argument| self.number(argument)).collect();
        let values: Vec<Expr> = values.into_iter().collect::<Option<_>>()?;
        let mut kind = values.first()?.kind;
        for (at, (value, argument)) in values.iter().zip(arguments).enumerate().skip(1) {
            kind = self.same(kind, value.kind, argument.span)?;
            let mut before = values.iter().take(at);
            if let Some(problem) = before.find_map(|other| self.shares().per_cents_beside(other, value)) {
                self.find(problem, span);
                return None;
            }
        }
        Some(Expr { kind, term: function(values) })
    }

    fn round(&mut self, name: &str, arguments: &[Expression], span: Span) -> Option<Expr> {
        let (Some(value), Some(digits), 2) = (arguments.first(), arguments.get(1), arguments.len()) else {
            let expected = Both::same("2");
            self.find(Expressions::WrongArity { name: name.to_owned(), expected, found: arguments.len() }, span);
            return None;
        };
        let inner = self.number(value)?;
        let count = match &digits.kind {
            ExpressionKind::Number(number) if number.unit == Unit::None => number.value.to_i64(),
            _ => None,
        };
        let count =
            count.and_then(|count| u32::try_from(count).ok()).filter(|&count| count <= crate::language::limits::DIGITS);
        let Some(count) = count else {
            let found = Both::new("một biểu thức", "an expression");
            let expected = Both::new("số chữ số viết sẵn, từ 0 đến 12", "a written number of digits, 0 to 12");
            self.find(Expressions::WrongType { found, expected }, digits.span);
            return None;
        };
        // A rate is stated and read in per cent, so its digits are those of the per cent.
        let count = if inner.kind == Kind::Rate { count + 2 } else { count };
        Some(Expr { kind: inner.kind, term: Term::Round(Box::new(inner), count) })
    }

    /// The kind of two numbers that are added, compared or chosen between.
    fn same(&mut self, left: Kind, right: Kind, span: Span) -> Option<Kind> {
        let joined = match (left, right) {
            (one, other) if one == other => Some(one),
            (Kind::Number, other) | (other, Kind::Number) if !is_time(other) => Some(other),
            _ => None,
        };
        if joined.is_none() {
            self.find(Expressions::unlike(kind_words(left), kind_words(right)), span);
        }
        joined
    }

    fn binary(&mut self, operator: BinaryOperator, left: Expr, right: Expr, span: Span) -> Option<Expr> {
        let (one, other) = (left.kind, right.kind);
        let dates = is_time(one) || is_time(other);
        let kind = match operator {
            BinaryOperator::Subtract if is_time(one) && one == other => Kind::Number,
            BinaryOperator::Add | BinaryOperator::Subtract if is_time(one) && other == Kind::Number => one,
            BinaryOperator::Add | BinaryOperator::Subtract => {
                self.bare_rate(&left, &right, span)?;
                if let Some(problem) = self.shares().per_cents_beside(&left, &right) {
                    self.find(problem, span);
                    return None;
                }
                self.measures(&left, &right, span)?;
                self.same(one, other, span)?
            }
            _ if dates => {
                self.find(Expressions::unlike(kind_words(one), kind_words(other)), span);
                return None;
            }
            BinaryOperator::Multiply => one.times(other),
            BinaryOperator::Divide => {
                if one == other && one != Kind::Number {
                    self.measures(&left, &right, span)?;
                }
                if one == Kind::Rate && self.is_mean(&left, &right) { Kind::Rate } else { one.over(other) }
            }
        };
        let told = Expr::binary(kind, operator, left, right);
        // `b / (a / 100)` is the number that `b / a * 100` is: told, rounded and compared as one.
        let per_cents = operator == BinaryOperator::Divide && kind == Kind::Rate && self.shares().in_per_cents(&told);
        Some(if per_cents { Expr { kind: Kind::Number, ..told } } else { told })
    }

    /// Whether the one over the other is a mean: what all rows of a list add up to, over how many there are.
    fn is_mean(&self, left: &Expr, right: &Expr) -> bool {
        let told = |expr: &Expr| match expr.bare().term {
            Term::Figure(id) => self.figures.get(id.0).and_then(|figure| match &figure.origin {
                Origin::Rows(over) => Some(over.clone()),
                _ => None,
            }),
            _ => None,
        };
        match (told(left), told(right)) {
            (Some(OverRows { list, told: Told::Sum(_) }), Some(OverRows { list: of, told: Told::Count(None) })) => {
                list == of
            }
            _ => false,
        }
    }

    /// Two sides that are added, compared or divided share their unit of measurement.
    fn measures(&mut self, left: &Expr, right: &Expr, span: Span) -> Option<()> {
        if let (Some(one), Some(other)) = (self.measure(left), self.measure(right))
            && one.0 != other.0
        {
            let mut finding = Diagnostic::new(Expressions::MeasuresDiffer { left: one.0, right: other.0 }, span);
            for place in [one.1, other.1].into_iter().flatten() {
                finding = finding.label(place, "đơn vị tính khai ở đây", "the unit of measurement is said here");
            }
            self.findings.push(finding);
            return None;
        }
        Some(())
    }

    /// The unit of measurement of a figure or a sum of figures, and where that is said.
    fn measure(&self, expr: &Expr) -> Option<(String, Option<Span>)> {
        match &expr.term {
            Term::Figure(id) => {
                self.figures.get(id.0).and_then(|figure| Some((figure.measure.clone()?, figure.measured_at)))
            }
            Term::Negate(inner) | Term::Round(inner, _) | Term::Floor(inner) => self.measure(inner),
            Term::Binary(BinaryOperator::Add | BinaryOperator::Subtract, left, right) => {
                self.measure(left).or_else(|| self.measure(right))
            }
            Term::Least(parts) | Term::Greatest(parts) => parts.iter().find_map(|part| self.measure(part)),
            _ => None,
        }
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: Value,
        right: Value,
        sides: (Span, Span),
        span: Span,
    ) -> Option<Test> {
        let equality = matches!(comparison, Comparison::Equal | Comparison::Different);
        let is = comparison == Comparison::Equal;
        match (left, right) {
            (Value::Number(one), Value::Number(other)) => {
                let (one, other) = self.as_shares(one, other);
                self.like(&one, &other, span)?;
                Some(Test::Compare(comparison, one, other))
            }
            (Value::YesNo(id), Value::Answer(answer)) | (Value::Answer(answer), Value::YesNo(id)) if equality => {
                Some(Test::Answer(id, answer == is))
            }
            (Value::YesNo(one), Value::YesNo(other)) if equality => {
                let both = |answer| vec![Test::Answer(one, answer), Test::Answer(other, answer == is)];
                Some(Test::Any(vec![Test::All(both(true)), Test::All(both(false))]))
            }
            (Value::Choice(one), Value::Choice(other)) if equality => self.same_option((one, other), is, span),
            (Value::Choice(id), Value::Option(option)) if equality => self.option(id, &option, is, sides.1),
            (Value::Option(option), Value::Choice(id)) if equality => self.option(id, &option, is, sides.0),
            (one @ (Value::Choice(_) | Value::YesNo(_)), Value::Option(_) | Value::Answer(_)) if !equality => {
                let expected =
                    Both::new("một số hoặc một ngày, để so lớn nhỏ", "a number or a date, to be put in order");
                self.find(Expressions::WrongType { found: one.words(), expected }, span);
                None
            }
            (one, other) => {
                self.find(Expressions::unlike(one.words(), other.words()), span);
                None
            }
        }
    }

    /// A share of counts that is told as a count (`b / (2 * a)`) is a rate beside one.
    fn as_shares(&self, mut one: Expr, mut other: Expr) -> (Expr, Expr) {
        let counted = |kind| matches!(kind, Kind::Count | Kind::Money);
        if one.kind == Kind::Rate && counted(other.kind) && self.shares().is_share(&other) {
            other.kind = Kind::Rate;
        } else if other.kind == Kind::Rate && counted(one.kind) && self.shares().is_share(&one) {
            one.kind = Kind::Rate;
        }
        (one, other)
    }

    /// Numbers that are compared are of one kind; a rate is compared with `%`, with 0 or 1, or with another share.
    pub(super) fn like(&mut self, left: &Expr, right: &Expr, span: Span) -> Option<()> {
        if matches!((left.kind, right.kind), (Kind::Rate, Kind::Rate | Kind::Number) | (Kind::Number, Kind::Rate))
            && let Some(problem) = self.shares().unlike(left, right)
        {
            self.find(problem, span);
            return None;
        }
        self.measures(left, right, span)?;
        self.same(left.kind, right.kind, span).map(|_| ())
    }

    /// A rate beside a bare number in a sum: 5 beside a rate would be 500 %, so only 0, 1 and what is worked out may
    /// stand there. What such a sum is compared with is looked at by `like`.
    fn bare_rate(&mut self, left: &Expr, right: &Expr, span: Span) -> Option<()> {
        let whole = |expr: &Expr| match &expr.term {
            Term::Constant(value) => value.is_zero() || *value == Ratio::ONE,
            // What no percentage says exactly is written as a fraction.
            Term::Binary(..) if expr.is_fraction() => true,
            Term::Binary(..) => {
                let mut worked_out = false;
                expr.visit(&mut |inner| worked_out |= matches!(inner.term, Term::Figure(_)));
                worked_out
            }
            _ => expr.kind != Kind::Number,
        };
        let bare = match (left.kind, right.kind) {
            (Kind::Rate, Kind::Number) => !whole(right),
            (Kind::Number, Kind::Rate) => !whole(left),
            _ => false,
        };
        if bare {
            self.find(Expressions::unlike(kind_words(left.kind), kind_words(right.kind)), span);
            return None;
        }
        Some(())
    }

    /// What is known of shares among the figures in sight.
    pub(super) fn shares(&self) -> Shares<'_> {
        Shares { figures: self.figures.as_slice(), maximum: self.maximum }
    }

    /// Two choices with the same answer, by the words of their options; or with different ones.
    fn same_option(&mut self, (one, other): (FigureId, FigureId), is: bool, span: Span) -> Option<Test> {
        let options = |id: FigureId| match self.figures.get(id.0).map(|figure| &figure.kind) {
            Some(FigureKind::Choice(options)) => options.as_slice(),
            _ => &[],
        };
        let (mine, theirs) = (options(one), options(other));
        let mut common = false;
        let mut cases = Vec::new();
        for (place, option) in mine.iter().enumerate() {
            let chosen = Test::Option { figure: one, option: place, is: true };
            let there = theirs.iter().position(|known| fold(known) == fold(option));
            common |= there.is_some();
            match there {
                Some(at) => cases.push(Test::All(vec![chosen, Test::Option { figure: other, option: at, is }])),
                None if !is => cases.push(chosen),
                None => {}
            }
        }
        if !common {
            let words = |id: FigureId, language: Language| {
                let listed: Vec<String> = options(id).iter().map(|option| quote(option)).collect();
                format!("{} ({})", language.pick("một lựa chọn", "a choice"), listed.join("; "))
            };
            let both = |id| Both::new(words(id, Language::Vietnamese), words(id, Language::English));
            self.find(Expressions::unlike(both(one), both(other)), span);
            return None;
        }
        Some(Test::Any(cases))
    }

    pub(super) fn option(&mut self, figure: FigureId, option: &str, is: bool, span: Span) -> Option<Test> {
        let Some(FigureKind::Choice(options)) = self.figures.get(figure.0).map(|figure| &figure.kind) else {
            return None;
        };
        let place = options.iter().position(|known| known == option);
        let Some(place) = place else {
            let near = nearest(option, options.iter().map(String::as_str), fold);
            self.find(Names::UnknownOption { option: option.to_owned(), nearest: near }, span);
            return None;
        };
        Some(Test::Option { figure, option: place, is })
    }
}
