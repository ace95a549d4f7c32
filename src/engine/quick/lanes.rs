//! Leaves of one form side by side: every sheet walks them without asking what each of them is.
//!
//! Operands are 32 bits wide and coefficients too, so that no product leaves a machine word: whether a sheet's words
//! are that small is seen when it is laid out, and leaves whose words are not go the general way, which checks each step.

use super::rule::{Came, Note};
use super::scores::Trace;
use crate::number::Quick;

/// The most bands that a lane has; a leaf with more goes the general way.
pub(super) const MOST_BANDS: usize = 8;
/// Words that one form adds up.
pub(super) const TERMS: usize = 4;
/// Lines that one table of a checklist knows all sums of.
pub(super) const NIBBLE: usize = 4;
/// The most tables of a checklist.
pub(super) const MOST_TABLES: usize = 4;

/// A band over a subject `n / d`, neither of them below zero: its lower edge, and points as a fraction of forms in both.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Band {
    /// It begins where `n · below` is more than `d · at`, or as much where `included`.
    pub(super) at: i32,
    pub(super) below: i32,
    pub(super) included: bool,
    /// Upper part of the points: `fixed + top · n + bottom · d`.
    pub(super) fixed: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// Lower part: `whole + by · d`; none of both is above zero for a status.
    pub(super) whole: i32,
    pub(super) by: i32,
    /// The line of the text that it stands for.
    pub(super) line: u32,
}

impl Band {
    #[inline]
    fn reached(&self, n: i64, d: i64) -> bool {
        // Products of two 32-bit numbers leave room for one more.
        let left = n.wrapping_mul(i64::from(self.below)).wrapping_add(i64::from(self.included));
        left > d.wrapping_mul(i64::from(self.at))
    }

    #[inline]
    fn award(&self, n: i64, d: i64) -> Came {
        // Two products of 31 bits by 31 and one number of 31 stay within 63.
        let top = n.wrapping_mul(i64::from(self.top)).wrapping_add(d.wrapping_mul(i64::from(self.bottom)));
        Came::raw(
            top.wrapping_add(i64::from(self.fixed)),
            d.wrapping_mul(i64::from(self.by)).wrapping_add(i64::from(self.whole)),
        )
    }
}

/// A sum of words, each times a number, over another such sum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    pub(super) top: [i32; TERMS],
    pub(super) bottom: [i32; TERMS],
    pub(super) top_alone: i32,
    pub(super) bottom_alone: i32,
}

impl Form {
    /// Upper and lower sum; right where both fit, whatever stood in between.
    #[inline]
    pub(super) fn sums(&self, words: [i32; TERMS]) -> (i64, i64) {
        let (mut n, mut d) = (i64::from(self.top_alone), i64::from(self.bottom_alone));
        for ((word, top), bottom) in words.into_iter().zip(self.top).zip(self.bottom) {
            n = n.wrapping_add(i64::from(word).wrapping_mul(i64::from(top)));
            d = d.wrapping_add(i64::from(word).wrapping_mul(i64::from(bottom)));
        }
        (n, d)
    }
}

/// A checklist: which answers are wanted, and what its points are counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checks {
    /// The lines that want a "no".
    pub(super) flip: u64,
    pub(super) denominator: i64,
}

/// Every sum of four lines of a checklist, by which of them hold.
pub(super) type Table = [i64; 1 << NIBBLE];

/// Leaves of one form.
#[derive(Clone, Copy, Debug)]
struct Group {
    kind: Kind,
    /// Bands, or tables.
    width: usize,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Bands over the quotient of two words.
    Pair {
        points_noted: bool,
    },
    /// Bands over the quotient of two forms.
    Forms {
        points_noted: bool,
    },
    Checks,
}

/// All leaves that have a lane, group by group; the operands of a sheet lie in the same order.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes {
    groups: Vec<Group>,
    bands: Vec<Band>,
    forms: Vec<Form>,
    checks: Vec<Checks>,
    tables: Vec<Table>,
}

/// What the lanes read of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Operands {
    pub(super) pairs: Vec<[i32; 2]>,
    pub(super) forms: Vec<[i32; TERMS]>,
    pub(super) answers: Vec<u64>,
}

