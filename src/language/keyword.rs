//! The keywords: one table, both languages. `grammar/keyword.pest` is generated from it.

use super::fold::fold;
use crate::diagnostic::Language;

/// Whether a keyword opens a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the first word of a statement.
    Opens,
    /// It stands inside one.
    Inside,
}

macro_rules! keywords {
    ($($variant:ident $rule:ident $place:ident $vi:literal $(| $vi_other:literal)* , $en:literal $(| $en_other:literal)*;)*) => {
        /// A keyword of the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the table gives each keyword's words")]
        pub enum Keyword { $($variant),* }

        impl Keyword {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name of its rule in the grammar.
            pub fn rule_name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($rule)),* }
            }

            /// Where it stands.
            pub fn place(self) -> Place {
                match self { $(Self::$variant => Place::$place),* }
            }

            /// Its spellings in a language; the first is canonical.
            pub fn spellings(self, language: Language) -> &'static [&'static str] {
                match (self, language) {
                    $(
                        (Self::$variant, Language::Vietnamese) => &[$vi $(, $vi_other)*],
                        (Self::$variant, Language::English) => &[$en $(, $en_other)*],
                    )*
                }
            }

            /// The keyword of a grammar rule.
            pub(super) fn of_rule(rule: super::grammar::Rule) -> Option<Self> {
                match rule {
                    $(super::grammar::Rule::$rule => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

keywords! {
    Ruleset kw_ruleset Opens "bộ tiêu chí", "ruleset";
    Year kw_year Opens "năm", "year";
    Authority kw_authority Opens "căn cứ", "authority";
    Dated kw_dated Inside "ngày", "dated";
    Source kw_source Opens "nguồn", "source";
    Official kw_official Inside "chính thức", "official";
    AmendedBy kw_amended_by Inside "sửa đổi bởi", "amended by";
    Reconstructed kw_reconstructed Inside "dựng lại", "reconstructed";
    Illustrative kw_illustrative Inside "minh họa", "illustrative";
    Extends kw_extends Opens "kế thừa", "extends";
    Edition kw_edition Opens "lần ban hành", "edition";
    Supersedes kw_supersedes Opens "thay thế", "supersedes";
    WholeYear kw_whole_year Inside "tính cho cả năm", "whole year";
    AmendParameter kw_amend_parameter Opens "sửa tham số", "amend parameter";
    Amend kw_amend Opens "sửa", "amend";
    Repeal kw_repeal Opens "bãi bỏ", "repeal";
    Because kw_because Inside "do", "because";
    AddHead kw_add_head Opens "bổ sung", "add";
    Renumber kw_renumber Opens "đổi mã", "renumber";
    Into kw_into Inside "thành", "to";
    Lock kw_lock Opens "khóa", "lock";
    LowerLevel kw_lower_level Opens "cho cấp dưới", "lower level may";
    Split kw_split Opens "chia", "split";
    In kw_in Inside "trong", "in";
    Replaces kw_replaces Opens "thay cho", "replaces";
    Starts kw_starts Opens "bắt đầu từ năm", "starts in year";
    Extract kw_extract Opens "trích", "extract";
    Frame kw_frame Opens "khung", "frame";
    AppliesTo kw_applies_to Opens "đối tượng", "applies to";
    LevelNames kw_level_names Opens "tên gọi", "level names";
    Period kw_period Opens "kỳ đánh giá", "period";
    SubmitBy kw_submit_by Opens "hạn nộp", "submit by";
    OnDay kw_on_day Inside "ngày", "on";
    EndOfDay kw_end_of_day Inside "hết ngày" | "hết", "end of";
    WorkingWeek kw_working_week Opens "tuần làm việc", "working week";
    Monday kw_monday Inside "thứ hai" | "thứ 2", "monday";
    Tuesday kw_tuesday Inside "thứ ba" | "thứ 3", "tuesday";
    Wednesday kw_wednesday Inside "thứ tư" | "thứ 4", "wednesday";
    Thursday kw_thursday Inside "thứ năm" | "thứ 5", "thursday";
    Friday kw_friday Inside "thứ sáu" | "thứ 6", "friday";
    Saturday kw_saturday Inside "thứ bảy" | "thứ 7", "saturday";
    Sunday kw_sunday Inside "chủ nhật", "sunday";
    DaysOff kw_days_off Opens "ngày nghỉ", "days off";
    MadeUp kw_made_up Opens "làm bù", "made up on";
    RefersTo kw_refers_to Opens "dẫn chiếu", "refers to";
    AsAmended kw_as_amended Inside "áp dụng văn bản sửa đổi", "as amended";
    Guidance kw_guidance Opens "hướng dẫn", "guidance";
    Parameter kw_parameter Opens "tham số", "parameter";
    Scale kw_scale Opens "thang điểm", "scale";
    Appraised kw_appraised Inside "thẩm định", "appraised";
    Survey kw_survey Inside "điều tra", "survey";
    NotKnown kw_not_known Inside "chưa rõ", "not known";
    IfHeld kw_if_held Inside "nếu có", "if held";
    SurveyNotHeld kw_survey_not_held Opens "không tổ chức điều tra", "survey not held";
    RebaseTo kw_rebase_to Inside "quy về", "rebase to";
    Contains kw_contains Opens "gồm", "contains";
    AreaCount kw_area_count Inside "lĩnh vực", "areas" | "area";
    CriterionCount kw_criterion_count Inside "tiêu chí", "criteria" | "criterion";
    SubCriterionCount kw_sub_criterion_count Inside "thành phần" | "tiêu chí thành phần", "sub-criteria" | "sub-criterion";
    CommonCount kw_common_count Inside "chung", "for all";
    SpecificCount kw_specific_count Inside "riêng", "for some";
    OtherSource kw_other_source Inside "nguồn khác", "another source";
    FiguresMissing kw_figures_missing Opens "thiếu số liệu", "figures missing";
    EvidenceMissing kw_evidence_missing Opens "thiếu minh chứng", "evidence missing";
    Unscored kw_unscored Inside "chưa chấm", "unscored";
    MustExplain kw_must_explain Inside "phải giải trình", "explain";
    Tracks kw_tracks Opens "cách chấm", "tracks";
    SelfScore kw_self Inside "tự chấm", "self";
    Appraisal1 kw_appraisal_1 Inside "thẩm định lần 1", "appraisal 1";
    Appraisal2 kw_appraisal_2 Inside "thẩm định lần 2", "appraisal 2";
    Explanation kw_explanation Inside "giải trình", "explanation";
    Rounding kw_rounding Opens "làm tròn", "rounding";
    EachLeaf kw_each_leaf Inside "từng tiêu chí", "each criterion";
    RoundArea kw_round_area Inside "lĩnh vực", "area";
    RoundIndex kw_round_index Inside "chỉ số", "index";
    Digits kw_digits Inside "chữ số", "digits" | "digit";
    HalfUp kw_half_up Inside "nửa lên", "half up";
    None kw_none Inside "không", "none";
    Display kw_display Opens "hiển thị", "display";
    Ranking kw_ranking Opens "xếp hạng", "ranking";
    Shared kw_shared Inside "đồng hạng", "shared";
    Skip kw_skip Inside "bỏ hạng sau", "skip";
    NoSkip kw_no_skip Inside "không bỏ hạng", "no skip";
    NoTies kw_no_ties Inside "không đồng hạng", "no ties";
    Prefer kw_prefer Inside "ưu tiên", "prefer";
    OnExact kw_on_exact Inside "theo điểm chưa làm tròn", "on exact points";
    OnRounded kw_on_rounded Inside "theo điểm đã làm tròn", "on rounded points";
    BeforeOutside kw_before_outside Inside "trước thưởng phạt", "before bonus and penalty";
    Grades kw_grades Opens "xếp loại", "grades";
    IndexFloor kw_index_floor Opens "chỉ số", "index";
    NotBelow kw_not_below Inside "không dưới" | "ít nhất", "at least";
    OneLower kw_one_lower Inside "hạ một mức", "one lower";
    Fallen kw_fallen Inside "tụt từ", "down";
    Places kw_places Inside "bậc", "places" | "place";
    OrMore kw_or_more Inside "trở lên", "or more";
    OverallMean kw_overall_mean Inside "trung bình chung", "overall mean";
    Block kw_block Opens "khối", "block";
    RankedApart kw_ranked_apart Inside "xếp hạng riêng", "ranked apart";
    NotRanked kw_not_ranked Inside "không xếp hạng", "not ranked";
    AssessedUnit kw_unit Opens "đơn vị", "unit";
    NotAssessed kw_not_assessed Inside "không đánh giá", "not assessed";
    NoGrade kw_no_grade Inside "không xếp loại", "no grade";
    Aggregation kw_aggregation Opens "cách tổng hợp", "aggregation";
    SumUp kw_sum_up Inside "cộng", "sum";
    WeightedMean kw_weighted_mean Inside "trung bình theo trọng số", "weighted mean";
    Weakest kw_weakest Inside "thấp nhất", "weakest";
    Weight kw_weight Inside "trọng số", "weight";
    Area kw_area Opens "lĩnh vực", "area";
    Criterion kw_criterion Opens "tiêu chí", "criterion";
    SubCriterion kw_sub_criterion Opens "thành phần" | "tiêu chí thành phần", "sub-criterion";
    Bonus kw_bonus Opens "điểm thưởng", "bonus";
    Penalty kw_penalty Opens "điểm phạt", "penalty";
    Points kw_points Inside "điểm" | "đ", "points" | "point";
    AppraiserOnly kw_appraiser_only Inside "chỉ thẩm định", "appraiser only";
    External kw_external Inside "số liệu ngoài", "external";
    Floor kw_floor Opens "thấp nhất", "at least";
    Ceiling kw_ceiling Opens "cao nhất", "at most";
    Minus kw_minus Inside "trừ", "minus";
    Under kw_under Opens "thuộc", "under";
    Template kw_template Opens "mẫu", "template";
    Evidence kw_evidence Opens "minh chứng", "evidence";
    Lead kw_lead Opens "cơ quan chủ trì", "lead";
    Appraiser kw_appraiser Opens "cơ quan thẩm định", "appraiser";
    Figure kw_figure Opens "số liệu", "data";
    SharedFigure kw_shared_figure Opens "số liệu chung", "shared data";
    YesNoType kw_yes_no Inside "có/không", "yes/no";
    CountType kw_count_type Inside "số đếm", "count";
    MoneyType kw_money_type Inside "số tiền", "money";
    NumberType kw_number_type Inside "số", "number";
    RateType kw_rate_type Inside "tỷ lệ", "rate";
    DateTimeType kw_date_time_type Inside "ngày giờ", "date-time";
    DateType kw_date_type Inside "ngày", "date";
    ChoiceType kw_choice_type Inside "lựa chọn", "choice";
    TextType kw_text_type Inside "văn bản", "text";
    AtLeast kw_at_least Inside "ít nhất", "at least";
    AtMost kw_at_most Inside "không quá", "at most";
    WithYearBefore kw_with_year_before Inside "kèm năm trước", "with year before";
    WithYear kw_with_year Inside "kèm năm", "with year";
    OfYearBefore kw_of_year_before Inside "của năm trước", "of year before";
    OfYear kw_of_year Inside "của năm", "of year";
    Measured kw_measured Inside "đơn vị tính", "measured in";
    BeyondPeriod kw_beyond_period Inside "kể cả ngoài kỳ đánh giá", "also outside the period";
    MayNotApply kw_may_not_apply Inside "được chọn không áp dụng", "may be not applicable";
    NotApplicableValue kw_not_applicable_value Inside "không áp dụng", "not applicable";
    Table kw_table Inside "bảng", "table";
    List kw_list Opens "danh sách", "list";
    Column kw_column Opens "cột", "column";
    Per kw_per Inside "từng", "per";
    TakeLowest kw_take_lowest Inside "lấy thấp nhất", "take lowest";
    TakeMean kw_take_mean Inside "lấy trung bình", "take mean";
    WeightedBy kw_weighted_by Inside "theo", "by";
    NoCasePer kw_no_case_per Opens "không phát sinh từng", "no case per";
    SkipRow kw_skip_row Inside "bỏ qua dòng", "skip row";
    NoRowsLeft kw_no_rows_left Opens "không còn dòng nào", "no rows left";
    ScoreEntered kw_score_entered Opens "chấm theo điểm nhập", "score as entered";
    ScorePerCase kw_score_per_case Opens "chấm theo từng trường hợp", "score per case";
    StartingFrom kw_starting_from Inside "bắt đầu từ", "starting from";
    ScoreBy kw_score_by Opens "chấm theo", "score by";
    ConditionForm kw_condition_form Inside "điều kiện", "condition";
    DeadlineForm kw_deadline_form Inside "thời hạn", "deadline";
    DueThrough kw_due_through Inside "hạn hết", "by end of";
    DueBefore kw_due_before Inside "hạn trước", "before";
    DueAt kw_due_at Inside "hạn", "by";
    ChoiceForm kw_choice_form Inside "lựa chọn", "choice";
    RateForm kw_rate_form Inside "tỷ lệ", "rate";
    CountForm kw_count_form Inside "số lượng", "count";
    AmountForm kw_amount_form Inside "số tiền", "amount";
    GrowthForm kw_growth_form Inside "mức tăng", "growth";
    DecreaseForm kw_decrease_form Inside "mức giảm", "decrease";
    DifferenceForm kw_difference_form Inside "chênh lệch", "difference";
    Against kw_against Inside "so với", "against";
    YearBefore kw_year_before Inside "năm trước", "year before";
    PercentagePoints kw_percentage_points Inside "điểm phần trăm", "percentage points" | "percentage point";
    IndexForm kw_index_form Inside "chỉ số", "index";
    IndexScale kw_index_scale Inside "thang", "scale";
    RankForm kw_rank_form Inside "thứ hạng", "rank";
    PercentileForm kw_percentile_form Inside "phân vị", "percentile";
    PositionForm kw_position_form Inside "khoảng thấp nhất đến cao nhất của", "position of";
    BetweenExtremes kw_between_extremes Inside "giữa thấp nhất và cao nhất", "between lowest and highest";
    WithinBlock kw_within_block Inside "trong khối", "within block";
    WithinRound kw_within_round Inside "trong cả đợt", "within round";
    HigherBetter kw_higher_better Inside "càng cao càng tốt", "higher is better";
    LowerBetter kw_lower_better Inside "càng thấp càng tốt", "lower is better";
    FromYear kw_from_year Inside "từ năm", "from year";
    ToYear kw_to_year Inside "đến năm", "to year";
    AllEqual kw_all_equal Opens "bằng nhau cả", "all equal";
    IndexResult kw_index_result Inside "chỉ số", "index result";
    OwnRank kw_own_rank Inside "thứ hạng", "own rank";
    OwnPercentile kw_own_percentile Inside "phân vị", "own percentile";
    ComparedValue kw_compared_value Inside "giá trị so sánh", "compared value";
    LowestValue kw_lowest_value Inside "giá trị thấp nhất", "lowest value";
    HighestValue kw_highest_value Inside "giá trị cao nhất", "highest value";
    BlockMean kw_block_mean Inside "trung bình khối", "block mean";
    RoundMean kw_round_mean Inside "trung bình cả đợt", "round mean";
    ChecklistForm kw_checklist_form Inside "danh mục", "checklist";
    FormulaForm kw_formula_form Inside "công thức", "formula";
    ScriptForm kw_script_form Inside "kịch bản", "script";
    TemplateForm kw_template_form Inside "mẫu", "template";
    NotMonotone kw_not_monotone Inside "không đơn điệu", "not monotone";
    Continuous kw_continuous Inside "liên tục", "continuous";
    By kw_by Inside "do", "by";
    When kw_when Opens "khi", "when";
    Otherwise kw_otherwise Opens "còn lại", "otherwise";
    Met kw_met Opens "đạt", "met";
    MetWhen kw_met_when Opens "đạt khi", "met when";
    OnTime kw_on_time Opens "đúng hạn", "on time";
    Late kw_late Opens "muộn", "late";
    UpTo kw_up_to Inside "không quá", "up to";
    Over kw_over Inside "trên", "over";
    Days kw_days Inside "ngày", "days" | "day";
    Hours kw_hours Inside "giờ", "hours" | "hour";
    WorkingDays kw_working_days Inside "ngày làm việc", "working days" | "working day";
    NotDone kw_not_done Opens "không thực hiện", "not done";
    Option kw_option Opens "chọn", "option";
    Each kw_each Opens "mỗi", "each";
    Add kw_add Inside "cộng", "add";
    From kw_from Opens "từ", "from";
    Above kw_above Opens "trên", "above";
    Below kw_below Opens "dưới", "below";
    Exactly kw_exactly Opens "bằng", "exactly";
    ToBelow kw_to_below Inside "đến dưới", "to below";
    Through kw_through Opens "đến hết", "through";
    To kw_to Opens "đến", "to";
    Up kw_up Inside "trở lên", "up";
    Maximum kw_maximum Inside "tối đa", "maximum";
    Of kw_of Inside "của", "of";
    Proportional kw_proportional Inside "tỷ lệ thuận", "proportional";
    Interpolate kw_interpolate Inside "nội suy", "interpolate";
    NoCase kw_no_case Opens "không phát sinh khi", "no case when";
    OnlyBlock kw_only_block Opens "chỉ áp dụng với khối", "only applies to block";
    NotBlock kw_not_block Opens "không áp dụng với khối", "not applicable to block";
    Gate kw_gate Opens "chỉ chấm khi", "only scored when";
    PointsOf kw_points_of Inside "điểm của", "points of";
    IfNot kw_if_not Inside "nếu không", "if not";
    OutOfScale kw_out_of_scale Inside "loại khỏi thang điểm", "out of scale";
    And kw_and Inside "và", "and";
    Or kw_or Inside "hoặc", "or";
    Yes kw_yes Inside "có", "yes";
    No kw_no Inside "không", "no";
    MissingValue kw_missing Inside "thiếu", "missing";
    MaximumName kw_maximum_name Inside "tối_đa", "maximum";
    TestBlock kw_test Opens "kiểm thử", "test";
    Given kw_given Opens "cho", "given";
    SubmissionFile kw_submission Inside "hồ sơ", "submission";
    TotalAppraised kw_total_appraised Inside "điểm thẩm định" | "thẩm định", "appraised";
    TotalSurvey kw_total_survey Inside "điểm điều tra" | "điều tra", "survey";
    Expect kw_expect Opens "thì", "expect";
    ExpectIndex kw_expect_index Inside "chỉ số", "index";
    ExpectGrade kw_expect_grade Inside "xếp loại", "grade";
    Example kw_example Opens "ví dụ", "example";
    Questionnaire kw_questionnaire Opens "phiếu", "questionnaire";
    Respondents kw_respondents Opens "nhóm trả lời", "respondents";
    GroupMissing kw_group_missing Opens "thiếu nhóm", "group missing";
    ShareWeights kw_share_weights Inside "chia lại trọng số", "share weights";
    TooFew kw_too_few Opens "không đủ phiếu", "too few answers";
    Options kw_options Opens "phương án", "options";
    Question kw_question Opens "câu", "question";
    SurveyResult kw_survey_result Inside "kết quả phiếu", "survey result";
    Planned kw_planned Inside "dự kiến", "planned";
    Answers kw_answers Inside "phiếu", "answers" | "answer";
    NotCounted kw_not_counted Inside "không tính", "not counted";
    SurveyForm kw_survey_form Inside "phiếu", "survey";
    InQuestions kw_in_questions Inside "câu", "questions" | "question";
    InRespondents kw_in_respondents Inside "nhóm", "respondents";
    Mean kw_mean Inside "trung bình", "mean";
    ShareChoosing kw_share_choosing Inside "tỷ lệ chọn", "share choosing";
    DecisionWrong kw_decision_wrong Inside "văn bản sai", "decision is wrong";
}

/// Words that no figure, template or parameter may be named, in both languages (folded).
pub(super) const RESERVED: &[&str] = &[
    "va", "hoac", "khi", "cua", "co", "khong", "thieu", "toi_da", "nho_nhat", "lon_nhat", "and", "or", "when", "of",
    "yes", "no", "missing", "maximum", "min", "max",
];

impl Keyword {
    /// The canonical spelling.
    pub fn canonical(self, language: Language) -> &'static str {
        self.spellings(language).first().copied().unwrap_or_default()
    }

    /// The language whose spelling a folded text is, if only one has it.
    pub fn language_of(self, folded: &str) -> Option<Language> {
        let spelt = |language| self.spellings(language).iter().any(|spelling| reads_as(spelling, folded));
        match (spelt(Language::Vietnamese), spelt(Language::English)) {
            (true, false) => Some(Language::Vietnamese),
            (false, true) => Some(Language::English),
            _ => None,
        }
    }

    /// The spelling of `language` that a folded text is closest to the wording of.
    pub fn spelling_for(self, language: Language, folded: &str) -> &'static str {
        self.spellings(language)
            .iter()
            .find(|spelling| reads_as(spelling, folded))
            .copied()
            .unwrap_or_else(|| self.canonical(language))
    }
}

/// Whether a folded text reads as the spelling: equal after folding, `y` and `i` alike at a syllable's end.
fn reads_as(spelling: &str, folded: &str) -> bool {
    level_i(&fold(spelling)) == level_i(folded)
}

/// The text with every `y` that may be written `i` (tỷ/tỉ, kỳ/kì, quy/qui) written `i`.
pub fn level_i(folded: &str) -> String {
    folded.split(' ').map(level_syllable).collect::<Vec<_>>().join(" ")
}

fn level_syllable(syllable: &str) -> String {
    match syllable.strip_suffix('y') {
        Some(stem) if swaps_y(stem) => format!("{stem}i"),
        _ => syllable.to_owned(),
    }
}

/// Whether a syllable `stem + y` may be written `stem + i`.
fn swaps_y(stem: &str) -> bool {
    matches!(stem, "h" | "k" | "l" | "m" | "s" | "t" | "th" | "qu")
}

/// The grammar rules of all keywords, as `grammar/keyword.pest` holds them.
pub fn grammar_text() -> String {
    let mut text = String::from(
        "// Generated from src/language/keyword.rs by the test `the_keyword_grammar_is_the_keyword_table` (UPDATE=1).\n\
         // Every keyword over the folded text, with a word boundary.\n",
    );
    for &keyword in Keyword::ALL {
        let mut spellings: Vec<&str> = Vec::new();
        for language in [Language::Vietnamese, Language::English] {
            spellings.extend(keyword.spellings(language));
        }
        // Longest first: `tiêu chí thành phần` before `thành phần` would not matter, `điểm` before `đ` does.
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        let mut patterns: Vec<String> = spellings.iter().map(|spelling| pattern(&fold(spelling))).collect();
        patterns.dedup();
        text.push_str(&rule(keyword.rule_name(), &patterns));
    }
    // Every name is asked whether it is one of these: by first letters, and one letter alone is none of them.
    let reserved = by_first_letter(RESERVED);
    text.push_str(&format!("reserved = @{{ !(word ~ !word) ~ ({}) ~ !word }}\n", reserved.join(" | ")));
    text
}

/// Patterns of words, those that begin alike together; in each group the longer first.
fn by_first_letter(words: &[&str]) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (first, rest) in words.iter().filter_map(|word| word.split_at_checked(1)) {
        match groups.iter_mut().find(|(letter, _)| *letter == first) {
            Some((_, rests)) => rests.push(rest),
            None => groups.push((first, vec![rest])),
        }
    }
    let pattern = |(first, mut rests): (&str, Vec<&str>)| {
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        match rests.as_slice() {
            [rest] => format!("\"{first}{rest}\""),
            _ => format!("\"{first}\" ~ (\"{}\")", rests.join("\" | \"")),
        }
    };
    groups.into_iter().map(pattern).collect()
}

fn rule(name: &str, patterns: &[String]) -> String {
    format!("{name} = @{{ ({}) ~ !word }}\n", patterns.join(" | "))
}

fn pattern(folded: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut literal = String::new();
    for (index, syllable) in folded.split(' ').enumerate() {
        if index > 0 {
            literal.push(' ');
        }
        match syllable.strip_suffix('y').or_else(|| syllable.strip_suffix('i')) {
            Some(stem) if swaps_y(stem) => {
                literal.push_str(stem);
                parts.push(format!("\"{literal}\" ~ (\"i\" | \"y\")"));
                literal.clear();
            }
            _ => literal.push_str(syllable),
        }
    }
    if !literal.is_empty() {
        parts.push(format!("\"{literal}\""));
    }
    parts.join(" ~ ")
}
