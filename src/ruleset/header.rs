//! The header's decisions: each said once, none left to a default.

use super::draft::{Draft, name};
use super::round::Round;
use crate::diagnostic::{
    Both, Budget, Diagnostic, Inheritance, Language, Provenance as ProvenanceProblem, Span, Structure,
};
use crate::language::tree::{
    Aggregation, AssessedUnit, Block, Consequence, Count, Grade, GradeBasis, GradeCeiling, Lateness, Number,
    OutsideCap, Parameter, Provenance, ProvenanceKind, Ranking, RoundingRule, Scale, Spanned, Statement, Supersedes,
    Ties, Timed, Track,
};
use crate::language::{Keyword, misspelt_kind};
use crate::number::Points;

/// What the header says.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) year: Option<u16>,
    pub(super) edition: Option<(u16, Span)>,
    pub(super) supersedes: Option<&'a Supersedes>,
    pub(super) authorities: Vec<(String, Option<i32>)>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) round: Round,
    pub(super) provenance: Vec<Provenance>,
    pub(super) extracts: Vec<String>,
    pub(super) frame: Option<String>,
    pub(super) applies_to: Option<String>,
    pub(super) scale: Option<(&'a Scale, Span)>,
    pub(super) no_survey: Option<(Option<&'a Number>, Span)>,
    pub(super) outside: Vec<(&'a OutsideCap, Span)>,
    pub(super) index_floor: Option<&'a Number>,
    pub(super) counts: Vec<Count>,
    pub(super) figures_missing: Option<&'a Consequence>,
    pub(super) evidence_missing: Option<&'a Consequence>,
    pub(super) tracks: Vec<Track>,
    pub(super) rounding: Option<&'a RoundingRule>,
    pub(super) display: Option<&'a Spanned<u32>>,
    pub(super) ranking: Option<(&'a Ranking, Span)>,
    pub(super) grades: Vec<Grade>,
    pub(super) ceilings: Vec<(&'a GradeCeiling, Span)>,
    pub(super) grade_fall: Option<(&'a Spanned<usize>, Span)>,
    pub(super) grade_basis: Option<&'a Spanned<GradeBasis>>,
    pub(super) graded_before_outside: bool,
    pub(super) blocks: Vec<(&'a Block, Span)>,
    /// A line of a block could not be read, so one that is not known may be that one.
    pub(super) lost_block: bool,
    pub(super) units: Vec<(&'a AssessedUnit, Span)>,
    pub(super) aggregation: Option<Aggregation>,
    pub(super) aggregation_line: Span,
    pub(super) lead: Option<String>,
    pub(super) appraiser: Option<String>,
    /// All of it, as read.
    pub(super) lines: Vec<&'a Statement>,
}

impl Header<'_> {
    /// The scale of a block, or as it is written for all: that of the block itself, where it has one.
    pub(super) fn scale_of(&self, block: Option<&str>) -> Option<ScaleOf<'_>> {
        let (scale, _) = self.scale?;
        let own = scale.blocks.iter().find(|own| Some(own.block.value.as_str()) == block).map(|own| &own.points);
        Some(ScaleOf { points: own.unwrap_or(&scale.total), own: own.is_some() })
    }
}

/// The scale as it is for a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScaleOf<'a> {
    pub(super) points: &'a Number,
    /// Stated for the block alone.
    pub(super) own: bool,
}

/// Reads the header's lines.
pub(super) fn read<'a>(draft: &Draft<'a>, findings: &mut Vec<Diagnostic>) -> Header<'a> {
    // Of a line of grades that could not be read nobody knows which grades it names.
    let no_grades = draft.bad_header.contains(&Keyword::Grades);
    let mut header = Header { lost_block: draft.bad_header.contains(&Keyword::Block), ..Header::default() };
    let mut seen: Vec<(Both, Span)> = Vec::new();
    for &(statement, span) in &draft.header {
        once(statement, span, &mut seen, findings);
        header.lines.push(statement);
        take(&mut header, statement, span, findings);
    }
    super::round::likely(&draft.header, findings);
    if no_grades && header.grades.is_empty() {
        header.ceilings.clear();
    }
    header
}

/// Lines that may be said once only.
pub(super) fn once(statement: &Statement, span: Span, seen: &mut Vec<(Both, Span)>, findings: &mut Vec<Diagnostic>) {
    let may_repeat = matches!(
        statement,
        Statement::Authority(_)
            | Statement::Parameter(_)
            | Statement::GradeCeiling(_)
            | Statement::Block(_)
            | Statement::AssessedUnit(_)
            | Statement::NotBlock(_)
            | Statement::LevelNames(_)
            | Statement::RefersTo(_)
            | Statement::DaysOff(_)
            | Statement::MadeUp(_)
            | Statement::Guidance(_)
            | Statement::Provenance(_)
            | Statement::Extract(_)
            | Statement::Contains(_)
            | Statement::Evidence(_)
            | Statement::Example(_)
            | Statement::NotApplicable(_)
            | Statement::NoRowCase(_)
            | Statement::List(_)
            | Statement::Column(_)
            | Statement::Gate(_)
            | Statement::Figure(_)
            | Statement::SharedFigure(_)
            | Statement::Band(_)
            | Statement::When(_)
            | Statement::Met(_)
            | Statement::Each(_)
            | Statement::Option(_)
            | Statement::Respondents(_)
            | Statement::Question(_)
            | Statement::Timed(Timed { when: Lateness::UpTo(_) | Lateness::Over(_), .. })
            | Statement::Cap(_)
            | Statement::Replaces(_)
    );
    if may_repeat {
        return;
    }
    let line = name(statement);
    match seen.iter().find(|(said, _)| *said == line) {
        Some((_, first)) => {
            let finding = Diagnostic::new(Structure::SaidTwice { line }, span);
            findings.push(finding.label(*first, "lần đầu ở đây", "first said here"));
        }
        None => seen.push((line, span)),
    }
}

fn take<'a>(header: &mut Header<'a>, statement: &'a Statement, span: Span, findings: &mut Vec<Diagnostic>) {
    match statement {
        Statement::Ruleset { path, title } => {
            header.path.clone_from(&path.value);
            header.title.clone_from(&title.value);
            header.span = span;
        }
        Statement::Year(year) => header.year = Some(year.value),
        Statement::Edition(edition) => header.edition = Some((edition.value, edition.span)),
        Statement::Supersedes(supersedes) => header.supersedes = Some(supersedes),
        Statement::Authority(authority) => {
            header.authorities.push((authority.number.value.clone(), authority.date.as_ref().map(|date| date.value)));
        }
        Statement::Provenance(provenance) => {
            clause(provenance, findings);
            header.provenance.push(provenance.clone());
        }
        Statement::Extract(note) => header.extracts.push(note.value.clone()),
        Statement::Frame(note) => header.frame = Some(note.value.clone()),
        Statement::Parameter(parameter) => header.parameters.push(parameter.clone()),
        Statement::AppliesTo(who) => {
            if let Some((written, meant)) = misspelt_kind(&who.value) {
                let problem = Structure::SubjectMisspelt { written: written.to_owned(), meant: meant.to_owned() };
                findings.push(Diagnostic::new(problem, who.span));
            }
            header.applies_to = Some(who.value.clone());
        }
        Statement::Scale(scale) => header.scale = Some((scale, span)),
        Statement::SurveyNotHeld(rebase) => header.no_survey = Some((rebase.as_ref(), span)),
        Statement::OutsideCap(cap) => header.outside.push((cap, span)),
        Statement::IndexFloor(least) => header.index_floor = Some(least),
        Statement::Contains(counts) => header.counts.extend(counts.iter().cloned()),
        Statement::FiguresMissing(consequence) => header.figures_missing = Some(consequence),
        Statement::EvidenceMissing(consequence) => header.evidence_missing = Some(consequence),
        Statement::Tracks(tracks) => {
            header.tracks = tracks.iter().map(|track| track.value).collect();
            if header.tracks.windows(2).any(|pair| pair.first() >= pair.last()) {
                findings.push(Diagnostic::new(Structure::TracksOutOfOrder {}, span));
            }
            let second = tracks.iter().find(|track| track.value == Track::Appraisal2);
            if let Some(second) = second.filter(|_| !header.tracks.contains(&Track::Appraisal1)) {
                findings.push(Diagnostic::new(Structure::SecondAppraisalAlone {}, second.span));
            }
        }
        Statement::Rounding(rule) => header.rounding = Some(rule),
        Statement::Display(digits) => header.display = Some(digits),
        Statement::Ranking(ranking) => header.ranking = Some((ranking, span)),
        Statement::Grades { basis, before_outside, grades, ungraded } => {
            header.grade_basis = basis.as_ref();
            header.graded_before_outside = *before_outside;
            header.grades.clone_from(grades);
            super::check::grades_in_order(grades, *ungraded, span, findings);
            if basis.is_none() {
                findings.push(asked(
                    Both::new("xếp loại theo điểm nào", "which points the grades are on"),
                    Both::new("xếp loại: theo điểm đã làm tròn; …", "grades: on rounded points; …"),
                    span,
                ));
            }
        }
        Statement::GradeCeiling(ceiling) => header.ceilings.push((ceiling, span)),
        Statement::GradeFall(places) => header.grade_fall = Some((places, span)),
        Statement::Block(block) => header.blocks.push((block, span)),
        Statement::AssessedUnit(unit) => header.units.push((unit, span)),
        Statement::Aggregation(aggregation) => {
            header.aggregation = Some(aggregation.value);
            header.aggregation_line = span;
        }
        Statement::Lead(agency) => header.lead = Some(agency.value.clone()),
        Statement::Appraiser(agency) => header.appraiser = Some(agency.value.clone()),
        _ => header.round.take(statement, span, findings),
    }
}

/// An official source names its clause.
pub(super) fn clause(provenance: &Provenance, findings: &mut Vec<Diagnostic>) {
    if provenance.kind.value == ProvenanceKind::Official && provenance.notes.is_empty() {
        findings.push(Diagnostic::new(ProvenanceProblem::NoClause {}, provenance.kind.span));
    }
}

fn asked(line: Both, example: Both, span: Span) -> Diagnostic {
    Diagnostic::new(Structure::MissingSetting { line, example }, span)
}

/// Asks for every decision that has no default.
pub(super) fn ask(header: &Header<'_>, draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) {
    let unread = |keyword: Keyword| draft.bad_header.contains(&keyword);
    let mut need = |missing: bool, keyword: Keyword, vietnamese: &str, english: &str| {
        if missing && !unread(keyword) {
            let quoted = |language| format!("`{}`", keyword.canonical(language));
            let line = Both::new(quoted(Language::Vietnamese), quoted(Language::English));
            findings.push(asked(line, Both::new(vietnamese, english), header.span));
        }
    };
    need(header.year.is_none(), Keyword::Year, "năm: 2022", "year: 2022");
    need(header.scale.is_none(), Keyword::Scale, "thang điểm: 100 điểm", "scale: 100 points");
    if header.frame.is_none() {
        need(
            header.rounding.is_none(),
            Keyword::Rounding,
            "làm tròn: chỉ số, 2 chữ số, nửa lên",
            "rounding: index, 2 digits, half up",
        );
        need(
            header.ranking.is_none(),
            Keyword::Ranking,
            "xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn",
            "ranking: shared, skip, on exact points",
        );
        // While the rounding itself is not said, what it leaves to show is not asked.
        let rounds = header.rounding.is_none_or(|rule| rule.level.is_some());
        need(header.display.is_none() && !rounds, Keyword::Display, "hiển thị: 2 chữ số", "display: 2 digits");
        if let Some((ranking, span)) = header.ranking
            && ranking.basis.is_none()
        {
            findings.push(asked(
                Both::new("xếp hạng theo điểm nào", "which points the ranking is on"),
                Both::new("…, theo điểm chưa làm tròn", "…, on exact points"),
                span,
            ));
        }
    }
    let edition = header.edition.map_or(1, |(edition, _)| edition);
    if let Some(supersedes) = header.supersedes
        && supersedes.edition.value >= edition
    {
        let problem = Inheritance::NoEdition { edition: usize::from(supersedes.edition.value) };
        findings.push(Diagnostic::new(problem, supersedes.edition.span));
    }
    if let Some((0, span)) = header.edition {
        let what = Both::new("lần ban hành", "the edition");
        findings.push(Diagnostic::new(Structure::NotPositive { what }, span));
    }
    ask_survey(header, draft, findings);
    not_known(header, findings);
    if header.provenance.is_empty() && !unread(Keyword::Source) {
        findings.push(Diagnostic::new(ProvenanceProblem::NoSource {}, header.span));
    }
    let invented = header.provenance.iter().any(|source| source.kind.value == ProvenanceKind::Illustrative);
    if header.authorities.is_empty() && !invented && !unread(Keyword::Authority) {
        findings.push(Diagnostic::new(ProvenanceProblem::NoCitation {}, header.span));
    }
}

/// The tie rule, if said.
pub(super) fn ties(header: &Header<'_>) -> Ties {
    header.ranking.map_or(Ties::SharedSkip, |(ranking, _)| ranking.ties.clone())
}

/// Points that nobody knows stand in a frame only: a set that scores has them.
fn not_known(header: &Header<'_>, findings: &mut Vec<Diagnostic>) {
    if header.frame.is_some() {
        return;
    }
    let shares = header.scale.into_iter().flat_map(|(scale, _)| [scale.appraised_not_known, scale.survey_not_known]);
    let caps = header.outside.iter().map(|(said, line)| said.most.is_none().then_some(*line));
    for place in shares.chain(caps).flatten() {
        findings.push(Diagnostic::new(Structure::OnlyInFrame {}, place));
    }
}

/// Asks what follows in a year without a survey, where the set allows one.
fn ask_survey(header: &Header<'_>, draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) {
    if let Some((scale, span)) = header.scale
        && scale.if_held
        && header.no_survey.is_none()
        && !draft.bad_header.contains(&Keyword::SurveyNotHeld)
    {
        findings.push(asked(
            Both::new("không tổ chức điều tra thì sao", "what follows when no survey is held"),
            Both::new("không tổ chức điều tra: quy về 100 điểm", "survey not held: rebase to 100 points"),
            span,
        ));
    }
    if let (Some((scale, _)), Some((rebase, span))) = (header.scale, header.no_survey) {
        if !scale.if_held {
            findings.push(asked(
                Both::new("điều tra có thể không tổ chức", "that the survey may not be held"),
                Both::new("thang điểm: …; điều tra 30 điểm, nếu có", "scale: …; survey 30 points, if held"),
                span,
            ));
        }
        if let Some(rebase) = rebase.filter(|rebase| !rebase.value.is_positive()) {
            let what = Both::new("thang điểm quy về", "the scale that is rebased to");
            findings.push(Diagnostic::new(Structure::NotPositive { what }, rebase.span));
        } else if let Some(rebase) = rebase.filter(|rebase| rebase.value != scale.total.value) {
            let (to, total) = (Points::new(rebase.value.clone()), Points::new(scale.total.value.clone()));
            findings.push(Diagnostic::new(Budget::RebaseOffScale { rebase: to, scale: total }, rebase.span));
        }
    }
}
