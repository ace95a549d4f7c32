//! What a file may hold at the most; every limit is a decision, documented in `docs/language/index.md`.

/// Bytes of a file.
pub const FILE_BYTES: usize = 4 * 1024 * 1024;
/// Characters of a line.
pub const LINE_CHARACTERS: usize = 4_096;
/// Changed lines that are read in search of what the refused lines of a file mean; then they are told where reading
/// stopped.
pub const READINGS: usize = 5_000;
/// Changed lines that are read in search of what one refused line means, the likeliest first.
pub const READINGS_OF_A_LINE: usize = 250;
/// Brackets inside brackets.
pub const NESTING: usize = 64;
/// Leaves of a set.
pub const LEAVES: usize = 20_000;
/// Levels of heads.
pub const LEVELS: usize = 5;
/// Digits after the mark that a set may round or show.
pub const DIGITS: u32 = 12;

/// Sets that extend one another, from the first to the last.
pub const GENERATIONS: usize = 16;

/// Rows of one list.
pub const ROWS: u32 = 10_000;
