//! Random syntax trees, and trees compared without their places.

use proptest::prelude::*;
use proptest::sample::select;
use tieuchi::diagnostic::Span;
use tieuchi::language::tree::*;
use tieuchi::number::Ratio;

/// The tree as text, places left out, functions under one name.
pub(super) fn shape(statement: &Statement) -> String {
    let written = format!("{statement:?}");
    let mut parts = written.split("Span {");
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    let functions = [
        ("nhỏ_nhất", "min"),
        ("lớn_nhất", "max"),
        ("làm_tròn", "round"),
        ("tổng", "sum"),
        ("đếm", "count"),
        ("tất cả", "all"),
        ("bất kỳ", "any"),
    ];
    for (vietnamese, english) in functions {
        shape = shape.replace(&format!("\"{vietnamese}\""), &format!("\"{english}\""));
    }
    shape
}

fn put<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

fn name() -> impl Strategy<Value = Spanned<String>> {
    const NAMES: &[&str] =
        &["a", "b", "đã_xong", "tổng", "đ", "d", "Số_1", "to", "từ", "đến", "điểm", "_y", "thuận", "by", "chung"];
    select(NAMES).prop_map(|name| put(name.to_owned()))
}

fn text() -> impl Strategy<Value = Quoted> {
    "[a-zA-Z0-9ăâđêôơưỘ \"\\\\#;:,“”″＂‟–]{0,12}".prop_map(|text| put(text.trim().to_owned()))
}

fn texts() -> impl Strategy<Value = Vec<Quoted>> {
    prop::collection::vec(text(), 1..4)
}

fn size() -> impl Strategy<Value = Ratio> {
    let power = |exponent: u32| 10_i128.pow(exponent);
    prop_oneof![
        8 => (0_i128..200, 0_u32..3).prop_map(move |(n, d)| Ratio::new(n, power(d)).unwrap()),
        2 => (0..i128::from(i64::MAX), 0_u32..12).prop_map(move |(n, d)| Ratio::new(n, power(d)).unwrap()),
        1 => (0..i128::MAX, 0_u32..38).prop_map(move |(n, d)| Ratio::new(n, power(d)).unwrap()),
    ]
}

fn number(unit: Unit) -> impl Strategy<Value = Number> {
    size().prop_map(move |value| {
        let value = if matches!(unit, Unit::Percent | Unit::PercentagePoints) {
            value.checked_div(&Ratio::from(100)).unwrap()
        } else {
            value
        };
        Number { value, unit, span: Span::default() }
    })
}

fn any_number() -> impl Strategy<Value = Number> {
    prop_oneof![number(Unit::None), number(Unit::Percent), number(Unit::Points)]
}

fn signed(unit: Unit) -> impl Strategy<Value = Number> {
    (number(unit), any::<bool>())
        .prop_map(|(number, below)| if below { Number { value: -number.value.clone(), ..number } } else { number })
}

fn date() -> impl Strategy<Value = i32> {
    -100_000..100_000
}

/// Years are written with four digits.
fn prior_year() -> impl Strategy<Value = PriorYear> {
    prop_oneof![Just(PriorYear::Before), (1000_u16..9999).prop_map(PriorYear::Year)]
}

fn derived() -> impl Strategy<Value = Derived> {
    let own = vec![
        Derived::Survey,
        Derived::Index,
        Derived::Rank,
        Derived::Percentile,
        Derived::Compared,
        Derived::Lowest,
        Derived::Highest,
        Derived::Mean(Within::Block),
        Derived::Mean(Within::Round),
    ];
    // A figure in the block, not of it: `x trong khối` compares.
    let elsewhere = code().prop_filter("no block, no round", |code| !matches!(code.value.as_str(), "khoi" | "ca"));
    prop_oneof![
        (name(), prior_year()).prop_map(|(name, year)| Derived::Prior { name, year }),
        (name(), elsewhere).prop_map(|(name, code)| Derived::Far { name, code }),
        select(own)
    ]
}

/// Forms that compare.
fn compared() -> impl Strategy<Value = Compared> {
    let against = || prop_oneof![prior_year().prop_map(Against::Year), expression().prop_map(Against::Value)];
    let within = || select(vec![Within::Block, Within::Round]);
    let better = || select(vec![Better::Higher, Better::Lower]);
    let year = || (1000_u16..9999).prop_map(put);
    let part = (level(), code()).prop_map(|(level, code)| Preferred { level, code });
    let path = select(&["vn/sipas", "x", "a_1/B-2"][..]).prop_map(|path| put(path.to_owned()));
    prop_oneof![
        (expression(), any::<bool>(), against()).prop_map(|(of, decrease, against)| Compared::Growth {
            of,
            decrease,
            against
        }),
        (expression(), against()).prop_map(|(of, against)| Compared::Difference { of, against }),
        (path, year(), prop::option::of(number(Unit::Points)), prop::option::of(part))
            .prop_map(|(path, year, scale, part)| Compared::Index(OtherIndex { path, year, scale, part })),
        (expression(), any::<bool>(), within(), better()).prop_map(|(of, percentile, within, better)| Compared::Rank {
            of,
            percentile,
            within,
            better
        }),
        (expression(), prop::option::of(within()), prop::option::of((year(), year())), better())
            .prop_map(|(of, within, years, better)| Compared::Position { of, within, years, better }),
    ]
}

