//! The shipped registers of units: counts, codes, what took the place of what, and names that ended.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::import;
use tieuchi::language::days;
use tieuchi::unit::{Assessed, NotFound, Register, Unit, UnitId};

use crate::support::{root, walk};

/// Several files are one register.
fn register(names: &[&str]) -> Register {
    let mut sources = SourceMap::new();
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    for name in names {
        let text = fs::read_to_string(root().join("rulesets/vn/units").join(name)).unwrap();
        let id = sources.add(*name, text.clone());
        let (more, found) = import::units(id, &text);
        rows.extend(more);
        findings.extend(found);
    }
    let (register, found) = Register::new(&rows);
    findings.extend(found);
    assert!(findings.is_empty(), "{}", render(&findings, &sources, Language::Vietnamese, Colour::Never));
    register
}

const HANOI: [&str; 2] = ["tinh.csv", "ha-noi.csv"];

fn on(register: &Register, day: i32) -> Vec<(UnitId, &Unit)> {
    register.units().filter(|(_, unit)| unit.valid(day)).collect()
}

fn names(register: &Register, units: &[UnitId]) -> Vec<String> {
    units.iter().map(|&id| register.unit(id).unwrap().name.clone()).collect()
}

fn day(date: i8, month: i8, year: i16) -> i32 {
    days(year, month, date).unwrap()
}

#[test]
fn there_are_63_provinces_and_then_34_that_take_the_place_of_each_once() {
    let register = register(&["tinh.csv"]);
    let (before, after) = (day(30, 6, 2025), day(1, 7, 2025));
    assert_eq!(on(&register, before).len(), 63);
    assert_eq!(on(&register, day(31, 12, 2024)).len(), 63);
    let now = on(&register, after);
    assert_eq!(now.len(), 34);
    let new: Vec<_> = now.iter().filter(|(_, unit)| !unit.valid(before)).collect();
    assert_eq!(new.len(), 23, "the other eleven stay as they were");
    let mut taken: BTreeMap<UnitId, usize> = BTreeMap::new();
    for (_, unit) in &new {
        assert!(unit.succeeds.len() >= 2, "{}", unit.name);
        for &id in &unit.succeeds {
            *taken.entry(id).or_default() += 1;
        }
    }
    for (id, unit) in on(&register, before) {
        let expected = usize::from(!unit.valid(after));
        assert_eq!(taken.get(&id).copied().unwrap_or(0), expected, "{}", unit.name);
    }
    assert!(register.units().all(|(_, unit)| unit.code.as_ref().is_some_and(|code| code.len() == 2)));
    assert!(register.units().all(|(_, unit)| unit.source.is_some()));
}

#[test]
fn codes_are_of_one_unit_on_any_day() {
    {
        let register = register(&["bo.csv", "ha-noi.csv", "tinh.csv"]);
        for at in [day(31, 12, 2024), day(30, 6, 2025), day(1, 7, 2025)] {
            let codes: Vec<&str> = on(&register, at).iter().filter_map(|(_, unit)| unit.code.as_deref()).collect();
            assert_eq!(codes.len(), codes.iter().collect::<BTreeSet<_>>().len());
        }
    }
    // A code goes on to another unit: 15 was Yên Bái and is Lào Cai.
    let register = register(&["tinh.csv"]);
    let name = |at| register.unit(register.find("15", at).unwrap()).unwrap().name.clone();
    assert_eq!((name(day(30, 6, 2025)).as_str(), name(day(1, 7, 2025)).as_str()), ("Yên Bái", "Lào Cai"));
}

#[test]
fn a_city_is_found_however_its_level_is_written_or_left_out() {
    let register = register(&["tinh.csv"]);
    for said in ["TP. Hồ Chí Minh", "TP Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Hồ Chí Minh", "79"] {
        let found = register.find(said, day(31, 12, 2022)).unwrap_or_else(|_| panic!("{said}"));
        assert_eq!(register.unit(found).unwrap().name, "TP. Hồ Chí Minh", "{said}");
    }
    for said in ["Thành phố Hà Nội", "TP. Hà Nội", "Hà Nội"] {
        assert!(register.find(said, day(31, 12, 2022)).is_ok(), "{said}");
    }
    // Several have this name without its level; which one is not guessed.
    let hanoi = self::register(&HANOI);
    assert!(matches!(hanoi.find("Minh Khai", day(31, 12, 2024)), Err(NotFound::Several(_))));
}

