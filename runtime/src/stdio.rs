//! MCP over stdin and stdout: a line per message, and an answer to each line that is too long to be read.

mod oversize;

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use rmcp::{
    ErrorData, RoleServer, ServiceExt as _,
    model::{ClientJsonRpcMessage, RequestId, ServerJsonRpcMessage},
    transport::{Transport, async_rw::AsyncRwTransport, stdio_pipes},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
use tokio_util::sync::CancellationToken;

use crate::{handler::Handler, limits};
use oversize::Lines;

/// Serves a client on stdin and stdout until it closes stdin, or until `stop`.
///
/// # Errors
/// A sentence, if the client did not speak MCP.
pub(crate) async fn serve(handler: Handler, stop: CancellationToken) -> Result<(), String> {
    let (reader, writer) = stdio_pipes();
    on(handler, reader, writer, stop).await
}

/// Serves a client on a reader and a writer of lines.
///
/// # Errors
/// A sentence, if the client did not speak MCP.
pub(crate) async fn on<R, W>(
    handler: Handler,
    reader: R,
    writer: W,
    stop: CancellationToken,
) -> Result<(), String>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let stopped = stop.clone();
    let most = handler.longest_message();
    let running = match handler
        .serve_with_ct(Answering::new(reader, writer, most), stop)
        .await
    {
        Ok(running) => running,
        // A client that goes before it has said anything has done nothing wrong.
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(_) if stopped.is_cancelled() => return Ok(()),
        Err(error) => return Err(format!("the client does not speak MCP: {error}")),
    };
    running
        .waiting()
        .await
        .map(|_| ())
        .map_err(|error| format!("the server ended unexpectedly: {error}"))
}

/// rmcp's line transport, which drops lines over its limit in silence, with an answer to each of them.
struct Answering<R: AsyncRead + Unpin, W: AsyncWrite> {
    lines: AsyncRwTransport<RoleServer, Watched<R>, W>,
    dropped: UnboundedReceiver<Option<RequestId>>,
    /// Most bytes of a line.
    most: usize,
    /// Whether a request has come. rmcp ends the connection at a notification before the first one.
    begun: bool,
}

impl<R, W> Answering<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    fn new(reader: R, writer: W, most: usize) -> Self {
        let (notices, dropped) = unbounded_channel();
        let watched = Watched {
            reader,
            lines: Lines::new(most),
            notices,
        };
        Self {
            lines: AsyncRwTransport::new(watched, writer).with_max_line_length(most),
            dropped,
            most,
            begun: false,
        }
    }

    async fn refuse_rest(&mut self) {
        while let Ok(id) = self.dropped.try_recv() {
            // The client has closed its end and may not be listening either.
            let _ = self.refuse(id).await;
        }
    }

    /// A message over the limit, answered; the future lives on its own, since `receive` may be dropped at any time.
    fn refuse(
        &mut self,
        id: Option<RequestId>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let why = limits::too_long(self.most);
        self.lines.send(ServerJsonRpcMessage::error(
            ErrorData::invalid_request(why, None),
            id,
        ))
    }
}

impl<R, W> Transport<RoleServer> for Answering<R, W>
where
    R: AsyncRead + Send + Unpin,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        item: ServerJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.lines.send(item)
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            tokio::select! {
                biased;
                Some(id) = self.dropped.recv() => {
                    tokio::spawn(self.refuse(id));
                }
                message = self.lines.receive() => {
                    match &message {
                        Some(ClientJsonRpcMessage::Notification(_)) if !self.begun => continue,
                        Some(_) => self.begun = true,
                        None => self.refuse_rest().await,
                    }
                    return message;
                }
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.lines.close().await
    }
}

/// A reader that notes each line over the limit as it passes.
struct Watched<R> {
    reader: R,
    lines: Lines,
    notices: UnboundedSender<Option<RequestId>>,
}

impl<R: AsyncRead + Unpin> AsyncRead for Watched<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.reader).poll_read(cx, buffer))?;
        let Self { lines, notices, .. } = &mut *self;
        lines.pass(&buffer.filled()[before..], |id| {
            // Nobody listens once the transport is gone.
            let _ = notices.send(id);
        });
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

    use super::*;

    const MOST: usize = 100_000;

    #[tokio::test]
    async fn a_line_over_the_limit_is_answered_with_its_id() {
        let (client, server) = tokio::io::duplex(64 * 1024);
        let (reader, writer) = tokio::io::split(server);
        let mut transport = Answering::new(reader, writer, MOST);
        let (answers, mut requests) = tokio::io::split(client);
        let sender = tokio::spawn(async move {
            let long = format!(
                r#"{{"method":"tools/call","params":{{"id":9,"x":"{}"}},"id":7}}"#,
                "x".repeat(MOST)
            );
            requests.write_all(long.as_bytes()).await.unwrap();
            requests
                .write_all(b"\n{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"}\n")
                .await
                .unwrap();
            requests
        });
        let message = transport.receive().await.unwrap();
        assert_eq!(serde_json::to_value(message).unwrap()["id"], 8);
        let requests = sender.await.unwrap();
        let receiver = tokio::spawn(async move { transport.receive().await });
        let mut line = String::new();
        BufReader::new(answers).read_line(&mut line).await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (answer["id"].as_i64(), answer["error"]["code"].as_i64()),
            (Some(7), Some(-32600))
        );
        drop(requests);
        assert!(receiver.await.unwrap().is_none());
    }
}
