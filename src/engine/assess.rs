//! One leaf under one track: not applicable, missing, evidence, then its rule.

use std::collections::BTreeMap;

use super::answers;
use super::context::Context;
use super::derived::{Sheet, Surroundings, not_possible, resolve};
use super::reason::{Failure, Reason, Working};
use super::scorecard::{Assessed, Status};
use super::scoring::{self, Gives};
use super::value::{Given, NoValue};
use crate::language::tree::{Method, RoundedLevel};
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::{FigureId, Outcome};
use crate::ruleset::{Head, HeadId, Leaf, Origin, Ruleset, Scoring, WhenMissing};
use crate::submission::{Entry, Stated, Value, within_bounds};

/// A leaf of a unit, with all that assessing it may read.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) ruleset: &'a Ruleset,
    pub(super) id: HeadId,
    pub(super) head: &'a Head,
    pub(super) leaf: &'a Leaf,
    pub(super) unit: &'a str,
    pub(super) block: Option<&'a str>,
    pub(super) context: &'a Context,
    /// The unit's sheet; nothing where the leaf is tried by itself.
    pub(super) sheet: Option<Sheet<'a>>,
}

/// Assesses what one track states of a leaf; `shown` when it or a track before it brought evidence.
pub(super) fn entry(case: Case<'_>, entry: &Entry, shown: bool) -> Assessed {
    let Case { ruleset, head, leaf, .. } = case;
    let evidence = !head.evidence.is_empty() && !shown;
    match &entry.stated {
        Stated::Points { points, reason } => {
            // Entered points stand on the evidence that the head asks for; points set in place of the rule on their reason.
            let rule = &leaf.evidence_missing;
            let asked = evidence && matches!(leaf.scoring, Scoring::Entered { .. });
            if asked && (rule.points.is_some() || rule.unscored) {
                return lacking(ruleset, head, rule, Reason::NoEvidence { rule: rule.clone() });
            }
            let reason = match &leaf.scoring {
                Scoring::Entered { by } => Reason::Entered { by: by.clone(), note: reason.clone() },
                Scoring::Declared(..) | Scoring::PerRow(_) | Scoring::Script { .. } => {
                    Reason::Set { reason: reason.clone() }
                }
            };
            scored(ruleset, head, points.ratio(), reason, asked && rule.explain)
        }
        Stated::Figures(values) => figures(case, values, evidence),
    }
}

/// Assesses figures by the leaf's rule; `no_evidence` when evidence is asked for and none is there.
///
/// Derived figures come before anything else: those that are not stated are looked for in the surroundings.
pub(super) fn figures(case: Case<'_>, stated: &BTreeMap<FigureId, Value>, no_evidence: bool) -> Assessed {
    let Case { ruleset, id, head, leaf, unit, block, context, sheet } = case;
    if let Some((&figure, _)) = stated.iter().find(|(_, value)| **value == Value::NotApplicable) {
        return chosen(figure);
    }
    if !leaf.has_derived() {
        return by_rule(ruleset, head, leaf, stated, no_evidence);
    }
    let (values, derived) = resolve(Surroundings { ruleset, head: id, leaf, unit, block, context, sheet }, stated);
    let assessed = match within_bounds(leaf, &head.maximum, &values).first() {
        // What is stated keeps its bounds; a value that was looked up may not, and proofs stand on the bounds.
        Some(broken) => failed(Failure::OutOfBounds(broken.figure)),
        None => match (answers::lacking(case, &values, &derived), not_possible(leaf, &derived)) {
            (Some(assessed), _) => assessed,
            // Whether a case arose is asked first, as of every leaf.
            (None, Some(figure)) => {
                no_case(ruleset, head, leaf, &values).unwrap_or_else(|| failed(Failure::NotPossible(figure)))
            }
            (None, None) => by_rule(ruleset, head, leaf, &values, no_evidence),
        },
    };
    Assessed { derived, ..assessed }
}

fn by_rule(
    ruleset: &Ruleset,
    head: &Head,
    leaf: &Leaf,
    values: &BTreeMap<FigureId, Value>,
    no_evidence: bool,
) -> Assessed {
    if let Some(assessed) = no_case(ruleset, head, leaf, values) {
        return assessed;
    }
    if matches!(leaf.scoring, Scoring::Entered { .. }) {
        // The figures tell whether a case arose; the points are the authority's.
        return unstated();
    }
    let missing = missing(leaf, values);
    if !missing.is_empty() && !needless(head, leaf, &missing, values) {
        let rule = leaf.figures_missing.clone();
        return lacking(ruleset, head, &rule.clone(), Reason::Missing { figures: missing, rule });
    }
    let rule = &leaf.evidence_missing;
    if no_evidence && (rule.points.is_some() || rule.unscored) {
        return lacking(ruleset, head, rule, Reason::NoEvidence { rule: rule.clone() });
    }
    let explain = no_evidence && rule.explain;
    match scoring::score(head, leaf, values) {
        Ok((Gives::Points(points), reason)) => scored(ruleset, head, &points, reason, explain),
        Ok((Gives::OutOfScale, reason)) => {
            Assessed { status: Status::NotApplicable, reason, explain, gates: Vec::new(), derived: Vec::new() }
        }
        Ok((Gives::Unscored, reason)) => {
            Assessed { status: Status::Unscored, reason, explain, gates: Vec::new(), derived: Vec::new() }
        }
        Err(NoValue::Missing(figure)) => {
            let rule = leaf.figures_missing.clone();
            lacking(ruleset, head, &rule.clone(), Reason::Missing { figures: vec![figure], rule })
        }
        Err(NoValue::Cells(list, cells)) => {
            let rule = leaf.figures_missing.clone();
            lacking(ruleset, head, &rule.clone(), Reason::MissingCells { list, cells, rule })
        }
        Err(NoValue::Failed(failure)) => failed(failure),
    }
}

