//! Growth, differences, other indices, ranks: values that compare a unit with what surrounds it.

use super::super::draft::Placed;
use super::super::meaning::{Arm, Expr, FigureId, Guard, Interval, Kind, Meaning, Term, Test, range};
use super::super::model::{Figure, FigureKind, Form, Limit, Scoring, Side};
use super::super::origin::{Origin, Peers};
use super::derived::names;
use super::figures::made;
use super::forms::{Written, arms, some_line, stray};
use super::{LeafRanges, Scope, kind_words};
use crate::diagnostic::{Bands, Both, Expressions, Span, Structure};
use crate::language::tree::{
    Against, Better, BinaryOperator, Compared, Comparison, Derived, Expression, ExpressionKind, OtherIndex, Statement,
    Within,
};
use crate::number::Ratio;

/// Lowers a form that compares: its subject, then its bands.
pub(super) fn compared(
    written: &Written<'_>,
    compared: &Compared,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    let position = matches!(compared, Compared::Position { .. });
    stray(written.lines, if position { &["từ", "bằng nhau cả"] } else { &["từ"] }, scope);
    let subject = scope.subject(compared, written.form.span);
    let mut lines = Vec::new();
    if let (Compared::Position { .. }, Some(subject)) = (compared, &subject) {
        lines.extend(all_equal(written, subject, scope, damaged));
    }
    let banded = arms(written, subject.as_ref().map(|subject| subject.kind), scope, damaged);
    let form = form(compared);
    some_line(written, form, &banded, scope, *damaged || subject.is_none());
    lines.extend(banded);
    Some(Scoring::Declared(form, Meaning::Cases { subject: Some(subject?), arms: lines }))
}

fn form(compared: &Compared) -> Form {
    match compared {
        Compared::Growth { decrease: false, .. } => Form::Growth,
        Compared::Growth { decrease: true, .. } => Form::Decrease,
        Compared::Difference { .. } => Form::Difference,
        Compared::Index(_) => Form::Index,
        Compared::Rank { percentile: false, .. } => Form::Rank,
        Compared::Rank { percentile: true, .. } => Form::Percentile,
        Compared::Position { .. } => Form::Position,
    }
}

/// `bằng nhau cả: …`: the line that decides where the lowest is the highest.
fn all_equal(written: &Written<'_>, subject: &Expr, scope: &mut Scope<'_>, damaged: &mut bool) -> Option<Arm> {
    let under = width(subject)?;
    let said = |&&(statement, _): &&Placed<'_>| matches!(statement, Statement::AllEqual(_));
    let Some(&(Statement::AllEqual(effect), line)) = written.lines.iter().find(said) else {
        scope.find(Bands::AllEqualMissing {}, written.form.span);
        *damaged = true;
        return None;
    };
    let outcome = scope.outcome(effect);
    *damaged |= outcome.is_none();
    let zero = Expr::constant(under.kind, Ratio::ZERO);
    let guard = Guard::Test(Test::Compare(Comparison::Equal, under.clone(), zero));
    Some(Arm { guard, outcome: outcome?, line, words: line })
}

/// What a position is divided by: the highest less the lowest.
fn width(subject: &Expr) -> Option<&Expr> {
    let mut found = None;
    let mut open = vec![subject];
    while let Some(expr) = open.pop() {
        match &expr.term {
            Term::Binary(BinaryOperator::Divide, _, under) => found = Some(&**under),
            Term::Least(parts) | Term::Greatest(parts) => open.extend(parts),
            _ => {}
        }
    }
    found
}

