//! Scripts: compiled in their box, their problems told in our words.

use std::collections::BTreeMap;

use super::super::meaning::{Expr, Interval, range};
use super::super::model::{FigureKind, Scoring};
use super::forms::{Written, caps};
use super::{LeafRanges, Scope};
use crate::diagnostic::{Both, Expressions, Nearest, Span, Structure};
use crate::language::tree::Statement;
use crate::script::{self, Construct, Kind, ProblemKind};

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
    let source = written.text.get(span.range()).unwrap_or_default();
    // A script reads no lists, only what is told of them elsewhere.
    let kinds: BTreeMap<String, Kind> = scope
        .figures
        .iter()
        .filter(|figure| !matches!(figure.kind, FigureKind::Rows(_)))
        .map(|figure| {
            let kind = match figure.kind {
                FigureKind::YesNo => Kind::YesNo,
                FigureKind::Number(_) => Kind::Number,
                FigureKind::Choice(_) | FigureKind::Text | FigureKind::Rows(_) => Kind::Text,
            };
            (figure.name.clone(), kind)
        })
        .collect();
    let compiled = match script::compile(source, &kinds) {
        Ok(compiled) => compiled,
        Err(problems) => {
            for problem in problems {
                let place = span.part(problem.range.start, problem.range.end.saturating_sub(problem.range.start));
                scope.find(words(problem.kind), place);
            }
            // A script that cannot be read uses nobody knows what.
            scope.used.iter_mut().for_each(|used| *used = true);
            return None;
        }
    };
    for (figure, used) in scope.figures.iter().zip(scope.used.iter_mut()) {
        *used |= compiled.reads().contains(&figure.name);
    }
    let limit = |expr: Option<Expr>, scope: &Scope<'_>| {
        let ranges = LeafRanges { figures: scope.figures.as_slice(), maximum: scope.maximum, subject: Interval::ALL };
        expr.and_then(|expr| range(&expr, &ranges).single().cloned())
    };
    let (Some(floor), Some(cap)) = (limit(floor, scope), limit(cap, scope)) else {
        scope.find(Expressions::ScriptNoCap {}, written.form.span);
        return None;
    };
    if let Some(form) = form_would_do(source) {
        scope.find(Expressions::ScriptFormWouldDo { form }, written.form.span);
    }
    Some(Scoring::Script { script: compiled, floor, cap, span: trimmed(span, source) })
}

/// The script without the line end before the closing fence.
fn trimmed(span: Span, source: &str) -> Span {
    span.part(0, source.trim_end().len())
}

/// The form that could say the same: one expression is a formula, bare choices between written points are conditions.
fn form_would_do(source: &str) -> Option<Both> {
    let code: String = source.lines().filter_map(|line| line.split("//").next()).collect::<Vec<_>>().join(" ");
    let mut words = code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    if words.clone().any(|word| word == "let") || code.contains("/*") {
        return None;
    }
    if !words.any(|word| word == "if") {
        return Some(Both::new("`chấm theo công thức`", "`score by formula`"));
    }
    let worked = code.contains(['+', '-', '*', '/']);
    let called = library_names().any(|name| code.contains(&format!("{name}(")));
    (!worked && !called).then(|| Both::new("`chấm theo điều kiện`", "`score by condition`"))
}

fn library_names() -> impl Iterator<Item = &'static str> {
    ["min", "max", "round", "clamp", "share", "abs"].into_iter().chain([
        "nhỏ_nhất",
        "lớn_nhất",
        "làm_tròn",
        "kẹp",
        "tỷ_lệ",
        "trị_tuyệt_đối",
    ])
}

fn kind_words(kind: Kind) -> Both {
    match kind {
        Kind::Number => Both::new("một số", "a number"),
        Kind::YesNo => Both::new("có/không", "yes/no"),
        Kind::Text => Both::new("một văn bản", "a text"),
    }
}

fn words(kind: ProblemKind) -> Expressions {
    match kind {
        ProblemKind::Syntax { message } => Expressions::ScriptSyntax { message },
        ProblemKind::UnknownFunction { name, nearest } => {
            Expressions::ScriptFunction { name, nearest: Nearest(nearest) }
        }
        ProblemKind::WrongArity { name, expected, got } => {
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
