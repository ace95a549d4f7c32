//! The mean of a round between the bounds that known scores and bands leave, and what is said against it.

use super::fact::{Checked, Fact, Verdict};
use super::printed::Printed;
use super::round::{Round, band_of, cut_all, judged, rank, scores};
use super::table::{Who, Whole};
use crate::number::Ratio;

pub(super) fn check(round: &Round<'_>, out: &mut Vec<Checked>) {
    let bounds = bounds(round);
    for line in round.whole(&Whole::Mean) {
        let Some(printed) = &line.score else { continue };
        // A mean with elements of its own is the headline of a survey, checked as such.
        let Some((known, least, most)) = bounds.clone() else { continue };
        let verdict = if least == most && printed.prints(&least) {
            Verdict::Agrees
        } else if known.0 == 0 && least.is_zero() {
            Verdict::Cannot
        } else if least < printed.high() && printed.low() <= most {
            Verdict::Consistent
        } else {
            Verdict::Disagrees
        };
        out.push(judged(line, Fact::Mean { printed: printed.clone(), known, least, most }, verdict));
    }
    above_count(round, out);
    above_mean(round, out);
}

type Bounds = ((usize, usize), Ratio, Ratio);

/// Known and all units, the least and the greatest mean: an unknown score lies in its band, not above the first rank's
/// nor below the last one's.
fn bounds(round: &Round<'_>) -> Option<Bounds> {
    let units = round.size().filter(|&units| units > 0)?;
    let bands = round.bands();
    let (mut least, mut most) = (Ratio::ZERO, Ratio::ZERO);
    let mut known = 0_usize;
    let (mut floor, mut ceiling) = (Ratio::ZERO, Ratio::from(100));
    let mut seen = vec![0_usize; bands.len()];
    for lines in round.units().values() {
        let scores = scores(lines);
        let values = || scores.iter().map(|score| score.value());
        let (Some(low), Some(high)) = (values().min(), values().max()) else { continue };
        known = known.saturating_add(1);
        (least, most) = (&least + low, &most + high);
        match rank(lines) {
            Some(1) => ceiling = high.clone(),
            Some(last) if last == units => floor = low.clone(),
            _ => {}
        }
        if let Some(seen) = scores.first().and_then(|score| band_of(&bands, score)).and_then(|band| seen.get_mut(band))
        {
            *seen = seen.saturating_add(1);
        }
    }
    let unknown = units.saturating_sub(known);
    let counted = bands.iter().map(|band| band.count).sum::<Option<usize>>().is_some_and(|sum| sum == units);
    if cut_all(&bands) && counted {
        let mut above = ceiling.clone();
        for (band, seen) in bands.iter().zip(&seen) {
            let cut = band.cut.map_or(Ratio::ZERO, |cut| cut.from.value().clone());
            let left = Ratio::from(band.count.unwrap_or(0).saturating_sub(*seen));
            least = &least + &(&left * &cut.clone().max(floor.clone()));
            most = &most + &(&left * &above.clone().min(ceiling.clone()));
            above = cut;
        }
    } else {
        let left = Ratio::from(unknown);
        least = &least + &(&left * &floor);
        most = &most + &(&left * &ceiling);
    }
    let all = Ratio::from(units);
    Some(((known, units), least.checked_div(&all)?, most.checked_div(&all)?))
}

/// Ranks bound how many are above the mean: as far as the last one known above it, and before the first one below.
fn above_count(round: &Round<'_>, out: &mut Vec<Checked>) {
    for line in round.whole(&Whole::AboveMean) {
        let Some(printed) = line.count else { continue };
        let means = round.means();
        let (Some(units), [mean]) = (round.size(), means.as_slice()) else { continue };
        let (mut least, mut most) = (0_usize, units);
        for lines in round.units().values() {
            let (Some(rank), scores) = (rank(lines), scores(lines)) else { continue };
            if scores.is_empty() {
                continue;
            }
            if scores.iter().all(|score| score.surely_above(mean)) {
                least = least.max(rank);
            }
            if scores.iter().all(|score| mean.surely_above(score)) {
                most = most.min(rank.saturating_sub(1));
            }
        }
        let verdict = if least == most && least == printed {
            Verdict::Agrees
        } else if (least..=most).contains(&printed) {
            Verdict::Consistent
        } else {
            Verdict::Disagrees
        };
        out.push(judged(line, Fact::AboveCount { printed, least, most }, verdict));
    }
}

/// `4.38 above the mean`, against the score and the mean.
fn above_mean(round: &Round<'_>, out: &mut Vec<Checked>) {
    for line in round.lines().iter().filter(|line| matches!(line.who, Who::Unit(_))) {
        let Some(printed) = &line.above_mean else { continue };
        let own = round.alike(&line.who);
        let score = line.score.as_ref().or_else(|| scores(&own).first().copied());
        let mean: Option<&Printed> = round.means().first().copied();
        let follows = mean.map(|mean| mean.value() + printed.value());
        let verdict = match score.zip(mean) {
            Some((score, mean)) => difference(score, mean, printed),
            None => Verdict::Cannot,
        };
        let fact = Fact::AboveMean { printed: printed.clone(), score: score.cloned(), mean: mean.cloned(), follows };
        out.push(judged(line, fact, verdict));
    }
}

/// Whether one printed number less another makes a printed difference: as printed, or within what was rounded away.
pub(super) fn difference(greater: &Printed, less: &Printed, printed: &Printed) -> Verdict {
    let difference = greater.value() - less.value();
    if difference == *printed.value() {
        return Verdict::Agrees;
    }
    let slack = greater.half() + less.half() + printed.half();
    if (&difference - printed.value()).abs() < slack { Verdict::Consistent } else { Verdict::Disagrees }
}
