//! Changes on disk are told once, whatever way a program saves its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tieuchi::catalogue::{Settings, WatchError, Watcher};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const PATIENCE: Duration = Duration::from_secs(5);
const CALM: Duration = Duration::from_millis(600);

/// Events alone: the poll comes later than any test waits.
const EVENTS: Settings = Settings { debounce: Duration::from_millis(75), poll: Duration::from_mins(10) };

/// The poll alone: events come later than any test waits.
const POLL: Settings = Settings { debounce: Duration::from_mins(10), poll: Duration::from_millis(100) };

fn watch(root: &Path, settings: Settings) -> Result<Watcher, WatchError> {
    Watcher::new(&[root.to_path_buf()], &["txt"], settings)
}

/// Whether `path` is told of, and `holds` then, before patience ends.
fn is_told(watcher: &mut Watcher, path: &Path, holds: impl Fn() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    loop {
        let rest = end.saturating_duration_since(Instant::now());
        let Some(change) = watcher.wait(Some(rest)) else {
            return false;
        };
        if change.paths.iter().any(|told| told == path) && holds() {
            return true;
        }
    }
}

fn says(path: &Path, text: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|found| found == text)
}

fn save_atomically(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension("draft");
    fs::write(&draft, text)?;
    fs::rename(&draft, path)
}

/// A folder with one file in it.
fn folder_with(file: &str) -> io::Result<(tempfile::TempDir, PathBuf, PathBuf)> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("rulesets");
    fs::create_dir(&folder)?;
    let file = folder.join(file);
    fs::write(&file, "one")?;
    Ok((home, folder, file))
}

#[test]
fn a_write_in_place_is_told() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    for root in [&folder, &file] {
        fs::write(&file, "one")?;
        let mut watcher = watch(root, EVENTS)?;
        assert!(watcher.only_polled().is_empty());
        fs::write(&file, "two")?;
        assert!(is_told(&mut watcher, &file, || says(&file, "two")));
    }
    Ok(())
}

#[test]
fn the_last_of_twenty_atomic_saves_is_told() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    for root in [&folder, &file] {
        let mut watcher = watch(root, EVENTS)?;
        for turn in 1..=20 {
            let text = format!("{} {turn}", root.display());
            save_atomically(&file, &text)?;
            assert!(is_told(&mut watcher, &file, || says(&file, &text)), "save {turn}");
        }
        for turn in 1..=20 {
            save_atomically(&file, &format!("at once {} {turn}", root.display()))?;
        }
        let last = format!("at once {} 20", root.display());
        assert!(is_told(&mut watcher, &file, || says(&file, &last)));
        assert_eq!(watcher.wait(Some(CALM)), None);
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_swapped_link_to_a_folder_is_told() -> Outcome {
    use std::os::unix::fs::symlink;

    let home = tempfile::tempdir()?;
    let mount = home.path().join("config");
    for (version, text) in [("..1", "one"), ("..2", "two"), ("..3", "three")] {
        fs::create_dir_all(mount.join(version))?;
        fs::write(mount.join(version).join("a.txt"), text)?;
    }
    symlink("..1", mount.join("..data"))?;
    symlink("..data/a.txt", mount.join("a.txt"))?;
    // Another mount reaches the file by links outside of it.
    let outside = home.path().join("outside");
    fs::create_dir(&outside)?;
    symlink("../config/..data/a.txt", outside.join("b.txt"))?;

    let roots = [mount.clone(), mount.join("a.txt"), outside.clone()];
    let told = [mount.join("a.txt"), mount.join("a.txt"), outside.join("b.txt")];
    for (root, file) in roots.iter().zip(&told) {
        let mut watcher = watch(root, EVENTS)?;
        for (version, text) in [("..2", "two"), ("..3", "three"), ("..1", "one")] {
            symlink(version, mount.join("..data_tmp"))?;
            fs::rename(mount.join("..data_tmp"), mount.join("..data"))?;
            assert!(is_told(&mut watcher, file, || says(file, text)), "{} to {version}", root.display());
        }
        // The file behind the new link is heard too.
        fs::write(mount.join("..1/a.txt"), "one more")?;
        assert!(is_told(&mut watcher, file, || says(file, "one more")));
        fs::write(mount.join("..1/a.txt"), "one")?;
    }
    Ok(())
}

#[test]
fn a_folder_deleted_and_made_again_is_still_watched() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    for root in [&folder, &file] {
        let mut watcher = watch(root, EVENTS)?;
        for turn in 1..=3 {
            fs::remove_dir_all(&folder)?;
            if turn != 2 {
                assert!(is_told(&mut watcher, &file, || !file.exists()));
            }
            let made = format!("made {} {turn}", root.display());
            fs::create_dir(&folder)?;
            fs::write(&file, &made)?;
            assert!(is_told(&mut watcher, &file, || says(&file, &made)));
            let written = format!("written {} {turn}", root.display());
            fs::write(&file, &written)?;
            assert!(is_told(&mut watcher, &file, || says(&file, &written)));
        }
    }
    Ok(())
}

