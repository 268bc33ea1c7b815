//! A person's yes: which tools want one, how a client is asked for it in each revision of the protocol, and what it is asked.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::Duration,
};

use rmcp::{
    RoleServer,
    model::{
        CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitationAction,
        ElicitationSchema, InputRequest, InputRequiredResult,
    },
    service::{ElicitationMode, RequestContext},
};
use serde_json::Value;

use crate::{
    entry::Entry,
    failure::Failure,
    secret,
    table::{Effect, Vendor},
};

/// How long a person may think.
const PATIENCE: Duration = Duration::from_secs(300);
/// The name of the question, where several could be asked at once.
const QUESTION: &str = "confirm";
/// Most arguments that a question shows, and most characters of each.
const MOST: (usize, usize) = (30, 300);

/// Which tools want a person's yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Confirm {
    /// None.
    #[default]
    Never,
    /// Those that delete, overwrite, or send what cannot be taken back.
    Destructive,
    /// All that change something.
    Writes,
}

impl Confirm {
    /// Whether a tool of this effect wants a yes.
    pub(crate) fn concerns(self, effect: Effect) -> bool {
        match self {
            Self::Never => false,
            Self::Destructive => effect == Effect::Destroy,
            Self::Writes => effect != Effect::Read,
        }
    }
}

/// What came of a question.
pub(crate) enum Answered {
    /// A person said yes.
    Yes,
    /// Nobody did, or nobody needs to; why.
    No(Failure),
    /// It must be asked first: the client sends the call again, with the answer.
    Ask(Box<InputRequiredResult>),
}

const DECLINED: &str =
    "a person was asked, and did not agree. Do not try again unless you are told to";
const DUMB: &str = "the operator of this server wants a person's yes for this tool, and this client cannot ask for it (MCP \
                    elicitation, over stdio, /sse, or in revision 2026-07-28)";
const SILENT: &str = "a person was asked, and no answer came";

/// What is asked, of a call.
pub(crate) struct Question {
    text: String,
    /// Tells the arguments that are asked about from others.
    state: String,
}

impl Question {
    /// What a tool would change with these arguments, in words.
    pub(crate) fn new(vendor: &Vendor, entry: &Entry, arguments: &Value) -> Self {
        let listing: Value = serde_json::from_str(entry.about.listing).unwrap_or_default();
        let title = listing["title"].as_str().unwrap_or(entry.about.name);
        let mut text = format!("{}: {title}?\n", vendor.title);
        let given = arguments.as_object();
        for (name, value) in given.into_iter().flatten().take(MOST.0) {
            let shown = match value {
                _ if entry.about.secret.contains(&name.as_str()) => secret::HIDDEN.to_owned(),
                Value::String(text) => text.chars().take(MOST.1 + 1).collect(),
                value => value.to_string(),
            };
            // One input, one line: a value must not speak for another, or for us.
            let plain = shown
                .chars()
                .map(|it| if it.is_control() { ' ' } else { it });
            let mut line: String = plain.take(MOST.1).collect();
            if shown.chars().nth(MOST.1).is_some() {
                line.push('…');
            }
            text += &format!("{name}: {line}\n");
        }
        let more = given.map_or(0, |it| it.len().saturating_sub(MOST.0));
        if more > 0 {
            text += &format!("and {more} inputs more\n");
        }
        text += match entry.about.effect {
            Effect::Destroy => "It deletes, overwrites or sends what cannot be taken back.",
            Effect::Write => "It adds or changes a record.",
            Effect::Read => "",
        };
        let mut state = DefaultHasher::new();
        (entry.about.name, arguments.to_string()).hash(&mut state);
        Self {
            text,
            state: format!("{:016x}", state.finish()),
        }
    }

    /// Asks the client's person.
    pub(crate) async fn ask(
        &self,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Answered {
        let version = context.meta.protocol_version();
        if version.is_some_and(|it| !it.has_initialize()) {
            return self.in_rounds(request, context);
        }
        let modes = context.peer.supported_elicitation_modes();
        if !modes.contains(&ElicitationMode::Form) {
            return Answered::No(Failure::Unconfirmed(DUMB));
        }
        let asked = context
            .peer
            .create_elicitation_with_timeout(self.form(), Some(PATIENCE));
        match asked.await {
            Ok(answer) if answer.action == ElicitationAction::Accept => Answered::Yes,
            Ok(_) => Answered::No(Failure::Unconfirmed(DECLINED)),
            Err(_) => Answered::No(Failure::Unconfirmed(SILENT)),
        }
    }

    /// Since 2026-07-28 a question is an answer to the call, which then comes again, with what was said. An answer to a
    /// question about other arguments is none.
    fn in_rounds(
        &self,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Answered {
        let can = context.meta.client_capabilities();
        let can = can.and_then(|it| it.elicitation);
        if !can.is_some_and(|it| it.form.is_some() || it.url.is_none()) {
            return Answered::No(Failure::Unconfirmed(DUMB));
        }
        let said = request.input_responses.as_ref();
        let said = said.filter(|_| request.request_state.as_ref() == Some(&self.state));
        match said.and_then(|it| it.get(QUESTION)?.get("action")?.as_str()) {
            Some("accept") => Answered::Yes,
            Some(_) => Answered::No(Failure::Unconfirmed(DECLINED)),
            None => {
                let question = InputRequest::Elicitation(ElicitRequest::new(self.form()));
                let questions = BTreeMap::from([(QUESTION.to_owned(), question)]);
                let result = InputRequiredResult::new(Some(questions), Some(self.state.clone()));
                Answered::Ask(Box::new(result))
            }
        }
    }

    /// A form without fields: to send it is to agree.
    fn form(&self) -> ElicitRequestParams {
        ElicitRequestParams::FormElicitationParams {
            meta: None,
            message: self.text.clone(),
            requested_schema: ElicitationSchema::new(BTreeMap::new()),
        }
    }
}
