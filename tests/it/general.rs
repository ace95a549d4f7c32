//! The general rules above the appendix: every line of a header is there, in both languages.

use tieuchi::diagnostic::{Language, SourceMap};
use tieuchi::language::{Keyword, Place};
use tieuchi::report::{self, Context};
use tieuchi::ruleset;

/// The header that every line below is tried in; a line with the same first word is taken out for it.
const HEADER: [&str; 15] = [
    "năm: 2022",
    "căn cứ: \"1/QĐ\", ngày 10/11/2022",
    "nguồn: minh họa, \"bộ thử\"",
    "thang điểm: 10 điểm; thẩm định 7 điểm; điều tra 3 điểm",
    "thiếu số liệu: chưa chấm",
    "làm tròn: chỉ số, 2 chữ số, nửa lên",
    "xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn",
    "xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại",
    "điểm thưởng: không quá 2 điểm",
    "điểm phạt: không quá 2 điểm",
    "tuần làm việc: thứ hai đến hết thứ sáu",
    "ngày nghỉ: không",
    "hiển thị: 2 chữ số",
    "khối sở \"Các sở\"",
    "tham số mức \"Chỉ tiêu\": 80%",
];

const BODY: &str = r#"
lĩnh vực 1 "Một": 10 điểm
tiêu chí 1.1 "Một": 7 điểm
  minh chứng: "Báo cáo"
  thiếu minh chứng: 0 điểm, phải giải trình
  chấm theo điểm nhập, do "Sở Nội vụ"
tiêu chí 1.2 "Hai": 3 điểm, điều tra
  chấm theo điểm nhập, do "Sở Nội vụ"

điểm thưởng 2 "Thưởng": 2 điểm
  chấm theo điểm nhập, do "Sở Nội vụ"

điểm phạt 3 "Phạt": 2 điểm
  chấm theo điểm nhập, do "Sở Nội vụ"
"#;

