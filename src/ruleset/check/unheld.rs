//! What a condition says that has not held. Of a day that never came neither a comparison holds nor its opposite, so that
//! only the parts that read no such day say anything.

use super::super::meaning::{Kind, Test};
use super::super::model::{Figure, FigureKind};
use super::super::origin::Origin;

/// The parts of a condition that are known not to hold where it does not.
pub(super) fn unheld<'a>(test: &'a Test, figures: &[Figure]) -> Vec<(&'a Test, bool)> {
    let mut known = Vec::new();
    let mut open = vec![test];
    while let Some(test) = open.pop() {
        match test {
            _ if !asks_a_day(test, figures) => known.push((test, false)),
            Test::Any(parts) => open.extend(parts.iter().rev()),
            _ => {}
        }
    }
    known
}

/// Whether a comparison reads a day that may be stated never to have come.
fn asks_a_day(test: &Test, figures: &[Figure]) -> bool {
    let mut asks = false;
    if figures.iter().any(may_never_come) {
        test.sides(&mut |side| {
            side.figures(&mut |id| asks |= figures.get(id.0).is_some_and(may_never_come));
        });
    }
    asks
}

/// A deadline's day; and one that is stated elsewhere, or was in another year, which may be a deadline's there.
fn may_never_come(figure: &Figure) -> bool {
    let day = matches!(figure.kind, FigureKind::Number(Kind::Date | Kind::Moment));
    figure.or_never || day && !matches!(figure.origin, Origin::Stated | Origin::Rows(_))
}
