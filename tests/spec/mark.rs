//! Marks of mistakes at the end of a line: `# error[band-gap]: từ 80% đến dưới 90%`.

use tieuchi::diagnostic::{Diagnostic, Language, Severity};

/// One mark: what must be found on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) severity: &'static str,
    pub(crate) code: String,
    /// What the message must say; empty if it does not matter.
    pub(crate) text: String,
}

impl Mark {
    /// The mark that a finding would carry, with its whole message.
    pub(crate) fn of(finding: &Diagnostic, language: Language) -> Self {
        let text = finding.problem.words(language).message;
        Self { severity: word(finding.severity()), code: finding.code().to_owned(), text }
    }

    /// Whether a finding is the one that is marked.
    pub(crate) fn fits(&self, found: &Self) -> bool {
        self.severity == found.severity && self.code == found.code && found.text.contains(&self.text)
    }

    /// As it is written.
    pub(crate) fn written(&self) -> String {
        let text = if self.text.is_empty() { String::new() } else { format!(": {}", self.text) };
        format!(" # {}[{}]{text}", self.severity, self.code)
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A line without its marks, and the marks.
pub(crate) fn split(line: &str) -> (&str, Vec<Mark>) {
    let mut marks = Vec::new();
    let mut rest = line.trim_end();
    while let Some((before, last)) = rest.rsplit_once("# ")
        && let Some(mark) = parse(last)
    {
        marks.insert(0, mark);
        rest = before.trim_end();
    }
    (if marks.is_empty() { line } else { rest }, marks)
}

fn parse(written: &str) -> Option<Mark> {
    let (severity, rest) = written.split_once('[')?;
    let severity = ["error", "warning", "note"].into_iter().find(|&word| word == severity)?;
    let (code, text) = rest.split_once(']')?;
    let text = text.strip_prefix(':').unwrap_or(text).trim().to_owned();
    Some(Mark { severity, code: code.to_owned(), text })
}
