//! Tests that give totals of the appraised and the survey share in place of the leaves.

use std::collections::BTreeSet;

use super::tests::{TestRun, holds, placed, survey_held};
use crate::diagnostic::{Both, Diagnostic, Sheet};
use crate::engine::{Context, Plan, Shares, Status};
use crate::language::tree::{Aggregation, Expect, GivenTotals, Method, RoundedLevel};
use crate::number::Points;
use crate::ruleset::meaning::Outcome;
use crate::ruleset::{Head, HeadId, Ruleset, TestCase};
use crate::submission::Submission;

/// A test of shares that are known while the leaves are not.
pub(super) fn of_totals(plan: &Plan, test: &TestCase, totals: &GivenTotals) -> TestRun {
    let block = test.block.as_ref().map(|block| block.value.as_str());
    let ruleset = plan.ruleset().of_block(block);
    let mut unusable = Vec::new();
    if let Some(line) = test.no_survey {
        let nothing = Submission { no_survey: true, ..Submission::default() };
        unusable.extend(survey_held(ruleset, &nothing, line));
    }
    // A year without a survey takes its share out of the scale; where the set does not say so, the share stays open.
    let rebased = test.no_survey.and(ruleset.no_survey.as_ref()).is_some_and(|rule| rule.rebase.is_some());
    let (mut sum, mut open, mut lacking) = (Points::ZERO, Points::ZERO, None);
    let (shares, known) = without_what_is_aside(ruleset, shares(ruleset));
    let scale: Points = shares.iter().cloned().sum();
    let lost = lost(plan, ruleset, block);
    let names = [Both::new("điểm thẩm định", "the appraised points"), Both::new("điểm điều tra", "the survey points")];
    let written = [Both::new("`điểm thẩm định`", "`appraised`"), Both::new("`điểm điều tra`", "`survey`")];
    let names = names.into_iter().zip(written);
    let stated = [&totals.appraised, &totals.survey];
    for (at, ((stated, maximum), (name, of))) in stated.into_iter().zip(shares.clone()).zip(names).enumerate() {
        let of_survey = at == 1;
        // What a block is given in place of some heads' points may be less than their share.
        let maximum = match lost.get(at).filter(|_| stated.is_some()) {
            Some(lost) => Points::new(maximum.ratio() - lost.ratio()),
            None => maximum,
        };
        let Some(number) = stated else {
            // A share that is not known leaves the index open.
            if maximum > Points::ZERO && !(of_survey && rebased) {
                (open, lacking) = (maximum, Some(name));
            }
            continue;
        };
        let points = Points::new(number.value.clone());
        if of_survey && test.no_survey.is_some() {
            let why =
                Both::new("kiểm thử lại cho `điểm điều tra`", "the test gives points of the `survey` all the same");
            unusable.push(Diagnostic::new(Sheet::SurveyHeld { why }, number.span));
            continue;
        }
        if points > maximum {
            let problem = Sheet::PointsOutOfRange { of, points: points.clone(), floor: Points::default(), maximum };
            unusable.push(Diagnostic::new(problem, number.span));
        }
        sum = [sum, points].into_iter().sum();
    }
    let [appraised, _] = shares;
    let whole = if rebased { appraised } else { scale };
    if !known || !(if rebased { rebases(ruleset) } else { adds_up(ruleset) }) {
        // The same totals come with any index, as the points lie among the parts.
        (sum, open) = (Points::ZERO, whole.clone());
        lacking = Some(Both::new(
            "điểm của từng mục (chỉ số không phải là tổng của điểm thẩm định và điểm điều tra)",
            "the points of each head (the index is no sum of appraised and survey points)",
        ));
    }
    let given = Shares { exact: sum, open, whole, no_survey: test.no_survey.is_some() };
    let card = placed(ruleset, test, plan.of_totals(&test.name, block, given));
    let holds = |id: Option<HeadId>, expect: &Expect| {
        let known = lacking.is_none() || !matches!(expect, Expect::Index(_) | Expect::Grade(_) | Expect::NoGrade);
        known && holds(ruleset, &card, id, expect)
    };
    let failed = test.expected.iter().filter(|(_, id, expect)| !holds(*id, expect)).cloned().collect();
    TestRun { name: test.name.clone(), span: test.span, unusable, failed, lacking, card }
}

/// The appraised and the survey share of the scale, as it names them, or else as the leaves make them.
fn shares(ruleset: &Ruleset) -> [Points; 2] {
    let rest = |share: &Points| Points::new(ruleset.scale.ratio() - share.ratio());
    match (&ruleset.appraised, &ruleset.survey) {
        (Some(appraised), Some(survey)) => [appraised.clone(), survey.clone()],
        (Some(appraised), None) => [appraised.clone(), rest(appraised)],
        (None, Some(survey)) => [rest(survey), survey.clone()],
        (None, None) => {
            let whole = (ruleset.aggregation, &ruleset.scale);
            let survey = surveyed(ruleset, whole, &ruleset.roots).unwrap_or_else(|| ruleset.scale.clone());
            [rest(&survey), survey]
        }
    }
}