impl Scope<'_> {
    /// What the bands look at.
    fn subject(&mut self, compared: &Compared, span: Span) -> Option<Expr> {
        match compared {
            Compared::Growth { of, decrease, against } => {
                let (x, base) = self.sides(of, against, None)?;
                let (from, less) = if *decrease { (base.clone(), x) } else { (x, base.clone()) };
                let rise = Expr::binary(base.kind, BinaryOperator::Subtract, from, less);
                Some(Expr::binary(Kind::Rate, BinaryOperator::Divide, rise, base))
            }
            Compared::Difference { of, against } => {
                let mean = match against {
                    Against::Value(Expression { kind: ExpressionKind::Derived(Derived::Mean(within)), .. }) => {
                        Some(*within)
                    }
                    _ => None,
                };
                let (x, base) = self.sides(of, against, mean)?;
                let kind = match (x.kind, base.kind) {
                    (Kind::Rate, _) | (_, Kind::Rate) => Kind::PercentagePoints,
                    (Kind::Number, other) => other,
                    (kind, _) => kind,
                };
                Some(Expr::binary(kind, BinaryOperator::Subtract, x, base))
            }
            Compared::Index(index) => self.index(index),
            Compared::Rank { of, percentile, within, better } => {
                let peers = Peers { of: self.compared_figure(of)?, within: *within, better: *better, years: None };
                let (derived, origin, kind) = if *percentile {
                    (Derived::Percentile, Origin::Percentile(peers), Kind::Rate)
                } else {
                    (Derived::Rank, Origin::Rank(peers), Kind::Count)
                };
                let label = if *percentile { ("Phân vị", "Percentile") } else { ("Thứ hạng", "Rank") };
                let mut figure = self.made(&derived, label, kind, origin, span);
                figure.range = if *percentile {
                    let mut share = Interval::closed(Some(Ratio::ZERO), Some(Ratio::ONE));
                    share.lower.iter_mut().for_each(|edge| edge.included = false);
                    share
                } else {
                    Interval::closed(Some(Ratio::ONE), None)
                };
                Some(Expr { kind, term: Term::Figure(self.join(figure)) })
            }
            Compared::Position { of, within, years, better } => {
                let years = match years {
                    Some((from, to)) => Some(self.years((from.value, from.span), (to.value, to.span))?),
                    None => None,
                };
                self.position(of, within.unwrap_or(Within::Block), years, *better, span)
            }
        }
    }

    /// The two sides of a growth or a difference, of one kind.
    fn sides(&mut self, of: &Expression, against: &Against, mean: Option<Within>) -> Option<(Expr, Expr)> {
        let x = self.number(of);
        let (base, span) = match (against, mean) {
            (Against::Value(value), Some(within)) => {
                // Its mean is of what is compared, so nothing is said where that could not be read.
                x.as_ref()?;
                (self.mean(of, within, value.span), value.span)
            }
            (Against::Value(value), None) => (self.number(value), value.span),
            (Against::Year(year), _) => (self.number(&of.in_year(*year)), of.span),
        };
        let (x, base) = (x?, base?);
        if matches!(x.kind, Kind::Date | Kind::Moment | Kind::Points) {
            let expected = Both::new("một số lượng, số tiền hoặc tỷ lệ", "a count, an amount or a rate");
            self.find(Expressions::WrongType { found: kind_words(x.kind), expected }, of.span);
            return None;
        }
        self.like(&x, &base, of.span.to(span))?;
        Some((x, base))
    }

    /// A derived figure, named in the set's language.
    fn made(&self, derived: &Derived, label: (&str, &str), kind: Kind, origin: Origin, span: Span) -> Figure {
        let (name, label) = (names(derived), Both::new(label.0, label.1));
        let mut figure = made(name, label, FigureKind::Number(kind), self.set.language, span);
        figure.origin = origin;
        figure
    }

    /// The figure that units are compared by: one of the leaf's, or one worked out of them.
    fn compared_figure(&mut self, of: &Expression) -> Option<FigureId> {
        let expr = self.number(of)?;
        if matches!(expr.kind, Kind::Date | Kind::Moment | Kind::Points) {
            let expected = Both::new("một số lượng, số tiền hoặc tỷ lệ", "a count, an amount or a rate");
            self.find(Expressions::WrongType { found: kind_words(expr.kind), expected }, of.span);
            return None;
        }
        if let Term::Figure(id) = expr.term {
            return Some(id);
        }
        let ranges = LeafRanges { figures: self.figures.as_slice(), maximum: self.maximum, subject: Interval::ALL };
        let possible = range(&expr, &ranges);
        // A count that is divided or multiplied need not be whole any more.
        let kind = if expr.kind == Kind::Count { Kind::Number } else { expr.kind };
        let label = ("Giá trị so sánh", "What is compared");
        let mut figure = self.made(&Derived::Compared, label, kind, Origin::Worked(expr), of.span);
        figure.range = possible;
        Some(self.join(figure))
    }

    fn kind_of(&self, id: FigureId) -> Kind {
        match self.figures.get(id.0).map(|figure| &figure.kind) {
            Some(FigureKind::Number(kind)) => *kind,
            _ => Kind::Number,
        }
    }

    fn mean(&mut self, of: &Expression, within: Within, span: Span) -> Option<Expr> {
        let id = self.compared_figure(of)?;
        // The mean of counts is no count.
        let kind = match self.kind_of(id) {
            Kind::Count => Kind::Number,
            kind => kind,
        };
        let peers = Peers { of: id, within, better: Better::Higher, years: None };
        let mut figure = self.made(&Derived::Mean(within), ("Trung bình", "Mean"), kind, Origin::Mean(peers), span);
        if let Some(base) = self.figures.get(id.0) {
            figure.range = base.range.clone();
            figure.measure.clone_from(&base.measure);
            figure.measured_at = base.measured_at;
        }
        Some(Expr { kind, term: Term::Figure(self.join(figure)) })
    }

    fn years(&mut self, from: (u16, Span), to: (u16, Span)) -> Option<(u16, u16)> {
        if from.0 > to.0 {
            let (from_year, to_year) = (usize::from(from.0), usize::from(to.0));
            self.find(Expressions::YearsOutOfOrder { from: from_year, to: to_year }, from.1.to(to.1));
            return None;
        }
        self.not_later(to.0, to.1)?;
        Some((from.0, to.0))
    }

    /// A year that is over when the set is scored.
    fn not_later(&mut self, year: u16, span: Span) -> Option<()> {
        match self.set.year {
            Some(own) if year > own => {
                self.find(Expressions::YearTooLate { year: usize::from(year), own: usize::from(own) }, span);
                None
            }
            _ => Some(()),
        }
    }

    /// `(x − lowest) / (highest − lowest)`, or from the highest down.
    fn position(
        &mut self,
        of: &Expression,
        within: Within,
        years: Option<(u16, u16)>,
        better: Better,
        span: Span,
    ) -> Option<Expr> {
        let id = self.compared_figure(of)?;
        let kind = self.kind_of(id);
        let x = Expr { kind, term: Term::Figure(id) };
        let peers = Peers { of: id, within, better, years };
        // The unit is among those it is compared with, unless this year is none of those named.
        let own = years.is_none_or(|(_, to)| self.set.year.is_none_or(|own| to == own));
        let mut ends = Vec::new();
        for (derived, label, origin, side) in [
            (Derived::Lowest, ("Giá trị thấp nhất", "Lowest value"), Origin::Lowest(peers.clone()), Side::Most),
            (Derived::Highest, ("Giá trị cao nhất", "Highest value"), Origin::Highest(peers), Side::Least),
        ] {
            let mut figure = self.made(&derived, label, kind, origin, span);
            if let Some(base) = self.figures.get(id.0) {
                figure.range = base.range.clone();
                figure.measure.clone_from(&base.measure);
                figure.measured_at = base.measured_at;
            }
            if own {
                figure.limits.push(Limit { side, bound: x.clone() });
            }
            ends.push(Expr { kind, term: Term::Figure(self.join(figure)) });
        }
        let [low, high] = <[Expr; 2]>::try_from(ends).ok()?;
        let less = |one: &Expr, other: &Expr| Expr::binary(kind, BinaryOperator::Subtract, one.clone(), other.clone());
        let over = if better == Better::Higher { less(&x, &low) } else { less(&high, &x) };
        let share = Expr::binary(Kind::Rate, BinaryOperator::Divide, over, less(&high, &low));
        if own {
            return Some(share);
        }
        // A value outside those years' counts as the nearest of them.
        let rate = |value| Expr::constant(Kind::Rate, value);
        let raised = Expr { kind: Kind::Rate, term: Term::Greatest(vec![share, rate(Ratio::ZERO)]) };
        Some(Expr { kind: Kind::Rate, term: Term::Least(vec![raised, rate(Ratio::ONE)]) })
    }

    /// `chỉ số vn/sipas năm 2022`: a rate, or points over their scale.
    fn index(&mut self, index: &OtherIndex) -> Option<Expr> {
        self.not_later(index.year.value, index.year.span)?;
        let scale = index.scale.as_ref().map(|scale| scale.value.clone());
        if let Some(scale) = index.scale.as_ref().filter(|scale| !scale.value.is_positive()) {
            let what = Both::new("thang của chỉ số kia", "the scale of the other index");
            self.find(Structure::NotPositive { what }, scale.span);
            return None;
        }
        let (path, year) = (index.path.value.clone(), index.year.value);
        let part = index.part.as_ref().map(|part| part.code.value.clone());
        let (of_vi, of_en) = match &part {
            Some(code) => (format!(", mục {code}"), format!(", part {code}")),
            None => Default::default(),
        };
        let label = (format!("Chỉ số {path} năm {year}{of_vi}"), format!("Index {path} of {year}{of_en}"));
        let kind = if scale.is_some() { Kind::Number } else { Kind::Rate };
        let origin = Origin::Index { path, year, part, scale: scale.clone() };
        let span = index.path.span;
        let mut figure = self.made(&Derived::Index, (&label.0, &label.1), kind, origin, span);
        figure.range = Interval::closed(Some(Ratio::ZERO), Some(scale.clone().unwrap_or(Ratio::ONE)));
        let result = Expr { kind, term: Term::Figure(self.join(figure)) };
        Some(match scale {
            Some(scale) => {
                Expr::binary(Kind::Rate, BinaryOperator::Divide, result, Expr::constant(Kind::Number, scale))
            }
            None => result,
        })
    }
}
