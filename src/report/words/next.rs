//! What would give more, and what less: the neighbouring bands, and the conditions above.

use super::reason::Teller;
use super::{Context, numbers, test};
use crate::engine::{Cliff, Decided};
use crate::ruleset::meaning::{FigureId, Kind};
use crate::ruleset::{Figure, FigureKind, Scoring};

impl Teller<'_> {
    /// The conditions above that would have given more.
    pub(super) fn better(&self, decided: &Decided) -> Vec<String> {
        use crate::ruleset::meaning::{Guard, Meaning};
        let Scoring::Declared(_, Meaning::Cases { arms, .. }) = &self.leaf.scoring else { return Vec::new() };
        let now = decided.award.as_ref().map(|award| &award.value);
        let more = decided.tried.iter().filter_map(|tried| {
            let points = tried.points.as_ref().filter(|points| now.is_some_and(|now| points.ratio() > now))?;
            let test = arms.iter().filter(|arm| arm.line == tried.line).find_map(|arm| match &arm.guard {
                Guard::Test(test) if self.may_change(test) => Some(test::test(self.context, self.leaf, test)),
                Guard::Test(_) | Guard::Within(_) | Guard::Otherwise => None,
            })?;
            let points = numbers::points(self.context, points);
            Some(if self.penalty() {
                self.pick(format!("trừ {points}: khi {test}"), format!("minus {points}: when {test}"))
            } else {
                self.pick(format!("lên {points}: khi {test}"), format!("up to {points}: when {test}"))
            })
        });
        more.collect()
    }

    /// Whether a condition reads anything that a unit can do something about this year.
    fn may_change(&self, test: &crate::ruleset::meaning::Test) -> bool {
        let given = |id: FigureId| self.leaf.figures.get(id.0).is_some_and(|figure| figure.origin.is_given());
        let mut changes = false;
        test.figures(&mut |id| changes |= !given(id));
        changes
    }

    /// How far a neighbouring band is.
    pub(super) fn cliff(&self, cliff: &Cliff, up: bool) -> String {
        let edge = self.edge(cliff);
        let points = numbers::points(self.context, &cliff.points);
        // How many more units would have to be passed says nothing that the edge does not.
        let own = |figure: &FigureId| {
            let figure = self.leaf.figures.get(figure.0);
            figure.is_some_and(|figure| !figure.origin.is_derived())
        };
        let needs = cliff.needs.as_ref().filter(|(figure, amount)| !amount.is_zero() && own(figure));
        let needs = needs.map(|(figure, amount)| {
            let name = Context::figure_name(self.leaf, *figure);
            let measure = self.leaf.figures.get(figure.0).and_then(|figure| figure.measure.clone());
            // A rate moves by percentage points: `0,003` more of 89,7% is nothing that anyone would read as 0,3.
            let rate =
                self.leaf.figures.get(figure.0).is_some_and(|figure| figure.kind == FigureKind::Number(Kind::Rate));
            let kind = if rate { Kind::PercentagePoints } else { Kind::Number };
            let amount_words = numbers::value(self.context, kind, &amount.abs());
            // An edge that is not enough takes more than what reaches it; whole cases are counted past it.
            let whole = |figure: &Figure| figure.kind == FigureKind::Number(Kind::Count);
            let counted = self.leaf.figures.get(figure.0).is_some_and(whole);
            let more_than = if cliff.included || counted { "" } else { self.pick("hơn ", "over ") };
            let measure = measure.map(|measure| format!(" {measure}")).unwrap_or_default();
            if amount.is_negative() {
                self.pick(
                    format!("bớt {more_than}{amount_words}{measure} ({name})"),
                    format!("{more_than}{amount_words}{measure} less ({name})"),
                )
            } else {
                self.pick(
                    format!("thêm {more_than}{amount_words}{measure} ({name})"),
                    format!("{more_than}{amount_words}{measure} more ({name})"),
                )
            }
        });
        let how = needs.map(|needs| format!("{needs}, ")).unwrap_or_default();
        if self.penalty() {
            let nothing = cliff.points.is_zero();
            match (up, nothing) {
                (true, _) => self.pick(format!("trừ {points}: {how}{edge}"), format!("minus {points}: {how}{edge}")),
                (false, true) => self.pick(format!("không trừ: {how}{edge}"), format!("nothing off: {how}{edge}")),
                (false, false) => {
                    self.pick(format!("chỉ trừ {points}: {how}{edge}"), format!("only minus {points}: {how}{edge}"))
                }
            }
        } else if up {
            self.pick(format!("lên {points}: {how}{edge}"), format!("up to {points}: {how}{edge}"))
        } else {
            self.pick(format!("xuống {points}: {how}{edge}"), format!("down to {points}: {how}{edge}"))
        }
    }

    fn edge(&self, cliff: &Cliff) -> String {
        use crate::ruleset::meaning::{Kind, Meaning};
        let kind = match &self.leaf.scoring {
            Scoring::Declared(_, Meaning::Cases { subject: Some(subject), .. }) => subject.kind,
            _ => Kind::Number,
        };
        let day = super::deadline::subject(self.leaf)
            .and_then(|subject| super::deadline::day(self.context, subject, &cliff.edge));
        // What no percentage says exactly stands as the band says it.
        let fraction = cliff.edge.percent(crate::number::DecimalMark::Comma).starts_with('≈');
        let value = day.unwrap_or_else(|| match kind {
            Kind::Rate if fraction => cliff.edge.exact(crate::number::DecimalMark::Comma),
            _ => numbers::value(self.context, kind, &cliff.edge),
        });
        if cliff.included {
            self.pick(format!("tại {value}"), format!("at {value}"))
        } else {
            self.pick(format!("qua mốc {value}"), format!("past {value}"))
        }
    }
}