/// A minute of a day, or the end of one.
fn moment() -> impl Strategy<Value = Moment> {
    (date(), prop::option::of(0_u16..1_440)).prop_map(|(day, minute)| Moment { day, minute })
}

fn clocked() -> impl Strategy<Value = Moment> {
    (date(), 0_u16..1_440).prop_map(|(day, minute)| Moment { day, minute: Some(minute) })
}

fn expressed(kind: ExpressionKind) -> Expression {
    Expression { kind, span: Span::default() }
}

/// What may stand below a stroke: a written zero is refused there.
fn divisor(expression: Expression) -> Expression {
    match expression.kind {
        ExpressionKind::Number(number) if number.value.is_zero() => {
            expressed(ExpressionKind::Number(Number { value: Ratio::ONE, unit: Unit::None, ..number }))
        }
        ExpressionKind::Negate(inner) => expressed(ExpressionKind::Negate(Box::new(divisor(*inner)))),
        kind => expressed(kind),
    }
}

fn threshold() -> BoxedStrategy<Expression> {
    prop_oneof![
        any_number().prop_map(ExpressionKind::Number),
        date().prop_map(ExpressionKind::Date),
        clocked().prop_map(ExpressionKind::Moment),
        name().prop_map(|name| ExpressionKind::Name(name.value)),
        (number(Unit::None), number(Unit::None)).prop_map(|(over, under)| {
            let part = |number| Box::new(expressed(ExpressionKind::Number(number)));
            ExpressionKind::Binary(BinaryOperator::Divide, part(over), Box::new(divisor(*part(under))))
        }),
    ]
    .prop_map(expressed)
    .boxed()
}

const FUNCTIONS: &[&str] = &["nhỏ_nhất", "lớn_nhất", "làm_tròn", "tổng", "đếm", "tất cả", "bất kỳ"];

/// What a parameter may stand for.
fn constant() -> impl Strategy<Value = Expression> {
    let rates = prop_oneof![number(Unit::Percent), number(Unit::PercentagePoints)];
    let numbers = prop_oneof![number(Unit::None), rates, number(Unit::Points)];
    let kind = prop_oneof![numbers.prop_map(ExpressionKind::Number), date().prop_map(ExpressionKind::Date)];
    kind.prop_map(|kind| Expression { kind, span: Span::default() })
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        4 => threshold().prop_map(|threshold| threshold.kind),
        1 => text().prop_map(|text| ExpressionKind::Text(text.value)),
        1 => any::<bool>().prop_map(ExpressionKind::YesNo),
        1 => Just(ExpressionKind::Maximum),
        1 => derived().prop_map(ExpressionKind::Derived),
    ];
    leaf.prop_map(expressed).prop_recursive(5, 24, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        let two = (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
        let operators =
            [BinaryOperator::Add, BinaryOperator::Subtract, BinaryOperator::Multiply, BinaryOperator::Divide];
        let signs = [
            Comparison::Equal,
            Comparison::Different,
            Comparison::Less,
            Comparison::AtMost,
            Comparison::Greater,
            Comparison::AtLeast,
        ];
        prop_oneof![
            4 => (select(operators.to_vec()), two.clone())
                .prop_map(|(operator, (left, right))| {
                    let divides = operator == BinaryOperator::Divide;
                    ExpressionKind::Binary(operator, left, if divides { Box::new(divisor(*right)) } else { right })
                }),
            2 => (select(signs.to_vec()), two)
                .prop_map(|(sign, (left, right))| ExpressionKind::Compare(sign, left, right)),
            1 => several.clone().prop_map(ExpressionKind::And),
            1 => several.clone().prop_map(ExpressionKind::Or),
            1 => inner.prop_map(|inner| ExpressionKind::Negate(Box::new(inner))),
            1 => (select(FUNCTIONS), several).prop_map(|(name, arguments)| ExpressionKind::Call {
                name: put(name.to_owned()),
                arguments
            }),
        ]
        .prop_map(expressed)
    })
}

