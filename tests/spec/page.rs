//! A Markdown page: its headings and the ruleset fences below each.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::explained;
use super::fence::Fence;
use super::session;

/// Pages whose commands are run here, each in a folder of its own with the page's files; the others are run in the root.
const WITH_FILES: &str = "tests/spec/";

/// A page by its path from the root.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) sections: Vec<Section>,
    /// What is found when its reasons and its commands are tried: once, and only if some trial of the page is run.
    pub(crate) found: Found,
    /// Whether it shows a command.
    pub(crate) commands: bool,
}

/// What a page shows otherwise than it is.
#[derive(Default)]
pub(crate) struct Otherwise {
    /// What the page's commands print.
    pub(crate) printed: Vec<String>,
    /// Reasons, each with the section that it stands in.
    misexplained: Vec<(usize, String)>,
}

impl Otherwise {
    /// The reasons given in a section where it shows others.
    pub(crate) fn misexplained(&self, section: usize) -> impl Iterator<Item = &str> {
        self.misexplained.iter().filter(move |(at, _)| *at == section).map(|(_, told)| told.as_str())
    }
}

pub(crate) type Found = Arc<LazyLock<Otherwise, Box<dyn FnOnce() -> Otherwise + Send>>>;

/// What stands between a heading and the next.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) heading: String,
    /// Plain text of the paragraphs, run together.
    pub(crate) prose: String,
    pub(crate) fences: Vec<Fence>,
}

/// A block of the page that is tried.
struct Block {
    section: usize,
    words: String,
    /// Where its content stands in the page.
    place: Range<usize>,
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
    let (mut sections, blocks) = blocks(&text);
    for block in &blocks {
        if kind(block) == "tieuchi" {
            sections.get_mut(block.section).unwrap().fences.push(fence(&text, block));
        }
    }
    let here = name.starts_with(WITH_FILES);
    let commands = here && blocks.iter().any(|block| kind(block) == "console");
    let found = Arc::new(LazyLock::new(Box::new(move || otherwise(&text, &blocks, here)) as Box<_>));
    Page { name, sections, found, commands }
}

fn otherwise(text: &str, blocks: &[Block], here: bool) -> Otherwise {
    let mut found = Otherwise::default();
    for (block, new) in blocks.iter().zip(rewritten(text, blocks, here)) {
        let Some(new) = new.filter(|new| new != content(text, block)) else { continue };
        if kind(block) == "console" {
            found.printed.push(new);
        } else {
            found.misexplained.push((block.section, new));
        }
    }
    found
}

/// Rewrites the marks of a page's fences, its reasons and its outputs to what is found.
pub(crate) fn update(root: &Path, path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut updated = text.clone();
    let (_, blocks) = blocks(&text);
    let here = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/").starts_with(WITH_FILES);
    let rewritten = rewritten(&text, &blocks, here);
    // From the last block to the first, so that the places of those above stay.
    for (block, new) in blocks.iter().zip(rewritten).rev() {
        let new = if kind(block) == "tieuchi" { Some(fence(&text, block).marked()) } else { new };
        if let Some(new) = new {
            updated.replace_range(block.place.clone(), &new);
        }
    }
    if updated != text {
        std::fs::write(path, updated).unwrap();
    }
}

fn kind(block: &Block) -> &str {
    block.words.split_whitespace().next().unwrap_or_default()
}

fn content<'a>(text: &'a str, block: &Block) -> &'a str {
    text.get(block.place.clone()).unwrap()
}

fn fence(text: &str, block: &Block) -> Fence {
    Fence::new(&block.words, content(text, block))
}

/// The content of reasons and of commands as it must be; nothing for other blocks.
fn rewritten(text: &str, blocks: &[Block], here: bool) -> Vec<Option<String>> {
    let mut rules: Option<Fence> = None;
    let mut session = session::Session::default();
    let mut all = Vec::new();
    for block in blocks {
        let content = content(text, block);
        let file = block.words.split_whitespace().find_map(|word| word.strip_prefix("file="));
        let mut new = None;
        match kind(block) {
            "tieuchi" => {
                let fence = fence(text, block);
                if let Some(file) = file {
                    session.write(file, &fence.text());
                }
                rules = Some(fence);
            }
            "explained" => new = Some(explained::rewritten(rules.as_ref(), content)),
            "console" if here => new = Some(session.rewritten(content)),
            _ => {
                if let Some(file) = file {
                    session.write(file, content);
                }
            }
        }
        all.push(new);
    }
    all
}

/// The sections of a page, and what is tried in them.
fn blocks(text: &str) -> (Vec<Section>, Vec<Block>) {
    let mut sections: Vec<Section> = vec![Section::default()];
    let mut blocks = Vec::new();
    let mut in_heading = false;
    let mut fence: Option<(String, Range<usize>)> = None;
    for (event, place) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                sections.push(Section::default());
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => fence = Some((words.into_string(), 0..0)),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((words, place)) = fence.take() {
                    blocks.push(Block { section: sections.len() - 1, words, place });
                }
            }
            Event::Text(words) | Event::Code(words) => match &mut fence {
                Some((_, whole)) if whole.end == 0 => *whole = place,
                Some((_, whole)) => whole.end = place.end,
                None => {
                    let section = sections.last_mut().unwrap();
                    let part = if in_heading { &mut section.heading } else { &mut section.prose };
                    part.push_str(&words);
                }
            },
            _ => {}
        }
    }
    (sections, blocks)
}