#[test]
fn a_folder_replaced_by_another_is_still_watched() -> Outcome {
    let (home, folder, file) = folder_with("a.txt")?;
    let mut watcher = watch(&folder, EVENTS)?;
    let next = home.path().join("next");
    fs::create_dir(&next)?;
    fs::write(next.join("a.txt"), "two")?;
    fs::rename(&folder, home.path().join("last"))?;
    fs::rename(&next, &folder)?;
    assert!(is_told(&mut watcher, &file, || says(&file, "two")));
    fs::write(&file, "three")?;
    assert!(is_told(&mut watcher, &file, || says(&file, "three")));
    Ok(())
}

#[test]
fn the_same_content_written_again_is_not_told() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    let mut watcher = watch(&folder, EVENTS)?;
    save_atomically(&file, "one")?;
    fs::write(folder.join("notes.md"), "not a ruleset")?;
    fs::write(folder.join(".a.txt"), "an editor's own")?;
    assert_eq!(watcher.wait(Some(CALM)), None);
    fs::write(&file, "two")?;
    assert!(is_told(&mut watcher, &file, || says(&file, "two")));
    Ok(())
}

#[test]
fn a_new_file_is_told_even_in_a_new_folder() -> Outcome {
    let (_home, folder, _file) = folder_with("a.txt")?;
    let mut watcher = watch(&folder, EVENTS)?;
    let beside = folder.join("b.txt");
    fs::write(&beside, "one")?;
    assert!(is_told(&mut watcher, &beside, || says(&beside, "one")));
    let deep = folder.join("x/y/z/c.txt");
    fs::create_dir_all(folder.join("x/y/z"))?;
    fs::write(&deep, "one")?;
    assert!(is_told(&mut watcher, &deep, || says(&deep, "one")));
    fs::write(&deep, "two")?;
    assert!(is_told(&mut watcher, &deep, || says(&deep, "two")));
    Ok(())
}

#[test]
fn a_deletion_is_told() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    let mut watcher = watch(&folder, EVENTS)?;
    fs::remove_file(&file)?;
    assert!(is_told(&mut watcher, &file, || !file.exists()));
    Ok(())
}

#[test]
fn a_root_that_is_not_there_yet_is_told_when_it_comes() -> Outcome {
    let home = tempfile::tempdir()?;
    let file = home.path().join("x/y/a.txt");
    for root in [home.path().join("x/y"), file.clone()] {
        let mut watcher = watch(&root, EVENTS)?;
        fs::create_dir_all(home.path().join("x/y"))?;
        fs::write(&file, "one")?;
        assert!(is_told(&mut watcher, &file, || says(&file, "one")));
        fs::remove_dir_all(home.path().join("x"))?;
    }
    Ok(())
}

#[test]
fn the_poll_tells_what_no_event_told() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    let mut watcher = watch(&folder, POLL)?;
    fs::write(&file, "two")?;
    assert!(is_told(&mut watcher, &file, || says(&file, "two")));
    assert_eq!(watcher.wait(Some(CALM)), None);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_link_back_up_ends_the_walk() -> Outcome {
    let (_home, folder, file) = folder_with("a.txt")?;
    std::os::unix::fs::symlink("..", folder.join("up"))?;
    let mut watcher = watch(&folder, EVENTS)?;
    fs::write(&file, "two")?;
    assert!(is_told(&mut watcher, &file, || says(&file, "two")));
    Ok(())
}

#[test]
fn nothing_to_watch_is_an_error() {
    let none = Watcher::new(&[], &["txt"], Settings::default());
    assert_eq!(none.err(), Some(WatchError::NoRoots));
    let empty = Watcher::new(&[PathBuf::new()], &["txt"], Settings::default());
    assert_eq!(empty.err(), Some(WatchError::EmptyPath));
}
