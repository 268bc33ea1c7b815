//! Decides the Rust types that tools' inputs are read as: one for each path input, and one for all else; what several tools have in common is one type.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    EmptyBody, Encoding, Fixed, InputPlan, Otherwise, ToolPlan,
    types::{Module, TypePlan, is_taken, tool_type},
};
use crate::words::camel;

/// A place in the plan's list of groups.
pub type GroupId = usize;

/// Some inputs, read and written together.
#[derive(Clone, Debug)]
pub struct GroupPlan {
    /// Name in Rust.
    pub name: String,
    /// The tools that take it, in the order in which they are listed.
    pub tools: Vec<String>,
    /// Where those stand.
    pub users: BTreeSet<Module>,
    /// What it holds.
    pub content: Content,
}

/// What a group holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The inputs, in the order in which a model sees them; `clear` is not one of them.
    pub inputs: Vec<InputPlan>,
    /// Values that are always sent.
    pub fixed: Vec<Fixed>,
    /// What is sent where none of several inputs says yes.
    pub otherwise: Option<Otherwise>,
    /// The body that is there even when no input is given.
    pub empty_body: EmptyBody,
    /// What a JSON body goes out as, where that is not `application/json`.
    pub body_type: Option<String>,
    /// Whether it is an update, which changes something or is refused.
    pub update: bool,
}

impl Content {
    /// The one input that fills a placeholder of the path, where that is all.
    pub fn path_input(&self) -> Option<&InputPlan> {
        match self.inputs.as_slice() {
            [input] if input.encoding.is_path() && self.fixed.is_empty() => Some(input),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        let is_silent =
            self.empty_body == EmptyBody::None && self.body_type.is_none() && !self.update;
        self.inputs.is_empty() && self.fixed.is_empty() && is_silent
    }
}

/// The name a group has if no other content wants it, and the name it has otherwise.
struct Wanted {
    short: String,
    long: String,
}

/// The groups of all tools, and of each tool which.
pub(super) fn groups(tools: &mut [ToolPlan], types: &[TypePlan]) -> Vec<GroupPlan> {
    let mut groups: Vec<GroupPlan> = Vec::new();
    let mut users: Vec<Vec<usize>> = Vec::new();
    for (index, tool) in tools.iter_mut().enumerate() {
        for content in contents(tool) {
            let found = groups.iter().position(|it| it.content == content);
            let id = found.unwrap_or_else(|| {
                users.push(Vec::new());
                groups.push(GroupPlan {
                    name: String::new(),
                    tools: Vec::new(),
                    users: BTreeSet::new(),
                    content,
                });
                groups.len() - 1
            });
            users[id].push(index);
            groups[id].tools.push(tool.name.clone());
            groups[id].users.insert(tool.module());
            tool.groups.push(id);
        }
    }
    let wanted: Vec<_> = groups
        .iter()
        .zip(users)
        .map(|(group, users)| wanted(&group.content, users.iter().map(|it| &tools[*it])))
        .collect();
    name(&mut groups, &wanted, types);
    groups
}

/// What a tool takes. What stands in the path comes first, and is described by its path: its tool's words for it stand in the listing.
fn contents(tool: &ToolPlan) -> Vec<Content> {
    let is_read = |it: &&InputPlan| it.encoding != Encoding::Clear;
    let (path, rest): (Vec<_>, Vec<_>) = tool
        .inputs
        .iter()
        .filter(is_read)
        .cloned()
        .partition(|it| it.encoding.is_path());
    let rest = Content {
        inputs: rest,
        fixed: tool.fixed.clone(),
        otherwise: tool.otherwise.clone(),
        empty_body: tool.empty_body,
        body_type: tool.body_type.clone(),
        update: tool.update,
    };
    // A delete answers what was written to the path last.
    let fixes_path = rest.fixed.iter().any(|it| it.encoding.is_path());
    let path = path.into_iter().map(|it| Content {
        inputs: vec![InputPlan {
            description: String::new(),
            provenance: crate::api::Provenance::Unmarked,
            ..it
        }],
        ..Content::default()
    });
    let rest = Some(rest).filter(|it| !it.is_empty());
    if fixes_path {
        rest.into_iter().chain(path).collect()
    } else {
        path.chain(rest).collect()
    }
}

fn wanted<'a>(content: &Content, tools: impl Iterator<Item = &'a ToolPlan> + Clone) -> Wanted {
    let Some(first) = tools.clone().next() else {
        unreachable!("a group is made for a tool")
    };
    let noun = camel(&first.resource.singular);
    if let Some(input) = content.path_input() {
        let short = camel(&input.name);
        return Wanted {
            long: format!("{noun}{short}"),
            short,
        };
    }
    let methods: BTreeSet<&str> = tools.map(|it| it.method.as_str()).collect();
    let short = match methods.into_iter().collect::<Vec<_>>().as_slice() {
        ["list"] => format!("List{}", camel(&first.resource.plural)),
        [method] => format!("{}{noun}", camel(method)),
        _ if content.inputs.iter().any(|it| it.encoding.is_of_body()) => format!("{noun}Body"),
        _ => format!("{noun}Query"),
    };
    Wanted {
        short,
        long: tool_type(&first.name),
    }
}

/// Names every group: the short name where no type has it, of several groups that want it the one that most tools take; else the long one.
fn name(groups: &mut [GroupPlan], wanted: &[Wanted], types: &[TypePlan]) {
    let mut winners: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, it) in wanted.iter().enumerate() {
        let winner = winners.entry(&it.short).or_insert(index);
        if groups[index].tools.len() > groups[*winner].tools.len() {
            *winner = index;
        }
    }
    let mut taken: BTreeSet<String> = types.iter().map(|it| it.name.clone()).collect();
    let is_free = |name: &String| !is_taken(name) && !taken.contains(name);
    let short: BTreeMap<usize, String> = winners
        .into_iter()
        .map(|(name, index)| (index, name.to_owned()))
        .filter(|(_, name)| is_free(name))
        .collect();
    taken.extend(short.values().cloned());
    for (index, (group, wanted)) in groups.iter_mut().zip(wanted).enumerate() {
        group.name = short.get(&index).cloned().unwrap_or_else(|| {
            let mut name = wanted.long.clone();
            while is_taken(&name) || !taken.insert(name.clone()) {
                name.push('X');
            }
            name
        });
    }
}
