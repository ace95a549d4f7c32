//! What the grammar would have taken where it stopped, in an official's words.

use super::grammar::Rule;
use super::keyword::Keyword;
use crate::diagnostic::{Both, Language};

/// How many expected things a message lists.
const SHOWN: usize = 6;

/// What the grammar would have taken, in words, most telling first.
pub(super) fn labels(rules: &[Rule]) -> Both {
    let mut vietnamese: Vec<String> = Vec::new();
    let mut english: Vec<String> = Vec::new();
    // Marks first: a missing one is the commonest mistake.
    let (marks, others): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|&&rule| is_mark(rule));
    for rule in marks.into_iter().chain(others) {
        let (in_vietnamese, in_english) = label(rule);
        if !in_vietnamese.is_empty() && !vietnamese.contains(&in_vietnamese) {
            vietnamese.push(in_vietnamese);
            english.push(in_english);
        }
    }
    let join = |mut words: Vec<String>, or: &str, more: &str| {
        if words.is_empty() {
            return more.to_owned();
        }
        if words.len() > SHOWN {
            words.truncate(SHOWN);
            return format!("{}, …", words.join(", "));
        }
        match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
            _ => words.concat(),
        }
    };
    Both::new(
        join(vietnamese, "hoặc", "dấu `:` hoặc phần tiếp theo của câu"),
        join(english, "or", "`:` or the rest of the statement"),
    )
}

fn is_mark(rule: Rule) -> bool {
    matches!(rule, Rule::colon | Rule::semicolon | Rule::comma | Rule::open | Rule::close | Rule::equals)
}

