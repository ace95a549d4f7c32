//! Lines grouped under what they belong to: the header, templates, heads.

use super::ordinary::Ordinary;
use crate::diagnostic::{Both, Diagnostic, Span, Structure};
use crate::language::Keyword;
use crate::language::tree::{Head, Lateness, Level, Questionnaire, Quoted, Statement, Template};

/// A statement and its line.
pub(super) type Placed<'a> = (&'a Statement, Span);

/// A file, grouped.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    /// Lines before the first head or template.
    pub(super) header: Vec<Placed<'a>>,
    /// Templates, with the lines of their form.
    pub(super) templates: Vec<TemplateDraft<'a>>,
    /// Some template could not be read, so one that is not known may be that one.
    pub(super) lost_template: bool,
    /// Questionnaires, with their lines.
    pub(super) questionnaires: Vec<QuestionnaireDraft<'a>>,
    /// Some questionnaire could not be read, so one that is not known may be that one.
    pub(super) lost_questionnaire: bool,
    /// Heads, in the order of the text.
    pub(super) heads: Vec<HeadDraft<'a>>,
    /// Tests, with their lines.
    pub(super) tests: Vec<TestDraft<'a>>,
    /// Locks, and what is open to lower levels.
    pub(super) policies: Vec<Placed<'a>>,
    /// Openers of header lines that could not be read; they are not asked for again.
    pub(super) bad_header: Vec<Keyword>,
    /// Some head could not be read, so no sum or count can be checked.
    pub(super) incomplete: bool,
}

/// A template and its form.
#[derive(Debug)]
pub(super) struct TemplateDraft<'a> {
    pub(super) template: &'a Template,
    pub(super) lines: Vec<Placed<'a>>,
    pub(super) damaged: bool,
}

/// A questionnaire and its lines.
#[derive(Debug)]
pub(super) struct QuestionnaireDraft<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) lines: Vec<Placed<'a>>,
    pub(super) damaged: bool,
}

/// A test: what is given, what is expected.
#[derive(Debug)]
pub(super) struct TestDraft<'a> {
    pub(super) name: &'a Quoted,
    pub(super) lines: Vec<Placed<'a>>,
    /// Some line of it could not be read.
    pub(super) damaged: bool,
}

/// A head and what stands under it.
#[derive(Debug)]
pub(super) struct HeadDraft<'a> {
    pub(super) head: &'a Head,
    pub(super) span: Span,
    pub(super) lines: Vec<Placed<'a>>,
    /// Some line under it could not be read.
    pub(super) damaged: bool,
}

enum Place {
    Header,
    Template,
    Questionnaire,
    Head,
    Test,
    /// After locks and openings between the lines of what stands above them.
    Policy {
        /// What they stand under.
        over: Box<Place>,
        /// The first of them among the policies.
        since: usize,
    },
    /// Under a head that could not be read; its lines are passed over.
    Lost,
}

/// Groups the lines of a file.
pub(super) fn group<'a>(file: &'a Ordinary<'_>, findings: &mut Vec<Diagnostic>) -> Draft<'a> {
    let mut draft = Draft::default();
    let mut place = Place::Header;
    for (statement, words) in file.placed() {
        match statement {
            Statement::Head(head) => {
                draft.heads.push(HeadDraft { head, span: words, lines: Vec::new(), damaged: false });
                place = Place::Head;
            }
            Statement::Template(template) => {
                draft.templates.push(TemplateDraft { template, lines: Vec::new(), damaged: false });
                place = Place::Template;
            }
            Statement::Questionnaire(questionnaire) => {
                draft.questionnaires.push(QuestionnaireDraft { questionnaire, lines: Vec::new(), damaged: false });
                place = Place::Questionnaire;
            }
            Statement::Test(name) => {
                draft.tests.push(TestDraft { name, lines: Vec::new(), damaged: false });
                place = Place::Test;
            }
            Statement::Lock(_) | Statement::Open(_) => {
                let since = draft.policies.len();
                draft.policies.push((statement, words));
                place = match place {
                    Place::Header | Place::Lost | Place::Policy { .. } => place,
                    over => Place::Policy { over: Box::new(over), since },
                };
            }
            Statement::Bad(Some(Keyword::TestBlock)) => place = Place::Lost,
            Statement::Bad(Some(
                Keyword::Area | Keyword::Criterion | Keyword::SubCriterion | Keyword::Amend | Keyword::AddHead,
            )) => {
                draft.incomplete = true;
                place = Place::Lost;
            }
            // In the header it is the line that caps them, below it a head.
            Statement::Bad(Some(Keyword::Bonus | Keyword::Penalty)) if !matches!(place, Place::Header) => {
                draft.incomplete = true;
                place = Place::Lost;
            }
            Statement::Bad(Some(Keyword::Template)) => {
                draft.lost_template = true;
                place = Place::Lost;
            }
            Statement::Bad(Some(Keyword::Questionnaire)) => {
                draft.lost_questionnaire = true;
                place = Place::Lost;
            }
            Statement::Bad(opener) => bad_line(&mut draft, &place, *opener),
            _ => {
                place = resumed(&draft, place, (statement, words), findings);
                ordinary(&mut draft, &place, statement, words, findings);
            }
        }
    }
    draft
}

