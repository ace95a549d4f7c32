//! The general rules of a set: what its header says of the whole, as the appendix prints it above the table.
//!
//! The lines come from the header's own statements. One that is worded nowhere here is printed as it is written, so
//! that no line of a header can be missing from the appendix.

use super::round::level_name;
use super::words::Context;
use super::{explanation, frame, grading, outside};
use crate::diagnostic::Span;
use crate::language::tree::{
    Aggregation, Consequence, GradeBasis, Level, Number, ProvenanceKind, Ranking, RoundedLevel, RoundingRule, Spanned,
    Statement, Ties, Track, Unit,
};
use crate::language::write_statement;
use crate::ruleset::{Head, HeadId, Leaf, WhenMissing};

/// The rules of the whole set, in the order that a decision gives them: whom it is for, the scale, how points are
/// given and put together, how they are rounded, ranked and graded.
///
/// Of one head that is printed alone, what bears on it: what follows when something is missing, and how much a bonus
/// or a penalty counts.
pub fn general_rules(context: &Context<'_>, under: Option<HeadId>) -> Vec<String> {
    let one = under.and_then(|under| context.head(under));
    let bears = |head: &Head, statement: &Statement| match statement {
        Statement::FiguresMissing(_) | Statement::EvidenceMissing(_) => true,
        Statement::OutsideCap(cap) => cap.level == head.level,
        _ => false,
    };
    let mut said = context.ruleset.header.clone();
    said.extend(unsaid(context));
    said.retain(|statement| one.is_none_or(|head| bears(head, statement)));
    said.sort_by_key(place);
    said.iter().flat_map(|statement| line(context, statement)).collect()
}

/// Lines of the header that the general rules do not word: the round, blocks, shared figures, who leads.
pub(super) fn unworded(context: &Context<'_>, statement: &Statement) -> Option<String> {
    let said_elsewhere = matches!(
        statement,
        Statement::Ruleset { .. }
            | Statement::Year(_)
            | Statement::Extends(_)
            | Statement::Edition(_)
            | Statement::Supersedes(_)
            | Statement::AmendParameter(_)
            | Statement::Authority(_)
            | Statement::Provenance(_)
            | Statement::Extract(_)
            | Statement::Frame(_)
            | Statement::Parameter(_)
            | Statement::GradeCeiling(_)
            | Statement::GradeFall(_)
    );
    // Columns of a shared list are no lines of the header as the model has it.
    let worded = said_elsewhere || (context.ruleset.header.contains(statement) && !line(context, statement).is_empty());
    (!worded).then(|| write_statement(statement, context.sources, context.language))
}

/// What holds where the header leaves it out. A frame only says what its decision is known to say.
fn unsaid(context: &Context<'_>) -> Vec<Statement> {
    let ruleset = context.ruleset;
    let said = |is: fn(&Statement) -> bool| ruleset.frame.is_some() || ruleset.header.iter().any(is);
    let mut lines = Vec::new();
    if !said(|statement| matches!(statement, Statement::Tracks(_))) {
        let tracks = ruleset.tracks.iter().map(|&track| Spanned::new(track, Span::default()));
        lines.push(Statement::Tracks(tracks.collect()));
    }
    if !said(|statement| matches!(statement, Statement::Aggregation(_))) {
        lines.push(Statement::Aggregation(Spanned::new(ruleset.aggregation, Span::default())));
    }
    lines
}

/// Where a line stands among the others.
fn place(statement: &Statement) -> u8 {
    match statement {
        Statement::AppliesTo(_) => 0,
        Statement::Provenance(_) => 1,
        Statement::WorkingWeek(_) | Statement::DaysOff(_) | Statement::MadeUp(_) => 2,
        Statement::Scale(_) => 3,
        Statement::SurveyNotHeld(_) => 4,
        Statement::Contains(_) => 5,
        Statement::Aggregation(_) => 6,
        Statement::Tracks(_) => 7,
        Statement::FiguresMissing(_) => 8,
        Statement::EvidenceMissing(_) => 9,
        Statement::OutsideCap(_) => 10,
        Statement::IndexFloor(_) => 11,
        Statement::Rounding(_) => 12,
        Statement::Display(_) => 13,
        Statement::Ranking(_) => 14,
        Statement::Grades { .. } => 15,
        _ => 16,
    }
}

