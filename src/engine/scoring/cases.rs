//! Ladders: the first line whose guard holds decides.

use super::super::reason::{Cliff, Decided, Failure, Reason, Tried, Working};
use super::super::value::{Given, NoValue};
use super::{Gives, Scored};
use crate::language::tree::BinaryOperator;
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::{Arm, Expr, FigureId, Guard, Interval, Kind, Outcome, Term};
use crate::ruleset::{FigureKind, Leaf, Origin};
use crate::submission::Value;

/// Scores guarded lines or bands.
pub(super) fn score(leaf: &Leaf, subject: Option<&Expr>, arms: &[Arm], given: Given<'_>) -> Scored {
    if subject.is_some()
        && let Some(scored) = never_done(arms, given)?
    {
        return Ok(scored);
    }
    let looked_at = subject.map(|subject| given.work(subject)).transpose()?;
    let given = Given { subject: looked_at.as_ref().map(|working| &working.value), ..given };
    let mut decided = None;
    let mut tried = Vec::new();
    for arm in arms {
        let (holds, test) = match &arm.guard {
            Guard::Test(test) => {
                match given.test(test) {
                    Ok((holds, tested)) => (holds, Some(tested)),
                    // A line above has decided: it may be what keeps the zero from this one's denominator.
                    Err(none) if decided.is_some() && given.never_has(&none) => continue,
                    Err(no_value) => return Err(no_value),
                }
            }
            Guard::Within(interval) => (given.subject.is_some_and(|value| interval.contains(value)), None),
            Guard::Otherwise => (true, None),
        };
        // Every guard is evaluated, so that a missing figure is missing whichever line decides.
        if holds && decided.is_none() {
            decided = Some((arm, test));
        } else if let (None, Some(test)) = (&decided, test) {
            let award = match &arm.outcome {
                Outcome::Points(expr) => given.work(expr).ok(),
                Outcome::OutOfScale | Outcome::Unscored => None,
            };
            tried.push(Tried { line: arm.line, test, points: award.map(|award| Points::new(award.value)) });
        }
    }
    let Some((arm, test)) = decided else {
        return Err(NoValue::Failed(Failure::NoLine));
    };
    let (gives, award) = outcome(arm, given)?;
    let (up, down) = match (subject, &looked_at, &award) {
        (Some(subject), Some(value), Some(award)) => cliffs((leaf, subject), (value, award), (arm, arms), given),
        _ => (None, None),
    };
    let decided = Decided { line: arm.line, words: arm.words, subject: looked_at, test, award, up, down, tried };
    Ok((gives, Reason::Line(Box::new(decided))))
}

fn outcome(arm: &Arm, given: Given<'_>) -> Result<(Gives, Option<Working>), NoValue> {
    Ok(match &arm.outcome {
        Outcome::Points(expr) => {
            let award = given.work(expr)?;
            (Gives::Points(award.value.clone()), Some(award))
        }
        Outcome::OutOfScale => (Gives::OutOfScale, None),
        Outcome::Unscored => (Gives::Unscored, None),
    })
}

/// The line of a deadline for what was never done: then there are no days to look at.
fn never_done(arms: &[Arm], given: Given<'_>) -> Result<Option<(Gives, Reason)>, NoValue> {
    for arm in arms {
        let Guard::Test(test) = &arm.guard else { continue };
        let (true, tested) = given.test(test)? else { continue };
        let (gives, award) = outcome(arm, given)?;
        let test = Some(tested);
        let (up, down, tried) = (None, None, Vec::new());
        let decided = Decided { line: arm.line, words: arm.words, subject: None, test, award, up, down, tried };
        return Ok(Some((gives, Reason::Line(Box::new(decided)))));
    }
    Ok(None)
}

/// The neighbouring bands that give more, and less.
fn cliffs(
    (leaf, subject): (&Leaf, &Expr),
    (value, award): (&Working, &Working),
    (here, arms): (&Arm, &[Arm]),
    given: Given<'_>,
) -> (Option<Cliff>, Option<Cliff>) {
    let (mut up, mut down): (Option<Cliff>, Option<Cliff>) = (None, None);
    for arm in arms.iter().filter(|arm| arm.line != here.line) {
        let (Guard::Within(interval), Outcome::Points(expr)) = (&arm.guard, &arm.outcome) else {
            continue;
        };
        let Some((edge, included, above)) = nearest_edge(interval, &value.value) else {
            continue;
        };
        let needs = needs(leaf, subject, value, (&edge, included, above));
        // Whole cases may land behind the edge, where an award that grows gives more than at it, or past the whole band.
        let lands = needs.as_ref().filter(|(id, _)| whole(leaf, *id)).and_then(|needs| landed(subject, needs, given));
        if lands.as_ref().is_some_and(|at| !interval.contains(at)) {
            continue;
        }
        let there = Given { subject: Some(lands.as_ref().unwrap_or(&edge)), ..given };
        let Ok(points) = there.work(expr) else {
            continue;
        };
        let at_edge = included && lands.is_none_or(|at| at == edge);
        let cliff = Cliff { needs, points: Points::new(points.value.clone()), included: at_edge, edge: edge.clone() };
        let closer = |other: &Option<Cliff>| {
            other.as_ref().is_none_or(|other| distance(&cliff.edge, value) < distance(&other.edge, value))
        };
        if points.value > award.value && closer(&up) {
            up = Some(cliff);
        } else if points.value < award.value && closer(&down) {
            down = Some(cliff);
        }
    }
    (up, down)
}

