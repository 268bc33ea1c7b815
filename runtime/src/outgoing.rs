//! Files on their way out: handed on piece by piece, so that no file is in memory whole, and counted for who wants to know
//! how far they are.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::body::Bytes;
use futures_util::stream::unfold;
use reqwest::Body;
use tokio::{fs::File, io::AsyncReadExt as _, sync::mpsc::UnboundedSender};

use crate::upload::UploadContent;

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Files of fewer bytes are gone at once; of others, progress is told whenever so many more have gone.
const STEP: u64 = 1024 * 1024;

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Bytes that have gone.
    pub(crate) sent: u64,
    /// All of them.
    pub(crate) total: u64,
}

/// Counts the bytes of a request's files.
#[derive(Clone, Debug)]
pub(crate) struct Meter {
    total: u64,
    sent: Arc<AtomicU64>,
    listener: Option<UnboundedSender<Progress>>,
}

impl Meter {
    /// A meter of so many bytes in all; who listens is told of uploads that take a while.
    pub(crate) fn new(total: u64, listener: Option<UnboundedSender<Progress>>) -> Self {
        Self {
            total,
            sent: Arc::default(),
            listener: listener.filter(|_| total >= STEP),
        }
    }

    /// All of them.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The body that a file becomes.
    ///
    /// # Errors
    /// A sentence, if it cannot be read.
    pub(crate) fn body(&self, content: UploadContent) -> Result<Body, String> {
        let source = match content {
            UploadContent::Bytes(bytes) => Source::Memory(bytes.into()),
            UploadContent::Opened(file) => {
                let opened = file.rewound();
                let opened =
                    opened.map_err(|it| format!("a file cannot be read: {}", it.kind()))?;
                Source::File(File::from_std(opened), file.length)
            }
            // Opened before anything is sent.
            UploadContent::Named(_) => Source::Memory(Bytes::new()),
        };
        let meter = self.clone();
        let pieces = unfold(source, move |mut source| {
            let meter = meter.clone();
            async move {
                let piece = source.next().await.transpose()?;
                if let Ok(piece) = &piece {
                    meter.count(piece.len() as u64);
                }
                Some((piece, source))
            }
        });
        Ok(Body::wrap_stream(pieces))
    }

    fn count(&self, bytes: u64) {
        let before = self.sent.fetch_add(bytes, Ordering::Relaxed);
        let sent = before + bytes;
        let is_due = sent / STEP > before / STEP || sent == self.total;
        if let Some(listener) = self.listener.as_ref().filter(|_| is_due) {
            let total = self.total;
            // Nobody listens once the call is answered.
            let _ = listener.send(Progress { sent, total });
        }
    }
}

/// Where the bytes come from.
enum Source {
    Memory(Bytes),
    /// A file, and how many of its bytes are still to come: one that grows meanwhile is sent as it was.
    File(File, u64),
}

impl Source {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        match self {
            Self::Memory(bytes) if bytes.is_empty() => Ok(None),
            Self::Memory(bytes) => Ok(Some(bytes.split_to(bytes.len().min(PIECE)))),
            Self::File(_, 0) => Ok(None),
            Self::File(file, rest) => {
                let mut piece =
                    Vec::with_capacity(PIECE.min(usize::try_from(*rest).unwrap_or(PIECE)));
                let read = file.take(*rest).read_buf(&mut piece).await?;
                *rest -= read as u64;
                // One that shrinks meanwhile ends the request, which has promised more.
                Ok((read > 0).then(|| piece.into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    #[test]
    fn progress_is_told_at_each_step_and_at_the_end_of_what_takes_a_while() {
        let told = |total: u64| {
            let (sender, mut receiver) = unbounded_channel();
            let meter = Meter::new(total, Some(sender));
            let mut rest = total;
            while rest > 0 {
                let piece = rest.min(PIECE as u64);
                meter.count(piece);
                rest -= piece;
            }
            let mut told = Vec::new();
            while let Ok(progress) = receiver.try_recv() {
                told.push(progress.sent);
            }
            told
        };
        assert_eq!(told(STEP - 1), [0_u64; 0]);
        assert_eq!(told(STEP), [STEP]);
        assert_eq!(told(2 * STEP + 10), [STEP, 2 * STEP, 2 * STEP + 10]);
    }
}
