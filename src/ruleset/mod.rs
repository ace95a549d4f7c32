//! The checked model of a criteria set, and the checks that make it one.
//!
//! Who holds a [`Ruleset`] holds a structurally sound one: the only door is [`check()`].

mod beside;
mod blocks;
mod build;
mod calendar;
mod check;
mod columns;
mod compose;
mod consequence;
mod draft;
mod examine;
mod fingerprint;
mod gates;
mod header;
mod lower;
mod lineage;
mod look;
pub mod meaning;
mod model;
mod ordinary;
mod origin;
mod outline;
mod parameters;
mod questionnaire;
mod tests;
mod round;
mod sources;
mod spoken;
mod summary;
mod whole;

pub use blocks::{Aside, Block, UnitRule};
pub use calendar::Calendar;
pub use check::{interval_words, reached, script_failure_words, seconds, value_words};
pub use compose::{Causes, Change, ChangeKind, Earlier, Identity, Library, Pairs, Past, Wanted, wanted};
pub use model::{
    Ceiling, Decision, Figure, FigureKind, Form, Gate, Head, HeadId, Leaf, Limit, Made, NoSurvey, NotApplicable,
    NotKnown, OutsideRule, PerRow, Ruleset, Scoring, Side, Take, WhenMissing, WrittenDay,
};
pub use origin::{Origin, OverRows, Peers, Shared, Told};
pub use parameters::Read;
pub use questionnaire::{Choice, Group, Measure, Question, Questionnaire, SurveyRule};
pub use round::Round;
pub use sources::{OwnSource, Sourced};
pub use summary::{Beside, OfBlock, Standing, Summary, Way};
pub use tests::TestCase;

use examine::History;

use crate::diagnostic::{Diagnostic, Language, SourceId, SourceMap, Texts};
use crate::language::Parsed;
use crate::language::tree::{Aggregation, File, GradeBasis, Level, Track};
use crate::number::{Points, Rounding};

/// What checking gives: the set, if it is sound, and every finding.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The sound set.
    pub ruleset: Option<Ruleset>,
    /// Findings in the order of the text; those in the texts that it builds on come after its own.
    pub diagnostics: Vec<Diagnostic>,
    /// The whole set as one text, when it is sound: what it extends is written in, so that it stands by itself.
    pub composed: Option<File>,
    /// Findings that were told where the sets that it builds on were checked, and are not told again.
    pub told_above: Vec<Diagnostic>,
}

/// Parses and checks a ruleset's text. Never fails; errors are findings, and then there is no set.
pub fn check(source: SourceId, text: &str) -> Checked {
    examine::examine(source, Texts::One(text), &Library::new(), &[])
}

/// Parses and checks a text of a map; what it extends is looked for in the library, whose texts are of the same map.
pub fn check_among(source: SourceId, sources: &SourceMap, library: &Library) -> Checked {
    examine::examine(source, Texts::Many(sources), library, &[])
}

/// [`check_among`] for a text that has been parsed already.
pub fn check_parsed(parsed: Parsed, source: SourceId, sources: &SourceMap, library: &Library) -> Checked {
    examine::examine_parsed(parsed, source, (Texts::Many(sources), library), &[])
}

fn outside(header: &header::Header<'_>, level: Level) -> Option<OutsideRule> {
    let (said, line) = header.outside.iter().find(|(said, _)| said.level == level)?;
    let index = said.index.as_ref().map(|index| index.value.clone());
    Some(OutsideRule { most: Points::new(said.most.as_ref()?.value.clone()), index, line: *line })
}

/// What is named without its points.
fn not_known(header: &header::Header<'_>) -> Vec<NotKnown> {
    let scale = header.scale.map(|(scale, _)| scale);
    let cap = |level| header.outside.iter().any(|(said, _)| said.level == level && said.most.is_none());
    let named = [
        (NotKnown::Appraised, scale.is_some_and(|scale| scale.appraised_not_known.is_some())),
        (NotKnown::Survey, scale.is_some_and(|scale| scale.survey_not_known.is_some())),
        (NotKnown::Bonus, cap(Level::Bonus)),
        (NotKnown::Penalty, cap(Level::Penalty)),
    ];
    named.into_iter().filter(|(_, named)| *named).map(|(part, _)| part).collect()
}

fn model(
    header: &header::Header<'_>,
    (heads, shared): (Vec<Head>, Shared),
    (questionnaires, tests, ceilings): (Vec<Questionnaire>, Vec<TestCase>, Vec<Ceiling>),
    history: History,
    language: Language,
) -> Option<Ruleset> {
    let (scale, _) = header.scale?;
    let points = |number: &crate::language::tree::Number| Points::new(number.value.clone());
    let rounding = header
        .rounding
        .and_then(|rule| rule.level.as_ref().and_then(|level| Some((level.value, Rounding::new(rule.digits.value)?))));
    let rounded_digits = rounding.map(|(_, rounding)| rounding.digits());
    let roots = heads.iter().enumerate().filter(|(_, head)| head.is_top()).map(|(at, _)| HeadId(at)).collect();
    Some(Ruleset {
        path: header.path.clone(),
        title: header.title.clone(),
        year: header.year?,
        edition: header.edition.map_or(1, |(edition, _)| edition),
        supersedes: header.supersedes.cloned(),
        decisions: history.decisions,
        extends: history.extends,
        upper_level: history.upper_level,
        changes: history.changes,
        locks: history.policies.locks,
        openings: history.policies.openings,
        past: history.past,
        language,
        // Taken of the text that stands by itself, for which the set must be known first.
        fingerprint: String::new(),
        header: header.lines.iter().map(|&line| line.clone()).collect(),
        authorities: header.authorities.clone(),
        provenance: header.provenance.clone(),
        parameters: header.parameters.clone(),
        parameters_read: Vec::new(),
        round: header.round.clone(),
        extracts: header.extracts.clone(),
        frame: header.frame.clone(),
        applies_to: header.applies_to.clone(),
        scale: points(&scale.total),
        appraised: scale.appraised.as_ref().map(points),
        survey: scale.survey.as_ref().map(points),
        no_survey: header.no_survey.map(|(rebase, line)| NoSurvey { rebase: rebase.map(points), line }),
        not_known: not_known(header),
        bonus: outside(header, Level::Bonus),
        penalty: outside(header, Level::Penalty),
        index_floor: header.index_floor.map(|least| least.value.clone()),
        counts: header.counts.clone(),
        tracks: if header.tracks.is_empty() {
            vec![Track::SelfScore, Track::Appraisal1]
        } else {
            header.tracks.clone()
        },
        rounding,
        display: header.display.map(|digits| digits.value).or(rounded_digits).unwrap_or(2),
        ties: header::ties(header),
        ranking_basis: header
            .ranking
            .and_then(|(ranking, _)| ranking.basis.as_ref())
            .map_or(GradeBasis::Exact, |basis| basis.value),
        graded_before_outside: header.graded_before_outside,
        grade_basis: header.grade_basis.map_or(GradeBasis::Exact, |basis| basis.value),
        grades: header.grades.clone(),
        ceilings,
        grade_fall: header.grade_fall.map(|(places, _)| places.value),
        blocks: Vec::new(),
        units: Vec::new(),
        by_block: std::collections::BTreeMap::new(),
        aggregation: header.aggregation.unwrap_or(Aggregation::Sum),
        gated: gates::order(heads.iter()).leaves,
        shared,
        heads,
        roots,
        questionnaires,
        tests,
        span: header.span,
    })
}
