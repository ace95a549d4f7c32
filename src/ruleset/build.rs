//! From grouped lines to the model: heads with their settings, leaves with their meaning.

use std::collections::BTreeSet;

use super::blocks::{self, Aside};
use super::calendar;
use super::consequence::Consequences;
use super::draft::{Draft, HeadDraft, Placed, first_form, in_form};
use super::gates::{self, Codes};
use super::header::{self, Header};
use super::lower::{self, Asking, Elsewhere, Questionnaires, Scope, Set, Templates, Written};
use super::meaning::{FigureId, Guard, Meaning, Test};
use super::model::{Figure, FigureKind, Form as ModelForm, Head, HeadId, Leaf, PerRow, Scoring};
use super::origin::{Origin, Shared};
use super::outline::Place;
use super::parameters::{Read, Reads};
use super::sources;
use crate::diagnostic::{Blocks, Both, Diagnostic, Language, Names, SourceId, Span, Structure, Texts};
use crate::language::tree::{
    Aggregation, AwardKind, Count, EffectKind, Example, Form, Level, Method, Number, Provenance, Replaces, Spanned,
    Statement,
};
use crate::number::{Points, Ratio};

/// A head as built, with what only the checks need.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) head: Head,
    pub(super) notes: Notes,
}

/// What the checks need to know of a head beyond the model.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one head, each read by one check")]
pub(super) struct Notes {
    /// Some line under it could not be read or lowered.
    pub(super) damaged: bool,
    /// Some line under it has no part in the head as built. Other than damage it stops no check: it is looked at last.
    pub(super) lost: bool,
    /// `, không đơn điệu`.
    pub(super) not_monotone: bool,
    /// `, liên tục`.
    pub(super) continuous: bool,
    /// Points were written on the head.
    pub(super) stated: bool,
    /// Where the points are written.
    pub(super) points: Span,
    /// The form's line.
    pub(super) form: Span,
    /// Which of its figures some line of it reads.
    pub(super) used: Vec<bool>,
    /// What follows at it, and below it, when something is missing.
    pub(super) missing: Consequences,
}

/// What every head of a file shares.
pub(super) struct Context<'a, 'b> {
    pub(super) header: &'b Header<'a>,
    pub(super) text: Texts<'b>,
    pub(super) language: Language,
    pub(super) questionnaires: Questionnaires<'b>,
    /// Every head, by its code.
    pub(super) codes: Codes,
    /// Every head could be read.
    pub(super) whole: bool,
    pub(super) templates: &'b mut Templates<'a>,
    /// Which lines read parameters with a source of their own.
    pub(super) reads: &'b Reads,
    /// In a set that extends another: which lines read parameters at all, and where those have their values.
    pub(super) values: Option<&'b [Read]>,
    /// The block that the heads are built for; nothing is the set as it is written.
    pub(super) block: Option<&'b str>,
    pub(super) findings: &'b mut Vec<Diagnostic>,
}

