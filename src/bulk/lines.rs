//! A stream in chunks of whole records, each with the number of its first line.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

/// Bytes of a chunk, before the rest of its last record.
const CHUNK: u64 = 256 * 1024;
/// The most bytes of one record.
const RECORD: u64 = 16 * 1024 * 1024;

/// Whole records, as they stand in the stream.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// Which of the chunks it is, from 0.
    pub(super) number: u64,
    /// The line that it begins in, from 1.
    pub(super) line: u64,
    pub(super) bytes: Vec<u8>,
}

/// A stream being cut.
#[derive(Debug)]
pub(super) struct Chunks<R> {
    input: R,
    /// A line end in quotes ends no record.
    quotes: bool,
    number: u64,
    line: u64,
}

impl<R: BufRead> Chunks<R> {
    pub(super) fn new(input: R, quotes: bool) -> Self {
        Self { input, quotes, number: 0, line: 1 }
    }

    /// The first record alone: the header of a table.
    pub(super) fn header(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.finish(&mut bytes)?;
        self.line = self.line.saturating_add(lines(&bytes));
        Ok(bytes)
    }

    /// The next chunk; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.last() != Some(&b'\n') || self.is_open(&bytes) {
            self.finish(&mut bytes)?;
        }
        let chunk = Chunk { number: self.number, line: self.line, bytes };
        self.number = self.number.saturating_add(1);
        self.line = self.line.saturating_add(lines(&chunk.bytes));
        Ok(Some(chunk))
    }

    /// Reads on to the end of the record.
    fn finish(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        let begun = bytes.len();
        loop {
            let read = self.input.by_ref().take(RECORD).read_until(b'\n', bytes)?;
            if read == 0 || (bytes.last() == Some(&b'\n') && !self.is_open(bytes)) {
                return Ok(());
            }
            if u64::try_from(bytes.len().saturating_sub(begun)).is_ok_and(|read| read >= RECORD) {
                return Err(Error::new(
                    ErrorKind::InvalidData,
                    format!("line {}: longer than {RECORD} bytes", self.line),
                ));
            }
        }
    }

    fn is_open(&self, bytes: &[u8]) -> bool {
        self.quotes && count(bytes, b'"') % 2 == 1
    }
}

fn lines(bytes: &[u8]) -> u64 {
    u64::try_from(count(bytes, b'\n')).unwrap_or(u64::MAX)
}

#[expect(clippy::naive_bytecount, reason = "counting is no part of the time that a chunk takes")]
fn count(bytes: &[u8], of: u8) -> usize {
    bytes.iter().filter(|byte| **byte == of).count()
}

/// The records of a chunk, each with its line; empty ones are passed over.
pub(super) fn records(chunk: &Chunk, quotes: bool) -> impl Iterator<Item = (u64, &[u8])> {
    let mut line = chunk.line;
    let mut open = false;
    let ends = move |byte: &u8| {
        open ^= quotes && *byte == b'"';
        *byte == b'\n' && !open
    };
    chunk.bytes.split_inclusive(ends).filter_map(move |record| {
        let at = line;
        line = line.saturating_add(lines(record));
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let record = record.strip_suffix(b"\r").unwrap_or(record);
        (!record.trim_ascii().is_empty()).then_some((at, record))
    })
}
