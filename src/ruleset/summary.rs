//! A set in figures: heads by level, shares by source and method, forms, examples.

use std::collections::BTreeMap;

use super::meaning::Outcome;
use super::model::{Form, Head, HeadId, Ruleset, Scoring};
use crate::language::tree::{Aggregation, Count, Level, Method, Provenance, ProvenanceKind};
use crate::number::{Points, Ratio};

/// Where the numbers of a leaf come from, for the summary; in order, from the firmest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// From the decision.
    Official,
    /// From a decision that amends it.
    Amended,
    /// Put together from other sources.
    Reconstructed,
    /// Invented.
    Illustrative,
    /// Nobody says.
    Unstated,
}

impl Standing {
    /// What one line says.
    pub fn of(source: &Provenance) -> Self {
        match source.kind.value {
            ProvenanceKind::Official => Self::Official,
            ProvenanceKind::Amended(_) => Self::Amended,
            ProvenanceKind::Reconstructed => Self::Reconstructed,
            ProvenanceKind::Illustrative => Self::Illustrative,
        }
    }

    /// The least firm of what is said.
    pub(super) fn least(sources: &[Provenance]) -> Self {
        sources.iter().map(Self::of).max().unwrap_or(Self::Unstated)
    }
}

/// How a leaf is scored, for the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// By one of the forms of the language.
    Form(Form),
    /// By a script.
    Script,
    /// Points entered by an authority.
    Entered,
}

/// What a set is for a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfBlock {
    /// The block, by its name.
    pub name: String,
    /// Its scale.
    pub scale: Points,
    /// Points that the top heads in its table carry.
    pub points: Points,
    /// The share of its index that comes from surveys.
    pub survey: Ratio,
}

/// A set in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Heads by level.
    pub levels: BTreeMap<Level, usize>,
    /// Leaves.
    pub leaves: usize,
    /// Points that the top heads carry, of whatever block.
    pub points: Points,
    /// Points that the leaves carry, where points are added up all the way: less than the heads' in an extract.
    pub leaf_points: Option<Points>,
    /// What differs by block, in the order of the blocks; empty where no score depends on it.
    pub blocks: Vec<OfBlock>,
    /// The share of the index that comes from surveys; nothing where it is another for another block.
    pub survey: Option<Ratio>,
    /// Leaves by how they are scored.
    pub ways: BTreeMap<Way, usize>,
    /// Shares of the index by where the numbers come from; they add up to 1. Where they depend on the block, each block
    /// counts alike.
    pub origins: BTreeMap<Standing, Ratio>,
    /// Worked examples.
    pub examples: usize,
    /// Leaves with at least one example.
    pub leaves_with_examples: usize,
    /// Leaves that a rule scores: all but those whose points are entered, which have nothing to work out.
    pub ruled: usize,
    /// The fewest examples that a leaf scored by a rule has; 0 where there is no such leaf.
    pub fewest_examples: usize,
    /// What of the set stands less firmly than the best of its leaves, and is not in the shares: the header, heads that
    /// only hold others. The shares alone would read better than the set is.
    pub besides: Vec<Beside>,
}

/// What the shares by leaf do not tell: something whose numbers stand less firmly than those of the best leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where its numbers come from.
    pub standing: Standing,
    /// The code of the head; nothing for the header: scale, aggregation, rounding, ranking and what else stands there.
    pub code: Option<String>,
    /// The count whose own source it is; else all that stands there.
    pub count: Option<Count>,
    /// What the set says of it.
    pub notes: Vec<String>,
}

impl Beside {
    fn new(code: Option<String>, count: Option<Count>, source: &Provenance) -> Self {
        let notes = source.notes.iter().map(|note| note.value.clone()).collect();
        Self { standing: Standing::of(source), code, count, notes }
    }
}

