//! A set's lines as blocks that can be moved: the header, templates, heads, tests.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model;
use crate::language::tree::{File, Head, Level, Line, Statement};

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) lines: Vec<Line>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Header,
    Head(Place),
    Template(String),
    Questionnaire(String),
    /// A lock, or what is open to lower levels.
    Policy,
    Test,
    /// What could not be read.
    Lost,
}

/// Where a head stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its code in the new set.
    pub(super) code: String,
    /// Its code in the set extended; nothing for a new head.
    pub(super) old: Option<String>,
    /// The code of the head above, in the new set.
    pub(super) parent: Option<String>,
    pub(super) level: Level,
}

impl Block {
    pub(super) fn place(&self) -> Option<&Place> {
        match &self.kind {
            Kind::Head(place) => Some(place),
            _ => None,
        }
    }

    pub(super) fn head(&self) -> Option<&Head> {
        self.lines.iter().find_map(|line| match &line.statement {
            Some(Statement::Head(head)) => Some(head),
            _ => None,
        })
    }

    pub(super) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.lines.iter().filter_map(|line| line.statement.as_ref())
    }
}

/// The blocks of a sound set.
pub(super) fn blocks(file: &File, heads: &[model::Head]) -> Vec<Block> {
    let parents: BTreeMap<&str, &str> =
        heads.iter().filter_map(|head| Some((head.code.as_str(), heads.get(head.parent?.0)?.code.as_str()))).collect();
    let mut blocks = vec![Block { kind: Kind::Header, lines: Vec::new() }];
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        let in_header = matches!(blocks.last(), Some(Block { kind: Kind::Header, .. }));
        let kind = match statement {
            Statement::Head(head) => Some(Kind::Head(Place {
                code: head.code.value.clone(),
                old: Some(head.code.value.clone()),
                parent: parents.get(head.code.value.as_str()).map(|&parent| parent.to_owned()),
                level: head.level,
            })),
            Statement::Template(template) => Some(Kind::Template(template.name.value.clone())),
            Statement::Questionnaire(questionnaire) => Some(Kind::Questionnaire(questionnaire.name.value.clone())),
            Statement::Test(_) => Some(Kind::Test),
            Statement::Lock(_) | Statement::Open(_) if !in_header => Some(Kind::Policy),
            _ => None,
        };
        // A comment is of the text, not of the set.
        let line = Line { comment: None, ..line.clone() };
        match (kind, blocks.last_mut()) {
            (None, Some(last)) => last.lines.push(line),
            (kind, _) => blocks.push(Block { kind: kind.unwrap_or(Kind::Lost), lines: vec![line] }),
        }
    }
    blocks
}

/// The codes of a head and of all below it.
pub(super) fn subtree(blocks: &[Block], code: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::from([code.to_owned()]);
    loop {
        let before = codes.len();
        for place in blocks.iter().filter_map(Block::place) {
            if place.parent.as_ref().is_some_and(|parent| codes.contains(parent)) {
                codes.insert(place.code.clone());
            }
        }
        if codes.len() == before {
            return codes;
        }
    }
}

/// Puts a new head where its code belongs: before the first of its siblings with a greater one, else after all.
pub(super) fn insert(blocks: &mut Vec<Block>, block: Block) {
    let Some(place) = block.place() else { return blocks.push(block) };
    let siblings: Vec<&str> = blocks
        .iter()
        .filter_map(Block::place)
        .filter(|other| other.parent == place.parent)
        .map(|other| other.code.as_str())
        .collect();
    let greater = before(&siblings, &place.code).map(str::to_owned);
    let at = match (greater, &place.parent) {
        (Some(code), _) => position(blocks, |other| other.code == code),
        (None, Some(parent)) => {
            let below = subtree(blocks, parent);
            after_last(blocks, |other| below.contains(&other.code))
        }
        (None, None) => after_last(blocks, |_| true),
    };
    // A set without heads yet: after its header and templates.
    let at = at.or_else(|| blocks.iter().position(|block| block.kind == Kind::Test)).unwrap_or(blocks.len());
    blocks.insert(at, block);
}

fn position(blocks: &[Block], is: impl Fn(&Place) -> bool) -> Option<usize> {
    blocks.iter().position(|block| block.place().is_some_and(&is))
}

fn after_last(blocks: &[Block], is: impl Fn(&Place) -> bool) -> Option<usize> {
    blocks.iter().rposition(|block| block.place().is_some_and(&is)).map(|at| at + 1)
}

