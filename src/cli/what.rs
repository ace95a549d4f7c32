//! `what`: one criterion, with figures given at the prompt.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::exit::{Ended, Exit};
use super::{Manner, output, which};
use crate::diagnostic::{Diagnostic, Document, Nearest, Sheet, SourceId, SourceMap, Span, nearest};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::report::{self, Context};
use crate::ruleset::meaning::{FigureId, Kind};
use crate::ruleset::{Figure, FigureKind, Head, Leaf, Ruleset, Scoring};
use crate::submission::{RawValue, Value, value, within_bounds};
use crate::wire;

const FIGURES: &str = "Số liệu, như a=100 tỷ_lệ=85% đạt=có ngày=31/12/2022; bỏ trống là thiếu · \
    Figures, such as a=100 rate=85% passed=yes day=31/12/2022; what is left out is missing";

/// What `what` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Mã của tiêu chí · The code of the criterion
    code: String,
    #[arg(value_name = "FIGURE=VALUE", help = FIGURES)]
    figures: Vec<String>,
    /// Khối của đơn vị, nơi điểm tùy khối · The block of the unit, where points depend on it
    #[arg(long, value_name = "BLOCK")]
    block: Option<String>,
    /// Tệp, hoặc đường dẫn và năm như `vn/par-index/tinh/2022` · A file, or a path and year
    #[arg(long, value_name = "FILE")]
    ruleset: Option<String>,
    /// Thư mục bộ tiêu chí · The folder of rulesets
    #[arg(long, value_name = "DIR", default_value = "rulesets")]
    rulesets: PathBuf,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let name = match &arguments.ruleset {
        Some(name) => name.clone(),
        // A folder with one set in it needs no name.
        None => arguments.rulesets.display().to_string(),
    };
    let (plan, sources) = match which::plan(&name, &arguments.rulesets, manner) {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    let ruleset = plan.ruleset();
    let block = match &arguments.block {
        Some(said) => match which::block(ruleset, said, manner) {
            Ok(name) => Some(name),
            Err(exit) => return Ok(exit),
        },
        None => None,
    };
    let ruleset = ruleset.of_block(block);
    let id = match which::head(ruleset, &arguments.code, manner) {
        Ok(id) => id,
        Err(exit) => return Ok(exit),
    };
    let language = manner.language(ruleset.language);
    let scored = ruleset.head(id).and_then(|head| Some((head, head.leaf.as_ref()?)));
    let Some((head, leaf)) = scored.filter(|(_, leaf)| !matches!(leaf.scoring, Scoring::Entered { .. })) else {
        output::say(&language.pick(
            format!("`{}` không chấm bằng số liệu: điểm do cơ quan nhập, hoặc cộng từ các mục dưới", arguments.code),
            format!("`{}` is not scored by figures: its points are entered, or the sum of its parts", arguments.code),
        ));
        return Ok(Exit::Usage);
    };
    let mut prompt = Prompt::new(&arguments.figures);
    let values = prompt.values(ruleset, head, leaf);
    if !prompt.findings.is_empty() {
        output::say(&output::findings(&prompt.findings, &prompt.sources, language));
        return Ok(Exit::Usage);
    }
    let Some(assessed) = plan.leaf(id, block, &values, &crate::engine::Context::default()) else {
        return Ok(Exit::Usage);
    };
    let context = Context { ruleset, sources: &sources, language };
    if manner.json {
        if let Some(leaf) = wire::One::new(&context, id, &assessed) {
            output::data(&wire::write(&leaf))?;
        }
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for label in report::labels_of(&context, false, Some(id)) {
        text.push_str(&format!("! {label}\n"));
    }
    // Without a block the answer goes by what is written first.
    for note in report::other_blocks(&context, id).iter().filter(|_| block.is_none()) {
        text.push_str(&format!("! {note}\n"));
    }
    let spoken = ruleset.spoken(language);
    text.push_str(&report::leaf(&Context { ruleset: &spoken, ..context }, id, &assessed));
    output::data(&text)?;
    Ok(Exit::Done)
}

/// The figures as typed, as a text that findings can point into.
struct Prompt {
    sources: SourceMap,
    /// Each argument with where it begins.
    parts: Vec<(usize, String)>,
    source: SourceId,
    findings: Vec<Diagnostic>,
}

impl Prompt {
    fn new(figures: &[String]) -> Self {
        let mut sources = SourceMap::new();
        let source = sources.add("what", figures.join(" "));
        let mut at: usize = 0;
        let mut parts = Vec::new();
        for figure in figures {
            parts.push((at, figure.clone()));
            at = at.saturating_add(figure.len()).saturating_add(1);
        }
        Self { sources, parts, source, findings: Vec::new() }
    }

    /// The arguments, each with the words after it that can only be more of its value: a shell parts what is not quoted.
    fn joined(&mut self, leaf: &Leaf) -> Vec<(usize, String)> {
        let mut joined: Vec<(usize, String)> = Vec::new();
        for (at, part) in std::mem::take(&mut self.parts) {
            let of_words = |figure: &Figure| {
                matches!(figure.kind, FigureKind::Choice(_) | FigureKind::Text | FigureKind::Number(Kind::Moment))
            };
            let figure = |text: &str| text.split_once('=').and_then(|(name, _)| by_name(leaf, name));
            match joined.last_mut() {
                Some((_, last)) if !part.contains('=') && figure(last).is_some_and(|(_, figure)| of_words(figure)) => {
                    last.push(' ');
                    last.push_str(&part);
                }
                _ => joined.push((at, part)),
            }
        }
        joined
    }

    fn values(&mut self, ruleset: &Ruleset, head: &Head, leaf: &Leaf) -> BTreeMap<FigureId, Value> {
        let mut values = BTreeMap::new();
        let mut places: BTreeMap<FigureId, Span> = BTreeMap::new();
        for (at, part) in self.joined(leaf) {
            let Some((name, written)) = part.split_once('=') else {
                let problem = Sheet::FigureWithoutValue { written: part.clone() };
                self.findings.push(Diagnostic::new(problem, Span::new(self.source, at, at + part.len())));
                continue;
            };
            let name_span = Span::new(self.source, at, at + name.len());
            let Some((id, figure)) = by_name(leaf, name) else {
                let near: Nearest = nearest(name, leaf.figures.iter().map(|figure| figure.name.as_str()), fold);
                let problem = Sheet::SheetFigure { name: name.to_owned(), code: head.code.clone(), nearest: near };
                self.findings.push(Diagnostic::new(problem, name_span));
                continue;
            };
            let span = Span::new(self.source, (at + name.len() + 1).min(at + part.len()), at + part.len());
            if places.insert(id, span).is_some() {
                let key = figure.name.clone();
                self.findings.push(Diagnostic::new(Sheet::RepeatedKey { of: Document::Prompt, key }, name_span));
                continue;
            }
            let raw = RawValue::Cell(written.to_owned(), ruleset.language.decimal_mark());
            match value(figure, &Spanned { value: raw, span }) {
                Ok(Some(value)) => {
                    values.insert(id, value);
                }
                Ok(None) => {}
                Err(finding) => self.findings.push(*finding),
            }
        }
        for broken in within_bounds(leaf, &head.maximum, &values) {
            let span = places.get(&broken.figure).copied().unwrap_or_default();
            self.findings.push(Diagnostic::new(broken.problem, span));
        }
        values
    }
}

/// A figure by its name, or by a name that differs in diacritics only, if just one does.
fn by_name<'a>(leaf: &'a Leaf, name: &str) -> Option<(FigureId, &'a Figure)> {
    let exact = leaf.figure(name);
    let mut alike = leaf.figures.iter().enumerate().filter(|(_, figure)| fold(&figure.name) == fold(name));
    exact.or_else(|| match (alike.next(), alike.next()) {
        (Some((at, figure)), None) => Some((FigureId(at), figure)),
        _ => None,
    })
}
