//! The limits of a script, the same in every build profile and on every machine.

/// Lines of a script.
pub const MAX_LINES: usize = 200;
/// Characters of one line (Rhai counts columns in 16 bits; beyond them it would lose its place).
pub const MAX_COLUMNS: usize = 4_096;
/// Steps of one run, as Rhai counts them: about one a node of the tree.
pub const MAX_OPERATIONS: u64 = 10_000;
/// Variables that a script may declare with `let`.
pub const MAX_VARIABLES: usize = 64;
/// Depth of nesting, as Rhai counts it: a parenthesis and an `if` cost 2, a sign, and every operator of a chain, 1.
pub const MAX_DEPTH: usize = 128;
/// Arguments of `min` and `max`.
pub const MAX_ARGUMENTS: usize = 8;
/// Digits after the point that `round` can keep.
pub const MAX_DIGITS: u32 = 28;
/// Bytes of a text to compare with.
pub const MAX_TEXT: usize = 1_024;
/// Parts of the expression that a script lowers to, all its variables put in; a larger one is left to Rhai.
pub const MAX_PARTS: usize = 2_000;
