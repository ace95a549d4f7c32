//! A unit's figures laid out flat: one machine word a figure, each at the scale of its slot.

use super::lanes::Operands;
use super::rule::Came;
use crate::engine::scorecard::Assessed;
use crate::number::Ratio;
use crate::ruleset::meaning::Kind;
use crate::ruleset::{Figure, FigureKind};
use crate::submission::Value;

/// Where a figure lies in a sheet.
pub(super) type Slot = usize;

/// Digits that a number is carried with where its figure does not say how many it has.
const DIGITS: u32 = 6;

/// A unit's figures for a [`Program`](super::Program): words, and leaves that the exact way settled.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub(super) words: Vec<i64>,
    /// By the leaf's place: evidence is asked for and none was shown.
    pub(super) unshown: Vec<bool>,
    /// By the leaf's place: what no program has to work out.
    pub(super) settled: Vec<Option<Box<Assessed>>>,
    /// What the lanes read, once more and as they read it.
    pub(super) operands: Operands,
    /// The lanes whose leaf this sheet keeps off them, in order: what it came to, or above where its rule must say.
    pub(super) aside: Vec<(u32, Came)>,
}

impl Sheet {
    /// Keeps a lane's leaf off it, or puts it back.
    pub(super) fn put_aside(&mut self, lane: u32, came: Option<Came>) {
        match (self.aside.binary_search_by_key(&lane, |(lane, _)| *lane), came) {
            (Ok(at), Some(came)) => {
                if let Some(place) = self.aside.get_mut(at) {
                    *place = (lane, came);
                }
            }
            (Ok(at), None) => {
                self.aside.remove(at);
            }
            (Err(at), Some(came)) => self.aside.insert(at, (lane, came)),
            (Err(_), None) => {}
        }
    }

    pub(super) fn is_settled(&self, at: usize) -> bool {
        self.settled.get(at).is_some_and(Option::is_some)
    }
}

/// The parts of a unit that a figure's word counts: hundredths of a number of two digits.
pub(super) fn scale(figure: &Figure) -> Option<i64> {
    let digits = match figure.kind {
        FigureKind::YesNo | FigureKind::Choice(_) | FigureKind::Number(Kind::Count | Kind::Date) => 0,
        FigureKind::Number(Kind::Rate) => figure.digits.unwrap_or(DIGITS).checked_add(2)?,
        FigureKind::Number(_) => figure.digits.unwrap_or(DIGITS),
        FigureKind::Text | FigureKind::Rows(_) => return None,
    };
    10i64.checked_pow(digits)
}

/// A value as the word of a slot of that scale; nothing if it does not fit exactly.
pub(super) fn word(value: &Value, scale: i64) -> Option<i64> {
    match value {
        Value::Number(number) => (number * &Ratio::from(i128::from(scale))).to_i64().filter(|&word| word != i64::MIN),
        Value::YesNo(answer) => Some(i64::from(*answer)),
        Value::Option(option) => i64::try_from(*option).ok(),
        Value::Text(_) | Value::Rows(_) | Value::NotApplicable => None,
    }
}

/// The value that a word states of a figure.
pub(super) fn value(figure: &Figure, word: i64, scale: i64) -> Option<Value> {
    match figure.kind {
        FigureKind::YesNo => Some(Value::YesNo(word != 0)),
        FigureKind::Number(_) => Ratio::new(i128::from(word), i128::from(scale)).map(Value::Number),
        FigureKind::Choice(_) => usize::try_from(word).ok().map(Value::Option),
        FigureKind::Text | FigureKind::Rows(_) => None,
    }
}
