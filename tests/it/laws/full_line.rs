//! Laws over whole sets that extend others, in every block: an empty one is the set extended, an amended one is the set
//! written out, whatever the order of its amendments, and so is one that extends that.

use proptest::prelude::*;
use tieuchi::diagnostic::Language;
use tieuchi::engine::Status;
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::ruleset::check;

use super::full::{BLOCKS, full};
use super::full_holds::{OWN, scored, told};
use super::full_kin::{Change, FIRST, Fate, Kin, Name, added, anew, composed, fate, kin, nameless};
use crate::support::{Set, with_header};

/// What every head came to, by its code, and the index.
fn came(set: &Set, sheet: &str) -> Vec<(String, String)> {
    let (_, card) = scored(set, sheet);
    let ruleset = set.plan.ruleset();
    let mut all: Vec<(String, String)> = Vec::new();
    for head in &card.heads {
        all.push((ruleset.head(head.head).unwrap().code.clone(), format!("{:?}", head.total)));
    }
    for leaf in &card.leaves {
        assert!(leaf.last.status != Status::Failed, "{:?}", leaf.last.reason);
        all.push((ruleset.head(leaf.head).unwrap().code.clone(), format!("{:?}", leaf.last.status)));
    }
    let index = &card.index;
    all.push(("chỉ số".to_owned(), format!("{:?} {:?} {:?}", index.total, index.rounded_share, index.outside)));
    all.sort();
    all
}

/// The text of a set that was drawn.
fn text_of(set: &Set) -> String {
    let source = set.plan.ruleset().span.source;
    set.sources.get(source).unwrap().text().to_owned()
}

/// Rights stand before the first head.
fn with_rights(text: &str, change: &Change, kin: Kin) -> String {
    text.replacen("mẫu đạt(x; y)", &format!("{}mẫu đạt(x; y)", change.rights(kin)), 1)
}

/// A set that extends another and changes it; `turned` says the same in another order.
fn lower(change: &Change, (own, above): (Name, Name), kin: Kin, turned: bool, rights: &str) -> String {
    let mut header = change.header_lines();
    let mut amendments = change.amendments();
    if kin != Kin::Level {
        header.push(format!("  thang điểm: {}", change.scale()));
    }
    if turned {
        header.reverse();
        amendments.reverse();
    }
    let header = header.join("\n") + "\n";
    format!("{}{header}{rights}{}", own.header(above), amendments.concat())
}

/// What changes and stays within what a whole set can say.
fn mild(fates: &[Fate]) -> Vec<Fate> {
    let mild = |fate: &Fate| match fate {
        Fate::Locked | Fate::Repealed | Fate::Split(..) | Fate::Moved => Fate::Kept,
        fate => fate.clone(),
    };
    fates.iter().map(mild).collect()
}

/// What a text says, line by line, whatever the order; what it lets others do and what its heads were left aside.
fn said(text: &str) -> Vec<String> {
    // Questionnaires are numbered by the place of their leaf.
    let numbered = |line: &str| line.contains("phiếu p") || line.starts_with("câu c");
    let bare =
        |line: &str| if numbered(line) { line.replace(|c: char| c.is_ascii_digit(), "") } else { line.to_owned() };
    let mut lines: Vec<String> = nameless(text).into_iter().map(bare).collect();
    let others = ["khóa ", "cho cấp dưới ", "thay cho "];
    lines.retain(|line| !line.is_empty() && !others.iter().any(|words| line.starts_with(words)));
    lines.sort_unstable();
    lines
}

/// The text in one way of writing.
fn canonical(set: &Set) -> String {
    let file = parse(set.plan.ruleset().span.source, &text_of(set)).file;
    write_file(&file, &set.sources, Language::Vietnamese, Comments::Drop)
}

