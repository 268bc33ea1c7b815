//! The one MCP handler: it routes what a client asks for to the tool table and the prompts. Only here and in the
//! transports is rmcp's service named, so that its upgrades touch few files.

use axum::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams,
        CompleteResult, GetPromptRequestParams, GetPromptResponse, Implementation, JsonObject,
        ListPromptsResult, ListToolsResult, PaginatedRequestParams, ServerCapabilities,
        ServerConfig,
    },
    service::RequestContext,
};
use serde_json::Value;

use crate::{
    complete::Completions,
    credentials::Secret,
    prompts,
    result::result,
    server::{Outcome, Shared},
    suggest::instead,
    table::Complete,
};

/// The one MCP handler.
#[derive(Clone)]
pub(crate) struct Handler {
    server: Shared,
    completions: std::sync::Arc<Completions>,
}

impl Handler {
    /// The handler of a server.
    pub(crate) fn new(server: Shared) -> Self {
        Self {
            server,
            completions: std::sync::Arc::default(),
        }
    }

    /// The credential that a caller over HTTP brought, where the operator allows that.
    fn caller(&self, context: &RequestContext<RoleServer>) -> Option<Secret> {
        let key = self
            .server
            .vendor()
            .caller_key
            .as_ref()
            .filter(|_| self.server.allow_caller_key)?;
        let parts = context.extensions.get::<Parts>()?;
        Secret::new(parts.headers.get(key.header)?.to_str().ok()?)
    }

    async fn call(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResult, ErrorData> {
        let entry = self.server.catalogue.find(&request.name).map_err(invalid)?;
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        let caller = self.caller(&context);
        let outcome: Outcome = tokio::select! {
            outcome = self.server.call(entry, &arguments, caller) => outcome,
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("the call was cancelled", None)),
        };
        Ok(result(outcome, self.server.copies, entry.about.name))
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let vendor = self.server.vendor();
        let mut capabilities = ServerCapabilities::builder().enable_tools().build();
        if !vendor.prompts.is_empty() {
            capabilities.prompts = Some(Default::default());
        }
        let arguments = vendor.prompts.iter().flat_map(|prompt| prompt.arguments);
        if arguments
            .into_iter()
            .any(|argument| !matches!(argument.complete, Complete::None))
        {
            capabilities.completions = Some(JsonObject::new());
        }
        let identity = Implementation::new(vendor.binary, vendor.version).with_title(vendor.title);
        ServerConfig::new(capabilities)
            .with_server_info(identity)
            .with_instructions(vendor.instructions)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        one_page(request)?;
        let tools = self
            .server
            .catalogue
            .list()
            .map_err(|why| ErrorData::internal_error(why, None))?;
        Ok(ListToolsResult::with_all_items(tools.to_vec()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.call(request, context)
            .await
            .map(CallToolResponse::from)
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        one_page(request)?;
        Ok(ListPromptsResult::with_all_items(prompts::list(
            self.server.vendor(),
        )))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let prompt = prompts::find(self.server.vendor(), &request.name).map_err(invalid)?;
        let result =
            prompts::get(prompt, &request.arguments.unwrap_or_default()).map_err(invalid)?;
        Ok(GetPromptResponse::from(result))
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let name = request
            .r#ref
            .as_prompt_name()
            .ok_or_else(|| invalid("only arguments of prompts are completed".into()))?;
        let prompt = prompts::find(self.server.vendor(), name).map_err(invalid)?;
        let argument = prompt
            .arguments
            .iter()
            .find(|argument| argument.name == request.argument.name)
            .ok_or_else(|| {
                let names: Vec<&str> = prompt
                    .arguments
                    .iter()
                    .map(|argument| argument.name)
                    .collect();
                let hint = instead(&request.argument.name, &names, "arguments");
                invalid(format!(
                    "the prompt `{name}` has no argument `{}`{hint}",
                    request.argument.name
                ))
            })?;
        let caller = self.caller(&context);
        let values = self
            .completions
            .complete(&self.server, argument, &request.argument.value, caller)
            .await;
        Ok(CompleteResult::new(values))
    }
}

/// Everything is on one page, since many clients read no further; so there is no cursor that could be ours.
fn one_page(request: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request
        .and_then(|request| request.cursor)
        .filter(|cursor| !cursor.is_empty())
    {
        None => Ok(()),
        Some(_) => Err(invalid(
            "there is only one page: ask without a cursor".to_owned(),
        )),
    }
}

fn invalid(why: String) -> ErrorData {
    ErrorData::invalid_params(why, None)
}
