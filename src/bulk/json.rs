//! One submission of JSON straight into a sheet, where it is written as most are; else nothing, and it is read at length.
//!
//! What a submission may hold is said where it is read at length. Here every key, and every value, is one of the usual
//! ones, or the whole submission is declined.

use std::fmt::{Formatter, Result as Told};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::whose::{Taken, Whose};
use crate::engine::quick::{Filling, Intake, Written};

/// Reads a line; whose it is, if all of it was taken.
pub(super) fn take<'a>(line: &'a str, whose: &Whose<'a>, fillings: &mut Vec<Filling>) -> Option<Taken<'a>> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let sheet = Sheet { whose, fillings, seen: Vec::new(), unit: None, block: None, synthetic: false, taken: None };
    let sheet = Keys(sheet).deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    let mut taken = sheet.taken?;
    taken.who.synthetic |= sheet.synthetic;
    Some(taken)
}

/// A table whose keys are met one by one.
trait Table<'de> {
    fn key<M: MapAccess<'de>>(&mut self, key: &'de str, map: &mut M) -> Result<(), M::Error>;
}

/// Reads a table key by key.
struct Keys<T>(T);

impl<'de, T: Table<'de>> DeserializeSeed<'de> for Keys<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<T, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de, T: Table<'de>> Visitor<'de> for Keys<T> {
    type Value = T;

    fn expecting(&self, to: &mut Formatter<'_>) -> Told {
        to.write_str("a table of keys")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<T, M::Error> {
        // A key with an escape in it is none of the usual ones.
        while let Some(key) = map.next_key::<&'de str>()? {
            self.0.key(key, &mut map)?;
        }
        Ok(self.0)
    }
}

/// What was taken, or the word that the submission is declined.
fn usual<T, E: Error>(taken: Option<T>) -> Result<T, E> {
    taken.ok_or_else(|| E::custom("unusual"))
}

struct Sheet<'a, 'de> {
    whose: &'a Whose<'de>,
    fillings: &'a mut Vec<Filling>,
    seen: Vec<&'de str>,
    unit: Option<&'de str>,
    block: Option<&'de str>,
    synthetic: bool,
    taken: Option<Taken<'de>>,
}

impl<'de> Table<'de> for Sheet<'_, 'de> {
    fn key<M: MapAccess<'de>>(&mut self, key: &'de str, map: &mut M) -> Result<(), M::Error> {
        let ruleset = self.whose.ruleset();
        usual((!self.seen.contains(&key)).then_some(()))?;
        self.seen.push(key);
        // Which reading of the set holds is known before a leaf is looked at.
        let still = self.taken.is_none();
        match key {
            "ruleset" => usual((map.next_value::<&str>()? == ruleset.path).then_some(())),
            "year" => usual((map.next_value::<u16>()? == ruleset.year).then_some(())),
            "synthetic" => {
                self.synthetic = map.next_value()?;
                Ok(())
            }
            "unit" if still => {
                self.unit = Some(map.next_value()?);
                Ok(())
            }
            "block" if still => {
                self.block = Some(map.next_value()?);
                Ok(())
            }
            "leaves" => {
                let taken = usual(self.unit.and_then(|unit| self.whose.of(unit, self.block)))?;
                let filling = usual(taken.filling(self.fillings))?;
                let leaves = Leaves { intake: taken.intake, filling, near: 0 };
                let leaves = map.next_value_seed(Keys(leaves))?;
                usual(taken.intake.end(leaves.filling))?;
                self.taken = Some(taken);
                Ok(())
            }
            _ => usual(None),
        }
    }
}

struct Leaves<'a> {
    intake: &'a Intake,
    filling: &'a mut Filling,
    near: usize,
}

impl<'de> Table<'de> for Leaves<'_> {
    fn key<M: MapAccess<'de>>(&mut self, code: &'de str, map: &mut M) -> Result<(), M::Error> {
        let leaf = usual(self.intake.leaf(self.near, code))?;
        self.near = leaf.saturating_add(1);
        let tracks = Tracks { intake: self.intake, filling: self.filling, leaf };
        map.next_value_seed(Keys(tracks)).map(|_| ())
    }
}