/// The set written out says the same, and scores alike in every block.
fn written_out((child, text): (&Set, &str), change: &Change, own: Name, told: &str) -> Result<(), TestCaseError> {
    let whole = with_header(&change.scale(), &change.after.settings(false).join("\n"), &change.whole());
    let wanted = canonical(&whole);
    prop_assert_eq!(said(text), said(&wanted), "{}", told);
    let (path, year) = own.of_sheet();
    for block in 0..BLOCKS {
        let (one, other) = (change.sheet((path, &year), block), change.sheet(OWN, block));
        prop_assert_eq!(came(child, &one), came(&whole, &other), "{}", told);
    }
    Ok(())
}

/// What is composed stands alone as one text.
fn stands_alone(child: &Set, text: &str) -> Result<(), TestCaseError> {
    let alone = check(child.plan.ruleset().span.source, text);
    let alone = alone.ruleset.unwrap_or_else(|| panic!("{:?}\n{text}", alone.diagnostics));
    prop_assert_eq!(&alone.fingerprint, &child.plan.ruleset().fingerprint);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn an_empty_set_that_extends_is_the_set_extended(drawn in full(), kin in kin(), next in kin()) {
        let parent = drawn.set(false);
        let text = text_of(&parent);
let own = canonical(&parent);
        let child = FIRST.child(kin);
        let grandchild = child.child(next);
        let texts = [text.as_str(), &child.header(FIRST), &grandchild.header(child)];
        for (name, upto) in [(child, 2), (grandchild, 3)] {
            let (set, alone) = composed(&texts[..upto]);
            prop_assert_eq!(nameless(&own), nameless(&alone));
            let (path, year) = name.of_sheet();
            for block in 0..BLOCKS {
                let sheet = |own| drawn.sheet(own, block, |_| true, |_| String::new());
                let (above, below) = (scored(&parent, &sheet(OWN)).1, scored(&set, &sheet((path, &year))).1);
                prop_assert_eq!(told(&above), told(&below));
            }
        }
    }

    #[test]
    fn an_amended_set_is_the_set_written_out_whatever_the_order_of_its_amendments(
        drawn in full(), fates in prop::collection::vec(fate(), 9), kin in kin(), (anew, added) in (anew(), added())
    ) {
        let change = Change::new(drawn, &fates, kin, anew, &added);
        let own = FIRST.child(kin);
        let upper = with_rights(&text_of(&change.before.set(false)), &change, kin);
        let [lower, turned] = [false, true].map(|turned| lower(&change, (own, FIRST), kin, turned, ""));
        let (child, text) = composed(&[&upper, &lower]);
        prop_assert_eq!(&text, &composed(&[&upper, &turned]).1);
        stands_alone(&child, &text)?;
        written_out((&child, &text), &change, own, &format!("{upper}\n---\n{lower}"))?;
    }

    #[test]
    fn what_extends_an_amended_set_is_the_set_written_out(
        drawn in full(),
        steps in [
            (prop::collection::vec(fate(), 9), kin(), anew(), added()),
            (prop::collection::vec(fate(), 9), kin(), anew(), added()),
        ]
    ) {
        let [(fates, kin, anew, new), (later, next, once_more, newer)] = steps;
        let first = Change::new(drawn, &mild(&fates), kin, anew, &new);
        // What the level above wrote stays closed to every later set of the lower level but for what it opens.
        let under = if kin == Kin::Level { kin } else { next };
        let then = Change::new(first.after.clone(), &later, under, once_more, &newer);
        let child = FIRST.child(kin);
        let grandchild = child.child(next);
        let mut upper = text_of(&first.before.set(false));
        let mut rights = then.rights(next);
        if kin == Kin::Level {
            upper = with_rights(&upper, &then, under);
            if next != Kin::Level {
                rights.clear();
            }
        }
        let middle = lower(&first, (child, FIRST), kin, false, &rights);
        let last = lower(&then, (grandchild, child), under, false, "");
        let (set, text) = composed(&[&upper, &middle, &last]);
        stands_alone(&set, &text)?;
        written_out((&set, &text), &then, grandchild, &format!("{upper}\n---\n{middle}\n---\n{last}"))?;
    }
}
