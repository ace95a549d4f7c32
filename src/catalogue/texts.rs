//! The texts of rulesets, to be written anew: where they really lie, and how one replaces another.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::files::{Unreadable, Why, gather};
use super::load::{EXTENSION, bytes, text, too_large};
use crate::diagnostic::{Diagnostic, SourceId, SourceMap, Span};
use crate::language::limits;

/// A ruleset's text on disk.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// The path as it was given or found.
    pub path: PathBuf,
    /// Where the file really lies.
    real: PathBuf,
    /// Which text it is.
    pub source: SourceId,
    /// Its text, or why its bytes are none.
    pub text: Result<String, Box<Diagnostic>>,
}

/// The texts of a number of paths.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Every text read.
    pub sources: SourceMap,
    /// The files, sorted within each path.
    pub files: Vec<TextFile>,
    /// The paths that gave nothing.
    pub unreadable: Vec<Unreadable>,
    /// Links out of the folders given: left alone.
    pub elsewhere: Vec<PathBuf>,
}

/// Reads the text of every ruleset of the paths; no link leads out of a folder.
pub fn texts(paths: &[PathBuf]) -> Texts {
    let (found, unreadable) = gather(paths, &[EXTENSION]);
    let mut texts = Texts { unreadable, ..Texts::default() };
    for found in found {
        let path = found.file;
        let folder = found.root.as_deref().or_else(|| path.parent()).unwrap_or(Path::new(""));
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = fs::canonicalize(&path);
        let (Ok(real), Ok(folder)) = (real, fs::canonicalize(folder)) else { continue };
        if !real.starts_with(&folder) {
            if found.root.is_none() {
                texts.unreadable.push(Unreadable { path, why: Why::Elsewhere(real) });
            } else {
                texts.elsewhere.push(path);
            }
            continue;
        }
        match bytes(&real, limits::FILE_BYTES) {
            Ok(bytes) => texts.add(path, real, bytes),
            Err(why) => texts.unreadable.push(Unreadable { path, why }),
        }
    }
    texts
}

/// A text that came from elsewhere than a file, such as the standard input.
pub fn text_of(name: &str, reader: impl Read) -> io::Result<Texts> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limits::FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(&mut bytes)?;
    let mut texts = Texts::default();
    texts.add(PathBuf::from(name), PathBuf::from(name), bytes);
    Ok(texts)
}

impl Texts {
    fn add(&mut self, path: PathBuf, real: PathBuf, bytes: Vec<u8>) {
        let (source, text) = if let Some(problem) = too_large(&real, &bytes) {
            let source = self.sources.add(path.display().to_string(), "");
            (source, Err(Box::new(Diagnostic::new(problem, Span::new(source, 0, 0)))))
        } else {
            let (source, findings) = text(&mut self.sources, &path, &bytes);
            match (findings.into_iter().next(), String::from_utf8(bytes)) {
                (None, Ok(text)) => (source, Ok(text)),
                (Some(finding), _) => (source, Err(Box::new(finding))),
                // What is no text has a finding.
                (None, Err(_)) => return,
            }
        };
        self.files.push(TextFile { path, real, source, text });
    }
}

impl TextFile {
    /// Puts a new text in the place of this one, at once or not at all; permissions stay.
    ///
    /// # Errors
    /// What the system says; a file that may not be written, or that changed since it was read, is left alone.
    pub fn replace(&self, new: &str) -> io::Result<()> {
        let permissions = fs::metadata(&self.real)?.permissions();
        if permissions.readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let name = self.real.file_name().unwrap_or_default().to_string_lossy();
        // Begins with a dot: neither the reader of folders nor the watcher sees it.
        let beside = self.real.with_file_name(format!(".{name}.{}.fmt", std::process::id()));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        let done = (|| {
            file.write_all(new.as_bytes())?;
            file.set_permissions(permissions)?;
            file.sync_all()?;
            let unchanged =
                self.text.as_ref().is_ok_and(|text| fs::read(&self.real).is_ok_and(|now| now == text.as_bytes()));
            if unchanged { fs::rename(&beside, &self.real) } else { Err(io::ErrorKind::ResourceBusy.into()) }
        })();
        if done.is_err() {
            let _ = fs::remove_file(&beside);
        }
        done
    }
}
