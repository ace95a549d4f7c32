//! The fingerprint: SHA-256 of the canonical text.

use sha2::{Digest, Sha256};

use crate::diagnostic::Texts;
use crate::language::canonical;
use crate::language::tree::File;

/// The fingerprint of a parsed file, in hexadecimal: the same for every way of writing the same set.
pub(super) fn of(file: &File, text: Texts<'_>) -> String {
    let digest = Sha256::digest(canonical(file, text).as_bytes());
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest {
        hexadecimal.push_str(&format!("{byte:02x}"));
    }
    hexadecimal
}
