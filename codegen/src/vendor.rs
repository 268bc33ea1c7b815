//! How a vendor's API behaves, as vendor.yaml says it.

mod auth;
mod place;

use indexmap::IndexMap;
use serde::Deserialize;

pub use self::{
    auth::{Auth, Basic, CallerKey, ClientAuthentication, Credential, OAuth2},
    place::{BaseUrl, Discovery, OtherServer, UrlVariable},
};
use crate::{docs::GuidanceDocs, lint::LintDocs};

/// The content of vendor.yaml.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VendorDocs {
    /// The vendor's part of tool names.
    pub label: String,
    /// Name for people.
    pub title: String,
    /// Package and program.
    pub binary: String,
    /// One sentence on what the vendor is.
    pub summary: String,
    /// MCP server instructions.
    pub instructions: String,
    /// Where the API stands.
    pub base_url: BaseUrl,
    /// Servers that operations of the document name as their own.
    pub servers: IndexMap<String, OtherServer>,
    /// What an operator supplies.
    pub credentials: Vec<Credential>,
    /// What carries it.
    pub auth: Vec<Auth>,
    /// A header by which a caller brings its own.
    pub caller_key: Option<CallerKey>,
    /// Who `me` is.
    pub me: Option<Me>,
    /// Headers sent with every call.
    pub headers: IndexMap<String, String>,
    /// What a parameter means wherever it stands.
    pub parameters: Vec<ParameterRule>,
    /// Named paging styles.
    pub paging: IndexMap<String, Paging>,
    /// Where records stand in answers.
    pub envelope: Envelope,
    /// JSON Patch bodies.
    pub patch: Option<Patch>,
    /// What the vendor's document says in words only.
    pub prose: Vec<ProseRule>,
    /// Which components are references to other records.
    pub references: Option<References>,
    /// Properties of a body itself that are inputs only where a record names them: of any body, or `Component/property`.
    pub computed: Vec<String>,
    /// Properties that are never inputs, at any depth.
    pub metadata: Vec<String>,
    /// Rate-limit headers.
    pub rate_limit: RateLimit,
    /// Error bodies.
    pub errors: Errors,
    /// What becomes of a query that is too long for a URL.
    pub long_queries: Option<LongQueries>,
    /// What answers are stripped of.
    pub strip: Strip,
    /// How the quality of what models read is judged.
    pub lint: LintDocs,
    /// The tag vocabulary.
    pub tags: IndexMap<String, String>,
    /// The vendor's terms, and what people say for them.
    pub vocabulary: IndexMap<String, Vec<String>>,
}

/// Who `me` is.
#[derive(Clone, Debug, Deserialize)]
pub struct Me {
    /// The credential that holds the name.
    pub credential: String,
    /// The list that knows it.
    pub tool: String,
    /// The input by which that list finds it.
    pub input: String,
}

/// What a parameter means wherever it stands.
#[derive(Clone, Debug, Deserialize)]
pub struct ParameterRule {
    /// Wire name.
    pub name: String,
    /// `query` or `header`.
    pub r#in: String,
    /// Methods that the rule is about; absent: all.
    pub methods: Option<Vec<String>>,
    /// What it means.
    pub r#use: ParameterUse,
    /// Why, where it is never offered.
    #[serde(default)]
    pub reason: String,
    /// Whether the rule may match nothing.
    #[serde(default)]
    pub optional: bool,
}

/// What a parameter means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterUse {
    /// Carried by `auth`.
    Credential,
    /// Takes the text of the filter dialect.
    Conditions,
    /// Takes the text of the filter dialect on items of arrays.
    ChildConditions,
    /// Takes the text of the filter dialect on custom fields.
    CustomFieldConditions,
    /// Takes the order of a list.
    OrderBy,
    /// Takes the paths of what is answered of each record.
    Fields,
    /// Never offered.
    Omit,
}

