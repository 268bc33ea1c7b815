//! Which page an RFC 8288 `Link` header names as the next.

use reqwest::{Url, header::HeaderMap};

/// What a `Link` header says of the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    /// There is no such header.
    Unknown,
    /// There is one, without a `rel="next"` link.
    End,
    /// The next page is at this number.
    At(u64),
    /// There is a next page, without that number.
    Elsewhere,
}

/// The number of this name in the `rel="next"` link.
///
/// Only the number is used. The URL itself is the vendor's word, and following it would let an answer choose the host.
pub(crate) fn linked(headers: &HeaderMap, name: &str) -> Linked {
    let values: Vec<_> = headers.get_all("link").iter().collect();
    let links = values.iter().filter_map(|value| value.to_str().ok());
    let Some(target) = links.flat_map(next_targets).next() else {
        return if values.is_empty() {
            Linked::Unknown
        } else {
            Linked::End
        };
    };
    let base = Url::parse("http://localhost/");
    let number = base
        .and_then(|base| base.join(target))
        .ok()
        .and_then(|url| {
            let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
            value.parse().ok()
        });
    number.map_or(Linked::Elsewhere, Linked::At)
}

/// The page after this one, if a `Link` header says that there is one.
pub(crate) fn linked_after(headers: &HeaderMap, name: &str, page: u64) -> Option<u64> {
    // The link is trusted to say that there is more, and never to lead back.
    match linked(headers, name) {
        Linked::At(next) if next > page => Some(next),
        Linked::At(_) | Linked::Elsewhere => Some(page.saturating_add(1)),
        Linked::Unknown | Linked::End => None,
    }
}

/// The targets of an RFC 8288 header whose relation is `next`.
fn next_targets(header: &str) -> impl Iterator<Item = &str> {
    header.split('<').skip(1).filter_map(|link| {
        let (target, parameters) = link.split_once('>')?;
        let next = parameters.split([';', ',']).any(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                let relations = value.trim().trim_matches('"');
                name.trim().eq_ignore_ascii_case("rel")
                    && relations
                        .split_ascii_whitespace()
                        .any(|relation| relation.eq_ignore_ascii_case("next"))
            })
        });
        next.then_some(target)
    })
}
