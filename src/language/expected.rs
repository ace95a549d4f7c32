//! A line that the grammar refuses, in an official's words: what was found, what was expected.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::fold::{Shadow, fold};
use super::grammar::Rule;
use super::keyword::{Keyword, Place, RESERVED, level_i};
use super::repair::{self, Change, Repair};
use crate::diagnostic::{Both, Diagnostic, Language, Names, Nearest, Span, Text, nearest};

/// A refused line: its finding, and what it opens with.
pub(super) struct Refused {
    pub(super) finding: Diagnostic,
    /// The keyword that it opens with, or was meant to.
    pub(super) opener: Option<Keyword>,
}

/// The finding for a refused line; `readings` says how many readings may be spent in search of what was meant.
pub(super) fn explain(
    error: &Error<Rule>,
    shadow: &Shadow,
    language: Language,
    (content, offset): (&str, usize),
    readings: &mut usize,
) -> Refused {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let opener = || self::opener(&shadow.text).or_else(|| meant(&shadow.text, language));
    let refused = |finding: Diagnostic| Refused { finding, opener: opener() };
    let known = opens_known(&shadow.text);
    if let Some(end) = band_without_from(&shadow.text).filter(|_| known) {
        return refused(without_from(end, shadow, language, content, offset));
    }
    if let Some(name) = reserved(error, at, shadow, (content, offset)) {
        return refused(name);
    }
    let repair = repair::repair(&shadow.text, at, language, readings);
    // A line that opens as it should is not given another opening, and one that does not is given the one that explains
    // more of its words.
    let (length, nearest) = misspelt(&shadow.text, language);
    let repair = repair.filter(|repair| match &repair.change {
        // Of a word that is merely another one the grammar has to say what may stand there.
        Change::Other if known => (repair.place.start..=repair.place.end).contains(&at),
        Change::Keyword(_) if repair.place.start == 0 && known => keeps_opening(&shadow.text, repair),
        Change::Other => nearest.0.is_none() || repair.place.end > length,
        Change::Keyword(_) if repair.place.start == 0 => nearest.0.is_none() || repair.place.end >= length,
        _ => known || nearest.0.is_none(),
    });
    if let Some(repair) = repair {
        let finding = repairable(&repair, labels(positives(error)), shadow, (content, offset));
        return Refused { finding, opener: self::opener(&repair.line) };
    }
    refused(if known {
        unexpected(error, at, shadow, (content, offset))
    } else {
        unknown_keyword(shadow, language, content, offset)
    })
}

/// Whether a changed line opens with the words that the line opens with, and only a later one is another.
fn keeps_opening(line: &str, repair: &Repair) -> bool {
    let Some(keyword) = opener(line) else { return false };
    let same = line.bytes().zip(repair.line.bytes()).take_while(|(one, other)| one == other).count();
    let spellings = [Language::Vietnamese, Language::English].map(|language| fold(keyword.canonical(language)).len());
    spellings.iter().any(|&length| length <= same) && same < repair.place.end
}

/// The finding for a line that one change makes readable.
///
/// `allowed` is what the grammar would have taken where it stopped.
fn repairable(repair: &Repair, allowed: Both, shadow: &Shadow, (content, offset): (&str, usize)) -> Diagnostic {
    let span = shadow.span(repair.place.start, repair.place.end);
    let start = (span.start as usize).saturating_sub(offset);
    let found = content.get(start..(span.end as usize).saturating_sub(offset)).unwrap_or_default().to_owned();
    match &repair.change {
        Change::Once(first) => {
            let half = shadow.span(repair.place.start, *first);
            let once = content.get(start..(half.end as usize).saturating_sub(offset)).unwrap_or_default().to_owned();
            Diagnostic::new(Text::WrittenTwice { word: once.clone() }, span).fix(span, once)
        }
        Change::Other if repair.place.start == 0 && !opens_known(&shadow.text) => {
            Diagnostic::new(Text::UnknownKeyword { word: found, nearest: Nearest(None) }, span)
        }
        Change::Other => Diagnostic::new(Text::Unexpected { found, expected: allowed }, span),
        Change::Keyword(meant) => match meant.as_slice() {
            [meant] if repair.place.start == 0 => {
                let nearest = Nearest(Some((*meant).to_owned()));
                Diagnostic::new(Text::UnknownKeyword { word: found, nearest }, span).fix(span, *meant)
            }
            [meant] => {
                let expected = Both::same(format!("`{meant}`"));
                Diagnostic::new(Text::Unexpected { found, expected }, span).fix(span, *meant)
            }
            several => Diagnostic::new(Text::Unexpected { found, expected: quoted(several) }, span),
        },
        Change::Sign(signs) => Diagnostic::new(Text::Unexpected { found, expected: quoted(signs) }, span),
    }
}

