//! Made-up submissions, the same for the same seed, within every bound of their ruleset.

use std::collections::{BTreeMap, VecDeque};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::bounds::{evaluate, within_bounds};
use super::{Entry, Evidence, Row, Stated, Submission, Value, usual_track};
use crate::language::days;
use crate::language::tree::Track;
use crate::number::{Points, Ratio};
use crate::ruleset::meaning::{Each, FigureId, Kind, Meaning, Term};
use crate::ruleset::{Figure, FigureKind, Form, Head, HeadId, Leaf, Origin, Ruleset, Scoring, Side};

/// Whether a sample has gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// Every leaf is answered in full.
    None,
    /// A few leaves in a hundred lack a figure, or have no case.
    Few,
}

/// The sample `number` of a seed: the same arguments give the same submission on every machine. Blocks take turns.
pub fn sample(ruleset: &Ruleset, unit: &str, seed: u64, number: u64, gaps: Gaps) -> Submission {
    let mut source = ChaCha8Rng::seed_from_u64(seed);
    source.set_stream(number);
    let mut draw = Draw { source, year: ruleset.year };
    let count = ruleset.blocks.len();
    let turn = usize::try_from(number).ok().and_then(|number| number.checked_rem(count));
    let block = turn.and_then(|at| ruleset.blocks.get(at)).map(|block| block.name.clone());
    let ruleset = ruleset.of_block(block.as_deref());
    let mut drawn = Submission { unit: super::value::compose(unit), block, synthetic: true, ..Submission::default() };
    drawn.shared = draw.shared(ruleset);
    let mut open: VecDeque<(HeadId, &Head, &Leaf)> =
        ruleset.leaves().filter(|(_, head, _)| head.aside.is_none()).collect();
    while !open.is_empty() {
        // In the order of the text, but what bounds a figure of another leaf comes before it.
        let ready = |(_, _, leaf): &(HeadId, &Head, &Leaf)| !bounded_by(leaf).any(|id| open.iter().any(|o| o.0 == id));
        let next = open.remove(open.iter().position(ready).unwrap_or(0));
        let Some((id, head, leaf)) = next else { break };
        let Some(track) = usual_track(ruleset, head) else { continue };
        let stated = if matches!(leaf.scoring, Scoring::Entered { .. }) {
            Stated::Points { points: draw.points(head), reason: String::new() }
        } else {
            Stated::Figures(draw.figures(head, leaf, &drawn.read_elsewhere(leaf, Track::Appraisal2), gaps))
        };
        let evidence = draw.evidence(head);
        // An answer without figure and document is none.
        if evidence.is_empty() && stated == Stated::Figures(BTreeMap::new()) {
            continue;
        }
        drawn.leaves.insert(id, BTreeMap::from([(track, Entry { stated, evidence, note: None, explained: None })]));
    }
    drawn
}

/// The other leaves whose figures bound those of a leaf.
fn bounded_by(leaf: &Leaf) -> impl Iterator<Item = HeadId> {
    let mut heads = Vec::new();
    for limit in leaf.figures.iter().filter(|figure| !figure.origin.is_derived()).flat_map(|figure| &figure.limits) {
        limit.bound.figures(&mut |id| {
            let origin = leaf.figures.get(id.0).and_then(|figure| figure.origin.stated_at());
            heads.extend(origin.and_then(|(home, _)| home));
        });
    }
    heads.into_iter()
}

/// Figures that no head asks, as a leaf of their own.
fn bare(figures: &[Figure]) -> Leaf {
    Leaf {
        figures: figures.to_vec(),
        scoring: Scoring::Entered { by: String::new() },
        form: crate::diagnostic::Span::default(),
        written_day: crate::ruleset::WrittenDay::default(),
        not_applicable: Vec::new(),
        figures_missing: crate::ruleset::WhenMissing::default(),
        evidence_missing: crate::ruleset::WhenMissing::default(),
        examples: Vec::new(),
        gates: Vec::new(),
    }
}

/// Takes the results of questionnaires out of a submission, so that they are made of answers.
pub fn without_survey_results(ruleset: &Ruleset, submission: &mut Submission) {
    for (id, _, leaf) in ruleset.leaves() {
        let (Some((figure, _)), Some(tracks)) = (leaf.survey(), submission.leaves.get_mut(&id)) else { continue };
        for entry in tracks.values_mut() {
            if let Stated::Figures(values) = &mut entry.stated {
                values.remove(&figure);
            }
        }
        // A track that states nothing any more is none.
        tracks.retain(|_, entry| entry.stated != Stated::Figures(BTreeMap::new()));
        if tracks.is_empty() {
            submission.leaves.remove(&id);
        }
    }
}

