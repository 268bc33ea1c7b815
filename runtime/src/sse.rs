//! MCP over HTTP with server-sent events, as clients before 2025-03-26 speak it: a stream of answers at `/sse`, and a place to
//! post messages that its first event names. A session lives as long as its stream.

use std::{
    collections::HashMap,
    convert::Infallible,
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use futures_util::stream::unfold;
use rustls::crypto::ring::default_provider;
use serde_json::Value;
use tokio::io::{
    AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
    duplex, split,
};
use tokio_util::sync::CancellationToken;

use crate::{handler::Handler, http::refusal, limits, stdio};

/// Where the stream is.
pub(crate) const STREAM: &str = "/sse";
/// Where messages are posted.
pub(crate) const MESSAGES: &str = "/messages";
/// Most streams at once.
const MOST: usize = 64;
/// How long a stream is silent at most: what lies between would end it.
const SILENCE: Duration = Duration::from_secs(15);
/// Bytes on their way between a stream and its session.
const BUFFER: usize = 64 * 1024;

type Inbox = Arc<tokio::sync::Mutex<WriteHalf<DuplexStream>>>;

/// The sessions, by an id that cannot be guessed.
#[derive(Clone, Default)]
pub(crate) struct Sessions(Arc<Mutex<HashMap<String, Inbox>>>);

impl Sessions {
    /// Opens a session: its answers, as events, until the client goes or `stop`.
    pub(crate) fn open(&self, handler: Handler, stop: &CancellationToken) -> Response {
        let Some(id) = id() else {
            return refusal(
                StatusCode::INTERNAL_SERVER_ERROR,
                "no session can be told from others",
            );
        };
        let (ours, theirs) = duplex(BUFFER);
        let (answers, inbox) = split(ours);
        {
            let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if sessions.len() >= MOST {
                return refusal(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "too many streams are open; close one, or use /mcp",
                );
            }
            sessions.insert(id.clone(), Arc::new(tokio::sync::Mutex::new(inbox)));
        }
        let (reader, writer) = split(theirs);
        // A session that ends cancels its token, and concerns nobody else.
        let stop = stop.child_token();
        tokio::spawn(async move { drop(stdio::on(handler, reader, writer, stop).await) });
        let stream = Stream {
            first: Some(format!(
                "event: endpoint\ndata: {MESSAGES}?session={id}\n\n"
            )),
            answers: BufReader::new(answers).lines(),
            _open: Open {
                sessions: self.clone(),
                id,
            },
        };
        let events = unfold(stream, |mut stream| async move {
            let event = stream.next().await?;
            Some((Ok::<_, Infallible>(event), stream))
        });
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/event-stream"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, Body::from_stream(events)).into_response()
    }

    /// Hands a posted message of at most so many bytes to its session.
    pub(crate) async fn post(&self, request: Request, most: usize) -> Response {
        let id = request
            .uri()
            .query()
            .and_then(|it| it.strip_prefix("session="))
            .map(str::to_owned);
        // Read before anything is refused, or the connection would break under the client that still writes.
        let Ok(body) = to_bytes(request.into_body(), most).await else {
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, &limits::too_long(most));
        };
        let inbox = id.and_then(|id| {
            let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.get(&id).cloned()
        });
        let Some(inbox) = inbox else {
            return refusal(
                StatusCode::NOT_FOUND,
                "there is no such session: open a stream at /sse first",
            );
        };
        // Written anew, since a session takes a message per line.
        let Ok(message) = serde_json::from_slice::<Value>(&body) else {
            return refusal(StatusCode::BAD_REQUEST, "the message is not JSON");
        };
        let line = format!("{message}\n");
        match inbox.lock().await.write_all(line.as_bytes()).await {
            Ok(()) => StatusCode::ACCEPTED.into_response(),
            Err(_) => refusal(
                StatusCode::NOT_FOUND,
                "the session has ended: open another at /sse",
            ),
        }
    }
}

/// The answers of a session.
struct Stream {
    /// Where to post.
    first: Option<String>,
    answers: Lines<BufReader<ReadHalf<DuplexStream>>>,
    _open: Open,
}

impl Stream {
    /// The next event, or a sign of life.
    async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match tokio::time::timeout(SILENCE, self.answers.next_line()).await {
            Ok(line) => line
                .ok()?
                .map(|it| format!("event: message\ndata: {it}\n\n")),
            Err(_) => Some(": \n\n".to_owned()),
        }
    }
}

/// Forgets a session when its stream is gone.
struct Open {
    sessions: Sessions,
    id: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut sessions = self
            .sessions
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sessions.remove(&self.id);
    }
}

/// 128 random bits.
fn id() -> Option<String> {
    let mut bits = [0_u8; 16];
    default_provider().secure_random.fill(&mut bits).ok()?;
    let mut id = String::new();
    for byte in bits {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    Some(id)
}
