//! Serves the sandbox without MCP, so that other clients of the vendor, and other servers, can be held against it.

use std::{fs, io};

use serde_json::{Map, json};

use crate::{
    cli::{Alone, Options},
    output::say,
    program::{StartSandbox, Trouble},
    setup,
};

/// Says where the sandbox stands, as one line of JSON, and serves until stdin closes.
///
/// # Errors
/// That there is no sandbox, an unknown switch, or a file that cannot be written.
pub(crate) fn serve(
    sandbox: Option<StartSandbox>,
    how: &Alone,
    options: &Options,
) -> Result<(), Trouble> {
    let at = setup::start_sandbox(sandbox, options, how.tls.is_some()).map_err(Trouble::Usage)?;
    if let (Some(path), Some(certificate)) = (&how.tls, &at.certificate) {
        fs::write(path, certificate).map_err(|error| {
            Trouble::Failed(format!("cannot write {}: {error}", path.display()))
        })?;
    }
    // They are the sandbox's own and open nothing else, so they may be shown.
    let credentials: Map<_, _> = at
        .credentials
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect();
    say(json!({"base_url": at.base_url, "credentials": credentials}));
    let closed = io::copy(&mut io::stdin().lock(), &mut io::sink());
    closed
        .map(|_| ())
        .map_err(|error| Trouble::Failed(format!("stdin cannot be read: {error}")))
}
