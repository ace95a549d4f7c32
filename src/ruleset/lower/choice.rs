//! Choices: a line for each option, every option once.

use super::super::meaning::{Arm, FigureId, Guard, Meaning, Test};
use super::super::model::{FigureKind, Form, Scoring};
use super::Scope;
use super::forms::Written;
use crate::diagnostic::{Bands, Both, Diagnostic, Span, Structure};
use crate::language::quote;
use crate::language::tree::{Expression, Statement};

/// Lowers the `chọn` lines of a choice.
pub(super) fn choice(
    written: &Written<'_>,
    figure: &Expression,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    let figure = scope.choice(figure);
    let mut arms: Vec<Arm> = Vec::new();
    let mut lines: usize = 0;
    for &(statement, line) in written.lines {
        let Statement::Option(chosen) = statement else {
            continue;
        };
        lines += 1;
        let test = figure.and_then(|id| scope.option(id, &chosen.option.value, true, chosen.option.span));
        let outcome = scope.outcome(&chosen.effect);
        let (Some(test), Some(outcome)) = (test, outcome) else {
            *damaged = true;
            continue;
        };
        let guard = Guard::Test(test);
        if let Some(first) = arms.iter().find(|arm| arm.guard == guard) {
            let option = quote(&chosen.option.value);
            let finding = Diagnostic::new(Bands::OptionTwice { option }, chosen.option.span);
            scope.findings.push(finding.label(first.words, "dòng kia ở đây", "the other line is here"));
            *damaged = true;
            continue;
        }
        arms.push(Arm { guard, outcome, line, words: chosen.option.span });
    }
    let figure = figure?;
    if lines == 0 {
        *damaged = true;
        if !scope.forgiving {
            let problem = Structure::FormWithoutLines {
                form: Both::new("chấm theo lựa chọn", "score by choice"),
                example: Both::new("chọn \"tốt\": tối đa", "option \"good\": maximum"),
            };
            scope.find(problem, written.form.span);
        }
    } else if !*damaged && !scope.forgiving {
        // A line for the rest was told to be out of place; what it was to take is no news.
        *damaged = written.lines.iter().any(|(statement, _)| matches!(statement, Statement::Otherwise(_)))
            || every_option(figure, &arms, written.form.span, scope);
    }
    Some(Scoring::Declared(Form::Choice, Meaning::Cases { subject: None, arms }))
}

/// Each option that no line names is told; whether there is one.
fn every_option(figure: FigureId, arms: &[Arm], form: Span, scope: &mut Scope<'_>) -> bool {
    let Some(FigureKind::Choice(options)) = scope.figures.get(figure.0).map(|figure| figure.kind.clone()) else {
        return false;
    };
    let mut missing = false;
    for (at, option) in options.iter().enumerate() {
        // An option declared twice was told there.
        let first = options.iter().position(|other| other == option) == Some(at);
        let named = arms.iter().any(|arm| arm.guard == Guard::Test(Test::Option { figure, option: at, is: true }));
        if first && !named {
            missing = true;
            scope.find(Bands::OptionWithoutLine { option: quote(option) }, form);
        }
    }
    missing
}
