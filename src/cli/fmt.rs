//! `fmt`: rulesets laid out as the writer writes them, in their own language or in the other one.

use std::io;
use std::path::{Path, PathBuf};

use super::exit::{Ended, Exit};
use super::{Lang, Manner, output};
use crate::catalogue::{TextFile, Texts, Unreadable, Why, text_of, texts};
use crate::diagnostic::{Diagnostic, Language, SourceMap};
use crate::language::{Formatted, Refusal, format};
use crate::wire;

/// What `fmt` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Tệp hoặc thư mục bộ tiêu chí; `-` là đọc stdin, in ra stdout · Files or folders of rulesets; `-` reads stdin and prints
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Không ghi; in tên các tệp sẽ đổi, mã thoát 1 nếu có · Write nothing; list the files that would change, exit 1 if any
    #[arg(long, conflicts_with = "stdout")]
    check: bool,
    /// Chuyển từ khóa, dấu thập phân, tên hàm sang ngôn ngữ này · Turn keywords, decimal marks and functions into this language
    #[arg(long, value_enum, value_name = "vi|en", hide_possible_values = true)]
    to: Option<Lang>,
    /// Không ghi; in văn bản của một tệp ra stdout · Write nothing; print the text of one file
    #[arg(long)]
    stdout: bool,
}

/// One file and what became of it.
struct Outcome {
    published: wire::FormattedFile,
    /// Its text is not, or was not, as the formatter writes it.
    changed: bool,
    /// A line of it cannot be read, or it was refused.
    wrong: bool,
    /// Its name.
    name: String,
    /// Its text, new or as it was.
    text: String,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let piped = arguments.paths.iter().any(|path| path == Path::new("-"));
    let language = manner.own();
    if piped && arguments.paths.len() > 1 {
        output::say(language.pick("`-` đứng một mình", "`-` stands alone"));
        return Ok(Exit::Usage);
    }
    let mut found = if piped { text_of("-", io::stdin().lock())? } else { texts(&arguments.paths) };
    let printed = (piped || arguments.stdout) && !arguments.check;
    if printed && found.files.len() > 1 {
        output::say(language.pick("--stdout chỉ in một tệp", "--stdout prints one file only"));
        return Ok(Exit::Usage);
    }
    let mut outcomes = Vec::new();
    for file in &found.files {
        match one(file, &found.sources, arguments, printed, manner) {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) => {
                found.unreadable.push(Unreadable { path: file.path.clone(), why: Why::of_writing(&error) });
            }
        }
    }
    tell(&found, language);
    let changed = outcomes.iter().filter(|outcome| outcome.changed).count();
    let wrong = outcomes.iter().any(|outcome| outcome.wrong) || arguments.check && changed > 0;
    let exit = match (found.unreadable.is_empty(), wrong) {
        (false, _) => Exit::Unreadable,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Done,
    };
    if !printed {
        output::say(&totals(outcomes.len(), changed, arguments.check, language));
    }
    output::data(&shown(outcomes, &found, printed, manner))?;
    Ok(exit)
}

/// Formats one file; an error is one of writing.
fn one(
    file: &TextFile,
    sources: &SourceMap,
    arguments: &Arguments,
    printed: bool,
    manner: Manner,
) -> io::Result<Outcome> {
    let name = file.path.display().to_string();
    let text = match &file.text {
        Ok(text) => text,
        Err(finding) => {
            let spoken = manner.own();
            output::say(&output::findings(std::slice::from_ref(finding), sources, spoken));
            let published = wire::FormattedFile::new(name.clone(), spoken);
            let published = published.with_errors(None, std::slice::from_ref(finding), sources, spoken);
            return Ok(Outcome { published, changed: false, wrong: true, name, text: String::new() });
        }
    };
    let Formatted { parsed, written } = format(file.source, text, arguments.to.map(Language::from));
    let spoken = manner.language(parsed.file.language);
    let errors: Vec<Diagnostic> = parsed.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    let refused = written.as_ref().err().copied();
    let new = written.unwrap_or_else(|_| text.clone());
    let changed = new != *text;
    let write = changed && !arguments.check && !printed;
    if write {
        file.replace(&new)?;
    }
    if !errors.is_empty() {
        output::say(&output::findings(&errors, sources, spoken));
        if refused.is_none() {
            output::say(&spoken.pick(
                format!("{name}: dòng có lỗi được giữ nguyên như đã viết"),
                format!("{name}: lines with an error stay as they were written"),
            ));
        }
    }
    if let Some(refusal) = refused {
        output::say(&format!("{name}: {}", refusal_words(refusal, spoken)));
    }
    let published = wire::FormattedFile::new(name.clone(), parsed.file.language)
        .became(changed, write, refused)
        .with_errors(Some(&parsed), &errors, sources, spoken)
        .with_text(printed.then(|| new.clone()));
    Ok(Outcome { published, changed, wrong: !errors.is_empty() || refused.is_some(), name, text: new })
}

fn refusal_words(refusal: Refusal, language: Language) -> &'static str {
    match refusal {
        Refusal::Errors => language.pick(
            "không chuyển ngôn ngữ: sửa các lỗi trên rồi chạy lại",
            "not turned into the other language: mend the errors above and run again",
        ),
        Refusal::Unfaithful => language.pick(
            "không ghi: bản định dạng không nói đúng điều tệp này nói; đây là lỗi của tieuchi, xin báo lại kèm tệp",
            "not written: what fmt would write does not say what this file says; a bug of tieuchi, please report it",
        ),
    }
}

/// What is printed: the text, the names of the files that changed, or all of it as JSON.
fn shown(outcomes: Vec<Outcome>, found: &Texts, printed: bool, manner: Manner) -> String {
    if manner.json {
        let unread = found.unreadable.iter();
        let unread = unread
            .map(|path| wire::Unread::new(path.path.display().to_string(), output::unreadable(path, manner.own())))
            .collect();
        let files = outcomes.into_iter().map(|outcome| outcome.published).collect();
        return wire::write(&wire::Formatting::new(files, unread));
    }
    if printed {
        return outcomes.into_iter().map(|outcome| outcome.text).collect();
    }
    outcomes.iter().filter(|outcome| outcome.changed).flat_map(|outcome| [outcome.name.as_str(), "\n"]).collect()
}

fn tell(found: &Texts, language: Language) {
    output::say_unreadable(&found.unreadable, language);
    for path in &found.elsewhere {
        let path = path.display();
        output::say(&language.pick(
            format!("bỏ qua {path}: liên kết ra ngoài thư mục"),
            format!("left alone {path}: a link out of the folder"),
        ));
    }
}

fn totals(files: usize, changed: usize, check: bool, language: Language) -> String {
    let (would, did) = (language.pick("sẽ đổi", "would change"), language.pick("đã ghi lại", "written"));
    let what = if check { would } else { did };
    language.pick(format!("{files} tệp: {what} {changed}"), format!("files: {files}, {what}: {changed}"))
}
