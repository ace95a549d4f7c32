//! Scripts: what is refused, where, and what a run gives.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

use std::collections::BTreeMap;
use std::str::FromStr;

use proptest::prelude::*;
use rust_decimal::Decimal;
use tieuchi::script::{
    Construct, Failure, FailureKind, Input, Kind, MAX_DEPTH, MAX_LINES, MAX_VARIABLES, Problem, ProblemKind, Script,
    compile,
};

fn figures() -> BTreeMap<String, Kind> {
    [("a", Kind::Number), ("b", Kind::Number), ("số_xã", Kind::Number), ("đạt_chuẩn", Kind::YesNo), ("mức", Kind::Text)]
        .map(|(name, kind)| (name.to_owned(), kind))
        .into()
}

fn inputs(a: &str, b: &str) -> BTreeMap<String, Input> {
    [
        ("a", Input::Number(number(a))),
        ("b", Input::Number(number(b))),
        ("số_xã", Input::Number(number("9"))),
        ("đạt_chuẩn", Input::YesNo(true)),
        ("mức", Input::Text("tốt".to_owned())),
    ]
    .map(|(name, input)| (name.to_owned(), input))
    .into()
}

fn number(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn script(source: &str) -> Script {
    compile(source, &figures()).unwrap_or_else(|problems| panic!("{source}: {problems:?}"))
}

fn value(source: &str) -> String {
    let result = script(source).run(&inputs("100", "90"), number("1.5"));
    result.unwrap_or_else(|failure| panic!("{source}: {failure:?}")).to_string()
}

fn fails(source: &str) -> Failure {
    script(source).run(&inputs("100", "0"), number("1.5")).unwrap_err()
}

fn problems(source: &str) -> Vec<Problem> {
    compile(source, &figures()).map(|_| ()).expect_err(source)
}

/// The only problem of a script, and the text that it points at.
fn problem(source: &str) -> (ProblemKind, &str) {
    let mut all = problems(source);
    assert_eq!(all.len(), 1, "{source}: {all:?}");
    let Problem { kind, range } = all.remove(0);
    (kind, &source[range])
}

fn refused(source: &str) -> (Construct, &str) {
    match problem(source) {
        (ProblemKind::NotAllowed { what }, text) => (what, text),
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn arithmetic_is_decimal() {
    assert_eq!(value("b / a * tối_đa"), "1.35");
    assert_eq!(value("maximum - 0.1 - 0.2"), "1.2");
    assert_eq!(value("let x = 1; x / (a - 97)"), "0.3333333333333333333333333333");
    assert_eq!(value("-b + 100 -5 * 2"), "0");
    assert_eq!(value("let x = 2; x += 3; x *= 4; x -= 2; x /= 9; x"), "2");
    assert_eq!(value("-0 * a"), "0");
}

#[test]
fn whole_literals_are_not_divided() {
    for (source, text) in
        [("1/3 * a", "1/3"), ("a * (1 / 3)", "1 / 3"), ("-1 / 3", "-1 / 3"), ("a + 1 / -(3)", "1 / -(3)")]
    {
        let kind = ProblemKind::WholeDivision { text: text.to_owned() };
        assert_eq!(problem(source), (kind, text));
    }
    assert_eq!(value("1.0 / 4 + a / 4 + 1 / 4.0"), "25.5");
}

#[test]
fn unlike_types_are_not_compared() {
    for (source, text, left, right) in [
        ("if mức == 1 { 1 } else { 0 }", "mức == 1", Kind::Text, Kind::Number),
        ("if a > đạt_chuẩn { 1 } else { 0 }", "a > đạt_chuẩn", Kind::Number, Kind::YesNo),
        ("if a == \"100\" { 1 } else { 0 }", "a == \"100\"", Kind::Number, Kind::Text),
        ("if 1 < a < b { 1 } else { 0 }", "1 < a < b", Kind::YesNo, Kind::Number),
    ] {
        assert_eq!(problem(source), (ProblemKind::UnlikeComparison { left, right }, text));
    }
    let order = |operator: &str, got| ProblemKind::NoOrder { operator: operator.to_owned(), got };
    let source = "if mức < \"tốt\" { 1 } else { 0 }";
    assert_eq!(problem(source).0, order("<", Kind::Text));
    assert_eq!(problem("if có >= đạt_chuẩn { 1 } else { 0 }").0, order(">=", Kind::YesNo));
}

#[test]
fn a_text_is_compared_in_either_unicode_form() {
    assert_eq!(value("if mức == \"tốt\" { 1 } else { 0 }"), "1");
    assert_eq!(value("if mức != \"to\u{302}\u{301}t\" { 1 } else { 0 }"), "0");
    assert_eq!(value("so\u{302}\u{301}_xa\u{303} + 1"), "10");
}

#[test]
fn an_unknown_function_names_the_nearest() {
    for (source, name, nearest) in [
        ("mni(a, b)", "mni", Some("min")),
        ("lam_tron(a, 1)", "lam_tron", Some("làm_tròn")),
        ("nho_nhat(a, b)", "nho_nhat", Some("nhỏ_nhất")),
        ("parse_int(a)", "parse_int", None),
    ] {
        let kind = ProblemKind::UnknownFunction { name: name.to_owned(), nearest: nearest.map(str::to_owned) };
        assert_eq!(problem(source), (kind, name));
    }
}

#[test]
fn what_the_engine_could_call_is_refused() {
    for word in ["eval", "print", "debug", "type_of", "curry", "call", "Fn", "is_def_var", "is_shared"] {
        assert!(compile(&format!("{word}(a)"), &figures()).is_err(), "{word}");
    }
    assert!(compile("sleep(1)", &figures()).is_err());
    assert!(compile("timestamp()", &figures()).is_err());
    assert!(compile("min!(a, b)", &figures()).is_err());
}

#[test]
fn an_undeclared_figure_names_the_nearest() {
    for (source, name, nearest) in [
        ("1 + so_xa", "so_xa", Some("số_xã")),
        ("let tổng = a; tông + 1", "tông", Some("tổng")),
        ("toi_da * 2", "toi_da", Some("tối_đa")),
        ("a + kinh_phí", "kinh_phí", None),
        ("later + 1", "later", None),
    ] {
        let kind = ProblemKind::UndeclaredFigure { name: name.to_owned(), nearest: nearest.map(str::to_owned) };
        assert_eq!(problem(source), (kind, name));
    }
}

#[test]
fn a_half_is_rounded_away_from_zero() {
    for (source, rounded) in [
        ("round(0.125, 2)", "0.13"),
        ("round(2.5, 0)", "3"),
        ("làm_tròn(-2.5, 0)", "-3"),
        ("làm_tròn(0.625, 2)", "0.63"),
        ("round(a, 2)", "100"),
    ] {
        assert_eq!(value(source), rounded, "{source}");
    }
    for digits in ["-1", "0.5", "29", "a"] {
        let failure = fails(&format!("round(1.5, {digits})"));
        assert_eq!(failure.kind, FailureKind::WrongDigits, "{digits}");
    }
}

#[test]
fn the_library_speaks_both_languages() {
    for (source, result) in [
        ("min(a, b)", "90"),
        ("nhỏ_nhất(a, b, 3)", "3"),
        ("max(1, 2, 3, 4, 5, 6, 7, 8)", "8"),
        ("lớn_nhất(-1, -2)", "-1"),
        ("clamp(a, 0, tối_đa)", "1.5"),
        ("kẹp(-a, 0, maximum)", "0"),
        ("share(b, a)", "0.9"),
        ("tỷ_lệ(b, a)", "0.9"),
        ("abs(-b)", "90"),
        ("trị_tuyệt_đối(b - a)", "10"),
        ("if có && đạt_chuẩn || không { 1 } else { 0 }", "1"),
        ("if yes == true && no == false { 1 } else { 0 }", "1"),
    ] {
        assert_eq!(value(source), result, "{source}");
    }
    assert_eq!(fails("clamp(a, 2, 1)").kind, FailureKind::EmptyRange);
}

#[test]
fn a_function_has_its_number_of_arguments() {
    for (source, name, expected, got) in [
        ("min(a)", "min", 2..=8, 1),
        ("lớn_nhất(1, 2, 3, 4, 5, 6, 7, 8, 9)", "lớn_nhất", 2..=8, 9),
        ("round(a)", "round", 2..=2, 1),
        ("clamp(a, b)", "clamp", 3..=3, 2),
        ("abs()", "abs", 1..=1, 0),
    ] {
        // Of too few the bracket is told that closes too soon.
        let closed = (got < *expected.start()).then(|| source.len() - 1..source.len());
        let kind = ProblemKind::WrongArity { name: name.to_owned(), expected, got, closed };
        assert_eq!(problem(source), (kind, name));
    }
}

#[test]
fn operands_have_the_right_type() {
    for (source, of, text, expected, got) in [
        ("a + đạt_chuẩn", "+", "đạt_chuẩn", Kind::Number, Kind::YesNo),
        ("mức + 1", "+", "mức", Kind::Number, Kind::Text),
        ("min(a, mức)", "min", "mức", Kind::Number, Kind::Text),
        ("if a { 1 } else { 0 }", "if", "a", Kind::YesNo, Kind::Number),
        ("if !a { 1 } else { 0 }", "!", "a", Kind::YesNo, Kind::Number),
        ("if a > 1 && b { 1 } else { 0 }", "&&", "b", Kind::YesNo, Kind::Number),
        ("let x = 1; x = a > 1; x", "x", "a > 1", Kind::Number, Kind::YesNo),
        ("let x = 1; x += mức; x", "+=", "mức", Kind::Number, Kind::Text),
    ] {
        let kind = ProblemKind::WrongType { of: of.to_owned(), expected, got };
        assert_eq!(problem(source), (kind, text));
    }
    assert_eq!(problem("if 1 || có { 1 } else { 0 }").0, ProblemKind::NotYesNo);
}

#[test]
fn texts_are_only_compared() {
    let doubling = "let s = \"x\"; s += s; s += s; 1";
    let all = problems(doubling);
    assert_eq!(all[0].kind, ProblemKind::NotAllowed { what: Construct::Text });
    assert_eq!(refused("min(a, \"x\")"), (Construct::Text, "\"x\""));
    assert_eq!(refused("min(a, 'x')").0, Construct::Text);
    assert_eq!(refused("`${a}`").0, Construct::Interpolation);
    assert_eq!(refused("let x = `a${ { } `; 1").0, Construct::Interpolation);
    assert_eq!(refused("if mức == `tốt` { 1 } else { 0 }").0, Construct::Interpolation);
    assert_eq!(problem("mức").0, ProblemKind::ResultNotNumber { got: Kind::Text });
}

#[test]
fn what_is_not_on_the_list_is_refused() {
    for (source, what, text) in [
        ("loop { }", Construct::Loop, "loop"),
        ("while a > 1 { }", Construct::Loop, "while"),
        ("do { } while a > 1", Construct::Loop, "do"),
        ("for i in 0..3 { a }", Construct::Loop, "for"),
        ("switch a { 1 => 2, _ => 3 }", Construct::Switch, "switch"),
        ("let f = |x| x; 1", Construct::Closure, "|"),
        ("fn f(x) { x } 1", Construct::Function, "fn"),
        ("[1, 2]", Construct::List, "["),
        ("try { 1 } catch { 2 }", Construct::TryCatch, "try"),
        ("throw a", Construct::Throw, "throw"),
        ("return a;", Construct::Return, "return"),
        ("const X = 1; X", Construct::Const, "const"),
        ("let x; 1", Construct::EmptyLet, "let"),
        ("a ** 2", Construct::Power, "**"),
        ("a % 2", Construct::Remainder, "%"),
        ("a & 2", Construct::Bits, "&"),
        ("a.b", Construct::Member, "."),
        ("a ?? b", Construct::Coalesce, "??"),
        ("0x10", Construct::NumberForm, "0x10"),
        ("1_000 * a", Construct::NumberForm, "1_000"),
        ("1. + a", Construct::NumberForm, "1."),
        ("0.00000000000000000000000000001", Construct::NumberForm, "0.00000000000000000000000000001"),
        ("min(1,5)", Construct::CommaInNumber, ","),
        ("{ 1 }", Construct::Block, "{"),
    ] {
        let (found, place) = match problems(source).remove(0) {
            Problem { kind: ProblemKind::NotAllowed { what }, range } => (what, &source[range]),
            other => panic!("{source}: {other:?}"),
        };
        assert_eq!((found, place), (what, text), "{source}");
    }
    for source in ["#{a: 1}", "this", "import \"x\" as y; 1", "()", "a in b", "x!", "private fn f() {}"] {
        assert!(compile(source, &figures()).is_err(), "{source}");
    }
}

#[test]
fn every_path_gives_a_number() {
    for source in ["if a > 1 { 1 }", "let x = a;", "", "if a > 1 { 1 } else if b > 1 { 2 }"] {
        let kinds = problems(source).into_iter().map(|problem| problem.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [ProblemKind::NoValue], "{source}");
    }
    assert_eq!(problem("let x = if a > 1 { 1 }; x").0, ProblemKind::NoValue);
    assert_eq!(problem("if a > 1 { } else { 1 }").0, ProblemKind::NoValue);
    assert_eq!(problem("đạt_chuẩn").0, ProblemKind::ResultNotNumber { got: Kind::YesNo });
    let unlike = ProblemKind::UnlikeBranches { left: Kind::Number, right: Kind::YesNo };
    assert_eq!(problem("if a > 1 { 1 } else { có }").0, unlike);
    assert_eq!(value("if a < 1 { 1 } else if b < 1 { 2 } else { 3; }".replace("3;", "3").as_str()), "3");
    assert_eq!(value("let x = 0; if a > 1 { x = 2; } x"), "2");
    assert_eq!(value("let x = if a > 1 { let y = 4; y + 1 } else { 0 }; x;"), "5");
}

#[test]
fn a_value_that_nothing_uses_is_told() {
    assert_eq!(problem("if a > 1 { 0 } b"), (ProblemKind::Discarded, "0"));
    assert_eq!(problem("min(a, b); b"), (ProblemKind::Discarded, "min(a, b)"));
    assert_eq!(problem("let x = 1; x == 2; x"), (ProblemKind::Discarded, "x == 2"));
}

#[test]
fn figures_constants_and_functions_keep_their_meaning() {
    for (source, name) in [
        ("let a = 1; b", "a"),
        ("a = 1; b", "a"),
        ("tối_đa += 1; b", "tối_đa"),
        ("let maximum = 100; b", "maximum"),
        ("let min = 100; b", "min"),
    ] {
        let kind = ProblemKind::Assigned { name: name.to_owned() };
        assert_eq!(problem(source), (kind, name));
    }
    let kind = ProblemKind::Repeated { name: "x".to_owned() };
    assert_eq!(problem("let x = 1; if a > x { let x = 2; } x"), (kind, "x"));
}

#[test]
fn a_range_holds_its_parentheses() {
    let source = "if (a + 1) * (b) == (có) { 1 } else { 0 }";
    assert_eq!(problem(source).1, "(a + 1) * (b) == (có)");
    assert_eq!(problem("kẹp(a, 0, (mức))").1, "mức");
}

#[test]
fn all_problems_are_told_in_order() {
    let source = "let x = min(a);\nlet y = so_xa + 1/3;\nif mức == 1 { y = foo(x); }\nx ** 2";
    let found = problems(source);
    let places = found.iter().map(|problem| &source[problem.range.clone()]);
    assert_eq!(places.collect::<Vec<_>>(), ["min", "so_xa", "1/3", "mức == 1", "foo", "**"]);
}

#[test]
fn the_limits_are_told() {
    let long = "let x = 1;\n".repeat(MAX_LINES) + "a";
    assert_eq!(problem(&long).0, ProblemKind::TooManyLines { limit: MAX_LINES });
    let wide = " ".repeat(5_000) + "a";
    assert!(matches!(problem(&wide).0, ProblemKind::LineTooLong { .. }));
    let lets = |count: usize| (0..count).map(|i| format!("let x{i} = a; ")).collect::<Vec<_>>().concat() + "b";
    assert_eq!(value(&lets(MAX_VARIABLES)), "90");
    let limit = MAX_VARIABLES;
    assert_eq!(problem(&lets(MAX_VARIABLES + 1)).0, ProblemKind::TooManyVariables { limit });
}

#[test]
fn the_depth_is_the_same_in_every_build() {
    let nested = |depth: usize| ["(".repeat(depth), ")".repeat(depth)].join("a");
    assert_eq!(value(&nested(40)), "100");
    let deepest = MAX_DEPTH / 2 - 1;
    assert_eq!(value(&nested(deepest)), "100");
    let limit = MAX_DEPTH;
    assert_eq!(problem(&nested(deepest + 1)).0, ProblemKind::TooDeep { limit });
    assert_eq!(value(&format!("a{}", " + a".repeat(99))), "10000");
    assert_eq!(problem(&format!("a{}", " + a".repeat(200))).0, ProblemKind::TooDeep { limit });
    let signs = "-".repeat(100).replace('-', "- ");
    assert_eq!(value(&(signs + "a")), "100");
    let ifs = ["if a > 1 { ".repeat(150), " } else { 0 }".repeat(150)].join("1");
    assert!(matches!(problem(&ifs).0, ProblemKind::TooDeep { .. }));
}

#[test]
fn the_deepest_script_fits_a_small_stack() {
    let run = || {
        for (open, close) in
            [("(", ")"), ("- ", ""), ("abs(", ")"), ("a + (", ")"), ("if a > 1 { ", " } else { 0 }"), ("1.5 * ", "")]
        {
            for depth in (1..=MAX_DEPTH).rev() {
                let source = [open.repeat(depth), close.repeat(depth)].join("a");
                if let Ok(script) = compile(&source, &figures()) {
                    let _ = script.run(&inputs("2", "1"), number("1"));
                    break;
                }
            }
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn operations_are_limited() {
    let body = "x = x + a; ".repeat(25) + "\n";
    let source = format!("let x = 0;\n{}x", body.repeat(190));
    let failure = fails(&source);
    assert_eq!(failure.kind, FailureKind::TooManyOperations);
    assert!(failure.line > 2);
}

#[test]
fn a_division_by_zero_fails_with_its_line() {
    let zero = |line| Failure { kind: FailureKind::DivisionByZero, line };
    assert_eq!(fails("let x = 1;\n\nlet y = a / b;\nx + y"), zero(3));
    assert_eq!(fails("let x = 1;\nshare(a, b) + x"), zero(2));
    assert_eq!(fails("let x = 1;\n\n\nx /= b; x"), zero(4));
    assert_eq!(value("if a == 0 { 0 } else { b / a }"), "0.9");
}

#[test]
fn an_overflow_fails_with_its_line() {
    let big = "79228162514264337593543950335";
    let source = format!("let x = {big};\nlet y = -x;\ny - x");
    assert_eq!(fails(&source), Failure { kind: FailureKind::Overflow, line: 3 });
}

#[test]
fn a_figure_that_is_read_must_be_stated_and_of_its_kind() {
    let script = script("let x = 1;\nx + a + (if đạt_chuẩn { 1 } else { 2 })");
    let read = script.reads().iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(read, ["a", "đạt_chuẩn"]);
    let mut stated = inputs("1", "2");
    stated.remove("b");
    assert_eq!(script.run(&stated, number("1")).unwrap().to_string(), "3");
    stated.insert("đạt_chuẩn".to_owned(), Input::Number(number("1")));
    let kind = FailureKind::WrongKind { name: "đạt_chuẩn".to_owned(), expected: Kind::YesNo, got: Kind::Number };
    assert_eq!(script.run(&stated, number("1")), Err(Failure { kind, line: 2 }));
    stated.remove("a");
    let kind = FailureKind::MissingFigure { name: "a".to_owned() };
    assert_eq!(script.run(&stated, number("1")), Err(Failure { kind, line: 2 }));
}

#[test]
fn a_figure_may_be_called_by_a_word_that_rhai_reserves() {
    let figures = BTreeMap::from([("case".to_owned(), Kind::Number)]);
    let script = compile("case * 2 // của xã", &figures).unwrap();
    let inputs = BTreeMap::from([("case".to_owned(), Input::Number(number("2")))]);
    assert_eq!(script.run(&inputs, number("1")).unwrap().to_string(), "4");
}

#[test]
fn a_script_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(&script("a"));
    assert_eq!(script("a + 1").source(), "a + 1");
}

fn soup() -> impl Strategy<Value = String> {
    let words = [
        "a",
        "b",
        "số_xã",
        "mức",
        "đạt_chuẩn",
        "tối_đa",
        "x",
        "y",
        "let ",
        "if ",
        " else ",
        "{",
        "}",
        "(",
        ")",
        "+",
        "-",
        "*",
        "/",
        "=",
        "==",
        "<",
        ">=",
        "&&",
        "||",
        "!",
        ";",
        ",",
        "1",
        "0",
        "0.5",
        "\"tốt\"",
        "`",
        "${",
        "'",
        "min(",
        "round(",
        "\n",
        " ",
        "|",
        "[",
        "]",
        "#{",
        "switch ",
        "=>",
        "_",
        "while ",
        "for ",
        " in ",
        "..",
        ".",
        "?.",
        "fn ",
        "/*",
        "*/",
        "//",
        "\\",
        "r#",
        "try ",
        "catch ",
        "const ",
        "return ",
        "throw ",
        "this",
        "eval(",
        "79228162514264337593543950335",
        "+=",
        "/=",
        "!in ",
        "\r",
        "**",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40).prop_map(|words| words.concat())
}

/// Sound scripts, by construction.
fn sound(depth: u32) -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["a", "b", "số_xã", "tối_đa", "2", "0.3", "100"]).prop_map(str::to_owned);
    leaf.prop_recursive(depth, 30, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone(), prop::sample::select(vec!["+", "-", "*", "/"]))
                .prop_map(|(left, right, operator)| format!("({left} {operator} (0 + {right}))")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("min({left}, {right})")),
            inner.clone().prop_map(|number| format!("round({number}, 2)")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("if {a} > {b} {{ {c} }} else {{ {b} }}"))
                .prop_map(|branch| format!("({branch})")),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_that_is_typed_panics(source in prop_oneof![soup(), any::<String>()]) {
        match compile(&source, &figures()) {
            Ok(script) => drop(script.run(&inputs("3", "0"), number("2"))),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
                }
            }
        }
    }

    #[test]
    fn the_same_figures_give_the_same_result(source in sound(4), a in -50i64..50, b in 0i64..50) {
        let (a, b) = (a.to_string(), b.to_string());
        let stated = inputs(&a, &b);
        let once = script(&source).run(&stated, number("2"));
        let again = script(&source).run(&stated, number("2"));
        if let Err(failure) = &once {
            prop_assert!(matches!(failure.kind, FailureKind::DivisionByZero | FailureKind::Overflow), "{:?}", failure);
        }
        prop_assert_eq!(once.map(|number| number.to_string()), again.map(|number| number.to_string()));
    }
}
