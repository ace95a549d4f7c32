//! Statements with names replaced by what they stand for: a template's parameters, the year's.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::language::tree::{
    Award, AwardKind, Band, Bound, Cap, Each, Edge, Effect, EffectKind, Expression, ExpressionKind, Figure, Form,
    FormKind, Gate, List, Met, MetTest, NoRowCase, NotApplicable, NotBlock, OptionLine, PerRow, Spanned, Statement,
    Take, Timed, When,
};

/// What each parameter stands for.
pub(in super::super) type Meanings<'a> = BTreeMap<&'a str, &'a Expression>;

/// A statement with parameters replaced; itself, if it is of a kind that reads none.
pub(in super::super) fn statement<'a>(statement: &'a Statement, with: &Meanings<'_>) -> Cow<'a, Statement> {
    Cow::Owned(match statement {
        Statement::Form(form) => Statement::Form(form_(form, with)),
        Statement::Band(band) => {
            Statement::Band(Band { edge: edge(&band.edge, with), award: award(&band.award, with) })
        }
        Statement::When(when) => {
            Statement::When(When { test: expression(&when.test, with), effect: effect(&when.effect, with) })
        }
        Statement::Otherwise(inner) => Statement::Otherwise(effect(inner, with)),
        Statement::Met(met) => {
            let test = match &met.test {
                MetTest::Condition(test) => MetTest::Condition(expression(test, with)),
                figure @ MetTest::Figure { .. } => figure.clone(),
            };
            Statement::Met(Met { test, award: award(&met.award, with) })
        }
        Statement::Figure(figure) => Statement::Figure(figure_(figure, with)),
        Statement::SharedFigure(figure) => Statement::SharedFigure(figure_(figure, with)),
        Statement::Column(column) => Statement::Column(figure_(column, with)),
        Statement::List(list) => Statement::List(List { bounds: bounds(&list.bounds, with), ..list.clone() }),
        Statement::NoRowCase(case) => Statement::NoRowCase(NoRowCase {
            list: case.list.clone(),
            test: expression(&case.test, with),
            award: case.award.as_ref().map(|inner| award(inner, with)),
        }),
        Statement::NoRowsLeft(inner) => Statement::NoRowsLeft(effect(inner, with)),
        Statement::NotApplicable(rule) => {
            let (test, effect) = (expression(&rule.test, with), effect(&rule.effect, with));
            Statement::NotApplicable(NotApplicable { test, effect })
        }
        Statement::NotBlock(line) => {
            Statement::NotBlock(NotBlock { effect: effect(&line.effect, with), ..line.clone() })
        }
        Statement::Gate(gate) => Statement::Gate(Gate { effect: effect(&gate.effect, with), ..gate.clone() }),
        Statement::Timed(line) => Statement::Timed(Timed { when: line.when.clone(), award: award(&line.award, with) }),
        Statement::AllEqual(inner) => Statement::AllEqual(effect(inner, with)),
        Statement::NotDone(inner) => Statement::NotDone(effect(inner, with)),
        Statement::Option(line) => Statement::Option(OptionLine { effect: effect(&line.effect, with), ..line.clone() }),
        Statement::Each(each) => Statement::Each(Each { what: expression(&each.what, with), ..each.clone() }),
        Statement::Cap(cap) => Statement::Cap(Cap { limit: award_kind(&cap.limit, with), ..cap.clone() }),
        other => return Cow::Borrowed(other),
    })
}

fn figure_(figure: &Figure, with: &Meanings<'_>) -> Figure {
    Figure { bounds: bounds(&figure.bounds, with), ..figure.clone() }
}

fn bounds(bounds: &[Bound], with: &Meanings<'_>) -> Vec<Bound> {
    let bound = |bound: &Bound| match bound {
        Bound::AtLeast(least) => Bound::AtLeast(expression(least, with)),
        Bound::AtMost(most) => Bound::AtMost(expression(most, with)),
        Bound::Between(least, most) => Bound::Between(expression(least, with), expression(most, with)),
    };
    bounds.iter().map(bound).collect()
}

/// A list is named by name: a template's parameter that stands for it is put in.
fn per_row(per_row: &PerRow, with: &Meanings<'_>) -> PerRow {
    let mut list = per_row.list.clone();
    if let Some(Expression { kind: ExpressionKind::Name(meant), .. }) = with.get(list.value.as_str()) {
        list.value.clone_from(meant);
    }
    let take = match &per_row.take {
        Take::Mean(Some(weight)) => Take::Mean(Some(expression(weight, with))),
        other => other.clone(),
    };
    PerRow { list, take }
}