/// A leaf about which nothing is stated; derived figures may still be found.
pub(super) fn nothing(case: Case<'_>) -> Assessed {
    let Case { ruleset, head, leaf, .. } = case;
    if leaf.has_derived() && !matches!(leaf.scoring, Scoring::Entered { .. }) {
        return figures(case, &BTreeMap::new(), !head.evidence.is_empty());
    }
    if matches!(leaf.scoring, Scoring::Entered { .. }) || leaf.figures.is_empty() {
        return unstated();
    }
    let rule = leaf.figures_missing.clone();
    let figures = (0..leaf.figures.len()).map(FigureId).collect();
    lacking(ruleset, head, &rule.clone(), Reason::Missing { figures, rule })
}

/// A leaf that no track states: outside the scale nothing is claimed then, and nothing counts.
pub(super) fn unclaimed(case: Case<'_>) -> Assessed {
    let assessed = nothing(case);
    // Nobody explains a bonus that was not asked for; points that a head gives where its figures are missing stand.
    let nothing_said = match &assessed.status {
        Status::Unscored => true,
        Status::Scored { exact, .. } => exact.ratio().is_zero() && matches!(assessed.reason, Reason::Missing { .. }),
        Status::NotApplicable | Status::Awaiting { .. } | Status::Failed => false,
    };
    if case.head.level.is_outside() && nothing_said && assessed.derived.is_empty() {
        return scored(case.ruleset, case.head, &Ratio::ZERO, Reason::NotClaimed, false);
    }
    assessed
}

/// What follows for a leaf in a year without a survey; nothing for one that no survey fills.
pub(super) fn no_survey(case: Case<'_>) -> Option<Assessed> {
    let rule = case.ruleset.no_survey.as_ref().filter(|_| case.head.method == Method::Survey)?;
    let status = if rule.rebase.is_some() { Status::NotApplicable } else { Status::Unscored };
    let reason = Reason::NoSurvey { line: rule.line };
    Some(Assessed { status, reason, explain: false, gates: Vec::new(), derived: Vec::new() })
}

/// A leaf of which the unit says that it does not apply.
fn chosen(figure: FigureId) -> Assessed {
    let reason = Reason::ChosenNotApplicable { figure };
    Assessed { status: Status::NotApplicable, reason, explain: false, gates: Vec::new(), derived: Vec::new() }
}

/// A leaf about which nothing can be said.
pub(super) fn unstated() -> Assessed {
    Assessed {
        status: Status::Unscored,
        reason: Reason::NotStated,
        explain: false,
        gates: Vec::new(),
        derived: Vec::new(),
    }
}

pub(super) fn failed(failure: Failure) -> Assessed {
    Assessed {
        status: Status::Failed,
        reason: Reason::Failed(failure),
        explain: false,
        gates: Vec::new(),
        derived: Vec::new(),
    }
}

/// Points within the head's floor and maximum; anything else is a failure, never silently cut.
pub(super) fn scored(ruleset: &Ruleset, head: &Head, points: &Ratio, reason: Reason, explain: bool) -> Assessed {
    if points > head.maximum.ratio() || points < head.floor.ratio() {
        return failed(Failure::OutOfRange(points.clone()));
    }
    let exact = Points::new(points.clone());
    // A top head that is scored itself is an area too.
    let rounded = match ruleset.rounding {
        Some((RoundedLevel::EachLeaf, rounding)) => rounding.apply_points(&exact),
        Some((RoundedLevel::Area, rounding)) if head.is_top() => rounding.apply_points(&exact),
        _ => exact.clone(),
    };
    Assessed { status: Status::Scored { exact, rounded }, reason, explain, gates: Vec::new(), derived: Vec::new() }
}

/// No points: out of the scale, or not scored.
pub(super) fn without_points(status: Status, reason: Reason) -> Assessed {
    Assessed { status, reason, explain: false, gates: Vec::new(), derived: Vec::new() }
}

