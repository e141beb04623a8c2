//! `headless rebuild`: what follows from the facts is made anew.

use crate::Failure;
use std::io::{self, Write};
use std::path::Path;
use terminal::{OpenError, Surroundings, rebuild};

/// Rebuilds, and says what was not as the facts say.
///
/// # Errors
/// When nothing was rebuilt.
pub fn rebuild(data_dir: &Path) -> Result<(), Failure> {
    let surroundings = Surroundings::system();
    let failed =
        |source| Failure::Open { directory: data_dir.to_owned(), source: OpenError::Database(source) };
    let different =
        rebuild::rebuild(data_dir, surroundings.disk, &surroundings.clock.now()).map_err(failed)?;
    let mut out = io::stdout().lock();
    match different.as_slice() {
        [] => writeln!(out, "{}: made anew; everything was as the facts say", data_dir.display())?,
        tables => {
            writeln!(
                out,
                "{}: made anew; these were not as the facts say: {}",
                data_dir.display(),
                tables.join(", ")
            )?;
        }
    }
    Ok(out.flush()?)
}
