//! What a change of the specs means to those who call the tools: every difference between two plans of a vendor, each classed
//! by a written rule.

mod inputs;
mod schema;
mod tools;
mod vendor;

use serde::Serialize;
use serde_json::Value;

use crate::plan::{VendorPlan, schema::listing};

/// What a difference means to who calls the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A call, or a setting, that worked may not work, or do something else.
    Breaking,
    /// All that worked works, and more does.
    Additive,
    /// What models and people read.
    Wording,
}

impl Class {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Wording];

    /// `breaking`
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Wording => "wording",
        }
    }
}

/// A kind of difference, and the class that it is of.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub class: Class,
    /// When it applies, and why it is of its class.
    pub why: &'static str,
}

macro_rules! rules {
    ($($constant:ident $class:ident $name:literal $why:literal;)*) => {
        $(pub(crate) const $constant: &Rule = &Rule { name: $name, class: Class::$class, why: $why };)*

        /// The written rules.
        pub const RULES: &[&Rule] = &[$($constant),*];
    };
}

rules! {
    VENDOR_ADDED Additive "vendor-added" "A vendor that was not there.";
    VENDOR_REMOVED Breaking "vendor-removed" "A vendor that is gone, with its program and all its tools.";
    TOOL_ADDED Additive "tool-added" "A tool that was not there.";
    TOOL_REMOVED Breaking "tool-removed" "A tool that is gone: calls by its name fail.";
    TOOL_RENAMED Breaking "tool-renamed" "The tool of an operation has another name, and does not answer to the one before.";
    TOOL_RENAMED_KEPT Additive "tool-renamed-with-alias" "The tool of an operation has another name, and still answers to the one before.";
    ALIAS_ADDED Additive "alias-added" "A tool answers to one name more.";
    ALIAS_DROPPED Breaking "alias-dropped" "A tool no longer answers to a name that it had before.";
    INPUT_ADDED Additive "input-added" "An input that may be left out.";
    INPUT_ADDED_REQUIRED Breaking "input-added-required" "An input without which no call works any more.";
    INPUT_REMOVED Breaking "input-removed" "Calls that give it are refused.";
    INPUT_RENAMED Breaking "input-renamed" "What is sent under the same name is given under another: calls that give the one before are refused.";
    INPUT_REQUIRED Breaking "input-required" "What could be left out must be given.";
    INPUT_OPTIONAL Additive "input-optional" "What had to be given can be left out.";
    INPUT_RETYPED Breaking "input-retyped" "Values of the type before are refused.";
    INPUT_WIDENED Additive "input-widened" "Values of the type before are taken, and others too: a number where it was an integer, one of several forms where it was one of them, anything where it was a type.";
    ENUM_GAINED Additive "enum-gained" "A value more is taken.";
    ENUM_LOST Breaking "enum-lost" "A value is no longer taken.";
    FORM_GAINED Additive "form-gained" "A value that may have one of several forms may have one more.";
    FORM_LOST Breaking "form-lost" "Values of one of several forms are refused.";
    LIMIT_TIGHTENED Breaking "limit-tightened" "Values are refused that were taken: a limit, a pattern or a format is new or narrower.";
    LIMIT_LOOSENED Additive "limit-loosened" "A limit, a pattern or a format is gone or wider.";
    ENCODING_CHANGED Breaking "encoding-changed" "The same input goes out otherwise, or under another name: the vendor may read something else.";
    CONSTANT_CHANGED Breaking "constant-changed" "What is sent of itself is another value, or none.";
    ENDPOINT_CHANGED Breaking "endpoint-changed" "The tool calls another operation, or another server, or its body goes out as another media type, or otherwise where no input is given.";
    CREDENTIALS_WANTED Breaking "credentials-wanted" "The tool went without credentials, and wants them now.";
    CREDENTIALS_SPARED Additive "credentials-spared" "The tool goes without credentials.";
    ANSWER_CHANGED Breaking "answer-changed" "The answer is of another form, found elsewhere, or paged otherwise.";
    EFFECT_GRAVER Breaking "effect-graver" "The tool does more to the world than before: hosts that let it run unasked may no longer.";
    EFFECT_MILDER Additive "effect-milder" "The tool does less to the world than before.";
    IDEMPOTENT_LOST Breaking "idempotent-lost" "A second call is no longer promised to change nothing.";
    IDEMPOTENT_GAINED Additive "idempotent-gained" "A second call is promised to change nothing.";
    TAG_ADDED Additive "tag-added" "A server filtered by the tag has the tool too.";
    TAG_REMOVED Breaking "tag-removed" "A server filtered by the tag has the tool no more.";
    CHECK_CHANGED Breaking "check-changed" "The tool looks for something else before it is sent: a call that was sent may be refused.";
    OPERATION_ADMITTED Additive "operation-admitted" "An operation that was refused is a tool.";
    OPERATION_GATED Breaking "operation-gated" "The operation of a tool is refused: its tool is gone.";
    OPERATION_APPEARED Additive "operation-appeared" "The vendor's document has an operation more, without a tool.";
    OPERATION_GONE Additive "operation-gone" "The vendor's document has an operation less that was no tool.";
    PROMPT_ADDED Additive "prompt-added" "A prompt that was not there.";
    PROMPT_REMOVED Breaking "prompt-removed" "A prompt that is gone.";
    PROMPT_ARGUMENT_REQUIRED Breaking "prompt-argument-required" "A prompt wants an argument that could be left out, or was not there.";
    PROMPT_ARGUMENT_REMOVED Breaking "prompt-argument-removed" "A prompt refuses an argument that it took.";
    PROMPT_ARGUMENT_ADDED Additive "prompt-argument-added" "A prompt takes an argument more, or no longer wants one.";
    SETTING_ADDED Breaking "setting-added" "An operator must set a credential more.";
    SETTING_REMOVED Breaking "setting-removed" "A credential is no longer read: a file that holds it is refused.";
    SETTING_CHANGED Breaking "setting-changed" "Where the API stands, how it is authorised, or the variable of a setting.";
    TITLE_CHANGED Wording "title-changed" "What people read of a tool or a prompt.";
    DESCRIPTION_CHANGED Wording "description-changed" "What models read of a tool, an input, a prompt or the server.";
    EXAMPLE_CHANGED Wording "example-changed" "The example calls of the catalogue.";
    GUIDANCE_CHANGED Wording "guidance-changed" "What a model is told when the vendor refuses.";
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it means.
    pub class: Class,
    /// The rule that says so.
    pub rule: &'static str,
    /// What it is about: a tool, an operation, a prompt, a setting.
    pub subject: String,
    /// The input, or what else of the subject; empty: the subject itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// What was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What `tools/list` costs a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Tools.
    pub tools: usize,
    /// Bytes of their listings.
    pub bytes: usize,
    /// Tokens, estimated: one for each four bytes of JSON, which is near what current models count.
    pub tokens: usize,
}

