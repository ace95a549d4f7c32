//! What a leaf reads that its unit states elsewhere: figures shared by all leaves, and figures of other leaves.
//!
//! All figures are lowered before any rule is, and a rule reads stated figures alone: so no circle can arise but one of
//! bounds, and that is told.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::{Draft, Placed, name};
use super::super::gates::Codes;
use super::super::meaning::{Expr, FigureId, Term};
use super::super::model::{Figure, FigureKind, HeadId, Limit, Made};
use super::super::origin::{Origin, Shared};
use super::super::outline::Place;
use super::derived::names;
use super::figures::{self, Circles, Declared};
use super::{Scope, Set};
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Names, Structure, nearest};
use crate::language::fold;
use crate::language::tree::{Derived, Expression, ExpressionKind, Figure as Written, Spanned, Statement};
use crate::number::Ratio;

/// The figures of a set, by where they are stated.
#[derive(Debug, Default)]
pub(in super::super) struct Elsewhere {
    pub(in super::super) shared: Shared,
    leaves: BTreeMap<HeadId, Vec<Figure>>,
    /// Leaves some of whose figures could not be read, so that one that is not known may be one of them.
    unread: BTreeSet<HeadId>,
    codes: Codes,
    parents: Vec<Option<HeadId>>,
    /// Every head could be read.
    whole: bool,
}

/// A leaf whose figures are to be lowered.
pub(in super::super) struct Asking<'a> {
    pub(in super::super) id: HeadId,
    /// Its lines, of one form.
    pub(in super::super) lines: Vec<Placed<'a>>,
    pub(in super::super) maximum: Ratio,
    /// Some line of it could not be read.
    pub(in super::super) forgiving: bool,
}

/// A shared figure where it is declared.
struct Line<'a> {
    figure: &'a Written,
    /// The head under which it stands.
    home: Option<HeadId>,
}

impl Elsewhere {
    /// Lowers the figures of all leaves, and those that they share.
    pub(in super::super) fn read<'a>(
        draft: &Draft<'a>,
        outline: &[Place],
        leaves: &[Asking<'a>],
        (set, codes): (Set<'_>, &Codes),
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut world = Self {
            codes: codes.clone(),
            parents: outline.iter().map(|place| place.parent.map(HeadId)).collect(),
            whole: !draft.incomplete,
            unread: leaves.iter().filter(|leaf| leaf.forgiving).map(|leaf| leaf.id).collect(),
            ..Self::default()
        };
        world.share(&lines(draft, outline, findings), set, findings);
        let mut declared: Vec<(&Asking<'a>, Declared<'a>)> = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            let found = figures::declared(&leaf.lines, set, &leaf.maximum, leaf.forgiving, findings);
            world.taken(leaf.id, &found.figures, findings);
            world.leaves.insert(leaf.id, found.figures.clone());
            declared.push((leaf, found));
        }
        // Bounds may read figures of other leaves, so every figure is known by now, and no bound is.
        let mut bounded = BTreeMap::new();
        for (leaf, declared) in declared {
            let set = Set { elsewhere: &world, own: Some(leaf.id), ..set };
            bounded.insert(leaf.id, figures::bounded(declared, set, &leaf.maximum, leaf.forgiving, findings));
        }
        world.leaves = bounded;
        let mut circles = Circles::default();
        let mut ranged = BTreeMap::new();
        for leaf in leaves {
            let mut figures = world.leaves.get(&leaf.id).cloned().unwrap_or_default();
            let mut at = 0;
            while at < figures.len() {
                world.bound(&mut figures, FigureId(at), (leaf.id, set.language));
                at += 1;
            }
            figures::ranges(&mut figures, &leaf.maximum, &mut circles, findings);
            ranged.insert(leaf.id, figures);
        }
        circles.told(findings);
        world.leaves = ranged;
        world
    }

    /// The figures of a leaf, its own first.
    pub(in super::super) fn of(&self, leaf: HeadId) -> Vec<Figure> {
        self.leaves.get(&leaf).cloned().unwrap_or_default()
    }

