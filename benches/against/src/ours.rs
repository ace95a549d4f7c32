//! The same leaves as a ruleset.

use std::collections::BTreeMap;
use std::fmt::Write;

use tieuchi::diagnostic::SourceMap;
use tieuchi::engine::quick::{Outcome, Program, Scores};
use tieuchi::engine::{Context, Plan};
use tieuchi::language::tree::Track;
use tieuchi::number::Ratio;
use tieuchi::ruleset::{self, FigureKind};
use tieuchi::submission::{Entry, Stated, Submission, Value as Figure};

use crate::Answers;
use crate::sheet::{CHECKLISTS, FLOORS, FORMULAS, MEANS, Sheet, TIERS, Value};

/// The ruleset's text.
pub fn text() -> String {
    let mut text = String::from(
        "ruleset bench/submission \"Ninety leaves\"
  year: 2025
  source: illustrative, \"for the benchmark\"
  scale: 105 points
  figures missing: unscored
  rounding: index, 2 digits, half up
  ranking: shared, skip, on exact points
",
    );
    let mut code = 0;
    let mut head = |text: &mut String, points: &str| {
        code += 1;
        write!(text, "\ncriterion {code} \"Leaf {code}\": {points}\n").unwrap_or_default();
    };
    let pair = "  data a \"All\": count, at least 1\n  data b \"Done\": count, at most a\n";
    for _ in 0..TIERS {
        head(&mut text, "0.5 points");
        text.push_str(pair);
        text.push_str("  score by rate b / a\n    from 30% up: maximum\n    from 20% to below 30%: 50% of maximum\n    below 20%: 0 points\n  example a = 10; b = 3: maximum\n");
    }
    for _ in 0..FLOORS {
        head(&mut text, "1.5 points");
        text.push_str(pair);
        text.push_str("  score by rate b / a\n    from 100% up: maximum\n    from 80% to below 100%: proportional\n    below 80%: 0 points\n  example a = 10; b = 9: 1.35 points\n");
    }
    for _ in 0..CHECKLISTS {
        head(&mut text, "1 point");
        text.push_str("  score by checklist\n");
        for line in 0..4 {
            writeln!(text, "    met k{line} \"Line {line}\": 0.25 points").unwrap_or_default();
        }
    }
    for _ in 0..MEANS {
        head(&mut text, "2 points");
        text.push_str("  data m \"Mean of 100\": number, from 0 through 100, 2 digits\n  score by formula maximum * m / 100\n");
    }
    for _ in 0..FORMULAS {
        head(&mut text, "1.5 points");
        text.push_str("  data a \"Asked\": count, at least 1\n  data b \"Done\": count\n  data c \"Half done\": count\n  score by formula min(1.5 * (b + c) / a; maximum)\n");
    }
    text
}

/// The set, compiled.
///
/// # Errors
/// The findings, when the text is not sound.
pub fn program() -> Result<Program, String> {
    let text = text();
    let mut sources = SourceMap::new();
    let id = sources.add("bench.tieuchi", text.clone());
    let checked = ruleset::check(id, &text);
    let told = || format!("{:?}", checked.diagnostics);
    let set = checked.ruleset.clone().ok_or_else(told)?;
    let plan = Plan::compile(set).map_err(|finding| format!("{finding:?}"))?;
    Program::compile(&plan).ok_or_else(|| "the set does not compile".to_owned())
}

/// The sheet as a submission.
pub fn submission(program: &Program, sheet: &Sheet) -> Submission {
    let mut figures = sheet.figures().into_iter().map(|(_, value)| value);
    let mut leaves = BTreeMap::new();
    for (id, _, leaf) in program.plan().ruleset().leaves() {
        let mut values = BTreeMap::new();
        for (at, figure) in leaf.figures.iter().enumerate() {
            let value = match (figures.next(), &figure.kind) {
                (Some(Value::Count(count)), _) => Figure::Number(Ratio::from(count)),
                (Some(Value::Hundredths(n)), _) => Figure::Number(Ratio::new(n.into(), 100).unwrap_or_default()),
                (Some(Value::YesNo(answer)), FigureKind::YesNo) => Figure::YesNo(answer),
                _ => continue,
            };
            values.insert(ruleset::meaning::FigureId(at), value);
        }
        let entry = Entry { stated: Stated::Figures(values), evidence: Vec::new(), note: None, explained: None };
        leaves.insert(id, BTreeMap::from([(Track::SelfScore, entry)]));
    }
    Submission { unit: "unit".to_owned(), leaves, ..Submission::default() }
}

/// The answers of the quick way.
///
/// # Errors
/// Why the set cannot score.
pub fn answers(sheet: &Sheet) -> Result<Answers, String> {
    let program = program()?;
    let laid = program.sheet(&submission(&program, sheet), &Context::default());
    let mut scores = Scores::default();
    program.score(&laid, &mut scores);
    let points = |at| match scores.outcome(at) {
        Some(Outcome::Points(points)) => (&points.ratio().round(4) * &Ratio::from(10_000)).to_i64().unwrap_or(i64::MIN),
        _ => i64::MIN,
    };
    Ok((0..scores.len()).map(points).collect())
}
