//! The command line: what is asked, what is printed, and how it ends.

mod bulk;
mod check;
mod completions;
mod earlier;
mod exit;
mod explain;
mod fmt;
mod live;
mod output;
mod progress;
mod published;
mod rank;
mod sample;
mod score;
mod show;
mod summary;
mod what;
mod which;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::diagnostic::Language;
use exit::Exit;

const AFTER: &str = "\
Mã thoát · Exit codes:
  0  xong, không có lỗi · done, no error
  1  có lỗi trong bộ tiêu chí hay hồ sơ · a ruleset or a submission has an error
  2  gọi sai lệnh · the command was called wrongly
  3  không đọc được tệp · a file could not be read

Kết quả ra stdout, mọi điều khác ra stderr · Data goes to stdout, everything else to stderr.
Màu chỉ có trên màn hình; NO_COLOR tắt màu · Colour on a terminal only; NO_COLOR turns it off.";

/// Bộ tiêu chí viết bằng văn bản: kiểm tra, chấm điểm, giải thích, xếp hạng ·
/// Criteria sets as text: checked, scored, explained, ranked
#[derive(Debug, Parser)]
#[command(name = "tieuchi", version, after_help = AFTER, max_term_width = 110)]
struct Arguments {
    #[command(flatten)]
    manner: Manner,
    #[command(subcommand)]
    command: Command,
}

/// How every command speaks.
#[derive(Clone, Copy, Debug, clap::Args)]
struct Manner {
    /// Ngôn ngữ của thông báo; nếu không nói: ngôn ngữ của bộ tiêu chí · Language of what is said; else the ruleset's own
    #[arg(long, value_enum, global = true, value_name = "vi|en", hide_possible_values = true)]
    lang: Option<Lang>,
    /// In kết quả dạng JSON · Print the result as JSON
    #[arg(long, global = true)]
    json: bool,
    #[arg(skip = std::time::Instant::now())]
    begun: std::time::Instant,
}

/// The languages as the command line spells them.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Vi,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vietnamese,
            Lang::En => Self::English,
        }
    }
}

impl Manner {
    /// The language asked for, or this one.
    fn language(self, otherwise: Language) -> Language {
        self.lang.map_or(otherwise, Language::from)
    }

    /// The language of what is said about no ruleset in particular.
    fn own(self) -> Language {
        self.language(Language::Vietnamese)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Kiểm tra bộ tiêu chí và chạy các ví dụ của nó · Check rulesets and run their examples
    Check(check::Arguments),
    /// Định dạng bộ tiêu chí, hoặc chuyển ngôn ngữ từ khóa · Format rulesets, or turn them into the other keyword language
    Fmt(fmt::Arguments),
    /// Chấm điểm hồ sơ · Score submissions
    Score(score::Arguments),
    /// Giải thích điểm của một đơn vị · Explain a unit's score
    Explain(explain::Arguments),
    /// Xếp hạng các đơn vị · Rank units
    Rank(rank::Arguments),
    /// Xếp hạng một đợt lớn tùy ý, đọc dần từng đơn vị · Rank a round of any size, read as a stream
    Bulk(bulk::Arguments),
    /// In bộ tiêu chí như phụ lục của quyết định · Print a ruleset as its decision's appendix
    Show(show::Arguments),
    /// Kết quả đã công bố: in ra, tính lại, chỉ chỗ lệch · Results as published: shown, recomputed, held against each other
    Published(published::Arguments),
    /// Thử một tiêu chí với số liệu gõ vào · Try one criterion with figures given here
    What(what::Arguments),
    /// Tạo hồ sơ giả định để thử · Make up submissions to try a ruleset
    Sample(sample::Arguments),
    /// In tập lệnh hoàn thành lệnh cho trình bao · Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Reads the command line, does what it says, and tells how it ended.
pub fn run() -> ExitCode {
    let Arguments { manner, command } = Arguments::parse();
    let ended = match command {
        Command::Check(arguments) => check::run(&arguments, manner),
        Command::Fmt(arguments) => fmt::run(&arguments, manner),
        Command::Score(arguments) => score::run(&arguments, manner),
        Command::Explain(arguments) => explain::run(&arguments, manner),
        Command::Rank(arguments) => rank::run(&arguments, manner),
        Command::Bulk(arguments) => bulk::run(&arguments, manner),
        Command::Show(arguments) => show::run(&arguments, manner),
        Command::Published(arguments) => published::run(&arguments, manner),
        Command::What(arguments) => what::run(&arguments, manner),
        Command::Sample(arguments) => sample::run(&arguments, manner),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match ended {
        Ok(exit) => exit.into(),
        // Who reads us has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(error) => {
            output::say(&error.to_string());
            Exit::Unreadable.into()
        }
    }
}
