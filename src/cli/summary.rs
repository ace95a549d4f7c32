//! What `check` says of a sound set: its figures on a few lines.

use std::collections::BTreeMap;

use crate::diagnostic::Language;
use crate::language::tree::{Aggregation, Level};
use crate::number::{Points, Ratio};
use crate::report;
use crate::ruleset::{Beside, Form, Head, NotKnown, OfBlock, Ruleset, Standing, Summary, Way};

/// Letters of a fingerprint that are enough to tell sets apart by eye.
const SHORT: usize = 12;

/// The summary of a set.
pub(super) fn text(ruleset: &Ruleset, language: Language) -> String {
    let summary = Summary::of(ruleset);
    let mark = language.decimal_mark();
    let mut text = format!("{}  {}\n", ruleset.name(), ruleset.title);
    let mut line = |parts: Vec<String>| {
        if !parts.is_empty() {
            text.push_str(&format!("  {}\n", parts.join(" · ")));
        }
    };
    let mut scale = vec![language.pick(
        format!("thang {} điểm", ruleset.scale.exact(mark)),
        format!("scale {} points", ruleset.scale.exact(mark)),
    )];
    let open = |part| ruleset.not_known.contains(&part);
    let shares = [
        (&ruleset.appraised, NotKnown::Appraised, language.pick("thẩm định", "appraised")),
        (&ruleset.survey, NotKnown::Survey, language.pick("điều tra", "survey")),
    ];
    for (points, not_known, name) in shares {
        scale.extend(points.as_ref().map(|points| format!("{name} {}", points.exact(mark))));
        scale.extend(open(not_known).then(|| format!("{name} {}", language.pick("chưa rõ", "not known"))));
    }
    for (not_known, name) in [
        (NotKnown::Bonus, language.pick("điểm thưởng", "bonus")),
        (NotKnown::Penalty, language.pick("điểm phạt", "penalty")),
    ] {
        scale.extend(open(not_known).then(|| format!("{name} {}", language.pick("chưa rõ", "not known"))));
    }
    // Told of every set: a reader cannot see what is not printed.
    if ruleset.survey.is_none()
        && !open(NotKnown::Survey)
        && summary.survey.as_ref().is_some_and(|survey| !survey.is_positive())
    {
        scale.push(language.pick("không nêu phần điều tra", "no survey share stated").to_owned());
    }
    scale.extend(transcribed(ruleset, &summary, language));
    scale.extend(summary.levels.iter().map(|(level, count)| match ruleset.round.level(*level) {
        Some(name) => format!("{count} {}", report::lower(name)),
        None => format!("{count} {}", level_name(*level, *count, language)),
    }));
    scale.push(format!("{} {}", summary.leaves, language.pick("mục chấm", plural(summary.leaves, "leaf", "leaves"))));
    line(scale);
    for parts in parts(ruleset, &summary, language) {
        line(vec![parts]);
    }
    if ruleset.frame.is_some() && !ruleset.counts.is_empty() {
        let stated = report::stated_counts(ruleset, &ruleset.counts, language);
        line(vec![format!("{}, {stated}", language.pick("theo nguồn", "by its sources"))]);
    }
    let mut ways: Vec<String> =
        summary.ways.iter().map(|(way, count)| format!("{} {count}", way_name(*way, language))).collect();
    // That there is none of what nobody but a programmer reads is worth a word.
    let read_by_few = |way: &Way| matches!(way, Way::Form(Form::Formula | Form::Script) | Way::Script);
    if summary.leaves > 0 && !summary.ways.iter().any(|(way, _)| read_by_few(way)) {
        ways.push(language.pick("không công thức, kịch bản", "no formulas, no scripts").to_owned());
    }
    ways.extend(surveyed(&summary, language));
    line(ways);
    let origins = summary.origins.iter();
    let mut sources: Vec<String> = origins
        .map(|(origin, part)| format!("{} {}", standing_name(*origin, language), share(part, language)))
        .collect();
    if let (false, Some(first)) = (summary.besides.is_empty(), sources.first_mut()) {
        first.insert_str(0, language.pick("mục chấm: ", "leaves: "));
    }
    if ruleset.frame.is_some() {
        sources.push(language.pick("khung, chưa chấm được", "a frame, not to be scored").to_owned());
    }
    line(sources);
    for told in besides(ruleset, &summary.besides, language) {
        line(vec![told]);
    }
    let mut above: Vec<String> = Vec::new();
    if let Some(extends) = &ruleset.extends {
        let changes = ruleset.changes.len();
        above.push(format!("{} {}", language.pick("kế thừa", "extends"), extends.name()));
        above.push(
            language
                .pick(format!("{changes} điều khác"), format!("{changes} {}", plural(changes, "change", "changes"))),
        );
    }
    line(above);
    let fingerprint: String = ruleset.fingerprint.chars().take(SHORT).collect();
    let mut tried = vec![examples(&summary, language)];
    let tests = ruleset.tests.len();
    if tests > 0 {
        tried.push(format!("{tests} {}", language.pick("kiểm thử", plural(tests, "test", "tests"))));
    }
    tried.push(format!("{} {fingerprint}", language.pick("dấu vân tay", "fingerprint")));
    line(tried);
    text
}

