//! What a set says and what is made of it: a set without errors has lost no line of its text.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceMap, Span, Structure, render};
use tieuchi::language::tree::{FormKind, Statement};
use tieuchi::ruleset::meaning::Meaning;
use tieuchi::ruleset::{self, Checked, Leaf, Scoring};

use crate::support::{all_shipped, root, walk};

/// A leaf of every form, with names and points alike, so that a line of one often reads under another.
const NURSERY: &str = r#"bộ tiêu chí thu/nghiem "Thử"
  năm: 2022
  nguồn: minh họa, "thử"
  trích: "thử"
  thang điểm: 100 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

mẫu phần(x; y)
  chấm theo tỷ lệ x / y
    từ 50% trở lên: tối đa
    dưới 50%: 0 điểm

mẫu việc(x)
  chấm theo danh mục
    đạt khi x = có: 0,5 điểm
    đạt khi x = không: 0,25 điểm

mẫu hạn(x)
  chấm theo thời hạn x, hạn hết 31/01/2022
    đúng hạn: tối đa
    muộn trên 0 ngày: 0 điểm
    không thực hiện: 0 điểm

tiêu chí 1 "Một": 1 điểm
  số liệu a "A": có/không
  số liệu n "N": số đếm, không quá 9
  chấm theo điều kiện
    khi a = có và n >= 3: tối đa
    khi a = có: 0,5 điểm
    còn lại: 0 điểm
  không phát sinh khi n = 0: 0 điểm
  ví dụ a = có; n = 4: 1 điểm
  ví dụ a = không; n = 4: 0 điểm

tiêu chí 2 "Hai": 1 điểm
  số liệu m "M": số đếm, ít nhất 1
  số liệu n "N": số đếm, không quá m
  chấm theo mẫu phần(n; m)
  ví dụ m = 4; n = 4: 1 điểm

tiêu chí 3 "Ba": 1 điểm
  số liệu n "N": số đếm
  chấm theo số lượng n
    từ 0 đến hết 3: 0 điểm
    từ 4 đến hết 9: 0,5 điểm
    từ 10 trở lên: tối đa
  chỉ chấm khi điểm của 1 > 0; nếu không: 0 điểm

tiêu chí 4 "Bốn": 1 điểm
  số liệu a "A": có/không
  chấm theo danh mục
    đạt bảng "Có bảng": 0,5 điểm
    đạt khi a = có: 0,5 điểm

tiêu chí 5 "Năm": 1 điểm
  số liệu a "A": có/không
  chấm theo mẫu việc(a)

tiêu chí 6 "Sáu": 1 điểm
  số liệu d "D": ngày
  chấm theo mẫu hạn(d)

tiêu chí 7 "Bảy": 1 điểm
  số liệu d "D": ngày
  chấm theo thời hạn d, hạn hết 31/01/2022
    đúng hạn: tối đa
    muộn không quá 9 ngày: 0,5 điểm
    muộn trên 9 ngày: 0 điểm
    không thực hiện: 0 điểm

tiêu chí 8 "Tám": 1 điểm
  số liệu c "C": lựa chọn "tốt"; "khá"
  chấm theo lựa chọn c
    chọn "tốt": tối đa
    chọn "khá": 0,5 điểm

tiêu chí 9 "Chín": 1 điểm
  số liệu n "N": số đếm
  chấm theo từng trường hợp, bắt đầu từ tối đa
    mỗi n: trừ 0,1 điểm

tiêu chí 10 "Mười": 1 điểm
  danh sách xã "Xã": ít nhất 1
    cột a "A": có/không
    cột n "N": số đếm
  chấm theo danh mục từng xã, lấy trung bình
    đạt khi a = có: 0,5 điểm
    đạt khi n >= 1: 0,5 điểm
  không phát sinh từng xã khi n = 9: bỏ qua dòng
  không còn dòng nào: 0 điểm

tiêu chí 11 "Mười một": 1 điểm
  số liệu n "N": số đếm, không quá 9
  chấm theo công thức n * 0,2 điểm
    cao nhất tối đa
"#;

fn check(text: &str) -> Checked {
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", text);
    ruleset::check(id, text)
}