fn bad_line(draft: &mut Draft<'_>, place: &Place, opener: Option<Keyword>) {
    match place {
        Place::Header => {
            draft.bad_header.extend(opener);
            // A line that nobody can place may have been a head.
            draft.incomplete |= opener.is_none();
        }
        Place::Template => {
            if let Some(template) = draft.templates.last_mut() {
                template.damaged = true;
            }
        }
        Place::Questionnaire => {
            if let Some(questionnaire) = draft.questionnaires.last_mut() {
                questionnaire.damaged = true;
            }
        }
        Place::Head => {
            draft.incomplete |= opener.is_none();
            if let Some(head) = draft.heads.last_mut() {
                head.damaged = true;
            }
        }
        Place::Test => {
            if let Some(test) = draft.tests.last_mut() {
                test.damaged = true;
            }
        }
        Place::Policy { over, .. } => bad_line(draft, over, opener),
        Place::Lost => {}
    }
}

/// Where a line stands: one that goes on with what a lock or an opening cut in two belongs to it all the same, and the
/// cut is told at the line that made it.
fn resumed(draft: &Draft<'_>, place: Place, (statement, line): Placed<'_>, findings: &mut Vec<Diagnostic>) -> Place {
    let Place::Policy { over, since } = place else { return place };
    if !over.takes(statement) {
        return Place::Policy { over, since };
    }
    findings.extend(draft.policies.iter().skip(since).map(|&policy| between_lines(policy, line)));
    *over
}

/// A line that takes none below it, between the lines of a head: whose the lines below it are could be read two ways.
pub(super) fn between_lines((cut, words): Placed<'_>, below: Span) -> Diagnostic {
    let place = match cut {
        Statement::Lock(_) | Statement::Open(_) => Both::new(
            "ở phần đầu, hoặc dưới mọi dòng của mục ở trên (hay mẫu, phiếu, kiểm thử): các dòng còn lại của nó chuyển lên trên dòng này",
            "in the header, or below all lines of the head above (or template, questionnaire, test): move the rest of its lines above this one",
        ),
        _ => Both::new(
            "dưới mọi dòng của mục ở trên (hay mẫu, phiếu, kiểm thử): các dòng còn lại của nó chuyển lên trên dòng này",
            "below all lines of the head above (or template, questionnaire, test): move the rest of its lines above this one",
        ),
    };
    Diagnostic::new(Structure::MisplacedLine { line: name(cut), place }, words).label(
        below,
        "dòng này còn nói tiếp điều ở trên",
        "this line goes on with what stands above",
    )
}

impl Place {
    /// Whether a line may stand here.
    fn takes(&self, statement: &Statement) -> bool {
        match self {
            Self::Header => in_header(statement),
            Self::Template => template_takes(statement),
            Self::Questionnaire => questionnaire_takes(statement),
            Self::Head => under_head(statement),
            Self::Test => in_test(statement),
            Self::Policy { .. } => false,
            Self::Lost => true,
        }
    }
}

