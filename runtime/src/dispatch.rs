//! Sends one HTTP request, once: no redirect is followed, nothing is tried again, and no answer is read without end.

use std::{
    error::Error as _,
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::{
    Client, ClientBuilder, Method, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde_json::json;

use crate::{
    base_url::is_loopback,
    call::Body,
    failure::{Failure, Silence},
    multipart,
    output::note,
    request::Request,
};

/// Longest that a call may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longest that a connection may take.
const CONNECT: Duration = Duration::from_secs(15);
/// Most bytes of an answer that are read.
const MOST: usize = 32 * 1024 * 1024;

/// Sends requests.
#[derive(Debug)]
pub(crate) struct Dispatch {
    /// Made at the first call, so that a server answers its client before it reads certificates.
    client: OnceLock<Client>,
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
            client: OnceLock::new(),
            log,
            user_agent,
        }
    }

    /// Sends one request with these credentials.
    ///
    /// # Errors
    /// Why no answer came, or why nothing could be sent.
    pub(crate) async fn send(
        &self,
        request: &Request,
        credentials: HeaderMap,
    ) -> Result<Response, Failure> {
        if self.log {
            note(request.shown());
        }
        let response = self.exchange(request, credentials).await;
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
        request: &Request,
        credentials: HeaderMap,
    ) -> Result<Response, Failure> {
        let client = self.client(&request.url).map_err(Failure::Settings)?;
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let mut builder = client.request(method, request.url.clone());
        if let Body::Form(parts) = &request.body {
            builder = builder.multipart(multipart::form(parts).map_err(Failure::Settings)?);
        } else if let Some((media_type, bytes)) = request.bytes() {
            builder = builder.header(CONTENT_TYPE, media_type).body(bytes);
        }
        // Credentials last: no input and no vendor header can take their place.
        builder = builder
            .headers(headers(request).map_err(Failure::Settings)?)
            .headers(credentials);
        let mut answer = builder.send().await.map_err(silence)?;
        let (status, headers) = (
            answer.status().as_u16(),
            std::mem::take(answer.headers_mut()),
        );
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(silence)? {
            if body.len() + chunk.len() > MOST {
                return Err(Failure::Unanswered(Silence::Large(MOST)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    /// All calls of a process go to one host, so the first one's says how.
    fn client(&self, url: &Url) -> Result<&Client, String> {
        if let Some(client) = self.client.get() {
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
        Ok(self.client.get_or_init(|| client))
    }
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
        .timeout(PATIENCE)
        .connect_timeout(CONNECT)
        .tcp_nodelay(true)
        .user_agent(user_agent);
    Ok(builder)
}

/// The request's own headers.
fn headers(request: &Request) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let wrong = || format!("the `{name}` header cannot be sent as it is");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        headers.insert(name, HeaderValue::from_str(value).map_err(|_| wrong())?);
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
