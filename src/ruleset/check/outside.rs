//! Bonus and penalty: each has its cap, and each cap can bind; so can the floor of the index.

use super::super::build::Built;
use super::super::draft::Draft;
use super::super::header::Header;
use crate::diagnostic::{Both, Budget, Diagnostic, Structure};
use crate::language::Keyword;
use crate::language::tree::Level;
use crate::number::{DecimalMark, Points, Ratio};

/// Checks the heads outside the scale against the lines that cap them.
pub(super) fn check(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    for level in [Level::Bonus, Level::Penalty] {
        cap(level, header, draft, built, findings);
    }
    index(header, draft, built, findings);
    floor(header, draft, built, findings);
}

/// `chỉ số: không dưới 0%`: below the scale itself, and above something that can come about.
fn floor(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let Some(least) = header.index_floor else { return };
    if least.value >= Ratio::ONE {
        findings.push(Diagnostic::new(Budget::IndexFloorTooHigh {}, least.span));
        return;
    }
    let known = !draft.incomplete && header.frame.is_none() && header.extracts.is_empty();
    let below_zero = built.iter().any(|built| built.head.floor.ratio().is_negative());
    if known && least.value.is_zero() && !below_zero {
        let words = Both::new(least.value.percent(DecimalMark::Comma), least.value.percent(DecimalMark::Point));
        findings.push(Diagnostic::new(Budget::IndexFloorIdle { least: words }, least.span));
    }
}

fn cap(level: Level, header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let (keyword, kind, what, example) = if level == Level::Penalty {
        (
            Keyword::Penalty,
            Both::new("điểm phạt", "penalty"),
            Both::new("điểm phạt trừ nhiều nhất bao nhiêu", "the most that penalties take off"),
            Both::new("điểm phạt: không quá 3 điểm", "penalty: at most 3 points"),
        )
    } else {
        (
            Keyword::Bonus,
            Both::new("điểm thưởng", "bonus"),
            Both::new("điểm thưởng cộng nhiều nhất bao nhiêu", "the most that bonuses add"),
            Both::new("điểm thưởng: không quá 5 điểm", "bonus: at most 5 points"),
        )
    };
    let heads = || built.iter().filter(|built| built.head.level == level);
    let Some((said, _)) = header.outside.iter().find(|(said, _)| said.level == level) else {
        if let (Some(first), false) = (heads().next(), draft.bad_header.contains(&keyword)) {
            let problem = Structure::MissingSetting { line: what, example };
            findings.push(Diagnostic::new(problem, first.head.span));
        }
        return;
    };
    if !said.most.value.is_positive() {
        let what = Both::new(format!("mức trần {}", kind.0), format!("the cap of the {}", kind.1));
        findings.push(Diagnostic::new(Structure::NotPositive { what }, said.most.span));
        return;
    }
    // A head without its points was told; what is known only in part is not judged.
    let known = !draft.incomplete && header.frame.is_none() && heads().all(|built| built.notes.stated);
    let sum: Points = heads().map(|built| built.head.maximum.clone()).sum();
    let most = Points::new(said.most.value.clone());
    if known && sum < most {
        findings.push(Diagnostic::new(Budget::OutsideCapNotReached { kind, sum, most }, said.most.span));
    }
}

/// `chỉ số không quá 100%`: not below the scale itself, and not above all that can be had.
fn index(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let scale = header.scale.map(|(scale, _)| &scale.total.value).filter(|scale| scale.is_positive());
    for (said, _) in &header.outside {
        let Some(index) = &said.index else { continue };
        if index.value < Ratio::ONE {
            findings.push(Diagnostic::new(Budget::IndexCapTooLow {}, index.span));
            continue;
        }
        // Without a scale that is whole, or where leaves may leave it, the best index is not known.
        let leaves = |built: &Built| built.head.leaf.as_ref().is_some_and(super::Leaf::may_leave_scale);
        let known = !draft.incomplete && header.extracts.is_empty() && !built.iter().any(leaves);
        let (Some(scale), true) = (scale, known) else { continue };
        let bonuses = built.iter().filter(|built| built.head.level == Level::Bonus);
        let sum: Ratio = bonuses.map(|built| built.head.maximum.ratio().clone()).sum();
        let cap = header.outside.iter().find(|(said, _)| said.level == Level::Bonus).map(|(said, _)| &said.most.value);
        let Some(cap) = cap else { continue };
        let best = (scale + &sum.min(cap.clone())).checked_div(scale).unwrap_or(Ratio::ONE);
        if best <= index.value {
            let words = |share: &Ratio| Both::new(share.percent(DecimalMark::Comma), share.percent(DecimalMark::Point));
            let problem = Budget::IndexCapIdle { most: words(&index.value), best: words(&best) };
            findings.push(Diagnostic::new(problem, index.span));
        }
    }
}
