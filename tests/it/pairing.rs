//! Whose value an archived sheet's is, where two sets share a decision, an area, or nothing at all.

use tieuchi::diagnostic::{Diagnostic, SourceId};
use tieuchi::import::{self, Format};
use tieuchi::ruleset::meaning::FigureId;
use tieuchi::ruleset::{Earlier, Origin, Ruleset};
use tieuchi::submission::{Archive, NotThere, Then};

use crate::inheritance::Family;

fn header(path: &str, year: u16, lines: &str) -> String {
    format!("bộ tiêu chí {path} \"Bộ\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n{lines}")
}

/// A set by itself: its areas, and leaves that hold last year's `v` against this year's.
fn whole(path: &str, year: u16, authority: &str, body: &str) -> String {
    let settings = format!(
        "  căn cứ: \"{authority}\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n"
    );
    header(path, year, &(settings + body))
}

fn leaf(code: &str, name: &str) -> String {
    format!(
        "\ntiêu chí {code} \"{name}\": 2 điểm\n  số liệu v \"{name}\": số đếm\n  chấm theo điều kiện\n    khi v > v của năm trước: tối đa\n    còn lại: 0 điểm\n  ví dụ v = 2; v của năm trước = 1: 2 điểm\n"
    )
}

fn two() -> String {
    [leaf("1", "A"), leaf("2", "B")].concat()
}

