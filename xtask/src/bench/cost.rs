//! What a command costs: time, processor time and memory, those of every process that it starts included.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use wait4::Wait4;

/// What a command cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// Processor time, of the user and of the system.
    pub(crate) cpu: Duration,
    /// The most memory that one of its processes held, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command to its end.
///
/// # Errors
/// If it cannot be started, or fails.
pub(crate) fn of(command: &mut Command) -> anyhow::Result<Cost> {
    let start = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let used = child
        .wait4()
        .with_context(|| format!("cannot wait for {command:?}"))?;
    if !used.status.success() {
        bail!("{command:?} failed: {}", used.status);
    }
    Ok(Cost {
        wall: start.elapsed(),
        cpu: used.rusage.utime + used.rusage.stime,
        peak: used.rusage.maxrss,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_of_a_child_of_a_child_counts() {
        let script = "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true";
        let cost = of(Command::new("sh").args(["-c", script])).unwrap();
        assert!(cost.cpu > Duration::from_millis(20), "{cost:?}");
        assert!(cost.wall >= cost.cpu / 4, "{cost:?}");
        assert!((100_000..1_000_000_000).contains(&cost.peak), "{cost:?}");
    }

    #[test]
    fn a_failure_is_told() {
        let told = of(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(told.to_string().contains("exit status: 3"), "{told}");
    }
}
