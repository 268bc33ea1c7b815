//! A vendor's program as a process: its environment is the test's, its output is kept, and it ends with the test.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use crate::vendor::Vendor;

/// Longest that a line of a program is waited for.
const PATIENCE: Duration = Duration::from_secs(180);
/// Longest that the rest of a program's output is waited for, once it has nothing more to say.
const MOMENT: Duration = Duration::from_secs(5);

/// The program of a vendor with these arguments, and with the vendor's credentials in its environment.
#[must_use]
pub fn command(vendor: &Vendor, arguments: &[&str]) -> Command {
    let mut command = Command::new(vendor.program());
    command
        .args(arguments)
        .env_clear()
        .envs(vendor.credentials.iter().copied());
    command
}

/// A running program, ended when it is dropped.
pub struct Running {
    child: Child,
    /// Where its messages go in; taken away to end it gently.
    pub stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    notes: Receiver<String>,
    seen: Arc<Mutex<String>>,
}

impl Running {
    /// Starts a program.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let seen = Arc::default();
        let lines = follow(child.stdout.take(), &seen);
        let notes = follow(child.stderr.take(), &seen);
        Self {
            stdin: child.stdin.take(),
            child,
            lines,
            notes,
            seen,
        }
    }

    /// The system's number of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line on stdout.
    ///
    /// # Panics
    /// If none comes; the message holds what the program has said so far.
    #[must_use]
    pub fn line(&self) -> String {
        let line = self.lines.recv_timeout(PATIENCE);
        line.unwrap_or_else(|why| panic!("no line came ({why}):\n{}", self.last_words()))
    }

    /// The next line on stderr.
    ///
    /// # Panics
    /// If none comes; the message holds what the program has said so far.
    #[must_use]
    pub fn note(&self) -> String {
        let line = self.notes.recv_timeout(PATIENCE);
        line.unwrap_or_else(|why| panic!("no line came ({why}):\n{}", self.last_words()))
    }

    /// All that the program has written so far, to stdout and to stderr.
    #[must_use]
    pub fn output(&self) -> String {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }

    /// All that a program has written that is about to end: both pipes close with it, and are read until then.
    fn last_words(&self) -> String {
        for pipe in [&self.lines, &self.notes] {
            while pipe.recv_timeout(MOMENT).is_ok() {}
        }
        self.output()
    }

    /// Closes stdin, waits for the end, and answers all that the program has written.
    ///
    /// # Panics
    /// If it ended badly.
    #[must_use]
    pub fn finish(mut self) -> String {
        drop(self.stdin.take());
        let status = self.child.wait().expect("the program can be waited for");
        let words = self.last_words();
        assert!(status.success(), "{status}:\n{words}");
        words
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(
    stream: Option<impl Read + Send + 'static>,
    seen: &Arc<Mutex<String>>,
) -> Receiver<String> {
    let (sender, receiver) = channel();
    let seen = Arc::clone(seen);
    let stream = stream.expect("the stream is piped");
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut all = seen.lock().unwrap_or_else(PoisonError::into_inner);
            all.push_str(&line);
            all.push('\n');
            drop(all);
            // A test that is over reads no more; the pipe is emptied all the same.
            let _ = sender.send(line);
        }
    });
    receiver
}
