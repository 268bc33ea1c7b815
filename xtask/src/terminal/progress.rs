//! Says on standard error what is being done, once that takes longer than a second: in place on a terminal, a line for each
//! step elsewhere.

use std::{
    io::{self, IsTerminal as _, Write},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// When something is told.
#[derive(Clone, Copy)]
struct Pace {
    /// What is done within this is not told.
    patience: Duration,
    /// How often a line in place tells the time.
    tick: Duration,
}

const PACE: Pace = Pace {
    patience: Duration::from_secs(1),
    tick: Duration::from_secs(1),
};

/// Most characters of a line in place: one that is broken by the terminal is not in place any more.
const WIDTH: usize = 76;

/// Something that is being done; it is told until this is dropped. Nothing else may be printed meanwhile.
pub(crate) struct Progress {
    /// None once it is dropped.
    steps: Option<Sender<String>>,
    teller: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins; `what` is said as in `reading specs/ at main`.
    pub(crate) fn begin(what: impl Into<String>) -> Self {
        let line = Line {
            out: io::stderr(),
            is_in_place: io::stderr().is_terminal(),
            width: 0,
        };
        Self::on(line, PACE, what.into())
    }

    fn on(line: Line<impl Write + Send + 'static>, pace: Pace, what: String) -> Self {
        let (steps, coming) = mpsc::channel();
        let teller = thread::spawn(move || tell(line, pace, what, &coming));
        Self {
            steps: Some(steps),
            teller: Some(teller),
        }
    }

    /// Goes on to another step.
    pub(crate) fn step(&self, what: impl Into<String>) {
        if let Some(steps) = &self.steps {
            // Who tells is there until this is dropped.
            let _ = steps.send(what.into());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.steps.take());
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}

/// Tells the step of the moment, until no more can come.
fn tell(
    mut line: Line<impl Write>,
    Pace { patience, tick }: Pace,
    mut what: String,
    steps: &Receiver<String>,
) {
    let (whole, mut start) = (Instant::now(), Instant::now());
    let mut is_told = false;
    loop {
        let is_due = whole.elapsed() >= patience;
        if is_due && (line.is_in_place || !is_told) {
            line.show(&what, start.elapsed());
            is_told = true;
        }
        let wait = if is_due {
            tick
        } else {
            patience.saturating_sub(whole.elapsed())
        };
        match steps.recv_timeout(wait) {
            Ok(next) => (what, start, is_told) = (next, Instant::now(), false),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    line.clear();
}

/// Where it is told.
struct Line<W> {
    out: W,
    is_in_place: bool,
    /// Characters that stand there.
    width: usize,
}

impl<W: Write> Line<W> {
    fn show(&mut self, what: &str, since: Duration) {
        // A line that cannot be written is no reason to stop the work.
        let _ = if self.is_in_place {
            let text = in_place(what, since);
            let before = self.width;
            self.width = text.chars().count();
            write!(self.out, "\r{text:before$}")
        } else {
            writeln!(self.out, "{what} …")
        };
        let _ = self.out.flush();
    }

    fn clear(&mut self) {
        if self.width > 0 {
            let _ = write!(self.out, "\r{:width$}\r", "", width = self.width);
            let _ = self.out.flush();
        }
    }
}

/// The line in place.
fn in_place(what: &str, since: Duration) -> String {
    let seconds = since.as_secs();
    let end = match seconds {
        0 => " …".to_owned(),
        _ => format!(" … {seconds} s"),
    };
    let most = WIDTH - end.chars().count();
    let what: String = match what.char_indices().nth(most) {
        Some((cut, _)) => what[..cut].to_owned(),
        None => what.to_owned(),
    };
    what + &end
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Long after the test.
    const NEVER: Duration = Duration::from_secs(3600);

    /// What stands on the paper after two steps.
    fn told(is_in_place: bool, patience: Duration) -> String {
        let pace = Pace {
            patience,
            tick: NEVER,
        };
        let paper = Paper::default();
        let line = Line {
            out: paper.clone(),
            is_in_place,
            width: 0,
        };
        let progress = Progress::on(line, pace, "reading a long name".to_owned());
        progress.step("writing");
        drop(progress);
        let bytes = paper.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn what_is_quick_is_not_told() {
        for is_in_place in [true, false] {
            assert_eq!(told(is_in_place, NEVER), "");
        }
    }

    #[test]
    fn a_pipe_gets_a_line_for_each_step() {
        assert_eq!(
            told(false, Duration::ZERO),
            "reading a long name …\nwriting …\n"
        );
    }

    #[test]
    fn a_terminal_gets_one_line_in_place_which_goes_at_the_end() {
        let told = told(true, Duration::ZERO);
        assert!(!told.contains('\n') && !told.contains('\u{1b}'), "{told:?}");
        let lines: Vec<&str> = told.split('\r').collect();
        assert_eq!(lines[1].trim_end(), "reading a long name …");
        // What stood there before is covered.
        assert_eq!(lines[2].chars().count(), lines[1].chars().count());
        assert_eq!(lines[2].trim_end(), "writing …");
        assert_eq!(lines[lines.len() - 2].trim(), "");
        assert_eq!(lines.last(), Some(&""));
    }

    #[test]
    fn a_long_line_is_cut_and_the_time_is_kept() {
        let line = in_place(&"ä".repeat(200), Duration::from_secs(12));
        assert_eq!(line.chars().count(), WIDTH);
        assert!(line.ends_with("ä … 12 s"), "{line}");
        assert_eq!(in_place("reading", Duration::from_millis(300)), "reading …");
    }
}