fn label(rule: Rule) -> (String, String) {
    // What may follow any name is no news where a mark is missing.
    if matches!(rule, Rule::kw_of_year_before | Rule::kw_of_year | Rule::kw_in) {
        return (String::new(), String::new());
    }
    if rule == Rule::kw_half_up {
        let only = ("`nửa lên`, cách làm tròn duy nhất có ở đây", "`half up`, the only way of rounding there is");
        return (only.0.to_owned(), only.1.to_owned());
    }
    if let Some(keyword) = Keyword::of_rule(rule) {
        let quoted = |language| format!("`{}`", keyword.canonical(language));
        return (quoted(Language::Vietnamese), quoted(Language::English));
    }
    let (vietnamese, english) = match rule {
        Rule::colon => ("`:`", "`:`"),
        Rule::semicolon => ("`;`", "`;`"),
        Rule::comma => ("`,`", "`,`"),
        Rule::open => ("`(`", "`(`"),
        Rule::close => ("`)`", "`)`"),
        Rule::equals => ("`=`", "`=`"),
        Rule::EOI => ("hết dòng", "the end of the line"),
        Rule::number | Rule::digits => ("một số", "a number"),
        Rule::percent => ("một tỷ lệ có `%`", "a rate with `%`"),
        Rule::points | Rule::signed_points | Rule::exact_points => ("số điểm", "points"),
        Rule::date | Rule::dashed_date => ("một ngày", "a date"),
        Rule::moment | Rule::at_time | Rule::time => {
            ("giờ và ngày như `17:00 ngày 20/10/2021`", "a time and a day such as `17:00 on 20/10/2021`")
        }
        Rule::week_day | Rule::week_days => ("một thứ trong tuần", "a day of the week"),
        Rule::day_range => ("một ngày, hoặc `từ … đến hết …`", "a day, or `from … through …`"),
        Rule::string | Rule::strings => ("chuỗi trong \"…\"", "a text in \"…\""),
        Rule::name | Rule::any_name => ("một tên", "a name"),
        Rule::code => ("một mã", "a code"),
        Rule::path => ("đường dẫn của chỉ số", "the index's path"),
        Rule::phrase => ("một từ", "a word"),
        Rule::award | Rule::effect => ("số điểm được cho", "the points given"),
        Rule::rounding_level => (
            "`chỉ số`, `lĩnh vực` hoặc `từng tiêu chí`, như `chỉ số, 2 chữ số, nửa lên`",
            "`index`, `area` or `each criterion`, as `index, 2 digits, half up`",
        ),
        Rule::edge => ("một dải như `từ 80% đến dưới 100%`", "a band such as `from 80% to below 100%`"),
        Rule::parameter_value => ("một số, một tỷ lệ, số điểm hoặc một ngày", "a number, a rate, points or a date"),
        Rule::threshold => ("một mép", "an edge"),
        Rule::figure_type => ("kiểu số liệu", "the figure's type"),
        Rule::figure_qualifier => ("giới hạn hoặc đơn vị tính", "a bound or a measure"),
        Rule::own_source => ("`nguồn …`", "`source …`"),
        Rule::form_kind => (
            "tên cách chấm (điều kiện, lựa chọn, thời hạn, phiếu, tỷ lệ, số lượng, danh mục, công thức, kịch bản, mẫu)",
            "the form (condition, choice, deadline, survey, rate, count, checklist, formula, script, template)",
        ),
        Rule::step => ("bước của mỗi lần cộng trừ", "the step of each case"),
        Rule::form_qualifier => ("`không đơn điệu` hoặc `liên tục`", "`not monotone` or `continuous`"),
        Rule::head_value => ("điểm tối đa", "the maximum points"),
        Rule::head_qualifier => ("phương pháp, trọng số hoặc mức thấp nhất", "a method, a weight or a floor"),
        Rule::least_answers => {
            ("số phiếu ít nhất, như `ít nhất 30 phiếu`", "how many answers are needed, as `at least 30 answers`")
        }
        Rule::respondents_quality => ("`trọng số` hoặc `ít nhất … phiếu`", "`weight` or `at least … answers`"),
        Rule::weighed => ("một phương án như `\"Tốt\" 100%`", "an option such as `\"Good\" 100%`"),
        Rule::counted => {
            ("một phương án và số người chọn, như `\"A\" 12`", "an option and how many chose it, as `\"A\" 12`")
        }
        Rule::measure => ("`trung bình` hoặc `tỷ lệ chọn \"…\"`", "`mean` or `share choosing \"…\"`"),
        Rule::of_block => ("`khối …`", "`block …`"),
        Rule::given => ("giá trị `tên = …`", "a value `name = …`"),
        Rule::far => {
            ("một số liệu của mục khác như `tổng trong 1.3.1`", "a figure of another head such as `total in 1.3.1`")
        }
        Rule::derived | Rule::prior => {
            ("một giá trị như `vốn của năm trước`", "a value such as `capital of year before`")
        }
        Rule::compared => (
            "`mức tăng`, `chênh lệch`, `chỉ số`, `thứ hạng`, `phân vị` hoặc `khoảng thấp nhất đến cao nhất của`",
            "`growth`, `difference`, `index`, `rank`, `percentile` or `position of`",
        ),
        Rule::base => ("một năm trước đó hoặc một biểu thức", "an earlier year or an expression"),
        Rule::within => ("`trong khối` hoặc `trong cả đợt`", "`within block` or `within round`"),
        Rule::better => ("`càng cao càng tốt` hoặc `càng thấp càng tốt`", "`higher is better` or `lower is better`"),
        Rule::years => ("`từ năm … đến năm …`", "`from year … to year …`"),
        Rule::percentage_points => ("điểm phần trăm", "percentage points"),
        Rule::full_year => ("một năm", "a year"),
        Rule::table_file => ("một bảng như `bảng \"xa.csv\"`", "a table such as `table \"communes.csv\"`"),
        Rule::given_value | Rule::negative => ("một giá trị", "a value"),
        Rule::outcome => ("kết quả phải có", "what must come out"),
        Rule::comparator => ("dấu so sánh", "a comparison sign"),
        Rule::plus | Rule::dash | Rule::times | Rule::over => ("phép tính", "an arithmetic sign"),
        Rule::expression
        | Rule::conjunction
        | Rule::comparison
        | Rule::sum
        | Rule::product
        | Rule::factor
        | Rule::bracket
        | Rule::call => ("một biểu thức", "an expression"),
        Rule::grade => ("một mức xếp loại", "a grade"),
        Rule::basis => {
            ("`theo điểm đã làm tròn` hoặc `theo điểm chưa làm tròn`", "`on rounded points` or `on exact points`")
        }
        Rule::consequence => {
            ("hệ quả (`chưa chấm`, `0 điểm`, `phải giải trình`)", "a consequence (`unscored`, `0 points`, `explain`)")
        }
        Rule::track => ("một bước chấm", "a track"),
        Rule::count => ("một số lượng", "a count"),
        Rule::source_kind => (
            "`chính thức`, `sửa đổi bởi`, `dựng lại` hoặc `minh họa`",
            "`official`, `amended by`, `reconstructed` or `illustrative`",
        ),
        _ => ("", ""),
    };
    (vietnamese.to_owned(), english.to_owned())
}
