//! Grades in words: the cuts, the ceilings, and which of them decided.

use super::round::level_name;
use super::scorecard::percent;
use super::words::Context;
use crate::engine::{Grading, Index, graded};
use crate::language::tree::GradeFrom;
use crate::number::Ratio;
use crate::ruleset::Ceiling;

/// `xếp loại B`, and why it is not better, or why there is none yet; nothing where nothing is to say.
pub(super) fn grade(context: &Context<'_>, index: &Index) -> Option<String> {
    let grading = &index.grading;
    if grading.awaits_mean {
        let mut cuts = context.ruleset.grades.iter().filter(|grade| grade.from == GradeFrom::Mean);
        let name = cuts.next().map_or("", |grade| grade.name.value.as_str());
        return Some(context.pick(
            format!("chưa xếp loại: loại {name} lấy từ trung bình chung của cả đợt, chỉ biết khi xếp hạng"),
            format!("no grade: grade {name} starts at the overall mean of the round, known only in a ranking"),
        ));
    }
    if let Some(name) = &grading.awaits_places {
        let fall = context.ruleset.grade_fall.unwrap_or_default();
        return Some(with(taken_at(context, index), context.pick(
            format!("chưa xếp loại: theo điểm là {name}, tụt từ {fall} bậc thì hạ một mức; chỉ biết khi xếp hạng cùng kết quả năm trước"),
            format!("no grade yet: {name} by its points, one lower if it is {fall} places down; known only in a ranking with last year's results"),
        )));
    }
    if grading.ungraded {
        let told = context.pick("không xếp loại: dưới mức thấp nhất", "no grade: below the lowest cut");
        return Some(with(taken_at(context, index), told.to_owned()));
    }
    let name = grading.name.as_ref()?;
    Some(with(held(context, index), format!("{} {name}", context.pick("xếp loại", "grade"))))
}

/// Words, and why it is so.
fn with(why: Option<String>, told: String) -> String {
    match why {
        Some(why) => format!("{told} ({why})"),
        None => told,
    }
}

