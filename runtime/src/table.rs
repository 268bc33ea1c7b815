//! What a generated vendor says about itself: plain static data.

mod auth;
mod paging;
mod place;
mod words;

pub use self::{
    auth::{Auth, CallerKey, ClientAuthentication, Credential, OAuth2},
    paging::{Paging, Sizes},
    place::{BaseUrl, Discovery, OtherServer, UrlVariable},
    words::Synonym,
};
use crate::{check::Check, composite::Part, entry::Entry};

/// A vendor's whole server: who it is, how its API behaves, and its tools.
pub struct Vendor {
    /// The vendor's part of tool names, such as `acme`.
    pub label: &'static str,
    /// The vendor's name for people.
    pub title: &'static str,
    /// Name of the program, such as `acme-mcp`.
    pub binary: &'static str,
    /// Version of the generated package.
    pub version: &'static str,
    /// Version of the vendor's specification.
    pub spec_version: &'static str,
    /// What a model should know before its first call (MCP `instructions`).
    pub instructions: &'static str,
    /// Where the vendor's API stands.
    pub base_url: BaseUrl,
    /// Servers besides, at which some tools are called.
    pub servers: &'static [OtherServer],
    /// What an operator must supply.
    pub credentials: &'static [Credential],
    /// What carries the credentials.
    pub auth: &'static [Auth],
    /// A header by which a caller over HTTP may bring a credential of its own.
    pub caller_key: Option<CallerKey>,
    /// The person that `me` stands for, where inputs understand it.
    pub me: Option<Me>,
    /// Headers sent with every call.
    pub headers: &'static [(&'static str, &'static str)],
    /// Names of the vendor's rate-limit headers.
    pub rate_limit: RateLimit,
    /// Where the vendor's error bodies say what went wrong.
    pub errors: ErrorShape,
    /// What becomes of a query that is too long for a URL.
    pub long_queries: LongQueries,
    /// What is stripped from answers besides nulls.
    pub strip: Strip,
    /// The tag vocabulary: tag and meaning.
    pub tags: &'static [(&'static str, &'static str)],
    /// What people say for what the vendor calls otherwise.
    pub vocabulary: &'static [Synonym],
    /// The tools, in the order in which they are listed: by crate, by file.
    pub tools: &'static [&'static [&'static [Entry]]],
    /// The prompts.
    pub prompts: &'static [Prompt],
}

impl Vendor {
    /// The tools, in the order in which they are listed.
    pub fn entries(&self) -> impl Iterator<Item = &'static Entry> + use<> {
        self.tools.iter().copied().flatten().copied().flatten()
    }
}

/// Who `me` is.
pub struct Me {
    /// The credential that holds the name.
    pub credential: &'static str,
    /// The list that knows it.
    pub tool: &'static str,
    /// The input by which that list finds it.
    pub input: &'static str,
}

/// Names of the vendor's rate-limit headers; the first that is present counts.
pub struct RateLimit {
    /// Requests allowed in the window.
    pub limit: &'static [&'static str],
    /// Requests left in the window.
    pub remaining: &'static [&'static str],
    /// Seconds until the window resets.
    pub reset: &'static [&'static str],
    /// Seconds, or an HTTP date, to wait.
    pub retry_after: &'static [&'static str],
}

/// JSON pointers into the vendor's error bodies; the first that is present counts.
pub struct ErrorShape {
    /// The vendor's code.
    pub code: &'static [&'static str],
    /// The sentence for people.
    pub message: &'static [&'static str],
    /// Errors per field.
    pub details: &'static [&'static str],
    /// What to say of any refusal, beside what a tool says.
    pub guidance: &'static [Guidance],
    /// What a refusal means where the connection is checked; the first that fits.
    pub connection: &'static [Guidance],
}

/// What becomes of a query that is too long for a URL.
pub struct LongQueries {
    /// Most characters of a URL; `None`: no matter.
    pub longest_url: Option<usize>,
    /// Query parameters of a list, each with the property of a search's body that takes its place.
    pub body: &'static [(&'static str, &'static str)],
}

