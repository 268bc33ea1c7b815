//! The requests that came, as far as they are remembered.

use std::collections::VecDeque;

/// Most requests that the log keeps.
const LINES: usize = 1000;

/// The requests that came.
#[derive(Default)]
pub(crate) struct Log {
    count: usize,
    lines: VecDeque<String>,
}

impl Log {
    /// Notes one more.
    pub(crate) fn note(&mut self, line: String) {
        self.count += 1;
        self.lines.push_back(line);
        if self.lines.len() > LINES {
            self.lines.pop_front();
        }
    }

    /// How many came, forgotten ones too.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The newest, oldest first.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.iter().cloned().collect()
    }
}
