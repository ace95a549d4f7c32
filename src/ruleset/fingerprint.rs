//! The fingerprint: SHA-256 of the canonical text.

use sha2::{Digest, Sha256};

use crate::language::tree::File;

/// The fingerprint of a parsed file, in hexadecimal.
pub(super) fn of(_: &File, text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
