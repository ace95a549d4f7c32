//! What a set that is scored step by step comes to, by the words of the docs and in big rationals alone.

use num_rational::BigRational;
use num_traits::Zero as _;

use super::rules::{Came, Effect, Rule, tenths};
use super::stepped::{Entry, Head, Leaf, Missing, Stepped, Whose};
use crate::naive::rounded;

/// A leaf after some step, or in the end.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Status {
    Points(BigRational),
    /// Points for now.
    Waiting(BigRational),
    Out,
    Unscored,
    /// No step has said anything of it so far.
    Nothing,
}

/// A head, or the whole.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Total {
    pub(super) exact: BigRational,
    pub(super) rounded: BigRational,
    pub(super) maximum: BigRational,
    /// The least and the most that it can come to, exact or rounded.
    pub(super) least: BigRational,
    pub(super) most: BigRational,
    pub(super) out: bool,
    pub(super) open: bool,
    /// What is open may still leave the scale.
    pub(super) may_leave: bool,
}

/// The set as it stands after a step; in the end where none is named.
pub(super) struct Reading<'a> {
    drawn: &'a Stepped,
    step: Option<usize>,
    /// By head: its leaf, and whether something is to be explained.
    pub(super) leaves: Vec<Option<(Status, bool)>>,
}

/// What is known of a gate.
enum Gated {
    Open,
    Closed(Effect),
    Unknown,
}

impl<'a> Reading<'a> {
    pub(super) fn new(drawn: &'a Stepped, step: Option<usize>) -> Self {
        let mut reading = Self { drawn, step, leaves: Vec::new() };
        for at in 0..drawn.heads.len() {
            let leaf = drawn.heads[at].leaf().map(|leaf| reading.leaf(at, leaf));
            reading.leaves.push(leaf);
        }
        reading
    }

    /// What follows where figures or evidence are missing: the nearest line says it.
    fn missing(&self, at: usize, evidence: bool) -> Missing {
        let Head { says, parent, .. } = &self.drawn.heads[at];
        let (said, all) = if evidence { (says.evidence, self.drawn.says.1) } else { (says.figures, self.drawn.says.0) };
        said.unwrap_or_else(|| parent.map_or(all, |parent| self.missing(parent, evidence)))
    }

    /// What a leaf comes to where something is missing. The set's points for it are those of gains: a penalty is open.
    fn lacking(&self, at: usize, evidence: bool) -> (Status, bool) {
        let Head { says, level, .. } = &self.drawn.heads[at];
        let own = if evidence { says.evidence } else { says.figures };
        match self.missing(at, evidence) {
            Missing::Points(_, explain) if own.is_none() && *level == "điểm phạt" => (Status::Unscored, explain),
            Missing::Points(points, explain) => (Status::Points(tenths(points)), explain),
            Missing::Unscored | Missing::Explain => (Status::Unscored, false),
        }
    }

    fn leaf(&self, at: usize, leaf: &Leaf) -> (Status, bool) {
        let outside = self.drawn.heads[at].is_outside();
        if leaf.whose == Whose::Survey && !self.drawn.held {
            let rebased = self.drawn.optional == Some(true);
            return (if rebased { Status::Out } else { Status::Unscored }, false);
        }
        let upto = self.step.unwrap_or(3);
        let stated = (0..=upto).rev().find_map(|step| Some((step, leaf.entries[step]?)));
        let (status, explain) = match stated {
            None if outside => (Status::Points(BigRational::zero()), false),
            None if self.step.is_some() => return (Status::Nothing, false),
            None => self.unstated(at, leaf),
            Some((step, entry)) => self.stated(at, leaf, step, entry),
        };
        match status {
            Status::Points(points) if self.step.is_none() && self.waits(leaf) => (Status::Waiting(points), explain),
            status => (status, explain),
        }
    }

    /// Whether an explanation, or the appraisal that follows it, is waited for.
    fn waits(&self, leaf: &Leaf) -> bool {
        leaf.entries[3].is_none()
            && leaf.explained.is_some_and(|(state, _)| state == "awaited" || state == "given" && self.drawn.steps > 3)
    }

    fn unstated(&self, at: usize, leaf: &Leaf) -> (Status, bool) {
        if matches!(leaf.rule, Rule::Entered) {
            return self.gated(leaf, || (Status::Unscored, false));
        }
        let nothing = super::rules::Stated { x: 0, y: 0, left_out: (true, true) };
        let lacking = || self.lacking(at, false);
        if leaf.rule.may_leave_unsaid(nothing) { lacking() } else { self.gated(leaf, lacking) }
    }