fn award() -> impl Strategy<Value = AwardKind> {
    let fraction = (0_i128..50, 1_i128..50).prop_map(|(n, d)| Number {
        value: Ratio::new(n, d).unwrap(),
        unit: Unit::None,
        span: Span::default(),
    });
    prop_oneof![
        Just(AwardKind::Maximum),
        signed(Unit::Points).prop_map(AwardKind::Points),
        number(Unit::Percent).prop_map(AwardKind::Share),
        fraction.prop_map(AwardKind::Share),
        Just(AwardKind::Proportional),
        threshold().prop_map(AwardKind::ProportionalTo),
        (signed(Unit::Points), signed(Unit::Points)).prop_map(|(from, to)| AwardKind::Interpolate(from, to)),
    ]
}

fn placed_award() -> impl Strategy<Value = Award> {
    award().prop_map(|kind| Award { kind, span: Span::default() })
}

fn effect() -> impl Strategy<Value = Effect> {
    prop_oneof![award().prop_map(EffectKind::Award), Just(EffectKind::OutOfScale), Just(EffectKind::Unscored)]
        .prop_map(|kind| Effect { kind, span: Span::default() })
}

fn edge() -> impl Strategy<Value = Edge> {
    let signed = |unit| signed(unit).prop_map(|number| expressed(ExpressionKind::Number(number)));
    let value = || {
        let numbers = prop_oneof![signed(Unit::None), signed(Unit::Percent), signed(Unit::PercentagePoints)];
        prop_oneof![3 => threshold(), 1 => numbers]
    };
    let end = move || (value(), any::<bool>());
    let ends = prop_oneof![
        (end(), prop::option::of(end())).prop_map(|(lower, upper)| (Some(lower), upper)),
        end().prop_map(|upper| (None, Some(upper))),
    ];
    let range = ends.prop_map(|(lower, upper)| Edge { lower, upper, kind: EdgeKind::Range, span: Span::default() });
    let exactly = threshold().prop_map(|value| Edge {
        lower: Some((value.clone(), true)),
        upper: Some((value, true)),
        kind: EdgeKind::Exactly,
        span: Span::default(),
    });
    prop_oneof![4 => range, 1 => exactly]
}

fn each() -> impl Strategy<Value = Each> {
    let named = || name().prop_map(|name| expressed(ExpressionKind::Name(name.value)));
    let two = (named(), named()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
    let what = prop_oneof![
        named(),
        named().prop_map(|inner| expressed(ExpressionKind::Negate(Box::new(inner)))),
        two.prop_map(|(left, right)| expressed(ExpressionKind::Binary(BinaryOperator::Divide, left, right))),
        (number(Unit::None), named()).prop_map(|(number, right)| {
            let left = Box::new(expressed(ExpressionKind::Number(number)));
            expressed(ExpressionKind::Binary(BinaryOperator::Subtract, left, Box::new(right)))
        }),
    ];
    let step = prop::option::of(prop_oneof![number(Unit::None), number(Unit::Percent)]);
    (step, what, signed(Unit::Points)).prop_map(|(step, what, points)| Each { step, what, points })
}

fn gate() -> impl Strategy<Value = Gate> {
    let signs = vec![
        Comparison::Equal,
        Comparison::Different,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ];
    let limit = prop::option::of(prop_oneof![number(Unit::None), number(Unit::Points)]);
    (code(), select(signs), limit, effect()).prop_map(|(of, comparison, limit, effect)| Gate {
        of,
        comparison,
        limit,
        effect,
    })
}

fn level() -> impl Strategy<Value = Level> {
    select(vec![Level::Area, Level::Criterion, Level::SubCriterion])
}

/// What heads and lines about heads name.
fn head_level() -> impl Strategy<Value = Level> {
    prop_oneof![3 => level(), 1 => select(vec![Level::Bonus, Level::Penalty])]
}

fn code() -> impl Strategy<Value = Spanned<String>> {
    select(&["1", "1.1", "IV", "A.1", "1.3.1", "Đ", "10.2.3.4.5"][..]).prop_map(|code| put(code.to_owned()))
}

fn basis() -> impl Strategy<Value = Option<Spanned<GradeBasis>>> {
    prop::option::of(select(vec![GradeBasis::Rounded, GradeBasis::Exact]).prop_map(put))
}

fn form() -> impl Strategy<Value = Form> {
    let kind = prop_oneof![
        Just(FormKind::Condition),
        Just(FormKind::Checklist),
        Just(FormKind::Script),
        name().prop_map(|name| FormKind::Choice(expressed(ExpressionKind::Name(name.value)))),
        (name(), name(), any::<bool>()).prop_map(|(figure, named, before)| FormKind::Deadline {
            figure: expressed(ExpressionKind::Name(figure.value)),
            due: 0,
            named: Some(named),
            minute: None,
            before,
        }),
        (name(), moment(), any::<bool>()).prop_map(|(name, moment, before)| FormKind::Deadline {
            figure: expressed(ExpressionKind::Name(name.value)),
            due: moment.day,
            named: None,
            minute: moment.minute,
            before: before && moment.minute.is_none(),
        }),
        prop_oneof![
            Just(None),
            Just(Some(CaseStart::Maximum)),
            number(Unit::Points).prop_map(|points| Some(CaseStart::Points(points))),
        ]
        .prop_map(|start| FormKind::PerCase { start })
        .boxed(),
        expression().prop_map(FormKind::Rate),
        expression().prop_map(FormKind::Count),
        expression().prop_map(FormKind::Amount),
        compared().prop_map(FormKind::Compared),
        expression().prop_map(FormKind::Formula),
        text().prop_map(|by| FormKind::Entered { by }),
        survey_form().prop_map(FormKind::Survey),
        (name(), prop::collection::vec(expression(), 0..3))
            .prop_map(|(name, arguments)| FormKind::Template { name, arguments }),
    ];
    let take = prop_oneof![Just(Take::Lowest), prop::option::of(expression()).prop_map(Take::Mean)];
    let rows = prop::option::of((name(), take).prop_map(|(list, take)| PerRow { list, take }));
    (kind, rows, any::<bool>(), any::<bool>(), prop::option::of(placed_award())).prop_map(
        |(kind, per_row, not_monotone, continuous, award)| {
            // Entered points are opened by words of their own, without rows.
            let per_row = per_row.filter(|_| !matches!(kind, FormKind::Entered { .. }));
            Form { kind, per_row, not_monotone, continuous, award, span: Span::default() }
        },
    )
}

fn source() -> impl Strategy<Value = Provenance> {
    let kind = prop_oneof![
        3 => select(vec![
            ProvenanceKind::Official, ProvenanceKind::Reconstructed, ProvenanceKind::Illustrative,
        ]),
        1 => text().prop_map(ProvenanceKind::Amended),
    ];
    (kind.prop_map(put), prop::collection::vec(text(), 0..3)).prop_map(|(kind, notes)| Provenance { kind, notes })
}

/// What one line says of where it alone comes from: mostly nothing.
fn own_sources() -> impl Strategy<Value = Vec<Provenance>> {
    prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(source(), 1..3)]
}

