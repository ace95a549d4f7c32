//! Figures straight into a sheet's words, for sheets that say what most say; whatever else one says is declined, and read
//! and checked at length.

use super::program::Program;
use super::rule::Came;
use super::sheet::{Sheet, Slot, scale, word};
use crate::diagnostic::Language;
use crate::engine::context::Context;
use crate::engine::derived::{Surroundings, may_be, surrounding_value};
use crate::language::days;
use crate::language::tree::{Method, Track};
use crate::number::{Quick, Ratio};
use crate::ruleset::meaning::{FigureId, Kind, Term};
use crate::ruleset::{Figure, FigureKind, Head, HeadId, Leaf, Ruleset, Scoring, Side};
use crate::submission::{track_name, usual_track};

/// What a program's sheets are filled by.
#[derive(Clone, Debug)]
pub struct Intake {
    program: Program,
    leaves: Vec<Asked>,
    /// Words of which the first may not be above the second.
    ordered: Vec<(Slot, Slot)>,
    /// Figures that the surroundings of a unit may say.
    looked_up: Vec<LookedUp>,
}

/// A figure that the surroundings may say: where it is declared, and its word.
#[derive(Clone, Copy, Debug)]
struct LookedUp {
    head: HeadId,
    figure: FigureId,
    slot: Slot,
    scale: i64,
}

/// A leaf, and what may be stated of it.
#[derive(Clone, Debug)]
struct Asked {
    code: String,
    /// The tracks that may state it, as they are spelt.
    tracks: Vec<&'static str>,
    figures: Vec<Figured>,
    /// Points are entered, between floor and maximum.
    entered: Option<(Quick, Quick)>,
    /// Something follows where no evidence is shown.
    evidence: bool,
    /// What it comes to where it does not apply to the block: then nothing is stated of it.
    aside: Option<Came>,
}

/// A figure, and the words that it may be.
#[derive(Clone, Debug)]
struct Figured {
    name: String,
    /// What the other language calls a derived one.
    also: Option<String>,
    slot: Slot,
    taken: Taken,
    least: i64,
    most: i64,
}

#[derive(Clone, Debug)]
enum Taken {
    /// So many digits after the mark.
    Number(u32),
    /// In per cent, so many digits after the mark.
    Rate(u32),
    Date,
    YesNo,
    Choice(Vec<String>),
    /// What is written is read at length.
    Never,
    /// Need not be there.
    Text,
}

/// A value as a file writes it.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// A number of the format itself, with a point.
    Number(&'a str),
    /// A text, or a cell of a table with the mark of its numbers.
    Text(&'a str, u8),
    /// `true`, `false`.
    YesNo(bool),
}

/// A sheet being filled.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    sheet: Sheet,
    /// By slot and by leaf: the last unit that stated it.
    stated: Vec<u64>,
    opened: Vec<u64>,
    /// What the surroundings of the unit say, by slot.
    found: Vec<(Slot, i64)>,
    unit: u64,
}

impl Filling {
    /// The sheet.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }
}