/// What is stripped from answers besides nulls.
pub struct Strip {
    /// Objects without a property, arrays excepted.
    pub empty_objects: bool,
    /// Properties of these names, at any depth; `*_href` stands for every name that ends so.
    pub keys: &'static [&'static str],
}

/// What is known of a tool.
#[derive(Clone, Copy)]
pub struct About {
    /// Name of the tool.
    pub name: &'static str,
    /// Names that it had before, by which it can still be called.
    pub aliases: &'static [&'static str],
    /// The tool as `tools/list` shows it, as JSON text: name, title, description, inputSchema, annotations.
    pub listing: &'static str,
    /// Plural name of its resource.
    pub resource: &'static str,
    /// What it does to the resource.
    pub method: Method,
    /// What it does to the world.
    pub effect: Effect,
    /// Its tags, sorted.
    pub tags: &'static [&'static str],
    /// HTTP method.
    pub verb: Verb,
    /// Path template below the base URL.
    pub path: &'static str,
    /// The server that it is called at, by its name; `None`: that of the base URL.
    pub server: Option<&'static str>,
    /// Whether it goes without credentials.
    pub open: bool,
    /// How to read the vendor's answer.
    pub answer: Answer,
    /// Path of the operation that takes the query in a body, should it be too long for a URL.
    pub search: Option<&'static str>,
    /// Names of the inputs that understand `me`.
    pub me: &'static [&'static str],
    /// Names of the inputs whose values are never shown.
    pub secret: &'static [&'static str],
    /// What to say when the vendor refuses.
    pub guidance: &'static [Guidance],
    /// What it looks for before it is sent, where it is a step of a procedure.
    pub check: Option<&'static Check>,
}

/// What a tool does to its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Lists records.
    List,
    /// Gets one record.
    Get,
    /// Creates a record.
    Create,
    /// Changes some properties.
    Update,
    /// Sends the whole record anew.
    Replace,
    /// Deletes a record.
    Delete,
    /// Anything else, by its name.
    Custom(&'static str),
}

/// What a tool does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Adds or changes.
    Write,
    /// Deletes, overwrites, or sends what cannot be taken back.
    Destroy,
}

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

/// How to read the vendor's answer.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// An array of records.
    List {
        /// JSON pointer to the array; empty: the answer itself.
        records: &'static str,
        /// How the next page is asked for.
        paging: Paging,
    },
    /// One record.
    Single {
        /// JSON pointer to the record; empty: the answer itself.
        record: &'static str,
    },
    /// Nothing: the tool answers the last path input, the id of what was deleted.
    Deleted,
    /// Nothing.
    Nothing,
    /// Bytes of this media type.
    File {
        /// Media type that the specification states.
        media_type: &'static str,
    },
    /// The answers of other tools, each under its key.
    Parts {
        /// The tools that are called at once.
        parts: &'static [Part],
    },
}

/// What to say when the vendor refuses a call.
pub struct Guidance {
    /// HTTP statuses that it is about; empty: any.
    pub statuses: &'static [u16],
    /// A word of the vendor's error, compared without case; empty: any.
    pub mentions: &'static str,
    /// What the model should do.
    pub say: &'static str,
}

/// An MCP prompt.
pub struct Prompt {
    /// Name.
    pub name: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Its arguments.
    pub arguments: &'static [PromptArgument],
    /// The text; `{name}` stands for the argument of that name.
    pub text: &'static str,
}

/// An argument of a prompt.
pub struct PromptArgument {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Whether the prompt makes no sense without it.
    pub required: bool,
    /// Value when it is left out.
    pub default: &'static str,
    /// Where completions come from.
    pub complete: Complete,
}

/// Where the completions of a prompt argument come from.
pub enum Complete {
    /// Nowhere.
    None,
    /// A fixed list.
    Values(&'static [&'static str]),
    /// A field of the records that a list tool answers.
    Tool {
        /// Name of the list tool; called without arguments.
        tool: &'static str,
        /// Property of each record.
        field: &'static str,
    },
}
