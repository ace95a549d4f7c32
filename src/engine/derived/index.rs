//! What the unit got in another index.

use super::{Absent, Source, Surroundings};
use crate::submission::Value;

/// The unit's own result.
pub(super) fn resolve(
    around: Surroundings<'_>,
    (path, year, part): (&str, u16, Option<&str>),
    in_points: bool,
) -> Result<(Value, Source), Absent> {
    let named = || (path.to_owned(), part.map(str::to_owned));
    match around.context.indices.result((path, year, part), around.unit, in_points) {
        Ok(value) => {
            let (path, part) = named();
            Ok((Value::Number(value), Source::Index { path, year, part }))
        }
        Err(why) => {
            let (path, part) = named();
            Err(Absent::Index { path, year, part, why })
        }
    }
}
