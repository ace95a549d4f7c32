//! Forms of scoring and the lines under them.

use super::super::keyword::Keyword;
use super::super::tree::{
    AwardKind, Band, BinaryOperator, Cap, CaseStart, Comparison, Each, Edge, EdgeKind, EffectKind, Expression,
    ExpressionKind, Form, FormKind, Gate, LateUnit, Lateness, Met, MetTest, Moment, NoRowCase, Number, PerRow, Take,
    Timed, Unit,
};
use super::expression::Strength;
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn form(&mut self, form: &Form) {
        if let FormKind::Entered { by } = &form.kind {
            self.keyword(Keyword::ScoreEntered).mark(",").keyword(Keyword::By).string(&by.value);
        } else if matches!(form.kind, FormKind::PerCase { .. }) {
            self.keyword(Keyword::ScorePerCase);
        } else {
            self.keyword(Keyword::ScoreBy).form_kind(&form.kind);
        }
        if let Some(PerRow { list, take }) = &form.per_row {
            self.keyword(Keyword::Per).word(&list.value).mark(",");
            match take {
                Take::Lowest => self.keyword(Keyword::TakeLowest),
                Take::Mean(None) => self.keyword(Keyword::TakeMean),
                Take::Mean(Some(weight)) => {
                    self.keyword(Keyword::TakeMean).keyword(Keyword::WeightedBy).expression(weight, Strength::Sum)
                }
            };
        }
        if let FormKind::PerCase { start: Some(start) } = &form.kind {
            self.mark(",").keyword(Keyword::StartingFrom);
            match start {
                CaseStart::Maximum => self.keyword(Keyword::Maximum),
                CaseStart::Points(points) => self.points(&points.value),
            };
        }
        if form.not_monotone {
            self.mark(",").keyword(Keyword::NotMonotone);
        }
        if form.continuous {
            self.mark(",").keyword(Keyword::Continuous);
        }
        if let Some(award) = &form.award {
            self.mark(":").award(&award.kind);
        }
    }

    fn form_kind(&mut self, kind: &FormKind) {
        match kind {
            FormKind::Condition => self.keyword(Keyword::ConditionForm),
            FormKind::Deadline { figure, due, named, minute, before } => {
                self.keyword(Keyword::DeadlineForm).expression(figure, Strength::Atom).mark(",");
                let edge = if *before { Keyword::DueBefore } else { Keyword::DueThrough };
                match (minute, named) {
                    (None, Some(name)) => self.keyword(edge).word(&name.value),
                    (Some(_), _) => self.keyword(Keyword::DueAt).moment(Moment { day: *due, minute: *minute }),
                    (None, None) => self.keyword(edge).date(*due),
                }
            }
            FormKind::Choice(figure) => self.keyword(Keyword::ChoiceForm).expression(figure, Strength::Atom),
            FormKind::Survey(form) => self.survey(form),
            FormKind::Rate(rate) => self.keyword(Keyword::RateForm).expression(rate, Strength::Sum),
            FormKind::Count(count) => self.keyword(Keyword::CountForm).expression(count, Strength::Sum),
            FormKind::Amount(amount) => self.keyword(Keyword::AmountForm).expression(amount, Strength::Sum),
            FormKind::Compared(compared) => self.compared(compared),
            FormKind::Checklist => self.keyword(Keyword::ChecklistForm),
            FormKind::Formula(formula) => self.keyword(Keyword::FormulaForm).expression(formula, Strength::Or),
            FormKind::Script => self.keyword(Keyword::ScriptForm),
            FormKind::Template { name, arguments } => {
                self.keyword(Keyword::TemplateForm).word(&name.value).open();
                self.items(arguments, |pen, argument| {
                    pen.expression(argument, Strength::Sum);
                });
                self.mark(")")
            }
            // Opened by words of its own, in `form`.
            FormKind::Entered { .. } | FormKind::PerCase { .. } => self,
        };
    }

    pub(super) fn band(&mut self, band: &Band) {
        self.edge(&band.edge).mark(":").award(&band.award.kind);
    }

    fn edge(&mut self, edge: &Edge) -> &mut Self {
        match (&edge.lower, &edge.upper) {
            (Some((value, _)), _) if edge.kind == EdgeKind::Exactly => self.keyword(Keyword::Exactly).threshold(value),
            (Some((lower, included)), upper) => {
                self.keyword(if *included { Keyword::From } else { Keyword::Above });
                self.threshold(lower);
                match upper {
                    Some((upper, included)) => {
                        self.keyword(if *included { Keyword::Through } else { Keyword::ToBelow }).threshold(upper)
                    }
                    None if *included => self.keyword(Keyword::Up),
                    None => self,
                }
            }
            (None, Some((upper, included))) => {
                self.keyword(if *included { Keyword::Through } else { Keyword::Below }).threshold(upper)
            }
            (None, None) => self,
        }
    }

    /// An edge, or what an award grows to: a fraction stands without brackets.
    fn threshold(&mut self, value: &Expression) -> &mut Self {
        if let ExpressionKind::Binary(BinaryOperator::Divide, over, under) = &value.kind
            && let (ExpressionKind::Number(over), ExpressionKind::Number(under)) = (&over.kind, &under.kind)
        {
            let written = format!("{}/{}", self.exact(&over.value), self.exact(&under.value));
            return self.word(&written);
        }
        self.expression(value, Strength::Atom)
    }

    pub(super) fn award(&mut self, award: &AwardKind) -> &mut Self {
        match award {
            AwardKind::Maximum => self.keyword(Keyword::Maximum),
            AwardKind::Points(points) => self.points(&points.value),
            AwardKind::Share(share) => self.share(share),
            AwardKind::Proportional => self.keyword(Keyword::Proportional),
            AwardKind::ProportionalTo(target) => {
                self.keyword(Keyword::Proportional).keyword(Keyword::To).threshold(target)
            }
            AwardKind::Interpolate(from, to) => self
                .keyword(Keyword::Interpolate)
                .keyword(Keyword::From)
                .points(&from.value)
                .keyword(Keyword::To)
                .points(&to.value),
        }
    }

    /// `50% tối đa`, or `1/3 tối đa` where the author wrote a fraction.
    fn share(&mut self, share: &Number) -> &mut Self {
        if share.unit == Unit::Percent {
            self.number(share);
        } else {
            self.word(&format!("{}/{}", share.value.numerator_text(), share.value.denominator_text()));
        }
        self.language.pick(false, true).then(|| self.keyword(Keyword::Of));
        self.keyword(Keyword::Maximum)
    }

    pub(super) fn effect(&mut self, effect: &EffectKind) -> &mut Self {
        match effect {
            EffectKind::Award(award) => self.award(award),
            EffectKind::OutOfScale => self.keyword(Keyword::OutOfScale),
            EffectKind::Unscored => self.keyword(Keyword::Unscored),
        }
    }

    pub(super) fn gate(&mut self, gate: &Gate) {
        self.keyword(Keyword::Gate).keyword(Keyword::PointsOf).word(&gate.of.value).word(gate.comparison.sign());
        match &gate.limit {
            Some(limit) => self.number(limit),
            None => self.keyword(Keyword::Maximum),
        };
        self.mark(";").keyword(Keyword::IfNot).mark(":").effect(&gate.effect.kind);
    }

    pub(super) fn met(&mut self, met: &Met) {
        match &met.test {
            MetTest::Figure { name, label, sources } => {
                self.keyword(Keyword::Met).word(&name.value).string(&label.value);
                self.mark(":").award(&met.award.kind).own_sources(sources);
            }
            MetTest::Condition(test) => {
                self.keyword(Keyword::MetWhen).expression(test, Strength::Or);
                self.mark(":").award(&met.award.kind);
            }
        }
    }

    /// `mỗi 5 hồ_sơ: …`, `mỗi 1% của a / b: …`.
    pub(super) fn each(&mut self, each: &Each) {
        self.keyword(Keyword::Each);
        if let Some(step) = &each.step {
            self.number(step);
            let bare = step.unit != Unit::Percent && matches!(each.what.kind, ExpressionKind::Name(_));
            if !bare {
                self.keyword(Keyword::Of);
            }
        }
        self.expression(&each.what, Strength::Sum).mark(":");
        if !each.points.value.is_negative() {
            self.keyword(Keyword::Add);
        }
        self.points(&each.points.value);
    }

    pub(super) fn timed(&mut self, line: &Timed) {
        let late = match &line.when {
            Lateness::OnTime => None,
            Lateness::UpTo(late) => Some((Keyword::UpTo, late)),
            Lateness::Over(late) => Some((Keyword::Over, late)),
        };
        match late {
            None => self.keyword(Keyword::OnTime),
            Some((side, late)) => {
                let unit = match late.unit {
                    LateUnit::Days => Keyword::Days,
                    LateUnit::Hours => Keyword::Hours,
                    LateUnit::WorkingDays(_) => Keyword::WorkingDays,
                };
                self.keyword(Keyword::Late).keyword(side).word(&late.count.value.to_string());
                self.counted(unit, late.count.value == 1)
            }
        };
        self.mark(":").award(&line.award.kind);
    }

    /// `không phát sinh từng xã khi giải_quyết = 0: bỏ qua dòng`.
    pub(super) fn no_row_case(&mut self, case: &NoRowCase) {
        self.keyword(Keyword::NoCasePer).word(&case.list.value).keyword(Keyword::When);
        self.expression(&case.test, Strength::Or).mark(":");
        match &case.award {
            Some(award) => self.award(&award.kind),
            None => self.keyword(Keyword::SkipRow),
        };
    }

    pub(super) fn cap(&mut self, cap: &Cap) {
        let floor = cap.side == Comparison::AtLeast;
        self.keyword(if floor { Keyword::Floor } else { Keyword::Ceiling }).award(&cap.limit);
    }
}