    fn stated(&self, at: usize, leaf: &Leaf, step: usize, entry: Entry) -> (Status, bool) {
        let Entry { stated, set, .. } = entry;
        let maximum = tenths(leaf.worth);
        let shown = (0..=step).any(|step| {
            let explained = step == 2 && leaf.explained.is_some_and(|(_, document)| document);
            explained || leaf.entries[step].is_some_and(|entry| entry.shown)
        });
        // What is lacking, or the points with what is to be explained beside them.
        let by_evidence = |points: BigRational| match self.missing(at, true) {
            _ if !leaf.evidence || shown => (Status::Points(points), false),
            Missing::Explain => (Status::Points(points), true),
            _ => self.lacking(at, true),
        };
        if set {
            let points = BigRational::new(leaf.entered(stated).into(), 10.into());
            return match leaf.rule {
                Rule::Entered => self.gated(leaf, || by_evidence(points)),
                // In place of the rule, and of what it waits for.
                _ => (Status::Points(points), false),
            };
        }
        match leaf.rule.no_case(stated).map(|effect| effect.came(&maximum)) {
            Some(Came::Out) => return (Status::Out, false),
            Some(Came::Unscored) => return (Status::Unscored, false),
            Some(Came::Points(points)) => return self.gated(leaf, || (Status::Points(points), false)),
            None => {}
        }
        if leaf.rule.lacks(stated) {
            let lacking = || self.lacking(at, false);
            return if leaf.rule.may_leave_unsaid(stated) { lacking() } else { self.gated(leaf, lacking) };
        }
        self.gated(leaf, || by_evidence(leaf.rule.came(stated, &maximum, &self.drawn.calendar)))
    }

    fn gated(&self, leaf: &Leaf, own: impl FnOnce() -> (Status, bool)) -> (Status, bool) {
        match self.gate(leaf) {
            Gated::Open => own(),
            Gated::Unknown => (Status::Unscored, false),
            Gated::Closed(effect) => match effect.came(&tenths(leaf.worth)) {
                Came::Points(points) => (Status::Points(points), false),
                Came::Out => (Status::Out, false),
                Came::Unscored => (Status::Unscored, false),
            },
        }
    }

    fn gate(&self, leaf: &Leaf) -> Gated {
        let Some(gate) = &leaf.gate else { return Gated::Open };
        let total = self.total(gate.of);
        let holds = |points: &BigRational| {
            let limit = tenths(gate.limit);
            match gate.sign {
                "> 0" => *points > BigRational::zero(),
                "≠ 0" => !points.is_zero(),
                "≥ limit" => *points >= limit,
                "< limit" => *points < limit,
                "= tối đa" => *points == total.maximum,
                "< tối đa" => *points < total.maximum,
                other => panic!("{other}"),
            }
        };
        if total.out {
            return Gated::Open;
        }
        let held = match total.open {
            false => holds(&total.rounded),
            true if total.may_leave => return Gated::Unknown,
            // Between the ends a sign answers as at both, unless it asks for one number that lies there.
            true => {
                let limit = match gate.sign {
                    "= tối đa" | "< tối đa" => total.maximum.clone(),
                    "> 0" | "≠ 0" => BigRational::zero(),
                    _ => tenths(gate.limit),
                };
                let exactly = matches!(gate.sign, "= tối đa" | "≠ 0");
                let inside = total.least <= limit && limit <= total.most;
                if exactly && inside && total.least != total.most {
                    return Gated::Unknown;
                }
                if holds(&total.least) != holds(&total.most) {
                    return Gated::Unknown;
                }
                holds(&total.least)
            }
        };
        if held { Gated::Open } else { Gated::Closed(gate.otherwise) }
    }

    fn at(&self, level: &str, points: &BigRational) -> BigRational {
        match self.drawn.rounding {
            Some((at, digits)) if at == level => rounded(points, digits),
            _ => points.clone(),
        }
    }

    /// The total of a head of which everything has been read.
    pub(super) fn total(&self, at: usize) -> Total {
        let head = &self.drawn.heads[at];
        let total = if let Some(leaf) = head.leaf() {
            self.of_leaf(leaf, &self.leaves[at].as_ref().unwrap().0)
        } else {
            let below = (0..self.drawn.heads.len()).filter(|&below| self.drawn.heads[below].parent == Some(at));
            sum(&below.map(|below| self.total(below)).collect::<Vec<_>>())
        };
        if head.level != "lĩnh vực" || total.out {
            return total;
        }
        let (least, most) = (self.at("lĩnh vực", &total.least), self.at("lĩnh vực", &total.most));
        Total {
            rounded: self.at("lĩnh vực", &total.rounded),
            least: least.min(total.least),
            most: most.max(total.most),
            ..total
        }
    }

