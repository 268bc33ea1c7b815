//! Fetches an OpenAPI document: over TLS, or from this machine; bounded in size, time and redirects.

use std::time::Duration;

use anyhow::{Context, bail};
use ureq::{
    Agent,
    http::{Uri, header::ACCEPT},
};

/// The largest document that is read. The largest known ones have some 40 MB.
const LARGEST: u64 = 100 * 1024 * 1024;
/// How long a document may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Redirects that are followed, each as safe as the first request.
const REDIRECTS: u32 = 5;

/// Whether a word is a URL, and not the name of a file.
pub(crate) fn is_url(word: &str) -> bool {
    let word = word.to_lowercase();
    word.starts_with("https://") || word.starts_with("http://")
}

/// The text at a URL.
pub(crate) fn fetch(url: &str, is_insecure: bool) -> anyhow::Result<String> {
    let is_plain = checked(url, is_insecure)?;
    let config = Agent::config_builder()
        .https_only(!is_plain)
        // What stands on this machine has no reason to send us elsewhere.
        .max_redirects(if is_plain && !is_insecure {
            0
        } else {
            REDIRECTS
        })
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false);
    let mut response = Agent::new_with_config(config.build())
        .get(url)
        .header(
            ACCEPT,
            "application/vnd.oai.openapi+json, application/json, application/yaml, text/yaml, */*;q=0.5",
        )
        .call()
        .with_context(|| format!("cannot fetch {}", shown(url)))?;
    let status = response.status();
    if !status.is_success() {
        bail!(
            "{} answers {status}: open it in a browser, save the document, and give the file",
            shown(url)
        );
    }
    let body = response
        .body_mut()
        .with_config()
        .limit(LARGEST)
        .read_to_vec();
    let bytes =
        body.with_context(|| format!("cannot read {} (at most {LARGEST} bytes)", shown(url)))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", shown(url)))
}

/// Whether the URL is one of plain HTTP, which is for this machine only.
fn checked(url: &str, is_insecure: bool) -> anyhow::Result<bool> {
    let uri: Uri = url.parse().with_context(|| format!("`{url}` is no URL"))?;
    let authority = uri.authority().map_or("", |it| it.as_str());
    if authority.contains('@') {
        bail!(
            "the URL holds a password, which would end up in files: fetch the document yourself, and give the file"
        );
    }
    let is_plain = uri.scheme_str() == Some("http");
    let host = uri.host().unwrap_or_default();
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    if is_plain && !is_here && !is_insecure {
        bail!(
            "{} comes in the clear, so anybody on the way could change it: use https, or say --insecure",
            shown(url)
        );
    }
    Ok(is_plain)
}

/// A URL as it is written down: what looks like a secret in its query is left out.
pub(crate) fn shown(url: &str) -> String {
    const SECRET: [&str; 7] = ["auth", "code", "key", "pass", "secret", "sig", "token"];
    let url = url.split('#').next().unwrap_or_default();
    let Some((place, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let pairs = query.split('&').map(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        let is_secret = SECRET.iter().any(|it| name.to_lowercase().contains(it));
        if is_secret {
            format!("{name}=…")
        } else {
            pair.to_owned()
        }
    });
    format!("{place}?{}", pairs.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked_in_the_clear() {
        assert!(checked("http://127.0.0.1:8080/openapi.json", false).unwrap());
        assert!(!checked("https://example.com/openapi.json", false).unwrap());
        let refused = checked("http://example.com/openapi.json", false).unwrap_err();
        assert!(refused.to_string().contains("--insecure"), "{refused}");
        assert!(checked("http://example.com/openapi.json", true).unwrap());
        assert!(checked("https://me:secret@example.com/", false).is_err());
    }

    #[test]
    fn secrets_of_a_url_are_not_written_down() {
        assert_eq!(
            shown("https://x.y/a?format=openapi&access_token=abc#frag"),
            "https://x.y/a?format=openapi&access_token=…"
        );
    }
}
