//! `--watch`: shows again whenever a file changes; what was last good stays.

use std::path::PathBuf;

use super::Manner;
use super::exit::{Ended, Exit};
use super::output;
use crate::catalogue::{Settings, Watcher};
use crate::diagnostic::Language;

/// What commands that can watch take.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Watch {
    /// Xem lại mỗi khi một tệp đổi, đến khi bấm Ctrl-C · Look again whenever a file changes, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
    /// Dừng sau số lần xem lại này, để dùng trong tập lệnh và kiểm thử · End after so many looks, for scripts and tests
    #[arg(long, value_name = "N", requires = "watch", hide_short_help = true)]
    watch_limit: Option<usize>,
}

/// What one look gave.
pub(super) struct Look {
    /// What to print.
    pub(super) text: String,
    /// How the command would end here.
    pub(super) exit: Exit,
    /// Everything was sound: this is what stays when the next look is not.
    pub(super) good: Option<String>,
    /// Files beside those asked for that it depends on, there or not.
    pub(super) below: Vec<PathBuf>,
}

/// Looks once, or again and again; `again` adds what was last good to a look that is not.
pub(super) fn run(
    watch: Watch,
    manner: Manner,
    roots: &[PathBuf],
    extensions: &[&str],
    look: &mut dyn FnMut() -> Look,
) -> Ended {
    let language = manner.own();
    // The watcher begins before the first look, so that no change falls between them.
    let mut watcher = match watch.watch.then(|| Watcher::new(roots, extensions, Settings::default())) {
        Some(Ok(watcher)) => Some(watcher),
        Some(Err(error)) => {
            output::say(&error.to_string());
            return Ok(Exit::Unreadable);
        }
        None => None,
    };
    let mut first = look();
    let mut watched: Vec<PathBuf> = roots.to_vec();
    if let Some(watcher) = &mut watcher
        && also(watcher, &mut watched, &first.below, extensions)
    {
        // What changed before these were watched is in the second look.
        first = look();
    }
    output::data(&first.text)?;
    let (mut exit, mut good) = (first.exit, first.good);
    let Some(watcher) = &mut watcher else { return Ok(exit) };
    output::say(language.pick("đang theo dõi; Ctrl-C để dừng", "watching; Ctrl-C ends"));
    let mut looks: usize = 0;
    while watch.watch_limit.is_none_or(|limit| looks < limit) {
        let Some(change) = watcher.wait(None) else { continue };
        output::say(&changed(&change.paths, language));
        let mut next = look();
        if also(watcher, &mut watched, &next.below, extensions) {
            next = look();
        }
        output::data(&next.text)?;
        exit = next.exit;
        if next.good.is_some() {
            good = next.good;
        } else if let Some(good) = &good {
            output::say(language.pick(
                "bản vừa lưu có lỗi; dưới đây là kết quả của bản đúng gần nhất",
                "what was saved has errors; below is the result of the last good version",
            ));
            output::data(good)?;
        }
        looks = looks.saturating_add(1);
    }
    Ok(exit)
}

/// Watches the files that a look depends on, besides those watched; tells whether there were any.
fn also(watcher: &mut Watcher, watched: &mut Vec<PathBuf>, below: &[PathBuf], extensions: &[&str]) -> bool {
    let new: Vec<PathBuf> =
        below.iter().filter(|path| !watched.iter().any(|root| path.starts_with(root))).cloned().collect();
    if new.is_empty() {
        return false;
    }
    watched.extend(new);
    // Without a watcher for them the others are still watched.
    match Watcher::new(watched, extensions, Settings::default()) {
        Ok(wider) => {
            *watcher = wider;
            true
        }
        Err(_) => false,
    }
}

fn changed(paths: &[PathBuf], language: Language) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    format!("\n── {}: {}", language.pick("vừa đổi", "changed"), names.join(", "))
}
