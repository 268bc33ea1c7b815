//! The README beside a released program: what it is, what it needs, and how it is started.

use super::{Release, settings};
use crate::plan::VendorPlan;

/// The text, as Markdown.
#[must_use]
pub fn readme(plan: &VendorPlan, release: &Release) -> String {
    let docs = &plan.docs;
    let (binary, title, version) = (&docs.binary, &docs.title, &release.version);
    let mut variables = String::new();
    for it in settings(docs) {
        let needed = match (it.is_required, &it.default) {
            (true, _) => "required",
            (false, Some(default)) => default,
            (false, None) => "optional",
        };
        variables += &format!("- `{}` ({needed}): {}\n", it.variable, it.description);
    }
    format!(
        "# {title} as MCP tools: {binary} {version}

{summary}

The program needs nothing else. Put it where your shell finds programs, and the file of your shell out of `completions/` where
that looks for completions.

```sh
{binary} tools                       # what there is
{binary} serve --sandbox             # MCP over stdio, with made-up data: no account is needed
{binary} doctor                      # what is missing to reach the real vendor
{binary} client-config --help        # how Claude, Cursor, VS Code and others are told of it
```

Its environment:

{variables}
Licence: {license}.
",
        summary = docs.summary.trim(),
        license = release.license,
    )
}