/// The tracks of a leaf: one, since opening a leaf again is declined.
struct Tracks<'a> {
    intake: &'a Intake,
    filling: &'a mut Filling,
    leaf: usize,
}

impl<'de> Table<'de> for Tracks<'_> {
    fn key<M: MapAccess<'de>>(&mut self, track: &'de str, map: &mut M) -> Result<(), M::Error> {
        // A table may leave the track unsaid; a submission says it.
        usual((!track.is_empty() && self.intake.may_state(self.leaf, track)).then_some(()))?;
        usual(self.intake.open(self.filling, self.leaf))?;
        let (intake, leaf) = (self.intake, self.leaf);
        let entry = Entry { intake, filling: self.filling, leaf, stated: None, reason: false, shown: None };
        let entry = map.next_value_seed(Keys(entry))?;
        usual(entry.stated)?;
        usual(intake.close(leaf, entry.shown.unwrap_or(false)))
    }
}

struct Entry<'a> {
    intake: &'a Intake,
    filling: &'a mut Filling,
    leaf: usize,
    /// Figures or points: both are an error, neither is told at length.
    stated: Option<()>,
    reason: bool,
    shown: Option<bool>,
}

impl<'de> Table<'de> for Entry<'_> {
    fn key<M: MapAccess<'de>>(&mut self, key: &'de str, map: &mut M) -> Result<(), M::Error> {
        let (intake, leaf) = (self.intake, self.leaf);
        match key {
            "figures" if self.stated.is_none() => {
                self.stated = Some(());
                map.next_value_seed(Keys(Figures { intake, filling: self.filling, leaf, near: 0 })).map(|_| ())
            }
            "points" if self.stated.is_none() => {
                self.stated = Some(());
                let written = usual(written(map.next_value()?))?;
                usual(intake.points(self.filling, leaf, written))
            }
            "reason" if !self.reason => {
                self.reason = true;
                map.next_value::<&str>().map(|_| ())
            }
            "evidence" if self.shown.is_none() => {
                let documents: Vec<Document<'de>> = map.next_value()?;
                self.shown = Some(!documents.is_empty());
                usual(documents.iter().all(Document::is_sound).then_some(()))
            }
            _ => usual(None),
        }
    }
}

struct Figures<'a> {
    intake: &'a Intake,
    filling: &'a mut Filling,
    leaf: usize,
    near: usize,
}

impl<'de> Table<'de> for Figures<'_> {
    fn key<M: MapAccess<'de>>(&mut self, name: &'de str, map: &mut M) -> Result<(), M::Error> {
        let figure = usual(self.intake.figure(self.leaf, self.near, name))?;
        self.near = figure.saturating_add(1);
        let written = usual(written(map.next_value()?))?;
        usual(self.intake.state(self.filling, self.leaf, figure, written))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    file: &'a str,
    #[serde(borrow)]
    sha256: Option<&'a str>,
    page: Option<u32>,
    #[serde(borrow, rename = "section")]
    _section: Option<&'a str>,
}

impl Document<'_> {
    fn is_sound(&self) -> bool {
        let digest = |digest: &str| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        !self.file.trim().is_empty() && self.page != Some(0) && self.sha256.is_none_or(digest)
    }
}

/// A value as it stands in the text, so that numbers stay exact.
fn written(value: &RawValue) -> Option<Written<'_>> {
    let text = value.get();
    Some(match text.as_bytes().first()? {
        b'"' => {
            let text = text.strip_prefix('"')?.strip_suffix('"')?;
            // What an escape stands for is read at length.
            if text.contains('\\') {
                return None;
            }
            Written::Text(text, b'.')
        }
        b'-' | b'0'..=b'9' => Written::Number(text),
        _ => match text {
            "true" => Written::YesNo(true),
            "false" => Written::YesNo(false),
            _ => return None,
        },
    })
}