/// What a line gives that decides in place of the rule; `reason` is told what it was worked out from, if from anything.
pub(super) fn outcome(
    (ruleset, head): (&Ruleset, &Head),
    outcome: &Outcome,
    values: &BTreeMap<FigureId, Value>,
    reason: impl FnOnce(Option<Working>) -> Reason,
) -> Assessed {
    let award = match outcome {
        Outcome::OutOfScale => return without_points(Status::NotApplicable, reason(None)),
        Outcome::Unscored => return without_points(Status::Unscored, reason(None)),
        Outcome::Points(award) => award,
    };
    let given = Given { values, maximum: head.maximum.ratio(), subject: None, leaf: head.leaf.as_ref() };
    match given.work(award) {
        Ok(award) => {
            let points = award.value.clone();
            scored(ruleset, head, &points, reason(Some(award)), false)
        }
        Err(NoValue::Failed(failure)) => failed(failure),
        // Such a line reads nothing that may be missing here.
        Err(NoValue::Missing(_) | NoValue::Cells(..)) => failed(Failure::NoLine),
    }
}

/// The consequence of something missing.
pub(super) fn lacking(ruleset: &Ruleset, head: &Head, rule: &WhenMissing, reason: Reason) -> Assessed {
    match &rule.points {
        Some(points) => scored(ruleset, head, points.ratio(), reason, rule.explain),
        None => {
            Assessed { status: Status::Unscored, reason, explain: rule.explain, gates: Vec::new(), derived: Vec::new() }
        }
    }
}

/// Whether a case arose, so that what comes after that question may decide. `assessed` is what the leaf came to.
///
/// Points for no case are points like any other: whoever may not earn any earns none where no case arose either.
pub(super) fn arose(leaf: &Leaf, assessed: &Assessed) -> bool {
    let mut leaving = leaf.not_applicable.iter().filter(|rule| !matches!(rule.outcome, Outcome::Points(_))).peekable();
    match &assessed.reason {
        Reason::NoSurvey { .. }
        | Reason::NotClaimed
        | Reason::Block { .. }
        | Reason::BlockUnknown
        | Reason::ChosenNotApplicable { .. } => false,
        Reason::NotApplicable { .. } => matches!(assessed.status, Status::Scored { .. } | Status::Awaiting { .. }),
        Reason::Missing { figures, .. } => {
            let mut asks = false;
            leaving.for_each(|rule| rule.test.figures(&mut |id| asks |= figures.contains(&id)));
            // Of what is not answered yet the unit may still say that it does not apply.
            let may_leave = |id: &FigureId| leaf.figures.get(id.0).is_some_and(|figure| figure.may_not_apply);
            !asks && !figures.iter().any(may_leave)
        }
        Reason::NotStated => leaving.peek().is_none() && !leaf.figures.iter().any(|figure| figure.may_not_apply),
        _ => true,
    }
}

/// What follows where no case arose; nothing where one did, or where it is not known.
pub(super) fn not_applicable(case: Case<'_>, values: &BTreeMap<FigureId, Value>) -> Option<Assessed> {
    no_case(case.ruleset, case.head, case.leaf, values)
}

fn no_case(ruleset: &Ruleset, head: &Head, leaf: &Leaf, values: &BTreeMap<FigureId, Value>) -> Option<Assessed> {
    let given = Given { values, maximum: head.maximum.ratio(), subject: None, leaf: Some(leaf) };
    for rule in &leaf.not_applicable {
        let test = match given.case(&rule.test) {
            Ok(Some(test)) => test,
            Ok(None) => continue,
            // Whether a case arose is not known, so no line below may decide; the figure is asked for.
            Err(NoValue::Missing(_) | NoValue::Cells(..)) => return None,
            Err(NoValue::Failed(failure)) => return Some(failed(failure)),
        };
        let line = rule.line;
        let reason = |award| Reason::NotApplicable { line, test, award };
        return Some(outcome((ruleset, head), &rule.outcome, values, reason));
    }
    None
}

/// Whether figures have no value whatever is stated, and every line has come out without them; where the form reads one
/// all the same, it says so.
fn needless(head: &Head, leaf: &Leaf, missing: &[FigureId], values: &BTreeMap<FigureId, Value>) -> bool {
    let given = Given { values, maximum: head.maximum.ratio(), subject: None, leaf: Some(leaf) };
    missing.iter().all(|figure| given.never_has(&NoValue::Missing(*figure)))
        && leaf.not_applicable.iter().all(|rule| given.case(&rule.test).is_ok())
}

/// Figures that the leaf uses and nobody answered.
fn missing(leaf: &Leaf, values: &BTreeMap<FigureId, Value>) -> Vec<FigureId> {
    let used = super::plan::used_figures(leaf);
    let missing = |id: &FigureId| !values.contains_key(id);
    // What is told of rows is missing with its list, and told there.
    let told = |id: &FigureId| match leaf.figures.get(id.0).map(|figure| &figure.origin) {
        Some(Origin::Rows(over)) => !missing(&over.list),
        _ => true,
    };
    used.into_iter().filter(|id| missing(id) && told(id)).collect()
}
