//! "No case arose" is said of what a rate is a share of: of the share itself it takes the worst for no case at all.

use super::super::lower::LeafRanges;
use super::super::meaning::{
    Arm, Expr, Guard, Interval, Known, Meaning, Outcome, Ranges, Term, Test, decides, never_so, range,
};
use super::super::model::{Form, Leaf, Scoring};
use super::awards;
use super::bands::value_words;
use super::unheld::unheld;
use crate::diagnostic::{Bands, Both, Diagnostic};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// Tells of a line for `b = 0` under a rate `b / a` that takes cases in which `a` is not zero, and gives them something
/// else than the rate does.
pub(super) fn of_numerator(leaf: &Leaf, scored: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    // As the figures are declared: what the lines themselves take is still there.
    let ranges = &LeafRanges { figures: &leaf.figures, maximum: scored.maximum, subject: Interval::ALL };
    let Scoring::Declared(Form::Rate, Meaning::Cases { subject: Some(subject), arms }) = &leaf.scoring else { return };
    let Term::Binary(BinaryOperator::Divide, over, under) = &subject.bare().term else { return };
    let name = |expr: &Expr| match &expr.bare().term {
        Term::Figure(id) => leaf.figures.get(id.0).map(|figure| figure.name.clone()),
        _ => None,
    };
    let Some(over_name) = name(over) else { return };
    for (at, rule) in leaf.not_applicable.iter().enumerate().filter(|(_, rule)| is_zero(&rule.test, over)) {
        let mut known = Known::new(ranges, &rule.test, true);
        let earlier = leaf.not_applicable.iter().take(at).flat_map(|earlier| unheld(&earlier.test, &leaf.figures));
        earlier.for_each(|(test, holds)| known.assume(test, holds));
        if known.is_impossible() || range(under, &known).single().is_some_and(Ratio::is_zero) {
            continue;
        }
        let Some(usual) = at_zero(arms, &known, ranges) else { continue };
        let given = match &rule.outcome {
            Outcome::Points(award) => match range(award, ranges).single() {
                Some(points) if *points != usual => points_words(points),
                _ => continue,
            },
            Outcome::OutOfScale => out_of_scale(),
            Outcome::Unscored => Both::new("chưa chấm", "unscored"),
        };
        let zero = Expr::constant(under.kind, Ratio::ZERO);
        let nothing = Test::Compare(Comparison::Equal, (**under).clone(), zero);
        let without = Known::new(ranges, &nothing, true);
        let others = || leaf.not_applicable.iter().enumerate().filter(|(other, _)| *other != at);
        let no_other = others().flat_map(|(_, other)| unheld(&other.test, &leaf.figures));
        // One line, or several together.
        let may_be_zero = range(under, ranges).contains(&Ratio::ZERO);
        let taken = others().any(|(_, other)| decides(&other.test, &without) == Some(true))
            || may_be_zero && never_so(&[(&nothing, true)].into_iter().chain(no_other).collect::<Vec<_>>(), ranges);
        let written = name(under);
        let mend = match &written {
            Some(name) if !taken && may_be_zero => Both::new(
                format!("viết `không phát sinh khi {name} = 0: …`"),
                format!("write `no case when {name} = 0: …`"),
            ),
            _ if taken => Both::new(
                "bỏ dòng này: mẫu số bằng 0 đã có dòng khác nhận",
                "drop this line: another one takes the zero denominator",
            ),
            Some(_) => {
                Both::new("bỏ dòng này: mẫu số không bao giờ bằng 0", "drop this line: the denominator is never zero")
            }
            None => Both::new(
                "viết `không phát sinh khi … = 0: …` với chính mẫu số",
                "write `no case when … = 0: …` of the very denominator",
            ),
        };
        let under =
            written.map_or_else(|| Both::new("mẫu số", "the denominator"), |name| Both::same(format!("`{name}`")));
        let problem =
            Bands::NoCaseOfNumerator { over: over_name.clone(), under, given, rate: points_words(&usual), mend };
        findings.push(Diagnostic::new(problem, rule.line));
    }
}

fn out_of_scale() -> Both {
    Both::new("loại khỏi thang điểm", "out of scale")
}

/// What is told of a row in place of a leaf: a row leaves nothing but itself, and its line names the list.
pub(super) fn of_a_row(list: &str, problem: &mut Bands) {
    let Bands::NoCaseOfNumerator { given, mend, .. } = problem else { return };
    if *given == out_of_scale() {
        *given = Both::new("bỏ qua dòng", "the row is skipped");
    }
    *mend = Both::new(
        mend.0.replacen("không phát sinh khi", &format!("không phát sinh từng {list} khi"), 1),
        mend.1.replacen("no case when", &format!("no case per {list} when"), 1),
    );
}

/// Whether a test says that an expression is zero, and nothing else.
fn is_zero(test: &Test, expr: &Expr) -> bool {
    let zero = |side: &Expr| matches!(&side.bare().term, Term::Constant(value) if value.is_zero());
    match test {
        Test::Compare(comparison, left, right) => {
            let same = |side: &Expr| side.bare().term == expr.bare().term;
            match comparison {
                Comparison::Equal => (same(left) && zero(right)) || (zero(left) && same(right)),
                Comparison::AtMost => same(left) && zero(right),
                Comparison::AtLeast => zero(left) && same(right),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The points that a rate of nothing has, where one line alone may take it.
fn at_zero(arms: &[Arm], known: &dyn Ranges, ranges: &LeafRanges<'_>) -> Option<Ratio> {
    for arm in arms {
        let takes = match &arm.guard {
            Guard::Test(test) => match decides(test, known) {
                Some(false) => false,
                Some(true) => true,
                None => return None,
            },
            Guard::Within(interval) => interval.contains(&Ratio::ZERO),
            Guard::Otherwise => true,
        };
        if takes {
            let award = awards::points(&arm.outcome)?;
            return awards::given(award, &Interval::point(Ratio::ZERO), ranges).single().cloned();
        }
    }
    None
}

fn points_words(points: &Ratio) -> Both {
    let Both(vietnamese, english) = value_words(points, super::super::meaning::Kind::Number);
    Both::new(format!("được {vietnamese} điểm"), format!("{english} points"))
}
