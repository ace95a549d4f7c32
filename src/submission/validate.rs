//! A sheet meets its ruleset: codes, tracks, figures, bounds, points and evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{within_bounds, within_bounds_of};
use super::days::{unusual, unusual_in_rows};
use super::number::{Refused, near, points_words, read, thousands, written};
use super::value::{compose, value};
use super::{Entry, Explained, Raw, RawEntry, RawLeaf, RawValue, Stated, Submission, track};
use crate::diagnostic::{Both, Diagnostic, Document, Language, Nearest, Sheet, Span, Units, any_error};
use crate::language::tree::{Method, Spanned, Track};
use crate::language::{date_text, days, due_text, duration_text, fold, moment};
use crate::number::{DecimalMark, Points, Ratio};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{FigureKind, Head, HeadId, Leaf, Ruleset, Scoring};

/// What validating a sheet gives.
#[derive(Clone, Debug, Default)]
pub struct Validated {
    /// The submission, unless a finding is an error.
    pub submission: Option<Submission>,
    /// Findings, in the order of the sheet.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a sheet against its ruleset. Never fails; errors are findings, and then there is no submission.
pub fn validate(ruleset: &Ruleset, raw: &Raw) -> Validated {
    if let Some(finding) = wrong_ruleset(ruleset, raw) {
        return Validated { submission: None, diagnostics: vec![finding] };
    }
    let (block, lacking) = block(ruleset, raw);
    let ruleset = ruleset.of_block(block.as_deref());
    let heads = ruleset.heads.iter().enumerate().map(|(at, head)| (head.code.as_str(), (HeadId(at), head)));
    let block_name = block.as_deref();
    let findings = Vec::from_iter(lacking);
    let mut check = Check { ruleset, block: block_name, heads: heads.collect(), places: BTreeMap::new(), findings };
    let unit = raw.unit.as_ref().map(|unit| compose(&unit.value)).filter(|unit| !unit.is_empty());
    if unit.is_none() {
        let span = raw.unit.as_ref().map_or(Span { end: raw.span.start, ..raw.span }, |unit| unit.span);
        check.find(Sheet::MissingKey { of: Document::Submission, key: "unit".to_owned() }, span);
    }
    let submitted = raw.submitted.as_ref().and_then(|submitted| check.submitted(submitted));
    let shared = check.shared(raw);
    let leaves = check.leaves(raw);
    let no_survey = check.no_survey(raw, &leaves);
    let submission =
        Submission { no_survey, submitted, synthetic: raw.synthetic, shared, leaves, ..Default::default() };
    check.across(&submission);
    let mut diagnostics = check.findings;
    diagnostics.sort_by_key(|finding| finding.span);
    let submission = match unit {
        Some(unit) if !any_error(&diagnostics) => Some(Submission { unit, block, ..submission }),
        _ => None,
    };
    Validated { submission, diagnostics }
}

/// The block that a sheet is scored in, by the set's name for it; or what is wrong with it.
fn block(ruleset: &Ruleset, raw: &Raw) -> (Option<String>, Option<Diagnostic>) {
    let unit = raw.unit.as_ref().map(|unit| compose(&unit.value)).unwrap_or_default();
    let said = raw.block.as_ref().filter(|block| !block.value.trim().is_empty());
    let names = || ruleset.blocks.iter().map(|block| block.name.as_str());
    match said {
        _ if unit.is_empty() => (None, None),
        Some(said) => match ruleset.block(&compose(said.value.trim())) {
            Some(block) => (Some(block.name.clone()), None),
            None if ruleset.blocks.is_empty() => (Some(compose(said.value.trim())), None),
            None => {
                let nearest = crate::diagnostic::nearest(said.value.trim(), names(), fold);
                let problem = Units::BlockUnknown { unit, block: said.value.trim().to_owned(), nearest };
                (None, Some(Diagnostic::new(problem, said.span)))
            }
        },
        None if ruleset.blocks.is_empty() => (None, None),
        None => {
            let blocks = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let span = raw.unit.as_ref().map_or(raw.span, |unit| unit.span);
            (None, Some(Diagnostic::new(Units::WithoutBlock { unit, blocks }, span)))
        }
    }
}

fn wrong_ruleset(ruleset: &Ruleset, raw: &Raw) -> Option<Diagnostic> {
    let path = raw.ruleset.as_ref().filter(|path| compose(&path.value) != ruleset.path);
    let edition = format!("{}-{}", ruleset.year, ruleset.edition);
    let year = raw.year.as_ref().filter(|year| {
        let said = year.value.trim();
        said.parse() != Ok(ruleset.year) && said != edition
    });
    let span = path.or(year)?.span;
    let said = raw.ruleset.as_ref().map_or(ruleset.path.as_str(), |path| path.value.trim());
    let found = match &raw.year {
        Some(year) => format!("{said} {}", year.value.trim()),
        None => said.to_owned(),
    };
    Some(Diagnostic::new(Sheet::WrongRuleset { found, expected: ruleset.name() }, span))
}

struct Check<'a> {
    ruleset: &'a Ruleset,
    block: Option<&'a str>,
    heads: BTreeMap<&'a str, (HeadId, &'a Head)>,
    /// Where figures of leaves that read others are stated.
    places: BTreeMap<(HeadId, FigureId), Span>,
    findings: Vec<Diagnostic>,
}

