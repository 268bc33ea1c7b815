//! The one MCP handler: it routes what a client asks for to the tool table and the prompts. Only here and in the
//! transports is rmcp's service named, so that its upgrades touch few files.

use std::{convert::Infallible, sync::Arc};

use axum::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CompleteRequestParams, CompleteResult,
        GetPromptRequestParams, GetPromptResponse, Implementation, JsonObject, ListPromptsResult,
        ListToolsResult, PaginatedRequestParams, ProgressNotificationParam, ProgressToken,
        ServerCapabilities, ServerConfig,
    },
    service::{Peer, RequestContext},
};
use serde_json::Value;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinSet,
};

use crate::{
    complete::Completions,
    confirm::{Answered, Question},
    credentials::Secret,
    discovery::{self, Door, Step},
    entry::Entry,
    failure::Failure,
    limits,
    outgoing::Progress,
    prompts,
    result::result,
    server::{Exposure, Outcome, Shared},
    suggest::instead,
    table::{Complete, Prompt},
    text::ticked,
};

/// The one MCP handler.
#[derive(Clone)]
pub(crate) struct Handler {
    server: Shared,
    /// The prompts whose tools are all enabled.
    prompts: Arc<[&'static Prompt]>,
    completions: Arc<Completions>,
}

impl Handler {
    /// The handler of a server.
    pub(crate) fn new(server: Shared) -> Self {
        Self {
            prompts: prompts::enabled(&server.catalogue).into(),
            server,
            completions: Arc::default(),
        }
    }

    /// Most bytes of a message: a file of the largest size fits in.
    pub(crate) fn longest_message(&self) -> usize {
        limits::message(self.server.files.max_upload)
    }

    fn prompt(&self, name: &str) -> Result<&'static Prompt, ErrorData> {
        prompts::find(&self.server.catalogue, &self.prompts, name).map_err(invalid)
    }

    /// The credential that a caller over HTTP brought, where the operator allows that.
    ///
    /// # Errors
    /// One that cannot be used. The operator's must not take its place: the caller meant to act as somebody else.
    fn caller(&self, context: &RequestContext<RoleServer>) -> Result<Option<Secret>, Failure> {
        let key = self.server.vendor().caller_key.as_ref();
        let (Some(key), Some(parts)) = (
            key.filter(|_| self.server.allow_caller_key),
            context.extensions.get::<Parts>(),
        ) else {
            return Ok(None);
        };
        let mut values = parts.headers.get_all(key.header).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        let secret = value.to_str().ok().and_then(Secret::new);
        secret
            .filter(|_| values.next().is_none())
            .map(Some)
            .ok_or(Failure::CallersKey(key.header))
    }

    async fn call(
        &self,
        mut request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = Value::Object(request.arguments.take().unwrap_or_default());
        let name = request.name.clone().into_owned();
        let (step, is_inner) = match self.server.exposure {
            Exposure::All => {
                let entry = self.server.catalogue.find(&name).map_err(invalid)?;
                (Step::Call(entry, arguments), false)
            }
            Exposure::Discovery => {
                let door = discovery::door(&self.server.catalogue, &name).map_err(invalid)?;
                (self.through(door, arguments).await, true)
            }
        };
        match step {
            Step::Answer(outcome) => Ok(result(outcome, self.server.copies, &name).into()),
            Step::Call(entry, arguments) => {
                let mut outcome = match self
                    .unconfirmed(entry, &arguments, &request, &context)
                    .await
                {
                    Some(Answered::Ask(question)) => return Ok((*question).into()),
                    Some(Answered::No(failure)) => failure.into(),
                    Some(Answered::Yes) | None => self.outcome(entry, arguments, &context).await?,
                };
                if is_inner {
                    discovery::name_tool(&mut outcome, entry.about.name);
                }
                Ok(result(outcome, self.server.copies, entry.about.name).into())
            }
        }
    }

