//! A ranking against an earlier round: what was published then and now, in points of the per cent and in places.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::Alike;
use super::ranking::{Ranking, Row};
use crate::engine::Total;
use crate::language::{compose, fold};
use crate::number::Ratio;
use crate::ruleset::{Earlier, HeadId, Pairs, Ruleset};

/// What a unit had in an earlier round, as published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Was {
    /// Its share of the scale.
    pub share: Option<Ratio>,
    /// Its place.
    pub place: Option<usize>,
    /// The shares of parts, by their codes of that year.
    pub parts: BTreeMap<String, Ratio>,
}

/// The results of an earlier round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// Its year.
    pub year: u16,
    /// The decisions that its set stood on, where that is told.
    pub authorities: Option<Vec<String>>,
    /// Some of them are made up.
    pub synthetic: bool,
    /// What stands above them where they are read, or above what is scored by their set: reconstructed, invented.
    pub labels: BTreeSet<String>,
    /// They are results as published, and not worked out of sheets.
    pub published: bool,
    /// What each unit had, by its name.
    pub units: BTreeMap<String, Was>,
    /// What the top heads of now were in the set of then, where that set is at hand; else its year says it.
    pub were: BTreeMap<String, Earlier>,
}

impl Before {
    /// The results of an earlier ranking. `called` says what a unit of then is called now; nothing where it is no one
    /// unit of now.
    pub fn of(ruleset: &Ruleset, ranking: &Ranking, called: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut before = Self {
            year: ruleset.year,
            authorities: Some(ruleset.authorities.iter().map(|(number, _)| number.clone()).collect()),
            synthetic: ranking.is_synthetic(),
            labels: BTreeSet::new(),
            published: false,
            units: BTreeMap::new(),
            were: BTreeMap::new(),
        };
        for row in &ranking.rows {
            let closed = |total: &&Total| !total.provisional && !total.out_of_scale;
            let name = called(&row.card.unit).unwrap_or_else(|| past_name(&row.card.unit, ruleset.year));
            let part = |&id: &HeadId| {
                let total = row.card.head(id).map(|head| &head.total).filter(closed)?;
                Some((ruleset.head(id)?.code.clone(), total.rounded.share_of(&total.maximum)?))
            };
            let index = &row.card.index;
            let was = Was {
                share: Some(&index.total).filter(closed).map(|_| index.rounded_share.clone()),
                place: row.place,
                parts: ruleset.roots.iter().filter_map(part).collect(),
            };
            before.units.insert(compose(&name), was);
        }
        before
    }

    /// Says what the top heads of a set were in the one that these results are of.
    #[must_use]
    pub fn seen_from(mut self, now: &Ruleset, then: &Ruleset) -> Self {
        let tops = now.roots.iter().filter_map(|&id| now.head(id));
        let pairs = Pairs::of_set(now, then, &[]);
        self.were = tops.map(|head| (head.code.clone(), pairs.known(&head.code))).collect();
        self
    }

    /// What each unit of a ranking had.
    pub(super) fn of_units<'a>(&'a self, ranking: &Ranking) -> impl Fn(&str) -> Option<&'a Was> + use<'a> {
        let now = &mut ranking.rows.iter().map(|row| row.card.unit.as_str());
        let alike = Alike::among([now, &mut self.units.keys().map(String::as_str)]);
        let by_key: BTreeMap<String, &Was> = self.units.iter().map(|(name, was)| (alike.key(name), was)).collect();
        move |name| by_key.get(&alike.key(name)).copied()
    }
}

/// The name of a unit of then that is no one unit of now: none that a unit of now has.
pub fn past_name(unit: &str, year: u16) -> String {
    format!("{unit} ({year})")
}

/// Whether two rounds can be held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparable {
    /// Both stand on the same decisions.
    Yes,
    /// They stand on others.
    No,
    /// Nobody says what the earlier one stood on.
    Unknown,
}

/// How far a unit is from where it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The unit.
    pub unit: String,
    /// What it had; nothing where the earlier round has no result of it.
    pub before: Option<Was>,
    /// Its share now as published; nothing while it is provisional.
    pub now: Option<Ratio>,
    /// Its place now.
    pub place: Option<usize>,
    /// The top heads, each with what it gained; nothing where it has no earlier value to be held against.
    pub parts: Vec<(HeadId, Option<Ratio>)>,
}