/// A leaf with all that checking it needs.
#[derive(Clone, Copy)]
struct Place<'a> {
    id: HeadId,
    head: &'a Head,
    leaf: &'a Leaf,
    track: Track,
    span: Span,
}

impl<'a> Check<'a> {
    fn find(&mut self, problem: Sheet, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    fn repeated(&mut self, key: &str, span: Span) {
        self.find(Sheet::RepeatedKey { of: Document::Submission, key: key.to_owned() }, span);
    }

    /// Whether a sheet says that no survey was held: only where the set allows it, and with no survey leaf filled.
    fn no_survey(&mut self, raw: &Raw, leaves: &BTreeMap<HeadId, BTreeMap<Track, Entry>>) -> bool {
        let Some(said) = raw.survey_held.as_ref().filter(|held| !held.value) else { return false };
        let ruleset = self.ruleset;
        if ruleset.no_survey.is_none() {
            let why =
                Both::new("bộ tiêu chí không nói `điều tra …, nếu có`", "the ruleset does not say `survey …, if held`");
            self.find(Sheet::SurveyHeld { why }, said.span);
        }
        let surveyed = leaves.keys().filter_map(|&id| ruleset.head(id)).find(|head| head.method == Method::Survey);
        if let Some(head) = surveyed {
            let code = &head.code;
            let why = Both::new(
                format!("hồ sơ lại có kết quả điều tra của `{code}`"),
                format!("the submission fills the survey leaf `{code}` all the same"),
            );
            self.find(Sheet::SurveyHeld { why }, said.span);
        }
        true
    }

    /// When a sheet was submitted; late is told, and kept.
    fn submitted(&mut self, written: &Spanned<String>) -> Option<i64> {
        let Some(submitted) = moment(&written.value) else {
            let expected = Both::new(
                "giờ và ngày như 17:00 ngày 20/10/2021 (giờ chính thức của địa phương)",
                "a time and a day such as 17:00 on 20/10/2021 (local official time)",
            );
            let found = super::number::shorten(&written.value);
            self.find(Sheet::BadValue { name: "submitted".to_owned(), found, expected }, written.span);
            return None;
        };
        self.far_off(submitted, written.span);
        if let Some(due) = self.ruleset.round.submit_by
            && let Some(late) = due.late(submitted)
        {
            let both =
                |words: &dyn Fn(Language) -> String| Both::new(words(Language::Vietnamese), words(Language::English));
            let due = both(&|language| due_text(due, language));
            let late = both(&|language| duration_text(late, language));
            self.find(Sheet::SubmittedLate { late, due }, written.span);
        }
        Some(submitted)
    }

    /// A sheet that would have been submitted before the year before its own, or ten years after it: a slip in the year,
    /// which would otherwise be in time for any deadline.
    fn far_off(&mut self, submitted: i64, span: Span) {
        let own = i16::try_from(self.ruleset.year).unwrap_or(i16::MAX);
        let day = submitted.div_euclid(86_400);
        let first = own.checked_sub(1).and_then(|year| days(year, 1, 1));
        let last = own.checked_add(10).and_then(|year| days(year, 12, 31));
        if first.is_none_or(|first| day >= i64::from(first)) && last.is_none_or(|last| day <= i64::from(last)) {
            return;
        }
        let date = i32::try_from(day).map(date_text).unwrap_or_default();
        let problem = Sheet::StatedFarOff { name: "submitted".to_owned(), date, year: usize::from(self.ruleset.year) };
        self.find(problem, span);
    }

    fn leaves(&mut self, raw: &Raw) -> BTreeMap<HeadId, BTreeMap<Track, Entry>> {
        let mut leaves = BTreeMap::new();
        for stated in &raw.leaves {
            let Some((id, head, leaf)) = self.leaf(&stated.code) else { continue };
            if leaves.contains_key(&id) {
                self.repeated(&stated.code.value, stated.code.span);
                continue;
            }
            leaves.insert(id, self.tracks(id, head, leaf, stated));
        }
        leaves.retain(|_, tracks| !tracks.is_empty());
        leaves
    }

    /// What the sheet states of the figures that leaves share.
    fn shared(&mut self, raw: &Raw) -> BTreeMap<Track, BTreeMap<FigureId, super::Value>> {
        let figures = &self.ruleset.shared.figures;
        let mut tracks: BTreeMap<Track, BTreeMap<FigureId, super::Value>> = BTreeMap::new();
        let mut effective = BTreeMap::new();
        let mut spans = BTreeMap::new();
        for (name, stated) in &raw.shared {
            let Some(track) = self.shared_track(name) else { continue };
            let values = tracks.entry(track).or_default();
            for (name, stated) in stated {
                let wanted = compose(&name.value);
                let Some(at) = figures.iter().position(|figure| figure.name == wanted) else {
                    let nearest = near(&wanted, figures.iter().map(|figure| figure.name.as_str()));
                    self.find(Sheet::SheetFigure { name: wanted, code: "shared".to_owned(), nearest }, name.span);
                    continue;
                };
                let (Some(figure), id) = (figures.get(at), FigureId(at)) else { continue };
                if values.contains_key(&id) {
                    self.repeated(&wanted, name.span);
                    continue;
                }
                match value(figure, stated) {
                    Ok(Some(value)) => {
                        self.findings.extend(unusual(self.ruleset, figure, &value, stated.span));
                        spans.insert(id, stated.span);
                        effective.insert(id, value.clone());
                        values.insert(id, value);
                    }
                    Ok(None) => {}
                    Err(finding) => self.findings.push(*finding),
                }
            }
            for broken in within_bounds_of(figures, &Points::ZERO, &effective) {
                let span = spans.get(&broken.figure).copied().unwrap_or(name.span);
                let finding = Diagnostic::new(broken.problem, span);
                // A later track that leaves it as it was is not told of it again.
                if !self.findings.contains(&finding) {
                    self.findings.push(finding);
                }
            }
        }
        tracks.retain(|_, values| !values.is_empty());
        tracks
    }

    /// The track that states shared figures, by its name; without one the first that scores.
    fn shared_track(&mut self, name: &Spanned<String>) -> Option<Track> {
        let known = &self.ruleset.tracks;
        if name.value.is_empty() {
            return known.iter().copied().find(|track| *track != Track::Explanation);
        }
        let track = track::read(&name.value).filter(|track| known.contains(track));
        match track {
            Some(Track::Explanation) => {
                self.find(Sheet::ExplanationScores { code: "shared".to_owned() }, name.span);
                None
            }
            Some(track) => Some(track),
            None => {
                let nearest = self.near_track(&name.value);
                self.find(Sheet::UnknownTrack { track: name.value.clone(), nearest }, name.span);
                None
            }
        }
    }

    /// A track that is meant by a name that none has.
    fn near_track(&self, name: &str) -> Nearest {
        let known = self.ruleset.tracks.iter().flat_map(|&known| {
            [Language::Vietnamese, Language::English].map(|language| track::track_name(known, language))
        });
        near(&track::key(name), known)
    }

    /// Figures that break a bound over what is stated elsewhere, in some track.
    fn across(&mut self, submission: &Submission) {
        let ruleset = self.ruleset;
        for (id, head, leaf) in ruleset.leaves().filter(|(_, _, leaf)| leaf.reads_elsewhere()) {
            let mut told = BTreeSet::new();
            for &track in ruleset.tracks.iter().filter(|&&track| track != Track::Explanation) {
                let mut values = submission.read_elsewhere(leaf, track);
                for (at, _) in leaf.figures.iter().enumerate().filter(|(_, figure)| !figure.origin.is_derived()) {
                    let own = submission.value_at(Some(id), FigureId(at), track);
                    values.extend(own.map(|(value, _)| (FigureId(at), value.clone())));
                }
                for broken in within_bounds(leaf, &head.maximum, &values) {
                    // What is stated elsewhere is told where it is stated.
                    let Some(&span) = self.places.get(&(id, broken.figure)) else { continue };
                    let known = self.findings.iter().any(|finding| finding.span == span);
                    if !known && told.insert(broken.figure) {
                        self.find(broken.problem, span);
                    }
                }
            }
        }
    }

    fn leaf(&mut self, code: &Spanned<String>) -> Option<(HeadId, &'a Head, &'a Leaf)> {
        let ruleset = self.ruleset;
        let wanted = compose(&code.value);
        let Some((id, head)) = self.heads.get(wanted.as_str()).copied() else {
            let nearest = near(&wanted, ruleset.leaves().map(|(_, head, _)| head.code.as_str()));
            self.find(Sheet::UnknownLeaf { code: wanted, nearest }, code.span);
            return None;
        };
        let Some(leaf) = &head.leaf else {
            self.find(Sheet::NotALeaf { code: wanted }, code.span);
            return None;
        };
        if head.aside.is_some() {
            let block = self.block.unwrap_or_default().to_owned();
            let finding = Diagnostic::new(Units::NotOfBlock { code: wanted, block }, code.span);
            self.findings.push(finding);
            return None;
        }
        Some((id, head, leaf))
    }

    fn tracks(&mut self, id: HeadId, head: &'a Head, leaf: &'a Leaf, stated: &RawLeaf) -> BTreeMap<Track, Entry> {
        let mut tracks = BTreeMap::new();
        let mut seen = Vec::new();
        for (name, entry) in &stated.tracks {
            let span = if name.value.is_empty() { stated.code.span } else { name.span };
            let Some(track) = self.track(head, name, span) else { continue };
            if seen.contains(&track) {
                let key = if name.value.is_empty() { &stated.code.value } else { &name.value };
                self.repeated(key, span);
                continue;
            }
            seen.push(track);
            let place = Place { id, head, leaf, track, span };
            if let Some(entry) = self.entry(place, entry) {
                tracks.insert(track, entry);
            }
        }
        self.repeated_figures(head, leaf, &tracks, stated.code.span);
        tracks
    }

    /// A later track replaces an earlier one as a whole: figures that it does not repeat are no longer answered.
    fn repeated_figures(&mut self, head: &Head, leaf: &Leaf, tracks: &BTreeMap<Track, Entry>, span: Span) {
        let mut before: Option<&BTreeMap<FigureId, super::Value>> = None;
        for (&track, entry) in tracks.iter().filter(|(track, _)| **track != Track::Explanation) {
            let Stated::Figures(values) = &entry.stated else { continue };
            let dropped = before.into_iter().flatten().filter(|(id, _)| !values.contains_key(id));
            let names: Vec<String> =
                dropped.filter_map(|(id, _)| leaf.figures.get(id.0)).map(|figure| figure.name.clone()).collect();
            if !names.is_empty() {
                let track = track::track_name(track, self.ruleset.language).to_owned();
                self.find(Sheet::FiguresNotRepeated { code: head.code.clone(), track, names }, span);
            }
            before = Some(values);
        }
    }

    fn track(&mut self, head: &Head, name: &Spanned<String>, span: Span) -> Option<Track> {
        let ruleset = self.ruleset;
        let usual = name.value.is_empty();
        let track = if usual { track::usual_track(ruleset, head) } else { track::read(&name.value) };
        let Some(track) = track.filter(|track| ruleset.tracks.contains(track)) else {
            // A track that is spelt well and not held this year has no nearest.
            let nearest = if track.is_some() { Nearest(None) } else { self.near_track(&name.value) };
            self.find(Sheet::UnknownTrack { track: name.value.clone(), nearest }, span);
            return None;
        };
        if track == Track::SelfScore && !track::self_scored(head) {
            self.find(Sheet::NotSelfScored { code: head.code.clone() }, span);
            return None;
        }
        Some(track)
    }

    fn entry(&mut self, place: Place<'_>, raw: &RawEntry) -> Option<Entry> {
        let code = || place.head.code.clone();
        let points = raw.points.as_ref().filter(|points| !is_nothing(&points.value));
        let (points, state) = self.state(place, points, raw)?;
        if place.track == Track::Explanation && (points.is_some() || !raw.figures.is_empty()) {
            self.find(Sheet::ExplanationScores { code: code() }, place.span);
            return None;
        }
        let before = self.findings.len();
        let mut evidence = Vec::new();
        for document in &raw.evidence {
            evidence.extend(super::evidence::evidence(document, place.span, &mut self.findings));
        }
        let reason = raw.reason.as_ref().filter(|reason| !reason.value.trim().is_empty());
        let stated = match points {
            Some(points) if !raw.figures.is_empty() => {
                self.find(Sheet::FiguresAndPoints { code: code() }, points.span);
                return None;
            }
            Some(points) => Stated::Points {
                points: self.points(place, points, reason.is_some())?,
                reason: reason.map(|reason| compose(&reason.value)).unwrap_or_default(),
            },
            None => {
                let appraisal = matches!(place.track, Track::Appraisal1 | Track::Appraisal2);
                if appraisal && raw.figures.is_empty() {
                    let track = track::track_name(place.track, self.ruleset.language).to_owned();
                    self.find(Sheet::NothingStated { code: code(), track }, place.span);
                    return None;
                }
                Stated::Figures(self.figures(place, raw))
            }
        };
        let sound = !self.findings.get(before..).is_some_and(any_error);
        let beside = matches!(stated, Stated::Figures(_));
        let note = reason.filter(|_| beside).map(|reason| compose(&reason.value));
        sound.then_some(Entry { stated, evidence, note, explained: state })
    }

    /// How far the explanation of a leaf has come; a table says it in the cell that holds the points of other steps.
    fn state<'r>(
        &mut self,
        place: Place<'_>,
        points: Option<&'r Spanned<RawValue>>,
        raw: &RawEntry,
    ) -> Option<(Option<&'r Spanned<RawValue>>, Option<Explained>)> {
        if place.track != Track::Explanation {
            if let Some(state) = &raw.state {
                self.find(
                    Sheet::UnknownKey { of: Document::Submission, key: "state".to_owned(), nearest: Nearest(None) },
                    state.span,
                );
                return None;
            }
            return Some((points, None));
        }
        let cell = points.and_then(|points| match &points.value {
            RawValue::Cell(text, _) if read(&points.value).is_err() => Some(Spanned::new(text.clone(), points.span)),
            _ => None,
        });
        let points = if cell.is_some() { None } else { points };
        let Some(said) = raw.state.clone().or(cell) else { return Some((points, None)) };
        let state = track::explained(&said.value);
        if state.is_none() {
            let expected = Both::new(
                "`đang chờ`, `đã giải trình`, `hết hạn` hoặc `không yêu cầu`",
                "`awaited`, `given`, `lapsed` or `not asked`",
            );
            let found = super::number::shorten(&said.value);
            let name = format!("{}@{}", place.head.code, track::track_name(place.track, self.ruleset.language));
            self.find(Sheet::BadValue { name, found, expected }, said.span);
        }
        Some((points, Some(state?)))
    }