fn figure() -> impl Strategy<Value = Figure> {
    let kind = prop_oneof![
        6 => select(vec![
            FigureType::YesNo, FigureType::Count, FigureType::Number, FigureType::Rate, FigureType::Money,
            FigureType::Date, FigureType::DateTime, FigureType::Text,
        ]),
        1 => texts().prop_map(FigureType::Choice),
    ];
    let bound = prop_oneof![
        expression().prop_map(Bound::AtLeast),
        expression().prop_map(Bound::AtMost),
        (expression(), expression()).prop_map(|(least, most)| Bound::Between(least, most)),
    ];
    let digits = prop::option::of((0_u32..12).prop_map(put));
    let bounds = prop::collection::vec(bound, 0..3);
    let years = prop::sample::subsequence(vec![PriorYear::Before, PriorYear::Year(2021), PriorYear::Year(1999)], 0..3);
    let said = (any::<(bool, bool)>(), own_sources());
    (name(), text(), kind.prop_map(put), bounds, prop::option::of(text()), digits, years, said).prop_map(
        |(name, label, kind, bounds, measure, digits, years, ((beyond_period, may_not_apply), sources))| {
            let with_years = years.into_iter().map(put).collect();
            Figure { name, label, kind, bounds, measure, digits, beyond_period, may_not_apply, with_years, sources }
        },
    )
}

fn stated() -> impl Strategy<Value = Spanned<ValueName>> {
    prop_oneof![
        4 => name().prop_map(|name| ValueName::Figure(name.value)),
        1 => derived().prop_map(ValueName::Derived),
    ]
    .prop_map(put)
}

/// The rows of a list, each with a cell at least.
fn example_rows() -> impl Strategy<Value = Vec<ExampleRow>> {
    let cell = (stated(), any_number().prop_map(|number| put(ExampleValue::Number(number))));
    let row = (text(), prop::collection::vec(cell, 1..3)).prop_map(|(name, cells)| ExampleRow { name, cells });
    prop::collection::vec(row, 1..3)
}

fn values() -> impl Strategy<Value = GivenValues> {
    let value = prop_oneof![
        example_rows().prop_map(ExampleValue::Rows),
        text().prop_map(|file| ExampleValue::Table(file.value)),
        any_number().prop_map(ExampleValue::Number),
        signed(Unit::None).prop_map(ExampleValue::Number),
        signed(Unit::Percent).prop_map(ExampleValue::Number),
        any::<bool>().prop_map(ExampleValue::YesNo),
        date().prop_map(ExampleValue::Date),
        clocked().prop_map(ExampleValue::Moment),
        text().prop_map(|text| ExampleValue::Text(text.value)),
        Just(ExampleValue::Missing),
        Just(ExampleValue::NotApplicable),
    ];
    prop::collection::vec((stated(), value.prop_map(put)), 0..4)
}

