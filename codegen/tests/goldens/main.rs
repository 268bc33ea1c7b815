//! The goldens, compiled with warnings denied, and the HTTP requests that their tools write.
#![deny(warnings)]

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod requests;

#[rustfmt::skip]
#[path = "../golden/all_of.rs"]
pub mod all_of;
#[rustfmt::skip]
#[path = "../golden/auth_and_servers.rs"]
pub mod auth_and_servers;
#[rustfmt::skip]
#[path = "../golden/bounded_and_secret.rs"]
pub mod bounded_and_secret;
#[rustfmt::skip]
#[path = "../golden/closed_sets.rs"]
pub mod closed_sets;
#[rustfmt::skip]
#[path = "../golden/composite.rs"]
pub mod composite;
#[rustfmt::skip]
#[path = "../golden/conditions.rs"]
pub mod conditions;
#[rustfmt::skip]
#[path = "../golden/decimal.rs"]
pub mod decimal;
#[rustfmt::skip]
#[path = "../golden/delete.rs"]
pub mod delete;
#[rustfmt::skip]
#[path = "../golden/derived.rs"]
pub mod derived;
#[rustfmt::skip]
#[path = "../golden/elsewhere.rs"]
pub mod elsewhere;
#[rustfmt::skip]
#[path = "../golden/fields_and_order.rs"]
pub mod fields_and_order;
#[rustfmt::skip]
#[path = "../golden/file_answer.rs"]
pub mod file_answer;
#[rustfmt::skip]
#[path = "../golden/fixed_inputs.rs"]
pub mod fixed_inputs;
#[rustfmt::skip]
#[path = "../golden/header.rs"]
pub mod header;
#[rustfmt::skip]
#[path = "../golden/header_and_cookie.rs"]
pub mod header_and_cookie;
#[rustfmt::skip]
#[path = "../golden/json_body.rs"]
pub mod json_body;
#[rustfmt::skip]
#[path = "../golden/json_body_clear.rs"]
pub mod json_body_clear;
#[rustfmt::skip]
#[path = "../golden/json_patch_clear.rs"]
pub mod json_patch_clear;
#[rustfmt::skip]
#[path = "../golden/map_and_free_json.rs"]
pub mod map_and_free_json;
#[rustfmt::skip]
#[path = "../golden/media_types.rs"]
pub mod media_types;
#[rustfmt::skip]
#[path = "../golden/multipart.rs"]
pub mod multipart;
#[rustfmt::skip]
#[path = "../golden/multipart_parts.rs"]
pub mod multipart_parts;
#[rustfmt::skip]
#[path = "../golden/names.rs"]
pub mod names;
#[rustfmt::skip]
#[path = "../golden/number_enum.rs"]
pub mod number_enum;
#[rustfmt::skip]
#[path = "../golden/one_of.rs"]
pub mod one_of;
#[rustfmt::skip]
#[path = "../golden/open_objects.rs"]
pub mod open_objects;
#[rustfmt::skip]
#[path = "../golden/openapi_31_and_overlay.rs"]
pub mod openapi_31_and_overlay;
#[rustfmt::skip]
#[path = "../golden/otherwise.rs"]
pub mod otherwise;
#[rustfmt::skip]
#[path = "../golden/package.rs"]
pub mod package;
#[rustfmt::skip]
#[path = "../golden/paging_styles.rs"]
pub mod paging_styles;
#[rustfmt::skip]
#[path = "../golden/path_and_query_scalars.rs"]
pub mod path_and_query_scalars;
#[rustfmt::skip]
#[path = "../golden/path_styles.rs"]
pub mod path_styles;
#[rustfmt::skip]
#[path = "../golden/procedure.rs"]
pub mod procedure;
#[rustfmt::skip]
#[path = "../golden/prose.rs"]
pub mod prose;
#[rustfmt::skip]
#[path = "../golden/query_brackets.rs"]
pub mod query_brackets;
#[rustfmt::skip]
#[path = "../golden/query_comma.rs"]
pub mod query_comma;
#[rustfmt::skip]
#[path = "../golden/query_repeat.rs"]
pub mod query_repeat;
#[rustfmt::skip]
#[path = "../golden/query_styles.rs"]
pub mod query_styles;
#[rustfmt::skip]
#[path = "../golden/raw_binary.rs"]
pub mod raw_binary;
#[rustfmt::skip]
#[path = "../golden/recursion.rs"]
pub mod recursion;
#[rustfmt::skip]
#[path = "../golden/references.rs"]
pub mod references;
#[rustfmt::skip]
#[path = "../golden/shared_types.rs"]
pub mod shared_types;
#[rustfmt::skip]
#[path = "../golden/taken_names.rs"]
pub mod taken_names;
#[rustfmt::skip]
#[path = "../golden/urlencoded.rs"]
pub mod urlencoded;
#[rustfmt::skip]
#[path = "../golden/whole_body_array.rs"]
pub mod whole_body_array;

use runtime::Entry;

/// Every golden, and its tools.
pub const ALL: &[(&str, &[&[Entry]])] = &[
    ("all_of", all_of::TOOLS),
    ("bounded_and_secret", bounded_and_secret::TOOLS),
    ("closed_sets", closed_sets::TOOLS),
    ("composite", composite::TOOLS),
    ("conditions", conditions::TOOLS),
    ("decimal", decimal::TOOLS),
    ("delete", delete::TOOLS),
    ("derived", derived::TOOLS),
    ("elsewhere", elsewhere::TOOLS),
    ("fields_and_order", fields_and_order::TOOLS),
    ("file_answer", file_answer::TOOLS),
    ("fixed_inputs", fixed_inputs::TOOLS),
    ("header", header::TOOLS),
    ("header_and_cookie", header_and_cookie::TOOLS),
    ("json_body", json_body::TOOLS),
    ("json_body_clear", json_body_clear::TOOLS),
    ("json_patch_clear", json_patch_clear::TOOLS),
    ("map_and_free_json", map_and_free_json::TOOLS),
    ("media_types", media_types::TOOLS),
    ("multipart", multipart::TOOLS),
    ("multipart_parts", multipart_parts::TOOLS),
    ("names", names::TOOLS),
    ("number_enum", number_enum::TOOLS),
    ("one_of", one_of::TOOLS),
    ("open_objects", open_objects::TOOLS),
    ("openapi_31_and_overlay", openapi_31_and_overlay::TOOLS),
    ("otherwise", otherwise::TOOLS),
    ("package", package::TOOLS),
    ("paging_styles", paging_styles::TOOLS),
    ("path_and_query_scalars", path_and_query_scalars::TOOLS),
    ("path_styles", path_styles::TOOLS),
    ("procedure", procedure::TOOLS),
    ("prose", prose::TOOLS),
    ("query_brackets", query_brackets::TOOLS),
    ("query_comma", query_comma::TOOLS),
    ("query_repeat", query_repeat::TOOLS),
    ("query_styles", query_styles::TOOLS),
    ("raw_binary", raw_binary::TOOLS),
    ("recursion", recursion::TOOLS),
    ("references", references::TOOLS),
    ("shared_types", shared_types::TOOLS),
    ("taken_names", taken_names::TOOLS),
    ("urlencoded", urlencoded::TOOLS),
    ("whole_body_array", whole_body_array::TOOLS),
];
