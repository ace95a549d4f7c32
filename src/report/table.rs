//! Plain tables of a fixed width, so that the same result is the same text everywhere.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, presets};

/// Columns that every table is laid out for.
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
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
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