/// Builds every head of the outline.
pub(super) fn heads(draft: &Draft<'_>, outline: &[Place], context: &mut Context<'_, '_>) -> (Vec<Built>, Shared) {
    let mut built: Vec<Built> = Vec::with_capacity(outline.len());
    let world = elsewhere(draft, outline, context);
    let of_set = Consequences::of_set(context.header);
    let of_penalty = of_set.of_penalty();
    for place in outline {
        let Some(head) = draft.heads.get(place.draft) else {
            continue;
        };
        let above = place.parent.and_then(|parent| built.get(parent));
        let method = method(head, above.map(|above| above.head.method), context.findings);
        let general = match head.head.level {
            Level::Penalty => &of_penalty,
            _ => above.map_or(&of_set, |above| &above.notes.missing),
        };
        let missing = general.below(head);
        let mut made = self::head(head, (HeadId(built.len()), place), (method, missing), &world, context);
        // Agencies hold for everything below, until another is named.
        let parent = above.map(|parent| &parent.head);
        let (lead, appraiser) = match parent {
            Some(parent) => (parent.lead.clone(), parent.appraiser.clone()),
            None => (context.header.lead.clone(), context.header.appraiser.clone()),
        };
        made.head.by_block |= parent.is_some_and(|parent| parent.by_block);
        let above = parent.and_then(|parent| parent.aside.clone());
        made.head.aside = match made.head.aside {
            // What is of other blocks only is no part of the table, whatever follows for the rest below that head.
            Some(own) if own.only => Some(own),
            own => above.or(own),
        };
        let figures = made.head.leaf.as_ref().map_or(&[][..], |leaf| &leaf.figures);
        if context.values.is_some() || !context.reads.is_empty() {
            let lines = sources::reached(head, figures, draft);
            made.head.parameters = sources::parameters(&lines, context.reads);
            also(&mut made.head.texts, &lines, context.values);
            made.head.felt =
                made.head.leaf.iter().flat_map(|_| made.notes.missing.texts(&made.head.evidence)).collect();
            if lines.iter().any(|(line, _)| calendar::counts_working_days(line)) {
                made.head.felt.extend(calendar::lines(&draft.header).map(|span| span.source));
            }
        }
        made.head.lead = made.head.lead.or(lead);
        made.head.appraiser = made.head.appraiser.or(appraiser);
        built.push(made);
    }
    let whole = !draft.incomplete && built.iter().all(|built| !built.notes.damaged);
    unused(&built, &world, whole, context.findings);
    let mut shared = world.shared;
    let leaves = built.iter().filter_map(|built| built.head.leaf.as_ref());
    for figure in leaves.flat_map(|leaf| &leaf.figures).filter(|figure| figure.or_never) {
        if let Origin::Shared(id) = figure.origin
            && let Some(declared) = shared.figures.get_mut(id.0)
        {
            declared.or_never = true;
        }
    }
    (built, shared)
}

/// The figures of every leaf, lowered before any rule is.
fn elsewhere(draft: &Draft<'_>, outline: &[Place], context: &mut Context<'_, '_>) -> Elsewhere {
    let mut leaves = Vec::new();
    for (at, place) in outline.iter().enumerate() {
        let head = draft.heads.get(place.draft).filter(|_| place.children.is_empty() && context.header.frame.is_none());
        let Some(head) = head else { continue };
        let (lines, twice) = first_form(&head.lines);
        let maximum = maximum(head, context).unwrap_or_default();
        leaves.push(Asking { id: HeadId(at), lines, maximum, forgiving: head.damaged || twice });
    }
    let none = Elsewhere::default();
    let set = set(context, &none, None);
    Elsewhere::read(draft, outline, &leaves, (set, &context.codes), context.findings)
}

fn set<'a>(context: &Context<'_, 'a>, elsewhere: &'a Elsewhere, own: Option<HeadId>) -> Set<'a> {
    let (year, language, questionnaires) = (context.header.year, context.language, context.questionnaires);
    Set { year, language, questionnaires, elsewhere, own }
}

/// The points that a head has in a block alone.
fn own_points<'a>(head: &HeadDraft<'a>, block: Option<&str>) -> Option<&'a Number> {
    let own = head.head.block_points.iter().find(|own| Some(own.block.value.as_str()) == block);
    own.map(|own| &own.points)
}

/// The points of a head; nothing where none are said.
fn maximum(head: &HeadDraft<'_>, context: &Context<'_, '_>) -> Option<Ratio> {
    let (written, header) = (head.head, context.header);
    match own_points(head, context.block).or(written.points.as_ref()) {
        Some(points) => Some(points.value.clone()),
        // A part that counts by weight alone is scored on the whole scale.
        None if written.weight.is_some() => {
            Some(header.scale_of(context.block).map_or(Ratio::ZERO, |scale| scale.points.value.clone()))
        }
        None => None,
    }
}

fn method(head: &HeadDraft<'_>, above: Option<Method>, findings: &mut Vec<Diagnostic>) -> Method {
    match (&head.head.method, above) {
        (Some(stated), Some(above)) if above != Method::Appraised && above != stated.value => {
            let problem = Structure::MethodOnParent { code: head.head.code.value.clone() };
            findings.push(Diagnostic::new(problem, stated.span));
            above
        }
        (Some(stated), _) => stated.value,
        (None, above) => above.unwrap_or_default(),
    }
}

