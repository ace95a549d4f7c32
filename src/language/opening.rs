//! The short way into the grammar: the statement that a line's first words open, without trying every other one first.
//!
//! The grammar's `line` stays the meaning. What this way does not read to the end, `line` reads or refuses; every run of
//! the tests holds that where both read, they read the same.

use std::sync::LazyLock;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::fold::fold;
use super::grammar::{Grammar, Rule};
use super::keyword::{Keyword, Place};
use crate::diagnostic::Language;

/// The words that open one statement only, folded, by their first byte; longer ones first.
static OPENINGS: LazyLock<Vec<(String, Rule)>> = LazyLock::new(|| {
    let opening = Keyword::ALL.iter().filter(|keyword| keyword.place() == Place::Opens);
    let mut openings: Vec<(String, Rule)> = opening
        .filter_map(|&keyword| statement_of(keyword).map(|rule| (keyword, rule)))
        .flat_map(|(keyword, rule)| {
            [Language::Vietnamese, Language::English]
                .into_iter()
                .flat_map(move |language| keyword.spellings(language).iter().map(move |words| (fold(words), rule)))
        })
        .collect();
    openings.sort_by(|one, other| one.0.cmp(&other.0).reverse());
    openings
});

/// The statement that a line is, if its first words open only one and it is that one to the end.
pub(super) fn statement(text: &str) -> Option<Pair<'_, Rule>> {
    let first = text.as_bytes().first()?;
    let start = OPENINGS.partition_point(|(words, _)| words.as_bytes().first() > Some(first));
    let alike = OPENINGS.iter().skip(start).take_while(|(words, _)| words.as_bytes().first() == Some(first));
    let (_, rule) = alike.into_iter().find(|(words, _)| opens(text, words))?;
    let pair = Grammar::parse(*rule, text).ok()?.next()?;
    let whole = pair.as_span().end() == text.len();
    debug_assert!(!whole || as_the_line_reads(&pair, text), "the short way reads `{text}` otherwise than the grammar");
    whole.then_some(pair)
}

/// Whether the grammar's long choice reads the same.
fn as_the_line_reads(pair: &Pair<'_, Rule>, text: &str) -> bool {
    let tokens = |pair: Pair<'_, Rule>| {
        let tokens = Pairs::single(pair).flatten();
        tokens.map(|token| (token.as_rule(), token.as_span().start(), token.as_span().end())).collect::<Vec<_>>()
    };
    let line = Grammar::parse(Rule::line, text).ok().and_then(|mut line| line.next()?.into_inner().next());
    line.is_some_and(|line| tokens(line) == tokens(pair.clone()))
}

/// Whether a line begins with the words, and they end there.
fn opens(text: &str, words: &str) -> bool {
    let goes_on = |next: u8| next.is_ascii_alphanumeric() || next == b'_';
    text.strip_prefix(words).is_some_and(|rest| !rest.bytes().next().is_some_and(goes_on))
}

/// The statement of a keyword that opens no other; the rarer ones are left to the grammar.
fn statement_of(keyword: Keyword) -> Option<Rule> {
    let rule = match keyword {
        Keyword::Source => Rule::provenance,
        Keyword::Area | Keyword::Criterion | Keyword::SubCriterion => Rule::head,
        Keyword::Evidence => Rule::evidence,
        Keyword::Lead => Rule::lead,
        Keyword::Appraiser => Rule::appraiser,
        Keyword::Figure => Rule::figure,
        Keyword::Column => Rule::column,
        Keyword::ScoreBy | Keyword::ScoreEntered | Keyword::ScorePerCase => Rule::form,
        Keyword::From | Keyword::Above | Keyword::Below | Keyword::Exactly => Rule::band,
        Keyword::When => Rule::when,
        Keyword::Otherwise => Rule::otherwise,
        Keyword::Met | Keyword::MetWhen => Rule::met,
        Keyword::OnTime | Keyword::Late => Rule::timed,
        Keyword::NotDone => Rule::not_done,
        Keyword::Option => Rule::option,
        Keyword::Each => Rule::each,
        Keyword::NoCase => Rule::not_applicable,
        Keyword::Example => Rule::example,
        Keyword::Expect => Rule::expect_line,
        Keyword::Question => Rule::question,
        _ => return None,
    };
    Some(rule)
}
