//! Sets that extend others: what composing keeps, what it changes, and how both are told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceId, SourceMap, render};
use tieuchi::engine::{Context as Around, Plan};
use tieuchi::language::tree::ProvenanceKind as Kind;
use tieuchi::language::{Comments, canonical, parse, write_file};
use tieuchi::report;
use tieuchi::ruleset::{Checked, Earlier, Identity, Library, Ruleset, Standing, check, check_among};
use tieuchi::submission::{Gaps, sample};

use crate::support::{Set, all_shipped, root, shipped};

/// Several texts, each a set of one library.
pub(crate) struct Family {
    pub(crate) sources: SourceMap,
    library: Library,
    ids: BTreeMap<String, SourceId>,
}

impl Family {
    pub(crate) fn new(texts: &[&str]) -> Self {
        let mut family = Self { sources: SourceMap::new(), library: Library::new(), ids: BTreeMap::new() };
        for text in texts {
            let identity = Identity::of(&parse(SourceId(0), text).file).unwrap();
            let source = family.sources.add(identity.name(), *text);
            family.ids.insert(identity.name(), source);
            family.library.add(identity, source);
        }
        family
    }

    pub(crate) fn check(&self, name: &str) -> Checked {
        check_among(self.ids[name], &self.sources, &self.library)
    }

    pub(crate) fn sound(&self, name: &str) -> (Ruleset, String) {
        let checked = self.check(name);
        let told = render(&checked.diagnostics, &self.sources, Language::Vietnamese, Colour::Never);
        let ruleset = checked.ruleset.unwrap_or_else(|| panic!("{told}"));
        let composed = checked.composed.unwrap();
        let composed = write_file(&composed, &self.sources, Language::Vietnamese, Comments::Drop);
        crate::firmness::as_firm_alone(&ruleset, &composed);
        (ruleset, composed)
    }
}

pub(crate) const PROVINCE: &str = include_str!("../../docs/language/vi-du/minh-hoa/tinh/2022.tieuchi");

fn child(year: u16, lines: &str) -> String {
    format!(
        "bộ tiêu chí minh-hoa/tinh \"Bộ minh họa cấp tỉnh\"\n  năm: {year}\n  kế thừa: minh-hoa/tinh năm {}\n{lines}",
        year - 1
    )
}

#[test]
fn a_count_taken_over_is_told_at_the_line_that_changes_it() {
    let lines =
        "\nsửa tiêu chí 1.1: 3 điểm\n\nbổ sung tiêu chí 1.3 \"Mới\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    let text = child(2023, lines);
    let family = Family::new(&[PROVINCE, &text]);
    let checked = family.check("minh-hoa/tinh 2023");
    let told: Vec<_> = checked.diagnostics.iter().filter(|found| found.code() == "count-mismatch").collect();
    let [told] = told.as_slice() else { panic!("{:?}", checked.diagnostics) };
    assert!(family.sources.slice(told.span).starts_with("bổ sung tiêu chí 1.3"), "{told:?}");
    let stated: Vec<&str> = told.labels.iter().map(|label| family.sources.slice(label.span)).collect();
    assert!(stated.contains(&"5"), "{stated:?}");
    let shown = render(&checked.diagnostics, &family.sources, Language::Vietnamese, Colour::Never);
    assert!(shown.contains("kế thừa từ `minh-hoa/tinh 2022`"), "{shown}");
}

