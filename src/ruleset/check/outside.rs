//! Bonus and penalty: each has its cap, and each cap can bind; so can the floor of the index.

use super::super::build::Built;
use super::super::draft::{Draft, Placed};
use super::super::header::Header;
use crate::diagnostic::{Both, Budget, Diagnostic, Structure};
use crate::language::Keyword;
use crate::language::tree::{EffectKind, Level, Statement};
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
    let Some(written) = &said.most else { return };
    if !written.value.is_positive() {
        let what = Both::new(format!("mức trần {}", kind.0), format!("the cap of the {}", kind.1));
        findings.push(Diagnostic::new(Structure::NotPositive { what }, written.span));
        return;
    }
    // A head without its points was told; what is known only in part is not judged.
    let known = !draft.incomplete && header.frame.is_none() && heads().all(|built| built.notes.stated);
    let sum = Points::new(best(level, draft));
    let most = Points::new(written.value.clone());
    if known && sum < most {
        findings.push(Diagnostic::new(Budget::OutsideCapNotReached { kind, sum, most }, written.span));
    }
}

/// The most that the heads of a level can come to: as they are written, or in some block.
fn best(level: Level, draft: &Draft<'_>) -> Ratio {
    let heads = || draft.heads.iter().map(|head| head.head).filter(move |head| head.level == level);
    let sum = |block: Option<&str>| -> Ratio {
        let points = heads().filter_map(|head| {
            let own = head.block_points.iter().find(|own| Some(own.block.value.as_str()) == block);
            own.map(|own| &own.points).or(head.points.as_ref()).map(|points| points.value.clone())
        });
        points.sum()
    };
    let blocks = heads().flat_map(|head| &head.block_points).map(|own| own.block.value.as_str());
    blocks.map(|block| sum(Some(block))).fold(sum(None), std::cmp::max)
}

/// The greatest share that an index can be, its own cap aside; nothing where it is not known how much a bonus adds to which
/// scale.
pub(super) fn best_index(header: &Header<'_>, draft: &Draft<'_>, built: &[Built]) -> Option<Ratio> {
    let Some((bonus, _)) = header.outside.iter().find(|(said, _)| said.level == Level::Bonus) else {
        return Some(Ratio::ONE);
    };
    // What is left of a scale when parts leave it nobody knows, nor what was left out of the text; in a year without a
    // survey that is rebased first.
    let known = !draft.incomplete && header.extracts.is_empty() && !leaves_scale(draft, built);
    let most = bonus.most.as_ref().filter(|_| known)?.value.clone().min(best(Level::Bonus, draft));
    let (scale, _) = header.scale?;
    let scales = scale.blocks.iter().map(|own| &own.points.value).chain([&scale.total.value]);
    let scale = scales.filter(|points| points.is_positive()).min()?;
    (scale + &most).checked_div(scale)
}

/// Whether parts of the scale may leave it: for a unit, for a block, or in a year without a survey.
pub(super) fn may_shrink(header: &Header<'_>, draft: &Draft<'_>, built: &[Built]) -> bool {
    header.no_survey.is_some() || leaves_scale(draft, built)
}

/// Whether they may for a unit or for a block. A year without a survey is rebased before a bonus is added.
fn leaves_scale(draft: &Draft<'_>, built: &[Built]) -> bool {
    let leaves = |built: &Built| built.head.leaf.as_ref().is_some_and(super::Leaf::may_leave_scale);
    let aside = |(line, _): &Placed<'_>| matches!(line, Statement::NotBlock(line) if matches!(line.effect.kind, EffectKind::OutOfScale));
    built.iter().any(leaves) || draft.heads.iter().any(|head| head.lines.iter().any(aside))
}

/// `chỉ số không quá 100%`: not below the scale itself, and not above all that can be had.
fn index(header: &Header<'_>, draft: &Draft<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let mut caps = header.outside.iter().filter_map(|(said, _)| said.index.as_ref());
    if let (Some(first), Some(second)) = (caps.next(), caps.next())
        && first.value != second.value
    {
        let line = Both::new("chỉ số không quá …", "index at most …");
        let finding = Diagnostic::new(Structure::SaidTwice { line }, second.span);
        findings.push(finding.label(first.span, "lần đầu ở đây, mức khác", "first said here, another rate"));
    }
    for (said, _) in &header.outside {
        let Some(index) = &said.index else { continue };
        if index.value < Ratio::ONE {
            findings.push(Diagnostic::new(Budget::IndexCapTooLow {}, index.span));
            continue;
        }
        if let Some(best) = best_index(header, draft, built)
            && best <= index.value
        {
            let words = |share: &Ratio| Both::new(share.percent(DecimalMark::Comma), share.percent(DecimalMark::Point));
            let problem = Budget::IndexCapIdle { most: words(&index.value), best: words(&best) };
            findings.push(Diagnostic::new(problem, index.span));
        }
    }
}
