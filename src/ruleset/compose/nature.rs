//! What a kind of lines means to a set that extends another: who may write it, and what it touches.

use crate::language::tree::Statement;

/// What a line of some kind may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nature {
    /// A lower level may write it into its header.
    pub(super) lower: bool,
    /// It may change a score, a rank or a grade.
    pub(super) scores: bool,
    /// It holds for the heads below its own too.
    pub(super) below: bool,
}

const TOLD: Nature = Nature { lower: true, scores: false, below: false };
const RULE: Nature = Nature { lower: true, scores: true, below: false };
const REACHING: Nature = Nature { below: true, ..RULE };
/// What the level that made the set decides alone.
const KEPT: Nature = Nature { lower: false, ..RULE };

/// What a line may do. Every kind is named, so that a new one cannot be let through unseen.
pub(super) fn nature(statement: &Statement) -> Nature {
    use Statement as S;
    match statement {
        // Who it is, what it stands on, its round, what it counts.
        S::Ruleset { .. }
        | S::Year(_)
        | S::Extends(_)
        | S::Edition(_)
        | S::Supersedes(_)
        | S::Authority(_)
        | S::Provenance(_)
        | S::Extract(_)
        | S::LevelNames(_)
        | S::Period(_)
        | S::SubmitBy(_)
        | S::RefersTo(_)
        | S::Guidance(_)
        | S::AppliesTo(_)
        | S::Contains(_)
        | S::AssessedUnit(_)
        | S::Lock(_)
        | S::Open(_)
        | S::Replaces(_)
        | S::Starts(_)
        | S::Evidence(_)
        | S::Lead(_)
        | S::Appraiser(_)
        | S::Example(_) => TOLD,
        // Which set this is of is told by the set extended.
        S::Frame(_) => Nature { lower: false, ..TOLD },
        S::AmendParameter(_)
        // Who is ranked with whom.
        | S::Block(_)
        | S::WorkingWeek(_)
        | S::DaysOff(_)
        | S::MadeUp(_)
        | S::Scale(_)
        | S::SurveyNotHeld(_)
        | S::OutsideCap(_)
        | S::IndexFloor(_)
        | S::Tracks(_)
        | S::Rounding(_)
        | S::Display(_)
        | S::Ranking(_)
        | S::Grades { .. }
        | S::GradeCeiling(_)
        | S::GradeFall(_)
        | S::Aggregation(_) => KEPT,
        S::FiguresMissing(_) | S::EvidenceMissing(_) => Nature { below: true, ..KEPT },
        // Under another head, what is inherited from above is another's.
        S::SharedFigure(_) | S::OnlyBlock(_) | S::NotBlock(_) | S::Under(_) => REACHING,
        // A new parameter is its own; what stands under heads, templates, questionnaires and tests is told where it is
        // misplaced.
        S::Parameter(_)
        | S::Head(_)
        | S::Amend(_)
        | S::Add(_)
        | S::Repeal(_)
        | S::Renumber(_)
        | S::Split(_)
        | S::Template(_)
        | S::Figure(_)
        | S::Form(_)
        | S::Band(_)
        | S::When(_)
        | S::Otherwise(_)
        | S::Met(_)
        | S::Each(_)
        | S::Timed(_)
        | S::AllEqual(_)
        | S::NotDone(_)
        | S::Option(_)
        | S::Script(_)
        | S::Cap(_)
        | S::List(_)
        | S::Column(_)
        | S::NotApplicable(_)
        | S::NoRowCase(_)
        | S::NoRowsLeft(_)
        | S::Gate(_)
        | S::Test(_)
        | S::Given(_)
        | S::GivenSubmission(_)
        | S::GivenBlock(_)
        | S::GivenTotals(_)
        | S::GivenNoSurvey
        | S::GivenPlaces(_)
        | S::GivenShared(_)
        | S::Expect(_)
        | S::Questionnaire(_)
        | S::Respondents(_)
        | S::GroupMissing(_)
        | S::TooFew(_)
        | S::Options(_)
        | S::Question(_)
        | S::GivenTally(_)
        | S::Bad(_) => RULE,
    }
}
