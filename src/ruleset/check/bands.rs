//! Bands: every value in exactly one of them, in order, with awards that fit.

use std::cmp::Ordering;

use super::super::build::Notes;
use super::super::lower::LeafRanges;
use super::super::meaning::{Arm, Edge, Expr, Guard, Interval, Kind, range};
use super::super::model::Head;
use super::awards;
use crate::diagnostic::{Bands, Both, Diagnostic, Language};
use crate::number::Ratio;

struct Band<'a> {
    arm: &'a Arm,
    interval: &'a Interval,
    given: Interval,
}

/// Checks the bands of a rate or an amount.
pub(super) fn check(
    head: &Head,
    notes: &Notes,
    subject: &Expr,
    arms: &[Arm],
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let domain = range(subject, ranges);
    let whole = is_whole(subject);
    let mut bands = Vec::new();
    for arm in arms {
        let (Guard::Within(interval), Some(award)) = (&arm.guard, awards::points(&arm.outcome)) else {
            continue;
        };
        let given = awards::given(award, &interval.intersect(&domain), ranges);
        bands.push(Band { arm, interval, given });
    }
    if bands.is_empty() {
        return;
    }
    let before = findings.len();
    for band in &bands {
        out_of_range(band, &domain, subject.kind, whole, findings);
    }
    overlaps(&bands, subject.kind, whole, findings);
    let mut sorted: Vec<&Band<'_>> = bands.iter().collect();
    sorted.sort_by(|one, other| by_lower(one.interval, other.interval));
    gaps(&sorted, &domain, subject.kind, whole, notes, findings);
    let sound = findings.len() == before;
    let mut fits = true;
    for band in &bands {
        fits &= awards::in_range(head, &band.given, band.arm.line, findings);
    }
    if sound && fits {
        let given: Vec<Interval> = bands.iter().map(|band| band.given.clone()).collect();
        awards::reachable(head, &given, notes.form, findings);
        order(&sorted, notes, ranges, findings);
    }
}

/// Whether the subject can only be a whole number.
fn is_whole(subject: &Expr) -> bool {
    use super::super::meaning::Term;
    use crate::language::tree::BinaryOperator as B;
    let mut whole = true;
    subject.visit(&mut |expr| {
        whole &= match &expr.term {
            Term::Figure(_) => matches!(expr.kind, Kind::Count | Kind::Date),
            Term::Constant(value) => value.is_integer(),
            Term::Binary(operator, ..) => *operator != B::Divide,
            Term::Maximum | Term::Subject | Term::Round(..) => false,
            Term::Negate(_) | Term::Least(_) | Term::Greatest(_) => true,
        };
    });
    whole
}

fn has_value(interval: &Interval, whole: bool) -> bool {
    if whole { interval.contains_integer() } else { !interval.is_empty() }
}

fn by_lower(one: &Interval, other: &Interval) -> Ordering {
    match (&one.lower, &other.lower) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(one), Some(other)) => one.at.cmp(&other.at).then(other.included.cmp(&one.included)),
    }
}

fn out_of_range(band: &Band<'_>, domain: &Interval, kind: Kind, whole: bool, findings: &mut Vec<Diagnostic>) {
    let beyond = |edge: &Edge| {
        domain.lower.as_ref().is_some_and(|lower| edge.at < lower.at)
            || domain.upper.as_ref().is_some_and(|upper| edge.at > upper.at)
    };
    let edges = [&band.interval.lower, &band.interval.upper];
    if let Some(edge) = edges.into_iter().flatten().find(|edge| beyond(edge)) {
        let problem = Bands::EdgeOutOfRange { edge: value_words(&edge.at, kind), range: interval_words(domain, kind) };
        findings.push(Diagnostic::new(problem, band.arm.words));
    } else if !has_value(&band.interval.intersect(domain), whole) {
        findings.push(Diagnostic::new(Bands::UnreachableLine {}, band.arm.words));
    }
}

fn overlaps(bands: &[Band<'_>], kind: Kind, whole: bool, findings: &mut Vec<Diagnostic>) {
    for (at, band) in bands.iter().enumerate() {
        // One complaint a line: against the first line above that it meets.
        for above in bands.iter().take(at) {
            let both = band.interval.intersect(above.interval);
            if !has_value(&both, whole) {
                continue;
            }
            let touch = both.single().is_some() && band.given_at(&both) == above.given_at(&both);
            let problem = if touch {
                Bands::Touch { edge: interval_words(&both, kind) }
            } else {
                Bands::Overlap { both: interval_words(&both, kind) }
            };
            let finding = Diagnostic::new(problem, band.arm.words);
            findings.push(finding.label(above.arm.words, "dòng kia ở đây", "the other line is here"));
            break;
        }
    }
}

impl Band<'_> {
    /// What the band gives at a single value; compared for equality only.
    fn given_at(&self, at: &Interval) -> Option<Interval> {
        let award = awards::points(&self.arm.outcome)?;
        let ranges = LeafRanges { figures: &[], maximum: &Ratio::ONE, subject: at.clone() };
        Some(range(award, &ranges))
    }
}