fn head(
    head: &HeadDraft<'_>,
    (id, place): (HeadId, &Place),
    (method, missing): (Method, Consequences),
    world: &Elsewhere,
    context: &mut Context<'_, '_>,
) -> Built {
    let written = head.head;
    let code = written.code.value.clone();
    let mut properties = Properties::default();
    let mut seen = Vec::new();
    for &(statement, span) in &head.lines {
        header::once(statement, span, &mut seen, context.findings);
        properties.take(statement, context.findings);
    }
    if written.level.is_outside() {
        outside(head, context.findings);
    }
    let frame = context.header.frame.is_some();
    let own = own_points(head, context.block);
    let maximum = maximum(head, context);
    if maximum.is_none() && !frame {
        context.findings.push(Diagnostic::new(Structure::NoPoints { code: code.clone() }, written.code.span));
    }
    let maximum = maximum.unwrap_or_default();
    let place_of_points = own.or(written.points.as_ref());
    let points = place_of_points.map_or(written.code.span, |points| points.span);
    if place_of_points.is_some() && !maximum.is_positive() {
        let what = Both::new(format!("điểm tối đa của `{code}`"), format!("the maximum of `{code}`"));
        context.findings.push(Diagnostic::new(Structure::NotPositive { what }, points));
    }
    if let (Some(floor), false) = (&written.floor, place.children.is_empty()) {
        // Its points are its parts', each with its own floor; a floor here would be read and never kept.
        let problem = Structure::MisplacedLine {
            line: Both::new("thấp nhất trừ …", "at least minus …"),
            place: Both::new("mục được chấm trực tiếp", "a head that is scored itself"),
        };
        context.findings.push(Diagnostic::new(problem, floor.span));
    }
    if let Some(weight) = written.weight.as_ref().filter(|weight| !weight.value.is_positive()) {
        let what = Both::new(format!("trọng số của `{code}`"), format!("the weight of `{code}`"));
        context.findings.push(Diagnostic::new(Structure::NotPositive { what }, weight.span));
    }
    let floor = written.floor.as_ref().map_or(Ratio::ZERO, |floor| -&floor.value);
    // Without a maximum every award would be told to be wrong.
    let damaged = head.damaged || !maximum.is_positive();
    let mut notes = Notes { damaged, stated: place_of_points.is_some(), points, missing, ..Notes::default() };
    let is_leaf = place.children.is_empty();
    let leaf = self::leaf(head, (id, is_leaf), (&maximum, &floor), (world, &mut notes), context);
    let aside = context.block.and_then(|block| aside(head, block, is_leaf, &maximum, context));
    let head = Head {
        level: written.level,
        code,
        title: written.title.value.clone(),
        maximum: Points::new(maximum),
        floor: Points::new(floor),
        weight: written.weight.as_ref().map(|weight| weight.value.clone()),
        method,
        parent: place.parent.map(HeadId),
        children: place.children.iter().copied().map(HeadId).collect(),
        aggregation: properties.aggregation.or(context.header.aggregation).unwrap_or(Aggregation::Sum),
        provenance: properties.provenance,
        parameters: Vec::new(),
        evidence: properties.evidence,
        lead: properties.lead,
        appraiser: properties.appraiser,
        counts: properties.counts,
        extracts: properties.extracts,
        texts: texts(head),
        felt: Vec::new(),
        replaces: properties.replaces,
        starts: properties.starts,
        leaf,
        by_block: blocks::by_block(&head.lines, written),
        aside,
        span: head.span,
    };
    Built { head, notes }
}

/// What a head's lines say of the block that it is built for.
fn aside(
    head: &HeadDraft<'_>,
    block: &str,
    is_leaf: bool,
    maximum: &Ratio,
    context: &mut Context<'_, '_>,
) -> Option<Aside> {
    let none = Elsewhere::default();
    let set = set(context, &none, None);
    let code = &head.head.code.value;
    let findings = &mut *context.findings;
    blocks::aside(&head.lines, block, |effect| {
        if let (EffectKind::Award(AwardKind::Points(points)), false) = (&effect.kind, is_leaf)
            && !points.value.is_zero()
        {
            findings.push(Diagnostic::new(Blocks::PointsOnParent { code: code.clone() }, effect.span));
            return None;
        }
        let (figures, used) = (&mut Vec::new(), &mut Vec::new());
        let mut scope = Scope { set, figures, used, maximum, forgiving: head.damaged, findings };
        scope.outcome(effect)
    })
}

