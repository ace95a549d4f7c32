//! One fence of ruleset text: what is marked in it, and what is found.

use std::path::{Path, PathBuf};

use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceId, SourceMap, Span, render};
use tieuchi::language::{fold, parse};
use tieuchi::ruleset::{Identity, Library};

use super::mark::{Mark, split};

const PRELUDE: [(Language, &str); 2] = [
    (Language::Vietnamese, include_str!("prelude.vi.tieuchi")),
    (Language::English, include_str!("prelude.en.tieuchi")),
];
/// Warnings that a short fence need not answer for.
const IGNORED: [&str; 3] = ["no-example", "edge-not-exercised", "option-not-exercised"];
/// First words of what ends a header.
const HEADS: [&str; 14] = [
    "linh vuc ",
    "tieu chi ",
    "thanh phan ",
    "mau ",
    "phieu ",
    "area ",
    "criterion ",
    "sub-criterion ",
    "template ",
    "questionnaire ",
    "diem thuong ",
    "diem phat ",
    "bonus ",
    "penalty ",
];

/// The sets that a fence may extend, beside those that it holds itself.
const SHELF: &str = "docs/language/vi-du";

/// The texts of a fence, in one map with the sets that they may extend.
pub(crate) struct Checked {
    pub(crate) map: SourceMap,
    pub(crate) found: Vec<Diagnostic>,
    /// The texts of the fence, each with the line that it begins in, from 0.
    texts: Vec<(SourceId, usize)>,
}

/// Everything that checking a fence finds. A line `bộ tiêu chí …` begins another text. What more is checked later is
/// added here.
pub(crate) fn check(text: &str) -> Checked {
    let mut map = SourceMap::new();
    let mut library = Library::new();
    let mut texts = Vec::new();
    let mut put = |map: &mut SourceMap, name: String, text: &str| {
        let source = map.add(name, text);
        if let Some(identity) = Identity::of(&parse(source, text).file) {
            library.add(identity, source);
        }
        source
    };
    for (at, part) in parts(text) {
        let name = if at == 0 { "fence".to_owned() } else { format!("fence:{}", at + 1) };
        texts.push((put(&mut map, name, &part), at));
    }
    let shelf = Path::new(env!("CARGO_MANIFEST_DIR")).join(SHELF);
    for path in tieuchi_files(&shelf) {
        let name = path.strip_prefix(&shelf).unwrap().display().to_string();
        put(&mut map, name, &std::fs::read_to_string(&path).unwrap());
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    for &(source, _) in &texts {
        let checked = tieuchi::ruleset::check_among(source, &map, &library);
        let mut findings = checked.diagnostics;
        // A sound set is tried by its own examples, as `tieuchi check` does.
        if let Some(plan) = checked.ruleset.and_then(|ruleset| tieuchi::engine::Plan::compile(ruleset).ok()) {
            let tried = tieuchi::report::trial(
                plan.ruleset(),
                &map,
                &tieuchi::trial::run(&plan, &tieuchi::trial::Sheets::new()),
            );
            findings.extend(tried.into_iter().filter(|one| one.span.source == source || one.is_error()));
        }
        findings.retain(|one| !found.contains(one));
        found.extend(findings);
    }
    Checked { map, found, texts }
}

impl Checked {
    /// The line of the fence that a finding stands in, from 1; that of a set on the shelf at the line that names it.
    fn line(&self, finding: &Diagnostic) -> usize {
        let place = |span: Span| self.map.position(span).map_or(0, |position| position.line);
        if let Some((_, at)) = self.texts.iter().find(|(source, _)| *source == finding.span.source) {
            return at + place(finding.span);
        }
        let naming = self.texts.iter().rev().find_map(|&(source, at)| {
            let text = self.map.get(source).unwrap().text();
            let line = text.lines().position(|line| {
                let line = fold(line.trim());
                line.starts_with("ke thua") || line.starts_with("extends")
            })?;
            Some(at + line + 1)
        });
        naming.unwrap_or(0)
    }
}

/// The texts of a fence with the line that each begins in.
fn parts(text: &str) -> Vec<(usize, String)> {
    let mut parts: Vec<(usize, String)> = vec![(0, String::new())];
    let mut begun = false;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let opening = fold(line.trim());
        if opening.starts_with("bo tieu chi ") || opening.starts_with("ruleset ") {
            if begun {
                parts.push((at, String::new()));
            }
            begun = true;
        }
        parts.last_mut().unwrap().1.push_str(line);
    }
    parts
}

fn tieuchi_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(tieuchi_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "tieuchi") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A fence.
pub(crate) struct Fence {
    words: Vec<String>,
    /// The lines without their marks, and the marks of each.
    lines: Vec<(String, Vec<Mark>)>,
}

