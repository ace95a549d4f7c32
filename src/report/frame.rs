//! The scale and the counts that a decision is said to state, all that a frame knows in place of criteria; and what any
//! set says of a year without a survey.

use super::words::Context;
use crate::diagnostic::Language;
use crate::language::tree::{Count, CountedFor, Level};
use crate::ruleset::{Head, NotKnown, Ruleset};

/// The scale and its shares; what the sources of a frame name without points is said to be not known.
pub(super) fn scale(context: &Context<'_>, if_held: bool) -> String {
    let ruleset = context.ruleset;
    let points = |points: &crate::number::Points| points.exact(context.language.decimal_mark());
    let mut scale = format!("{}: {}", context.pick("thang điểm", "scale"), points(&ruleset.scale));
    let shares = [
        (&ruleset.appraised, NotKnown::Appraised, context.pick("thẩm định", "appraised")),
        (&ruleset.survey, NotKnown::Survey, context.pick("điều tra", "survey")),
    ];
    for (share, not_known, name) in shares {
        if let Some(share) = share {
            scale.push_str(&format!("; {name} {}", points(share)));
        } else if ruleset.not_known.contains(&not_known) {
            scale.push_str(&format!("; {name} {}", context.pick("chưa rõ mấy điểm", "points not known")));
        }
    }
    if if_held {
        scale.push_str(context.pick(", nếu có", ", if held"));
    }
    scale
}

/// The scale, with those shares whose points both of two sets say.
pub(super) fn known_scale(context: &Context<'_>, sets: [&Ruleset; 2]) -> String {
    let own = context.ruleset;
    let points = |points: &crate::number::Points| points.exact(context.language.decimal_mark());
    let mut scale = format!("{}: {}", context.pick("thang điểm", "scale"), points(&own.scale));
    if let Some(share) = own.appraised.as_ref().filter(|_| sets.iter().all(|set| set.appraised.is_some())) {
        scale.push_str(&format!("; {} {}", context.pick("thẩm định", "appraised"), points(share)));
    }
    if let Some(share) = own.survey.as_ref().filter(|_| sets.iter().all(|set| set.survey.is_some())) {
        scale.push_str(&format!("; {} {}", context.pick("điều tra", "survey"), points(share)));
    }
    scale
}

/// What follows in a year without a survey.
pub(super) fn no_survey(context: &Context<'_>) -> Option<String> {
    let rule = context.ruleset.no_survey.as_ref()?;
    let follows = match &rule.rebase {
        Some(scale) => {
            let scale = scale.exact(context.language.decimal_mark());
            context.pick(format!("quy về thang {scale} điểm"), format!("rebased to a scale of {scale} points"))
        }
        None => context.pick("các mục điều tra chưa chấm", "its leaves stay unscored").to_owned(),
    };
    Some(format!("{}: {follows}", context.pick("năm không tổ chức điều tra", "a year without a survey")))
}

/// The counts stated under a head.
pub(super) fn under(context: &Context<'_>, head: &Head) -> Option<String> {
    (!head.counts.is_empty()).then(|| stated(context.ruleset, &head.counts, context.language))
}

/// What a decision is said to contain: `gồm: 9 lĩnh vực; 38 tiêu chí chung`, in the set's own names of its levels.
pub fn stated(ruleset: &Ruleset, counts: &[Count], language: Language) -> String {
    let one = |count: &Count| {
        let other = count
            .other
            .as_ref()
            .map(|other| format!(", {} {}", language.pick("nguồn khác", "another source"), other.value));
        format!("{}{}", counted(ruleset, count, language), other.unwrap_or_default())
    };
    let all: Vec<String> = counts.iter().map(one).collect();
    format!("{}: {}", language.pick("gồm", "contains"), all.join("; "))
}

/// One count of it: `38 tiêu chí chung`.
pub fn counted(ruleset: &Ruleset, count: &Count, language: Language) -> String {
    let number = count.count.value;
    let level = ruleset.round.level(count.level).map_or_else(|| usual(count.level, number, language), lower);
    let scope = match count.only {
        None => "",
        Some(CountedFor::EveryBlock) => language.pick(" chung", " for all"),
        Some(CountedFor::SomeBlocks) => language.pick(" riêng", " for some"),
    };
    format!("{number} {level}{scope}")
}

fn usual(level: Level, number: usize, language: Language) -> String {
    let (vietnamese, one, many) = match level {
        Level::Area => ("lĩnh vực", "area", "areas"),
        Level::Criterion => ("tiêu chí", "criterion", "criteria"),
        Level::SubCriterion | Level::Bonus | Level::Penalty => ("thành phần", "sub-criterion", "sub-criteria"),
    };
    language.pick(vietnamese, if number == 1 { one } else { many }).to_owned()
}

/// A level's name within a sentence.
pub fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
