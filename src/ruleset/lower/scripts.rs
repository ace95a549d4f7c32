//! Scripts: compiled in their box, their problems told in our words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::meaning::{Expr, Meaning};
use super::super::model::{FigureKind, Form, Scoring};
use super::forms::{Written, caps};
use super::{Scope, script_value};
use crate::diagnostic::{Both, Diagnostic, Expressions, Label, Nearest, Span, Structure};
use crate::language::tree::Statement;
use crate::script::{self, Construct, Kind, ProblemKind, Slip};

/// Lowers `chấm theo kịch bản`.
pub(super) fn script(written: &Written<'_>, scope: &mut Scope<'_>) -> Option<Scoring> {
    let block = written.lines.iter().find_map(|&(statement, _)| match statement {
        Statement::Script(span) => Some(*span),
        _ => None,
    });
    let (floor, cap) = caps(written.lines, scope);
    let Some(span) = block else {
        if !scope.forgiving {
            let problem = Structure::FormWithoutLines {
                form: Both::new("chấm theo kịch bản", "score by script"),
                example: Both::same("``` … ```"),
            };
            scope.find(problem, written.form.span);
        }
        return None;
    };
    let source = written.text.slice(span);
    // A script reads no lists, only what is told of them elsewhere.
    let own = scope.figures.iter().map(|figure| (figure.name.clone(), figure.kind.clone()));
    let kinds: BTreeMap<String, Kind> = own
        .chain(scope.shared_in_sight())
        .filter(|(_, kind)| !matches!(kind, FigureKind::Rows(_)))
        .map(|(name, kind)| {
            let kind = match kind {
                FigureKind::YesNo => Kind::YesNo,
                FigureKind::Number(_) => Kind::Number,
                FigureKind::Choice(_) | FigureKind::Text | FigureKind::Rows(_) => Kind::Text,
            };
            (name, kind)
        })
        .collect();
    let compiled = match script::compile(source, &kinds) {
        Ok(compiled) => compiled,
        Err(problems) => {
            for problem in problems {
                let part = |range: &Range<usize>| span.part(range.start, range.end.saturating_sub(range.start));
                let seen = beside(&problem.kind).map(|(range, words)| Label { span: part(range), words });
                let finding = Diagnostic::new(words(problem.kind), part(&problem.range));
                scope.findings.push(Diagnostic { labels: seen.into_iter().collect(), ..finding });
            }
            // A script that cannot be read uses nobody knows what.
            scope.used.iter_mut().for_each(|used| *used = true);
            return None;
        }
    };
    for (name, range) in compiled.unread() {
        let place = span.part(range.start, range.end.saturating_sub(range.start));
        scope.find(Expressions::ScriptUnread { name: name.clone() }, place);
    }
    for name in compiled.reads() {
        scope.named(name);
    }
    for (figure, used) in scope.figures.iter().zip(scope.used.iter_mut()) {
        *used |= compiled.reads().contains(&figure.name);
    }
    let points = compiled.value().and_then(|value| script_value::points(value, span, scope));
    if let Some(expr) = points {
        if let Some(form) = script_value::form_would_do(&expr) {
            scope.find(Expressions::ScriptFormWouldDo { form }, written.form.span);
        }
        return Some(Scoring::Declared(Form::Script, Meaning::Value { expr, floor, cap, per_case: None }));
    }
    let limit = |expr: Option<Expr>| expr.and_then(|expr| script_value::limit(&expr, scope));
    let (Some(floor), Some(cap)) = (limit(floor), limit(cap)) else {
        scope.find(Expressions::ScriptNoCap {}, written.form.span);
        return None;
    };
    Some(Scoring::Script { script: compiled, floor, cap, span: trimmed(span, source) })
}

/// The script without the line end before the closing fence.
fn trimmed(span: Span, source: &str) -> Span {
    span.part(0, source.trim_end().len())
}

fn kind_words(kind: Kind) -> Both {
    match kind {
        Kind::Number => Both::new("một số", "a number"),
        Kind::YesNo => Both::new("có/không", "yes/no"),
        Kind::Text => Both::new("một văn bản", "a text"),
    }
}

/// Another place that tells what is wrong.
fn beside(kind: &ProblemKind) -> Option<(&Range<usize>, Both)> {
    match kind {
        ProblemKind::Syntax { slip: Some(Slip::Twice(range)), .. } => {
            Some((range, Both::new("viết hai lần liền nhau", "written twice in a row")))
        }
        ProblemKind::Syntax { slip: Some(Slip::Called(range)), .. } => {
            let words = "không có hàm tên này: có thiếu dấu phép tính không";
            Some((range, Both::new(words, "no function has this name: is an operator missing")))
        }
        ProblemKind::WrongArity { closed: Some(range), .. } => {
            Some((range, Both::new("thiếu đối số trước dấu này", "an argument is missing before this")))
        }
        _ => None,
    }
}

