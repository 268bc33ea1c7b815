//! How an input fills a placeholder of the path: by the styles of RFC 6570, and so that no value leads out of its place.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Call;
use crate::{
    encode::{Parts, percent},
    input::Wire,
    text,
};

/// How values are written into a segment.
#[derive(Clone, Copy)]
struct Style {
    /// What stands first.
    first: &'static str,
    /// What stands between exploded values.
    between: &'static str,
    /// Whether the parameter's name is written.
    is_named: bool,
    /// Whether an item, or a property, is a value of its own.
    is_exploded: bool,
}

const SIMPLE: Style = Style {
    first: "",
    between: ",",
    is_named: false,
    is_exploded: false,
};
const LABEL: Style = Style {
    first: ".",
    between: ".",
    ..SIMPLE
};
const MATRIX: Style = Style {
    first: ";",
    between: ";",
    is_named: true,
    ..SIMPLE
};

/// Around a placeholder they say where its value ends, and many a server decodes before it looks for them.
const ENCLOSING: [char; 3] = ['\'', '(', ')'];

impl Call {
    /// Fills `{name}` of the path: `5`, `3,4`, `role,admin`; percent-encoded; what is empty or climbs is a mistake.
    pub fn path(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, SIMPLE);
    }

    /// The same, an object exploded: `role=admin,level=2`.
    pub fn path_exploded(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, exploded(SIMPLE));
    }

    /// The style `label`: `.5`, `.3,4`, `.role,admin`.
    pub fn path_label(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, LABEL);
    }

    /// The style `label`, exploded: `.3.4`, `.role=admin.level=2`.
    pub fn path_label_exploded(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, exploded(LABEL));
    }

    /// The style `matrix`: `;id=5`, `;id=3,4`, `;id=role,admin`.
    pub fn path_matrix(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, MATRIX);
    }

    /// The style `matrix`, exploded: `;id=3;id=4`, `;role=admin;level=2`.
    pub fn path_matrix_exploded(&mut self, name: &'static str, value: impl Wire) {
        self.fill(name, value, exploded(MATRIX));
    }

    /// Fills `{name}` with the JSON of a value.
    pub fn path_json(&mut self, name: &'static str, value: impl Wire) {
        let json = value.wire().map(|it| it.to_string());
        self.fill(name, json, SIMPLE);
    }

    fn fill(&mut self, name: &'static str, value: impl Wire, style: Style) {
        let at = self.of_caller(name);
        let Some(value) = value.wire() else { return };
        let parts = Parts::of(value.clone());
        if let Some(why) = self.misfit(name, &value, style) {
            self.mistake(at, why);
        }
        let expanded = expand(name, parts, style);
        let placeholder = format!("{{{name}}}");
        // What was filled in before cannot be taken for a name: its braces are encoded.
        let segments = self.path.split('/').map(|segment| {
            let filled = segment.replace(&placeholder, &expanded);
            let is_whole = filled != segment && !filled.contains('{');
            let leads_up = is_whole && leads_up(&percent_decode_str(&filled).decode_utf8_lossy());
            (filled, leads_up)
        });
        let (segments, leading_up): (Vec<String>, Vec<bool>) = segments.unzip();
        if leading_up.contains(&true) && self.mistakes.iter().all(|it| it.at != at) {
            self.mistake(at, out_of_place(&said(&value)));
        }
        self.path = segments.join("/");
        self.last = Some(value);
    }

    /// Why a value cannot stand in this path, if so.
    fn misfit(&self, name: &str, value: &Value, style: Style) -> Option<String> {
        let row = Parts::of(value.clone()).row();
        let segment = row.join(",");
        if segment.is_empty() || climbs(&segment) {
            return Some(out_of_place(&said(value)));
        }
        // A dot stays a dot, even encoded.
        let is_several = !matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
        let dots = style.is_exploded && is_several && style.between == ".";
        let apart = row.iter().find(|it| dots && it.contains('.'));
        if let Some(text) = apart {
            let came = text::quoted(text);
            return Some(format!(
                "an item cannot contain a dot, which separates items here; got {came}"
            ));
        }
        let placeholder = format!("{{{name}}}");
        let (before, after) = self.path.split_once(&placeholder)?;
        let around = before
            .chars()
            .next_back()
            .into_iter()
            .chain(after.chars().next());
        let mut around = around.filter(|it| ENCLOSING.contains(it));
        let ends = around.find(|it| segment.contains(*it))?;
        let came = text::quoted(&segment);
        Some(format!(
            "cannot contain {ends}, which ends the value in this path; got {came}"
        ))
    }
}

fn exploded(style: Style) -> Style {
    Style {
        is_exploded: true,
        ..style
    }
}

/// The value as a caller wrote it.
fn said(value: &Value) -> String {
    Parts::of(value.clone()).row().join(",")
}

fn out_of_place(came: &str) -> String {
    let came = text::quoted(came);
    format!("{came} cannot stand in a path; give the identifier of a record")
}

/// These climb in the path: a dot is a dot even when it is encoded, and so is a slash to many a server.
fn climbs(text: &str) -> bool {
    text.split(['/', '\\'])
        .any(|piece| matches!(piece, "." | ".."))
}

/// A whole segment, whatever of it are values.
fn leads_up(segment: &str) -> bool {
    segment == "." || segment.split(['/', '\\']).any(|piece| piece == "..")
}

/// The expansion of RFC 6570, section 3.2.1.
fn expand(name: &str, parts: Parts, style: Style) -> String {
    let name = percent(name);
    let named = |name: &str, value: String| match value.as_str() {
        // Section 3.2.7.
        "" => name.to_owned(),
        value => format!("{name}={value}"),
    };
    let values: Vec<String> = match parts {
        Parts::Items(items) if style.is_exploded => {
            let items = items.iter().map(|it| percent(it));
            items
                .map(|it| if style.is_named { named(&name, it) } else { it })
                .collect()
        }
        Parts::Entries(entries) if style.is_exploded => {
            let entries = entries.iter().map(|(key, it)| (percent(key), percent(it)));
            entries
                .map(|(key, it)| match style.is_named {
                    true => named(&key, it),
                    false => format!("{key}={it}"),
                })
                .collect()
        }
        parts => {
            let row = parts.row();
            let row: Vec<_> = row.iter().map(|it| percent(it)).collect();
            let joined = row.join(",");
            vec![if style.is_named {
                named(&name, joined)
            } else {
                joined
            }]
        }
    };
    format!("{}{}", style.first, values.join(style.between))
}
