//! Which operation of the spec a request is for.

use crate::description::Endpoint;
use crate::exchange::{Kind, Refusal};

/// The operation's number, and the path's parameters as they came.
pub(crate) fn route(
    endpoints: &[Endpoint],
    server_path: &str,
    method: &str,
    path: &str,
) -> Result<(usize, Vec<(String, String)>), Refusal> {
    // Below the paths of its own servers, where an operation has some.
    let below = |endpoint: &Endpoint| {
        let own = endpoint.server_paths.iter().map(String::as_str);
        let usual = endpoint.server_paths.is_empty().then_some(server_path);
        let mut below = own.chain(usual).filter_map(|it| path.strip_prefix(it));
        let rest = below.find(|it| fits(&endpoint.path, &it.split('/').collect::<Vec<_>>()))?;
        Some(rest.split('/').collect::<Vec<&str>>())
    };
    let mut candidates: Vec<(usize, &Endpoint)> = endpoints
        .iter()
        .enumerate()
        .filter(|(_, endpoint)| below(endpoint).is_some())
        .collect();
    if candidates.is_empty() && !path.starts_with(server_path) {
        let message = format!("The API stands under `{server_path}`; there is no `{path}`.");
        return Err(Refusal::new(Kind::UnknownPath, message));
    }
    if candidates.is_empty() {
        let path = &path[server_path.len()..];
        return Err(Refusal::new(
            Kind::UnknownPath,
            format!("There is no path `{path}`."),
        ));
    }
    // Of `/tickets/count` and `/tickets/{id}` the first is meant: literal text beats a parameter, from the left.
    candidates.sort_by_key(|(_, endpoint)| {
        endpoint
            .path
            .split('/')
            .map(|segment| parameter(segment).is_some())
            .collect::<Vec<bool>>()
    });
    let best = candidates[0].1.path.as_str();
    let fitting = candidates
        .iter()
        .find(|(_, endpoint)| endpoint.path == best && endpoint.method == method);
    let Some((index, endpoint)) = fitting else {
        return Err(Refusal::new(
            Kind::Method,
            format!("`{best}` does not take {method}."),
        ));
    };
    let given = below(endpoint).unwrap_or_default();
    let pairs = endpoint.path.split('/').zip(given);
    let found =
        pairs.filter_map(|(segment, text)| Some((parameter(segment)?.to_owned(), text.to_owned())));
    Ok((*index, found.collect()))
}

fn fits(template: &str, given: &[&str]) -> bool {
    template.split('/').count() == given.len()
        && template
            .split('/')
            .zip(given)
            .all(|(segment, text)| match parameter(segment) {
                Some(_) => !text.is_empty(),
                None => segment == *text,
            })
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}
