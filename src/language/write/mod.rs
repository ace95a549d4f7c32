//! The canonical writer: one text for one tree, in either language.

mod amendment;
mod block;
mod compared;
mod derived;
mod expression;
mod figure;
mod file;
mod form;
mod head;
mod header;
mod pen;
mod survey;
mod round;

pub use file::{Comments, canonical, write_file};

use self::expression::Strength;
use self::pen::Pen;
use super::keyword::Keyword;
use super::tree::{Expression, Statement};
use crate::diagnostic::{Language, Texts};

/// The canonical text of a statement, without indentation; `text` is what its spans point into.
///
/// Only a script has more than one line: its fences and what stands between them.
pub fn write_statement<'t>(statement: &Statement, text: impl Into<Texts<'t>>, language: Language) -> String {
    let mut pen = Pen::new(text.into(), language);
    pen.statement(statement);
    pen.text
}

/// The canonical text of an expression.
pub fn write_expression(expression: &Expression, language: Language) -> String {
    let mut pen = Pen::new("".into(), language);
    pen.expression(expression, Strength::Or);
    pen.text
}

impl Pen<'_> {
    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Ruleset { path, title } => {
                self.keyword(Keyword::Ruleset).word(&path.value).string(&title.value);
            }
            Statement::Year(year) => {
                self.property(Keyword::Year).word(&year.value.to_string());
            }
            Statement::Extends(extends) => self.extends(extends),
            Statement::Edition(edition) => {
                self.property(Keyword::Edition).word(&edition.value.to_string());
            }
            Statement::Supersedes(supersedes) => self.supersedes(supersedes),
            Statement::AmendParameter(parameter) => {
                self.keyword(Keyword::AmendParameter).word(&parameter.name.value).mark(":");
                self.expression(&parameter.value, Strength::Or).own_sources(&parameter.sources);
            }
            Statement::Amend(amend) => self.amend(amend),
            Statement::Add(head) => {
                self.keyword(Keyword::AddHead).head(head);
            }
            Statement::Repeal(repeal) => self.repeal(repeal),
            Statement::Renumber(renumber) => self.renumber(renumber),
            Statement::Lock(target) => {
                self.keyword(Keyword::Lock).target(target);
            }
            Statement::Split(target) => {
                self.keyword(Keyword::Split).target(target);
            }
            Statement::Open(open) => self.open_to_lower(open),
            Statement::Replaces(replaces) => self.replaces(replaces),
            Statement::Starts(year) => {
                self.keyword(Keyword::Starts).word(&year.value.to_string());
            }
            Statement::Authority(authority) => self.dated(Keyword::Authority, authority),
            Statement::LevelNames(names) => self.level_names(names),
            Statement::Period(period) => self.period(period),
            Statement::WorkingWeek(days) => self.working_week(days),
            Statement::DaysOff(ranges) => self.day_ranges(Keyword::DaysOff, ranges),
            Statement::MadeUp(ranges) => self.day_ranges(Keyword::MadeUp, ranges),
            Statement::SubmitBy(moment) => {
                self.property(Keyword::SubmitBy).moment(moment.value);
            }
            Statement::RefersTo(reference) => self.reference(reference),
            Statement::Guidance(letter) => self.dated(Keyword::Guidance, letter),
            Statement::Provenance(provenance) => self.provenance(provenance),
            Statement::Extract(reason) => {
                self.property(Keyword::Extract).string(&reason.value);
            }
            Statement::Frame(reason) => {
                self.property(Keyword::Frame).string(&reason.value);
            }
            Statement::Parameter(parameter) => {
                self.keyword(Keyword::Parameter).word(&parameter.name.value).string(&parameter.label.value).mark(":");
                self.expression(&parameter.value, Strength::Or).own_sources(&parameter.sources);
            }
            Statement::AppliesTo(what) => {
                self.property(Keyword::AppliesTo).word(&what.value);
            }
            Statement::Scale(scale) => self.scale(scale),
            Statement::OutsideCap(cap) => self.outside_cap(cap),
            Statement::IndexFloor(least) => {
                self.property(Keyword::IndexFloor).keyword(Keyword::NotBelow).number(least);
            }
            Statement::SurveyNotHeld(rebase) => self.survey_not_held(rebase.as_ref()),
            Statement::Contains(counts) => self.contains(counts),
            Statement::FiguresMissing(consequence) => self.consequence(Keyword::FiguresMissing, consequence),
            Statement::EvidenceMissing(consequence) => self.consequence(Keyword::EvidenceMissing, consequence),
            Statement::Tracks(tracks) => self.tracks(tracks),
            Statement::Rounding(rule) => self.rounding(rule),
            Statement::Display(digits) => {
                self.property(Keyword::Display).digits(digits.value);
            }
            Statement::Ranking(ranking) => self.ranking(ranking),
            Statement::Grades { basis, before_outside, grades, ungraded } => {
                self.grades((basis.as_ref(), *before_outside), grades, *ungraded);
            }
            Statement::GradeCeiling(ceiling) => self.grade_ceiling(ceiling),
            Statement::GradeFall(places) => {
                self.property(Keyword::Grades)
                    .keyword(Keyword::OneLower)
                    .keyword(Keyword::When)
                    .keyword(Keyword::Fallen);
                self.word(&places.value.to_string())
                    .counted(Keyword::Places, places.value == 1)
                    .keyword(Keyword::OrMore);
            }
            Statement::Block(block) => self.block(block),
            Statement::AssessedUnit(line) => self.assessed_unit(line),
            Statement::OnlyBlock(blocks) => self.only_block(blocks),
            Statement::NotBlock(line) => self.not_block(line),
            Statement::Aggregation(aggregation) => self.aggregation(aggregation.value),
            Statement::Head(head) => self.head(head),
            // The formatter leaves such a line as written.
            Statement::Bad(_) => {}
            Statement::Under(code) => {
                self.keyword(Keyword::Under).word(&code.value);
            }
            Statement::Template(template) => self.template(template),
            Statement::Figure(figure) => self.figure(Keyword::Figure, figure),
            Statement::SharedFigure(figure) => self.figure(Keyword::SharedFigure, figure),
            Statement::Column(column) => self.figure(Keyword::Column, column),
            Statement::List(list) => self.list(list),
            Statement::NoRowCase(case) => self.no_row_case(case),
            Statement::NoRowsLeft(effect) => {
                self.property(Keyword::NoRowsLeft).effect(&effect.kind);
            }
            Statement::Form(form) => self.form(form),
            Statement::Band(band) => self.band(band),
            Statement::When(when) => {
                self.keyword(Keyword::When).expression(&when.test, Strength::Or).mark(":").effect(&when.effect.kind);
            }
            Statement::Otherwise(effect) => {
                self.property(Keyword::Otherwise).effect(&effect.kind);
            }
            Statement::Met(met) => self.met(met),
            Statement::Each(each) => self.each(each),
            Statement::Timed(line) => self.timed(line),
            Statement::AllEqual(effect) => {
                self.property(Keyword::AllEqual).effect(&effect.kind);
            }
            Statement::NotDone(effect) => {
                self.property(Keyword::NotDone).effect(&effect.kind);
            }
            Statement::Option(line) => {
                self.keyword(Keyword::Option).string(&line.option.value).mark(":").effect(&line.effect.kind);
            }
            Statement::Script(span) => self.script(self.source.slice(*span)),
            Statement::Cap(cap) => self.cap(cap),
            Statement::NotApplicable(case) => {
                self.keyword(Keyword::NoCase).expression(&case.test, Strength::Or).mark(":").effect(&case.effect.kind);
            }
            Statement::Gate(gate) => self.gate(gate),
            Statement::Evidence(items) => {
                self.property(Keyword::Evidence).strings(items);
            }
            Statement::Lead(agency) => {
                self.property(Keyword::Lead).string(&agency.value);
            }
            Statement::Appraiser(agency) => {
                self.property(Keyword::Appraiser).string(&agency.value);
            }
            Statement::Example(example) => self.example(example),
            Statement::Test(name) => {
                self.keyword(Keyword::TestBlock).string(&name.value);
            }
            Statement::GivenSubmission(file) => {
                self.keyword(Keyword::Given).keyword(Keyword::SubmissionFile).string(&file.value);
            }
            Statement::GivenBlock(block) => {
                self.keyword(Keyword::Given).keyword(Keyword::Block).word(&block.value);
            }
            Statement::GivenTotals(totals) => self.given_totals(totals),
            Statement::GivenPlaces(places) => self.given_places(places),
            Statement::Questionnaire(questionnaire) => self.questionnaire(questionnaire),
            Statement::Respondents(group) => self.respondents(group),
            Statement::GroupMissing(follows) => self.group_missing(follows.value),
            Statement::TooFew(effect) => {
                self.property(Keyword::TooFew).effect(&effect.kind);
            }
            Statement::Options(options) => {
                self.property(Keyword::Options).weighed(options);
            }
            Statement::Question(question) => self.question(question),
            Statement::GivenTally(tally) => self.given_tally(tally),
            Statement::GivenNoSurvey => {
                self.keyword(Keyword::Given).keyword(Keyword::SurveyNotHeld);
            }
            Statement::GivenShared(values) => {
                self.keyword(Keyword::Given).keyword(Keyword::SharedFigure).mark(":").given(values);
            }
            Statement::Given(given) => self.given_line(given),
            Statement::Expect(expect) => self.expectation(expect),
        }
    }

    /// A script: Rhai knows no languages, so its lines stay as they are, less the indentation that all of them share.
    fn script(&mut self, lines: &str) {
        let shared = if movable(lines) { shared_indentation(lines) } else { "" };
        self.text.push_str(file::FENCE);
        for line in lines.lines() {
            self.text.push('\n');
            let line = line.trim_end();
            self.text.push_str(line.strip_prefix(shared).unwrap_or(line));
        }
        self.text.push('\n');
        self.text.push_str(file::FENCE);
    }
}

/// Whether a script's lines may be moved: a text in backticks may run over several of them.
fn movable(script: &str) -> bool {
    !script.replace(file::FENCE, "").contains('`')
}

/// What every line that says something begins with, as far as it is white.
fn shared_indentation(lines: &str) -> &str {
    let white = |line: &str| line.len() - line.trim_start().len();
    let mut spoken = lines.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = spoken.next() else { return "" };
    let mut shared = first.get(..white(first)).unwrap_or_default();
    for line in spoken {
        let alike = shared.char_indices().zip(line.chars()).take_while(|((_, one), other)| one == other);
        let end = alike.last().map_or(0, |((at, character), _)| at + character.len_utf8());
        shared = shared.get(..end).unwrap_or_default();
    }
    shared
}
