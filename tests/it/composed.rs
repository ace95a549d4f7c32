//! Sets that extend others, where composing may lose or change more than its lines say.

use tieuchi::diagnostic::{Colour, Language, Say, render};
use tieuchi::language::{Comments, write_file};
use tieuchi::report;
use tieuchi::ruleset::Head;

use crate::inheritance::Family;

const HEADER: &str = "  figures missing: unscored
  evidence missing: explain
  rounding: index, 2 digits, half up
  display: 2 digits
  ranking: shared, skip, on exact points
";

/// The set `up 2025`.
fn upper(lines: &str) -> String {
    format!("ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{HEADER}{lines}")
}

/// The set `up 2026`, which extends it.
fn next(lines: &str) -> String {
    format!("ruleset up \"U\"\n  year: 2026\n  extends: up year 2025\n  source: illustrative, \"y\"\n{lines}")
}

/// The set `low 2025` of a lower level, which extends it.
fn lower(lines: &str) -> String {
    format!("ruleset low \"L\"\n  year: 2025\n  extends: up year 2025\n  source: illustrative, \"y\"\n{lines}")
}

/// A leaf scored by a yes/no figure.
fn leaf(head: &str) -> String {
    format!(
        "\n{head}\n  data x \"X\": yes/no\n  score by condition\n    when x = yes: maximum\n    otherwise: 0 points\n  example x = yes: maximum\n"
    )
}

/// What is told of a set among others.
fn told(texts: &[&str], name: &str) -> String {
    let family = Family::new(texts);
    render(&family.check(name).diagnostics, &family.sources, Language::English, Colour::Never)
}

/// The errors and warnings by their codes.
fn codes(texts: &[&str], name: &str) -> Vec<&'static str> {
    Family::new(texts).check(name).diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect()
}

fn split_of(line: &str, part: &str) -> [String; 2] {
    let blocks = "  scale: 4 points\n  block small \"Small\"\n  block big \"Big\"\n";
    let upper = upper(&format!(
        "{blocks}{}  {line}\n{}\nlower level may split criterion 1\n",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("criterion 2 \"B\": 2 points")
    ));
    let part = format!("{}{part}", leaf("add sub-criterion 1.1 \"P\": 2 points"));
    [upper, lower(&format!("\nsplit criterion 1\n{part}"))]
}

#[test]
fn a_leaf_split_keeps_what_it_says_of_blocks() {
    for effect in ["out of scale", "unscored", "0 points", "maximum"] {
        let [upper, lower] = split_of(&format!("not applicable to block big: {effect}"), "");
        let family = Family::new(&[&upper, &lower]);
        let (ruleset, _) = family.sound("low 2025");
        let aside = |code: &str| ruleset.of_block(Some("big")).by_code(code).unwrap().1.aside.is_some();
        assert!(aside("1") && aside("1.1") && !aside("2"), "{effect}");
    }
}

#[test]
fn points_of_a_block_cannot_be_shared_out_by_a_split() {
    let line = "not applicable to block big: 1 point";
    let [upper, lower] = split_of(line, "");
    let text = told(&[&upper, &lower], "low 2025");
    assert!(text.contains("block-points-on-parent") && text.contains("the block's points are here"), "{text}");
    assert_eq!(codes(&[&upper, &lower], "low 2025"), ["block-points-on-parent"]);
    let [upper, lower] = split_of(line, "  not applicable to block big: 1 point\n");
    assert_eq!(codes(&[&upper, &lower], "low 2025"), Vec::<&str>::new(), "the part says it");
}

#[test]
fn what_a_locked_head_reads_stays() {
    let locked = upper(
        "  scale: 4 points

area 1 \"Area\": 4 points
  shared data n \"N\": count, from 10 through 20
  shared data m \"M\": count, from 10 through 20

criterion 1.1 \"A\": 2 points
  score by formula maximum * min(1; n / 20)

criterion 1.2 \"B\": 1 point
  data f \"F\": count, at most g
  data g \"G\": count, at most 1000
  score by formula maximum * min(1; (f + g) / 10)

criterion 1.3 \"C\": 1 point
  score by formula maximum * min(1; f in 1.2 / 10)

lock criterion 1.1
lock criterion 1.3
",
    );
    let told_of = |lines: &str| told(&[&locked, &next(lines)], "up 2026");
    for (lines, what) in [
        ("\namend area 1\n  shared data n \"Else\": number, from 0 through 50\n", "`n`, which `1.1` reads,"),
        ("\namend criterion 1.2\n  data f \"Else\": count, at most g\n", "`f in 1.2`, which `1.3` reads,"),
        ("\namend criterion 1.2\n  data g \"Else\": count, at most 9\n", "`g in 1.2`, which `1.3` reads,"),
        (
            "\nrepeal criterion 1.2, because \"x\"\nadd criterion 1.4 \"D\": 1 point\n  score as entered, by \"X\"\n",
            "`f in 1.2`, which `1.3` reads,",
        ),
    ] {
        let text = told_of(lines);
        assert!(
            text.contains("error[locked]") && text.contains(what) && text.contains("locked here"),
            "{lines}\n{text}"
        );
        assert_eq!(text.matches("error[locked]").count(), 1, "{text}");
    }
    for lines in [
        "\namend area 1\n  shared data m \"Else\": number, from 0 through 50\n",
        "\namend criterion 1.2\n  score by formula maximum * min(1; f / 10)\n",
        "\nrenumber 1.2 to 1.5\n",
    ] {
        let text = told_of(lines);
        assert!(!text.contains("locked"), "{lines}\n{text}");
    }
}

#[test]
fn a_template_within_a_template_is_locked_with_what_uses_it() {
    let template = |name: &str, edge: &str| {
        format!(
            "\ntemplate {name}(x; y)\n  score by rate x / y\n    from {edge} up: maximum\n    below {edge}: 0 points\n"
        )
    };
    let locked = upper(&format!(
        "  scale: 2 points
{}
template outer(x; y)
  score by template inner(x; y)

criterion 1 \"A\": 2 points
  data b \"B\": count, at most a
  data a \"A\": count, at least 1
  score by template outer(b; a)
  example b = 8; a = 10: 2 points

lock criterion 1
",
        template("inner", "80%")
    ));
    let text = told(&[&locked, &next(&template("inner", "30%"))], "up 2026");
    assert!(text.contains("`inner`, which `1` reads, cannot be amended: `1` is locked"), "{text}");
}