/// What a head outside the scale cannot carry: it has no place among the others, and no survey's share.
fn outside(head: &HeadDraft<'_>, findings: &mut Vec<Diagnostic>) {
    let place = || Both::new("mục trong thang điểm", "a head of the scale");
    let mut refuse = |line: Both, span: Span| {
        findings.push(Diagnostic::new(Structure::MisplacedLine { line, place: place() }, span));
    };
    if let Some(method) = head.head.method.as_ref().filter(|method| method.value == Method::Survey) {
        refuse(Both::new("điều tra", "survey"), method.span);
    }
    if let Some(weight) = &head.head.weight {
        refuse(Both::new("trọng số", "weight"), weight.span);
    }
    if let Some(floor) = &head.head.floor {
        refuse(Both::new("thấp nhất trừ …", "at least minus …"), floor.span);
    }
    for &(statement, span) in &head.lines {
        if matches!(statement, Statement::Under(_) | Statement::Contains(_) | Statement::Aggregation(_)) {
            refuse(super::draft::name(statement), span);
        }
    }
}

/// The texts that the lines of a head stand in.
fn texts(head: &HeadDraft<'_>) -> Vec<SourceId> {
    let crate::language::tree::Head { code, title, points, .. } = head.head;
    let own = [Some(code.span), Some(title.span), points.as_ref().map(|points| points.span)];
    let spans = own.into_iter().flatten().chain(head.lines.iter().map(|&(_, span)| span));
    let mut texts: Vec<SourceId> = spans.map(|span| span.source).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// Adds the texts of everything that the rule of a head rests on, so that who amended it is named with it.
fn also(texts: &mut Vec<SourceId>, lines: &[Placed<'_>], values: Option<&[Read]>) {
    let Some(values) = values else { return };
    let here = |read: &&Read| lines.iter().any(|(_, span)| *span == read.line);
    texts.extend(lines.iter().map(|(_, span)| span.source));
    texts.extend(values.iter().filter(here).map(|read| read.value.source));
    texts.sort();
    texts.dedup();
}

/// What any head may carry.
#[derive(Default)]
struct Properties {
    aggregation: Option<Aggregation>,
    provenance: Vec<Provenance>,
    evidence: Vec<String>,
    lead: Option<String>,
    appraiser: Option<String>,
    counts: Vec<Count>,
    extracts: Vec<String>,
    replaces: Vec<Replaces>,
    starts: Option<Spanned<u16>>,
}

impl Properties {
    fn take(&mut self, statement: &Statement, findings: &mut Vec<Diagnostic>) {
        match statement {
            Statement::Aggregation(aggregation) => self.aggregation = Some(aggregation.value),
            Statement::Provenance(provenance) => {
                header::clause(provenance, findings);
                self.provenance.push(provenance.clone());
            }
            Statement::Evidence(items) => self.evidence.extend(items.iter().map(|item| item.value.clone())),
            Statement::Lead(agency) => self.lead = Some(agency.value.clone()),
            Statement::Appraiser(agency) => self.appraiser = Some(agency.value.clone()),
            Statement::Extract(note) => self.extracts.push(note.value.clone()),
            Statement::Replaces(replaces) => self.replaces.push(replaces.clone()),
            Statement::Starts(year) => self.starts = Some(year.clone()),
            Statement::Contains(counts) => self.counts.extend(counts.iter().cloned()),
            _ => {}
        }
    }
}

/// The scoring line of a head, if it has one.
fn form_of<'a>(lines: &[Placed<'a>]) -> Option<(&'a Form, Span)> {
    lines.iter().find_map(|&(statement, span)| match statement {
        Statement::Form(form) => Some((form, span)),
        _ => None,
    })
}

