//! Bands: of each unit by its score and by its rank, and how many units they hold.

use super::fact::{Checked, Fact, Verdict};
use super::round::{Band, Round, band_of, judged, scores, together};
use super::table::{Line, Who, Whole};
use crate::language::fold;
use crate::number::Ratio;

pub(super) fn check(round: &Round<'_>, out: &mut Vec<Checked>) {
    let bands = round.bands();
    for line in round.lines() {
        if matches!(line.who, Who::Unit(_)) && (line.band.is_some() || line.score.is_some()) {
            unit(round, line, &bands, out);
        }
    }
    counts(round, &bands, out);
    for line in round.lines() {
        let (Who::Whole(Whole::Band(band)), Some(printed)) = (&line.who, &line.share) else { continue };
        let (Some(count), Some(units)) = (line.count, round.size()) else { continue };
        let share = Ratio::from(count).checked_div(&Ratio::from(units)).unwrap_or(Ratio::ZERO);
        let exact = &share * &Ratio::from(100);
        let verdict = if printed.prints(&exact) { Verdict::Agrees } else { Verdict::Disagrees };
        let fact = Fact::Share { band: band.clone(), count, units, exact, printed: printed.clone() };
        out.push(judged(line, fact, verdict));
    }
}

/// The band of a score; where sources print several, the one that they all lie in.
pub(super) fn by_score<'t>(round: &Round<'t>, line: &Line, bands: &[Band<'t>]) -> Option<&'t str> {
    let own = line.score.as_ref().map_or_else(|| scores(&round.alike(&line.who)), |score| vec![score]);
    let mut found = own.iter().map(|score| band_of(bands, score));
    let first = found.next()??;
    found.all(|band| band == Some(first)).then(|| bands.get(first).map(|band| band.name))?
}

/// The band of a rank, counting units from the best band down.
fn by_rank<'t>(bands: &[Band<'t>], rank: usize) -> Option<&'t str> {
    let mut through = 0_usize;
    for band in bands {
        through = through.saturating_add(band.count?);
        if rank <= through {
            return Some(band.name);
        }
    }
    None
}

fn unit(round: &Round<'_>, line: &Line, bands: &[Band<'_>], out: &mut Vec<Checked>) {
    let by_score = by_score(round, line, bands);
    let by_rank = line.rank.and_then(|rank| by_rank(bands, rank));
    let said: Vec<String> = [line.band.as_deref(), by_score, by_rank].into_iter().flatten().map(fold).collect();
    let verdict = match said.as_slice() {
        [] => return,
        // A band that only the cuts give is shown in the table; there is nothing to hold it against.
        [_] if line.band.is_none() => return,
        [_] => Verdict::Cannot,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Verdict::Agrees,
        _ => Verdict::Disagrees,
    };
    let owned = |band: Option<&str>| band.map(str::to_owned);
    let fact = Fact::Band { printed: line.band.clone(), by_score: owned(by_score), by_rank: owned(by_rank) };
    out.push(judged(line, fact, verdict));
}

fn counts(round: &Round<'_>, bands: &[Band<'_>], out: &mut Vec<Checked>) {
    let named = |band: &Band<'_>| band.count.map(|count| (band.name.to_owned(), count));
    let (Some(counts), Some(units)) = (bands.iter().map(named).collect::<Option<Vec<_>>>(), round.size()) else {
        return;
    };
    if counts.is_empty() {
        return;
    }
    let sum: usize = counts.iter().map(|(_, count)| count).sum();
    let verdict = match sum.cmp(&units) {
        std::cmp::Ordering::Equal => Verdict::Agrees,
        // A page may count the best bands alone.
        std::cmp::Ordering::Less => Verdict::Consistent,
        std::cmp::Ordering::Greater => Verdict::Disagrees,
    };
    let lines: Vec<&Line> =
        round.lines().iter().filter(|line| matches!(line.who, Who::Whole(Whole::Band(_)))).copied().collect();
    out.push(together(&lines, Fact::Counts { counts, sum, units }, verdict));
}
