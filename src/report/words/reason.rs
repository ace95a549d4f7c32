//! Reasons in words: what decided, the arithmetic, how far the next band is, where it is written.

use super::sourced::{own_sources, sources};
use super::{Context, derived, gate, numbers, rows, test, working};
use crate::diagnostic::{Both, Language, Say, Span};
use crate::engine::{Assessed, Cut, Decided, Failure, Found, Reason, Status, Working};
use crate::language::tree::Level;
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Form, Head, HeadId, Leaf, Scoring, WhenMissing, interval_words};
use crate::script::FailureKind;
use crate::submission::Value;

/// An explanation, part by part; a door joins them as it likes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// `1,35 / 1,5 điểm`, or the status.
    pub result: String,
    /// What decided, with the arithmetic.
    pub because: Vec<String>,
    /// What more would give, and what less would cost.
    pub next: Vec<String>,
    /// What is asked for besides: an explanation, evidence.
    pub notes: Vec<String>,
    /// The deciding line in the ruleset: its number and text.
    pub line: Option<(usize, String)>,
    /// The file of that line, where it is not the set's own.
    pub file: Option<String>,
    /// The decisions that the leaf rests on, in a set that extends another.
    pub decisions: Option<String>,
    /// Where the decision says so.
    pub sources: Vec<String>,
    /// Lines that it reads and that stand on a source of their own: which, and where they come from.
    pub own_sources: Vec<(String, String)>,
}

/// Explains what became of a leaf.
pub fn explain(context: &Context<'_>, id: HeadId, assessed: &Assessed) -> Explanation {
    let Some((head, leaf)) = context.head(id).and_then(|head| Some((head, head.leaf.as_ref()?))) else {
        return Explanation::default();
    };
    let mut explanation = Explanation {
        result: result(context, head, assessed),
        sources: sources(context, context.ruleset.provenance_of(id)),
        own_sources: own_sources(context, &context.ruleset.own_sources(id)),
        decisions: crate::report::history::decisions(context, id),
        ..Explanation::default()
    };
    let told = Teller { context, head, leaf, assessed };
    told.reason(&assessed.reason, &mut explanation);
    let came = assessed.derived.iter().flat_map(|found| derived::derived(context, leaf, found));
    explanation.because.extend(came);
    explanation.because.extend(assessed.gates.iter().map(|passed| gate::passed(context, passed)));
    if assessed.explain {
        explanation.notes.push(due(context, &assessed.reason));
    }
    explanation
}

/// That the unit has to explain something; and what, where the reason of its points does not say it.
fn due(context: &Context<'_>, reason: &Reason) -> String {
    let told = matches!(reason, Reason::Missing { .. } | Reason::MissingCells { .. } | Reason::NoEvidence { .. });
    let due = if told {
        context.pick("phải giải trình", "an explanation is required")
    } else {
        context.pick("thiếu minh chứng: phải giải trình", "evidence is missing: an explanation is required")
    };
    due.to_owned()
}

fn result(context: &Context<'_>, head: &Head, assessed: &Assessed) -> String {
    let maximum = numbers::points(context, &head.maximum);
    // A penalty is written positive and taken off: its points are no gain.
    let off = match &assessed.status {
        Status::Scored { rounded, .. } | Status::Awaiting { rounded, .. } => !rounded.is_zero(),
        Status::Unscored | Status::NotApplicable | Status::Failed => false,
    };
    let taken = head.level == Level::Penalty && off;
    let sign = if taken { context.pick("trừ ", "minus ") } else { "" };
    let words = match &assessed.status {
        Status::Scored { exact, rounded } if exact != rounded => {
            let exact = numbers::plain(context, exact.ratio());
            let rounded = numbers::plain(context, rounded.ratio());
            context.pick(
                format!("{rounded} / {maximum} (trước khi làm tròn {exact})"),
                format!("{rounded} / {maximum} (before rounding {exact})"),
            )
        }
        Status::Scored { exact, .. } => format!("{} / {maximum}", numbers::plain(context, exact.ratio())),
        Status::Awaiting { rounded, awaits, .. } => {
            let (now, awaits) =
                (numbers::plain(context, rounded.ratio()), crate::report::awaiting::words(context, *awaits));
            context.pick(format!("tạm {now} / {maximum}, {awaits}"), format!("{now} / {maximum} for now, {awaits}"))
        }
        Status::Unscored => format!("{} / {maximum}", context.pick("chưa chấm", "unscored")),
        Status::NotApplicable => context.pick("loại khỏi thang điểm", "out of scale").to_owned(),
        Status::Failed => format!("{} / {maximum}", context.pick("không chấm được", "failed")),
    };
    format!("{sign}{words}")
}

