//! Tables of rows: beside the sheet or the ruleset that names them, never outside their folder.

use std::fs;
use std::path::Path;

use super::{Run, run};

const RULES: &str = "bộ tiêu chí vn/xa \"Bộ thử\"
  năm: 2022
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 2 điểm
  thiếu số liệu: chưa chấm
  làm tròn: không
  hiển thị: 2 chữ số
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

tiêu chí 1 \"Hồ sơ đúng hạn\": 2 điểm
  danh sách xã \"Các xã\": ít nhất 1
    cột a \"Hồ sơ đã giải quyết\": số đếm, ít nhất 1
    cột b \"Hồ sơ đúng hạn\": số đếm, không quá a
  chấm theo tỷ lệ tổng(xã; b) / tổng(xã; a): tỷ lệ thuận
  ví dụ xã = bảng \"xa.csv\": 1,8 điểm

kiểm thử \"Tỉnh mẫu\"
  cho 1: xã = bảng \"xa.csv\"
  thì 1: 1,8 điểm
";
const TABLE: &str = "tên,Hồ sơ đã giải quyết,b\nXã A,100,90\nXã B,50,45\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("vn/xa/2022.tieuchi", RULES);
        folder.put("vn/xa/xa.csv", TABLE);
        folder
    }

    fn put(&self, name: &str, text: &str) {
        let path = Path::new(self.0.path()).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn at(&self, name: &str) -> String {
        Path::new(self.0.path()).join(name).display().to_string()
    }

    fn score(&self, sheet: &str) -> Run {
        run(&["score", "--ruleset", &self.at("vn/xa/2022.tieuchi"), &self.at(sheet)])
    }
}

fn sheet(table: &str) -> String {
    format!(
        "{{\"unit\": \"A\", \"leaves\": {{\"1\": {{\"self\": {{\"figures\": {{\"xã\": {{\"table\": \"{table}\"}}}}}}}}}}}}"
    )
}

#[test]
fn examples_and_tests_read_a_table_beside_the_ruleset() {
    let folder = Folder::new();
    let checked = run(&["check", &folder.at("vn/xa/2022.tieuchi")]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    folder.put("vn/xa/xa.csv", "tên,a,Hồ sơ đúng hạm\nXã A,100,90\n");
    let checked = run(&["check", &folder.at("vn/xa/2022.tieuchi")]);
    assert_eq!(checked.code, 1);
    let told = format!("{}{}", checked.out, checked.err);
    assert!(told.contains("không hỏi số liệu `Hồ sơ đúng hạm`; có phải là `Hồ sơ đúng hạn`?"), "{told}");
    fs::remove_file(folder.at("vn/xa/xa.csv")).unwrap();
    let checked = run(&["check", &folder.at("vn/xa/2022.tieuchi")]);
    let told = format!("{}{}", checked.out, checked.err);
    assert!(told.contains("không dùng được bảng `xa.csv`: không có tệp này"), "{told}");
}

#[test]
fn a_sheet_names_the_table_that_holds_its_rows() {
    let folder = Folder::new();
    folder.put("hs/a.json", &sheet("bang/xa.csv"));
    folder.put("hs/bang/xa.csv", TABLE);
    let scored = folder.score("hs/a.json");
    assert!(scored.code == 0 && scored.out.contains("1,80"), "{}{}", scored.out, scored.err);
    folder.put("hs/b.csv", "unit;1:xã\nB;bảng bang/xa.csv\n");
    let scored = folder.score("hs/b.csv");
    assert!(scored.code == 0 && scored.out.contains("1,80"), "{}{}", scored.out, scored.err);
    // In a folder of submissions a table that one of them names is none itself.
    let scored = folder.score("hs");
    assert_eq!(scored.code, 0, "{}{}", scored.out, scored.err);
    folder.put("hs/bang/xa.csv", "tên,a,b\nXã A,100,nhiều\n");
    let scored = folder.score("hs/a.json");
    assert!(scored.code == 1 && scored.err.contains("bad-value"), "{}", scored.err);
}

#[test]
fn a_table_outside_the_folder_is_never_opened() {
    let folder = Folder::new();
    folder.put("xa.csv", TABLE);
    for name in ["../xa.csv", "/etc/xa.csv", "bang/../../xa.csv", "khong-co.csv", "a.json"] {
        folder.put("hs/a.json", &sheet(name));
        let scored = folder.score("hs/a.json");
        assert!(scored.code == 1 && scored.err.contains("no-table"), "{name}: {}", scored.err);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.at("xa.csv"), folder.at("hs/link.csv")).unwrap();
        folder.put("hs/a.json", &sheet("link.csv"));
        let scored = folder.score("hs/a.json");
        assert!(scored.code == 1 && scored.err.contains("no-table"), "{}", scored.err);
    }
}
