//! The fingerprint: SHA-256 of the canonical text.

use sha2::{Digest, Sha256};

use crate::language::canonical;
use crate::language::tree::File;

/// The fingerprint of a parsed file, in hexadecimal: the same for every way of writing the same set.
pub(super) fn of(file: &File, text: &str) -> String {
    let digest = Sha256::digest(canonical(file, text).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