/// What a sheet of 2022 with 5 at one code and 900 at the other gives a leaf of a later set.
fn last_year(later: &Ruleset, earlier: &Ruleset, codes: [&str; 2], code: &str) -> Result<String, NotThere> {
    let [one, other] = codes.map(|code| format!(r#""{code}": {{"tự chấm": {{"figures": {{"v": #}}}}}}"#));
    let leaves = format!("{}, {}", one.replace('#', "5"), other.replace('#', "900"));
    let text = format!(r#"{{"unit": "X", "year": 2022, "leaves": {{{leaves}}}}}"#);
    let raw = import::read(SourceId(9), &text, Format::Json);
    assert!(raw.diagnostics.is_empty(), "{:?}", raw.diagnostics);
    let mut archive = Archive::default();
    assert_eq!(archive.take_paired(later, &Then::of_set(later, earlier, earlier), &raw.sheets[0]), []);
    let (head, found) = later.by_code(code).unwrap();
    let figures = &found.leaf.as_ref().unwrap().figures;
    let prior = figures.iter().find_map(|figure| match figure.origin {
        Origin::Prior { figure: FigureId(at), .. } => Some(FigureId(at)),
        _ => None,
    });
    archive.value(2022, "X", head, prior.unwrap()).map(|value| format!("{value:?}"))
}

fn sound(texts: &[&str], name: &str) -> Ruleset {
    Family::new(texts).sound(name).0
}

/// Heads 1 and 2 have changed places between two sets of one decision: each has the other's value.
fn changed_places(now: &Ruleset, then: &Ruleset) {
    assert!(now.same_decisions(then));
    let of = |code| last_year(now, then, ["1", "2"], code).unwrap();
    assert!(of("1").contains("900"), "{}", of("1"));
    assert!(of("2").contains('5'), "{}", of("2"));
}

#[test]
fn what_the_sets_say_counts_before_the_same_decision() {
    let swap = "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n";
    // Two years on one base, which is their decision, too.
    let base = whole("t", 2021, "876/QĐ-BNV", &two());
    let swapped = header("t", 2022, &format!("  kế thừa: t năm 2021\n{swap}"));
    let plain = header("t", 2023, "  kế thừa: t năm 2021\n");
    let texts = [base.as_str(), &swapped, &plain];
    changed_places(&sound(&texts, "t 2023"), &sound(&texts, "t 2022"));
    // A district with a standing decision, each year on its own year of the level above.
    let upper = whole("t", 2022, "2022/QĐ", &two());
    let renumbered = header("t", 2023, &format!("  căn cứ: \"2023/QĐ\"\n  kế thừa: t năm 2022\n{swap}"));
    let district = |year| header("h", year, &format!("  căn cứ: \"05/QĐ-UBND\"\n  kế thừa: t năm {year}\n"));
    let (before, after) = (district(2022), district(2023));
    let texts = [upper.as_str(), &renumbered, &before, &after];
    changed_places(&sound(&texts, "h 2023"), &sound(&texts, "h 2022"));
}

#[test]
fn a_head_that_both_years_add_is_one_by_their_decision() {
    let base = whole("t", 2021, "876/QĐ-BNV", &two());
    let both = |year, lines: &str| header("t", year, &format!("  kế thừa: t năm 2021\n{lines}"));
    let added = leaf("3", "C").replace("\ntiêu chí", "\nbổ sung tiêu chí");
    let scale = "  thang điểm: 6 điểm\n";
    let (then, now) = (both(2022, &format!("{scale}{added}")), both(2023, &format!("{scale}{added}")));
    let texts = [base.as_str(), &then, &now];
    let (then, now) = (sound(&texts, "t 2022"), sound(&texts, "t 2023"));
    let of = last_year(&now, &then, ["1", "3"], "3").unwrap();
    assert!(of.contains("900"), "{of}");
}

#[test]
fn heads_below_areas_that_change_places_are_not_known_by_their_codes() {
    let areas = |first: &str, second: &str, heads: [(&str, &str); 2]| {
        let [(one, a), (other, b)] = heads;
        format!(
            "\nlĩnh vực 1 \"{a} chung\": 2 điểm\n{first}{}\nlĩnh vực 2 \"{b} chung\": 2 điểm\n{second}{}",
            leaf(one, a),
            leaf(other, b)
        )
    };
    let then = whole("t", 2022, "2022/QĐ", &areas("", "", [("1.1", "A"), ("2.1", "B")]));
    let lines = |code: u8| format!("  thay cho {code} của năm 2022\n");
    let next = |one: u8, other: u8| {
        whole("t", 2023, "2023/QĐ", &areas(&lines(one), &lines(other), [("1.1", "B"), ("2.1", "A")]))
    };
    let changed = next(2, 1);
    let texts = [then.as_str(), &changed];
    let checked = Family::new(&texts).check("t 2023");
    let told: Vec<&str> = checked.diagnostics.iter().map(Diagnostic::code).collect();
    assert_eq!(told, ["lineage-missing", "lineage-missing"]);
    let (then_set, now) = (sound(&[then.as_str()], "t 2022"), sound(&texts, "t 2023"));
    assert_eq!(last_year(&now, &then_set, ["1.1", "2.1"], "1.1"), Err(NotThere::Head));
    assert_eq!(last_year(&now, &then_set, ["1.1", "2.1"], "2.1"), Err(NotThere::Head));
    // Where the areas stay, what lies below them does.
    let stayed = next(1, 2);
    let texts = [then.as_str(), &stayed];
    assert_eq!(Family::new(&texts).check("t 2023").diagnostics, []);
    let now = sound(&texts, "t 2023");
    let of = last_year(&now, &then_set, ["1.1", "2.1"], "2.1").unwrap();
    assert!(of.contains("900"), "{of}");
}

#[test]
fn where_a_part_is_written_says_nothing_of_where_it_stands() {
    let upper = whole(
        "t",
        2022,
        "2022/QĐ",
        &format!(
            "\nlĩnh vực 1 \"Một\": 2 điểm\n{}\nlĩnh vực 2 \"Hai\": 2 điểm\n{}",
            leaf("1.1", "A"),
            leaf("2.1", "B")
        ),
    );
    let part = "\nbổ sung thành phần 1.3.1 \"Phần\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    let group = "\nbổ sung tiêu chí 1.3 \"Nhóm\": 1 điểm\n";
    let next = |lines: &str| {
        let scale = "  thang điểm: 5 điểm\n\nsửa lĩnh vực 1: 3 điểm\n";
        header("t", 2023, &format!("  kế thừa: t năm 2022\n  căn cứ: \"2023/QĐ\"\n{scale}{lines}"))
    };
    let (one, other) = (next(&format!("{group}{part}")), next(&format!("{part}{group}")));
    let sets = [one, other].map(|text| sound(&[&upper, &text], "t 2023"));
    assert_eq!(sets[0].fingerprint, sets[1].fingerprint);
}

#[test]
fn a_lower_level_goes_by_what_the_texts_above_say() {
    let says = |code: &str, name: &str, was: &str| {
        leaf(code, name).replacen(" điểm\n", &format!(" điểm\n  thay cho {was} của năm 2022\n"), 1)
    };
    let upper = whole("t", 2022, "2022/QĐ", &two());
    let rewritten = whole("t", 2023, "2023/QĐ", &[says("1", "B", "2"), says("2", "A", "1")].concat());
    let district = |year| header("h", year, &format!("  căn cứ: \"05/QĐ-UBND\"\n  kế thừa: t năm {year}\n"));
    let (before, after) = (district(2022), district(2023));
    let texts = [upper.as_str(), &rewritten, &before, &after];
    changed_places(&sound(&texts, "h 2023"), &sound(&texts, "h 2022"));
}

#[test]
fn heads_that_both_years_add_below_areas_that_change_places_are_two() {
    let base =
        format!("\nlĩnh vực 1 \"Một\": 2 điểm\n{}\nlĩnh vực 2 \"Hai\": 2 điểm\n{}", leaf("1.1", "A"), leaf("2.1", "B"));
    let base = whole("t", 2021, "876/QĐ-BNV", &base);
    let added = ["1.2", "2.2"].map(|code| leaf(code, code).replace("\ntiêu chí", "\nbổ sung tiêu chí")).concat();
    let next = |year, lines: &str| {
        let scale = "  thang điểm: 8 điểm\n\nsửa lĩnh vực 1: 4 điểm\n\nsửa lĩnh vực 2: 4 điểm\n";
        header("t", year, &format!("  kế thừa: t năm 2021\n{scale}{lines}{added}"))
    };
    let (swapped, plain) = (next(2022, "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n"), next(2023, ""));
    let texts = [base.as_str(), &swapped, &plain];
    let (then, now) = (sound(&texts, "t 2022"), sound(&texts, "t 2023"));
    assert!(now.same_decisions(&then));
    assert_eq!(now.earlier_in("1.1", &then), Earlier::Codes(vec!["2.1".to_owned()]));
    assert_eq!(now.earlier_in("1.2", &then), Earlier::New);
    assert_eq!(last_year(&now, &then, ["1.2", "2.2"], "1.2"), Err(NotThere::New));
}

#[test]
fn codes_need_not_show_the_area_that_keeps_its_own() {
    let part = |area: &str, code: &str| {
        let leaf = leaf(code, "A").replacen(" điểm\n", &format!(" điểm\n  thuộc {area}\n"), 1);
        format!("\nlĩnh vực {area} \"Lĩnh vực {area}\": 2 điểm\n  thay cho {area} của năm 2022\n{leaf}")
    };
    let now = sound(&[&whole("t", 2023, "2023/QĐ", &[part("I", "1"), part("II", "2")].concat())], "t 2023");
    let text = r#"{"unit": "X", "year": 2022, "leaves": {"1": {"tự chấm": {"figures": {"v": 5}}}}}"#;
    let raw = import::read(SourceId(9), text, Format::Json);
    let mut archive = Archive::default();
    // The set of 2022 is not at hand.
    assert_eq!(archive.take(&now, 2022, &raw.sheets[0]), []);
    let (head, found) = now.by_code("1").unwrap();
    let figures = &found.leaf.as_ref().unwrap().figures;
    let prior = figures.iter().find_map(|figure| match figure.origin {
        Origin::Prior { figure, .. } => Some(figure),
        _ => None,
    });
    assert!(archive.value(2022, "X", head, prior.unwrap()).is_ok());
}
