//! Whether tags choose something. That a tag of vendor.yaml has no tool at all is a mistake, and told by codegen.

use super::{found::Found, subject::Subject};

/// A tool without any.
pub(super) fn missing(subject: &Subject<'_>, found: &mut Found) {
    for tool in subject.tools.iter().filter(|it| it.plan.tags.is_empty()) {
        found.tool(&tool.plan.name, "it has no tag");
    }
}

/// A tag that only one tool has.
pub(super) fn of_one(subject: &Subject<'_>, found: &mut Found) {
    for (tag, tools) in tags(subject) {
        if let [only] = tools[..]
            && subject.tools.len() > 1
        {
            let place = subject.vendor.child("tags").child(tag);
            found.input(
                &[only],
                tag,
                &place,
                format!("no other tool has the tag `{tag}`"),
            );
        }
    }
}

/// A tag that every tool has.
pub(super) fn of_all(subject: &Subject<'_>, found: &mut Found) {
    for (tag, tools) in tags(subject) {
        if tools.len() == subject.tools.len() && tools.len() > 1 {
            let place = subject.vendor.child("tags").child(tag);
            found.vendor(tag, place, format!("every tool has the tag `{tag}`"));
        }
    }
}

/// The tags of vendor.yaml, each with its tools; where records are derived, the tags are nobody's choice.
fn tags<'a>(subject: &'a Subject<'_>) -> Vec<(&'a str, Vec<&'a str>)> {
    let tags = subject.plan.docs.tags.keys();
    let tools = |tag: &str| {
        let tools = subject.tools.iter().filter(|it| !it.is_derived);
        let tools = tools.filter(|it| it.plan.tags.iter().any(|it| it == tag));
        tools.map(|it| it.plan.name.as_str()).collect()
    };
    tags.map(|it| (it.as_str(), tools(it))).collect()
}