fn list() -> impl Strategy<Value = List> {
    let bound = prop_oneof![
        expression().prop_map(Bound::AtLeast),
        expression().prop_map(Bound::AtMost),
        (expression(), expression()).prop_map(|(least, most)| Bound::Between(least, most)),
    ];
    (name(), text(), prop::collection::vec(bound, 0..3), own_sources())
        .prop_map(|(name, label, bounds, sources)| List { name, label, bounds, sources })
}

fn outcome() -> impl Strategy<Value = Spanned<ExampleOutcome>> {
    let fraction = (-50_i128..50, 1_i128..50).prop_map(|(n, d)| Number {
        value: Ratio::new(n, d).unwrap(),
        unit: Unit::Points,
        span: Span::default(),
    });
    prop_oneof![
        signed(Unit::Points).prop_map(ExampleOutcome::Points),
        fraction.prop_map(ExampleOutcome::Points),
        Just(ExampleOutcome::Maximum),
        Just(ExampleOutcome::Unscored),
        Just(ExampleOutcome::OutOfScale),
    ]
    .prop_map(put)
}

fn example() -> impl Strategy<Value = Example> {
    (prop::option::of(name()), values(), outcome(), any::<bool>()).prop_map(|(block, values, outcome, wrong)| Example {
        block,
        values,
        outcome,
        decision_wrong: wrong,
        span: Span::default(),
    })
}

/// The lines of a test: its title, what is given, what is expected.
fn test_line() -> impl Strategy<Value = Statement> {
    let stated = prop_oneof![
        values().prop_filter("a figure at least", |values| !values.is_empty()).prop_map(GivenStated::Figures),
        signed(Unit::Points).prop_map(GivenStated::Points),
    ];
    prop_oneof![
        text().prop_map(Statement::Test),
        text().prop_map(Statement::GivenSubmission),
        Just(Statement::GivenNoSurvey),
        (0_usize..99, 0_usize..99)
            .prop_map(|(now, before)| Statement::GivenPlaces(GivenPlaces { now: put(now), before: put(before) })),
        (prop::option::of(number(Unit::Points)), prop::option::of(number(Unit::Points)))
            .prop_filter("a share at least", |(appraised, survey)| appraised.is_some() || survey.is_some())
            .prop_map(|(appraised, survey)| Statement::GivenTotals(GivenTotals { appraised, survey })),
        values().prop_filter("a figure at least", |values| !values.is_empty()).prop_map(Statement::GivenShared),
        (code(), stated).prop_map(|(code, stated)| Statement::Given(Given { code, stated })),
        (code(), outcome()).prop_map(|(code, outcome)| Statement::Expect(Expect::Head(code, outcome))),
        signed(Unit::Percent).prop_map(|index| Statement::Expect(Expect::Index(index))).boxed(),
        text().prop_map(|grade| Statement::Expect(Expect::Grade(grade))),
        Just(Statement::Expect(Expect::NoGrade)),
    ]
}

fn survey_form() -> impl Strategy<Value = SurveyForm> {
    let measure = prop_oneof![Just(Measure::Mean), texts().prop_map(Measure::Choosing)];
    (name(), prop::collection::vec(name(), 1..4), measure).prop_map(|(questionnaire, questions, measure)| SurveyForm {
        questionnaire,
        questions,
        measure,
    })
}

fn answers() -> impl Strategy<Value = Spanned<i64>> {
    (0_i64..1_000_000).prop_map(put)
}

/// The lines of a questionnaire, and the tallies that a test states.
fn survey_line() -> impl Strategy<Value = Statement> {
    let least = || prop::option::of(answers());
    let weighed = || {
        let worth =
            prop_oneof![Just(Worth::Unsaid), number(Unit::Percent).prop_map(Worth::Weight), Just(Worth::NotCounted)];
        (text(), worth).prop_map(|(option, worth)| Weighed { option, worth })
    };
    let follows = select(vec![GroupMissing::ShareWeights, GroupMissing::Unscored]);
    let counts = prop::collection::vec((text(), answers()), 1..4);
    prop_oneof![
        (name(), text(), least(), least()).prop_map(|(name, label, planned, at_least)| {
            Statement::Questionnaire(Questionnaire { name, label, planned, at_least })
        }),
        (name(), text(), prop::option::of(number(Unit::Percent)), least(), least(), own_sources()).prop_map(
            |(name, label, weight, planned, at_least, sources)| {
                Statement::Respondents(Respondents { name, label, weight, planned, at_least, sources })
            }
        ),
        follows.prop_map(|follows| Statement::GroupMissing(put(follows))),
        effect().prop_map(Statement::TooFew),
        prop::collection::vec(weighed(), 1..4).prop_map(Statement::Options),
        (name(), text(), prop::collection::vec(weighed(), 0..4), own_sources()).prop_map(
            |(name, label, options, sources)| Statement::Question(Question { name, label, options, sources })
        ),
        (name(), prop::option::of(name()), name(), counts).prop_map(|(questionnaire, group, question, counts)| {
            Statement::GivenTally(GivenTally { questionnaire, group, question, counts, span: Span::default() })
        }),
    ]
}

