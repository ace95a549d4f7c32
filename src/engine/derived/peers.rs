//! Rank, percentile, lowest, highest, mean: a unit among those it is compared with.

use std::collections::BTreeMap;

use super::{Absent, Among, Source, Surroundings, worked};
use crate::engine::cohort::Values;
use crate::language::tree::{Better, Within};
use crate::number::Ratio;
use crate::ruleset::meaning::{FigureId, Term};
use crate::ruleset::{Origin, Peers};
use crate::submission::{NotThere, Value};

/// The value of an origin that compares.
pub(super) fn resolve(
    around: Surroundings<'_>,
    origin: &Origin,
    peers: &Peers,
    values: &BTreeMap<FigureId, Value>,
) -> Result<(Value, Source), Absent> {
    let Some(Value::Number(own)) = values.get(&peers.of) else { return Err(Absent::Figure(peers.of)) };
    let all = all(around, peers, own)?;
    let (below, above) = all.beside(own);
    let (all_of, better) = match peers.better {
        Better::Higher => (ratio(all.count()), ratio(above)),
        Better::Lower => (ratio(all.count()), ratio(below)),
    };
    let value = match origin {
        Origin::Rank(_) => Some(&better + &Ratio::ONE),
        Origin::Percentile(_) => (&all_of - &better).checked_div(&all_of),
        Origin::Lowest(_) => all.lowest().cloned(),
        Origin::Highest(_) => all.highest().cloned(),
        Origin::Mean(_) => all.sum().checked_div(&all_of),
        Origin::Stated
        | Origin::Shared(_)
        | Origin::Far { .. }
        | Origin::Prior { .. }
        | Origin::Survey(_)
        | Origin::Index { .. }
        | Origin::Worked(_)
        | Origin::Rows(_) => None,
    };
    let among = Among { values: all.count(), within: peers.within, years: peers.years };
    Ok((Value::Number(value.ok_or(Absent::NoPeers)?), Source::Peers(among)))
}

fn ratio(count: usize) -> Ratio {
    Ratio::from(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Every value that counts: those of the round but one, and some more.
struct All<'a> {
    round: Option<&'a Values>,
    /// What the round holds of the unit itself, whose value is as it is assessed now.
    but: Option<&'a Ratio>,
    more: Vec<Ratio>,
}

impl All<'_> {
    fn round(&self) -> &[Ratio] {
        self.round.map_or(&[], |values| values.list.as_slice())
    }

    fn count(&self) -> usize {
        let round = self.round().len().saturating_sub(usize::from(self.but.is_some()));
        round.saturating_add(self.more.len())
    }

    /// How many are below a value, and how many above it.
    fn beside(&self, value: &Ratio) -> (usize, usize) {
        let (below, above) = self.round.map_or((0, 0), |values| values.beside(value));
        let more = |is: fn(&Ratio, &Ratio) -> bool| self.more.iter().filter(|other| is(other, value)).count();
        let but = |is: fn(&Ratio, &Ratio) -> bool| usize::from(self.but.is_some_and(|but| is(but, value)));
        let of = |round: usize, is| round.saturating_sub(but(is)).saturating_add(more(is));
        (of(below, |other, value| other < value), of(above, |other, value| other > value))
    }

    fn lowest(&self) -> Option<&Ratio> {
        let mut round = self.round().iter();
        let first = round.next();
        let lowest = if first.is_some() && first == self.but { round.next() } else { first };
        lowest.into_iter().chain(&self.more).min()
    }

    fn highest(&self) -> Option<&Ratio> {
        let mut round = self.round().iter().rev();
        let last = round.next();
        let highest = if last.is_some() && last == self.but { round.next() } else { last };
        highest.into_iter().chain(&self.more).max()
    }

    fn sum(&self) -> Ratio {
        let round = self.round.map_or(Ratio::ZERO, |values| values.sum.clone());
        let but = self.but.map_or_else(|| round.clone(), |but| &round - but);
        self.more.iter().fold(but, |sum, value| &sum + value)
    }
}

/// Every value that counts; the unit's own is as it is assessed now, whatever the round holds of it.
fn all<'a>(around: Surroundings<'a>, peers: &Peers, own: &Ratio) -> Result<All<'a>, Absent> {
    let year = around.ruleset.year;
    let in_round = peers.within == Within::Round;
    let beside = |other: &str| in_round || around.block == around.context.block(other);
    let mut all = All { round: None, but: None, more: Vec::new() };
    if peers.years.is_none_or(|(_, to)| to == year) {
        let cohort = around.context.cohort.as_ref().ok_or(Absent::NoCohort)?;
        let (head, figure) = (around.head, peers.of);
        let round = if in_round { cohort.values(head, figure) } else { cohort.values_in(head, figure, around.block) };
        let itself = in_round || cohort.block(around.unit) == around.block;
        all.round = round;
        all.but = cohort.value(head, figure, around.unit).filter(|_| itself);
        all.more.push(own.clone());
    }
    let (from, to) = peers.years.unwrap_or((year, year));
    for past in (from..=to).filter(|&past| past < year) {
        let archive = &around.context.archive;
        if !archive.years().any(|known| known == past) {
            return Err(Absent::Archive(past, NotThere::Year));
        }
        let units = archive.units(past).filter(|unit| *unit == around.unit || beside(unit));
        all.more.extend(units.filter_map(|unit| past_value(around, past, unit, peers.of)));
    }
    Ok(all)
}

/// What a unit had in an earlier year of the figure that units are compared by.
fn past_value(around: Surroundings<'_>, year: u16, unit: &str, figure: FigureId) -> Option<Ratio> {
    let archive = &around.context.archive;
    let value = |figure: FigureId| archive.value(year, unit, around.head, figure).ok();
    let found = match &around.leaf.figures.get(figure.0)?.origin {
        Origin::Worked(expr) => {
            let mut values = BTreeMap::new();
            expr.visit(&mut |part| {
                if let Term::Figure(id) = part.term
                    && let Some(value) = value(id)
                {
                    values.insert(id, value.clone());
                }
            });
            worked::resolve(expr, &values).ok()?.0
        }
        _ => value(figure)?.clone(),
    };
    match found {
        Value::Number(number) => Some(number),
        Value::YesNo(_) | Value::Option(_) | Value::Text(_) | Value::Rows(_) | Value::NotApplicable => None,
    }
}
