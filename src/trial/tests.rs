//! A set's tests, run: whole submissions against what they must give.

use std::collections::BTreeMap;

use super::Sheets;
use crate::diagnostic::{Both, Diagnostic, Provenance, Sheet, Span, any_error};
use crate::engine::{Context, Plan, Scorecard, Status};
use crate::language::tree::{Expect, GivenStated, GivenTotals};
use crate::number::Points;
use crate::ruleset::{HeadId, TestCase};
use crate::submission::{Entry, Stated, Submission, usual_track};

/// One test, run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRun {
    /// Its name.
    pub name: String,
    /// What was given that cannot be used.
    pub unusable: Vec<Diagnostic>,
    /// What came out.
    pub card: Scorecard,
    /// The expectations that do not hold, each with its line.
    pub failed: Vec<(Span, Option<HeadId>, Expect)>,
}

impl TestRun {
    /// Whether the test holds.
    pub fn holds(&self) -> bool {
        self.failed.is_empty() && !any_error(&self.unusable)
    }
}

/// Runs the tests of a set.
pub(super) fn run(plan: &Plan, sheets: &Sheets) -> Vec<TestRun> {
    plan.ruleset().tests.iter().map(|test| one(plan, test, sheets)).collect()
}

fn one(plan: &Plan, test: &TestCase, sheets: &Sheets) -> TestRun {
    let block = test.block.as_ref().map(|block| block.value.clone());
    let ruleset = plan.ruleset().of_block(block.as_deref());
    let mut unusable = Vec::new();
    let mut submission = Submission {
        unit: test.name.clone(),
        block: block.clone(),
        no_survey: false,
        submitted: None,
        synthetic: true,
        leaves: BTreeMap::new(),
    };
    if let Some(file) = &test.submission {
        let none = Both::new("không có tệp này", "there is no such file");
        match sheets.get(&file.value).cloned().unwrap_or(Err(none)) {
            Ok(sheet) => {
                let block = block.or_else(|| sheet.block.clone());
                submission = Submission { unit: test.name.clone(), block, ..sheet };
            }
            Err(why) => {
                let problem = Provenance::NoTestSheet { file: file.value.clone(), why };
                unusable.push(Diagnostic::new(problem, file.span));
            }
        }
    }
    for (id, given) in &test.given {
        let Some((head, leaf)) = ruleset.head(*id).and_then(|head| Some((head, head.leaf.as_ref()?))) else { continue };
        let Some(track) = usual_track(ruleset, head) else { continue };
        let stated = match &given.stated {
            GivenStated::Figures(values) => match super::values((ruleset, head, leaf), values, given.code.span) {
                Ok(values) => Stated::Figures(values),
                Err(findings) => {
                    unusable.extend(findings);
                    continue;
                }
            },
            GivenStated::Points(number) => {
                let points = Points::new(number.value.clone());
                if points < head.floor || points > head.maximum {
                    let (floor, maximum) = (head.floor.clone(), head.maximum.clone());
                    let problem = Sheet::PointsOutOfRange { code: head.code.clone(), points, floor, maximum };
                    unusable.push(Diagnostic::new(problem, number.span));
                    continue;
                }
                Stated::Points { points, reason: test.name.clone() }
            }
        };
        // A test speaks of points; the documents behind them are taken as shown.
        let evidence = vec![crate::submission::Evidence { file: test.name.clone(), ..Default::default() }];
        submission.leaves.insert(*id, BTreeMap::from([(track, Entry { stated, evidence, note: None })]));
    }
    if let Some((line, totals)) = &test.totals {
        return of_totals(plan, test, *line, totals);
    }
    let mut context = Context::default();
    for tally in &test.tallies {
        let added = crate::survey::tally(&ruleset.questionnaires, tally, &mut context.surveys, &submission.unit);
        unusable.extend(added.err().unwrap_or_default());
    }
    let card = plan.evaluate(&submission, &context);
    let failed = test.expected.iter().filter(|(_, id, expect)| !holds(&card, *id, expect)).cloned().collect();
    TestRun { name: test.name.clone(), unusable, card, failed }
}

/// A test of shares that are known while the leaves are not.
fn of_totals(plan: &Plan, test: &TestCase, line: Span, totals: &GivenTotals) -> TestRun {
    let ruleset = plan.ruleset();
    let mut unusable = Vec::new();
    let mut shares = Vec::new();
    for (stated, most) in [(&totals.appraised, &ruleset.appraised), (&totals.survey, &ruleset.survey)] {
        let points = stated.as_ref().map(|number| Points::new(number.value.clone()));
        // A share that is not given, or that the scale does not name, leaves the index open.
        let (Some(points), Some(maximum)) = (points, most.clone().or_else(|| Some(ruleset.scale.clone()))) else {
            continue;
        };
        if points > maximum {
            let code = "∑".to_owned();
            let problem = Sheet::PointsOutOfRange { code, points: points.clone(), floor: Points::default(), maximum };
            unusable.push(Diagnostic::new(problem, stated.as_ref().map_or(line, |number| number.span)));
        }
        shares.push(points);
    }
    let card = plan.of_totals(&test.name, &shares);
    let failed = test.expected.iter().filter(|(_, id, expect)| !holds(&card, *id, expect)).cloned().collect();
    TestRun { name: test.name.clone(), unusable, card, failed }
}

fn holds(card: &Scorecard, id: Option<HeadId>, expect: &Expect) -> bool {
    match (expect, id) {
        (Expect::Index(percent), _) => card.index.rounded_share == percent.value || card.index.share == percent.value,
        (Expect::Grade(grade), _) => card.index.grading.name.as_deref() == Some(grade.value.as_str()),
        (Expect::Head(_, outcome), Some(id)) => match (card.leaf(id), card.head(id)) {
            (Some(leaf), _) => super::agrees_with(&card_maximum(card, id), &outcome.value, &leaf.last.status),
            (None, Some(head)) => {
                let total = &head.total;
                let status = if total.out_of_scale {
                    Status::NotApplicable
                } else if total.provisional {
                    Status::Unscored
                } else {
                    Status::Scored { exact: total.exact.clone(), rounded: total.rounded.clone() }
                };
                super::agrees_with(&total.maximum, &outcome.value, &status)
            }
            (None, None) => false,
        },
        (Expect::Head(..), None) => false,
    }
}

fn card_maximum(card: &Scorecard, id: HeadId) -> Points {
    card.head(id).map_or_else(Points::default, |head| head.total.maximum.clone())
}
