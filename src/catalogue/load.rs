//! Reads rulesets from disk: bytes, text, check, trial; every finding keeps its file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::files::{Unreadable, Why, gather};
use super::shelf::Shelf;
use super::tables;
use crate::diagnostic::{Both, Diagnostic, Language, SourceId, SourceMap, Span, Structure, Text, Texts, any_error};
use crate::engine::Plan;
use crate::import;
use crate::language::tree;
use crate::language::{limits, parse};
use crate::report;
use crate::ruleset::{Causes, Change, Identity, Ruleset, check_parsed};
use crate::submission::Submission;
use crate::trial;

/// How rulesets' files end.
pub const EXTENSION: &str = "tieuchi";

/// Whether the rulesets' own examples are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// They are; a broken one refuses the set.
    Run,
    /// Only the text is checked.
    Skip,
}

/// One file and what it gave.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it was read.
    pub path: PathBuf,
    /// Which text it is.
    pub source: SourceId,
    /// The language of its keywords.
    pub language: Language,
    /// The set, when nothing in it is an error.
    pub ruleset: Option<Ruleset>,
    /// What was found, in the order of the text.
    pub findings: Vec<Diagnostic>,
    /// The set as one text, with what it extends written in.
    pub composed: Option<tree::File>,
    /// What it changes of the set that it extends.
    pub changes: Vec<Change>,
}

/// What a number of paths gave.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Every text read.
    pub sources: SourceMap,
    /// Every file, sorted within each path.
    pub files: Vec<File>,
    /// The paths that gave nothing.
    pub unreadable: Vec<Unreadable>,
    /// Files that the sets build on, or would if they were there.
    pub below: Vec<PathBuf>,
}

impl Loaded {
    /// Whether any file has an error.
    pub fn any_error(&self) -> bool {
        self.files.iter().any(|file| any_error(&file.findings))
    }

    /// The sound sets.
    pub fn rulesets(&self) -> impl Iterator<Item = &Ruleset> {
        self.files.iter().filter_map(|file| file.ruleset.as_ref())
    }
}

/// Reads every ruleset of the paths; a path may be a file or a folder.
pub fn load(paths: &[PathBuf], examples: Trial) -> Loaded {
    let (found, unreadable) = gather(paths, &[EXTENSION]);
    let mut loaded = Loaded { unreadable, ..Loaded::default() };
    let mut shelf = Shelf::default();
    for found in found {
        read(&found.file, found.root.as_deref(), examples, &mut loaded, &mut shelf);
    }
    loaded.below = shelf.below.into_iter().collect();
    tell_once(&mut loaded.files);
    loaded.files.iter_mut().for_each(|file| lead(file, &loaded.sources));
    say_twice(&mut loaded.files);
    loaded
}

fn read(path: &Path, root: Option<&Path>, examples: Trial, loaded: &mut Loaded, shelf: &mut Shelf) {
    let bytes = match bytes(path, limits::FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(why) => return loaded.unreadable.push(Unreadable { path: path.to_path_buf(), why }),
    };
    let (source, findings) = match too_large(path, &bytes) {
        Some(problem) => {
            let source = loaded.sources.add(path.display().to_string(), "");
            (source, vec![Diagnostic::new(problem, Span::new(source, 0, 0))])
        }
        // A set read before builds on it.
        None => match shelf.known(path) {
            Some(source) => (source, Vec::new()),
            None => text(&mut loaded.sources, path, &bytes),
        },
    };
    let language = Language::default();
    let mut file = File {
        path: path.to_path_buf(),
        source,
        language,
        ruleset: None,
        findings,
        composed: None,
        changes: Vec::new(),
    };
    let Ok(text) = String::from_utf8(bytes) else { return loaded.files.push(file) };
    if any_error(&file.findings) {
        return loaded.files.push(file);
    }
    let parsed = parse(source, &text);
    file.language = parsed.file.language;
    shelf.put(path, source, &parsed.file);
    shelf.provide(path, root, &parsed.file, &mut loaded.sources);
    let checked = check_parsed(parsed, source, &loaded.sources, &shelf.library);
    file.findings.extend(checked.diagnostics);
    file.composed = checked.composed;
    if let Some(ruleset) = checked.ruleset {
        file.changes.clone_from(&ruleset.changes);
        if let Some(root) = root {
            file.findings.extend(misfiled(root, path, &ruleset));
        }
        if examples == Trial::Run
            && let Ok(plan) = Plan::compile(ruleset.clone())
        {
            let sheets = tested_sheets(&plan, &mut loaded.sources);
            let found = report::trial(plan.ruleset(), &loaded.sources, &trial::run(&plan, &sheets));
            // What was not tried in the set extended is not this one's to try.
            file.findings.extend(found.into_iter().filter(|one| one.span.source == source || one.is_error()));
            file.findings.sort_by_key(|finding| (finding.span.source != source, finding.span));
        }
        file.ruleset = (!any_error(&file.findings)).then_some(ruleset);
    }
    loaded.files.push(file);
}

