//! Bands: every value in exactly one of them, in order, with awards that fit.

use std::cmp::Ordering;

use super::super::build::Notes;
use super::super::lower::{LeafRanges, bounded_by};
use super::super::meaning::{Arm, Edge, Expr, Guard, Interval, Kind, Term, range};
use super::super::model::{Figure, Head, Leaf, NotApplicable};
use super::awards;
use crate::diagnostic::{Bands, Both, Budget, Diagnostic, Expressions, Language, Problem, Span};
use crate::language::tree::BinaryOperator;
use crate::language::{duration_text, moment_text};
use crate::number::{DecimalMark, Ratio};

struct Band<'a> {
    arm: &'a Arm,
    interval: &'a Interval,
    award: &'a Expr,
    /// The part of the band that the subject can reach.
    within: Interval,
    given: Interval,
}

/// Checks the bands of a rate or an amount.
pub(super) fn check(
    (head, leaf): (&Head, &Leaf),
    notes: &Notes,
    subject: &Expr,
    arms: &[Arm],
    ranges: &LeafRanges<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let whole = is_whole(subject);
    let stated = LeafRanges { figures: &leaf.figures, ..ranges.clone() };
    let open = reach(subject, ranges);
    let whatever = if leaf.not_applicable.is_empty() { open.clone() } else { reach(subject, &stated) };
    let taken = if open == whatever { Vec::new() } else { takers(leaf, subject, &stated, &whatever) };
    // Lines of which none is ever reached are judged by what they say, as if `không phát sinh` took nothing.
    let never = !has_value(&open, whole) && has_value(&whatever, whole);
    let (ranges, domain) = if never { (&stated, whatever.clone()) } else { (ranges, open) };
    if never {
        never_reached(arms, &taken, findings);
    }
    let mut bands = Vec::new();
    for arm in arms {
        let (Guard::Within(interval), Some(award)) = (&arm.guard, awards::points(&arm.outcome)) else {
            continue;
        };
        let within = interval.intersect(&domain);
        let given = awards::given(award, &within, ranges);
        bands.push(Band { arm, interval, award, within, given });
    }
    for arm in arms.iter().filter(|arm| matches!(arm.guard, Guard::Test(_))) {
        if let Some(award) = awards::points(&arm.outcome) {
            awards::in_range(head, &awards::given(award, &domain, ranges), arm.line, findings);
        }
    }
    if bands.is_empty() {
        return;
    }
    let before = findings.len();
    let turned = turned(subject, ranges.figures);
    for band in &bands {
        let told = findings.len();
        out_of_range(band, (&domain, subject.kind, whole), (&whatever, &taken), findings);
        // One bound the wrong way round puts every line out of reach: it is told once.
        if let (Some((over, under)), Some(finding)) = (turned, findings.get_mut(told))
            && matches!(finding.problem, Problem::Bands(Bands::EdgeOutOfRange { .. }))
        {
            *finding = finding.clone().label(
                under.span,
                format!("giới hạn của `{1}` đang nói ngược lại? khai `{0}` là `không quá {1}`", over.name, under.name),
                format!(
                    "does the bound of `{1}` say the opposite? declare `{0}` as `at most {1}`",
                    over.name, under.name
                ),
            );
            break;
        }
    }
    overlaps(&bands, subject.kind, whole, ranges, findings);
    let mut sorted: Vec<&Band<'_>> = bands.iter().collect();
    sorted.sort_by(|one, other| by_lower(one.interval, other.interval));
    gaps(&sorted, &domain, subject.kind, whole, notes, findings);
    let sound = findings.len() == before;
    let mut fits = true;
    for band in bands.iter().filter(|band| has_value(&band.within, whole)) {
        let before = findings.len();
        fits &= awards::in_range(head, &band.given, band.arm.line, findings);
        if *band.interval == Interval::ALL {
            findings.iter_mut().skip(before).for_each(|finding| in_bands(finding, subject.kind));
        }
    }
    if sound && fits {
        let given: Vec<Interval> = bands.iter().map(|band| band.given.clone()).collect();
        let before = findings.len();
        awards::reachable(head, &given, notes.form, findings);
        // Where every line gives the same, no two need be compared.
        let flat = |finding: &Diagnostic| matches!(finding.problem, Problem::Budget(Budget::CannotDiscriminate { .. }));
        if !findings.iter().skip(before).any(flat) {
            order(&sorted, notes, ranges, findings);
        }
    }
}