/// One of these, as they are written.
fn quoted(words: &[&str]) -> Both {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    Both::new(quoted.join(" hoặc "), quoted.join(" or "))
}

/// What the grammar would have taken where it stopped.
fn positives(error: &Error<Rule>) -> &[Rule] {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    }
}

/// The word or sign at which the grammar stopped, if any is left.
fn stopped(at: usize, shadow: &Shadow, (content, offset): (&str, usize)) -> Option<(Span, String)> {
    let rest = shadow.text.get(at..).unwrap_or_default();
    let token = rest.trim_start();
    let start = at + (rest.len() - token.len());
    if token.is_empty() {
        return None;
    }
    let span = shadow.span(start, start + token_length(token));
    let from = (span.start as usize).saturating_sub(offset);
    let found = content.get(from..(span.end as usize).saturating_sub(offset)).unwrap_or_default();
    Some((span, found.to_owned()))
}

/// A reserved word where a name has to stand.
fn reserved(error: &Error<Rule>, at: usize, shadow: &Shadow, line: (&str, usize)) -> Option<Diagnostic> {
    let (span, name) = stopped(at, shadow, line).filter(|_| positives(error) == [Rule::name])?;
    RESERVED.contains(&fold(&name).as_str()).then(|| Diagnostic::new(Names::ReservedName { name }, span))
}

/// The finding for a line that no one change makes readable.
fn unexpected(error: &Error<Rule>, at: usize, shadow: &Shadow, line: (&str, usize)) -> Diagnostic {
    let expected = labels(positives(error));
    let Some((span, found)) = stopped(at, shadow, line) else {
        let end = shadow.text.len();
        return Diagnostic::new(Text::EndsTooSoon { expected }, shadow.span(end, end));
    };
    Diagnostic::new(Text::Unexpected { found, expected }, span)
}

/// One word, one number, one string, or one sign.
pub(super) fn token_length(text: &str) -> usize {
    let first = text.chars().next().unwrap_or(' ');
    if first == '"' {
        return text.get(1..).and_then(|rest| rest.find('"')).map_or(text.len(), |at| at + 2);
    }
    let belongs = |character: char| character.is_ascii_alphanumeric() || "_.,%".contains(character);
    if belongs(first) {
        let end = text.find(|character: char| !belongs(character)).unwrap_or(text.len());
        let word = text.get(..end).unwrap_or(text).trim_end_matches([',', '.']);
        return word.len().max(1);
    }
    first.len_utf8()
}

/// Whether the line begins with words that open a statement, or as a bare band does.
fn opens_known(text: &str) -> bool {
    text.starts_with(['<', '>', '=']) || (is_bare_band(text) || opener(text).is_some())
}

/// Whether a line begins with a number as a band does: `70% - 90%`; a code before a name is a head without its level.
fn is_bare_band(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || ".,".contains(character));
    rest.len() < text.len() && !rest.trim_start().starts_with('"')
}