/// Each first word of a header, a line that it opens, and what the appendix says of it in Vietnamese and in English.
#[rustfmt::skip]
const LINES: &[(Keyword, &str, &str, &str)] = &[
    (Keyword::Year, "năm: 2022", "Bộ thử, 2022", "Bộ thử, 2022"),
    (Keyword::Edition, "lần ban hành: 2", "Bộ thử, 2022-2", "Bộ thử, 2022-2"),
    (Keyword::Authority, "căn cứ: \"7/QĐ\", ngày 10/11/2022", "căn cứ: 7/QĐ, 10/11/2022", "authority: 7/QĐ, 10/11/2022"),
    (Keyword::Source, "nguồn: chính thức, \"Phụ lục I\"", "nguồn: chính thức, \"Phụ lục I\"", "source: official, \"Phụ lục I\""),
    (Keyword::Source, "nguồn: sửa đổi bởi \"8/QĐ\", \"Điều 2\"", "nguồn: sửa đổi bởi \"8/QĐ\"", "source: amended by \"8/QĐ\""),
    (Keyword::Source, "nguồn: minh họa, \"đặt ra\"", "MINH HỌA, bộ tiêu chí hư cấu: đặt ra", "ILLUSTRATIVE, an invented set: đặt ra"),
    (Keyword::Extract, "trích: \"Bỏ lĩnh vực 2\"", "TRÍCH: Bỏ lĩnh vực 2", "EXTRACT: Bỏ lĩnh vực 2"),
    (Keyword::Frame, "khung: \"Chưa có phụ lục\"", "KHUNG, chưa chấm điểm được: Chưa có phụ lục", "FRAME, not to be scored: Chưa có phụ lục"),
    (Keyword::AppliesTo, "đối tượng: tỉnh", "  đối tượng: tỉnh", "  applies to: tỉnh"),
    (Keyword::LevelNames, "tên gọi: lĩnh vực \"Nội dung\"", "Nội dung 1", "Nội dung 1"),
    (Keyword::Period, "kỳ đánh giá: từ 01/01/2022 đến hết 31/12/2022", "kỳ đánh giá: từ 01/01/2022", "period: from 01/01/2022"),
    (Keyword::SubmitBy, "hạn nộp: 17:00 ngày 20/10/2022", "hạn nộp: 17:00 ngày 20/10/2022", "submit by: 17:00 on 20/10/2022"),
    (Keyword::WorkingWeek, "tuần làm việc: thứ hai đến hết thứ sáu", "  tuần làm việc: thứ hai đến hết thứ sáu", "  working week: monday through friday"),
    (Keyword::DaysOff, "ngày nghỉ: 02/09/2022", "  ngày nghỉ: 02/09/2022", "  days off: 02/09/2022"),
    (Keyword::MadeUp, "làm bù: 05/02/2022", "  làm bù: 05/02/2022", "  made up on: 05/02/2022"),
    (Keyword::RefersTo, "dẫn chiếu: \"Luật X\", áp dụng văn bản sửa đổi", "dẫn chiếu: Luật X, và các văn bản sửa đổi", "refers to: Luật X, with what amends"),
    (Keyword::Guidance, "hướng dẫn: \"9/CV\", ngày 28/01/2022", "hướng dẫn: 9/CV, 28/01/2022", "guidance: 9/CV, 28/01/2022"),
    (Keyword::Parameter, "tham số mức \"Chỉ tiêu\": 85%", "tham số: mức = 85% (Chỉ tiêu)", "parameter: mức = 85% (Chỉ tiêu)"),
    (Keyword::SharedFigure, "số liệu chung dân_số \"Dân số\": số đếm", "số liệu chung: dân_số = Dân số", "shared data: dân_số = Dân số"),
    (Keyword::Scale, "thang điểm: 10 điểm; thẩm định 7 điểm; điều tra 3 điểm", "  thang điểm: 10; thẩm định 7; điều tra 3\n", "  scale: 10; appraised 7; survey 3\n"),
    (Keyword::Contains, "gồm: 1 lĩnh vực; 2 tiêu chí, nguồn khác 3", "  gồm: 1 lĩnh vực; 2 tiêu chí, nguồn khác 3", "  contains: 1 area; 2 criteria, another source 3"),
    (Keyword::FiguresMissing, "thiếu số liệu: 0 điểm, phải giải trình", "  thiếu số liệu: 0 điểm, phải giải trình", "  figures missing: 0 points, explain"),
    (Keyword::EvidenceMissing, "thiếu minh chứng: phải giải trình", "  thiếu minh chứng: phải giải trình", "  evidence missing: explain"),
    (Keyword::Tracks, "cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2", "  các bước chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2", "  steps of scoring: self; appraisal 1; explanation; appraisal 2"),
    (Keyword::Rounding, "làm tròn: lĩnh vực, 3 chữ số, nửa lên", "  làm tròn: từng lĩnh vực, đến 3 chữ số thập phân, từ nửa trở lên", "  rounding: each area, to 3 digits after the mark, a half goes up"),
    (Keyword::Rounding, "làm tròn: không", "  làm tròn: không\n", "  rounding: none\n"),
    (Keyword::Display, "hiển thị: 1 chữ số", "  hiển thị: 1 chữ số thập phân", "  display: 1 digit after the mark"),
    (Keyword::Ranking, "xếp hạng: đồng hạng, không bỏ hạng, theo điểm đã làm tròn", "  xếp hạng: theo điểm đã làm tròn; bằng điểm thì đồng hạng, không bỏ hạng (1, 2, 2, 3)", "  ranking: on rounded points; equal points share a place, none is skipped (1, 2, 2, 3)"),
    (Keyword::Ranking, "xếp hạng: không đồng hạng, ưu tiên lĩnh vực 1; tiêu chí 1.2, theo điểm chưa làm tròn", "ưu tiên điểm cao hơn ở lĩnh vực 1, rồi tiêu chí 1.2", "told apart by area 1, then criterion 1.2"),
    (Keyword::Grades, "xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại", "  xếp loại theo điểm đã làm tròn: A từ 90%; B còn lại", "  grades on rounded points: A from 90%; B otherwise"),
    (Keyword::Bonus, "điểm thưởng: không quá 1 điểm, chỉ số không quá 100%", "  điểm thưởng: cộng không quá 1 điểm, chỉ số không quá 100%", "  bonus: adds at most 1 point, index at most 100%"),
    (Keyword::Penalty, "điểm phạt: không quá 1 điểm", "  điểm phạt: trừ không quá 1 điểm", "  penalty: takes off at most 1 point"),
    (Keyword::IndexFloor, "chỉ số: không dưới 0%", "  chỉ số: không dưới 0%", "  index: at least 0%"),
    (Keyword::Block, "khối sở \"Các sở\": xếp hạng riêng", "khối sở: Các sở (xếp hạng riêng)", "block sở: Các sở (ranked apart)"),
    (Keyword::AssessedUnit, "đơn vị \"Thanh tra\": không xếp hạng, do \"đặc thù\"", "đơn vị Thanh tra: không xếp hạng, đặc thù", "unit Thanh tra: not ranked, đặc thù"),
    (Keyword::Aggregation, "cách tổng hợp: thấp nhất", "  cách tổng hợp: lấy mục thấp nhất", "  aggregation: the weakest part counts"),
    (Keyword::Lead, "cơ quan chủ trì: \"Sở A\"", "chủ trì: Sở A", "lead: Sở A"),
    (Keyword::Appraiser, "cơ quan thẩm định: \"Sở B\"", "thẩm định: Sở B", "appraiser: Sở B"),
    (Keyword::SurveyNotHeld, "không tổ chức điều tra: quy về 10 điểm", "  năm không tổ chức điều tra: quy về thang 10 điểm", "  a year without a survey: rebased to a scale of 10 points"),
];