/// The submissions and tables that a set's tests name, each read beside the file that its line stands in: a test taken
/// over from another set still speaks of that set's files.
fn tested_sheets(plan: &Plan, sources: &mut SourceMap) -> trial::Sheets {
    let named = plan.ruleset().tests.iter().filter_map(|test| test.submission.as_ref());
    let named: Vec<trial::Named> = named.map(|file| (file.span.source, file.value.clone())).collect();
    let read = |(source, name): trial::Named| {
        // A set that came from elsewhere opens no file but those that came with it.
        let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let read = if inside {
            tested_sheet(&folder(sources, source).join(&name), plan)
        } else {
            Err(Both::new("tệp phải ở trong thư mục của bộ tiêu chí", "the file must lie in the ruleset's folder"))
        };
        ((source, name), read)
    };
    let submissions = named.into_iter().map(read).collect();
    let mut table = |(source, name): trial::Named| {
        let folder = folder(sources, source);
        let read = tables::read(&folder, &name, sources).map(|table| (table.rows, table.findings));
        ((source, name), read)
    };
    let tables = trial::tables(plan.ruleset()).into_iter().map(&mut table).collect();
    trial::Sheets { submissions, tables }
}

/// The folder that a text was read from.
fn folder(sources: &SourceMap, source: SourceId) -> PathBuf {
    let path = sources.get(source).map_or("", |text| text.name());
    Path::new(path).parent().unwrap_or(Path::new("")).to_path_buf()
}

fn tested_sheet(path: &Path, plan: &Plan) -> Result<Submission, Both> {
    let unread = || Both::new("không đọc được tệp", "the file cannot be read");
    let name = path.display().to_string();
    let format = import::Format::of_path(&name)
        .ok_or_else(|| Both::new("phải là JSON, TOML hoặc CSV", "it must be JSON, TOML or CSV"))?;
    let read = bytes(path, import::FILE_BYTES).ok().filter(|bytes| bytes.len() <= import::FILE_BYTES);
    let text = read.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(unread)?;
    let mut sources = SourceMap::new();
    let source = sources.add(name, text.clone());
    let mut imported = import::read(source, &text, format);
    let folder = path.parent().unwrap_or(Path::new(""));
    tables::bring(&mut imported.sheets, folder, &mut sources, &mut imported.diagnostics);
    let mut loaded = import::validate(plan.ruleset(), &imported.sheets, &imported.diagnostics);
    loaded.diagnostics.extend(imported.diagnostics);
    if let Some(finding) = loaded.diagnostics.iter().find(|finding| finding.is_error()) {
        let say = |language| finding.problem.words(language).message;
        return Err(Both::new(say(Language::Vietnamese), say(Language::English)));
    }
    let mut submissions = loaded.submissions.into_iter();
    match (submissions.next(), submissions.next()) {
        (Some(submission), None) => Ok(submission),
        (None, _) => Err(Both::new("tệp không có hồ sơ nào", "the file holds no submission")),
        (Some(_), Some(_)) => Err(Both::new("tệp có nhiều hồ sơ", "the file holds several submissions")),
    }
}

/// The bytes of a file; of one beyond the limit, just enough to be refused by it.
pub(super) fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Why> {
    use std::io::Read;

    let system = |error: std::io::Error| Why::of(&error);
    if !fs::metadata(path).map_err(system)?.is_file() {
        return Err(Why::NotAFile);
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path).map_err(system)?.take(most).read_to_end(&mut bytes).map_err(system)?;
    Ok(bytes)
}

