//! What the watched files say: a digest for each, and the directories whose events may change one.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Folders below this depth are not walked.
const DEEPEST: usize = 16;

/// As many links as Linux follows in one path.
const MOST_LINKS: usize = 40;

/// Which files count: the roots named, and in the folders among them the files with one of the extensions.
#[derive(Debug)]
pub(super) struct Scope {
    roots: Vec<PathBuf>,
    extensions: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Digest([u8; 32]),
    Unreadable,
}

/// The content of every file in a scope at one moment, under the path by which it was reached.
#[derive(Debug, Default)]
pub(super) struct Contents {
    files: BTreeMap<PathBuf, Content>,
}

impl Scope {
    pub(super) fn new(roots: &[PathBuf], extensions: &[&str]) -> Scope {
        Scope {
            roots: roots.to_vec(),
            extensions: extensions.iter().map(|extension| format!(".{}", extension.trim_start_matches('.'))).collect(),
        }
    }

    /// Reads every file, calling `enter` with each directory (without links in its path) before anything
    /// in it is listed or read: a watch that begins there misses nothing that this reading missed.
    pub(super) fn read(&self, enter: &mut dyn FnMut(&Path)) -> Contents {
        let mut contents = Contents::default();
        for root in &self.roots {
            enter_links(root, enter);
            if root.is_dir() {
                self.walk(root, &mut Vec::new(), enter, &mut contents);
            } else {
                contents.add(root);
            }
        }
        contents
    }

    fn walk(&self, folder: &Path, above: &mut Vec<PathBuf>, enter: &mut dyn FnMut(&Path), contents: &mut Contents) {
        // Invariant: `above` holds the real paths from the root down to here, so a link back up ends the walk.
        let Ok(real) = fs::canonicalize(folder) else {
            return;
        };
        if above.len() > DEEPEST || above.contains(&real) {
            return;
        }
        enter(&real);
        above.push(real);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if is_hidden(&name) {
                continue;
            }
            let path = entry.path();
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let is_wanted = self.wants(&name);
            let is_folder = path.is_dir();
            if is_link && (is_wanted || is_folder) {
                enter_links(&path, enter);
            }
            if is_folder {
                self.walk(&path, above, enter, contents);
            } else if is_wanted {
                contents.add(&path);
            }
        }
        above.pop();
    }

    fn wants(&self, name: &OsStr) -> bool {
        let name = name.to_string_lossy();
        {
            let name = name.to_ascii_lowercase();
            self.extensions.iter().any(|extension| name.ends_with(extension))
        }
    }
}

impl Contents {
    /// The files that differ between two readings, appeared or vanished, sorted.
    pub(super) fn differing(&self, later: &Contents) -> Vec<PathBuf> {
        let paths: BTreeSet<&PathBuf> = self.files.keys().chain(later.files.keys()).collect();
        paths.into_iter().filter(|path| self.files.get(*path) != later.files.get(*path)).cloned().collect()
    }

    fn add(&mut self, path: &Path) {
        let content = match digest(path) {
            Ok(digest) => Content::Digest(digest),
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(_) => Content::Unreadable,
        };
        self.files.insert(path.to_path_buf(), content);
    }
}

/// Entries that begin with a dot are an editor's, git's or Kubernetes' own: `.a.swp`, `.git`, `..data`.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn digest(path: &Path) -> io::Result<[u8; 32]> {
    if !fs::metadata(path)?.is_file() {
        // A pipe would block for ever.
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().into()),
            Ok(length) => hasher.update(buffer.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Enters the parent of a path or, while that is missing, the nearest directory above that is there.
fn enter_around(path: &Path, enter: &mut dyn FnMut(&Path)) {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut parents = absolute.ancestors().skip(1);
    if let Some(parent) = parents.find_map(|parent| {
        let real = fs::canonicalize(parent).ok()?;
        real.is_dir().then_some(real)
    }) {
        enter(&parent);
    }
}

/// Enters every directory that holds a link on the way from a path to what it stands for, and the last one.
fn enter_links(path: &Path, enter: &mut dyn FnMut(&Path)) {
    let mut next = std::path::absolute(path).ok();
    for _ in 0..MOST_LINKS {
        let Some(here) = next else {
            break;
        };
        next = follow_one(&here, enter);
        if next.is_none() {
            enter_around(&here, enter);
        }
    }
}

/// The path with its first link replaced by the link's target, or nothing when no link is left.
fn follow_one(path: &Path, enter: &mut dyn FnMut(&Path)) -> Option<PathBuf> {
    let mut walked = PathBuf::new();
    let mut parts = path.components();
    while let Some(part) = parts.next() {
        let link = walked.join(part);
        if let Ok(target) = fs::read_link(&link) {
            enter_around(&link, enter);
            let target = walked.join(target);
            let rest = parts.as_path();
            return Some(if rest.as_os_str().is_empty() { target } else { target.join(rest) });
        }
        walked = link;
    }
    None
}