fn leaf(
    head: &HeadDraft<'_>,
    (id, is_leaf): (HeadId, bool),
    (maximum, floor): (&Ratio, &Ratio),
    (world, notes): (&Elsewhere, &mut Notes),
    context: &mut Context<'_, '_>,
) -> Option<Leaf> {
    let code = &head.head.code;
    let (lines, twice) = first_form(&head.lines);
    let forgiving = head.damaged || twice;
    notes.damaged |= twice;
    let form = form_of(&lines);
    if !is_leaf || context.header.frame.is_some() {
        if let Some((_, span)) = form {
            let code = code.value.clone();
            let problem = if is_leaf { Structure::FrameWithForm { code } } else { Structure::FormOnParent { code } };
            context.findings.push(Diagnostic::new(problem, span));
        }
        // Of a head with parts these would be read and never kept.
        let idle = |statement: &Statement| match statement {
            Statement::Gate(_) => true,
            Statement::NotApplicable(_)
            | Statement::NoRowCase(_)
            | Statement::NoRowsLeft(_)
            | Statement::Figure(_)
            | Statement::List(_)
            | Statement::Column(_)
            | Statement::Example(_) => !is_leaf && form.is_none(),
            line => !is_leaf && form.is_none() && in_form(line),
        };
        for &(statement, span) in head.lines.iter().filter(|(statement, _)| idle(statement)) {
            let place = Both::new("mục được chấm trực tiếp", "a head that is scored itself");
            let problem = Structure::MisplacedLine { line: super::draft::name(statement), place };
            context.findings.push(Diagnostic::new(problem, span));
        }
        return None;
    }
    let set = set(context, world, Some(id));
    let mut figures = world.of(id);
    // Figures whose bounds contradict each other prove nothing: it was told, the rest is not judged.
    notes.damaged |= lower::contradictory(&figures);
    let mut used = vec![false; figures.len()];
    let Some((form, span)) = form else {
        if !head.damaged {
            context.findings.push(Diagnostic::new(Structure::NoForm { code: code.value.clone() }, code.span));
        }
        return None;
    };
    notes.form = span;
    let penalty = head.head.level == Level::Penalty;
    let written = Written { form, lines: &lines, floor, penalty, text: context.text };
    let findings = &mut *context.findings;
    let mut scope = Scope { set, figures: &mut figures, used: &mut used, maximum, forgiving, findings };
    let lowered = lower::scoring(&written, context.templates, &mut scope);
    let mut not_applicable = lower::not_applicable(&head.lines, &mut scope);
    let gates = gates::gates(&head.lines, &context.codes, context.whole, &mut scope);
    notes.lost |= beside_form(&head.lines) > not_applicable.len() + gates.len();
    notes.lost |= columns_written(&head.lines) > columns_kept(&figures);
    let Some(mut lowered) = lowered else {
        notes.damaged = true;
        return None;
    };
    // The head's own lines come before those of its template.
    not_applicable.extend(lowered.not_applicable);
    notes.damaged |= lowered.damaged;
    notes.lost |= lowered.lost;
    notes.not_monotone = lowered.not_monotone;
    notes.continuous = lowered.continuous;
    notes.used = used;
    never_done(&mut lowered.scoring, &mut figures);
    let examples = examples(&head.lines);
    let leaf = Leaf {
        figures_missing: notes.missing.figures.clone(),
        evidence_missing: notes.missing.evidence.clone(),
        figures,
        scoring: lowered.scoring,
        form: span,
        written_day: lowered.written_day,
        not_applicable,
        gates,
        examples,
    };
    Some(leaf)
}

