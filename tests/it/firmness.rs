//! No head of a set that extends another is firmer than the least firm thing that decides its points.

use tieuchi::diagnostic::{Colour, Language, SourceId, render};
use tieuchi::engine::Plan;
use tieuchi::language::parse;
use tieuchi::report;
use tieuchi::ruleset::{Identity, Ruleset, Standing, Summary, check};

use crate::inheritance::Family;
use crate::support::Set;

const OFFICIAL: &str = "nguồn: chính thức, \"Phụ lục";
const REBUILT: &str = "nguồn: dựng lại, \"theo báo";

/// A first set: its header's source, other lines of its header, and what follows.
fn first(year: u16, source: &str, header: &str, lines: &str) -> String {
    format!(
        "bộ tiêu chí t \"Bộ\"\n  năm: {year}\n  căn cứ: \"{year}/QĐ\"\n  {source} {year}\"\n{header}  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\n{lines}"
    )
}

/// One that extends it.
fn next(year: u16, source: &str, lines: &str) -> String {
    let source = if source.is_empty() { String::new() } else { format!("  {source} {year}\"\n") };
    let before = year - 1;
    format!("bộ tiêu chí t \"Bộ\"\n  năm: {year}\n  căn cứ: \"{year}/QĐ\"\n{source}  kế thừa: t năm {before}\n{lines}")
}

const ENTERED: &str = "  chấm theo điểm nhập, do \"Sở\"\n";

/// Of each head asked of: `o`fficial or `r`econstructed, as composed and as one text.
fn stands(texts: &[&str], name: &str, asked: &[(&str, char)]) -> (Ruleset, String) {
    let (ruleset, composed) = Family::new(texts).sound(name);
    let alone = check(SourceId(0), &composed).ruleset.unwrap();
    for set in [&ruleset, &alone] {
        for (code, standing) in asked {
            let (id, _) = set.by_code(code).unwrap();
            let is = match set.standing(id) {
                Standing::Official | Standing::Amended => 'o',
                _ => 'r',
            };
            assert_eq!(is, *standing, "{code}:\n{composed}");
        }
    }
    extended_as_text(texts, name, &ruleset);
    (ruleset, composed)
}

/// What extends the printed text of a set is no firmer, leaf by leaf, than what extends the set; the leaves that are less
/// firm, where one text cannot say of which line each of its sources is.
fn extended_as_text(texts: &[&str], name: &str, ruleset: &Ruleset) -> Vec<String> {
    let mut less = Vec::new();
    for at in 2..texts.len() {
        let (known, later) = texts.split_at(at);
        let last = Identity::of(&parse(SourceId(0), known.last().unwrap()).file).unwrap().name();
        let (_, printed) = Family::new(known).sound(&last);
        let again: Vec<&str> = std::iter::once(printed.as_str()).chain(later.iter().copied()).collect();
        let again = Family::new(&again).check(name);
        let Some(again) = again.ruleset else {
            // An idle template that is less firm is not printed: who uses it writes it.
            let codes: Vec<&str> = again.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect();
            assert_eq!(codes, ["unknown-template"], "{printed}");
            continue;
        };
        for (id, head, _) in ruleset.leaves() {
            let (other, _) = again.by_code(&head.code).unwrap();
            let (chain, print) = (ruleset.standing(id), again.standing(other));
            assert!(print >= chain, "{} of {name} is firmer, from the print of {last}:\n{printed}", head.code);
            less.extend((print > chain).then(|| format!("{last}: {}", head.code)));
        }
    }
    less
}

/// What is said of a head, in its own words.
fn said(ruleset: &Ruleset, code: &str) -> Vec<String> {
    let (id, _) = ruleset.by_code(code).unwrap();
    ruleset.provenance_of(id).iter().flat_map(|said| said.notes.iter().map(|note| note.value.clone())).collect()
}

#[test]
fn a_form_written_anew_is_no_firmer_than_the_old_lines_that_still_decide() {
    let head = |points: &str, beside: &str| {
        format!(
            "tiêu chí 1 \"A\"{points}\n  số liệu a \"A\": số đếm\n  chấm theo điều kiện\n    khi a > 3: tối đa\n    còn lại: 0 điểm\n{beside}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}"
        )
    };
    let points = ": 2 điểm";
    let figures = "  số liệu a \"A\": số đếm\n";
    let form = "  chấm theo điều kiện\n    khi a > 5: tối đa\n    còn lại: 0 điểm\n";
    let gate = "  chỉ chấm khi điểm của 2 > 0; nếu không: 50% tối đa\n";
    let case = "  không phát sinh khi a = 1: loại khỏi thang điểm\n";
    // What stays, what is written, and how firm that is.
    let cases = [
        ("", format!("sửa tiêu chí 1: 2 điểm\n{figures}{form}"), 'o'),
        ("", format!("sửa tiêu chí 1\n{figures}{form}"), 'r'),
        ("", format!("sửa tiêu chí 1: 2 điểm\n{form}"), 'r'),
        (gate, format!("sửa tiêu chí 1: 2 điểm\n{figures}{form}"), 'r'),
        (gate, format!("sửa tiêu chí 1: 2 điểm\n{figures}{form}{gate}"), 'o'),
        (case, format!("sửa tiêu chí 1: 2 điểm\n{figures}{form}"), 'r'),
        (case, format!("sửa tiêu chí 1: 2 điểm\n  {OFFICIAL}, mục 1\"\n{figures}{form}"), 'o'),
    ];
    for (beside, lines, standing) in cases {
        let upper = first(2022, REBUILT, "", &head(points, beside));
        stands(&[&upper, &next(2023, OFFICIAL, &lines)], "t 2023", &[("1", standing), ("2", 'r')]);
        // Where the old text is as firm, the new form is the new text's, as ever.
        let upper = first(2022, OFFICIAL, "", &head(points, beside));
        let (ruleset, _) = stands(&[&upper, &next(2023, OFFICIAL, &lines)], "t 2023", &[("1", 'o')]);
        assert_eq!(said(&ruleset, "1").len(), 1, "{lines}");
    }
}

#[test]
fn a_gate_carried_to_the_parts_of_a_split_head_is_as_firm_as_it_was() {
    let heads = |gate: &str| {
        format!(
            "tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}{gate}  minh chứng: \"Báo cáo\"\n"
        )
    };
    let gate = "  chỉ chấm khi điểm của 1 > 1; nếu không: 0 điểm\n";
    let split = format!(
        "chia tiêu chí 2\n\nthành phần 2.1 \"C\": 1 điểm\n{ENTERED}\nthành phần 2.2 \"D\": 1 điểm\n{ENTERED}{gate}"
    );
    let split = next(2023, OFFICIAL, &split);
    stands(&[&first(2022, REBUILT, "", &heads(gate)), &split], "t 2023", &[("2.1", 'r'), ("2.2", 'o')]);
    stands(&[&first(2022, REBUILT, "", &heads("")), &split], "t 2023", &[("2.1", 'o'), ("2.2", 'o')]);
}