fn ordinary<'a>(
    draft: &mut Draft<'a>,
    place: &Place,
    statement: &'a Statement,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) {
    // A template is put into many heads, and a script reads figures by the names of one.
    if let (Place::Template, Statement::Script(_), Some(template)) = (place, statement, draft.templates.last_mut()) {
        template.damaged = true;
        let form = template.lines.iter().rev().find(|(line, _)| matches!(line, Statement::Form(_)));
        let place = form.map_or(span, |(_, form)| *form);
        findings.push(Diagnostic::new(Structure::ScriptInTemplate {}, place));
        return;
    }
    if !place.takes(statement) {
        let problem = Structure::MisplacedLine { line: name(statement), place: home(statement) };
        findings.push(Diagnostic::new(problem, span));
        return;
    }
    match place {
        Place::Header => draft.header.push((statement, span)),
        Place::Template => {
            if let Some(template) = draft.templates.last_mut() {
                template.lines.push((statement, span));
            }
        }
        Place::Questionnaire => {
            if let Some(questionnaire) = draft.questionnaires.last_mut() {
                questionnaire.lines.push((statement, span));
            }
        }
        Place::Head => {
            if let Some(head) = draft.heads.last_mut() {
                head.lines.push((statement, span));
            }
        }
        Place::Test => {
            if let Some(test) = draft.tests.last_mut() {
                test.lines.push((statement, span));
            }
        }
        Place::Policy { .. } | Place::Lost => {}
    }
}

fn in_header(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Ruleset { .. }
            | S::Year(_)
            | S::Extends(_)
            | S::Edition(_)
            | S::Supersedes(_)
            | S::AmendParameter(_)
            | S::Authority(_)
            | S::Provenance(_)
            | S::Extract(_)
            | S::Frame(_)
            | S::Parameter(_)
            | S::SharedFigure(_)
            | S::LevelNames(_)
            | S::Period(_)
            | S::SubmitBy(_)
            | S::WorkingWeek(_)
            | S::DaysOff(_)
            | S::MadeUp(_)
            | S::RefersTo(_)
            | S::Guidance(_)
            | S::AppliesTo(_)
            | S::Scale(_)
            | S::SurveyNotHeld(_)
            | S::OutsideCap(_)
            | S::IndexFloor(_)
            | S::Contains(_)
            | S::FiguresMissing(_)
            | S::EvidenceMissing(_)
            | S::Tracks(_)
            | S::Rounding(_)
            | S::Display(_)
            | S::Ranking(_)
            | S::Grades { .. }
            | S::GradeCeiling(_)
            | S::GradeFall(_)
            | S::Aggregation(_)
            | S::Block(_)
            | S::AssessedUnit(_)
            | S::Lead(_)
            | S::Appraiser(_)
    )
}

/// What may stand under a template.
pub(super) fn template_takes(statement: &Statement) -> bool {
    in_template(statement) || matches!(statement, Statement::NotApplicable(_))
}

fn in_template(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Form(_)
            | S::Band(_)
            | S::When(_)
            | S::Otherwise(_)
            | S::Met(_)
            | S::Each(_)
            | S::Option(_)
            | S::Timed(_)
            | S::NotDone(_)
            | S::AllEqual(_)
            | S::Cap(_)
    )
}

/// A form of scoring, or what stands under one.
pub(super) fn in_form(statement: &Statement) -> bool {
    in_template(statement) || matches!(statement, Statement::Script(_))
}

/// The lines without a second form and what stands under it, and whether there is one: that was told.
pub(super) fn first_form<'a>(lines: &[Placed<'a>]) -> (Vec<Placed<'a>>, bool) {
    let mut forms = 0_usize;
    let mut kept = Vec::with_capacity(lines.len());
    for &(statement, span) in lines {
        forms += usize::from(matches!(statement, Statement::Form(_)));
        if forms < 2 || !in_form(statement) {
            kept.push((statement, span));
        }
    }
    (kept, forms > 1)
}

/// What may stand under a head.
pub(super) fn under_head(statement: &Statement) -> bool {
    use Statement as S;
    in_template(statement)
        || matches!(
            statement,
            S::Under(_)
                | S::Replaces(_)
                | S::Starts(_)
                | S::Figure(_)
                | S::SharedFigure(_)
                | S::Script(_)
                | S::List(_)
                | S::Column(_)
                | S::NotApplicable(_)
                | S::OnlyBlock(_)
                | S::NotBlock(_)
                | S::NoRowCase(_)
                | S::NoRowsLeft(_)
                | S::Gate(_)
                | S::Evidence(_)
                | S::Lead(_)
                | S::Appraiser(_)
                | S::Example(_)
                | S::FiguresMissing(_)
                | S::EvidenceMissing(_)
                | S::Provenance(_)
                | S::Contains(_)
                | S::Extract(_)
                | S::Aggregation(_)
        )
}