/// What the subject of bands can be.
fn reach(subject: &Expr, ranges: &LeafRanges<'_>) -> Interval {
    let reach = range(subject, ranges);
    if is_whole(subject) { reach.whole() } else { reach }
}

/// What the subject of a leaf's bands can be once lines `không phát sinh` took theirs.
pub fn reached(head: &Head, leaf: &Leaf, subject: &Expr) -> Interval {
    let figures = super::less(&leaf.figures, &leaf.not_applicable);
    reach(subject, &LeafRanges { figures: &figures, maximum: head.maximum.ratio(), subject: Interval::ALL })
}

/// The lines `không phát sinh` that leave bands less than the figures can be.
fn takers(leaf: &Leaf, subject: &Expr, stated: &LeafRanges<'_>, whatever: &Interval) -> Vec<Span> {
    let takes = |rule: &&NotApplicable| {
        let figures = super::less(&leaf.figures, std::slice::from_ref(*rule));
        reach(subject, &LeafRanges { figures: &figures, ..stated.clone() }) != *whatever
    };
    leaf.not_applicable.iter().filter(takes).map(|rule| rule.line).collect()
}

/// Bands of which `không phát sinh` leaves none a value: no edge of theirs is wrong.
fn never_reached(arms: &[Arm], taken: &[Span], findings: &mut Vec<Diagnostic>) {
    for arm in arms.iter().filter(|arm| matches!(arm.guard, Guard::Within(_))) {
        let mend = Both::new(
            "các dòng `không phát sinh` cùng nhau nhận mọi giá trị: bỏ hoặc thu hẹp dòng không đúng",
            "the lines `no case` together take every value: drop or narrow the one that is wrong",
        );
        let finding = Diagnostic::new(Bands::TakenByNoCase { mend }, arm.words);
        findings.push(taken.iter().fold(finding, |finding, line| taken_at(finding, *line)));
    }
}

fn taken_at(finding: Diagnostic, line: Span) -> Diagnostic {
    finding.label(line, "dòng này nhận trước", "this line takes them first")
}

/// The two figures of a ratio, where the lower one is bounded by the upper one and not the other way round.
fn turned<'a>(subject: &Expr, figures: &'a [Figure]) -> Option<(&'a Figure, &'a Figure)> {
    let Term::Binary(BinaryOperator::Divide, over, under) = &subject.term else { return None };
    let (Term::Figure(top), Term::Figure(bottom)) = (&over.term, &under.term) else { return None };
    let both = || Some((figures.get(top.0)?, figures.get(bottom.0)?));
    bounded_by(figures, *bottom, *top).then(both).flatten()
}

/// What changes either way has no least value to be bounded by: an award for all of it is mended by bands.
fn in_bands(finding: &mut Diagnostic, kind: Kind) {
    if let Problem::Expressions(Expressions::NotProved { mend, .. }) = &mut finding.problem {
        let Both(zero, _) = value_words(&Ratio::ZERO, kind);
        *mend = Both::new(
            format!(
                "chia dải ở dưới: `từ {zero} trở lên: …` cho phần được điểm, `dưới {zero}: 0 điểm` cho phần còn lại; hoặc khai giới hạn của số liệu"
            ),
            format!(
                "write bands below: `from {zero} up: …` for what has points, `below {zero}: 0 points` for the rest; or bound the figures"
            ),
        );
    }
}

/// Whether the subject can only be a whole number.
pub(in super::super) fn is_whole(subject: &Expr) -> bool {
    let mut whole = true;
    subject.visit(&mut |expr| {
        whole &= match &expr.term {
            Term::Figure(_) => matches!(expr.kind, Kind::Count | Kind::Date),
            Term::Constant(value) => value.is_integer(),
            Term::Binary(operator, ..) => *operator != BinaryOperator::Divide,
            Term::Maximum | Term::Subject | Term::Round(..) | Term::If(_) => false,
            Term::Negate(_)
            | Term::Least(_)
            | Term::Greatest(_)
            | Term::Floor(_)
            | Term::Absolute(_)
            | Term::Named(..) => true,
        };
    });
    whole
}

