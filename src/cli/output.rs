//! Printing: data on stdout, everything else on stderr; colour is cut off wherever it is not wanted.

use std::io::{self, Write};

use crate::catalogue::{File, Unreadable, Why};
use crate::diagnostic::{Colour, Diagnostic, Language, SourceMap, render};

/// Prints data.
pub(super) fn data(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says something about the work; a stderr that is gone is nobody's trouble.
pub(super) fn say(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{}", text.trim_end_matches('\n'));
}

/// Findings as people read them; colour is cut off later where it is not wanted.
pub(super) fn findings(found: &[Diagnostic], sources: &SourceMap, language: Language) -> String {
    render(found, sources, language, Colour::Always)
}

/// Says what is wrong with a ruleset that is needed.
pub(super) fn broken(file: &File, sources: &SourceMap, language: Language) {
    let errors: Vec<Diagnostic> = file.findings.iter().filter(|finding| finding.is_error()).cloned().collect();
    say(&findings(&errors, sources, language));
}

/// Why a path gave nothing, in words.
pub(super) fn unreadable(unreadable: &Unreadable, language: Language) -> String {
    match &unreadable.why {
        Why::System(reason) => reason.clone(),
        Why::Missing => language.pick("không có tệp hay thư mục này", "there is no such file or folder").to_owned(),
        Why::Forbidden => language.pick("không được phép đọc", "reading it is not allowed").to_owned(),
        Why::ReadOnly => language
            .pick(
                "không ghi được: tệp hoặc thư mục chứa nó chỉ cho đọc; `--stdout` in ra bản định dạng",
                "not written: the file, or its folder, is read-only; `--stdout` prints the formatted text",
            )
            .to_owned(),
        Why::Rewritten => language
            .pick(
                "không ghi: tệp vừa được sửa ở nơi khác; chạy lại",
                "not written: the file was changed elsewhere meanwhile; run again",
            )
            .to_owned(),
        Why::Several(second) => {
            let second = second.display();
            language.pick(
                format!("thư mục có nhiều bộ tiêu chí, cần nêu một, ví dụ {second}"),
                format!("the folder holds several rulesets, name one, for example {second}"),
            )
        }
        Why::Nothing => language.pick("thư mục không có tệp nào để đọc", "the folder holds no file to read").to_owned(),
        Why::TooMany(limit) => {
            language.pick(format!("nhiều hơn {limit} tệp trong một lần"), format!("more than {limit} files at once"))
        }
        Why::Elsewhere(file) => {
            let file = file.display();
            language
                .pick(format!("liên kết ra ngoài thư mục, tới {file}"), format!("a link out of its folder, to {file}"))
        }
        Why::TooDeep(limit) => language.pick(
            format!("thư mục nằm sâu hơn {limit} cấp nên không đọc"),
            format!("the folder lies more than {limit} levels deep and is not read"),
        ),
        Why::NotAFile => language.pick("không phải tệp hay thư mục", "neither a file nor a folder").to_owned(),
    }
}

/// Says which paths gave nothing.
pub(super) fn say_unreadable(paths: &[Unreadable], language: Language) {
    for path in paths {
        let what = language.pick("không đọc được", "cannot read");
        say(&format!("{what} {}: {}", path.path.display(), unreadable(path, language)));
    }
}