fn line(context: &Context<'_>, statement: &Statement) -> Vec<String> {
    let no_table = context.ruleset.heads.is_empty();
    match statement {
        // The opening, its labels and the lines below it say these, and what the set changes of another; of grades the
        // first line has the others with it.
        Statement::Ruleset { .. }
        | Statement::Year(_)
        | Statement::Extends(_)
        | Statement::Edition(_)
        | Statement::Supersedes(_)
        | Statement::AmendParameter(_)
        | Statement::Authority(_)
        | Statement::Extract(_)
        | Statement::Frame(_)
        | Statement::Period(_)
        | Statement::SubmitBy(_)
        | Statement::RefersTo(_)
        | Statement::Guidance(_)
        | Statement::Block(_)
        | Statement::AssessedUnit(_)
        | Statement::Parameter(_)
        | Statement::SharedFigure(_)
        | Statement::GradeCeiling(_)
        | Statement::GradeFall(_) => Vec::new(),
        Statement::Provenance(source)
            if matches!(source.kind.value, ProvenanceKind::Reconstructed | ProvenanceKind::Illustrative) =>
        {
            Vec::new()
        }
        // The table has them, where there is one.
        Statement::LevelNames(_) | Statement::Lead(_) | Statement::Appraiser(_) if !no_table => Vec::new(),
        Statement::Grades { .. } => grading::lines(context),
        Statement::Scale(scale) => vec![frame::scale(context, scale.if_held)],
        Statement::SurveyNotHeld(_) => frame::no_survey(context).into_iter().collect(),
        Statement::OutsideCap(cap) => outside::cap(context, cap.level).into_iter().collect(),
        Statement::IndexFloor(_) => outside::floor(context).into_iter().collect(),
        Statement::Contains(counts) => vec![frame::stated(context.ruleset, counts, context.language)],
        Statement::Aggregation(aggregation) => vec![self::aggregation(context, aggregation.value)],
        Statement::Tracks(tracks) => vec![self::tracks(context, tracks)],
        Statement::Rounding(rule) => vec![rounding(context, rule)],
        Statement::Display(digits) => {
            vec![format!("{}: {}", context.pick("hiển thị", "display"), self::digits(context, digits.value))]
        }
        Statement::Ranking(rule) => vec![ranking(context, rule)],
        other => vec![write_statement(other, "", context.language)],
    }
}

fn aggregation(context: &Context<'_>, aggregation: Aggregation) -> String {
    let how = match aggregation {
        Aggregation::Sum => context.pick("cộng điểm các mục", "the points of the parts add up"),
        Aggregation::WeightedMean => {
            context.pick("trung bình các mục theo trọng số", "the mean of the parts by their weights")
        }
        Aggregation::Weakest => context.pick("lấy mục thấp nhất", "the weakest part counts"),
    };
    format!("{}: {how}", context.pick("cách tổng hợp", "aggregation"))
}

fn tracks(context: &Context<'_>, tracks: &[Spanned<Track>]) -> String {
    let steps: Vec<&str> = tracks.iter().map(|track| explanation::track_name(context, track.value)).collect();
    format!("{}: {}", context.pick("các bước chấm", "steps of scoring"), steps.join("; "))
}

fn digits(context: &Context<'_>, digits: u32) -> String {
    let unit = if digits == 1 { "digit" } else { "digits" };
    context.pick(format!("{digits} chữ số thập phân"), format!("{digits} {unit} after the mark"))
}

