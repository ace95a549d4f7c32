//! `completions`, help and usage.

use super::run;

#[test]
fn every_shell_gets_its_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = run(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("tieuchi") && run.out.contains("rank"), "{shell}");
    }
}

#[test]
fn a_wrong_call_ends_with_two_and_says_so_on_stderr() {
    for arguments in [&["rank"][..], &["chấm"], &["completions", "sh"], &["check", "rulesets", "--watch-limit", "1"]]
    {
        let run = run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.out.is_empty() && !run.err.is_empty());
    }
}

#[test]
fn help_tells_the_exit_codes_in_both_languages() {
    let run = run(&["--help"]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("help", run.out);
}