/// A share of the scale: not said, so many points, or named without them.
fn share() -> impl Strategy<Value = (Option<Number>, Option<Span>)> {
    prop_oneof![
        Just((None, None)),
        number(Unit::Points).prop_map(|points| (Some(points), None)),
        Just((None, Some(Span::default()))),
    ]
}

/// `; khối tw 3 điểm`, each block once.
fn block_points() -> impl Strategy<Value = Vec<BlockPoints>> {
    let one = (name(), number(Unit::Points)).prop_map(|(block, points)| BlockPoints { block, points });
    prop::collection::vec(one, 0..3).prop_map(|mut blocks| {
        blocks.dedup_by(|one, other| one.block.value == other.block.value);
        blocks
    })
}

/// The lines that speak of blocks and units.
fn block_line() -> impl Strategy<Value = Statement> {
    let ranked = select(vec![Ranked::Together, Ranked::Apart, Ranked::Not]);
    let names = || {
        prop::collection::vec(name(), 1..3).prop_map(|mut names| {
            names.dedup_by(|one, other| one.value == other.value);
            names
        })
    };
    prop_oneof![
        (name(), text(), ranked).prop_map(|(name, title, ranked)| Statement::Block(Block { name, title, ranked })),
        (text(), any::<bool>(), text()).prop_map(|(unit, not_assessed, because)| {
            Statement::AssessedUnit(AssessedUnit { unit, not_assessed, because })
        }),
        names().prop_map(Statement::OnlyBlock),
        (names(), effect()).prop_map(|(blocks, effect)| Statement::NotBlock(NotBlock { blocks, effect })),
        name().prop_map(Statement::GivenBlock),
    ]
}

fn head() -> impl Strategy<Value = Head> {
    let methods = vec![Method::AppraiserOnly, Method::Survey, Method::External];
    (
        head_level(),
        code(),
        text(),
        prop::option::of(number(Unit::Points)),
        prop::option::of(number(Unit::Percent)),
        prop::option::of(number(Unit::Points)),
        prop::option::of(select(methods).prop_map(put)),
        block_points(),
    )
        .prop_map(|(level, code, title, points, weight, floor, method, block_points)| Head {
            level,
            code,
            title,
            block_points: if points.is_some() || weight.is_some() { block_points } else { Vec::new() },
            points,
            weight,
            floor,
            method,
        })
}

fn amendment() -> impl Strategy<Value = Statement> {
    let ordinal = || (0_u16..9999).prop_map(put);
    let path = select(&["vn/par-index/tinh", "x", "a_1/B-2"][..]).prop_map(|path| put(path.to_owned()));
    let target = || (head_level(), code()).prop_map(|(level, code)| Target { level, code });
    let opening = select(vec![
        Opening::Split,
        Opening::SplitIn(Level::Criterion),
        Opening::SplitIn(Level::SubCriterion),
        Opening::Add(Level::Criterion),
        Opening::Add(Level::SubCriterion),
    ]);
    prop_oneof![
        (path, ordinal(), prop::option::of(ordinal())).prop_map(|(path, year, edition)| Statement::Extends(Extends {
            path,
            year,
            edition
        })),
        ordinal().prop_map(Statement::Edition),
        (ordinal(), date().prop_map(put), any::<bool>())
            .prop_map(|(edition, from, whole_year)| Statement::Supersedes(Supersedes { edition, from, whole_year })),
        (name(), constant(), own_sources())
            .prop_map(|(name, value, sources)| Statement::AmendParameter(AmendParameter { name, value, sources })),
        (any::<bool>(), head()).prop_map(|(retitled, head)| {
            let title = if retitled { head.title.clone() } else { put(String::new()) };
            Statement::Amend(Amend { retitled, head: Head { title, ..head } })
        }),
        head().prop_map(Statement::Add),
        (target(), text()).prop_map(|(target, reason)| Statement::Repeal(Repeal { target, reason })),
        (code(), code()).prop_map(|(from, to)| Statement::Renumber(Renumber { from, to })),
        target().prop_map(Statement::Lock),
        target().prop_map(Statement::Split),
        (opening, target()).prop_map(|(opening, target)| Statement::Open(Open { opening, target })),
        (prop::collection::vec(code(), 1..4), ordinal())
            .prop_map(|(codes, year)| Statement::Replaces(Replaces { codes, year })),
        ordinal().prop_map(Statement::Starts),
    ]
}

