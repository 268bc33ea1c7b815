//! Which page an RFC 8288 `Link` header names as the next.

use reqwest::{Url, header::HeaderMap};

/// The page number of the `rel="next"` link; `Some(None)` if there is such a link without a number.
///
/// Only the number is used. The URL itself is the vendor's word, and following it would let an answer choose the host.
pub(crate) fn linked_page(headers: &HeaderMap, name: &str) -> Option<Option<u64>> {
    let links = headers
        .get_all("link")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let target = links.flat_map(next_targets).next()?;
    let base = Url::parse("http://localhost/").ok()?;
    let url = base.join(target).ok()?;
    Some(
        url.query_pairs()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| value.parse().ok()),
    )
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
