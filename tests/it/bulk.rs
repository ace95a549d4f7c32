//! Rounds of any size: the ranks of `rank`, whatever the number of threads, and no record lost in silence.

use std::io::Cursor;

use proptest::prelude::*;
use tieuchi::analysis::ranking::rank;
use tieuchi::analysis::round::Round;
use tieuchi::analysis::standing::Standing;
use tieuchi::bulk::{self, By, CHUNK, Stream, Told};
use tieuchi::engine::Context;
use tieuchi::language::tree::Track;
use tieuchi::submission::{Gaps, Submission, sample};
use tieuchi::wire;

use crate::quick::{number, stated};
use crate::quick_drawn as drawn;
use crate::support::{Set, set, shipped, shipped_set};

fn sampled(set: &Set, units: u64, gaps: Gaps) -> Vec<Submission> {
    (0..units).map(|number| sample(set.plan.ruleset(), &format!("Đơn vị {number}"), 3, number, gaps)).collect()
}

/// What `rank` says, a line a unit: place, shared, unit, exact share, grade.
fn by_rank(set: &Set, submissions: &[Submission], context: &Context) -> Vec<String> {
    let ruleset = set.plan.ruleset();
    let cards = submissions.iter().map(|submission| set.plan.evaluate(submission, context)).collect();
    let lines = rank(ruleset, cards).rows.into_iter().map(|row| {
        let index = &row.card.index;
        let (share, rounded) = (&index.share, &index.rounded_share);
        format!("{:?} {} {} {share:?} {rounded:?} {:?}", row.place, row.shared, row.card.unit, index.grading.name)
    });
    lines.collect()
}

fn by_place(set: &Set, placed: &[Standing]) -> Vec<String> {
    let ruleset = set.plan.ruleset();
    let lines = placed.iter().map(|standing| {
        let grade = standing.grade.map(|grade| ruleset.grades[usize::from(grade)].name.value.clone());
        let (share, rounded) = (&standing.share, standing.rounded_share(ruleset));
        format!("{:?} {} {} {share:?} {rounded:?} {grade:?}", standing.place, standing.shared, standing.unit)
    });
    lines.collect()
}

fn streamed(set: &Set, context: &Context, stream: Stream, text: &str, threads: usize) -> (bulk::Ranked, Vec<Told>) {
    let mut told = Vec::new();
    let by = By { plan: &set.plan, context, roll: None, threads, chunk: CHUNK };
    let ranked = bulk::rank(by, (stream, Cursor::new(text.as_bytes())), &mut |one| {
        told.push(one);
        Ok(())
    });
    (ranked.unwrap(), told)
}

fn ndjson(set: &Set, submissions: &[Submission]) -> String {
    submissions.iter().map(|submission| wire::to_json_line(set.plan.ruleset(), submission)).collect()
}

fn csv(set: &Set, submissions: &[Submission]) -> Option<String> {
    let ruleset = set.plan.ruleset();
    let rows = submissions.iter().map(|submission| wire::csv_row(ruleset, submission));
    Some(std::iter::once(wire::csv_header(ruleset)?).chain(rows).collect())
}

#[test]
fn every_shipped_set_is_ranked_in_bulk_as_by_rank() {
    let mut quick = 0;
    for (path, text) in shipped() {
        if text.contains("khung: ") || text.contains("frame: ") {
            continue;
        }
        let set = set(&path.display().to_string(), &text);
        for gaps in [Gaps::None, Gaps::Few] {
            let (mut context, submissions) = (Context::default(), sampled(&set, 12, gaps));
            // What a file cannot say of a made-up sheet is no part of it.
            let text = ndjson(&set, &submissions);
            let read = set.submissions("thử.json", &format!("[{}]", text.trim_end().replace('\n', ",")));
            if set.plan.compares_units() {
                context.cohort = Some(set.plan.cohort(&read, &context));
            }
            let (ranked, told) = streamed(&set, &context, Stream::Ndjson, &text, 2);
            assert!(told.iter().flat_map(|told| &told.diagnostics).all(|finding| !finding.is_error()), "{told:?}");
            assert_eq!(by_place(&set, &ranked.placed), by_rank(&set, &read, &context), "{}", path.display());
            quick += ranked.records - ranked.at_length;
        }
    }
    println!("{quick} records of shipped sets went straight into words");
}

