//! `fmt`: what is written, what is left alone, what is said.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{Run, command, run};

const SLOPPY: &str =
    "# Đầu tệp.\nBO TIEU CHI a/b   \"x\"  #một\n\n\nnăm:2022\n  thang điểm: 9.5 điểm\nlĩnh vực 1 \"y\":9,50điểm\n";
const NEAT: &str =
    "# Đầu tệp.\nbộ tiêu chí a/b \"x\"  #một\n\n  năm: 2022\n  thang điểm: 9.5 điểm\n\nlĩnh vực 1 \"y\": 9,5 điểm\n";
const SOUND: &str = "bộ tiêu chí a/b \"x\"\n  năm: 2022\n\nlĩnh vực 1 \"y\": 9,5 điểm  # lời\n";

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn piped(arguments: &[&str], text: &str) -> Run {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let code = output.status.code().unwrap();
    Run { code, out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
}

#[test]
fn the_shipped_sets_are_formatted() {
    let run = run(&["fmt", "--check", "rulesets"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn a_file_is_written_in_place_and_its_mistakes_stay_and_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.tieuchi", SLOPPY);
    let first = run(&["fmt", &shown(&path)]);
    assert_eq!((first.code, first.out), (1, format!("{}\n", shown(&path))));
    assert_eq!(fs::read_to_string(&path).unwrap(), NEAT);
    insta::assert_snapshot!("fmt_told_vi", first.err.replace(&shown(folder.path()), "FOLDER"));
    let english = run(&["fmt", &shown(&path), "--lang", "en"]);
    assert_eq!((english.code, english.out.as_str()), (1, ""));
    insta::assert_snapshot!("fmt_told_en", english.err.replace(&shown(folder.path()), "FOLDER"));
}

#[test]
fn check_writes_nothing_and_lists_what_would_change() {
    let folder = tempfile::tempdir().unwrap();
    let loose = write(folder.path(), "b/loose.tieuchi", &SOUND.replace("  năm: 2022", "năm:2022"));
    write(folder.path(), "a/neat.tieuchi", SOUND);
    write(folder.path(), "a/other.txt", SLOPPY);
    let before = fs::read_to_string(&loose).unwrap();
    let root = shown(folder.path());
    let check = run(&["fmt", "--check", &root]);
    assert_eq!((check.code, check.out), (1, format!("{}\n", shown(&loose))));
    assert_eq!(fs::read_to_string(&loose).unwrap(), before);
    assert_eq!(run(&["fmt", &root]).code, 0);
    assert_eq!(fs::read_to_string(&loose).unwrap(), SOUND);
    assert_eq!(run(&["fmt", "--check", &root]).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("a/other.txt")).unwrap(), SLOPPY);
    let left: Vec<_> = fs::read_dir(folder.path().join("b")).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn a_file_goes_to_the_other_language_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.tieuchi", SOUND);
    assert_eq!(run(&["fmt", "--to", "en", &shown(&path)]).code, 0);
    let english = "ruleset a/b \"x\"\n  year: 2022\n\narea 1 \"y\": 9.5 points  # lời\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), english);
    assert_eq!(run(&["fmt", "--to", "vi", &shown(&path)]).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), SOUND);
    fs::write(&path, SLOPPY).unwrap();
    let refused = run(&["fmt", "--to", "en", &shown(&path)]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("không chuyển ngôn ngữ"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), SLOPPY);
}

#[test]
fn a_text_from_stdin_is_printed_and_never_lost() {
    let neat = piped(&["fmt", "-"], SLOPPY);
    assert_eq!((neat.code, neat.out.as_str()), (1, NEAT));
    let sound = piped(&["fmt", "-"], SOUND);
    assert_eq!((sound.code, sound.out.as_str(), sound.err.as_str()), (0, SOUND, ""));
    let refused = piped(&["fmt", "-", "--to", "en"], SLOPPY);
    assert_eq!((refused.code, refused.out.as_str()), (1, SLOPPY));
    let check = piped(&["fmt", "--check", "-"], SLOPPY);
    assert_eq!((check.code, check.out.as_str()), (1, "-\n"));
    assert_eq!(run(&["fmt", "-", "a"]).code, 2);
    assert_eq!(run(&["fmt", "--stdout", "--check", "a"]).code, 2);
    assert_eq!(run(&["fmt", "--stdout", "rulesets"]).code, 2);
    let desk = run(&["fmt", "--stdout", super::DESK]);
    assert_eq!((desk.code, desk.out), (0, fs::read_to_string(super::DESK).unwrap()));
}

#[test]
fn json_names_each_file_and_the_lines_that_stay() {
    let json = piped(&["fmt", "-", "--json"], SLOPPY);
    let value = json.json("tieuchi/fmt/1");
    let file = &value["files"][0];
    assert_eq!((file["changed"].as_bool(), file["written"].as_bool()), (Some(true), Some(false)));
    assert_eq!(file["kept"][0]["line"], 6);
    assert_eq!(file["kept"][0]["text"], "  thang điểm: 9.5 điểm");
    assert_eq!(file["kept"][0]["findings"][0]["code"], "decimal-mark");
    assert_eq!(file["text"], NEAT);
    insta::assert_snapshot!("fmt_json", json.out);
    let missing = run(&["fmt", "no/such", "--json"]);
    assert_eq!(missing.code, 3);
    assert_eq!(missing.json("tieuchi/fmt/1")["unread"][0]["path"], "no/such");
}

#[test]
fn bytes_that_are_no_text_and_texts_too_large_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tieuchi");
    for bytes in [b"ruleset a/b \"A\"\n year: \xff\n".to_vec(), "# x\n".repeat(1_100_000).into_bytes()] {
        fs::write(&path, &bytes).unwrap();
        assert_eq!(run(&["fmt", &shown(&path)]).code, 1);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_no_link_leads_out_of_the_folder() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let outside = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let loose = SOUND.replace("  năm: 2022", "năm:2022");
    let far = write(outside.path(), "far.tieuchi", &loose);
    let near = write(folder.path(), "near.tieuchi", &loose);
    fs::set_permissions(&near, fs::Permissions::from_mode(0o640)).unwrap();
    let (out, within) = (folder.path().join("out.tieuchi"), folder.path().join("a.tieuchi"));
    symlink(&far, &out).unwrap();
    symlink(&near, &within).unwrap();
    symlink(outside.path(), folder.path().join("far")).unwrap();
    let all = run(&["fmt", &shown(folder.path())]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert!(all.err.contains("liên kết ra ngoài thư mục"), "{}", all.err);
    assert_eq!(fs::read_to_string(&far).unwrap(), loose);
    assert_eq!(fs::read_to_string(&near).unwrap(), SOUND);
    assert_eq!(fs::metadata(&near).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&within).unwrap().is_symlink());
    assert_eq!(run(&["fmt", &shown(&out)]).code, 3);
    fs::write(&near, &loose).unwrap();
    fs::set_permissions(&near, fs::Permissions::from_mode(0o440)).unwrap();
    let refused = run(&["fmt", &shown(&near)]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("chỉ cho đọc"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&near).unwrap(), loose);
}
