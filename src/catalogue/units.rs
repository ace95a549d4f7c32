//! Reads the register of units from disk.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::gather;
use super::sheets::{Sheets, open};
use crate::diagnostic::{Diagnostic, Sheet, Span, any_error};
use crate::import::{self, Format};
use crate::unit::Register;

/// How files of a register end.
pub const UNIT_EXTENSIONS: &[&str] = &["csv"];

/// A register as asked for.
#[derive(Clone, Debug, Default)]
pub(super) enum Registered {
    /// None was asked for.
    #[default]
    Not,
    /// It has an error, so that no sheet can be brought to its unit.
    Broken,
    /// Sound.
    Sound(Arc<Register>),
}

/// Reads the register from all its files: units of one may lie below units of another.
pub(super) fn register(paths: &[PathBuf], sheets: &mut Sheets) -> Registered {
    if paths.is_empty() {
        return Registered::Not;
    }
    let before = sheets.findings.len();
    let (found, unreadable) = gather(paths, UNIT_EXTENSIONS);
    let lost = !unreadable.is_empty();
    sheets.unreadable.extend(unreadable);
    let mut rows = Vec::new();
    for file in found {
        let Some((source, text, format)) = open(&file.file, sheets) else { continue };
        if format != Format::Csv {
            let problem = Sheet::UnknownFormat { name: format.name().to_owned() };
            sheets.findings.push(Diagnostic::new(problem, Span::new(source, 0, 0)));
            continue;
        }
        let (units, findings) = import::units(source, &text);
        rows.extend(units);
        sheets.findings.extend(findings);
    }
    let (register, findings) = Register::new(&rows);
    // A row that could not be read is missed by others: that is told with the row alone.
    let unread = any_error(sheets.findings.get(before..).unwrap_or_default());
    if !unread {
        sheets.findings.extend(findings);
    }
    let broken = lost || any_error(sheets.findings.get(before..).unwrap_or_default());
    if broken { Registered::Broken } else { Registered::Sound(Arc::new(register)) }
}