    /// Lowers the shared figures.
    fn share(&mut self, lines: &[Line<'_>], set: Set<'_>, findings: &mut Vec<Diagnostic>) {
        let mut declared = Declared::default();
        for line in lines {
            if declared.add(line.figure, findings) {
                self.shared.homes.push(line.home);
            }
        }
        for bounds in &mut declared.bounds {
            bounds.retain(|(_, bound)| plain(bound, findings));
        }
        let none = Self::default();
        let set = Set { elsewhere: &none, own: None, ..set };
        let mut figures = figures::bounded(declared, set, &Ratio::ZERO, !self.whole, findings);
        let mut circles = Circles::default();
        figures::ranges(&mut figures, &Ratio::ZERO, &mut circles, findings);
        circles.told(findings);
        self.shared.figures = figures;
    }

    /// A figure of a leaf that sees a shared one of the same name.
    fn taken(&self, leaf: HeadId, figures: &[Figure], findings: &mut Vec<Diagnostic>) {
        for figure in figures {
            let seen = |(at, _): &(usize, &Figure)| self.sees(Some(leaf), *at);
            let same = self.shared.figures.iter().enumerate().filter(seen);
            let Some((_, other)) = same.into_iter().find(|(_, other)| fold(&other.name) == fold(&figure.name)) else {
                continue;
            };
            let problem = if other.name == figure.name {
                Names::SharedTaken { name: figure.name.clone() }
            } else {
                Names::FoldAlike { name: figure.name.clone(), other: other.name.clone() }
            };
            let finding = Diagnostic::new(problem, figure.span);
            findings.push(finding.label(other.span, "số liệu chung ở đây", "the shared figure is here"));
        }
    }

    /// Whether a leaf sees a shared figure: it lies under the head where that is declared.
    fn sees(&self, leaf: Option<HeadId>, shared: usize) -> bool {
        match self.shared.homes.get(shared).copied().flatten() {
            None => true,
            Some(home) => {
                let above = std::iter::successors(leaf, |id| self.parents.get(id.0).copied().flatten());
                above.into_iter().any(|id| id == home)
            }
        }
    }

    fn figure(&self, home: Option<HeadId>, id: FigureId) -> Option<&Figure> {
        match home {
            None => self.shared.figures.get(id.0),
            Some(leaf) => self.leaves.get(&leaf)?.get(id.0),
        }
    }

    /// Gives a figure that stands elsewhere the range and the bounds that it has there, so that proofs know it as the
    /// one figure that it is.
    fn bound(&self, figures: &mut Vec<Figure>, at: FigureId, (own, language): (HeadId, Language)) {
        let Some((home, id)) = figures.get(at.0).and_then(|figure| figure.origin.stated_at()) else { return };
        let Some(there) = self.figure(home, id) else { return };
        if let Some(figure) = figures.get_mut(at.0) {
            figure.range = there.range.clone();
            if !figure.limits.is_empty() {
                return;
            }
        }
        for limit in &there.limits {
            let mut here = |id: FigureId| self.bring(figures, (home, id), (own, language));
            if let Some(bound) = translated(&limit.bound, &mut here)
                && let Some(figure) = figures.get_mut(at.0)
            {
                figure.limits.push(Limit { side: limit.side, bound });
            }
        }
    }

    /// A figure of elsewhere among those of a leaf, with all that bounds it; it joins them where it is new.
    fn bring(
        &self,
        figures: &mut Vec<Figure>,
        (home, id): (Option<HeadId>, FigureId),
        (own, language): (HeadId, Language),
    ) -> Option<FigureId> {
        if home == Some(own) {
            return Some(id);
        }
        let there = self.figure(home, id)?;
        if let Some(further) = there.origin.stated_at() {
            return self.bring(figures, further, (own, language));
        }
        if there.origin != Origin::Stated {
            return None;
        }
        let origin = match home {
            None => Origin::Shared(id),
            Some(head) => Origin::Far { head, figure: id },
        };
        if let Some(known) = figures.iter().position(|figure| figure.origin == origin) {
            return Some(FigureId(known));
        }
        let mut made = None;
        let name = match home.and_then(|home| self.code(home)) {
            None => there.name.clone(),
            Some(code) => {
                let spanned = |text: &str| Spanned::new(text.to_owned(), there.span);
                let far = Derived::Far { name: spanned(&there.name), code: spanned(code) };
                made = Some(Box::new(Made { name: names(&far), label: Both::same(there.label.clone()) }));
                far.text(language)
            }
        };
        let at = FigureId(figures.len());
        figures.push(Figure { name, made, origin, limits: Vec::new(), ..there.clone() });
        self.bound(figures, at, (own, language));
        Some(at)
    }

    fn code(&self, head: HeadId) -> Option<&str> {
        self.codes.iter().find(|(_, id)| **id == head).map(|(code, _)| code.as_str())
    }

    /// The head under which a shared figure stands that some other leaf may read.
    fn seen_elsewhere(&self, name: &str) -> Option<&str> {
        let at = self.shared.figures.iter().position(|figure| figure.name == name)?;
        self.code(self.shared.homes.get(at).copied().flatten()?)
    }
}

/// The shared figures of a text, each with the head that it stands under; a leaf has its own.
fn lines<'a>(draft: &Draft<'a>, outline: &[Place], findings: &mut Vec<Diagnostic>) -> Vec<Line<'a>> {
    let declared = |(statement, _): &Placed<'a>| match statement {
        Statement::SharedFigure(figure) => Some(figure),
        _ => None,
    };
    let mut lines: Vec<Line<'a>> =
        draft.header.iter().filter_map(declared).map(|figure| Line { figure, home: None }).collect();
    for (at, place) in outline.iter().enumerate() {
        let Some(head) = draft.heads.get(place.draft) else { continue };
        for &(statement, span) in &head.lines {
            let Statement::SharedFigure(figure) = statement else { continue };
            if place.children.is_empty() {
                let place =
                    Both::new("ở phần đầu, hoặc dưới mục có mục con", "in the header, or under a head with parts");
                findings.push(Diagnostic::new(Structure::MisplacedLine { line: name(statement), place }, span));
            }
            // Under a leaf too: what the leaf reads is not told to be unknown besides.
            lines.push(Line { figure, home: Some(HeadId(at)) });
        }
    }
    lines
}