/// What is said of a file that was not read to its end.
pub(super) fn too_large(path: &Path, bytes: &[u8]) -> Option<Text> {
    let limit = limits::FILE_BYTES;
    let size = fs::metadata(path).ok().and_then(|metadata| usize::try_from(metadata.len()).ok());
    (bytes.len() > limit).then(|| Text::TooLarge { size: size.unwrap_or(bytes.len()), limit })
}

/// Adds a file to the map; bytes that are no text are one finding, where they begin.
pub(super) fn text(sources: &mut SourceMap, path: &Path, bytes: &[u8]) -> (SourceId, Vec<Diagnostic>) {
    let source = sources.add(path.display().to_string(), String::from_utf8_lossy(bytes));
    let findings = std::str::from_utf8(bytes).err().map(|error| {
        let at = error.valid_up_to();
        Diagnostic::new(Text::NotUtf8 {}, Span::new(source, at, at))
    });
    (source, findings.into_iter().collect())
}

/// A set that does not lie where its path and year say.
fn misfiled(root: &Path, path: &Path, ruleset: &Ruleset) -> Option<Diagnostic> {
    let named = |name: String| PathBuf::from(format!("{}/{name}.{EXTENSION}", ruleset.path));
    let with_edition = named(format!("{}-{}", ruleset.year, ruleset.edition));
    let plain = named(ruleset.year.to_string());
    let below = path.strip_prefix(root).ok()?;
    // The folder given may be one inside the catalogue: then the end of the path decides.
    let lies = |expected: &PathBuf| path.ends_with(expected) || expected.ends_with(below);
    let in_place = lies(&with_edition) || ruleset.edition == 1 && lies(&plain);
    let expected = if ruleset.edition == 1 { plain } else { with_edition };
    (!in_place).then(|| {
        let taken = root.join(&expected).exists();
        let expected = expected.display().to_string();
        // What lies there already is not to be written over.
        let mend = if taken {
            Both::new(
                format!("`{expected}` đã có: sửa đường dẫn ở dòng 1 hoặc dòng `năm` cho đúng bộ tiêu chí này"),
                format!("there is a file `{expected}`: mend the path in line 1 or the line `year` of this one"),
            )
        } else {
            Both::new(
                format!("chuyển tệp đến `{expected}` dưới thư mục bộ tiêu chí"),
                format!("move the file to `{expected}` under the folder of rulesets"),
            )
        };
        Diagnostic::new(Structure::Misfiled { name: ruleset.name(), mend }, ruleset.span)
    })
}

/// A finding of a set that others build on is told with that set, or else with the first that builds on it.
fn tell_once(files: &mut [File]) {
    let own = |file: &File, finding: &Diagnostic| finding.span.source == file.source;
    let mut told: Vec<Diagnostic> = Vec::new();
    for file in files.iter() {
        told.extend(file.findings.iter().filter(|finding| own(file, finding)).cloned());
    }
    for file in files {
        let source = file.source;
        file.findings.retain(|finding| {
            let again = finding.span.source != source && told.contains(finding);
            if finding.span.source != source && !again {
                told.push(finding.clone());
            }
            !again
        });
    }
}

/// An example taken over that an amendment made wrong is told at the amendment.
fn lead(file: &mut File, sources: &SourceMap) {
    let (Some(composed), false) = (&file.composed, file.changes.is_empty()) else { return };
    let causes = Causes { file: composed, changes: &file.changes, own: file.source, texts: Texts::Many(sources) };
    file.findings.iter_mut().for_each(|finding| causes.lead(finding, None));
    file.findings.sort_by_key(|finding| (finding.span.source != file.source, finding.span));
}

/// The same path, year and edition twice: both are told, neither can be chosen.
fn say_twice(files: &mut [File]) {
    let mut first: BTreeMap<Identity, (String, Span)> = BTreeMap::new();
    for file in files {
        let Some(ruleset) = &file.ruleset else { continue };
        let key = ruleset.identity();
        let shown = file.path.display().to_string();
        let Some((path, place)) = first.get(&key) else {
            first.insert(key, (shown, ruleset.span));
            continue;
        };
        let problem = Structure::SameIdentity { name: ruleset.name(), other: path.clone() };
        let finding = Diagnostic::new(problem, ruleset.span).label(*place, "bộ đọc trước", "read before");
        file.findings.insert(0, finding);
        file.ruleset = None;
    }
}