/// The first sibling that stands behind a new code. Letters and Roman numerals say so where those there stand in order.
fn before<'a>(siblings: &[&'a str], code: &str) -> Option<&'a str> {
    let own = numbers(code);
    if own.is_some() {
        return siblings.iter().find(|other| numbers(other) > own).copied();
    }
    let codes: Vec<&str> = siblings.iter().copied().chain([code]).collect();
    let read = readings(&codes)?;
    let sorted = siblings.windows(2).all(|pair| matches!(pair, [one, other] if key(one, &read) <= key(other, &read)));
    siblings.iter().find(|other| sorted && key(other, &read) > key(code, &read)).copied()
}

/// The numbers of a code, where all its parts are numbers.
fn numbers(code: &str) -> Option<Vec<u64>> {
    code.split('.').map(|part| part.parse().ok()).collect()
}

/// How the parts of codes count that are no numbers: as letters of the alphabet, or as Roman numerals.
type Reading = fn(&str) -> Option<u64>;

/// The readings under which all of them count, part by part: `II.a` has a Roman numeral, then a letter.
fn readings(codes: &[&str]) -> Option<Vec<Reading>> {
    let readings: [Reading; 2] = [letter, roman];
    let longest = codes.iter().map(|code| code.split('.').count()).max().unwrap_or_default();
    let of_part = |at: usize| {
        let parts = || codes.iter().filter_map(|code| code.split('.').nth(at));
        readings.into_iter().find(|&read| parts().all(|part| number(part, read).is_some()))
    };
    (0..longest).map(of_part).collect()
}

fn number(part: &str, read: Reading) -> Option<u64> {
    part.parse().ok().or_else(|| read(part))
}

/// What a code counts, part by part.
fn key(code: &str, readings: &[Reading]) -> Option<Vec<u64>> {
    code.split('.').zip(readings).map(|(part, read)| number(part, *read)).collect()
}

/// The place of a letter in the alphabet.
fn letter(part: &str) -> Option<u64> {
    const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    let mut letters = part.chars().flat_map(char::to_lowercase);
    let (one, None) = (letters.next()?, letters.next()) else { return None };
    let at = ALPHABET.chars().position(|known| known == one)?;
    u64::try_from(at).ok()
}

/// The number of a Roman numeral.
fn roman(part: &str) -> Option<u64> {
    let digit = |character| match character {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let digits: Vec<u64> = part.chars().map(digit).collect::<Option<_>>()?;
    let mut sum = 0_u64;
    let mut last = 0_u64;
    for &digit in digits.iter().rev() {
        sum = if digit < last { sum.checked_sub(digit)? } else { sum.checked_add(digit)? };
        last = last.max(digit);
    }
    Some(sum)
}

/// Moves a head, with all below it, behind the last of those below its new parent.
pub(super) fn stand_below(blocks: &mut Vec<Block>, code: &str, parent: &str) {
    let tree = subtree(blocks, code);
    // A head below itself is told where its codes are read.
    if tree.contains(parent) {
        return;
    }
    let in_tree = |block: &Block| block.place().is_some_and(|place| tree.contains(&place.code));
    let (mut moving, mut staying): (Vec<Block>, Vec<Block>) = std::mem::take(blocks).into_iter().partition(in_tree);
    for block in &mut moving {
        if let Kind::Head(place) = &mut block.kind
            && place.code == code
        {
            place.parent = Some(parent.to_owned());
        }
    }
    let below = subtree(&staying, parent);
    let at = after_last(&staying, |place| below.contains(&place.code)).unwrap_or(staying.len());
    staying.splice(at..at, moving);
    *blocks = staying;
}

/// Puts the parts of a head, each with all below it, in the order of their codes.
pub(super) fn order(blocks: &mut Vec<Block>, parent: Option<&str>) {
    let codes: Vec<String> = blocks
        .iter()
        .filter_map(Block::place)
        .filter(|place| place.parent.as_deref() == parent)
        .map(|place| place.code.clone())
        .collect();
    let mut sorted = codes.clone();
    let Some(read) = readings(&codes.iter().map(String::as_str).collect::<Vec<_>>()) else { return };
    sorted.sort_by_key(|code| key(code, &read));
    if sorted == codes {
        return;
    }
    let trees: Vec<BTreeSet<String>> = sorted.iter().map(|code| subtree(blocks, code)).collect();
    let moved = |block: &Block| block.place().is_some_and(|place| trees.iter().any(|tree| tree.contains(&place.code)));
    let Some(at) = blocks.iter().position(moved) else { return };
    let (moving, mut staying): (Vec<Block>, Vec<Block>) = std::mem::take(blocks).into_iter().partition(moved);
    for (offset, tree) in trees
        .iter()
        .flat_map(|tree| {
            let of_tree = moving.iter().filter(|block| block.place().is_some_and(|place| tree.contains(&place.code)));
            of_tree.cloned().collect::<Vec<_>>()
        })
        .enumerate()
    {
        staying.insert(at + offset, tree);
    }
    *blocks = staying;
}
