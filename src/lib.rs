//! tieuchi: a rules engine for public-sector indices. Rules are text, proved before use; scores are exact and explained.
//!
//! From the ground floor up; a room names only rooms below it (`docs/ARCHITECTURE.md`, held by `tests/it/tidy.rs`).
//!
//! - [`number`] — exact ratios, points, the one rounding step
//! - [`diagnostic`] — findings, their words in both languages, their places
//! - [`language`] — text to syntax tree and back
//! - [`script`] — Rhai in a box
//! - [`ruleset`] — the checked model and the checks that make it one
//! - [`unit`](mod@unit) — the register of who is assessed
//! - [`submission`] — what a unit states
//! - [`survey`] — what people answered, and estimates from it
//! - [`published`] — results as published, and what can be recomputed of them
//! - [`engine`] — scorecards, with the explanation as the return value
//! - [`trial`] — a set's own examples, run
//! - [`analysis`] — the ranking
//! - [`report`] — results in sentences and tables
//! - [`wire`] — published JSON shapes
//! - [`import`] — JSON, TOML and CSV sheets
//! - [`bulk`] — rounds of any size, as a stream
//! - [`catalogue`] — rulesets and submissions on disk, watched
//! - [`cli`] — the command line

pub mod number;

pub mod diagnostic;

pub mod language;

pub mod script;

pub mod ruleset;
pub mod unit;

pub mod published;
pub mod submission;
pub mod survey;

pub mod engine;

pub mod trial;

pub mod analysis;

pub mod report;

pub mod wire;

pub mod import;

pub mod bulk;

pub mod catalogue;

pub mod cli;
