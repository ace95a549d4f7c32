//! The syntax tree: a file is a list of statements, one a line, each with its place.

mod amendment;
mod block;
mod compared;
mod derived;
mod expression;
mod figure;
mod form;
mod head;
mod header;
mod survey;
mod round;
mod sourced;
mod test;

pub use amendment::{Amend, AmendParameter, Extends, Open, Opening, Renumber, Repeal, Replaces, Supersedes, Target};
pub use block::{AssessedUnit, Block, BlockPoints, NotBlock, Ranked};
pub use compared::{Against, Better, Compared, OtherIndex, Within};
pub use derived::{Derived, PriorYear, ValueName};
pub use expression::{BinaryOperator, Comparison, Expression, ExpressionKind, Number, Unit};
pub use figure::{Bound, Figure, FigureType, List};
pub use form::{
    Award, AwardKind, Band, CaseStart, Each, Edge, EdgeKind, Effect, EffectKind, Form, FormKind, Gate, Late, LateUnit,
    Lateness, Met, MetTest, NoRowCase, NotApplicable, OptionLine, PerRow, Take, Template, Timed, When,
};
pub use head::{Head, Level, Method};
pub use header::{
    Authority, Cap, Consequence, Count, CountedFor, Example, ExampleOutcome, ExampleRow, ExampleValue, Grade,
    GradeBasis, GradeCeiling, GradeFrom, OutsideCap, Parameter, Preferred, Provenance, ProvenanceKind, Ranking,
    RoundedLevel, RoundingRule, Scale, Ties, Track,
};
pub use round::{DayRange, LevelName, Moment, Period, Reference};
pub use survey::{GivenTally, GroupMissing, Measure, Question, Questionnaire, Respondents, SurveyForm, Weighed, Worth};
pub use test::{Expect, Given, GivenPlaces, GivenStated, GivenTotals, GivenValues};

use super::keyword::Keyword;
use crate::diagnostic::{Language, Span};

/// A value and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A quoted text.
pub type Quoted = Spanned<String>;

