//! A set's tests: whole submissions with what they must give, resolved against its heads.

use super::draft::{Draft, HeadDraft};
use super::header::Header;
use super::model::{Head, HeadId};
use crate::diagnostic::{Both, Diagnostic, Names, Span, Structure, nearest};
use crate::language::tree::{
    Expect, Given, GivenPlaces, GivenTally, GivenTotals, GivenValues, Quoted, Spanned, Statement,
};
use crate::language::{Keyword, fold};

/// A test of a whole set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// The block of the unit.
    pub block: Option<Spanned<String>>,
    /// What is given, leaf by leaf.
    pub given: Vec<(HeadId, Given)>,
    /// No survey was held, with the line that says so.
    pub no_survey: Option<Span>,
    /// What is given of the figures that leaves share, with its line.
    pub shared: Option<(Span, GivenValues)>,
    /// The file of the submission that it starts from, beside the ruleset's.
    pub submission: Option<Quoted>,
    /// The unit's places, where its grade hangs on them.
    pub places: Option<GivenPlaces>,
    /// Totals in place of leaves, with their line: the appraised and the survey share.
    pub totals: Option<(Span, GivenTotals)>,
    /// Answers to questionnaires.
    pub tallies: Vec<GivenTally>,
    /// What must come out, each with its line and its head, if it is about one.
    pub expected: Vec<(Span, Option<HeadId>, Expect)>,
    /// Where it begins.
    pub span: Span,
}

/// Resolves the tests of a file.
pub(super) fn tests(
    draft: &Draft<'_>,
    header: &Header<'_>,
    heads: &[Head],
    findings: &mut Vec<Diagnostic>,
) -> Vec<TestCase> {
    let mut tests: Vec<TestCase> = Vec::new();
    for written in &draft.tests {
        let mut test = TestCase {
            name: written.name.value.clone(),
            block: None,
            given: Vec::new(),
            no_survey: None,
            shared: None,
            submission: None,
            places: None,
            totals: None,
            tallies: Vec::new(),
            expected: Vec::new(),
            span: written.name.span,
        };
        if let Some(above) = tests.iter().find(|above| above.name == test.name) {
            let finding = Diagnostic::new(Names::SameTest { name: test.name.clone() }, test.span);
            findings.push(finding.label(above.span, "kiểm thử kia ở đây", "the other one is here"));
        }
        // An expectation that is wrong itself was told.
        let mut wrong = false;
        for &(statement, line) in &written.lines {
            match statement {
                Statement::Given(given) => {
                    let Some(id) = head(&given.code, heads, draft, findings) else { continue };
                    if heads.get(id.0).is_some_and(|head| head.leaf.is_none()) {
                        // What is wrong with its form was told.
                        if draft.heads.iter().any(|draft| draft.head.code.value == given.code.value && scored(draft)) {
                            continue;
                        }
                        let problem = Structure::GivenOnParent { code: given.code.value.clone() };
                        findings.push(Diagnostic::new(problem, given.code.span));
                    } else if test.given.iter().any(|(known, _)| *known == id) {
                        let line =
                            Both::new(format!("cho {}", given.code.value), format!("given {}", given.code.value));
                        findings.push(Diagnostic::new(Structure::SaidTwice { line }, given.code.span));
                    } else {
                        test.given.push((id, given.clone()));
                    }
                }
                Statement::GivenSubmission(file) if test.submission.is_none() => test.submission = Some(file.clone()),
                Statement::GivenTotals(totals) if test.totals.is_none() => test.totals = Some((line, totals.clone())),
                Statement::GivenShared(values) if test.shared.is_none() => test.shared = Some((line, values.clone())),
                Statement::GivenNoSurvey if test.no_survey.is_none() => test.no_survey = Some(line),
                Statement::GivenBlock(block) if test.block.is_none() => test.block = Some(block.clone()),
                Statement::GivenPlaces(places) if test.places.is_none() => test.places = Some(places.clone()),
                Statement::GivenSubmission(_)
                | Statement::GivenPlaces(_)
                | Statement::GivenTotals(_)
                | Statement::GivenShared(_)
                | Statement::GivenNoSurvey
                | Statement::GivenBlock(_) => {
                    let line_words = Both::new("cho …", "given …");
                    findings.push(Diagnostic::new(Structure::SaidTwice { line: line_words }, line));
                }
                Statement::GivenTally(tally) => test.tallies.push(tally.clone()),
                Statement::Expect(expect) => {
                    let id = match expect {
                        Expect::Head(code, _) => match head(code, heads, draft, findings) {
                            Some(id) => Some(id),
                            None => continue,
                        },
                        Expect::Grade(name) => match grade(name, header, draft) {
                            Some(problem) => {
                                findings.push(problem);
                                wrong = true;
                                continue;
                            }
                            None => None,
                        },
                        Expect::Index(_) | Expect::NoGrade => None,
                    };
                    test.expected.push((line, id, expect.clone()));
                }
                _ => {}
            }
        }
        if let Some((line, _)) = &test.totals
            && (!test.given.is_empty()
                || !test.tallies.is_empty()
                || test.submission.is_some()
                || test.shared.is_some())
        {
            findings.push(Diagnostic::new(Structure::TotalsBesideLeaves {}, *line));
        }
        if test.expected.is_empty() && !draft.incomplete && !written.damaged && !wrong {
            let problem = Structure::FormWithoutLines {
                form: Both::new("kiểm thử", "test"),
                example: Both::new("thì chỉ số: 87,12%", "expect index: 87.12%"),
            };
            findings.push(Diagnostic::new(problem, test.span));
        }
        tests.push(test);
    }
    tests
}

/// What is wrong with a grade that is expected: the set has none of that name.
fn grade(name: &Quoted, header: &Header<'_>, draft: &Draft<'_>) -> Option<Diagnostic> {
    let names = || header.grades.iter().map(|grade| grade.name.value.as_str());
    if draft.bad_header.contains(&Keyword::Grades) || names().any(|known| known == name.value) {
        return None;
    }
    let near = nearest(&name.value, names(), fold);
    // The slip may be in the line of grades.
    let declared = header.grades.iter().find(|grade| near.0.as_ref() == Some(&grade.name.value));
    let finding = Diagnostic::new(Structure::UnknownGrade { name: name.value.clone(), nearest: near }, name.span);
    let all = header.grades.first().zip(header.grades.last()).map(|(first, last)| (first.name.span, last.name.span));
    Some(match (declared, all) {
        (Some(grade), _) => finding.label(grade.name.span, "loại ấy khai ở đây", "that grade is named here"),
        (None, Some((first, last))) if first.source == last.source => {
            let all = Span { end: last.end, ..first };
            finding.label(all, "các loại của bộ khai ở đây", "the grades of the set are named here")
        }
        (None, _) => finding,
    })
}

/// Whether a head has a form, or a line that could not be read and may be one.
fn scored(draft: &HeadDraft<'_>) -> bool {
    draft.damaged || draft.lines.iter().any(|(line, _)| matches!(line, Statement::Form(_)))
}

fn head(code: &Spanned<String>, heads: &[Head], draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) -> Option<HeadId> {
    let found = heads.iter().position(|head| head.code == code.value);
    if found.is_none() && !draft.incomplete {
        let near = nearest(&code.value, heads.iter().map(|head| head.code.as_str()), str::to_owned);
        findings.push(Diagnostic::new(Names::UnknownCode { code: code.value.clone(), nearest: near }, code.span));
    }
    found.map(HeadId)
}