/// A paging style.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Paging {
    /// `none`, `page`, `offset`, `cursor`, `link` or `forward`.
    pub style: String,
    /// Parameter of the page number.
    pub page: String,
    /// Parameter of the number of records to skip.
    pub offset: String,
    /// Parameter, or body pointer, of the token.
    pub cursor: String,
    /// Parameter of the page size.
    pub size: String,
    /// Number of the first page.
    pub first: u32,
    /// Parameter of the key after which a page starts.
    pub after: String,
    /// Property of a record that is its key.
    pub key: String,
    /// Header that asks for pages in the order of keys.
    pub header: String,
    /// Value of that header.
    pub value: String,
    /// Whether lists are paged so instead of by `default`, wherever they can be.
    pub preferred: bool,
    /// Lists that are not paged so unless their record says it, with the reason.
    pub except: IndexMap<String, String>,
    /// `query` or `body`.
    pub r#in: String,
    /// Pointer to the last page's number.
    pub last_page: Option<String>,
    /// Pointer to the number of records.
    pub total: Option<String>,
    /// Pointer to the next token.
    pub next: String,
    /// Page size sent unasked.
    pub default_size: u32,
    /// The vendor's cap.
    pub max_size: u32,
}

impl Paging {
    /// Names of the parameters, and body properties, that paging fills.
    pub fn consumed(&self) -> Vec<&str> {
        let cursor = self.cursor.trim_start_matches('/');
        let after = self.after.as_str();
        [self.page.as_str(), &self.offset, cursor, after, &self.size]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect()
    }
}

/// What becomes of a query that is too long for a URL.
#[derive(Clone, Debug, Deserialize)]
pub struct LongQueries {
    /// Most characters of a URL.
    pub longest_url: usize,
    /// Query parameters of a list, each with the property of a search's body that takes its place.
    #[serde(default)]
    pub body: IndexMap<String, String>,
}

/// Where records stand in answers, as JSON pointers.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Envelope {
    /// In a list's.
    pub list: String,
    /// In a single record's.
    pub single: String,
}

/// JSON Patch bodies.
#[derive(Clone, Debug, Deserialize)]
pub struct Patch {
    /// The component of which a patch body is an array.
    pub schema: String,
}

/// A phrase of the vendor's document that stands for a keyword.
#[derive(Clone, Debug, Deserialize)]
pub struct ProseRule {
    /// Regular expression of the phrase; of a length with one group, the number.
    pub pattern: String,
    /// What it stands for.
    pub means: Meaning,
    /// Whether the rule may match nothing.
    #[serde(default)]
    pub optional: bool,
}

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// `maxLength`
    MaxLength,
    /// The property is required where the whole record is sent anew.
    RequiredOnReplace,
    /// Nothing that a caller needs.
    Nothing,
}

/// Which components are references to other records, and by what an input names one.
#[derive(Clone, Debug, Deserialize)]
pub struct References {
    /// End of the components' names.
    pub suffix: String,
    /// Ends of names of components that are no references although they end so.
    #[serde(default)]
    pub except: Vec<String>,
    /// The properties that tell a record apart; of those that take a number, and of those that take a text, the first that
    /// a reference has is offered.
    pub by: Vec<String>,
}

/// Names of the rate-limit headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RateLimit {
    /// Requests allowed.
    pub limit: Vec<String>,
    /// Requests left.
    pub remaining: Vec<String>,
    /// Seconds to the reset.
    pub reset: Vec<String>,
    /// Seconds to wait.
    pub retry_after: Vec<String>,
}

/// Pointers into error bodies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Errors {
    /// The vendor's code.
    pub code: Vec<String>,
    /// The sentence for people.
    pub message: Vec<String>,
    /// Errors per field.
    pub details: Vec<String>,
    /// What to say of any refusal, beside what a record says.
    pub guidance: Vec<GuidanceDocs>,
    /// What a refusal means where the connection is checked.
    pub connection: Vec<GuidanceDocs>,
}

/// What answers are stripped of besides nulls.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Strip {
    /// Empty objects.
    pub empty_objects: bool,
    /// Properties of these names.
    pub keys: Vec<String>,
}
