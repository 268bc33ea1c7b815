//! Which server an operation is called at: the vendor's own, or another that vendor.yaml names. Credentials go to no other.

use crate::{
    api::{Api, Flaw, Operation},
    vendor::VendorDocs,
};

/// The further server of an operation, by its name in vendor.yaml; `None` where the base URL serves it.
///
/// # Errors
/// That vendor.yaml does not name the server.
pub(crate) fn server<'v>(
    operation: &Operation,
    api: &Api,
    vendor: &'v VendorDocs,
) -> Result<Option<&'v str>, Flaw> {
    let Some(first) = operation.servers.first() else {
        return Ok(None);
    };
    let is = |a: &str, b: &str| a.trim_end_matches('/') == b.trim_end_matches('/');
    let base = &vendor.base_url;
    let mains: Vec<&String> = api
        .servers
        .iter()
        .chain(&base.default)
        .chain(base.regions.values())
        .collect();
    for url in &operation.servers {
        if mains.iter().any(|it| is(it, url)) {
            return Ok(None);
        }
        if let Some((name, _)) = vendor.servers.iter().find(|(_, it)| is(&it.url, url)) {
            return Ok(Some(name));
        }
    }
    let variable = format!("{}_UPLOADS_URL", vendor.label.to_uppercase());
    Err(Flaw {
        code: "server-of-its-own",
        reason: format!(
            "the operation has a server of its own, which vendor.yaml does not name, as by `servers: {{uploads: {{url: \"{}\", variable: {variable}}}}}`",
            first.escape_debug()
        ),
        remedy: "put that line into vendor.yaml, with a name that fits, if credentials may go there; or remove the \
                 operation's `servers` with an overlay action if the vendor's base URL serves it too",
        pointer: operation.pointer.clone(),
    })
}