/// A parsed file.
#[derive(Clone, Debug)]
pub struct File {
    /// The language of its keywords.
    pub language: Language,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// One line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The whole line, without its end.
    pub span: Span,
    /// Its words: the line without indentation and comment, which findings point at.
    pub words: Span,
    /// What it says, if anything.
    pub statement: Option<Statement>,
    /// Its comment, from `#` on.
    pub comment: Option<Span>,
    /// An error stands on it: its statement may lack what could not be read, so it is never written anew.
    pub faulty: bool,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `bộ tiêu chí vn/par-index/tinh "…"`.
    Ruleset {
        /// The index's path.
        path: Spanned<String>,
        /// Its name for people.
        title: Quoted,
    },
    /// `năm: 2022`.
    Year(Spanned<u16>),
    /// `kế thừa: vn/par-index/tinh năm 2022`.
    Extends(Extends),
    /// `lần ban hành: 2`.
    Edition(Spanned<u16>),
    /// `thay thế: lần ban hành 1, …`.
    Supersedes(Supersedes),
    /// `căn cứ: …`.
    Authority(Authority),
    /// `nguồn: …`, for what stands above it.
    Provenance(Provenance),
    /// `trích: …`.
    Extract(Quoted),
    /// `khung: …`.
    Frame(Quoted),
    /// `tên gọi: lĩnh vực "Nội dung"`.
    LevelNames(Vec<LevelName>),
    /// `kỳ đánh giá: từ 01/01/2021 đến hết 31/12/2021`.
    Period(Period),
    /// `hạn nộp: 17:00 ngày 20/10/2021`.
    SubmitBy(Spanned<Moment>),
    /// `tuần làm việc: thứ hai đến hết thứ sáu`; Monday is 0.
    WorkingWeek(Vec<(u8, u8)>),
    /// `ngày nghỉ: 01/01/2022`; an empty list is `ngày nghỉ: không`.
    DaysOff(Vec<DayRange>),
    /// `làm bù: 05/02/2022`.
    MadeUp(Vec<DayRange>),
    /// `dẫn chiếu: "…", áp dụng văn bản sửa đổi`.
    RefersTo(Reference),
    /// `hướng dẫn: "383/BNV-CCHC", ngày 28/01/2021`.
    Guidance(Authority),
    /// `tham số chỉ_tiêu "…": 80%`.
    Parameter(Parameter),
    /// `đối tượng: tỉnh`.
    AppliesTo(Spanned<String>),
    /// `thang điểm: …`.
    Scale(Scale),
    /// `không tổ chức điều tra: quy về 100 điểm`; nothing is `chưa chấm`.
    SurveyNotHeld(Option<Number>),
    /// `điểm thưởng: không quá 5 điểm`.
    OutsideCap(OutsideCap),
    /// `chỉ số: không dưới 0%`.
    IndexFloor(Number),
    /// `gồm: …`.
    Contains(Vec<Count>),
    /// `thiếu số liệu: …`.
    FiguresMissing(Consequence),
    /// `thiếu minh chứng: …`.
    EvidenceMissing(Consequence),
    /// `cách chấm: …`.
    Tracks(Vec<Spanned<Track>>),
    /// `làm tròn: …`.
    Rounding(RoundingRule),
    /// `hiển thị: 3 chữ số`.
    Display(Spanned<u32>),
    /// `xếp hạng: …`.
    Ranking(Ranking),
    /// `xếp loại: …`.
    Grades {
        /// On rounded or exact points.
        basis: Option<Spanned<GradeBasis>>,
        /// `trước thưởng phạt`: on what the scale gives, whatever bonus and penalty make of it.
        before_outside: bool,
        /// From the best down.
        grades: Vec<Grade>,
        /// `còn lại không xếp loại`: below the last cut there is no grade.
        ungraded: bool,
    },
    /// `xếp loại: không quá "B" khi lĩnh vực 3 dưới 70%`.
    GradeCeiling(GradeCeiling),
    /// `xếp loại: hạ một mức khi tụt từ 10 bậc trở lên`: how many places.
    GradeFall(Spanned<usize>),
    /// `khối sở "Các sở": xếp hạng riêng`.
    Block(Block),
    /// `đơn vị "…": không đánh giá, do "…"`.
    AssessedUnit(AssessedUnit),
    /// `chỉ áp dụng với khối huyện`.
    OnlyBlock(Vec<Spanned<String>>),
    /// `không áp dụng với khối tw: …`.
    NotBlock(NotBlock),
    /// `cách tổng hợp: …`.
    Aggregation(Spanned<Aggregation>),
    /// `lĩnh vực 1 "…": 9,5 điểm` and its like.
    Head(Head),
    /// `sửa tham số chỉ_tiêu: 85%`.
    AmendParameter(AmendParameter),
    /// `sửa tiêu chí 1.1: 2 điểm`.
    Amend(Amend),
    /// `bổ sung thành phần 3.4.5 "…": 1 điểm`.
    Add(Head),
    /// `bãi bỏ thành phần 3.4.2, do "…"`.
    Repeal(Repeal),
    /// `đổi mã 3.5 thành 3.4`.
    Renumber(Renumber),
    /// `khóa lĩnh vực 1`.
    Lock(Target),
    /// `chia tiêu chí 2.1`; the parts follow.
    Split(Target),
    /// `cho cấp dưới …`.
    Open(Open),
    /// `thay cho 3.5; 3.6 của năm 2022`, under a head.
    Replaces(Replaces),
    /// `bắt đầu từ năm 2023`, under a head.
    Starts(Spanned<u16>),
    /// `thuộc IV`.
    Under(Spanned<String>),
    /// `mẫu m(x; y)`.
    Template(Template),
    /// `số liệu a "…": số đếm`.
    Figure(Figure),
    /// `số liệu chung dân_số "…": số đếm`, in the header or under a head with parts.
    SharedFigure(Figure),
    /// `chấm theo …`.
    Form(Form),
    /// A band of a rate or an amount.
    Band(Band),
    /// `khi …: …`.
    When(When),
    /// `còn lại: …`.
    Otherwise(Effect),
    /// `đạt …: …`.
    Met(Met),
    /// `mỗi …: cộng … điểm`.
    Each(Each),
    /// `đúng hạn: …`, `muộn …: …`.
    Timed(Timed),
    /// `bằng nhau cả: …`.
    AllEqual(Effect),
    /// `không thực hiện: …`.
    NotDone(Effect),
    /// `chọn "…": …`.
    Option(OptionLine),
    /// A fenced script; the span covers what stands between the fences.
    Script(Span),
    /// `thấp nhất 0 điểm`, `cao nhất tối đa`.
    Cap(Cap),
    /// `danh sách xã "…": ít nhất 1`.
    List(List),
    /// `cột đúng "…": số đếm`, under a list.
    Column(Figure),
    /// `không phát sinh khi …: …`.
    NotApplicable(NotApplicable),
    /// `không phát sinh từng xã khi …: bỏ qua dòng`.
    NoRowCase(NoRowCase),
    /// `không còn dòng nào: …`.
    NoRowsLeft(Effect),
    /// `chỉ chấm khi điểm của …; nếu không: …`.
    Gate(Gate),
    /// `minh chứng: …`.
    Evidence(Vec<Quoted>),
    /// `cơ quan chủ trì: …`.
    Lead(Quoted),
    /// `cơ quan thẩm định: …`.
    Appraiser(Quoted),
    /// `ví dụ …: …`.
    Example(Example),
    /// `kiểm thử "…"`.
    Test(Quoted),
    /// `cho …: …`, under a test.
    Given(Given),
    /// `cho hồ sơ "x.json"`, under a test.
    GivenSubmission(Quoted),
    /// `cho khối tw`, under a test.
    GivenBlock(Spanned<String>),
    /// `cho điểm thẩm định 53,25 điểm`, under a test.
    GivenTotals(GivenTotals),
    /// `cho không tổ chức điều tra`, under a test.
    GivenNoSurvey,
    /// `cho thứ hạng 14; năm trước 4`.
    GivenPlaces(GivenPlaces),
    /// `cho số liệu chung: dân_số = 1000`, under a test.
    GivenShared(GivenValues),
    /// `thì …: …`, under a test.
    Expect(Expect),
    /// `phiếu cán_bộ "…"`.
    Questionnaire(Questionnaire),
    /// `nhóm trả lời …`.
    Respondents(Respondents),
    /// `thiếu nhóm: …`.
    GroupMissing(Spanned<GroupMissing>),
    /// `không đủ phiếu: …`.
    TooFew(Effect),
    /// `phương án: …`.
    Options(Vec<Weighed>),
    /// `câu c1 "…"`.
    Question(Question),
    /// `cho phiếu …, câu …: …`, under a test.
    GivenTally(GivenTally),
    /// A line that could not be read; the finding says why. Its opening keyword tells what it was meant to be.
    Bad(Option<Keyword>),
}

/// How the parts of a node make its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// Points add up.
    Sum,
    /// Each part counts by its weight.
    WeightedMean,
    /// The part with the least share of its maximum decides.
    Weakest,
}
