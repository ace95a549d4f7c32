//! From the bytes of a file to its text.

use crate::diagnostic::{Diagnostic, SourceId, Span, Text};

/// The text of a file; its byte order mark, if any, is no part of it.
///
/// # Errors
/// The finding that says where the bytes stop being UTF-8.
pub fn decode(source: SourceId, bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Box::new(Diagnostic::new(Text::NotUtf8 {}, Span::new(source, at, at)))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
