//! Decides, from options, environment and credentials file, what a process serves; refuses what contradicts itself.

use std::{collections::BTreeMap, ffi::OsString, path::Path};

use crate::{
    base_url::{Base, Origin},
    catalogue::Catalogue,
    cli::{self, Options},
    confirm::Confirm,
    credentials::{Credentials, Source},
    dispatch::Dispatch,
    files::Files,
    filter::Filter,
    output::note,
    places::{self, Places, Said},
    program::{SandboxAt, SandboxOrder, StartSandbox},
    server::Server,
    site::Site,
    suggest::instead,
    table::Vendor,
    token::Tokens,
};

/// The environment, so that tests can have their own.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// A variable of the environment, as text.
///
/// # Errors
/// A sentence, if it is none.
pub(crate) fn text(environment: Environment, name: &str) -> Result<Option<String>, String> {
    let text = environment(name).map(OsString::into_string).transpose();
    text.map_err(|_| format!("{name} is set, but not to Unicode text"))
}

/// A secret in the environment. A blank one is no absent one: what it was to guard would stand open, or another source
/// would take its place unseen.
///
/// # Errors
/// A sentence, if it is blank or no text.
pub(crate) fn secret(environment: Environment, name: &str) -> Result<Option<String>, String> {
    match text(environment, name)? {
        Some(text) if text.trim().is_empty() => Err(format!(
            "{name} is set, but blank: give it a value, or unset it"
        )),
        text => Ok(text),
    }
}

/// The tools that the options leave.
///
/// # Errors
/// A word outside the vocabulary, or that no tool is left.
pub(crate) fn catalogue(vendor: &'static Vendor, options: &Options) -> Result<Catalogue, String> {
    Catalogue::new(
        vendor,
        Filter::new(vendor, &options.methods, &options.tags)?,
    )
}

/// What the options, the environment and the credentials file make of a vendor.
///
/// # Errors
/// What is wrong with them, in a sentence. A missing credential or base URL is no error here: a server without it still
/// starts, lists its tools, and says at each call what is missing.
pub(crate) fn server(
    vendor: &'static Vendor,
    sandbox: Option<StartSandbox>,
    options: &Options,
    environment: Environment,
) -> Result<Server, String> {
    let catalogue = catalogue(vendor, options)?;
    let (places, credentials) = if options.sandbox {
        in_sandbox(vendor, sandbox, options)?
    } else {
        outside(vendor, options, environment)?
    };
    Ok(Server {
        catalogue,
        site: Site::new(places.base, vendor.base_url.discovery.as_ref()),
        others: places.others,
        credentials,
        tokens: Tokens::new(places.token_url),
        confirm: Confirm::Never,
        allow_caller_key: false,
        dispatch: Dispatch::new(
            options.log_requests,
            format!("{}/{}", vendor.binary, vendor.version),
        ),
        exposure: options.expose,
        copies: options.answers,
        max_answer: options.max_answer as usize,
        checks: !options.skip_checks,
        files: match &options.files {
            Some(path) => Files::of(path, options.max_upload)?,
            None => Files::none(options.max_upload),
        },
    })
}

type Place = (Places, Credentials);

/// The operator's own settings are left alone: no real credential reaches a sandbox.
fn in_sandbox(
    vendor: &'static Vendor,
    sandbox: Option<StartSandbox>,
    options: &Options,
) -> Result<Place, String> {
    if options.base_url.is_some() || options.credentials.is_some() {
        return Err("--sandbox brings its own base URL and credentials: leave out --base-url and --credentials".into());
    }
    let at = start_sandbox(sandbox, options, false)?;
    let credentials = Credentials::none(vendor).or(Source::Sandbox, |credential| {
        at.credentials
            .iter()
            .find(|(name, _)| name == credential.name)
            .map(|(_, value)| value.clone())
    });
    let base = Base::new(&at.base_url, Origin::Sandbox)?;
    Ok((Places::in_sandbox(vendor, base), credentials))
}

/// Starts the sandbox that the options order.
///
/// # Errors
/// That there is none, or what is wrong with a switch.
pub(crate) fn start_sandbox(
    sandbox: Option<StartSandbox>,
    options: &Options,
    tls: bool,
) -> Result<SandboxAt, String> {
    let start = sandbox.ok_or("this program was built without its sandbox")?;
    start(&SandboxOrder {
        seed: options.seed.unwrap_or(1),
        switches: &options.sandbox_switch,
        tls,
    })
}

fn outside(
    vendor: &'static Vendor,
    options: &Options,
    environment: Environment,
) -> Result<Place, String> {
    if options.seed.is_some() || !options.sandbox_switch.is_empty() {
        return Err("--seed and --sandbox-switch are of no use without --sandbox".into());
    }
    let named = environment(&cli::variable(vendor, "CREDENTIALS")).filter(|path| !path.is_empty());
    let file = match options
        .credentials
        .as_deref()
        .or(named.as_deref().map(Path::new))
    {
        Some(path) => read_file(vendor, path)?,
        None => BTreeMap::new(),
    };
    let mut set = BTreeMap::new();
    for credential in vendor.credentials {
        set.extend(secret(environment, credential.variable)?.map(|text| (credential.name, text)));
    }
    let credentials = Credentials::none(vendor)
        .or(Source::Environment, |credential| {
            set.get(credential.name).cloned()
        })
        .or(Source::File, |credential| {
            file.get(credential.name).cloned()
        });
    let places = Places::of(
        vendor,
        &Said {
            flag: options.base_url.as_deref(),
            environment,
            file: &file,
        },
    )?;
    Ok((places, credentials))
}

/// The texts of a credentials file, by key.
fn read_file(vendor: &Vendor, path: &Path) -> Result<BTreeMap<String, String>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the credentials file {shown}: {error}"))?;
    // The parser's own message would repeat the line, and with it a secret.
    let table: toml::Table = text.parse().map_err(|_| {
        format!("the credentials file {shown} is not TOML with lines such as name = \"value\"")
    })?;
    let known: Vec<&str> = vendor
        .credentials
        .iter()
        .map(|credential| credential.name)
        .chain(places::keys(vendor))
        .collect();
    warn_if_shared(path);
    table
        .into_iter()
        .map(|(key, value)| match value {
            _ if !known.contains(&key.as_str()) => Err(format!(
                "the credentials file {shown} has an unknown key `{key}`{}",
                instead(&key, &known, "keys")
            )),
            toml::Value::String(text) => Ok((key, text)),
            _ => Err(format!(
                "`{key}` in the credentials file {shown} must be a text in quotes"
            )),
        })
        .collect()
}

#[cfg(unix)]
fn warn_if_shared(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    let shared =
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0);
    if shared {
        note(format!(
            "warning: other users can read {}; run: chmod 600 {0}",
            path.display()
        ));
    }
}

#[cfg(not(unix))]
fn warn_if_shared(_: &Path) {}
