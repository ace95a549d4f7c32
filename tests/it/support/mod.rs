//! What several tests need: sets from text, shipped sets, submissions from JSON.

pub(crate) mod bounds;
pub(crate) mod shell;

use std::fs;
use std::path::{Path, PathBuf};

use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceMap, render};
use tieuchi::engine::{Plan, Scorecard};
use tieuchi::import::{self, Format};
use tieuchi::report::Context;
use tieuchi::ruleset;
use tieuchi::submission::Submission;

/// A compiled set and its text.
pub(crate) struct Set {
    pub(crate) plan: Plan,
    pub(crate) sources: SourceMap,
}

impl Set {
    /// What sentences about the set are made with, in its own language.
    pub(crate) fn context(&self) -> Context<'_> {
        self.context_in(self.plan.ruleset().language)
    }

    pub(crate) fn context_in(&self, language: Language) -> Context<'_> {
        Context { ruleset: self.plan.ruleset(), sources: &self.sources, language }
    }

    /// Submissions read from text, every finding a failure.
    pub(crate) fn submissions(&self, name: &str, text: &str) -> Vec<Submission> {
        let mut sources = self.sources.clone();
        let id = sources.add(name, text);
        let loaded = import::load(self.plan.ruleset(), id, text, Format::of_path(name).unwrap());
        let told = render(&loaded.diagnostics, &sources, Language::Vietnamese, Colour::Never);
        assert!(loaded.diagnostics.is_empty(), "{told}");
        loaded.submissions
    }

    /// The scorecard of a submission whose leaves are given as JSON.
    pub(crate) fn score(&self, leaves: &str) -> Scorecard {
        let ruleset = self.plan.ruleset();
        let text = format!(
            "{{\"ruleset\": \"{}\", \"year\": {}, \"unit\": \"Đơn vị thử\", \"leaves\": {leaves}}}",
            ruleset.path, ruleset.year
        );
        let submissions = self.submissions("thử.json", &text);
        self.plan.evaluate(&submissions[0], &tieuchi::engine::Context::default())
    }

    /// The final points of a leaf, if it is scored.
    pub(crate) fn points(&self, card: &Scorecard, code: &str) -> Option<String> {
        let (id, _) = self.plan.ruleset().by_code(code).unwrap();
        match &card.leaf(id).unwrap().last.status {
            tieuchi::engine::Status::Scored { exact, .. } => Some(exact.exact(tieuchi::number::DecimalMark::Comma)),
            _ => None,
        }
    }
}

/// What checking a text finds.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::new();
    let id = sources.add("thử.tieuchi", text);
    ruleset::check(id, text).diagnostics
}

/// A set from text; an error in it is a failure.
pub(crate) fn set(name: &str, text: &str) -> Set {
    let mut sources = SourceMap::new();
    let id = sources.add(name, text);
    let checked = ruleset::check(id, text);
    let told = render(&checked.diagnostics, &sources, Language::Vietnamese, Colour::Never);
    let ruleset = checked.ruleset.unwrap_or_else(|| panic!("{told}\n{text}"));
    Set { plan: Plan::compile(ruleset).unwrap_or_else(|finding| panic!("{finding:?}")), sources }
}

/// A set of one area per line group: the standard header, then `body`.
pub(crate) fn with_header(scale: &str, settings: &str, body: &str) -> Set {
    let header = format!(
        "bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {scale}\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n{settings}\n"
    );
    set("thử.tieuchi", &format!("{header}\n{body}\n"))
}

/// The settings that most tests do not care for.
pub(crate) const USUAL: &str =
    "  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn";

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every shipped ruleset that stands by itself, by path; those that extend another are tried among all of them.
pub(crate) fn shipped() -> Vec<(PathBuf, String)> {
    let extends =
        |text: &str| text.lines().any(|line| line.starts_with("  kế thừa:") || line.starts_with("  extends:"));
    all_shipped().into_iter().filter(|(_, text)| !extends(text)).collect()
}

/// Every shipped ruleset, by path.
pub(crate) fn all_shipped() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(&root().join("rulesets"), "tieuchi", &mut found);
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

pub(crate) fn walk(folder: &Path, extension: &str, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, extension, into);
        } else if path.extension().is_some_and(|found| found == extension) {
            into.push(path);
        }
    }
}

/// A shipped set that can score.
pub(crate) fn shipped_set(path: &str) -> Set {
    let text = fs::read_to_string(root().join("rulesets").join(path)).unwrap();
    set(path, &text)
}

pub(crate) fn shipped_text(path: &str) -> String {
    fs::read_to_string(root().join("rulesets").join(path)).unwrap()
}