#[test]
fn the_nearest_source_of_a_text_counts_and_the_order_of_its_lines_decides_nothing() {
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 4 điểm\n\nthành phần 1.1.1 \"B\": 2 điểm\n{ENTERED}\nthành phần 1.1.2 \"C\": 2 điểm\n{ENTERED}"
    );
    let upper = first(2022, OFFICIAL, "", &heads);
    let area = format!("sửa lĩnh vực 1\n  {REBUILT} của lĩnh vực\"\n\n");
    let renamed = area.replace("lĩnh vực 1\n", "lĩnh vực 1 \"Tên mới\"\n");
    let added = format!("bổ sung thành phần 1.1.3 \"D\": 1 điểm\n{ENTERED}\n");
    let form = String::from("sửa thành phần 1.1.1: 1 điểm\n  chấm theo điểm nhập, do \"Phòng\"\n\n");
    let points = String::from("sửa tiêu chí 1.1: 4 điểm\n  cách tổng hợp: cộng\n\n");
    // The head above speaks for what this text writes, and where it says nothing else for what it does not.
    for (header, above, untouched) in
        [(OFFICIAL, &area, 'r'), ("", &area, 'r'), (OFFICIAL, &renamed, 'o'), ("", &renamed, 'o')]
    {
        let mut prints = Vec::new();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            let lines: String = order.iter().map(|&at| [above, &added, &form, &points][at].as_str()).collect();
            let asked = [("1.1.1", 'r'), ("1.1.2", untouched), ("1.1.3", 'r')];
            let (ruleset, composed) = stands(&[&upper, &next(2023, header, &lines)], "t 2023", &asked);
            assert_eq!(said(&ruleset, "1.1.1"), ["theo báo của lĩnh vực"], "{composed}");
            prints.push(composed);
        }
        prints.dedup();
        assert_eq!(prints.len(), 1, "{}", prints.join("\n----\n"));
    }
    // The numbers of the area alone do not make what is written below firmer than the header.
    let area = format!("sửa lĩnh vực 1: 4 điểm\n  {OFFICIAL} của lĩnh vực\"\n\n{form}{added}");
    stands(&[&upper, &next(2023, REBUILT, &area)], "t 2023", &[("1.1.1", 'r'), ("1.1.2", 'o'), ("1.1.3", 'r')]);
}

#[test]
fn a_parameter_amended_under_the_same_words_reaches_the_heads_that_look_firmer() {
    let heads = "tiêu chí 1 \"A\": 4 điểm\n  nguồn: chính thức, \"mục 1\"\n  số liệu b \"B\": số đếm\n  chấm theo điều kiện\n    khi b > x: tối đa\n    còn lại: 0 điểm\n";
    let rebuilt = "nguồn: dựng lại, \"không có phụ lục\"";
    let cases = [
        ("  tham số x \"X\": 3\n", "  sửa tham số x: 4\n"),
        ("  số liệu chung x \"X\": số đếm\n", "  số liệu chung x \"X, tính khác\": số đếm\n"),
    ];
    for (before, now) in cases {
        let upper = first(2022, "SOURCE", before, heads).replace("SOURCE 2022\"", rebuilt);
        let lower = next(2023, "SOURCE", now).replace("SOURCE 2023\"", rebuilt);
        stands(&[&upper, &next(2023, "SOURCE", "").replace("SOURCE 2023\"", rebuilt)], "t 2023", &[("1", 'o')]);
        stands(&[&upper, &lower], "t 2023", &[("1", 'r')]);
    }
}

#[test]
fn data_of_a_head_keep_their_source_with_every_head_that_reads_them() {
    let heads = "lĩnh vực 1 \"M\": 4 điểm\n  số liệu chung x \"X\": số đếm\n\ntiêu chí 1.1 \"A\": 2 điểm\n  số liệu z \"Z\": số đếm\n  danh sách xã \"Xã\": ít nhất 1\n  cột đúng \"Đúng\": số đếm\n  cột khác \"Khác\": số đếm\n  chấm theo điều kiện\n    khi x > 5 và z > 1: tối đa\n    khi tổng(xã; đúng) + tổng(xã; khác) > 5: 50% tối đa\n    còn lại: 0 điểm\n\ntiêu chí 1.2 \"B\": 1 điểm\n  chấm theo điều kiện\n    khi x > 5: tối đa\n    còn lại: 0 điểm\n\ntiêu chí 1.3 \"C\": 1 điểm\n  chấm theo điều kiện\n    khi tổng(xã trong 1.1; đúng) > 5 và z trong 1.1 > 2: tối đa\n    còn lại: 0 điểm\n";
    // Written anew, less firmly.
    let upper = first(2022, OFFICIAL, "", heads);
    let cases = [
        ("sửa lĩnh vực 1\n  số liệu chung x \"X, nửa năm\": số đếm\n", ['r', 'r', 'o']),
        ("sửa tiêu chí 1.1\n  cột đúng \"Đúng, kể cả trễ\": số đếm\n", ['r', 'o', 'r']),
        ("sửa tiêu chí 1.1\n  cột khác \"Khác nữa\": số đếm\n", ['r', 'o', 'o']),
        ("sửa tiêu chí 1.1\n  số liệu z \"Z khác\": số đếm\n", ['r', 'o', 'r']),
        ("sửa tiêu chí 1.1\n  nguồn: minh họa, \"đặt ra\"\n  số liệu z \"Z khác\": số đếm\n", ['r', 'o', 'r']),
    ];
    for (lines, [a, b, c]) in cases {
        stands(&[&upper, &next(2023, REBUILT, lines)], "t 2023", &[("1.1", a), ("1.2", b), ("1.3", c)]);
    }
    // Taken over, under a firmer text: what it adds is no firmer than what it reads.
    let upper = first(2022, REBUILT, "", heads);
    let cases = [("x > 5", 'r'), ("z trong 1.1 > 5", 'r'), ("tổng(xã trong 1.1; đúng) > 5", 'r'), ("y > 5", 'o')];
    for (rule, standing) in cases {
        let figures = if rule.starts_with('y') { "  số liệu y \"Y\": số đếm\n" } else { "" };
        let lines = format!(
            "  thang điểm: 5 điểm\n\nsửa lĩnh vực 1: 5 điểm\n\nbổ sung tiêu chí 1.4 \"D\": 1 điểm\n{figures}  chấm theo điều kiện\n    khi {rule}: tối đa\n    còn lại: 0 điểm\n"
        );
        stands(&[&upper, &next(2023, OFFICIAL, &lines)], "t 2023", &[("1.4", standing), ("1.2", 'r')]);
    }
}

