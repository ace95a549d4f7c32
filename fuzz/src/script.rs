//! A script that is accepted ends, and gives the same twice.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;
use tieuchi::script::{Input, Kind, compile};

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let kinds: BTreeMap<String, Kind> =
        [("a", Kind::Number), ("b", Kind::Number), ("đủ", Kind::YesNo), ("mức", Kind::Text)]
            .map(|(name, kind)| (name.to_owned(), kind))
            .into();
    match compile(source, &kinds) {
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
            }
        }
        Ok(script) => {
            for (a, b, enough, level) in [(0, 0, false, "tốt"), (100, 90, true, "kém"), (3, 7, true, "tốt")] {
                let inputs: BTreeMap<String, Input> = [
                    ("a", Input::Number(Decimal::from(a))),
                    ("b", Input::Number(Decimal::from(b))),
                    ("đủ", Input::YesNo(enough)),
                    ("mức", Input::Text(level.to_owned())),
                ]
                .map(|(name, input)| (name.to_owned(), input))
                .into();
                let (one, other) = (script.run(&inputs, Decimal::ONE), script.run(&inputs, Decimal::ONE));
                assert_eq!(one, other);
            }
        }
    }
});
