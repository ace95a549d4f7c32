//! A text that stands word for word where a text of another kind stands: pasted into the wrong line, mostly.
//!
//! The words themselves nobody here can judge. But a source that is the title of a head says of nothing where it comes
//! from, and a title that is a unit of measure was meant for another line. What may well be said in the same words twice
//! (a head and its evidence, a head and the figure it asks for, a grade and an option) is not told.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Both, Diagnostic, Names, Span};
use crate::language::limits;
use crate::language::tree::{Figure, FigureType, File, FormKind, MetTest, Provenance, Quoted, Statement, Weighed};

/// What a text is where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// Of the set.
    Name,
    Title,
    /// Of a figure that is not answered by yes or no.
    Label,
    /// Of a list: what its rows are, and what other figures may be counted in.
    List,
    /// Of a figure that is: one of a checklist's, mostly.
    Item,
    Question,
    Evidence,
    Measure,
    /// Of a figure that is a choice.
    Option,
    /// To a question.
    Answer,
    Grade,
    Test,
    Authority,
    Group,
    Block,
    Source,
}

/// A text of the set.
struct Said<'a> {
    text: &'a str,
    role: Role,
    /// The head that it stands under.
    head: Option<&'a str>,
    /// The figure whose label or unit of measure it is.
    figure: Option<&'a Figure>,
    span: Span,
}

/// Shorter texts are like one another by chance.
const LETTERS: usize = 3;

/// Tells of texts that stand where one of another kind stands, of figures of several heads that ask the same and are not
/// the same, and of figures of one head that are counted in one unit and are not of one type.
pub(in crate::ruleset) fn check(file: &File, findings: &mut Vec<Diagnostic>) {
    let (mut said, parents) = texts(file);
    // One after the other as they are written, where they are alike.
    said.sort_by(|one, other| (one.text.len(), one.text).cmp(&(other.text.len(), other.text)));
    for alike in said.chunk_by(|one, other| one.text == other.text).filter(|alike| alike.len() > 1) {
        judge(alike, &parents, findings);
        labels(alike, findings);
        measures(alike, findings);
    }
}