    /// What a person says of a call, where one must be asked. Behind discovery it is the inner tool that counts. What could not
    /// be sent anyway is asked of nobody, nor is a step that comes too early.
    async fn unconfirmed(
        &self,
        entry: &Entry,
        arguments: &Value,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Option<Answered> {
        let is_concerned = self.server.confirm.concerns(entry.about.effect);
        let is_wrong = || {
            matches!(
                self.server.prepare(entry, arguments),
                Err(Failure::Arguments(_))
            )
        };
        if !is_concerned || is_wrong() {
            return None;
        }
        // What is wrong with a caller's key is told by the call itself.
        if let Ok(caller) = self.caller(context)
            && let Err(failure) = self.server.check(entry, arguments, caller).await
        {
            return Some(Answered::No(failure));
        }
        let question = Question::new(self.server.vendor(), entry, arguments);
        Some(question.ask(request, context).await)
    }

    /// Goes through one of the tools of discovery; on a thread of its own, since the first search makes the index.
    async fn through(&self, door: Door, arguments: Value) -> Step {
        let server = Shared::clone(&self.server);
        let step = move || door.step(&server.catalogue, &arguments, server.max_answer);
        let step = tokio::task::spawn_blocking(step).await;
        step.unwrap_or_else(|_| Step::Answer(Failure::Defect.into()))
    }

    async fn outcome(
        &self,
        entry: &'static Entry,
        arguments: Value,
        context: &RequestContext<RoleServer>,
    ) -> Result<Outcome, ErrorData> {
        match self.caller(context) {
            Err(failure) => Ok(failure.into()),
            Ok(caller) => {
                let server = Shared::clone(&self.server);
                let (told, listener) = unbounded_channel();
                let token = context.meta.get_progress_token();
                let told = token.is_some().then_some(told);
                let call = async move { server.call(entry, arguments, caller, told).await };
                tokio::select! {
                    outcome = to_its_end(call) => Ok(outcome),
                    never = tell(listener, token, &context.peer) => match never {},
                    () = context.ct.cancelled() => Err(cancelled()),
                }
            }
        }
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let vendor = self.server.vendor();
        let mut capabilities = ServerCapabilities::builder().enable_tools().build();
        if !self.prompts.is_empty() {
            capabilities.prompts = Some(Default::default());
        }
        let arguments = self.prompts.iter().flat_map(|prompt| prompt.arguments);
        if arguments
            .into_iter()
            .any(|argument| !matches!(argument.complete, Complete::None))
        {
            capabilities.completions = Some(JsonObject::new());
        }
        let identity = Implementation::new(vendor.binary, vendor.version).with_title(vendor.title);
        ServerConfig::new(capabilities)
            .with_server_info(identity)
            .with_instructions(match self.server.exposure {
                Exposure::All => vendor.instructions.to_owned(),
                Exposure::Discovery => discovery::instructions(&self.server.catalogue),
            })
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        one_page(request)?;
        let catalogue = &self.server.catalogue;
        let tools = match self.server.exposure {
            Exposure::All => catalogue.list().map(<[_]>::to_vec),
            Exposure::Discovery => discovery::list(catalogue.vendor),
        };
        let tools = tools.map_err(|why| ErrorData::internal_error(why, None))?;
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.call(request, context).await
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        one_page(request)?;
        Ok(ListPromptsResult::with_all_items(prompts::list(
            &self.prompts,
        )))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let prompt = self.prompt(&request.name)?;
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
        let prompt = self.prompt(name)?;
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
                    "the prompt `{name}` has no argument {}{hint}",
                    ticked(&request.argument.name)
                ))
            })?;
        let Ok(caller) = self.caller(&context) else {
            return Ok(CompleteResult::default());
        };
        let typed = &request.argument.value;
        tokio::select! {
            values = self.completions.complete(&self.server, argument, typed, caller) => {
                Ok(CompleteResult::new(values))
            }
            () = context.ct.cancelled() => Err(cancelled()),
        }
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

/// Tells a client that wants to know how far its upload is, as long as the call goes on.
async fn tell(
    mut listener: UnboundedReceiver<Progress>,
    token: Option<ProgressToken>,
    peer: &Peer<RoleServer>,
) -> Infallible {
    if let Some(token) = token {
        while let Some(Progress { sent, total }) = listener.recv().await {
            #[expect(clippy::cast_precision_loss, reason = "the protocol counts in floats")]
            let told = ProgressNotificationParam::new(token.clone(), sent as f64)
                .with_total(total as f64)
                .with_message(format!("{sent} of {total} bytes have been sent"));
            // A client that is gone need not know.
            drop(peer.notify_progress(told).await);
        }
    }
    std::future::pending().await
}

/// A call's outcome, whatever becomes of it: a panic would otherwise leave the client without any answer.
async fn to_its_end(call: impl Future<Output = Outcome> + Send + 'static) -> Outcome {
    // Dropped, as at a cancellation, it ends the call.
    let mut tasks = JoinSet::new();
    tasks.spawn(call);
    match tasks.join_next().await {
        Some(Ok(outcome)) => outcome,
        Some(Err(_)) | None => Failure::Defect.into(),
    }
}

fn cancelled() -> ErrorData {
    ErrorData::internal_error("the call was cancelled", None)
}

fn invalid(why: String) -> ErrorData {
    ErrorData::invalid_params(why, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered() {
        let outcome = to_its_end(async { panic!("a defect, on purpose") }).await;
        assert!(outcome.failed);
        assert_eq!(outcome.json["error"], "internal_error");
    }
}