/// Where notes go, lane by lane.
pub(super) trait Notes {
    /// Those of the next lanes.
    fn take(&mut self, count: usize) -> impl Iterator<Item = impl Note>;
    /// That of a lane.
    fn at(&mut self, lane: usize) -> impl Note;
}

impl Notes for () {
    #[inline]
    fn take(&mut self, _: usize) -> impl Iterator<Item = impl Note> {
        std::iter::repeat(())
    }

    #[inline]
    fn at(&mut self, _: usize) -> impl Note {}
}

impl Notes for &mut [Trace] {
    #[inline]
    fn take(&mut self, count: usize) -> impl Iterator<Item = impl Note> {
        first(self, count).iter_mut()
    }

    #[inline]
    fn at(&mut self, lane: usize) -> impl Note {
        self.get_mut(lane)
    }
}

/// Cuts the first so many off; none where there are fewer.
#[inline]
#[expect(clippy::mut_mut, reason = "the slice that is left is written back")]
fn first<'a, T>(of: &mut &'a mut [T], count: usize) -> &'a mut [T] {
    let all = std::mem::take(of);
    match all.split_at_mut_checked(count) {
        Some((first, rest)) => {
            *of = rest;
            first
        }
        None => &mut [],
    }
}

/// The same of what is only read.
#[inline]
fn next<'a, T>(of: &mut &'a [T], count: usize) -> &'a [T] {
    match of.split_at_checked(count) {
        Some((first, rest)) => {
            *of = rest;
            first
        }
        None => &[],
    }
}

impl Lanes {
    /// Adds a lane of bands; lanes of one kind and width must follow one another.
    pub(super) fn push_bands(&mut self, kind: Kind, bands: &[Band], form: Option<Form>) {
        self.bands.extend_from_slice(bands);
        self.forms.extend(form);
        self.count(kind, bands.len());
    }

    /// Adds a checklist.
    pub(super) fn push_checks(&mut self, checks: Checks, tables: &[Table]) {
        self.checks.push(checks);
        self.tables.extend_from_slice(tables);
        self.count(Kind::Checks, tables.len());
    }

    fn count(&mut self, kind: Kind, width: usize) {
        match self.groups.last_mut() {
            Some(last) if (last.kind, last.width) == (kind, width) => last.count = last.count.saturating_add(1),
            _ => self.groups.push(Group { kind, width, count: 1 }),
        }
    }

    /// Makes room for a sheet's operands.
    pub(super) fn room(&self, operands: &mut Operands) {
        let count = |wanted: fn(Kind) -> bool| {
            self.groups.iter().filter(|group| wanted(group.kind)).map(|group| group.count).sum()
        };
        operands.pairs.resize(count(|kind| matches!(kind, Kind::Pair { .. })), [0; 2]);
        operands.forms.resize(count(|kind| matches!(kind, Kind::Forms { .. })), [0; TERMS]);
        operands.answers.resize(count(|kind| kind == Kind::Checks), 0);
    }

    /// What every lane comes to, in their order.
    #[inline]
    pub(super) fn run(&self, operands: &Operands, mut cames: &mut [Came], mut notes: impl Notes) {
        let (mut bands, mut forms) = (self.bands.as_slice(), self.forms.as_slice());
        let (mut checks, mut tables) = (self.checks.as_slice(), self.tables.as_slice());
        let (mut pairs, mut words) = (operands.pairs.as_slice(), operands.forms.as_slice());
        let mut answers = operands.answers.as_slice();
        for &Group { kind, width, count } in &self.groups {
            let (into, notes) = (first(&mut cames, count), notes.take(count));
            match kind {
                Kind::Checks => {
                    let tables = next(&mut tables, count.saturating_mul(width));
                    let lanes = next(&mut checks, count).iter().zip(next(&mut answers, count));
                    checklists(width, lanes, tables, into, notes);
                }
                Kind::Pair { points_noted } => {
                    let subjects = next(&mut pairs, count).iter().map(|&[n, d]| (i64::from(n), i64::from(d)));
                    let bands = next(&mut bands, count.saturating_mul(width));
                    ladders(width, points_noted, bands, subjects, into, notes);
                }
                Kind::Forms { points_noted } => {
                    let lanes = next(&mut forms, count).iter().zip(next(&mut words, count));
                    let subjects = lanes.map(|(form, &words)| form.sums(words));
                    let bands = next(&mut bands, count.saturating_mul(width));
                    ladders(width, points_noted, bands, subjects, into, notes);
                }
            }
        }
    }
}