/// Points that were transcribed where they are not the scale's, and scales of single blocks.
fn transcribed(ruleset: &Ruleset, summary: &Summary, language: Language) -> Vec<String> {
    let mark = language.decimal_mark();
    if summary.blocks.is_empty() {
        // A frame may know no points at all: then nothing was left out.
        let nothing_known = ruleset.frame.is_some() && summary.points.is_zero();
        if summary.points == ruleset.scale || nothing_known {
            return Vec::new();
        }
        let points = summary.points.exact(mark);
        let said = language.pick(format!("đã chép {points} điểm"), format!("{points} points transcribed"));
        // Heads may be known by their points alone.
        let leaves = summary.leaf_points.as_ref().filter(|leaves| **leaves < summary.points);
        return vec![match leaves.map(|leaves| leaves.exact(mark)) {
            Some(leaves) => format!("{said}, {} {leaves}", language.pick("mục chấm", "leaves")),
            None => said,
        }];
    }
    let of = |block: &OfBlock| {
        let name = &block.name;
        let (scale, points) = (block.scale.exact(mark), block.points.exact(mark));
        if block.points != block.scale {
            let said = format!("khối {name}: thang {scale}, đã chép {points} điểm");
            return Some(language.pick(said, format!("block {name}: scale {scale}, {points} points transcribed")));
        }
        let own = block.scale != ruleset.scale;
        own.then(|| language.pick(format!("khối {name} {scale}"), format!("block {name} {scale}")))
    };
    summary.blocks.iter().filter_map(of).collect()
}

/// The share of the index that surveys make; where it depends on the block, of each.
fn surveyed(summary: &Summary, language: Language) -> Option<String> {
    let survey = language.pick("điều tra", "survey");
    let of_index = language.pick("chỉ số", "of the index");
    let Some(survey_share) = &summary.survey else {
        let each = summary.blocks.iter().map(|block| {
            format!("{} ({} {})", share(&block.survey, language), language.pick("khối", "block"), block.name)
        });
        return Some(format!("{survey} {} {of_index}", each.collect::<Vec<_>>().join(", ")));
    };
    let percent = survey_share.is_positive().then(|| share(survey_share, language))?;
    Some(format!("{survey} {percent} {of_index}"))
}

/// What the top heads make at most, and together; of each block, where its heads are others or make something else. Nothing
/// where that is not known of each, or they are weighed.
fn parts(ruleset: &Ruleset, summary: &Summary, language: Language) -> Vec<String> {
    let whole: Vec<&Head> = tops(ruleset);
    let unknown = whole.iter().any(|head| head.maximum.is_zero());
    if whole.len() < 2 || ruleset.aggregation != Aggregation::Sum || unknown {
        return Vec::new();
    }
    let sum = |heads: &[&Head]| {
        let mark = language.decimal_mark();
        let each: Vec<String> =
            heads.iter().map(|head| format!("{} ({})", head.maximum.exact(mark), head.code)).collect();
        let total: Points = heads.iter().map(|head| head.maximum.clone()).sum();
        let total = if heads.len() > 1 { format!(" = {}", total.exact(mark)) } else { String::new() };
        format!("{} {}{total}", language.pick("tối đa", "at most"), each.join(" + "))
    };
    let lines: Vec<(&str, String)> = summary
        .blocks
        .iter()
        .map(|block| (block.name.as_str(), sum(&tops(ruleset.of_block(Some(&block.name))))))
        .collect();
    match lines.first() {
        Some((_, first)) if lines.iter().any(|(_, line)| line != first) => {
            let named = |(name, line)| format!("{} {name}: {line}", language.pick("khối", "block"));
            lines.into_iter().map(named).collect()
        }
        Some((_, same)) => vec![same.clone()],
        None => vec![sum(&whole)],
    }
}

/// The top heads in the table of the block that the set is read for.
fn tops(ruleset: &Ruleset) -> Vec<&Head> {
    let tops = ruleset.roots.iter().filter_map(|&id| ruleset.head(id));
    tops.filter(|head| !head.level.is_outside() && !head.left_out()).collect()
}

