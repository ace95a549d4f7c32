//! Forms: the lines under `chấm theo …` lowered to what they mean.

use super::super::draft::{Placed, name};
use super::super::meaning::{Arm, Edge, Expr, FigureId, Guard, Interval, Kind, Meaning, Part, Sum, Term, Test};
use super::super::model::{Form, NotApplicable, Scoring, WrittenDay};
use super::awards::Subject;
use super::templates::{Templates, borrowed};
use super::{LeafRanges, Scope};
use crate::diagnostic::{Bands, Both, Diagnostic, Expressions, Language, Span, Structure, Texts};
use crate::language::tree::{
    Award, Band, BinaryOperator, Cap, Comparison, Edge as WrittenEdge, EdgeKind, EffectKind, Expression,
    ExpressionKind, Form as WrittenForm, FormKind, MetTest, NoRowCase, PerRow, Statement, Unit,
};
use crate::number::Ratio;

/// What a leaf's scoring is read from.
#[derive(Clone, Copy)]
pub(in super::super) struct Written<'a> {
    /// The form's own line.
    pub(in super::super) form: &'a WrittenForm,
    /// The head's lines.
    pub(in super::super) lines: &'a [Placed<'a>],
    /// The least points the head can have.
    pub(in super::super) floor: &'a Ratio,
    /// Its points are taken off.
    pub(in super::super) penalty: bool,
    /// The whole text, for scripts.
    pub(in super::super) text: Texts<'a>,
}

/// A lowered form with what the checks need to know of it.
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one form, each read by one check")]
pub(in super::super) struct Lowered {
    pub(in super::super) scoring: Scoring,
    pub(in super::super) not_monotone: bool,
    pub(in super::super) continuous: bool,
    pub(in super::super) written_day: WrittenDay,
    /// Some line could not be lowered, so coverage is not judged.
    pub(in super::super) damaged: bool,
    /// Some line has no part in what was made of the form.
    pub(in super::super) lost: bool,
    /// The `không phát sinh` lines of a template, in the order written.
    pub(in super::super) not_applicable: Vec<NotApplicable>,
}

/// Lowers the form of a leaf.
pub(in super::super) fn scoring(
    written: &Written<'_>,
    templates: &mut Templates<'_>,
    scope: &mut Scope<'_>,
) -> Option<Lowered> {
    if let FormKind::Template { name, arguments } = &written.form.kind {
        stray(written.lines, &[], scope);
        let instance = templates.instantiate(name, arguments, scope.findings)?;
        let uses: Vec<Vec<Placed<'_>>> = instance.uses.iter().map(|lines| borrowed(lines)).collect();
        for lines in &uses {
            stray(lines, &[], scope);
        }
        let lines = borrowed(&instance.lines);
        let mut form = form_of(&lines)?.clone();
        // What is said beside the use of a template holds for what is used, the innermost use first.
        for used in uses.iter().rev().filter_map(|lines| form_of(lines)).chain([written.form]) {
            form.per_row = used.per_row.clone().or(form.per_row);
            form.not_monotone |= used.not_monotone;
            form.continuous |= used.continuous;
        }
        let form = &form;
        // That a template holds no script was told.
        if instance.damaged && form.kind == FormKind::Script {
            return None;
        }
        // What a template says of no case it says of each row, where it scores rows.
        let said: Vec<Placed<'_>> = lines.iter().chain(uses.iter().rev().flatten()).copied().collect();
        let of_rows = form.per_row.iter().flat_map(|per_row| no_row_cases(&said, per_row, scope)).collect::<Vec<_>>();
        let beside = uses.iter().flatten().chain(written.lines).filter(|(line, _)| about_rows(line)).copied();
        let lines: Vec<Placed<'_>> = lines.iter().copied().chain(beside).chain(borrowed(&of_rows)).collect();
        let inner = Written { form, lines: &lines, ..*written };
        let mut lowered = by_rows_or_whole(&inner, scope)?;
        if form.per_row.is_none() {
            lowered.not_applicable = not_applicable(&said, scope);
        }
        lowered.damaged |= instance.damaged;
        return Some(lowered);
    }
    by_rows_or_whole(written, scope)
}