pub(super) fn has_value(interval: &Interval, whole: bool) -> bool {
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

/// `whatever` is what the figures can be before lines `không phát sinh` have taken their part.
fn out_of_range(
    band: &Band<'_>,
    (domain, kind, whole): (&Interval, Kind, bool),
    (whatever, taken): (&Interval, &[Span]),
    findings: &mut Vec<Diagnostic>,
) {
    let beyond = |edge: &Edge, domain: &Interval| {
        domain.lower.as_ref().is_some_and(|lower| edge.at < lower.at)
            || domain.upper.as_ref().is_some_and(|upper| edge.at > upper.at)
    };
    let edges = [&band.interval.lower, &band.interval.upper];
    if let Some(edge) = edges.into_iter().flatten().find(|edge| beyond(edge, domain)) {
        let problem = Bands::EdgeOutOfRange { edge: value_words(&edge.at, kind), range: interval_words(domain, kind) };
        let taken = if beyond(edge, whatever) { &[] } else { taken };
        let finding = Diagnostic::new(problem, band.arm.words);
        findings.push(taken.iter().fold(finding, |finding, line| taken_at(finding, *line)));
    } else if !has_value(&band.within, whole) {
        findings.push(Diagnostic::new(Bands::UnreachableLine {}, band.arm.words));
    }
}

fn overlaps(bands: &[Band<'_>], kind: Kind, whole: bool, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    for (at, band) in bands.iter().enumerate() {
        // One complaint a line: against the first line above that it meets.
        for above in bands.iter().take(at) {
            let both = band.interval.intersect(above.interval);
            if !has_value(&both, whole) {
                continue;
            }
            let both = if whole { both.whole() } else { both };
            let touch = both.single().is_some_and(|at| {
                band.award.term == above.award.term
                    || band.at(at, ranges).is_some_and(|given| Some(given) == above.at(at, ranges))
            });
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
    /// What the band gives at one value, where that is one number.
    fn at(&self, value: &Ratio, ranges: &LeafRanges<'_>) -> Option<Ratio> {
        awards::given(self.award, &Interval::point(value.clone()), ranges).single().cloned()
    }

    /// What the band gives at its lowest and at its highest value. Awards rise, fall or stay over a whole band.
    fn ends(&self, ranges: &LeafRanges<'_>) -> Option<(Ratio, Ratio)> {
        let end = |edge: &Option<Edge>, far: &Option<Edge>| match edge {
            Some(edge) => self.at(&edge.at, ranges),
            // Without an edge only a constant or a proportional award can stand, which rises.
            None => far.as_ref().map(|edge| edge.at.clone()),
        };
        Some((end(&self.within.lower, &self.given.lower)?, end(&self.within.upper, &self.given.upper)?))
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
    let mut report = |gap: &Interval, near: &Band<'_>, beyond: Option<&Band<'_>>| {
        let open = gap.intersect(domain);
        if has_value(&open, whole) {
            let open = if whole { open.whole() } else { open };
            let finding = Diagnostic::new(Bands::Gap { gap: interval_words(&open, kind) }, near.arm.words);
            let finding = finding.label(notes.form, "cách chấm ở đây", "the form is here");
            findings.push(match beyond {
                Some(other) => finding.label(other.arm.words, "dải ở phía bên kia", "the band on its other side"),
                None => finding,
            });
        }
    };
    let flip = |edge: &Edge| Edge { at: edge.at.clone(), included: !edge.included };
    let Some((first, rest)) = sorted.split_first() else {
        return;
    };
    if let Some(lower) = &first.interval.lower {
        report(&Interval { lower: None, upper: Some(flip(lower)) }, first, None);
    }
    let mut reached: &Band<'_> = first;
    for band in rest {
        report(&reached.interval.gap_to(band.interval), band, Some(reached));
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
        report(&Interval { lower: Some(flip(upper)), upper: None }, reached, None);
    }
}

/// Falling awards, equal neighbours, interpolations that do not meet; over bands from the lowest up.
fn order(sorted: &[&Band<'_>], notes: &Notes, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    if !notes.not_monotone {
        monotone(sorted, ranges, findings);
    }
    for pair in sorted.windows(2) {
        let [lower, upper] = pair else { continue };
        if lower.given.single().is_some() && lower.given.single() == upper.given.single() {
            let finding = Diagnostic::new(Bands::EqualNeighbours {}, upper.arm.line);
            findings.push(finding.label(lower.arm.line, "dòng bên cạnh", "the line beside"));
        }
        if notes.continuous {
            continuous(lower, upper, ranges, findings);
        }
    }
}

/// A better figure that earns less, inside a line or from one line to the next.
fn monotone(sorted: &[&Band<'_>], ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let ends: Vec<(&Band<'_>, (Ratio, Ratio))> =
        sorted.iter().filter_map(|&band| Some((band, band.ends(ranges)?))).collect();
    let (Some((_, (first, _))), Some((_, (_, last)))) = (ends.first(), ends.last()) else {
        return;
    };
    // Which way is better: more, unless the whole ladder falls.
    let rising = last >= first;
    let falls = |from: &Ratio, to: &Ratio| if rising { to < from } else { to > from };
    let mut below: Option<(&Band<'_>, &Ratio)> = None;
    for (band, (start, end)) in &ends {
        if let Some((lower, _)) = below.filter(|(_, reached)| falls(reached, start)) {
            let (worse, better) = if rising { (lower, *band) } else { (*band, lower) };
            let finding = Diagnostic::new(Bands::NotMonotone {}, better.arm.line);
            findings.push(finding.label(worse.arm.line, "dòng này cho nhiều hơn", "this line gives more"));
        } else if falls(start, end) {
            findings.push(Diagnostic::new(Bands::NotMonotone {}, band.arm.line));
        }
        below = Some((band, end));
    }
}

fn continuous(lower: &Band<'_>, upper: &Band<'_>, ranges: &LeafRanges<'_>, findings: &mut Vec<Diagnostic>) {
    let (Some((_, there)), Some((here, _))) = (lower.ends(ranges), upper.ends(ranges)) else {
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
            Kind::PercentagePoints => {
                let one_point = value.abs() == Ratio::ONE.checked_div(&Ratio::from(100)).unwrap_or_default();
                let word = if one_point { "percentage point" } else { "percentage points" };
                let percent = value.percent(mark);
                format!("{} {}", percent.trim_end_matches('%'), language.pick("điểm phần trăm", word))
            }
            Kind::Points => format!("{} {}", value.exact(mark), language.pick("điểm", "points")),
            Kind::Date => value
                .to_i64()
                .and_then(|days| i32::try_from(days).ok())
                .map_or_else(|| value.exact(mark), crate::language::date_text),
            Kind::Moment => seconds(value).map_or_else(|| value.exact(mark), |at| moment_text(at, language)),
            Kind::Days => lateness(value, language),
            Kind::WorkingDays => {
                let days = lateness(value, language);
                language.pick(format!("{days} theo lịch"), format!("{days} of the calendar"))
            }
            Kind::Number | Kind::Count | Kind::Money => value.exact(mark),
        }
    };
    Both::new(one(Language::Vietnamese), one(Language::English))
}

/// Days as whole seconds, where they are.
pub fn seconds(days: &Ratio) -> Option<i64> {
    (days * &Ratio::from(86_400)).to_i64()
}

/// So many days, with hours and minutes where they are not whole.
fn lateness(days: &Ratio, language: Language) -> String {
    let whole = days.to_i64();
    match (whole, seconds(&days.abs())) {
        (Some(whole), _) => {
            let word = if whole.abs() == 1 { "day" } else { "days" };
            format!("{whole} {}", language.pick("ngày", word))
        }
        (None, Some(seconds)) => {
            let sign = if days.is_negative() { "−" } else { "" };
            format!("{sign}{}", duration_text(seconds, language))
        }
        (None, None) => format!("{} {}", days.exact(language.decimal_mark()), language.pick("ngày", "days")),
    }
}

/// An edge of a band as its kind reads; a rate that no percentage says exactly stands as the fraction that was written.
fn edge_words(value: &Ratio, kind: Kind) -> Both {
    if kind == Kind::Rate && value.percent(DecimalMark::Comma).starts_with('≈') {
        return Both::same(value.exact(DecimalMark::Comma));
    }
    value_words(value, kind)
}

/// An interval in words: `từ 80% đến dưới 90%`.
pub fn interval_words(interval: &Interval, kind: Kind) -> Both {
    if let Some(value) = interval.single() {
        return edge_words(value, kind);
    }
    let words = |edge: &Option<Edge>| edge.as_ref().map(|edge| (edge_words(&edge.at, kind), edge.included));
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