#[test]
fn a_template_is_as_firm_as_the_text_that_wrote_it_whatever_extends_that() {
    let template = "mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 0 điểm\n\n";
    let heads = format!(
        "{template}lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let added = "  thang điểm: 5 điểm\n\nsửa lĩnh vực 1: 5 điểm\n\nbổ sung tiêu chí 1.3 \"C\": 1 điểm\n  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n";
    let (rebuilt, between) = (first(2021, REBUILT, "", &heads), next(2022, OFFICIAL, ""));
    let last = next(2023, OFFICIAL, added);
    stands(&[&rebuilt, &between, &last], "t 2023", &[("1.1", 'r'), ("1.3", 'r')]);
    let anew = next(2022, OFFICIAL, &format!("\n{}", template.trim_end()));
    stands(&[&rebuilt, &anew, &last], "t 2023", &[("1.1", 'r'), ("1.3", 'o')]);
    // The area alone says where its heads are from.
    let area = format!(
        "\nsửa lĩnh vực 1\n  {OFFICIAL}, lĩnh vực 1\"\n\nsửa tiêu chí 1.2: 1 điểm\n{}",
        added.split("5 điểm\n\n").last().unwrap()
    );
    stands(&[&first(2022, REBUILT, "", &heads), &next(2023, "", &area)], "t 2023", &[("1.3", 'r')]);
}

#[test]
fn a_lower_level_says_where_its_points_are_from_and_not_the_bands_of_the_upper() {
    let heads = format!(
        "cho cấp dưới bổ sung tiêu chí trong lĩnh vực 1\n\nlĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n  số liệu v \"V\": có/không\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 25% tối đa\n\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let lower = format!(
        "bộ tiêu chí dưới \"Bộ\"\n  năm: 2022\n  căn cứ: \"3/QĐ\"\n  {OFFICIAL} huyện\"\n  kế thừa: t năm 2022\n\nsửa tiêu chí 1.1: 1 điểm\n  {OFFICIAL} huyện, mục 1.1\"\n\nbổ sung tiêu chí 1.3 \"C\": 1 điểm\n{ENTERED}"
    );
    stands(&[&first(2022, REBUILT, "", &heads), &lower], "dưới 2022", &[("1.1", 'r'), ("1.2", 'r'), ("1.3", 'o')]);
}

#[test]
fn a_source_of_an_area_alone_does_not_reach_a_locked_head() {
    let heads = format!(
        "khóa tiêu chí 1.1\n\nlĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let lines = format!("\nsửa lĩnh vực 1\n  {OFFICIAL}, lĩnh vực 1\"\n");
    let texts = [first(2022, REBUILT, "", &heads), next(2023, OFFICIAL, &lines)];
    stands(&[&texts[0], &texts[1]], "t 2023", &[("1.1", 'r'), ("1.2", 'o')]);
}

#[test]
fn who_settled_what_follows_for_missing_figures_is_named() {
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n  số liệu v \"V\": có/không\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 0 điểm\n\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let upper = first(2022, OFFICIAL, "", &heads);
    for lines in ["  thiếu số liệu: 0 điểm\n", "\nsửa lĩnh vực 1\n  thiếu số liệu: 0 điểm\n"] {
        let text = next(2023, REBUILT, lines);
        let family = Family::new(&[&upper, &text]);
        let (ruleset, _) = family.sound("t 2023");
        let set = Set { plan: Plan::compile(ruleset).unwrap(), sources: family.sources.clone() };
        let (id, _) = set.plan.ruleset().by_code("1.1").unwrap();
        let told = report::explain(&set.context(), &set.score("{}"), Some(id));
        assert!(told.contains("theo 2022/QĐ, sửa đổi bởi 2023/QĐ"), "{told}");
    }
    // What was settled before a head was written amends nothing of it.
    let added = "  thang điểm: 5 điểm\n\nsửa lĩnh vực 1: 5 điểm\n\nbổ sung tiêu chí 1.3 \"C\": 1 điểm\n  chấm theo điểm nhập, do \"Sở\"\n";
    let (ruleset, _) = Family::new(&[&upper, &next(2023, OFFICIAL, added)]).sound("t 2023");
    let (id, _) = ruleset.by_code("1.3").unwrap();
    let names: Vec<&str> = ruleset.decisions_of(id).into_iter().map(report::history::name).collect();
    assert_eq!(names, ["2023/QĐ"]);
}

#[test]
fn a_template_without_a_source_is_told_only_where_a_head_would_wear_another() {
    let template =
        |most: &str| format!("mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: {most}\n\n");
    let heads = format!(
        "{}tiêu chí 1 \"A\": 2 điểm\n  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}",
        template("0 điểm")
    );
    let codes = |upper: &str, lines: &str| -> Vec<String> {
        let family = Family::new(&[upper, &next(2023, "", lines)]);
        let told = family.check("t 2023").diagnostics;
        told.iter().filter(|told| told.is_error()).map(|told| told.code().to_owned()).collect()
    };
    let anew = template("25% tối đa");
    let own = format!("sửa tiêu chí 1\n  {REBUILT} 2023\"\n");
    let upper = first(2022, OFFICIAL, "", &heads);
    assert_eq!(codes(&upper, &format!("\n{anew}")), ["own-source"]);
    assert_eq!(codes(&upper, &format!("\n{anew}{own}")), [""; 0]);
    // The header is not firm, but the head that scores by it says that it is.
    let firm =
        heads.replace("tiêu chí 1 \"A\": 2 điểm\n", "tiêu chí 1 \"A\": 2 điểm\n  nguồn: chính thức, \"mục 1\"\n");
    let upper = first(2022, REBUILT, "", &firm);
    assert_eq!(codes(&upper, &format!("\n{anew}")), ["own-source"]);
    assert_eq!(codes(&upper, &format!("\n{anew}{own}")), [""; 0]);
    // What the area says is said of what is amended below.
    let upper = first(
        2022,
        OFFICIAL,
        "",
        &format!(
            "lĩnh vực 3 \"M\": 4 điểm\n\ntiêu chí 3.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 3.2 \"B\": 2 điểm\n{ENTERED}"
        ),
    );
    let area = format!(
        "\nsửa lĩnh vực 3\n  {OFFICIAL}, lĩnh vực 3\"\n\nsửa tiêu chí 3.1: 1 điểm\n\nsửa tiêu chí 3.2: 3 điểm\n"
    );
    assert_eq!(codes(&upper, &area), [""; 0]);
}

#[test]
fn what_a_header_keeps_of_a_less_firm_text_stands_beside_the_leaves() {
    let head = |points: &str| format!("tiêu chí 1 \"A\"{points}\n{ENTERED}");
    let grades = "  xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại\n";
    let upper = first(2022, REBUILT, grades, &head(": 4 điểm"));
    let settled = "  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n";
    let anew = format!("\nsửa {}", head(": 4 điểm"));
    let anew = anew.replace(" \"A\"", "");
    let besides = |lines: &str| -> Vec<(Standing, Vec<String>)> {
        let text = next(2023, OFFICIAL, &format!("{lines}{anew}"));
        let last = next(2024, OFFICIAL, "");
        let family = Family::new(&[&upper, &text, &last]);
        let of = |name: &str| {
            let told = Summary::of(&family.sound(name).0).besides;
            told.into_iter().map(|beside| (beside.standing, beside.notes)).collect::<Vec<_>>()
        };
        assert_eq!(of("t 2023"), of("t 2024"));
        of("t 2023")
    };
    let kept = [(Standing::Reconstructed, vec![String::from("theo báo 2022")])];
    assert_eq!(besides(""), kept);
    assert_eq!(besides(settled), kept, "the grades are the old text's");
    assert_eq!(besides(&format!("{settled}{grades}")), []);
    // Every result says so.
    let label = "! DỰNG LẠI, không phải văn bản chính thức: quy định chung giữ của văn bản trước, theo báo 2022";
    for (lines, labelled) in [(settled.to_owned(), true), (format!("{settled}{grades}"), false)] {
        let family = Family::new(&[&upper, &next(2023, OFFICIAL, &format!("{lines}{anew}"))]);
        let (ruleset, _) = family.sound("t 2023");
        let set = Set { plan: Plan::compile(ruleset).unwrap(), sources: family.sources.clone() };
        let told = report::explain(&set.context(), &set.score("{}"), None);
        assert_eq!(told.contains(label), labelled, "{told}");
    }
}

/// What is wrong with the set of 2023 that these lines make of an earlier one.
fn wrong(upper: &str, lines: &str) -> Vec<String> {
    let family = Family::new(&[upper, &next(2023, "", lines)]);
    let told = family.check("t 2023").diagnostics;
    told.iter().filter(|told| told.is_error()).map(|told| told.code().to_owned()).collect()
}

/// The words that the set of 2022 says of where it is from, said again.
const AGAIN: &str = "  nguồn: chính thức, \"Phụ lục 2022\"\n";

#[test]
fn the_same_words_of_a_later_text_are_its_own() {
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let upper = first(2022, OFFICIAL, "", &heads);
    let points = |source: &str| format!("\nsửa tiêu chí 1.1: 1 điểm\n{source}\nsửa tiêu chí 1.2: 3 điểm\n{source}");
    let area = |lines: &str| format!("\nsửa lĩnh vực 1\n{AGAIN}{lines}");
    assert_eq!(wrong(&upper, &points("")), ["own-source"]);
    assert_eq!(wrong(&upper, &points(AGAIN)), [""; 0]);
    assert_eq!(wrong(&upper, &area(&points(""))), [""; 0]);
    let added = format!("\nbãi bỏ tiêu chí 1.2, do \"thôi\"\n\nbổ sung tiêu chí 1.3 \"C\": 2 điểm\n{ENTERED}");
    assert_eq!(wrong(&upper, &added), ["own-source"]);
    assert_eq!(wrong(&upper, &area(&added)), [""; 0]);
    // A lower level's own points and parts, under a head that both levels decide.
    let lower = |source: &str| {
        format!(
            "bộ tiêu chí x \"Xã\"\n  năm: 2022\n  căn cứ: \"x\"\n  kế thừa: t năm 2022\nsửa tiêu chí 1.1: 1 điểm\n{source}\nbổ sung tiêu chí 1.3 \"C\": 1 điểm\n{source}{ENTERED}"
        )
    };
    let open = upper.replace("\nlĩnh vực 1", "\ncho cấp dưới bổ sung tiêu chí trong lĩnh vực 1\n\nlĩnh vực 1");
    let errors = |source: &str| {
        let told = Family::new(&[&open, &lower(source)]).check("x 2022").diagnostics;
        told.iter().filter(|told| told.is_error()).map(|told| told.code().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(errors(""), ["own-source"]);
    assert_eq!(errors(AGAIN), [""; 0]);
}

#[test]
fn the_same_words_do_not_hide_whose_the_template_is() {
    let template = "mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 25% tối đa\n\n";
    let by = "  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n";
    let upper = first(
        2021,
        REBUILT,
        "",
        &format!("{template}tiêu chí 1 \"A\": 2 điểm\n{by}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}"),
    );
    let then = next(2022, OFFICIAL, &format!("\nsửa tiêu chí 2: 2 điểm\n{ENTERED}"));
    for again in [AGAIN, "  nguồn: chính thức, \"Phụ lục 2023\"\n"] {
        let now = next(2023, "", &format!("{again}\nsửa tiêu chí 2: 2 điểm\n{by}"));
        stands(&[&upper, &then, &now], "t 2023", &[("1", 'r'), ("2", 'r')]);
        let entered = next(2023, "", &format!("{again}\nsửa tiêu chí 2: 2 điểm\n{ENTERED}"));
        stands(&[&upper, &then, &entered], "t 2023", &[("1", 'r'), ("2", 'o')]);
    }
}

#[test]
fn rules_of_the_header_and_shared_data_need_a_source_of_their_own() {
    let heads = "tiêu chí 1 \"A\": 4 điểm\n  chấm theo điều kiện\n    khi x > 5: tối đa\n    còn lại: 25% tối đa\n";
    let shared = |source: &str| format!("  số liệu chung x \"X\": số đếm{source}\n");
    let grades = |least: &str| format!("  xếp loại: theo điểm đã làm tròn; \"A\" từ {least}; \"B\" còn lại\n");
    let upper = first(2022, OFFICIAL, &format!("{}{}", shared(", nguồn minh họa, \"đặt ra\""), grades("90%")), heads);
    assert_eq!(wrong(&upper, "  thiếu số liệu: 0 điểm\n"), ["own-source"]);
    assert_eq!(wrong(&upper, &grades("60%")), ["own-source"]);
    // What says the same again settles nothing.
    assert_eq!(wrong(&upper, &grades("90%")), [""; 0]);
    assert_eq!(wrong(&upper, &format!("{AGAIN}{}", grades("60%"))), [""; 0]);
    // It keeps a source that is not firm.
    assert_eq!(wrong(&upper, "  số liệu chung x \"X mới\": số đếm, không quá 100\n"), [""; 0]);
    let upper = first(2022, OFFICIAL, &shared(""), heads);
    assert_eq!(wrong(&upper, "  số liệu chung x \"X mới\": số đếm, không quá 100\n"), ["own-source"]);
    let upper = first(2022, REBUILT, &shared(""), heads);
    assert_eq!(wrong(&upper, "  thiếu số liệu: 0 điểm\n"), [""; 0]);
}

#[test]
fn a_repeal_needs_a_source_of_its_own() {
    let rows = |code: &str| {
        format!(
            "điểm phạt {code} \"P\": 1 điểm\n  số liệu v \"V\": số đếm\n  chấm theo từng trường hợp\n    mỗi v: cộng 0,5 điểm\n"
        )
    };
    let cap = "  điểm phạt: không quá 1 điểm\n";
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}\n{}\n{}",
        rows("9.1"),
        rows("9.2")
    );
    let upper = first(2022, OFFICIAL, cap, &heads);
    let gone = "\nbãi bỏ điểm phạt 9.1, do \"thôi\"\n";
    assert_eq!(wrong(&upper, gone), ["own-source"]);
    assert_eq!(wrong(&upper, &format!("{AGAIN}{gone}")), [""; 0]);
    assert_eq!(wrong(&first(2022, REBUILT, cap, &heads), gone), [""; 0]);
    // It is told once, at the line.
    let family = Family::new(&[&upper, &next(2023, "", gone)]);
    let told = render(&family.check("t 2023").diagnostics, &family.sources, Language::Vietnamese, Colour::Never);
    assert_eq!(told.matches("[own-source]: `bãi bỏ 9.1` do bộ này đặt ra").count(), 1, "{told}");
    // What takes its points may say its own source: the repeal does not, but where the area above speaks for it.
    let own = format!("  {OFFICIAL}, mục 1.1\"\n");
    let swap = format!("\nbãi bỏ tiêu chí 1.2, do \"thôi\"\n\nsửa tiêu chí 1.1: 4 điểm\n{own}");
    assert_eq!(wrong(&upper, &swap), ["own-source"]);
    assert_eq!(wrong(&upper, &format!("\nsửa lĩnh vực 1\n{own}{swap}")), [""; 0]);
    // Of an area that is not firm nothing is asked, whatever the header is.
    let area = heads.replace("\"M\": 4 điểm\n", &format!("\"M\": 4 điểm\n  {REBUILT} của lĩnh vực\"\n"));
    assert_eq!(wrong(&first(2022, OFFICIAL, cap, &area), &swap), [""; 0]);
}

#[test]
fn who_is_ranked_with_whom_needs_a_source_of_its_own() {
    let heads = format!("tiêu chí 1 \"A\": 4 điểm\n{ENTERED}");
    let upper = |source: &str| first(2022, source, "  khối sở \"Sở\"\n  khối tw \"TW\": xếp hạng riêng\n", &heads);
    for lines in [
        "  khối tw \"TW\": không xếp hạng\n",
        "  khối tw \"TW\"\n",
        "  khối xã \"Xã\"\n",
        "  khối sở \"Sở\": không xếp hạng\n",
    ] {
        assert_eq!(wrong(&upper(OFFICIAL), lines), ["own-source"], "{lines}");
        assert_eq!(wrong(&upper(OFFICIAL), &format!("{AGAIN}{lines}")), [""; 0], "{lines}");
        assert_eq!(wrong(&upper(REBUILT), lines), [""; 0], "{lines}");
    }
    // The same again, and another name for it, decide nothing.
    for lines in ["  khối tw \"TW\": xếp hạng riêng\n", "  khối sở \"Các sở\"\n"] {
        assert_eq!(wrong(&upper(OFFICIAL), lines), [""; 0], "{lines}");
    }
    // Ranked by what a less firm text settled, every result says so.
    let settled = "  thang điểm: 4 điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n";
    let anew = format!("\nsửa tiêu chí 1: 4 điểm\n{ENTERED}");
    let besides = |lines: &str| {
        let text = next(2023, OFFICIAL, &format!("{settled}{lines}{anew}"));
        Summary::of(&Family::new(&[&upper(REBUILT), &text]).sound("t 2023").0).besides.len()
    };
    assert_eq!((besides(""), besides("  khối sở \"Sở\"\n  khối tw \"TW\": xếp hạng riêng\n")), (1, 0));
}

#[test]
fn a_template_of_a_text_without_a_source_is_as_firm_as_its_users() {
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let by = |code: &str, points: u8, source: &str| {
        format!(
            "bổ sung tiêu chí {code} \"C{code}\": {points} điểm\n{source}  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n"
        )
    };
    let template = "mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 25% tối đa\n";
    let own = format!("  {REBUILT} 2023\"\n");
    let then = next(2023, "", &format!("\n{template}\nsửa tiêu chí 2: 1 điểm\n{own}\n{}", by("3", 1, &own)));
    let now = next(2024, OFFICIAL, &format!("\nbãi bỏ tiêu chí 1, do \"thôi\"\n\n{}", by("4", 2, "")));
    stands(&[&first(2022, OFFICIAL, "", &heads), &then, &now], "t 2024", &[("3", 'r'), ("4", 'r')]);
}

const RATE: &str = "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a\n  chấm theo tỷ lệ b / a\n    từ p trở lên: tối đa\n    dưới p: 0 điểm\n";

#[test]
fn what_a_new_head_reads_of_a_less_firm_header_leaves_it_no_firmer() {
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let upper = first(2022, REBUILT, "  tham số p \"P\": 80%\n  số liệu chung x \"X\": số đếm\n", &heads);
    let own = format!("  {OFFICIAL}, mục 3\"\n");
    let added =
        |lines: &str| format!("\nbãi bỏ tiêu chí 2, do \"thôi\"\n\nbổ sung tiêu chí 3 \"C\": 2 điểm\n{own}{lines}");
    let same = format!("  {REBUILT} 2022\"\n");
    let reads = "  chấm theo điều kiện\n    khi x > 5: tối đa\n    còn lại: 25% tối đa\n";
    for header in [String::new(), same.clone(), format!("{same}  sửa tham số p: 85%\n")] {
        for (lines, standing) in [(RATE, 'r'), (reads, 'r'), (ENTERED, 'o')] {
            let text = next(2023, "", &format!("{header}{}", added(lines)));
            stands(&[&upper, &text], "t 2023", &[("1", 'r'), ("3", standing)]);
        }
    }
}

#[test]
fn shared_data_of_an_area_is_no_firmer_below_for_a_head_that_says_so() {
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let added = format!(
        "\nsửa lĩnh vực 1\n  số liệu chung x \"X\": số đếm\n\nbãi bỏ tiêu chí 1.2, do \"thôi\"\n\nbổ sung tiêu chí 1.3 \"C\": 2 điểm\n  {OFFICIAL}, mục 3\"\n  chấm theo điều kiện\n    khi x > 10: tối đa\n    còn lại: 0 điểm\n"
    );
    let upper = first(2022, OFFICIAL, "", &heads);
    stands(&[&upper, &next(2023, REBUILT, &added)], "t 2023", &[("1.1", 'o'), ("1.3", 'r')]);
}

#[test]
fn a_parameter_is_of_the_text_that_wrote_it() {
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{RATE}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let upper = first(2022, OFFICIAL, "  tham số p \"P\": 80%\n", &heads);
    let then = next(2023, REBUILT, &format!("\nsửa tiêu chí 2 \"B\"\n{ENTERED}"));
    let now = next(2024, OFFICIAL, &format!("\nsửa tiêu chí 2: 2 điểm\n{ENTERED}"));
    stands(&[&upper, &then, &now], "t 2024", &[("1", 'o'), ("2", 'o')]);
    let amended = then.replace("\nsửa", "  sửa tham số p: 85%\n\nsửa");
    stands(&[&upper, &amended, &now], "t 2024", &[("1", 'r'), ("2", 'o')]);
}

/// How firm every head is, and the least firm thing that holds for every result.
fn firmness(ruleset: &Ruleset) -> (Vec<(String, Standing)>, Option<Standing>) {
    let heads = ruleset.heads.iter().map(|head| {
        let (id, _) = ruleset.by_code(&head.code).unwrap();
        (head.code.clone(), ruleset.standing(id))
    });
    let header = ruleset.provenance.iter().chain(ruleset.kept()).map(Standing::of).max();
    (heads.collect(), header)
}

/// A composed text says by itself what the set knows from its texts.
pub(crate) fn as_firm_alone(ruleset: &Ruleset, composed: &str) {
    if let Some(alone) = check(SourceId(0), composed).ruleset {
        assert_eq!(firmness(ruleset), firmness(&alone), "{composed}");
        assert_eq!(ruleset.fingerprint, alone.fingerprint, "{composed}");
    }
}

#[test]
fn a_composed_text_says_itself_that_it_keeps_rules_of_a_less_firm_one() {
    let grades = "  xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại\n";
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let anew = format!("\nsửa tiêu chí 1: 2 điểm\n{ENTERED}\nsửa tiêu chí 2: 2 điểm\n{ENTERED}");
    let upper = first(2022, REBUILT, grades, &heads);
    let (ruleset, composed) = stands(&[&upper, &next(2023, OFFICIAL, &anew)], "t 2023", &[("1", 'o'), ("2", 'o')]);
    assert_eq!(Summary::of(&ruleset).besides.len(), 1);
    let alone = check(SourceId(0), &composed).ruleset.unwrap();
    assert_eq!(Summary::of(&alone).besides, Summary::of(&ruleset).besides, "{composed}");
    assert_eq!(alone.fingerprint, ruleset.fingerprint);
    // What extends that text is no firmer than what extends the set.
    let added = next(2024, OFFICIAL, &format!("\nsửa tiêu chí 1: 2 điểm\n{ENTERED}"));
    let (ruleset, _) = stands(&[&composed, &added], "t 2024", &[("1", 'o'), ("2", 'o')]);
    assert_eq!(Summary::of(&ruleset).besides.len(), 1);
}

#[test]
fn a_template_of_a_composed_text_is_as_firm_as_those_that_score_by_it() {
    let template = "mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 25% tối đa\n\n";
    let by = "  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n";
    let heads = format!("{template}tiêu chí 1 \"A\": 2 điểm\n{by}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let upper = first(2022, REBUILT, "", &heads);
    let (_, composed) = Family::new(&[&upper, &next(2023, OFFICIAL, "")]).sound("t 2023");
    let now = next(2024, OFFICIAL, &format!("\nsửa tiêu chí 2: 2 điểm\n{by}"));
    stands(&[&composed, &now], "t 2024", &[("1", 'r'), ("2", 'r')]);
    let upper = first(2023, OFFICIAL, "", &heads);
    stands(&[&upper, &now], "t 2024", &[("1", 'o'), ("2", 'o')]);
}

#[test]
fn a_part_that_moves_below_a_split_head_is_no_firmer_than_the_gate_that_it_takes() {
    let heads = |gate: &str| {
        format!(
            "tiêu chí 1 \"A\": 1 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}{gate}  minh chứng: \"Báo cáo\"\n\ntiêu chí 3 \"C\": 1 điểm\n  {OFFICIAL}, mục 3\"\n{ENTERED}"
        )
    };
    let gate = "  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm\n";
    for (brought, code) in [("đổi mã 3 thành 2.2\n", "2.2"), ("sửa tiêu chí 3\n  thuộc 2\n", "3")] {
        let split =
            format!("  thang điểm: 3 điểm\n\nchia tiêu chí 2\n\n{brought}\nthành phần 2.1 \"D\": 1 điểm\n{ENTERED}");
        let split = next(2023, OFFICIAL, &split);
        let upper = first(2022, REBUILT, "", &heads(gate));
        let (ruleset, _) = stands(&[&upper, &split], "t 2023", &[("2.1", 'r'), (code, 'r')]);
        let (_, head) = ruleset.by_code(code).unwrap();
        assert!(!head.leaf.as_ref().unwrap().gates.is_empty() && !head.evidence.is_empty(), "{code}");
        stands(&[&first(2022, REBUILT, "", &heads("")), &split], "t 2023", &[("2.1", 'o'), (code, 'o')]);
        // Points of the gate cannot be shared out, whoever comes there.
        let points = gate.replace("0 điểm", "1 điểm");
        let family = Family::new(&[&first(2022, REBUILT, "", &heads(&points)), &split]);
        let told = family.check("t 2023").diagnostics;
        assert_eq!(told.iter().filter(|told| told.code() == "split-gate").count(), 1, "{code}");
    }
}

#[test]
fn a_text_of_which_nothing_decides_any_more_is_named_no_longer() {
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let points = |one: u8, two: u8| format!("\nsửa tiêu chí 1: {one} điểm\n\nsửa tiêu chí 2: {two} điểm\n");
    // The points are another text's again.
    let upper = first(2022, OFFICIAL, "", &heads);
    let then = next(2023, REBUILT, &points(1, 3));
    let now = next(2024, OFFICIAL, &points(2, 2));
    stands(&[&upper, &then], "t 2023", &[("1", 'r'), ("2", 'r')]);
    let (ruleset, _) = stands(&[&upper, &then, &now], "t 2024", &[("1", 'o'), ("2", 'o')]);
    assert_eq!(said(&ruleset, "1"), ["Phụ lục 2022", "Phụ lục 2024"]);
    // First the points, then the way of scoring.
    let upper =
        first(2021, REBUILT, "", &heads.replacen("2 điểm", "1 điểm", 1).replacen("\"B\": 2 điểm", "\"B\": 3 điểm", 1));
    let then = next(2022, OFFICIAL, &points(2, 2));
    let now = next(2023, OFFICIAL, &format!("\nsửa tiêu chí 1 \"A\"\n{ENTERED}"));
    stands(&[&upper, &then], "t 2022", &[("1", 'r'), ("2", 'r')]);
    stands(&[&upper, &then, &now], "t 2023", &[("1", 'o'), ("2", 'r')]);
    // What a text says of the lines of an earlier one stays with them.
    let upper = first(2022, OFFICIAL, "", &heads);
    for word in [
        format!("\nsửa tiêu chí 1\n  {REBUILT} của mục\"\n"),
        format!("\nsửa tiêu chí 1: 1 điểm\n  {REBUILT} của mục\"\n\nsửa tiêu chí 2: 3 điểm\n"),
    ] {
        let then = next(2023, OFFICIAL, &word);
        let now = next(2024, OFFICIAL, &points(2, 2));
        stands(&[&upper, &then, &now], "t 2024", &[("1", 'r'), ("2", 'o')]);
    }
}

#[test]
fn who_settled_the_days_off_is_named_where_they_make_the_points() {
    let days = "  tuần làm việc: thứ hai đến hết thứ sáu\n  ngày nghỉ: từ 31/01/2022 đến hết 04/02/2022\n";
    let form = "  chấm theo thời hạn d, hạn hết 28/01/2022\n    đúng hạn: tối đa\n    muộn không quá 2 ngày làm việc: 50% tối đa\n    muộn trên 2 ngày làm việc: 0 điểm\n    không thực hiện: 0 điểm\n";
    let heads =
        format!("tiêu chí 1 \"A\": 2 điểm\n  số liệu d \"D\": ngày\n{form}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let template = format!("mẫu hạn(d)\n{form}\n{}", heads.replace(form, "  chấm theo mẫu hạn(d)\n"));
    for heads in [heads, template] {
        let upper = first(2022, OFFICIAL, days, &heads);
        let then = "bộ tiêu chí t \"Bộ\"\n  năm: 2022\n  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 31/10/2022, tính cho cả năm\n  căn cứ: \"2/QĐ\"\n  nguồn: chính thức, \"Phụ lục 2\"\n  kế thừa: t năm 2022, lần ban hành 1\n  ngày nghỉ: từ 31/01/2022 đến hết 11/02/2022\n";
        let (ruleset, _) = Family::new(&[&upper, then]).sound("t 2022-2");
        let names = |code: &str| -> Vec<String> {
            let (id, _) = ruleset.by_code(code).unwrap();
            ruleset.decisions_of(id).into_iter().map(|decision| report::history::name(decision).to_owned()).collect()
        };
        assert_eq!((names("1"), names("2")), (vec!["2022/QĐ".into(), "2/QĐ".into()], vec!["2022/QĐ".into()]));
    }
}

#[test]
fn a_new_method_decides_points_and_is_told_and_as_firm_as_its_text() {
    let survey = "  không tổ chức điều tra: quy về 4 điểm\n";
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm, điều tra\n{ENTERED}");
    let upper = |source: &str| {
        let scale = "thang điểm: 4 điểm; thẩm định 2 điểm; điều tra 2 điểm, nếu có";
        first(2022, source, survey, &heads).replace("thang điểm: 4 điểm", scale)
    };
    let lines = "\nsửa tiêu chí 1, điều tra\n\nsửa tiêu chí 2, chỉ thẩm định\n";
    let told = Family::new(&[&upper(OFFICIAL), &next(2023, "", lines)]).check("t 2023").diagnostics;
    assert_eq!(told.iter().map(tieuchi::diagnostic::Diagnostic::code).collect::<Vec<_>>(), ["own-source"]);
    stands(&[&upper(OFFICIAL), &next(2023, REBUILT, lines)], "t 2023", &[("1", 'r'), ("2", 'r')]);
    // What is written anew but the method stands on the old method still.
    let anew = |method: &str| next(2023, OFFICIAL, &format!("\nsửa tiêu chí 2: 2 điểm{method}\n{ENTERED}"));
    stands(&[&upper(REBUILT), &anew("")], "t 2023", &[("1", 'r'), ("2", 'r')]);
    stands(&[&upper(REBUILT), &anew(", điều tra")], "t 2023", &[("1", 'r'), ("2", 'o')]);
}

#[test]
fn leaves_are_no_firmer_than_what_the_head_above_says_of_blocks() {
    let blocks = "  khối tw \"TW\"\n  khối dp \"ĐP\"\n";
    let area = "lĩnh vực 1 \"M\": 4 điểm\n";
    let rule = "  không áp dụng với khối tw: 50% tối đa\n";
    let leaves = format!("\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}");
    let both = [("1.1", 'r'), ("1.2", 'r')];
    // A later text writes it: it decides the points of all below, and is named there.
    let upper = first(2022, OFFICIAL, blocks, &format!("{area}{leaves}"));
    for rule in [rule, "  chỉ áp dụng với khối dp; tw\n"] {
        let lines = format!("\nsửa lĩnh vực 1\n{rule}");
        let (ruleset, _) = stands(&[&upper, &next(2023, REBUILT, &lines)], "t 2023", &both);
        let (id, _) = ruleset.by_code("1.1").unwrap();
        let names: Vec<&str> = ruleset.decisions_of(id).into_iter().map(report::history::name).collect();
        assert_eq!(names, ["2022/QĐ", "2023/QĐ"]);
        stands(&[&upper, &next(2023, OFFICIAL, &lines)], "t 2023", &[("1.1", 'o'), ("1.2", 'o')]);
    }
    // An earlier one wrote it: what is written anew below is by it still.
    let upper = first(2022, REBUILT, blocks, &format!("{area}{rule}{leaves}"));
    let anew = format!("\nsửa tiêu chí 1.1: 2 điểm\n{ENTERED}\nsửa tiêu chí 1.2: 2 điểm\n{ENTERED}");
    stands(&[&upper, &next(2023, OFFICIAL, &anew)], "t 2023", &both);
    let said = anew.replace("1.2: 2 điểm\n", &format!("1.2: 2 điểm\n  {OFFICIAL}, mục 1.2\"\n"));
    stands(&[&upper, &next(2023, OFFICIAL, &said)], "t 2023", &[("1.1", 'r'), ("1.2", 'o')]);
    // Only the rule counts, not what else is said of the area.
    let upper = first(2021, OFFICIAL, blocks, &format!("{area}{rule}{leaves}"));
    let points = next(2022, REBUILT, "\nsửa lĩnh vực 1: 4 điểm\n");
    stands(&[&upper, &points, &next(2023, OFFICIAL, &anew)], "t 2023", &[("1.1", 'o'), ("1.2", 'o')]);
}

#[test]
fn the_method_that_an_area_says_decides_below_it() {
    let survey = "  không tổ chức điều tra: quy về 4 điểm\n";
    let scale = "thang điểm: 4 điểm; thẩm định 2 điểm; điều tra 2 điểm, nếu có";
    let leaves = format!(
        "tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\nlĩnh vực 2 \"M\": 2 điểm, điều tra\n\ntiêu chí 2.1 \"B\": 2 điểm\n{ENTERED}"
    );
    let leaves = leaves.replace("tiêu chí 1 ", "lĩnh vực 1 ");
    let upper = first(2022, REBUILT, survey, &leaves).replace("thang điểm: 4 điểm", scale);
    let anew = |method: &str| next(2023, OFFICIAL, &format!("\nsửa tiêu chí 2.1: 2 điểm{method}\n{ENTERED}"));
    stands(&[&upper, &anew("")], "t 2023", &[("2.1", 'r')]);
    stands(&[&upper, &anew(", điều tra")], "t 2023", &[("2.1", 'o')]);
}

#[test]
fn a_template_whose_users_are_gone_stays_as_firm_as_they_were() {
    let heads = format!("tiêu chí 1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{ENTERED}");
    let by = |code: &str, points: u8, source: &str| {
        format!(
            "bổ sung tiêu chí {code} \"C{code}\": {points} điểm\n{source}  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n"
        )
    };
    let template = "mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: 25% tối đa\n";
    let gone = format!("\nsửa tiêu chí 3: 1 điểm\n{ENTERED}");
    let new = format!("\nbãi bỏ tiêu chí 1, do \"thôi\"\n\n{}", by("4", 2, ""));
    for (source, standing) in [(REBUILT, 'r'), (OFFICIAL, 'o')] {
        let own = format!("  {source} 2022\"\n");
        let then = next(2022, "", &format!("\n{template}\nsửa tiêu chí 2: 1 điểm\n{own}\n{}", by("3", 1, &own)));
        let upper = first(2021, OFFICIAL, "", &heads);
        let texts = [&upper, &then, &next(2023, OFFICIAL, &gone), &next(2024, OFFICIAL, &new)];
        stands(&texts.map(String::as_str), "t 2024", &[("3", 'o'), ("4", standing)]);
        let once = next(2023, OFFICIAL, &format!("{gone}{new}"));
        stands(&[&upper, &then, &once], "t 2023", &[("3", 'o'), ("4", standing)]);
        // Written anew it is the new text's.
        let anew = next(2024, OFFICIAL, &format!("\n{template}{new}"));
        stands(&[&upper, &then, &next(2023, OFFICIAL, &gone), &anew], "t 2024", &[("4", 'o')]);
    }
}

const TWO_BLOCKS: &str = "  khối sở \"Sở\"\n  khối tw \"TW\"\n";

#[test]
fn what_an_old_rule_of_the_area_decides_was_counted_when_the_leaf_was_written() {
    let area = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n  không áp dụng với khối tw: 50% tối đa\n\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{ENTERED}"
    );
    let upper = first(2021, REBUILT, TWO_BLOCKS, &area);
    let anew = ["1.1", "1.2"].map(|code| {
        format!("\nsửa tiêu chí {code}: 2 điểm\n  nguồn: chính thức, \"Phụ lục, mục {code}\"\n  chấm theo điểm nhập, do \"Sở Nội vụ\"\n")
    });
    let confirmed = next(2022, OFFICIAL, &anew.concat());
    stands(&[&upper, &confirmed], "t 2022", &[("1.1", 'o'), ("1.2", 'o')]);
    // A title says nothing of points.
    let later = next(2023, OFFICIAL, "\nsửa tiêu chí 1.2 \"B mới\"\n");
    stands(&[&upper, &confirmed, &later], "t 2023", &[("1.1", 'o'), ("1.2", 'o')]);
    // What is said of the area alone is said of its lines, and of all below.
    let alone = next(2022, REBUILT, "\nsửa lĩnh vực 1\n  nguồn: chính thức, \"Phụ lục, mục 1\"\n");
    stands(&[&upper, &alone], "t 2022", &[("1.1", 'o'), ("1.2", 'o')]);
}

#[test]
fn a_gate_that_a_leaf_takes_by_a_move_is_of_the_text_that_moves_it() {
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 1 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n{ENTERED}\ntiêu chí 1.3 \"C\": 1 điểm\n{ENTERED}"
    );
    let lines = format!(
        "\nsửa tiêu chí 1.2: 3 điểm\n\nchia tiêu chí 1.2\n\nđổi mã 1.3 thành 1.2.1\n\nbổ sung tiêu chí 1.2.2 \"D\": 2 điểm\n{ENTERED}"
    );
    let upper = first(2022, OFFICIAL, "", &heads);
    stands(&[&upper, &next(2023, REBUILT, &lines)], "t 2023", &[("1.1", 'o'), ("1.2.1", 'r'), ("1.2.2", 'r')]);
    // New points leave the gate there.
    for form in ["", ENTERED] {
        let later = next(2024, OFFICIAL, &format!("\nsửa tiêu chí 1.2.1: 1 điểm\n{form}"));
        stands(&[&upper, &next(2023, REBUILT, &lines), &later], "t 2024", &[("1.2.1", 'r')]);
    }
    stands(&[&upper, &next(2023, OFFICIAL, &lines)], "t 2023", &[("1.1", 'o'), ("1.2.1", 'o'), ("1.2.2", 'o')]);
}

#[test]
fn the_text_that_brought_a_gate_is_known_by_the_gate_whatever_is_said_anew_of_where_the_head_was() {
    let gate = "  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n";
    let heads = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 1 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{gate}{ENTERED}\ntiêu chí 1.3 \"C\": 1 điểm\n{ENTERED}"
    );
    let lines = format!(
        "\nsửa tiêu chí 1.2: 3 điểm\n\nchia tiêu chí 1.2\n\nđổi mã 1.3 thành 1.2.1\n\nbổ sung tiêu chí 1.2.2 \"D\": 2 điểm\n{ENTERED}"
    );
    let (upper, moved) = (first(2022, OFFICIAL, "", &heads), next(2023, REBUILT, &lines));
    let again = "  thay cho 1.3 của năm 2022\n";
    let points = |year: u16, more: &str| next(year, OFFICIAL, &format!("\nsửa tiêu chí 1.2.1: 1 điểm\n{more}"));
    for form in ["", ENTERED] {
        let once = points(2024, &format!("{again}{form}"));
        stands(&[&upper, &moved, &once], "t 2024", &[("1.2.1", 'r'), ("1.2.2", 'r')]);
        // After a year that says it alone, or nothing, and under a new code.
        let alone = next(2024, OFFICIAL, &format!("\nsửa tiêu chí 1.2.1\n{again}"));
        for between in [alone, next(2024, OFFICIAL, "")] {
            stands(&[&upper, &moved, &between, &points(2025, form)], "t 2025", &[("1.2.1", 'r')]);
        }
        let renamed = next(2024, OFFICIAL, "\nđổi mã 1.2.1 thành 1.2.5\n");
        let last = points(2025, form).replace("1.2.1", "1.2.5");
        stands(&[&upper, &moved, &renamed, &last], "t 2025", &[("1.2.5", 'r')]);
        // A gate that the official text writes itself is its own.
        stands(&[&upper, &moved, &points(2024, &format!("{gate}{form}"))], "t 2024", &[("1.2.1", 'o')]);
    }
    // Split once more.
    let part = |at: u8| format!("\nbổ sung thành phần 1.2.1.{at} \"E{at}\": 0,5 điểm\n{ENTERED}");
    let parts = next(2024, OFFICIAL, &format!("\nchia tiêu chí 1.2.1\n{}{}", part(1), part(2)));
    let last = next(2025, OFFICIAL, &format!("\nsửa thành phần 1.2.1.1: 0,5 điểm\n{ENTERED}"));
    stands(&[&upper, &moved, &parts, &last], "t 2025", &[("1.2.1.1", 'r'), ("1.2.1.2", 'r')]);
    // All official.
    let official = next(2023, OFFICIAL, &lines);
    stands(&[&upper, &official, &points(2024, again)], "t 2024", &[("1.2.1", 'o'), ("1.2.2", 'o')]);
}

