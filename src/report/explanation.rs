//! Explanations as text: for one leaf, one head, or a whole unit.

use super::labels::card_opening;
use super::scorecard::index_lines;
use super::survey;
use super::words::{self, Context, Explanation};
use crate::engine::{Assessed, Scorecard};
use crate::language::tree::Track;
use crate::ruleset::HeadId;

/// Explains a unit's score: all of it, or the leaves under one head.
pub fn explain(context: &Context<'_>, card: &Scorecard, under: Option<HeadId>) -> String {
    let context = &Context { ruleset: context.ruleset.of_block(card.block.as_deref()), ..*context };
    let mut text = card_opening(context, card);
    text.push_str(&super::blocks::unit(context, card));
    if let Some(submission) = super::round::submission(context, card) {
        text.push_str(&format!("{submission}\n"));
    }
    text.push_str(&format!("{}\n", index_lines(context, card)));
    text.push_str(&super::weakest::weakest(context, card, under));
    let other = |id| context.head(id).and_then(|head| head.aside.as_ref()).is_some_and(|aside| aside.only);
    for score in &card.leaves {
        // What is of other blocks only is told where it is asked about.
        if other(score.head) && under != Some(score.head) {
            continue;
        }
        if under.is_some_and(|under| !context.ruleset.lies_under(score.head, under)) {
            continue;
        }
        text.push('\n');
        text.push_str(&leaf(context, score.head, &score.last));
        // Asked about this leaf alone, all that its answers say is shown.
        if under == Some(score.head)
            && let Some(table) = survey::answers(context, score.head, &score.last)
        {
            text.push('\n');
            text.push_str(&table);
        }
        for (track, note) in &score.notes {
            text.push_str(&format!("     · {}: {note}\n", track_name(context, *track)));
        }
        if score.tracks.len() > 1 {
            for (track, assessed) in &score.tracks {
                let told = words::explain(context, score.head, assessed);
                text.push_str(&format!("     · {}: {}\n", track_name(context, *track), told.result));
            }
        }
    }
    text
}

/// Explains one leaf: the result, what decided, the line, the source.
pub fn leaf(context: &Context<'_>, id: HeadId, assessed: &Assessed) -> String {
    let Some(head) = context.head(id) else { return String::new() };
    let told = words::explain(context, id, assessed);
    let title = super::scorecard::title(context, head);
    let mut text = format!("{}  {title}: {}\n", super::round::code(context, head), told.result);
    push(&mut text, context, &told);
    text
}

fn push(text: &mut String, context: &Context<'_>, told: &Explanation) {
    for because in &told.because {
        text.push_str(&format!("     {because}\n"));
    }
    for next in &told.next {
        text.push_str(&format!("     → {next}\n"));
    }
    for note in &told.notes {
        text.push_str(&format!("     ! {note}\n"));
    }
    if let Some((number, line)) = &told.line {
        let file = told.file.as_ref().map(|file| format!(" {} {file}", context.pick("của", "of"))).unwrap_or_default();
        text.push_str(&format!("     {} {number}{file}: {line}\n", context.pick("dòng", "line")));
    }
    if let Some(decisions) = &told.decisions {
        text.push_str(&format!("     {decisions}\n"));
    }
    for source in &told.sources {
        text.push_str(&format!("     {}: {source}\n", context.pick("nguồn", "source")));
    }
    for (of, source) in &told.own_sources {
        text.push_str(&format!("     {} {of}: {source}\n", context.pick("nguồn của", "source of")));
    }
}

/// A track by name.
pub(super) fn track_name(context: &Context<'_>, track: Track) -> &'static str {
    match track {
        Track::SelfScore => context.pick("tự chấm", "self"),
        Track::Appraisal1 => context.pick("thẩm định lần 1", "appraisal 1"),
        Track::Explanation => context.pick("giải trình", "explanation"),
        Track::Appraisal2 => context.pick("thẩm định lần 2", "appraisal 2"),
    }
}