fn in_questionnaire(statement: &Statement) -> bool {
    use Statement as S;
    matches!(statement, S::Respondents(_) | S::GroupMissing(_) | S::TooFew(_) | S::Options(_) | S::Question(_))
}

/// What may stand under a questionnaire, here alone or elsewhere too.
pub(super) fn questionnaire_takes(statement: &Statement) -> bool {
    in_questionnaire(statement) || matches!(statement, Statement::Provenance(_))
}

/// What a test is given and expects.
pub(super) fn in_test(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::Given(_)
            | Statement::GivenSubmission(_)
            | Statement::GivenBlock(_)
            | Statement::GivenTotals(_)
            | Statement::GivenTally(_)
            | Statement::GivenShared(_)
            | Statement::GivenNoSurvey
            | Statement::GivenPlaces(_)
            | Statement::Expect(_)
    )
}

/// Where a line belongs.
pub(super) fn home(statement: &Statement) -> Both {
    if matches!(statement, Statement::Form(_)) {
        Both::new("dưới một tiêu chí, thành phần hoặc mẫu", "under a criterion, a sub-criterion or a template")
    } else if in_template(statement) {
        Both::new("dưới một dòng `chấm theo …`", "under a line `score by …`")
    } else if in_test(statement) {
        Both::new("dưới một dòng `kiểm thử \"…\"`", "under a line `test \"…\"`")
    } else if in_questionnaire(statement) {
        Both::new("dưới một dòng `phiếu … \"…\"`", "under a line `questionnaire … \"…\"`")
    } else if under_head(statement) {
        Both::new("dưới một lĩnh vực, tiêu chí hoặc thành phần", "under an area, a criterion or a sub-criterion")
    } else {
        Both::new("ở phần đầu, trước mục đầu tiên", "in the header, before the first head")
    }
}

/// A line by its opening keyword.
pub(super) fn name(statement: &Statement) -> Both {
    use crate::diagnostic::Language;
    match (statement, keyword(statement)) {
        (Statement::GradeFall(_), _) => Both::new("xếp loại: hạ một mức", "grades: one lower"),
        (Statement::Script(_), _) => Both::same("```"),
        (_, Some(keyword)) => Both::new(keyword.canonical(Language::Vietnamese), keyword.canonical(Language::English)),
        (_, None) => Both::same("…"),
    }
}