#[inline]
fn ladders(
    width: usize,
    points_noted: bool,
    bands: &[Band],
    subjects: impl Iterator<Item = (i64, i64)>,
    into: &mut [Came],
    notes: impl Iterator<Item = impl Note>,
) {
    match width {
        1 => ladder::<1>(points_noted, bands, subjects, into, notes),
        2 => ladder::<2>(points_noted, bands, subjects, into, notes),
        3 => ladder::<3>(points_noted, bands, subjects, into, notes),
        4 => ladder::<4>(points_noted, bands, subjects, into, notes),
        5 => ladder::<5>(points_noted, bands, subjects, into, notes),
        6 => ladder::<6>(points_noted, bands, subjects, into, notes),
        7 => ladder::<7>(points_noted, bands, subjects, into, notes),
        _ => ladder::<MOST_BANDS>(points_noted, bands, subjects, into, notes),
    }
}

#[inline]
fn ladder<const BANDS: usize>(
    points_noted: bool,
    bands: &[Band],
    subjects: impl Iterator<Item = (i64, i64)>,
    into: &mut [Came],
    notes: impl Iterator<Item = impl Note>,
) {
    let (lanes, _) = bands.as_chunks::<BANDS>();
    for (((bands, came), (n, d)), mut note) in lanes.iter().zip(into).zip(subjects).zip(notes) {
        // The edges fall from band to band, so those that are not reached come first; the last has none.
        let above = bands.iter().take(BANDS.saturating_sub(1)).map(|band| usize::from(!band.reached(n, d)));
        let Some(band) = bands.get(above.fold(0usize, usize::wrapping_add)) else { continue };
        *came = band.award(n, d);
        note.lane(u64::from(band.line), if points_noted { *came } else { Came::raw(n, d) });
    }
}

#[inline]
fn checklists<'a>(
    width: usize,
    lanes: impl Iterator<Item = (&'a Checks, &'a u64)>,
    tables: &[Table],
    into: &mut [Came],
    notes: impl Iterator<Item = impl Note>,
) {
    match width {
        1 => checklist::<1>(lanes, tables, into, notes),
        2 => checklist::<2>(lanes, tables, into, notes),
        3 => checklist::<3>(lanes, tables, into, notes),
        _ => checklist::<MOST_TABLES>(lanes, tables, into, notes),
    }
}

#[inline]
fn checklist<'a, const TABLES: usize>(
    lanes: impl Iterator<Item = (&'a Checks, &'a u64)>,
    tables: &[Table],
    into: &mut [Came],
    notes: impl Iterator<Item = impl Note>,
) {
    let (tables, _) = tables.as_chunks::<TABLES>();
    for (((tables, came), (checks, answers)), mut note) in tables.iter().zip(into).zip(lanes).zip(notes) {
        let held = answers ^ checks.flip;
        let (mut rest, mut sum) = (held, 0i64);
        for table in tables {
            // The sum of all lines was seen to fit when this was compiled.
            let at = usize::try_from(rest & 0xf).unwrap_or(0);
            sum = sum.wrapping_add(table.get(at).copied().unwrap_or(0));
            rest >>= NIBBLE;
        }
        *came = Came::raw(sum, checks.denominator);
        note.lane(held, Came::WHOLE_ZERO);
    }
}

/// A number as an operand or a coefficient.
pub(super) fn narrow(value: i64) -> Option<i32> {
    i32::try_from(value).ok().filter(|&narrow| narrow != i32::MIN)
}

/// The parts of a fraction as coefficients.
pub(super) fn narrow_parts(value: Quick) -> Option<(i32, i32)> {
    let reduced = value.reduced();
    Some((narrow(reduced.numerator())?, narrow(reduced.denominator())?))
}
