//! Published tables on disk: `…/published/<year>.csv`, gathered by index.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{Unreadable, Why, gather};
use super::load::{bytes, text};
use crate::diagnostic::{Diagnostic, Published, SourceMap, Span, any_error};
use crate::import;
use crate::published::Series;

/// The folder, beside a ruleset, that its published results lie in.
const FOLDER: &str = "published";

/// What was read of published results.
#[derive(Clone, Debug, Default)]
pub struct PublishedTables {
    /// The texts.
    pub sources: SourceMap,
    /// The indices, by path.
    pub series: Vec<Series>,
    /// What was found in the files.
    pub findings: Vec<Diagnostic>,
    /// The paths that gave nothing.
    pub unreadable: Vec<Unreadable>,
}

/// Reads the published tables of the paths: files as they are named, and of folders every table in a folder `published`.
/// A file with an error in it gives no table.
pub fn published(paths: &[PathBuf]) -> PublishedTables {
    let mut tables = PublishedTables::default();
    let mut by_index: BTreeMap<String, Series> = BTreeMap::new();
    for path in paths {
        let (found, unreadable) = gather(std::slice::from_ref(path), &["csv"]);
        tables.unreadable.extend(unreadable);
        let among = |file: &Path| !path.is_dir() || folder_of(file).is_some();
        let files: Vec<PathBuf> = found.into_iter().map(|found| found.file).filter(|file| among(file)).collect();
        if files.is_empty() && path.is_dir() && tables.unreadable.is_empty() {
            tables.unreadable.push(Unreadable { path: path.clone(), why: Why::Nothing });
        }
        for file in files {
            read(&file, &mut tables, &mut by_index);
        }
    }
    tables.series = by_index.into_values().collect();
    tables
}

/// The folder `published` that a file lies in.
fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().filter(|folder| folder.file_name().is_some_and(|name| name == FOLDER))
}

/// The path of the index that a file belongs to: as among the rulesets, else as the folder is named.
fn index(file: &Path) -> String {
    let folder = folder_of(file).and_then(Path::parent).or_else(|| file.parent()).unwrap_or(file);
    let parts: Vec<String> = folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let from = parts.iter().rposition(|part| part == "rulesets").map_or(0, |at| at.saturating_add(1));
    parts.iter().skip(from).map(String::as_str).collect::<Vec<_>>().join("/")
}

fn read(file: &Path, tables: &mut PublishedTables, by_index: &mut BTreeMap<String, Series>) {
    let bytes = match bytes(file, import::FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(why) => {
            tables.unreadable.push(Unreadable { path: file.to_path_buf(), why });
            return;
        }
    };
    let (source, findings) = text(&mut tables.sources, file, &bytes);
    let sound = findings.is_empty();
    tables.findings.extend(findings);
    let Some(read) = std::str::from_utf8(&bytes).ok().filter(|_| sound) else { return };
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let year = stem.parse::<u16>().ok().filter(|_| stem.len() == 4);
    let Some(year) = year else {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        tables.findings.push(Diagnostic::new(Published::FileName { name }, Span::new(source, 0, 0)));
        return;
    };
    let (table, findings) = import::published(source, read, year);
    let sound = !any_error(&findings);
    tables.findings.extend(findings);
    if sound {
        let index = index(file);
        let series = by_index.entry(index.clone()).or_insert_with(|| Series { index, ..Series::default() });
        series.tables.insert(year, table);
    }
}
