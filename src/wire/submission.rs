//! A submission as the JSON that `import` reads.

use std::str::FromStr;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::diagnostic::Language;
use crate::language::tree::Track;
use crate::language::{date_text, moment_text};
use crate::number::{DecimalMark, Ratio};
use crate::ruleset::meaning::Kind;
use crate::ruleset::{Figure, FigureKind, Ruleset};
use crate::submission::{Entry, Evidence, Row, Stated, Submission, Value, explained_name, track_name};

/// The submission as JSON: indented, in the ruleset's order, every number exact.
pub fn to_json(ruleset: &Ruleset, submission: &Submission) -> String {
    let mut text = serde_json::to_string_pretty(&sheet(ruleset, submission)).unwrap_or_default();
    text.push('\n');
    text
}

/// The same on one line.
pub fn to_json_line(ruleset: &Ruleset, submission: &Submission) -> String {
    let mut text = serde_json::to_string(&sheet(ruleset, submission)).unwrap_or_default();
    text.push('\n');
    text
}

fn sheet<'a>(ruleset: &'a Ruleset, submission: &'a Submission) -> Sheet<'a> {
    let leaves = submission.leaves.iter().filter_map(|(&id, tracks)| {
        let head = ruleset.head(id)?;
        let figures = head.leaf.as_ref().map_or(&[][..], |leaf| leaf.figures.as_slice());
        let tracks =
            tracks.iter().map(|(&track, stated)| (track_name(track, Language::English), entry(figures, track, stated)));
        Some((head.code.as_str(), Ordered(tracks.collect())))
    });
    Sheet {
        ruleset: &ruleset.path,
        year: ruleset.year,
        unit: &submission.unit,
        block: submission.block.as_deref(),
        survey_held: submission.no_survey.then_some(false),
        submitted: submission.submitted.map(|submitted| moment_text(submitted, Language::English)),
        synthetic: submission.synthetic,
        shared: shared(ruleset, submission),
        leaves: Ordered(leaves.collect()),
    }
}

#[derive(Serialize)]
struct Sheet<'a> {
    ruleset: &'a str,
    year: u16,
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<&'a str>,
    #[serde(rename = "survey held", skip_serializing_if = "Option::is_none")]
    survey_held: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<String>,
    synthetic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<Ordered<&'static str, Ordered<&'a str, Written>>>,
    leaves: Ordered<&'a str, Ordered<&'static str, Stating<'a>>>,
}

#[derive(Serialize)]
struct Stating<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<Ordered<&'a str, Written>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Written {
    Number(serde_json::Number),
    Text(String),
    YesNo(bool),
    Rows(Vec<Ordered<String, Written>>),
}

/// Keys in the order given, which a map would not keep.
pub(super) struct Ordered<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Ordered<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

fn entry<'a>(figures: &'a [Figure], track: Track, entry: &'a Entry) -> Stating<'a> {
    let evidence = entry.evidence.iter().map(document).collect();
    let state = entry.explained.map(explained_name);
    match &entry.stated {
        Stated::Points { points, reason } => Stating {
            figures: None,
            points: Some(number(points.ratio())),
            reason: Some(reason.as_str()).filter(|reason| !reason.is_empty()),
            state,
            evidence,
        },
        Stated::Figures(values) => {
            let written = values.iter().filter_map(|(id, value)| {
                let figure = figures.get(id.0)?;
                Some((figure.name.as_str(), write(figure, value)?))
            });
            let figures = Ordered(written.collect());
            let bare = track == Track::Explanation && figures.0.is_empty();
            let figures = Some(figures).filter(|_| !bare);
            Stating { figures, points: None, reason: entry.note.as_deref(), state, evidence }
        }
    }
}

/// The figures that leaves share, by track.
fn shared<'a>(
    ruleset: &'a Ruleset,
    submission: &Submission,
) -> Option<Ordered<&'static str, Ordered<&'a str, Written>>> {
    let tracks = submission.shared.iter().map(|(&track, values)| {
        let written = values.iter().filter_map(|(id, value)| {
            let figure = ruleset.shared.figures.get(id.0)?;
            Some((figure.name.as_str(), write(figure, value)?))
        });
        (track_name(track, Language::English), Ordered(written.collect()))
    });
    let tracks: Vec<_> = tracks.collect();
    (!tracks.is_empty()).then_some(Ordered(tracks))
}

fn document(evidence: &Evidence) -> Document<'_> {
    Document {
        file: &evidence.file,
        sha256: evidence.sha256.as_deref(),
        section: evidence.section.as_deref(),
        page: evidence.page,
    }
}

pub(super) fn write(figure: &Figure, value: &Value) -> Option<Written> {
    Some(match (value, &figure.kind) {
        (Value::Number(value), FigureKind::Number(Kind::Rate)) => Written::Text(value.percent(DecimalMark::Point)),
        (Value::Number(value), FigureKind::Number(Kind::Date)) => {
            let day = value.to_i64().and_then(|day| i32::try_from(day).ok())?;
            Written::Text(date_text(day))
        }
        (Value::Number(value), FigureKind::Number(Kind::Moment)) => {
            Written::Text(moment_text(crate::ruleset::seconds(value)?, Language::English))
        }
        (Value::Number(value), _) => number(value),
        (Value::NotApplicable, _) => {
            let words = crate::language::Keyword::NotApplicableValue.canonical(Language::English);
            Written::Text(words.to_owned())
        }
        (Value::YesNo(answer), _) => Written::YesNo(*answer),
        (Value::Option(at), FigureKind::Choice(options)) => Written::Text(options.get(*at)?.clone()),
        (Value::Text(text), _) => Written::Text(text.clone()),
        (Value::Rows(rows), FigureKind::Rows(columns)) => {
            Written::Rows(rows.iter().map(|stated| row(columns, stated)).collect())
        }
        (Value::Option(_) | Value::Rows(_), _) => return None,
    })
}

/// A row: its name, then its cells in the order of the columns.
fn row(columns: &[Figure], row: &Row) -> Ordered<String, Written> {
    let name = ("tên".to_owned(), Written::Text(row.name.clone()));
    let cells = row.cells.iter().filter_map(|(id, value)| {
        let column = columns.get(id.0)?;
        Some((column.name.clone(), write(column, value)?))
    });
    Ordered(std::iter::once(name).chain(cells).collect())
}

/// Every digit of the number; what no decimal writes, as a fraction in quotes.
pub(super) fn number(value: &Ratio) -> Written {
    let text = value.exact(DecimalMark::Point);
    match serde_json::Number::from_str(&text) {
        Ok(number) => Written::Number(number),
        Err(_) => Written::Text(text),
    }
}
