//! What can be proved before the first submission arrives, one file per thing that can be wrong.

mod awards;
mod bands;
mod branches;
mod budget;
mod cases;
mod checklist;
mod conditions;
mod counts;
mod degrees;
mod formulas;
mod gates;
mod inherited;
mod loosened;
mod grades;
mod growth;
mod misplaced;
mod missing;
mod no_case;
mod outside;
mod per_case;
mod readings;
mod rows;
mod scripts;
mod shown;
mod survey;
mod told;
mod twins;
mod unheld;
mod witness;
mod zero;
mod zero_first;

pub(super) use bands::is_whole;
pub use bands::{interval_words, reached, seconds, value_words};
pub(super) use grades::{ceilings, fall, in_order as grades_in_order, in_range as grades_in_range};
pub(super) use inherited::counts as inherited_counts;
pub(super) use loosened::loosened;
pub(super) use misplaced::check as misplaced;
pub use scripts::failure_words as script_failure_words;
pub(super) use shown::check as shown;

use super::blocks::Aside;
use super::build::{Built, Notes};
use super::draft::Draft;
use super::header::Header;
use super::lower::LeafRanges;
use super::meaning::{Interval, Kind, Outcome, Term, Test, range};
use super::model::{Figure, FigureKind, Head, HeadId, Leaf, NotApplicable, Scoring};
use super::questionnaire::Questionnaire;
use crate::diagnostic::{Blocks, Diagnostic, Expressions, Language, Names, Structure, nearest};
use crate::language::limits;
use crate::language::tree::{Method, Ties};

/// All structural checks of a built set.
pub(super) fn all(
    header: &Header<'_>,
    draft: &Draft<'_>,
    (language, questionnaires): (Language, &[Questionnaire]),
    (built, by_block): (&[Built], bool),
    findings: &mut Vec<Diagnostic>,
) {
    if built.is_empty() && !draft.incomplete && header.frame.is_none() {
        findings.push(Diagnostic::new(Structure::NoHeads {}, header.span));
    }
    let leaves = built.iter().filter(|built| built.head.leaf.is_some()).count();
    if leaves > limits::LEAVES {
        let problem = Structure::TooManyLeaves { count: leaves, limit: limits::LEAVES };
        findings.push(Diagnostic::new(problem, header.span));
    }
    if !draft.incomplete {
        // Where heads depend on the block, sums are those of each block.
        if !by_block {
            budget::check(header, None, built, findings);
        }
        counts::check(header, draft, built, findings);
        tie_break(header, built, findings);
        gates::circles(built, findings);
        gates::check(built, findings);
    }
    let all = built;
    twins::check(built, findings);
    outside::check(header, draft, built, findings);
    missing::check(header, built, findings);
    if !draft.incomplete {
        shown::digits(header, built, findings);
    }
    survey::check(language, questionnaires, draft, built, findings);
    scripts::share(header, built, findings);
    for built in built {
        if let (Some(leaf), true) = (&built.head.leaf, header.no_survey.is_some()) {
            without_survey((&built.head, leaf), all, findings);
        }
        if let Some(leaf) = &built.head.leaf {
            self::leaf(&built.head, leaf, &built.notes, &[], findings);
            header.round.days_in_period(leaf, built.notes.form, findings);
        }
    }
}

/// A leaf that no survey fills, and that reads what is stated where one does: in a year without a survey nobody states it.
fn without_survey((head, leaf): (&Head, &Leaf), all: &[Built], findings: &mut Vec<Diagnostic>) {
    if head.method == Method::Survey {
        return;
    }
    let surveyed = |id: HeadId| all.get(id.0).map(|owner| &owner.head).filter(|owner| owner.method == Method::Survey);
    let mut far = leaf.figures.iter().filter_map(|figure| Some((figure, surveyed(figure.origin.stated_at()?.0?)?)));
    if let Some((figure, owner)) = far.next() {
        let (code, name, owner) = (head.code.clone(), figure.name.clone(), owner.code.clone());
        findings.push(Diagnostic::new(Blocks::ReadsSurvey { code, name, owner }, head.span));
    }
}

