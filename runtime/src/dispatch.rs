//! Sends one HTTP request, once: no redirect is followed, nothing is tried again, and no answer is read without end.

use std::{
    error::Error as _,
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::{
    Client, ClientBuilder, Method, RequestBuilder, Url,
    header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde_json::{Value, json};

use crate::{
    base_url::is_loopback,
    call::{Body, urlencoded},
    carried::Carried,
    failure::{Failure, Silence},
    multipart,
    outgoing::Meter,
    output::note,
    request::{Request, raw_type},
};

/// Longest that a call may take, besides what a file needs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a file that go out in a second over a slow line.
const SLOWEST: u64 = 100_000;
const JSON: &str = "application/json";
/// Longest that a connection may take.
const CONNECT: Duration = Duration::from_secs(15);
/// Longest that a form may take.
const SHORT: Duration = Duration::from_secs(30);
/// Most bytes of a form's answer that are read.
const LITTLE: usize = 64 * 1024;
/// Most bytes of an answer that are read.
const MOST: usize = 32 * 1024 * 1024;

/// Sends requests.
#[derive(Debug)]
pub(crate) struct Dispatch {
    /// For this machine, and for others. Made at the first call, so that a server answers its client before it reads certificates.
    clients: [OnceLock<Client>; 2],
    /// Whether each request and response is a line on stderr.
    log: bool,
    user_agent: String,
}

/// A vendor's answer.
#[derive(Debug)]
pub(crate) struct Response {
    /// HTTP status.
    pub(crate) status: u16,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body.
    pub(crate) body: Vec<u8>,
}

impl Dispatch {
    /// A sender; with `log`, each request is a line on stderr, without its credentials.
    pub(crate) fn new(log: bool, user_agent: String) -> Self {
        Self {
            clients: Default::default(),
            log,
            user_agent,
        }
    }

    /// Sends one request with these credentials; `meter` counts the bytes of its files.
    ///
    /// # Errors
    /// Why no answer came, or why nothing could be sent.
    pub(crate) async fn send(
        &self,
        request: Request,
        credentials: &Carried,
        meter: &Meter,
    ) -> Result<Response, Failure> {
        if self.log {
            note(request.shown());
        }
        self.told(self.exchange(request, credentials, meter).await)
    }

    /// Sends a form that holds credentials. It is no call of a tool's, and its log line does not show it.
    ///
    /// # Errors
    /// Why no answer came, or why nothing could be sent.
    pub(crate) async fn form(
        &self,
        url: Url,
        headers: HeaderMap,
        form: String,
    ) -> Result<Response, Failure> {
        if self.log {
            let body = "<credentials, for a token>";
            note(json!({"request": {"method": "POST", "url": url.as_str(), "body": body}}));
        }
        let client = self.client(&url).map_err(Failure::Settings)?;
        let builder = client.post(url).headers(headers).body(form);
        self.told(receive(builder.timeout(SHORT), LITTLE).await)
    }

    /// What came, also told to the log.
    fn told(&self, response: Result<Response, Failure>) -> Result<Response, Failure> {
        if self.log {
            let line = match &response {
                Ok(response) => {
                    json!({"response": {"status": response.status, "bytes": response.body.len()}})
                }
                Err(failure) => json!({"response": {"failure": failure.json()["error"]}}),
            };
            note(line);
        }
        response
    }

    async fn exchange(
        &self,
        request: Request,
        credentials: &Carried,
        meter: &Meter,
    ) -> Result<Response, Failure> {
        let client = self.client(&request.url).map_err(Failure::Settings)?;
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let headers = headers(&request)
            .and_then(|own| credentials.headers(own))
            .map_err(Failure::Settings)?;
        let builder = client
            .request(method, credentials.url(request.url))
            .timeout(patience(meter.total()));
        let builder = with_body(builder, request.body, meter).map_err(Failure::Settings)?;
        receive(builder.headers(headers), MOST).await
    }

    /// The client for a URL.
    fn client(&self, url: &Url) -> Result<&Client, String> {
        let place = &self.clients[usize::from(is_loopback(url))];
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let mut builder = builder(&self.user_agent, url.scheme() == "https")?;
        if is_loopback(url) {
            // A proxy cannot reach what listens on this machine, and must not see its calls.
            builder = builder.no_proxy();
        }
        let client = builder
            .build()
            .map_err(|error| format!("the HTTP client cannot be set up: {}", causes(&error)))?;
        Ok(place.get_or_init(|| client))
    }
}

/// Sends, and reads an answer of at most so many bytes.
async fn receive(builder: RequestBuilder, most: usize) -> Result<Response, Failure> {
    let mut answer = builder.send().await.map_err(silence)?;
    let (status, headers) = (
        answer.status().as_u16(),
        std::mem::take(answer.headers_mut()),
    );
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(silence)? {
        if body.len() + chunk.len() > most {
            return Err(Failure::Unanswered(Silence::Large(most)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response {
        status,
        headers,
        body,
    })
}

fn builder(user_agent: &str, secure: bool) -> Result<ClientBuilder, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() && secure {
        return Err(
            "this machine has no certificates of authorities, without which no HTTPS server can be trusted: install \
             them (ca-certificates), or name a file of them in SSL_CERT_FILE"
                .to_owned(),
        );
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be set up: {error}"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .tcp_nodelay(true)
        .user_agent(user_agent);
    Ok(builder)
}

/// How long a call may take that sends so many bytes of files.
fn patience(uploaded: u64) -> Duration {
    PATIENCE + Duration::from_secs(uploaded / SLOWEST)
}

/// The request with its body.
///
/// # Errors
/// A sentence, if a media type is none, or a file cannot be read.
fn with_body(builder: RequestBuilder, body: Body, meter: &Meter) -> Result<RequestBuilder, String> {
    Ok(match body {
        Body::None => builder,
        Body::Json(value) => builder.header(CONTENT_TYPE, JSON).body(value.to_string()),
        Body::Patch(operations) => builder
            .header(CONTENT_TYPE, JSON)
            .body(Value::from(operations).to_string()),
        Body::Raw {
            media_type,
            mut upload,
        } => {
            let (length, content) = (upload.length(), std::mem::take(&mut upload.content));
            builder
                .header(CONTENT_TYPE, raw_type(media_type, &upload))
                .header(CONTENT_LENGTH, length)
                .body(meter.body(content)?)
        }
        Body::Text { media_type, text } => builder.header(CONTENT_TYPE, media_type).body(text),
        Body::Urlencoded(fields) => builder
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(urlencoded(&fields)),
        // A form brings its own media type, with the boundary of its parts.
        Body::Form(parts) => builder.multipart(multipart::form(parts, meter)?),
    })
}

/// The request's own headers.
fn headers(request: &Request) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let wrong = || format!("the `{name}` header cannot be sent as it is");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        let value = match headers.get(COOKIE).map(HeaderValue::to_str) {
            // Of cookies there is one header.
            Some(Ok(before)) if name == COOKIE => format!("{before}; {value}"),
            _ => value.clone(),
        };
        headers.insert(name, HeaderValue::from_str(&value).map_err(|_| wrong())?);
    }
    Ok(headers)
}

fn silence(error: reqwest::Error) -> Failure {
    let why = causes(&error);
    Failure::Unanswered(if error.is_connect() {
        Silence::Unreachable(why)
    } else if error.is_timeout() {
        Silence::Late
    } else {
        Silence::Broken(why)
    })
}

/// What is behind an error: its causes, without the URL that reqwest puts first.
fn causes(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        // hyper's name for the stage says nothing that the causes below it do not.
        if !text.starts_with("client error") {
            causes.push(text);
        }
        cause = error.source();
    }
    causes.dedup();
    if causes.is_empty() {
        "no reason was given".to_owned()
    } else {
        causes.join(": ")
    }
}
