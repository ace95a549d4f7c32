//! A scorecard as published: the index, every head, every leaf with its reason.

use serde::Serialize;

use super::diagnostic::Finding;
use super::grading::Grading;
use super::leaf::Leaf;
use super::number::Number;
use super::outside::Outside;
use super::round::Submitted;
use super::ruleset::language_name;
use crate::diagnostic::Language;
use crate::engine::{self, Total, Unranked};
use crate::language::tree::Track;
use crate::report::{Context, labels_with};
use crate::ruleset::{HeadId, Ruleset};
use crate::submission;

/// Points over a maximum, with bounds while something below is not scored.
#[derive(Clone, Debug, Serialize)]
struct Sum {
    points: Number,
    maximum: Number,
    provisional: bool,
    out_of_scale: bool,
    lower: Number,
    upper: Number,
}

impl Sum {
    fn new(total: &Total, digits: u32) -> Self {
        Self {
            points: Number::points(&total.exact, &total.rounded, digits),
            maximum: Number::points(&total.maximum, &total.maximum, digits),
            provisional: total.provisional,
            out_of_scale: total.out_of_scale,
            lower: Number::points(&total.lower, &total.counted_lower, digits),
            upper: Number::points(&total.upper, &total.counted_upper, digits),
        }
    }
}

/// A total as it stood after a track; nothing where nothing was stated by then.
#[derive(Clone, Debug, Serialize)]
struct After {
    track: &'static str,
    total: Option<Sum>,
}

/// The share of the maximum, in per cent.
#[derive(Clone, Debug, Serialize)]
struct Share {
    percent: Number,
    lower_percent: Number,
    upper_percent: Number,
}

/// The index of the unit.
#[derive(Clone, Debug, Serialize)]
struct Whole {
    #[serde(flatten)]
    sum: Sum,
    #[serde(flatten)]
    share: Share,
    /// The points on the scale that the set rebases to in a year without a survey.
    #[serde(skip_serializing_if = "Option::is_none")]
    rebased: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<Outside>,
    /// The points that it would have without the floor of the index.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_floor: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weakest: Option<String>,
    /// What the unit scored itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<Own>,
    grade: Option<String>,
    /// The percentage that grades look at, where that is not the index: what the scale gives before bonus and penalty.
    #[serde(skip_serializing_if = "Option::is_none")]
    graded_percent: Option<Number>,
    #[serde(flatten)]
    grading: Grading,
    after: Vec<After>,
}

/// The unit's own score over the heads that it scores itself.
#[derive(Clone, Debug, Serialize)]
struct Own {
    #[serde(flatten)]
    sum: Sum,
    percent: Number,
    /// The leaves that it left empty.
    missing: Vec<String>,
    /// What the same heads count for.
    counted: Option<Sum>,
}

impl Own {
    fn new(ruleset: &Ruleset, own: &engine::OwnScore) -> Self {
        let code = |id: &HeadId| ruleset.head(*id).map(|head| head.code.clone());
        Self {
            sum: Sum::new(&own.total, ruleset.display),
            percent: Number::percent(&own.share, &own.rounded_share, percent_digits(ruleset)),
            missing: own.missing.iter().filter_map(code).collect(),
            counted: own.counted.as_ref().map(|counted| Sum::new(counted, ruleset.display)),
        }
    }
}

/// A head's totals.
#[derive(Clone, Debug, Serialize)]
struct Head {
    code: String,
    title: String,
    #[serde(flatten)]
    sum: Sum,
    /// The part that decides, where the weakest one counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    weakest: Option<String>,
    after: Vec<After>,
}

/// Why a unit takes no place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NotRanked {
    /// `block`, `ruleset` or `register`.
    pub(super) by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

impl NotRanked {
    pub(super) fn new(why: &Unranked) -> Self {
        match why {
            Unranked::Block(_) => Self { by: "block", because: None },
            Unranked::Unit(because) => Self { by: "ruleset", because: Some(because.clone()) },
            Unranked::Register => Self { by: "register", because: None },
        }
    }
}

/// A unit's result: `tieuchi/scorecard/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Scorecard {
    shape: &'static str,
    ruleset: String,
    year: u16,
    fingerprint: String,
    language: &'static str,
    labels: Vec<String>,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<String>,
    /// Why it takes no place, if it takes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_ranked: Option<NotRanked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<Submitted>,
    synthetic: bool,
    index: Whole,
    heads: Vec<Head>,
    leaves: Vec<Leaf>,
}

