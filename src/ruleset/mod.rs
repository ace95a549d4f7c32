//! The checked model of a criteria set, and the checks that make it one.
//!
//! Who holds a [`Ruleset`] holds a structurally sound one: the only door is [`check()`].

mod build;
mod check;
mod draft;
mod fingerprint;
mod header;
mod lower;
pub mod meaning;
mod model;
mod origin;
mod outline;
mod parameters;
mod tests;
mod round;
mod summary;

pub use check::{interval_words, script_failure_words, value_words};
pub use model::{
    Figure, FigureKind, Form, Head, HeadId, Leaf, Limit, NotApplicable, PerRow, Ruleset, Scoring, Side, Take,
    WhenMissing,
};
pub use origin::{Origin, OverRows, Peers, Told};
pub use round::Round;
pub use summary::{Standing, Summary, Way};
pub use tests::TestCase;

use crate::diagnostic::{Diagnostic, Problem, SourceId, Structure, any_error};
use crate::language::parse;
use crate::language::tree::{Aggregation, GradeBasis, Track};
use crate::number::{Points, Rounding};

/// What checking gives: the set, if it is sound, and every finding.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The sound set.
    pub ruleset: Option<Ruleset>,
    /// Findings in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and checks a ruleset's text. Never fails; errors are findings, and then there is no set.
pub fn check(source: SourceId, text: &str) -> Checked {
    let parsed = parse(source, text);
    let mut findings = parsed.diagnostics;
    let ruleset = {
        let file = parameters::apply(&parsed.file, &mut findings);
        let draft = draft::group(&file, &mut findings);
        let header = header::read(&draft, &mut findings);
        // Without its first line a text is not taken for a ruleset, and nothing more is asked of it.
        let opened = !header.path.is_empty();
        if opened {
            header::ask(&header, &draft, &mut findings);
        }
        let mut templates = lower::check_templates(&draft, &mut findings);
        let outline = outline::outline(&draft, &mut findings);
        let mut context = build::Context {
            header: &header,
            text,
            language: parsed.file.language,
            templates: &mut templates,
            findings: &mut findings,
        };
        let built = build::heads(&draft, &outline, &mut context);
        // A line that could not be read may have used any of them.
        let read = !draft.incomplete && !draft.lost_template && draft.heads.iter().all(|head| !head.damaged);
        if read {
            templates.unused(&mut findings);
        }
        if opened {
            check::all(&header, &draft, &built, &mut findings);
        }
        let heads: Vec<Head> = built.into_iter().map(|built| built.head).collect();
        let tests = tests::tests(&draft, &heads, &mut findings);
        let sound = !any_error(&findings) && opened;
        sound.then(|| model(&header, heads, tests, parsed.file.language, &parsed.file, text))
    };
    findings.sort_by_key(|finding| finding.span);
    let mut seen: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings {
        // A template's mistake is told once, however many leaves use it.
        let mut here = seen.iter().rev().take_while(|told| told.span == finding.span);
        // Settings that the header lacks are all told at its first line; each is a fact of its own.
        let asked = matches!(finding.problem, Problem::Structure(Structure::MissingSetting { .. }));
        if !here.any(|told| told.code() == finding.code() && (!asked || told.problem == finding.problem)) {
            seen.push(finding);
        }
    }
    Checked { ruleset: ruleset.flatten(), diagnostics: seen }
}

fn model(
    header: &header::Header<'_>,
    heads: Vec<Head>,
    tests: Vec<TestCase>,
    language: crate::diagnostic::Language,
    file: &crate::language::tree::File,
    text: &str,
) -> Option<Ruleset> {
    let (scale, _) = header.scale?;
    let points = |number: &crate::language::tree::Number| Points::new(number.value.clone());
    let rounding = header
        .rounding
        .and_then(|rule| rule.level.as_ref().and_then(|level| Some((level.value, Rounding::new(rule.digits.value)?))));
    let rounded_digits = rounding.map(|(_, rounding)| rounding.digits());
    let roots = heads.iter().enumerate().filter(|(_, head)| head.parent.is_none()).map(|(at, _)| HeadId(at)).collect();
    Some(Ruleset {
        path: header.path.clone(),
        title: header.title.clone(),
        year: header.year?,
        language,
        fingerprint: fingerprint::of(file, text),
        authorities: header.authorities.clone(),
        provenance: header.provenance.clone(),
        parameters: header.parameters.clone(),
        round: header.round.clone(),
        extracts: header.extracts.clone(),
        frame: header.frame.clone(),
        applies_to: header.applies_to.clone(),
        scale: points(&scale.total),
        appraised: scale.appraised.as_ref().map(points),
        survey: scale.survey.as_ref().map(points),
        counts: header.counts.clone(),
        tracks: if header.tracks.is_empty() {
            vec![Track::SelfScore, Track::Appraisal1]
        } else {
            header.tracks.clone()
        },
        rounding,
        display: header.display.or(rounded_digits).unwrap_or(2),
        ties: header::ties(header),
        ranking_basis: header
            .ranking
            .and_then(|(ranking, _)| ranking.basis.as_ref())
            .map_or(GradeBasis::Exact, |basis| basis.value),
        grade_basis: header.grade_basis.unwrap_or(GradeBasis::Exact),
        grades: header.grades.clone(),
        aggregation: header.aggregation.unwrap_or(Aggregation::Sum),
        heads,
        roots,
        tests,
        span: header.span,
    })
}
