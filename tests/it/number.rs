//! Numbers: reference cases, and every operation beside an oracle that knows only big integers.

use std::hash::{DefaultHasher, Hash, Hasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tieuchi::number::DecimalMark::{Comma, Point};
use tieuchi::number::{ParseNumberError, Points, Ratio, Rounding};

fn ratio(n: i128, d: i128) -> Ratio {
    Ratio::new(n, d).unwrap()
}

fn read(text: &str) -> Ratio {
    Ratio::parse_decimal(text).unwrap()
}

fn hash(value: &Ratio) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn thirds_add_up_to_one() {
    let third = ratio(1, 3);
    assert_eq!(&(&third + &third) + &third, Ratio::ONE);
    assert_eq!([&third; 3].into_iter().sum::<Ratio>(), Ratio::ONE);
    let points = Points::new(third);
    let total: Points = [&points; 3].into_iter().sum();
    assert_eq!(total, Points::new(Ratio::ONE));
}

#[test]
fn five_of_twenty_four_times_three_rounds_up() {
    let points = Points::new(Ratio::from(3)).scale(&ratio(5, 24));
    assert_eq!(points.exact(Comma), "0,625");
    assert_eq!(points.fixed(2, Comma), "0,63");
    let rounding = Rounding::new(2).unwrap();
    assert_eq!(rounding.apply_points(&points).exact(Point), "0.63");
    assert_eq!(points.share_of(&Points::new(Ratio::from(3))), Some(ratio(5, 24)));
    assert_eq!(points.share_of(&Points::ZERO), None);
}

#[test]
fn a_half_rounds_away_from_zero() {
    for (value, digits, rounded) in [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("3.5", 0, "4"),
        ("0.005", 2, "0.01"),
        ("-0.005", 2, "-0.01"),
        ("0.0049999999999999999999999999999999999999999999", 2, "0"),
        ("89.996", 2, "90"),
        ("1.25", 5, "1.25"),
    ] {
        assert_eq!(read(value).round(digits), read(rounded), "{value}");
    }
}

#[test]
fn fixed_writes_every_digit_and_never_minus_zero() {
    assert_eq!(read("89.996").fixed(2, Comma), "90,00");
    assert_eq!(read("-0.001").fixed(2, Comma), "0,00");
    assert_eq!(read("-0.4").fixed(0, Comma), "0");
    assert_eq!(read("-1.05").fixed(1, Point), "-1.1");
    assert_eq!(read("7").fixed(3, Point), "7.000");
    assert_eq!(ratio(1, 3).fixed(70_000, Point).len(), 70_002);
}

#[test]
fn exact_is_a_decimal_or_a_fraction() {
    assert_eq!(ratio(5, 24).exact(Comma), "5/24");
    assert_eq!(ratio(5, -24).exact(Comma), "-5/24");
    assert_eq!(ratio(-1, 80).exact(Comma), "-0,0125");
    assert_eq!(ratio(600, 6).exact(Comma), "100");
    assert_eq!(Ratio::ZERO.exact(Comma), "0");
    assert!(ratio(3, 80).is_terminating());
    assert!(!ratio(1, 3).is_terminating());
    assert_eq!(format!("{:?} {:?}", ratio(10, 48), ratio(4, 2)), "5/24 2");
}

#[test]
fn percent_says_when_it_is_about() {
    assert_eq!(ratio(1, 8).percent(Comma), "12,5%");
    assert_eq!(ratio(1, 3).percent(Comma), "≈ 33,33%");
    assert_eq!(ratio(-2, 3).percent(Point), "≈ -66.67%");
    assert_eq!(Ratio::ONE.percent(Comma), "100%");
}

#[test]
fn json_numbers_are_read_exactly() {
    assert_eq!(read("0.1"), ratio(1, 10));
    assert_eq!(read("-1.50E+2"), Ratio::from(-150));
    assert_eq!(read("12e-3"), ratio(3, 250));
    assert_eq!(read("-0"), Ratio::ZERO);
    assert_eq!(read("0e100"), Ratio::ZERO);
    assert_eq!(read("1e100"), Ratio::pow10(100));
    // Decimal would round this to 28 digits.
    let long = "0.12345678901234567890123456789012345678901234567890";
    assert_eq!(read(long).exact(Point), long.trim_end_matches('0'));
}

#[test]
fn what_is_not_a_decimal_number_is_refused() {
    use ParseNumberError::{Empty, Exponent, NotANumber, TooLong};
    let refused = |text: &str| Ratio::parse_decimal(text).unwrap_err();
    assert_eq!(refused(""), Empty);
    for text in [
        "-", "+1", "--1", ".5", "5.", "1,5", "1.2.3", "1e", "1e+", "1e1.5", "1e5e5", " 1", "1 ", "1_000", "NaN", "٣",
        "1/2", "0x10", "e5", "1-", "-.5",
    ] {
        assert_eq!(refused(text), NotANumber, "{text}");
    }
    assert!(Ratio::parse_decimal(&"9".repeat(100)).is_ok());
    assert_eq!(refused(&"9".repeat(101)), TooLong);
    assert_eq!(refused(&format!("0.{}", "0".repeat(100))), TooLong);
    assert_eq!(refused("1e101"), Exponent);
    assert_eq!(refused("1e-101"), Exponent);
    assert_eq!(refused("1e99999999999999999999"), Exponent);
}

#[test]
fn a_decimal_comes_out_only_when_nothing_is_lost() {
    assert_eq!(read("1.10").to_decimal(), Some(Decimal::new(11, 1)));
    assert_eq!(ratio(1, 3).to_decimal(), None);
    assert_eq!(read("1e-29").to_decimal(), None);
    assert_eq!(read("1e-28").to_decimal(), Some(Decimal::new(1, 28)));
    assert_eq!(read("1e29").to_decimal(), None);
    assert_eq!(read("12345678901234567890.1234567890123").to_decimal(), None);
    for edge in [Decimal::MAX, Decimal::MIN, Decimal::ZERO] {
        assert_eq!(Ratio::from_decimal(edge).to_decimal(), Some(edge));
    }
}

#[test]
fn a_zero_denominator_is_no_ratio() {
    assert_eq!(Ratio::new(1, 0), None);
    assert_eq!(Ratio::ONE.checked_div(&Ratio::ZERO), None);
}

#[test]
fn the_least_machine_integer_is_a_number_like_any_other() {
    let least = Ratio::from(i128::MIN);
    assert_eq!(least.numerator_text(), i128::MIN.to_string());
    assert_eq!(ratio(i128::MIN, i128::MIN), Ratio::ONE);
    assert_eq!(ratio(2, i128::MIN), ratio(-1, 1 << 126));
    assert_eq!(&Ratio::from(-i128::MAX) - &Ratio::ONE, least);
    assert_eq!((&least + &Ratio::ONE).numerator_text(), (-i128::MAX).to_string());
    assert_eq!(hash(&(&least + &Ratio::ONE)), hash(&Ratio::from(-i128::MAX)));
    assert_eq!(-(-least.clone()), least);
    assert!(least.is_negative() && least < Ratio::from(-i128::MAX));
}

#[test]
fn only_whole_numbers_become_integers() {
    assert_eq!(Ratio::from(i64::MIN).to_i64(), Some(i64::MIN));
    assert_eq!((Ratio::from(u64::MAX)).to_i64(), None);
    assert_eq!(ratio(1, 2).to_i64(), None);
    assert_eq!(Ratio::from(7usize).to_i64(), Some(7));
}

#[test]
fn a_ruleset_rounds_to_at_most_twelve_digits() {
    assert_eq!(Rounding::new(12).map(Rounding::digits), Some(12));
    assert_eq!(Rounding::new(13), None);
    assert_eq!(Rounding::new(1).unwrap().apply(&ratio(1, 4)), ratio(3, 10));
}

/// The same number twice: ours, and one made of big integers only.
#[derive(Clone, Debug)]
struct Pair(Ratio, BigRational);

impl Pair {
    fn agrees(&self) -> bool {
        agree(&self.0, &self.1)
    }
}

fn agree(ours: &Ratio, oracle: &BigRational) -> bool {
    ours.numerator_text() == oracle.numer().to_string() && ours.denominator_text() == oracle.denom().to_string()
}

fn part() -> impl Strategy<Value = i128> {
    prop_oneof![
        4 => -30i128..30,
        2 => any::<i64>().prop_map(i128::from),
        2 => any::<i128>(),
        2 => (0i128..4).prop_map(|less| i128::MAX - less),
        2 => (0i128..4).prop_map(|more| i128::MIN + more),
        1 => (0u32..127).prop_map(|bit| 1 << bit),
        1 => (0u32..38).prop_map(|power| 10i128.pow(power)),
    ]
}

fn small_pair() -> impl Strategy<Value = Pair> {
    (part(), part().prop_filter("a denominator", |d| *d != 0)).prop_map(|(n, d)| {
        let oracle = BigRational::new(BigInt::from(n), BigInt::from(d));
        Pair(ratio(n, d), oracle)
    })
}

/// A ratio, or a product of two, which is often beyond the machine's integers.
fn pair() -> impl Strategy<Value = Pair> {
    prop_oneof![
        2 => small_pair(),
        1 => (small_pair(), small_pair()).prop_map(|(a, b)| Pair(&a.0 * &b.0, a.1 * b.1)),
    ]
}

/// Half away from zero, by integers alone.
fn rounded(value: &BigRational, digits: u32) -> BigRational {
    let scale = BigInt::from(10).pow(digits);
    let (n, d) = (value.numer().abs() * &scale, value.denom().clone());
    let size: BigInt = (n * 2 + &d) / (d * 2);
    let size = if value.is_negative() { -size } else { size };
    BigRational::new(size, scale)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_agrees_with_big_integers(a in pair(), b in pair()) {
        prop_assert!(a.agrees());
        prop_assert!(agree(&(&a.0 + &b.0), &(&a.1 + &b.1)));
        prop_assert!(agree(&(&a.0 - &b.0), &(&a.1 - &b.1)));
        prop_assert!(agree(&(&a.0 * &b.0), &(&a.1 * &b.1)));
        prop_assert!(agree(&-&a.0, &-&a.1));
        prop_assert!(agree(&a.0.abs(), &a.1.abs()));
        match a.0.checked_div(&b.0) {
            Some(quotient) => prop_assert!(agree(&quotient, &(&a.1 / &b.1))),
            None => prop_assert!(b.1.is_zero()),
        }
    }

    #[test]
    fn order_and_signs_agree_with_big_integers(a in pair(), b in pair()) {
        prop_assert_eq!(a.0.cmp(&b.0), a.1.cmp(&b.1));
        prop_assert_eq!(a.0 == b.0, a.1 == b.1);
        prop_assert_eq!(a.0.is_negative(), a.1.is_negative());
        prop_assert_eq!(a.0.is_positive(), a.1.is_positive());
        prop_assert_eq!(a.0.is_zero(), a.1.is_zero());
        prop_assert_eq!(a.0.is_integer(), a.1.is_integer());
    }

    #[test]
    fn rounding_agrees_with_big_integers(a in pair(), digits in 0u32..45) {
        prop_assert!(agree(&a.0.floor(), &a.1.floor()));
        prop_assert!(agree(&a.0.ceil(), &a.1.ceil()));
        prop_assert!(agree(&a.0.round(digits), &rounded(&a.1, digits)));
    }

    #[test]
    fn what_overflowed_comes_back_as_the_same_value(a in pair(), b in pair()) {
        let sum = &(&a.0 + &b.0) - &b.0;
        prop_assert_eq!(&sum, &a.0);
        prop_assert_eq!(hash(&sum), hash(&a.0));
        if let Some(product) = (&a.0 * &b.0).checked_div(&b.0) {
            prop_assert_eq!(&product, &a.0);
            prop_assert_eq!(hash(&product), hash(&a.0));
        }
    }

    #[test]
    fn sums_do_not_depend_on_the_order(terms in prop::collection::vec(pair(), 0..40)) {
        let oracle = terms.iter().fold(BigRational::zero(), |total, term| total + &term.1);
        let there: Ratio = terms.iter().map(|term| &term.0).sum();
        let back: Ratio = terms.iter().rev().map(|term| term.0.clone()).sum();
        prop_assert!(agree(&there, &oracle));
        prop_assert_eq!(hash(&there), hash(&back));
        prop_assert_eq!(there, back);
    }

    #[test]
    fn what_is_written_exactly_reads_back(n in part(), places in 0u32..60) {
        let value = &Ratio::from(n) * &Ratio::ONE.checked_div(&Ratio::pow10(places)).unwrap();
        prop_assert!(value.is_terminating());
        prop_assert_eq!(&Ratio::parse_decimal(&value.exact(Point)).unwrap(), &value);
        prop_assert_eq!(value.exact(Comma), value.exact(Point).replace('.', ","));
        if let Some(decimal) = value.to_decimal() {
            prop_assert_eq!(Ratio::from_decimal(decimal), value);
        }
    }

    #[test]
    fn fixed_is_the_rounded_value(a in pair(), digits in 0u32..8) {
        let text = a.0.fixed(digits, Point);
        let after = text.split_once('.').map_or(0, |(_, after)| after.len());
        prop_assert_eq!(after, digits as usize);
        if text.len() <= 100 {
            prop_assert_eq!(read(&text), a.0.round(digits));
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in "[-+0-9.eE]{0,12}|.{0,12}") {
        let _ = Ratio::parse_decimal(&text);
    }
}
