//! The HTTP side: how requests become plain data, and replies bytes.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::serve::{Listener, ListenerExt};
use axum::{Router, serve as serve_http};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::exchange::{Reply, Request};
use crate::tls::{Identity, TlsListener};
use crate::vendor::Vendor;

/// The largest request body that is read.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// The running server's handle.
pub(crate) struct Server {
    port: u16,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn stop(self) {
        // Either of the two fails only when the server has ended already.
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

/// Serves the vendor on a loopback port of the system's choosing, on a thread of its own; over TLS with an identity.
pub(crate) fn serve(
    vendor: Arc<Mutex<Vendor>>,
    identity: Option<Identity>,
) -> Result<Server, String> {
    let (stop, stopped) = oneshot::channel();
    let (announce, announced) = mpsc::channel();
    let thread = thread::Builder::new()
        .name("sandbox".to_owned())
        .spawn(move || run(vendor, identity, stopped, &announce))
        .map_err(|error| format!("the sandbox's thread does not start: {error}"))?;
    let port = announced
        .recv()
        .unwrap_or_else(|_| Err("it ended at once".to_owned()))
        .map_err(|error| format!("the sandbox does not start: {error}"))?;
    Ok(Server { port, stop, thread })
}

fn run(
    vendor: Arc<Mutex<Vendor>>,
    identity: Option<Identity>,
    stopped: oneshot::Receiver<()>,
    announce: &mpsc::Sender<Result<u16, String>>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return drop(announce.send(Err(error.to_string()))),
    };
    runtime.block_on(async move {
        let listener = match listen().await {
            Ok((listener, port)) => {
                let _ = announce.send(Ok(port));
                listener
            }
            Err(error) => return drop(announce.send(Err(error.to_string()))),
        };
        let router = Router::new().fallback(answer).with_state(vendor);
        // Without TCP_NODELAY every small answer waits for the peer's delayed acknowledgement.
        let serving = match identity {
            Some(identity) => spawn(TlsListener::new(listener, &identity), router),
            None => spawn(
                listener.tap_io(|stream| drop(stream.set_nodelay(true))),
                router,
            ),
        };
        // A handle that was dropped without `stop` must not end the server: only a message does.
        if stopped.await.is_err() {
            drop(serving.await);
        }
    });
}

fn spawn<L: Listener<Addr: std::fmt::Debug>>(
    listener: L,
    router: Router,
) -> tokio::task::JoinHandle<std::io::Result<()>> {
    tokio::spawn(serve_http(listener, router).into_future())
}

async fn listen() -> std::io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

async fn answer(State(vendor): State<Arc<Mutex<Vendor>>>, request: HttpRequest) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return response(Reply::text(413, "The body is too large for the sandbox."));
    };
    let headers = parts.headers.iter();
    let request = Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: headers
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: body.to_vec(),
    };
    response(
        vendor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answer(&request),
    )
}

fn response(reply: Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let media_type = reply
        .media_type
        .map(|media_type| (header::CONTENT_TYPE.to_string(), media_type));
    for (name, value) in reply.headers.into_iter().chain(media_type) {
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_str()),
            HeaderValue::try_from(value.as_str()),
        ) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
