//! A set's tests, run: whole submissions against what they must give.

use std::collections::BTreeMap;

use super::Sheets;
use crate::diagnostic::{Both, Diagnostic, Provenance, Sheet, Span, any_error};
use crate::engine::{Context, Plan, Scorecard, Status, lowered};
use crate::language::tree::{Expect, GivenStated, GivenValues, Method, Track};
use crate::number::Points;
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{HeadId, Leaf, Ruleset, TestCase};
use crate::submission::{Entry, Stated, Submission, usual_track, within_bounds_of};

/// One test, run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRun {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub span: Span,
    /// What was given that cannot be used.
    pub unusable: Vec<Diagnostic>,
    /// What came out.
    pub card: Scorecard,
    /// The share of the scale that is not given, where totals stand in place of leaves: the index stays open.
    pub lacking: Option<Both>,
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
    let mut unusable = Vec::new();
    let mut submission = Submission {
        unit: test.name.clone(),
        block: block.clone(),
        no_survey: false,
        submitted: None,
        synthetic: true,
        shared: BTreeMap::new(),
        leaves: BTreeMap::new(),
    };
    if let Some(file) = &test.submission {
        let none = Both::new("không có tệp này", "there is no such file");
        let named = (file.span.source, file.value.clone());
        match sheets.submissions.get(&named).cloned().unwrap_or(Err(none)) {
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
    let ruleset = of(plan.ruleset(), &submission);
    shared(ruleset, test, &mut submission, &mut unusable);
    for (id, given) in &test.given {
        let Some((head, leaf)) = ruleset.head(*id).and_then(|head| Some((head, head.leaf.as_ref()?))) else { continue };
        let Some(track) = usual_track(ruleset, head) else { continue };
        let stated = match &given.stated {
            GivenStated::Figures(values) if elsewhere(ruleset, leaf, values, &mut unusable) => continue,
            GivenStated::Figures(values) => {
                match super::values((ruleset, head, leaf), values, given.code.span, &sheets.tables) {
                    Ok(values) => Stated::Figures(values),
                    Err(findings) => {
                        unusable.extend(findings);
                        continue;
                    }
                }
            }
            GivenStated::Points(number) => {
                let points = Points::new(number.value.clone());
                if points < head.floor || points > head.maximum {
                    let (floor, maximum) = (head.floor.clone(), head.maximum.clone());
                    let of = Both::same(format!("`{}`", head.code));
                    let problem = Sheet::PointsOutOfRange { of, points, floor, maximum };
                    let finding = Diagnostic::new(problem, number.span);
                    unusable.push(finding.label(given.code.span, "của mục này", "of this head").label(
                        head.span,
                        "mục khai ở đây",
                        "declared here",
                    ));
                    continue;
                }
                Stated::Points { points, reason: test.name.clone() }
            }
        };
        // A test speaks of points; the documents behind them are taken as shown.
        let evidence = vec![crate::submission::Evidence { file: test.name.clone(), ..Default::default() }];
        submission
            .leaves
            .insert(*id, BTreeMap::from([(track, Entry { stated, evidence, note: None, explained: None })]));
    }
    if let Some((_, totals)) = &test.totals {
        return super::totals::of_totals(plan, test, totals);
    }
    let mut context = Context::default();
    for tally in &test.tallies {
        let added = crate::survey::tally(&ruleset.questionnaires, tally, &mut context.surveys, &submission.unit);
        unusable.extend(added.err().unwrap_or_default());
    }
    if let Some(line) = test.no_survey {
        submission.no_survey = true;
        unusable.extend(survey_held(ruleset, &submission, line));
    }
    let card = placed(ruleset, test, plan.evaluate(&submission, &context));
    let failed = test.expected.iter().filter(|(_, id, expect)| !holds(ruleset, &card, *id, expect)).cloned().collect();
    TestRun { name: test.name.clone(), span: test.span, unusable, card, failed, lacking: None }
}

/// The set as it is for the block that a test says, or the sheet that it starts from.
fn of<'a>(ruleset: &'a Ruleset, submission: &Submission) -> &'a Ruleset {
    let block = submission.block.as_deref().and_then(|said| ruleset.block(said));
    ruleset.of_block(block.map(|block| block.name.as_str()))
}