#[test]
fn what_a_lower_level_places_never_looks_official() {
    let upper = "bộ tiêu chí trên \"A\"\n  năm: 2026\n  căn cứ: \"1/QĐ\"\n  nguồn: chính thức, \"phụ lục\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  hiển thị: 2 chữ số\ncho cấp dưới bổ sung thành phần trong tiêu chí 1.1\nlĩnh vực 1 \"x\": 4 điểm\ntiêu chí 1.1 \"k\": 4 điểm\nthành phần 1.1.1 \"b\": 3 điểm\n  chấm theo điểm nhập, do \"X\"\nthành phần 1.1.2 \"c\": 1 điểm\n  chấm theo điểm nhập, do \"X\"\n";
    let lower = "bộ tiêu chí dưới \"B\"\n  năm: 2026\n  nguồn: minh họa, \"đặt ra\"\n  kế thừa: trên năm 2026\nsửa thành phần 1.1.1: 1 điểm\nbổ sung thành phần 1.1.3 \"m\": 2 điểm\n  chấm theo điểm nhập, do \"X\"\n";
    let family = Family::new(&[upper, lower]);
    let (ruleset, _) = family.sound("dưới 2026");
    let kinds = |code: &str| {
        let (id, _) = ruleset.by_code(code).unwrap();
        ruleset.provenance_of(id).iter().map(|source| source.kind.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds("1.1.1"), [Kind::Official, Kind::Illustrative], "its points alone are the lower level's");
    assert_eq!(kinds("1.1.3"), [Kind::Illustrative], "the lower level's altogether");
    assert_eq!(kinds("1.1.2"), [Kind::Official], "taken over as it was");
}

#[test]
fn a_questionnaire_taken_over_keeps_its_source_and_one_written_anew_has_the_new() {
    let asked = |name: &str| {
        format!(
            "phiếu {name} \"Phiếu {name}\": ít nhất 1 phiếu\n  không đủ phiếu: chưa chấm\n  phương án: \"A\" 100%; \"B\" 0%\n  câu c1 \"C\"\n"
        )
    };
    let leaf = |code: &str, name: &str| {
        format!(
            "tiêu chí {code} \"T{code}\": 2 điểm, điều tra\n  chấm theo phiếu {name}, câu c1: trung bình\n  ví dụ kết quả phiếu = 100%: 2 điểm\n  ví dụ kết quả phiếu = 0%: 0 điểm\n"
        )
    };
    let header = "  thang điểm: 4 điểm; điều tra 4 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  hiển thị: 2 chữ số\n";
    let upper = format!(
        "bộ tiêu chí trên \"A\"\n  năm: 2026\n  căn cứ: \"1/QĐ\"\n  nguồn: dựng lại, \"lời nhớ\"\n{header}{}{}khóa tiêu chí 1\n{}{}",
        asked("giữ"),
        asked("viết_lại"),
        leaf("1", "giữ"),
        leaf("2", "viết_lại")
    );
    let next = format!(
        "bộ tiêu chí trên \"A\"\n  năm: 2027\n  căn cứ: \"2/QĐ\"\n  nguồn: chính thức, \"phụ lục\"\n  kế thừa: trên năm 2026\n{}",
        asked("viết_lại")
    );
    let family = Family::new(&[&upper, &next]);
    let (ruleset, composed) = family.sound("trên 2027");
    let kinds = |name: &str| {
        let found = ruleset.questionnaires.iter().find(|found| found.name == name).unwrap();
        found.provenance.iter().map(|source| source.kind.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds("giữ"), [Kind::Reconstructed], "taken over as it was:\n{composed}");
    assert_eq!(kinds("viết_lại"), [Kind::Official], "the new set's altogether, so on the new set's source");
}

/// A first set, all official: a template, a parameter, a shared figure, a questionnaire, a figure read from elsewhere.
const READ: &str = r#"bộ tiêu chí q "Q"
  năm: 2021
  căn cứ: "01/QĐ"
  nguồn: chính thức, "Phụ lục 01"
  tham số t "Chỉ tiêu": 80%
  số liệu chung d "D": số đếm, ít nhất 1
  thang điểm: 10 điểm; điều tra 2 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

mẫu m(x; y)
  chấm theo tỷ lệ x / y
    từ 50% trở lên: tối đa
    dưới 50%: 0 điểm

mẫu n(x; y)
  chấm theo mẫu m(x; y)

phiếu p "P": ít nhất 1 phiếu
  không đủ phiếu: chưa chấm
  phương án: "A" 100%; "B" 0%
  câu c "C"

tiêu chí 1 "Mẫu": 2 điểm
  số liệu b "B": số đếm, không quá e
  số liệu e "E": số đếm, ít nhất 1
  chấm theo mẫu n(b; e)

tiêu chí 2 "Tham số": 2 điểm
  số liệu b "B": số đếm, không quá e
  số liệu e "E": số đếm, ít nhất 1
  chấm theo tỷ lệ b / e
    từ t trở lên: tối đa
    dưới t: 0 điểm

tiêu chí 3 "Số liệu chung": 2 điểm
  chấm theo số lượng d
    từ 5 trở lên: tối đa
    dưới 5: 0 điểm

tiêu chí 4 "Phiếu": 2 điểm, điều tra
  chấm theo phiếu p, câu c: trung bình

tiêu chí 5 "Số liệu của mục khác": 2 điểm
  chấm theo số lượng b trong 2
    từ 5 trở lên: tối đa
    dưới 5: 0 điểm
"#;

#[test]
fn who_wrote_anew_what_a_rule_reads_is_named_and_the_rule_stands_no_firmer() {
    let next = |lines: &str| {
        format!(
            "bộ tiêu chí q \"Q\"\n  năm: 2022\n  căn cứ: \"02/QĐ\"\n  nguồn: dựng lại, \"không có phụ lục\"\n  kế thừa: q năm 2021\n{lines}"
        )
    };
    let template = "\nmẫu m(x; y)\n  chấm theo tỷ lệ x / y\n    từ 60% trở lên: tối đa\n    dưới 60%: 0 điểm\n";
    let asked = "\nphiếu p \"P\": ít nhất 2 phiếu\n  không đủ phiếu: chưa chấm\n  phương án: \"A\" 100%; \"B\" 0%\n  câu c \"C\"\n";
    // What the second decision amends, and the leaves that it reaches.
    let cases: [(&str, &[&str]); 5] = [
        (template, &["1"]),
        ("  sửa tham số t: 85%\n", &["2"]),
        ("  số liệu chung d \"D\": số đếm, ít nhất 2\n", &["3"]),
        (asked, &["4"]),
        ("\nsửa tiêu chí 2\n  số liệu b \"B\": số đếm, không quá e, ít nhất 1\n", &["2", "5"]),
    ];
    for (lines, reached) in cases {
        let text = next(lines);
        let family = Family::new(&[READ, &text]);
        let (ruleset, composed) = family.sound("q 2022");
        let alone = check(SourceId(0), &composed).ruleset.unwrap();
        let set = Set { plan: Plan::compile(ruleset).unwrap(), sources: family.sources.clone() };
        let ruleset = set.plan.ruleset();
        for (id, head, _) in ruleset.leaves() {
            let reaches = reached.contains(&head.code.as_str());
            let standing = if reaches { Standing::Reconstructed } else { Standing::Official };
            assert_eq!(ruleset.standing(id), standing, "{lines}{}", head.code);
            // Written out as one text it says the same.
            assert_eq!(alone.standing(id), standing, "{composed}");
            let decisions: Vec<&str> = ruleset.decisions_of(id).into_iter().map(report::history::name).collect();
            assert_eq!(decisions.contains(&"02/QĐ"), reaches, "{lines}{}: {decisions:?}", head.code);
        }
        let card = set.score("{}");
        let (id, _) = ruleset.by_code(reached[0]).unwrap();
        let told = report::explain(&set.context(), &card, Some(id));
        assert!(
            told.contains("theo 01/QĐ, sửa đổi bởi 02/QĐ") && told.contains("dựng lại: không có phụ lục"),
            "{told}"
        );
    }
}

#[test]
fn what_a_decision_takes_over_is_no_firmer_than_it_was() {
    let before = READ.replace("nguồn: chính thức, \"Phụ lục 01\"", "nguồn: dựng lại, \"không có phụ lục\"");
    let figures = "  số liệu b \"B\": số đếm, không quá e\n  số liệu e \"E\": số đếm, ít nhất 1\n";
    let own = "  chấm theo tỷ lệ b / e\n    từ 70% trở lên: tối đa\n    dưới 70%: 0 điểm\n";
    let template = "\nmẫu m(x; y)\n  chấm theo tỷ lệ x / y\n    từ 60% trở lên: tối đa\n    dưới 60%: 0 điểm\n";
    // What the new head scores by, and whether all of it is the new decision's.
    let cases: [(&str, String, bool); 7] = [
        ("", format!("{figures}{own}"), true),
        ("", format!("{figures}  chấm theo mẫu n(b; e)\n"), false),
        ("", format!("  nguồn: chính thức, \"Phụ lục 02, mục 6\"\n{figures}  chấm theo mẫu n(b; e)\n"), true),
        ("", format!("{figures}{}", own.replace("70%", "t")), false),
        ("  sửa tham số t: 85%\n", format!("{figures}{}", own.replace("70%", "t")), true),
        ("", String::from("  chấm theo số lượng d\n    từ 5 trở lên: tối đa\n    dưới 5: 0 điểm\n"), false),
        (template, format!("{figures}  chấm theo mẫu m(b; e)\n"), true),
    ];
    for (lines, rule, all) in cases {
        let (header, template) = if lines.starts_with('\n') { ("", lines) } else { (lines, "") };
        let text = format!(
            "bộ tiêu chí q \"Q\"\n  năm: 2022\n  căn cứ: \"02/QĐ\"\n  nguồn: chính thức, \"Phụ lục 02\"\n  kế thừa: q năm 2021\n  thang điểm: 12 điểm; điều tra 2 điểm\n{header}{template}\nbổ sung tiêu chí 6 \"Mới\": 2 điểm\n{rule}"
        );
        let (ruleset, composed) = Family::new(&[&before, &text]).sound("q 2022");
        let alone = check(SourceId(0), &composed).ruleset.unwrap();
        for ruleset in [&ruleset, &alone] {
            let (id, _) = ruleset.by_code("6").unwrap();
            let standing = if all { Standing::Official } else { Standing::Reconstructed };
            assert_eq!(ruleset.standing(id), standing, "{composed}");
            let old = (1..=5).map(|code| ruleset.by_code(&code.to_string()).unwrap().0);
            assert!(old.into_iter().all(|id| ruleset.standing(id) == Standing::Reconstructed), "{composed}");
        }
    }
}

#[test]
fn an_edition_of_the_same_year_that_only_renumbers_is_named_too() {
    let first = child(2023, "\nsửa tiêu chí 1.1: 3 điểm\n\nsửa tiêu chí 1.2: 3 điểm\n");
    let second = "bộ tiêu chí minh-hoa/tinh \"Bộ minh họa cấp tỉnh\"\n  năm: 2023\n  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 31/10/2023, tính cho cả năm\n  kế thừa: minh-hoa/tinh năm 2023\n\nđổi mã 1.2 thành 1.5\n";
    let family = Family::new(&[PROVINCE, &first, second]);
    let (ruleset, _) = family.sound("minh-hoa/tinh 2023-2");
    let names = |code: &str| -> Vec<String> {
        let (id, _) = ruleset.by_code(code).unwrap();
        ruleset.decisions_of(id).into_iter().map(|decision| decision.name.clone()).collect()
    };
    assert_eq!(names("1.5").last().unwrap(), "minh-hoa/tinh 2023-2");
    assert_eq!(names("1.1").last().unwrap(), "minh-hoa/tinh 2023");
}

/// The shipped sets that extend others, composed: sound, every example and test holds, two examples a scored leaf.
#[test]
fn the_shipped_sets_that_extend_others_hold_and_read_as_they_did() {
    let texts = all_shipped();
    let family = Family::new(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
    for (path, text) in &texts {
        if shipped().iter().any(|(alone, _)| alone == path) {
            continue;
        }
        let name = Identity::of(&parse(SourceId(0), text).file).unwrap().name();
        let (ruleset, _) = family.sound(&name);
        let Ok(plan) = Plan::compile(ruleset) else { continue };
        let trial = tieuchi::trial::run(&plan, &tieuchi::trial::Sheets::new());
        let findings = report::trial(plan.ruleset(), &family.sources, &trial);
        assert!(trial.holds(), "{}", render(&findings, &family.sources, Language::Vietnamese, Colour::Never));
        for (_, head, leaf) in plan.ruleset().leaves() {
            let entered = matches!(leaf.scoring, tieuchi::ruleset::Scoring::Entered { .. });
            assert!(entered || leaf.examples.len() >= 2, "{name}: {} has under two examples", head.code);
        }
        let set = Set { plan, sources: family.sources.clone() };
        let short = name.replace(['/', ' '], "_");
        insta::assert_snapshot!(format!("appendix_{short}"), report::appendix(&set.context(), None));
    }
}

/// The other shipped sets are of one file: an empty child of each is the same set of the next year.
#[test]
fn an_empty_child_says_and_scores_what_its_parent_does() {
    for (path, text) in shipped() {
        let file = parse(SourceId(0), &text).file;
        let own = Identity::of(&file).unwrap();
        let next = Identity { year: own.year + 1, edition: 1, ..own.clone() };
        let opening = text.lines().find(|line| line.starts_with("bộ tiêu chí") || line.starts_with("ruleset")).unwrap();
        let frame = text.lines().find(|line| line.trim_start().starts_with("khung:")).unwrap_or_default();
        let (year, extends) = if opening.starts_with("ruleset") {
            (format!("year: {}", next.year), format!("extends: {} year {}", own.path, own.year))
        } else {
            (format!("năm: {}", next.year), format!("kế thừa: {} năm {}", own.path, own.year))
        };
        let child = format!("{opening}\n  {year}\n  {extends}\n{frame}\n");
        let family = Family::new(&[&text, &child]);
        let (above, below) = (family.sound(&own.name()), family.sound(&next.name()));
        // Up to the year, and what is of one round only.
        let comparable = |text: &str| -> Vec<String> {
            let of_one_set = ["năm:", "lần ban hành:", "thay thế:", "khung:", "kỳ đánh giá:", "hạn nộp:", "hướng dẫn:"];
            let kept = text.lines().map(str::trim).filter(|line| !of_one_set.iter().any(|word| line.starts_with(word)));
            kept.map(str::to_owned).collect()
        };
        let parent = canonical(&file, &text);
        assert_eq!(comparable(&parent), comparable(&below.1), "{path:?}");
        let (Ok(one), Ok(other)) = (Plan::compile(above.0), Plan::compile(below.0)) else { continue };
        for number in 0..5 {
            let submission = sample(one.ruleset(), "Mẫu", 1, number, Gaps::Few);
            let (before, now) =
                (one.evaluate(&submission, &Around::default()), other.evaluate(&submission, &Around::default()));
            assert_eq!(format!("{:?}", before.index.total), format!("{:?}", now.index.total), "{path:?} {number}");
        }
    }
}

#[test]
fn a_composed_set_stands_by_itself_with_the_same_fingerprint() {
    let province = std::fs::read_to_string(root().join("rulesets/vn/par-index/tinh/2022.tieuchi")).unwrap();
    let amended = include_str!("fixtures/inheritance/tinh-2023.tieuchi");
    let family = Family::new(&[&province, amended]);
    let (ruleset, text) = family.sound("vn/par-index/tinh 2023");
    let alone = check(SourceId(0), &text).ruleset.unwrap();
    assert_eq!(ruleset.fingerprint, alone.fingerprint);
    let codes = ["1.2", "1.5"].map(|code| ruleset.by_code(code).unwrap().1.maximum.clone());
    assert_eq!(codes.map(|points| points.exact(tieuchi::number::DecimalMark::Comma)), ["1", "1"]);
    // What was taken over keeps the source that it had.
    let (id, _) = ruleset.by_code("1.1").unwrap();
    let reconstructed = tieuchi::language::tree::ProvenanceKind::Reconstructed;
    assert_eq!(ruleset.provenance_of(id)[0].kind.value, reconstructed);
}

#[test]
fn an_explanation_names_the_decision_and_the_file_of_the_line() {
    let next = child(
        2023,
        "  căn cứ: \"02/QĐ-UBND\"\n\nsửa tiêu chí 1.1: 3 điểm\n\nsửa tiêu chí 1.2: 3 điểm\n  số liệu đủ \"Kiểm tra đủ\": có/không\n",
    );
    let family = Family::new(&[PROVINCE, &next]);
    let (ruleset, _) = family.sound("minh-hoa/tinh 2023");
    let set = Set { plan: Plan::compile(ruleset).unwrap(), sources: family.sources.clone() };
    let card = set.score("{\"1.1\": {\"self\": {\"figures\": {\"a\": 100, \"b\": 90}}}}");
    let (id, _) = set.plan.ruleset().by_code("1.1").unwrap();
    let told = report::explain(&set.context(), &card, Some(id));
    assert!(told.contains("theo 01/QĐ-UBND, sửa đổi bởi 02/QĐ-UBND"), "{told}");
    assert!(told.contains("của minh-hoa/tinh 2022: từ chỉ_tiêu trở lên: tối đa"), "{told}");
}

#[test]
fn two_heads_change_places_and_their_past_is_known() {
    let third = child(2024, "");
    let second = child(2023, "\nđổi mã 1.1 thành 1.2\nđổi mã 1.2 thành 1.1\n");
    let family = Family::new(&[PROVINCE, &second, &third]);
    let (ruleset, text) = family.sound("minh-hoa/tinh 2024");
    let titles = ["1.1", "1.2"].map(|code| ruleset.by_code(code).unwrap().1.title.clone());
    assert_eq!(titles, ["Kiểm tra", "Thực hiện kế hoạch năm"]);
    assert!(text.find("tiêu chí 1.1").unwrap() < text.find("tiêu chí 1.2").unwrap());
    assert_eq!(ruleset.earlier("1.1", 2023), Earlier::Codes(vec!["1.1".to_owned()]));
    assert_eq!(ruleset.earlier("1.1", 2022), Earlier::Codes(vec!["1.2".to_owned()]));
    assert_eq!(ruleset.earlier("3.1.1", 2022), Earlier::Codes(vec!["3.1.1".to_owned()]));
    // Of what was before the first set nothing says that its codes were others.
    assert_eq!(ruleset.earlier("1.1", 2021), Earlier::Codes(vec!["1.2".to_owned()]));
}

#[test]
fn a_head_that_moves_takes_the_code_of_one_that_goes() {
    let next = child(
        2023,
        "  gồm: 3 lĩnh vực; 4 tiêu chí; 2 thành phần\n\nbãi bỏ tiêu chí 1.1, do \"gộp\"\n\nsửa tiêu chí 1.2: 6 điểm\n\nđổi mã 1.2 thành 1.1\n",
    );
    let (ruleset, text) = Family::new(&[PROVINCE, &next]).sound("minh-hoa/tinh 2023");
    assert_eq!(ruleset.by_code("1.1").unwrap().1.title, "Kiểm tra");
    assert!(ruleset.by_code("1.2").is_none(), "{text}");
    assert_eq!(ruleset.earlier("1.1", 2022), Earlier::Codes(vec!["1.2".to_owned()]));
}

#[test]
fn a_line_about_a_head_that_goes_does_not_come_to_speak_of_the_one_that_takes_its_code() {
    let gated = PROVINCE
        .replacen("5 tiêu chí", "6 tiêu chí", 1)
        .replacen("tiêu chí 1.2 \"Kiểm tra\": 2 điểm", "tiêu chí 1.2 \"Kiểm tra\": 1 điểm", 1)
        .replacen(
            "lĩnh vực 2 ",
            "tiêu chí 1.3 \"Theo 1.1\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n\nlĩnh vực 2 ",
            1,
        );
    let moves = "\nbãi bỏ tiêu chí 1.1, do \"gộp\"\n\nsửa tiêu chí 1.2: 5 điểm\n\nđổi mã 1.2 thành 1.1\n\nđổi mã 1.3 thành 1.2\n";
    let codes = |lines: &str| -> Vec<&str> {
        let family = Family::new(&[&gated, &child(2023, lines)]);
        family.check("minh-hoa/tinh 2023").diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect()
    };
    assert!(codes(moves).contains(&"unknown-code"), "{:?}", codes(moves));
    let anew = format!("{moves}\nsửa tiêu chí 1.3\n  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n");
    assert!(!codes(&anew).contains(&"unknown-code"), "{:?}", codes(&anew));
}

#[test]
fn an_added_head_is_new_and_a_test_that_asks_for_it_is_left() {
    let next = child(
        2023,
        "  gồm: 3 lĩnh vực; 6 tiêu chí; 2 thành phần\n\nsửa tiêu chí 1.1: 3 điểm\n\nbổ sung tiêu chí 1.3 \"Mới\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n",
    );
    let family = Family::new(&[PROVINCE, &next]);
    let (ruleset, _) = family.sound("minh-hoa/tinh 2023");
    assert_eq!(ruleset.earlier("1.3", 2022), Earlier::New);
    assert!(ruleset.tests.is_empty());
    let changes = ruleset.changes.iter().map(|change| report::history::change(change).1);
    let changes: Vec<String> = changes.collect();
    assert!(changes.iter().any(|change| change == "added 1.3 Mới, 1 point"), "{changes:?}");
    assert!(changes.iter().any(|change| change.contains("4 → 3 points")), "{changes:?}");
    assert!(changes.iter().any(|change| change.contains("not taken over")), "{changes:?}");
}

#[test]
fn a_figure_that_only_the_old_form_read_falls_away() {
    let next = child(
        2023,
        "\nsửa tiêu chí 1.1\n  số liệu xong \"Xong\": có/không\n  chấm theo điều kiện\n    khi xong = có: tối đa\n    còn lại: 0 điểm\n",
    );
    let (ruleset, _) = Family::new(&[PROVINCE, &next]).sound("minh-hoa/tinh 2023");
    let leaf = ruleset.by_code("1.1").unwrap().1.leaf.clone().unwrap();
    assert_eq!(leaf.figures.iter().map(|figure| figure.name.as_str()).collect::<Vec<_>>(), ["xong"]);
}

proptest! {
    /// Points moved about within an area, heads renumbered or not: what is composed reads as itself.
    #[test]
    fn what_is_composed_reads_as_itself(
        first in 1_u32..6,
        swap in any::<bool>(),
        split in any::<bool>(),
        evidence in any::<bool>(),
    ) {
        let mut lines = String::new();
        let second = 6 - first;
        let more = if evidence { "\n  minh chứng: \"Báo cáo\"" } else { "" };
        lines.push_str(&format!("\nsửa tiêu chí 1.1: {first} điểm\n\nsửa tiêu chí 1.2: {second} điểm{more}\n"));
        if swap {
            lines.push_str("\nđổi mã 1.1 thành 1.2\nđổi mã 1.2 thành 1.1\n");
        }
        if split {
            lines.push_str("\nchia tiêu chí 2.1\n\nthành phần 2.1.1 \"Một\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n\nthành phần 2.1.2 \"Hai\": 2 điểm\n  chấm theo điểm nhập, do \"Sở\"\n");
        }
        let parts = if split { 4 } else { 2 };
        let text = child(2023, &format!("  gồm: 3 lĩnh vực; 5 tiêu chí; {parts} thành phần\n{lines}"));
        let family = Family::new(&[PROVINCE, &text]);
        let (ruleset, composed) = family.sound("minh-hoa/tinh 2023");
        let alone = check(SourceId(0), &composed);
        prop_assert!(alone.ruleset.is_some(), "{composed}");
        prop_assert_eq!(&ruleset.fingerprint, &alone.ruleset.unwrap().fingerprint);
        let points = |code: &str| ruleset.by_code(code).unwrap().1.maximum.clone();
        let (one, two) = if swap { ("1.2", "1.1") } else { ("1.1", "1.2") };
        prop_assert_eq!(points(one), tieuchi::number::Points::new(tieuchi::number::Ratio::from(i64::from(first))));
        prop_assert_eq!(points(two), tieuchi::number::Points::new(tieuchi::number::Ratio::from(i64::from(second))));
    }
}

#[test]
fn what_holds_below_a_head_is_not_amended_over_a_locked_one() {
    let upper = "bộ tiêu chí trên \"A\"\n  năm: 2026\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  hiển thị: 2 chữ số\nkhóa tiêu chí 1.1\nlĩnh vực 1 \"x\": 2 điểm\ntiêu chí 1.1 \"k\": 2 điểm\n  số liệu a \"A\": có/không\n  chấm theo điều kiện\n    khi a = có: tối đa\n    còn lại: 0 điểm\nlĩnh vực 2 \"y\": 2 điểm\ntiêu chí 2.1 \"k\": 2 điểm\n  số liệu a \"A\": có/không\n  chấm theo điều kiện\n    khi a = có: tối đa\n    còn lại: 0 điểm\nkiểm thử \"Một\"\n  cho 1.1: a = có\n  cho 2.1: a = thiếu\n  thì 2.1: chưa chấm\n";
    let lower = |area: u8| {
        format!(
            "bộ tiêu chí trên \"A\"\n  năm: 2027\n  kế thừa: trên năm 2026\nsửa lĩnh vực {area}\n  thiếu số liệu: 0 điểm\n"
        )
    };
    let check = |area: u8| Family::new(&[upper, &lower(area)]).check("trên 2027");
    let codes: Vec<&str> = check(1)
        .diagnostics
        .iter()
        .filter(|finding| finding.is_error())
        .map(tieuchi::diagnostic::Diagnostic::code)
        .collect();
    assert_eq!(codes, ["locked"]);
    // The test of the set extended asked for what is amended: it is left.
    let ruleset = check(2).ruleset.unwrap();
    assert!(ruleset.tests.is_empty());
    let missing = |code: &str| ruleset.by_code(code).unwrap().1.leaf.as_ref().unwrap().figures_missing.points.is_some();
    assert_eq!((missing("1.1"), missing("2.1")), (false, true));
}

/// Of years before the first set, of years between two and of a later edition of one year: what a head was called there
/// follows from the sets themselves.
#[test]
fn a_head_that_changed_its_number_is_found_under_its_old_one_in_every_earlier_year() {
    let first = "bộ tiêu chí y \"T\"\n  năm: 2023\n  nguồn: minh họa, \"x\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: không\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  hiển thị: 2 chữ số\n\ntiêu chí 1 \"A\": 2 điểm\n  chấm theo điểm nhập, do \"X\"\n\ntiêu chí 2 \"B\": 2 điểm\n  chấm theo điểm nhập, do \"X\"\n";
    let turned = |lines: &str, of: &str| {
        format!(
            "bộ tiêu chí y \"T\"\n{lines}\n  kế thừa: y năm {of}\n  nguồn: minh họa, \"y\"\n\nđổi mã 1 thành 2\nđổi mã 2 thành 1\n"
        )
    };
    let (edition, later) = (
        turned("  năm: 2023\n  lần ban hành: 2", "2023, lần ban hành 1"),
        turned("  năm: 2026", "2023, lần ban hành 1"),
    );
    let family = Family::new(&[first, &edition, &later]);
    let was = |ruleset: &Ruleset, code: &str, year: u16| match ruleset.earlier(code, year) {
        Earlier::Codes(codes) => codes.join(", "),
        other => format!("{other:?}"),
    };
    let (later, _) = family.sound("y 2026");
    for year in [2020, 2023, 2025] {
        assert_eq!((was(&later, "1", year), was(&later, "2", year)), ("2".to_owned(), "1".to_owned()), "{year}");
    }
    let (edition, _) = family.sound("y 2023-2");
    assert_eq!((was(&edition, "1", 2022), was(&edition, "2", 2022)), ("2".to_owned(), "1".to_owned()));
    let (first, _) = family.sound("y 2023");
    assert_eq!(first.earlier("1", 2020), Earlier::Unknown);
}

#[test]
fn a_lower_level_knows_the_past_of_what_it_takes_over() {
    let leaf = |opens: &str, code: &str, title: &str| {
        format!("\n{opens} {code} \"{title}\": 2 points\n  score as entered, by \"X\"\n")
    };
    let header = "  scale: 6 points\n  figures missing: unscored\n  rounding: none\n  ranking: shared, skip, on exact points\n  display: 2 digits\n";
    let heads = ["1", "2", "3"].map(|code| leaf("criterion", code, code)).concat();
    let first = format!(
        "ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{header}{heads}\nlower level may split criterion 3\n"
    );
    let next = format!(
        "ruleset up \"U\"\n  year: 2026\n  extends: up year 2025\n  source: illustrative, \"x\"\n\nrepeal criterion 1, because \"x\"\n{}\nrenumber 2 to 4\n",
        leaf("add criterion", "1", "New")
    );
    let low = |year: u16| {
        let parts =
            ["3.1", "3.2"].map(|code| leaf("sub-criterion", code, code).replace("2 points", "1 point")).concat();
        format!(
            "ruleset low \"L\"\n  year: {year}\n  extends: up year {year}\n  source: illustrative, \"y\"\n\nsplit criterion 3\n{parts}"
        )
    };
    let last = "ruleset low \"L\"\n  year: 2027\n  extends: low year 2026\n  source: illustrative, \"y\"\n";
    let (before, now) = (low(2025), low(2026));
    let family = Family::new(&[&first, &next, &before, &now, last]);
    let (before, _) = family.sound("low 2025");
    let codes = |code: &str| Earlier::Codes(vec![code.to_owned()]);
    for name in ["low 2026", "low 2027"] {
        let (set, _) = family.sound(name);
        // A criterion repealed and another added under its code are not one, nor is what was renumbered two.
        assert_eq!(set.earlier("1", 2025), Earlier::New, "{name}");
        assert_eq!((set.earlier("4", 2025), set.earlier("3", 2025)), (codes("2"), codes("3")), "{name}");
        assert_eq!((set.earlier_in("4", &before), set.earlier_in("1", &before)), (codes("2"), Earlier::New), "{name}");
        // Of its own parts only the lower level could say.
        assert_eq!((set.earlier("3.1", 2025), set.earlier_in("3.1", &before)), (Earlier::Unknown, Earlier::Unknown));
    }
    assert_eq!(family.sound("low 2027").0.earlier("3.1", 2026), codes("3.1"));
}

#[test]
fn what_an_upper_level_says_of_its_years_is_not_asked_of_the_lower_levels_years() {
    let header = "  scale: 2 points\n  figures missing: unscored\n  rounding: none\n  ranking: shared, skip, on exact points\n  display: 2 digits\n";
    let up = |year: u16, says: &str| {
        format!(
            "ruleset up \"U\"\n  year: {year}\n  source: illustrative, \"x\"\n{header}\ncriterion 1 \"A\": 2 points\n{says}  score as entered, by \"X\"\n"
        )
    };
    let (first, next) = (up(2025, "").replace("criterion 1", "criterion 7"), up(2026, "  replaces 7 of year 2025\n"));
    let own = format!(
        "ruleset low \"L\"\n  year: 2025\n  source: illustrative, \"x\"\n{header}\ncriterion 1 \"A\": 2 points\n  score as entered, by \"X\"\n"
    );
    let low = "ruleset low \"L\"\n  year: 2026\n  extends: up year 2026\n  source: illustrative, \"y\"\n";
    let found = Family::new(&[&first, &next, &own, low]).check("low 2026").diagnostics;
    assert!(found.iter().all(|finding| finding.code() != "lineage-unknown"), "{found:?}");
}

#[test]
fn what_an_amendment_makes_wrong_in_a_line_taken_over_is_told_at_the_amendment() {
    let first = r#"bộ tiêu chí q "Q"
  năm: 2021
  nguồn: minh họa, "thử"
  thang điểm: 6 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  xếp loại: theo điểm chưa làm tròn; "A" từ 90%; "B" còn lại
  xếp loại: không quá "B" khi lĩnh vực 1 dưới 70%

lĩnh vực 1 "Một": 2 điểm

tiêu chí 1.1 "Một một": 2 điểm
  chấm theo điểm nhập, do "S"

lĩnh vực 2 "Hai": 4 điểm

tiêu chí 2.1 "Hai một": 2 điểm
  chấm theo điểm nhập, do "S"

tiêu chí 2.2 "Hai hai": 2 điểm
  chấm theo điểm nhập, do "S"
  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm
"#;
    let next = |year: u16, lines: &str| {
        format!(
            "bộ tiêu chí q \"Q\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n  kế thừa: q năm {}\n\n{lines}",
            year - 1
        )
    };
    let told = |lines: &str| -> Vec<(&'static str, String, Vec<String>)> {
        let text = next(2022, lines);
        let family = Family::new(&[first, &text]);
        let one = |found: &Diagnostic| {
            let labels = found.labels.iter().map(|label| family.sources.slice(label.span).to_owned()).collect();
            assert_eq!(family.sources.get(found.span.source).unwrap().name(), "q 2022", "{found:?}");
            assert!(found.fixes.is_empty());
            (found.code(), family.sources.slice(found.span).to_owned(), labels)
        };
        family.check("q 2022").diagnostics.iter().filter(|found| found.is_error()).map(one).collect()
    };
    let text = |words: &str| words.to_owned();
    // Heads repealed that lines taken over speak of: both lines are told, at the one that repeals.
    let gone = "bãi bỏ lĩnh vực 1, do \"x\"\n\nsửa lĩnh vực 2: 6 điểm\n\nsửa tiêu chí 2.1: 4 điểm\n";
    let repealed = text("bãi bỏ lĩnh vực 1, do \"x\"");
    let found = told(gone);
    assert_eq!(found[0], ("unknown-code", repealed.clone(), vec![text("1")]));
    assert_eq!(found.len(), 2, "{found:?}");
    // All parts repealed.
    let found = told("bãi bỏ tiêu chí 2.1, do \"x\"\n\nbãi bỏ tiêu chí 2.2, do \"x\"\n");
    let (first_line, second) = (text("bãi bỏ tiêu chí 2.1, do \"x\""), text("bãi bỏ tiêu chí 2.2, do \"x\""));
    assert_eq!(found, [("no-form", first_line, vec![text("2"), second])]);
    // A new code under no head.
    assert_eq!(told("đổi mã 2.1 thành 7.1\n"), [("code-not-under-parent", text("7.1"), Vec::new())]);
    // Told once, of the year that brought it about.
    let (gap, after) = (next(2022, "đổi mã 2.2 thành 2.4\n"), next(2023, "sửa tiêu chí 1.1 \"Tên mới\"\n"));
    let family = Family::new(&[first, &gap, &after]);
    let gaps =
        |name: &str| family.check(name).diagnostics.iter().filter(|found| found.code() == "numbering-gap").count();
    assert_eq!((gaps("q 2022"), gaps("q 2023")), (1, 0));
}

#[test]
fn a_circle_over_several_texts_is_told_with_every_line_of_it() {
    let first = r#"bộ tiêu chí q "Q"
  năm: 2021
  nguồn: minh họa, "thử"
  thang điểm: 4 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

mẫu m(x; y)
  chấm theo tỷ lệ x / y: tỷ lệ thuận

mẫu n(x; y)
  chấm theo mẫu m(x; y)

tiêu chí 1 "Một": 2 điểm
  số liệu b "B": số đếm, không quá 10
  số liệu a "A": số đếm, ít nhất 10
  chấm theo mẫu n(b; a)

tiêu chí 2 "Hai": 2 điểm
  chấm theo điểm nhập, do "S"
  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm
"#;
    let labels = |lines: &str, code: &str| -> (String, Vec<String>) {
        let text =
            format!("bộ tiêu chí q \"Q\"\n  năm: 2022\n  nguồn: minh họa, \"thử\"\n  kế thừa: q năm 2021\n\n{lines}");
        let family = Family::new(&[first, &text]);
        let checked = family.check("q 2022");
        let found = checked.diagnostics.iter().find(|found| found.code() == code).unwrap();
        let words = found.labels.iter().map(|label| label.words.0.clone()).collect();
        (found.problem.words(Language::Vietnamese).message, words)
    };
    let (told, edges) = labels("sửa tiêu chí 1\n  chỉ chấm khi điểm của 2 > 0; nếu không: 0 điểm\n", "gate-cycle");
    assert!(told.ends_with("1 → 2 → 1") && edges == ["`2` chờ `1` ở đây"], "{told} {edges:?}");
    let mend = |lines: &str| {
        let waits = "bộ tiêu chí q \"Q\"\n  năm: 2021\n  nguồn: minh họa, \"thử\"\n  thang điểm: 5 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\nlĩnh vực 1 \"L\": 4 điểm\n\ntiêu chí 1.1 \"A\": 1 điểm\n  chỉ chấm khi điểm của 1.3 > 0; nếu không: 0 điểm\n  chấm theo điểm nhập, do \"S\"\n\ntiêu chí 1.2 \"B\": 2 điểm\n  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n  chấm theo điểm nhập, do \"S\"\n\ntiêu chí 1.3 \"C\": 1 điểm\n  chấm theo điểm nhập, do \"S\"\n\nlĩnh vực 2 \"M\": 1 điểm\n\ntiêu chí 2.1 \"D\": 1 điểm\n  chấm theo điểm nhập, do \"S\"\n";
        let split = "đổi mã 1.3 thành 1.2.1\n\nsửa tiêu chí 1.2: 3 điểm\n\nchia tiêu chí 1.2\n\nbổ sung thành phần 1.2.2 \"Q\": 2 điểm\n  chấm theo điểm nhập, do \"S\"\n";
        let text = format!(
            "bộ tiêu chí q \"Q\"\n  năm: 2022\n  nguồn: minh họa, \"thử\"\n  kế thừa: q năm 2021\n\n{split}{lines}"
        );
        let family = Family::new(&[waits, &text]);
        let found = family.check("q 2022").diagnostics;
        let cycle = found.iter().find(|found| found.code() == "gate-cycle");
        cycle.map(|found| found.problem.words(Language::Vietnamese).help)
    };
    // What an earlier text says cannot be dropped here; a line of this text can.
    assert!(mend("").is_some_and(|mend| mend.contains("sửa một mục trong vòng (`sửa tiêu chí …`)")), "{:?}", mend(""));
    let own = mend("\nsửa tiêu chí 1.1\n  chỉ chấm khi điểm của 1.2.1 > 0; nếu không: 0 điểm\n");
    assert!(own.as_ref().is_some_and(|mend| mend.contains("bỏ một dòng `chỉ chấm khi`")), "{own:?}");
    assert_eq!(mend("\nsửa tiêu chí 1.1\n  chỉ chấm khi điểm của 2.1 > 0; nếu không: 0 điểm\n"), None);
    let (told, edges) = labels("mẫu m(x; y)\n  chấm theo mẫu n(x; y)\n", "template-cycle");
    assert!(told.ends_with("n → m → n") && edges == ["`n` gọi `m` ở đây"], "{told} {edges:?}");
    let bounds = "sửa tiêu chí 1\n  số liệu b \"B\": số đếm, không quá a\n  số liệu a \"A\": số đếm, ít nhất c\n  số liệu c \"C\": số đếm, ít nhất b\n";
    let (told, edges) = labels(bounds, "bound-cycle");
    assert!(told.ends_with("b → a → c → b"), "{told}");
    assert_eq!(edges, ["`a` bị `c` chặn ở đây", "`c` bị `b` chặn ở đây"]);
    let ring = |name: &str, next: &str| {
        format!("bộ tiêu chí {name} \"Bộ\"\n  năm: 2022\n  nguồn: minh họa, \"thử\"\n  kế thừa: {next} năm 2022\n")
    };
    let texts = [ring("a", "b"), ring("b", "c"), ring("c", "a")];
    let family = Family::new(&texts.each_ref().map(String::as_str));
    let checked = family.check("a 2022");
    let [told] = checked.diagnostics.as_slice() else { panic!("{:?}", checked.diagnostics) };
    assert_eq!(family.sources.get(told.span.source).unwrap().name(), "a 2022");
    let edges: Vec<String> = told
        .labels
        .iter()
        .map(|label| format!("{}: {}", family.sources.get(label.span.source).unwrap().name(), label.words.0))
        .collect();
    assert_eq!(edges, ["b 2022: `b 2022` kế thừa `c 2022` ở đây", "c 2022: `c 2022` kế thừa `a 2022` ở đây"]);
}
