//! Scores per case: points for each whole step, from 0, from stated points or from the maximum.

use super::super::check::is_whole;
use super::super::draft::Placed;
use super::super::meaning::{Each, Expr, Kind, Meaning, PerCase, Term};
use super::super::model::{Form, Scoring};
use super::forms::Written;
use super::{Scope, kind_words};
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Say, Span, Structure};
use crate::language::tree::{BinaryOperator, CaseStart, Each as WrittenEach, Statement, Unit};
use crate::number::Points;

/// Lowers the `mỗi` lines to one expression, cut at the head's floor and maximum by definition.
pub(super) fn per_case(
    written: &Written<'_>,
    start: Option<&CaseStart>,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Scoring {
    let mut lines: Vec<Each> = Vec::new();
    let mut none = true;
    for (each, line) in each_lines(written.lines) {
        none = false;
        let what = words(written, each);
        match scope.each(each, line, &what) {
            Some(each) => {
                if let Some(first) = lines.iter().find(|other| other.times.term == each.times.term) {
                    let said =
                        Structure::SaidTwice { line: Both::new(format!("mỗi {what}"), format!("each {what}")) };
                    let finding = Diagnostic::new(said, line);
                    scope.findings.push(finding.label(first.line, "lần đầu ở đây", "first said here"));
                }
                lines.push(each);
            }
            None => *damaged = true,
        }
    }
    if none && !scope.forgiving {
        let problem = Structure::FormWithoutLines {
            form: Both::new("chấm theo từng trường hợp", "score per case"),
            example: Both::new("mỗi quy_chế: cộng 0,5 điểm", "each rule: add 0.5 points"),
        };
        scope.find(problem, written.form.span);
    }
    let minus = lines.iter().find(|each| each.points.is_negative());
    if let (true, Some(start)) = (written.penalty, start) {
        // Whoever did nothing would lose the most, and who did the most nothing.
        let line = match start {
            CaseStart::Maximum => Both::new(", bắt đầu từ tối đa", ", starting from maximum"),
            CaseStart::Points(_) => Both::new(", bắt đầu từ … điểm", ", starting from … points"),
        };
        let place = Both::new(
            "mục được điểm; điểm phạt cộng dần từ 0: bỏ đoạn này và viết `mỗi …: cộng … điểm`",
            "a head that gains points; a penalty adds up from 0: drop this and write `each …: add … points`",
        );
        let problem = Structure::MisplacedLine { line, place };
        scope.find(problem, written.form.span);
        *damaged = true;
    } else if let (None, Some(minus)) = (start, minus) {
        let mend = if written.penalty {
            let [vietnamese, english] =
                [Language::Vietnamese, Language::English].map(|language| Points::new(minus.points.abs()).say(language));
            Both::new(
                format!("điểm phạt viết số dương và luôn được trừ đi: viết `cộng {vietnamese} điểm`"),
                format!("a penalty is written positive and always taken off: write `add {english} points`"),
            )
        } else {
            Both::new(
                "thêm `, bắt đầu từ tối đa`, hoặc `, bắt đầu từ … điểm`, sau `chấm theo từng trường hợp`",
                "write `, starting from maximum`, or `, starting from … points`, after `score per case`",
            )
        };
        scope.find(Structure::StartMissing { mend }, minus.line);
        *damaged = true;
    }
    *damaged |= none;
    let start = start.map(|start| match start {
        CaseStart::Maximum => (Expr::maximum(), written.form.span),
        CaseStart::Points(points) => (Expr::constant(Kind::Points, points.value.clone()), points.span),
    });
    let mut expr = start.as_ref().map(|(start, _)| start.clone());
    for each in &lines {
        let points = Expr::constant(Kind::Points, each.points.abs());
        let counted = Expr::binary(Kind::Points, BinaryOperator::Multiply, each.times.clone(), points);
        let sign = if each.points.is_negative() { BinaryOperator::Subtract } else { BinaryOperator::Add };
        expr = Some(match expr {
            Some(before) => Expr::binary(Kind::Points, sign, before, counted),
            None => counted,
        });
    }
    let expr = expr.unwrap_or_else(Expr::maximum);
    let floor = Some(Expr::constant(Kind::Points, written.floor.clone()));
    let per_case = Some(PerCase { start, lines });
    Scoring::Declared(Form::PerCase, Meaning::Value { expr, floor, cap: Some(Expr::maximum()), per_case })
}

fn each_lines<'a>(lines: &'a [Placed<'a>]) -> impl Iterator<Item = (&'a WrittenEach, Span)> {
    lines.iter().filter_map(|&(statement, line)| match statement {
        Statement::Each(each) => Some((each, line)),
        _ => None,
    })
}

/// What is counted, as written.
fn words(written: &Written<'_>, each: &WrittenEach) -> String {
    written.text.slice(each.what.span).to_owned()
}

impl Scope<'_> {
    /// A line: how often it counts, and for how much.
    fn each(&mut self, each: &WrittenEach, line: Span, words: &str) -> Option<Each> {
        let what = self.number(&each.what);
        if each.points.value.is_zero() {
            let problem = Both::new("số điểm của mỗi trường hợp", "the points of a case");
            self.find(Structure::NotPositive { what: problem }, each.points.span);
            return None;
        }
        let what = what?;
        if matches!(what.kind, Kind::Date | Kind::Moment | Kind::Points) {
            let expected = Both::new("một số đếm, một số hoặc một tỷ lệ", "a count, a number or a rate");
            self.find(Expressions::WrongType { found: kind_words(what.kind), expected }, each.what.span);
            return None;
        }
        let Some(step) = &each.step else {
            if what.kind != Kind::Count || !is_whole(&what) {
                let finding = Diagnostic::new(Expressions::StepNeeded { what: words.to_owned() }, each.what.span);
                let figure = match what.term {
                    Term::Figure(id) => self.figures.get(id.0),
                    _ => None,
                };
                self.findings.push(match figure {
                    Some(figure) => finding.label(
                        figure.typed_at.unwrap_or(figure.span),
                        "kiểu khai ở đây",
                        "its type is declared here",
                    ),
                    None => finding,
                });
                return None;
            }
            return Some(Each { step: None, times: what.clone(), what, points: each.points.value.clone(), line });
        };
        if !step.value.is_positive() {
            let problem = Both::new("bước của mỗi trường hợp", "the step of a case");
            self.find(Structure::NotPositive { what: problem }, step.span);
            return None;
        }
        let kind = if step.unit == Unit::Percent { Kind::Rate } else { Kind::Number };
        if (kind == Kind::Rate) != (what.kind == Kind::Rate) {
            self.find(Expressions::unlike(kind_words(kind), kind_words(what.kind)), step.span);
            return None;
        }
        if kind == Kind::Rate
            && let Some(problem) = self.shares().not_a_share(&what)
        {
            self.find(problem, each.what.span);
            return None;
        }
        let size = Expr::constant(what.kind, step.value.clone());
        let steps = Expr::binary(Kind::Number, BinaryOperator::Divide, what.clone(), size);
        let times = Expr { kind: Kind::Count, term: Term::Floor(Box::new(steps)) };
        let step = Some(step.value.clone());
        Some(Each { step, what, times, points: each.points.value.clone(), line })
    }
}