/// A bound of a shared figure reads numbers and other shared figures.
fn plain(bound: &Expression, findings: &mut Vec<Diagnostic>) -> bool {
    match &bound.kind {
        ExpressionKind::Derived(_) | ExpressionKind::Maximum => {
            let found = Both::new("giá trị của một mục hay một năm khác", "a value of a head or of another year");
            let expected = Both::new("một số hoặc một số liệu chung", "a number or a shared figure");
            findings.push(Diagnostic::new(Expressions::WrongType { found, expected }, bound.span));
            false
        }
        ExpressionKind::Negate(inner) => plain(inner, findings),
        ExpressionKind::Binary(_, left, right) => plain(left, findings) && plain(right, findings),
        ExpressionKind::Call { arguments, .. } => arguments.iter().all(|part| plain(part, findings)),
        _ => true,
    }
}

/// An expression over the figures of another place, over those of this one; nothing where it says something of that
/// place alone.
fn translated(expr: &Expr, here: &mut dyn FnMut(FigureId) -> Option<FigureId>) -> Option<Expr> {
    let term = match &expr.term {
        Term::Constant(value) => Term::Constant(value.clone()),
        Term::Figure(id) => Term::Figure(here(*id)?),
        Term::Negate(inner) => Term::Negate(Box::new(translated(inner, here)?)),
        Term::Binary(operator, left, right) => {
            Term::Binary(*operator, Box::new(translated(left, here)?), Box::new(translated(right, here)?))
        }
        Term::Least(parts) => Term::Least(parts.iter().map(|part| translated(part, here)).collect::<Option<_>>()?),
        Term::Greatest(parts) => {
            Term::Greatest(parts.iter().map(|part| translated(part, here)).collect::<Option<_>>()?)
        }
        Term::Round(inner, digits) => Term::Round(Box::new(translated(inner, here)?), *digits),
        Term::Floor(inner) => Term::Floor(Box::new(translated(inner, here)?)),
        Term::Absolute(inner) => Term::Absolute(Box::new(translated(inner, here)?)),
        Term::Maximum | Term::Subject | Term::Named(..) | Term::If(_) => return None,
    };
    Some(Expr { kind: expr.kind, term })
}

