//! Scripts of the subset, at random: what they lower to gives what Rhai gives, within the interval that was proved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use tieuchi::engine::Status;
use tieuchi::number::Ratio;
use tieuchi::ruleset::Scoring;
use tieuchi::ruleset::meaning::{Meaning, range};
use tieuchi::script::{Input, Kind, compile};

use crate::support::bounds::Bounds;
use crate::support::{USUAL, findings, with_header};

const FIGURES: &str = "  số liệu a \"A\": số đếm, không quá 200
  số liệu b \"B\": số đếm, không quá a
  số liệu c \"C\": số, từ trừ_mười đến hết 10
  số liệu đủ \"Đủ\": có/không
  số liệu mức \"Mức\": lựa chọn \"tốt\"; \"kém\"
";

fn figures() -> String {
    FIGURES.replace("trừ_mười", "-10")
}

/// Numbers; every division is by a power of two or five, so that decimals are exact.
fn number(names: &'static [&'static str]) -> BoxedStrategy<String> {
    let constant = (0_u32..60, 0_u32..10).prop_map(|(whole, tenths)| format!("{whole}.{tenths}"));
    let leaf = prop_oneof![3 => select(names).prop_map(str::to_owned), 2 => constant.clone()];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            3 => (two.clone(), select(&["+", "-"][..])).prop_map(|((x, y), sign)| format!("({x} {sign} {y})")),
            1 => (inner.clone(), constant.clone()).prop_map(|(x, by)| format!("{x} * {by}")),
            1 => (inner.clone(), select(&["2.0", "4.0", "5.0", "8.0"][..])).prop_map(|(x, by)| format!("({x}) / {by}")),
            1 => inner.clone().prop_map(|x| format!("-({x})")),
            1 => two.clone().prop_map(|(x, y)| format!("min({x}, {y})")),
            1 => two.clone().prop_map(|(x, y)| format!("lớn_nhất({x}, {y})")),
            1 => inner.clone().prop_map(|x| format!("abs({x})")),
            1 => (inner.clone(), 0_u32..3).prop_map(|(x, digits)| format!("làm_tròn({x}, {digits})")),
            1 => inner.clone().prop_map(|x| format!("clamp({x}, 2, 40)")),
            1 => inner.clone().prop_map(|x| format!("share({x}, 8)")),
            2 => (condition(inner.clone()), two).prop_map(|(c, (x, y))| format!("(if {c} {{ {x} }} else {{ {y} }})")),
        ]
    })
    .boxed()
}

