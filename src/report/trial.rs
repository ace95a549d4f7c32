//! The findings of a trial, in words.

use super::words::{self, Context};
use crate::diagnostic::{Both, Diagnostic, Language, Provenance, Say, SourceMap};
use crate::engine::{Assessed, Status};
use crate::language::tree::ExampleOutcome;
use crate::number::Points;
use crate::ruleset::{Ruleset, value_words};
use crate::trial::{Run, Trial, Verdict};

/// What a trial found, as findings at their lines.
pub fn trial(ruleset: &Ruleset, sources: &SourceMap, trial: &Trial) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = trial.runs.iter().flat_map(|run| one(ruleset, sources, run)).collect();
    for edge in &trial.unexercised {
        let problem = Provenance::EdgeNotExercised { edge: value_words(&edge.edge, edge.kind) };
        findings.push(Diagnostic::new(problem, edge.line));
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

fn one(ruleset: &Ruleset, sources: &SourceMap, run: &Run) -> Vec<Diagnostic> {
    let place = run.example.outcome.span;
    let problem = match (&run.verdict, &run.assessed) {
        (Verdict::Unusable(findings), _) => {
            return findings
                .iter()
                .map(|finding| {
                    let say = |language| finding.problem.words(language).message;
                    let message = Both::new(say(Language::Vietnamese), say(Language::English));
                    Diagnostic::new(Provenance::ExampleValue { message }, finding.span)
                })
                .collect();
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
    vec![Diagnostic::new(problem, place)]
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
        Status::Unscored => Both::new("chưa chấm", "unscored"),
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