/// How the figures of one leaf are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Usual,
    /// Each as low as it may be, so that no case arises.
    Lowest,
}

struct Draw {
    source: ChaCha8Rng,
    year: u16,
}

impl Draw {
    /// A whole number from 0 to `most`, both included.
    fn upto(&mut self, most: u64) -> u64 {
        let wide = u128::from(self.source.next_u64()) * (u128::from(most) + 1);
        u64::try_from(wide >> 64).unwrap_or(most)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.upto(99) < percent
    }

    /// A whole number between two, mostly near the upper one.
    fn high(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low);
        let taken = match self.upto(9) {
            0..=2 => 0,
            3..=8 => self.upto(width / 5),
            _ => self.upto(width),
        };
        high.saturating_sub_unsigned(taken)
    }

    fn points(&mut self, head: &Head) -> Points {
        let hundredths = |points: &Points| points.ratio() * &Ratio::from(100);
        let low = hundredths(&head.floor).ceil().to_i64();
        let high = hundredths(&head.maximum).floor().to_i64();
        let drawn = match (low, high) {
            (Some(low), Some(high)) if low <= high => {
                let upper = i64::try_from(high.abs_diff(low) / 3).unwrap_or(0);
                let from = high.saturating_sub(upper);
                from.saturating_add_unsigned(self.upto(high.abs_diff(from)))
            }
            _ => return head.floor.clone(),
        };
        Points::new(Ratio::new(i128::from(drawn), 100).unwrap_or_default())
    }

    /// The figures that leaves share.
    fn shared(&mut self, ruleset: &Ruleset) -> BTreeMap<Track, BTreeMap<FigureId, Value>> {
        let track = ruleset.tracks.iter().copied().find(|track| *track != Track::Explanation);
        let figures = &ruleset.shared.figures;
        let (Some(track), false) = (track, figures.is_empty()) else { return BTreeMap::new() };
        let leaf = bare(figures);
        let mut values = BTreeMap::new();
        for attempt in 0..24 {
            values = self.attempt(&Points::ZERO, (None, &leaf), &BTreeMap::new(), Mood::Usual, attempt);
            if values.len() == figures.len() {
                break;
            }
        }
        BTreeMap::from([(track, values)])
    }

    fn figures(
        &mut self,
        head: &Head,
        leaf: &Leaf,
        elsewhere: &BTreeMap<FigureId, Value>,
        gaps: Gaps,
    ) -> BTreeMap<FigureId, Value> {
        let gap = gaps == Gaps::Few && self.chance(5);
        let lowest = gap && !leaf.not_applicable.is_empty() && self.chance(50);
        let mood = if lowest { Mood::Lowest } else { Mood::Usual };
        // A draw that leaves another figure no room is drawn again, with more room.
        let mut values = BTreeMap::new();
        for attempt in 0..24 {
            values = self.attempt(&head.maximum, (Some(head), leaf), elsewhere, mood, attempt);
            if values.len() == drawn(leaf).count() {
                break;
            }
        }
        let chosen = leaf.figures.iter().position(|figure| figure.may_not_apply).filter(|_| gap);
        if let Some(at) = chosen {
            values.insert(FigureId(at), Value::NotApplicable);
        } else if gap && !lowest && !leaf.figures.is_empty() {
            let most = u64::try_from(leaf.figures.len().saturating_sub(1)).unwrap_or(0);
            let lost = usize::try_from(self.upto(most)).unwrap_or(0);
            values.remove(&FigureId(lost));
        }
        values
    }

    /// Every figure once the figures that bound it are drawn; those without room are left out.
    fn attempt(
        &mut self,
        maximum: &Points,
        of: (Option<&Head>, &Leaf),
        elsewhere: &BTreeMap<FigureId, Value>,
        mood: Mood,
        attempt: u32,
    ) -> BTreeMap<FigureId, Value> {
        let (_, leaf) = of;
        let mut values: BTreeMap<FigureId, Value> = elsewhere.clone();
        let mut open: Vec<FigureId> = drawn(leaf).collect();
        while !open.is_empty() {
            let ready = |id: &FigureId| leaf.figures.get(id.0).is_some_and(|figure| waits_for(figure, &open).is_none());
            let Some(id) = open.iter().copied().find(ready) else { break };
            open.retain(|&other| other != id);
            let Some(figure) = leaf.figures.get(id.0) else { continue };
            if let Some(value) = self.value((maximum, of), figure, &values, mood, attempt) {
                values.insert(id, value);
            }
        }
        for broken in within_bounds(leaf, maximum, &values) {
            values.remove(&broken.figure);
        }
        values.retain(|id, _| !elsewhere.contains_key(id));
        values
    }

    /// Some rows, each drawn as a leaf of its own.
    fn rows(&mut self, (maximum, head): (&Points, Option<&Head>), list: &Figure, columns: &[Figure]) -> Vec<Row> {
        let edge = |edge: &Option<crate::ruleset::meaning::Edge>| edge.as_ref().and_then(|edge| edge.at.to_i64());
        let (least, most) = (edge(&list.range.lower).unwrap_or(0).max(0), edge(&list.range.upper).unwrap_or(8));
        let wanted = i64::try_from(3 + self.upto(5)).unwrap_or(3).max(least).min(most);
        let leaf = bare(columns);
        let mut rows = Vec::new();
        for number in 1..=wanted {
            let mut cells = BTreeMap::new();
            for attempt in 0..24 {
                cells = self.attempt(maximum, (head, &leaf), &BTreeMap::new(), Mood::Usual, attempt);
                if cells.len() == columns.len() {
                    break;
                }
            }
            rows.push(Row { name: format!("{} {number}", list.label), cells });
        }
        rows
    }

    fn value(
        &mut self,
        (maximum, (head, leaf)): (&Points, (Option<&Head>, &Leaf)),
        figure: &Figure,
        values: &BTreeMap<FigureId, Value>,
        mood: Mood,
        attempt: u32,
    ) -> Option<Value> {
        let kind = match &figure.kind {
            FigureKind::YesNo => return Some(Value::YesNo(mood == Mood::Usual && self.chance(85))),
            FigureKind::Choice(options) => {
                let most = u64::try_from(options.len().checked_sub(1)?).unwrap_or(0);
                let drawn = if self.chance(60) { 0 } else { self.upto(most) };
                return Some(Value::Option(usize::try_from(drawn).unwrap_or(0)));
            }
            FigureKind::Text => return Some(Value::Text("số liệu giả định · made up".to_owned())),
            FigureKind::Rows(columns) => return Some(Value::Rows(self.rows((maximum, head), figure, columns))),
            FigureKind::Number(kind) => *kind,
        };
        if let Some(last) = last_day(leaf).filter(|_| figure.or_never) {
            if self.chance(8) {
                return Some(Value::YesNo(false));
            }
            let (from, to) = if self.chance(25) { (1, 40) } else { (-30, 0) };
            let day = &last + &Ratio::from(self.high(from, to));
            if figure.range.contains(&day) {
                return Some(Value::Number(day));
            }
        }
        let mut low = figure.range.lower.as_ref().map(|edge| edge.at.clone());
        let mut high = figure.range.upper.as_ref().map(|edge| edge.at.clone());
        let mut shared = false;
        for limit in &figure.limits {
            let bound = evaluate(&limit.bound, maximum, values)?;
            match limit.side {
                Side::Least => low = Some(low.map_or(bound.clone(), |low| low.max(bound))),
                Side::Most => {
                    shared |= matches!(limit.bound.term, Term::Figure(_));
                    high = Some(high.map_or(bound.clone(), |high| high.min(bound)));
                }
            }
        }
        if high.is_none() {
            high = head.and_then(|head| cases(head, leaf, figure));
        }
        self.number(figure, kind, (low, high), shared, mood, attempt).map(Value::Number)
    }

    /// A number between its edges, in steps of the decimals that it takes.
    fn number(
        &mut self,
        figure: &Figure,
        kind: Kind,
        (low, high): (Option<Ratio>, Option<Ratio>),
        shared: bool,
        mood: Mood,
        attempt: u32,
    ) -> Option<Ratio> {
        let decimals = match kind {
            Kind::Count | Kind::Date | Kind::Moment | Kind::Days | Kind::WorkingDays => 0,
            Kind::Rate => figure.digits.unwrap_or(1).min(4) + 2,
            Kind::Money => figure.digits.unwrap_or(1).min(4),
            Kind::Number | Kind::PercentagePoints | Kind::Points => figure.digits.unwrap_or(2).min(4),
        };
        // A time is drawn to the minute.
        let steps = if kind == Kind::Moment { Ratio::from(1_440) } else { Ratio::pow10(decimals) };
        let (usual_low, usual_width) = match kind {
            Kind::Date | Kind::Moment | Kind::Days | Kind::WorkingDays => {
                (Ratio::from(days(i16::try_from(self.year).ok()?, 1, 1)?), Ratio::from(364))
            }
            Kind::Rate => (Ratio::ZERO, Ratio::ONE),
            Kind::Count => (Ratio::ZERO, Ratio::from(200)),
            Kind::Money => (Ratio::ZERO, Ratio::from(2000)),
            Kind::Number | Kind::PercentagePoints | Kind::Points => (Ratio::ZERO, Ratio::from(20)),
        };
        let width = &usual_width * &Ratio::from(1_i64 << attempt.min(24));
        let bounded = high.is_some();
        let low = match (low, &high) {
            (Some(low), _) => low,
            (None, Some(high)) => usual_low.min(high - &width),
            (None, None) => usual_low,
        };
        let high = high.unwrap_or_else(|| &low + &width);
        let low = (&low * &steps).ceil().to_i64()?;
        let high = (&high * &steps).floor().to_i64()?;
        if low > high {
            return None;
        }
        let drawn = match mood {
            Mood::Lowest => low,
            Mood::Usual if shared || bounded || kind == Kind::Rate => self.high(low, high),
            Mood::Usual => low.saturating_add_unsigned(self.upto(high.abs_diff(low))),
        };
        let value = Ratio::from(drawn).checked_div(&steps)?;
        figure.range.contains(&value).then_some(value)
    }

    fn evidence(&mut self, head: &Head) -> Vec<Evidence> {
        let mut documents = Vec::new();
        for at in 1..=head.evidence.len() {
            let mut parts = [0_u64; 4];
            parts.fill_with(|| self.source.next_u64());
            let [a, b, c, d] = parts;
            let digest = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
            let page = u32::try_from(1 + self.upto(19)).ok();
            let file = format!("{}-{at}.pdf", head.code.replace('.', "-"));
            documents.push(Evidence { file, sha256: Some(digest), section: None, page });
        }
        documents
    }
}