#[test]
fn a_name_that_ended_leads_to_its_successor() {
    let register = register(&["tinh.csv"]);
    let end = day(31, 12, 2025);
    for (said, successor) in [
        ("Hòa Bình", "Phú Thọ"),
        ("tỉnh hoa binh", "Phú Thọ"),
        ("Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh"),
        ("Thừa Thiên Huế", "Huế"),
    ] {
        let Err(NotFound::Ended(_, successors)) = register.find(said, end) else { panic!("{said}") };
        assert_eq!(names(&register, &successors), [successor], "{said}");
    }
    // The name stays where the new unit has it; it is another unit all the same.
    let (old, new) = (register.find("Phú Thọ", day(1, 1, 2025)).unwrap(), register.find("Phú Thọ", end).unwrap());
    assert_ne!(old, new);
    let Err(NotFound::Unknown(nearest)) = register.find("Hà Mội", end) else { panic!() };
    assert_eq!(nearest.0.as_deref(), Some("Hà Nội"));
}

#[test]
fn ministries_are_22_then_17_and_five_stand_outside_the_ranking() {
    let register = register(&["bo.csv"]);
    let (before, after) = (day(28, 2, 2025), day(1, 3, 2025));
    let of = |at, wanted| on(&register, at).iter().filter(|(_, unit)| unit.assessed == wanted).count();
    assert_eq!((on(&register, before).len(), on(&register, after).len()), (22, 17));
    assert_eq!((of(before, Assessed::Ranked), of(before, Assessed::NotRanked), of(before, Assessed::No)), (17, 2, 3));
    for (name, assessed) in [
        ("Ủy ban Dân tộc", Assessed::NotRanked),
        ("Thanh tra Chính phủ", Assessed::NotRanked),
        ("Bộ Công an", Assessed::No),
        ("Bộ Quốc phòng", Assessed::No),
        ("Văn phòng Chính phủ", Assessed::No),
    ] {
        let id = register.find(name, before).unwrap();
        assert_eq!(register.unit(id).unwrap().assessed, assessed, "{name}");
    }
    let Err(NotFound::Ended(_, successors)) = register.find("Bộ Giao thông vận tải", after) else { panic!() };
    assert_eq!(names(&register, &successors), ["Bộ Xây dựng"]);
}

#[test]
fn hanoi_has_30_districts_then_none_and_126_communes() {
    let register = register(&HANOI);
    let (before, after) = (day(30, 6, 2025), day(1, 7, 2025));
    let of = |at, block: &str| {
        let units = on(&register, at);
        units.iter().filter(|(_, unit)| unit.block.as_deref() == Some(block)).count()
    };
    assert_eq!((of(before, "huyện"), of(after, "huyện")), (30, 0));
    assert_eq!((of(before, "xã"), of(after, "xã")), (526, 126));
    // 22 departments of the index and the board that was left out in 2023; 15 and one board since March 2025.
    assert_eq!((of(day(1, 1, 2024), "sở"), of(after, "sở")), (23, 16));
    let city = register.find("01", after).unwrap();
    for (id, unit) in register.units().filter(|(_, unit)| unit.block.is_some()) {
        let at = unit.through.unwrap_or(after);
        assert_eq!(register.above(id, at).last(), Some(&city), "{}", unit.name);
        let none_before = unit.block.as_deref() == Some("xã") && unit.from.is_some() && unit.succeeds.is_empty();
        assert!(!none_before, "{} takes the place of nothing", unit.name);
        if unit.block.as_deref() == Some("xã") && !unit.valid(after) {
            assert!(!register.successors(id, after).is_empty(), "{}", unit.name);
        }
    }
    let Err(NotFound::Ended(..)) = register.find("quận Long Biên", after) else { panic!() };
    // The ward that bears the name now is another unit, and nobody else is called so.
    let ward = register.unit(register.find("phuong long bien", after).unwrap()).unwrap();
    assert_eq!((ward.level.as_deref(), ward.code.as_deref().map(str::len)), (Some("phường"), Some(5)));
}

