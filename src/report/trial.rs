//! The findings of a trial, in words.

use std::collections::BTreeSet;

use super::words::{self, Context};
use crate::diagnostic::{Both, Diagnostic, Language, Problem, Provenance, Say, SourceMap, Span};
use crate::engine::{Assessed, Reason, Status};
use crate::language::tree::{ExampleOutcome, Expect, GivenStated, GivenTally, GivenValues};
use crate::number::{DecimalMark, Points};
use crate::ruleset::{HeadId, Questionnaire, Ruleset, SurveyRule, value_words};
use crate::trial::{Run, TestRun, Trial, Untried, Verdict};

/// What a trial found, as findings at their lines.
pub fn trial(ruleset: &Ruleset, sources: &SourceMap, trial: &Trial) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = trial.runs.iter().flat_map(|run| one(ruleset, sources, run)).collect();
    findings.extend(trial.tests.iter().flat_map(|test| of_test(ruleset, test)));
    for edge in &trial.unexercised {
        let problem = match &edge.what {
            Untried::Edge(edge, kind) => Provenance::EdgeNotExercised { edge: value_words(edge, *kind) },
            Untried::Option(option) => Provenance::OptionNotExercised { option: option.clone() },
        };
        findings.push(Diagnostic::new(problem, edge.line));
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

fn one(ruleset: &Ruleset, sources: &SourceMap, run: &Run) -> Vec<Diagnostic> {
    let place = run.example.outcome.span;
    let problem = match (&run.verdict, &run.assessed) {
        (Verdict::Unusable(findings), _) => {
            return findings.iter().map(unusable).collect();
        }
        (Verdict::Holds, _) | (_, None) => return Vec::new(),
        (Verdict::Fails, Some(assessed)) => Provenance::ExampleFails {
            expected: expected(&run.example.outcome.value),
            got: got(&assessed.status),
            explanation: explanation(ruleset, sources, run, assessed),
        },
        (Verdict::DecisionWrong, Some(assessed)) => {
            Provenance::DecisionWrong { expected: expected(&run.example.outcome.value), got: got(&assessed.status) }
        }
        (Verdict::WrongHolds, Some(_)) => Provenance::WrongExampleHolds {},
    };
    let mut finding = Diagnostic::new(problem, place);
    if let (Verdict::Fails, Some(assessed)) = (&run.verdict, &run.assessed) {
        if let Some(values) = stated(&run.example.values) {
            finding = finding.label(values, "với số liệu này", "with these figures");
        }
        for line in deciding(&assessed.reason) {
            finding = finding.label(line, "dòng này quyết định", "this line decides");
        }
        for value in parameters(ruleset, run.head) {
            finding = finding.label(value, "giá trị của tham số", "the parameter's value");
        }
    }
    vec![finding]
}

/// From the first value that an example states to the last.
fn stated(values: &GivenValues) -> Option<Span> {
    let (first, last) = (values.first()?, values.last()?);
    Some(first.0.span.to(last.1.span))
}

/// The lines of the rule that an outcome hangs on, where they are few.
fn deciding(reason: &Reason) -> Vec<Span> {
    match reason {
        Reason::Line(decided) => vec![decided.line],
        Reason::Checklist { items, .. } => {
            let held: Vec<Span> = items.iter().filter(|item| item.held).map(|item| item.line).collect();
            if held.len() <= FEW { held } else { Vec::new() }
        }
        Reason::NotApplicable { line, .. }
        | Reason::TooFew { line, .. }
        | Reason::Block { line, .. }
        | Reason::NoSurvey { line } => vec![*line],
        Reason::Gate { gated, .. } => vec![gated.line],
        _ => Vec::new(),
    }
}

/// The values of the parameters that a head's own lines read.
fn parameters(ruleset: &Ruleset, id: HeadId) -> BTreeSet<Span> {
    let span = |at: usize| ruleset.heads.get(at).map(|head| head.span);
    let Some(own) = span(id.0) else { return BTreeSet::new() };
    let end = span(id.0 + 1).filter(|next| next.source == own.source).map_or(u32::MAX, |next| next.start);
    let reads = ruleset.parameters_read.iter();
    let here = reads.filter(|read| read.line.source == own.source && (own.start..end).contains(&read.line.start));
    here.map(|read| read.value).collect()
}

/// More places than this tell nobody where to look.
const FEW: usize = 6;

/// What a test of the whole set found.
fn of_test(ruleset: &Ruleset, run: &TestRun) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = run.unusable.iter().map(unusable).collect();
    if !findings.is_empty() {
        // What comes of half a submission is no news.
        return findings;
    }
    for (line, id, expect) in &run.failed {
        let percent = |share: &crate::number::Ratio| {
            Both::new(share.percent(DecimalMark::Comma), share.percent(DecimalMark::Point))
        };
        let index = &run.card.index;
        let graded = || {
            let none = if index.grading.ungraded {
                Both::new("không xếp loại", "no grade")
            } else {
                Both::new("chưa xếp loại", "no grade yet")
            };
            let none = open(run).unwrap_or(none);
            index.grading.name.as_ref().map_or(none, |grade| Both::same(grade.clone()))
        };
        let (what, expected, got) = match expect {
            Expect::Index(wanted) => {
                let got = open(run).unwrap_or_else(|| percent(&index.rounded_share));
                (Both::new("chỉ số", "the index"), percent(&wanted.value), got)
            }
            Expect::Grade(wanted) => (Both::new("xếp loại", "the grade"), Both::same(wanted.value.clone()), graded()),
            Expect::NoGrade => (Both::new("xếp loại", "the grade"), Both::new("không xếp loại", "no grade"), graded()),
            Expect::Head(code, wanted) => {
                let got = id.map_or_else(|| Both::same("—"), |id| got_of_head(ruleset, run, id));
                (Both::same(format!("`{}`", code.value)), self::expected(&wanted.value), got)
            }
        };
        let problem = Provenance::TestFails { test: run.name.clone(), what, expected, got };
        let mut finding = Diagnostic::new(problem, *line);
        let places = given(ruleset, run, *id);
        if places.len() <= FEW {
            for place in places {
                finding = finding.label(place, "kiểm thử cho điều này", "the test gives this");
            }
        } else if let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) {
            finding = finding.label(first.to(*last), "kiểm thử cho các điều này", "the test gives these");
        }
        if matches!(expect, Expect::Grade(_) | Expect::NoGrade)
            && let Some(grade) = index.grading.name.as_ref()
            && let Some(declared) = ruleset.grades.iter().find(|declared| declared.name.value == *grade)
        {
            finding = finding.label(declared.name.span, "mức xếp loại tính ra", "the grade that comes out");
        }
        findings.push(finding);
    }
    findings
}

