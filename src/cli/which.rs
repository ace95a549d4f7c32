//! Which ruleset a command works by, and which submissions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::earlier::Earlier;
use super::exit::Exit;
use super::progress::Progress;
use super::{Manner, output};
use crate::catalogue::{self, Home, Sheets, Trial, find, load, named_edition};
use crate::diagnostic::{Language, SourceMap, nearest};
use crate::engine::{Plan, Scorecard};
use crate::language::{fold, tree};
use crate::ruleset::{HeadId, Ruleset};
use crate::wire;

/// Where the rulesets of the working directory lie.
const FOLDER: &str = "rulesets";

/// What commands over submissions take.
#[derive(Debug, clap::Args)]
pub(super) struct Against {
    /// Bộ tiêu chí để chấm; nếu không nói, hồ sơ tự nêu · The ruleset to score by; else the one that a submission names
    #[arg(long, value_name = "FILE")]
    ruleset: Option<String>,
    /// Thư mục bộ tiêu chí · The folder of rulesets
    #[arg(long, value_name = "DIR", default_value = FOLDER)]
    rulesets: PathBuf,
    /// Kết quả phiếu điều tra (.csv, .json), hoặc thư mục các tệp ấy · Answers to questionnaires (.csv, .json), or folders of them
    #[arg(long, value_name = "FILE")]
    survey: Vec<PathBuf>,
    /// Hồ sơ các năm trước của cùng chỉ số · Sheets of earlier years of the same index
    #[arg(long, value_name = "FILE")]
    archive: Vec<PathBuf>,
    /// Kết quả của chỉ số khác (.json, .csv) · Results of other indices (.json, .csv)
    #[arg(long, value_name = "FILE")]
    index: Vec<PathBuf>,
    /// Sổ đơn vị (.csv): mã, khối, thời gian hiệu lực, đơn vị trên · The register of units (.csv): codes, blocks, validity, parents
    #[arg(long, value_name = "FILE")]
    units: Vec<PathBuf>,
}

/// The round that a unit is compared within, where it is scored alone.
#[derive(Debug, clap::Args)]
pub(super) struct Among {
    /// Hồ sơ của cả đợt, để xếp hạng và so với đơn vị khác · The sheets of the whole round, to compare with
    #[arg(long, value_name = "FILE")]
    cohort: Vec<PathBuf>,
}

impl Among {
    /// Reads the submissions of some units of a round; answers about the others of it are no answers about nobody.
    pub(super) fn read(&self, paths: &[PathBuf], against: &Against, manner: Manner) -> Sheets {
        let others = if self.cohort.is_empty() || against.survey.is_empty() {
            BTreeSet::new()
        } else {
            let all = catalogue::sheets(&self.cohort, &against.home(), &against.units, &mut |_, _| ());
            all.rounds.into_iter().flat_map(|round| round.submissions).map(|submission| submission.unit).collect()
        };
        against.read_among(paths, others, manner)
    }

    /// Gives every round the units that its own are compared with; a round with errors is none. How the command ends
    /// for it.
    pub(super) fn bring(&self, sheets: &mut Sheets, against: &Against, manner: Manner) -> Exit {
        if self.cohort.is_empty() {
            return Exit::Done;
        }
        let all = against.read(&self.cohort, manner);
        let ended = exit(&all);
        if ended != Exit::Done {
            return ended;
        }
        let mut without = Vec::new();
        for round in &mut sheets.rounds {
            let name = round.plan.ruleset().name();
            match all.rounds.iter().find(|other| other.plan.ruleset().name() == name) {
                Some(whole) => round.context.cohort = Some(whole.plan.cohort(&whole.submissions, &whole.context)),
                None => without.push((name, round.plan.compares_units())),
            }
        }
        let none = without.len() == sheets.rounds.len();
        without.retain(|(_, compares)| none || *compares);
        for (name, _) in &without {
            output::say(&manner.own().pick(
                format!(
                    "các tệp của `--cohort` không có hồ sơ nào của bộ tiêu chí `{name}`, nên không so với đơn vị nào"
                ),
                format!("the files of `--cohort` hold no submission for the ruleset `{name}`, so nothing is compared"),
            ));
        }
        if without.is_empty() { Exit::Done } else { Exit::Findings }
    }
}

