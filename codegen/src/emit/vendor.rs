//! Prints the vendor itself: its behaviour, its tool table, its prompts, and the program.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Layout, Own, Part, behaviour, cargo, format, types::ident};
use crate::{
    plan::{AnswerPlan, ToolPlan, VendorPlan},
    prompts::{Argument, Prompt},
    tree::FileTree,
    vendor::{Me, VendorDocs},
};

/// The vendor's package.
pub(super) struct Package<'a> {
    pub(super) plan: &'a VendorPlan,
    pub(super) layout: &'a Layout,
    /// The crates that the tools are in; none where they are in this one.
    pub(super) domains: &'a [&'a str],
    /// Whether this crate has types that several resources share.
    pub(super) has_types: bool,
    pub(super) has_sandbox: bool,
}

impl Package<'_> {
    /// Its manifest, library and program, and its test.
    pub(super) fn files(&self, tree: &mut FileTree) {
        let Self {
            plan,
            layout,
            domains,
            has_sandbox,
            ..
        } = *self;
        tree.add(
            "Cargo.toml",
            cargo::package(plan, domains, has_sandbox, layout),
        );
        tree.add("src/vendor.rs", vendor(plan, domains, layout));
        tree.add("src/lib.rs", self.lib());
        tree.add("src/main.rs", main(plan, has_sandbox, layout));
        if layout.runtime.is_none() {
            tree.add(
                "DIGEST",
                format!("{}\n{}\n", layout.digest, plan.spec_version),
            );
            tree.add("tests/agreement.rs", agreement(plan, layout));
        }
    }

    /// The library: modules of this crate, its tools, and the vendor.
    fn lib(&self) -> String {
        let first = format!("{} as typed MCP tools.", self.plan.docs.title);
        let export = quote! { pub use crate::vendor::VENDOR; };
        let vendor = declare("vendor");
        if !self.domains.is_empty() {
            return format::module(&first, &self.layout.notice(), &[vendor, export], &[]);
        }
        let tools: Vec<&ToolPlan> = self.plan.tools.iter().collect();
        let mut modules = modules(&tools, self.has_types);
        modules.push(vendor);
        let parts = [export, quote! { use runtime::Entry; }, table(&tools)];
        format::module(&first, &self.layout.notice(), &modules, &texts(&parts))
    }
}

/// The library of one domain of a vendor that is split.
pub(super) fn domain_lib(part: &Part<'_>) -> String {
    let first = format!("{}: the tools of `/{}`.", part.plan.docs.title, part.domain);
    let modules = modules(part.tools, part.has_types());
    format::module(
        &first,
        &part.layout.notice(),
        &modules,
        &texts(&[quote! { use runtime::Entry; }, table(part.tools)]),
    )
}

/// `mod` lines: resources, then what they share.
fn modules(tools: &[&ToolPlan], has_types: bool) -> Vec<TokenStream> {
    let mut modules: Vec<_> = files(tools).into_iter().map(declare).collect();
    let pages =
        |it: &&&ToolPlan| matches!(&it.answer, AnswerPlan::List { paging, .. } if paging != "none");
    modules.extend(tools.iter().find(pages).map(|_| declare("paging")));
    modules.extend(has_types.then(|| declare("types")));
    modules
}

/// A module of generated text, which rustfmt leaves as it is.
fn declare(name: &str) -> TokenStream {
    let name = ident(name);
    quote! {
        #[rustfmt::skip]
        mod #name;
    }
}

fn texts(items: &[TokenStream]) -> Vec<String> {
    items.iter().map(format::item).collect()
}

/// The tool tables of the files.
fn table(tools: &[&ToolPlan]) -> TokenStream {
    let files = files(tools).into_iter().map(ident);
    quote! {
        /// The tools, in the order in which they are listed.
        #[rustfmt::skip]
        pub static TOOLS: &[&[Entry]] = &[#(#files::TOOLS,)*];
    }
}

/// The files, in the order in which their tools are listed.
fn files<'a>(tools: &[&'a ToolPlan]) -> BTreeSet<&'a str> {
    tools.iter().map(|it| it.resource.module.as_str()).collect()
}

