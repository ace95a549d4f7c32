//! What sets build on: looked for beside them, in the folder of rulesets and above, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::load::{EXTENSION, bytes, text, too_large};
use crate::diagnostic::{SourceId, SourceMap, any_error};
use crate::language::tree::File;
use crate::language::{limits, parse};
use crate::ruleset::{Identity, Library, Ruleset, Wanted, wanted};

/// Where the rulesets of the working directory lie.
const USUAL: &str = "rulesets";

/// Texts read for one set; no chain of editions and years is longer.
const MOST: usize = 256;

/// Folders below this depth are not offered from.
const DEEPEST: usize = 8;

/// The texts read so far, and what sets of them may build on.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) library: Library,
    /// Every file read, by where it really lies.
    read: BTreeMap<PathBuf, SourceId>,
    /// Files that sets build on, or would if they were there.
    pub(super) below: BTreeSet<PathBuf>,
}

impl Shelf {
    /// The text of a file that was read already.
    pub(super) fn known(&self, path: &Path) -> Option<SourceId> {
        self.read.get(&real(path)).copied()
    }

    /// A text that was read.
    pub(super) fn put(&mut self, path: &Path, source: SourceId, file: &File) {
        self.read.insert(real(path), source);
        if let Some(identity) = Identity::of(file) {
            self.library.add(identity, source);
        }
    }

    /// Reads everything that a text builds on, and what that builds on.
    pub(super) fn provide(&mut self, path: &Path, root: Option<&Path>, file: &File, sources: &mut SourceMap) {
        let own = Identity::of(file);
        let roots = roots(path, root, own.as_ref());
        let mut asked: BTreeSet<Wanted> = BTreeSet::new();
        let mut open: Vec<Wanted> = wanted(file);
        while let Some(next) = open.pop() {
            if asked.len() > MOST || !asked.insert(next.clone()) {
                continue;
            }
            let Some(found) = roots.iter().map(|root| editions(root, &next)).find(|found| !found.is_empty()) else {
                self.below.extend(roots.first().map(|root| place(root, &next)));
                roots.iter().take(1).for_each(|root| self.offer(root));
                continue;
            };
            for there in found.into_iter().map(|there| as_named(path, there)) {
                self.below.insert(there.clone());
                let source = match self.known(&there) {
                    Some(source) => source,
                    None => match read(&there, sources) {
                        Some(source) => source,
                        None => continue,
                    },
                };
                let file = parse(source, sources.get(source).map_or("", |source| source.text())).file;
                self.put(&there, source, &file);
                open.extend(wanted(&file));
            }
        }
    }

    /// Names the sets of a folder, without reading them.
    fn offer(&mut self, root: &Path) {
        let mut folders = vec![(root.to_path_buf(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if entry.file_name().as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) && depth < DEEPEST {
                    folders.push((path, depth + 1));
                } else if path.extension().is_some_and(|extension| extension == EXTENSION)
                    && let Some(name) = path
                        .strip_prefix(root)
                        .ok()
                        .and_then(|below| below.with_extension("").to_str().map(str::to_owned))
                    && let Some((above, year)) = name.rsplit_once('/')
                {
                    self.library.offer(format!("{above} {year}"));
                }
            }
        }
    }
}

fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn read(path: &Path, sources: &mut SourceMap) -> Option<SourceId> {
    let bytes = bytes(path, limits::FILE_BYTES).ok()?;
    if too_large(path, &bytes).is_some() {
        return None;
    }
    let (source, findings) = text(sources, path, &bytes);
    (!any_error(&findings)).then_some(source)
}

/// The folders that may hold what a text builds on: where its own path and year put it, the folder asked for, every
/// folder above, and the usual one.
fn roots(path: &Path, root: Option<&Path>, own: Option<&Identity>) -> Vec<PathBuf> {
    let implied = own.and_then(|own| {
        let depth = own.path.split('/').count();
        // Whatever folder the file was named from, it lies as deep as its set's path is long.
        let whole = std::path::absolute(path).ok()?;
        let there = whole.parent()?;
        let as_deep = there.ends_with(&own.path) || real(there).ends_with(&own.path);
        Some(up(as_deep.then_some(path.parent()?)?, depth))
    });
    let mut all: Vec<PathBuf> = Vec::new();
    let given = root.map(Path::to_path_buf);
    let above = path.ancestors().skip(1).map(Path::to_path_buf);
    for root in implied.into_iter().chain(given).chain(above).chain([PathBuf::from(USUAL)]) {
        if !all.contains(&root) {
            all.push(root);
        }
    }
    all
}

