//! Laws over sets that are scored step by step: a naive reader comes to the same, leaf by leaf and step by step.

use proptest::prelude::*;
use tieuchi::diagnostic::{Diagnostic, Language};
use tieuchi::engine::{Assessed, Context, Scorecard, Status as Came};
use tieuchi::import::{self, Format};
use tieuchi::language::tree::Track;
use tieuchi::report;
use tieuchi::submission::Submission;

use super::full_holds::told;
use super::full_kin::{FIRST, Kin, composed, kin};
use super::stepped::{Stepped, stepped};
use super::stepped_naive::{Reading, Status, Total};
use crate::naive::big;
use crate::support::Set;

/// The steps that score.
const SCORING: [(Track, usize); 3] = [(Track::SelfScore, 0), (Track::Appraisal1, 1), (Track::Appraisal2, 3)];

/// Read as a file is; a warning stands in nobody's way.
pub(super) fn read(set: &Set, text: &str) -> Submission {
    let mut sources = set.sources.clone();
    let id = sources.add("thử.json", text);
    let loaded = import::load(set.plan.ruleset(), id, text, Format::Json);
    assert!(!loaded.diagnostics.iter().any(Diagnostic::is_error), "{:?}\n{text}", loaded.diagnostics);
    loaded.submissions.into_iter().next().unwrap()
}

pub(super) fn scored(set: &Set, sheet: &str) -> Scorecard {
    set.plan.evaluate(&read(set, sheet), &Context::default())
}

fn status(assessed: &Assessed) -> Status {
    match &assessed.status {
        Came::Scored { exact, .. } => Status::Points(big(exact.ratio())),
        Came::Awaiting { exact, .. } => Status::Waiting(big(exact.ratio())),
        Came::NotApplicable => Status::Out,
        Came::Unscored => Status::Unscored,
        Came::Failed => panic!("{:?}", assessed.reason),
    }
}

fn same(naive: &Total, total: &tieuchi::engine::Total, told: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(naive.out, total.out_of_scale, "{}", told);
    prop_assert_eq!(naive.open, total.provisional, "{}", told);
    if !naive.out {
        let of = [&total.exact, &total.rounded, &total.maximum].map(|points| big(points.ratio()));
        prop_assert_eq!(&of, &[naive.exact.clone(), naive.rounded.clone(), naive.maximum.clone()], "{}", told);
    }
    Ok(())
}

fn leaf_by_leaf(drawn: &Stepped, set: &Set, card: &Scorecard, told: &str) -> Result<(), TestCaseError> {
    let last = Reading::new(drawn, None);
    let then = SCORING.map(|(track, step)| (track, step, Reading::new(drawn, Some(step))));
    for (at, head) in drawn.heads.iter().enumerate() {
        let id = set.plan.ruleset().by_code(&head.code).unwrap().0;
        let told = format!("{}\n{told}", head.code);
        if let (Some(leaf), Some((expected, explain))) = (head.leaf(), &last.leaves[at]) {
            let score = card.leaf(id).unwrap();
            prop_assert_eq!(expected, &status(&score.last), "{}: {:?}", told, score.last.reason);
            prop_assert_eq!(*explain, score.last.explain, "{}: {:?}", told, score.last.reason);
            for (track, step, reading) in &then {
                let stated = leaf.entries[..=*step].iter().any(Option::is_some);
                if let (Some((expected, explain)), true) = (&reading.leaves[at], stated) {
                    let after = score.after(*track).unwrap();
                    // What a gate changes behind a step that says nothing here is told by its points alone.
                    let says = leaf.entries[*step].is_some();
                    let came = (status(after), says && after.explain);
                    prop_assert_eq!((expected.clone(), says && *explain), came, "{:?} {}", track, told);
                }
            }
        }
        same(&last.total(at), &card.head(id).unwrap().total, &told)?;
    }
    for (track, _, reading) in &then {
        let after = card.index.after.iter().find(|(of, _)| of == track).and_then(|(_, total)| total.as_ref());
        if let Some(after) = after {
            let whole = reading.whole();
            prop_assert_eq!(whole.open, after.provisional, "{:?} {}", track, told);
            prop_assert_eq!(whole.out, after.out_of_scale, "{:?} {}", track, told);
            prop_assert_eq!(whole.exact, big(after.exact.ratio()), "{:?} {}", track, told);
        }
    }
    let (whole, index) = (last.whole(), &card.index);
    prop_assert_eq!(whole.out, index.total.out_of_scale);
    prop_assert_eq!(whole.open, index.total.provisional);
    if whole.out {
        return Ok(());
    }
    prop_assert_eq!(&whole.exact, &big(index.total.exact.ratio()), "{}", told);
    prop_assert_eq!(&whole.maximum, &big(index.total.maximum.ratio()), "{}", told);
    prop_assert!(index.lower_share <= index.share || whole.open, "{}", told);
    if whole.open {
        prop_assert_eq!(&None, &index.grading.name, "{}", told);
        return Ok(());
    }
    prop_assert_eq!(last.shares(), (big(&index.share), big(&index.rounded_share)), "{}", told);
    let grade = last.grade().map(|grade| format!("L{grade}"));
    prop_assert_eq!(&grade, &index.grading.name, "{}", told);
    prop_assert_eq!(drawn.grades.is_some() && grade.is_none(), index.grading.ungraded, "{}", told);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn a_naive_reader_of_steps_evidence_and_what_is_missing_comes_to_the_same(drawn in stepped()) {
        let set = drawn.set();
        let sheet = drawn.sheet();
        let card = scored(&set, &sheet);
        let told = format!("{}\n{sheet}", drawn.text());
        leaf_by_leaf(&drawn, &set, &card, &told)?;
        for language in [Language::Vietnamese, Language::English] {
            prop_assert!(!report::explain(&set.context_in(language), &card, None).is_empty());
        }
    }

    #[test]
    fn an_empty_set_that_extends_a_set_of_steps_is_it(drawn in stepped(), kin in kin()) {
        let (text, sheet) = (drawn.text(), drawn.sheet());
        let name = FIRST.child(kin);
        // Days off are of one year: the next one says its own.
        let mut own = drawn.calendar.lines();
        own.retain(|line| kin == Kin::Year && !line.contains("tuần làm việc"));
        let (child, _) = composed(&[&text, &format!("{}{}\n", name.header(FIRST), own.join("\n"))]);
        let (path, year) = name.of_sheet();
        let of_child = format!("\"ruleset\": \"{path}\", \"year\": {year}");
        let of_child = sheet.replacen("\"ruleset\": \"thử/nghiệm\", \"year\": 2022", &of_child, 1);
        let (one, other) = (scored(&drawn.set(), &sheet), scored(&child, &of_child));
        prop_assert_eq!(told(&one), told(&other), "{}", text);
        for (one, other) in one.leaves.iter().zip(&other.leaves) {
            let told = |leaf: &tieuchi::engine::LeafScore| (leaf.last.explain, leaf.tracks.len());
            prop_assert_eq!(told(one), told(other), "{}", text);
        }
    }
}