/// Where the words end of a band that does not say from: `90% trở lên`.
fn band_without_from(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || ".,".contains(character));
    let rest = if rest.len() < text.len() { rest.strip_prefix('%').unwrap_or(rest) } else { return None };
    let words = rest.trim_start();
    let spelling = [Language::Vietnamese, Language::English]
        .into_iter()
        .flat_map(|language| Keyword::Up.spellings(language))
        .map(|spelling| fold(spelling))
        .find(|spelling| starts_with_words(words, spelling))?;
    Some(text.len() - words.len() + spelling.len())
}

fn without_from(end: usize, shadow: &Shadow, language: Language, content: &str, offset: usize) -> Diagnostic {
    let span = shadow.span(0, end);
    let start = (span.start as usize).saturating_sub(offset);
    let word = content.get(start..(span.end as usize).saturating_sub(offset)).unwrap_or_default().to_owned();
    let from = Keyword::From.canonical(language);
    let nearest = Nearest(Some(format!("{from} {word}")));
    let finding = Diagnostic::new(Text::UnknownKeyword { word, nearest }, span);
    finding.fix(Span { end: span.start, ..span }, format!("{from} "))
}

/// The keyword that a folded line opens with; the longest that fits.
pub(super) fn opener(text: &str) -> Option<Keyword> {
    openers()
        .filter(|(_, _, spelling)| starts_with_words(text, spelling))
        .max_by_key(|(_, _, spelling)| spelling.len())
        .map(|(keyword, ..)| keyword)
}

fn openers() -> impl Iterator<Item = (Keyword, Language, String)> {
    Keyword::ALL.iter().filter(|keyword| keyword.place() == Place::Opens).flat_map(|&keyword| {
        [Language::Vietnamese, Language::English].into_iter().flat_map(move |language| {
            keyword.spellings(language).iter().map(move |spelling| (keyword, language, fold(spelling)))
        })
    })
}

fn starts_with_words(text: &str, words: &str) -> bool {
    let count = words.split(' ').count();
    let opening: Vec<&str> = text
        .split(|character: char| !(character.is_ascii_alphanumeric() || "_-/".contains(character)))
        .take(count)
        .collect();
    level_i(&opening.join(" ")) == level_i(words)
}

/// The keyword that a line which opens with none was probably meant to open with.
pub(super) fn meant(text: &str, language: Language) -> Option<Keyword> {
    // `90%-100%: …` is a band, not the code of a head.
    if text.starts_with(|character: char| character.is_ascii_digit())
        && text.split(' ').next().is_some_and(|first| first.contains('%'))
    {
        return None;
    }
    let spelling = misspelt(text, language).1.0?;
    let opening = Keyword::ALL.iter().copied().filter(|keyword| keyword.place() == Place::Opens);
    let mut spelt = opening.filter(|keyword| {
        [Language::Vietnamese, Language::English]
            .iter()
            .any(|&language| keyword.spellings(language).contains(&spelling.as_str()))
    });
    spelt.next()
}

/// Words that beginners use for one of ours.
const MEANT: &[(&str, Keyword)] = &[
    ("neu", Keyword::When),
    ("if", Keyword::When),
    ("khac", Keyword::Otherwise),
    ("con khac", Keyword::Otherwise),
    ("nguoc lai", Keyword::Otherwise),
    ("truong hop khac", Keyword::Otherwise),
    ("else", Keyword::Otherwise),
    ("tinh theo", Keyword::ScoreBy),
    ("cach tinh", Keyword::ScoreBy),
    ("score", Keyword::ScoreBy),
    ("bo chi so", Keyword::Ruleset),
    ("tai lieu kiem chung", Keyword::Evidence),
    ("tai lieu", Keyword::Evidence),
    ("noi dung", Keyword::Area),
];