    fn points(&mut self, place: Place<'_>, raw: &Spanned<RawValue>, reasoned: bool) -> Option<Points> {
        let code = || place.head.code.clone();
        let bad = || Sheet::BadValue { name: code(), found: written(&raw.value), expected: points_words() };
        let points = match read(&raw.value) {
            Ok(read) if !read.percent => Points::new(read.value),
            Ok(_) | Err(Refused::NotANumber) => {
                self.find(bad(), raw.span);
                return None;
            }
            Err(Refused::Dress(problem)) => {
                self.findings.push(Diagnostic::new(*problem, raw.span));
                return None;
            }
        };
        let (floor, maximum) = (&place.head.floor, &place.head.maximum);
        // Of points of which a thousand times as many may be given, too, nobody knows which is meant.
        let thousandfold = points.scale(&Ratio::from(1000));
        if *floor <= thousandfold
            && thousandfold <= *maximum
            && let RawValue::Text(_) | RawValue::Cell(_, DecimalMark::Point) = &raw.value
            && let Some(problem) = thousands(&raw.value)
        {
            self.findings.push(Diagnostic::new(problem, raw.span));
            return None;
        }
        let within = *floor <= points && points <= *maximum;
        if !within {
            let (points, floor, maximum) = (points.clone(), floor.clone(), maximum.clone());
            let of = Both::same(format!("`{}`", code()));
            self.find(Sheet::PointsOutOfRange { of, points, floor, maximum }, raw.span);
        }
        let excused = reasoned || matches!(place.leaf.scoring, Scoring::Entered { .. });
        if !excused {
            self.find(Sheet::NoReason { code: code() }, raw.span);
        }
        (within && excused).then_some(points)
    }

