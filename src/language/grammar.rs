//! The grammar as a parser: the home of pest.

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/lexical.pest"]
#[grammar = "../grammar/keyword.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/ruleset.pest"]
#[grammar = "../grammar/scoring.pest"]
#[grammar = "../grammar/survey.pest"]
pub(super) struct Grammar;
