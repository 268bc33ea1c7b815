//! What a tool's schema lets a caller compare: fields, operators, and in which filter.

use serde_json::Value;

/// A filter of a tool.
pub(crate) struct Filter {
    /// Name of its input.
    pub(crate) name: String,
    /// What it is about.
    pub(crate) kind: Kind,
    /// Every field with every operator that the schema allows.
    pub(crate) comparisons: Vec<Comparison>,
}

/// What a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Fields of the records.
    Own,
    /// Fields of entries of their lists.
    Child,
    /// Custom fields.
    Custom,
}

/// A field with an operator.
pub(crate) struct Comparison {
    /// Path of the field; of custom fields, nothing.
    pub(crate) path: String,
    /// Word of the operator.
    pub(crate) op: String,
}

impl Comparison {
    /// The list of a field of entries.
    pub(crate) fn list(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }
}

impl Filter {
    /// The operators, each once.
    pub(crate) fn operators(&self) -> Vec<&str> {
        let mut operators: Vec<&str> = Vec::new();
        for comparison in &self.comparisons {
            if !operators.contains(&comparison.op.as_str()) {
                operators.push(&comparison.op);
            }
        }
        operators
    }
}

/// The filters of a tool.
pub(crate) fn filters(listing: &Value) -> Vec<Filter> {
    let names = [
        ("conditions", Kind::Own),
        ("child_conditions", Kind::Child),
        ("custom_field_conditions", Kind::Custom),
    ];
    let properties = &listing["inputSchema"]["properties"];
    let found = names
        .into_iter()
        .filter(|(name, _)| properties.get(*name).is_some());
    found
        .map(|(name, kind)| {
            let mut comparisons = Vec::new();
            gather(
                &properties[name]["items"]["anyOf"][0],
                &[],
                &mut comparisons,
            );
            assert!(
                !comparisons.is_empty(),
                "{name} of {} compares nothing",
                listing["name"]
            );
            Filter {
                name: name.to_owned(),
                kind,
                comparisons,
            }
        })
        .collect()
}

/// The comparisons of a clause's schema; what a branch does not say of its fields, the schema around it says.
fn gather(schema: &Value, around: &[String], comparisons: &mut Vec<Comparison>) {
    let texts = |key: &str| {
        let values = schema["properties"][key]["enum"].as_array();
        values.map(|it| {
            it.iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
    };
    let fields = texts("field").unwrap_or_else(|| around.to_vec());
    for branch in schema["anyOf"].as_array().into_iter().flatten() {
        gather(branch, &fields, comparisons);
    }
    // Clauses on custom fields have captions, which no schema knows.
    let fields = if fields.is_empty() {
        vec![String::new()]
    } else {
        fields
    };
    for op in texts("op").into_iter().flatten() {
        comparisons.extend(fields.iter().map(|path| Comparison {
            path: path.clone(),
            op: op.clone(),
        }));
    }
}
