//! One walk from a text to a checked set: parse, compose, group, build, check.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocks::{self, Block, UnitRule};
use super::compose::{self, Change, Identity, Library, Past, Wanted};
use super::draft;
use super::lineage::{self, Policies};
use super::model::{Decision, Head, Ruleset};
use super::{
    Checked, beside, build, calendar, check, fingerprint, header, lower, model, outline, parameters, questionnaire,
    sources, tests, whole,
};
use crate::diagnostic::{
    Diagnostic, Inheritance, Language, Names, Problem, SourceId, Span, Structure, Texts, any_error,
};
use crate::language::tree::{Extends, File, Line, Method, Statement};
use crate::language::{Keyword, Parsed, limits, parse};
use crate::number::Points;

/// What a set has from the sets that it builds on.
#[derive(Default)]
pub(super) struct History {
    pub(super) decisions: Vec<Decision>,
    pub(super) extends: Option<Identity>,
    pub(super) upper_level: Option<Arc<Ruleset>>,
    pub(super) changes: Vec<Change>,
    pub(super) policies: Policies,
    pub(super) past: Past,
}

/// What is checked, and what it may build on.
struct Asked<'a> {
    source: SourceId,
    texts: Texts<'a>,
    library: &'a Library,
    /// The text itself, not one that it builds on: only its own lineage is looked up.
    first: bool,
}

/// A set that a text extends, and what they are together.
struct Inherited {
    upper: Upper,
    composed: compose::Composed,
    /// The line that says so.
    line: Span,
}

/// A set that another extends.
struct Upper {
    identity: Identity,
    ruleset: Ruleset,
    file: File,
    /// What is told of it, and of those that it extends.
    told: Vec<Diagnostic>,
}

/// A set on the way to another, and where it names the next.
#[derive(Clone, Debug)]
pub(super) struct Step {
    identity: Identity,
    extends: Span,
}

/// Checks a text; `trail` names the sets that were asked for on the way to it.
pub(super) fn examine(source: SourceId, texts: Texts<'_>, library: &Library, trail: &[Step]) -> Checked {
    examine_parsed(parse(source, texts.whole(source)), source, (texts, library), trail)
}

