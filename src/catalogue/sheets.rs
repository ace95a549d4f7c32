//! Reads submissions from disk and brings each to its ruleset: the one named, or the one that it names itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::{Unreadable, Why, gather};
use super::find::find;
use super::load::{File, Trial, bytes, load, text};
use super::tables;
use super::units::{self, Registered};
use crate::analysis::identity::{self, Brought};
use crate::analysis::ranking::NotAssessed;
use crate::diagnostic::{Diagnostic, Sheet, SourceId, SourceMap, Span, any_error};
use crate::engine::{Context, Plan};
use crate::import::{self, Format};
use crate::submission::{Raw, Submission, names_alike};
use crate::unit::Roll;

/// How submissions' files end.
pub const SHEET_EXTENSIONS: &[&str] = &["json", "toml", "csv"];

/// Where the rulesets of submissions are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// This file holds the ruleset of every submission.
    File(PathBuf),
    /// In this folder, under the path and the year that a submission names.
    Folder(PathBuf),
}

/// A ruleset, and the submissions made for it.
#[derive(Clone, Debug)]
pub struct Round {
    /// The set, ready to score.
    pub plan: Plan,
    /// The texts of the set.
    pub sources: SourceMap,
    /// The file of the set.
    pub file: PathBuf,
    /// Its submissions, in the order read.
    pub submissions: Vec<Submission>,
    /// What surrounds them: values that the units do not state of themselves.
    pub context: Context,
    /// The units of the register that they are of, where one was given.
    pub roll: Option<Roll>,
    /// Units that the register says are not assessed, although they sent a sheet.
    pub aside: Vec<NotAssessed>,
}

/// What was read of submissions.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    /// Every text of a submission.
    pub sources: SourceMap,
    /// The rulesets met, each with its submissions; in the order of path and year.
    pub rounds: Vec<Round>,
    /// What was found in the submissions.
    pub findings: Vec<Diagnostic>,
    /// Rulesets that could not be used, with their texts.
    pub broken: Vec<(File, SourceMap)>,
    /// Every ruleset's file that was read, sound or not.
    pub rulesets: Vec<PathBuf>,
    /// Files that the rulesets build on, or would if they were there.
    pub below: Vec<PathBuf>,
    /// The paths that gave nothing.
    pub unreadable: Vec<Unreadable>,
    /// Some of the submissions themselves are in no round: they cannot be read, or have an error.
    pub lacks: bool,
}

impl Sheets {
    /// Whether anything read has an error.
    pub fn any_error(&self) -> bool {
        any_error(&self.findings) || !self.broken.is_empty()
    }
}

/// Reads the submissions of the paths; a path may be a file or a folder. Tells how many files of how many are read.
///
/// Where a register is given, every sheet is brought to its unit there.
pub fn sheets(paths: &[PathBuf], home: &Home, units: &[PathBuf], tell: &mut dyn FnMut(usize, usize)) -> Sheets {
    let (found, unreadable) = gather(paths, SHEET_EXTENSIONS);
    let mut sheets = Sheets { lacks: !unreadable.is_empty(), unreadable, ..Sheets::default() };
    let register = units::register(units, &mut sheets);
    let (beside, known) = (sheets.sources.count(), sheets.unreadable.len());
    let mut raws = Vec::new();
    let (mut tables, mut files) = (BTreeSet::new(), Vec::new());
    for (at, file) in found.iter().enumerate() {
        let read = read(&file.file, &mut sheets);
        tables.extend(read.tables);
        files.push((file, read.source, read.sheets));
        tell(at + 1, found.len());
    }
    for (file, source, sheets_of) in files {
        // A table that a submission of the folder names is none itself.
        let is_table = file.root.is_some() && !tables.is_empty();
        if is_table && std::fs::canonicalize(&file.file).is_ok_and(|path| tables.contains(&path)) {
            sheets.findings.retain(|finding| Some(finding.span.source) != source);
            continue;
        }
        raws.extend(sheets_of);
    }
    let mut by_file: BTreeMap<PathBuf, Vec<Raw>> = BTreeMap::new();
    for raw in raws {
        match locate(&raw, home) {
            Ok(file) => by_file.entry(file).or_default().push(raw),
            // Rows of one table lack or name the same set: that is told once.
            Err(finding) => {
                let told =
                    |other: &Diagnostic| other.problem == finding.problem && other.span.source == finding.span.source;
                if !sheets.findings.iter().any(told) {
                    sheets.findings.push(*finding);
                }
            }
        }
    }
    if let (Home::File(file), true) = (home, by_file.is_empty()) {
        // Without a single sheet the ruleset named is still read, so that its errors are told.
        by_file.insert(file.clone(), Vec::new());
    }
    for (file, raws) in by_file {
        bring(file, &raws, &register, &mut sheets);
    }
    sheets.findings.sort_by_key(|finding| finding.span);
    let wrong = |finding: &Diagnostic| finding.is_error() && usize::from(finding.span.source.0) >= beside;
    sheets.lacks |= sheets.findings.iter().any(wrong) || sheets.unreadable.len() > known || !sheets.broken.is_empty();
    sheets
}