fn rounding(context: &Context<'_>, rule: &RoundingRule) -> String {
    let word = context.pick("làm tròn", "rounding");
    let Some(level) = &rule.level else {
        return format!("{word}: {}", context.pick("không", "none"));
    };
    let areas = context.ruleset.heads.iter().any(|head| head.level == Level::Area);
    let what = match level.value {
        RoundedLevel::EachLeaf => context.pick(
            "từng tiêu chí (có thành phần thì từng thành phần)",
            "each criterion (or each of its parts, where it has parts)",
        ),
        RoundedLevel::Area if areas => context.pick("từng lĩnh vực", "each area"),
        RoundedLevel::Area => context
            .pick("từng tiêu chí cấp trên cùng (bộ không có lĩnh vực)", "each top criterion (there are no areas)"),
        RoundedLevel::Index => context.pick("chỉ số", "the index"),
    };
    let digits = digits(context, rule.digits.value);
    context.pick(
        format!("{word}: {what}, đến {digits}, từ nửa trở lên thì làm tròn lên"),
        format!("{word}: {what}, to {digits}, a half goes up"),
    )
}

/// The points that something goes by.
pub(super) fn basis(context: &Context<'_>, basis: GradeBasis) -> &'static str {
    match basis {
        GradeBasis::Exact => context.pick("theo điểm chưa làm tròn", "on exact points"),
        GradeBasis::Rounded => context.pick("theo điểm đã làm tròn", "on rounded points"),
    }
}

fn ranking(context: &Context<'_>, rule: &Ranking) -> String {
    let ties = match &rule.ties {
        Ties::SharedSkip => context
            .pick(
                "bằng điểm thì đồng hạng, bỏ hạng sau (1, 2, 2, 4)",
                "equal points share a place, the next one is skipped (1, 2, 2, 4)",
            )
            .to_owned(),
        Ties::SharedDense => context
            .pick(
                "bằng điểm thì đồng hạng, không bỏ hạng (1, 2, 2, 3)",
                "equal points share a place, none is skipped (1, 2, 2, 3)",
            )
            .to_owned(),
        Ties::Broken(preferred) if preferred.is_empty() => {
            context.pick("không đồng hạng", "no place is shared").to_owned()
        }
        Ties::Broken(preferred) => {
            let heads = preferred.iter().map(|head| format!("{} {}", level_name(context, head.level), head.code.value));
            let heads: Vec<String> = heads.collect();
            context.pick(
                format!("không đồng hạng, bằng điểm thì ưu tiên điểm cao hơn ở {}", heads.join(", rồi ")),
                format!("no place is shared, equal points are told apart by {}", heads.join(", then ")),
            )
        }
    };
    let word = context.pick("xếp hạng", "ranking");
    match &rule.basis {
        Some(on) => format!("{word}: {}; {ties}", basis(context, on.value)),
        None => format!("{word}: {ties}"),
    }
}

/// What follows at a leaf when figures or evidence are missing, where that is not what the header says.
pub(super) fn missing(context: &Context<'_>, head: &Head, leaf: &Leaf) -> Vec<String> {
    let of_set = |is: fn(&Statement) -> Option<&Consequence>| context.ruleset.header.iter().find_map(is);
    let figures = of_set(|statement| match statement {
        Statement::FiguresMissing(said) => Some(said),
        _ => None,
    });
    let evidence = of_set(|statement| match statement {
        Statement::EvidenceMissing(said) => Some(said),
        _ => None,
    });
    let own_figures = own(&leaf.figures_missing, figures).map(Statement::FiguresMissing);
    let own_evidence = own(&leaf.evidence_missing, evidence).filter(|_| !head.evidence.is_empty());
    let lines = own_figures.into_iter().chain(own_evidence.map(Statement::EvidenceMissing));
    lines.map(|statement| write_statement(&statement, "", context.language)).collect()
}

/// A consequence that differs from the header's.
fn own(rule: &WhenMissing, of_set: Option<&Consequence>) -> Option<Consequence> {
    let number = |points: &crate::number::Points| Number {
        value: points.ratio().clone(),
        unit: Unit::Points,
        span: Span::default(),
    };
    let says = rule.unscored || rule.explain || rule.points.is_some();
    let same = of_set.is_some_and(|said| {
        said.unscored == rule.unscored
            && said.explain == rule.explain
            && said.points.as_ref().map(|points| &points.value)
                == rule.points.as_ref().map(crate::number::Points::ratio)
    });
    (says && !same).then(|| Consequence {
        points: rule.points.as_ref().map(number),
        unscored: rule.unscored,
        explain: rule.explain,
        span: rule.line,
    })
}
