//! Published results: what the shipped tables say, and the checks against tables made up with a known answer.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use tieuchi::analysis::ranking::rank;
use tieuchi::diagnostic::{Colour, Diagnostic, Language, Published, SourceMap, Span, render};
use tieuchi::engine::Context as Around;
use tieuchi::import;
use tieuchi::number::DecimalMark;
use tieuchi::published::{Checked, Fact, Judged, Line, Series, Table, Verdict, Who, check};
use tieuchi::report::published::{Index, overview, unit, year};

use crate::support::{root, shipped_set, shipped_text, walk};

fn read(text: &str, of: u16) -> (Table, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let id = sources.add("bảng.csv", text);
    import::published(id, text, of)
}

/// A table, every finding a failure.
fn table(text: &str, of: u16) -> Table {
    let mut sources = SourceMap::new();
    let id = sources.add("bảng.csv", text);
    let (table, findings) = import::published(id, text, of);
    assert!(findings.is_empty(), "{}", render(&findings, &sources, Language::Vietnamese, Colour::Never));
    table
}

/// The tables of a shipped index.
fn series(index: &str) -> Series {
    let mut files = Vec::new();
    walk(&root().join("rulesets").join(index).join("published"), "csv", &mut files);
    let mut tables = BTreeMap::new();
    for file in files {
        let of: u16 = file.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        tables.insert(of, table(&fs::read_to_string(&file).unwrap(), of));
    }
    Series { index: index.to_owned(), tables }
}

/// One table by itself.
fn alone(text: &str) -> Series {
    Series { index: "thử".to_owned(), tables: BTreeMap::from([(2022, table(text, 2022))]) }
}

fn of<'j, 's>(rounds: &'j [Judged<'s>], year: u16) -> &'j Judged<'s> {
    rounds.iter().find(|round| round.year == year).unwrap()
}

fn about<'j>(round: &'j Judged<'_>, unit: &str, wanted: fn(&Fact) -> bool) -> Vec<&'j Checked> {
    round.facts.iter().filter(|one| one.unit.as_deref() == Some(unit) && wanted(&one.fact)).collect()
}

#[test]
fn the_sums_ranks_and_bands_of_2012_come_out_and_the_other_page_is_shown() {
    let series = series("vn/par-index/tinh");
    let rounds = check(&series);
    let round = of(&rounds, 2012);
    let count = |wanted: fn(&Fact) -> bool, verdict| {
        round.facts.iter().filter(|one| wanted(&one.fact) && one.verdict == verdict).count()
    };
    assert_eq!(count(|fact| matches!(fact, Fact::Sum { .. }), Verdict::Agrees), 19);
    // All nineteen of the first group are there, so every rank is certain and not only possible.
    assert_eq!(count(|fact| matches!(fact, Fact::Rank { .. }), Verdict::Agrees), 19);
    assert_eq!(count(|fact| matches!(fact, Fact::Band { .. }), Verdict::Agrees), 19);
    assert_eq!(count(|fact| matches!(fact, Fact::Order { units: 17, .. }), Verdict::Agrees), 1, "two have two scores");
    assert_eq!(count(|fact| matches!(fact, Fact::Counts { sum: 63, .. }), Verdict::Agrees), 1);
    for (unit, printed) in [("Đà Nẵng", "87.14"), ("Hà Nội", "82.79")] {
        let sums = about(round, unit, |fact| matches!(fact, Fact::Sum { .. }));
        let bad: Vec<_> = sums.iter().filter(|one| one.verdict == Verdict::Disagrees).collect();
        assert_eq!(bad.len(), 1);
        let Fact::Sum { printed: found, .. } = &bad[0].fact else { panic!() };
        assert_eq!(found.text(DecimalMark::Point), printed);
        assert_eq!(about(round, unit, |fact| matches!(fact, Fact::Conflict { .. })).len(), 1);
    }
}

#[test]
fn whatever_two_sources_print_differently_is_told() {
    let one = table(
        "unit,score,rank,of,change,places,source\nA,90.00,1,3,+1.32,+2,x\nA,90.0,1,4,+1.23,+3,y\nB,80.00,2,3,+1.0,,x\nB,80.00,2,3,+1.01,,y\n",
        2022,
    );
    let series = Series { index: "thu".to_owned(), tables: [(2022, one.clone())].into() };
    let rounds = check(&series);
    let told = of(&rounds, 2022);
    let conflicts = |unit: &str| {
        let found = about(told, unit, |fact| matches!(fact, Fact::Conflict { .. }));
        found.iter().map(|one| format!("{:?}", one.fact)).collect::<Vec<_>>()
    };
    let of_a = conflicts("A");
    assert_eq!(of_a.len(), 3, "{of_a:?}");
    for what in ["Of", "Change(None)", "Places"] {
        assert!(of_a.iter().any(|one| one.contains(&format!("what: {what},"))), "{what} in {of_a:?}");
    }
    // A number with more digits is no other one.
    assert!(conflicts("B").is_empty(), "{:?}", conflicts("B"));
}

