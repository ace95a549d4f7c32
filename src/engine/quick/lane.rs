//! From a leaf's rule to its lane: bands, forms and checklists whose points need no check while a sheet is scored.

use std::cmp::Ordering;

use super::compile::steps;
use super::lanes::{
    Band, Checks, Form, Kind, MOST_BANDS, MOST_TABLES, NIBBLE, Operands, TERMS, Table, narrow, narrow_parts,
};
use super::rule::{Award, Edge, Limited, Node, Operand, Rule, Step};
use super::sheet::Slot;
use crate::number::Quick;

/// A leaf's lane before it has its place among the others.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) kind: Kind,
    pub(super) bands: Vec<Band>,
    pub(super) form: Option<Form>,
    pub(super) checks: Option<(Checks, Vec<Table>)>,
    pub(super) source: Source,
}

/// Where a lane's operands come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// Two words, and the most that the upper may be.
    Pair { top: Operand, bottom: Operand, most: i64 },
    /// The words of a form; where it has fewer, none.
    Forms { slots: Vec<Slot>, form: Form },
    /// Answers in a row.
    Answers { first: Slot, count: usize },
}

impl Lane {
    /// How lanes stand: those of one kind and width together.
    pub(super) fn rank(&self) -> (Kind, usize) {
        (self.kind, self.checks.as_ref().map_or(self.bands.len(), |(_, tables)| tables.len()))
    }
}

/// The lane of a rule whose points lie between floor and maximum for whatever operands a sheet may lay out.
pub(super) fn lane(rule: &Rule, floor: Quick, maximum: Quick) -> Option<Lane> {
    let limits = Limits { floor, maximum };
    match rule {
        Rule::Ladder { top, bottom, steps } => {
            let source = Source::Pair { top: *top, bottom: *bottom, most: i64::MAX };
            Lane::of_bands(Kind::Pair { points_noted: false }, limits.bands(steps)?, source)
        }
        Rule::Share { word, times } => limits.share(*word, *times),
        Rule::Checks { first, wanted, awards, denominator } => limits.checks(*first, wanted, awards, *denominator),
        Rule::Arms(arms) => {
            let (form, slots) = quotient(arms.subject.as_ref()?)?;
            let bands = limits.bands(&steps(&arms.arms)?)?;
            Lane::of_bands(Kind::Forms { points_noted: false }, bands, Source::Forms { slots, form })
        }
        Rule::Value(limited) => limits.value(limited),
        Rule::Parts { .. } => None,
    }
}

impl Lane {
    fn of_bands(kind: Kind, bands: Vec<Band>, source: Source) -> Option<Self> {
        let form = match &source {
            Source::Forms { form, .. } => Some(*form),
            Source::Pair { .. } | Source::Answers { .. } => None,
        };
        (!bands.is_empty() && bands.len() <= MOST_BANDS).then_some(Self { kind, bands, form, checks: None, source })
    }
}

/// What points have to lie between.
#[derive(Clone, Copy)]
struct Limits {
    floor: Quick,
    maximum: Quick,
}

impl Limits {
    fn hold(self, points: Quick) -> bool {
        points.compare(self.floor) != Ordering::Less && points.compare(self.maximum) != Ordering::Greater
    }

    /// The bands of a ladder, over a subject that is never below zero.
    fn bands(self, steps: &[Step]) -> Option<Vec<Band>> {
        let mut bands = Vec::new();
        let mut above: Option<Edge> = None;
        for (line, step) in (0u32..).zip(steps) {
            let status = |whole| Band { whole, line, ..Band::default() };
            match &step.award {
                Award::Fixed(points) => bands.push(edged(step.from, self.fixed(*points, line)?)?),
                Award::OutOfScale => bands.push(edged(step.from, status(-1))?),
                Award::Unscored => bands.push(edged(step.from, status(-2))?),
                Award::Proportional(maximum) => {
                    let capped = Capped { start: Quick::ZERO, slope: *maximum, cap: *maximum };
                    self.capped(capped, (step.from, above), line, &mut bands)?;
                }
                Award::Points(node) => match line_of(node) {
                    Some(straight) => bands.push(self.line(straight, (step.from, above), line)?),
                    None => self.capped(capped_of(node)?, (step.from, above), line, &mut bands)?,
                },
            }
            above = step.from;
        }
        Some(bands)
    }

    /// A straight line between two edges; without an upper one it may not rise or fall.
    fn line(
        self,
        (start, slope): (Quick, Quick),
        (from, above): (Option<Edge>, Option<Edge>),
        line: u32,
    ) -> Option<Band> {
        let at = |edge: Quick| slope.times(edge)?.plus(start);
        let least = at(from.map_or(Quick::ZERO, |edge| edge.at))?;
        let most = match above {
            Some(edge) => at(edge.at)?,
            None if slope.numerator() == 0 => start,
            None => return None,
        };
        let inside = self.hold(least) && self.hold(most);
        if inside { edged(from, straight(start, slope, line)?) } else { None }
    }