impl Scorecard {
    /// A scorecard in words; `only` keeps one head and what lies below it.
    pub fn new(context: &Context<'_>, card: &engine::Scorecard, only: Option<HeadId>) -> Self {
        let context = &Context { ruleset: context.ruleset.of_block(card.block.as_deref()), ..*context };
        let ruleset = context.ruleset;
        let wanted = |id: HeadId| only.is_none_or(|top| ruleset.lies_under(id, top));
        Self {
            shape: "tieuchi/scorecard/1",
            ruleset: card.path.clone(),
            year: card.year,
            fingerprint: card.fingerprint.clone(),
            language: language_name(context.language),
            labels: labels_with(context, card.synthetic, &card.borrowed),
            unit: card.unit.clone(),
            block: card.block.clone(),
            not_ranked: card.unranked.as_ref().map(NotRanked::new),
            submitted: Submitted::new(context, card),
            synthetic: card.synthetic,
            index: whole(ruleset, card),
            heads: card
                .heads
                .iter()
                .filter(|score| wanted(score.head))
                .filter_map(|score| {
                    let head = ruleset.head(score.head)?;
                    Some(Head {
                        code: head.code.clone(),
                        title: head.title.clone(),
                        sum: Sum::new(&score.total, ruleset.display),
                        weakest: part(ruleset, card, Some(score.head)),
                        after: after(&score.after, ruleset.display),
                    })
                })
                .collect(),
            leaves: card
                .leaves
                .iter()
                .filter(|score| wanted(score.head))
                .filter_map(|score| Leaf::new(context, score))
                .collect(),
        }
    }
}

/// Several scorecards, and what was found in their submissions: `tieuchi/scorecards/1`.
#[derive(Clone, Debug, Serialize)]
pub struct Scorecards {
    shape: &'static str,
    #[serde(rename = "scorecards")]
    cards: Vec<Scorecard>,
    findings: Vec<Finding>,
}

impl Scorecards {
    /// A document of scorecards.
    pub fn new(cards: Vec<Scorecard>, findings: Vec<Finding>) -> Self {
        Self { shape: "tieuchi/scorecards/1", cards, findings }
    }
}

fn whole(ruleset: &Ruleset, card: &engine::Scorecard) -> Whole {
    let index = &card.index;
    let digits = percent_digits(ruleset);
    Whole {
        sum: Sum::new(&index.total, ruleset.display),
        share: Share {
            percent: Number::percent(&index.share, &index.rounded_share, digits),
            lower_percent: Number::percent(&index.lower_share, &index.counted_lower_share, digits),
            upper_percent: Number::percent(&index.upper_share, &index.counted_upper_share, digits),
        },
        rebased: ruleset.no_survey.as_ref().filter(|_| card.no_survey).and_then(|rule| rule.rebase.as_ref()).map(
            |scale| Number::points(&scale.scale(&index.share), &scale.scale(&index.rounded_share), ruleset.display),
        ),
        outside: index.outside.as_ref().map(|outside| Outside::new(outside, ruleset.display)),
        own: index.own.as_ref().map(|own| Own::new(ruleset, own)),
        without_floor: index.without_floor.as_ref().map(|points| Number::points(points, points, ruleset.display)),
        weakest: part(ruleset, card, None),
        grade: index.grading.name.clone(),
        graded_percent: engine::before_outside(ruleset, index).map(|share| Number::percent(&share, &share, digits)),
        grading: Grading::new(ruleset, &index.grading),
        after: after(&index.after, ruleset.display),
    }
}

/// Digits that the index is shown with: never fewer than it is rounded to.
pub(super) fn percent_digits(ruleset: &Ruleset) -> u32 {
    ruleset.rounding.map_or(ruleset.display, |(_, rounding)| rounding.digits().max(ruleset.display))
}

/// The code of the part that decides, where the weakest one counts.
fn part(ruleset: &Ruleset, card: &engine::Scorecard, of: Option<HeadId>) -> Option<String> {
    card.weakest(ruleset, of).and_then(|id| ruleset.head(id)).map(|head| head.code.clone())
}

fn after(after: &[(Track, Option<Total>)], digits: u32) -> Vec<After> {
    let row = |(track, total): &(Track, Option<Total>)| After {
        track: track_name(*track),
        total: total.as_ref().map(|total| Sum::new(total, digits)),
    };
    after.iter().map(row).collect()
}

/// The name of a track in every shape: that of the submissions.
pub(super) fn track_name(track: Track) -> &'static str {
    submission::track_name(track, Language::English)
}
