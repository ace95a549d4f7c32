//! `--watch`: a saved file shows its new result or its findings, and the last good one stays.

use std::io::Read;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{command, desk, replace};

const PATIENCE: Duration = Duration::from_secs(30);

/// A watching command, and what it has printed so far.
struct Watching {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

fn collect(mut from: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let shared = Arc::clone(&text);
    thread::spawn(move || {
        let mut waiting = Vec::new();
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = from.read(&mut chunk) {
            waiting.extend_from_slice(&chunk[..length]);
            // A letter may come in two pieces.
            if let Ok(whole) = String::from_utf8(waiting.clone()) {
                shared.lock().unwrap().push_str(&whole);
                waiting.clear();
            }
        }
    });
    text
}

fn start(folder: &Path, arguments: &[&str]) -> Watching {
    let mut child = command(arguments).current_dir(folder).spawn().unwrap();
    let out = collect(child.stdout.take().unwrap());
    let err = collect(child.stderr.take().unwrap());
    Watching { child, out, err }
}

impl Watching {
    fn wait_for(&mut self, times: usize, words: &str) {
        let begun = Instant::now();
        while self.out.lock().unwrap().matches(words).count() < times {
            if begun.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("{words} not {times} times:\n{}\n{}", self.out.lock().unwrap(), self.err.lock().unwrap());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn end(mut self) -> (i32, String, String) {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("it did not end:\n{}\n{}", self.out.lock().unwrap(), self.err.lock().unwrap());
            }
            thread::sleep(Duration::from_millis(20));
        };
        // The readers see the end of the pipes soon after.
        thread::sleep(Duration::from_millis(200));
        let (out, err) = (self.out.lock().unwrap().clone(), self.err.lock().unwrap().clone());
        (status.code().unwrap(), out, err)
    }
}

#[test]
fn check_shows_each_edit_and_keeps_the_last_good_set() {
    let folder = tempfile::tempdir().unwrap();
    desk(folder.path());
    let set = folder.path().join("rulesets/example/service-desk/2025.tieuchi");
    let mut watching = start(folder.path(), &["check", "rulesets", "--watch", "--watch-limit", "2", "--lang", "en"]);
    watching.wait_for(1, "sound rulesets: 1");
    replace(&set, "Service desk scorecard", "Second edition");
    watching.wait_for(1, "example/service-desk 2025  Second edition");
    replace(&set, "year: 2025", "year: soon");
    let (code, out, err) = watching.end();
    assert_eq!(code, 1);
    let broken = out.split_once("sound rulesets: 0").unwrap();
    assert!(broken.0.contains("error["), "{out}");
    assert!(broken.1.contains("example/service-desk 2025  Second edition"), "{out}");
    assert!(err.contains("the last good version"), "{err}");
}

#[test]
fn rank_keeps_the_last_good_ranking_while_the_ruleset_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    desk(folder.path());
    let arguments = ["rank", "sheets", "--watch", "--watch-limit", "3", "--lang", "en"];
    let mut watching = start(folder.path(), &arguments);
    watching.wait_for(1, "Harbour desk");
    replace(&folder.path().join("sheets/north.toml"), "North desk", "Northern desk");
    watching.wait_for(1, "Northern desk");
    let set = folder.path().join("rulesets/example/service-desk/2025.tieuchi");
    replace(&set, "weight 55%", "weight 54%");
    watching.wait_for(2, "Northern desk");
    replace(&set, "weight 54%", "weight 55%");
    let (code, out, err) = watching.end();
    assert_eq!(code, 0);
    assert_eq!(out.matches("Northern desk").count(), 3, "{out}");
    assert!(err.contains("error[") && err.contains("the last good version"), "{err}");
}

#[test]
fn rank_after_each_edit_is_rank_from_scratch() {
    let folder = tempfile::tempdir().unwrap();
    desk(folder.path());
    let arguments = ["rank", "sheets", "--lang", "en"];
    let fresh = || {
        let output = command(&arguments).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let before = fresh();
    let watched: Vec<&str> = arguments.into_iter().chain(["--watch", "--watch-limit", "2"]).collect();
    let mut watching = start(folder.path(), &watched);
    watching.wait_for(1, &before);
    // One sheet, and then the set that all are scored by.
    replace(&folder.path().join("sheets/north.toml"), "reopened = 23", "reopened = 223");
    let one = fresh();
    assert_ne!(before, one);
    watching.wait_for(1, &one);
    let set = folder.path().join("rulesets/example/service-desk/2025.tieuchi");
    let text = std::fs::read_to_string(&set).unwrap();
    let (heavy, light) = (
        "1.1 \"First replies within the promised time\": 100 points, weight",
        "1.2 \"Hours until a ticket is closed\": 100 points, weight",
    );
    let changed = text.replacen(&format!("{heavy} 40%"), &format!("{heavy} 30%"), 1);
    let changed = changed.replacen(&format!("{light} 25%"), &format!("{light} 35%"), 1);
    std::fs::write(&set, changed).unwrap();
    let two = fresh();
    assert_ne!(one, two);
    let (code, out, _) = watching.end();
    assert_eq!(code, 0);
    assert!(out.ends_with(&two), "{out}");
}

#[test]
fn check_of_a_child_sees_its_parent_change() {
    let folder = tempfile::tempdir().unwrap();
    let sets = folder.path().join("rulesets/minh-hoa/tinh");
    std::fs::create_dir_all(&sets).unwrap();
    let parent = sets.join("2022.tieuchi");
    std::fs::copy("docs/language/vi-du/minh-hoa/tinh/2022.tieuchi", &parent).unwrap();
    let child = "bộ tiêu chí minh-hoa/tinh \"Con\"\n  năm: 2023\n  kế thừa: minh-hoa/tinh năm 2022\n";
    std::fs::write(sets.join("2023.tieuchi"), child).unwrap();
    let arguments = ["check", "rulesets/minh-hoa/tinh/2023.tieuchi", "--watch", "--watch-limit", "1", "--lang", "en"];
    let mut watching = start(folder.path(), &arguments);
    watching.wait_for(1, "sound rulesets: 1");
    replace(&parent, "thang điểm: 14 điểm", "thang điểm: 15 điểm");
    let (code, out, _) = watching.end();
    assert_eq!(code, 1);
    assert!(out.contains("error[parent-broken]") && out.contains("scale-mismatch"), "{out}");
}