#[test]
fn a_gate_that_comes_to_a_leaf_or_to_what_is_below_a_head_that_moves_stays_of_the_text_that_moves_it() {
    let gate = "  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm\n";
    let below = format!("\nthành phần 3.1 \"C1\": 1 điểm\n{ENTERED}");
    let split = format!(
        "\nsửa tiêu chí 2: 3 điểm\n\nchia tiêu chí 2\n\nsửa tiêu chí 3\n  thuộc 2\n\nbổ sung thành phần 2.1 \"D\": 2 điểm\n{ENTERED}"
    );
    let cases = [(ENTERED, "tiêu chí", "3", "  thuộc 2\n"), (below.as_str(), "thành phần", "3.1", "")];
    for (third, level, code, again) in cases {
        let heads = format!(
            "tiêu chí 1 \"A\": 1 điểm\n{ENTERED}\ntiêu chí 2 \"B\": 2 điểm\n{gate}{ENTERED}\ntiêu chí 3 \"C\": 1 điểm\n{third}"
        );
        let upper = first(2022, OFFICIAL, "", &heads);
        let points = next(2024, OFFICIAL, &format!("\nsửa {level} {code}: 1 điểm\n{again}{ENTERED}"));
        for (source, standing) in [(REBUILT, 'r'), (OFFICIAL, 'o')] {
            stands(&[&upper, &next(2023, source, &split), &points], "t 2024", &[(code, standing)]);
        }
    }
}