impl Fence {
    /// Reads a fence from its info words and its content.
    pub(crate) fn new(words: &str, content: &str) -> Self {
        let words = words.split_whitespace().skip(1).map(str::to_owned).collect();
        let lines = content.lines().map(split);
        Self { words, lines: lines.map(|(line, marks)| (line.to_owned(), marks)).collect() }
    }

    /// The ids that the fence is marked with.
    pub(crate) fn marked_codes(&self) -> Vec<&str> {
        self.lines.iter().flat_map(|(_, marks)| marks).map(|mark| mark.code.as_str()).collect()
    }

    /// The language of the fence's keywords.
    pub(crate) fn language(&self) -> Language {
        let text = self.own();
        parse(tieuchi::diagnostic::SourceId(0), &text).file.language
    }

    fn is(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    /// The text of the fence itself, with `\u{…}` put in.
    fn own(&self) -> String {
        self.lines.iter().flat_map(|(line, _)| [characters(line), "\n".to_owned()]).collect()
    }

    /// The lines that stand before the fence's own.
    fn prelude(&self) -> String {
        let opening = self.lines.iter().map(|(line, _)| fold(line.trim()));
        let mut lines = opening.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
        let complete = lines.peek().is_some_and(|line| line.starts_with("bo tieu chi") || line.starts_with("ruleset"));
        if complete || self.is("bare") {
            return String::new();
        }
        let key = |line: &str| line.split_once(':').map(|(key, _)| key.to_owned());
        let header = lines.take_while(|line| !HEADS.iter().any(|head| line.starts_with(head)));
        let mut said: Vec<String> = header.filter_map(|line| key(&line)).collect();
        if self.is("whole") {
            said.extend(["trich".to_owned(), "extract".to_owned()]);
        }
        let language = self.language();
        let prelude = PRELUDE.iter().find(|(other, _)| *other == language).unwrap().1;
        let kept = prelude.lines().filter(|line| key(&fold(line.trim())).is_none_or(|key| !said.contains(&key)));
        kept.flat_map(|line| [line, "\n"]).collect()
    }

    /// The whole text: the prelude, then the fence's own.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.prelude(), self.own())
    }

    /// How many lines stand before the fence's own.
    pub(crate) fn above(&self) -> usize {
        self.prelude().lines().count()
    }

    /// What is found under an id, as it is shown in both languages.
    pub(crate) fn rendered(&self, code: &str) -> String {
        let text = self.text();
        let checked = check(&text);
        let found: Vec<Diagnostic> = checked.found.into_iter().filter(|found| found.code() == code).collect();
        let show = |language| render(&found, &checked.map, language, Colour::Never);
        format!("{}\n{}", show(Language::Vietnamese), show(Language::English))
    }

    /// What is found, by line of the fence (0 is the prelude).
    fn found(&self) -> Vec<(usize, Mark)> {
        let text = self.text();
        let above = self.above();
        let language = parse(tieuchi::diagnostic::SourceId(0), &text).file.language;
        let checked = check(&text);
        let place = |finding: &Diagnostic| checked.line(finding);
        checked.found.iter().map(|one| (place(one).saturating_sub(above), Mark::of(one, language))).collect()
    }

    fn ignores(&self, mark: &Mark) -> bool {
        IGNORED.contains(&mark.code.as_str()) || self.is("ignore-warnings") && mark.severity == "warning"
    }

    /// Marks without a finding, findings without a mark.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut found = self.found();
        let mut faults = Vec::new();
        for (at, (line, marks)) in self.lines.iter().enumerate() {
            for mark in marks {
                match found.iter().position(|(place, found)| *place == at + 1 && mark.fits(found)) {
                    Some(index) => drop(found.remove(index)),
                    None => faults.push(format!("not found in `{}`:{}", line.trim(), mark.written())),
                }
            }
        }
        for (place, mark) in found.iter().filter(|(_, mark)| !self.ignores(mark)) {
            let line = place.checked_sub(1).and_then(|at| self.lines.get(at));
            let line = line.map_or("the prelude", |(line, _)| line.trim());
            faults.push(format!("not marked in `{line}`:{}", mark.written()));
        }
        faults
    }

    /// The fence's content with the marks that are true; a mark that fits keeps its words.
    pub(crate) fn marked(&self) -> String {
        let mut found = self.found();
        let mut text = String::new();
        for (at, (line, marks)) in self.lines.iter().enumerate() {
            text.push_str(line);
            for mark in marks {
                if let Some(index) = found.iter().position(|(place, found)| *place == at + 1 && mark.fits(found)) {
                    found.remove(index);
                    text.push_str(&mark.written());
                }
            }
            for (_, mark) in found.iter().filter(|(place, mark)| *place == at + 1 && !self.ignores(mark)) {
                text.push_str(&mark.written());
            }
            text.push('\n');
        }
        text
    }
}

/// `\u{202E}` as the character it names, so that a page can show what cannot be seen.
fn characters(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap();
        text.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}
