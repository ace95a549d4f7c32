//! Where the numbers of the shipped sets come from, and how much each leaf is tried: counted by machine for every set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tieuchi::catalogue::{Loaded, Trial, load};
use tieuchi::ruleset::{Ruleset, Scoring};

use crate::support::{all_shipped, root};

fn every_set() -> Loaded {
    let loaded = load(&[root().join("rulesets")], Trial::Skip);
    assert!(!loaded.any_error());
    loaded
}

/// How often each leaf of a set is tried, told by code: by its examples, or, where points are entered and there is no
/// rule to give an example of, by the tests that give it points.
fn tried(ruleset: &Ruleset) -> BTreeMap<&str, usize> {
    let mut tried = BTreeMap::new();
    for (id, head, leaf) in ruleset.leaves() {
        let by_tests = || {
            let given = |test: &&tieuchi::ruleset::TestCase| {
                test.totals.is_some() || test.given.iter().any(|(given, _)| *given == id)
            };
            ruleset.tests.iter().filter(given).count()
        };
        let count = if matches!(leaf.scoring, Scoring::Entered { .. }) { by_tests() } else { leaf.examples.len() };
        tried.insert(head.code.as_str(), count);
    }
    tried
}

#[test]
fn every_leaf_of_every_set_is_tried_at_least_twice() {
    let loaded = every_set();
    let mut short = Vec::new();
    let (mut sets, mut leaves) = (0, 0);
    for ruleset in loaded.rulesets() {
        let tried = tried(ruleset);
        // A frame knows no leaves: there is nothing to try, and it is never scored.
        assert_eq!(tried.is_empty(), ruleset.frame.is_some(), "{}", ruleset.name());
        sets += usize::from(!tried.is_empty());
        leaves += tried.len();
        let few = tried.into_iter().filter(|(_, count)| *count < 2);
        short.extend(few.map(|(code, count)| format!("{} {code}: {count}", ruleset.name())));
    }
    assert!(sets >= 20 && leaves >= 350, "{sets} sets with {leaves} leaves: some were not read");
    assert!(short.is_empty(), "tried less than twice:\n{}", short.join("\n"));
}

#[test]
fn every_code_of_every_set_stands_in_its_source_page_with_a_reason() {
    let loaded = every_set();
    let mut folders: BTreeMap<PathBuf, Vec<&Ruleset>> = BTreeMap::new();
    for ruleset in loaded.rulesets() {
        let file = loaded.sources.get(ruleset.span.source).unwrap().name().to_owned();
        folders.entry(Path::new(&file).parent().unwrap().to_owned()).or_default().push(ruleset);
    }
    let (mut missing, mut found) = (Vec::new(), 0);
    for (folder, sets) in &folders {
        let page =
            fs::read_to_string(folder.join("SOURCE.md")).unwrap_or_else(|_| panic!("{folder:?} has no SOURCE.md"));
        for ruleset in sets {
            // Codes of another year are other heads: where a folder holds several sets, each has its part of the page.
            let told = if sets.len() == 1 { told(&page) } else { told(&parts_about(&page, ruleset)) };
            for head in &ruleset.heads {
                found += 1;
                if !told.contains(&head.code) {
                    missing.push(format!("{}: {}", ruleset.name(), head.code));
                }
            }
        }
    }
    assert!(found >= 500, "{found} heads: some sets were not read");
    assert!(missing.is_empty(), "{} of {found} codes have no row in SOURCE.md:\n{}", missing.len(), missing.join("\n"));
}

/// The parts of a page whose title names the file of a set, or of the one that it extends.
fn parts_about(page: &str, ruleset: &Ruleset) -> String {
    let file = |year: u16, edition: u16| match edition {
        1 => format!("`{year}.tieuchi`"),
        _ => format!("`{year}-{edition}.tieuchi`"),
    };
    let mut files = vec![file(ruleset.year, ruleset.edition)];
    files.extend(ruleset.extends.as_ref().map(|above| file(above.year, above.edition)));
    let about = |part: &&str| {
        let title = part.lines().next().unwrap_or_default();
        files.iter().any(|file| title.contains(file.trim_matches('`')))
    };
    page.split("\n## ").skip(1).filter(about).collect::<Vec<_>>().join("\n")
}