fn condition(number: impl Strategy<Value = String> + Clone + 'static) -> BoxedStrategy<String> {
    let compare = (number.clone(), select(&["==", "!=", "<", "<=", ">", ">="][..]), number)
        .prop_map(|(x, sign, y)| format!("{x} {sign} {y}"));
    let leaf = prop_oneof![
        4 => compare,
        1 => select(&["đủ", "!đủ", "đủ == có", "mức == \"tốt\"", "mức != \"kém\""][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        (inner.clone(), select(&["&&", "||"][..]), inner, any::<bool>())
            .prop_map(|(x, sign, y, not)| format!("{}({x} {sign} {y})", if not { "!" } else { "" }))
    })
    .boxed()
}

fn source() -> impl Strategy<Value = String> {
    const FIRST: &[&str] = &["a", "b", "c"];
    const LATER: &[&str] = &["a", "b", "c", "x", "y"];
    let more = || number(LATER);
    let test = || condition(number(LATER));
    let statement = prop_oneof![
        more().prop_map(|n| format!("x = {n};")),
        more().prop_map(|n| format!("y += {n};")),
        (test(), more()).prop_map(|(c, n)| format!("if {c} {{ x = {n}; }}")),
        (test(), more(), more(), more())
            .prop_map(|(c, n, m, k)| format!("if {c} {{ x -= {n}; y = {m}; }} else {{ let t = {k}; y = t; }}")),
        test().prop_map(|c| format!("ok = {c};")),
    ];
    let last = prop_oneof![
        more(),
        (test(), more(), more()).prop_map(|(c, n, m)| format!("if {c} {{ {n} }} else {{ {m} }}")),
        (test(), more(), test(), more(), more()).prop_map(|(c, n, d, m, k)| format!(
            "if {c} {{ {n} }} else if ok && {d} {{ {m} }} else {{ let z = {k}; z + x }}"
        )),
    ];
    let start = (number(FIRST), number(FIRST), condition(number(FIRST)));
    (start, prop::collection::vec(statement, 0..4), last).prop_map(|((x, y, ok), statements, last)| {
        format!("let x = {x};\nlet y = {y};\nlet ok = {ok};\n{}\n{last}", statements.join("\n"))
    })
}

/// Figures within their bounds, as numbers of tenths for `c`.
fn stated() -> impl Strategy<Value = (u32, u32, i32, bool, bool)> {
    (0_u32..=200, any::<prop::sample::Index>(), -100_i32..=100, any::<bool>(), any::<bool>())
        .prop_map(|(a, b, c, enough, good)| (a, u32::try_from(b.index(a as usize + 1)).unwrap(), c, enough, good))
}

#[test]
fn a_lowered_script_gives_what_rhai_gives_within_the_interval_that_is_proved() {
    let kinds: BTreeMap<String, Kind> =
        [("a", Kind::Number), ("b", Kind::Number), ("c", Kind::Number), ("đủ", Kind::YesNo), ("mức", Kind::Text)]
            .map(|(name, kind)| (name.to_owned(), kind))
            .into();
    let mut runner = TestRunner::deterministic();
    // Each case checks a set and scores eight sheets.
    // Fewer would compare nothing: many of the scripts drawn are refused.
    let cases = (Config::default().cases / 2).max(16);
    let (mut tried, mut compared) = (0_u32, 0_u32);
    let maximum = 1_000_000_000_u32;
    while tried < cases {
        tried += 1;
        let source = source().new_tree(&mut runner).unwrap().current();
        let script = compile(&source, &kinds).unwrap_or_else(|problems| panic!("{source}\n{problems:?}"));
        if script.value().is_none() {
            continue;
        }
        let mut body = format!(
            "tiêu chí 1 \"Thử\": {maximum} điểm, thấp nhất trừ {maximum} điểm\n{}  chấm theo kịch bản\n```\n{source}\n```\n",
            figures()
        );
        writeln!(body, "  thấp nhất trừ {maximum} điểm\n  cao nhất tối đa").unwrap();
        let header = format!(
            "bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {maximum} điểm\n  thiếu số liệu: chưa chấm\n{USUAL}\n"
        );
        let refused: Vec<&str> = findings(&format!("{header}{body}"))
            .iter()
            .filter(|finding| finding.is_error())
            .map(tieuchi::diagnostic::Diagnostic::code)
            .collect();
        if !refused.is_empty() {
            // Random conditions often hold always, or never; nothing else may be wrong.
            assert!(refused.iter().all(|code| *code == "constant-condition"), "{source}\n{refused:?}");
            continue;
        }
        let set = with_header(&format!("{maximum} điểm"), USUAL, &body);
        let (_, _, leaf) = set.plan.ruleset().leaves().next().unwrap();
        let Scoring::Declared(_, Meaning::Value { expr, .. }) = &leaf.scoring else { panic!("{source}: not lowered") };
        let proved = range(expr, &Bounds { figures: &leaf.figures, maximum: Ratio::from(maximum) });
        for _ in 0..8 {
            let (a, b, c, enough, good) = stated().new_tree(&mut runner).unwrap().current();
            let tenths = decimal(c);
            let inputs: BTreeMap<String, Input> = [
                ("a", Input::Number(a.into())),
                ("b", Input::Number(b.into())),
                ("c", Input::Number(tenths)),
                ("đủ", Input::YesNo(enough)),
                ("mức", Input::Text(if good { "tốt" } else { "kém" }.to_owned())),
            ]
            .map(|(name, input)| (name.to_owned(), input))
            .into();
            let Ok(by_rhai) = script.run(&inputs, maximum.into()) else { continue };
            let card = set.score(&format!(
                "{{\"1\": {{\"self\": {{\"figures\": {{\"a\": {a}, \"b\": {b}, \"c\": \"{}\", \"đủ\": {enough}, \"mức\": \"{}\"}}}}}}}}",
                tenths,
                if good { "tốt" } else { "kém" }
            ));
            let Status::Scored { exact, .. } = &card.leaves[0].last.status else {
                panic!("{source}\n{:?}", card.leaves[0].last)
            };
            assert_eq!(*exact.ratio(), Ratio::from_decimal(by_rhai), "{source}\na = {a}; b = {b}; c = {tenths}");
            assert!(proved.contains(exact.ratio()), "{source}\n{exact:?} {proved:?}");
            compared += 1;
        }
    }
    assert!(compared > tried, "only {compared} of {tried} scripts times eight were compared");
}

/// So many tenths.
fn decimal(tenths: i32) -> rust_decimal::Decimal {
    rust_decimal::Decimal::new(tenths.into(), 1)
}
