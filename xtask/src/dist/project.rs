//! What a release must know of the project: its version, its licence, and where it is published.

use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use codegen::release::Release;
use serde_json::Value;

use crate::workspace;

/// The table of Cargo.toml that says where the project is published.
pub(crate) const TABLE: &str = "[workspace.metadata.dist]";

/// Where the project is published, as far as the command line says.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Named {
    /// Where the source stands, such as https://github.com/OWNER/REPOSITORY
    #[arg(long, value_name = "URL")]
    pub(crate) repository: Option<String>,
    /// Whose the servers are in the MCP registry, such as io.github.OWNER
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// The folder from which files of a release are downloaded; `{version}` stands for the version. Of a repository on
    /// GitHub usually /releases/download/v{version}
    #[arg(long, value_name = "URL")]
    pub(crate) download: Option<String>,
}

/// The project.
pub(crate) struct Project {
    packages: Vec<Value>,
    author: String,
    named: Named,
}

impl Project {
    /// Reads the workspace's Cargo.toml; what the command line names comes first.
    ///
    /// # Errors
    /// If cargo cannot, or what is named cannot be.
    pub(crate) fn read(named: &Named) -> anyhow::Result<Self> {
        let output = workspace::cargo()
            .current_dir(workspace::root())
            .args(["metadata", "--format-version=1", "--no-deps"])
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start cargo")?;
        ensure!(output.status.success(), "cargo metadata failed");
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let table = &metadata["metadata"]["dist"];
        let text = |key: &str| table[key].as_str().map(str::to_owned);
        let named = Named {
            repository: named.repository.clone().or_else(|| text("repository")),
            namespace: named.namespace.clone().or_else(|| text("namespace")),
            download: named.download.clone().or_else(|| text("download")),
        };
        check(&named)?;
        let author = text("author");
        let author = author.with_context(|| {
            format!("bundles name their author: say `author` in {TABLE} of Cargo.toml")
        })?;
        let packages = metadata["packages"].as_array().cloned();
        Ok(Self {
            packages: packages.unwrap_or_default(),
            author,
            named,
        })
    }

    /// What is known of the release of a package.
    ///
    /// # Errors
    /// If there is no such package, or it has no licence.
    pub(crate) fn release(&self, package: &str) -> anyhow::Result<Release> {
        let found = self.packages.iter().find(|it| it["name"] == package);
        let found = found.with_context(|| {
            format!("the workspace has no package `{package}`: run cargo xtask codegen")
        })?;
        let text = |key: &str| {
            let text = found[key].as_str().map(str::to_owned);
            text.with_context(|| format!("the package `{package}` states no {key}"))
        };
        Ok(Release {
            version: text("version")?,
            license: text("license")?,
            author: self.author.clone(),
            repository: self.named.repository.clone(),
        })
    }

    /// Namespace, repository, and the URL of a file of a version.
    ///
    /// # Errors
    /// What must be named for that, and how.
    pub(crate) fn published(
        &self,
        version: &str,
        file: &str,
    ) -> Result<(&str, &str, String), String> {
        let Named {
            repository,
            namespace,
            ..
        } = &self.named;
        let download = self.download();
        let known = [
            ("namespace", namespace.is_some()),
            ("repository", repository.is_some()),
            ("download", download.is_some()),
        ];
        let (Some(namespace), Some(repository), Some(download)) = (namespace, repository, download)
        else {
            let missing = known.iter().filter(|(_, is_known)| !is_known);
            let missing: Vec<_> = missing.map(|(name, _)| format!("--{name}")).collect();
            return Err(format!(
                "it is not known where the project is published: give {}, or say it in {TABLE} of Cargo.toml",
                missing.join(" and ")
            ));
        };
        let folder = download.replace("{version}", version);
        Ok((
            namespace,
            repository,
            format!("{}/{file}", folder.trim_end_matches('/')),
        ))
    }

    /// Where files are downloaded: as named, or as GitHub has it.
    fn download(&self) -> Option<String> {
        let of_github = || {
            let repository = self.named.repository.as_deref()?.trim_end_matches('/');
            let is_github = repository.starts_with("https://github.com/");
            is_github.then(|| format!("{repository}/releases/download/v{{version}}"))
        };
        self.named.download.clone().or_else(of_github)
    }
}

/// What the registry takes.
fn check(named: &Named) -> anyhow::Result<()> {
    for (option, url) in [
        ("repository", &named.repository),
        ("download", &named.download),
    ] {
        if let Some(url) = url.as_deref().filter(|it| !it.starts_with("https://")) {
            bail!("--{option}: {url} is no URL that begins with https://");
        }
    }
    let is_name = |it: &str| {
        let allowed = |it: char| it.is_ascii_alphanumeric() || it == '.' || it == '-';
        !it.is_empty() && it.chars().all(allowed)
    };
    if let Some(name) = named.namespace.as_deref().filter(|it| !is_name(it)) {
        bail!(
            "--namespace: {name} is no name of letters, digits, dots and hyphens, such as io.github.OWNER"
        );
    }
    Ok(())
}