/// `không phát sinh khi …` of a template that scores rows: the same of each row. A row is passed over or has points.
fn no_row_cases(lines: &[Placed<'_>], per_row: &PerRow, scope: &mut Scope<'_>) -> Vec<(Statement, Span)> {
    let mut cases = Vec::new();
    for &(statement, line) in lines {
        let Statement::NotApplicable(rule) = statement else { continue };
        let award = match &rule.effect.kind {
            EffectKind::OutOfScale => None,
            EffectKind::Award(kind) => Some(Award { kind: kind.clone(), span: rule.effect.span }),
            EffectKind::Unscored => {
                let found = Both::new("`chưa chấm` của một dòng", "`unscored` of a row");
                let expected = Both::new("`loại khỏi thang điểm` hoặc số điểm", "`out of scale` or points");
                scope.find(Expressions::WrongType { found, expected }, rule.effect.span);
                continue;
            }
        };
        let case = NoRowCase { list: per_row.list.clone(), test: rule.test.clone(), award };
        cases.push((Statement::NoRowCase(case), line));
    }
    cases
}

/// The lines `không phát sinh khi …` of a whole leaf, in the order written.
pub(in super::super) fn not_applicable(lines: &[Placed<'_>], scope: &mut Scope<'_>) -> Vec<NotApplicable> {
    let mut rules = Vec::new();
    for &(statement, line) in lines {
        let Statement::NotApplicable(rule) = statement else {
            continue;
        };
        let test = scope.test(&rule.test);
        let outcome = scope.outcome(&rule.effect);
        if let (Some(test), Some(outcome)) = (test, outcome) {
            rules.push(NotApplicable { test, outcome, line });
        }
    }
    rules
}

fn form_of<'a>(lines: &[Placed<'a>]) -> Option<&'a WrittenForm> {
    lines.iter().find_map(|&(statement, _)| match statement {
        Statement::Form(form) => Some(form),
        _ => None,
    })
}

fn about_rows(statement: &Statement) -> bool {
    matches!(statement, Statement::NoRowCase(_) | Statement::NoRowsLeft(_))
}

fn by_rows_or_whole(written: &Written<'_>, scope: &mut Scope<'_>) -> Option<Lowered> {
    super::rows::stray_rows(written.lines, written.form.per_row.as_ref(), scope);
    match &written.form.per_row {
        Some(per_row) => scope.per_row(written, per_row),
        None => declared(written, scope),
    }
}

/// Lowers a form over the figures in scope: those of the leaf, or the columns of a list.
pub(super) fn declared(written: &Written<'_>, scope: &mut Scope<'_>) -> Option<Lowered> {
    let form = written.form;
    let mut damaged = false;
    let scoring = match &form.kind {
        FormKind::Condition => {
            stray(written.lines, &["khi", "còn lại"], scope);
            let arms = conditions(written, scope, &mut damaged);
            Scoring::Declared(Form::Condition, Meaning::Cases { subject: None, arms })
        }
        FormKind::Rate(subject) => bands(written, subject, Form::Rate, scope, &mut damaged)?,
        FormKind::Count(subject) => bands(written, subject, Form::Count, scope, &mut damaged)?,
        FormKind::Amount(subject) => bands(written, subject, Form::Amount, scope, &mut damaged)?,
        FormKind::Survey(form) => super::survey::survey(written, form, scope, &mut damaged)?,
        FormKind::Compared(compared) => super::compared::compared(written, compared, scope, &mut damaged)?,
        FormKind::Checklist => {
            stray(written.lines, &["đạt", "thấp nhất"], scope);
            let parts = parts(written, scope, &mut damaged);
            let (floor, cap) = caps(written.lines, scope);
            Scoring::Declared(Form::Checklist, Meaning::Sum(Sum { parts, floor, cap }))
        }
        FormKind::Deadline { named: Some(name), .. } => {
            scope.day_wanted(name);
            return None;
        }
        FormKind::Deadline { figure, due, minute, before, named: None } => {
            stray(written.lines, &["đúng hạn"], scope);
            let due = super::deadline::Due { day: due.saturating_sub(i32::from(*before)), minute: *minute };
            super::deadline::deadline(written, figure, due, scope, &mut damaged)?
        }
        FormKind::Choice(figure) => {
            stray(written.lines, &["chọn"], scope);
            super::choice::choice(written, figure, scope, &mut damaged)?
        }
        FormKind::PerCase { start } => {
            stray(written.lines, &["mỗi"], scope);
            super::per_case::per_case(written, start.as_ref(), scope, &mut damaged)
        }
        FormKind::Formula(expression) => {
            stray(written.lines, &["thấp nhất"], scope);
            let expr = scope.number(expression);
            let (floor, cap) = caps(written.lines, scope);
            let expr = expr?;
            if matches!(expr.kind, Kind::Rate | Kind::Date | Kind::Moment | Kind::Count | Kind::Money) {
                let found = super::kind_words(expr.kind);
                let expected = Both::new("số điểm: nhân với `tối_đa`", "points: multiply by `maximum`");
                scope.find(Expressions::WrongType { found, expected }, expression.span);
                return None;
            }
            Scoring::Declared(Form::Formula, Meaning::Value { expr, floor, cap, per_case: None })
        }
        FormKind::Script => {
            stray(written.lines, &["thấp nhất", "```"], scope);
            super::scripts::script(written, scope)?
        }
        FormKind::Entered { by } => {
            stray(written.lines, &[], scope);
            Scoring::Entered { by: by.value.clone() }
        }
        // A template inside a template was followed already.
        FormKind::Template { .. } => return None,
    };
    if let Some(award) = &form.award
        && !matches!(form.kind, FormKind::Rate(_) | FormKind::Count(_) | FormKind::Amount(_) | FormKind::Compared(_))
    {
        let problem = Structure::MisplacedLine {
            line: Both::new("…: điểm", "…: points"),
            place: Both::new("sau `chấm theo tỷ lệ …`, `số lượng …`", "after `score by rate …`, `count …`"),
        };
        scope.find(problem, award.span);
    }
    // Lines without a common subject have no edges at which they could meet.
    let banded = matches!(scoring, Scoring::Declared(_, Meaning::Cases { subject: Some(_), .. }));
    if form.continuous && !banded {
        let problem = Structure::MisplacedLine {
            line: Both::new(", liên tục", ", continuous"),
            place: Both::new(
                "sau một cách chấm theo khoảng: `chấm theo tỷ lệ …`, `số lượng …`",
                "after a form with bands: `score by rate …`, `count …`",
            ),
        };
        scope.find(problem, form.span);
    }
    let written_day = match form.kind {
        FormKind::Deadline { before: true, .. } => WrittenDay::Late,
        _ => WrittenDay::InTime,
    };
    let lost = lines_of(written.lines) > parts_of(&scoring);
    Some(Lowered {
        scoring,
        not_monotone: form.not_monotone,
        continuous: form.continuous,
        written_day,
        damaged,
        lost,
        not_applicable: Vec::new(),
    })
}