#[test]
fn settings_by_which_a_locked_head_is_scored_stay() {
    let locked = upper(
        "  scale: 2 points

criterion 1 \"A\": 2 points
  data b \"B\": count, at most a
  data a \"A\": count, at least 1
  score by rate b / a: proportional
  example b = 8; a = 10: 1.6 points

lock criterion 1
",
    );
    let told_of = |line: &str| told(&[&locked, &next(line)], "up 2026");
    let text = told_of("  figures missing: 0 points, explain\n");
    assert!(text.contains("`figures missing`, by which `1` is scored, cannot be amended"), "{text}");
    let text = told_of("  rounding: each criterion, 0 digits, half up\n");
    assert!(text.contains("`rounding`, by which `1` is scored, cannot be amended"), "{text}");
    // The index may be rounded otherwise: the head's points are the same.
    let text = told_of("  rounding: index, 1 digit, half up\n");
    assert!(!text.contains("locked"), "{text}");
}

#[test]
fn a_lower_level_decides_nothing_that_is_not_opened() {
    let upper = upper(&format!("  scale: 2 points\n{}", leaf("criterion 1 \"A\": 2 points")));
    for line in [
        "survey not held: rebase to 2 points",
        "working week: monday through monday",
        "days off: from 01/04/2025 through 31/12/2025",
        "made up on: 05/04/2025",
        "block dept \"Departments\": not ranked",
        "display: 1 digit",
    ] {
        let told = codes(&[&upper, &lower(&format!("  {line}\n"))], "low 2025");
        assert_eq!(told, ["closed-to-lower-level"], "{line}");
    }
}

#[test]
fn a_code_taken_again_does_not_stand_for_the_head_that_is_gone() {
    let upper = upper(
        "  scale: 3 points

criterion 1 \"A\": 1 point
  data x \"X\": count, at least 1
  score by formula maximum * min(1; x / 10)
  example x = 5: 0.5 points

criterion 2 \"B\": 2 points
  data y \"Y\": count, at most x in 1
  score by formula maximum * min(1; y / 10)
  example y = 5; x in 1 = 8: 1 point
",
    );
    let next = next(
        "
repeal criterion 1, because \"x\"
add criterion 1 \"New one\": 1 point
  data x \"X other\": count, at least 1
  score by formula maximum * min(1; x / 10)
  example x = 5: 0.5 points
",
    );
    let text = told(&[&upper, &next], "up 2026");
    assert!(text.contains("`1 (2025)`"), "{text}");
}

#[test]
fn a_list_and_a_column_are_amended_one_by_one() {
    let one = upper(
        "  scale: 2 points

criterion 1 \"A\": 2 points
  list a \"As\": at least 1
  column x \"X\": count, at least 1
  column note \"Note\": text
  score by formula maximum * min(1; count(a; x >= 2) / 3)
",
    );
    let composed = |upper: &str, lines: &str| {
        let next = next(&format!("\namend criterion 1\n{lines}"));
        let family = Family::new(&[upper, &next]);
        let checked = family.check("up 2026");
        let told = render(&checked.diagnostics, &family.sources, Language::English, Colour::Never);
        let text =
            checked.composed.map_or(told, |file| write_file(&file, &family.sources, Language::English, Comments::Drop));
        text.lines().flat_map(|line| [line.trim(), "\n"]).collect::<String>()
    };
    let text = composed(&one, "  column x \"X\": count, at least 2\n");
    assert!(text.contains("column x \"X\": count, at least 2\ncolumn note \"Note\": text\n"), "{text}");
    let text = composed(&one, "  column y \"Y\": text\n");
    assert!(text.contains("column note \"Note\": text\ncolumn y \"Y\": text\n"), "{text}");
    // A column that only the old rule read falls away with it.
    let text = composed(
        &one,
        "  list a \"As\": at least 1\n  column z \"Z\": count, at least 1\n  score by formula maximum * min(1; count(a; z >= 2) / 3)\n",
    );
    assert!(text.contains("column z") && text.contains("column note") && !text.contains("column x"), "{text}");

    let two = upper(
        "  scale: 2 points

criterion 1 \"A\": 2 points
  list a \"As\": at least 1
  column x \"X\": count, at least 1
  list b \"Bs\": at least 1
  column z \"Z\": count, at least 1
  score by formula maximum * min(1; (count(a; x >= 1) + count(b; z >= 1)) / 3)
",
    );
    let text = composed(&two, "  list b \"Bs\": at least 2\n  column z \"Z\": count, at least 1\n");
    assert!(
        text.contains(
            "list a \"As\": at least 1\ncolumn x \"X\": count, at least 1\nlist b \"Bs\": at least 2\ncolumn z"
        ),
        "{text}"
    );
    let text = composed(&two, "  column x \"X\": count, at least 3\n");
    assert!(text.contains("list a \"As\": at least 1\ncolumn x \"X\": count, at least 3\nlist b"), "{text}");
    let text = composed(&two, "  column new \"N\": text\n");
    assert!(text.contains("misplaced-line") && text.contains("`list`"), "{text}");
}

#[test]
fn a_list_that_only_the_old_rule_told_of_falls_away_with_its_columns() {
    let base = upper(
        "  scale: 2 points

criterion 1 \"A\": 2 points
  list a \"As\": at least 1
  column x \"X\": count, at least 1
  column y \"Y\": yes/no
  score by formula maximum * min(1; count(a; x >= 2 and y = yes) / 3)
",
    );
    let composed = |lines: &str| {
        let next = next(&format!("\namend criterion 1\n{lines}"));
        let (_, text) = Family::new(&[&base, &next]).sound("up 2026");
        text
    };
    let text = composed(
        "  data done \"Done\": yes/no\n  score by condition\n    when done = yes: maximum\n    otherwise: 0 points\n",
    );
    assert!(!text.contains("danh sách") && !text.contains("cột"), "{text}");
    // Another rule over the same list keeps it.
    let text = composed("  score by formula maximum * min(1; count(a; y = yes) / 3)\n");
    assert!(text.contains("danh sách a") && text.contains("cột y") && !text.contains("cột x"), "{text}");
}