    fn of_leaf(&self, leaf: &Leaf, status: &Status) -> Total {
        let maximum = tenths(leaf.worth);
        let zero = BigRational::zero();
        let (points, open) = match status {
            Status::Points(points) => (points.clone(), false),
            Status::Waiting(points) => (points.clone(), true),
            Status::Out => return sum(&[]),
            Status::Unscored | Status::Nothing => (zero.clone(), true),
        };
        let ends = |points: &BigRational| {
            let rounded = self.at("từng tiêu chí", points);
            (points.clone().min(rounded.clone()), points.clone().max(rounded))
        };
        let (least, most) = if open { (ends(&-tenths(leaf.floor)).0, ends(&maximum).1) } else { ends(&points) };
        let gate_leaves = leaf.gate.as_ref().is_some_and(|gate| gate.otherwise == Effect::Out);
        Total {
            rounded: self.at("từng tiêu chí", &points),
            exact: points,
            maximum,
            least,
            most,
            out: false,
            open,
            may_leave: open && (leaf.rule.may_leave() || gate_leaves),
        }
    }

    /// The index in points, before it is rounded as one.
    pub(super) fn whole(&self) -> Total {
        let of = |level: &'static str| {
            let heads = (0..self.drawn.heads.len()).filter(move |&at| self.drawn.heads[at].level == level);
            sum(&heads.map(|at| self.total(at)).collect::<Vec<_>>())
        };
        let scale = of("lĩnh vực");
        let Some((bonus, penalty)) = self.drawn.caps.filter(|_| !scale.out) else { return scale };
        // In a year without a survey what is left is put on the whole scale first.
        let all = match self.drawn.optional {
            Some(true) if !self.drawn.held => tenths(self.drawn.share(|_| true)),
            _ => scale.maximum.clone(),
        };
        let by = &all / &scale.maximum;
        let scale = Total { exact: &scale.exact * &by, rounded: &scale.rounded * &by, maximum: all, ..scale };
        let (added, taken) = (of("điểm thưởng"), of("điểm phạt"));
        let most = BigRational::new(105.into(), 100.into()) * &scale.maximum;
        let after = |points: &BigRational, added: &BigRational, taken: &BigRational| {
            let raised = points + added.clone().min(tenths(bonus));
            let zero = BigRational::zero();
            // Down to zero and no further; what lies below it already stays.
            let left = if raised <= zero { raised } else { (raised - taken.clone().min(tenths(penalty))).max(zero) };
            left.min(most.clone())
        };
        Total {
            exact: after(&scale.exact, &added.exact, &taken.exact),
            rounded: after(&scale.rounded, &added.rounded, &taken.rounded),
            open: scale.open || added.open || taken.open,
            ..scale
        }
    }

    /// The index as a share, exact and rounded.
    pub(super) fn shares(&self) -> (BigRational, BigRational) {
        let Total { exact, rounded: points, maximum, .. } = self.whole();
        let share = exact / &maximum;
        let told = match self.drawn.rounding {
            Some(("chỉ số", digits)) => rounded(&share, digits + 2),
            Some(_) => points / maximum,
            None => share.clone(),
        };
        (share, told)
    }

    /// The grade, by its place from the best down; nothing where there is none.
    pub(super) fn grade(&self) -> Option<usize> {
        let grades = self.drawn.grades.as_ref()?;
        let (exact, told) = self.shares();
        let share = if grades.rounded { told } else { exact };
        let percent = |of: u32| BigRational::new(of.into(), 100.into());
        let reached = grades.cuts.iter().position(|(cut, above)| match above {
            true => share > percent(*cut),
            false => share >= percent(*cut),
        });
        let reached = reached.or_else(|| grades.rest.then_some(grades.cuts.len()))?;
        let ceilings = grades.ceilings.iter().filter(|(grade, head, below)| {
            let total = self.total(*head);
            let points = if grades.rounded { &total.rounded } else { &total.exact };
            grades.has(*grade) && !total.out && points / &total.maximum < percent(*below)
        });
        ceilings.map(|(grade, ..)| *grade).chain([reached]).max()
    }
}

fn sum(parts: &[Total]) -> Total {
    let parts: Vec<&Total> = parts.iter().filter(|part| !part.out).collect();
    let of = |pick: fn(&Total) -> &BigRational| parts.iter().map(|part| pick(part)).sum::<BigRational>();
    Total {
        exact: of(|part| &part.exact),
        rounded: of(|part| &part.rounded),
        maximum: of(|part| &part.maximum),
        least: of(|part| &part.least),
        most: of(|part| &part.most),
        out: parts.is_empty(),
        open: parts.iter().any(|part| part.open),
        may_leave: parts.iter().any(|part| part.may_leave),
    }
}
