//! Submissions as rows of a table, in the columns that `import` reads: `1.1:a` a figure, `1.2` points that are entered.

use super::submission::{Written, number, write};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{FigureKind, Ruleset, Scoring};
use crate::submission::{Stated, Submission};

/// The header; nothing for a set whose sheets hold lists, which no row can.
pub fn csv_header(ruleset: &Ruleset) -> Option<String> {
    let block = if ruleset.blocks.is_empty() { "" } else { ",block" };
    let mut header = format!("ruleset,year,synthetic,unit{block}");
    for (_, head, leaf) in ruleset.leaves() {
        if matches!(leaf.scoring, Scoring::Entered { .. }) {
            header.push_str(&format!(",{}", head.code));
        }
        for figure in &leaf.figures {
            if matches!(figure.kind, FigureKind::Rows(_)) {
                return None;
            }
            header.push_str(&format!(",{}:{}", head.code, figure.name));
        }
    }
    header.push('\n');
    Some(header)
}

/// A row; of each leaf what its last track states, without evidence and reasons.
pub fn csv_row(ruleset: &Ruleset, submission: &Submission) -> String {
    let (path, year, synthetic) = (&ruleset.path, ruleset.year, submission.synthetic);
    let mut row = format!("{path},{year},{synthetic},{}", cell(&submission.unit));
    if !ruleset.blocks.is_empty() {
        row.push(',');
        row.push_str(&cell(submission.block.as_deref().unwrap_or_default()));
    }
    for (id, _, leaf) in ruleset.leaves() {
        let stated =
            submission.leaves.get(&id).and_then(|tracks| tracks.values().next_back()).map(|entry| &entry.stated);
        if matches!(leaf.scoring, Scoring::Entered { .. }) {
            row.push(',');
            if let Some(Stated::Points { points, .. }) = stated {
                row.push_str(&text(number(points.ratio())));
            }
        }
        for (at, figure) in leaf.figures.iter().enumerate() {
            row.push(',');
            if let Some(Stated::Figures(values)) = stated
                && let Some(value) = values.get(&FigureId(at)).and_then(|value| write(figure, value))
            {
                row.push_str(&text(value));
            }
        }
    }
    row.push('\n');
    row
}

fn text(written: Written) -> String {
    match written {
        Written::Number(number) => number.to_string(),
        Written::Text(text) => cell(&text),
        Written::YesNo(answer) => answer.to_string(),
        Written::Rows(_) => String::new(),
    }
}

/// A text as a cell, in quotes where it needs them.
pub(super) fn cell(text: &str) -> String {
    let quoted = text.contains(['"', ',', ';', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
