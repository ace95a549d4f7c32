//! Lines of different kinds have no order: shuffled, they leave the fingerprint, every score and every explanation as they
//! were. What order shows or decides changes the fingerprint when it is exchanged.

use std::mem::{Discriminant, discriminant};

use proptest::prelude::*;
use tieuchi::diagnostic::{Colour, Language, SourceId, SourceMap, render};
use tieuchi::engine::{Context, Plan, Reason, Scorecard};
use tieuchi::language::parse;
use tieuchi::language::tree::Statement;
use tieuchi::ruleset::{Identity, Library, Ruleset, check, check_among};
use tieuchi::submission::{Gaps, sample};

use super::explained;
use super::full::{BLOCKS, full};
use super::full_holds::{OWN, scored, told};
use super::order::{Dice, text_of};
use super::rounds::round;
use super::stepped::stepped;
use crate::support::{all_shipped, set};

/// Which lines are of one kind: the statement, and what of it.
type Kind = (Option<Discriminant<Statement>>, u8);

/// A line with those that stay below it, or a block of such.
struct Piece {
    kind: Kind,
    /// The order of pieces of its kind says nothing either.
    free: bool,
    text: String,
    below: Vec<Piece>,
}

fn opens(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Ruleset { .. }
            | S::Template(_)
            | S::Questionnaire(_)
            | S::Head(_)
            | S::Test(_)
            | S::Amend(_)
            | S::Add(_)
            | S::Repeal(_)
            | S::Renumber(_)
            | S::Split(_)
    )
}

/// Lines that stand below the one before them.
fn hangs(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Band(_)
            | S::When(_)
            | S::Otherwise(_)
            | S::Met(_)
            | S::Each(_)
            | S::Option(_)
            | S::Timed(_)
            | S::NotDone(_)
            | S::AllEqual(_)
            | S::Cap(_)
            | S::Script(_)
            | S::Column(_)
    )
}

fn kind(statement: &Statement) -> Kind {
    let of = |statement: &Statement| Some(discriminant(statement));
    match statement {
        // They stand in one table.
        Statement::Figure(_) | Statement::List(_) => (None, 0),
        Statement::Amend(_)
        | Statement::Add(_)
        | Statement::Repeal(_)
        | Statement::Renumber(_)
        | Statement::Split(_)
        | Statement::Head(_) => (None, 1),
        Statement::OutsideCap(cap) => (of(statement), u8::from(cap.level == tieuchi::language::tree::Level::Bonus)),
        _ => (of(statement), 0),
    }
}

fn free(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Parameter(_)
            | S::Example(_)
            | S::Template(_)
            | S::Test(_)
            | S::Lock(_)
            | S::Open(_)
            | S::Given(_)
            | S::GivenTally(_)
            | S::Expect(_)
    )
}

/// The blocks of a text, the header first; comments are left out.
fn pieces(text: &str) -> Vec<Piece> {
    let file = parse(SourceId(0), text).file;
    let mut blocks: Vec<Piece> = Vec::new();
    let mut policies: Vec<Piece> = Vec::new();
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        let words = format!("{}\n", &text[line.span.range()]);
        let piece = Piece { kind: kind(statement), free: free(statement), text: words, below: Vec::new() };
        if matches!(statement, Statement::Lock(_) | Statement::Open(_)) {
            policies.push(piece);
        } else if opens(statement) {
            blocks.push(piece);
        } else {
            let block = blocks.last_mut().unwrap();
            match block.below.last_mut().filter(|_| hangs(statement)) {
                Some(above) => above.text.push_str(&piece.text),
                None => block.below.push(piece),
            }
        }
    }
    blocks.extend(policies);
    blocks
}

/// Every kind's pieces at other places, in their order where it says something.
fn shuffle(pieces: Vec<Piece>, dice: &mut Dice) -> Vec<Piece> {
    let mut places: Vec<Kind> = pieces.iter().map(|piece| piece.kind).collect();
    dice.shuffle(&mut places);
    let mut kinds: Vec<(Kind, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        match kinds.iter_mut().find(|(kind, _)| *kind == piece.kind) {
            Some((_, alike)) => alike.push(piece),
            None => kinds.push((piece.kind, vec![piece])),
        }
    }
    for (_, alike) in &mut kinds {
        if alike[0].free {
            dice.shuffle(alike);
        }
        alike.reverse();
    }
    let next = |place: Kind| kinds.iter_mut().find(|(kind, _)| *kind == place).unwrap().1.pop().unwrap();
    places.into_iter().map(next).collect()
}

/// The same set, lines of different kinds at other places.
fn by_kind(text: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut blocks = pieces(text);
    for block in &mut blocks {
        block.below = shuffle(std::mem::take(&mut block.below), &mut dice);
    }
    let header = blocks.remove(0);
    let lines = |block: &Piece| block.below.iter().map(|line| line.text.as_str()).collect::<String>();
    let blocks = shuffle(blocks, &mut dice);
    std::iter::once(&header).chain(&blocks).flat_map(|block| [block.text.clone(), lines(block)]).collect()
}