pub(super) struct Teller<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) head: &'a Head,
    pub(super) leaf: &'a Leaf,
    pub(super) assessed: &'a Assessed,
}

impl Teller<'_> {
    pub(super) fn pick<T>(&self, vietnamese: T, english: T) -> T {
        self.context.pick(vietnamese, english)
    }

    /// Keeps the line that decided, and its file where another set holds it.
    pub(super) fn decided(&self, span: Span, into: &mut Explanation) {
        into.line = Some(self.line(span));
        let elsewhere =
            self.context.sources.get(span.source).filter(|_| span.source != self.context.ruleset.span.source);
        into.file = elsewhere.map(|source| source.name().to_owned());
    }

    pub(super) fn line(&self, span: Span) -> (usize, String) {
        (self.context.line(span), self.context.line_text(span))
    }

    pub(super) fn reason(&self, reason: &Reason, into: &mut Explanation) {
        match reason {
            Reason::Line(decided) => {
                into.because.push(self.ladder(decided));
                into.next.extend(decided.up.as_ref().map(|up| self.cliff(up, true)));
                into.next.extend(decided.down.as_ref().map(|down| self.cliff(down, false)));
                into.next.extend(self.better(decided));
                self.decided(decided.line, into);
            }
            Reason::Checklist { items, cut } => {
                into.because.extend(items.iter().map(|item| self.item(item)));
                into.because.extend(cut.as_ref().map(|cut| self.sum_cut(items, cut)));
                // At the cap, or with a line that takes off, one line more gives nothing.
                let missed = items.iter().filter(|item| item.more.is_positive());
                into.next.extend(missed.map(|item| self.missed(item)));
                // The line that gave something, else the first that was asked.
                if let Some(item) = items.iter().find(|item| item.held).or(items.first()) {
                    self.decided(item.line, into);
                }
            }
            Reason::Formula { working, cut, up, down } => {
                let script = matches!(self.leaf.scoring, Scoring::Declared(Form::Script, _));
                let mut told = if script {
                    into.because.extend(super::script::worked(self.context, self.leaf, working));
                    into.because.pop().unwrap_or_default()
                } else {
                    working::worked(self.context, working)
                };
                let per_case = self.per_case();
                match (cut, per_case) {
                    (Some(Cut::ToCap(cap)), Some(_)) => {
                        let cap = numbers::plain(self.context, cap);
                        let words = format!(", hạ xuống tối đa {cap}");
                        told.push_str(&self.pick(words, format!(", lowered to the maximum {cap}")));
                    }
                    _ => told.push_str(&self.cut(cut.as_ref())),
                }
                into.because.push(told);
                into.next.extend(up.as_ref().map(|up| self.cliff(up, true)));
                into.next.extend(down.as_ref().map(|down| self.cliff(down, false)));
                let each = per_case.and_then(|per_case| per_case.lines.first()).map(|each| each.line);
                self.decided(each.or_else(|| deciding(working)).unwrap_or(self.leaf.form), into);
            }
            Reason::Script { span, result, cut } => {
                let value = numbers::plain(self.context, result);
                let mut told = self.pick(format!("kịch bản cho {value}"), format!("the script gives {value}"));
                told.push_str(&self.cut(cut.as_ref()));
                into.because.push(told);
                self.decided(*span, into);
                into.line = Some((self.context.line(*span), self.pick("kịch bản", "script").to_owned()));
            }
            Reason::Entered { by, note } => {
                let told = self.pick(format!("điểm nhập, do {by}"), format!("points entered by {by}"));
                into.because.push(if note.is_empty() { told } else { format!("{told}: {note}") });
                self.decided(self.leaf.form, into);
            }
            Reason::Set { reason } => {
                into.because.push(self.pick(
                    format!("điểm ấn định, không theo quy tắc; lý do: {reason}"),
                    format!("points set, not by the rule; reason: {reason}"),
                ));
            }
            Reason::NotApplicable { line, test, award } => {
                let why = test::tested(self.context, self.leaf, test);
                let effect = match award {
                    Some(award) => format!(": {}", self.award(award)),
                    None => String::new(),
                };
                into.because.push(
                    self.pick(format!("không phát sinh ({why}){effect}"), format!("no case arose ({why}){effect}")),
                );
                self.decided(*line, into);
            }
            Reason::Gate { gated, waits, award } => {
                let effect = match award {
                    Some(award) => self.award(award),
                    None => self.gate_effect(gated.line),
                };
                into.because.push(gate::kept(self.context, gated, *waits, &effect));
                self.decided(gated.line, into);
            }
            Reason::Missing { figures, rule } => {
                into.because.push(self.missing(figures, rule));
                self.decided(rule.line, into);
            }
            Reason::Rows(rows) => rows::explain(self, rows, into),
            Reason::MissingCells { list, cells, rule } => {
                let name = Context::figure_name(self.leaf, *list);
                let lacking = rows::lacking(self.context, cells);
                into.because.push(format!("{name}: {lacking} → {}", self.consequence(rule)));
                self.decided(rule.line, into);
            }
            Reason::TooFew { figure, line, award } => {
                let came = self.assessed.derived.iter().find(|derived| derived.figure == *figure);
                let why = came.and_then(|derived| derived.found.as_ref().err());
                let why = why.map(|absent| derived::absent(self.context, self.leaf, *figure, absent));
                let follows = match (award, &self.assessed.status) {
                    (Some(award), _) => self.award(award),
                    (None, Status::NotApplicable) => self.pick("loại khỏi thang điểm", "out of scale").to_owned(),
                    (None, _) => self.pick("chưa chấm", "unscored").to_owned(),
                };
                into.because.push(format!("{} → {follows}", why.unwrap_or_default()));
                self.decided(*line, into);
            }
            Reason::NoEvidence { rule } => {
                let told = self.pick("thiếu minh chứng", "evidence is missing");
                into.because.push(format!("{told}: {}", self.consequence(rule)));
                self.decided(rule.line, into);
            }
            Reason::Block { block, only, line, award } => {
                let title = self.context.ruleset.block(block).map_or(block, |block| &block.title);
                let told = match (only, award) {
                    (true, _) => self.pick(
                        format!("không thuộc bộ của khối {title}"),
                        format!("no part of the set of the block {title}"),
                    ),
                    (false, Some(award)) => {
                        let award = self.award(award);
                        self.pick(
                            format!("không áp dụng với khối {title}: {award}"),
                            format!("not applicable to the block {title}: {award}"),
                        )
                    }
                    (false, None) => self.pick(
                        format!("không áp dụng với khối {title}"),
                        format!("not applicable to the block {title}"),
                    ),
                };
                into.because.push(told);
                self.decided(*line, into);
            }
            Reason::ChosenNotApplicable { figure } => {
                let name = self.leaf.figures.get(figure.0).map_or("", |figure| figure.name.as_str());
                into.because.push(self.pick(
                    format!("đơn vị chọn `không áp dụng` ở {name}"),
                    format!("the unit says `not applicable` of {name}"),
                ));
            }
            Reason::BlockUnknown => {
                let told = self.pick("chưa biết đơn vị thuộc khối nào", "nobody says which block the unit is in");
                into.because.push(told.to_owned());
            }
            Reason::NoSurvey { line } => {
                into.because
                    .push(self.pick("năm nay không tổ chức điều tra", "no survey was held this year").to_owned());
                self.decided(*line, into);
            }
            Reason::NotStated => {
                let told = match &self.leaf.scoring {
                    Scoring::Entered { by } => {
                        self.pick(format!("chưa có điểm của {by}"), format!("no points from {by} yet"))
                    }
                    _ => self.pick("chưa có số liệu".to_owned(), "nothing is stated yet".to_owned()),
                };
                into.because.push(told);
            }
            Reason::NotClaimed => {
                let told = if self.penalty() {
                    self.pick("không ghi khoản phạt nào", "no penalty is recorded")
                } else {
                    self.pick("không nêu khoản thưởng nào", "no bonus is claimed")
                };
                into.because.push(told.to_owned());
            }
            Reason::Failed(failure) => into.because.push(self.failure(failure)),
        }
    }

    /// The lines of a score per case.
    fn per_case(&self) -> Option<&crate::ruleset::meaning::PerCase> {
        match &self.leaf.scoring {
            Scoring::Declared(_, crate::ruleset::meaning::Meaning::Value { per_case, .. }) => per_case.as_ref(),
            _ => None,
        }
    }

    /// `90/100 = 90%, từ 80% đến dưới 100%: 1,5 × 90% = 1,35`.
    fn ladder(&self, decided: &Decided) -> String {
        let line = decided.line;
        let guard = match (&decided.subject, &decided.test) {
            (Some(subject), _) => {
                let band = self.band(line).map(|words| format!(", {words}")).unwrap_or_default();
                let late = super::deadline::lateness(self.context, self.leaf, subject);
                let worked = working::worked_as(self.context, subject, late);
                let named = match subject.step {
                    crate::engine::Step::Figure(id) => working::equals(&Context::figure_name(self.leaf, id), &worked),
                    _ => worked,
                };
                format!("{named}{band}")
            }
            (None, Some(test)) => test::tested(self.context, self.leaf, test),
            (None, None) => {
                // What was stated says why no line above decided.
                let mut stated: Vec<String> = Vec::new();
                for tried in &decided.tried {
                    for words in test::stated(self.context, self.leaf, &tried.test).split("; ") {
                        if !words.is_empty() && !stated.iter().any(|known| known == words) {
                            stated.push(words.to_owned());
                        }
                    }
                }
                let otherwise = self.pick("còn lại", "otherwise");
                if stated.is_empty() { otherwise.to_owned() } else { format!("{otherwise} ({})", stated.join("; ")) }
            }
        };
        let gives = match &decided.award {
            Some(award) => self.award(award),
            None => match self.outcome(line) {
                Some(words) => words,
                None => return guard,
            },
        };
        format!("{guard}: {gives}")
    }

    /// The band of a line in words; nothing when it takes every value.
    fn band(&self, line: Span) -> Option<String> {
        use crate::ruleset::meaning::{Guard, Interval, Meaning};
        let Scoring::Declared(_, Meaning::Cases { subject: Some(subject), arms }) = &self.leaf.scoring else {
            return None;
        };
        arms.iter().filter(|arm| arm.line == line).find_map(|arm| match &arm.guard {
            Guard::Within(interval) if super::deadline::subject(self.leaf).is_some() => {
                Some(super::deadline::late(self.context, self.leaf, interval))
            }
            // A single value says nothing that the subject does not.
            Guard::Within(interval) if *interval != Interval::ALL && interval.single().is_none() => {
                Some(interval_words(interval, subject.kind).say(self.context.language))
            }
            _ => None,
        })
    }

    /// What the line of a gate says where it is closed.
    fn gate_effect(&self, line: Span) -> String {
        let gate = self.leaf.gates.iter().find(|gate| gate.line == line);
        gate.map_or_else(String::new, |gate| super::outcome(self.context, self.leaf, &gate.outcome))
    }

    fn outcome(&self, line: Span) -> Option<String> {
        use crate::ruleset::meaning::Meaning;
        let Scoring::Declared(_, Meaning::Cases { arms, .. }) = &self.leaf.scoring else { return None };
        let arm = arms.iter().find(|arm| arm.line == line)?;
        Some(super::outcome(self.context, self.leaf, &arm.outcome))
    }

    /// The arithmetic of an award, or its plain points.
    fn award(&self, working: &Working) -> String {
        use crate::engine::Step;
        match working.step {
            Step::Maximum => {
                let maximum = self.pick("tối đa", "maximum");
                format!("{}{maximum} {}", self.taken(&working.value), numbers::plain(self.context, &working.value))
            }
            Step::Constant => {
                let points = numbers::points(self.context, &Points::new(working.value.clone()));
                format!("{}{points}", self.taken(&working.value))
            }
            _ => working::worked(self.context, working),
        }
    }

    /// The word before points that are taken off: those of a penalty.
    fn taken(&self, points: &Ratio) -> &'static str {
        if self.penalty() && points.is_positive() { self.pick("trừ ", "minus ") } else { "" }
    }

    /// Whether the points are taken off the scale.
    pub(super) fn penalty(&self) -> bool {
        self.head.level == Level::Penalty
    }

    pub(super) fn cut(&self, cut: Option<&Cut>) -> String {
        match cut {
            Some(Cut::ToFloor(floor)) => {
                let floor = numbers::plain(self.context, floor);
                self.pick(format!(", nâng lên mức thấp nhất {floor}"), format!(", raised to the floor {floor}"))
            }
            Some(Cut::ToCap(cap)) => {
                let cap = numbers::plain(self.context, cap);
                self.pick(format!(", hạ xuống mức cao nhất {cap}"), format!(", lowered to the cap {cap}"))
            }
            None => String::new(),
        }
    }

    fn missing(&self, figures: &[FigureId], rule: &WhenMissing) -> String {
        let (mut unanswered, mut not_found): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for &id in figures {
            let Some(figure) = self.leaf.figures.get(id.0) else { continue };
            let came = self.assessed.derived.iter().find(|derived| derived.figure == id);
            match came.map(|derived| derived.found.as_ref()) {
                // A deadline's date may say elsewhere that it was never done: then there is no day here.
                Some(Ok(Found { value: Value::YesNo(false), .. })) => {
                    let why = self.pick("khai `không`: không có ngày", "stated `no`: there is no day");
                    not_found.push(format!("{} ({why})", figure.name));
                }
                Some(Err(absent)) => {
                    let why = derived::absent(self.context, self.leaf, id, absent);
                    not_found.push(format!("{} ({why})", figure.name));
                }
                Some(Ok(_)) | None => unanswered.push(format!("{} ({})", figure.name, figure.label)),
            }
        }
        let mut told = Vec::new();
        for (names, lead) in [
            (unanswered, self.pick("chưa trả lời", "not answered")),
            (not_found, self.pick("chưa có", "not to be had")),
        ] {
            if !names.is_empty() {
                told.push(format!("{lead}: {}", names.join("; ")));
            }
        }
        format!("{} → {}", told.join("; "), self.consequence(rule))
    }

    fn consequence(&self, rule: &WhenMissing) -> String {
        match &rule.points {
            Some(points) => numbers::points(self.context, points),
            None if rule.of_gains => self
                .pick(
                    "chưa chấm (số điểm ghi ở dòng chung là của mục được điểm)",
                    "unscored (the points of the general line are those of gains)",
                )
                .to_owned(),
            None => self.pick("chưa chấm", "unscored").to_owned(),
        }
    }

    fn failure(&self, failure: &Failure) -> String {
        let both = match failure {
            Failure::DivisionByZero => Both::new("mẫu số bằng 0", "a denominator is zero"),
            Failure::OutOfBounds(figure) => {
                let name = Context::figure_name(self.leaf, *figure);
                Both::new(
                    format!("`{name}` không còn trong giới hạn đã khai, so với số liệu tìm được"),
                    format!("`{name}` breaks its declared bounds, beside the values that were found"),
                )
            }
            Failure::NotPossible(figure) => {
                let came = self.assessed.derived.iter().find(|derived| derived.figure == *figure);
                let why = came.and_then(|derived| derived.found.as_ref().err());
                let why = why.map(|absent| derived::absent(self.context, self.leaf, *figure, absent));
                let why = why.unwrap_or_else(|| Context::figure_name(self.leaf, *figure));
                Both::new(
                    format!("{why}; phải có quyết định, rồi nhập điểm kèm lý do"),
                    format!("{why}; it takes a decision, and points entered with a reason"),
                )
            }
            Failure::OutOfRange(points) => {
                let (maximum, floor) = (self.head.maximum.ratio(), self.head.floor.ratio());
                let say = |language: Language, value: &crate::number::Ratio| value.say(language);
                Both::new(
                    format!(
                        "quy tắc cho {} điểm, ngoài khoảng từ {} đến {}",
                        say(Language::Vietnamese, points),
                        say(Language::Vietnamese, floor),
                        say(Language::Vietnamese, maximum)
                    ),
                    format!(
                        "the rule gives {} points, outside {} to {}",
                        say(Language::English, points),
                        say(Language::English, floor),
                        say(Language::English, maximum)
                    ),
                )
            }
            Failure::NoRows => Both::new("không còn dòng nào để chấm", "no row is left to score"),
            Failure::NoLine => Both::new("không dòng nào của cách chấm nhận giá trị này", "no line takes this value"),
            Failure::TooManyDigits => {
                Both::new("số liệu có quá nhiều chữ số cho kịch bản", "a figure has too many digits for a script")
            }
            Failure::Script { kind, line } => {
                let why = script_failure(kind);
                Both::new(
                    format!("kịch bản dừng ở dòng {line}: {}", why.0),
                    format!("the script stops in line {line}: {}", why.1),
                )
            }
        };
        both.say(self.context.language)
    }
}

/// Where a script's value was chosen, if it chose one.
fn deciding(working: &Working) -> Option<Span> {
    let mut line = None;
    let mut at = working.bare();
    while let crate::engine::Step::If(chosen) = &at.step {
        line = Some(chosen.line);
        at = chosen.gives.bare();
    }
    line
}

fn script_failure(kind: &FailureKind) -> Both {
    crate::ruleset::script_failure_words(kind)
}