fn judge(alike: &[Said<'_>], parents: &Parents<'_>, findings: &mut Vec<Diagnostic>) {
    let mut roles: Vec<Role> = alike.iter().map(|said| said.role).collect();
    roles.sort_unstable();
    roles.dedup();
    // What it is most often it is by right.
    roles.sort_by_key(|role| Reverse(alike.iter().filter(|said| said.role == *role).count()));
    for (at, role) in roles.iter().enumerate() {
        let other = roles.iter().take(at).find(|other| is_strange(**other, *role, (alike, parents)));
        let Some(there) = other.and_then(|other| alike.iter().find(|said| said.role == *other)) else { continue };
        for here in alike.iter().filter(|said| said.role == *role) {
            let problem = Names::TextOfAnotherLine { here: here.role.here(), there: there.there() };
            let finding = Diagnostic::new(problem, here.span);
            findings.push(finding.label(there.span, "chữ ấy đứng ở đây", "those words stand here"));
        }
    }
}

/// Whether nobody says in the same words what is of these two kinds.
#[expect(clippy::match_same_arms, reason = "the arms are rules of their own, and their order decides")]
fn is_strange(one: Role, other: Role, alike: (&[Said<'_>], &Parents<'_>)) -> bool {
    use Role as R;
    let (one, other) = (one.min(other), one.max(other));
    match (one, other) {
        // Who published a number may be all that is said of where it comes from.
        (R::Authority, R::Source) | (R::Name, R::Title | R::Label | R::List | R::Item) => false,
        // A document may be what shows that the work is done and where the line comes from.
        (R::Evidence, R::Source) => !(is_document(alike.0) && kin(one, other, alike)),
        (_, R::Source) | (R::Name, _) => true,
        // A head asks for what it is about; another one's words are another one's.
        (R::Title, R::Label | R::List) | (R::Label, R::Evidence | R::Measure) | (R::List, R::Evidence) => {
            !kin(one, other, alike)
        }
        // An area may be for one block alone, and be called as it is: a question may not.
        (R::Title | R::Question, R::Measure | R::Option | R::Answer | R::Grade | R::Authority)
        | (R::Label | R::List, R::Answer | R::Grade | R::Authority | R::Block)
        | (R::Item, R::Measure | R::Authority | R::Block)
        | (R::Evidence, R::Answer | R::Grade | R::Authority | R::Block | R::Group)
        | (R::Question, R::Group | R::Block)
        | (R::Measure, R::Grade | R::Test | R::Authority)
        | (R::Option | R::Answer, R::Authority | R::Group)
        | (R::Grade, R::Authority | R::Group | R::Block) => true,
        _ => false,
    }
}

/// Whether texts of two kinds stand under one head, or one of them under a head above that of the other, or for all.
fn kin(one: Role, other: Role, (alike, parents): (&[Said<'_>], &Parents<'_>)) -> bool {
    let heads = |role: Role| alike.iter().filter(move |said| said.role == role).map(|said| said.head);
    let parent = |code: &str| {
        parents.get(code).copied().map(str::to_owned).or_else(|| Some(code.rsplit_once('.')?.0.to_owned()))
    };
    let above = |code: &str, below: &str| {
        std::iter::successors(parent(below), |code| parent(code)).take(limits::LEVELS).any(|higher| higher == code)
    };
    heads(one).any(|here| {
        heads(other).any(|there| match (here, there) {
            (Some(here), Some(there)) => here == there || above(here, there) || above(there, here),
            (None, _) | (_, None) => true,
        })
    })
}

/// Whether a text names a document: by its number or its year.
fn is_document(alike: &[Said<'_>]) -> bool {
    alike.iter().any(|said| said.text.contains(|letter: char| letter.is_ascii_digit()))
}

/// Figures of several heads that ask for the same thing, one for a number and one for an answer, or in other units.
fn labels(alike: &[Said<'_>], findings: &mut Vec<Diagnostic>) {
    let mut asked = figures(alike).filter(|(said, _)| said.role != Role::Measure);
    let Some((first, figure)) = asked.next() else { return };
    for (said, other) in asked.filter(|(said, _)| said.head != first.head) {
        let measure = |figure: &Figure| figure.measure.as_ref().map(|measure| measure.value.clone());
        let same_type = std::mem::discriminant(&figure.kind.value) == std::mem::discriminant(&other.kind.value);
        if same_type && measure(figure) == measure(other) {
            continue;
        }
        let place = if same_type { other.measure.as_ref().map_or(said.span, |it| it.span) } else { other.kind.span };
        let known = if same_type { figure.measure.as_ref().map_or(first.span, |it| it.span) } else { figure.kind.span };
        let problem = Names::LabelAskedOtherwise { name: other.name.value.clone(), there: first.there() };
        findings.push(
            Diagnostic::new(problem, said.span)
                .label(place, "ở đây hỏi thế này", "it is asked like this here")
                .label(first.span, "lời hỏi kia ở đây", "the other label is here")
                .label(known, "và hỏi thế này", "and asked like this"),
        );
    }
}

/// Figures of one head in one unit of measure: a count, a number and an amount of money are not told apart by it.
fn measures(alike: &[Said<'_>], findings: &mut Vec<Diagnostic>) {
    let numbers =
        |figure: &Figure| matches!(figure.kind.value, FigureType::Count | FigureType::Number | FigureType::Money);
    let mut measured = figures(alike).filter(|(said, figure)| said.role == Role::Measure && numbers(figure));
    let Some(mut first) = measured.next() else { return };
    for (said, figure) in measured {
        if said.head != first.0.head {
            first = (said, figure);
        } else if figure.kind.value != first.1.kind.value {
            let problem = Names::UnitOfTwoTypes {
                name: figure.name.value.clone(),
                other: first.1.name.value.clone(),
                unit: said.text.to_owned(),
            };
            let finding = Diagnostic::new(problem, figure.kind.span);
            findings.push(finding.label(first.1.kind.span, "kiểu kia khai ở đây", "the other type is declared here"));
        }
    }
}

fn figures<'a, 'b>(alike: &'b [Said<'a>]) -> impl Iterator<Item = (&'b Said<'a>, &'a Figure)> {
    alike.iter().filter_map(|said| Some((said, said.figure?)))
}

/// The texts of a file that are long enough, as they are written.
fn texts(file: &File) -> (Vec<Said<'_>>, Parents<'_>) {
    let mut gathered = Gathered { head: None, said: Vec::new(), parents: Parents::new() };
    for line in &file.lines {
        if let Some(statement) = &line.statement {
            gathered.statement(statement);
        }
    }
    (gathered.said, gathered.parents)
}

/// The heads that lines `thuộc …` put others under: Roman codes do not tell it.
type Parents<'a> = BTreeMap<&'a str, &'a str>;

struct Gathered<'a> {
    head: Option<&'a str>,
    said: Vec<Said<'a>>,
    parents: Parents<'a>,
}

impl<'a> Gathered<'a> {
    fn statement(&mut self, statement: &'a Statement) {
        use Statement as S;
        match statement {
            S::Ruleset { title, .. } => self.add(Role::Name, title),
            S::Head(head) | S::Add(head) => {
                self.head = Some(&head.code.value);
                self.add(Role::Title, &head.title);
            }
            S::Figure(figure) | S::SharedFigure(figure) | S::Column(figure) => self.figure(figure),
            S::Under(above) => {
                self.parents.extend(self.head.map(|head| (head, above.value.as_str())));
            }
            S::List(list) => self.add(Role::List, &list.label),
            S::Parameter(parameter) => self.add(Role::Label, &parameter.label),
            S::Met(met) => {
                if let MetTest::Figure { label, .. } = &met.test {
                    self.add(Role::Item, label);
                }
            }
            S::Evidence(texts) => texts.iter().for_each(|text| self.add(Role::Evidence, text)),
            S::Grades { grades, .. } => grades.iter().for_each(|grade| self.add(Role::Grade, &grade.name)),
            S::Form(form) => {
                if let FormKind::Entered { by } = &form.kind {
                    self.add(Role::Authority, by);
                }
            }
            S::Lead(by) | S::Appraiser(by) => self.add(Role::Authority, by),
            S::Block(block) => self.add(Role::Block, &block.title),

            S::Provenance(source) => self.source(source),
            S::Test(name) => {
                self.head = None;
                self.add(Role::Test, name);
            }
            S::Questionnaire(_) | S::Template(_) => self.head = None,
            S::Respondents(group) => self.add(Role::Group, &group.label),
            S::Options(options) => self.answers(options),
            S::Question(question) => {
                self.add(Role::Question, &question.label);
                self.answers(&question.options);
            }
            _ => {}
        }
        statement.own_sources().into_iter().for_each(|source| self.source(source));
    }

    fn figure(&mut self, figure: &'a Figure) {
        let yes_no = figure.kind.value == FigureType::YesNo;
        // What is asked for all is asked once.
        let of = self.head.map(|_| figure);
        self.put(if yes_no { Role::Item } else { Role::Label }, &figure.label, of);
        figure.measure.iter().for_each(|measure| self.put(Role::Measure, measure, of));
        if let FigureType::Choice(options) = &figure.kind.value {
            for option in options {
                self.add(Role::Option, option);
            }
        }
    }

    fn answers(&mut self, options: &'a [Weighed]) {
        for weighed in options {
            self.add(Role::Answer, &weighed.option);
        }
    }

    fn source(&mut self, source: &'a Provenance) {
        source.notes.iter().for_each(|note| self.add(Role::Source, note));
    }

    fn add(&mut self, role: Role, text: &'a Quoted) {
        self.put(role, text, None);
    }

    fn put(&mut self, role: Role, text: &'a Quoted, figure: Option<&'a Figure>) {
        // A unit of measure is often short, and never told by its letters alone.
        if text.value.chars().nth(LETTERS - 1).is_some() || role == Role::Measure && figure.is_some() {
            self.said.push(Said { text: &text.value, role, head: self.head, figure, span: text.span });
        }
    }
}

impl Role {
    /// As a message names what stands here.
    fn here(self) -> Both {
        let (vietnamese, english) = match self {
            Self::Name => ("tên bộ tiêu chí này", "this name of the ruleset"),
            Self::Title => ("tên mục này", "this title"),
            Self::Label | Self::List | Self::Item => ("lời hỏi này", "this label"),
            Self::Question => ("câu hỏi này", "this question"),
            Self::Evidence => ("minh chứng này", "this piece of evidence"),
            Self::Measure => ("đơn vị tính này", "this unit of measure"),
            Self::Option | Self::Answer => ("phương án này", "this option"),
            Self::Grade => ("mức xếp loại này", "this grade"),
            Self::Test => ("tên kiểm thử này", "this name of a test"),
            Self::Authority => ("cơ quan này", "this authority"),
            Self::Group => ("nhóm trả lời này", "this group of respondents"),
            Self::Block => ("tên khối này", "this name of a block"),
            Self::Source => ("ghi chú nguồn này", "this note of a source"),
        };
        Both::new(vietnamese, english)
    }
}

impl Said<'_> {
    /// As a message names it from elsewhere.
    fn there(&self) -> Both {
        let of = |vietnamese: &str, english: &str| match self.head {
            Some(code) => Both::new(format!("{vietnamese} của `{code}`"), format!("{english} of `{code}`")),
            None => Both::new(vietnamese, english),
        };
        match self.role {
            Role::Name => Both::new("tên bộ tiêu chí", "the name of the ruleset"),
            Role::Title => of("tên", "the title"),
            Role::Label | Role::List | Role::Item => of("một lời hỏi", "a label"),
            Role::Question => Both::new("một câu hỏi", "a question"),
            Role::Evidence => of("một minh chứng", "a piece of evidence"),
            Role::Measure => of("một đơn vị tính", "a unit of measure"),
            Role::Option => of("một phương án", "an option"),
            Role::Answer => Both::new("một phương án trả lời", "an answer of a questionnaire"),
            Role::Grade => Both::new("một mức xếp loại", "a grade"),
            Role::Test => Both::new("tên một kiểm thử", "the name of a test"),
            Role::Authority => of("một cơ quan", "an authority"),
            Role::Group => Both::new("một nhóm trả lời", "a group of respondents"),
            Role::Block => Both::new("tên một khối", "the name of a block"),
            Role::Source => of("một ghi chú nguồn", "a note of a source"),
        }
    }
}