/// How many lines say how points are given, the form's own among them.
fn lines_of(lines: &[Placed<'_>]) -> usize {
    lines.iter().filter(|(line, _)| super::super::draft::in_form(line)).count()
}

/// Of how many lines something was made.
fn parts_of(scoring: &Scoring) -> usize {
    let caps = |floor: &Option<Expr>, cap: &Option<Expr>| usize::from(floor.is_some()) + usize::from(cap.is_some());
    let below = match scoring {
        Scoring::Declared(_, Meaning::Cases { arms, .. }) => arms.len(),
        Scoring::Declared(_, Meaning::Sum(sum)) => sum.parts.len() + caps(&sum.floor, &sum.cap),
        Scoring::Declared(_, Meaning::Value { per_case: Some(per_case), .. }) => per_case.lines.len(),
        Scoring::Declared(form, Meaning::Value { floor, cap, .. }) => {
            usize::from(*form == Form::Script) + caps(floor, cap)
        }
        Scoring::Script { .. } => 3,
        // What scores each row was counted there.
        Scoring::PerRow(_) | Scoring::Entered { .. } => 0,
    };
    below + 1
}

/// Lines of another form's kind.
pub(super) fn stray(lines: &[Placed<'_>], allowed: &[&str], scope: &mut Scope<'_>) {
    for &(statement, span) in lines {
        let kind = match statement {
            Statement::Band(_) => "từ",
            Statement::When(_) => "khi",
            Statement::Otherwise(_) => "còn lại",
            Statement::Met(_) => "đạt",
            Statement::Each(_) => "mỗi",
            Statement::Option(_) => "chọn",
            Statement::Timed(_) | Statement::NotDone(_) => "đúng hạn",
            Statement::AllEqual(_) => "bằng nhau cả",
            Statement::Script(_) => "```",
            Statement::Cap(_) => "thấp nhất",
            _ => continue,
        };
        if allowed.contains(&kind) {
            continue;
        }
        if kind == "thấp nhất" {
            scope.find(Expressions::CapNotNeeded {}, span);
            continue;
        }
        let place = match kind {
            "từ" => Both::new("`chấm theo tỷ lệ`, `số lượng` hoặc `số tiền`", "`score by rate`, `count` or `amount`"),
            "đạt" => Both::new("`chấm theo danh mục`", "`score by checklist`"),
            "bằng nhau cả" => Both::new("`chấm theo khoảng thấp nhất đến cao nhất của`", "`score by position of`"),
            "đúng hạn" => Both::new("`chấm theo thời hạn`", "`score by deadline`"),
            "chọn" => Both::new("`chấm theo lựa chọn`", "`score by choice`"),
            "mỗi" => Both::new("`chấm theo từng trường hợp`", "`score per case`"),
            "```" => Both::new("`chấm theo kịch bản`", "`score by script`"),
            _ => Both::new("`chấm theo điều kiện`", "`score by condition`"),
        };
        let place = Both::new(format!("dưới {}", place.0), format!("under {}", place.1));
        scope.find(Structure::MisplacedLine { line: name(statement), place }, span);
    }
}

fn conditions(written: &Written<'_>, scope: &mut Scope<'_>, damaged: &mut bool) -> Vec<Arm> {
    let mut arms: Vec<Arm> = Vec::new();
    let mut otherwise: Option<Span> = None;
    for &(statement, line) in written.lines {
        let (guard, effect, words) = match statement {
            Statement::When(when) => (scope.test(&when.test).map(Guard::Test), &when.effect, when.test.span),
            Statement::Otherwise(effect) => (Some(Guard::Otherwise), effect, line),
            _ => continue,
        };
        let outcome = scope.outcome(effect);
        if otherwise.is_some() {
            if guard == Some(Guard::Otherwise) {
                // A second one was told to be.
                continue;
            }
            scope.find(Bands::AfterOtherwise {}, line);
        }
        if guard == Some(Guard::Otherwise) {
            otherwise = Some(line);
        }
        match (guard, outcome) {
            (Some(guard), Some(outcome)) => arms.push(Arm { guard, outcome, line, words }),
            _ => *damaged = true,
        }
    }
    if arms.is_empty() && !*damaged {
        let problem = Structure::FormWithoutLines {
            form: Both::new("chấm theo điều kiện", "score by condition"),
            example: Both::new("khi a = có: tối đa", "when a = yes: maximum"),
        };
        scope.find(problem, written.form.span);
    }
    arms
}

fn parts(written: &Written<'_>, scope: &mut Scope<'_>, damaged: &mut bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for &(statement, line) in written.lines {
        let Statement::Met(met) = statement else {
            continue;
        };
        let (test, label) = match &met.test {
            MetTest::Figure { name, label, .. } => {
                let place = scope.figures.iter().position(|figure| figure.name == name.value);
                if let Some(used) = place.and_then(|at| scope.used.get_mut(at)) {
                    *used = true;
                }
                (place.map(|at| Test::Answer(FigureId(at), true)), Some(label.value.clone()))
            }
            MetTest::Condition(test) => (scope.test(test), None),
        };
        let award = scope.award(&met.award.kind, met.award.span, Subject::NONE);
        match (test, award) {
            (Some(test), Some(award)) => parts.push(Part { test, award, line, label }),
            _ => *damaged = true,
        }
    }
    if parts.is_empty() && !*damaged && !scope.forgiving {
        let problem = Structure::FormWithoutLines {
            form: Both::new("chấm theo danh mục", "score by checklist"),
            example: Both::new("đạt tên \"…\": 0,25 điểm", "met name \"…\": 0.25 points"),
        };
        scope.find(problem, written.form.span);
    }
    parts
}

fn bands(
    written: &Written<'_>,
    subject: &Expression,
    form: Form,
    scope: &mut Scope<'_>,
    damaged: &mut bool,
) -> Option<Scoring> {
    stray(written.lines, &["từ"], scope);
    let subject_expr = scope.number(subject);
    let kind = subject_expr.as_ref().map(|expr| subject_kind(form, expr.kind));
    let arms = arms(written, kind, scope, damaged);
    let mut subject_expr = subject_expr?;
    let stated = subject_expr.kind;
    subject_expr.kind = subject_kind(form, stated);
    match &subject_expr.term {
        _ if form != Form::Rate || stated == Kind::Rate => {}
        Term::Binary(BinaryOperator::Divide, over, under) if super::divides(over.kind, under.kind) => {}
        Term::Binary(BinaryOperator::Divide, over, under) => {
            let (over, under) = (super::kind_words(over.kind), super::kind_words(under.kind));
            scope.find(Expressions::no_rate(&over, &under), subject.span);
            return None;
        }
        _ => {
            let expected = Both::new("một tỷ lệ `a / b`", "a rate `a / b`");
            let found = super::kind_words(stated);
            scope.find(Expressions::WrongType { found, expected }, subject.span);
            return None;
        }
    }
    if form == Form::Rate
        && let Some(problem) = scope.shares().not_a_share(&subject_expr)
    {
        scope.find(problem, subject.span);
        return None;
    }
    some_line(written, form, &arms, scope, *damaged);
    Some(Scoring::Declared(form, Meaning::Cases { subject: Some(subject_expr), arms }))
}

/// A form without a single line gives nobody any points.
pub(super) fn some_line(written: &Written<'_>, form: Form, arms: &[Arm], scope: &mut Scope<'_>, damaged: bool) {
    if !arms.is_empty() || damaged || scope.forgiving {
        return;
    }
    let (form, example) = match form {
        Form::Rate => (("tỷ lệ …", "rate …"), RATE),
        Form::Amount => (("số tiền …", "amount …"), RATE),
        Form::Growth => (("mức tăng …", "growth …"), ("từ 10% trở lên: tối đa", "from 10% up: maximum")),
        Form::Decrease => (("mức giảm …", "decrease …"), ("từ 10% trở lên: tối đa", "from 10% up: maximum")),
        Form::Difference => (("chênh lệch …", "difference …"), ("từ 0 trở lên: tối đa", "from 0 up: maximum")),
        Form::Index => (("chỉ số …", "index …"), ("từ 90% trở lên: tối đa", "from 90% up: maximum")),
        Form::Rank => (("thứ hạng …", "rank …"), ("từ 1 đến hết 3: tối đa", "from 1 through 3: maximum")),
        Form::Percentile => (("phân vị …", "percentile …"), ("từ 80% trở lên: tối đa", "from 80% up: maximum")),
        Form::Position => (("khoảng …", "position …"), ("từ 80% trở lên: tối đa", "from 80% up: maximum")),
        _ => (("số lượng …", "count …"), RATE),
    };
    let problem = Structure::FormWithoutLines {
        form: Both::new(format!("chấm theo {}", form.0), format!("score by {}", form.1)),
        example: Both::new(example.0, example.1),
    };
    scope.find(problem, written.form.span);
}

/// A line that a rate may have.
const RATE: (&str, &str) = ("từ 80% đến dưới 100%: tỷ lệ thuận", "from 80% to below 100%: proportional");

/// The bands of a form, and the award for every case where the form's own line gives one.
pub(super) fn arms(written: &Written<'_>, kind: Option<Kind>, scope: &mut Scope<'_>, damaged: &mut bool) -> Vec<Arm> {
    let mut arms = Vec::new();
    for &(statement, line) in written.lines {
        let Statement::Band(band) = statement else {
            continue;
        };
        match self::band(band, line, kind, scope) {
            Some(arm) => arms.push(arm),
            None => *damaged = true,
        }
    }
    if let Some(award) = &written.form.award {
        // A subject that could not be read was told; what is proportional to it is not told again.
        let whole = Subject { kind: kind.or(Some(Kind::Rate)), band: None };
        if let Some(expr) = scope.award(&award.kind, award.span, whole) {
            arms.push(Arm {
                guard: Guard::Within(Interval::ALL),
                outcome: super::super::meaning::Outcome::Points(expr),
                line: written.form.span,
                words: award.span,
            });
        } else {
            *damaged = true;
        }
    }
    arms
}

/// `chấm theo tỷ lệ` reads its subject as a rate whatever it divides.
fn subject_kind(form: Form, kind: Kind) -> Kind {
    if form == Form::Rate { Kind::Rate } else { kind }
}

fn band(band: &Band, line: Span, kind: Option<Kind>, scope: &mut Scope<'_>) -> Option<Arm> {
    let interval = scope.interval(&band.edge, kind);
    let subject = Subject { kind: kind.or(Some(Kind::Rate)), band: interval.as_ref() };
    let award = scope.award(&band.award.kind, band.award.span, subject);
    let (interval, award) = (interval?, award?);
    if interval.is_empty() {
        scope.find(Bands::EmptyBand {}, band.edge.span);
        return None;
    }
    Some(Arm {
        guard: Guard::Within(interval),
        outcome: super::super::meaning::Outcome::Points(award),
        line,
        words: band.edge.span,
    })
}

/// `thấp nhất …` and `cao nhất …`.
pub(super) fn caps(lines: &[Placed<'_>], scope: &mut Scope<'_>) -> (Option<Expr>, Option<Expr>) {
    let (mut floor, mut cap) = (None, None);
    for &(statement, span) in lines {
        let Statement::Cap(Cap { side, limit, .. }) = statement else {
            continue;
        };
        let expr = scope.award(limit, span, Subject::NONE);
        let limit = if *side == Comparison::AtLeast { &mut floor } else { &mut cap };
        if limit.is_some() {
            scope.find(Structure::SaidTwice { line: name(statement) }, span);
        }
        *limit = expr;
    }
    (floor, cap)
}

impl Scope<'_> {
    /// The interval of a band's edges.
    fn interval(&mut self, edge: &WrittenEdge, kind: Option<Kind>) -> Option<Interval> {
        // Both edges are looked at, so that each mistake is told.
        let lower = edge.lower.as_ref().map(|lower| self.edge(lower, kind));
        let upper = match edge.kind {
            EdgeKind::Exactly => lower.clone(),
            EdgeKind::Range => edge.upper.as_ref().map(|upper| self.edge(upper, kind)),
        };
        if matches!(lower, Some(None)) || matches!(upper, Some(None)) {
            return None;
        }
        Some(Interval { lower: lower.flatten(), upper: upper.flatten() })
    }

    fn edge(&mut self, (expression, included): &(Expression, bool), kind: Option<Kind>) -> Option<Edge> {
        let value = self.number(expression)?;
        if let Some(kind) = kind {
            self.edge_kind(kind, &value, expression.span)?;
        }
        let ranges = LeafRanges { figures: self.figures.as_slice(), maximum: self.maximum, subject: Interval::ALL };
        let constant = !has_figure(&value);
        let at = super::super::meaning::range(&value, &ranges).single().cloned().filter(|_| constant);
        let Some(at) = at else {
            self.find(Bands::EdgeNotConstant { edge: words(expression) }, expression.span);
            return None;
        };
        Some(Edge { at, included: *included })
    }

    /// An edge is of the subject's kind: a rate carries `%`, an amount does not.
    pub(super) fn edge_kind(&mut self, subject: Kind, edge: &Expr, span: Span) -> Option<()> {
        let rate = edge.kind == Kind::Rate;
        let zero = matches!(&edge.term, Term::Constant(value) if value.is_zero());
        let points = edge.kind == Kind::PercentagePoints;
        if points != (subject == Kind::PercentagePoints)
            && (points || rate)
            && let Term::Constant(value) = &edge.term
        {
            self.percentage_points(value, points, span);
            return None;
        }
        let fits = match subject {
            Kind::Rate => rate || zero || edge.is_fraction(),
            Kind::PercentagePoints => points || zero,
            Kind::Date | Kind::Moment => edge.kind == subject,
            kind => edge.kind == Kind::Number || edge.kind == kind,
        };
        if !fits {
            let edge = match &edge.term {
                Term::Constant(value) if rate => value.percent(crate::number::DecimalMark::Comma),
                Term::Constant(value) => value.exact(crate::number::DecimalMark::Comma),
                _ => String::from("…"),
            };
            self.find(Bands::UnitlessEdge { edge }, span);
            return None;
        }
        Some(())
    }
}

impl Scope<'_> {
    /// Per cent where percentage points belong, or the other way round; what was meant is clear.
    fn percentage_points(&mut self, value: &Ratio, written: bool, span: Span) {
        let spelt = |language: Language, points: bool| {
            let percent = value.percent(language.decimal_mark());
            if !points {
                return percent;
            }
            let one = value.abs() == Ratio::new(1, 100).unwrap_or_default();
            let word = language.pick("điểm phần trăm", if one { "percentage point" } else { "percentage points" });
            format!("{} {word}", percent.trim_end_matches('%'))
        };
        let meant = Both::new(spelt(Language::Vietnamese, !written), spelt(Language::English, !written));
        let fix = spelt(self.set.language, !written);
        let problem =
            if written { Bands::NotPercentagePoints { meant } } else { Bands::PercentagePointsNeeded { meant } };
        self.findings.push(Diagnostic::new(problem, span).fix(span, fix));
    }
}

pub(super) fn has_figure(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |inner| found |= matches!(inner.term, Term::Figure(_)));
    found
}

fn words(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Name(name) => name.clone(),
        ExpressionKind::Number(number) => {
            let mark = crate::number::DecimalMark::Comma;
            if number.unit == Unit::Percent { number.value.percent(mark) } else { number.value.exact(mark) }
        }
        _ => String::from("…"),
    }
}