#[test]
fn an_old_figure_that_only_shares_its_name_with_a_new_column_falls_away() {
    let base = upper(
        "  scale: 2 points

criterion 1 \"A\": 2 points
  data n \"N\": count, at least 1
  data m \"M\": count, at most n
  score by rate m / n: proportional
",
    );
    let composed = |lines: &str| {
        let next = next(&format!(
            "\namend criterion 1\n  list a \"As\": at least 1\n  column n \"Of a row\": count, at most 9\n{lines}"
        ));
        Family::new(&[&base, &next]).sound("up 2026").1
    };
    let by_row = composed("  score by count n per a, take lowest\n    from 3 up: maximum\n    below 3: 0 points\n");
    assert!(by_row.contains("cột n") && !by_row.contains("số liệu n"), "{by_row}");
    let over_rows = composed("  score by count max(a; n)\n    from 3 up: maximum\n    below 3: 0 points\n");
    assert!(over_rows.contains("cột n") && !over_rows.contains("số liệu n"), "{over_rows}");
    // Read by its own name too, it stays.
    let both = composed("  score by count max(a; n) + n\n    from 3 up: maximum\n    below 3: 0 points\n");
    assert!(both.contains("số liệu n") && !both.contains("số liệu m"), "{both}");
}

const TWO_AREAS: &str = "  scale: 4 points

area 1 \"Area\": 2 points

criterion 1.1 \"A\": 1 point
  score as entered, by \"X\"

criterion 1.2 \"B\": 1 point
  score as entered, by \"X\"

area 2 \"Area two\": 2 points

criterion 2.1 \"C\": 2 points
  score as entered, by \"X\"
";

/// The heads of the composed set `up 2026`: each code with the one above it and its title.
fn heads(lines: &str) -> Vec<String> {
    let (upper, next) = (upper(TWO_AREAS), next(lines));
    let (ruleset, _) = Family::new(&[&upper, &next]).sound("up 2026");
    let above = |head: &Head| head.parent.and_then(|id| ruleset.head(id)).map_or("", |above| &above.code).to_owned();
    ruleset.heads.iter().map(|head| format!("{} {} {}", head.code, above(head), head.title)).collect()
}

#[test]
fn heads_renumbered_within_renumbered_heads_go_by_their_own_lines() {
    let wanted = ["2  Area two", "2.1 2 C", "3  Area", "3.2 3 B", "3.5 3 A"];
    assert_eq!(heads("\nrenumber 1 to 3\nrenumber 1.1 to 3.5\n"), wanted);
    assert_eq!(heads("\nrenumber 1.1 to 3.5\nrenumber 1 to 3\n"), wanted);
}

#[test]
fn a_head_moves_to_another_parent() {
    let points = "\namend area 1: 1 point\namend area 2: 3 points\n";
    let wanted = ["1  Area", "1.2 1 B", "2  Area two", "2.1 2 C", "2.2 2 A"];
    assert_eq!(heads(&format!("\nrenumber 1.1 to 2.2\n{points}")), wanted);
    let wanted = ["1  Area", "1.1 1 A", "1.2 1 C", "2  Area two", "2.1 2 B"];
    let points = "\namend area 1: 3 points\namend area 2: 1 point\n";
    assert_eq!(heads(&format!("\nrenumber 1.2 to 2.1\nrenumber 2.1 to 1.2\n{points}")), wanted);
}

#[test]
fn two_heads_never_come_to_one_code() {
    let told = codes(&[&upper(TWO_AREAS), &next("\nrenumber 1 to 3\nrenumber 1.1 to 3.2\n")], "up 2026");
    assert_eq!(told, ["amend-conflict"]);
    let told = codes(&[&upper(TWO_AREAS), &next("\nrenumber 1.1 to 2.1\n")], "up 2026");
    assert_eq!(told, ["already-upstream"]);
}

#[test]
fn a_line_below_a_repealed_head_is_told_with_the_repeal() {
    let lines = "
repeal area 1, because \"x\"
amend criterion 1.1: 3 points
add area 1 \"B\": 2 points
add criterion 1.1 \"B\": 2 points
  score as entered, by \"X\"
";
    let (upper, next) = (upper(TWO_AREAS), next(lines));
    let text = told(&[&upper, &next], "up 2026");
    assert!(text.contains("`1.1` lies below `1`, which is repealed here") && text.contains("repealed here"), "{text}");
    assert_eq!(codes(&[&upper, &next], "up 2026"), ["amend-below-repealed"]);
}

#[test]
fn points_of_blocks_that_an_amendment_drops_are_told() {
    let base = format!(
        "  scale: 4 points; block big 6 points\n  block small \"Small\"\n  block big \"Big\"\n{}{}",
        leaf("criterion 1 \"A\": 2 points; block big 4 points"),
        leaf("criterion 2 \"B\": 2 points")
    );
    let lines = "\namend criterion 1: 2 points\namend criterion 2: 2 points; block big 4 points\n";
    let family = Family::new(&[&upper(&base), &next(lines)]);
    let (ruleset, _) = family.sound("up 2026");
    let said: Vec<String> =
        ruleset.changes.iter().map(|change| report::history::change(change).say(Language::English)).collect();
    assert!(said.contains(&"amended 1 A: block big 4 → 2 points".to_owned()), "{said:?}");
    assert!(said.contains(&"amended 2 B: block big 2 → 4 points".to_owned()), "{said:?}");
    // A sum that is wrong for a block is shown with that block's points.
    let text = told(&[&upper(&base), &next("\namend criterion 1: 2 points\n")], "up 2026");
    assert!(text.contains("before: 4 (1) + 2 (2) = 6; after: 2 (1) + 2 (2) = 4"), "{text}");
}

#[test]
fn to_drop_points_of_a_block_takes_the_full_right() {
    let text = format!(
        "  scale: 4 points; block big 6 points\n  block small \"Small\"\n  block big \"Big\"\n\narea 1 \"A\": 4 points; block big 6 points\n{}{}\nlower level may add sub-criteria in area 1\n",
        "\ncriterion 1.1 \"A\": 2 points; block big 4 points\n  score as entered, by \"X\"\n",
        "\ncriterion 1.2 \"B\": 2 points\n  score as entered, by \"X\"\n"
    );
    let told = codes(&[&upper(&text), &lower("\namend criterion 1.1: 2 points\n")], "low 2025");
    assert_eq!(told, ["closed-to-lower-level"]);
}

/// Each of sixty figures is bounded by all before it: 60^6 ways lead from the last to the first.
#[test]
fn a_web_of_bounds_is_proved_in_no_time() {
    let mut lines = String::from("  scale: 2 points\n\ncriterion 1 \"A\": 2 points\n");
    for at in 0..60 {
        let bounds = (0..at).map(|other| format!(", at most f{other}")).collect::<Vec<_>>().concat();
        lines += &format!("  data f{at} \"F{at}\": count{bounds}\n");
    }
    lines += "  data g \"G\": count, at least 1\n  score by formula maximum * min(1; max(0; f59 - g))\n";
    assert_eq!(codes(&[&upper(&lines)], "up 2025"), ["no-example"]);
}

