//! Packs files into ZIP and tar.gz, so that the same files give the same bytes.

use std::io::{Cursor, Write as _};

use anyhow::Context;
use codegen::release::Platform;
use flate2::{Compression, GzBuilder};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A file to pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Path in the archive, with slashes.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Whether it can be run.
    pub(crate) is_program: bool,
}

impl Entry {
    /// A file that is only read.
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
            is_program: false,
        }
    }

    /// A program.
    pub(crate) fn program(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            is_program: true,
            ..Self::new(path, bytes)
        }
    }

    fn mode(&self) -> u32 {
        if self.is_program { 0o755 } else { 0o644 }
    }
}

/// Packs files as people of a platform expect it; answers the ending of the archive's name, too.
pub(crate) fn pack(
    platform: Platform,
    entries: Vec<Entry>,
    time: u64,
) -> anyhow::Result<(&'static str, Vec<u8>)> {
    Ok(match platform {
        Platform::Win32 => ("zip", zip(entries)?),
        Platform::Darwin | Platform::Linux => ("tar.gz", tar_gz(entries, time)?),
    })
}

/// Packs files into a ZIP. Its entries are of the first day that a ZIP knows: whoever unpacks one today need not know when it
/// was packed.
pub(crate) fn zip(mut entries: Vec<Entry>) -> anyhow::Result<Vec<u8>> {
    entries.sort();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(entry.mode());
        writer.start_file(entry.path, options)?;
        writer.write_all(&entry.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Packs files into a tar.gz; each is of this time, in seconds since 1970, and nobody's.
pub(crate) fn tar_gz(mut entries: Vec<Entry>, time: u64) -> anyhow::Result<Vec<u8>> {
    entries.sort();
    // Neither a name nor a time.
    let compressed = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut builder = tar::Builder::new(compressed);
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_mode(entry.mode());
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(entry.bytes.len().try_into()?);
        builder
            .append_data(&mut header, &entry.path, entry.bytes.as_slice())
            .with_context(|| format!("cannot pack {}", entry.path))?;
    }
    Ok(builder.into_inner()?.finish()?)
}
