//! What could be better in the specs of a vendor whose tools work: findings by written rules, each with code, place, reason and
//! remedy.

mod alike;
mod allow;
mod descriptions;
mod effects;
mod examples;
mod found;
mod names;
mod settings;
mod size;
mod subject;
mod tags;
mod text;
mod written;

use serde::Serialize;

pub use self::settings::{Budgets, LintDocs};
pub(crate) use self::written::{Written, written};
use self::{found::Found, subject::Subject};
use crate::{
    compare::Cost,
    plan::VendorPlan,
    report::{Diagnostic, Located, Place, Severity},
};

/// A kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is found.
    pub what: &'static str,
    /// Why it matters to who calls the tools.
    pub why: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Finds it.
    check: fn(&Subject<'_>, &mut Found),
}

macro_rules! rules {
    ($($severity:ident $code:literal by $check:path: $what:literal $why:literal $remedy:literal;)*) => {
        /// The written rules.
        pub const RULES: &[Rule] = &[$(Rule {
            code: $code,
            severity: Severity::$severity,
            what: $what,
            why: $why,
            remedy: $remedy,
            check: $check,
        }),*];
    };
}

rules! {
    Warning "description-repeats" by descriptions::repeats:
        "A tool's description says nothing beyond its name and title."
        "A model chooses by what the three say together."
        "say what the tool answers or changes, when to use it, and what to call first";
    Warning "description-short" by descriptions::short:
        "A tool's description is shorter than the budget `description`."
        "A few words leave a model to guess when to call it."
        "say what the tool answers or changes, when to use it, and what to call first";
    Warning "input-undescribed" by descriptions::undescribed:
        "An input that a caller must give has no description."
        "A model must give it, and can only guess what it is."
        "describe it: in the document, by an overlay action, or under `inputs` of the record";
    Warning "input-description-repeats" by descriptions::input_repeats:
        "An input's description says nothing beyond its name."
        "It costs tokens, and tells a model nothing."
        "say what the value means, where it comes from, or in what form it is given";
    Note "input-description-short" by descriptions::input_short:
        "An input's description is shorter than the budget `input_description`."
        "It costs tokens, and tells a model next to nothing."
        "say what the value means, where it comes from, or in what form it is given";
    Note "name-prefixed-long" by names::prefixed:
        "A tool's name is longer than the budget `name` behind the prefix `mcp__<server>__`, with the server called as `client-config` calls it."
        "Clients put the prefix before it, and some hosts refuse the whole list for one name that is then too long."
        "shorten it with `tool`, and keep the name before under `aliases`; an operator can register the server under a shorter name";
    Warning "name-numbered" by names::numbered:
        "A tool's name ends in a number, such as `list_2`."
        "A number tells two operations apart for a generator, not for a model."
        "name the difference: give it a name of its own with `tool`";
    Warning "names-alike" by names::alike:
        "Two tools' names differ by a letter, by a plural, or by the order of their words."
        "A model that recalls one calls the other."
        "rename one with `tool`, and keep the name before under `aliases`";
    Warning "descriptions-alike" by alike::alike:
        "Tools say nearly the same of themselves, and no word of their names tells which is which. How near: the budget `alike_percent`."
        "A model chooses one of them at random."
        "say in each description what the other is for, or leave one out";
    Warning "item-without-id" by names::item:
        "A tool is named as one that gets, updates, replaces or deletes one record, and its path does not end in the record's id."
        "Such a path is a collection's or a record's part, which is called otherwise."
        "make it a resource, or a method, of its own";
    Warning "effect-contradicts-verb" by effects::contradicts:
        "A GET is said to change something, a DELETE not to destroy, or another verb only to read, where its path does not say so."
        "Hosts ask a person, or do not, by the effect; filters go by it."
        "correct `effect`, or allow it with the reason why the vendor's verb misleads";
    Warning "tool-too-large" by size::tool:
        "A tool costs more bytes of tools/list than the budget `tool_bytes`."
        "Every conversation pays for it before the first word."
        "choose fewer inputs with `inputs`, narrow `conditions` and `fields`, or shorten descriptions";
    Note "list-too-large" by size::list:
        "All tools together cost more tokens than the budget `list_tokens`."
        "A model reads them all before the first word."
        "serve a part with `--tags`, or `--expose discovery`; drop tools that nobody calls";
    Warning "enum-too-long" by size::values:
        "An input lists more values than the budget `enum_values`."
        "Each is paid for in every conversation, and few are ever used."
        "take a text, and name the tool that knows the values with `from`; or narrow the enum with an overlay action";
    Warning "example-missing" by examples::missing:
        "A tool has no example call."
        "Examples are what people read, and what is tried against the sandbox."
        "give the tool a record, with an example";
    Note "object-without-example" by examples::objects:
        "No example of a tool gives one of its inputs that is an object."
        "How an object is nested is seen faster than read."
        "give it in an example";
    Warning "tag-missing" by tags::missing:
        "A tool has no tag."
        "A server that is filtered by tags never has it."
        "give the tool, or its resource, a tag";
    Note "tag-of-one" by tags::of_one:
        "Only one tool has a tag."
        "A tag is chosen to have the tools of a task together."
        "give it to the tools that are used with that one, or remove it";
    Note "tag-of-all" by tags::of_all:
        "Every tool has a tag."
        "Choosing it chooses nothing."
        "remove it, or leave it to the tools that it tells apart";
    Warning "allow-unused" by allow::unused:
        "`lint.allow` of vendor.yaml names what is not found."
        "It would hide a finding that comes later."
        "remove it, or correct the code or the key";
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What, where, why, and the remedy.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
    /// The tools that it is of.
    pub tools: Vec<String>,
    /// What of them, such as an input; or a tag.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub at: String,
}

/// What lint says of a vendor.
#[derive(Debug)]
pub struct Linted {
    /// The findings, sorted by place.
    pub findings: Vec<Finding>,
    /// What `tools/list` costs a model; none if the specs have mistakes.
    pub cost: Option<Cost>,
    /// The mistakes.
    pub mistakes: Vec<Diagnostic>,
}

impl Linted {
    /// Specs with mistakes are not judged.
    pub(crate) fn stopped(mistakes: Vec<Diagnostic>) -> Self {
        Self {
            findings: Vec::new(),
            cost: None,
            mistakes,
        }
    }
}

/// Judges the tools of a vendor by every rule.
pub(crate) fn lint(
    plan: &VendorPlan,
    written: &[Written],
    vendor: &str,
    locate: impl Fn(&Place) -> Located,
) -> Linted {
    let subject = Subject::new(plan, written, Place::new(vendor, ""));
    let mut findings = Vec::new();
    for rule in RULES {
        let mut found = Found::default();
        (rule.check)(&subject, &mut found);
        findings.extend(found.into_findings(rule, &subject, &locate));
    }
    findings.sort_by(|a: &Finding, b: &Finding| {
        let key = |it: &Finding| {
            let at = &it.diagnostic;
            (at.place.file.clone(), at.line, at.column, at.code)
        };
        (key(a), &a.tools, &a.at).cmp(&(key(b), &b.tools, &b.at))
    });
    Linted {
        findings,
        cost: Some(subject.cost),
        mistakes: Vec::new(),
    }
}