/// The lines that something was made of.
fn kept(leaf: &Leaf, into: &mut BTreeSet<Span>) {
    into.insert(leaf.form);
    into.extend(leaf.not_applicable.iter().map(|rule| rule.line));
    into.extend(leaf.gates.iter().map(|gate| gate.line));
    match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { arms, .. }) => into.extend(arms.iter().map(|arm| arm.line)),
        Scoring::Declared(_, Meaning::Sum(sum)) => into.extend(sum.parts.iter().map(|part| part.line)),
        Scoring::Declared(_, Meaning::Value { per_case: Some(cases), .. }) => {
            into.extend(cases.lines.iter().map(|each| each.line));
        }
        Scoring::PerRow(rows) => {
            kept(&rows.row, into);
            into.extend(rows.none_left.iter().map(|(_, line)| *line));
        }
        Scoring::Declared(..) | Scoring::Script { .. } | Scoring::Entered { .. } => {}
    }
}

/// The statements that stand under one opening line, each with its place.
type Under<'a> = Vec<(&'a Statement, Span)>;

/// What a sound set has lost of its text: every head is there, every leaf is scored, every line under it has its part.
fn lost(checked: &Checked) -> Vec<String> {
    use Statement as S;
    let (Some(set), Some(file)) = (&checked.ruleset, &checked.composed) else { return Vec::new() };
    let mut templates: BTreeMap<&str, Under<'_>> = BTreeMap::new();
    let mut heads: Vec<(&str, Under<'_>)> = Vec::new();
    let mut lines: Option<&mut Under<'_>> = None;
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        lines = match statement {
            S::Head(head) => {
                heads.push((&head.code.value, Vec::new()));
                heads.last_mut().map(|(_, lines)| lines)
            }
            S::Template(template) => Some(templates.entry(&template.name.value).or_default()),
            S::Questionnaire(_) | S::Test(_) | S::Lock(_) | S::Open(_) => None,
            _ => lines,
        };
        if let Some(lines) = &mut lines {
            lines.push((statement, line.words));
        }
    }
    let mut lost = Vec::new();
    if heads.len() != set.heads.len() {
        lost.push(format!("{} heads of {}", set.heads.len(), heads.len()));
    }
    for (code, own) in heads {
        let Some((_, head)) = set.by_code(code) else {
            lost.push(format!("{code} is not there"));
            continue;
        };
        let asked = |line: &S| matches!(line, S::Figure(_) | S::List(_) | S::Column(_) | S::Example(_));
        let Some(leaf) = &head.leaf else {
            if head.children.is_empty() && set.frame.is_none() {
                lost.push(format!("{code} is not scored"));
            }
            let idle = set.frame.is_none() && own.iter().any(|(line, _)| asked(line) || scores(line));
            lost.extend(idle.then(|| format!("{code} has lines that nothing reads")));
            continue;
        };
        let mut made = BTreeSet::new();
        kept(leaf, &mut made);
        let mut scoring: Under<'_> = own.iter().filter(|(line, _)| scores(line)).copied().collect();
        let mut inner = own.iter().find_map(|(line, _)| used(line));
        while let Some(lines) = inner.and_then(|name| templates.get(name)) {
            scoring.extend(lines.iter().filter(|(line, _)| scores(line)).copied());
            inner = lines.iter().find_map(|(line, _)| used(line));
        }
        for (line, span) in scoring {
            // A template's own line stands for the line that uses it.
            let form = matches!(line, S::Form(_));
            if !form && !made.contains(&span) {
                lost.push(format!("{code}: {line:?}"));
            }
        }
        if own.iter().filter(|(line, _)| matches!(line, S::Form(_))).count() != 1 {
            lost.push(format!("{code}: forms"));
        }
        for (line, _) in &own {
            let known = |name: &str| leaf.figures.iter().any(|figure| figure.name == name);
            let gone = match line {
                S::Figure(figure) => !known(&figure.name.value),
                S::List(list) => !known(&list.name.value),
                S::Column(column) => !leaf.figures.iter().any(|figure| match &figure.kind {
                    ruleset::FigureKind::Rows(columns) => columns.iter().any(|own| own.name == column.name.value),
                    _ => false,
                }),
                _ => false,
            };
            lost.extend(gone.then(|| format!("{code}: {line:?}")));
        }
        if own.iter().filter(|(line, _)| matches!(line, S::Example(_))).count() != leaf.examples.len() {
            lost.push(format!("{code}: examples"));
        }
    }
    lost
}

