//! The exit codes of every command: 0 done, 1 a problem was found and told, 2 the command line is wrong.

use std::{fmt, process::ExitCode};

/// What was asked for makes no sense: the command line must change, not the specs.
#[derive(Debug)]
pub(crate) struct CommandLine(pub(crate) String);

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CommandLine {}

/// The code of a command that failed.
pub(crate) fn code(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref::<CommandLine>() {
        Some(_) => ExitCode::from(2),
        None => ExitCode::FAILURE,
    }
}

/// 1 if there was a problem.
pub(crate) fn of(is_well: bool) -> ExitCode {
    match is_well {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_wrong_command_line_is_known_behind_its_context() {
        let wrong = Err::<(), _>(CommandLine("no such vendor".to_owned()))
            .context("while reading")
            .unwrap_err();
        assert_eq!(code(&wrong), ExitCode::from(2));
        assert_eq!(code(&anyhow::anyhow!("a file is gone")), ExitCode::FAILURE);
    }
}