/// Which ceilings held a grade down, and whatever else it is not what the number shown would say.
pub(super) fn held(context: &Context<'_>, index: &Index) -> Option<String> {
    let grading = &index.grading;
    let parts = [taken_at(context, index), ceiling(context, grading), fell(context, grading)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The share that the grade is taken at, where the digits shown stand on the other side of a cut.
fn taken_at(context: &Context<'_>, index: &Index) -> Option<String> {
    let grading = &index.grading;
    if grading.name.is_none() && !grading.ungraded && grading.awaits_places.is_none() {
        return None;
    }
    let ruleset = context.ruleset;
    let (taken, digits) = (graded(ruleset, index), ruleset.display.saturating_add(2));
    let taken = taken.as_ref();
    let shown = index.rounded_share.round(digits);
    let reached = |share: &Ratio, grade: &GradeFrom| match grade {
        GradeFrom::Share(from) => *share >= from.value,
        GradeFrom::Above(from) => *share > from.value,
        GradeFrom::Mean | GradeFrom::Otherwise => false,
    };
    let parted = ruleset.grades.iter().any(|grade| reached(taken, &grade.from) != reached(&shown, &grade.from));
    // Where the mean of the others is, the sheet does not say: it may lie between the two.
    let by_mean = ruleset.grades.iter().any(|grade| grade.from == GradeFrom::Mean);
    let parted = parted || (by_mean && ruleset.graded_before_outside && taken.round(digits) != shown);
    parted.then(|| {
        let mark = context.language.decimal_mark();
        // A share that no decimal is: as many digits as part it from what is shown.
        let apart = (digits..=digits.saturating_add(FURTHER)).find(|&digits| taken.round(digits) != shown);
        let exact = match (taken.percent(mark), apart) {
            (near, Some(digits)) if near.starts_with('≈') => {
                format!("≈ {}%", (taken * &Ratio::from(100)).fixed(digits.saturating_sub(2), mark))
            }
            (exact, _) => exact,
        };
        let shown = percent(context, &index.rounded_share);
        if ruleset.graded_before_outside && index.outside.is_some() {
            return context.pick(
                format!("lấy theo {exact} trước thưởng, phạt; chỉ số là {shown}"),
                format!("taken at {exact} before bonus and penalty; the index is {shown}"),
            );
        }
        context.pick(format!("lấy theo {exact}, hiển thị là {shown}"), format!("taken at {exact}, shown as {shown}"))
    })
}

/// So many digits more are looked at; sums of points do not lie nearer to a cut than that without reaching it.
const FURTHER: u32 = 12;

fn fell(context: &Context<'_>, grading: &Grading) -> Option<String> {
    let fell = grading.fell.as_ref()?;
    let (before, now, without, by) = (fell.before, fell.now, &fell.without, fell.now.saturating_sub(fell.before));
    Some(context.pick(
        format!("trước đó là {without}, hạ một mức vì tụt {by} bậc, từ hạng {before} xuống {now}"),
        format!("else {without}, one lower since it is {by} places down, from {before} to {now}"),
    ))
}

fn ceiling(context: &Context<'_>, grading: &Grading) -> Option<String> {
    let held = grading.held.as_ref()?;
    let ceilings = std::iter::once((held.ceiling, &held.share)).chain(held.also.iter().map(|(at, share)| (*at, share)));
    let because: Vec<String> = ceilings
        .filter_map(|(at, share)| {
            let ceiling = context.ruleset.ceilings.get(at)?;
            let (head, share) = (head(context, ceiling), percent(context, share));
            let below = ceiling.below.percent(context.language.decimal_mark());
            Some(
                context.pick(format!("{head} đạt {share}, dưới {below}"), format!("{head} has {share}, below {below}")),
            )
        })
        .collect();
    let (without, because) = (&held.without, because.join(context.pick(", và ", ", and ")));
    Some(context.pick(
        format!("đủ điểm loại {without}, bị hạ vì {because}"),
        format!("points for {without}, held down since {because}"),
    ))
}

fn head(context: &Context<'_>, ceiling: &Ceiling) -> String {
    let head = context.head(ceiling.head);
    head.map_or_else(String::new, |head| format!("{} {}", level_name(context, head.level), head.code))
}

/// The lines about grades, as the appendix prints them.
pub(super) fn lines(context: &Context<'_>) -> Vec<String> {
    let ruleset = context.ruleset;
    let mark = context.language.decimal_mark();
    let mut cuts: Vec<String> = ruleset
        .grades
        .iter()
        .map(|grade| {
            let name = &grade.name.value;
            match &grade.from {
                GradeFrom::Share(from) => {
                    format!("{name} {} {}", context.pick("từ", "from"), from.value.percent(mark))
                }
                GradeFrom::Above(from) => {
                    format!("{name} {} {}", context.pick("trên", "above"), from.value.percent(mark))
                }
                GradeFrom::Mean => format!("{name} {}", context.pick("từ trung bình chung", "from the overall mean")),
                GradeFrom::Otherwise => format!("{name} {}", context.pick("còn lại", "otherwise")),
            }
        })
        .collect();
    if ruleset.leaves_ungraded() {
        cuts.push(context.pick("còn lại không xếp loại", "otherwise no grade").to_owned());
    }
    let mut lines = Vec::new();
    if !cuts.is_empty() {
        let mut basis = super::general::basis(context, ruleset.grade_basis).to_owned();
        if ruleset.graded_before_outside {
            basis.push_str(context.pick(", trước thưởng phạt", ", before bonus and penalty"));
        }
        lines.push(format!("{} {basis}: {}", context.pick("xếp loại", "grades"), cuts.join("; ")));
    }
    if let Some(fall) = ruleset.grade_fall {
        lines.push(context.pick(
            format!("xếp loại: hạ một mức khi tụt từ {fall} bậc trở lên so với năm trước"),
            format!("grades: one lower when {fall} places or more down from the year before"),
        ));
    }
    for ceiling in &ruleset.ceilings {
        let grade = ruleset.grades.get(ceiling.at_most).map_or("", |grade| grade.name.value.as_str());
        let (head, below) = (head(context, ceiling), ceiling.below.percent(mark));
        lines.push(context.pick(
            format!("xếp loại: không quá {grade} khi {head} dưới {below}"),
            format!("grades: at most {grade} when {head} below {below}"),
        ));
    }
    lines
}