/// Checks a text that has been parsed.
pub(super) fn examine_parsed(
    parsed: Parsed,
    source: SourceId,
    (texts, library): (Texts<'_>, &Library),
    trail: &[Step],
) -> Checked {
    let mut findings = parsed.diagnostics;
    sources::indented(&parsed.file, &mut findings);
    let own = Identity::of(&parsed.file);
    let extends = extends(&parsed.file);
    let Some((extends, line)) = extends else {
        if parsed.file.lines.iter().any(|line| matches!(line.statement, Some(Statement::Bad(Some(Keyword::Extends))))) {
            // What it amends, and what it has from there, nobody can tell.
            return Checked {
                ruleset: None,
                diagnostics: in_order(source, findings),
                composed: None,
                told_above: Vec::new(),
            };
        }
        let file = without_amendments(parsed.file, &mut findings);
        let asked = Asked { source, texts, library, first: trail.is_empty() };
        return finish(&asked, (file, own, None), findings);
    };
    // Who states no year is told so; what it extends cannot be told from itself.
    let identity = own.clone().unwrap_or(Identity { path: String::new(), year: u16::MAX, edition: 1 });
    let upper = match upper(extends, line, &identity, texts, library, trail) {
        Ok(upper) => upper,
        Err(told) => {
            findings.extend(told);
            return Checked {
                ruleset: None,
                diagnostics: in_order(source, findings),
                composed: None,
                told_above: Vec::new(),
            };
        }
    };
    findings.extend(edition_not_named(extends, &identity, &upper.identity, parsed.file.language));
    let name = upper.identity.name();
    let (file, composed) =
        compose::compose(&parsed.file, &identity, (&upper.ruleset, &upper.file), name, texts, &mut findings);
    let asked = Asked { source, texts, library, first: trail.is_empty() };
    finish(&asked, (file, own, Some(Inherited { upper, composed, line })), findings)
}

fn extends(file: &File) -> Option<(&Extends, Span)> {
    file.lines.iter().find_map(|line| match &line.statement {
        Some(Statement::Extends(extends)) => Some((extends, line.words)),
        _ => None,
    })
}

/// A lower level that names no edition takes whichever is the last: one that comes later changes its set.
fn edition_not_named(extends: &Extends, own: &Identity, upper: &Identity, language: Language) -> Option<Diagnostic> {
    if extends.edition.is_some() || upper.edition < 2 || upper.path == own.path {
        return None;
    }
    let edition = upper.edition;
    let problem = Inheritance::EditionNotNamed { name: upper.name(), edition: edition.to_string() };
    let end = Span { start: extends.year.span.end, ..extends.year.span };
    Some(
        Diagnostic::new(problem, extends.path.span.to(extends.year.span))
            .fix(end, language.pick(format!(", lần ban hành {edition}"), format!(", edition {edition}"))),
    )
}

/// The set that a text extends, sound; or what is wrong with it.
fn upper(
    extends: &Extends,
    line: Span,
    own: &Identity,
    texts: Texts<'_>,
    library: &Library,
    trail: &[Step],
) -> Result<Upper, Vec<Diagnostic>> {
    let wanted = Wanted::by(extends, own);
    let place = extends.path.span.to(extends.edition.as_ref().map_or(extends.year.span, |edition| edition.span));
    let told = |problem: Inheritance| Err(vec![Diagnostic::new(problem, place)]);
    let mut path: Vec<String> = trail.iter().map(|step| step.identity.name()).collect();
    path.push(own.name());
    let itself = wanted.before.is_some() && wanted.edition.map_or(own.edition <= 1, |edition| edition >= own.edition);
    if itself {
        return told(Inheritance::Later { name: wanted.name() });
    }
    let Some((identity, source)) = library.find(&wanted) else {
        let nearest = library.near(&wanted.name(), own);
        return told(Inheritance::NoParent { name: wanted.name(), nearest });
    };
    path.push(identity.name());
    let here = Step { identity: own.clone(), extends: place };
    if let Some(at) = trail.iter().position(|step| step.identity == *identity) {
        let names = path.get(at..).unwrap_or_default();
        let ring = Diagnostic::new(Inheritance::Cycle { path: names.join(" → ") }, place);
        let edges = trail.iter().skip(at).chain([&here]).zip(names.windows(2));
        let labelled = edges.fold(ring, |ring, (step, names)| match names {
            [from, to] => ring.label(
                step.extends,
                format!("`{from}` kế thừa `{to}` ở đây"),
                format!("`{from}` extends `{to}` here"),
            ),
            _ => ring,
        });
        return Err(vec![labelled]);
    }
    if path.len() > limits::GENERATIONS {
        return told(Inheritance::TooDeep { path: path.join(" → "), limit: limits::GENERATIONS });
    }
    let later = identity.path == own.path && (identity.year, identity.edition) >= (own.year, own.edition);
    if later || identity.year > own.year {
        return told(Inheritance::Later { name: identity.name() });
    }
    let asked_first = trail.is_empty();
    let mut trail = trail.to_vec();
    trail.push(here);
    let checked = examine(source, texts, library, &trail);
    if let (Some(ruleset), Some(file)) = (checked.ruleset, checked.composed) {
        let told = [checked.diagnostics, checked.told_above].concat();
        return Ok(Upper { identity: identity.clone(), ruleset, file, told });
    }
    let errors: Vec<Diagnostic> = checked.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    // A ring is told once, where it closes, with the whole path.
    let ring = |finding: &Diagnostic| {
        matches!(finding.problem, Problem::Inheritance(Inheritance::Cycle { .. } | Inheritance::TooDeep { .. }))
    };
    if let Some(ring) = errors.iter().find(|finding| ring(finding)) {
        let mut ring = Diagnostic { span: place, ..ring.clone() };
        if asked_first {
            // Where it is told needs no second word.
            ring.labels.retain(|label| label.span != place);
        }
        return Err(vec![ring]);
    }
    let broken = Diagnostic::new(Inheritance::ParentBroken { name: identity.name() }, line);
    Err(std::iter::once(broken).chain(errors).collect())
}

/// Whether the code that a finding misses in the numbering is one that these changes repeal.
fn repealed(changes: &[Change], finding: &Diagnostic) -> bool {
    let Problem::Names(Names::NumberingGap { missing, .. }) = &finding.problem else { return false };
    let is_missing =
        |kind: &compose::ChangeKind| matches!(kind, compose::ChangeKind::Repealed { code, .. } if code == missing);
    changes.iter().any(|change| is_missing(&change.kind))
}

/// A set that extends none amends nothing: what it says of the kind is told and passed over.
fn without_amendments(mut file: File, findings: &mut Vec<Diagnostic>) -> File {
    let mut passed_over = false;
    for line in &mut file.lines {
        let Some(statement) = &line.statement else { continue };
        let instead = match statement {
            Statement::Add(head) => Statement::Head(head.clone()),
            Statement::Amend(_) | Statement::Split(_) => Statement::Bad(Some(Keyword::Criterion)),
            Statement::Repeal(_) | Statement::Renumber(_) | Statement::AmendParameter(_) => Statement::Bad(None),
            _ => continue,
        };
        let problem = Inheritance::NotDerived { line: draft::name(statement) };
        findings.push(Diagnostic::new(problem, line.words));
        passed_over = true;
        line.statement = Some(instead);
    }
    if passed_over {
        file.lines.iter_mut().for_each(|line| line.comment = line.comment.filter(|_| line.statement.is_some()));
    }
    file
}

/// From ordinary statements to a set.
fn finish(
    asked: &Asked<'_>,
    (file, own, upper): (File, Option<Identity>, Option<Inherited>),
    mut findings: Vec<Diagnostic>,
) -> Checked {
    let Asked { source, texts, .. } = *asked;
    for source in file.lines.iter().filter_map(|line| line.statement.as_ref()).flat_map(Statement::own_sources) {
        header::clause(source, &mut findings);
    }
    let parameters::Applied { file: mut ordinary, reads, sourced } = parameters::apply(&file, &mut findings);
    let calendar = calendar::apply(&mut ordinary, &mut findings);
    let mut draft = draft::group(&ordinary, &mut findings);
    draft.incomplete |= upper.as_ref().is_some_and(|inherited| inherited.composed.flawed);
    let mut header = header::read(&draft, &mut findings);
    header.round.calendar = calendar;
    // Without its first line a text is not taken for a ruleset, and nothing more is asked of it.
    let opened = !header.path.is_empty();
    if opened {
        header::ask(&header, &draft, &mut findings);
    }
    let mut templates = lower::check_templates(&draft, &mut findings);
    let questionnaires = questionnaire::read(&draft, &mut findings);
    let outline = outline::outline(&draft, &mut findings);
    let mut heads_of = |block: Option<&str>, findings: &mut Vec<Diagnostic>| {
        let mut context = build::Context {
            header: &header,
            text: texts,
            language: file.language,
            questionnaires: lower::Questionnaires { list: &questionnaires, lost: draft.lost_questionnaire },
            codes: outline::codes(&draft, &outline),
            whole: !draft.incomplete,
            templates: &mut templates,
            reads: &sourced,
            values: upper.as_ref().map(|_| reads.as_slice()),
            block,
            findings,
        };
        build::heads(&draft, &outline, &mut context)
    };
    let (built, shared) = heads_of(None, &mut findings);
    let (blocks, units) = blocks::read(&header, &mut findings);
    let by_block = blocks::names(&draft, &header, &blocks, &mut findings);
    blocks::decided_once(&draft, &blocks, &mut findings);
    if opened {
        check::all(&header, &draft, (file.language, &questionnaires), (&built, by_block), &mut findings);
        check::misplaced(&file, &mut findings);
    }
    let mut variants: Vec<Vec<Head>> = Vec::new();
    let mut by_blocks: Vec<Diagnostic> = Vec::new();
    let mut unread = whole::unread(&header, &draft, &built);
    if by_block && !any_error(&findings) {
        let mut told: Vec<(&Block, Vec<Diagnostic>)> = Vec::new();
        for block in &blocks {
            let mut own = Vec::new();
            let (for_block, _) = heads_of(Some(&block.name), &mut own);
            check::block(&header, &block.name, (&built, &for_block), draft.incomplete, &mut own);
            if let Some(Inherited { upper, composed, line }) = &upper {
                own.retain(|finding| !findings.contains(finding));
                compose::tables(upper.ruleset.of_block(Some(&block.name)), composed, &for_block, *line, &mut own);
            }
            if header.frame.is_none() {
                unread.extend(whole::heads(&for_block));
            }
            told.push((block, own));
            variants.push(for_block.into_iter().map(|built| built.head).collect());
        }
        check::nobody(&built, &variants, &mut findings);
        by_blocks = blocks::told(told, &findings);
    }
    // A line that could not be read may have used any of them.
    if !draft.incomplete && !draft.lost_template && draft.heads.iter().all(|head| !head.damaged) {
        templates.unused(&mut findings);
    }
    if let Some(Inherited { upper, composed, line }) = &upper {
        compose::tables(&upper.ruleset, composed, &built, *line, &mut findings);
        check::loosened(&upper.ruleset, composed, &built, (source, *line), &mut findings);
        check::inherited_counts((&upper.identity.name(), composed), &built, (source, *line), &mut findings);
    }
    findings.extend(by_blocks);
    check::grades_in_range(&header, &draft, &built, &mut findings);
    check::fall(&header, &mut findings);
    check::shown(&header, &mut findings);
    let ceilings = check::ceilings(&header, &draft, &built, &mut findings);
    let heads: Vec<Head> = built.into_iter().map(|built| built.head).collect();
    let tests = tests::tests(&draft, &header, &heads, &mut findings);
    let policies = lineage::policies(&draft, &heads, source, &mut findings);
    if let Some(own) = &own {
        let extended = upper.as_ref().map(|inherited| &inherited.upper.ruleset);
        let codes = |year: u16| codes(own, year, extended, asked);
        let level = upper.as_ref().and_then(|inherited| {
            let set = &inherited.upper.ruleset;
            if set.path == own.path { set.upper_level.as_deref() } else { Some(set) }
        });
        let above =
            |line: Span| level.is_some_and(|level| level.decisions.iter().any(|text| text.source == line.source));
        lineage::check(own, &heads, (upper.is_some(), &above), &codes, &mut findings);
        if let Some(period) = &header.round.period {
            let extended = upper.as_ref().map(|inherited| (&inherited.upper.identity, &inherited.upper.ruleset));
            let extended = extended.filter(|(identity, _)| identity.path == own.path && identity.year < own.year);
            let before = extended.map(|(identity, ruleset)| (identity.name(), ruleset.round.period.clone()));
            let before = before.or_else(|| {
                let (name, ruleset) = of_year(own, own.year.checked_sub(1)?, asked)?;
                Some((name, ruleset.round.period))
            });
            findings.extend(before.and_then(|(name, theirs)| period.overlaps(&name, &theirs?)));
        }
    }
    let mut told_above: Vec<Diagnostic> = Vec::new();
    if let Some(Inherited { upper, .. }) = &upper {
        // What the set extended is told of itself is not told again, at whichever of its lines it was told there.
        let told = |finding: &Diagnostic| {
            let there = |span: Span| span == finding.span;
            upper.told.iter().any(|told| {
                told.problem == finding.problem
                    && (there(told.span) || told.labels.iter().any(|label| there(label.span)))
            })
        };
        (told_above, findings) =
            findings.into_iter().partition(|finding| finding.span.source != source && told(finding));
        // What this text leaves idle of another is not its author's to take out.
        let idle = |finding: &Diagnostic| {
            matches!(&finding.problem, Problem::Names(Names::UnusedTemplate { .. } | Names::UnusedParameter { .. }))
        };
        findings.retain(|finding| finding.span.source == source || !idle(finding));
    }
    if let Some(Inherited { composed, .. }) = &upper {
        // A code that this text repeals is not one forgotten.
        findings.retain(|finding| !repealed(&composed.changes, finding));
    }
    let changed = upper.as_ref().map(|inherited| (inherited.composed.changes.clone(), inherited.line));
    beside::add(&draft, &reads, &mut findings);
    if opened && !any_error(&findings) {
        // Where anything was told, what is lost may be what was told of.
        findings.extend(unread);
    }
    let sound = !any_error(&findings) && opened;
    let history = history(source, &file, own, policies, upper, &heads);
    let parts = (questionnaires, tests, ceilings);
    let ruleset = sound.then(|| model(&header, (heads, shared), parts, history, file.language)).flatten();
    let alone = ruleset.as_ref().and_then(|ruleset| compose::alone(&file, ruleset));
    let ruleset = ruleset.map(|ruleset| Ruleset {
        // Of the set and of its text by itself it is one.
        fingerprint: fingerprint::of(alone.as_ref().unwrap_or(&file), texts),
        parameters_read: reads,
        ..ruleset
    });
    let ruleset = ruleset.map(|ruleset| with_blocks(ruleset, (blocks, units), variants, &header));
    let mut diagnostics = in_order(source, findings);
    if let Some((changes, line)) = changed {
        // Only now: two lines that one amendment made wrong are two findings, though told at the same place.
        let causes = compose::Causes { file: &file, changes: &changes, own: source, texts };
        for finding in &mut diagnostics {
            causes.lead(finding, Some(line));
        }
        diagnostics.sort_by_key(|finding| (finding.span.source != source, finding.span));
    }
    // What reads the text is done with; it is handed on as it is.
    drop(header);
    drop(templates);
    drop(draft);
    drop(ordinary);
    // What extends this set knows from its texts what is whose; who reads it as one text knows what that says.
    let composed = ruleset.is_some().then(|| alone.filter(|_| asked.first).unwrap_or(file));
    Checked { ruleset, diagnostics, composed, told_above }
}

/// The set with its blocks: for each of them as it is there, where scores depend on it.
fn with_blocks(
    ruleset: Ruleset,
    (blocks, units): (Vec<Block>, Vec<UnitRule>),
    variants: Vec<Vec<Head>>,
    header: &header::Header<'_>,
) -> Ruleset {
    let whole = Ruleset { blocks, units, ..ruleset };
    let own = |name: &str| {
        let scale = header.scale_of(Some(name)).filter(|scale| scale.own)?;
        Some(Points::new(scale.points.value.clone()))
    };
    let of = |(block, heads): (&Block, Vec<Head>)| {
        let Some(scale) = own(&block.name) else {
            return (block.name.clone(), Arc::new(Ruleset { heads, ..whole.clone() }));
        };
        // The shares written are those of the whole; a scale of its own is made up of what is in it.
        let surveyed = heads.iter().filter(|head| head.leaf.is_some() && head.method == Method::Survey);
        let survey: Points = surveyed.filter(|head| !head.left_out()).map(|head| head.maximum.clone()).sum();
        let stated = whole.survey.is_some() || whole.appraised.is_some();
        let shares = stated.then(|| (scale.clone() - survey.clone(), survey));
        let (appraised, survey) = shares.unzip();
        (block.name.clone(), Arc::new(Ruleset { scale, appraised, survey, heads, ..whole.clone() }))
    };
    let by_block = whole.blocks.iter().zip(variants).map(of).collect();
    Ruleset { by_block, ..whole }
}

fn history(
    source: SourceId,
    file: &File,
    own: Option<Identity>,
    policies: Policies,
    upper: Option<Inherited>,
    heads: &[Head],
) -> History {
    let Some(own) = own else { return History::default() };
    let own_lines = file.lines.iter().filter(|line| line.span.source == source);
    let authorities = own_lines.filter_map(|line: &Line| match &line.statement {
        Some(Statement::Authority(authority)) => {
            Some((authority.number.value.clone(), authority.date.as_ref().map(|date| date.value)))
        }
        _ => None,
    });
    let header: Vec<&Line> = file.lines.iter().take_while(|line| compose::in_header(line)).collect();
    let sources = header.iter().filter(|line| matches!(line.statement, Some(Statement::Provenance(_))));
    let sources = sources.map(|&line| line.clone()).collect();
    let authorities = authorities.collect();
    let (templates, rules, gates) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let kept = Vec::new();
    let mut decision = Decision { source, name: own.name(), authorities, sources, kept, templates, rules, gates };
    let mut history = History { policies, ..History::default() };
    if let Some(Inherited { upper, composed, .. }) = upper {
        history.past = compose::past(&upper.ruleset, &own, &composed.old, heads);
        history.decisions.clone_from(&upper.ruleset.decisions);
        // Of what it extends directly the set itself can tell; those that extend this one are told here.
        if let Some(last) = history.decisions.last_mut() {
            compose::tell_what_stands(last, &upper.file, &upper.ruleset.heads);
        }
        decision.kept = compose::kept(&header, &history.decisions);
        history.extends = Some(upper.identity);
        history.changes = composed.changes;
        decision.rules = composed.rules;
        decision.gates = composed.gates;
        history.upper_level =
            if upper.ruleset.path == own.path { upper.ruleset.upper_level } else { Some(Arc::new(upper.ruleset)) };
    }
    history.decisions.push(decision);
    history
}

/// The codes of the set of an earlier year, if the library has it and it can be read: of the edition that this set
/// builds on, where it builds on one of that year.
fn codes(own: &Identity, year: u16, extended: Option<&Ruleset>, asked: &Asked<'_>) -> Option<(String, Vec<String>)> {
    let codes = |ruleset: &Ruleset| ruleset.heads.iter().map(|head| head.code.clone()).collect();
    if let Some(extended) = extended.filter(|set| asked.first && set.path == own.path && set.year == year) {
        return Some((extended.name(), codes(extended)));
    }
    let before = extended.and_then(|extended| extended.last_of(&own.path, year));
    let wanted = Wanted { edition: before.map(|set| set.edition), ..compose::lineage_of(&own.path, year) };
    let (name, ruleset) = look_up(own, &wanted, asked)?;
    Some((name, codes(&ruleset)))
}

/// The set of an earlier year under the same path, if the library has it and it is sound.
fn of_year(own: &Identity, year: u16, asked: &Asked<'_>) -> Option<(String, Ruleset)> {
    look_up(own, &compose::lineage_of(&own.path, year), asked)
}

fn look_up(own: &Identity, wanted: &Wanted, asked: &Asked<'_>) -> Option<(String, Ruleset)> {
    let there = asked.library.find(wanted).filter(|&(_, there)| asked.first && there != asked.source);
    let (identity, there) = there?;
    let ruleset =
        examine(there, asked.texts, asked.library, &[Step { identity: own.clone(), extends: Span::default() }])
            .ruleset?;
    Some((identity.name(), ruleset))
}

/// The findings in the order of the text, those of other texts after; each told once.
fn in_order(source: SourceId, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| (finding.span.source != source, finding.span));
    let mut seen: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings {
        // A template's mistake is told once, however many leaves use it.
        let mut here = seen.iter().rev().take_while(|told| told.span == finding.span);
        // Settings that the header lacks are all told at its first line; each is a fact of its own.
        let asked = matches!(finding.problem, Problem::Structure(Structure::MissingSetting { .. }));
        if !here.any(|told| told.code() == finding.code() && (!asked || told.problem == finding.problem)) {
            seen.push(finding);
        }
    }
    seen
}