/// The shares less what is out of scale for the units of a block, and whether that is known: where all above it are sums.
fn without_what_is_aside(ruleset: &Ruleset, [appraised, survey]: [Points; 2]) -> ([Points; 2], bool) {
    let aside = || {
        ruleset.leaves().map(|(_, head, _)| head).filter(|head| {
            let out = head.aside.as_ref().is_some_and(|aside| !aside.only && aside.outcome == Outcome::OutOfScale);
            out && !head.level.is_outside()
        })
    };
    let out = |of_survey: bool| {
        let of_kind = aside().filter(|head| (head.method == Method::Survey) == of_survey);
        of_kind.map(|head| head.maximum.clone()).sum::<Points>()
    };
    let (of_appraised, of_survey) = (out(false), out(true));
    let summed = |head: &Head| ruleset.above(head).all(|above| above.aggregation == Aggregation::Sum);
    if aside().next().is_some() && !(ruleset.aggregation == Aggregation::Sum && aside().all(summed)) {
        return ([appraised, survey], false);
    }
    let less = |share: &Points, out: &Points| Points::new(share.ratio() - out.ratio());
    ([less(&appraised, &of_appraised), less(&survey, &of_survey)], true)
}

/// What a block cannot have of either share, since it is given fewer points for heads that do not apply to it; where all
/// above these are sums.
fn lost(plan: &Plan, ruleset: &Ruleset, block: Option<&str>) -> [Points; 2] {
    let nothing = || [Points::ZERO, Points::ZERO];
    // An area that is rounded may give more than its parts.
    if block.is_none() || matches!(ruleset.rounding, Some((RoundedLevel::Area, _))) {
        return nothing();
    }
    let sheet = Submission { block: block.map(str::to_owned), ..Submission::default() };
    let card = plan.evaluate(&sheet, &Context::default());
    let summed = |head: &Head| {
        let above = ruleset.above(head).all(|above| above.aggregation == Aggregation::Sum);
        ruleset.aggregation == Aggregation::Sum && above && !head.level.is_outside()
    };
    let mut lost = nothing();
    for (id, head, _) in ruleset.leaves().filter(|(_, head, _)| head.aside.is_some() && summed(head)) {
        let Some(Status::Scored { exact, rounded }) = card.leaf(id).map(|leaf| &leaf.last.status) else { continue };
        let given = exact.clone().max(rounded.clone());
        if let Some(lost) = lost.get_mut(usize::from(head.method == Method::Survey)) {
            *lost = lost.clone() + (head.maximum.clone() - given);
        }
    }
    lost
}

/// Whether the index is the sum of its appraised and its survey points, as points of the scale: no part of it, and not the
/// whole, is the weakest of leaves of both kinds.
fn adds_up(ruleset: &Ruleset) -> bool {
    surveyed(ruleset, (ruleset.aggregation, &ruleset.scale), &ruleset.roots).is_some()
}

/// Whether the index of a year without a survey is the appraised points over their share: survey leaves stand among
/// others in sums alone, or apart in parts of a weighted whole, where what is left keeps its weights.
fn rebases(ruleset: &Ruleset) -> bool {
    let pure = |id: &HeadId| kinds(ruleset, &[*id]).len() < 2;
    match ruleset.aggregation {
        Aggregation::Sum => ruleset.roots.iter().all(|id| summed(ruleset, *id)),
        Aggregation::WeightedMean => ruleset.roots.iter().all(pure),
        Aggregation::Weakest => kinds(ruleset, &ruleset.roots).len() < 2,
    }
}

/// Whether a head that has leaves of both kinds below it is their sum, all the way down.
fn summed(ruleset: &Ruleset, id: HeadId) -> bool {
    let sum = |head: &Head| {
        head.children.is_empty()
            || head.aggregation == Aggregation::Sum && head.children.iter().all(|part| summed(ruleset, *part))
    };
    kinds(ruleset, &[id]).len() < 2 || ruleset.head(id).is_some_and(sum)
}

/// Whether leaves below parts are filled by a survey, and whether some are not.
fn kinds(ruleset: &Ruleset, parts: &[HeadId]) -> BTreeSet<bool> {
    let below = |id: HeadId| parts.iter().any(|part| ruleset.lies_under(id, *part));
    let leaves = ruleset.leaves().filter(|(id, head, _)| head.aside.is_none() && below(*id));
    leaves.map(|(_, head, _)| head.method == Method::Survey).collect()
}

/// The points of a whole that survey leaves decide; by weight where its parts have one. Nothing where the
/// weakest of leaves of both kinds decides.
fn surveyed(ruleset: &Ruleset, (how, whole): (Aggregation, &Points), parts: &[HeadId]) -> Option<Points> {
    let kinds = kinds(ruleset, parts);
    match (kinds.contains(&true), kinds.contains(&false)) {
        (false, _) => Some(Points::ZERO),
        (true, false) => Some(whole.clone()),
        (true, true) => {
            let heads = parts.iter().filter_map(|&id| Some((id, ruleset.head(id)?)));
            let of_head = |(id, head): (HeadId, &Head)| match head.children.as_slice() {
                [] => surveyed(ruleset, (Aggregation::Sum, &head.maximum), &[id]),
                parts => surveyed(ruleset, (head.aggregation, &head.maximum), parts),
            };
            let weighed = |(id, head): (HeadId, &Head)| {
                let share = of_head((id, head))?.share_of(&head.maximum)?;
                Some(whole.scale(&(&share * head.weight.as_ref()?)))
            };
            match how {
                Aggregation::Sum => heads.map(of_head).sum(),
                Aggregation::WeightedMean => heads.map(weighed).sum(),
                Aggregation::Weakest => None,
            }
        }
    }
}