/// Where a test gives what a head, or the whole, is made of.
fn given(ruleset: &Ruleset, run: &TestRun, id: Option<HeadId>) -> Vec<Span> {
    let Some(test) = ruleset.tests.iter().find(|test| test.span == run.span) else { return Vec::new() };
    let above = |head: &HeadId| ruleset.head(*head).and_then(|head| head.parent);
    let within = |leaf: HeadId| id.is_none_or(|id| std::iter::successors(Some(leaf), above).any(|head| head == id));
    let leaves = test.given.iter().filter(|(leaf, _)| within(*leaf)).filter_map(|(_, given)| match &given.stated {
        GivenStated::Points(points) => Some(points.span),
        GivenStated::Figures(values) => stated(values),
    });
    let heads = ruleset.heads.iter().enumerate().filter(|(at, _)| within(HeadId(*at)));
    let asked: Vec<&SurveyRule> = heads.filter_map(|(_, head)| Some(head.leaf.as_ref()?.survey()?.1)).collect();
    let tallies = test.tallies.iter().filter(|tally| asked.iter().any(|rule| reads(ruleset, rule, tally)));
    let tallies = tallies.flat_map(|tally| &tally.counts).map(|(option, count)| option.span.to(count.span));
    let totals = test.totals.iter().map(|(line, _)| *line);
    leaves.chain(tallies).chain(totals).collect()
}

