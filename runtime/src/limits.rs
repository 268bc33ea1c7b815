//! How large a message may be, over either transport, and a file within it.

/// Most bytes of one MCP message, unless the operator lets callers send larger files.
const MESSAGE: usize = 16 * 1024 * 1024;
/// Room in a message besides the text of a file.
const ROOM: usize = 1024 * 1024;

/// Most bytes of one MCP message where files of so many bytes may be sent: they fit as base64 text. What is longer is
/// answered with an error.
pub(crate) fn message(max_upload: u64) -> usize {
    let bytes = usize::try_from(max_upload).unwrap_or(usize::MAX);
    let text = bytes.div_ceil(3).saturating_mul(4);
    text.saturating_add(ROOM).max(MESSAGE)
}

/// What is said of a longer one.
pub(crate) fn too_long(most: usize) -> String {
    format!(
        "the message is longer than {most} bytes and was not read; a large file is better named as file:NAME, out of the \
         directory that the operator of this server allows with --files, and the operator may raise --max-upload"
    )
}

/// Most bytes of a file that a tool answers: as base64 text it fits into a message.
pub(crate) const FILE: usize = 10 * 1024 * 1024;