/// How much of a line stands for its keyword, and the keyword it comes nearest to.
fn misspelt(text: &str, language: Language) -> (usize, Nearest) {
    if text.starts_with(|character: char| character.is_ascii_digit()) {
        // The code and name of a head, as an annex prints them.
        let code = text.split([' ', '"']).next().unwrap_or_default();
        let level = if code.matches('.').count() > 1 { Keyword::SubCriterion } else { Keyword::Criterion };
        return (code.len(), Nearest(Some(level.canonical(language).to_owned())));
    }
    // What stands before the first colon, quote, digit or bracket is taken for the keyword.
    let end = text.find(|character: char| ":\"();=".contains(character) || character.is_ascii_digit());
    let phrase = text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_end();
    let words: Vec<&str> = phrase.split(' ').take(4).collect();
    // The file's own language first; a first line may be in either.
    let other = language.pick(Language::English, Language::Vietnamese);
    let spellings: Vec<&'static str> = [language, other]
        .into_iter()
        .flat_map(|language| {
            let opening = Keyword::ALL.iter().filter(|keyword| keyword.place() == Place::Opens);
            opening.flat_map(move |keyword| keyword.spellings(language).iter().copied())
        })
        .collect();
    let said = MEANT.iter().find(|(word, _)| starts_with_words(text, word));
    if let Some((word, keyword)) = said {
        return (word.len(), Nearest(Some(keyword.canonical(language).to_owned())));
    }
    for count in (1..=words.len()).rev() {
        let candidate = words.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let near = nearest(&candidate, spellings.iter().copied(), fold);
        if near.0.as_deref().is_some_and(|near| same_words(&candidate, &fold(near))) {
            return (candidate.len(), near);
        }
    }
    // A short phrase is quoted whole, prose by its first word.
    let quoted = if words.len() < 4 { phrase } else { words.first().copied().unwrap_or_default() };
    (quoted.len(), Nearest(None))
}

/// Whether no word of a phrase is another word of the keyword that it comes nearest to, or none of the keyword's.
fn same_words(phrase: &str, keyword: &str) -> bool {
    let (words, wanted) = (phrase.split(' ').count(), keyword.split(' ').count());
    let near = |(word, wanted): (&str, &str)| {
        strsim::damerau_levenshtein(word, wanted) <= (word.len().max(wanted.len()) / 3).max(2)
    };
    words < wanted || (words == wanted && phrase.split(' ').zip(keyword.split(' ')).all(near))
}

fn unknown_keyword(shadow: &Shadow, language: Language, content: &str, offset: usize) -> Diagnostic {
    let (length, nearest) = misspelt(&shadow.text, language);
    let span = shadow.span(0, length.max(1));
    let start = (span.start as usize).saturating_sub(offset);
    let word = content.get(start..(span.end as usize).saturating_sub(offset)).unwrap_or_default().to_owned();
    let meant = nearest.0.clone();
    let finding = Diagnostic::new(Text::UnknownKeyword { word, nearest }, span);
    match meant {
        // A code keeps standing; its level comes before it.
        Some(meant) if shadow.text.starts_with(|character: char| character.is_ascii_digit()) => {
            finding.fix(Span { end: span.start, ..span }, format!("{meant} "))
        }
        Some(meant) => finding.fix(span, meant),
        None => finding,
    }
}

/// How many expected things a message lists.
const SHOWN: usize = 6;

/// What the grammar would have taken, in words, most telling first.
fn labels(rules: &[Rule]) -> Both {
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
        words.truncate(SHOWN);
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
    matches!(rule, Rule::colon | Rule::semicolon | Rule::comma | Rule::close)
}

fn label(rule: Rule) -> (String, String) {
    // What may follow any name is no news where a mark is missing.
    if matches!(rule, Rule::kw_of_year_before | Rule::kw_of_year | Rule::kw_in) {
        return (String::new(), String::new());
    }
    if let Some(keyword) = Keyword::of_rule(rule) {
        let quoted = |language| format!("`{}`", keyword.canonical(language));
        return (quoted(Language::Vietnamese), quoted(Language::English));
    }
    let (vietnamese, english) = match rule {
        Rule::colon => ("`:`", "`:`"),
        Rule::semicolon => ("`;`", "`;`"),
        Rule::comma => ("`,`", "`,`"),
        Rule::close => ("`)`", "`)`"),
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
