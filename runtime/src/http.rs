//! MCP over Streamable HTTP at `/mcp`: who may connect, from where, and with how much at once.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
    serve::ListenerExt as _,
};
use reqwest::Url;
use rmcp::transport::{
    StreamableHttpServerConfig, StreamableHttpService,
    streamable_http_server::session::never::NeverSessionManager,
};
use serde_json::json;
use subtle::ConstantTimeEq as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    base_url::is_loopback,
    credentials::Secret,
    handler::Handler,
    limits,
    sse::{self, Sessions},
};

/// How long calls under way may take to end once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Who may connect.
#[derive(Debug, Default)]
pub(crate) struct Doors {
    /// Names in `Host` besides those of this machine.
    pub(crate) hosts: Vec<String>,
    /// Values of `Origin` besides those of this machine.
    pub(crate) origins: Vec<String>,
    /// What a client must send as Bearer token.
    pub(crate) token: Option<Secret>,
    /// Whether clients of the older transport may come in, too.
    pub(crate) sse: bool,
}

/// A bound endpoint.
pub(crate) struct Endpoint {
    listener: TcpListener,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Endpoint {
    /// Binds the address.
    ///
    /// # Errors
    /// A sentence, if it cannot be bound.
    pub(crate) async fn bind(address: SocketAddr) -> Result<Self, String> {
        let failed = |error| format!("cannot listen on {address}: {error}");
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Serves until `stop`, then lets the calls under way end.
    ///
    /// # Errors
    /// A sentence, if the listener breaks.
    pub(crate) async fn serve(
        self,
        handler: Handler,
        doors: Doors,
        stop: CancellationToken,
    ) -> Result<(), String> {
        // Of its own: `stop` would end the calls that are under way.
        let late = CancellationToken::new();
        let mut router = router(handler.clone(), &doors, self.address, &late);
        if doors.sse {
            router = with_sse(router, handler, doors, self.address, &stop);
        }
        // Without it each answer waits for the acknowledgement of the one before: 40 ms per call.
        let listener = self.listener.tap_io(|connection| {
            let _ = connection.set_nodelay(true);
        });
        let stopped = stop.clone();
        let serving =
            axum::serve(listener, router).with_graceful_shutdown(stopped.cancelled_owned());
        let farewell = async {
            stop.cancelled().await;
            tokio::time::sleep(FAREWELL).await;
        };
        let result = tokio::select! {
            result = serving => result.map_err(|error| format!("the listener broke: {error}")),
            () = farewell => Ok(()),
        };
        late.cancel();
        result
    }
}

fn router(
    handler: Handler,
    doors: &Doors,
    address: SocketAddr,
    late: &CancellationToken,
) -> Router {
    let most = handler.longest_message();
    let service = StreamableHttpService::new(
        move || Ok(handler.clone()),
        Arc::new(NeverSessionManager::default()),
        config(doors, address, most, late),
    );
    let token = Arc::new(doors.token.clone());
    let endpoint = any(move |request: Request| {
        let (service, token) = (service.clone(), Arc::clone(&token));
        async move {
            if !knows(&request, token.as_ref().as_ref()) {
                return unauthorized();
            }
            in_words(service.handle(request).await.map(Body::new), most).await
        }
    });
    Router::new().route("/mcp", endpoint).fallback(nowhere)
}

/// The older transport beside it, behind the same doors.
fn with_sse(
    router: Router,
    handler: Handler,
    doors: Doors,
    address: SocketAddr,
    stop: &CancellationToken,
) -> Router {
    let sessions = Sessions::default();
    let posted = sessions.clone();
    let (hosts, stop) = (hosts(&doors, address), stop.clone());
    let most = handler.longest_message();
    let doors = Arc::new((doors, hosts));
    let inside = Arc::clone(&doors);
    let stream = get(move |request: Request| {
        let refused = refused(&request, &doors.0, &doors.1);
        let opened = refused.unwrap_or_else(|| sessions.open(handler.clone(), &stop));
        async move { opened }
    });
    let messages = post(move |request: Request| {
        let refused = refused(&request, &inside.0, &inside.1);
        let sessions = posted.clone();
        async move {
            match refused {
                Some(refused) => refused,
                None => sessions.post(request, most).await,
            }
        }
    });
    router
        .route(sse::STREAM, stream)
        .route(sse::MESSAGES, messages)
}

/// Why a request may not come in, by its `Host`, its `Origin` and its token.
fn refused(request: &Request, doors: &Doors, hosts: &[String]) -> Option<Response> {
    let text = |name| request.headers().get(name).map(HeaderValue::to_str);
    let host = match text(header::HOST) {
        Some(Ok(host)) => Url::parse(&format!("http://{host}")).ok(),
        _ => None,
    };
    let name = |url: &Url| {
        url.host_str()
            .map(|it| it.trim_matches(['[', ']']).to_owned())
    };
    let is_known = host
        .as_ref()
        .and_then(name)
        .is_some_and(|it| hosts.contains(&it));
    if !is_known {
        let why = "Host header is not allowed; the operator of this server can allow it with --allow-host";
        return Some(refusal(StatusCode::FORBIDDEN, why));
    }
    let is_own = match text(header::ORIGIN) {
        None => true,
        Some(Ok(origin)) => {
            let is_local = Url::parse(origin).is_ok_and(|it| is_loopback(&it));
            is_local || doors.origins.iter().any(|it| it == origin)
        }
        Some(Err(_)) => false,
    };
    if !is_own {
        let why = "Origin header is not allowed; the operator of this server can allow it with --allow-origin";
        return Some(refusal(StatusCode::FORBIDDEN, why));
    }
    (!knows(request, doors.token.as_ref())).then(unauthorized)
}

/// No sessions: the server keeps nothing between calls, so every request stands alone, in each revision of the protocol.
fn config(
    doors: &Doors,
    address: SocketAddr,
    most: usize,
    late: &CancellationToken,
) -> StreamableHttpServerConfig {
    let local = ["localhost", "127.0.0.1", "[::1]"];
    let mut origins: Vec<String> = local
        .iter()
        .flat_map(|host| [format!("http://{host}:*"), format!("https://{host}:*")])
        .collect();
    origins.extend(doors.origins.iter().cloned());
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(hosts(doors, address))
        .with_allowed_origins(origins)
        .enforce_origin_validation()
        .with_max_request_body_bytes(most)
        .with_cancellation_token(late.child_token())
}

/// Names that `Host` may have.
fn hosts(doors: &Doors, address: SocketAddr) -> Vec<String> {
    let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "::1"]
        .map(str::to_owned)
        .to_vec();
    if !address.ip().is_unspecified() {
        hosts.push(address.ip().to_string());
    }
    hosts.extend(doors.hosts.iter().cloned());
    hosts
}

/// Whether a request has the endpoint's token, compared in constant time.
fn knows(request: &Request, token: Option<&Secret>) -> bool {
    let Some(token) = token else { return true };
    let sent = request
        .headers()
        .get(header::AUTHORIZATION)
        .map(|value| value.as_bytes())
        .unwrap_or_default();
    match sent.split_at_checked("Bearer ".len()) {
        Some((scheme, sent)) => {
            scheme.eq_ignore_ascii_case(b"Bearer ") && bool::from(sent.ct_eq(token.bytes()))
        }
        None => false,
    }
}

fn unauthorized() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
    (
        challenge,
        refusal(
            StatusCode::UNAUTHORIZED,
            "this endpoint wants its token as `Authorization: Bearer …`",
        ),
    )
        .into_response()
}

