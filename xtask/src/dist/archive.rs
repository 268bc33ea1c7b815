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

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn entries() -> Vec<Entry> {
        vec![
            Entry::program("a/program", "runs"),
            Entry::new("a/README.md", "reads"),
        ]
    }

    fn reversed() -> Vec<Entry> {
        entries().into_iter().rev().collect()
    }

    #[test]
    fn the_order_of_files_is_no_matter_and_a_program_can_be_run() {
        let bytes = zip(entries()).unwrap();
        assert_eq!(bytes, zip(reversed()).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<_> = archive.file_names().map(str::to_owned).collect();
        assert_eq!(names, ["a/README.md", "a/program"]);
        let mut program = archive.by_name("a/program").unwrap();
        assert_eq!(program.unix_mode().map(|it| it & 0o777), Some(0o755));
        let mut text = String::new();
        program.read_to_string(&mut text).unwrap();
        assert_eq!(text, "runs");
    }

    #[test]
    fn a_tar_is_of_its_time_and_nobodys() {
        let bytes = tar_gz(entries(), 1_700_000_000).unwrap();
        assert_eq!(bytes, tar_gz(reversed(), 1_700_000_000).unwrap());
        // No name and no time of packing in the head of gzip.
        assert_eq!(bytes[3..8], [0; 5]);
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let told: Vec<_> = archive
            .entries()
            .unwrap()
            .map(|it| {
                let header = it.unwrap().header().clone();
                let path = header.path().unwrap().to_string_lossy().into_owned();
                let owner = (header.uid().unwrap(), header.gid().unwrap());
                (path, header.mode().unwrap(), header.mtime().unwrap(), owner)
            })
            .collect();
        let expected = [("a/README.md", 0o644), ("a/program", 0o755)];
        let expected = expected.map(|(path, mode)| (path.to_owned(), mode, 1_700_000_000, (0, 0)));
        assert_eq!(told, expected);
    }
}
