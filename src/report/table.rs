//! Plain tables of a fixed width, so that the same result is the same text everywhere.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, presets};
use unicode_width::UnicodeWidthStr;

/// Columns that every table is laid out for; one that cannot be without breaking words or numbers is wider.
pub(super) const WIDTH: u16 = 120;

/// A cell's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A table with a head line; `sides` says how each column stands.
pub(super) fn table(head: &[&str], sides: &[Side], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    let style = presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));
    let needed = needed(head, sides, &rows);
    let width = needed.iter().fold(0_u16, |sum, least| sum.saturating_add(*least).saturating_add(PADDING)).max(WIDTH);
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let align = |texts: Vec<String>| -> Vec<Cell> {
        texts
            .into_iter()
            .enumerate()
            .map(|(at, text)| {
                let side = sides.get(at).copied().unwrap_or(Side::Left);
                let alignment = if side == Side::Right { CellAlignment::Right } else { CellAlignment::Left };
                Cell::new(text).set_alignment(alignment)
            })
            .collect()
    };
    table.set_header(align(head.iter().map(|&text| text.to_owned()).collect()));
    for row in rows {
        table.add_row(align(row));
    }
    let mut text = String::new();
    for line in table.to_string().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// What stands around a cell.
const PADDING: u16 = 2;

/// So much of a text is kept on one line.
const TEXT: usize = 24;

/// The least width of each column: no number is broken, and of a text a name's length is kept together.
fn needed(head: &[&str], sides: &[Side], rows: &[Vec<String>]) -> Vec<u16> {
    let least = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(String::as_str).chain(head.get(at).copied());
        let widths = cells.flat_map(|cell| match sides.get(at) {
            Some(Side::Right) => cell.split_whitespace().map(UnicodeWidthStr::width).collect::<Vec<_>>(),
            _ => cell.lines().map(|line| line.width().min(TEXT)).collect(),
        });
        u16::try_from(widths.max().unwrap_or(0)).unwrap_or(u16::MAX)
    };
    (0..sides.len()).map(least).collect()
}