/// What holds for one block: its sums, its gates, the leaves that are others there than as they are written, points
/// where a head does not apply.
pub(super) fn block(
    header: &Header<'_>,
    block: &str,
    (base, built): (&[Built], &[Built]),
    incomplete: bool,
    findings: &mut Vec<Diagnostic>,
) {
    if !incomplete {
        budget::check(header, Some(block), built, findings);
        gates::check(built, findings);
    }
    let away = |id: HeadId| built.get(id.0).filter(|owner| owner.head.aside.is_some());
    for built in built.iter().filter(|built| built.head.aside.is_none()) {
        let figures = built.head.leaf.iter().flat_map(|leaf| &leaf.figures);
        let far = figures.filter_map(|figure| Some((figure, away(figure.origin.stated_at()?.0?)?)));
        for (figure, owner) in far.take(1) {
            let (code, owner) = (built.head.code.clone(), owner.head.code.clone());
            let problem = Blocks::ReadsAside { code, name: figure.name.clone(), owner };
            findings.push(Diagnostic::new(problem, built.head.span));
        }
    }
    for (base, built) in base.iter().zip(built) {
        let Some(leaf) = &built.head.leaf else { continue };
        match &built.head.aside {
            Some(Aside { outcome: Outcome::Points(award), line, .. }) => {
                let ranges = LeafRanges { figures: &[], maximum: built.head.maximum.ratio(), subject: Interval::ALL };
                awards::in_range(&built.head, &range(award, &ranges), *line, findings);
            }
            None if base.head.maximum != built.head.maximum
                || !base.head.leaf.as_ref().is_some_and(|base| same(base, leaf)) =>
            {
                self::leaf(&built.head, leaf, &built.notes, &[], findings);
            }
            Some(_) | None => {}
        }
    }
}

/// Whether all that the proofs of a leaf look at, but for its maximum, is as it is written. A figure that it reads of
/// another leaf may be bounded by that one's maximum.
fn same(base: &Leaf, built: &Leaf) -> bool {
    let scoring = match (&base.scoring, &built.scoring) {
        (Scoring::Declared(_, one), Scoring::Declared(_, other)) => one == other,
        (Scoring::PerRow(one), Scoring::PerRow(other)) => same(&one.row, &other.row),
        (Scoring::Script { floor, cap, .. }, Scoring::Script { floor: low, cap: high, .. }) => {
            (floor, cap) == (low, high)
        }
        (Scoring::Entered { .. }, Scoring::Entered { .. }) => true,
        _ => false,
    };
    scoring && base.figures == built.figures
}

/// Every head applies to some block.
pub(super) fn nobody(base: &[Built], variants: &[Vec<Head>], findings: &mut Vec<Diagnostic>) {
    for (at, built) in base.iter().enumerate() {
        let nobody = |at: usize| variants.iter().all(|heads| heads.get(at).is_some_and(|head| head.aside.is_some()));
        // What lies below such a head is told with it.
        if nobody(at) && built.head.parent.is_none_or(|parent| !nobody(parent.0)) {
            findings.push(Diagnostic::new(Blocks::AppliesToNobody { code: built.head.code.clone() }, built.head.span));
        }
    }
}

