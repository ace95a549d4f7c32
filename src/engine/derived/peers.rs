//! Rank, percentile, lowest, highest, mean: a unit among those it is compared with.

use std::collections::BTreeMap;

use super::{Absent, Among, Source, Surroundings, worked};
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
    let count = Ratio::from(i64::try_from(all.len()).unwrap_or(i64::MAX));
    let better = all.iter().filter(|other| match peers.better {
        Better::Higher => *other > own,
        Better::Lower => *other < own,
    });
    let better = Ratio::from(i64::try_from(better.count()).unwrap_or(i64::MAX));
    let value = match origin {
        Origin::Rank(_) => Some(&better + &Ratio::ONE),
        Origin::Percentile(_) => (&count - &better).checked_div(&count),
        Origin::Lowest(_) => all.iter().min().cloned(),
        Origin::Highest(_) => all.iter().max().cloned(),
        Origin::Mean(_) => all.iter().fold(Ratio::ZERO, |sum, value| &sum + value).checked_div(&count),
        Origin::Stated
        | Origin::Shared(_)
        | Origin::Far { .. }
        | Origin::Prior { .. }
        | Origin::Survey(_)
        | Origin::Index { .. }
        | Origin::Worked(_)
        | Origin::Rows(_) => None,
    };
    let among = Among { values: all.len(), within: peers.within, years: peers.years };
    Ok((Value::Number(value.ok_or(Absent::NoPeers)?), Source::Peers(among)))
}

/// Every value that counts; the unit's own is as it is assessed now, whatever the round holds of it.
fn all(around: Surroundings<'_>, peers: &Peers, own: &Ratio) -> Result<Vec<Ratio>, Absent> {
    let year = around.ruleset.year;
    let beside = |other: &str| peers.within == Within::Round || around.block == around.context.block(other);
    let mut all = Vec::new();
    if peers.years.is_none_or(|(_, to)| to == year) {
        let cohort = around.context.cohort.as_ref().ok_or(Absent::NoCohort)?;
        let others = cohort.values(around.head, peers.of).filter(|(other, _)| *other != around.unit && beside(other));
        all.extend(others.map(|(_, value)| value.clone()));
        all.push(own.clone());
    }
    let (from, to) = peers.years.unwrap_or((year, year));
    for past in (from..=to).filter(|&past| past < year) {
        let archive = &around.context.archive;
        if !archive.years().any(|known| known == past) {
            return Err(Absent::Archive(past, NotThere::Year));
        }
        let units = archive.units(past).filter(|unit| *unit == around.unit || beside(unit));
        all.extend(units.filter_map(|unit| past_value(around, past, unit, peers.of)));
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
