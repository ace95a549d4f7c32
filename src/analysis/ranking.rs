//! The ranking: complete units in order, ties as the ruleset says, provisional ones after them.

use std::cmp::Ordering;

use crate::engine::{Scorecard, Total, grade, graded};
use crate::language::fold;
use crate::language::tree::{GradeBasis, GradeFrom, Ties};
use crate::number::{Points, Ratio};
use crate::ruleset::Ruleset;

/// A unit's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place, from 1; nothing while its index is provisional.
    pub place: Option<usize>,
    /// Other units share the place.
    pub shared: bool,
    /// Its scorecard.
    pub card: Scorecard,
}

/// Units in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Ranked units first, then the provisional ones by what they have so far.
    pub rows: Vec<Row>,
    /// The mean of the ranked units, where a grade is cut by it.
    pub mean: Option<Ratio>,
    /// Units left equal although the ruleset breaks ties: every area of its list is equal too.
    pub unbroken: bool,
}

/// Ranks scorecards of one ruleset. The order of the input does not matter: equal units stand by name.
pub fn rank(ruleset: &Ruleset, cards: Vec<Scorecard>) -> Ranking {
    let (mut complete, mut provisional): (Vec<Scorecard>, Vec<Scorecard>) =
        cards.into_iter().partition(|card| !card.index.total.provisional && !card.index.total.out_of_scale);
    complete.sort_by(|one, other| compare(ruleset, one, other).then_with(|| by_name(one, other)));
    provisional.sort_by(|one, other| other.index.share.cmp(&one.index.share).then_with(|| by_name(one, other)));
    let mean = mean(ruleset, &complete);
    if let Some(mean) = &mean {
        for card in &mut complete {
            card.index.grading = grade(ruleset, &card.index, &card.heads, Some(mean));
        }
    }
    let mut rows: Vec<Row> = Vec::with_capacity(complete.len() + provisional.len());
    let mut unbroken = false;
    for (at, card) in complete.into_iter().enumerate() {
        let tied = rows.last().is_some_and(|last| compare(ruleset, &last.card, &card) == Ordering::Equal);
        let place = match (rows.last_mut(), tied) {
            (Some(last), true) => {
                last.shared = true;
                unbroken |= matches!(ruleset.ties, Ties::Broken(_));
                last.place
            }
            (Some(last), false) if ruleset.ties == Ties::SharedDense => last.place.map(|place| place + 1),
            _ => Some(at + 1),
        };
        rows.push(Row { place, shared: tied, card });
    }
    rows.extend(provisional.into_iter().map(|card| Row { place: None, shared: false, card }));
    Ranking { rows, mean, unbroken }
}

/// The mean of what grades look at, over the units that are ranked; exact, and asked for only where a grade is cut by it.
fn mean(ruleset: &Ruleset, cards: &[Scorecard]) -> Option<Ratio> {
    if !ruleset.grades.iter().any(|grade| grade.from == GradeFrom::Mean) {
        return None;
    }
    let all: Ratio = cards.iter().map(|card| graded(ruleset, &card.index).clone()).sum();
    all.checked_div(&Ratio::from(cards.len()))
}

/// Names as a reader sorts them: `Đ` with `D`, whatever the marks.
fn by_name(one: &Scorecard, other: &Scorecard) -> Ordering {
    fold(&one.unit).cmp(&fold(&other.unit)).then_with(|| one.unit.cmp(&other.unit))
}

/// The points that order, exact or as rounded.
fn points<'a>(ruleset: &Ruleset, total: &'a Total) -> &'a Points {
    match ruleset.ranking_basis {
        GradeBasis::Exact => &total.exact,
        GradeBasis::Rounded => &total.rounded,
    }
}

/// The value that orders.
fn value<'a>(ruleset: &Ruleset, card: &'a Scorecard) -> &'a Ratio {
    match ruleset.ranking_basis {
        GradeBasis::Exact => &card.index.share,
        GradeBasis::Rounded => &card.index.rounded_share,
    }
}

/// Better units first; equal where the ruleset cannot tell them apart. A preferred head that left a unit's scale counts
/// as the unit's own share: leaving the scale moves the index neither up nor down, so it may not decide a tie as a zero.
fn compare(ruleset: &Ruleset, one: &Scorecard, other: &Scorecard) -> Ordering {
    let by_index = value(ruleset, other).cmp(value(ruleset, one));
    let Ties::Broken(preferred) = &ruleset.ties else { return by_index };
    let by_heads = preferred.iter().filter_map(|preferred| ruleset.by_code(&preferred.code.value)).map(|(id, _)| {
        let share = |card: &Scorecard| {
            card.head(id)
                .and_then(|head| points(ruleset, &head.total).share_of(&head.total.maximum))
                .unwrap_or_else(|| value(ruleset, card).clone())
        };
        share(other).cmp(&share(one))
    });
    by_heads.fold(by_index, Ordering::then)
}