/// A leaf, or how a row is scored, of which facts are known beside what its lines say.
fn leaf(head: &Head, leaf: &Leaf, notes: &Notes, facts: &[(Test, bool)], findings: &mut Vec<Diagnostic>) {
    if notes.damaged {
        return;
    }
    let stated = LeafRanges { figures: &leaf.figures, maximum: head.maximum.ratio(), subject: Interval::ALL };
    let before = findings.len();
    conditions::not_applicable(head, leaf, &stated, findings);
    let figures = scored(leaf);
    let ranges = LeafRanges { figures: &figures, ..stated };
    rows::over_rows(leaf, findings);
    zero::check(leaf, notes.form, &ranges, facts, findings);
    zero_first::bounds(leaf, ranges.maximum, facts, findings);
    if findings.iter().skip(before).any(Diagnostic::is_error) {
        // What a division by zero gives is not judged any further.
        return;
    }
    no_case::of_numerator(leaf, &ranges, findings);
    growth::check(leaf, notes.form, &ranges, findings);
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => match meaning {
            super::meaning::Meaning::Cases { subject: Some(subject), arms } => {
                bands::check((head, leaf), notes, subject, arms, &ranges, findings);
            }
            super::meaning::Meaning::Cases { subject: None, arms } => {
                conditions::check((head, leaf), notes, arms, &ranges, findings);
            }
            super::meaning::Meaning::Sum(sum) => checklist::check((head, leaf), notes, sum, &ranges, findings),
            super::meaning::Meaning::Value { per_case: Some(per_case), .. } => {
                if per_case::check(head, per_case, &ranges, findings) {
                    formulas::check(head, leaf, notes, meaning, &ranges, findings);
                }
            }
            super::meaning::Meaning::Value { .. } => formulas::check(head, leaf, notes, meaning, &ranges, findings),
        },
        Scoring::Script { script, floor, cap, span } => {
            if floor > cap {
                findings.push(Diagnostic::new(Expressions::CapBelowFloor {}, notes.form));
                return;
            }
            let cut = Interval::closed(Some(floor.clone()), Some(cap.clone()));
            awards::in_range(head, &cut, notes.form, findings);
            scripts::sample(head, leaf, script, (floor, cap), *span, findings);
        }
        Scoring::PerRow(per_row) => {
            let before = findings.len();
            // What the lines of the leaf say of all rows is known of each.
            let facts = zero_first::of_rows(leaf, per_row.list, ranges.maximum);
            self::leaf(head, &per_row.row, notes, &facts, findings);
            let list = leaf.figures.get(per_row.list.0).map(|list| list.name.as_str()).unwrap_or_default();
            let taken = zero_first::lines_read(leaf, per_row.list);
            rows::of_a_row(list, taken, findings.get_mut(before..).unwrap_or_default());
            rows::per_row(head, leaf, (per_row, &facts), notes.form, findings);
        }
        Scoring::Entered { .. } => {}
    }
}

/// The figures as the form sees them: less the values for which "no case arose" has decided.
fn scored(leaf: &Leaf) -> Vec<Figure> {
    less(&leaf.figures, &leaf.not_applicable)
}

/// Figures less the values that lines `không phát sinh` take.
fn less(figures: &[Figure], rules: &[NotApplicable]) -> Vec<Figure> {
    let mut figures = figures.to_vec();
    let mut decided: Vec<&Test> = rules.iter().map(|rule| &rule.test).collect();
    while let Some(test) = decided.pop() {
        match test {
            Test::Any(parts) => decided.extend(parts),
            Test::Compare(comparison, left, right) => {
                if let (Term::Figure(id), Term::Constant(at)) = (&left.term, &right.term)
                    && let Some(taken) = conditions::half(*comparison, at)
                    && let Some(figure) = figures.get_mut(id.0)
                {
                    let left = figure.range.without(&taken);
                    let whole = figure.kind == FigureKind::Number(Kind::Count);
                    figure.range = if whole { left.whole() } else { left };
                }
            }
            Test::Answer(..) | Test::Option { .. } | Test::All(_) => {}
        }
    }
    figures
}

/// The heads of a tie-break list exist.
fn tie_break(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let Ties::Broken(codes) = super::header::ties(header) else {
        return;
    };
    for preferred in codes {
        let code = &preferred.code;
        if !built.iter().any(|built| built.head.code == code.value) {
            let near = nearest(&code.value, built.iter().map(|built| built.head.code.as_str()), str::to_owned);
            findings.push(Diagnostic::new(Names::UnknownCode { code: code.value.clone(), nearest: near }, code.span));
        }
    }
}