/// What the tools of a vendor cost.
#[must_use]
pub fn cost(plan: &VendorPlan) -> Cost {
    let bytes = plan.tools.iter();
    let bytes = bytes
        .map(|it| listing(it, &plan.types).to_string().len())
        .sum();
    Cost {
        tools: plan.tools.len(),
        bytes,
        tokens: tokens(bytes),
    }
}

/// Tokens of so many bytes of JSON, estimated.
#[must_use]
pub fn tokens(bytes: usize) -> usize {
    bytes.div_ceil(4)
}

/// Every difference between two plans of a vendor, the gravest first; none where it was not there, or is gone.
#[must_use]
pub fn compare(before: Option<&VendorPlan>, after: Option<&VendorPlan>) -> Vec<Change> {
    let mut changes = Changes::default();
    match (before, after) {
        (Some(before), Some(after)) => {
            tools::compare(before, after, &mut changes);
            vendor::compare(before, after, &mut changes);
        }
        (None, Some(after)) => {
            changes.add(
                VENDOR_ADDED,
                &after.docs.title,
                "",
                NOTHING,
                (&after.docs.binary).into(),
            );
        }
        (Some(before), None) => {
            changes.add(
                VENDOR_REMOVED,
                &before.docs.title,
                "",
                (&before.docs.binary).into(),
                NOTHING,
            );
        }
        (None, None) => {}
    }
    let mut changes = changes.0;
    changes.sort_by(|a, b| {
        let key = |it: &Change| (it.class, it.subject.clone(), it.at.clone(), it.rule);
        key(a).cmp(&key(b))
    });
    changes
}

/// The differences so far.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn add(&mut self, rule: &Rule, subject: &str, at: &str, before: Said, after: Said) {
        self.0.push(Change {
            class: rule.class,
            rule: rule.name,
            subject: subject.to_owned(),
            at: at.to_owned(),
            before: before.0,
            after: after.0,
        });
    }

    /// A difference of two texts, if there is one.
    fn words(&mut self, rule: &Rule, subject: &str, at: &str, before: &str, after: &str) {
        if before != after {
            let said = |text: &str| {
                if text.is_empty() {
                    NOTHING
                } else {
                    text.into()
                }
            };
            self.add(rule, subject, at, said(before), said(after));
        }
    }
}

/// What was or is, in words.
struct Said(Option<String>);

/// Nothing is said.
const NOTHING: Said = Said(None);

impl<T: AsRef<str> + ?Sized> From<&T> for Said {
    fn from(text: &T) -> Self {
        Self(Some(text.as_ref().to_owned()))
    }
}

/// A value in words.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