impl Summary {
    /// The figures of a set.
    pub fn of(ruleset: &Ruleset) -> Self {
        let mut summary = Self {
            levels: BTreeMap::new(),
            leaves: 0,
            points: ruleset.transcribed(),
            blocks: blocks(ruleset),
            leaf_points: leaf_points(ruleset),
            survey: None,
            ways: BTreeMap::new(),
            origins: BTreeMap::new(),
            examples: 0,
            leaves_with_examples: 0,
            ruled: 0,
            fewest_examples: 0,
            besides: Vec::new(),
        };
        let shares = all_shares(ruleset);
        let mut survey = Ratio::ZERO;
        for (at, head) in ruleset.heads.iter().enumerate() {
            *summary.levels.entry(head.level).or_default() += 1;
            if head.children.is_empty() {
                let share = shares.get(at).cloned().unwrap_or(Ratio::ZERO);
                if head.method == Method::Survey {
                    survey = &survey + &share;
                }
                let origin = summary.origins.entry(ruleset.standing(HeadId(at))).or_insert(Ratio::ZERO);
                *origin = &*origin + &share;
            }
            summary.count(head);
        }
        summary.survey = summary.blocks.iter().all(|block| block.survey == survey).then_some(survey);
        // Of a frame only heads that some block is excused from may be known: what is known is then the whole.
        let told: Ratio = summary.origins.values().cloned().sum();
        for share in summary.origins.values_mut() {
            *share = share.checked_div(&told).unwrap_or(Ratio::ZERO);
        }
        if ruleset.heads.is_empty() {
            summary.origins.insert(Standing::least(&ruleset.provenance), Ratio::ONE);
        }
        summary.besides = besides(ruleset, summary.origins.keys().next().copied());
        summary
    }

    fn count(&mut self, head: &Head) {
        let Some(leaf) = &head.leaf else { return };
        self.leaves += 1;
        self.examples += leaf.examples.len();
        self.leaves_with_examples += usize::from(!leaf.examples.is_empty());
        let way = match &leaf.scoring {
            Scoring::Declared(Form::Script, _) | Scoring::Script { .. } => Way::Script,
            Scoring::Declared(form, _) => Way::Form(*form),
            Scoring::PerRow(rows) => match &rows.row.scoring {
                Scoring::Declared(form, _) => Way::Form(*form),
                _ => Way::Entered,
            },
            Scoring::Entered { .. } => Way::Entered,
        };
        *self.ways.entry(way).or_default() += 1;
        if !matches!(leaf.scoring, Scoring::Entered { .. }) {
            let examples = leaf.examples.len();
            self.fewest_examples = if self.ruled == 0 { examples } else { self.fewest_examples.min(examples) };
            self.ruled += 1;
        }
    }
}

impl Ruleset {
    /// Where the rules are from that its header keeps of less firm texts.
    pub fn kept(&self) -> &[Provenance] {
        self.decisions.last().map_or(&[], |decision| decision.kept.as_slice())
    }
}

/// What stands less firmly than the best of the leaves, and is not in their shares.
fn besides(ruleset: &Ruleset, best: Option<Standing>) -> Vec<Beside> {
    let Some(best) = best else { return Vec::new() };
    let header = (None, ruleset.provenance.as_slice());
    // What a leaf says is in the shares.
    let holders = ruleset.heads.iter().filter(|head| !head.children.is_empty());
    let heads = holders.map(|head| (Some(head.code.clone()), head.provenance.as_slice()));
    // What it keeps of another text is none of its own source.
    let kept = (None, ruleset.kept());
    let said = [header, kept]
        .into_iter()
        .chain(heads)
        .flat_map(|(code, sources)| sources.iter().map(move |source| Beside::new(code.clone(), None, source)));
    let counts = ruleset.counts.iter().map(|count| (None, count));
    let under = ruleset.heads.iter().flat_map(|head| head.counts.iter().map(|count| (Some(head.code.clone()), count)));
    let counted = counts.chain(under).flat_map(|(code, count)| {
        count.sources.iter().map(move |source| Beside::new(code.clone(), Some(count.clone()), source))
    });
    said.chain(counted).filter(|beside| beside.standing > best).collect()
}