#[test]
fn a_new_code_brings_no_gate_to_a_head_that_had_its_own() {
    let gate = "  chỉ chấm khi điểm của 1.1 > 0; nếu không: 0 điểm\n";
    for gate in [gate, ""] {
        let heads = format!(
            "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 1 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{gate}{ENTERED}\ntiêu chí 1.3 \"C\": 1 điểm\n{ENTERED}"
        );
        let upper = first(2022, OFFICIAL, "", &heads);
        let points = "\nsửa tiêu chí 1.2: 1 điểm\n\nsửa tiêu chí 1.3: 2 điểm\n";
        let renamed = next(2023, REBUILT, &format!("\nđổi mã 1.2 thành 1.4\n{points}"));
        stands(&[&upper, &renamed], "t 2023", &[("1.3", 'r'), ("1.4", 'r')]);
        for form in ["", ENTERED] {
            let later = format!("\nsửa tiêu chí 1.4: 1 điểm\n{form}\nsửa tiêu chí 1.3: 2 điểm\n");
            stands(&[&upper, &renamed, &next(2024, OFFICIAL, &later)], "t 2024", &[("1.3", 'o'), ("1.4", 'o')]);
        }
    }
}

#[test]
fn a_rule_of_an_area_stays_as_firm_as_the_area_was_when_it_was_written() {
    let area = format!("lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 4 điểm\n{ENTERED}");
    let upper = first(2021, OFFICIAL, TWO_BLOCKS, &area);
    for rule in [", điều tra\n", "\n  không áp dụng với khối tw: 50% tối đa\n"] {
        let ruled = next(2022, OFFICIAL, &format!("\nsửa lĩnh vực 1{rule}  nguồn: dựng lại, \"theo báo 2022\"\n"));
        let anew = |year: u16, points: u8| {
            let (scale, code) = (4 + points, year - 2021);
            let source = format!("  nguồn: chính thức, \"Phụ lục {year}, mục 1\"\n");
            let lines = format!(
                "  thang điểm: {scale} điểm\n\nsửa lĩnh vực 1: {scale} điểm\n{source}\nbổ sung tiêu chí 1.{code} \"C{code}\": 2 điểm\n{ENTERED}"
            );
            next(year, OFFICIAL, &lines)
        };
        let (later, last) = (anew(2023, 2), anew(2024, 4));
        let all = [&upper, &ruled, &later, &last].map(String::as_str);
        let (ruleset, _) = stands(&all, "t 2024", &[("1", 'r'), ("1.1", 'r'), ("1.2", 'r'), ("1.3", 'r')]);
        assert_eq!(extended_as_text(&all, "t 2024", &ruleset), [""; 0]);
    }
}

