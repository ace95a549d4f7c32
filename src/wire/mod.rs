//! Published JSON shapes, in a stable order, with exact numbers.

mod submission;

pub use submission::to_json;