impl Change {
    /// What its share gained.
    pub fn by(&self) -> Option<Ratio> {
        Some(self.now.as_ref()? - self.before.as_ref()?.share.as_ref()?)
    }

    /// How many places it rose; negative where it fell.
    pub fn places(&self) -> Option<i64> {
        let wide = |place: usize| i64::try_from(place).ok();
        wide(self.before.as_ref()?.place?)?.checked_sub(wide(self.place?)?)
    }
}

/// A ranking against an earlier round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The earlier year.
    pub year: u16,
    /// Whether the two can be held against each other.
    pub comparable: Comparable,
    /// The decisions of the earlier round.
    pub authorities: Vec<String>,
    /// Some of what was then is made up.
    pub synthetic: bool,
    /// What stands above what was then: reconstructed, invented.
    pub labels: BTreeSet<String>,
    /// What was then is as published, and not worked out of sheets.
    pub published: bool,
    /// Unit by unit, in the order of the ranking.
    pub rows: Vec<Change>,
    /// The means of what was published then and now, each with how many units it is of; now of the ranked ones.
    pub means: Option<[(Ratio, usize); 2]>,
}

/// Holds a ranking against an earlier round.
pub(super) fn changes(ruleset: &Ruleset, ranking: &Ranking, before: &Before) -> Changes {
    let own = || ruleset.authorities.iter().map(|(number, _)| fold(number));
    let comparable = match &before.authorities {
        None => Comparable::Unknown,
        Some(then) if then.len() == own().count() && own().all(|now| then.iter().any(|then| fold(then) == now)) => {
            if then.is_empty() {
                Comparable::Unknown
            } else {
                Comparable::Yes
            }
        }
        Some(_) => Comparable::No,
    };
    let had = before.of_units(ranking);
    let row = |row: &Row| {
        let was = had(&row.card.unit);
        let index = &row.card.index;
        let open = index.total.provisional || index.total.out_of_scale;
        let part = |id: HeadId| (id, was.and_then(|was| gained(ruleset, row, (id, was), before, comparable)));
        Change {
            unit: row.card.unit.clone(),
            before: was.cloned(),
            now: (!open).then(|| index.rounded_share.clone()),
            place: row.place,
            parts: ruleset.roots.iter().map(|&id| part(id)).collect(),
        }
    };
    Changes {
        year: before.year,
        comparable,
        authorities: before.authorities.clone().unwrap_or_default(),
        synthetic: before.synthetic,
        labels: before.labels.clone(),
        published: before.published,
        rows: ranking.rows.iter().map(row).collect(),
        means: mean(before.units.values().filter_map(|was| was.share.as_ref()))
            .zip(mean(ranking.rows.iter().filter(|row| row.place.is_some()).map(|row| &row.card.index.rounded_share)))
            .map(|(then, now)| [then, now]),
    }
}

fn mean<'r>(shares: impl Iterator<Item = &'r Ratio>) -> Option<(Ratio, usize)> {
    let all: Vec<Ratio> = shares.cloned().collect();
    let count = all.len();
    Some((all.into_iter().sum::<Ratio>().checked_div(&Ratio::from(count))?, count))
}

/// What a top head gained; only against the one head that it was, as the sets say or, of the same decision, as the codes do.
fn gained(
    ruleset: &Ruleset,
    row: &Row,
    (id, was): (HeadId, &Was),
    before: &Before,
    comparable: Comparable,
) -> Option<Ratio> {
    let total = row.card.head(id).map(|head| &head.total).filter(|total| !total.provisional && !total.out_of_scale)?;
    let head = ruleset.head(id)?;
    let known = before.were.get(&head.code).cloned();
    let code = match known.unwrap_or_else(|| ruleset.earlier(&head.code, before.year)) {
        Earlier::Codes(codes) => match codes.as_slice() {
            [code] => code.clone(),
            _ => return None,
        },
        Earlier::Unknown if comparable == Comparable::Yes => head.code.clone(),
        Earlier::New | Earlier::Unknown => return None,
    };
    Some(&total.rounded.share_of(&total.maximum)? - was.parts.get(&code)?)
}
