//! Laws of sets that extend others, head by head: amended back a leaf is what it was, a head under another code scores as
//! it did, and two sets that amend different heads may come in either order.

use proptest::prelude::*;
use tieuchi::engine::Scorecard;

use super::full_kin::{FIRST, Kin, composed, later};
use super::order::text_of;
use super::{Leaf, any_leaf, scale, sheet, text};
use crate::support::{Set, USUAL, with_header};

/// Leaves that an amendment can say whole: no questionnaire above them, and no line that another rule would inherit.
fn leaves(least: usize) -> impl Strategy<Value = Vec<Leaf>> {
    let plain = |leaf: &Leaf| leaf.above.is_empty() && leaf.form.iter().all(|line| !line.contains("từng xã"));
    let bare = any_leaf().prop_filter("no rows of their own", plain).prop_map(|leaf| Leaf { gate: None, ..leaf });
    prop::collection::vec(bare, least..5)
}

/// The lines under a leaf.
fn lines(leaf: &Leaf) -> String {
    let all = leaf.figures.iter().chain(&leaf.form).chain(&leaf.beside);
    all.map(|line| line.replace('\u{1}', "\n") + "\n").collect()
}

fn never(leaf: &Leaf) -> bool {
    leaf.beside.iter().any(|line| line.contains("không phát sinh"))
}

/// Another rule in the place of a leaf's, with a line of every kind that the leaf has.
fn other(leaf: &Leaf, points: u32) -> (String, String) {
    let none = if never(leaf) { "  không phát sinh khi z = 0: 0,5 điểm\n" } else { "" };
    let lines = format!(
        "  số liệu z \"Z\": số đếm\n  chấm theo điều kiện\n    khi z > {points}: tối đa\n    còn lại: 0,{} điểm\n{none}",
        points % 10
    );
    (lines, format!("\"z\": {}", points + 1 - points % 2))
}

/// Statuses by leaf, and the index.
fn came(card: &Scorecard) -> Vec<String> {
    let leaves = card.leaves.iter().map(|leaf| format!("{:?}", leaf.last.status));
    let index = &card.index;
    let mut came: Vec<String> = leaves.collect();
    came.sort();
    came.push(format!("{:?} {:?} {:?}", index.total, index.share, index.rounded_share));
    came
}

fn parent(leaves: &[Leaf]) -> Set {
    with_header(&scale(leaves), USUAL, &text(leaves, false))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn a_leaf_that_is_amended_back_is_what_it_was(
        leaves in leaves(1), at in any::<prop::sample::Index>(), points in 1_u32..20, kin in later(), next in later()
    ) {
        let above = parent(&leaves);
        let at = at.index(leaves.len());
        let (child, code) = (FIRST.child(kin), at + 1);
        let grandchild = child.child(next);
        let amended = format!("{}\nsửa tiêu chí {code}\n{}", child.header(FIRST), other(&leaves[at], points).0);
        let back = format!("{}\nsửa tiêu chí {code}\n{}", grandchild.header(child), lines(&leaves[at]));
        let same = format!("{}\nsửa tiêu chí {code}\n{}", child.header(FIRST), lines(&leaves[at]));
        let text = text_of(&above);
        let card = came(&above.score(&sheet(&leaves)));
        let (again, _) = composed(&[&text, &amended, &back]);
        prop_assert_eq!(&card, &came(&again.score(&sheet(&leaves))), "{}\n---\n{}\n---\n{}", text, amended, back);
        let (at_once, _) = composed(&[&text, &same]);
        prop_assert_eq!(&card, &came(&at_once.score(&sheet(&leaves))), "{}\n---\n{}", text, same);
    }

    #[test]
    fn a_head_repealed_and_added_under_another_code_scores_as_it_did(
        leaves in leaves(1), at in any::<prop::sample::Index>()
    ) {
        let above = parent(&leaves);
        let at = at.index(leaves.len());
        // What is new this year has no year before.
        prop_assume!(!lines(&leaves[at]).contains("năm"));
        let child = format!(
            "{}\nbãi bỏ tiêu chí {}, do \"đổi chỗ\"\n\nbổ sung tiêu chí 9 \"Chỗ khác\": 2 điểm\n{}",
            FIRST.child(Kin::Year).header(FIRST),
            at + 1,
            lines(&leaves[at])
        );
        let text = text_of(&above);
        let (moved, _) = composed(&[&text, &child]);
        let stated = sheet(&leaves);
        let elsewhere = stated.replacen(&format!("\"{}\": {{\"{}\"", at + 1, leaves[at].track), &format!("\"9\": {{\"{}\"", leaves[at].track), 1);
        prop_assert_eq!(came(&above.score(&stated)), came(&moved.score(&elsewhere)), "{}\n---\n{}", text, child);
    }

    #[test]
    fn sets_that_amend_different_heads_may_come_in_either_order(
        leaves in leaves(2), heads in any::<[prop::sample::Index; 2]>(), points in (1_u32..20, 1_u32..20)
    ) {
        let one = heads[0].index(leaves.len());
        let two = (one + 1 + heads[1].index(leaves.len() - 1)) % leaves.len();
        let text = text_of(&parent(&leaves));
        let changes = [(one, points.0), (two, points.1)].map(|(at, points)| {
            let (lines, stated) = other(&leaves[at], points);
            (format!("\nsửa tiêu chí {}\n{lines}", at + 1), at, stated)
        });
        let child = FIRST.child(Kin::Year);
        let grandchild = child.child(Kin::Year);
        let mut after = leaves.clone();
        for (_, at, stated) in &changes {
            after[*at].stated.clone_from(stated);
        }
        let [either, turned] = [[0, 1], [1, 0]].map(|[first, then]| {
            let texts = [
                text.clone(),
                format!("{}{}", child.header(FIRST), changes[first].0),
                format!("{}{}", grandchild.header(child), changes[then].0),
            ];
            let (set, alone) = composed(&texts.each_ref().map(String::as_str));
            (came(&set.score(&sheet(&after))), set.plan.ruleset().fingerprint.clone(), alone)
        });
        prop_assert_eq!(&either.0, &turned.0, "{}\n---\n{}", either.2, turned.2);
        prop_assert_eq!(&either.1, &turned.1, "{}\n---\n{}", either.2, turned.2);
    }
}
