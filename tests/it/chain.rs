//! Sets, editions and years that build on one another: no ring, and which head is which.

use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceId, render};
use tieuchi::import::{self, Format};
use tieuchi::ruleset::meaning::FigureId;
use tieuchi::ruleset::{Earlier, Origin, Pairs, Ruleset};
use tieuchi::submission::{Archive, NotThere, Then};

use crate::inheritance::Family;

const SETTINGS: &str = "  thiếu số liệu: chưa chấm
  thiếu minh chứng: phải giải trình
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
";

fn first(path: &str, year: u16, header: &str, body: &str) -> String {
    format!("bộ tiêu chí {path} \"Bộ\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n{header}{SETTINGS}\n{body}")
}

fn after(path: &str, year: u16, extends: &str, body: &str) -> String {
    format!("bộ tiêu chí {path} \"Bộ\"\n  năm: {year}\n  nguồn: minh họa, \"thử\"\n  kế thừa: {extends}\n{body}")
}

fn edition(path: &str, year: u16, header: &str, body: &str) -> String {
    format!(
        "bộ tiêu chí {path} \"Bộ\"\n  năm: {year}\n  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 31/10/{year}, tính cho cả năm\n  nguồn: minh họa, \"thử\"\n  kế thừa: {path} năm {year}, lần ban hành 1\n{header}{body}"
    )
}

fn entered(head: &str) -> String {
    format!("\n{head}\n  chấm theo điểm nhập, do \"Sở\"\n")
}

fn counted(head: &str, lines: &str, test: &str) -> String {
    format!(
        "\n{head}\n{lines}  số liệu v \"V\": số đếm\n  chấm theo điều kiện\n    khi {test}: tối đa\n    còn lại: 0 điểm\n"
    )
}

fn codes(texts: &[&str], name: &str) -> Vec<&'static str> {
    let checked = Family::new(texts).check(name);
    checked.diagnostics.iter().filter(|found| found.is_error()).map(Diagnostic::code).collect()
}

fn sound(texts: &[&str], name: &str) -> Ruleset {
    Family::new(texts).sound(name).0
}

fn were(codes: &[&str]) -> Earlier {
    Earlier::Codes(codes.iter().map(|&code| code.to_owned()).collect())
}

/// What an archive of one sheet holds of `v` of a leaf, as this year's set asks for it.
fn then(set: &Ruleset, code: &str, year: &str, leaves: &str) -> Option<String> {
    taken(set, code, year, leaves, None).ok()
}

