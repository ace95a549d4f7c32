//! Evidence as stated, checked in form: the engine asks whether it is there, nobody here opens it.

use super::number::shorten;
use super::value::compose;
use super::{Evidence, RawEvidence};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, Span};

/// One document; a finding for each part that cannot be.
pub(super) fn evidence(raw: &RawEvidence, place: Span, findings: &mut Vec<Diagnostic>) -> Option<Evidence> {
    let Some(file) = raw.file.as_ref().filter(|file| !file.value.trim().is_empty()) else {
        findings.push(Diagnostic::new(
            Sheet::MissingKey { of: Document::Submission, key: "file".to_owned() },
            raw_span(raw).unwrap_or(place),
        ));
        return None;
    };
    let sha256 = raw.sha256.as_ref().map(|digest| {
        let hexadecimal = digest.value.trim().to_ascii_lowercase();
        if hexadecimal.len() != 64 || !hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let found = shorten(&digest.value);
            findings.push(Diagnostic::new(Sheet::BadDigest { found }, digest.span));
        }
        hexadecimal
    });
    let page = raw.page.as_ref().and_then(|page| {
        let number = page.value.trim().parse::<u32>().ok().filter(|&number| number > 0);
        if number.is_none() {
            let expected = Both::new("số trang, từ 1", "the number of a page, from 1");
            let found = shorten(&page.value);
            let problem = Sheet::BadValue { name: "page".to_owned(), found, expected };
            findings.push(Diagnostic::new(problem, page.span));
        }
        number
    });
    let section = raw.section.as_ref().map(|section| compose(&section.value)).filter(|section| !section.is_empty());
    Some(Evidence { file: compose(&file.value), sha256, section, page })
}

/// Where the document is written, if any part of it is.
fn raw_span(raw: &RawEvidence) -> Option<Span> {
    [&raw.file, &raw.sha256, &raw.section, &raw.page].into_iter().flatten().map(|part| part.span).reduce(Span::to)
}