/// What stands less firmly than the leaves' shares tell: the header in the words of the set, heads by their codes.
fn besides(ruleset: &Ruleset, besides: &[Beside], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let mut heads: BTreeMap<Standing, Vec<String>> = BTreeMap::new();
    for beside in besides {
        let notes: Vec<String> = beside.notes.iter().map(|note| format!("\"{note}\"")).collect();
        if let Some(count) = &beside.count {
            let of = beside.code.as_ref().map(|code| format!("`{code}` ")).unwrap_or_default();
            let counted = crate::report::counted(ruleset, count, language);
            let word = language.pick("gồm", "contains");
            let standing = standing_name(beside.standing, language);
            lines.push(format!("{of}{word} {counted}: {standing}, {}", notes.join("; ")));
            continue;
        }
        if let Some(code) = &beside.code {
            heads.entry(beside.standing).or_default().push(format!("`{code}`"));
            continue;
        }
        let place = language.pick("ngoài mục chấm", "besides the leaves");
        lines.push(format!("{place}: {}, {}", standing_name(beside.standing, language), notes.join("; ")));
    }
    lines.extend(
        heads.iter().map(|(standing, codes)| format!("{}: {}", codes.join(", "), standing_name(*standing, language))),
    );
    lines
}

/// How much the set is tried by its examples. Entered points have no rule, so nothing to give an example of.
fn examples(summary: &Summary, language: Language) -> String {
    if summary.leaves == 0 {
        return language.pick("không có mục chấm nên không có ví dụ", "no leaves, so no examples").to_owned();
    }
    let entered = summary.leaves.saturating_sub(summary.ruled);
    if summary.ruled == 0 {
        return language
            .pick("điểm nhập: không có quy tắc để nêu ví dụ", "entered points: no rule to give an example of")
            .to_owned();
    }
    let count = summary.examples;
    let mean = Ratio::from(count).checked_div(&Ratio::from(summary.ruled)).unwrap_or(Ratio::ZERO);
    let (mean, fewest) = (mean.fixed(1, language.decimal_mark()), summary.fewest_examples);
    let text = language.pick(
        format!("{count} ví dụ, {mean} mỗi mục chấm, ít nhất {fewest}"),
        format!("{count} {}, {mean} a leaf, at least {fewest}", plural(count, "example", "examples")),
    );
    match entered {
        0 => text,
        _ => format!(
            "{text}{}",
            language.pick(format!(" (không kể {entered} mục điểm nhập)"), format!(" ({entered} entered ones aside)"))
        ),
    }
}

fn share(part: &Ratio, language: Language) -> String {
    let percent = (part * &Ratio::from(100)).round(1);
    format!("{}%", percent.exact(language.decimal_mark()))
}

fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn level_name(level: Level, count: usize, language: Language) -> &'static str {
    match level {
        Level::Area => language.pick("lĩnh vực", plural(count, "area", "areas")),
        Level::Criterion => language.pick("tiêu chí", plural(count, "criterion", "criteria")),
        Level::SubCriterion => language.pick("thành phần", plural(count, "sub-criterion", "sub-criteria")),
        Level::Bonus => language.pick("khoản thưởng", plural(count, "bonus", "bonuses")),
        Level::Penalty => language.pick("khoản phạt", plural(count, "penalty", "penalties")),
    }
}

fn way_name(way: Way, language: Language) -> &'static str {
    match way {
        Way::Form(Form::Condition) => language.pick("điều kiện", "conditions"),
        Way::Form(Form::Rate) => language.pick("tỷ lệ", "rates"),
        Way::Form(Form::Count) => language.pick("số lượng", "counts"),
        Way::Form(Form::Amount) => language.pick("số tiền", "amounts"),
        Way::Form(Form::Growth) => language.pick("mức tăng", "growth"),
        Way::Form(Form::Decrease) => language.pick("mức giảm", "decrease"),
        Way::Form(Form::Difference) => language.pick("chênh lệch", "differences"),
        Way::Form(Form::Index) => language.pick("chỉ số khác", "other indices"),
        Way::Form(Form::Rank) => language.pick("thứ hạng", "ranks"),
        Way::Form(Form::Percentile) => language.pick("phân vị", "percentiles"),
        Way::Form(Form::Position) => language.pick("khoảng thấp nhất đến cao nhất", "lowest to highest"),
        Way::Form(Form::Checklist) => language.pick("danh mục", "checklists"),
        Way::Form(Form::Deadline) => language.pick("thời hạn", "deadlines"),
        Way::Form(Form::Survey) => language.pick("phiếu", "questionnaires"),
        Way::Form(Form::Choice) => language.pick("lựa chọn", "choices"),
        Way::Form(Form::PerCase) => language.pick("từng trường hợp", "per case"),
        Way::Form(Form::Formula) => language.pick("công thức", "formulas"),
        Way::Form(Form::Script) | Way::Script => language.pick("kịch bản", "scripts"),
        Way::Entered => language.pick("điểm nhập", "entered"),
    }
}

fn standing_name(origin: Standing, language: Language) -> &'static str {
    match origin {
        Standing::Official => language.pick("chính thức", "official"),
        Standing::Amended => language.pick("sửa đổi", "amended"),
        Standing::Reconstructed => language.pick("dựng lại", "reconstructed"),
        Standing::Illustrative => language.pick("minh họa", "illustrative"),
        Standing::Unstated => language.pick("không nói nguồn", "no source stated"),
    }
}
