//! A Markdown page: its headings and the ruleset fences below each.

use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::fence::Fence;

/// A page by its path from the root.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) sections: Vec<Section>,
}

/// What stands between a heading and the next.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) heading: String,
    /// Plain text of the paragraphs, run together.
    pub(crate) prose: String,
    pub(crate) fences: Vec<Fence>,
}

/// Every Markdown file below a folder; none if there is no such folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                return files(&path);
            }
            path.extension().filter(|&extension| extension == "md").map(|_| path.clone()).into_iter().collect()
        })
        .collect()
}

/// Reads a page.
pub(crate) fn read(root: &Path, path: &Path) -> Page {
    let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let text = std::fs::read_to_string(path).unwrap();
    let sections = sections(&text).into_iter().map(|(section, _)| section).collect();
    Page { name, sections }
}

/// Rewrites the marks of a page's fences to what is found.
pub(crate) fn update(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut updated = text.clone();
    // From the last fence to the first, so that the places of those above stay.
    for (section, places) in sections(&text).iter().rev() {
        for (fence, place) in section.fences.iter().zip(places).rev() {
            updated.replace_range(place.clone(), &fence.marked());
        }
    }
    if updated != text {
        std::fs::write(path, updated).unwrap();
    }
}

/// The sections of a page, each with the places of its fences' content.
fn sections(text: &str) -> Vec<(Section, Vec<Range<usize>>)> {
    let mut sections: Vec<(Section, Vec<Range<usize>>)> = vec![<_>::default()];
    let mut in_heading = false;
    let mut fence: Option<(String, Range<usize>)> = None;
    for (event, place) in Parser::new(text).into_offset_iter() {
        let (section, places) = sections.last_mut().unwrap();
        match event {
            Event::Start(Tag::Heading { .. }) => {
                sections.push(<_>::default());
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words)))
                if words.split_whitespace().next() == Some("tieuchi") =>
            {
                fence = Some((words.into_string(), 0..0));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((words, place)) = fence.take() {
                    let content = text.get(place.clone()).unwrap();
                    section.fences.push(Fence::new(&words, content));
                    places.push(place);
                }
            }
            Event::Text(words) | Event::Code(words) => match &mut fence {
                Some((_, whole)) if whole.end == 0 => *whole = place,
                Some((_, whole)) => whole.end = place.end,
                None if in_heading => section.heading.push_str(&words),
                None => section.prose.push_str(&words),
            },
            _ => {}
        }
    }
    sections
}