fn form_(form: &Form, with: &Meanings<'_>) -> Form {
    let kind = match &form.kind {
        FormKind::Deadline { figure, due, named, minute, before } => {
            let (due, named) = day(*due, named.as_ref(), with);
            FormKind::Deadline { figure: expression(figure, with), due, named, minute: *minute, before: *before }
        }
        FormKind::Choice(inner) => FormKind::Choice(expression(inner, with)),
        FormKind::Rate(inner) => FormKind::Rate(expression(inner, with)),
        FormKind::Count(inner) => FormKind::Count(expression(inner, with)),
        FormKind::Amount(inner) => FormKind::Amount(expression(inner, with)),
        FormKind::Compared(compared) => FormKind::Compared(compared.map(|inner| expression(inner, with))),
        FormKind::Formula(inner) => FormKind::Formula(expression(inner, with)),
        FormKind::Template { name, arguments } => FormKind::Template {
            name: name.clone(),
            arguments: arguments.iter().map(|argument| expression(argument, with)).collect(),
        },
        other => other.clone(),
    };
    let per_row = form.per_row.as_ref().map(|inner| per_row(inner, with));
    Form { kind, per_row, award: form.award.as_ref().map(|inner| award(inner, with)), ..form.clone() }
}

/// The last day of a deadline, where a name stands for it.
fn day(due: i32, named: Option<&Spanned<String>>, with: &Meanings<'_>) -> (i32, Option<Spanned<String>>) {
    let Some(name) = named else { return (due, None) };
    match with.get(name.value.as_str()).map(|meant| &meant.kind) {
        Some(ExpressionKind::Date(day)) => (*day, None),
        Some(ExpressionKind::Name(other)) => (due, Some(Spanned::new(other.clone(), name.span))),
        // What is no day is told where the name stands.
        Some(_) => (due, Some(Spanned::new(format!("{} ", name.value), name.span))),
        None => (due, Some(name.clone())),
    }
}

fn edge(edge: &Edge, with: &Meanings<'_>) -> Edge {
    let side =
        |side: &Option<(Expression, bool)>| side.as_ref().map(|(at, included)| (expression(at, with), *included));
    Edge { lower: side(&edge.lower), upper: side(&edge.upper), ..edge.clone() }
}

fn award(award: &Award, with: &Meanings<'_>) -> Award {
    Award { kind: award_kind(&award.kind, with), span: award.span }
}

fn award_kind(kind: &AwardKind, with: &Meanings<'_>) -> AwardKind {
    match kind {
        AwardKind::ProportionalTo(target) => AwardKind::ProportionalTo(expression(target, with)),
        other => other.clone(),
    }
}

fn effect(effect: &Effect, with: &Meanings<'_>) -> Effect {
    let kind = match &effect.kind {
        EffectKind::Award(inner) => EffectKind::Award(award_kind(inner, with)),
        other => other.clone(),
    };
    Effect { kind, span: effect.span }
}

/// An expression with parameters replaced.
pub(super) fn expression(inner: &Expression, with: &Meanings<'_>) -> Expression {
    let boxed = |inner: &Expression| Box::new(expression(inner, with));
    let all = |parts: &[Expression]| parts.iter().map(|part| expression(part, with)).collect();
    let kind = match &inner.kind {
        ExpressionKind::Name(name) => match with.get(name.as_str()) {
            // A meaning without a place of its own is told where its name stands.
            Some(meant) if meant.span == Span::default() => meant.kind.clone(),
            Some(meant) => return (*meant).clone(),
            None => inner.kind.clone(),
        },
        ExpressionKind::Derived(derived) => {
            ExpressionKind::Derived(derived.rename(|name| with.get(name).map(|meant| (*meant).clone())))
        }
        ExpressionKind::Call { name, arguments } => {
            ExpressionKind::Call { name: name.clone(), arguments: all(arguments) }
        }
        ExpressionKind::Negate(inner) => ExpressionKind::Negate(boxed(inner)),
        ExpressionKind::Binary(operator, left, right) => ExpressionKind::Binary(*operator, boxed(left), boxed(right)),
        ExpressionKind::Compare(comparison, left, right) => {
            ExpressionKind::Compare(*comparison, boxed(left), boxed(right))
        }
        ExpressionKind::And(parts) => ExpressionKind::And(all(parts)),
        ExpressionKind::Or(parts) => ExpressionKind::Or(all(parts)),
        other => other.clone(),
    };
    Expression { kind, span: inner.span }
}