    /// A rising line up to its cap: two bands, where both lie between the edges.
    fn capped(
        self,
        capped: Capped,
        (from, above): (Option<Edge>, Option<Edge>),
        line: u32,
        bands: &mut Vec<Band>,
    ) -> Option<()> {
        let Capped { start, slope, cap } = capped;
        if slope.numerator() <= 0 {
            return None;
        }
        let turn = Edge { at: cap.minus(start)?.over(slope)?.reduced(), included: true };
        let reaches = |edge: Option<Edge>, order: Ordering| edge.is_some_and(|edge| edge.at.compare(turn.at) != order);
        let (all_flat, none_flat) = (reaches(from, Ordering::Less), reaches(above, Ordering::Greater));
        if !none_flat || all_flat {
            bands.push(edged(if all_flat { from } else { Some(turn) }, self.fixed(cap, line)?)?);
        }
        if !all_flat {
            bands.push(self.line((start, slope), (from, if none_flat { above } else { Some(turn) }), line)?);
        }
        Some(())
    }

    fn fixed(self, points: Quick, line: u32) -> Option<Band> {
        let (fixed, whole) = narrow_parts(points)?;
        self.hold(points).then_some(Band { fixed, whole, line, ..Band::default() })
    }

    /// A word times a number, from nothing to the word that makes the maximum.
    fn share(self, word: Slot, times: Quick) -> Option<Lane> {
        let (top, whole) = narrow_parts(times)?;
        if top <= 0 || !self.hold(Quick::ZERO) {
            return None;
        }
        let most = self.maximum.over(times)?.floor()?.numerator();
        let band = Band { top, whole, below: 0, included: true, ..Band::default() };
        let source = Source::Pair { top: Operand::Word(word, 1), bottom: Operand::Number(1), most };
        Lane::of_bands(Kind::Pair { points_noted: true }, vec![band], source)
    }

    fn checks(self, first: Slot, wanted: &[i64], awards: &[i64], denominator: i64) -> Option<Lane> {
        let sums = |sign: i64| {
            let mut of_sign = awards.iter().filter(|award| award.signum() == sign);
            let sum = of_sign.try_fold(0i64, |sum, award| sum.checked_add(*award))?;
            Quick::parts(sum, denominator)
        };
        let fits = self.hold(sums(1)?) && self.hold(sums(-1)?) && wanted.iter().all(|wanted| matches!(wanted, 0 | 1));
        let tables: Vec<Table> = awards.chunks(NIBBLE).map(table).collect();
        if !fits || tables.is_empty() || tables.len() > MOST_TABLES {
            return None;
        }
        let flip = wanted.iter().rev().fold(0u64, |flip, &wanted| flip.wrapping_shl(1) | u64::from(wanted == 0));
        let source = Source::Answers { first, count: wanted.len() };
        let checks = Some((Checks { flip, denominator }, tables));
        Some(Lane { kind: Kind::Checks, bands: Vec::new(), form: None, checks, source })
    }

    /// One quotient, capped where it could pass the maximum.
    fn value(self, limited: &Limited) -> Option<Lane> {
        let Limited { expr, floor, cap } = limited;
        let (inner, cap, points_noted) = match (expr, floor, cap) {
            (Node::Least(parts), None, None) => match parts.as_ref() {
                [Node::Constant(cap), inner] | [inner, Node::Constant(cap)] => (inner, *cap, true),
                _ => return None,
            },
            (inner, None, Some(Node::Constant(cap))) => (inner, *cap, false),
            _ => return None,
        };
        let (form, slots) = quotient(inner)?;
        if !self.hold(Quick::ZERO) || !self.hold(cap) {
            return None;
        }
        let from = Some(Edge { at: cap, included: true });
        let bands = vec![edged(from, self.fixed(cap, 0)?)?, straight(Quick::ZERO, Quick::ONE, 0)?];
        Lane::of_bands(Kind::Forms { points_noted }, bands, Source::Forms { slots, form })
    }
}

/// A band with its lower edge; one without any holds all that is left.
fn edged(from: Option<Edge>, band: Band) -> Option<Band> {
    let Some(edge) = from else { return Some(Band { included: true, ..band }) };
    let (at, below) = narrow_parts(edge.at)?;
    Some(Band { at, below, included: edge.included, ..band })
}

