//! Which files a path stands for: itself, or everything below it that ends rightly, in one order.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders below this depth are not walked.
const DEEPEST: usize = 16;

/// Files read at once; a [`crate::diagnostic::SourceMap`] tells no more texts apart.
const MOST_FILES: usize = 60_000;

/// A path that could not be read, or that holds nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The path as it was given or found.
    pub path: PathBuf,
    /// Why.
    pub why: Why,
}

/// Why a path gives nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// What the operating system says.
    System(String),
    /// There is no such file or folder.
    Missing,
    /// Reading it is not allowed.
    Forbidden,
    /// Writing it is not allowed.
    ReadOnly,
    /// Somebody else wrote it in between.
    Rewritten,
    /// A folder without a file of the kind looked for.
    Nothing,
    /// A folder of several rulesets, where one is meant; one of them.
    Several(PathBuf),
    /// Neither a file nor a folder: reading it could block for ever.
    NotAFile,
    /// More files than are read at once; the number is the limit.
    TooMany(usize),
    /// A link to a file in another folder, where nothing is written.
    Elsewhere(PathBuf),
    /// A folder in folders deeper than are walked; the number is the limit.
    TooDeep(usize),
}

impl Why {
    /// Of what reading gave.
    pub fn of(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::System(error.to_string()),
        }
    }

    /// Of what writing gave.
    pub fn of_writing(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            std::io::ErrorKind::ResourceBusy => Self::Rewritten,
            _ => Self::of(error),
        }
    }
}

/// A file, and the folder among the paths given that it was found below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) file: PathBuf,
    pub(super) root: Option<PathBuf>,
}

/// The files of all paths, each once, and the paths that give nothing.
pub(super) fn gather(paths: &[PathBuf], extensions: &[&str]) -> (Vec<Found>, Vec<Unreadable>) {
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for path in paths {
        let root = path.is_dir().then(|| path.clone());
        let files = match files(path, extensions, &mut unreadable) {
            Ok(files) => files,
            Err(nothing) => {
                unreadable.push(nothing);
                continue;
            }
        };
        if found.len().saturating_add(files.len()) > MOST_FILES {
            unreadable.push(Unreadable { path: path.clone(), why: Why::TooMany(MOST_FILES) });
            continue;
        }
        for file in files {
            if seen.insert(fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                found.push(Found { file, root: root.clone() });
            }
        }
    }
    (found, unreadable)
}

/// The files of a path, sorted: the path itself, or those below it with one of the extensions.
///
/// Entries that begin with a dot are left out, as the watcher leaves them out. What below it is refused is told, and the
/// rest read.
///
/// # Errors
/// The path when it is missing, or a folder without such a file.
fn files(path: &Path, extensions: &[&str], unreadable: &mut Vec<Unreadable>) -> Result<Vec<PathBuf>, Unreadable> {
    let refuse = |why: Why| Unreadable { path: path.to_path_buf(), why };
    let metadata = fs::metadata(path).map_err(|error| refuse(Why::of(&error)))?;
    if metadata.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !metadata.is_dir() {
        return Err(refuse(Why::NotAFile));
    }
    let (mut found, before) = (Vec::new(), unreadable.len());
    walk(path, extensions, &mut Vec::new(), &mut |walked| match walked {
        Ok(file) => found.push(file),
        Err(refused) => unreadable.push(refused),
    });
    found.sort();
    let told = unreadable.len() > before;
    if found.is_empty() && !told { Err(refuse(Why::Nothing)) } else { Ok(found) }
}

fn walk(
    folder: &Path,
    extensions: &[&str],
    above: &mut Vec<PathBuf>,
    take: &mut dyn FnMut(Result<PathBuf, Unreadable>),
) {
    let refused = |why: Why| Err(Unreadable { path: folder.to_path_buf(), why });
    let system = |error: std::io::Error| refused(Why::of(&error));
    // Invariant: `above` holds the real paths from the root down to here, so a link back up ends the walk.
    let real = match fs::canonicalize(folder) {
        Ok(real) => real,
        Err(error) => return take(system(error)),
    };
    if above.contains(&real) {
        return;
    }
    if above.len() > DEEPEST {
        return take(refused(Why::TooDeep(DEEPEST)));
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return take(system(error)),
    };
    above.push(real);
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                take(system(error));
                continue;
            }
        };
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if path.is_dir() {
            walk(&path, extensions, above, take);
        } else if ends(&path, extensions) {
            let why = match fs::metadata(&path) {
                Ok(data) if data.is_file() => {
                    take(Ok(path));
                    continue;
                }
                Ok(_) => Why::NotAFile,
                Err(error) => Why::of(&error),
            };
            take(Err(Unreadable { path, why }));
        }
    }
    above.pop();
}

/// Whether a file ends so; capital letters say the same.
fn ends(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted)))
}