#[test]
fn the_advice_on_what_is_closed_opens_it_or_says_that_nothing_does() {
    let base = |opening: &str| {
        let leaves = ["criterion 1.1 \"A\": 1 point", "criterion 1.2 \"B\": 1 point"].map(leaf).concat();
        upper(&format!("  scale: 2 points\n\narea 1 \"A\": 2 points\n{leaves}{opening}"))
    };
    let (closed, open) = (base(""), base("\nlower level may add sub-criteria in area 1\n"));
    let part = lower("\namend criterion 1.1: 1.5 points\n\namend criterion 1.2: 0.5 points\n");
    let said = told(&[&closed, &part], "low 2025");
    assert!(said.contains("open it with `lower level may add sub-criteria in area 1`"), "{said}");
    assert_eq!(told(&[&open, &part], "low 2025").matches("error[").count(), 0);
    let top = lower("\namend area 1: 3 points\n");
    for upper in [&closed, &open] {
        let said = told(&[upper, &top], "low 2025");
        assert!(said.contains("no line opens this to a lower level"), "{said}");
    }
}

/// The codes of the composed set `up 2026` where `up 2025` has leaves of these codes, and these are added.
fn ordered(there: &[&str], added: &[&str]) -> Vec<String> {
    let leaf =
        |word: &str, code: &str| format!("\n{word} {code} \"T {code}\": 1 point\n  score as entered, by \"X\"\n");
    let lines = |word, codes: &[&str]| codes.iter().map(|code| leaf(word, code)).collect::<String>();
    let upper = upper(&format!("  scale: {} points\n{}", there.len(), lines("criterion", there)));
    let scale = there.len() + added.len();
    let next = next(&format!("  scale: {scale} points\n{}", lines("add criterion", added)));
    let (ruleset, _) = Family::new(&[&upper, &next]).sound("up 2026");
    ruleset.heads.iter().map(|head| head.code.clone()).collect()
}

#[test]
fn letters_and_roman_numerals_are_put_in_order_as_numbers_are() {
    assert_eq!(ordered(&["2", "10"], &["9", "11"]), ["2", "9", "10", "11"]);
    assert_eq!(ordered(&["A", "D", "E"], &["Đ", "B", "G"]), ["A", "B", "D", "Đ", "E", "G"]);
    assert_eq!(ordered(&["I", "III", "V"], &["IX", "IV", "II"]), ["I", "II", "III", "IV", "V", "IX"]);
    // Codes that count in no one way stay as they stand, the new one last.
    assert_eq!(ordered(&["A", "III"], &["B"]), ["A", "III", "B"]);
    // Those that stood out of order are not moved.
    assert_eq!(ordered(&["C", "A"], &["B"]), ["C", "A", "B"]);
}

#[test]
fn a_code_that_is_repealed_is_not_one_forgotten() {
    let gone = "  scale: 3 points\n\nrepeal criterion 1.1, because \"x\"\n\namend area 1: 1 point\n";
    assert_eq!(codes(&[&upper(TWO_AREAS), &next(gone)], "up 2026"), [""; 0]);
    let other = "  scale: 7 points\n\nadd criterion 1.4 \"D\": 3 points\n  score as entered, by \"X\"\n\namend area 1: 5 points\n";
    assert_eq!(codes(&[&upper(TWO_AREAS), &next(other)], "up 2026"), ["numbering-gap"]);
}

#[test]
fn an_opening_that_opens_nothing_is_told_and_one_said_twice() {
    let of = |lines: &str| codes(&[&upper(&format!("{TWO_AREAS}{lines}"))], "up 2025");
    assert_eq!(of("\nlock area 1\n\nlower level may split criterion 1.1\n"), ["opens-nothing"]);
    assert_eq!(of("\nlower level may add criteria in area 1\n\nlower level may split criterion 1.1\n"), [""; 0]);
    assert_eq!(of("\nlower level may add sub-criteria in criterion 1.1\n"), ["opens-nothing"]);
    let both = "\nlower level may add sub-criteria in criterion 1.1\n\nlower level may split criterion 1.1\n";
    assert_eq!(of(both), [""; 0]);
    let all = "\nlower level may split criteria in area 1\n\nlower level may add sub-criteria in criterion 1.1\n";
    assert_eq!(of(all), [""; 0]);
    assert_eq!(of("\nlock area 1\n\nlock area 1\n"), ["said-twice"]);
    assert_eq!(of("\nlower level may split criterion 1.1\n\nlower level may split criterion 1.1\n"), ["said-twice"]);
    // What the set extended opened and locked is told there, not again.
    let dead = upper(&format!("{TWO_AREAS}\nlock area 1\n\nlower level may split criterion 1.1\n"));
    assert_eq!(codes(&[&dead, &next("")], "up 2026"), [""; 0]);
    let locked = upper(&format!("{TWO_AREAS}\nlock area 1\n"));
    assert_eq!(codes(&[&locked, &next("\nlower level may split criterion 1.1\n")], "up 2026"), ["opens-nothing"]);
}

/// Two areas, reconstructed but for the second.
const AREAS: &str = "ruleset up \"U\"\n  year: 2025\n  source: reconstructed, \"r\"\n  scale: 6 points\n  figures missing: unscored\n  rounding: index, 2 digits, half up\n  ranking: shared, skip, on exact points\n\narea 1 \"One\": 4 points\n\ncriterion 1.1 \"A\": 2 points\n  score as entered, by \"D\"\n\ncriterion 1.2 \"B\": 2 points\n  score as entered, by \"D\"\n\narea 2 \"Two\": 2 points\n  source: official, \"annex\"\n\ncriterion 2.1 \"C\": 2 points\n  score as entered, by \"D\"\n";