/// The keyword that opens a line, or that stands for its kind; none of a line that could not be read.
pub(super) fn keyword(statement: &Statement) -> Option<Keyword> {
    let keyword = match statement {
        Statement::Ruleset { .. } => Keyword::Ruleset,
        Statement::Year(_) => Keyword::Year,
        Statement::Extends(_) => Keyword::Extends,
        Statement::Edition(_) => Keyword::Edition,
        Statement::Supersedes(_) => Keyword::Supersedes,
        Statement::AmendParameter(_) => Keyword::AmendParameter,
        Statement::Amend(_) => Keyword::Amend,
        Statement::Add(_) => Keyword::AddHead,
        Statement::Repeal(_) => Keyword::Repeal,
        Statement::Renumber(_) => Keyword::Renumber,
        Statement::Lock(_) => Keyword::Lock,
        Statement::Split(_) => Keyword::Split,
        Statement::Open(_) => Keyword::LowerLevel,
        Statement::Replaces(_) => Keyword::Replaces,
        Statement::Starts(_) => Keyword::Starts,
        Statement::Authority(_) => Keyword::Authority,
        Statement::Provenance(_) => Keyword::Source,
        Statement::Extract(_) => Keyword::Extract,
        Statement::Frame(_) => Keyword::Frame,
        Statement::LevelNames(_) => Keyword::LevelNames,
        Statement::Period(_) => Keyword::Period,
        Statement::SubmitBy(_) => Keyword::SubmitBy,
        Statement::WorkingWeek(_) => Keyword::WorkingWeek,
        Statement::DaysOff(_) => Keyword::DaysOff,
        Statement::MadeUp(_) => Keyword::MadeUp,
        Statement::RefersTo(_) => Keyword::RefersTo,
        Statement::Guidance(_) => Keyword::Guidance,
        Statement::Parameter(_) => Keyword::Parameter,
        Statement::AppliesTo(_) => Keyword::AppliesTo,
        Statement::Scale(_) => Keyword::Scale,
        Statement::SurveyNotHeld(_) => Keyword::SurveyNotHeld,
        Statement::OutsideCap(cap) if cap.level == Level::Penalty => Keyword::Penalty,
        Statement::OutsideCap(_) => Keyword::Bonus,
        Statement::IndexFloor(_) => Keyword::IndexFloor,
        Statement::Contains(_) => Keyword::Contains,
        Statement::FiguresMissing(_) => Keyword::FiguresMissing,
        Statement::EvidenceMissing(_) => Keyword::EvidenceMissing,
        Statement::Tracks(_) => Keyword::Tracks,
        Statement::Rounding(_) => Keyword::Rounding,
        Statement::Display(_) => Keyword::Display,
        Statement::Ranking(_) => Keyword::Ranking,
        Statement::Grades { .. } | Statement::GradeCeiling(_) | Statement::GradeFall(_) => Keyword::Grades,
        Statement::Block(_) => Keyword::Block,
        Statement::AssessedUnit(_) => Keyword::AssessedUnit,
        Statement::OnlyBlock(_) => Keyword::OnlyBlock,
        Statement::NotBlock(_) => Keyword::NotBlock,
        Statement::Aggregation(_) => Keyword::Aggregation,
        Statement::Head(_) => Keyword::Criterion,
        Statement::Under(_) => Keyword::Under,
        Statement::Template(_) => Keyword::Template,
        Statement::Figure(_) => Keyword::Figure,
        Statement::SharedFigure(_) => Keyword::SharedFigure,
        Statement::Form(_) | Statement::Script(_) => Keyword::ScoreBy,
        Statement::Band(_) => Keyword::From,
        Statement::When(_) => Keyword::When,
        Statement::Otherwise(_) => Keyword::Otherwise,
        Statement::Met(_) => Keyword::Met,
        Statement::Each(_) => Keyword::Each,
        Statement::Option(_) => Keyword::Option,
        Statement::Timed(line) if line.when == Lateness::OnTime => Keyword::OnTime,
        Statement::Timed(_) => Keyword::Late,
        Statement::NotDone(_) => Keyword::NotDone,
        Statement::AllEqual(_) => Keyword::AllEqual,
        Statement::Cap(_) => Keyword::Floor,
        Statement::List(_) => Keyword::List,
        Statement::Column(_) => Keyword::Column,
        Statement::NotApplicable(_) => Keyword::NoCase,
        Statement::NoRowCase(_) => Keyword::NoCasePer,
        Statement::NoRowsLeft(_) => Keyword::NoRowsLeft,
        Statement::Gate(_) => Keyword::Gate,
        Statement::Evidence(_) => Keyword::Evidence,
        Statement::Lead(_) => Keyword::Lead,
        Statement::Appraiser(_) => Keyword::Appraiser,
        Statement::Example(_) => Keyword::Example,
        Statement::Test(_) => Keyword::TestBlock,
        Statement::Questionnaire(_) => Keyword::Questionnaire,
        Statement::Respondents(_) => Keyword::Respondents,
        Statement::GroupMissing(_) => Keyword::GroupMissing,
        Statement::TooFew(_) => Keyword::TooFew,
        Statement::Options(_) => Keyword::Options,
        Statement::Question(_) => Keyword::Question,
        Statement::Given(_)
        | Statement::GivenBlock(_)
        | Statement::GivenSubmission(_)
        | Statement::GivenTotals(_)
        | Statement::GivenTally(_)
        | Statement::GivenShared(_)
        | Statement::GivenPlaces(_)
        | Statement::GivenNoSurvey => Keyword::Given,
        Statement::Expect(_) => Keyword::Expect,
        Statement::Bad(_) => return None,
    };
    Some(keyword)
}