/// The program.
fn main(plan: &VendorPlan, has_sandbox: bool, layout: &Layout) -> String {
    let krate = ident(plan.docs.binary.replace('-', "_"));
    let without = quote! {
        fn main() -> std::process::ExitCode {
            runtime::main(&#krate::VENDOR, None)
        }
    };
    let parts = if has_sandbox {
        vec![
            quote! {
                fn main() -> std::process::ExitCode {
                    runtime::main(&#krate::VENDOR, SANDBOX)
                }
            },
            quote! {
                #[cfg(not(feature = "sandbox"))]
                const SANDBOX: Option<runtime::StartSandbox> = None;
            },
            quote! {
                #[cfg(feature = "sandbox")]
                const SANDBOX: Option<runtime::StartSandbox> = Some(|order| {
                    let order = sandbox::Order { seed: order.seed, switches: order.switches, tls: order.tls };
                    let running = sandbox::start(include_str!("../sandbox.json"), &order)?;
                    Ok(runtime::SandboxAt {
                        base_url: running.base_url,
                        credentials: running.credentials,
                        certificate: running.certificate,
                    })
                });
            },
        ]
    } else {
        vec![without]
    };
    format::module(
        &format!("The `{}` program.", plan.docs.binary),
        &layout.notice(),
        &[],
        &texts(&parts),
    )
}

/// The test that schemas and readers agree.
fn agreement(plan: &VendorPlan, layout: &Layout) -> String {
    let krate = ident(plan.docs.binary.replace('-', "_"));
    let test = quote! {
        #[test]
        fn schemas_and_readers_agree() {
            agreement::check(&#krate::VENDOR);
        }
    };
    format::module(
        "What a schema allows, its reader takes; and the reverse.",
        &layout.notice(),
        &[],
        &texts(&[test]),
    )
}

fn vendor(plan: &VendorPlan, domains: &[&str], layout: &Layout) -> String {
    let docs = &plan.docs;
    let VendorDocs {
        label,
        title,
        binary,
        ..
    } = docs;
    let spec_version = &plan.spec_version;
    let instructions = words(&docs.instructions);
    let base_url = behaviour::base_url(&docs.base_url);
    let servers = docs.servers.iter().map(behaviour::other_server);
    let me = behaviour::option(docs.me.as_ref().map(
        |Me {
             credential,
             tool,
             input,
         }| {
            quote! { Me { credential: #credential, tool: #tool, input: #input } }
        },
    ));
    let credentials = docs.credentials.iter().map(behaviour::credential);
    let auth = docs.auth.iter().map(behaviour::auth);
    let caller_key = behaviour::option(docs.caller_key.as_ref().map(|it| {
        let (header, credential) = (&it.header, &it.credential);
        quote! { CallerKey { header: #header, credential: #credential } }
    }));
    let headers = docs
        .headers
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    let rate_limit = behaviour::rate_limit(docs);
    let errors = behaviour::errors(docs);
    let long_queries = behaviour::long_queries(docs);
    let (empty_objects, keys) = (docs.strip.empty_objects, &docs.strip.keys);
    let tags = plan
        .tags
        .iter()
        .map(|(tag, meaning)| quote! { (#tag, #meaning) });
    let vocabulary = docs
        .vocabulary
        .iter()
        .map(|(term, said)| quote! { Synonym { term: #term, said: &[#(#said),*] } });
    let tools = tables(plan, domains);
    let prompts = plan.prompts.iter().map(prompt);
    let item = quote! {
        /// How the vendor's API behaves, and its tools.
        pub static VENDOR: Vendor = Vendor {
            label: #label,
            title: #title,
            binary: #binary,
            version: env!("CARGO_PKG_VERSION"),
            spec_version: #spec_version,
            instructions: #instructions,
            base_url: #base_url,
            servers: &[#(#servers,)*],
            credentials: &[#(#credentials,)*],
            auth: &[#(#auth,)*],
            caller_key: #caller_key,
            me: #me,
            headers: &[#(#headers,)*],
            rate_limit: #rate_limit,
            errors: #errors,
            long_queries: #long_queries,
            strip: Strip { empty_objects: #empty_objects, keys: &[#(#keys),*] },
            tags: &[#(#tags,)*],
            vocabulary: &[#(#vocabulary,)*],
            tools: #tools,
            prompts: &[#(#prompts,)*],
        };
    };
    let items = [item];
    format::module(
        &words(&docs.summary),
        &layout.notice(),
        &super::module::uses(&items, &Own::default(), plan),
        &texts(&items),
    )
}

fn tables(plan: &VendorPlan, domains: &[&str]) -> TokenStream {
    if domains.is_empty() {
        return quote! { &[crate::TOOLS] };
    }
    let crate_name = |domain: &&str| format!("{}-{domain}", plan.docs.binary).replace('-', "_");
    let names = domains.iter().map(crate_name).map(ident);
    quote! { &[#(#names::TOOLS),*] }
}

fn prompt(it: &Prompt) -> TokenStream {
    let (name, title, text) = (&it.name, words(&it.title), it.text.trim());
    let description = words(&it.description);
    let arguments = it.arguments.iter().map(argument);
    quote! {
        Prompt {
            name: #name,
            title: #title,
            description: #description,
            arguments: &[#(#arguments,)*],
            text: #text,
        }
    }
}

fn argument(it: &Argument) -> TokenStream {
    let (name, description, required, default) =
        (&it.name, words(&it.description), it.required, &it.default);
    let complete = match (&it.complete.tool, &it.complete.field) {
        (Some(tool), Some(field)) => quote! { Complete::Tool { tool: #tool, field: #field } },
        _ if it.complete.values.is_empty() => quote! { Complete::None },
        _ => {
            let values = &it.complete.values;
            quote! { Complete::Values(&[#(#values),*]) }
        }
    };
    quote! {
        PromptArgument {
            name: #name,
            description: #description,
            required: #required,
            default: #default,
            complete: #complete,
        }
    }
}

/// A text on one line.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
