//! One submission of JSON straight into a sheet, where it is written as most are; else nothing, and it is read at length.

use crate::engine::quick::{Filling, Intake, Written};
use crate::ruleset::Ruleset;

/// Walks a line; the unit's name, if all of it was taken.
pub(super) fn walk<'a>(line: &'a str, intake: &Intake, filling: &mut Filling) -> Option<&'a str> {
    intake.begin(filling);
    let mut walk = Walk { rest: line, intake, filling };
    let unit = walk.sheet(intake.program().plan().ruleset())?;
    walk.filling_end()?;
    Some(unit)
}

struct Walk<'a, 'w> {
    rest: &'a str,
    intake: &'w Intake,
    filling: &'w mut Filling,
}

impl<'a> Walk<'a, '_> {
    fn filling_end(&mut self) -> Option<()> {
        self.space();
        if self.rest.is_empty() { self.intake.end(self.filling) } else { None }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    /// A comma, or the end of what is listed.
    fn more(&mut self, end: char) -> Option<bool> {
        self.space();
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            return Some(true);
        }
        self.rest = self.rest.strip_prefix(end)?;
        Some(false)
    }

    /// Whether nothing is listed.
    fn none(&mut self, end: char) -> bool {
        self.space();
        match self.rest.strip_prefix(end) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A text without escapes.
    fn text(&mut self) -> Option<&'a str> {
        self.sign('"')?;
        let end = self.rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20)?;
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }

    fn key(&mut self) -> Option<&'a str> {
        let key = self.text()?;
        self.sign(':')?;
        self.space();
        Some(key)
    }

    /// A number's characters; whether they are one is asked by whoever takes it.
    fn number(&mut self) -> Option<&'a str> {
        self.space();
        let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let end = self.rest.bytes().position(|byte| !is_part(byte)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!number.is_empty()).then_some(number)
    }

    fn answer(&mut self) -> Option<bool> {
        for (word, answer) in [("true", true), ("false", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Some(answer);
            }
        }
        None
    }

    fn written(&mut self) -> Option<Written<'a>> {
        self.space();
        Some(match self.rest.as_bytes().first()? {
            b'"' => Written::Text(self.text()?, b'.'),
            b't' | b'f' => Written::YesNo(self.answer()?),
            _ => Written::Number(self.number()?),
        })
    }

    fn sheet(&mut self, ruleset: &Ruleset) -> Option<&'a str> {
        self.sign('{')?;
        let (mut unit, mut seen) = (None, Vec::new());
        loop {
            let key = self.key()?;
            if seen.contains(&key) {
                return None;
            }
            seen.push(key);
            match key {
                "ruleset" => (self.text()? == ruleset.path).then_some(())?,
                "year" => (self.number()?.parse() == Ok(ruleset.year)).then_some(())?,
                "unit" => unit = Some(self.text()?),
                "synthetic" => self.answer().map(|_| ())?,
                "leaves" => self.leaves()?,
                _ => return None,
            }
            if !self.more('}')? {
                return unit;
            }
        }
    }

    fn leaves(&mut self) -> Option<()> {
        self.sign('{')?;
        let mut near = 0usize;
        loop {
            let code = self.key()?;
            let leaf = self.intake.leaf(near, code)?;
            near = leaf.saturating_add(1);
            self.sign('{')?;
            let track = self.key()?;
            if track.is_empty() {
                return None;
            }
            self.intake.open(self.filling, leaf, track)?;
            let shown = self.entry(leaf)?;
            self.intake.close(leaf, shown)?;
            // One track a leaf: which of several counts is told at length.
            self.sign('}')?;
            if !self.more('}')? {
                return Some(());
            }
        }
    }

    /// What a track states; whether it shows evidence.
    fn entry(&mut self, leaf: usize) -> Option<bool> {
        self.sign('{')?;
        let (mut figures, mut points, mut reason, mut shown) = (false, false, false, None);
        if self.none('}') {
            return Some(false);
        }
        loop {
            match self.key()? {
                "figures" if !figures => {
                    figures = true;
                    self.figures(leaf)?;
                }
                "points" if !points => {
                    points = true;
                    let written = self.written()?;
                    self.intake.points(self.filling, leaf, written)?;
                }
                "reason" if !reason => {
                    reason = true;
                    self.text()?;
                }
                "evidence" if shown.is_none() => shown = Some(self.evidence()?),
                _ => return None,
            }
            if !self.more('}')? {
                // Both are an error, neither is told at length.
                return (figures != points).then_some(shown.unwrap_or(false));
            }
        }
    }

    fn figures(&mut self, leaf: usize) -> Option<()> {
        self.sign('{')?;
        let mut near = 0usize;
        if self.none('}') {
            return Some(());
        }
        loop {
            let name = self.key()?;
            let figure = self.intake.figure(leaf, near, name)?;
            near = figure.saturating_add(1);
            let written = self.written()?;
            self.intake.state(self.filling, leaf, figure, written)?;
            if !self.more('}')? {
                return Some(());
            }
        }
    }

    /// Documents in good form; whether there is one.
    fn evidence(&mut self) -> Option<bool> {
        self.sign('[')?;
        if self.none(']') {
            return Some(false);
        }
        loop {
            self.document()?;
            if !self.more(']')? {
                return Some(true);
            }
        }
    }

    fn document(&mut self) -> Option<()> {
        self.sign('{')?;
        let mut seen = Vec::new();
        loop {
            let key = self.key()?;
            if seen.contains(&key) {
                return None;
            }
            seen.push(key);
            match key {
                "file" => (!self.text()?.trim().is_empty()).then_some(())?,
                "sha256" => {
                    let digest = self.text()?;
                    let good = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
                    good.then_some(())?;
                }
                "page" => (self.number()?.parse::<u32>().ok()? > 0).then_some(())?,
                "section" => self.text().map(|_| ())?,
                _ => return None,
            }
            if !self.more('}')? {
                return seen.contains(&"file").then_some(());
            }
        }
    }
}