impl Intake {
    /// Made of a program all of whose leaves are compiled or entered, with bounds that compare figure with figure.
    pub fn of(program: &Program) -> Option<Self> {
        let ruleset = program.plan().ruleset();
        let (mut leaves, mut ordered, mut looked_up, mut first) = (Vec::new(), Vec::new(), Vec::new(), 0usize);
        for (at, (id, head, leaf)) in ruleset.leaves().enumerate() {
            if head.aside.is_some() {
                leaves.push(not_asked(head, program.aside(at)?));
            } else {
                leaves.push(asked(ruleset, head, leaf, first, program.is_compiled(at))?);
                bounds(leaf, first, &mut ordered)?;
                for (place, figure) in leaf.figures.iter().enumerate().filter(|(_, one)| one.origin.is_looked_up()) {
                    let (slot, scale) = (first.checked_add(place)?, scale(figure)?);
                    looked_up.push(LookedUp { head: id, figure: FigureId(place), slot, scale });
                }
            }
            first = first.checked_add(leaf.figures.len())?;
        }
        Some(Self { program: program.clone(), leaves, ordered, looked_up })
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Begins a unit.
    pub fn begin(&self, filling: &mut Filling) {
        if filling.unit == 0 {
            filling.stated.resize(self.program.slots(), 0);
            filling.opened.resize(self.leaves.len(), 0);
        }
        filling.unit = filling.unit.saturating_add(1);
        filling.found.clear();
        self.program.room(&mut filling.sheet);
    }

    /// Looks for what the surroundings say of a unit: it holds whatever the unit states. Nothing if a value has no word.
    pub fn look_up(&self, filling: &mut Filling, unit: &str, block: Option<&str>, context: &Context) -> Option<()> {
        if context.says_nothing_of_units() {
            return Some(());
        }
        let ruleset = self.program.plan().ruleset();
        for looked in &self.looked_up {
            let leaf = ruleset.head(looked.head)?.leaf.as_ref()?;
            let around = Surroundings { ruleset, head: looked.head, leaf, unit, block, context, sheet: None };
            let figure = leaf.figures.get(looked.figure.0)?;
            if let Some(value) = surrounding_value(around, figure) {
                // A value that it cannot have is told of at length.
                may_be(figure, &value).then_some(())?;
                filling.found.push((looked.slot, word(&value, looked.scale)?));
            }
        }
        Some(())
    }

    /// A leaf by its code; `near` is where it is looked for first.
    pub fn leaf(&self, near: usize, code: &str) -> Option<usize> {
        let is = |at: &usize| self.leaves.get(*at).is_some_and(|leaf| leaf.code == code);
        Some(near).filter(is).or_else(|| (0..self.leaves.len()).find(is))
    }

    /// Whether a leaf does not apply to the block, so that nothing may be stated of it.
    pub fn is_aside(&self, leaf: usize) -> bool {
        self.leaves.get(leaf).is_some_and(|leaf| leaf.aside.is_some())
    }

    /// Whether a track, as it is spelt, may state a leaf.
    pub fn may_state(&self, leaf: usize, track: &str) -> bool {
        self.leaves.get(leaf).is_some_and(|leaf| leaf.tracks.contains(&track))
    }

    /// Opens a leaf of the unit for a track that may state it; nothing if it is open already.
    pub fn open(&self, filling: &mut Filling, leaf: usize) -> Option<()> {
        let opened = filling.opened.get_mut(leaf)?;
        let first = *opened != filling.unit;
        *opened = filling.unit;
        first.then_some(())
    }

    /// A figure of a leaf by its name; `near` is where it is looked for first.
    pub fn figure(&self, leaf: usize, near: usize, name: &str) -> Option<usize> {
        let figures = &self.leaves.get(leaf)?.figures;
        let is = |at: &usize| {
            let called = |figure: &Figured| figure.name == name || figure.also.as_deref() == Some(name);
            figures.get(*at).is_some_and(called)
        };
        Some(near).filter(is).or_else(|| (0..figures.len()).find(is))
    }

    /// States a figure.
    pub fn state(&self, filling: &mut Filling, leaf: usize, figure: usize, written: Written<'_>) -> Option<()> {
        let figure = self.leaves.get(leaf)?.figures.get(figure)?;
        let word = figure.word(written)?;
        let stated = filling.stated.get_mut(figure.slot)?;
        if *stated == filling.unit || word < figure.least || word > figure.most {
            return None;
        }
        *stated = filling.unit;
        *filling.sheet.words.get_mut(figure.slot)? = word;
        Some(())
    }

    /// States the points of a leaf whose points are entered.
    pub fn points(&self, filling: &mut Filling, leaf: usize, written: Written<'_>) -> Option<()> {
        let (floor, maximum) = self.leaves.get(leaf)?.entered?;
        let (text, mark) = match written {
            Written::Number(text) => (text, b'.'),
            Written::Text(text, mark) => (text, mark),
            Written::YesNo(_) => return None,
        };
        let points = Quick::parts(decimal(text, mark, 6)?, 1_000_000)?;
        let inside = points.compare(floor).is_ge() && points.compare(maximum).is_le();
        inside.then(|| self.program.enter(&mut filling.sheet, leaf, Came::points(points)))
    }

    /// Ends what is stated of a leaf, with whether evidence was shown.
    pub fn close(&self, leaf: usize, shown: bool) -> Option<()> {
        (shown || !self.leaves.get(leaf)?.evidence).then_some(())
    }

    /// Ends a unit: nothing is missing, bounds hold, and every leaf lies on its lane.
    pub fn end(&self, filling: &mut Filling) -> Option<()> {
        let unit = filling.unit;
        let said = |(leaf, opened): (&Asked, &u64)| leaf.aside.is_some() || *opened == unit;
        if !self.leaves.iter().zip(&filling.opened).all(said) {
            return None;
        }
        if !filling.found.is_empty() {
            self.take_found(filling)?;
        }
        for figure in self.leaves.iter().flat_map(|leaf| &leaf.figures) {
            if !matches!(figure.taken, Taken::Text) && filling.stated.get(figure.slot) != Some(&unit) {
                return None;
            }
        }
        if !self.in_order(filling) {
            return None;
        }
        for (at, leaf) in self.leaves.iter().enumerate() {
            if let Some(came) = leaf.aside {
                self.program.enter(&mut filling.sheet, at, came);
            } else if leaf.entered.is_none() {
                self.program.put_back(&mut filling.sheet, at);
            } else if !self.program.is_entered(&filling.sheet, at) {
                return None;
            }
        }
        Some(())
    }

    /// Whether figures that were stated keep the bounds that they are of one another.
    fn in_order(&self, filling: &Filling) -> bool {
        let stated = |slot: &Slot| filling.stated.get(*slot) == Some(&filling.unit);
        let word = |slot: Slot| filling.sheet.words.get(slot);
        self.ordered
            .iter()
            .filter(|(low, high)| stated(low) && stated(high))
            .all(|&(low, high)| word(low) <= word(high))
    }

    /// What was found holds in place of what is stated, which is held against its bounds all the same.
    fn take_found(&self, filling: &mut Filling) -> Option<()> {
        self.in_order(filling).then_some(())?;
        for (slot, found) in std::mem::take(&mut filling.found) {
            *filling.sheet.words.get_mut(slot)? = found;
            *filling.stated.get_mut(slot)? = filling.unit;
        }
        Some(())
    }
}

fn asked(ruleset: &Ruleset, head: &Head, leaf: &Leaf, first: Slot, compiled: bool) -> Option<Asked> {
    let entered = match leaf.scoring {
        Scoring::Entered { .. } => Some((Quick::of(head.floor.ratio())?, Quick::of(head.maximum.ratio())?)),
        _ if compiled => None,
        _ => return None,
    };
    let may_state = |track: &&Track| match track {
        Track::SelfScore => head.method == Method::Appraised,
        Track::Appraisal1 | Track::Appraisal2 => true,
        Track::Explanation => false,
    };
    let both = |track: &Track| [Language::Vietnamese, Language::English].map(|language| track_name(*track, language));
    // A table's column that names no track is the leaf's usual one.
    let usual = usual_track(ruleset, head).map(|_| "");
    let tracks = ruleset.tracks.iter().filter(may_state).flat_map(both).chain(usual).collect();
    let figures = leaf.figures.iter().enumerate().map(|(at, figure)| figured(ruleset, figure, first.checked_add(at)?));
    let rule = &leaf.evidence_missing;
    let evidence = !head.evidence.is_empty() && (rule.points.is_some() || rule.unscored);
    let figures = figures.collect::<Option<_>>()?;
    Some(Asked { code: head.code.clone(), tracks, figures, entered, evidence, aside: None })
}

/// A leaf that does not apply to the block, and what it comes to.
fn not_asked(head: &Head, came: Came) -> Asked {
    let (code, aside) = (head.code.clone(), Some(came));
    Asked { code, tracks: Vec::new(), figures: Vec::new(), entered: None, evidence: false, aside }
}

fn figured(ruleset: &Ruleset, figure: &Figure, slot: Slot) -> Option<Figured> {
    let scale = scale(figure);
    let digits = scale.map_or(0, i64::ilog10);
    let taken = match &figure.kind {
        FigureKind::Text => Taken::Text,
        _ if scale.is_none() => Taken::Never,
        FigureKind::YesNo => Taken::YesNo,
        FigureKind::Choice(options) => Taken::Choice(options.clone()),
        FigureKind::Number(Kind::Rate) => Taken::Rate(digits.checked_sub(2)?),
        FigureKind::Number(Kind::Date) => Taken::Date,
        FigureKind::Number(Kind::Moment | Kind::Days | Kind::WorkingDays) => Taken::Never,
        FigureKind::Number(_) => Taken::Number(digits),
        FigureKind::Rows(_) => return None,
    };
    let times = Ratio::from(scale.unwrap_or(1));
    let (mut least, mut most) = (i64::MIN, i64::MAX);
    if let FigureKind::Number(_) = figure.kind {
        if let Some(edge) = &figure.range.lower {
            let at = &edge.at * &times;
            least = at.ceil().to_i64()?.checked_add(i64::from(!edge.included && at.is_integer()))?;
        }
        if let Some(edge) = &figure.range.upper {
            let at = &edge.at * &times;
            most = at.floor().to_i64()?.checked_sub(i64::from(!edge.included && at.is_integer()))?;
        }
        // Any other day is told of, which is said in `submission` alone.
        if matches!(taken, Taken::Date) {
            let expected = ruleset.days_expected(figure);
            least = least.max((*expected.start()).into());
            most = most.min((*expected.end()).into());
        }
        if figure.kind == FigureKind::Number(Kind::Count) {
            least = least.max(0);
        }
    }
    let also = figure.names().find(|name| *name != figure.name).map(str::to_owned);
    Some(Figured { name: figure.name.clone(), also, slot, taken, least, most })
}

/// The bounds of a leaf's figures by one another; nothing where one is more than another figure of the same scale.
fn bounds(leaf: &Leaf, first: Slot, ordered: &mut Vec<(Slot, Slot)>) -> Option<()> {
    for (at, figure) in leaf.figures.iter().enumerate() {
        for limit in &figure.limits {
            match &limit.bound.term {
                // Held in the figure's range.
                Term::Constant(_) => {}
                Term::Negate(inner) if matches!(inner.term, Term::Constant(_)) => {}
                Term::Figure(id) => {
                    let other = leaf.figures.get(id.0)?;
                    if scale(figure)? != scale(other)? {
                        return None;
                    }
                    let (own, other) = (first.checked_add(at)?, first.checked_add(id.0)?);
                    ordered.push(match limit.side {
                        Side::Least => (other, own),
                        Side::Most => (own, other),
                    });
                }
                _ => return None,
            }
        }
    }
    Some(())
}

impl Figured {
    fn word(&self, written: Written<'_>) -> Option<i64> {
        match (&self.taken, written) {
            (Taken::Number(digits), Written::Number(text)) => decimal(text, b'.', *digits),
            (Taken::Number(digits), Written::Text(text, mark)) => decimal(text, mark, *digits),
            (Taken::Rate(digits), Written::Text(text, mark)) => decimal(text.strip_suffix('%')?, mark, *digits),
            (Taken::Date, Written::Text(text, _)) => date(text),
            (Taken::YesNo, Written::YesNo(answer)) => Some(i64::from(answer)),
            (Taken::YesNo, Written::Text("true" | "có" | "yes", _)) => Some(1),
            (Taken::YesNo, Written::Text("false" | "không" | "no", _)) => Some(0),
            (Taken::Choice(options), Written::Text(text, _)) => {
                i64::try_from(options.iter().position(|option| option == text)?).ok()
            }
            _ => None,
        }
    }
}

/// A plain decimal in units of its last digit but so many; nothing for more digits, and for three, which may be a group.
fn decimal(text: &str, mark: u8, digits: u32) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (mut value, mut whole, mut after) = (0i64, 0u32, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte.wrapping_sub(b'0')))?;
                match &mut after {
                    Some(after) => *after = u32::checked_add(*after, 1)?,
                    // No number begins with a nought that stands for nothing.
                    None if whole == 1 && value < 10 && at == 1 => return None,
                    None => whole = whole.checked_add(1)?,
                }
            }
            _ if byte == mark && after.is_none() && whole > 0 => after = Some(0),
            _ => return None,
        }
    }
    let after = match after {
        Some(0 | 3) => return None,
        after => after.unwrap_or(0),
    };
    if whole == 0 || after > digits || (negative && value == 0) {
        return None;
    }
    let value = value.checked_mul(10i64.checked_pow(digits.checked_sub(after)?)?)?;
    Some(if negative { value.wrapping_neg() } else { value }).filter(|value| *value != i64::MIN)
}

/// `31/12/2021`.
fn date(text: &str) -> Option<i64> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |part: &str, long: usize| part.len() == long && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = parts.next().is_none() && plain(day, 2) && plain(month, 2) && plain(year, 4) && !year.starts_with('0');
    if fits { days(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(i64::from) } else { None }
}