#[test]
fn the_published_rows_of_2012_are_what_the_ruleset_ranks() {
    let set = shipped_set("vn/par-index/tinh/2012.tieuchi");
    let text = shipped_text("vn/par-index/tinh/examples/2012/hang.csv");
    let sheets = set.submissions("hang.csv", &text);
    let cards = sheets.iter().map(|one| set.plan.evaluate(one, &Around::default())).collect();
    let ranking = rank(set.plan.ruleset(), cards);
    let series = series("vn/par-index/tinh");
    let published: Vec<(String, usize, String)> = series.tables[&2012]
        .lines
        .iter()
        .filter_map(|line| match (&line.who, line.rank, &line.score) {
            (Who::Unit(name), Some(rank), Some(score)) => Some((name.clone(), rank, score.text(DecimalMark::Point))),
            _ => None,
        })
        .collect();
    let scored: Vec<(String, usize, String)> = ranking
        .rows
        .iter()
        .map(|row| (row.card.unit.clone(), row.place.unwrap(), row.card.index.total.rounded.exact(DecimalMark::Point)))
        .collect();
    assert_eq!(published, scored);
}

#[test]
fn the_bands_of_2020_to_2024_follow_from_the_scores() {
    let series = series("vn/par-index/tinh");
    let rounds = check(&series);
    // Worked out by hand from the cuts, A from 90, B from 80, C from 70 (domain file, B.4).
    for (of_year, unit, band) in [
        (2020, "Quảng Ninh", "A"),
        (2020, "Thừa Thiên Huế", "B"),
        (2020, "Quảng Ngãi", "C"),
        (2021, "Đà Nẵng", "A"),
        (2021, "Sơn La", "B"),
        (2021, "Hòa Bình", "B"),
        (2021, "Kiên Giang", "C"),
        (2022, "Hải Phòng", "A"),
        (2022, "Hà Nội", "B"),
        (2022, "Đồng Nai", "B"),
        (2022, "Phú Yên", "C"),
        (2024, "Hà Nội", "A"),
        (2024, "Đồng Nai", "A"),
        (2024, "Sơn La", "A"),
        (2024, "Ninh Thuận", "B"),
    ] {
        let round = of(&rounds, of_year);
        let found = about(round, unit, |fact| matches!(fact, Fact::Band { .. }));
        assert_eq!(found.len(), 1, "{unit} {of_year}");
        let Fact::Band { by_score, by_rank, .. } = &found[0].fact else { panic!() };
        assert_eq!((by_score.as_deref(), by_rank.as_deref()), (Some(band), Some(band)), "{unit} {of_year}");
        assert_eq!(found[0].verdict, Verdict::Agrees);
    }
    for of_year in [2020, 2021, 2022, 2024] {
        let counts = of(&rounds, of_year).facts.iter().filter(|one| matches!(one.fact, Fact::Counts { sum: 63, .. }));
        assert_eq!(counts.filter(|one| one.verdict == Verdict::Agrees).count(), 1);
    }
}

#[test]
fn hoa_binh_rose_28_places_to_25_and_its_page_contradicts_itself() {
    let series = series("vn/par-index/tinh");
    let rounds = check(&series);
    let round = of(&rounds, 2021);
    let places = about(round, "Hòa Bình", |fact| matches!(fact, Fact::Places { .. }));
    let Fact::Places { printed: 28, now: Some(25), before: None, follows: Some(53), since: 2020 } = places[0].fact
    else {
        panic!("{places:?}")
    };
    // 87,06 and 5,4 less than the year before makes 92,46, which only the first could have had in 2020.
    let earlier = about(round, "Hòa Bình", |fact| matches!(fact, Fact::Earlier { .. }));
    let Fact::Earlier { rank: 53, least: 1, most: Some(1), score, .. } = &earlier[0].fact else {
        panic!("{earlier:?}")
    };
    assert_eq!(score.text(DecimalMark::Comma), "92,46");
    assert_eq!(earlier[0].verdict, Verdict::Disagrees);
}