fn gaps(
    sorted: &[&Band<'_>],
    domain: &Interval,
    kind: Kind,
    whole: bool,
    notes: &Notes,
    findings: &mut Vec<Diagnostic>,
) {
    let mut report = |gap: &Interval, near: &Band<'_>| {
        let open = gap.intersect(domain);
        if has_value(&open, whole) {
            let finding = Diagnostic::new(Bands::Gap { gap: interval_words(&open, kind) }, near.arm.words);
            findings.push(finding.label(notes.form, "cách chấm ở đây", "the form is here"));
        }
    };
    let flip = |edge: &Edge| Edge { at: edge.at.clone(), included: !edge.included };
    let Some((first, rest)) = sorted.split_first() else {
        return;
    };
    if let Some(lower) = &first.interval.lower {
        report(&Interval { lower: None, upper: Some(flip(lower)) }, first);
    }
    let mut reached: &Band<'_> = first;
    for band in rest {
        report(&reached.interval.gap_to(band.interval), band);
        let further = match (&reached.interval.upper, &band.interval.upper) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(one), Some(other)) => (&other.at, other.included) > (&one.at, one.included),
        };
        if further {
            reached = band;
        }
    }
    if let Some(upper) = &reached.interval.upper {
        report(&Interval { lower: Some(flip(upper)), upper: None }, reached);
    }
}

/// Falling awards, equal neighbours, interpolations that do not meet; over bands from the lowest up.
fn order(sorted: &[&Band<'_>], notes: &Notes, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let low = |band: &Band<'_>| band.given.lower.as_ref().map(|edge| edge.at.clone());
    let high = |band: &Band<'_>| band.given.upper.as_ref().map(|edge| edge.at.clone());
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else {
        return;
    };
    // Which way is better: more, unless the whole ladder falls.
    let rising = high(last) >= high(first);
    for pair in sorted.windows(2) {
        let [lower, upper] = pair else { continue };
        let (worse, better) = if rising { (lower, upper) } else { (upper, lower) };
        if !notes.not_monotone && high(worse) > low(better) && low(worse) > low(better) {
            let finding = Diagnostic::new(Bands::NotMonotone {}, better.arm.line);
            findings.push(finding.label(worse.arm.line, "dòng này cho nhiều hơn", "this line gives more"));
        }
        if lower.given.single().is_some() && lower.given.single() == upper.given.single() {
            let finding = Diagnostic::new(Bands::EqualNeighbours {}, upper.arm.line);
            findings.push(finding.label(lower.arm.line, "dòng bên cạnh", "the line beside"));
        }
        if notes.continuous {
            continuous(lower, upper, ranges, findings);
        }
    }
}

fn continuous(lower: &Band<'_>, upper: &Band<'_>, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(edge) = &upper.interval.lower else {
        return;
    };
    let at = Interval::point(edge.at.clone());
    let points = |band: &Band<'_>| {
        awards::points(&band.arm.outcome).and_then(|award| awards::given(award, &at, ranges).single().cloned())
    };
    let (Some(there), Some(here)) = (points(lower), points(upper)) else {
        return;
    };
    if here != there {
        let problem =
            Bands::NotContinuous { here: value_words(&here, Kind::Points), there: value_words(&there, Kind::Points) };
        let finding = Diagnostic::new(problem, upper.arm.line);
        findings.push(finding.label(lower.arm.line, "dòng bên cạnh", "the line beside"));
    }
}

/// A value as its kind reads.
pub fn value_words(value: &Ratio, kind: Kind) -> Both {
    let one = |language: Language| {
        let mark = language.decimal_mark();
        match kind {
            Kind::Rate => value.percent(mark),
            Kind::Points => format!("{} {}", value.exact(mark), language.pick("điểm", "points")),
            Kind::Date => value
                .to_i64()
                .and_then(|days| i32::try_from(days).ok())
                .map_or_else(|| value.exact(mark), crate::language::date_text),
            Kind::Number | Kind::Count | Kind::Money => value.exact(mark),
        }
    };
    Both::new(one(Language::Vietnamese), one(Language::English))
}

/// An interval in words: `từ 80% đến dưới 90%`.
pub fn interval_words(interval: &Interval, kind: Kind) -> Both {
    if let Some(value) = interval.single() {
        return value_words(value, kind);
    }
    let words = |edge: &Option<Edge>| edge.as_ref().map(|edge| (value_words(&edge.at, kind), edge.included));
    match (words(&interval.lower), words(&interval.upper)) {
        (None, None) => Both::new("mọi giá trị", "every value"),
        (Some((lower, true)), None) => Both::new(format!("từ {} trở lên", lower.0), format!("{} and up", lower.1)),
        (Some((lower, false)), None) => Both::new(format!("trên {}", lower.0), format!("above {}", lower.1)),
        (None, Some((upper, true))) => Both::new(format!("đến hết {}", upper.0), format!("through {}", upper.1)),
        (None, Some((upper, false))) => Both::new(format!("dưới {}", upper.0), format!("below {}", upper.1)),
        (Some((lower, from)), Some((upper, through))) => Both::new(
            format!(
                "{} {} {} {}",
                if from { "từ" } else { "trên" },
                lower.0,
                if through { "đến hết" } else { "đến dưới" },
                upper.0
            ),
            format!(
                "{} {} {} {}",
                if from { "from" } else { "above" },
                lower.1,
                if through { "through" } else { "to below" },
                upper.1
            ),
        ),
    }
}