fn leaf_points(ruleset: &Ruleset) -> Option<Points> {
    let added = |aggregation: Aggregation| aggregation == Aggregation::Sum;
    let summed = added(ruleset.aggregation) && ruleset.heads.iter().all(|head| added(head.aggregation));
    let inside = || ruleset.heads.iter().filter(|head| head.leaf.is_some() && !head.level.is_outside());
    summed.then(|| inside().map(|head| head.maximum.clone()).sum())
}

/// What the set is for each block, where that differs.
fn blocks(ruleset: &Ruleset) -> Vec<OfBlock> {
    let of = |name: &String| {
        let own = ruleset.by_block.get(name)?;
        let shares = shares(own);
        let surveyed = own.heads.iter().zip(&shares).filter(|(head, _)| head.children.is_empty());
        let survey = surveyed.filter(|(head, _)| head.method == Method::Survey).map(|(_, share)| share.clone()).sum();
        Some(OfBlock { name: name.clone(), scale: own.scale.clone(), points: own.transcribed(), survey })
    };
    ruleset.blocks.iter().filter_map(|block| of(&block.name)).collect()
}

/// The share of the index that every head can give; the mean over the blocks where it depends on them.
fn all_shares(ruleset: &Ruleset) -> Vec<Ratio> {
    if ruleset.by_block.is_empty() {
        return shares(ruleset);
    }
    let count = Ratio::from(ruleset.by_block.len());
    let mut mean = vec![Ratio::ZERO; ruleset.heads.len()];
    for own in ruleset.by_block.values() {
        for (place, share) in mean.iter_mut().zip(shares(own)) {
            *place = &*place + &share.checked_div(&count).unwrap_or(Ratio::ZERO);
        }
    }
    mean
}

/// The share of the index that every head can give, by points or by weights as the set aggregates.
fn shares(ruleset: &Ruleset) -> Vec<Ratio> {
    let mut shares = vec![Ratio::ZERO; ruleset.heads.len()];
    divide(ruleset, ruleset.aggregation, &ruleset.roots, &Ratio::ONE, &mut shares);
    // Children stand after their parents, so going forwards meets the parents first.
    for (at, head) in ruleset.heads.iter().enumerate() {
        let share = shares.get(at).cloned().unwrap_or(Ratio::ZERO);
        divide(ruleset, head.aggregation, &head.children, &share, &mut shares);
    }
    shares
}

fn divide(ruleset: &Ruleset, aggregation: Aggregation, parts: &[HeadId], share: &Ratio, shares: &mut [Ratio]) {
    // What a block is not scored by gives nothing to its index; the rest is rebased.
    let counts = |head: &Head| head.aside.as_ref().is_none_or(|aside| aside.outcome != Outcome::OutOfScale);
    let parts: Vec<HeadId> = parts.iter().copied().filter(|&id| ruleset.head(id).is_some_and(counts)).collect();
    let weight = |id: HeadId| {
        let Some(head) = ruleset.head(id) else { return Ratio::ZERO };
        match aggregation {
            Aggregation::Sum => head.maximum.ratio().clone(),
            Aggregation::WeightedMean | Aggregation::Weakest => head.weight.clone().unwrap_or(Ratio::ONE),
        }
    };
    let whole: Ratio = parts.iter().map(|&id| weight(id)).sum();
    // A frame's heads may carry no points yet: each then counts alike.
    let alike = Ratio::from(parts.len());
    for id in parts {
        if let Some(place) = shares.get_mut(id.0) {
            let part = weight(id).checked_div(&whole).or_else(|| Ratio::ONE.checked_div(&alike));
            *place = part.map_or(Ratio::ZERO, |part| &part * share);
        }
    }
}
