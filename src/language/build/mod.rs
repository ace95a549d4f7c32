//! From the grammar's pairs to the syntax tree, a file per kind of statement.

mod amendment;
mod block;
mod compared;
mod counted;
mod derived;
mod expression;
mod figure;
mod form;
mod head;
mod header;
mod survey;
mod round;
mod test;

use pest::iterators::Pair;

use counted::Counted;

use super::fold::{DASHES, Shadow, compose, meant};
use super::grammar::Rule;
use super::literal;
use super::tree::{Number, Quoted, Spanned, Statement, Unit};
use crate::diagnostic::{Diagnostic, Language, Problem, Span};

/// Builds the statement of one line.
pub(super) struct Builder<'a> {
    pub(super) shadow: &'a Shadow,
    pub(super) content: &'a str,
    pub(super) offset: usize,
    /// Whether the whole text is NFC.
    pub(super) composed: bool,
    pub(super) language: Language,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

/// A pair of the grammar.
type P<'i> = Pair<'i, Rule>;

/// The children of a pair that are neither keywords nor marks.
fn children(pair: P<'_>) -> impl Iterator<Item = P<'_>> {
    pair.into_inner().filter(|child| {
        let rule = child.as_rule();
        !is_mark(rule) && super::keyword::Keyword::of_rule(rule).is_none()
    })
}

/// Whether a rule is a mark, which says nothing.
fn is_mark(rule: Rule) -> bool {
    matches!(rule, Rule::colon | Rule::semicolon | Rule::comma | Rule::open | Rule::close | Rule::equals)
}

/// Whether a keyword stands directly in a pair.
fn has(pair: &P<'_>, rule: Rule) -> bool {
    pair.clone().into_inner().any(|child| child.as_rule() == rule)
}

impl Builder<'_> {
    /// The statement that a pair says; `None` when a finding makes it unusable.
    pub(super) fn statement(&mut self, pair: P<'_>) -> Option<Statement> {
        match pair.as_rule() {
            Rule::head => self.head(pair).map(Statement::Head),
            Rule::negative_penalty => self.negative_penalty(pair).map(Statement::Head),
            Rule::extends
            | Rule::edition
            | Rule::supersedes
            | Rule::amend_parameter
            | Rule::amend
            | Rule::add_head
            | Rule::repeal
            | Rule::renumber
            | Rule::lock
            | Rule::split
            | Rule::open_split
            | Rule::open_add
            | Rule::replaces
            | Rule::starts => self.amendment(pair),
            Rule::block | Rule::assessed_unit | Rule::only_block | Rule::not_block | Rule::given_block => {
                self.block(pair)
            }
            Rule::under => children(pair).next().map(|code| Statement::Under(self.code(&code))),
            Rule::template => self.template(pair),
            Rule::figure => self.figure(pair).map(Statement::Figure),
            Rule::shared_figure => self.figure(pair).map(Statement::SharedFigure),
            Rule::column => self.figure(pair).map(Statement::Column),
            Rule::list => self.list(pair),
            Rule::no_row_case => self.no_row_case(pair),
            Rule::no_rows_left => self.effect(children(pair).next()?).map(Statement::NoRowsLeft),
            Rule::form => self.form(pair),
            Rule::band => self.band(pair),
            Rule::when => self.when(pair),
            Rule::otherwise => self.otherwise(pair),
            Rule::met => self.met(pair),
            Rule::each => self.each(pair),
            Rule::timed => self.timed(pair),
            Rule::all_equal => self.effect(children(pair).next()?).map(Statement::AllEqual),
            Rule::not_done => self.effect(children(pair).next()?).map(Statement::NotDone),
            Rule::option => self.option(pair),
            Rule::cap => self.cap(pair),
            Rule::gate => self.gate(pair),
            Rule::not_applicable => self.not_applicable(pair),
            Rule::example => self.example(pair),
            Rule::test_block => self.test_block(pair),
            Rule::given_submission => children(pair).next().map(|file| Statement::GivenSubmission(self.quoted(&file))),
            Rule::given_totals => self.given_totals(pair),
            Rule::given_places => self.given_places(pair),
            Rule::given_no_survey => Some(Statement::GivenNoSurvey),
            Rule::given_shared => self.given_shared(pair),
            Rule::given_line => self.given_line(pair),
            Rule::expect_line => self.expect_line(pair),
            Rule::questionnaire => self.questionnaire(pair),
            Rule::respondents => self.respondents(pair),
            Rule::group_missing => Some(self.group_missing(&pair)),
            Rule::too_few => self.effect(children(pair).next()?).map(Statement::TooFew),
            Rule::default_options => self.default_options(pair),
            Rule::question => self.question(pair),
            Rule::given_tally => self.given_tally(pair),
            _ => self.header(pair),
        }
    }

    fn span(&self, pair: &P<'_>) -> Span {
        let place = pair.as_span();
        self.shadow.span(place.start(), place.end())
    }

    /// What stands in the source, NFC.
    fn written(&self, pair: &P<'_>) -> String {
        self.text(self.span(pair))
    }

    /// What is written at a place of the line.
    fn text(&self, span: Span) -> String {
        let start = (span.start as usize).saturating_sub(self.offset);
        let end = (span.end as usize).saturating_sub(self.offset);
        let written = self.content.get(start..end).unwrap_or_default();
        if self.composed && self.shadow.as_written {
            return written.to_owned();
        }
        compose(written.chars().filter_map(meant).collect::<String>())
    }

    fn find(&mut self, problem: impl Into<Problem>, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    /// A second word on what was said already in the same line.
    fn once(&mut self, said: bool, pair: &P<'_>) {
        if said {
            let line = crate::diagnostic::Both::same(self.written(pair));
            self.find(crate::diagnostic::Structure::SaidTwice { line }, self.span(pair));
        }
    }

    fn spanned(&self, pair: &P<'_>) -> Spanned<String> {
        Spanned::new(self.written(pair), self.span(pair))
    }

    /// Words with one space between them.
    fn phrase(&self, pair: &P<'_>) -> Spanned<String> {
        let words = self.written(pair).split_whitespace().collect::<Vec<_>>().join(" ");
        Spanned::new(words, self.span(pair))
    }

    /// A path, whose dashes are plain ones.
    fn path(&self, pair: &P<'_>) -> Spanned<String> {
        Spanned::new(self.written(pair).replace(DASHES, "-"), self.span(pair))
    }

    /// A code, without the blanks that a word processor may have put in.
    fn code(&self, pair: &P<'_>) -> Spanned<String> {
        let plain = self.written(pair).chars().filter(|character| !character.is_whitespace()).collect();
        Spanned::new(plain, self.span(pair))
    }

    fn quoted(&self, pair: &P<'_>) -> Quoted {
        Spanned::new(literal::unquote(&self.written(pair)), self.span(pair))
    }

    /// A number with what it carries: the pairs `number`, `percent` and `points`.
    fn number(&mut self, pair: P<'_>) -> Option<Number> {
        let span = self.span(&pair);
        let unit = match pair.as_rule() {
            Rule::percent => Unit::Percent,
            Rule::points => Unit::Points,
            Rule::percentage_points => Unit::PercentagePoints,
            _ => Unit::None,
        };
        let digits = if unit == Unit::None { pair } else { pair.into_inner().next()? };
        let place = self.span(&digits);
        let value = literal::number(digits.as_str(), self.language, place, self.findings)?;
        let per_cent = matches!(unit, Unit::Percent | Unit::PercentagePoints);
        let value = if per_cent { value.checked_div(&crate::number::Ratio::from(100))? } else { value };
        Some(Number { value, unit, span })
    }

    /// A whole number in range, or a finding.
    fn whole(&mut self, pair: P<'_>, (what, most): (Counted, i64)) -> Option<Spanned<i64>> {
        let span = self.span(&pair);
        let written = self.written(&pair);
        let number = self.number(pair)?.value;
        let value = number.to_i64().filter(|&value| value <= most);
        if value.is_none() {
            use crate::diagnostic::Text;
            let whole = number.is_integer();
            let mend = what.mend();
            self.find(if whole { Text::BadNumber { written } } else { Text::WholeNeeded { written, mend } }, span);
        }
        Some(Spanned::new(value?, span))
    }

    /// How many of something.
    fn how_many(&mut self, pair: P<'_>) -> Option<Spanned<usize>> {
        let whole = self.whole(pair, (Counted::Things, 1_000_000))?;
        Some(Spanned::new(usize::try_from(whole.value).ok()?, whole.span))
    }

    /// `2 chữ số`.
    fn digits(&mut self, pair: P<'_>) -> Option<Spanned<u32>> {
        let number = children(pair).next()?;
        let value = self.whole(number, (Counted::Digits, i64::from(super::limits::DIGITS)))?;
        Some(Spanned::new(u32::try_from(value.value).ok()?, value.span))
    }

    /// A date, or a finding that offers it.
    fn date(&mut self, pair: &P<'_>) -> Option<i32> {
        let span = self.span(pair);
        let written = self.written(pair);
        let date = if pair.as_rule() == Rule::dashed_date {
            let meant = written.replace(DASHES, "/");
            let problem = crate::diagnostic::Expressions::DateOrSubtraction { written, date: meant.clone() };
            self.findings.push(Diagnostic::new(problem, span).fix(span, meant));
            return None;
        } else {
            literal::date(&written)
        };
        if date.is_none() {
            self.find(crate::diagnostic::Expressions::ImpossibleDate { written }, span);
        }
        date
    }
}