/// A file that lies beside the one asked for, named as that one is: messages need not go up and down again.
fn as_named(path: &Path, there: PathBuf) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    let home = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (there.parent(), there.file_name()) {
        (Some(other), Some(name)) if there.starts_with("..") && real(other) == real(home) => folder.join(name),
        _ => there,
    }
}

/// The folder so many steps above one, as the path names it while it does.
fn up(folder: &Path, steps: usize) -> PathBuf {
    let mut at = folder.to_path_buf();
    for _ in 0..steps {
        let named = matches!(at.components().next_back(), Some(Component::Normal(_)));
        if !(named && at.pop()) {
            at.push(Component::ParentDir);
        }
    }
    at
}

/// Where the set wanted lies when nothing else is said of its edition.
fn place(root: &Path, wanted: &Wanted) -> PathBuf {
    root.join(&wanted.path).join(format!("{}.{EXTENSION}", wanted.year))
}

/// The files of a year's editions below a root.
fn editions(root: &Path, wanted: &Wanted) -> Vec<PathBuf> {
    let folder = root.join(&wanted.path);
    let mut found: Vec<PathBuf> = numbered(&folder, wanted.year).into_iter().map(|(_, path)| path).collect();
    found.sort();
    found
}

/// The editions of a year of an index, each with its number: where the sets lie that the set of a file builds on.
pub(super) fn of_year(file: &Path, own: &Identity, index: &str, year: u16) -> Vec<(u16, PathBuf)> {
    let all = roots(file, None, Some(own)).into_iter().map(|root| numbered(&root.join(index), year));
    all.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Of the sets that one and an earlier one are of, its own and those above, the first whose earlier one is an edition
/// before the newest of its year, where the later one names the codes of that year: what its heads became is not known.
pub fn named_edition<'r>(set: &'r Ruleset, file: &Path, earlier: &'r Ruleset) -> Option<Named<'r>> {
    let mut levels = std::iter::successors(Some((set, earlier)), |(set, earlier)| set.upper_levels(earlier));
    levels.find_map(|(by, earlier)| {
        let (newest, _) =
            newer_edition((by, &set.identity()), file, earlier).filter(|_| by.names_newest_of(earlier))?;
        Some(Named { by, earlier, newest })
    })
}

/// A set that names the codes of a year's newest edition, and an edition before it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'r> {
    /// The set that names them.
    pub by: &'r Ruleset,
    /// The edition before the newest.
    pub earlier: &'r Ruleset,
    /// The number of the newest edition.
    pub newest: u16,
}

/// The newest edition of the year of an earlier set, and its file, where a set goes by that edition and the earlier one is
/// an edition before it. `own` is that of the file, whose set may be of a level below.
pub(super) fn newer_edition(
    (set, own): (&Ruleset, &Identity),
    file: &Path,
    earlier: &Ruleset,
) -> Option<(u16, PathBuf)> {
    let newest = || of_year(file, own, &set.path, earlier.year).into_iter().next_back();
    set.goes_by_newest_of(earlier).then(newest).flatten().filter(|(newest, _)| *newest > earlier.edition)
}

/// The editions of a year in a folder, each with its number as the file is named.
pub(super) fn numbered(folder: &Path, year: u16) -> Vec<(u16, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let Some(stem) = name.to_str().and_then(|name| name.strip_suffix(&format!(".{EXTENSION}"))) else { continue };
        let edition = match stem.split_once('-') {
            Some((of, edition)) if of == year.to_string() => edition.parse().ok(),
            None if stem == year.to_string() => Some(1),
            _ => None,
        };
        if let Some(edition) = edition
            && path.is_file()
        {
            found.push((edition, path));
        }
    }
    found.sort();
    found
}
