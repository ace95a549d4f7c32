//! The pages of the register's chapter: their wrong registers and sheets raise their id, their right ones raise nothing.
//!
//! A fence of CSV is a register; a fence of JSON is a sheet of a unit of the register above it, by the ruleset fence
//! above both or a small one of its own.

use std::fs;
use std::path::PathBuf;

use tieuchi::catalogue::{Home, sheets};
use tieuchi::diagnostic::{Diagnostic, Units};

use crate::sheet_pages::fences;
use crate::support::root;

const RULES: &str = "bộ tiêu chí minh-hoa/thu \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 10 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Đã làm\": 10 điểm
  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
";

/// What a register says, and a sheet by it.
fn codes(rules: &str, register: &str, sheet: Option<&str>) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| -> PathBuf {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name)
    };
    let home = Home::File(put("r.tieuchi", rules));
    let sheet = sheet.map(|sheet| put("x.json", sheet));
    let found = sheets(&Vec::from_iter(sheet), &home, &[put("u.csv", register)], &mut |_, _| {});
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    found.findings.iter().map(Diagnostic::code).collect()
}

#[test]
fn the_registers_of_every_page_raise_what_it_says() {
    let mut wrong = Vec::new();
    for entry in Units::ENTRIES {
        let code = entry.code;
        let page = fs::read_to_string(root().join(format!("docs/diagnostics/{code}.md"))).unwrap_or_default();
        let fences = fences(&page);
        let with_sheet = fences.iter().any(|(_, language, _)| language == "json");
        let (mut rules, mut register, mut raised, mut english) = (RULES.to_owned(), String::new(), 0, 0);
        for (heading, language, text) in fences {
            if language.starts_with("tieuchi") {
                rules = text;
                continue;
            }
            let found = match language.as_str() {
                "csv" => {
                    register.clone_from(&text);
                    if with_sheet {
                        continue;
                    }
                    codes(&rules, &register, None)
                }
                _ => codes(&rules, &register, Some(&text)),
            };
            let is_wrong = heading == "Sai" || (heading == "In English" && english == 0);
            english += usize::from(heading == "In English");
            let expected: &[&str] = if is_wrong { &[code] } else { &[] };
            if found != expected {
                wrong.push(format!("{code}: what stands below `{heading}` raises {found:?}"));
            }
            raised += usize::from(is_wrong);
        }
        if raised < 2 {
            wrong.push(format!("{code}: the page shows {raised} wrong registers"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