/// The points that each explanation says.
fn sums(card: &Scorecard) -> Vec<Option<tieuchi::number::Ratio>> {
    let said = |reason: &Reason| explained(reason);
    card.leaves.iter().map(|leaf| said(&leaf.last.reason)).collect()
}

/// What samples come to.
fn samples(ruleset: Ruleset, one: &Ruleset) -> Vec<String> {
    let Ok(plan) = Plan::compile(ruleset) else { return Vec::new() };
    let drawn = (0..2).map(|number| sample(one, "Mẫu", 3, number, Gaps::Few));
    let cards = drawn.map(|sheet| plan.evaluate(&sheet, &Context::default()));
    cards.map(|card| format!("{}\n{:?}", told(&card), sums(&card))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_different_kinds_may_stand_anywhere_in_a_whole_set(drawn in full(), seed in any::<u64>()) {
        let plain = drawn.set(false);
        let turned = set("thử.tieuchi", &by_kind(&text_of(&plain), seed));
        let prints = [&plain, &turned].map(|set| set.plan.ruleset().fingerprint.clone());
        prop_assert_eq!(&prints[0], &prints[1], "{}", text_of(&turned));
        for block in 0..BLOCKS {
            let sheet = drawn.sheet(OWN, block, |_| true, |_| String::new());
            let [one, other] = [&plain, &turned].map(|set| scored(set, &sheet).1);
            prop_assert_eq!((told(&one), sums(&one)), (told(&other), sums(&other)), "{}", text_of(&turned));
        }
    }

    #[test]
    fn lines_of_different_kinds_may_stand_anywhere_in_sets_of_steps_and_rounds(
        steps in stepped(), round in round(), seed in any::<u64>()
    ) {
        for plain in [steps.set(), round.set()] {
            let text = by_kind(&text_of(&plain), seed);
            let turned = check(SourceId(0), &text).ruleset.unwrap();
            let plain = plain.plan.ruleset();
            prop_assert_eq!(&plain.fingerprint, &turned.fingerprint, "{}", text);
            prop_assert_eq!(samples(plain.clone(), plain), samples(turned, plain), "{}", text);
        }
    }

    /// Figures, and the lines of a rule, stand in an order that people see.
    #[test]
    fn an_order_that_shows_is_in_the_fingerprint(drawn in full(), seed in any::<u64>()) {
        let plain = drawn.set(false);
        let text = text_of(&plain);
        let lines: Vec<&str> = text.lines().collect();
        let opens = |at: usize, words: &str| lines[at].starts_with(words);
        let pairs = (1..lines.len()).filter(|&at| {
            let figures = ["  số liệu a", "  số liệu b"].iter().zip([at - 1, at]).all(|(words, at)| opens(at, words));
            figures || ["    đạt ", "    khi ", "  khối "].iter().any(|words| opens(at - 1, words) && opens(at, words))
        });
        for at in pairs {
            let mut lines = lines.clone();
            lines.swap(at - 1, at);
            let turned = by_kind(&(lines.join("\n") + "\n"), seed);
            if let Some(turned) = check(SourceId(0), &turned).ruleset {
                prop_assert_ne!(&plain.plan.ruleset().fingerprint, &turned.fingerprint, "{}", lines[at]);
            }
        }
    }
}

#[test]
fn lines_of_different_kinds_may_stand_anywhere_in_the_shipped_sets() {
    let all = all_shipped();
    let own = |text: &str| Identity::of(&parse(SourceId(0), text).file).unwrap();
    let others: Vec<Identity> = all.iter().map(|(_, text)| own(text)).collect();
    let among = |at: usize, text: &str| {
        let (mut sources, mut library) = (SourceMap::new(), Library::new());
        let id = sources.add("set.tieuchi", text);
        library.add(others[at].clone(), id);
        // Only a set that extends another needs others beside it.
        if all[at].1.contains("  kế thừa:") || all[at].1.contains("  extends:") {
            for (other, (_, text)) in others.iter().zip(&all).filter(|(other, _)| **other != others[at]) {
                library.add(other.clone(), sources.add("set.tieuchi", text));
            }
        }
        let checked = check_among(id, &sources, &library);
        let told = render(&checked.diagnostics, &sources, Language::Vietnamese, Colour::Never);
        checked.ruleset.unwrap_or_else(|| panic!("{told}\n{text}"))
    };
    let mut moved = 0;
    for (at, (path, text)) in all.iter().enumerate() {
        let turned = by_kind(text, u64::try_from(at).unwrap());
        moved += usize::from(turned.lines().zip(text.lines()).any(|(one, other)| one != other));
        let (one, other) = (among(at, text), among(at, &turned));
        assert_eq!(one.fingerprint, other.fingerprint, "{path:?}\n{turned}");
        assert_eq!(samples(one.clone(), &one), samples(other, &one), "{path:?}\n{turned}");
    }
    assert_eq!(moved, all.len());
}