/// Points `start + slope · subject`.
fn straight(start: Quick, slope: Quick, line: u32) -> Option<Band> {
    let denominator = crate::number::common_denominator([start.reduced(), slope.reduced()].into_iter())?;
    let over = |value: Quick| {
        let value = value.reduced();
        narrow(value.numerator().checked_mul(denominator.checked_div(value.denominator())?)?)
    };
    let band = Band { top: over(slope)?, bottom: over(start)?, by: narrow(denominator)?, line, ..Band::default() };
    Some(Band { included: true, ..band })
}

/// A line that rises with the subject and stops at a cap.
#[derive(Clone, Copy)]
struct Capped {
    start: Quick,
    slope: Quick,
    cap: Quick,
}

/// An expression that is the least of a line and a number, perhaps times a number above zero.
fn capped_of(node: &Node) -> Option<Capped> {
    match node {
        Node::Least(parts) => match parts.as_ref() {
            [Node::Constant(cap), inner] | [inner, Node::Constant(cap)] => {
                let (start, slope) = line_of(inner)?;
                Some(Capped { start, slope, cap: *cap })
            }
            _ => None,
        },
        Node::Times(left, right) => match (left.as_ref(), right.as_ref()) {
            (Node::Constant(by), inner) | (inner, Node::Constant(by)) if by.numerator() > 0 => {
                let Capped { start, slope, cap } = capped_of(inner)?;
                Some(Capped { start: start.times(*by)?, slope: slope.times(*by)?, cap: cap.times(*by)? })
            }
            _ => None,
        },
        _ => None,
    }
}

/// An expression in the subject as a start and a slope, if it is a straight line.
fn line_of(node: &Node) -> Option<(Quick, Quick)> {
    let both = |left: &Node, right: &Node| Some((line_of(left)?, line_of(right)?));
    Some(match node {
        Node::Constant(value) => (*value, Quick::ZERO),
        Node::Subject => (Quick::ZERO, Quick::ONE),
        Node::Opposite(inner) => {
            let (start, slope) = line_of(inner)?;
            (start.opposite(), slope.opposite())
        }
        Node::Plus(left, right) => {
            let (left, right) = both(left, right)?;
            (left.0.plus(right.0)?, left.1.plus(right.1)?)
        }
        Node::Minus(left, right) => {
            let (left, right) = both(left, right)?;
            (left.0.minus(right.0)?, left.1.minus(right.1)?)
        }
        Node::Times(left, right) => match both(left, right)? {
            ((by, none), (start, slope)) | ((start, slope), (by, none)) if none.numerator() == 0 => {
                (start.times(by)?, slope.times(by)?)
            }
            _ => return None,
        },
        Node::Over(left, right) => match both(left, right)? {
            ((start, slope), (by, none)) if none.numerator() == 0 => (start.over(by)?, slope.over(by)?),
            _ => return None,
        },
        Node::Word(..) | Node::Least(_) | Node::Greatest(_) | Node::Floor(_) => return None,
    })
}

/// Every sum of up to four awards.
fn table(awards: &[i64]) -> Table {
    std::array::from_fn(|held| {
        let lines = awards.iter().enumerate().filter(|(line, _)| held >> line & 1 == 1);
        // The sum of all lines of a checklist was seen to fit.
        lines.fold(0i64, |sum, (_, award)| sum.wrapping_add(*award))
    })
}

/// A sum of words, each times a number, and a number alone, over a number.
#[derive(Clone, Debug)]
struct Sum {
    words: Vec<(Slot, i64)>,
    alone: i64,
}

impl Sum {
    fn number(alone: i64) -> Self {
        Self { words: Vec::new(), alone }
    }

    /// The sum, if no word is in it.
    fn alone(&self) -> Option<i64> {
        self.words.is_empty().then_some(self.alone)
    }

    fn times(&self, by: i64) -> Option<Self> {
        let words = self.words.iter().map(|&(slot, times)| Some((slot, times.checked_mul(by)?)));
        Some(Self { words: words.collect::<Option<_>>()?, alone: self.alone.checked_mul(by)? })
    }

    fn plus(mut self, other: Self) -> Option<Self> {
        for (slot, times) in other.words {
            match self.words.iter_mut().find(|(known, _)| *known == slot) {
                Some((_, known)) => *known = known.checked_add(times)?,
                None => self.words.push((slot, times)),
            }
        }
        Some(Self { alone: self.alone.checked_add(other.alone)?, ..self })
    }

    /// A product of which one side is a number.
    fn product(&self, other: &Self) -> Option<Self> {
        match (self.alone(), other.alone()) {
            (_, Some(by)) => self.times(by),
            (Some(by), None) => other.times(by),
            (None, None) => None,
        }
    }
}