fn words(kind: ProblemKind) -> Expressions {
    match kind {
        ProblemKind::Syntax { message, .. } => Expressions::ScriptSyntax { message },
        ProblemKind::UnknownFunction { name, nearest } => {
            Expressions::ScriptFunction { name, nearest: Nearest(nearest) }
        }
        ProblemKind::WrongArity { name, expected, got, .. } => {
            let expected = if expected.start() == expected.end() {
                expected.start().to_string()
            } else {
                format!("{}–{}", expected.start(), expected.end())
            };
            Expressions::ScriptArity { name, expected, found: got }
        }
        ProblemKind::WrongType { expected, got, .. } => {
            Expressions::ScriptType { found: kind_words(got), expected: kind_words(expected) }
        }
        ProblemKind::NotYesNo => Expressions::ScriptType {
            found: Both::new("một giá trị viết sẵn", "a written value"),
            expected: kind_words(Kind::YesNo),
        },
        ProblemKind::UndeclaredFigure { name, nearest } => Expressions::ScriptName { name, nearest: Nearest(nearest) },
        ProblemKind::NotAllowed { what } => Expressions::ScriptNotAllowed { what: construct(&what) },
        ProblemKind::WholeDivision { text } => Expressions::ScriptWholeDivision { written: text },
        ProblemKind::UnlikeComparison { left, right } | ProblemKind::UnlikeBranches { left, right } => {
            Expressions::ScriptUnlike { left: kind_words(left), right: kind_words(right) }
        }
        ProblemKind::TooManyLines { limit } => too_big("dòng", "lines", limit),
        ProblemKind::LineTooLong { limit } => too_big("ký tự trên một dòng", "characters in a line", limit),
        ProblemKind::TooManyVariables { limit } => too_big("biến", "variables", limit),
        ProblemKind::TooDeep { limit } => too_big("tầng lồng nhau", "levels of nesting", limit),
        ProblemKind::Assigned { name } | ProblemKind::Repeated { name } => Expressions::ScriptNotAllowed {
            what: Both::new(
                format!("tên `{name}` hai lần (số liệu, hằng và hàm không gán lại được)"),
                format!("the name `{name}` twice (figures, constants and functions keep their value)"),
            ),
        },
        ProblemKind::NoValue => Expressions::ScriptNoValue {},
        ProblemKind::Discarded => Expressions::ScriptNotAllowed {
            what: Both::new("giá trị không dùng đến ở giữa kịch bản", "a value in its middle that nothing uses"),
        },
        ProblemKind::NoOrder { got, .. } | ProblemKind::ResultNotNumber { got } => {
            Expressions::ScriptType { found: kind_words(got), expected: kind_words(Kind::Number) }
        }
    }
}

fn too_big(vietnamese: &str, english: &str, limit: usize) -> Expressions {
    Expressions::ScriptTooBig { what: Both::new(vietnamese, english), limit }
}

fn construct(what: &Construct) -> Both {
    let (vietnamese, english) = match what {
        Construct::Loop => ("vòng lặp", "a loop"),
        Construct::Switch => ("`switch`", "`switch`"),
        Construct::Closure => ("hàm ẩn danh", "a closure"),
        Construct::Function => ("định nghĩa hàm", "a function of its own"),
        Construct::List => ("danh sách `[…]`", "a list `[…]`"),
        Construct::Map => ("bảng `#{…}`", "a map `#{…}`"),
        Construct::Text => ("chuỗi, ngoài so sánh `==` và `!=`", "a text, other than beside `==` and `!=`"),
        Construct::Interpolation => ("chuỗi trong dấu huyền", "a text in back-ticks"),
        Construct::TryCatch => ("`try`", "`try`"),
        Construct::Throw => ("`throw`", "`throw`"),
        Construct::Return => ("`return`", "`return`"),
        Construct::Const => ("`const`", "`const`"),
        Construct::EmptyLet => ("`let` không có giá trị", "`let` without a value"),
        Construct::Block => ("khối `{…}` không thuộc `if` nào", "a block that belongs to no `if`"),
        Construct::Power => ("lũy thừa `**`", "a power `**`"),
        Construct::Remainder => ("phép dư `%`", "the remainder `%`"),
        Construct::Bits => ("phép toán bit", "bit operations"),
        Construct::Range => ("khoảng `a..b`", "a range `a..b`"),
        Construct::Member => ("dấu chấm `a.b`", "a member `a.b`"),
        Construct::Coalesce => ("`??`", "`??`"),
        Construct::Membership => ("`in`", "`in`"),
        Construct::NumberForm => {
            ("số viết kiểu này; viết chữ số và một dấu chấm", "a number written so; write digits and one point")
        }
        Construct::CommaInNumber => (
            "dấu phẩy giữa hai chữ số; số thập phân viết dấu chấm",
            "a comma between two digits; decimals take a point",
        ),
        Construct::Word(word) => return Both::new(format!("`{word}`"), format!("`{word}`")),
        Construct::Other => ("điều này", "this"),
    };
    Both::new(vietnamese, english)
}