/// Makes the submissions of a round the units that each of them is compared with.
pub(super) fn among_themselves(round: &mut catalogue::Round) {
    if round.plan.compares_units() {
        round.context.cohort = Some(round.plan.cohort(&round.submissions, &round.context));
    }
}

/// Says that units are not compared, since the round has an error: one left out would give the others false places.
pub(super) fn say_not_compared(round: &catalogue::Round, language: Language) {
    if round.plan.compares_units() {
        output::say(language.pick(
            "đợt có lỗi nên các mục so đơn vị với nhau chưa được chấm",
            "the round has errors, so the leaves that compare units with one another are not scored",
        ));
    }
}

impl Against {
    /// Every file besides the submissions that decides what they get.
    pub(super) fn beside(&self) -> impl Iterator<Item = PathBuf> {
        self.archive.iter().chain(&self.index).chain(&self.survey).chain(&self.units).cloned()
    }

    /// Whether the ruleset is named here.
    pub(super) fn names_ruleset(&self) -> bool {
        self.ruleset.is_some()
    }

    /// Where the rulesets are.
    pub(super) fn home(&self) -> Home {
        match &self.ruleset {
            Some(name) => Home::File(find(name, &self.rulesets)),
            None => Home::Folder(self.rulesets.clone()),
        }
    }

    /// Reads submissions and says what is wrong with them; in JSON, the findings are part of the result.
    pub(super) fn read(&self, paths: &[PathBuf], manner: Manner) -> Sheets {
        self.read_among(paths, BTreeSet::new(), manner)
    }

    /// The same of some units of a round, of which these are the others.
    fn read_among(&self, paths: &[PathBuf], others: BTreeSet<String>, manner: Manner) -> Sheets {
        let language = manner.own();
        let mut progress = Progress::new(language.pick("đọc hồ sơ", "reading"), manner.begun);
        let mut sheets = catalogue::sheets(paths, &self.home(), &self.units, &mut |done, all| progress.tell(done, all));
        drop(progress);
        catalogue::surround(&mut sheets, &catalogue::Beside { others, ..self.around(self.survey.clone()) });
        say(&sheets, manner);
        sheets
    }

    /// What surrounds submissions, with these answers to questionnaires.
    fn around(&self, surveys: Vec<PathBuf>) -> catalogue::Beside {
        let others = BTreeSet::new();
        catalogue::Beside { archive: self.archive.clone(), indices: self.index.clone(), surveys, others }
    }

    /// Reads the submissions of the year before; what is wrong with them is not said yet.
    pub(super) fn read_earlier(&self, earlier: &Earlier) -> Sheets {
        let home = match &earlier.previous_ruleset {
            Some(name) => Home::File(find(name, &self.rulesets)),
            None => Home::Folder(self.rulesets.clone()),
        };
        let mut sheets = catalogue::sheets(&earlier.previous_sheets, &home, &self.units, &mut |_, _| ());
        catalogue::surround(&mut sheets, &self.around(earlier.previous_survey.clone()));
        sheets
    }
}

/// Says what is wrong with submissions and with the rulesets that they need.
pub(super) fn say(sheets: &Sheets, manner: Manner) {
    output::say_unreadable(&sheets.unreadable, manner.own());
    for (file, sources) in &sheets.broken {
        output::broken(file, sources, manner.language(file.language));
    }
    if !sheets.findings.is_empty() {
        output::say(&output::findings(&sheets.findings, &sheets.sources, spoken(sheets, manner)));
    }
}