#[test]
fn ninety_leaves_go_straight_into_words_and_are_ranked_as_by_rank() {
    let text = std::fs::read_to_string(crate::support::root().join("benches/submission.tieuchi")).unwrap();
    let set = set("submission.tieuchi", &text);
    let submissions = sampled(&set, 200, Gaps::None);
    let (context, table) = (Context::default(), csv(&set, &submissions).unwrap());
    let expected = by_rank(&set, &submissions, &context);
    for (stream, text) in [(Stream::Ndjson, ndjson(&set, &submissions)), (Stream::Csv, table)] {
        let (ranked, told) = streamed(&set, &context, stream, &text, 2);
        assert!(told.is_empty(), "{told:?}");
        assert_eq!((ranked.records, ranked.at_length), (200, 0));
        assert_eq!(by_place(&set, &ranked.placed), expected);
    }
    // A figure out of its bounds, a repeated key, a number no JSON has: read at length, told, not ranked.
    let good = wire::to_json_line(set.plan.ruleset(), &submissions[0]);
    for (from, to) in [
        ("\"a\":", "\"a\":0"),
        ("\"a\":", "\"b\":1,\"a\":"),
        ("\"unit\"", "\"unit\":\"x\",\"unit\""),
        ("{\"a\":", "{\"a\":9999999999999999999999,\"c\":"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(good, bad);
        let (ranked, told) = streamed(&set, &context, Stream::Ndjson, &bad, 1);
        assert_eq!((ranked.placed.len(), told.len(), ranked.at_length), (0, 1, 1), "{from} → {to}: {told:?}");
    }
}

#[test]
fn a_table_gives_what_lines_give() {
    let set = shipped_set("example/service-desk/2025.tieuchi");
    let submissions = sampled(&set, 40, Gaps::None);
    let context = Context::default();
    let (lines, _) = streamed(&set, &context, Stream::Ndjson, &ndjson(&set, &submissions), 1);
    let Some(table) = csv(&set, &submissions) else { return };
    let (rows, told) = streamed(&set, &context, Stream::Csv, &table, 3);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(by_place(&set, &rows.placed), by_place(&set, &lines.placed));
}

#[test]
fn neither_ranks_nor_findings_depend_on_the_number_of_threads() {
    let set = shipped_set("vn/par-index/tinh/2022.tieuchi");
    let mut lines: Vec<String> = ndjson(&set, &sampled(&set, 400, Gaps::Few)).lines().map(str::to_owned).collect();
    lines[17] = "{ nothing".to_owned();
    lines[230] = lines[230].replace("\"leaves\"", "\"leafs\"");
    lines[301] = lines[300].clone();
    lines.insert(50, String::new());
    let text = lines.join("\n");
    let shown = |threads| {
        let (ranked, told) = streamed(&set, &Context::default(), Stream::Ndjson, &text, threads);
        let ruleset = set.plan.ruleset();
        let places = wire::Places::new(ruleset);
        let rows: String = ranked.placed.iter().map(|placed| places.json(placed)).collect();
        let errors = told.iter().filter(|told| told.diagnostics.iter().any(tieuchi::diagnostic::Diagnostic::is_error));
        assert_eq!(errors.map(|told| told.line).collect::<Vec<_>>(), [18, 232, 303]);
        assert_eq!((ranked.placed.len(), ranked.records, ranked.lacks), (397, 400, true));
        (rows, format!("{told:?}"))
    };
    let one = shown(1);
    assert_eq!(one, shown(2));
    assert_eq!(one, shown(7));
}

#[test]
fn a_row_says_what_the_questionnaires_stand_on_too() {
    let set = set(
        "thử.tieuchi",
        "bộ tiêu chí thử/nghiệm \"Bộ thử\"
  năm: 2022
  căn cứ: \"01/QĐ-UBND\", ngày 10/01/2022
  nguồn: chính thức, \"Phụ lục I\"
  thang điểm: 1 điểm; điều tra 1 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

phiếu p \"Phiếu hỏi\": ít nhất 1 phiếu
  nguồn: minh họa, \"câu chữ đặt ra\"
  không đủ phiếu: chưa chấm
  phương án: \"Tốt\" 100%; \"Kém\" 0%
  câu c1 \"Hài lòng\"

tiêu chí 1 \"Hài lòng\": 1 điểm, điều tra
  chấm theo phiếu p, câu c1: trung bình
",
    );
    let submissions = sampled(&set, 1, Gaps::None);
    let (ranked, _) = streamed(&set, &Context::default(), Stream::Ndjson, &ndjson(&set, &submissions), 1);
    let places = wire::Places::new(set.plan.ruleset());
    let rows: Vec<String> = ranked.placed.iter().map(|placed| places.csv(placed)).collect();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert!(row.ends_with(",thử/nghiệm,2022,official + illustrative\n"), "{row}");
}

#[test]
fn a_cell_with_a_line_end_and_a_bad_row_are_told_by_their_lines() {
    let set = crate::support::with_header(
        "2 điểm",
        crate::support::USUAL,
        "tiêu chí 1 \"Một\": 2 điểm
  số liệu n \"Số\": số đếm, không quá 10
  chấm theo công thức tối_đa * n / 10",
    );
    let text = "unit,1:n\nA,3\n\"B\nhai\",7\nC,x\nD,11\nE,1,2\nF,10\n";
    let (ranked, told) = streamed(&set, &Context::default(), Stream::Csv, text, 2);
    assert_eq!(told.iter().map(|told| told.line).collect::<Vec<_>>(), [5, 6, 7]);
    let units: Vec<_> = ranked.placed.iter().map(|placed| (placed.place, &*placed.unit)).collect();
    assert_eq!(units, [(Some(1), "F"), (Some(2), "B\nhai"), (Some(3), "A")]);
}

proptest! {
    #[test]
    fn a_round_after_changes_is_the_round_from_scratch(
        leaves in prop::collection::vec(drawn::leaf(), 1..6),
        units in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.95, number()), 13), 2..7),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let set = drawn::set(&leaves);
        let named = |(at, numbers): (usize, &Vec<_>)| Submission { unit: format!("Đơn vị {at}"), ..stated(&set, numbers) };
        let mut submissions: Vec<Submission> = units.iter().enumerate().map(named).collect();
        let mut round = Round::new(set.plan.clone(), Context::default(), submissions.clone());
        for (unit, from, whole) in changes {
            let (unit, from) = (unit.index(submissions.len()), from.index(submissions.len()));
            if whole {
                let changed = Submission { unit: submissions[unit].unit.clone(), ..submissions[from].clone() };
                submissions[unit] = changed.clone();
                round.replace(unit, changed);
            } else {
                let (id, _, _) = set.plan.ruleset().leaves().next().unwrap();
                let entry = submissions[from].leaves[&id][&Track::SelfScore].clone();
                submissions[unit].leaves.get_mut(&id).unwrap().insert(Track::SelfScore, entry.clone());
                round.state(unit, id, Track::SelfScore, Some(entry));
            }
            let anew = by_rank(&set, &submissions, &Context::default());
            prop_assert_eq!(by_place(&set, &round.ranking()), anew);
        }
    }
}

