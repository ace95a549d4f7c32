//! Year on year: places gained, points gained, how many rose.

use super::fact::{Checked, Fact, Verdict};
use super::means::difference;
use super::places::{interval, single};
use super::printed::Printed;
use super::round::{Round, judged, rank, scores};
use super::table::{Change, Line, Series, Who, Whole};
use crate::language::fold;

/// The rounds of a block by year.
pub(super) struct Years<'t> {
    series: &'t Series,
    block: Option<&'t str>,
    year: u16,
}

impl<'t> Years<'t> {
    pub(super) fn new(series: &'t Series, block: Option<&'t str>, year: u16) -> Self {
        Self { series, block, year }
    }

    fn before(&self) -> u16 {
        self.year.saturating_sub(1)
    }

    fn round(&self, year: u16) -> Option<Round<'t>> {
        let table = self.series.tables.get(&year)?;
        Some(Round::of(table, self.block))
    }

    fn lines(&self, year: u16, who: &Who) -> Vec<&'t Line> {
        self.round(year).map(|round| round.alike(who)).unwrap_or_default()
    }
}

pub(super) fn check(round: &Round<'_>, years: &Years<'_>, out: &mut Vec<Checked>) {
    for line in round.lines() {
        if let Some(printed) = line.places {
            places(round, years, line, printed, out);
        }
        if !matches!(line.who, Who::Whole(Whole::MostRise | Whole::LeastRise)) {
            for change in &line.changes {
                score(round, years, line, change, out);
            }
        }
    }
    moved(round, out);
    extremes(round, years, out);
}

fn places(round: &Round<'_>, years: &Years<'_>, line: &Line, printed: i64, out: &mut Vec<Checked>) {
    let since = years.before();
    let now = line.rank.or_else(|| rank(&round.alike(&line.who)));
    let before = rank(&years.lines(since, &line.who));
    let wide = |rank: usize| i64::try_from(rank).unwrap_or(i64::MAX);
    let (verdict, follows) = match (now.map(wide), before.map(wide)) {
        (Some(now), Some(before)) if before.saturating_sub(now) == printed => (Verdict::Agrees, None),
        (Some(_), Some(_)) => (Verdict::Disagrees, None),
        (Some(now), None) => (Verdict::Cannot, Some(now.saturating_add(printed))),
        (None, Some(before)) => (Verdict::Cannot, Some(before.saturating_sub(printed))),
        (None, None) => (Verdict::Cannot, None),
    };
    // A rank that follows for either year must be one.
    let size = years.round(since).and_then(|round| round.size()).or_else(|| round.size()).map(wide);
    let verdict = match follows {
        Some(rank) if rank < 1 || size.is_some_and(|size| rank > size) => Verdict::Disagrees,
        _ => verdict,
    };
    out.push(judged(line, Fact::Places { printed, now, before, since, follows }, verdict));
}

fn score(round: &Round<'_>, years: &Years<'_>, line: &Line, change: &Change, out: &mut Vec<Checked>) {
    let since = change.since.unwrap_or_else(|| years.before());
    let own = round.alike(&line.who);
    let earlier = years.lines(since, &line.who);
    let nows = line.score.as_ref().map_or_else(|| scores(&own), |score| vec![score]);
    let befores = scores(&earlier);
    let by = &change.by;
    let pairs = nows.iter().flat_map(|now| befores.iter().map(move |before| (*now, *before)));
    // Where sources differ, the change speaks for the pair that it fits.
    let best =
        pairs.map(|(now, before)| (difference(now, before, by), now, before)).min_by_key(|(verdict, ..)| *verdict);
    let (verdict, now, before, follows) = match best {
        Some((verdict, now, before)) => (verdict, Some(now), Some(before), Some(before.value() + by.value())),
        None => match (nows.first(), befores.first()) {
            (Some(now), None) => (Verdict::Cannot, Some(*now), None, Some(now.value() - by.value())),
            (None, Some(before)) => (Verdict::Cannot, None, Some(*before), Some(before.value() + by.value())),
            _ => (Verdict::Cannot, None, None, None),
        },
    };
    let derived = match (now, before, &follows) {
        (Some(now), None, Some(value)) => Some(Printed::new(value.clone(), now.digits().max(by.digits()))),
        _ => None,
    };
    let printed = by.clone();
    let (now, before) = (now.cloned(), before.cloned());
    out.push(judged(line, Fact::Change { printed, now, before, since, follows }, verdict));
    if let Some(derived) = derived {
        held_against_its_year(round, years, line, since, derived, out);
    }
}

