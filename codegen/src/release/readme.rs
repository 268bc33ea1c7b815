//! The README beside a released program: what it is, what it needs, and how it is started.

use super::{Release, settings};
use crate::{
    emit::escape::{Links, Spot, code, text},
    plan::VendorPlan,
};

/// The text, as Markdown.
#[must_use]
pub fn readme(plan: &VendorPlan, release: &Release) -> String {
    let docs = &plan.docs;
    let plain = |it: &str| text(it, Spot::Line, &Links::default());
    let (binary, version) = (&docs.binary, &release.version);
    let title = plain(&docs.title);
    let mut variables = String::new();
    for it in settings(docs) {
        let needed = match (it.is_required, &it.default) {
            (true, _) => "required".to_owned(),
            (false, Some(default)) => code(default, Spot::Line),
            (false, None) => "optional".to_owned(),
        };
        variables += &format!(
            "- `{}` ({needed}): {}\n",
            it.variable,
            plain(&it.description)
        );
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
        summary = plain(&docs.summary),
        license = release.license,
    )
}