#[test]
fn a_rank_that_follows_from_places_lost_makes_the_equal_pair_of_2021() {
    let series = series("vn/par-index/tinh");
    let rounds = check(&series);
    let equal: Vec<_> = of(&rounds, 2021).facts.iter().filter(|one| matches!(one.fact, Fact::Equal { .. })).collect();
    let Fact::Equal { first, second, printed } = &equal[0].fact else { panic!() };
    assert_eq!((first.0.as_str(), first.1, second.0.as_str(), second.1), ("Sơn La", 15, "Bà Rịa - Vũng Tàu", 16));
    assert_eq!(printed.text(DecimalMark::Comma), "87,61");
    let change = about(of(&rounds, 2021), "Bà Rịa - Vũng Tàu", |fact| matches!(fact, Fact::Change { .. }));
    assert_eq!(change[0].verdict, Verdict::Agrees, "86,02 + 1,59 = 87,61");
}

#[test]
fn differences_of_hanoi_2024_speak_for_two_values() {
    let series = series("vn/par-index/tinh");
    let rounds = check(&series);
    let changes = about(of(&rounds, 2024), "Hà Nội", |fact| matches!(fact, Fact::Change { .. }));
    let verdicts: Vec<Verdict> = changes.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Disagrees, Verdict::Agrees], "+1,32 since 91,43 and +2,99 since 89,58");
    let above = about(of(&rounds, 2024), "Hà Nội", |fact| matches!(fact, Fact::AboveMean { .. }));
    assert_eq!(above[0].verdict, Verdict::Disagrees, "88,37 + 4,38 is 92,75");
}

#[test]
fn satisfaction_makes_its_points_and_is_not_the_mean_of_its_elements() {
    let series = series("vn/sipas");
    let rounds = check(&series);
    let points = about(of(&rounds, 2021), "Hà Tĩnh", |fact| matches!(fact, Fact::Points { .. }));
    assert_eq!(points[0].verdict, Verdict::Agrees, "91,17% of 10 is 9,117, printed 9,12");
    let elements = of(&rounds, 2023).facts.iter().find(|one| matches!(one.fact, Fact::Elements { .. })).unwrap();
    let Fact::Elements { mean, .. } = &elements.fact else { panic!() };
    assert_eq!(mean.exact(DecimalMark::Point), "82.888");
    assert_eq!(elements.verdict, Verdict::Cannot);
}

#[test]
fn every_shipped_table_is_sound_and_its_views_read_as_they_did() {
    let mut files = Vec::new();
    walk(&root().join("rulesets"), "csv", &mut files);
    files.retain(|file| file.parent().unwrap().ends_with("published"));
    assert!(files.len() > 30);
    for file in &files {
        let of: u16 = file.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        let lines = table(&fs::read_to_string(file).unwrap(), of).lines;
        assert!(lines.iter().all(|line: &Line| !line.source.is_empty()), "{file:?}");
    }
    let (provinces, satisfaction) = (series("vn/par-index/tinh"), series("vn/sipas"));
    let indices = [&provinces, &satisfaction].map(|one| Index { name: &one.index, rounds: check(one) });
    insta::assert_snapshot!("overview", overview(&indices, false, Language::Vietnamese));
    insta::assert_snapshot!("overview_in_english", overview(&indices, false, Language::English));
    insta::assert_snapshot!("year_2021", year(&indices, 2021, false, Language::Vietnamese));
    insta::assert_snapshot!("year_2012_all_in_english", year(&indices, 2012, true, Language::English));
    insta::assert_snapshot!("year_2023", year(&indices, 2023, false, Language::Vietnamese));
    insta::assert_snapshot!("unit_hanoi_all", unit(&indices, "Ha Noi", true, Language::Vietnamese).unwrap());
    assert!(unit(&indices, "Xứ Đâu", false, Language::Vietnamese).is_none());
}