/// The figures that a sheet states: not what the leaf works out itself, nor what the round decides.
fn drawn(leaf: &Leaf) -> impl Iterator<Item = FigureId> {
    let stated = |origin: &Origin| match origin {
        Origin::Stated | Origin::Prior { .. } | Origin::Index { .. } => true,
        Origin::Worked(_) | Origin::Rows(_) | Origin::Shared(_) | Origin::Far { .. } => false,
        other => other.peers().is_none(),
    };
    leaf.figures.iter().enumerate().filter(move |(_, figure)| stated(&figure.origin)).map(|(at, _)| FigureId(at))
}

/// The last day in time of a deadline.
fn last_day(leaf: &Leaf) -> Option<Ratio> {
    let Scoring::Declared(Form::Deadline, Meaning::Cases { subject: Some(late), .. }) = &leaf.scoring else {
        return None;
    };
    let Term::Binary(_, _, last) = &late.term else { return None };
    match &last.term {
        Term::Constant(day) => Some(day.clone()),
        _ => None,
    }
}

/// About how many of a figure a score per case has room for.
fn cases(head: &Head, leaf: &Leaf, figure: &Figure) -> Option<Ratio> {
    let Scoring::Declared(_, Meaning::Value { per_case: Some(per_case), .. }) = &leaf.scoring else { return None };
    let counts = |each: &&Each| match each.what.term {
        Term::Figure(id) => leaf.figures.get(id.0).is_some_and(|counted| counted.name == figure.name),
        _ => false,
    };
    let each = per_case.lines.iter().find(counts)?;
    let room = (head.maximum.ratio() - head.floor.ratio()).checked_div(&each.points.abs())?;
    let room = &room * each.step.as_ref().unwrap_or(&Ratio::ONE);
    // Few faults are made, much of what is asked for is done.
    if each.points.is_negative() { room.checked_div(&Ratio::from(3)) } else { Some(room) }
}

/// A figure still open that a bound of this one needs.
fn waits_for(figure: &Figure, open: &[FigureId]) -> Option<FigureId> {
    let mut needed = None;
    for limit in &figure.limits {
        limit.bound.visit(&mut |expr| {
            if let Term::Figure(id) = expr.term
                && open.contains(&id)
            {
                needed = Some(id);
            }
        });
    }
    needed
}