#[test]
fn what_is_said_of_an_area_alone_is_said_of_its_lines_for_later_years_too() {
    let entered = |codes: &[&str]| -> String {
        let one = |code: &&str| format!("\ntiêu chí {code} \"A{code}\": 2 điểm\n{ENTERED}");
        codes.iter().map(one).collect::<Vec<_>>().concat()
    };
    let rule = "  không áp dụng với khối tw: 50% tối đa\n";
    let heads = format!("lĩnh vực 1 \"M\": 4 điểm\n{rule}{}", entered(&["1.1", "1.2"]));
    let alone = |source: &str| format!("\nsửa lĩnh vực 1\n  {source}, mục 1\"\n");
    let added = format!(
        "  thang điểm: 6 điểm\n\nsửa lĩnh vực 1: 6 điểm\n\nbổ sung{}",
        entered(&["1.3"]).trim_start_matches('\n').replace("tiêu chí", " tiêu chí")
    );
    let anew = format!("{added}\nsửa tiêu chí 1.1: 2 điểm\n{ENTERED}");
    for (first_source, second, standing) in [(REBUILT, OFFICIAL, 'o'), (OFFICIAL, REBUILT, 'r')] {
        let texts = [first(2021, first_source, TWO_BLOCKS, &heads), next(2022, second, &alone(second))];
        for last in [&added, &anew] {
            let last = next(2023, OFFICIAL, last);
            let asked = [("1.1", standing), ("1.2", standing), ("1.3", standing)];
            let all = [&texts[0], &texts[1], &last].map(String::as_str);
            let (ruleset, _) = stands(&all, "t 2023", &asked);
            assert_eq!(extended_as_text(&all, "t 2023", &ruleset), [""; 0]);
            let between = next(2023, OFFICIAL, "");
            let last = last.replace("2023", "2024").replace("năm 2022", "năm 2023");
            stands(&[&texts[0], &texts[1], &between, &last], "t 2024", &asked);
        }
    }
    // It does not go past a criterion that said its own.
    let own = format!(
        "lĩnh vực 1 \"M\": 4 điểm\n\ntiêu chí 1.1 \"A\": 4 điểm\n  {REBUILT} của tiêu chí\"\n{rule}\nthành phần 1.1.1 \"B\": 4 điểm\n{ENTERED}"
    );
    let added = format!(
        "  thang điểm: 5 điểm\n\nsửa lĩnh vực 1: 5 điểm\n\nsửa tiêu chí 1.1: 5 điểm\n\nbổ sung thành phần 1.1.2 \"C\": 1 điểm\n{ENTERED}"
    );
    let texts = [first(2021, OFFICIAL, TWO_BLOCKS, &own), next(2022, OFFICIAL, &alone(OFFICIAL))];
    let last = next(2023, OFFICIAL, &added);
    stands(&[&texts[0], &texts[1], &last], "t 2023", &[("1.1.1", 'r'), ("1.1.2", 'r')]);
}

