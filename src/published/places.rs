//! Ranks against scores: how many known scores lie above and below, and whether the order holds.

use std::collections::BTreeMap;

use super::fact::{Checked, Fact, Verdict};
use super::printed::Printed;
use super::round::{Round, band_of, judged, rank, scores, together};
use super::table::{Line, Who};
use crate::language::fold;

/// The ranks that a score can have in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) least: usize,
    pub(super) most: Option<usize>,
}

impl Interval {
    pub(super) fn holds(self, rank: usize) -> bool {
        self.least <= rank && self.most.is_none_or(|most| rank <= most)
    }
}

/// The ranks that a score can have among the other units of a round: those surely above it come before, those surely
/// below after; units of lower bands cannot come before whoever they are.
pub(super) fn interval(round: &Round<'_>, unit: &str, score: &Printed) -> Interval {
    let others = round.units().iter().filter(|(name, _)| **name != unit).map(|(_, lines)| scores(lines));
    let others: Vec<Vec<&Printed>> = others.filter(|scores| !scores.is_empty()).collect();
    let above = others.iter().filter(|scores| scores.iter().all(|other| other.surely_above(score))).count();
    let above = above.max(better_bands(round, &others, score));
    let below = others.iter().filter(|scores| scores.iter().all(|other| score.surely_above(other))).count();
    let open = others.len().saturating_sub(below);
    let by_size = round.size().map(|size| size.saturating_sub(below));
    let by_bands = unseen_in_bands(round, &others, score).map(|unseen| unseen.saturating_add(open).saturating_add(1));
    let most = [by_size, by_bands].into_iter().flatten().min();
    Interval { least: above.saturating_add(1), most }
}

/// Units surely above: all that are counted in better bands, and those known above in the own one.
fn better_bands(round: &Round<'_>, others: &[Vec<&Printed>], score: &Printed) -> usize {
    let bands = round.bands();
    let counted = || {
        let own = band_of(&bands, score)?;
        let better: usize = bands.iter().take(own).map(|band| band.count).sum::<Option<usize>>()?;
        let beside = |scores: &&Vec<&Printed>| {
            scores.iter().all(|other| other.surely_above(score) && band_of(&bands, other) == Some(own))
        };
        Some(better.saturating_add(others.iter().filter(beside).count()))
    };
    counted().unwrap_or(0)
}

/// Units without a known score in the band of a score and the better ones, where these are counted.
fn unseen_in_bands(round: &Round<'_>, others: &[Vec<&Printed>], score: &Printed) -> Option<usize> {
    let bands = round.bands();
    let own = band_of(&bands, score)?;
    let counted: usize = bands.iter().take(own.saturating_add(1)).map(|band| band.count).sum::<Option<usize>>()?;
    let inside =
        |scores: &Vec<&Printed>| scores.iter().all(|other| band_of(&bands, other).is_some_and(|band| band <= own));
    let seen = others.iter().filter(|scores| inside(scores)).count();
    // The unit itself is one of those counted.
    Some(counted.saturating_sub(seen).saturating_sub(1))
}

pub(super) fn check(round: &Round<'_>, out: &mut Vec<Checked>) {
    for line in round.lines() {
        let (Who::Unit(name), Some(printed)) = (&line.who, line.rank) else { continue };
        let key = fold(name);
        let own = round.alike(&line.who);
        let score = line.score.as_ref().or_else(|| single(&scores(&own)));
        let Some(score) = score else {
            let fact = Fact::Rank { printed, score: None, least: 1, most: round.size() };
            out.push(judged(line, fact, Verdict::Cannot));
            continue;
        };
        let found = interval(round, &key, score);
        let verdict = match found {
            Interval { least, most: Some(most) } if least == printed && most == printed => Verdict::Agrees,
            _ if found.holds(printed) => Verdict::Consistent,
            _ => Verdict::Disagrees,
        };
        let fact = Fact::Rank { printed, score: Some(score.clone()), least: found.least, most: found.most };
        out.push(judged(line, fact, verdict));
    }
}

/// The one score that all sources agree on.
pub(super) fn single<'t>(scores: &[&'t Printed]) -> Option<&'t Printed> {
    match scores {
        [one] => Some(one),
        _ => None,
    }
}

/// The rank of the year that follows from places gained on one that is printed.
fn followed(checked: &Checked) -> Option<(String, usize)> {
    let Fact::Places { now: None, before: Some(_), follows: Some(rank), .. } = checked.fact else { return None };
    Some((fold(checked.unit.as_ref()?), usize::try_from(rank).ok()?))
}

struct Placed<'t> {
    name: &'t str,
    rank: usize,
    score: &'t Printed,
    line: &'t Line,
}

/// Whether better ranks have better scores; a rank that follows from places gained counts as one printed.
pub(super) fn order(round: &Round<'_>, out: &mut Vec<Checked>) {
    let followed: BTreeMap<String, usize> = out.iter().filter_map(followed).collect();
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for (unit, lines) in round.units() {
        let rank = rank(lines).or_else(|| followed.get(unit).copied());
        let (Some(rank), Some(score)) = (rank, single(&scores(lines))) else { continue };
        let Some(line) = lines.iter().find(|line| line.rank.is_some() || line.places.is_some()) else { continue };
        if let Who::Unit(name) = &line.who {
            placed.push(Placed { name, rank, score, line });
        }
    }
    if placed.len() < 2 {
        return;
    }
    placed.sort_by_key(|unit| unit.rank);
    let mut against = Vec::new();
    for (first, second) in placed.iter().zip(placed.iter().skip(1)) {
        let same = first.rank == second.rank;
        if second.score.surely_above(first.score) || (same && first.score.clashes(second.score)) {
            against.push((first.name.to_owned(), second.name.to_owned()));
        } else if !same && first.score == second.score {
            let fact = Fact::Equal {
                first: (first.name.to_owned(), first.rank),
                second: (second.name.to_owned(), second.rank),
                printed: first.score.clone(),
            };
            out.push(together(&[first.line, second.line], fact, Verdict::Cannot));
        }
    }
    let lines: Vec<&Line> = placed.iter().map(|unit| unit.line).collect();
    let verdict = if against.is_empty() { Verdict::Agrees } else { Verdict::Disagrees };
    out.push(together(&lines, Fact::Order { units: placed.len(), against }, verdict));
}