#[test]
fn what_is_reconstructed_never_comes_to_look_official() {
    let added = "\nadd criterion 1.3 \"N\": 1 point\n  score as entered, by \"D\"\n";
    let gone = "\namend area 1: 2 points\n";
    let official = "  source: official, \"o\"\n";
    // What the next year says, the head asked of, and where it is from.
    let cases: [(&str, String, &str, &[&str]); 10] = [
        (official, format!("  scale: 7 points\n\namend area 1: 5 points\n{added}"), "1.1", &["r"]),
        (official, format!("  scale: 7 points\n\namend area 1: 5 points\n{added}"), "1", &["o"]),
        (official, String::from("\namend area 1\n  aggregation: sum\n"), "1.1", &["r"]),
        (
            "",
            format!(
                "{gone}  source: reconstructed, \"s\"\n\namend area 2: 4 points\n  source: official, \"annex\"\n\nrenumber 1.2 to 2.2\n"
            ),
            "2.2",
            &["r"],
        ),
        (
            official,
            format!(
                "{gone}\nadd area 3 \"Three\": 2 points\n\namend criterion 1.2\n  under 3\n\nrenumber 1.2 to 3.1\n"
            ),
            "3.1",
            &["r"],
        ),
        (official, String::from("\namend criterion 1.1\n  figures missing: 0 points, explain\n"), "1.1", &["r", "o"]),
        (
            official,
            String::from("\namend criterion 1.1: 1 point\n\namend criterion 1.2: 3 points\n"),
            "1.2",
            &["r", "o"],
        ),
        // The old points still decide with the new form.
        (official, String::from("\namend criterion 1.1\n  score as entered, by \"E\"\n"), "1.1", &["r", "o"]),
        (official, String::from("\namend criterion 1.1: 2 points\n  score as entered, by \"E\"\n"), "1.1", &["o"]),
        // Nothing but where it is from: that is said of all below.
        ("", String::from("\namend area 1\n  source: official, \"found\"\n"), "1.1", &["found"]),
    ];
    for (source, lines, code, from) in cases {
        let next = format!("ruleset up \"U\"\n  year: 2026\n{source}  extends: up year 2025\n{lines}");
        let (ruleset, _) = Family::new(&[AREAS, &next]).sound("up 2026");
        let (id, _) = ruleset.by_code(code).unwrap();
        let said: Vec<&str> = ruleset
            .provenance_of(id)
            .iter()
            .flat_map(|said| said.notes.iter().map(|note| note.value.as_str()))
            .collect();
        assert_eq!(said, from, "{lines}: {code}");
    }
}

#[test]
fn a_set_that_says_no_source_makes_nothing_firmer() {
    let header = HEADER.replace("  evidence missing: explain\n", "");
    let upper = format!(
        "ruleset up \"U\"\n  year: 2025\n  source: official, \"a\"\n{header}  scale: 2 points\n  parameter t \"T\": 80%, source illustrative, \"guessed\"\n\ncriterion 1 \"A\": 2 points\n  data b \"B\": count, at most e\n  data e \"E\": count, at least 1\n  score by rate b / e\n    from t up: maximum\n    below t: 0 points\n  example b = 81; e = 100: 2 points\n"
    );
    let next = "ruleset up \"U\"\n  year: 2026\n  extends: up year 2025\n  amend parameter t: 81%\n";
    let (_, composed) = Family::new(&[&upper, next]).sound("up 2026");
    assert!(composed.contains("81%, nguồn minh họa") || composed.contains("81%, source illustrative"), "{composed}");
}

