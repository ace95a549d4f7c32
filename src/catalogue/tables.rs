//! Tables that submissions and tests name: read beside the file that names them, and never outside its folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::load::{bytes, text};
use crate::diagnostic::{Both, Diagnostic, Sheet, SourceMap, any_error};
use crate::import;
use crate::submission::{Raw, RawRow, RawValue};

/// A table as read.
pub(super) struct Table {
    pub(super) rows: Vec<RawRow>,
    pub(super) findings: Vec<Diagnostic>,
    /// Where it truly lies.
    pub(super) path: PathBuf,
}

/// Reads a table that a file of a folder names.
///
/// # Errors
/// Why there is none.
pub(super) fn read(folder: &Path, name: &str, sources: &mut SourceMap) -> Result<Table, Both> {
    let named = Path::new(name);
    let outside = || {
        Both::new(
            "bảng phải ở trong thư mục của tệp nêu nó",
            "the table must lie in the folder of the file that names it",
        )
    };
    let unread = || Both::new("không đọc được tệp", "the file cannot be read");
    // A file that came from elsewhere opens no other but those that came with it.
    if !named.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(outside());
    }
    if import::Format::of_path(name) != Some(import::Format::Csv) {
        return Err(Both::new("bảng phải là tệp CSV", "a table must be a CSV file"));
    }
    let path =
        fs::canonicalize(folder.join(named)).map_err(|_| Both::new("không có tệp này", "there is no such file"))?;
    let home = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if !fs::canonicalize(home).is_ok_and(|home| path.starts_with(home)) {
        return Err(outside());
    }
    let bytes = bytes(&path, import::FILE_BYTES).map_err(|_| unread())?;
    if bytes.len() > import::FILE_BYTES {
        return Err(unread());
    }
    let (source, mut findings) = text(sources, &folder.join(named), &bytes);
    let Some(text) = std::str::from_utf8(&bytes).ok() else {
        return Ok(Table { rows: Vec::new(), findings, path });
    };
    let (rows, told) = import::table(source, text);
    findings.extend(told);
    Ok(Table { rows, findings, path })
}

/// Puts the rows of the tables that sheets name in their place; tells which files these are.
pub(super) fn bring(
    raws: &mut [Raw],
    folder: &Path,
    sources: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for raw in raws {
        let mut damaged = false;
        let entries = raw.leaves.iter_mut().flat_map(|leaf| &mut leaf.tracks);
        for (_, value) in entries.flat_map(|(_, entry)| &mut entry.figures) {
            let RawValue::Table(name) = &value.value else { continue };
            let name = name.clone();
            match read(folder, &name, sources) {
                Ok(table) => {
                    damaged |= any_error(&table.findings);
                    findings.extend(table.findings);
                    files.insert(table.path);
                    value.value = RawValue::Rows(table.rows);
                }
                Err(why) => {
                    findings.push(Diagnostic::new(Sheet::NoTable { file: name, why }, value.span));
                    value.value = RawValue::Nothing;
                }
            }
        }
        raw.damaged |= damaged;
    }
    files
}