/// Whether a figure counts whole cases.
fn whole(leaf: &Leaf, id: FigureId) -> bool {
    leaf.figures.get(id.0).is_some_and(|figure| figure.kind == FigureKind::Number(Kind::Count))
}

/// What the bands look at once a figure is so much more.
fn landed(subject: &Expr, (id, change): &(FigureId, Ratio), given: Given<'_>) -> Option<Ratio> {
    let Some(Value::Number(stated)) = given.values.get(id) else { return None };
    let mut values = given.values.clone();
    values.insert(*id, Value::Number(stated + change));
    Some(Given { values: &values, ..given }.work(subject).ok()?.value)
}

fn distance(edge: &Ratio, value: &Working) -> Ratio {
    (edge - &value.value).abs()
}

/// The edge of a band that lies nearest to a value outside it: where, whether included, whether the band lies above.
fn nearest_edge(interval: &Interval, value: &Ratio) -> Option<(Ratio, bool, bool)> {
    match (&interval.lower, &interval.upper) {
        (Some(lower), _) if *value <= lower.at => Some((lower.at.clone(), lower.included, true)),
        (_, Some(upper)) if *value >= upper.at => Some((upper.at.clone(), upper.included, false)),
        _ => None,
    }
}

/// Whether an expression reads a figure.
fn reads(expr: &Expr, figure: FigureId) -> bool {
    let mut found = false;
    expr.visit(&mut |inner| found |= inner.term == Term::Figure(figure));
    found
}

/// How much more (or less) of the one figure on top would reach the edge, the rest unchanged. Nothing where the rest
/// would not stay: the unit is one of those that it is compared with.
fn needs(
    leaf: &Leaf,
    subject: &Expr,
    value: &Working,
    (edge, included, above): (&Ratio, bool, bool),
) -> Option<(FigureId, Ratio)> {
    use super::super::reason::Step;
    let origin = |id: FigureId| leaf.figures.get(id.0).map(|figure| &figure.origin);
    let mut compared = false;
    subject.figures(&mut |id| compared |= origin(id).is_some_and(|origin| origin.peers().is_some()));
    if compared {
        return None;
    }
    let (over, below, under) = match (&subject.term, &value.step) {
        // The denominator may not turn the direction.
        (Term::Binary(BinaryOperator::Divide, over, below), Step::Binary(_, _, under)) if under.value.is_positive() => {
            (&**over, Some(&**below), under.value.clone())
        }
        (Term::Binary(BinaryOperator::Divide, ..), _) => return None,
        _ => (subject, None, Ratio::ONE),
    };
    let free = |id: FigureId, other: Option<&Expr>| {
        let still = |part: Option<&Expr>| part.is_none_or(|part| !reads(part, id));
        origin(id).is_some_and(Origin::is_own) && still(below) && still(other)
    };
    let (id, kind, more) = match &over.term {
        Term::Figure(id) if free(*id, None) && (below.is_none() || over.kind == Kind::Count) => (*id, over.kind, true),
        Term::Binary(BinaryOperator::Subtract, left, right) => match (&left.term, &right.term) {
            (Term::Figure(id), _) if free(*id, Some(right)) => (*id, left.kind, true),
            (_, Term::Figure(id)) if free(*id, Some(left)) => (*id, right.kind, false),
            _ => return None,
        },
        _ => return None,
    };
    if matches!(kind, Kind::Date | Kind::Moment) {
        return None;
    }
    let change = &(edge - &value.value) * &under;
    let (change, rises) = if more { (change, above) } else { (-&change, !above) };
    if kind == Kind::Rate && below.is_none() && matches!(over.term, Term::Binary(..)) {
        // How far two rates are apart is said by the edge itself.
        return None;
    }
    if kind != Kind::Count {
        return Some((id, change));
    }
    let rounded = if rises { change.ceil() } else { change.floor() };
    let step = if rises { Ratio::ONE } else { -Ratio::ONE };
    // An edge that does not belong to the band is passed by one more.
    Some((id, if rounded == change && !included { &rounded + &step } else { rounded }))
}