/// What a file of submissions gave.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) source: Option<SourceId>,
    pub(super) sheets: Vec<Raw>,
    /// The tables that its submissions name.
    pub(super) tables: BTreeSet<PathBuf>,
}

pub(super) fn read(path: &Path, sheets: &mut Sheets) -> Opened {
    let Some((source, text, format)) = open(path, sheets) else { return Opened::default() };
    let mut imported = import::read(source, &text, format);
    sheets.findings.extend(imported.diagnostics);
    let folder = path.parent().unwrap_or(Path::new(""));
    let tables = tables::bring(&mut imported.sheets, folder, &mut sheets.sources, &mut sheets.findings);
    Opened { source: Some(source), sheets: imported.sheets, tables }
}

/// The text of a file and what kind it is; what is wrong with it has been told.
pub(super) fn open(path: &Path, sheets: &mut Sheets) -> Option<(SourceId, String, Format)> {
    let bytes = match bytes(path, import::FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(why) => {
            sheets.unreadable.push(Unreadable { path: path.to_path_buf(), why });
            return None;
        }
    };
    let (source, findings) = text(&mut sheets.sources, path, &bytes);
    let sound = findings.is_empty();
    sheets.findings.extend(findings);
    let shown = path.display().to_string();
    let Some(format) = Format::of_path(&shown) else {
        let problem = Sheet::UnknownFormat { name: shown };
        sheets.findings.push(Diagnostic::new(problem, Span::new(source, 0, 0)));
        return None;
    };
    let text = std::str::from_utf8(&bytes).ok().filter(|_| sound)?;
    Some((source, text.to_owned(), format))
}

/// The file of the ruleset that a sheet is for.
fn locate(raw: &Raw, home: &Home) -> Result<PathBuf, Box<Diagnostic>> {
    let folder = match home {
        Home::File(file) => return Ok(file.clone()),
        Home::Folder(folder) => folder,
    };
    let start = Span { end: raw.span.start, ..raw.span };
    let (Some(path), Some(year)) = (&raw.ruleset, &raw.year) else {
        return Err(Box::new(Diagnostic::new(Sheet::RulesetNotNamed {}, start)));
    };
    let name = format!("{}/{}", path.value.trim(), year.value.trim());
    let file = find(&name, folder);
    if file.is_file() && file.starts_with(folder) {
        return Ok(file);
    }
    let problem = Sheet::NoSuchRuleset {
        name: format!("{} {}", path.value.trim(), year.value.trim()),
        folder: folder.display().to_string(),
    };
    Err(Box::new(Diagnostic::new(problem, path.span)))
}

/// Reads a ruleset and checks its sheets against it.
fn bring(file: PathBuf, raws: &[Raw], register: &Registered, sheets: &mut Sheets) {
    let loaded = load(std::slice::from_ref(&file), Trial::Run);
    // Of several, none is chosen: the first would score by whatever year comes first.
    if let [_, second, ..] = loaded.files.as_slice() {
        let why = Why::Several(second.path.clone());
        sheets.unreadable.push(Unreadable { path: file, why });
        return;
    }
    sheets.rulesets.push(file);
    sheets.unreadable.extend(loaded.unreadable);
    sheets.below.extend(loaded.below);
    let Some(mut read) = loaded.files.into_iter().next() else { return };
    let plan = read.ruleset.take().map(Plan::compile);
    match plan {
        Some(Ok(plan)) => {
            let mut context = Context::default();
            let mut brought = match register {
                Registered::Not => Brought { raws: raws.to_vec(), ..Brought::default() },
                Registered::Broken => Brought::default(),
                Registered::Sound(register) => identity::identify(plan.ruleset(), register, raws, &mut context),
            };
            if let Some(roll) = &brought.roll {
                // The archive may hold values of units that send no sheet this year.
                identity::everyone(plan.ruleset(), roll, &mut context);
            }
            identity::set_aside(plan.ruleset(), &mut brought);
            let Brought { roll, raws, aside, findings } = brought;
            sheets.findings.extend(findings);
            if roll.is_none() {
                sheets.findings.extend(names_alike(&raws));
            }
            let validated = import::validate(plan.ruleset(), &raws, &sheets.findings);
            sheets.findings.extend(validated.diagnostics);
            for submission in &validated.submissions {
                if let Some(block) = &submission.block {
                    context.blocks.insert(submission.unit.clone(), block.clone());
                }
            }
            let (sources, submissions) = (loaded.sources, validated.submissions);
            let round = Round { plan, sources, file: read.path, submissions, context, roll, aside };
            sheets.rounds.push(round);
        }
        Some(Err(finding)) => {
            read.findings.push(*finding);
            sheets.broken.push((read, loaded.sources));
        }
        None => sheets.broken.push((read, loaded.sources)),
    }
}