/// A line that gives or takes points.
fn scores(line: &Statement) -> bool {
    use Statement as S;
    matches!(
        line,
        S::Form(_)
            | S::Band(_)
            | S::When(_)
            | S::Otherwise(_)
            | S::Met(_)
            | S::Each(_)
            | S::Option(_)
            | S::Timed(_)
            | S::NotDone(_)
            | S::AllEqual(_)
            | S::NotApplicable(_)
            | S::Gate(_)
            | S::NoRowCase(_)
            | S::NoRowsLeft(_)
    )
}

/// The template that a form uses.
fn used(line: &Statement) -> Option<&str> {
    match line {
        Statement::Form(form) => match &form.kind {
            FormKind::Template { name, .. } => Some(&name.value),
            _ => None,
        },
        _ => None,
    }
}

/// A slip of whoever edits a file: a line said twice, left out, or put elsewhere.
#[derive(Clone, Copy, Debug)]
enum Slip {
    Again { from: usize, to: usize },
    Out { at: usize },
    Moved { from: usize, to: usize },
}

fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for slip in slips {
        // The first lines say what the file is.
        let at = |at: usize, lines: &[&str]| 9 + at % (lines.len() - 9);
        match *slip {
            Slip::Again { from, to } => lines.insert(at(to, &lines), lines[at(from, &lines)]),
            Slip::Out { at: place } => {
                lines.remove(at(place, &lines));
            }
            Slip::Moved { from, to } => {
                let line = lines.remove(at(from, &lines));
                lines.insert(at(to, &lines), line);
            }
        }
    }
    lines.join("\n") + "\n"
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        (0..200_usize, 0..200_usize).prop_map(|(from, to)| Slip::Again { from, to }),
        (0..200_usize).prop_map(|at| Slip::Out { at }),
        (0..200_usize, 0..200_usize).prop_map(|(from, to)| Slip::Moved { from, to }),
    ]
}

fn holds(text: &str) -> Result<bool, TestCaseError> {
    let checked = check(text);
    let unread = checked.diagnostics.iter().any(|finding| finding.code() == "not-read-through");
    prop_assert!(!unread, "something was lost and only the last look saw it:\n{}", text);
    let lost = lost(&checked);
    prop_assert!(lost.is_empty(), "{:#?}\n{}", lost, text);
    Ok(checked.ruleset.is_some())
}

#[test]
fn the_nursery_and_every_shipped_set_have_lost_nothing() {
    assert!(holds(NURSERY).unwrap());
    let mut texts: Vec<String> = all_shipped().into_iter().map(|(_, text)| text).collect();
    let mut guides = Vec::new();
    walk(&root().join("docs"), "tieuchi", &mut guides);
    texts.extend(guides.iter().map(|path| std::fs::read_to_string(path).unwrap()));
    for text in texts {
        assert_eq!(lost(&check(&text)), Vec::<String>::new());
    }
}

/// Every line once more, at every place: the great part of what copying does to a file.
#[test]
fn a_line_said_again_anywhere_is_read_or_told() {
    let count = NURSERY.lines().count() - 9;
    let mut sound = 0;
    for from in 0..count {
        for to in [from + 1, from * 7 + 3, from * 31 + 11, from * 53 + 29] {
            sound += u32::from(holds(&slipped(NURSERY, &[Slip::Again { from, to }])).unwrap());
        }
    }
    // A test of sets that are all refused would say nothing.
    assert!(sound > 20, "{sound}");
}

proptest! {
    #[test]
    fn a_set_that_is_taken_has_lost_no_line(slips in prop::collection::vec(slip(), 1..4)) {
        holds(&slipped(NURSERY, &slips))?;
    }
}

#[test]
fn what_was_not_read_through_is_told_in_both_languages() {
    let mut sources = SourceMap::new();
    let id = sources.add("set.tieuchi", "chấm theo điều kiện\n");
    let problem = Structure::NotReadThrough { name: "1.1".to_owned() };
    let finding = [Diagnostic::new(problem, Span::new(id, 0, "chấm theo điều kiện".len()))];
    let told = |language| render(&finding, &sources, language, Colour::Never);
    insta::assert_snapshot!(format!("{}\n{}", told(Language::Vietnamese), told(Language::English)));
}