/// The grade once the places that a test gives are known.
pub(super) fn placed(ruleset: &Ruleset, test: &TestCase, mut card: Scorecard) -> Scorecard {
    if let Some(places) = &test.places {
        let grading = std::mem::take(&mut card.index.grading);
        card.index.grading = lowered(ruleset, grading, Some(places.before.value), places.now.value);
    }
    card
}

/// What is wrong with saying that no survey was held.
pub(super) fn survey_held(ruleset: &Ruleset, submission: &Submission, line: Span) -> Option<Diagnostic> {
    let told = |why| Some(Diagnostic::new(Sheet::SurveyHeld { why }, line));
    if ruleset.no_survey.is_none() {
        let why =
            Both::new("bộ tiêu chí không nói `điều tra …, nếu có`", "the ruleset does not say `survey …, if held`");
        return told(why);
    }
    let mut filled = submission.leaves.keys().filter_map(|&id| ruleset.head(id));
    let surveyed = filled.find(|head| head.method == Method::Survey)?;
    let code = &surveyed.code;
    told(Both::new(
        format!("kiểm thử lại cho kết quả điều tra của `{code}`"),
        format!("the test fills the survey leaf `{code}` all the same"),
    ))
}

/// What a test gives of the figures that leaves share.
fn shared(ruleset: &Ruleset, test: &TestCase, submission: &mut Submission, unusable: &mut Vec<Diagnostic>) {
    let Some((line, given)) = &test.shared else { return };
    let figures = ruleset.shared.figures.as_slice();
    let find = |name: &str| figures.iter().position(|figure| figure.name == name).map(FigureId);
    let before = unusable.len();
    let values = super::stated(ruleset, (figures, &find), given, &super::Tables::new(), unusable);
    if unusable.len() > before {
        return;
    }
    for broken in within_bounds_of(figures, &Points::ZERO, &values) {
        let name = figures.get(broken.figure.0).map(|figure| figure.name.clone());
        let place = given.iter().find(|(stated, _)| Some(stated.value.text(ruleset.language)) == name);
        unusable.push(Diagnostic::new(broken.problem, place.map_or(*line, |(_, value)| value.span)));
    }
    let track = ruleset.tracks.iter().copied().find(|track| *track != Track::Explanation);
    submission.shared.entry(track.unwrap_or(Track::SelfScore)).or_default().extend(values);
}

/// Whether a test states under a leaf what belongs elsewhere; that is told.
fn elsewhere(ruleset: &Ruleset, leaf: &Leaf, given: &GivenValues, unusable: &mut Vec<Diagnostic>) -> bool {
    let before = unusable.len();
    for (name, _) in given {
        let written = name.value.text(ruleset.language);
        let Some((home, _)) = leaf.figure(&written).and_then(|(_, figure)| figure.origin.stated_at()) else { continue };
        let place = match home.and_then(|home| ruleset.head(home)) {
            None => Both::new("`cho số liệu chung: …`", "`given shared data: …`"),
            Some(head) => Both::new(format!("`cho {}: …`", head.code), format!("`given {}: …`", head.code)),
        };
        unusable.push(Diagnostic::new(Sheet::StatedElsewhere { name: written, place }, name.span));
    }
    unusable.len() > before
}

/// Whether what came out is what a line expects.
pub(super) fn holds(ruleset: &Ruleset, card: &Scorecard, id: Option<HeadId>, expect: &Expect) -> bool {
    match (expect, id) {
        (Expect::Index(percent), _) => {
            let (rounded, wanted) = (&card.index.rounded_share, &percent.value);
            // What no decimal says is stated as the set prints it; what can be written out is written out.
            let printed = || !rounded.is_terminating() && rounded.round(ruleset.display.saturating_add(2)) == *wanted;
            rounded == wanted || card.index.share == *wanted || printed()
        }
        (Expect::Grade(grade), _) => card.index.grading.name.as_deref() == Some(grade.value.as_str()),
        (Expect::NoGrade, _) => card.index.grading.ungraded,
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