#[test]
fn a_template_written_anew_does_not_hide_a_rule_of_the_area() {
    let template =
        |most: u8| format!("mẫu m(v)\n  chấm theo điều kiện\n    khi v = có: tối đa\n    còn lại: {most}% tối đa\n\n");
    let by = "  số liệu v \"V\": có/không\n  chấm theo mẫu m(v)\n";
    let heads = |rule: &str| {
        format!(
            "{}lĩnh vực 1 \"M\": 4 điểm\n{rule}\ntiêu chí 1.1 \"A\": 2 điểm\n{ENTERED}\ntiêu chí 1.2 \"B\": 2 điểm\n{by}",
            template(10)
        )
    };
    let rule = "  không áp dụng với khối tw: 50% tối đa\n";
    let anew = format!("\nsửa tiêu chí 1.1: 2 điểm\n{by}\nsửa tiêu chí 1.2: 2 điểm\n{by}");
    for (rule, standing) in [(rule, 'r'), ("", 'o')] {
        let upper = first(2021, REBUILT, TWO_BLOCKS, &heads(rule));
        let texts = [next(2022, OFFICIAL, &anew), next(2023, OFFICIAL, &format!("\n{}", template(20)))];
        stands(&[&upper, &texts[0], &texts[1]], "t 2023", &[("1.1", standing), ("1.2", standing)]);
    }
}
