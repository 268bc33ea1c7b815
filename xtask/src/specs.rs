//! Reads the files of a vendor from disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use codegen::{Source, Sources};

use crate::workspace::root;

/// The files of `specs/<vendor>`.
pub(crate) fn read(vendor: &str) -> anyhow::Result<Sources> {
    read_in(&root().join("specs"), vendor)
}

/// The files of a vendor in another folder of specs.
pub(crate) fn read_in(specs: &Path, vendor: &str) -> anyhow::Result<Sources> {
    let folder = specs.join(vendor);
    if !folder.is_dir() {
        bail!("there is no folder specs/{vendor}");
    }
    let optional = |name: &str| optional(specs, vendor, name);
    let required =
        |name: &str| optional(name)?.with_context(|| format!("specs/{vendor}/{name} is missing"));
    Ok(Sources {
        vendor: vendor.to_owned(),
        openapi: document(vendor, optional)?,
        behaviour: required("vendor.yaml")?,
        docs: Some(required("docs.yaml")?),
        overlay: optional("overlay.yaml")?,
        prompts: optional("prompts.yaml")?,
        sandbox: optional("sandbox.yaml")?,
    })
}

/// A file of a vendor, if it is there.
pub(crate) fn optional(specs: &Path, vendor: &str, name: &str) -> anyhow::Result<Option<Source>> {
    let path = specs.join(vendor).join(name);
    path.exists()
        .then(|| source(&path, format!("specs/{vendor}/{name}")))
        .transpose()
}

/// What the vendor's document may be called.
pub(crate) const DOCUMENTS: [&str; 2] = ["openapi.yaml", "openapi.json"];

/// The vendor's document, by whichever name it has.
pub(crate) fn document(
    vendor: &str,
    read: impl Fn(&str) -> anyhow::Result<Option<Source>>,
) -> anyhow::Result<Source> {
    match (read(DOCUMENTS[0])?, read(DOCUMENTS[1])?) {
        (Some(found), None) | (None, Some(found)) => Ok(found),
        (None, None) => bail!("specs/{vendor}/openapi.yaml (or openapi.json) is missing"),
        (Some(_), Some(_)) => {
            bail!(
                "specs/{vendor} has openapi.yaml and openapi.json: delete the one that does not count"
            )
        }
    }
}

/// Another document of a vendor: its own openapi, overlay, docs and prompts are left aside.
pub(crate) fn read_document(
    vendor: &str,
    openapi: &Path,
    overlay: Option<&PathBuf>,
) -> anyhow::Result<Sources> {
    let vendor_yaml = root().join("specs").join(vendor).join("vendor.yaml");
    let named = |path: &Path| {
        source(
            path,
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        )
    };
    Ok(Sources {
        vendor: vendor.to_owned(),
        openapi: named(openapi)?,
        behaviour: source(&vendor_yaml, format!("specs/{vendor}/vendor.yaml"))?,
        overlay: overlay.map(|it| named(it)).transpose()?,
        ..Sources::default()
    })
}

/// `name` is what messages and provenance call the file: never a path of this machine.
fn source(path: &Path, name: String) -> anyhow::Result<Source> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Source { path: name, text })
}