/// Says what was found after so many findings and paths that gave nothing.
pub(super) fn say_since(sheets: &Sheets, (before, unreadable): (usize, usize), manner: Manner) {
    output::say_unreadable(sheets.unreadable.get(unreadable..).unwrap_or_default(), manner.own());
    if let Some(found) = sheets.findings.get(before..).filter(|found| !found.is_empty()) {
        output::say(&output::findings(found, &sheets.sources, spoken(sheets, manner)));
    }
}

/// The language for what is said about submissions: that of their ruleset.
pub(super) fn spoken(sheets: &Sheets, manner: Manner) -> Language {
    let sound = sheets.rounds.iter().map(|round| round.plan.ruleset().language);
    let broken = sheets.broken.iter().map(|(file, _)| file.language);
    manner.language(sound.chain(broken).next().unwrap_or_default())
}

/// What was found in submissions and in the rulesets that they need, as published.
pub(super) fn findings(sheets: &Sheets, language: Language) -> Vec<wire::Finding> {
    let own = sheets.findings.iter().map(|found| wire::Finding::new(found, &sheets.sources, language));
    let broken = sheets.broken.iter().flat_map(|(file, sources)| {
        file.findings.iter().map(move |found| wire::Finding::new(found, sources, language))
    });
    own.chain(broken).collect()
}

/// Says why a table is not that of the whole round: what its errors are in.
pub(super) fn say_partial(sheets: &Sheets, language: Language) {
    if sheets.lacks {
        output::say(language.pick(
            "có hồ sơ lỗi nên không có trong bảng dưới đây; thứ hạng chưa phải của cả đợt",
            "submissions with errors are not in the table below; its places are not those of the whole round",
        ));
        return;
    }
    let errors = sheets.findings.iter().filter(|finding| finding.is_error());
    let read =
        errors.filter_map(|finding| sheets.sources.get(finding.span.source)).map(|source| source.name().to_owned());
    let unread = sheets.unreadable.iter().map(|path| path.path.display().to_string());
    let names: BTreeSet<String> = read.chain(unread).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    output::say(&language.pick(
        format!("hồ sơ không lỗi, tệp đi kèm có lỗi ({names}); bảng dưới đây chưa phải kết quả của đợt"),
        format!("no submission is wrong, but files beside them have errors ({names}); the table below is not the round's result yet"),
    ));
}

/// How a command over these submissions ends.
pub(super) fn exit(sheets: &Sheets) -> Exit {
    if !sheets.unreadable.is_empty() {
        Exit::Unreadable
    } else if sheets.any_error() {
        Exit::Findings
    } else {
        Exit::Done
    }
}

/// Scores every submission of a round.
pub(super) fn scorecards(round: &catalogue::Round, manner: Manner) -> Vec<Scorecard> {
    let mut progress = Progress::new(manner.own().pick("chấm điểm", "scoring"), manner.begun);
    let all = round.submissions.len();
    let scored = round.submissions.iter().enumerate().map(|(at, submission)| {
        progress.tell(at, all);
        round.plan.evaluate(submission, &round.context)
    });
    scored.collect()
}

/// A ruleset by name or by file, or how the command ends without it; what is wrong has been said.
pub(super) fn ruleset(name: &str, folder: &Path, manner: Manner) -> Result<(Ruleset, SourceMap), Exit> {
    whole(name, folder, manner).map(|(ruleset, _, sources)| (ruleset, sources))
}

/// A ruleset with its one text, what it extends written in.
pub(super) fn whole(name: &str, folder: &Path, manner: Manner) -> Result<(Ruleset, tree::File, SourceMap), Exit> {
    let file = find(name, folder);
    let mut loaded = load(std::slice::from_ref(&file), Trial::Run);
    output::say_unreadable(&loaded.unreadable, manner.own());
    if !loaded.unreadable.is_empty() {
        return Err(Exit::Unreadable);
    }
    if let [_, second, ..] = loaded.files.as_slice() {
        let second = second.path.display();
        output::say(&manner.own().pick(
            format!("`{name}` có nhiều bộ tiêu chí, cần nêu một, ví dụ {second}"),
            format!("`{name}` holds several rulesets, name one, for example {second}"),
        ));
        return Err(Exit::Usage);
    }
    let Some(file) = loaded.files.first_mut() else { return Err(Exit::Unreadable) };
    if let (Some(ruleset), Some(composed)) = (file.ruleset.take(), file.composed.take()) {
        return Ok((ruleset, composed, loaded.sources));
    }
    let language = manner.language(file.language);
    if manner.json {
        let findings = file.findings.iter().map(|found| wire::Finding::new(found, &loaded.sources, language));
        // The findings are the result now; a reader who has gone does not change how this ends.
        let _ = output::data(&wire::write(&wire::Findings::new(findings.collect())));
    } else {
        output::broken(file, &loaded.sources, language);
    }
    Err(Exit::Findings)
}

