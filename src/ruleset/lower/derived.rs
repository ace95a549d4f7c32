//! Derived figures: what a rule reads and the unit does not state of itself, each a figure of its leaf.

use super::super::meaning::FigureId;
use super::super::model::{Figure, FigureKind};
use super::super::origin::Origin;
use super::figures::made;
use super::{Scope, Set};
use crate::diagnostic::{Both, Expressions, Language, Names, Span};
use crate::language::tree::{Derived, PriorYear, Spanned};

impl Scope<'_> {
    /// The figure that a derived name stands for; it joins the leaf's figures where it is new.
    pub(super) fn derived(&mut self, derived: &Derived, span: Span) -> Option<FigureId> {
        match derived {
            Derived::Survey => self.survey_result(span),
            Derived::Prior { name, year } => self.prior(name, *year, span),
            Derived::Far { name, code } => self.far(name, code),
            // The others are made by the form that compares, and known from then on.
            made => {
                let name = made.text(self.set.language);
                let known = self.figures.iter().position(|figure| figure.name == name);
                if known.is_none() && !self.forgiving {
                    self.find(Names::NoSuchValue { name }, span);
                }
                known.map(FigureId)
            }
        }
    }

    /// Adds a derived figure, or finds the one that is there; either way it is used.
    pub(super) fn join(&mut self, figure: Figure) -> FigureId {
        let known = self.figures.iter().position(|other| other.name == figure.name);
        let at = known.unwrap_or_else(|| {
            self.figures.push(figure);
            self.used.push(false);
            self.figures.len().saturating_sub(1)
        });
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        FigureId(at)
    }

    /// `vốn của năm trước`.
    fn prior(&mut self, name: &Spanned<String>, year: PriorYear, span: Span) -> Option<FigureId> {
        let Some(FigureId(at)) = self.named(&name.value) else {
            self.unknown(&name.value, name.span);
            return None;
        };
        let base = self.figures.get(at)?;
        if let Some(problem) = not_earlier(year, self.set) {
            self.find(problem, span);
            return None;
        }
        if base.kind == FigureKind::Text {
            let found = Both::new("văn bản", "a text");
            let expected = Both::new("số liệu có trị số", "a figure with a value");
            self.find(Expressions::WrongType { found, expected }, name.span);
            return None;
        }
        let figure = prior(base, FigureId(at), year, false, self.set, span);
        // What is asked this year is what next year reads.
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        Some(self.join(figure))
    }
}

/// A derived value by its name in either language.
pub(super) fn names(derived: &Derived) -> Both {
    Both::new(derived.text(Language::Vietnamese), derived.text(Language::English))
}

/// What a figure was in an earlier year, as a figure of its own. Its bounds are those of its kind alone: the limits
/// of this year speak of this year's figures.
pub(super) fn prior(base: &Figure, id: FigureId, year: PriorYear, asked: bool, set: Set<'_>, span: Span) -> Figure {
    let name = Spanned::new(base.name.clone(), span);
    let derived = Derived::Prior { name, year };
    let named = year.of(set.year.unwrap_or_default());
    let label = Both::new(format!("{}, năm {named}", base.label), format!("{}, {named}", base.label));
    let mut figure = made(names(&derived), label, base.kind.clone(), set.language, span);
    figure.measure.clone_from(&base.measure);
    figure.measured_at = base.measured_at;
    figure.digits = base.digits;
    figure.origin = Origin::Prior { figure: id, year: named, asked };
    figure
}

/// A year that is not before the set's.
pub(super) fn not_earlier(year: PriorYear, set: Set<'_>) -> Option<Expressions> {
    match (year, set.year) {
        (PriorYear::Year(named), Some(own)) if named >= own => {
            Some(Expressions::YearNotEarlier { year: usize::from(named), own: usize::from(own) })
        }
        _ => None,
    }
}