/// The first word of every set, and those that only a set that builds on another has: held in `inheritance`.
const OF_OTHERS: &[Keyword] = &[Keyword::Ruleset, Keyword::Extends, Keyword::Supersedes, Keyword::AmendParameter];

/// First words of lines below the header.
#[rustfmt::skip]
const BELOW: &[Keyword] = &[
    Keyword::Amend, Keyword::Repeal, Keyword::AddHead, Keyword::Renumber, Keyword::Lock, Keyword::LowerLevel,
    Keyword::Split, Keyword::Replaces, Keyword::Starts, Keyword::Area, Keyword::Criterion, Keyword::SubCriterion,
    Keyword::Floor, Keyword::Ceiling, Keyword::Under, Keyword::Template, Keyword::Evidence, Keyword::Figure,
    Keyword::List, Keyword::Column, Keyword::NoCasePer, Keyword::NoRowsLeft, Keyword::ScoreEntered,
    Keyword::ScorePerCase, Keyword::ScoreBy, Keyword::AllEqual, Keyword::When, Keyword::Otherwise, Keyword::Met,
    Keyword::MetWhen, Keyword::OnTime, Keyword::Late, Keyword::NotDone, Keyword::Option, Keyword::Each, Keyword::From,
    Keyword::Above, Keyword::Below, Keyword::Exactly, Keyword::Through, Keyword::To, Keyword::NoCase,
    Keyword::OnlyBlock, Keyword::NotBlock, Keyword::Gate, Keyword::TestBlock, Keyword::Given, Keyword::Expect,
    Keyword::Example, Keyword::Questionnaire, Keyword::Respondents, Keyword::GroupMissing, Keyword::TooFew,
    Keyword::Options, Keyword::Question,
];

/// The appendix of the set with a line of its own in its header.
fn appendix(keyword: Keyword, line: &str, language: Language) -> String {
    let opens = format!("{}:", keyword.canonical(Language::Vietnamese));
    let first = |line: &str| line.split(['"', ':']).next().unwrap_or_default().trim().to_owned();
    let kept = HEADER.iter().filter(|other| !other.starts_with(&opens) && first(other) != first(line));
    let mut header: Vec<String> = kept.map(|&line| line.to_owned()).chain([line.to_owned()]).collect();
    if keyword == Keyword::SurveyNotHeld {
        header = header.into_iter().map(|line| line.replace("điều tra 3 điểm", "điều tra 3 điểm, nếu có")).collect();
    }
    // A frame knows no rule of a leaf.
    let ruled = |line: &&str| keyword != Keyword::Frame || !line.starts_with("  chấm");
    let body: Vec<&str> = BODY.lines().filter(ruled).collect();
    let text = format!("bộ tiêu chí minh-hoa/thu \"Bộ thử\"\n  {}\n{}\n", header.join("\n  "), body.join("\n"));
    let mut sources = SourceMap::new();
    let id = sources.add("thử.tieuchi", text.clone());
    let checked = ruleset::check(id, &text);
    let told = || format!("{:?}", checked.diagnostics);
    let Some(ruleset) = checked.ruleset.as_ref() else { return told() };
    report::appendix(&Context { ruleset, sources: &sources, language }, None)
}

#[test]
fn every_line_of_a_header_stands_in_the_appendix_in_both_languages() {
    let mut lost = Vec::new();
    for &(keyword, line, vietnamese, english) in LINES {
        for (language, words) in [(Language::Vietnamese, vietnamese), (Language::English, english)] {
            let appendix = appendix(keyword, line, language);
            if !appendix.contains(words) {
                lost.push(format!("{line}: no `{words}` in\n{appendix}"));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n\n"));
}

#[test]
fn every_first_word_of_a_line_is_tried_or_stands_below_the_header() {
    for &keyword in Keyword::ALL.iter().filter(|keyword| keyword.place() == Place::Opens) {
        let tried = LINES.iter().any(|(of, ..)| *of == keyword);
        let elsewhere = BELOW.contains(&keyword) || OF_OTHERS.contains(&keyword);
        assert!(tried != elsewhere, "{keyword:?}: give a line of it in LINES, or say that it stands below the header");
    }
}

#[test]
fn a_leaf_says_what_follows_there_where_that_is_not_the_rule_of_the_set() {
    let appendix = appendix(Keyword::EvidenceMissing, "thiếu minh chứng: phải giải trình", Language::Vietnamese);
    assert_eq!(appendix.matches("thiếu minh chứng: phải giải trình").count(), 1, "{appendix}");
    assert_eq!(appendix.matches("thiếu minh chứng: 0 điểm").count(), 1, "{appendix}");
}