/// Why a set is not held against an edition of an earlier year: it names the codes of a later one.
pub(super) fn of_newest_edition(set: &Ruleset, file: &Path, earlier: &Ruleset, language: Language) -> Option<String> {
    let found = named_edition(set, file, earlier)?;
    let (by, newest) = (found.by.name(), found.newest);
    let (name, year, edition, path) = (earlier.name(), earlier.year, found.earlier.edition, &found.by.path);
    let own = found.earlier.path == earlier.path;
    let vi = if own { format!("lần {edition}") } else { format!("`{name}`, xây trên lần {edition}") };
    let en = if own { format!("edition {edition}") } else { format!("`{name}`, which builds on edition {edition}") };
    Some(language.pick(
        format!(
            "`{by}` không kế thừa bộ nào của năm {year}, và mã ghi ở `thay cho … của năm {year}` là mã của lần ban hành \
             mới nhất (lần {newest}), không phải của lần {edition}, nên không so với {vi}; so với \
             `{path}/{year}-{newest}`"
        ),
        format!(
            "`{by}` extends no set of {year}, and the codes in `takes the place of … of year {year}` are those of the \
             newest edition ({newest}), not of edition {edition}, so it is not compared with {en}; compare \
             with `{path}/{year}-{newest}`"
        ),
    ))
}

/// A ruleset that can score.
pub(super) fn plan(name: &str, folder: &Path, manner: Manner) -> Result<(Plan, SourceMap), Exit> {
    let (ruleset, sources) = ruleset(name, folder, manner)?;
    let language = manner.language(ruleset.language);
    Plan::compile(ruleset)
        .map_err(|finding| {
            output::say(&output::findings(&[*finding], &sources, language));
            Exit::Findings
        })
        .map(|plan| (plan, sources))
}

/// A head by its code; an unknown code is said, with the nearest known.
pub(super) fn head(ruleset: &Ruleset, code: &str, manner: Manner) -> Result<HeadId, Exit> {
    if let Some((id, _)) = ruleset.by_code(code) {
        return Ok(id);
    }
    let near = nearest(code, ruleset.heads.iter().map(|head| head.code.as_str()), fold);
    let language = manner.language(ruleset.language);
    let near = crate::diagnostic::Say::say(&near, language);
    let name = ruleset.name();
    output::say(&language.pick(
        format!("bộ tiêu chí `{name}` không có mục `{code}`{near}"),
        format!("the ruleset `{name}` has no `{code}`{near}"),
    ));
    Err(Exit::Usage)
}

/// The block of a name or a title; an unknown one is told with the nearest name.
pub(super) fn block<'a>(ruleset: &'a Ruleset, said: &str, manner: Manner) -> Result<&'a str, Exit> {
    if let Some(block) = ruleset.block(said) {
        return Ok(&block.name);
    }
    let near = nearest(said, ruleset.blocks.iter().map(|block| block.name.as_str()), fold);
    let language = manner.language(ruleset.language);
    let near = crate::diagnostic::Say::say(&near, language);
    let name = ruleset.name();
    output::say(&language.pick(
        format!("bộ tiêu chí `{name}` không có khối `{said}`{near}"),
        format!("the ruleset `{name}` has no block `{said}`{near}"),
    ));
    Err(Exit::Usage)
}
