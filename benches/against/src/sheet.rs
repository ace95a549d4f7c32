//! The submission, made up from a seed, and the names that its figures go by.

/// Ladders on a rate: 30 % and more gives 0.5, 20 % and more 0.25.
pub const TIERS: usize = 23;
/// Rates with a floor: all gives 1.5, from 80 % in proportion, below nothing.
pub const FLOORS: usize = 22;
/// Checklists of four lines of 0.25.
pub const CHECKLISTS: usize = 27;
/// Survey means of 100, for 2 points.
pub const MEANS: usize = 13;
/// Formulas: 1.5 · (b + c) / a, at most 1.5.
pub const FORMULAS: usize = 5;

/// What a unit states.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// All, done.
    pub tiers: [(i64, i64); TIERS],
    /// All, done.
    pub floors: [(i64, i64); FLOORS],
    /// Which lines hold.
    pub checklists: [[bool; 4]; CHECKLISTS],
    /// In hundredths.
    pub means: [i64; MEANS],
    /// Asked, done, half done.
    pub formulas: [(i64, i64, i64); FORMULAS],
}

/// A figure as the engines take it.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A whole number.
    Count(i64),
    /// Hundredths.
    Hundredths(i64),
    /// Yes or no.
    YesNo(bool),
}

impl Sheet {
    /// The sheet of a seed.
    pub fn new(seed: u64) -> Self {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut draw = |below: i64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as i64 % below
        };
        let mut pair = |least: i64| {
            let all = 1 + draw(400);
            (all, least * all / 100 + draw(all - least * all / 100 + 1))
        };
        let tiers = std::array::from_fn(|_| pair(0));
        let floors = std::array::from_fn(|_| pair(60));
        let checklists = std::array::from_fn(|_| std::array::from_fn(|_| draw(2) == 1));
        let means = std::array::from_fn(|_| draw(10_001));
        let formulas = std::array::from_fn(|_| (1 + draw(300), draw(200), draw(100)));
        Self { tiers, floors, checklists, means, formulas }
    }

    /// Every figure with its name: `t0_a`, `l0_b`, `k0_2`, `m0`, `f0_c`.
    pub fn figures(&self) -> Vec<(String, Value)> {
        let mut figures = Vec::new();
        let mut pair = |of: &str, at: usize, (a, b): (i64, i64)| {
            figures.push((format!("{of}{at}_a"), Value::Count(a)));
            figures.push((format!("{of}{at}_b"), Value::Count(b)));
        };
        self.tiers.iter().enumerate().for_each(|(at, &value)| pair("t", at, value));
        self.floors.iter().enumerate().for_each(|(at, &value)| pair("l", at, value));
        for (at, lines) in self.checklists.iter().enumerate() {
            figures.extend(lines.iter().enumerate().map(|(line, &held)| (format!("k{at}_{line}"), Value::YesNo(held))));
        }
        figures.extend(self.means.iter().enumerate().map(|(at, &mean)| (format!("m{at}"), Value::Hundredths(mean))));
        for (at, &(a, b, c)) in self.formulas.iter().enumerate() {
            let named = [("a", a), ("b", b), ("c", c)];
            figures.extend(named.map(|(name, value)| (format!("f{at}_{name}"), Value::Count(value))));
        }
        figures
    }
}

/// The ninety leaves as expressions; `decimal` writes a number as the engine wants it, `choose` its conditional.
pub fn expressions(decimal: impl Fn(&str) -> String, choose: impl Fn(&str, &str, &str) -> String) -> Vec<String> {
    let d = |text: &str| decimal(text);
    let mut leaves = Vec::new();
    for at in 0..TIERS {
        let rate = format!("t{at}_b / t{at}_a");
        let low = choose(&format!("{rate} >= {}", d("0.2")), &d("0.25"), &d("0"));
        leaves.push(choose(&format!("{rate} >= {}", d("0.3")), &d("0.5"), &low));
    }
    for at in 0..FLOORS {
        let rate = format!("l{at}_b / l{at}_a");
        let low = choose(&format!("{rate} >= {}", d("0.8")), &format!("{} * l{at}_b / l{at}_a", d("1.5")), &d("0"));
        leaves.push(choose(&format!("{rate} >= {}", d("1")), &d("1.5"), &low));
    }
    for at in 0..CHECKLISTS {
        let line = |line: usize| format!("({})", choose(&format!("k{at}_{line}"), &d("0.25"), &d("0")));
        leaves.push([line(0), line(1), line(2), line(3)].join(" + "));
    }
    leaves.extend((0..MEANS).map(|at| format!("{} * m{at} / {}", d("2"), d("100"))));
    for at in 0..FORMULAS {
        let value = format!("{} * (f{at}_b + f{at}_c) / f{at}_a", d("1.5"));
        leaves.push(choose(&format!("{value} > {}", d("1.5")), &d("1.5"), &value));
    }
    leaves
}
