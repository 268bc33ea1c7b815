//! How large a message may be, over either transport, and a file within it.

/// Most bytes of one MCP message. A document of 11 MB fits as base64 text; what is longer is answered with an error.
pub(crate) const MESSAGE: usize = 16 * 1024 * 1024;

/// Most bytes of a file that a tool answers: as base64 text it fits into a message.
pub(crate) const FILE: usize = 10 * 1024 * 1024;
