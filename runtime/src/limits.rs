//! How large a message may be, over either transport.

/// Most bytes of one MCP message. A document of 11 MB fits as base64 text; what is longer is answered with an error.
pub(crate) const MESSAGE: usize = 16 * 1024 * 1024;
