//! The commands that a page shows, run in a folder of the page's own files.

use std::path::Path;

use super::shell::{agree, run, words};

/// The folder; made once a file or a command needs it.
#[derive(Default)]
pub(crate) struct Session(Option<tempfile::TempDir>);

impl Session {
    fn folder(&mut self) -> &Path {
        self.0.get_or_insert_with(|| tempfile::tempdir().unwrap()).path()
    }

    /// Puts a file into the folder.
    pub(crate) fn write(&mut self, name: &str, content: &str) {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// The content of a fence of commands with what they print now; output that agrees keeps its `…`.
    pub(crate) fn rewritten(&mut self, content: &str) -> String {
        let mut commands: Vec<(&str, Vec<String>)> = Vec::new();
        for line in content.lines() {
            if line.starts_with("$ ") {
                commands.push((line, Vec::new()));
            } else if let Some((_, shown)) = commands.last_mut() {
                shown.push(line.trim_end().to_owned());
            }
        }
        let mut text = String::new();
        for (at, (command, mut shown)) in commands.into_iter().enumerate() {
            let arguments = words(command.strip_prefix("$ tieuchi ").unwrap());
            let mut printed = run(&arguments, self.folder(), true);
            for lines in [&mut shown, &mut printed] {
                while lines.last().is_some_and(String::is_empty) {
                    lines.pop();
                }
            }
            let lines = if agree(&shown, &printed) { shown } else { printed };
            if at > 0 {
                text.push('\n');
            }
            for line in std::iter::once(command).chain(lines.iter().map(String::as_str)) {
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }
}