/// How many lines of a leaf stand beside its form.
fn beside_form(lines: &[Placed<'_>]) -> usize {
    lines.iter().filter(|(line, _)| matches!(line, Statement::NotApplicable(_) | Statement::Gate(_))).count()
}

fn columns_written(lines: &[Placed<'_>]) -> usize {
    lines.iter().filter(|(line, _)| matches!(line, Statement::Column(_))).count()
}

fn columns_kept(figures: &[Figure]) -> usize {
    let own = figures.iter().filter(|figure| figure.origin == Origin::Stated);
    let columns = own.map(|figure| match &figure.kind {
        FigureKind::Rows(columns) => columns.len(),
        _ => 0,
    });
    columns.sum()
}

/// A deadline's date may say that it was never done: that of the leaf, or of each row.
fn never_done(scoring: &mut Scoring, figures: &mut [Figure]) {
    match scoring {
        Scoring::Declared(ModelForm::Deadline, Meaning::Cases { arms, .. }) => {
            for arm in arms {
                if let Guard::Test(Test::Answer(id, false)) = arm.guard
                    && let Some(figure) = figures.get_mut(id.0)
                {
                    figure.or_never = true;
                }
            }
        }
        Scoring::PerRow(per_row) => {
            let PerRow { list, row, .. } = &mut **per_row;
            never_done(&mut row.scoring, &mut row.figures);
            let columns = figures.get_mut(list.0).map(|list| &mut list.kind);
            if let Some(FigureKind::Rows(columns)) = columns {
                for (column, read) in columns.iter_mut().zip(&row.figures) {
                    column.or_never |= read.or_never;
                }
            }
        }
        _ => {}
    }
}

/// Figures that nothing reads: no rule, no bound, no other leaf.
fn unused(built: &[Built], world: &Elsewhere, whole: bool, findings: &mut Vec<Diagnostic>) {
    let leaves = || built.iter().filter_map(|built| built.head.leaf.as_ref());
    let far = leaves().flat_map(|leaf| &leaf.figures).filter_map(|figure| figure.origin.stated_at());
    let read: BTreeSet<(Option<HeadId>, FigureId)> = far.collect();
    for (at, built) in built.iter().enumerate() {
        let Some(leaf) = built.head.leaf.as_ref().filter(|_| !built.notes.damaged) else { continue };
        // Points that are entered need no figures.
        if matches!(leaf.scoring, Scoring::Entered { .. }) {
            continue;
        }
        for (place, figure) in leaf.figures.iter().enumerate() {
            let id = FigureId(place);
            let used = built.notes.used.get(place).copied().unwrap_or(true);
            // What stands elsewhere is told of there.
            let elsewhere = figure.origin.stated_at().is_some();
            if used || elsewhere || read.contains(&(Some(HeadId(at)), id)) || bounds_another(&leaf.figures, id) {
                continue;
            }
            findings.push(Diagnostic::new(Names::UnusedFigure { name: figure.name.clone() }, figure.span));
        }
        columns((HeadId(at), leaf), &leaves(), findings);
    }
    if whole {
        let is_leaf = |id: HeadId| built.get(id.0).is_some_and(|built| built.head.leaf.is_some());
        lower::unused_shared(&world.shared, leaves().map(|leaf| leaf.figures.as_slice()), is_leaf, findings);
    }
}

/// Columns that no rule reads and that bound none.
fn columns<'a>(
    (own, leaf): (HeadId, &Leaf),
    leaves: &(impl Iterator<Item = &'a Leaf> + Clone),
    findings: &mut Vec<Diagnostic>,
) {
    for (at, list) in leaf.figures.iter().enumerate() {
        let FigureKind::Rows(columns) = &list.kind else { continue };
        // The columns of a list of elsewhere are told of where it stands.
        if list.origin != Origin::Stated {
            continue;
        }
        let mut read: BTreeSet<FigureId> = BTreeSet::new();
        // Another leaf knows the list as one of its own figures.
        let elsewhere = leaves.clone().filter_map(|other| {
            let far = Origin::Far { head: own, figure: FigureId(at) };
            Some((other, FigureId(other.figures.iter().position(|figure| figure.origin == far)?)))
        });
        for (reader, id) in elsewhere.chain([(leaf, FigureId(at))]) {
            for figure in &reader.figures {
                if let Origin::Rows(over) = &figure.origin
                    && over.list == id
                {
                    over.told.figures(&mut |id| {
                        read.insert(id);
                    });
                }
            }
        }
        if let Scoring::PerRow(rows) = &leaf.scoring
            && rows.list == FigureId(at)
        {
            rows.figures(&mut |id| {
                read.insert(id);
            });
        }
        for (place, column) in columns.iter().enumerate() {
            let id = FigureId(place);
            if !read.contains(&id) && !bounds_another(columns, id) && column.kind != FigureKind::Text {
                findings.push(Diagnostic::new(Names::UnusedFigure { name: column.name.clone() }, column.span));
            }
        }
    }
}

fn bounds_another(figures: &[Figure], id: FigureId) -> bool {
    let mut found = false;
    for limit in figures.iter().flat_map(|figure| &figure.limits) {
        limit.bound.figures(&mut |bounding| found |= bounding == id);
    }
    found
}

fn examples(lines: &[Placed<'_>]) -> Vec<Example> {
    lines
        .iter()
        .filter_map(|&(statement, _)| match statement {
            Statement::Example(example) => Some(example.clone()),
            _ => None,
        })
        .collect()
}