/// A score that follows for an earlier year is held against the ranks of that year's own table.
fn held_against_its_year(
    round: &Round<'_>,
    years: &Years<'_>,
    line: &Line,
    since: u16,
    score: Printed,
    out: &mut Vec<Checked>,
) {
    let (Who::Unit(name), Some(earlier)) = (&line.who, years.round(since)) else { return };
    if earlier.units().values().all(|lines| scores(lines).is_empty()) {
        return;
    }
    let followed = || {
        let places = round.alike(&line.who).iter().find_map(|line| line.places).filter(|_| since == years.before())?;
        let now = i64::try_from(line.rank.or_else(|| rank(&round.alike(&line.who)))?).ok()?;
        usize::try_from(now.saturating_add(places)).ok()
    };
    let Some(rank) = rank(&earlier.alike(&line.who)).or_else(followed) else { return };
    let found = interval(&earlier, &fold(name), &score);
    let verdict = if found.holds(rank) { Verdict::Consistent } else { Verdict::Disagrees };
    let (least, most) = (found.least, found.most);
    out.push(judged(line, Fact::Earlier { since, score, rank, least, most }, verdict));
}

fn moved(round: &Round<'_>, out: &mut Vec<Checked>) {
    let count = |whole: &Whole| round.whole(whole).find_map(|line| line.count.map(|count| (line, count)));
    let (Some((line, rose)), Some((_, fell)), Some(units)) = (count(&Whole::Rose), count(&Whole::Fell), round.size())
    else {
        return;
    };
    let verdict = match rose.saturating_add(fell).cmp(&units) {
        std::cmp::Ordering::Equal => Verdict::Agrees,
        // The rest may have stayed where they were.
        std::cmp::Ordering::Less => Verdict::Consistent,
        std::cmp::Ordering::Greater => Verdict::Disagrees,
    };
    out.push(judged(line, Fact::Moved { rose, fell, units }, verdict));
}

/// The change of every unit that both years print a score of, or that is printed itself.
fn known(round: &Round<'_>, years: &Years<'_>) -> Vec<(String, Printed)> {
    let mut found = Vec::new();
    for lines in round.units().values() {
        let Some(Who::Unit(name)) = lines.first().map(|line| &line.who) else { continue };
        let own = lines.iter().flat_map(|line| &line.changes).find(|change| change.since.is_none());
        if let Some(change) = own {
            found.push((name.clone(), change.by.clone()));
            continue;
        }
        let earlier = years.lines(years.before(), &Who::Unit(name.clone()));
        let (now, before) = (scores(lines), scores(&earlier));
        if let (Some(now), Some(before)) = (single(&now), single(&before)) {
            found.push((name.clone(), Printed::new(now.value() - before.value(), now.digits().min(before.digits()))));
        }
    }
    found
}

fn extremes(round: &Round<'_>, years: &Years<'_>, out: &mut Vec<Checked>) {
    for (whole, greatest) in [(Whole::MostRise, true), (Whole::LeastRise, false)] {
        for line in round.whole(&whole) {
            let Some(printed) = line.changes.first().map(|change| &change.by) else { continue };
            let mut known = known(round, years);
            // The least rise says nothing of those that fell.
            known.retain(|(_, by)| greatest || by.value().is_positive());
            let beyond =
                known.iter().find(|(_, by)| if greatest { by.surely_above(printed) } else { printed.surely_above(by) });
            let met = known.iter().find(|(_, by)| by.value() == printed.value());
            let verdict = match (beyond, met) {
                (Some(_), _) => Verdict::Disagrees,
                (None, Some(_)) => Verdict::Agrees,
                (None, None) if known.is_empty() => Verdict::Cannot,
                (None, None) => Verdict::Consistent,
            };
            let unit = beyond.or(met).map(|(name, _)| name.clone());
            let fact = Fact::Extreme { greatest, printed: printed.clone(), known: known.len(), unit };
            out.push(judged(line, fact, verdict));
        }
    }
}