fn consequence() -> impl Strategy<Value = Consequence> {
    (prop::option::of(number(Unit::Points)), any::<bool>(), any::<bool>())
        .prop_filter("says something, and not both points and none", |(points, unscored, explain)| {
            points.is_some() != *unscored || (points.is_none() && *explain)
        })
        .prop_map(|(points, unscored, explain)| Consequence { points, unscored, explain, span: Span::default() })
}

fn days_in_row() -> impl Strategy<Value = DayRange> {
    (date(), 0..30).prop_map(|(from, more)| DayRange { from, through: put(from + more) })
}

fn header() -> impl Strategy<Value = Statement> {
    let counted_for = prop::option::of(select(vec![CountedFor::EveryBlock, CountedFor::SomeBlocks]));
    let count = (level(), counted_for, 0_usize..1000, prop::option::of((0_usize..1000).prop_map(put)), own_sources())
        .prop_map(|(level, only, count, other, sources)| Count { level, only, count: put(count), other, sources });
    let tracks = vec![Track::SelfScore, Track::Appraisal1, Track::Explanation, Track::Appraisal2];
    let levels = vec![RoundedLevel::EachLeaf, RoundedLevel::Area, RoundedLevel::Index];
    let rounding = prop_oneof![
        Just(RoundingRule { level: None, digits: put(0) }),
        (select(levels), 0_u32..12)
            .prop_map(|(level, digits)| RoundingRule { level: Some(put(level)), digits: put(digits) }),
    ];
    let preferred = (level(), code()).prop_map(|(level, code)| Preferred { level, code });
    let ties = prop_oneof![
        Just(Ties::SharedSkip),
        Just(Ties::SharedDense),
        prop::collection::vec(preferred, 0..3).prop_map(Ties::Broken),
    ];
    let from = prop_oneof![
        3 => number(Unit::Percent).prop_map(GradeFrom::Share),
        1 => number(Unit::Percent).prop_map(GradeFrom::Above),
        1 => Just(GradeFrom::Mean),
        1 => Just(GradeFrom::Otherwise),
    ];
    let grade = (text(), from).prop_map(|(name, from)| Grade { name, from });
    let ceiling = (text(), (level(), code()), number(Unit::Percent)).prop_map(|(at_most, (level, code), below)| {
        Statement::GradeCeiling(GradeCeiling { at_most, head: Preferred { level, code }, below })
    });
    let points = || number(Unit::Points);
    prop_oneof![
        (select(&["vn/par-index/tinh", "x", "a_1/B-2"][..]), text())
            .prop_map(|(path, title)| Statement::Ruleset { path: put(path.to_owned()), title }),
        (0_u16..9999).prop_map(|year| Statement::Year(put(year))),
        (text(), prop::option::of(date().prop_map(put)))
            .prop_map(|(number, date)| Statement::Authority(Authority { number, date })),
        source().prop_map(Statement::Provenance),
        prop::collection::vec((head_level(), text()), 1..4).prop_map(|names| Statement::LevelNames(
            names.into_iter().map(|(level, name)| LevelName { level: put(level), name }).collect()
        )),
        (date(), date())
            .prop_map(|(from, through)| Statement::Period(Period { from: put(from), through: put(through) })),
        moment().prop_map(|moment| Statement::SubmitBy(put(moment))),
        prop::collection::vec((0_u8..7, 0_u8..7), 1..3).prop_map(Statement::WorkingWeek),
        prop::collection::vec(days_in_row(), 0..3).prop_map(Statement::DaysOff),
        prop::collection::vec(days_in_row(), 1..3).prop_map(Statement::MadeUp),
        (text(), any::<bool>())
            .prop_map(|(document, as_amended)| Statement::RefersTo(Reference { document, as_amended })),
        (text(), prop::option::of(date().prop_map(put)))
            .prop_map(|(number, date)| Statement::Guidance(Authority { number, date })),
        text().prop_map(Statement::Extract),
        text().prop_map(Statement::Frame),
        (name(), text(), constant(), own_sources())
            .prop_map(|(name, label, value, sources)| Statement::Parameter(Parameter { name, label, value, sources })),
        select(&["tỉnh", "cấp huyện", "Bộ và cơ_quan"][..]).prop_map(|to| Statement::AppliesTo(put(to.to_owned()))),
        (points(), share(), share(), any::<bool>(), block_points()).prop_map(
            |(total, (appraised, appraised_not_known), (survey, survey_not_known), held, blocks)| {
                let if_held = held && (survey.is_some() || survey_not_known.is_some());
                Statement::Scale(Scale {
                    total,
                    appraised,
                    survey,
                    appraised_not_known,
                    survey_not_known,
                    if_held,
                    blocks,
                })
            }
        ),
        prop::option::of(points()).prop_map(Statement::SurveyNotHeld),
        (select(vec![Level::Bonus, Level::Penalty]), points(), prop::option::of(number(Unit::Percent)))
            .prop_map(|(level, most, index)| Statement::OutsideCap(OutsideCap { level, most: Some(most), index })),
        select(vec![Level::Bonus, Level::Penalty]).prop_map(|level| Statement::OutsideCap(OutsideCap {
            level,
            most: None,
            index: None
        })),
        number(Unit::Percent).prop_map(Statement::IndexFloor),
        (0_usize..40).prop_map(|places| Statement::GradeFall(put(places))),
        prop::collection::vec(count, 1..4).prop_map(Statement::Contains),
        consequence().prop_map(Statement::FiguresMissing),
        consequence().prop_map(Statement::EvidenceMissing),
        prop::collection::vec(select(tracks).prop_map(put), 1..5).prop_map(Statement::Tracks),
        rounding.prop_map(Statement::Rounding),
        (0_u32..12).prop_map(|digits| Statement::Display(put(digits))),
        (ties, basis()).prop_map(|(ties, basis)| Statement::Ranking(Ranking { ties, basis })),
        (basis(), prop::collection::vec(grade, 1..4), any::<bool>()).prop_map(|(basis, grades, ungraded)| {
            // What it is before is said with the basis; half of the drawn ones that have one say it.
            let before_outside = basis.is_some() && grades.len() % 2 == 0;
            Statement::Grades { basis, before_outside, grades, ungraded }
        }),
        ceiling,
        select(vec![Aggregation::Sum, Aggregation::WeightedMean, Aggregation::Weakest])
            .prop_map(|aggregation| Statement::Aggregation(put(aggregation))),
        texts().prop_map(Statement::Evidence),
        text().prop_map(Statement::Lead),
        text().prop_map(Statement::Appraiser),
    ]
}