/// rmcp's plain-text refusals as JSON-RPC errors, with the remedy where it is ours to give.
async fn in_words(response: Response, most: usize) -> Response {
    let plain = |value: &HeaderValue| value.as_bytes().starts_with(b"text/plain");
    let told = response.headers().get(header::CONTENT_TYPE);
    if !response.status().is_client_error() || !told.is_none_or(plain) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let text = to_bytes(body, 4096).await.unwrap_or_default();
    let why = match (parts.status, String::from_utf8_lossy(&text)) {
        (StatusCode::PAYLOAD_TOO_LARGE, _) => limits::too_long(most),
        (_, text) if text.contains("Host header is not allowed") => {
            format!("{text}; the operator of this server can allow it with --allow-host")
        }
        (_, text) if text.contains("Origin header is not allowed") => {
            format!("{text}; the operator of this server can allow it with --allow-origin")
        }
        (_, text) => text.into_owned(),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, JSON);
    Response::from_parts(parts, Body::from(error(&why)))
}

async fn nowhere() -> Response {
    refusal(StatusCode::NOT_FOUND, "MCP is spoken at /mcp")
}

/// A refusal that an MCP client can show.
pub(crate) fn refusal(status: StatusCode, why: &str) -> Response {
    (status, [(header::CONTENT_TYPE, JSON)], error(why)).into_response()
}

fn error(why: &str) -> String {
    json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32600, "message": why}}).to_string()
}