impl Scope<'_> {
    /// The figure that a name means here: one of the leaf, or a shared one that the leaf sees.
    pub(super) fn named(&mut self, name: &str) -> Option<FigureId> {
        if let Some(own) = self.figures.iter().position(|figure| figure.name == name) {
            return Some(FigureId(own));
        }
        let world = self.set.elsewhere;
        let at = world.shared.figures.iter().position(|figure| figure.name == name)?;
        world.sees(Some(self.set.own?), at).then(|| self.bring(None, FigureId(at))).flatten()
    }

    /// `tổng trong 1.3.1`: a figure with a value.
    pub(super) fn far(&mut self, name: &Spanned<String>, code: &Spanned<String>) -> Option<FigureId> {
        let (leaf, at) = self.place(name, code)?;
        let kind = self.set.elsewhere.figure(Some(leaf), at).map(|figure| &figure.kind);
        if let Some(FigureKind::Text | FigureKind::Rows(_)) = kind {
            let found = Both::new("văn bản hoặc danh sách", "a text or a list");
            let expected = Both::new("số liệu có trị số", "a figure with a value");
            self.find(Expressions::WrongType { found, expected }, name.span);
            return None;
        }
        self.fetch(leaf, at)
    }

    /// `xã trong 3.4` where a list is looked for: whatever the other leaf has under that name.
    pub(super) fn far_list(&mut self, name: &Spanned<String>, code: &Spanned<String>) -> Option<FigureId> {
        let (leaf, at) = self.place(name, code)?;
        self.fetch(leaf, at)
    }

    /// Whether a leaf has a list of this name.
    pub(super) fn is_far_list(&self, name: &str, code: &str) -> bool {
        let world = self.set.elsewhere;
        let figures = world.codes.get(code).and_then(|leaf| world.leaves.get(leaf));
        let named = figures.and_then(|figures| figures.iter().find(|figure| figure.name == name));
        named.is_some_and(|figure| matches!(figure.kind, FigureKind::Rows(_)))
    }

    /// Where a figure stands that is named with its leaf; what is wrong with the name is told.
    fn place(&mut self, name: &Spanned<String>, code: &Spanned<String>) -> Option<(HeadId, FigureId)> {
        let world = self.set.elsewhere;
        let Some(&leaf) = world.codes.get(&code.value) else {
            if world.whole {
                let near = nearest(&code.value, world.codes.keys().map(String::as_str), str::to_owned);
                self.find(Names::UnknownCode { code: code.value.clone(), nearest: near }, code.span);
            }
            return None;
        };
        let figures = world.leaves.get(&leaf).map(Vec::as_slice).unwrap_or_default();
        let stated = |figure: &&Figure| figure.origin == Origin::Stated;
        let Some(at) = figures.iter().position(|figure| figure.name == name.value && stated(&figure)) else {
            if !self.forgiving && !world.unread.contains(&leaf) {
                let near = nearest(&name.value, figures.iter().filter(stated).map(|figure| figure.name.as_str()), fold);
                let meant = near.0.clone();
                let (name_, code) = (name.value.clone(), code.value.clone());
                let finding = Diagnostic::new(Names::FarFigure { name: name_, code, nearest: near }, name.span);
                self.findings.push(match meant {
                    Some(meant) => finding.fix(name.span, meant),
                    None => finding,
                });
            }
            return None;
        };
        Some((leaf, FigureId(at)))
    }

    fn fetch(&mut self, leaf: HeadId, at: FigureId) -> Option<FigureId> {
        let id = self.bring(Some(leaf), at)?;
        if let Some(used) = self.used.get_mut(id.0) {
            *used = true;
        }
        Some(id)
    }

    fn bring(&mut self, home: Option<HeadId>, id: FigureId) -> Option<FigureId> {
        let brought = self.set.elsewhere.bring(self.figures, (home, id), (self.set.own?, self.set.language));
        self.used.resize(self.figures.len(), true);
        brought
    }

    /// What is told of a name that is a shared figure of heads that this one does not lie under.
    pub(super) fn not_seen(&self, name: &str) -> Option<Names> {
        let home = self.set.elsewhere.seen_elsewhere(name)?.to_owned();
        self.set.own.map(|_| Names::SharedNotSeen { name: name.to_owned(), home })
    }

    /// The shared figures that the leaf sees and has not read yet, by name, with their kinds.
    pub(super) fn shared_in_sight(&self) -> Vec<(String, FigureKind)> {
        let world = self.set.elsewhere;
        let figures = world.shared.figures.iter().enumerate();
        let seen = figures.filter(|(at, _)| self.set.own.is_some() && world.sees(self.set.own, *at));
        seen.map(|(_, figure)| (figure.name.clone(), figure.kind.clone())).collect()
    }
}

/// Shared figures that no leaf reads and that bound none that is read.
pub(in super::super) fn unused<'a>(
    shared: &Shared,
    leaves: impl Iterator<Item = &'a [Figure]>,
    is_leaf: impl Fn(HeadId) -> bool,
    findings: &mut Vec<Diagnostic>,
) {
    let read: BTreeSet<FigureId> = leaves
        .flatten()
        .filter_map(|figure| match figure.origin {
            Origin::Shared(id) => Some(id),
            _ => None,
        })
        .collect();
    for (at, figure) in shared.figures.iter().enumerate() {
        // One that stands where none can is told to be misplaced.
        let misplaced = shared.homes.get(at).copied().flatten().is_some_and(&is_leaf);
        if !misplaced && !read.contains(&FigureId(at)) {
            findings.push(Diagnostic::new(Names::UnusedFigure { name: figure.name.clone() }, figure.span));
        }
    }
}