/// Whether a leaf's result is made of the answers to this question.
fn reads(ruleset: &Ruleset, rule: &SurveyRule, tally: &GivenTally) -> bool {
    let form = ruleset.questionnaires.get(rule.questionnaire).filter(|form| form.name == tally.questionnaire.value);
    let is_asked = |form: &Questionnaire, at: usize| {
        form.questions.get(at).is_some_and(|question| question.name == tally.question.value)
    };
    form.is_some_and(|form| rule.questions.iter().any(|&at| is_asked(form, at)))
}

/// What the index is while a share of the scale is not given.
fn open(run: &TestRun) -> Option<Both> {
    let lacking = run.lacking.as_ref()?;
    let (low, high) = (&run.card.index.counted_lower_share, &run.card.index.counted_upper_share);
    let between = |mark: DecimalMark| (low.percent(mark), high.percent(mark));
    let (vietnamese, english) = (between(DecimalMark::Comma), between(DecimalMark::Point));
    Some(Both::new(
        format!("từ {} đến {}, vì chưa cho {}", vietnamese.0, vietnamese.1, lacking.0),
        format!("{} to {}, since {} are not given", english.0, english.1, lacking.1),
    ))
}

fn got_of_head(ruleset: &Ruleset, run: &TestRun, id: HeadId) -> Both {
    if let Some(leaf) = run.card.leaf(id) {
        return got(&leaf.last.status);
    }
    match run.card.head(id).map(|head| &head.total) {
        Some(total) if total.provisional => {
            let so_far = points(&total.rounded);
            Both::new(format!("{} tạm tính", so_far.0), format!("{} so far", so_far.1))
        }
        Some(total) if total.out_of_scale => Both::new("loại khỏi thang điểm", "out of scale"),
        Some(total) => points(&total.rounded),
        None => Both::same(ruleset.name()),
    }
}

/// A stated value that cannot be used; a submission in a file speaks for itself.
fn unusable(finding: &Diagnostic) -> Diagnostic {
    if let Problem::Provenance(Provenance::NoTestSheet { .. }) = finding.problem {
        return finding.clone();
    }
    let say = |language| finding.problem.words(language).message;
    let message = Both::new(say(Language::Vietnamese), say(Language::English));
    let told = Diagnostic::new(Provenance::ExampleValue { message }, finding.span);
    Diagnostic { labels: finding.labels.clone(), ..told }
}

fn points(points: &Points) -> Both {
    let singular = *points.ratio() == crate::number::Ratio::ONE;
    Both::new(
        format!("{} điểm", points.say(Language::Vietnamese)),
        format!("{} {}", points.say(Language::English), if singular { "point" } else { "points" }),
    )
}

fn expected(outcome: &ExampleOutcome) -> Both {
    match outcome {
        ExampleOutcome::Points(number) => points(&Points::new(number.value.clone())),
        ExampleOutcome::Maximum => Both::new("tối đa", "the maximum"),
        ExampleOutcome::Unscored => Both::new("chưa chấm", "unscored"),
        ExampleOutcome::OutOfScale => Both::new("loại khỏi thang điểm", "out of scale"),
    }
}

fn got(status: &Status) -> Both {
    match status {
        Status::Scored { exact, .. } => points(exact),
        Status::Awaiting { .. } | Status::Unscored => Both::new("chưa chấm", "unscored"),
        Status::NotApplicable => Both::new("loại khỏi thang điểm", "out of scale"),
        Status::Failed => Both::new("không chấm được", "no result"),
    }
}

fn explanation(ruleset: &Ruleset, sources: &SourceMap, run: &Run, assessed: &Assessed) -> Both {
    let say = |language| {
        let context = Context { ruleset, sources, language };
        words::explain(&context, run.head, assessed).because.join("; ")
    };
    Both::new(say(Language::Vietnamese), say(Language::English))
}