#[test]
fn a_round_under_another_edition_is_the_round_from_scratch() {
    let text = std::fs::read_to_string(crate::support::root().join("benches/submission.tieuchi")).unwrap();
    let changed = text.replacen("50% of maximum", "40% of maximum", 9);
    assert_ne!(text, changed);
    let one = set("submission.tieuchi", &text);
    let submissions = sampled(&one, 12, Gaps::Few);
    let mut round = Round::new(one.plan.clone(), Context::default(), submissions.clone());
    assert_eq!(by_place(&one, &round.ranking()), by_rank(&one, &submissions, &Context::default()));
    let mut sources = tieuchi::diagnostic::SourceMap::new();
    let id = sources.add("2022.tieuchi", changed.as_str());
    let checked = tieuchi::ruleset::check(id, &changed);
    let Some(ruleset) = checked.ruleset else { panic!("{:?}", checked.diagnostics) };
    let other = Set { plan: tieuchi::engine::Plan::compile(ruleset).unwrap(), sources };
    assert!(round.amend(other.plan.clone()));
    assert_eq!(by_place(&other, &round.ranking()), by_rank(&other, &submissions, &Context::default()));
    // A narrower limit may refuse what a submission states: those have to be read again.
    let narrower = with_limit("từ 1 đến hết 9");
    let mut round = Round::new(with_limit("từ 1 đến hết 10").plan, Context::default(), Vec::new());
    assert!(!round.amend(narrower.plan));
    assert!(round.amend(with_limit("từ 1 đến hết 10").plan));
    assert!(!round.amend(shipped_set("example/service-desk/2025.tieuchi").plan));
}

#[test]
fn an_edition_of_a_shipped_set_asks_the_same_wherever_its_lines_stand() {
    let mut compared = 0;
    for (path, text) in shipped() {
        if text.contains("khung: ") || text.contains("frame: ") {
            continue;
        }
        let name = path.to_string_lossy();
        let (one, moved) = (set(&name, &text), set(&name, &format!("# một dòng\n{text}")));
        let mut round = Round::new(one.plan.clone(), Context::default(), sampled(&one, 1, Gaps::Few));
        assert!(round.amend(moved.plan.clone()), "{name}");
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}

fn with_limit(limit: &str) -> Set {
    let leaf = format!(
        "tiêu chí 1 \"Một\": 2 điểm\n  số liệu n \"Số\": số đếm, {limit}\n  chấm theo công thức tối_đa * n / 10"
    );
    crate::support::with_header("2 điểm", crate::support::USUAL, &leaf)
}
