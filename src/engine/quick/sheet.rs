//! A unit's figures laid out flat, in the order that a program reads them.

use super::rule::Slot;
use crate::engine::scorecard::Assessed;
use crate::number::{Quick, Ratio};
use crate::submission::Value;

/// A unit's figures for a [`Program`](super::Program): cells of machine words, and leaves that the exact way settled.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub(super) cells: Vec<Option<Quick>>,
    /// By the leaf's place: evidence is asked for and none was shown.
    pub(super) unshown: Vec<bool>,
    /// By the leaf's place: what no program has to work out.
    pub(super) settled: Vec<Option<Box<Assessed>>>,
}

impl Sheet {
    /// States a value in a slot; whether it fits a cell.
    pub(super) fn put(&mut self, slot: Slot, value: &Value) -> bool {
        let cell = match value {
            Value::Number(number) => Quick::of(number),
            Value::YesNo(answer) => Quick::whole(i64::from(*answer)),
            Value::Option(option) => i64::try_from(*option).ok().and_then(Quick::whole),
            Value::Text(_) | Value::Rows(_) => None,
        };
        if let (Some(cell), Some(place)) = (cell, self.cells.get_mut(slot)) {
            *place = Some(cell);
            return true;
        }
        false
    }

    /// The number in a slot.
    pub(super) fn number(&self, slot: Slot) -> Option<Ratio> {
        Some(self.cells.get(slot).copied().flatten()?.ratio())
    }
}
