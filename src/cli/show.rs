//! `show`: a set as its decision's appendix.

use std::path::PathBuf;

use super::exit::{Ended, Exit};
use super::{Manner, output, which};
use crate::diagnostic::Language;
use crate::language::{Comments, write_file};
use crate::report::{self, Context};
use crate::ruleset::Ruleset;
use crate::wire;

/// What `show` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Tệp, hoặc đường dẫn và năm như `vn/par-index/tinh/2022` · A file, or a path and year
    ruleset: String,
    /// Mã của một mục; nếu không nói: cả bộ · The code of a head; else the whole set
    code: Option<String>,
    /// In cả bộ thành một văn bản đầy đủ, đã ghép với bộ được kế thừa · Print the whole set as one text, what it extends written in
    #[arg(long, conflicts_with = "code")]
    composed: bool,
    /// In những điều khác một bộ trước, như `vn/par-index/tinh/2021` · Print what differs from an earlier set
    #[arg(long, value_name = "FILE", conflicts_with_all = ["code", "composed"])]
    against: Option<String>,
    /// Thư mục bộ tiêu chí · The folder of rulesets
    #[arg(long, value_name = "DIR", default_value = "rulesets")]
    rulesets: PathBuf,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let (ruleset, composed, sources) = match which::whole(&arguments.ruleset, &arguments.rulesets, manner) {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    if let Some(earlier) = &arguments.against {
        let (before, before_text, before_sources) = match which::whole(earlier, &arguments.rulesets, manner) {
            Ok(found) => found,
            Err(exit) => return Ok(exit),
        };
        let language = manner.language(ruleset.language);
        if let Some(refused) = not_earlier((&arguments.ruleset, &ruleset), (earlier, &before), language) {
            output::say(&refused);
            return Ok(Exit::Usage);
        }
        let file = sources.get(ruleset.span.source).map(|source| PathBuf::from(source.name()));
        if let Some(refused) = file.and_then(|file| which::of_newest_edition(&ruleset, &file, &before, language)) {
            output::say(&refused);
            return Ok(Exit::Usage);
        }
        let new = Context { ruleset: &ruleset, sources: &sources, language };
        let old = Context { ruleset: &before, sources: &before_sources, language };
        let told = if manner.json {
            wire::write(&wire::Against::new((&new, &composed), (&old, &before_text)))
        } else {
            report::against::against((&new, &composed), (&old, &before_text))
        };
        output::data(&told)?;
        return Ok(Exit::Done);
    }
    if arguments.composed {
        let language = manner.language(ruleset.language);
        let text = write_file(&composed, &sources, language, Comments::Drop);
        let text = if manner.json { wire::write(&wire::Composed::new(&ruleset, text, language)) } else { text };
        output::data(&text)?;
        return Ok(Exit::Done);
    }
    let only = match arguments.code.as_deref().map(|code| which::head(&ruleset, code, manner)).transpose() {
        Ok(only) => only,
        Err(exit) => return Ok(exit),
    };
    let context = Context { ruleset: &ruleset, sources: &sources, language: manner.language(ruleset.language) };
    let text = if manner.json {
        let labels = report::labels_of(&context, false, only);
        let rules = report::general_rules(&context, only);
        wire::write(&wire::Appendix::new(&ruleset, &sources, (labels, rules), only))
    } else {
        let spoken = ruleset.spoken(context.language);
        report::appendix(&Context { ruleset: &spoken, ..context }, only)
    };
    output::data(&text)?;
    Ok(Exit::Done)
}

/// Why a set is not held against another: they are one set, or the other is the later one. Each with what it was called.
fn not_earlier(
    (called, set): (&str, &Ruleset),
    (other, earlier): (&str, &Ruleset),
    language: Language,
) -> Option<String> {
    let name = set.name();
    if set.fingerprint == earlier.fingerprint {
        // A year alone stands for its newest edition.
        let (path, year, edition) = (&set.path, set.year, set.edition);
        return Some(match edition.checked_sub(1).filter(|before| *before > 0) {
            Some(before) => language.pick(
                format!(
                    "`{called}` và `{other}` là một bộ, `{name}`, nên không có gì để so; để so với lần ban hành trước, \
                     viết `--against {path}/{year}-{before}`: chỉ nêu năm là nói lần mới nhất (lần {edition})"
                ),
                format!(
                    "`{called}` and `{other}` are one set, `{name}`, so there is nothing to compare; for the edition \
                     before, write `--against {path}/{year}-{before}`: a year alone stands for its newest edition ({edition})"
                ),
            ),
            None => language.pick(
                format!(
                    "`{called}` và `{other}` là một bộ, `{name}`, nên không có gì để so; sau `--against` viết một bộ \
                     trước nó, như `{path}/{}`",
                    year.saturating_sub(1)
                ),
                format!(
                    "`{called}` and `{other}` are one set, `{name}`, so there is nothing to compare; after `--against` \
                     write a set before it, like `{path}/{}`",
                    year.saturating_sub(1)
                ),
            ),
        });
    }
    let later = set.path == earlier.path && (earlier.year, earlier.edition) > (set.year, set.edition);
    later.then(|| {
        let after = earlier.name();
        language.pick(
            format!(
                "sau `--against` là bộ trước, mà `{after}` sau `{name}`; viết `tieuchi show {other} --against {called}`"
            ),
            format!(
                "`--against` takes the earlier set, and `{after}` is later than `{name}`; write `tieuchi show {other} \
                 --against {called}`"
            ),
        )
    })
}