#[test]
fn sources_of_a_template_written_anew_do_not_pile_up() {
    let template = |rate: u8| {
        format!(
            "\ntemplate m(x; y)\n  score by rate x / y\n    from {rate}% up: maximum\n    below {rate}%: 0 points\n"
        )
    };
    let header = HEADER.replace("  evidence missing: explain\n", "");
    let mut texts = vec![format!(
        "ruleset up \"U\"\n  year: 2025\n  source: official, \"a\"\n{header}  scale: 2 points\n{}\ncriterion 1 \"A\": 2 points\n  data b \"B\": count, at most e\n  data e \"E\": count, at least 1\n  score by template m(b; e)\n",
        template(80)
    )];
    for (year, source) in [(2026, "b"), (2027, "b"), (2028, "a"), (2029, "b")] {
        let before = year - 1;
        texts.push(format!(
            "ruleset up \"U\"\n  year: {year}\n  source: official, \"{source}\"\n  extends: up year {before}\n{}",
            template(81)
        ));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (ruleset, _) = Family::new(&texts).sound("up 2029");
    let (id, _) = ruleset.by_code("1").unwrap();
    assert_eq!(ruleset.provenance_of(id).len(), 2);
}

#[test]
fn a_split_hands_the_gate_and_the_evidence_on_to_the_parts() {
    let header = HEADER.replace("  evidence missing: explain\n", "  evidence missing: 0 points, explain\n");
    let upper = format!(
        "ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{header}  scale: 4 points\n\nlower level may split criterion 2\n{}{}  only scored when points of 1 > 0; if not: 0 points\n  evidence: \"Report\"\n",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("criterion 2 \"B\": 2 points")
    );
    let parts = format!(
        "\nsplit criterion 2\n{}{}  evidence: \"Photo\"\n",
        leaf("sub-criterion 2.1 \"P\": 1 point"),
        leaf("sub-criterion 2.2 \"Q\": 1 point")
    );
    for child in [lower(&parts), next(&parts)] {
        let name = if child.contains("ruleset low") { "low 2025" } else { "up 2026" };
        let (ruleset, _) = Family::new(&[&upper, &child]).sound(name);
        for (code, evidence) in [("2.1", "Report"), ("2.2", "Photo")] {
            let (_, head) = ruleset.by_code(code).unwrap();
            let leaf = ruleset.leaves().find(|(_, head, _)| head.code == code).unwrap().2;
            assert_eq!(leaf.gates.len(), 1, "{name}: {code}");
            assert_eq!(head.evidence, [evidence], "{name}: {code}");
        }
    }
    // Points of a gate cannot be shared out, but the parts may say theirs.
    let points = upper.replace("if not: 0 points", "if not: 1 point");
    assert_eq!(codes(&[&points, &next(&parts)], "up 2026"), ["split-gate"]);
    let gate = "  only scored when points of 1 > 0; if not: 0.5 points\n\nsub-criterion 2.2";
    let said = parts.replace("\nsub-criterion 2.2", gate) + "  only scored when points of 1 > 0; if not: 0.5 points\n";
    assert_eq!(codes(&[&points, &next(&said)], "up 2026"), Vec::<&str>::new());
}

#[test]
fn splits_one_below_the_other_hand_on_in_any_order() {
    let gate = "  only scored when points of 1.1 > 0; if not: 0 points\n  evidence: \"Report\"\n";
    let upper = upper(&format!(
        "  scale: 4 points\n\narea 1 \"M\": 3 points\n{}{}{}{gate}",
        leaf("criterion 1.1 \"A\": 1 point"),
        leaf("criterion 1.2 \"C\": 2 points"),
        leaf("area 2 \"B\": 1 point")
    ));
    let own = gate.replace("Report", "Photo");
    let steps = [
        String::from("\namend area 1: 1 point\n\namend area 2: 3 points\n\nrenumber 1.2 to 2.1\n"),
        String::from("\nsplit area 2\n"),
        String::from("\nsplit criterion 1.2\n"),
        leaf("sub-criterion 2.1.1 \"P\": 1 point"),
        leaf("sub-criterion 2.1.2 \"Q\": 1 point") + own.as_str(),
        leaf("criterion 2.2 \"R\": 1 point"),
    ];
    let mut texts = Vec::new();
    for order in [[0, 1, 2, 3, 4, 5], [0, 2, 1, 3, 4, 5], [2, 3, 4, 5, 1, 0], [5, 4, 3, 2, 1, 0]] {
        let lines: String = order.iter().map(|&at| steps[at].as_str()).collect();
        let (ruleset, composed) = Family::new(&[&upper, &next(&lines)]).sound("up 2026");
        for (code, evidence) in [("2.1.1", "Report"), ("2.1.2", "Photo"), ("2.2", "Report")] {
            let (_, head) = ruleset.by_code(code).unwrap();
            assert_eq!(head.leaf.as_ref().unwrap().gates.len(), 1, "{code}: {lines}");
            assert_eq!(head.evidence, [evidence], "{code}: {lines}");
        }
        texts.push(composed);
    }
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{}", texts.join("\n"));
    // Points of the outer gate are told at the outer line, whichever stands first.
    let upper = upper.replace("if not: 0 points", "if not: 1 point");
    for order in [[0, 1, 2, 3, 5], [0, 2, 1, 3, 5]] {
        let lines: String = order.iter().map(|&at| steps[at].as_str()).collect();
        let lines = lines.replace("amend area 2: 3 points", "amend area 2: 2 points");
        let family = Family::new(&[&upper, &next(&lines)]);
        let told = render(&family.check("up 2026").diagnostics, &family.sources, Language::English, Colour::Never);
        assert!(
            told.contains("error[split-gate]: `2` is split") && told.matches("[split-gate]").count() == 1,
            "{told}"
        );
    }
}

#[test]
fn what_comes_below_a_split_head_by_whatever_way_is_one_of_its_parts() {
    let rest = "  only scored when points of 1.1 > 0; if not: 0 points\n";
    let upper = |line: &str| {
        upper(&format!(
            "  scale: 4 points\n\narea 1 \"M\": 3 points\n{}\ncriterion 1.2 \"C\": 2 points\n{}{}{}{line}",
            leaf("criterion 1.1 \"A\": 1 point"),
            leaf("sub-criterion 1.2.1 \"P\": 1 point"),
            leaf("sub-criterion 1.2.2 \"Q\": 1 point"),
            leaf("area 2 \"B\": 1 point")
        ))
    };
    let points = "\namend area 1: 1 point\n\namend area 2: 3 points\n\nsplit area 2\n";
    let group = format!(
        "{}\namend criterion 1.2: 1 point\n\nrenumber 1.2.2 to 2.1.1\n\ncriterion 2.1 \"G\": 1 point\n{}",
        points.replace("area 1: 1 point", "area 1: 2 points").replace("area 2: 3", "area 2: 2"),
        leaf("criterion 2.2 \"H\": 1 point")
    );
    let moved = format!(
        "{points}\nrenumber 1.2 to 2.1\n\namend criterion 1.2: 3 points\n{}",
        leaf("sub-criterion 2.1.3 \"H\": 1 point")
    );
    for (lines, parts) in [(&group, &["2.1.1", "2.2"][..]), (&moved, &["2.1.1", "2.1.2", "2.1.3"])] {
        let (ruleset, _) = Family::new(&[&upper(rest), &next(lines)]).sound("up 2026");
        for code in parts {
            assert_eq!(ruleset.by_code(code).unwrap().1.leaf.as_ref().unwrap().gates.len(), 1, "{code}: {lines}");
        }
    }
}

#[test]
fn a_new_part_may_be_written_above_its_new_head() {
    let steps = [
        String::from("\nadd criterion 2.2 \"G\": 1 point\n"),
        leaf("add sub-criterion 2.2.1 \"P\": 0.5 points"),
        leaf("add sub-criterion 2.2.2 \"Q\": 0.5 points"),
        String::from("\namend criterion 2.1: 1 point\n"),
    ];
    let texts: Vec<String> = [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 3, 0], [3, 1, 2, 0]]
        .iter()
        .map(|order| {
            let lines: String = order.iter().map(|&at| steps[at].as_str()).collect();
            Family::new(&[&upper(TWO_AREAS), &next(&lines)]).sound("up 2026").1
        })
        .collect();
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{}", texts.join("\n"));
}

#[test]
fn a_new_code_that_shows_no_head_is_told_with_the_line_that_took_it() {
    let area = "\nadd area 4 \"D\": 4 points\n\nadd criterion 4.1 \"E\": 4 points\n  score as entered, by \"X\"\n";
    let gone = "\nrepeal area 1, because \"x\"\n\nrenumber 1.1 to 2.5\n";
    for (lines, why) in [
        (String::from("\nrenumber 2 to 3\n"), "the code of `2` is `3` now"),
        (format!("\nrepeal area 2, because \"x\"\n{area}"), "`2` is repealed, too"),
    ] {
        let text = told(&[&upper(TWO_AREAS), &next(&format!("{gone}{lines}"))], "up 2026");
        assert!(text.contains("`1.1` lies below `1`, which is repealed here") && text.contains(why), "{text}");
    }
}

#[test]
fn a_head_renumbered_and_put_below_another_is_told_once_of_the_rules_there() {
    let upper = upper(
        &format!("{TWO_AREAS}\n")
            .replace("\"Area two\": 2 points\n", "\"Area two\": 2 points\n  figures missing: 0 points, explain\n"),
    );
    let points = "\namend area 1: 1 point\n\namend area 2: 3 points\n";
    let under = "\namend criterion 1.2\n  under 2\n";
    for lines in [format!("\nrenumber 1.2 to 2.2\n{under}"), format!("{under}\nrenumber 1.2 to 2.2\n")] {
        let texts = [upper.as_str(), &next(&format!("{points}{lines}"))];
        assert_eq!(codes(&texts, "up 2026"), ["other-rule-above"], "{lines}");
        let text = told(&texts, "up 2026");
        assert!(text.contains(" | amend criterion 1.2\n"), "{text}");
    }
}

