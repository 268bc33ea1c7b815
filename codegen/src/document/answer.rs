//! Plans how a tool's answer is read: where the records stand, and how the next page is asked for.

use indexmap::IndexMap;

use super::Documented;
use crate::{
    api::{Answer, Api, Type, Verb},
    docs::{PathDocs, ReadDocs},
    nearest::did_you_mean,
    report::Report,
    vendor::{Paging, VendorDocs},
};

/// How a tool's answer is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AnswerPlan {
    /// Records at this pointer; the name of the paging style, and the style.
    List {
        /// JSON pointer to the records.
        records: String,
        /// Name of the paging style; `none` where the operation does not page.
        paging: String,
    },
    /// One record at this pointer.
    Single {
        /// JSON pointer to the record.
        record: String,
    },
    /// The id of what was deleted.
    Deleted,
    /// Nothing.
    #[default]
    Nothing,
    /// Bytes of this media type.
    File {
        /// Media type.
        media_type: String,
    },
    /// The answers of several tools, each under its key.
    Parts(IndexMap<String, ReadDocs>),
}

impl AnswerPlan {
    /// The paging style of a list that has one.
    pub(crate) fn style<'a>(&self, vendor: &'a VendorDocs) -> Option<&'a Paging> {
        match self {
            Self::List { paging, .. } => vendor.paging.get(paging).filter(|it| it.style != "none"),
            Self::Single { .. }
            | Self::Deleted
            | Self::Nothing
            | Self::File { .. }
            | Self::Parts(_) => None,
        }
    }
}

/// Decides how the answer of `it` is read.
pub(super) fn answer(
    it: &Documented<'_>,
    api: &Api,
    vendor: &VendorDocs,
    report: &mut Report,
) -> AnswerPlan {
    let schema = match &it.operation.answer {
        Answer::Nothing if it.operation.verb == Verb::Delete => return AnswerPlan::Deleted,
        Answer::Nothing => return AnswerPlan::Nothing,
        Answer::File(media_type) => {
            return AnswerPlan::File {
                media_type: media_type.clone(),
            };
        }
        Answer::Json(schema) => schema,
    };
    let list = it.record.answer.as_ref().unwrap_or(&vendor.envelope.list);
    if api
        .at(schema, list)
        .is_some_and(|it| api.items(&it).is_some())
    {
        return AnswerPlan::List {
            records: list.clone(),
            paging: paging(it, api, vendor, report),
        };
    }
    if it.method == "list" {
        report.error(
            "list-without-array",
            it.place.clone(),
            format!(
                "the answer of `{}` has no array {}",
                it.operation.key,
                at(list)
            ),
            "say where the records stand with `answer: /pointer`, or choose another method",
        );
    }
    let single = it.record.answer.as_ref().unwrap_or(&vendor.envelope.single);
    if api.at(schema, single).is_some() || it.is_derived {
        let is_there = api.at(schema, single).is_some();
        return AnswerPlan::Single {
            record: if is_there {
                single.clone()
            } else {
                String::new()
            },
        };
    }
    report.error(
        "answer-pointer-unknown",
        if it.record.answer.is_some() {
            it.place.child("answer")
        } else {
            it.place.clone()
        },
        format!(
            "the answer of `{}` has nothing {}",
            it.operation.key,
            at(single)
        ),
        "say where the record stands with `answer: /pointer` (empty: the answer itself)",
    );
    AnswerPlan::Single {
        record: single.clone(),
    }
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() {
        "at its top".to_owned()
    } else {
        format!("at `{pointer}`")
    }
}

/// The paging style: the record's, or the default one if the operation has its parameters.
fn paging(it: &Documented<'_>, api: &Api, vendor: &VendorDocs, report: &mut Report) -> String {
    let chosen = it.record.paging.as_deref();
    let name = chosen.unwrap_or_else(|| preferred(it, api, vendor));
    let Some(style) = vendor.paging.get(name) else {
        report.error(
            "unknown-paging",
            it.place.child("paging"),
            format!(
                "vendor.yaml has no paging style `{name}`{}",
                did_you_mean(name, vendor.paging.keys().map(|it| it.as_str()))
            ),
            "correct the name, or add the style to vendor.yaml",
        );
        return "none".to_owned();
    };
    let missing: Vec<_> = style
        .consumed()
        .into_iter()
        .filter(|wire| !takes(it, style, wire, api))
        .collect();
    let is_default = it.record.paging.is_none();
    let is_unpaged = is_default && missing.len() == style.consumed().len();
    // What was derived is taken as it is: half a paging style is none.
    let is_half = it.is_derived && !missing.is_empty();
    if style.style == "none" || is_unpaged || is_half {
        return "none".to_owned();
    }
    if !missing.is_empty() {
        report.error(
            "paging-parameter-missing",
            it.place.clone(),
            format!(
                "the paging style `{name}` needs `{}`, which `{}` does not take",
                missing.join("`, `"),
                it.operation.key
            ),
            "declare the parameter with an overlay action, or name another style with `paging`",
        );
    }
    name.to_owned()
}

/// The style by which lists are paged wherever they can be, else the default one.
fn preferred<'a>(it: &Documented<'_>, api: &Api, vendor: &'a VendorDocs) -> &'a str {
    let can = |style: &Paging| {
        style.preferred
            && !style.except.contains_key(&it.operation.key)
            && style
                .consumed()
                .iter()
                .all(|wire| takes(it, style, wire, api))
            && has_key(it, &style.key, api, vendor)
    };
    let found = vendor.paging.iter().find(|(_, style)| can(style));
    found.map_or("default", |(name, _)| name)
}

/// Whether the records have this whole number, and are asked for it.
fn has_key(it: &Documented<'_>, key: &str, api: &Api, vendor: &VendorDocs) -> bool {
    let Answer::Json(answer) = &it.operation.answer else {
        return false;
    };
    let list = it.record.answer.as_ref().unwrap_or(&vendor.envelope.list);
    let items = api.at(answer, list).and_then(|it| api.items(&it));
    let object = items.and_then(|it| api.object(&it)).unwrap_or_default();
    let is_whole = object
        .properties
        .get(key)
        .is_some_and(|it| matches!(api.resolve(&it.schema).ty, Type::Integer(_)));
    let mut asked = it.record.fields.iter().flatten();
    let is_asked = it.record.fields.is_none()
        || asked.any(|path| matches!(path, PathDocs::Known(path) if path == key));
    is_whole && is_asked
}

/// Whether the operation has a parameter, or a body property, of this name.
fn takes(it: &Documented<'_>, style: &Paging, wire: &str, api: &Api) -> bool {
    match (style.r#in.as_str(), &it.operation.body) {
        ("body", Some(body)) => api
            .object(&body.schema)
            .is_some_and(|it| it.properties.contains_key(wire)),
        _ => it.operation.parameters.iter().any(|it| it.name == wire),
    }
}