/// The same, of the very set that the sheet is of, where it is at hand.
fn taken(
    set: &Ruleset,
    code: &str,
    year: &str,
    leaves: &str,
    of: Option<(&Ruleset, &Ruleset)>,
) -> Result<String, NotThere> {
    let text = format!(r#"{{"unit": "A", "year": "{year}", "leaves": {{{leaves}}}}}"#);
    let raw = import::read(SourceId(9), &text, Format::Json);
    assert!(raw.diagnostics.is_empty(), "{:?}", raw.diagnostics);
    let number: u16 = year[..4].parse().unwrap();
    let mut archive = Archive::default();
    let told = match of {
        Some((of, newest)) => archive.take_paired(set, &Then::of_set(set, of, &[newest]), &raw.sheets[0]),
        None => archive.take(set, number, &raw.sheets[0]),
    };
    assert_eq!(told, []);
    let (head, found) = set.by_code(code).unwrap();
    let figures = &found.leaf.as_ref().unwrap().figures;
    let known = figures.iter().position(|figure| matches!(figure.origin, Origin::Prior { .. })).unwrap();
    let Origin::Prior { figure: FigureId(figure), .. } = figures[known].origin else { panic!("{code}") };
    archive.value(number, "A", head, FigureId(figure)).map(|value| format!("{value:?}"))
}

fn stated(code: &str, v: u32) -> String {
    format!(r#""{code}": {{"tự chấm": {{"figures": {{"v": {v}}}}}}}"#)
}

#[test]
fn heads_put_below_themselves_are_told_once() {
    let part = |head: &str, under: &str| format!("\n{head}\n  thuộc {under}\n  chấm theo điểm nhập, do \"Sở\"\n");
    let two = first(
        "t",
        2022,
        "  thang điểm: 2 điểm\n",
        &format!("lĩnh vực 1 \"Một\": 2 điểm\n{}", entered("tiêu chí 1.1 \"A\": 2 điểm")),
    );
    let under = first(
        "t",
        2022,
        "  thang điểm: 2 điểm\n",
        &format!("lĩnh vực A \"Một\": 2 điểm\n{}", part("tiêu chí B.1 \"A\": 2 điểm", "A")),
    );
    for (upper, lines) in [
        (&two, String::from("\nđổi mã 1.1 thành 2\n\nđổi mã 1 thành 2.1\n")),
        (&under, String::from("\nđổi mã A thành B.1.2\n")),
        (&two, part("bổ sung tiêu chí 5 \"Năm\": 1 điểm", "5")),
        (
            &two,
            part("bổ sung tiêu chí 5 \"Năm\": 1 điểm", "6") + part("bổ sung tiêu chí 6 \"Sáu\": 1 điểm", "5").as_str(),
        ),
    ] {
        let next = after("t", 2023, "t năm 2022", &lines);
        assert_eq!(codes(&[upper, &next], "t 2023"), ["head-below-itself"], "{lines}");
        // A lower level, and a set without a source.
        let lower = next.replace("tiêu chí t", "tiêu chí x").replace("  nguồn: minh họa, \"thử\"\n", "");
        assert!(!codes(&[upper, &lower], "x 2023").is_empty(), "{lines}");
    }
    // A head that stays, below one that this text puts below it.
    let deep = first(
        "t",
        2022,
        "  thang điểm: 4 điểm\n",
        &[
            String::from("lĩnh vực 1 \"Một\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n\nthành phần 1.1.1 \"B\": 2 điểm\n  chấm theo điểm nhập, do \"Sở\"\n"),
            entered("tiêu chí 1.2 \"C\": 2 điểm"),
        ]
        .concat(),
    );
    let lines = [
        String::from("\nbãi bỏ tiêu chí 1.2, do \"x\"\n\nsửa tiêu chí 1.1: 4 điểm\n  thuộc 5\n"),
        part("bổ sung thành phần 5 \"Năm\": 2 điểm", "1.1"),
    ];
    for order in [[0, 1], [1, 0]] {
        let lines = order.map(|at| lines[at].as_str()).concat();
        let family = Family::new(&[&deep, &after("t", 2023, "t năm 2022", &lines)]);
        let told = family.check("t 2023").diagnostics;
        let told = render(&told, &family.sources, Language::Vietnamese, Colour::Never);
        assert!(told.contains("chính nó: `1.1` thuộc `5`, `5` thuộc `1.1`\n"), "{told}");
        assert_eq!(told.matches("lỗi[").count(), 1, "{told}");
    }
    // Two heads may change places, and one may go below what was beside it.
    let both = first(
        "t",
        2022,
        "  thang điểm: 4 điểm\n",
        &["1", "2"]
            .map(|at| format!("\nlĩnh vực {at} \"L\": 2 điểm\n{}", entered(&format!("tiêu chí {at}.1 \"A\": 2 điểm"))))
            .concat(),
    );
    let next = after("t", 2023, "t năm 2022", "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n");
    assert_eq!(codes(&[&both, &next], "t 2023"), Vec::<&str>::new());
}

#[test]
fn days_off_counted_by_a_template_stay_behind_the_lock() {
    let week = "  thang điểm: 4 điểm\n  tuần làm việc: thứ hai đến hết thứ sáu\n  ngày nghỉ: từ 31/01/2022 đến hết 04/02/2022\n";
    let upper = |unit: &str| {
        first(
            "t",
            2022,
            week,
            &format!(
                "khóa tiêu chí 1\n\nmẫu hạn(x)\n  chấm theo thời hạn x, hạn hết 28/01/2022\n    đúng hạn: tối đa\n    muộn không quá 2 {unit}: 50% tối đa\n    muộn trên 2 {unit}: 0 điểm\n    không thực hiện: 0 điểm\n\ntiêu chí 1 \"A\": 2 điểm\n  số liệu d \"D\": ngày\n  chấm theo mẫu hạn(d)\n\ntiêu chí 2 \"B\": 2 điểm\n  số liệu d \"D\": ngày\n  chấm theo thời hạn d, hạn hết 28/01/2022\n    đúng hạn: tối đa\n    muộn không quá 2 ngày làm việc: 50% tối đa\n    muộn trên 2 ngày làm việc: 0 điểm\n    không thực hiện: 0 điểm\n"
            ),
        )
    };
    let later = edition("t", 2022, "  ngày nghỉ: từ 31/01/2022 đến hết 11/02/2022\n", "");
    assert_eq!(codes(&[&upper("ngày làm việc"), &later], "t 2022-2"), ["locked"]);
    assert_eq!(codes(&[&upper("ngày"), &later], "t 2022-2"), Vec::<&str>::new());
}

#[test]
fn lines_of_one_year_count_together_in_any_order() {
    let upper = first(
        "t",
        2022,
        "  thang điểm: 4 điểm\n",
        &["1", "2"].map(|at| counted(&format!("tiêu chí {at} \"T{at}\": 2 điểm"), "", "v > 10")).concat(),
    );
    let gone = "\nbãi bỏ tiêu chí 1, do \"gộp\"\n\nbãi bỏ tiêu chí 2, do \"gộp\"\n";
    for lines in [
        "  thay cho 1; 2 của năm 2022\n",
        "  thay cho 1 của năm 2022\n  thay cho 2 của năm 2022\n",
        "  thay cho 2 của năm 2022\n  thay cho 1 của năm 2022\n",
    ] {
        let head = counted("bổ sung tiêu chí 1 \"Gộp\": 4 điểm", lines, "v > v của năm trước");
        let set = sound(&[&upper, &after("t", 2023, "t năm 2022", &format!("{gone}{head}"))], "t 2023");
        let Earlier::Codes(mut known) = set.earlier("1", 2022) else { panic!("{lines}") };
        known.sort();
        assert_eq!(known, ["1", "2"], "{lines}");
        assert_eq!(then(&set, "1", "2022", &format!("{}, {}", stated("1", 20), stated("2", 60))), None, "{lines}");
    }
}

#[test]
fn what_was_split_and_is_one_again_was_one() {
    let upper = first("t", 2021, "  thang điểm: 4 điểm\n", &counted("tiêu chí 1 \"A\": 4 điểm", "", "v > 10"));
    let part = |code: &str| {
        format!(
            "\nthành phần {code} \"P{code}\": 2 điểm\n  thay cho 1 của năm 2021\n  chấm theo điểm nhập, do \"Sở\"\n"
        )
    };
    let split = after("t", 2022, "t năm 2021", &format!("\nchia tiêu chí 1\n{}{}", part("1.1"), part("1.2")));
    let one = after(
        "t",
        2023,
        "t năm 2022",
        &format!(
            "\nbãi bỏ tiêu chí 1, do \"gộp\"\n{}",
            counted("bổ sung tiêu chí 2 \"B\": 4 điểm", "  thay cho 1.1; 1.2 của năm 2022\n", "v > v của năm 2021")
        ),
    );
    let set = sound(&[&upper, &split, &one], "t 2023");
    assert_eq!(set.earlier("2", 2021), were(&["1"]));
    assert!(then(&set, "2", "2021", &stated("1", 20)).is_some());
}

#[test]
fn a_code_that_was_another_heads_is_not_ones_own() {
    let frame = first(
        "k",
        2022,
        "  thang điểm: 6 điểm\n",
        &format!(
            "cho cấp dưới bổ sung thành phần trong tiêu chí 1\n\ntiêu chí 1 \"Một\": 6 điểm\n{}{}",
            entered("thành phần 1.1 \"A\": 3 điểm"),
            counted("thành phần 1.2 \"B\": 3 điểm", "", "v > 10")
        ),
    );
    let next = after("k", 2023, "k năm 2022", "\nđổi mã 1.2 thành 1.3\n");
    let own = |code: &str| {
        after(
            "x",
            2023,
            "k năm 2023",
            &format!(
                "\nsửa thành phần 1.1: 1 điểm\n{}",
                counted(&format!("bổ sung thành phần {code} \"C\": 2 điểm"), "", "v > v của năm trước")
            ),
        )
    };
    let set = |code: &str| sound(&[&frame, &next, &own(code)], "x 2023");
    assert_eq!(then(&set("1.2"), "1.2", "2022", &stated("1.2", 20)), None, "1.2 was B then, which is 1.3 now");
    assert!(then(&set("1.4"), "1.4", "2022", &stated("1.4", 20)).is_some(), "of 1.4 nobody says anything");
}

#[test]
fn editions_are_told_apart() {
    let rule =
        |test: &str| ["1", "2"].map(|at| counted(&format!("tiêu chí {at} \"T{at}\": 2 điểm"), "", test)).concat();
    let old = first("t", 2022, "  thang điểm: 4 điểm\n", &rule("v > 10"));
    let swapped = edition("t", 2022, "", "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n");
    let anew = |code: &str| {
        format!(
            "\nsửa tiêu chí {code}\n  chấm theo điều kiện\n    khi v > v của năm trước: tối đa\n    còn lại: 0 điểm\n"
        )
    };
    let next = after("t", 2023, "t năm 2022, lần ban hành 2", &format!("{}{}", anew("1"), anew("2")));
    let texts = [old.as_str(), &swapped, &next];
    let (set, first_edition, second) = (sound(&texts, "t 2023"), sound(&texts, "t 2022"), sound(&texts, "t 2022-2"));
    assert_eq!(set.earlier_in("1", &first_edition), were(&["2"]));
    assert_eq!(set.earlier_in("1", &second), were(&["1"]));
    assert_eq!(Pairs::of_set(&set, &first_edition, &[]).was("2"), were(&["1"]));
    let sheet = format!("{}, {}", stated("1", 10), stated("2", 20));
    let value = |year: &str| then(&set, "1", year, &sheet).unwrap();
    assert_eq!(value("2022"), value("2022-2"));
    assert!(value("2022-1").contains("20") && value("2022-2").contains("10"), "{}", value("2022-1"));
    assert_eq!(then(&set, "1", "2022-3", &sheet), None, "of another edition nobody says what its codes were");
    // Two years of a lower level, on a frame whose editions number their heads otherwise.
    let own = |year: u16, on: &str| after("x", year, on, "");
    let lower = [own(2022, "t năm 2022, lần ban hành 1"), own(2023, "t năm 2023")];
    let texts = [old.as_str(), &swapped, &next, &lower[0], &lower[1]];
    assert_eq!(sound(&texts, "x 2023").earlier_in("1", &sound(&texts, "x 2022")), were(&["2"]));
}

#[test]
fn lines_of_lineage_are_held_against_the_edition_extended() {
    let old = first(
        "t",
        2022,
        "  thang điểm: 4 điểm\n",
        &["1", "2"].map(|at| entered(&format!("tiêu chí {at} \"T{at}\": 2 điểm"))).concat(),
    );
    let shorter = edition("t", 2022, "", "\nbãi bỏ tiêu chí 2, do \"bỏ\"\n\nsửa tiêu chí 1: 4 điểm\n");
    let next = after("t", 2023, "t năm 2022, lần ban hành 1", "\nđổi mã 2 thành 3\n");
    assert_eq!(codes(&[&old, &shorter, &next], "t 2023"), Vec::<&str>::new());
    let on_second = after(
        "t",
        2023,
        "t năm 2022, lần ban hành 2",
        "\nsửa tiêu chí 1: 2 điểm\n\nbổ sung tiêu chí 3 \"B\": 2 điểm\n  thay cho 2 của năm 2022\n  chấm theo điểm nhập, do \"Sở\"\n",
    );
    assert_eq!(codes(&[&old, &shorter, &on_second], "t 2023"), ["lineage-unknown"]);
    let later = after("t", 2024, "t năm 2023", "");
    assert_eq!(codes(&[&old, &shorter, &next, &later], "t 2024"), Vec::<&str>::new());
}

#[test]
fn what_an_edition_repeals_is_named_by_its_edition() {
    let gated = "\ntiêu chí 3 \"C\": 2 điểm\n  chấm theo điểm nhập, do \"Sở\"\n  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm\n";
    let old = first(
        "t",
        2022,
        "  thang điểm: 4 điểm\n",
        &format!("{}{}{gated}", entered("tiêu chí 1 \"A\": 1 điểm"), entered("tiêu chí 2 \"B\": 1 điểm")),
    );
    let later =
        edition("t", 2022, "", "\nbãi bỏ tiêu chí 1, do \"bỏ\"\n\nđổi mã 2 thành 1\n\nsửa tiêu chí 2: 2 điểm\n");
    let family = Family::new(&[&old, &later]);
    let told = render(&family.check("t 2022-2").diagnostics, &family.sources, Language::Vietnamese, Colour::Never);
    assert!(told.contains("`1 (2022-1)`"), "{told}");
}

#[test]
fn a_leaf_is_split_with_all_that_is_of_leaves_alone() {
    let parts = |one: &str, other: &str| {
        format!(
            "\nchia tiêu chí 2\n{}{}",
            entered(&format!("thành phần 2.1 \"a\": 1 điểm{one}")),
            entered(&format!("thành phần 2.2 \"b\": 1 điểm{other}"))
        )
    };
    let one = entered("tiêu chí 1 \"A\": 2 điểm");
    let floor = format!(
        "{one}\ntiêu chí 2 \"B\": 2 điểm, thấp nhất trừ 0,25 điểm\n  số liệu x \"X\": có/không\n  chấm theo điều kiện\n    khi x = có: tối đa\n    còn lại: trừ 0,25 điểm\n"
    );
    let upper = first("t", 2022, "  thang điểm: 4 điểm\n", &floor);
    assert_eq!(codes(&[&upper, &after("t", 2023, "t năm 2022", &parts("", ""))], "t 2023"), Vec::<&str>::new());
    let again = format!("\nsửa tiêu chí 2: 2 điểm, thấp nhất trừ 0,5 điểm\n{}", parts("", ""));
    assert!(
        !codes(&[&upper, &after("t", 2023, "t năm 2022", &again)], "t 2023").is_empty(),
        "this text says it itself"
    );
    let asked = format!("{one}{}", entered("tiêu chí 2 \"B\": 2 điểm, điều tra"));
    let upper = first("t", 2022, "  thang điểm: 4 điểm; thẩm định 2 điểm; điều tra 2 điểm\n", &asked);
    let next =
        |lines: &str| after("t", 2023, "t năm 2022\n  thang điểm: 4 điểm; thẩm định 3 điểm; điều tra 1 điểm", lines);
    assert_eq!(codes(&[&upper, &next(&parts(", điều tra", ", chỉ thẩm định"))], "t 2023"), Vec::<&str>::new());
    assert!(!codes(&[&upper, &next(&parts("", ", chỉ thẩm định"))], "t 2023").is_empty());
}

#[test]
fn a_head_may_come_to_stand_below_one_that_is_split() {
    let heads = format!(
        "tiêu chí 1 \"A\": 2 điểm\n{}{}{}",
        entered("thành phần 1.1 \"p\": 1 điểm"),
        entered("thành phần 1.2 \"q\": 1 điểm"),
        entered("tiêu chí 2 \"B\": 3 điểm")
    );
    let upper = first("t", 2022, "  thang điểm: 5 điểm\n", &heads);
    let lines = format!(
        "\nchia tiêu chí 2\n\nsửa tiêu chí 1: 1 điểm\n\nđổi mã 1.2 thành 2.1\n{}",
        entered("thành phần 2.2 \"b\": 2 điểm")
    );
    let set = sound(&[&upper, &after("t", 2023, "t năm 2022\n  thang điểm: 4 điểm", &lines)], "t 2023");
    let (_, head) = set.by_code("2").unwrap();
    assert_eq!(head.children.iter().map(|&id| set.head(id).unwrap().code.as_str()).collect::<Vec<_>>(), ["2.1", "2.2"]);
    let had =
        after("t", 2023, "t năm 2022", &format!("\nchia tiêu chí 1\n{}", entered("thành phần 1.3 \"b\": 1 điểm")));
    assert!(codes(&[&upper, &had], "t 2023").contains(&"split-has-parts"));
}

#[test]
fn added_heads_stand_in_the_order_of_mixed_codes() {
    let heads = format!(
        "lĩnh vực I \"Một\": 2 điểm\n{}\nlĩnh vực II \"Hai\": 2 điểm\n{}",
        entered("tiêu chí I.a \"A\": 2 điểm"),
        entered("tiêu chí II.b \"B\": 2 điểm")
    );
    let upper = first("t", 2022, "  thang điểm: 4 điểm\n", &heads);
    let added = ["II.a", "II.c", "I.b"].map(|code| entered(&format!("bổ sung tiêu chí {code} \"{code}\": 1 điểm")));
    let area = "\nsửa lĩnh vực I: 3 điểm\n\nsửa lĩnh vực II: 4 điểm\n";
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let lines = order.map(|at| added[at].as_str()).concat();
        let next = after("t", 2023, "t năm 2022\n  thang điểm: 7 điểm", &format!("{area}{lines}"));
        let set = sound(&[&upper, &next], "t 2023");
        let codes: Vec<&str> = set.heads.iter().map(|head| head.code.as_str()).collect();
        assert_eq!(codes, ["I", "I.a", "I.b", "II", "II.a", "II.b", "II.c"]);
    }
}

#[test]
fn two_heads_at_the_top_that_replace_one_are_told() {
    let old = first("t", 2022, "  thang điểm: 2 điểm\n", &entered("tiêu chí 1 \"A\": 2 điểm"));
    let heads = |level: &str, at: &str| {
        ["1", "2"].map(|code| format!("\n{level} {at}{code} \"T{code}\": 1 điểm\n  thay cho 1 của năm 2022\n  chấm theo điểm nhập, do \"Sở\"\n")).concat()
    };
    let told = |body: &str| {
        let checked = Family::new(&[&old, &first("t", 2023, "  thang điểm: 2 điểm\n", body)]).check("t 2023");
        checked.diagnostics.iter().filter(|found| found.code() == "lineage-twice").count()
    };
    assert_eq!(told(&heads("tiêu chí", "")), 1);
    assert_eq!(told(&format!("lĩnh vực 1 \"L\": 2 điểm\n{}", heads("tiêu chí", "1."))), 0, "parts of one head");
    let twice = "tiêu chí 1 \"A\": 2 điểm\n  thay cho 1 của năm 2022\n  thay cho 1 của năm 2022\n  chấm theo điểm nhập, do \"Sở\"\n";
    assert_eq!(told(twice), 0, "one head");
}

#[test]
fn archived_sheets_are_read_by_the_very_set_that_they_are_of() {
    let rule =
        |test: &str| ["1", "2"].map(|at| counted(&format!("tiêu chí {at} \"T{at}\": 2 điểm"), "", test)).concat();
    let anew = ["1", "2"].map(|code| {
        format!(
            "\nsửa tiêu chí {code}\n  chấm theo điều kiện\n    khi v > v của năm trước: tối đa\n    còn lại: 0 điểm\n"
        )
    });
    let one = first("t", 2022, "  thang điểm: 4 điểm\n", &rule("v > 10"));
    let two = edition("t", 2022, "", "\nđổi mã 1 thành 2\n\nđổi mã 2 thành 1\n");
    let sheet = format!("{}, {}", stated("1", 20), stated("2", 60));
    let editions = |texts: &[&str]| (sound(texts, "t 2022"), sound(texts, "t 2022-2"));

    // It builds on the first edition; the newest numbers its heads otherwise.
    let next = after("t", 2023, "t năm 2022, lần ban hành 1", &anew.concat());
    let texts = [one.as_str(), &two, &next];
    let (set, (old, new)) = (sound(&texts, "t 2023"), editions(&texts));
    let value = |year: &str, of: &Ruleset| taken(&set, "1", year, &sheet, Some((of, &new))).unwrap();
    assert!(value("2022", &new).contains("60") && value("2022-1", &old).contains("20"), "{}", value("2022", &new));
    assert_eq!(Pairs::of_set(&set, &new, &[]).was("1"), were(&["2"]), "for results, too");
    // What the newest edition repeals was not there.
    let less = edition("t", 2022, "", "\nbãi bỏ tiêu chí 1, do \"bỏ\"\n\nsửa tiêu chí 2: 4 điểm\n\nđổi mã 2 thành 1\n");
    let without = sound(&[&one, &less, &next], "t 2022-2");
    assert_eq!(taken(&set, "1", "2022", &sheet, Some((&without, &without))), Err(NotThere::New));
    assert!(taken(&set, "2", "2022", &sheet, Some((&without, &without))).unwrap().contains("20"));

    // It builds on none; its lines name codes of the newest.
    let lines = |code: &str, was: &str| {
        counted(
            &format!("tiêu chí {code} \"T{code}\": 2 điểm"),
            &format!("  thay cho {was} của năm 2022\n"),
            "v > v của năm trước",
        )
    };
    let alone = first("t", 2023, "  thang điểm: 4 điểm\n", &[lines("1", "2"), lines("2", "1")].concat());
    let texts = [one.as_str(), &two, &alone];
    let (set, (old, new)) = (sound(&texts, "t 2023"), editions(&texts));
    let value = |year: &str, of: &Ruleset| taken(&set, "1", year, &sheet, Some((of, &new))).unwrap();
    assert!(value("2022", &new).contains("60") && value("2022-1", &old).contains("20"), "{}", value("2022", &new));

    // Two years of a lower level, on a frame whose editions number their heads otherwise.
    let frame = after("t", 2023, "t năm 2022, lần ban hành 2", &anew.concat());
    for (on, expected) in [(1, "60"), (2, "20")] {
        let own = |year: u16, on: &str| after("x", year, on, "");
        let lower = [own(2022, &format!("t năm 2022, lần ban hành {on}")), own(2023, "t năm 2023")];
        let texts = [one.as_str(), &two, &frame, &lower[0], &lower[1]];
        let (set, then) = (sound(&texts, "x 2023"), sound(&texts, "x 2022"));
        let value = taken(&set, "1", "2022", &sheet, Some((&then, &then))).unwrap();
        assert!(value.contains(expected), "{on}: {value}");
    }
}

#[test]
fn only_what_was_of_several_heads_is_told_as_such() {
    let heads = [
        "  số liệu chung x \"X\": số đếm\n  thang điểm: 4 điểm\n",
        "\ntiêu chí 1 \"A\": 2 điểm\n  số liệu v \"V\": số đếm\n  chấm theo điều kiện\n    khi v > 10: tối đa\n    còn lại: 0 điểm\n\ntiêu chí 2 \"B\": 2 điểm\n  chấm theo điều kiện\n    khi x > 10: tối đa\n    còn lại: 0 điểm\n",
    ];
    let upper = first("t", 2022, heads[0], heads[1]);
    let joined = |lines: &str, test: &str| {
        let gone = "\nbãi bỏ tiêu chí 1, do \"gộp\"\n\nbãi bỏ tiêu chí 2, do \"gộp\"\n";
        let head = format!(
            "\nbổ sung tiêu chí 3 \"Gộp\": 4 điểm\n  thay cho 1; 2 của năm 2022\n{lines}  chấm theo điều kiện\n    khi {test}: tối đa\n    còn lại: 0 điểm\n"
        );
        let set = sound(&[&upper, &after("t", 2023, "t năm 2022", &format!("{gone}{head}"))], "t 2023");
        taken(&set, "3", "2022", &stated("1", 20), None)
    };
    assert_eq!(joined("  số liệu v \"V\": số đếm\n", "v > v của năm trước"), Err(NotThere::Joined));
    assert_eq!(joined("", "x > x của năm trước"), Err(NotThere::Figure), "a shared figure is of no head");
}

#[test]
fn a_part_that_moved_in_takes_the_gate_and_evidence_of_the_leaf_split() {
    let beside = "  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n  minh chứng: \"Báo cáo\"\n";
    let upper = |gate: &str, own: &str| {
        let heads = format!(
            "tiêu chí 1 \"A\": 2 điểm\n{}{}{own}{}{gate}",
            entered("thành phần 1.1 \"p\": 1 điểm"),
            entered("thành phần 1.2 \"q\": 1 điểm"),
            entered("tiêu chí 2 \"B\": 3 điểm")
        );
        first("t", 2022, "  thang điểm: 5 điểm\n", &heads)
    };
    let lines = format!(
        "\nchia tiêu chí 2\n\nsửa tiêu chí 1: 1 điểm\n\nđổi mã 1.2 thành 2.1\n{}",
        entered("thành phần 2.2 \"b\": 2 điểm")
    );
    let next = after("t", 2023, "t năm 2022\n  thang điểm: 4 điểm", &lines);
    let composed = |own: &str| Family::new(&[&upper(beside, own), &next]).sound("t 2023").1;
    let moved = composed("");
    assert_eq!(moved.matches("chỉ chấm khi điểm của 1.1 > 0").count(), 2, "{moved}");
    let part = moved.split("thành phần").find(|part| part.starts_with(" 2.1")).unwrap();
    assert!(part.contains("chỉ chấm khi") && part.contains("minh chứng: \"Báo cáo\""), "{part}");
    // What it says itself stays.
    let own = composed("  minh chứng: \"Biên bản\"\n");
    let part = own.split("thành phần").find(|part| part.starts_with(" 2.1")).unwrap();
    assert!(part.contains("chỉ chấm khi") && part.contains("\"Biên bản\"") && !part.contains("\"Báo cáo\""), "{part}");
    // Points that a gate gives cannot be shared out.
    let gives = beside.replace("0 điểm", "1 điểm");
    assert!(codes(&[&upper(&gives, ""), &next], "t 2023").contains(&"split-gate"));
}

#[test]
fn a_head_that_a_gate_waits_for_does_not_take_it_when_it_becomes_a_part() {
    let body = format!(
        "lĩnh vực 1 \"Một\": 4 điểm\n{}{}",
        entered("tiêu chí 1.1 \"Ban hành\": 1 điểm"),
        entered("tiêu chí 1.2 \"Thực hiện\": 3 điểm\n  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm")
    );
    let upper = first("t", 2022, "  thang điểm: 4 điểm\n", &body);
    let lines = format!(
        "\nđổi mã 1.1 thành 1.2.1\n\nsửa tiêu chí 1.2: 4 điểm\n\nchia tiêu chí 1.2\n{}",
        entered("bổ sung thành phần 1.2.2 \"Đủ\": 3 điểm")
    );
    let set = sound(&[&upper, &after("t", 2023, "t năm 2022", &lines)], "t 2023");
    let gates = |code: &str| set.by_code(code).unwrap().1.leaf.as_ref().unwrap().gates.len();
    assert_eq!((gates("1.2.1"), gates("1.2.2")), (0, 1));
}

#[test]
fn a_frame_that_splits_a_head_hands_its_evidence_on() {
    let head = |code: &str, points: u8, lines: &str| format!("\ntiêu chí {code} \"T{code}\": {points} điểm\n{lines}");
    let evidence = "  minh chứng: \"Báo cáo\"\n";
    let upper = first(
        "t",
        2022,
        "  khung: \"chưa có cách chấm\"\n  thang điểm: 3 điểm\n",
        &[head("1", 1, ""), head("2", 2, evidence)].concat(),
    );
    let frame = after(
        "t",
        2023,
        "t năm 2022",
        "  khung: \"chưa có cách chấm\"\n\nchia tiêu chí 2\n\nthành phần 2.1 \"P\": 1 điểm\n\nthành phần 2.2 \"Q\": 1 điểm\n",
    );
    let forms = ["tiêu chí 1", "thành phần 2.1", "thành phần 2.2"].map(|head| entered(&format!("sửa {head}"))).concat();
    let set = sound(&[&upper, &frame, &after("t", 2024, "t năm 2023", &forms)], "t 2024");
    let asked = |code: &str| set.by_code(code).unwrap().1.evidence.len();
    assert_eq!((asked("1"), asked("2.1"), asked("2.2")), (0, 1, 1));
}
