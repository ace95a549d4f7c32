//! A stream in chunks of whole records, each with the number of its first line.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::import::delimiter;

/// Bytes of a chunk.
pub const CHUNK: usize = 256 * 1024;
/// The most bytes of one record.
const RECORD: usize = 16 * 1024 * 1024;

/// Whole records, as they stand in the stream.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// Which of the chunks it is, from 0.
    pub(super) number: u64,
    /// The line that it begins in, from 1.
    line: u64,
    bytes: Vec<u8>,
}

/// A record of a chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    /// The line that it begins in, from 1.
    pub(super) line: u64,
    /// As it stands in the stream, without the end of its last line.
    pub(super) bytes: &'a [u8],
}

/// A stream being cut.
#[derive(Debug)]
pub(super) struct Chunks<R> {
    input: R,
    /// The sign between the cells of a table; nothing for a stream of lines.
    delimiter: Option<u8>,
    size: usize,
    /// Read, and of the next chunk.
    rest: Vec<u8>,
    number: u64,
    line: u64,
}

impl<R: BufRead> Chunks<R> {
    /// A stream of lines, in chunks of about so many bytes.
    pub(super) fn of_lines(input: R, size: usize) -> Self {
        Self { input, delimiter: None, size, rest: Vec::new(), number: 0, line: 1 }
    }

    /// A table, below its header; the header as it stands.
    pub(super) fn of_table(input: R, size: usize) -> Result<(Self, Vec<u8>)> {
        let mut chunks = Self::of_lines(input, size);
        let mut header = Vec::new();
        loop {
            let read = chunks.input.by_ref().take(limit(RECORD)).read_until(b'\n', &mut header)?;
            let between = delimiter(&String::from_utf8_lossy(&header));
            chunks.delimiter = Some(between);
            // The header has ended where something put after it is a record of its own.
            header.push(b'x');
            let end = last_row(&header, between);
            header.pop();
            if read == 0 || end == header.len() {
                break;
            }
            chunks.check(&header)?;
        }
        chunks.line = chunks.line.saturating_add(line_ends(&header));
        Ok((chunks, header))
    }

    /// The next chunk; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = self.size;
        bytes.reserve(wanted);
        loop {
            let missing = limit(wanted.saturating_sub(bytes.len()).max(1));
            let read = self.input.by_ref().take(missing).read_to_end(&mut bytes)?;
            let ended = limit(read) < missing;
            let end = if ended { bytes.len() } else { self.whole(&bytes) };
            if ended || end > 0 {
                self.rest = bytes.split_off(end);
                break;
            }
            self.check(&bytes)?;
            wanted = wanted.saturating_mul(2);
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let chunk = Chunk { number: self.number, line: self.line, bytes };
        self.number = self.number.saturating_add(1);
        self.line = self.line.saturating_add(line_ends(&chunk.bytes));
        Ok(Some(chunk))
    }

    /// How many of these bytes are whole records.
    fn whole(&self, bytes: &[u8]) -> usize {
        match self.delimiter {
            // A line end in quotes ends no record.
            Some(delimiter) if bytes.contains(&b'"') => last_row(bytes, delimiter),
            _ => bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1)),
        }
    }

    fn check(&self, record: &[u8]) -> Result<()> {
        if record.len() < RECORD {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::InvalidData,
            format!("dòng {0} dài hơn {RECORD} byte · line {0} is longer than {RECORD} bytes", self.line),
        ))
    }
}

impl Chunk {
    /// The records of a stream of lines; empty ones are passed over.
    pub(super) fn lines(&self) -> impl Iterator<Item = Record<'_>> {
        let lines = self.bytes.split(|byte| *byte == b'\n').zip(self.line..);
        let records = lines.map(|(bytes, line)| Record { line, bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes) });
        records.filter(|record| !record.bytes.trim_ascii().is_empty())
    }

    /// The rows of a table, each with its cells; empty lines are passed over.
    pub(super) fn rows(&self, delimiter: u8, mut take: impl FnMut(Record<'_>, &ByteRecord)) {
        let (mut reader, mut row) = (reader(&self.bytes, delimiter), ByteRecord::new());
        loop {
            let (begun, line) = (at(&reader), reader.position().line());
            let Ok(true) = reader.read_byte_record(&mut row) else { return };
            let bytes = self.bytes.get(begun..at(&reader)).unwrap_or_default();
            let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
            let (before, bytes) = bytes.split_at(bytes.iter().take_while(blank).count());
            let line = self.line.saturating_add(line).saturating_sub(1).saturating_add(line_ends(before));
            let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            take(Record { line, bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes) }, &row);
        }
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// Where the last row begins: before it all are whole.
fn last_row(bytes: &[u8], delimiter: u8) -> usize {
    let (mut reader, mut row, mut last) = (reader(bytes, delimiter), ByteRecord::new(), 0);
    loop {
        let begun = at(&reader);
        let Ok(true) = reader.read_byte_record(&mut row) else { return last };
        last = begun;
    }
}

/// Whether a header holds more than one line, by an end of line that the stream is not cut at.
pub(super) fn has_bare_return(header: &str, delimiter: u8) -> bool {
    let mut reader = reader(header.as_bytes(), delimiter);
    header.contains('\r') && reader.byte_records().count() > 1
}

fn at(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn limit(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[expect(clippy::naive_bytecount, reason = "counting is no part of the time that a chunk takes")]
fn line_ends(bytes: &[u8]) -> u64 {
    limit(bytes.iter().filter(|byte| **byte == b'\n').count())
}