/// An expression as a form over words, if it is one.
fn quotient(node: &Node) -> Option<(Form, Vec<Slot>)> {
    let (top, bottom) = sums(node)?;
    let mut slots: Vec<Slot> = Vec::new();
    for (slot, _) in top.words.iter().chain(&bottom.words) {
        if !slots.contains(slot) {
            slots.push(*slot);
        }
    }
    if slots.len() > TERMS || bottom.words.is_empty() && bottom.alone <= 0 {
        return None;
    }
    let mut form = Form { top_alone: narrow(top.alone)?, bottom_alone: narrow(bottom.alone)?, ..Form::default() };
    let of = |sum: &Sum, slot: Slot| sum.words.iter().find(|(known, _)| *known == slot).map_or(0, |(_, times)| *times);
    for ((slot, above), below) in slots.iter().zip(&mut form.top).zip(&mut form.bottom) {
        *above = narrow(of(&top, *slot))?;
        *below = narrow(of(&bottom, *slot))?;
    }
    Some((form, slots))
}

fn sums(node: &Node) -> Option<(Sum, Sum)> {
    let both = |left: &Node, right: &Node| Some((sums(left)?, sums(right)?));
    Some(match node {
        Node::Constant(value) => {
            let value = value.reduced();
            (Sum::number(value.numerator()), Sum::number(value.denominator()))
        }
        Node::Word(slot, scale) => (Sum { words: vec![(*slot, 1)], alone: 0 }, Sum::number(*scale)),
        Node::Opposite(inner) => {
            let (top, bottom) = sums(inner)?;
            (top.times(-1)?, bottom)
        }
        Node::Plus(left, right) | Node::Minus(left, right) => {
            let ((left, below), (right, under)) = both(left, right)?;
            let sign = if matches!(node, Node::Minus(..)) { -1 } else { 1 };
            let (below, under) = (below.alone()?, under.alone()?);
            let right = right.times(below.checked_mul(sign)?)?;
            (left.times(under)?.plus(right)?, Sum::number(below.checked_mul(under)?))
        }
        Node::Times(left, right) => {
            let ((left, below), (right, under)) = both(left, right)?;
            (left.product(&right)?, below.product(&under)?)
        }
        Node::Over(left, right) => {
            let ((left, below), (right, under)) = both(left, right)?;
            // What a divisor is divided by may be zero and would vanish from below: such a one goes the general way.
            (left.times(under.alone()?)?, below.product(&right)?)
        }
        Node::Subject | Node::Least(_) | Node::Greatest(_) | Node::Floor(_) => return None,
    })
}

impl Source {
    /// Lays a leaf's operands out where its lane reads them; `false` where they do not fit, or a subject is below zero or
    /// divided by what is not above it.
    pub(super) fn lay(&self, at: usize, words: &[i64], operands: &mut Operands) -> bool {
        match self {
            Self::Pair { top, bottom, most } => {
                let Some([n, d]) = pair(*top, *bottom, *most, words) else { return false };
                operands.pairs.get_mut(at).map(|place| *place = [n, d]).is_some()
            }
            Self::Forms { slots, form } => {
                let Some(laid) = form_words(slots, form, words) else { return false };
                operands.forms.get_mut(at).map(|place| *place = laid).is_some()
            }
            Self::Answers { first, count } => {
                let Some(answers) = answers(*first, *count, words) else { return false };
                operands.answers.get_mut(at).map(|place| *place = answers).is_some()
            }
        }
    }
}

fn pair(top: Operand, bottom: Operand, most: i64, words: &[i64]) -> Option<[i32; 2]> {
    let n = top.value(words)?;
    let d = narrow(bottom.value(words)?)?;
    (n >= 0 && n <= most && d > 0).then_some([narrow(n)?, d])
}

fn form_words(slots: &[Slot], form: &Form, words: &[i64]) -> Option<[i32; TERMS]> {
    let mut laid = [0; TERMS];
    for (slot, place) in slots.iter().zip(&mut laid) {
        *place = narrow(words.get(*slot).copied()?)?;
    }
    // Four products of two 32-bit numbers, and one such number, fit in two words.
    let sum = |of: [i32; TERMS], alone: i32| {
        let products = laid.iter().zip(of).map(|(word, times)| i128::from(*word).wrapping_mul(i128::from(times)));
        products.fold(i128::from(alone), i128::wrapping_add)
    };
    let (n, d) = (sum(form.top, form.top_alone), sum(form.bottom, form.bottom_alone));
    let narrow = |sum: i128| i32::try_from(sum).is_ok();
    (narrow(n) && narrow(d) && n >= 0 && d > 0).then_some(laid)
}

fn answers(first: Slot, count: usize, words: &[i64]) -> Option<u64> {
    let words = words.get(first..)?.get(..count)?;
    words.iter().rev().try_fold(0u64, |answers, word| {
        let answer = match word {
            0 => 0,
            1 => 1,
            _ => return None,
        };
        Some(answers.wrapping_shl(1) | answer)
    })
}