    fn figures(&mut self, place: Place<'_>, raw: &RawEntry) -> BTreeMap<FigureId, super::Value> {
        let mut values = BTreeMap::new();
        let mut spans = BTreeMap::new();
        for (name, stated) in &raw.figures {
            let wanted = compose(&name.value);
            let Some((id, figure)) = place.leaf.figure(&wanted) else {
                let nearest = near(&wanted, place.leaf.figures.iter().map(|figure| figure.name.as_str()));
                let code = place.head.code.clone();
                self.find(Sheet::SheetFigure { name: wanted, code, nearest }, name.span);
                continue;
            };
            if let Some((home, _)) = figure.origin.stated_at() {
                let of = home.and_then(|home| self.ruleset.head(home)).map(|head| head.code.as_str());
                let place = match of {
                    None => Both::new("`shared`, chung cho cả hồ sơ", "`shared`, once for the whole sheet"),
                    Some(code) => Both::same(format!("`{code}`")),
                };
                self.find(Sheet::StatedElsewhere { name: wanted, place }, name.span);
                continue;
            }
            if place.leaf.reads_elsewhere() {
                self.places.insert((place.id, id), stated.span);
            }
            if spans.insert(id, stated.span).is_some() {
                self.repeated(&wanted, name.span);
                continue;
            }
            if let (FigureKind::Rows(columns), RawValue::Rows(raw)) = (&figure.kind, &stated.value) {
                let at = (place.head.code.as_str(), stated.span);
                let before = self.findings.len();
                let rows = super::rows::rows(figure, columns, raw, at, &mut self.findings);
                // Of rows that could not be read, neither their number nor what they lack is news.
                if self.findings.len() == before {
                    self.findings.extend(unusual_in_rows(self.ruleset, columns, raw, &rows));
                    values.insert(id, super::Value::Rows(rows));
                }
                continue;
            }
            if let (FigureKind::Rows(_), RawValue::Table(file)) = (&figure.kind, &stated.value) {
                // Whoever reads submissions from disk has put the rows in place of the name.
                let why =
                    Both::new("bảng chỉ đọc được cùng hồ sơ trên đĩa", "a table is read with a submission on disk");
                self.find(Sheet::NoTable { file: file.clone(), why }, stated.span);
                continue;
            }
            match value(figure, stated) {
                Ok(Some(value)) => {
                    self.findings.extend(unusual(self.ruleset, figure, &value, stated.span));
                    values.insert(id, value);
                }
                Ok(None) => {}
                Err(finding) => self.findings.push(*finding),
            }
        }
        for broken in within_bounds(place.leaf, &place.head.maximum, &values) {
            let span = spans.get(&broken.figure).copied().unwrap_or(place.span);
            self.find(broken.problem, span);
        }
        values
    }
}

fn is_nothing(value: &RawValue) -> bool {
    match value {
        RawValue::Nothing => true,
        RawValue::Text(text) | RawValue::Cell(text, _) => text.trim().is_empty(),
        RawValue::Number(_) | RawValue::YesNo(_) | RawValue::Rows(_) | RawValue::Table(_) => false,
    }
}
