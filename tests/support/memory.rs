//! How much memory a program takes, as Linux tells it.

use std::fs;

/// The memory of a process.
pub struct Memory {
    process: u32,
}

impl Memory {
    /// The memory of this process; none where the system does not tell.
    #[must_use]
    pub fn of(process: u32) -> Option<Self> {
        let memory = Self { process };
        memory.read("VmRSS").map(|_| memory)
    }

    /// Bytes that are in use now; [`Memory::peak`] is counted from here.
    ///
    /// # Panics
    /// If the system does not let it be counted anew.
    #[must_use]
    pub fn start(&self) -> u64 {
        let path = format!("/proc/{}/clear_refs", self.process);
        fs::write(path, "5").expect("the peak can be counted anew");
        self.read("VmRSS").expect("the process runs")
    }

    /// Most bytes that were in use at once.
    ///
    /// # Panics
    /// If the process has ended.
    #[must_use]
    pub fn peak(&self) -> u64 {
        self.read("VmHWM").expect("the process runs")
    }

    fn read(&self, name: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process)).ok()?;
        let line = status.lines().find_map(|it| it.strip_prefix(name))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024)
    }
}
