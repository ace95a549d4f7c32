//! A set and the same set in the other keyword language: one fingerprint, and one result for the same sheets.

use std::fs;
use std::path::{Path, PathBuf};

use tieuchi::bulk::{self, By, CHUNK, Stream};
use tieuchi::catalogue::{self, Home, Sheets, Trial};
use tieuchi::diagnostic::{Language, SourceId};
use tieuchi::engine::{Context, Plan, Scorecard};
use tieuchi::language::{format, parse};
use tieuchi::submission::{Gaps, sample};
use tieuchi::wire;

use crate::support::{root, set, walk};

/// The shipped sets, each in the other language, with all that lies beside them.
fn twins() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let home = root().join("rulesets");
    for extension in ["tieuchi", "json", "toml", "csv"] {
        let mut found = Vec::new();
        walk(&home, extension, &mut found);
        for path in found {
            let to = folder.path().join(path.strip_prefix(&home).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            if extension == "tieuchi" {
                fs::write(to, turned(&fs::read_to_string(&path).unwrap())).unwrap();
            } else {
                fs::copy(&path, to).unwrap();
            }
        }
    }
    folder
}

/// A text in the other language.
fn turned(text: &str) -> String {
    let to = match parse(SourceId::default(), text).file.language {
        Language::Vietnamese => Language::English,
        Language::English => Language::Vietnamese,
    };
    format(SourceId::default(), text, Some(to)).written.unwrap()
}

/// What became of every leaf and head, and of the index, in a line each.
fn leaf_by_leaf(plan: &Plan, card: &Scorecard) -> Vec<String> {
    let ruleset = plan.ruleset();
    let mut lines = vec![format!("{} {:?} {:?}", card.unit, card.index.share, card.index.grading.name)];
    for (at, head) in ruleset.heads.iter().enumerate() {
        let id = tieuchi::ruleset::HeadId(at);
        let (leaf, head_total) = (card.leaf(id).map(|leaf| &leaf.last.status), card.head(id).map(|head| &head.total));
        lines.push(format!("{} {leaf:?} {head_total:?}", head.code));
    }
    lines
}

/// The scores of sheets, the findings that are errors, by code.
fn scored(sheets: &Sheets) -> (Vec<String>, Vec<&'static str>) {
    let mut lines = Vec::new();
    for round in &sheets.rounds {
        for submission in &round.submissions {
            lines.extend(leaf_by_leaf(&round.plan, &round.plan.evaluate(submission, &round.context)));
        }
    }
    (lines, sheets.findings.iter().map(tieuchi::diagnostic::Diagnostic::code).collect())
}

/// The sheets of a folder of examples, under the set of its year.
fn example(folder: &Path, home: &Path, twin: &Path) -> Option<[Sheets; 2]> {
    let year = folder.file_name()?.to_str()?.get(..4).filter(|year| year.parse::<u16>().is_ok())?;
    let own = folder.parent()?.parent()?;
    let file = own.join(format!("{year}.tieuchi"));
    let other = twin.join(file.strip_prefix(home).unwrap());
    let units: Vec<PathBuf> =
        Some(folder.parent()?.join("don-vi.csv")).filter(|path| path.is_file()).into_iter().collect();
    let read = |file: PathBuf| catalogue::sheets(&[folder.to_path_buf()], &Home::File(file), &units, &mut |_, _| {});
    file.is_file().then(|| [read(file), read(other)])
}

#[test]
fn every_shipped_set_scores_its_sheets_and_tests_alike_in_the_other_language() {
    let (home, twin) = (root().join("rulesets"), twins());
    let sound = catalogue::load(&[twin.path().to_path_buf()], Trial::Run);
    for file in &sound.files {
        let wrong: Vec<_> = file.findings.iter().filter(|finding| finding.is_error()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", file.path.display());
    }
    let mut folders = std::collections::BTreeSet::new();
    for extension in ["json", "toml", "csv"] {
        let mut found = Vec::new();
        walk(&home, extension, &mut found);
        folders.extend(found.iter().filter_map(|path| path.parent().map(Path::to_path_buf)));
    }
    let mut units = 0;
    for folder in folders.iter().filter(|folder| folder.parent().is_some_and(|above| above.ends_with("examples"))) {
        let Some([own, other]) = example(folder, &home, twin.path()) else { continue };
        let (own, other) = (scored(&own), scored(&other));
        assert_eq!(own, other, "{}", folder.display());
        units += own.0.len();
    }
    assert!(units > 1000, "sheets of examples give {units} lines only");
}

#[test]
fn a_sheet_may_name_derived_values_in_either_language() {
    let mut found = Vec::new();
    walk(&root().join("rulesets"), "tieuchi", &mut found);
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        if text.lines().any(|line| {
            ["khung:", "frame:", "kế thừa:", "extends:"].iter().any(|word| line.trim_start().starts_with(word))
        }) {
            continue;
        }
        let (own, other) = (set("own", &text), set("other", &turned(&text)));
        assert_eq!(own.plan.ruleset().fingerprint, other.plan.ruleset().fingerprint, "{}", path.display());
        for (here, there) in [(&own, &other), (&other, &own)] {
            let ruleset = here.plan.ruleset();
            let drawn = (0..3).map(|number| sample(ruleset, &format!("Đơn vị {number}"), 5, number, Gaps::Few));
            let lines: String = drawn.map(|one| wire::to_json_line(ruleset, &one)).collect();
            let list = format!("[{}]", lines.trim_end().replace('\n', ","));
            let cards = |set: &crate::support::Set| -> Vec<String> {
                let sheets = set.submissions("thử.json", &list);
                let score = |one| leaf_by_leaf(&set.plan, &set.plan.evaluate(one, &Context::default()));
                sheets.iter().flat_map(score).collect()
            };
            assert_eq!(cards(here), cards(there), "{}", path.display());
            let (context, mut places) = (Context::default(), Vec::new());
            for set in [here, there] {
                let by = By { plan: &set.plan, context: &context, roll: None, threads: 1, chunk: CHUNK };
                let input = (Stream::Ndjson, std::io::Cursor::new(lines.as_bytes()));
                let ranked = bulk::rank(by, input, &mut |_| Ok(())).unwrap();
                let placed: Vec<_> =
                    ranked.placed.iter().map(|one| format!("{:?} {} {:?}", one.place, one.unit, one.share)).collect();
                places.push((placed, ranked.at_length));
            }
            assert_eq!(places[0], places[1], "{}", path.display());
        }
    }
}
