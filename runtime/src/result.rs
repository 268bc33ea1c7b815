//! The MCP tool result of a call's outcome: the structured content, the same JSON as text, and the file.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rmcp::model::{CallToolResult, ContentBlock, ResourceContents};

use crate::server::{Copies, File, Outcome};

/// The MCP tool result of an outcome; `tool` names the file in it.
pub(crate) fn result(outcome: Outcome, copies: Copies, tool: &str) -> CallToolResult {
    let Outcome { json, failed, file } = outcome;
    // A failure is always text too: hosts show nothing else of it.
    let text = copies != Copies::Structured || failed;
    let mut content = Vec::new();
    if text {
        content.push(ContentBlock::text(json.to_string()));
    }
    if let Some(File {
        media_type, bytes, ..
    }) = file
    {
        let resource = contents(bytes, &media_type, format!("tool://{tool}/result"));
        content.push(ContentBlock::resource(resource.with_mime_type(media_type)));
    }
    let mut result = if failed {
        CallToolResult::error(content)
    } else {
        CallToolResult::success(content)
    };
    if copies != Copies::Text {
        result.structured_content = Some(json);
    }
    result
}

/// What is text comes as text, which every model reads; all else as base64.
fn contents(bytes: Vec<u8>, media_type: &str, uri: String) -> ResourceContents {
    let bytes = match media_type.starts_with("text/") {
        true => match String::from_utf8(bytes) {
            Ok(text) => return ResourceContents::text(text, uri),
            Err(error) => error.into_bytes(),
        },
        false => bytes,
    };
    ResourceContents::blob(BASE64_STANDARD.encode(bytes), uri)
}
