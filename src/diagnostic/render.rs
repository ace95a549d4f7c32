//! Shows findings as people read them: the line, the mark under it, the mend.

use super::{Diagnostic, Language, SourceMap};

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// All findings as text.
pub fn render(_: &[Diagnostic], _: &SourceMap, _: Language, _: Colour) -> String {
    String::new()
}
