//! Prints the tool table of a file: a row per tool, which says what the tool is and what its inputs are read as.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::{format::docs, types::ident};
use crate::{
    api::Verb,
    docs::{Effect, GuidanceDocs, ReadDocs},
    document::one_line,
    plan::{AnswerPlan, ToolPlan, groups::GroupPlan, procedures::CheckPlan},
};

/// Most types that a tuple of inputs has in the runtime.
const WIDEST: usize = 5;

/// The table of these tools.
pub(super) fn table(tools: &[&ToolPlan], groups: &[GroupPlan]) -> TokenStream {
    let usual = tools.first().map(|it| it.tags.as_slice());
    let tags = usual.unwrap_or_default();
    let rows = tools.iter().map(|it| row(it, tags, groups));
    quote! {
        /// The tools, in the order in which they are listed.
        pub(crate) static TOOLS: &[Entry] = &Entry::tagged(&[#(#tags),*], [#(#rows,)*]);
    }
}

/// The row of a tool; what is usual for its method goes without saying.
pub(super) fn row(tool: &ToolPlan, usual_tags: &[String], groups: &[GroupPlan]) -> TokenStream {
    let ToolPlan {
        name, path, tags, ..
    } = tool;
    let heading = docs(&format!(
        "{}: {}#{}",
        tool.title.trim_end_matches('.'),
        tool.file,
        tool.pointer
    ));
    let usual = Usual::of(&tool.method);
    let resource = &tool.resource.plural;
    let inputs = inputs(
        tool.groups
            .iter()
            .map(|it| ident(&groups[*it].name))
            .collect(),
    );
    let method = match tool.method.as_str() {
        method @ ("list" | "get" | "create" | "update" | "replace" | "delete") => {
            let method = ident(method);
            quote! { #method(#resource, #path) }
        }
        custom => quote! { custom(#custom, #resource, #path) },
    };
    let takes = (!tool.groups.is_empty()).then(|| quote! { .takes::<#inputs>() });
    let verb = (tool.verb != usual.verb).then(|| verb(tool.verb));
    let effect = (tool.effect != usual.effect).then(|| effect(tool.effect));
    let names = &tool.aliases;
    let server = tool.server.as_ref().map(|it| quote! { .on(#it) });
    let open = tool.is_open.then(|| quote! { .open() });
    let aliases = (!names.is_empty()).then(|| quote! { .aliases(&[#(#names),*]) });
    let tags = (tags != usual_tags).then(|| quote! { .tags(&[#(#tags),*]) });
    let answer = answer(&tool.answer, usual.answer);
    let search = tool.search.as_ref().map(|it| quote! { .search(#it) });
    let names = &tool.me;
    let me = (!names.is_empty()).then(|| quote! { .me(&[#(#names),*]) });
    let names = &tool.secret;
    let secret = (!names.is_empty()).then(|| quote! { .secret(&[#(#names),*]) });
    let guidance = tool.guidance.iter().map(guidance);
    let guidance = (!tool.guidance.is_empty()).then(|| quote! { .guidance(&[#(#guidance),*]) });
    let check = tool.check.as_ref().map(check);
    quote! { #heading tool!(#name).#method #takes #verb #effect #server #open #aliases #tags #answer #search #me #secret #guidance #check }
}

/// A type, a tuple of types, or, where it would be too wide, tuples within tuples.
fn inputs(mut names: Vec<proc_macro2::Ident>) -> TokenStream {
    match names.as_slice() {
        [name] => quote! { #name },
        [..] if names.len() <= WIDEST => quote! { (#(#names),*) },
        [..] => {
            let rest = inputs(names.split_off(WIDEST - 1));
            quote! { (#(#names),*, #rest) }
        }
    }
}

/// What the runtime takes for granted of a method.
struct Usual {
    verb: Verb,
    effect: Effect,
    answer: UsualAnswer,
}

#[derive(Clone, Copy, PartialEq)]
enum UsualAnswer {
    List,
    Single,
    Deleted,
}

impl Usual {
    fn of(method: &str) -> Self {
        let (verb, effect, answer) = match method {
            "list" => (Verb::Get, Effect::Read, UsualAnswer::List),
            "get" => (Verb::Get, Effect::Read, UsualAnswer::Single),
            "update" => (Verb::Patch, Effect::Write, UsualAnswer::Single),
            "replace" => (Verb::Put, Effect::Destroy, UsualAnswer::Single),
            "delete" => (Verb::Delete, Effect::Destroy, UsualAnswer::Deleted),
            _ => (Verb::Post, Effect::Write, UsualAnswer::Single),
        };
        Self {
            verb,
            effect,
            answer,
        }
    }
}

fn verb(verb: Verb) -> TokenStream {
    let verb = ident(match verb {
        Verb::Get => "Get",
        Verb::Post => "Post",
        Verb::Put => "Put",
        Verb::Patch => "Patch",
        Verb::Delete => "Delete",
    });
    quote! { .verb(Verb::#verb) }
}

fn effect(effect: Effect) -> TokenStream {
    let effect = ident(match effect {
        Effect::Read => "Read",
        Effect::Write => "Write",
        Effect::Destroy => "Destroy",
    });
    quote! { .effect(Effect::#effect) }
}

fn answer(answer: &AnswerPlan, usual: UsualAnswer) -> TokenStream {
    let at = |pointer: &str| (!pointer.is_empty()).then(|| quote! { .at(#pointer) });
    match answer {
        AnswerPlan::List { records, paging } if usual == UsualAnswer::List => {
            let (at, paging) = (at(records), self::paging(paging));
            let paged = paging.map(|it| quote! { .paged(#it) });
            quote! { #at #paged }
        }
        AnswerPlan::List { records, paging } => {
            let paging = self::paging(paging).unwrap_or_else(|| quote! { Paging::None });
            quote! { .answer(Answer::List { records: #records, paging: #paging }) }
        }
        AnswerPlan::Single { record } if usual == UsualAnswer::Single => {
            let at = at(record);
            quote! { #at }
        }
        AnswerPlan::Single { record } => {
            quote! { .answer(Answer::Single { record: #record }) }
        }
        AnswerPlan::Deleted if usual == UsualAnswer::Deleted => TokenStream::new(),
        AnswerPlan::Deleted => quote! { .answer(Answer::Deleted) },
        AnswerPlan::Nothing => quote! { .answer(Answer::Nothing) },
        AnswerPlan::File { media_type } => {
            quote! { .answer(Answer::File { media_type: #media_type }) }
        }
        AnswerPlan::Parts(parts) => {
            let parts = parts.iter().map(|(key, read)| part(key, read));
            quote! { .answer(Answer::Parts { parts: &[#(#parts),*] }) }
        }
    }
}

fn paging(name: &str) -> Option<TokenStream> {
    let style = super::module::style_name(name);
    (name != "none").then(|| quote! { paging::#style })
}

fn part(key: &str, read: &ReadDocs) -> TokenStream {
    let ReadDocs { tool, required, .. } = read;
    let (names, inputs) = (read.inputs.keys(), read.inputs.values());
    let (shown, paths) = (read.show.keys(), read.show.values());
    let arguments = raw(&Value::Object(read.arguments.clone()).to_string());
    quote! {
        Part {
            key: #key,
            tool: #tool,
            inputs: &[#((#names, #inputs)),*],
            arguments: #arguments,
            show: &[#((#shown, #paths)),*],
            required: #required,
        }
    }
}

/// JSON as a text that a reader can read.
fn raw(json: &str) -> Literal {
    let mut fence = "#".to_owned();
    while json.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    let literal = format!("r{fence}\"{json}\"{fence}").parse();
    literal.unwrap_or_else(|_| Literal::string(json))
}

pub(super) fn guidance(it: &GuidanceDocs) -> TokenStream {
    let statuses = it.status.iter().map(|it| Literal::u16_unsuffixed(*it));
    let (mentions, say) = (&it.mentions, it.say.trim());
    quote! { Guidance { statuses: &[#(#statuses),*], mentions: #mentions, say: #say } }
}

/// What a step of a procedure looks for.
fn check(it: &CheckPlan) -> TokenStream {
    let CheckPlan { tool, .. } = it;
    let (inputs, own): (Vec<_>, Vec<_>) = it.inputs.iter().map(|(a, b)| (a, b)).unzip();
    let only = it.only.as_ref().map(|it| {
        let (path, is, say) = (&it.path, &it.is, one_line(&it.say));
        quote! { Only { path: #path, is: &[#(#is),*], say: #say } }
    });
    let only = super::behaviour::option(only);
    let needs = it.needs.iter().map(|it| {
        let (path, is) = (&it.seen.path, &it.seen.is);
        let (what, tool) = (&it.what, &it.tool);
        quote! { Need { path: #path, is: &[#(#is),*], what: #what, tool: #tool } }
    });
    quote! {
        .check(&Check {
            tool: #tool,
            inputs: &[#((#inputs, #own)),*],
            only: #only,
            needs: &[#(#needs),*],
        })
    }
}
