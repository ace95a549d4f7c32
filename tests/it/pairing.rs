//! Whose value an archived sheet's is, where two sets share a decision, an area, or nothing at all.

use tieuchi::diagnostic::{Diagnostic, SourceId};
use tieuchi::import::{self, Format};
use tieuchi::ruleset::meaning::FigureId;
use tieuchi::ruleset::{Earlier, Origin, Pairs, Ruleset};
use tieuchi::submission::{Archive, NotThere, Then};

use crate::inheritance::Family;

pub(crate) fn header(path: &str, year: u16, lines: &str) -> String {
    format!("bộ tiêu chí {path} \"Bộ\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n{lines}")
}

/// A set by itself: its areas, and leaves that hold last year's `v` against this year's.
pub(crate) fn whole(path: &str, year: u16, authority: &str, body: &str) -> String {
    let settings = format!(
        "  căn cứ: \"{authority}\"\n  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n"
    );
    header(path, year, &(settings + body))
}

pub(crate) fn leaf(code: &str, name: &str) -> String {
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
    assert_eq!(archive.take_paired(later, &Then::of_set(later, earlier, &[]), &raw.sheets[0]), []);
    let (head, found) = later.by_code(code).unwrap();
    let figures = &found.leaf.as_ref().unwrap().figures;
    let prior = figures.iter().find_map(|figure| match figure.origin {
        Origin::Prior { figure: FigureId(at), .. } => Some(FigureId(at)),
        _ => None,
    });
    archive.value(2022, "X", head, prior.unwrap()).map(|value| format!("{value:?}"))
}