/// A name that is published and stands in no register would be a unit that nobody can look up.
#[test]
fn published_units_stand_in_the_register_of_their_year() {
    let mut missing = Vec::new();
    for (index, name) in
        [("par-index/tinh", "tinh.csv"), ("sipas", "tinh.csv"), ("par-index/bo", "bo.csv"), ("ha-noi", "ha-noi.csv")]
    {
        let register = if name == "ha-noi.csv" { register(&HANOI) } else { register(&[name]) };
        let mut files = Vec::new();
        walk(&root().join("rulesets/vn").join(index), "csv", &mut files);
        files.retain(|file| file.parent().unwrap().ends_with("published"));
        assert!(!files.is_empty());
        for file in files {
            let year: i16 = file.file_stem().unwrap().to_str().unwrap().parse().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            let mut sources = SourceMap::new();
            let id = sources.add("x.csv", text.clone());
            let (table, _) = import::published(id, &text, year.try_into().unwrap());
            for line in table.lines {
                if let tieuchi::published::Who::Unit(unit) = line.who
                    && register.find(&unit, day(31, 12, year)).is_err()
                {
                    missing.push(format!("{index} {year}: {unit}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_unit_called_by_its_initials_is_refused_with_its_name() {
    let (y2024, y2025) = (day(31, 12, 2024), day(31, 12, 2025));
    // Told, not guessed; what several units are called for short is not.
    let register = register(&HANOI);
    for (said, day, found) in [
        ("TPHCM", y2024, Some("TP. Hồ Chí Minh")),
        ("TP.HCM", y2025, Some("TP. Hồ Chí Minh")),
        ("HCM", y2025, Some("TP. Hồ Chí Minh")),
        ("BR-VT", y2024, Some("Bà Rịa - Vũng Tàu")),
        ("brvt", y2025, Some("Bà Rịa - Vũng Tàu")),
        ("TPHP", y2024, Some("Hải Phòng")),
        ("Sở GD&ĐT", y2025, Some("Sở Giáo dục và Đào tạo")),
        ("QN", y2024, None),
        ("X", y2024, None),
    ] {
        let Err(NotFound::Unknown(near)) = register.find(said, day) else { panic!("{said}") };
        assert_eq!(near.0.as_deref(), found, "{said}");
    }
}

#[test]
fn a_name_is_sought_by_its_letters_first_and_found_all_the_same() {
    // What is left out at a glance could not have been near: the nearest of all names as the distance alone has it.
    let names: Vec<String> = register(&HANOI).units().map(|(_, unit)| unit.name.clone()).collect();
    let plain = |name: &str| tieuchi::language::fold(name);
    for (at, name) in names.iter().enumerate() {
        // A letter lost, two exchanged, one doubled.
        let mut letters: Vec<char> = name.chars().collect();
        let place = at % (letters.len() - 1);
        match at % 3 {
            0 => drop(letters.remove(place)),
            1 => letters.swap(place, place + 1),
            _ => letters.insert(place, letters[place]),
        }
        let slip: String = letters.into_iter().collect();
        let wanted = plain(&slip);
        let reach = (wanted.chars().count() / 3).max(1);
        let naive = names
            .iter()
            .map(|name| {
                (strsim::damerau_levenshtein(&wanted, &plain(name)), strsim::damerau_levenshtein(&slip, name), name)
            })
            .filter(|(distance, ..)| *distance <= reach)
            .min_by_key(|(distance, written, _)| (*distance, *written));
        let found = tieuchi::diagnostic::nearest(&slip, names.iter().map(String::as_str), plain);
        assert_eq!(found.0.as_ref(), naive.map(|(.., name)| name), "{slip}");
    }
}