#[test]
fn a_part_that_only_an_amendment_brings_below_a_split_head_is_one() {
    let upper = |line: &str| {
        upper(&format!(
            "  scale: 4 points\n  block small \"Small\"\n  block big \"Big\"\n\narea I \"M\": 3 points\n{}  under I\n{}  under I\n{}{line}",
            leaf("criterion a \"A\": 1 point"),
            leaf("criterion b \"C\": 2 points"),
            leaf("area II \"B\": 1 point")
        ))
    };
    let next = next(
        "\namend area I: 1 point\n\namend area II: 3 points\n\nsplit area II\n\namend criterion b: 3 points\n  under II\n",
    );
    let (ruleset, _) =
        Family::new(&[&upper("  only scored when points of a > 0; if not: 0 points\n"), &next]).sound("up 2026");
    assert_eq!(ruleset.by_code("b").unwrap().1.leaf.as_ref().unwrap().gates.len(), 1);
    // Points that the head gave a block are not lost without a word.
    let told = codes(&[&upper("  not applicable to block big: 1 point\n"), &next], "up 2026");
    assert!(told.contains(&"block-points-on-parent"), "{told:?}");
}

#[test]
fn a_lock_holds_against_a_move_of_the_head_above_and_another_scale() {
    let part = leaf("sub-criterion 2.1 \"C\": 1 point");
    let upper = format!(
        "ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{HEADER}  scale: 4 points\n\nlock sub-criterion 2.1\n\narea I \"One\": 2 points\n{}  under I\n\ncriterion 2 \"B\": 1 point\n  under I\n{part}\narea II \"Two\": 2 points\n  figures missing: 0 points, explain\n{}  under II\n",
        leaf("criterion 1 \"A\": 1 point"),
        leaf("criterion 3 \"D\": 2 points"),
    );
    let moved = "\namend area I: 1 point\n\namend area II: 3 points\n\namend criterion 2\n  under II\n";
    assert_eq!(codes(&[&upper, &next(moved)], "up 2026"), ["locked", "other-rule-above"]);
    let weights = |scale: u16| {
        let child = if scale == 100 { "" } else { "  scale: 200 points\n" };
        let upper = format!(
            "ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{HEADER}  scale: 100 points\n  aggregation: weighted mean\n\nlock criterion 1\n\ncriterion 1 \"A\", weight 40%\n  data x \"X\": yes/no\n  score by condition\n    when x = yes: 50 points\n    otherwise: 0 points\n  example x = yes: 50 points\n\ncriterion 2 \"B\", weight 60%\n  score as entered, by \"D\"\n"
        );
        codes(&[&upper, &next(child)], "up 2026").contains(&"locked")
    };
    assert_eq!((weights(100), weights(200)), (false, true));
}

#[test]
fn what_is_opened_is_opened_to_the_level_right_below() {
    let upper = upper(&format!(
        "  scale: 4 points\n\nlower level may split criterion 1\nlower level may add sub-criteria in criterion 2\n{}\ncriterion 2 \"B\": 2 points\n{}",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("sub-criterion 2.1 \"P\": 2 points")
    ));
    let middle = |opens: &str| {
        lower(&format!(
            "{opens}\namend sub-criterion 2.1: 1 point\n  example x = yes: 1 point\n{}",
            leaf("add sub-criterion 2.2 \"Q\": 1 point")
                .replace("example x = yes: maximum", "example x = yes: 1 point")
        ))
    };
    let lowest = |lines: &str| {
        format!("ruleset lowest \"W\"\n  year: 2025\n  extends: low year 2025\n  source: illustrative, \"z\"\n{lines}")
    };
    let split = lowest(&format!("\nsplit criterion 1\n{}", leaf("sub-criterion 1.1 \"S\": 2 points")));
    let amend = lowest(
        "\namend sub-criterion 2.2: 0.5 points\n  example x = yes: 0.5 points\n\namend sub-criterion 2.1: 1.5 points\n  example x = yes: 1.5 points\n",
    );
    let opened = |opens: &str, text: &str| codes(&[&upper, &middle(opens), text], "lowest 2025");
    assert_eq!(opened("", &split), ["closed-to-lower-level"]);
    assert_eq!(opened("", &amend), ["closed-to-lower-level", "closed-to-lower-level"]);
    let all = "\nlower level may split criterion 1\nlower level may add sub-criteria in criterion 2\n";
    assert_eq!(opened(all, &split), Vec::<&str>::new());
    assert_eq!(opened(all, &amend), Vec::<&str>::new());
}

#[test]
fn a_lock_refuses_nothing_that_the_locked_head_does_not_feel() {
    let upper = upper(&format!(
        "  scale: 4 points\n\nlock sub-criterion 2.1\n{}  evidence: \"Other\"\n\ncriterion 2 \"B\": 2 points\n  evidence: \"Report\"\n{}",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("sub-criterion 2.1 \"P\": 2 points")
    ));
    let child = next("  evidence missing: 0 points, explain\n");
    assert!(!codes(&[&upper, &child], "up 2026").contains(&"locked"));
    let rates = |cut: u8| {
        format!(
            "  data e \"E\": count, at least 1\n  data b \"B\": count, at most e\n  score by rate b / e\n    from {cut}% up: maximum\n    below {cut}%: 0 points\n  example b = {cut}; e = 100: 2 points\n"
        )
    };
    let upper = self::upper(&format!(
        "  scale: 4 points\n\nlock criterion 2\n\ncriterion 1 \"A\": 2 points\n{}\ncriterion 2 \"K\": 2 points\n  data c \"C\": count, at most e in 1\n  score by rate c / e in 1\n    from 80% up: maximum\n    below 80%: 0 points\n  example c = 80; e in 1 = 100: 2 points\n",
        rates(80)
    ));
    // The same figure, under a source of the new set.
    let child = next(&format!("\namend criterion 1\n{}", rates(90))).replace("illustrative", "official");
    assert!(!codes(&[&upper, &child], "up 2026").contains(&"locked"), "{}", told(&[&upper, &child], "up 2026"));
    let other = child.replace("count, at least 1", "count, at least 2");
    assert!(codes(&[&upper, &other], "up 2026").contains(&"locked"));
}