pub(crate) fn sound(texts: &[&str], name: &str) -> Ruleset {
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

/// What a sheet of 2022 with 5 and 900 at two codes gives each of these leaves: nothing where it has no value.
fn values(later: &Ruleset, earlier: &Ruleset, codes: [&str; 2], of: [&str; 2]) -> [Option<&'static str>; 2] {
    of.map(|code| {
        let value = last_year(later, earlier, codes, code).ok()?;
        Some(if value.contains("900") { "900" } else { "5" })
    })
}

#[test]
fn what_lies_two_levels_below_areas_that_change_places_is_not_known_by_its_code() {
    let area = |code: u8, name: &str, line: &str| {
        let part = leaf(&format!("{code}.1.1"), name).replace("tiêu chí", "thành phần");
        format!("\nlĩnh vực {code} \"{name}\": 2 điểm\n{line}\ntiêu chí {code}.1 \"{name}1\": 2 điểm\n{part}")
    };
    let was = |code: u8| format!("  thay cho {code} của năm 2022\n");
    let set = |year, [one, other]: [String; 2]| whole("t", year, "876/QĐ-BNV", &[one, other].concat());
    let then = set(2022, [area(1, "M", ""), area(2, "N", "")]);
    let changed = set(2023, [area(1, "N", &was(2)), area(2, "M", &was(1))]);
    let stayed = set(2023, [area(1, "M", &was(1)), area(2, "N", &was(2))]);
    let earlier = sound(&[&then], "t 2022");
    let codes = ["1.1.1", "2.1.1"];
    assert_eq!(values(&sound(&[&then, &changed], "t 2023"), &earlier, codes, codes), [None, None]);
    assert_eq!(values(&sound(&[&then, &stayed], "t 2023"), &earlier, codes, codes), [Some("5"), Some("900")]);
}

/// A ministry's 1.1, 1.2 and 1.3 of 2022, of which 2023 has no 1.3; a district adds its own head under that code.
fn own_head_at_a_code_that_was_the_ministrys(next: &str, authority: &str) {
    let area = |points: u8, leaves: &[(&str, &str)]| {
        let leaves: String = leaves.iter().map(|(code, name)| leaf(code, name)).collect();
        format!("\nlĩnh vực 1 \"M\": {points} điểm\n{leaves}")
    };
    let six = |text: String| text.replace("thang điểm: 4", "thang điểm: 6");
    let open = "\ncho cấp dưới bổ sung tiêu chí trong lĩnh vực 1\n";
    let then = six(whole("t", 2022, "2022/QĐ", &area(6, &[("1.1", "T1"), ("1.2", "T2"), ("1.3", "T3")])));
    let four = leaf("1.1", "T1").replacen("2 điểm", "4 điểm", 1).replace("= 1: 2 điểm", "= 1: 4 điểm");
    let now = match next {
        "chained" => header(
            "t",
            2023,
            "  căn cứ: \"2023/QĐ\"\n  kế thừa: t năm 2022\n\nbãi bỏ tiêu chí 1.3, do \"x\"\n\nsửa tiêu chí 1.1: 4 điểm\n",
        ),
        _ => six(whole("t", 2023, "2023/QĐ", &format!("\nlĩnh vực 1 \"M\": 6 điểm\n{four}{}", leaf("1.2", "T2")))),
    };
    let own = leaf("1.3", "Riêng").replace("\ntiêu chí", "\nbổ sung tiêu chí");
    let district = |year: u16, authority: &str, lines: &str| {
        header("h", year, &format!("  căn cứ: \"{authority}\"\n  kế thừa: t năm {year}\n{lines}"))
    };
    let before = district(2022, "05/QĐ-UBND", "");
    let after = district(2023, authority, &format!("\nsửa tiêu chí 1.1: 2 điểm\n{own}"));
    let texts = [then.as_str(), &(now + open), &before, &after];
    let (earlier, later) = (sound(&texts, "h 2022"), sound(&texts, "h 2023"));
    assert_eq!(later.same_decisions(&earlier), authority == "05/QĐ-UBND");
    let had = values(&later, &earlier, ["1.2", "1.3"], ["1.2", "1.3"]);
    assert_eq!(had, [Some("5"), None], "{next}, {authority}");
    if next == "chained" {
        // The district's set of 2022 is not at hand; that 1.3 was the ministry's is known without it.
        assert_eq!(later.earlier("1.3", 2022), Earlier::New);
    }
}

#[test]
fn a_lower_levels_own_head_is_none_of_the_level_above() {
    for next in ["chained", "alone"] {
        for authority in ["05/QĐ-UBND", "06/QĐ-UBND"] {
            own_head_at_a_code_that_was_the_ministrys(next, authority);
        }
    }
}

#[test]
fn an_edition_passed_over_is_not_known_by_codes_that_were_changed_since() {
    let first = whole("t", 2022, "876/QĐ-BNV", &two());
    let second =
        whole("t", 2022, "876/QĐ-BNV", &two()).replacen("  năm: 2022\n", "  năm: 2022\n  lần ban hành: 2\n", 1);
    let next = |lines: &str| header("t", 2023, &format!("  kế thừa: t năm 2022, lần ban hành 2\n{lines}"));
    let codes = ["1", "2"];
    let of = |lines: &str| {
        let texts = [first.as_str(), &second, &next(lines)];
        values(&sound(&texts, "t 2023"), &sound(&texts, "t 2022"), codes, codes)
    };
    assert_eq!(of(""), [Some("5"), Some("900")], "one decision, and nothing changed");
    let swap = "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n";
    assert_eq!(of(swap), [Some("900"), Some("5")], "the editions have one numbering");
    // A head repealed, and another one added under its code.
    let again = leaf("2", "C").replace("\ntiêu chí", "\nbổ sung tiêu chí");
    assert_eq!(of(&format!("\nbãi bỏ tiêu chí 2, do \"x\"\n{again}")), [Some("5"), None]);
    // The same of a year that the next one passes over.
    let base = whole("t", 2021, "876/QĐ-BNV", &two());
    let swapped = header("t", 2023, "  kế thừa: t năm 2021\n\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n");
    let texts = [base.as_str(), &first, &swapped];
    let had = values(&sound(&texts, "t 2023"), &sound(&texts, "t 2022"), codes, codes);
    assert_eq!(had, [Some("900"), Some("5")], "what the year before says holds until the next set comes");
}

#[test]
fn lines_of_the_level_above_name_the_codes_of_its_newest_edition() {
    let says = |code: &str, name: &str, was: &str| {
        leaf(code, name).replacen(" điểm\n", &format!(" điểm\n  thay cho {was} của năm 2022\n"), 1)
    };
    let first = whole("t", 2022, "2022/QĐ", &two());
    let second = header(
        "t",
        2022,
        "  lần ban hành: 2\n  kế thừa: t năm 2022, lần ban hành 1\n\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n",
    );
    // 1 of 2023 is 1 of the second edition, which was 2 of the first.
    let rewritten = whole("t", 2023, "2023/QĐ", &[says("1", "B", "1"), says("2", "A", "2")].concat());
    let district = |year: u16, edition: &str| {
        header("h", year, &format!("  căn cứ: \"05/QĐ-UBND\"\n  kế thừa: t năm {year}{edition}\n"))
    };
    let (before, after) = (district(2022, ", lần ban hành 1"), district(2023, ""));
    let texts = [first.as_str(), &second, &rewritten, &before, &after];
    let (then, now, newest) = (sound(&texts, "h 2022"), sound(&texts, "h 2023"), sound(&texts, "t 2022-2"));
    assert_eq!(Pairs::of_set(&now, &then, &[&newest]).was("1"), Earlier::Codes(vec!["2".to_owned()]));
    assert_eq!(Pairs::of_set(&now, &then, &[&newest]).was("2"), Earlier::Codes(vec!["1".to_owned()]));
}

/// `thay cho … của năm 2022` under heads, where there is one.
fn says(text: &str, was: &[(&str, &str)], year: u16) -> String {
    was.iter().fold(text.to_owned(), |text, (head, codes)| {
        let at = text.lines().find(|line| line.contains(&format!(" {head} \""))).unwrap().to_owned();
        text.replacen(&at, &format!("{at}\n  thay cho {codes} của năm {year}"), 1)
    })
}

fn area(heads: &[(&str, &str)]) -> String {
    let leaves: String = heads.iter().map(|(code, name)| leaf(code, name)).collect();
    format!("\nlĩnh vực 1 \"M\": {} điểm\n{leaves}", 2 * heads.len())
}

fn district(year: u16, authority: &str, lines: &str) -> String {
    header("h", year, &format!("  căn cứ: \"{authority}\"\n  kế thừa: t năm {year}\n{lines}"))
}

#[test]
fn a_code_said_of_one_head_is_no_silent_ones() {
    let heads = [("1.1", "A"), ("1.2", "B")];
    for (authority, then_authority) in [("876/QĐ", "876/QĐ"), ("23/QĐ", "22/QĐ")] {
        let then = whole("t", 2022, then_authority, &area(&heads));
        let now = whole("t", 2023, authority, &area(&[("1.1", "B"), ("1.2", "Mới")]));
        let now = says(&now, &[("1", "1"), ("1.1", "1.2")], 2022);
        for own in ["05/QĐ-UBND", "06/QĐ-UBND"] {
            let (before, after) = (district(2022, "05/QĐ-UBND", ""), district(2023, own, ""));
            let texts = [then.as_str(), &now, &before, &after];
            for path in ["t", "h"] {
                let set = |year| sound(&texts, &format!("{path} {year}"));
                let had = values(&set(2023), &set(2022), ["1.1", "1.2"], ["1.1", "1.2"]);
                assert_eq!(had, [Some("900"), None], "{path}, {authority}, {own}");
            }
        }
    }
}

#[test]
fn areas_that_changed_places_above_have_changed_places_below() {
    let set = |year, authority, was: &[(&str, &str)], names: [&str; 2]| {
        let area =
            |code: u8, name| format!("\nlĩnh vực {code} \"L{name}\": 2 điểm\n{}", leaf(&format!("{code}.1"), name));
        says(&whole("t", year, authority, &[area(1, names[0]), area(2, names[1])].concat()), was, 2022)
    };
    let then = set(2022, "22/QĐ", &[], ["A", "B"]);
    let now = set(2023, "23/QĐ", &[("1", "2"), ("2", "1")], ["B", "A"]);
    let edition = header("t", 2023, "  lần ban hành: 2\n  kế thừa: t năm 2023, lần ban hành 1\n");
    let (before, after) = (district(2022, "05/QĐ-UBND", ""), district(2023, "05/QĐ-UBND", ""));
    let codes = ["1.1", "2.1"];
    let texts = [then.as_str(), &now, &before, &after];
    assert_eq!(values(&sound(&texts, "h 2023"), &sound(&texts, "h 2022"), codes, codes), [None, None]);
    let texts = [then.as_str(), &now, &edition];
    assert_eq!(values(&sound(&texts, "t 2023-2"), &sound(&texts, "t 2022"), codes, codes), [None, None]);
}

#[test]
fn a_standing_decision_of_a_district_says_nothing_of_the_heads_above() {
    let base = whole("t", 2021, "21/QĐ", &two());
    let between = whole("t", 2022, "22/QĐ", &two());
    let added = leaf("2", "Mới").replace("\ntiêu chí", "\nbổ sung tiêu chí");
    let lines = format!("  căn cứ: \"23/QĐ\"\n  kế thừa: t năm 2021\n\nbãi bỏ tiêu chí 2, do \"x\"\n{added}");
    let now = header("t", 2023, &lines);
    let (before, after) = (district(2022, "05/QĐ-UBND", ""), district(2023, "05/QĐ-UBND", ""));
    let texts = [base.as_str(), &between, &now, &before, &after];
    let had = values(&sound(&texts, "h 2023"), &sound(&texts, "h 2022"), ["1", "2"], ["1", "2"]);
    assert_eq!(had, [Some("5"), None]);
}

#[test]
fn lines_through_a_year_between_are_followed() {
    let swap = [("1", "2"), ("2", "1")];
    let stay = [("1", "1"), ("2", "2")];
    let base = whole("t", 2021, "21/QĐ", &two());
    let text = |year, was: &[(&str, &str)], of| says(&whole("t", year, &format!("{year}/QĐ"), &two()), was, of);
    let extends =
        |year: u16, lines: &str| header("t", year, &format!("  căn cứ: \"{year}/QĐ\"\n  kế thừa: t năm 2021\n{lines}"));
    let turned = "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n";
    let codes = ["1", "2"];
    // What 2022 and 2023 both say of 2021.
    for (then, now) in [
        (text(2022, &swap, 2021), extends(2023, "")),
        (extends(2022, turned), text(2023, &stay, 2021)),
        (text(2022, &swap, 2021), text(2023, &stay, 2021)),
    ] {
        let texts = [base.as_str(), &then, &now];
        let had = values(&sound(&texts, "t 2023"), &sound(&texts, "t 2022"), codes, codes);
        assert_eq!(had, [Some("900"), Some("5")], "{then}\n{now}");
    }
    // What 2023 says of 2022, and 2022 of 2021.
    for (first, second, had) in [
        (swap, stay, [Some("900"), Some("5")]),
        (stay, swap, [Some("900"), Some("5")]),
        (swap, swap, [Some("5"), Some("900")]),
    ] {
        let (between, now) = (text(2022, &first, 2021), text(2023, &second, 2022));
        let texts = [base.as_str(), &between, &now];
        let (then, between, now) = (sound(&texts, "t 2021"), sound(&texts, "t 2022"), sound(&texts, "t 2023"));
        let was = |beside: &[&Ruleset]| codes.map(|code| Pairs::of_set(&now, &then, beside).was(code));
        let of = |value: Option<&str>| match value {
            Some("900") => Earlier::Codes(vec!["2".to_owned()]),
            _ => Earlier::Codes(vec!["1".to_owned()]),
        };
        assert_eq!(was(&[&between]), had.map(of));
        if second == swap {
            // Without the set between nobody knows what its codes were before.
            assert_eq!(was(&[]), [Earlier::Unknown, Earlier::Unknown]);
        }
    }
}

#[test]
fn silent_heads_go_by_the_newest_edition_too() {
    let heads = [("1.1", "A"), ("1.2", "B")];
    let first = whole("t", 2022, "22/QĐ", &area(&heads));
    let second = header(
        "t",
        2022,
        "  lần ban hành: 2\n  kế thừa: t năm 2022, lần ban hành 1\n\nđổi mã 1.1 thành 1.2\n\nđổi mã 1.2 thành 1.1\n",
    );
    let now = says(&whole("t", 2023, "23/QĐ", &area(&[("1.1", "B"), ("1.2", "A")])), &[("1", "1")], 2022);
    let before = header("h", 2022, "  căn cứ: \"05/QĐ-UBND\"\n  kế thừa: t năm 2022, lần ban hành 1\n");
    let after = district(2023, "05/QĐ-UBND", "");
    let texts = [first.as_str(), &second, &now, &before, &after];
    let newest = sound(&texts, "t 2022-2");
    for (path, earlier) in [("t", "t 2022"), ("h", "h 2022")] {
        let pairs = Pairs::of_set(&sound(&texts, &format!("{path} 2023")), &sound(&texts, earlier), &[&newest]);
        assert_eq!(pairs.was("1.1"), Earlier::Codes(vec!["1.2".to_owned()]), "{path}");
        assert_eq!(pairs.was("1.2"), Earlier::Codes(vec!["1.1".to_owned()]), "{path}");
    }
}

#[test]
fn parts_of_one_leaf_have_not_its_value() {
    let then = whole("t", 2022, "22/QĐ", &two());
    let part = |code: &str| leaf(code, code).replace("tiêu chí", "thành phần").replace("2 điểm", "1 điểm");
    let group = format!("\ntiêu chí 1 \"A\": 2 điểm\n{}{}{}", part("1.1"), part("1.2"), leaf("2", "B"));
    let now = says(&whole("t", 2023, "23/QĐ", &group), &[("1", "1"), ("1.1", "1"), ("1.2", "1"), ("2", "2")], 2022);
    let texts = [then.as_str(), &now];
    let (earlier, later) = (sound(&texts, "t 2022"), sound(&texts, "t 2023"));
    assert_eq!(last_year(&later, &earlier, ["1", "2"], "1.1"), Err(NotThere::Split));
    assert_eq!(last_year(&later, &earlier, ["1", "2"], "1.2"), Err(NotThere::Split));
    assert!(last_year(&later, &earlier, ["1", "2"], "2").unwrap().contains("900"));
}

#[test]
fn what_is_left_of_a_leaf_that_was_split_has_not_its_value_either() {
    let base = whole("t", 2022, "22/QĐ", &two());
    let six = whole("t", 2023, "23/QĐ", &[leaf("1", "A1"), leaf("2", "A2"), leaf("3", "B")].concat());
    let split = says(&six, &[("1", "1"), ("2", "1"), ("3", "2")], 2022).replace("thang điểm: 4", "thang điểm: 6");
    let edition = header(
        "t",
        2023,
        "  lần ban hành: 2\n  kế thừa: t năm 2023, lần ban hành 1\n  thang điểm: 4 điểm\n\nbãi bỏ tiêu chí 2, do \"x\"\n",
    );
    let texts = [base.as_str(), &split, &edition];
    let (earlier, later) = (sound(&texts, "t 2022"), sound(&texts, "t 2023-2"));
    assert_eq!(last_year(&later, &earlier, ["1", "2"], "1"), Err(NotThere::Split));
    assert!(last_year(&later, &earlier, ["1", "2"], "3").unwrap().contains("900"));
}

#[test]
fn a_silent_edition_goes_by_the_one_before_it() {
    let base = whole("t", 2021, "21/QĐ", &two());
    let swapped = says(&whole("t", 2022, "22/QĐ", &two()), &[("1", "2"), ("2", "1")], 2021);
    let silent = whole("t", 2022, "22b/QĐ", &two()).replacen("  năm: 2022\n", "  năm: 2022\n  lần ban hành: 2\n", 1);
    let now = says(&whole("t", 2023, "23/QĐ", &two()), &[("1", "1"), ("2", "2")], 2022);
    let texts = [base.as_str(), &swapped, &silent, &now];
    let [then, first, second, now] = ["t 2021", "t 2022", "t 2022-2", "t 2023"].map(|name| sound(&texts, name));
    let was = |set: &Ruleset, beside: &[&Ruleset]| Pairs::of_set(set, &then, beside).was("1");
    let two = Earlier::Codes(vec!["2".to_owned()]);
    assert_eq!(was(&second, &[&first]), two);
    assert_eq!(was(&now, &[&second, &first]), two);
}