/// Any statement but a script, which is nothing without its text.
pub(super) fn statement() -> impl Strategy<Value = Statement> {
    let test = prop_oneof![
        (name(), text(), own_sources()).prop_map(|(name, label, sources)| MetTest::Figure { name, label, sources }),
        expression().prop_map(MetTest::Condition),
    ];
    let units = vec![LateUnit::Days, LateUnit::Hours, LateUnit::WorkingDays(None)];
    let days = move || {
        let units = units.clone();
        (0_i64..10_000, select(units)).prop_map(|(count, unit)| Late { count: put(count), unit })
    };
    let lateness =
        prop_oneof![Just(Lateness::OnTime), days().prop_map(Lateness::UpTo), days().prop_map(Lateness::Over),];
    let limit = prop_oneof![Just(AwardKind::Maximum), signed(Unit::Points).prop_map(AwardKind::Points)];
    let cap = (select(vec![Comparison::AtLeast, Comparison::AtMost]), limit).prop_map(|(side, limit)| Cap {
        side,
        limit,
        span: Span::default(),
    });
    prop_oneof![
        8 => header(),
        2 => head().prop_map(Statement::Head),
        3 => amendment(),
        1 => code().prop_map(Statement::Under),
        1 => (name(), prop::collection::vec(name(), 0..3))
            .prop_map(|(name, parameters)| Statement::Template(Template { name, parameters })),
        2 => figure().prop_map(Statement::Figure),
        3 => form().prop_map(Statement::Form),
        2 => (edge(), placed_award()).prop_map(|(edge, award)| Statement::Band(Band { edge, award })),
        2 => (expression(), effect()).prop_map(|(test, effect)| Statement::When(When { test, effect })),
        1 => effect().prop_map(Statement::Otherwise),
        1 => (test, placed_award()).prop_map(|(test, award)| Statement::Met(Met { test, award })),
        1 => each().prop_map(Statement::Each),
        1 => (lateness, placed_award()).prop_map(|(when, award)| Statement::Timed(Timed { when, award })),
        1 => effect().prop_map(Statement::NotDone),
        1 => effect().prop_map(Statement::AllEqual),
        1 => (text(), effect()).prop_map(|(option, effect)| Statement::Option(OptionLine { option, effect })),
        1 => cap.prop_map(Statement::Cap),
        1 => (expression(), effect())
            .prop_map(|(test, effect)| Statement::NotApplicable(NotApplicable { test, effect })),
        1 => list().prop_map(Statement::List),
        1 => figure().prop_map(|shared| Statement::SharedFigure(Figure {
            with_years: Vec::new(),
            may_not_apply: false,
            ..shared
        })),
        1 => figure().prop_map(|column| Statement::Column(Figure {
            with_years: Vec::new(),
            may_not_apply: false,
            ..column
        })),
        1 => (name(), expression(), prop::option::of(placed_award()))
            .prop_map(|(list, test, award)| Statement::NoRowCase(NoRowCase { list, test, award })),
        1 => effect().prop_map(Statement::NoRowsLeft),
        1 => gate().prop_map(Statement::Gate),
        2 => example().prop_map(Statement::Example),
        2 => test_line(),
        2 => survey_line(),
        2 => block_line(),
    ]
}
