//! What anyone may ask without credentials: pages outside of the vendor's API, such as where its code base stands.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::description::Public;
use crate::errors::replace_in;
use crate::exchange::{Reply, Request};

/// The public pages.
pub(crate) struct Lobby {
    pages: Vec<Page>,
}

struct Page {
    /// The path up to the last segment.
    folder: String,
    /// The last segment that is known.
    known: String,
    body: Value,
    otherwise: Value,
}

impl Lobby {
    /// The pages, with the sandbox's own credentials in place of their names.
    pub(crate) fn new(pages: &[Public], credentials: &[(String, String)]) -> Self {
        let values: BTreeMap<&str, String> = credentials
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let page = |it: &Public| {
            let path = crate::errors::replace(&it.path, &values);
            let (folder, known) = path.rsplit_once('/').unwrap_or_default();
            Page {
                folder: folder.to_owned(),
                known: known.to_owned(),
                body: replace_in(&it.body, &values),
                otherwise: it.otherwise.clone(),
            }
        };
        Self {
            pages: pages.iter().map(page).collect(),
        }
    }

    /// The answer, if the request is for a public page.
    pub(crate) fn answer(&self, request: &Request) -> Option<Reply> {
        let (folder, asked) = request.path.rsplit_once('/')?;
        let page = self
            .pages
            .iter()
            .find(|it| request.method == "GET" && it.folder == folder)?;
        let body = if page.known == asked {
            &page.body
        } else {
            &page.otherwise
        };
        let mut reply = Reply::text(200, &body.to_string());
        reply.media_type = Some("application/json".to_owned());
        Some(reply)
    }
}
