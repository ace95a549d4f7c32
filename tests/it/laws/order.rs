//! The order of lines that have none: every kind of them shuffled, header and all, and nothing comes out otherwise.

use proptest::prelude::*;
use tieuchi::engine::{Context, Grading, Scorecard};

use super::full::{BLOCKS, full};
use super::full_holds::{OWN, scored, told};
use super::rounds::round;
use super::rounds_hold::{self, cards};
use super::stepped::stepped;
use super::stepped_holds;
use crate::support::{Set, set};

/// A generator of numbers that is the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// A line and those that belong to it, as deep as they are indented.
struct Block<'a> {
    line: &'a str,
    below: Vec<Block<'a>>,
}

fn blocks<'a>(lines: &[&'a str], depth: usize) -> Vec<Block<'a>> {
    let own = |line: &str| line.len() - line.trim_start().len() <= depth;
    let mut blocks = Vec::new();
    let mut rest = lines;
    while let Some((&line, after)) = rest.split_first() {
        let upto = after.iter().position(|line| own(line)).unwrap_or(after.len());
        blocks.push(Block { line, below: blocks_below(&after[..upto], depth) });
        rest = &after[upto..];
    }
    blocks
}

fn blocks_below<'a>(lines: &[&'a str], depth: usize) -> Vec<Block<'a>> {
    if lines.is_empty() { Vec::new() } else { blocks(lines, depth + 2) }
}

/// Lines under a form whose order is no rule: each holds by itself.
fn each_by_itself(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    ["mỗi", "đạt", "chọn", "từ", "dưới", "trên", "bằng", "đến", "cột"].contains(&first)
}

/// What opens a head: heads stand in the order of their codes.
fn is_head(line: &str) -> bool {
    ["lĩnh vực", "tiêu chí", "thành phần", "điểm thưởng", "điểm phạt"].iter().any(|level| line.starts_with(level))
}

impl Block<'_> {
    fn shuffle(&mut self, depth: usize, dice: &mut Dice) {
        if depth == 0 || self.below.iter().all(|block| each_by_itself(block.line)) {
            dice.shuffle(&mut self.below);
        }
        for block in &mut self.below {
            block.shuffle(depth + 1, dice);
        }
    }

    fn write(&self, text: &mut String) {
        text.push_str(self.line);
        text.push('\n');
        for block in &self.below {
            block.write(text);
        }
    }
}

/// The same set, every line that has no order in another place.
pub(super) fn shuffled(text: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    // A script is one line for the law.
    let joined = text.split("```").enumerate();
    let joined = joined.map(|(at, part)| if at % 2 == 1 { part.replace('\n', "\u{1}") } else { part.to_owned() });
    let joined = joined.collect::<Vec<_>>().join("```").replace("\n```", "\u{1}```");
    let lines: Vec<&str> = joined.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut all = blocks(&lines, 0);
    let (header, rest) = all.split_at_mut(1);
    let first = rest.iter().position(|block| is_head(block.line)).unwrap_or(rest.len());
    dice.shuffle(&mut rest[..first]);
    for block in header.iter_mut().chain(rest) {
        block.shuffle(0, &mut dice);
    }
    let mut text = String::new();
    for block in &all {
        block.write(&mut text);
    }
    text.replace('\u{1}', "\n")
}

pub(super) fn text_of(set: &Set) -> String {
    set.sources.get(set.plan.ruleset().span.source).unwrap().text().to_owned()
}

fn turned(plain: &Set, seed: u64) -> Set {
    set("thử.tieuchi", &shuffled(&text_of(plain), seed))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn lines_without_order_may_stand_anywhere_in_a_whole_set(drawn in full(), seed in any::<u64>()) {
        let plain = drawn.set(false);
        let turned = turned(&plain, seed);
        for block in 0..BLOCKS {
            let sheet = drawn.sheet(OWN, block, |_| true, |_| String::new());
            prop_assert_eq!(told(&scored(&plain, &sheet).1), told(&scored(&turned, &sheet).1), "{}", text_of(&turned));
        }
    }

    #[test]
    fn lines_without_order_may_stand_anywhere_in_a_set_of_steps(drawn in stepped(), seed in any::<u64>()) {
        let plain = drawn.set();
        let turned = turned(&plain, seed);
        let submission = |set: &Set| stepped_holds::read(set, &drawn.sheet());
        let [one, other] = [&plain, &turned].map(|set| set.plan.evaluate(&submission(set), &Context::default()));
        prop_assert_eq!(&one.index.grading.name, &other.index.grading.name);
        // Of several ceilings that hold alike, the first is told.
        let points = |mut card: Scorecard| {
            card.index.grading = Grading::default();
            told(&card)
        };
        prop_assert_eq!(points(one), points(other), "{}", text_of(&turned));
    }

    #[test]
    fn lines_without_order_may_stand_anywhere_in_the_set_of_a_round(drawn in round(), seed in any::<u64>()) {
        let plain = drawn.set();
        let turned = turned(&plain, seed);
        let [one, other] = [&plain, &turned].map(|set| cards(set, &drawn, rounds_hold::OWN));
        for (one, other) in one.iter().zip(&other) {
            prop_assert_eq!(told(one), told(other), "{}", text_of(&turned));
        }
    }
}