/// The codes that the tables of a page speak of: those in the first column, where that is headed `mã` or `code` and the
/// row says something of them. A cell holds codes and ranges of neighbours (`1.1–1.7`), between commas or semicolons.
fn told(page: &str) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    let mut of_codes = false;
    let mut before = "";
    for line in page.lines() {
        let Some(row) = line.trim().strip_prefix('|') else {
            of_codes = false;
            before = line;
            continue;
        };
        let mut cells = row.trim_end_matches('|').split('|').map(str::trim);
        let first = cells.next().unwrap_or_default();
        if !before.trim_start().starts_with('|') {
            of_codes = ["mã", "code"].contains(&first.to_lowercase().as_str());
        } else if of_codes && cells.any(|cell| cell.chars().any(char::is_alphanumeric)) {
            for piece in first.split([',', ';']) {
                told.extend(codes(piece.trim().trim_matches('`')));
            }
        }
        before = line;
    }
    told
}

fn codes(piece: &str) -> Vec<String> {
    let Some((first, last)) = piece.split_once('–') else { return vec![piece.to_owned()] };
    let split = |code: &str| {
        let (parent, own) = code.rsplit_once('.').map_or(("", code), |(parent, own)| (parent, own));
        Some((parent.to_owned(), own.parse::<usize>().ok()?))
    };
    match (split(first.trim()), split(last.trim())) {
        (Some((parent, from)), Some((same, to))) if parent == same => {
            (from..=to).map(|own| if parent.is_empty() { own.to_string() } else { format!("{parent}.{own}") }).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_source_page_is_read_as_written() {
    let page = "| mã | nguồn |\n|---|---|\n| 1, 70 điểm; 2.1–2.3 | trang |\n| 4 | |\n\n| trong tệp | nguồn |\n|---|---|\n| 5 | x |\n";
    let told = told(page);
    let codes: Vec<&str> = told.iter().map(String::as_str).filter(|told| !told.contains(' ')).collect();
    assert_eq!(codes, ["1", "2.1", "2.2", "2.3"]);
}

/// The numbers and the quoted words of a line, as they are written.
fn numbers_and_words(line: &str) -> Vec<String> {
    let digits = |text: &str| {
        let of_number = |letter: char| letter.is_ascii_digit() || letter == ',';
        let found = text.split(|letter| !of_number(letter)).map(|found| found.trim_matches(','));
        found.filter(|found| !found.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    line.split('"')
        .enumerate()
        .flat_map(|(at, part)| if at % 2 == 1 { vec![part.to_owned()] } else { digits(part) })
        .collect()
}

#[test]
fn what_an_official_leaf_scores_by_stands_in_the_clause_that_it_quotes() {
    let mut seen = 0;
    for (path, text) in all_shipped() {
        let mut heads: Vec<Vec<&str>> = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            match heads.last_mut() {
                Some(head) if line.starts_with(' ') => head.push(line.trim()),
                _ if !line.is_empty() => heads.push(vec![line]),
                _ => {}
            }
        }
        for head in heads.iter().skip(1) {
            let sources = || head.iter().filter(|line| line.starts_with("nguồn:") || line.starts_with("source:"));
            let official = |line: &&&str| line.contains(": chính thức") || line.contains(": official");
            let clause: String = sources().filter(official).copied().collect();
            if clause.is_empty() {
                continue;
            }
            let clause_says = |found: &String| {
                let mut words = clause.split(|letter: char| !(letter.is_alphanumeric() || letter == ','));
                words.any(|word| word.trim_end_matches(',') == found) || (found.contains(' ') && clause.contains(found))
            };
            let rule = head.iter().skip_while(|line| !line.starts_with("chấm theo")).skip(1);
            let rule = rule.take_while(|line| !line.starts_with("ví dụ")).flat_map(|line| numbers_and_words(line));
            let (_, maximum) = head[0].rsplit_once(": ").unwrap();
            let unsaid: Vec<String> =
                rule.chain(numbers_and_words(maximum)).filter(|found| !clause_says(found)).collect();
            assert!(unsaid.is_empty(), "{path:?}: {}: {unsaid:?} do not stand in {clause}", head[0]);
            // Counts and their bounds are how the transcriber reads a rate; the annex does not number them.
            let bounded = head.iter().any(|line| line.starts_with("số liệu") && line.contains("số đếm"));
            assert!(!bounded || sources().count() > 1, "{path:?}: {}: whose are the figures?", head[0]);
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen} heads are official: some were not read");
}
