//! Says on a terminal that something takes a while, and how far it is: one line of stderr, from the second second on, which
//! goes when it is done.

use std::{
    io::{self, IsTerminal as _, Write},
    pin::pin,
    time::Duration,
};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::outgoing::Progress;

/// How long something may take before it is said, and how often it is said anew.
const WHILE: Duration = Duration::from_secs(1);

/// To the start of the line, and nothing on it.
const CLEAR: &str = "\r\x1b[K";

/// Does the work, and says meanwhile that it does; `far` tells how much of a file has gone.
pub(crate) async fn watched<T>(
    what: &str,
    far: UnboundedReceiver<Progress>,
    work: impl Future<Output = T>,
) -> T {
    if !io::stderr().is_terminal() {
        return work.await;
    }
    told(
        what,
        far,
        work,
        || tokio::time::sleep(WHILE),
        &mut io::stderr(),
    )
    .await
}

/// The same, whatever the clock and the terminal are.
async fn told<T, Tick: Future<Output = ()>>(
    what: &str,
    mut far: UnboundedReceiver<Progress>,
    work: impl Future<Output = T>,
    tick: impl Fn() -> Tick,
    to: &mut impl Write,
) -> T {
    let mut work = pin!(work);
    let mut next = pin!(tick());
    let (mut seconds, mut sent) = (0_u64, None);
    loop {
        tokio::select! {
            biased;
            done = &mut work => {
                if seconds > 0 {
                    // A terminal that is gone is no reason to fail.
                    let _ = write!(to, "{CLEAR}").and_then(|()| to.flush());
                }
                return done;
            }
            Some(progress) = far.recv() => sent = Some(progress),
            () = &mut next => {
                next.set(tick());
                seconds += 1;
                let line = line(what, seconds, sent);
                let _ = write!(to, "{CLEAR}{line}").and_then(|()| to.flush());
            }
        }
    }
}

fn line(what: &str, seconds: u64, sent: Option<Progress>) -> String {
    let far = sent.map(|it| {
        format!(
            ", {} of {} MB sent",
            megabytes(it.sent),
            megabytes(it.total)
        )
    });
    format!("{what}: {seconds} s{}", far.unwrap_or_default())
}

/// With one digit behind the point.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, future::poll_fn, task::Poll};

    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    /// What is said while work takes so many ticks of a clock that never waits.
    async fn said(ticks: u64, sent: Option<Progress>) -> (String, u64) {
        let (sender, far) = unbounded_channel();
        sent.into_iter().for_each(|it| sender.send(it).unwrap());
        let passed = Cell::new(0);
        let tick = || {
            let passed = &passed;
            async move { passed.set(passed.get() + 1) }
        };
        let work = poll_fn(|context| {
            if passed.get() >= ticks {
                return Poll::Ready(passed.get());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        let mut screen = Vec::new();
        let done = told("calling a", far, work, tick, &mut screen).await;
        (String::from_utf8(screen).unwrap(), done)
    }

    #[tokio::test]
    async fn what_takes_no_while_says_nothing() {
        assert_eq!(said(0, None).await, (String::new(), 0));
    }

    #[tokio::test]
    async fn what_takes_a_while_says_so_on_one_line_that_goes() {
        let (screen, done) = said(2, None).await;
        assert_eq!(
            screen,
            "\r\x1b[Kcalling a: 1 s\r\x1b[Kcalling a: 2 s\r\x1b[K"
        );
        assert_eq!(done, 2);
    }

    #[tokio::test]
    async fn an_upload_says_how_far_it_is() {
        let progress = Progress {
            sent: 1_250_000,
            total: 12_000_000,
        };
        let (screen, _) = said(1, Some(progress)).await;
        assert!(
            screen.contains("calling a: 1 s, 1.2 of 12.0 MB sent"),
            "{screen:?}"
        );
    }
}
