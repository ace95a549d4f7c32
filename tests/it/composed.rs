//! Sets that extend others, where composing may lose or change more than its lines say.

use tieuchi::diagnostic::{Colour, Language, render};

use crate::inheritance::Family;

const HEADER: &str = "  figures missing: unscored
  evidence missing: explain
  rounding: index, 2 digits, half up
  display: 2 digits
  ranking: shared, skip, on exact points
";

/// The set `up 2025`.
pub fn upper(lines: &str) -> String {
    format!("ruleset up \"U\"\n  year: 2025\n  source: illustrative, \"x\"\n{HEADER}{lines}")
}

/// The set `up 2026`, which extends it.
pub fn next(lines: &str) -> String {
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
pub fn told(texts: &[&str], name: &str) -> String {
    let family = Family::new(texts);
    render(&family.check(name).diagnostics, &family.sources, Language::English, Colour::Never)
}

/// The errors and warnings by their codes.
fn codes(texts: &[&str], name: &str) -> Vec<&'static str> {
    Family::new(texts).check(name).diagnostics.iter().map(|told| told.code()).collect()
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