/// A table, and the fact that it gets wrong.
type Case = (&'static str, fn(&Fact) -> bool);

#[test]
fn what_contradicts_itself_is_told() {
    let cases: &[Case] = &[
        ("đơn vị,chỉ số,phần a,phần b,nguồn\nA,10.3,4.5,5.6,s\n", |fact| {
            matches!(fact, Fact::Sum { .. })
        }),
        ("đơn vị,chỉ số,hạng,nguồn\nA,90,2,s\nB,80,1,s\n", |fact| matches!(fact, Fact::Order { .. })),
        ("đơn vị,chỉ số,hạng,trên,nguồn\nA,90,3,2,s\nB,80,2,2,s\n", |fact| {
            matches!(fact, Fact::Rank { .. })
        }),
        (
            "đơn vị,chỉ số,nhóm,mức,nguồn\nA,90,B,,s\n(nhóm A),,,từ 90,s\n(nhóm B),,,từ 80,s\n",
            |fact| matches!(fact, Fact::Band { .. }),
        ),
        ("đơn vị,số đơn vị,nguồn\n(số đơn vị),4,s\n(nhóm A),3,s\n(nhóm B),2,s\n", |fact| {
            matches!(fact, Fact::Counts { .. })
        }),
        ("đơn vị,số đơn vị,tỷ lệ,nguồn\n(số đơn vị),4,,s\n(nhóm A),3,70,s\n", |fact| {
            matches!(fact, Fact::Share { .. })
        }),
        (
            "đơn vị,chỉ số,số đơn vị,nguồn\n(số đơn vị),,2,s\nA,90,,s\nB,80,,s\n(trung bình),84,,s\n",
            |fact| matches!(fact, Fact::Mean { .. }),
        ),
        (
            "đơn vị,số đơn vị,nguồn\n(số đơn vị),4,s\n(tăng điểm),3,s\n(giảm điểm),2,s\n",
            |fact| matches!(fact, Fact::Moved { .. }),
        ),
        ("đơn vị,chỉ số,điểm trên 10,nguồn\nA,91.17,9.11,s\n", |fact| {
            matches!(fact, Fact::Points { .. })
        }),
        ("đơn vị,hạng,tăng bậc,trên,nguồn\nA,1,-1,63,s\n", |fact| matches!(fact, Fact::Places { .. })),
        ("đơn vị,tăng điểm,nguồn\nA,+3,s\n(tăng nhiều nhất),+2,s\n", |fact| {
            matches!(fact, Fact::Extreme { .. })
        }),
    ];
    for (text, wanted) in cases {
        let series = alone(text);
        let rounds = check(&series);
        let found = rounds[0].facts.iter().any(|one| wanted(&one.fact) && one.verdict == Verdict::Disagrees);
        assert!(found, "{text}\n{:#?}", rounds[0].facts);
    }
}

#[test]
fn parts_rounded_one_by_one_do_not_contradict_their_sum() {
    for (score, verdict) in [("10.02", Verdict::Agrees), ("10.03", Verdict::Consistent), ("10.04", Verdict::Disagrees)]
    {
        let series = alone(&format!("đơn vị,chỉ số,phần a,phần b,nguồn\nA,{score},4.51,5.51,s\n"));
        assert_eq!(check(&series)[0].facts[0].verdict, verdict, "{score}");
    }
}

#[test]
fn blocks_are_ranked_by_themselves() {
    let series = alone("đơn vị,khối,chỉ số,hạng,trên,nguồn\nA,sở,90,1,1,s\nB,huyện,95,1,1,s\n");
    let rounds = check(&series);
    assert_eq!(rounds.iter().map(|round| round.block).collect::<Vec<_>>(), [Some("sở"), Some("huyện")]);
    assert!(rounds.iter().all(|round| round.with(Verdict::Disagrees).next().is_none()));
}

#[test]
fn every_mistake_in_a_table_is_told_at_its_cell() {
    let text = "đơn vị;chỉ số;hạng;tăng bậc;tăng điểm;mức;độ tin;nguồn\nA;87.06;1;;;;;s\nB;87,06;0;+x;+1 năm 2020;90;chắc;s\n;90;;;;;;s\n";
    let (found, findings) = read(text, 2022);
    assert!(found.lines.is_empty());
    let mut sources = SourceMap::new();
    sources.add("bảng.csv", text);
    insta::assert_snapshot!("mistakes", render(&findings, &sources, Language::Vietnamese, Colour::Never));
    insta::assert_snapshot!("mistakes_in_english", render(&findings, &sources, Language::English, Colour::Never));
}

#[test]
fn both_languages_and_both_marks_read_the_same() {
    let comma = table(
        "đơn vị;chỉ số;hạng;trên;tăng điểm;mức;độ tin;nguồn\nA;87,06;1;2;+1,5 từ 2020;;cao;s\n(nhóm A);;;;;trên 80;thấp;s\n",
        2022,
    );
    let point = table(
        "unit,score,rank,of,change,cut,confidence,source\nA,87.06,1,2,+1.5 since 2020,,high,s\n(band A),,,,,above 80,low,s\n",
        2022,
    );
    let bare =
        |table: Table| table.lines.into_iter().map(|line| Line { span: Span::default(), ..line }).collect::<Vec<_>>();
    assert_eq!(bare(comma), bare(point));
}

#[test]
fn the_tables_of_every_page_raise_what_it_says() {
    let mut wrong = Vec::new();
    for entry in Published::ENTRIES.iter().filter(|entry| entry.code != "published-year") {
        let page = fs::read_to_string(root().join(format!("docs/diagnostics/{}.md", entry.code))).unwrap();
        let fences: Vec<&str> = page.split("```csv\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        assert_eq!(fences.len(), 4, "{}", entry.code);
        for (at, fence) in fences.iter().enumerate() {
            let found: Vec<&str> = read(fence, 2022).1.iter().map(Diagnostic::code).collect();
            let expected: &[&str] = if at % 2 == 0 { &[entry.code] } else { &[] };
            if found != expected {
                wrong.push(format!("{}: fence {at} raises {found:?}", entry.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A whole table with the ranks and the mean worked out here, in whole hundredths.
fn whole(hundredths: &[u32]) -> (String, Vec<usize>) {
    let ranks: Vec<usize> =
        hundredths.iter().map(|own| 1 + hundredths.iter().filter(|other| *other > own).count()).collect();
    let mut text = String::from("unit,score,rank,of,source\n");
    for (at, (score, rank)) in hundredths.iter().zip(&ranks).enumerate() {
        let of = hundredths.len();
        text.push_str(&format!("U{at},{}.{:02},{rank},{of},s\n", score / 100, score % 100));
    }
    // The mean to two digits, half up: whole numbers only.
    let count = u32::try_from(hundredths.len()).unwrap();
    let mean = (2 * hundredths.iter().sum::<u32>() + count) / (2 * count);
    text.push_str(&format!("(mean),{}.{:02},,,s\n", mean / 100, mean % 100));
    (text, ranks)
}

proptest! {
    #[test]
    fn a_whole_table_is_recomputed_and_a_rank_moved_is_found(
        scores in prop::collection::vec(0_u32..10_000, 2..40),
        at in any::<prop::sample::Index>(),
        moved in 1_usize..40,
    ) {
        let (text, ranks) = whole(&scores);
        let series = alone(&text);
        let rounds = check(&series);
        prop_assert_eq!(rounds[0].with(Verdict::Disagrees).count(), 0);
        let distinct = scores.iter().collect::<std::collections::BTreeSet<_>>().len() == scores.len();
        let certain = rounds[0].facts.iter().filter(|one| matches!(one.fact, Fact::Rank { .. }) && one.verdict == Verdict::Agrees);
        prop_assert!(!distinct || certain.count() == scores.len());
        let mean = rounds[0].facts.iter().find(|one| matches!(one.fact, Fact::Mean { .. })).unwrap();
        prop_assert_eq!(mean.verdict, Verdict::Agrees);
        // A rank that no order of equal units allows is refused.
        let at = at.index(scores.len());
        let (least, level) = (ranks[at], scores.iter().filter(|&&score| score == scores[at]).count());
        if !(least..least + level).contains(&moved) {
            let line = format!("U{at},{}.{:02},", scores[at] / 100, scores[at] % 100);
            let wrong = text.replace(&format!("{line}{least},"), &format!("{line}{moved},"));
            let series = alone(&wrong);
            let rounds = check(&series);
            let told = rounds[0].facts.iter().any(|one| matches!(one.fact, Fact::Rank { .. }) && one.verdict == Verdict::Disagrees);
            prop_assert!(told);
        }
    }

    #[test]
    fn hiding_rows_never_contradicts_what_is_left(
        scores in prop::collection::vec(0_u32..10_000, 3..30),
        keep in prop::collection::vec(any::<bool>(), 30),
    ) {
        let (text, _) = whole(&scores);
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.len() - 1;
        let kept = lines.iter().enumerate().filter(|(at, _)| *at == 0 || *at == last || keep[at - 1]).map(|(_, line)| *line);
        let mut partial = kept.collect::<Vec<_>>().join("\n");
        // The size is still printed.
        partial = partial.replacen("unit,score,rank,of,source", "unit,score,rank,of,source,count", 1);
        let rows: Vec<String> = partial.lines().enumerate().map(|(at, line)| if at == 0 { line.to_owned() } else { format!("{line},") }).collect();
        let partial = format!("{}\n(units),,,,s,{}\n", rows.join("\n"), scores.len());
        let series = alone(&partial);
        let rounds = check(&series);
        prop_assert_eq!(rounds[0].with(Verdict::Disagrees).count(), 0, "{}", partial);
    }
}
