//! What is asked of a text before a parser sees it.

use crate::diagnostic::Both;

/// Where brackets outside strings first nest deeper than `limit`, if they do.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            // A string of either format ends at its line's end at the latest, or is counted from there on.
            quoted = (escaped || byte != b'"') && byte != b'\n';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b'"' => {
                quoted = true;
                escaped = false;
            }
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(at);
        }
    }
    None
}

/// Where a line ends, or another control character stands, inside a string of JSON.
pub(super) fn control_in_string(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if quoted && byte < 0x20 {
            return Some(at);
        }
        if byte == b'"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && byte == b'\\' && !escaped;
    }
    None
}

/// The words for it.
pub(super) fn too_deep_words() -> Both {
    Both::new("các dấu ngoặc lồng nhau quá sâu", "brackets are nested too deep")
}