#[test]
fn a_warning_is_told_in_the_set_that_gives_cause_for_it_alone() {
    let mut texts = vec![upper(&format!(
        "  scale: 4 points\n{}{}",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("criterion 3 \"B\": 2 points")
    ))];
    for year in 2026..=2029 {
        texts.push(format!("ruleset up \"U\"\n  year: {year}\n  extends: up year {}\n", year - 1));
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(codes(&texts, "up 2025"), ["numbering-gap"]);
    for year in 2026..=2029 {
        assert_eq!(codes(&texts, &format!("up {year}")), Vec::<&str>::new(), "{year}");
    }
}

#[test]
fn tests_of_the_heads_that_a_move_leaves_and_reaches_are_left_out() {
    let upper = upper(&format!(
        "  scale: 6 points\n\ncriterion 1 \"A\": 3 points\n{}{}\ncriterion 2 \"B\": 3 points\n{}{}\ntest \"T\"\n  given 1.2: x = yes\n  given 2.1: x = no\n  expect 1: 2 points\n\ntest \"U\"\n  given 1.1: x = yes\n  expect 1.1: 1 point\n",
        leaf("sub-criterion 1.1 \"a\": 1 point"),
        leaf("sub-criterion 1.2 \"b\": 2 points"),
        leaf("sub-criterion 2.1 \"c\": 2 points"),
        leaf("sub-criterion 2.2 \"d\": 1 point")
    ));
    let child = next("\nrenumber 1.2 to 2.1\n\nrenumber 2.1 to 1.2\n");
    let (ruleset, _) = Family::new(&[&upper, &child]).sound("up 2026");
    let names: Vec<&str> = ruleset.tests.iter().map(|test| test.name.as_str()).collect();
    assert_eq!(names, ["U"]);
}

#[test]
fn a_new_parameter_or_shared_figure_leaves_the_inherited_tests() {
    let upper = upper(&format!(
        "  scale: 2 points\n{}\ntest \"T\"\n  given 1: x = yes\n  expect 1: 2 points\n",
        leaf("criterion 1 \"A\": 2 points")
    ));
    for (line, kept) in [
        ("  parameter t \"T\": 5\n", 1),
        ("  shared data s \"S\": count\n", 1),
        ("  figures missing: 0 points, explain\n", 0),
    ] {
        let family = Family::new(&[&upper, &next(line)]);
        let ruleset = family.check("up 2026").ruleset.unwrap();
        assert_eq!(ruleset.tests.len(), kept, "{line}");
    }
}

#[test]
fn a_new_column_of_one_list_keeps_no_other() {
    let lists = "  list l \"L\": at least 1\n    column k \"K\": count, at least 1\n    column h \"H\": count, at most k\n  list m \"M\": at least 1\n    column n \"N\": count, at least 1\n    column o \"O\": count, at most n\n";
    let rule = |rate: &str| format!("  score by rate {rate}\n    from 80% up: maximum\n    below 80%: 0 points\n");
    let upper = upper(&format!(
        "  scale: 2 points\n\ncriterion 1 \"A\": 2 points\n{lists}{}",
        rule("(sum(l; h) + sum(m; o)) / (sum(l; k) + sum(m; n))")
    ));
    let child = next(&format!(
        "\namend criterion 1\n  list l \"L\": at least 1\n    column d \"D\": count, at least 1\n{}",
        rule("min(sum(l; d); sum(l; h)) / sum(l; d)")
    ));
    let (_, composed) = Family::new(&[&upper, &child]).sound("up 2026");
    assert!(!composed.contains("list m") && !composed.contains("danh sách m"), "{composed}");
}

#[test]
fn what_an_amendment_leaves_idle_of_another_text_is_not_told() {
    let upper = upper(
        "  scale: 2 points\n  parameter t \"T\": 80%\n\ntemplate m(x; y)\n  score by rate x / y\n    from t up: maximum\n    below t: 0 points\n\ncriterion 1 \"A\": 2 points\n  data e \"E\": count, at least 1\n  data b \"B\": count, at most e\n  score by template m(b; e)\n",
    );
    let child = next("\namend criterion 1\n  score as entered, by \"D\"\n");
    assert_eq!(codes(&[&upper, &child], "up 2026"), Vec::<&str>::new());
    // Its own it can take out.
    let own = next("  parameter s \"S\": 70%\n");
    assert!(codes(&[&upper, &own], "up 2026").contains(&"unused-parameter"));
}

#[test]
fn a_head_moves_into_an_area_that_the_same_text_adds() {
    let next = "ruleset up \"U\"\n  year: 2026\n  extends: up year 2025\n\namend area 1: 2 points\n\nadd area 3 \"Three\": 2 points\n\nrenumber 1.2 to 3.1\n";
    let (ruleset, _) = Family::new(&[AREAS, next]).sound("up 2026");
    let parent = ruleset.by_code("3.1").unwrap().1.parent.and_then(|id| ruleset.head(id)).unwrap();
    assert_eq!(parent.code, "3");
}

#[test]
fn what_is_opened_or_locked_again_stands_once_where_it_is_written_out() {
    let policies = "\nlock area 2\n\nlower level may split criterion 1.1\n";
    let upper = upper(&format!("{TWO_AREAS}{policies}"));
    // Below the header, and in it.
    for again in [policies.to_owned(), policies.replace("\n\n", "\n").replace("\nl", "\n  l").split_off(1)] {
        let next = next(&again);
        let (_, composed) = Family::new(&[&upper, &next]).sound("up 2026");
        assert_eq!((composed.matches("khóa").count(), composed.matches("cho cấp dưới").count()), (1, 1), "{composed}");
        let alone = tieuchi::ruleset::check(tieuchi::diagnostic::SourceId(0), &composed);
        assert!(alone.ruleset.is_some(), "{:?}", alone.diagnostics);
    }
}

#[test]
fn what_points_make_wrong_is_not_told_at_a_new_code() {
    let upper = upper(&format!(
        "  scale: 4 points\n{}{}",
        leaf("criterion 1 \"A\": 2 points"),
        leaf("criterion 2 \"B\": 2 points")
    ));
    let child = next(
        "\namend criterion 1: 1 point\n\namend criterion 2: 3 points\n  example x = yes: 3 points\n\nrenumber 1 to 3\n",
    );
    let family = Family::new(&[&upper, &child]);
    let found = family.check("up 2026").diagnostics;
    let found = found.iter().find(|found| found.code() == "no-example").unwrap();
    assert!(family.sources.slice(found.span).starts_with("amend criterion 1"), "{found:?}");
}
