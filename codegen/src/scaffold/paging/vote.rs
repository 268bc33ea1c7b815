//! Decides how one list says that it is paged: by the names of its parameters, and by what its answer holds.

use crate::{
    api::{Answer, Api, Carrier, Object, Operation, Parameter, Type},
    report::escape,
    scaffold::{names::word, reading::Reading},
};

const PAGES: [&str; 8] = [
    "page",
    "page_number",
    "page_num",
    "page_no",
    "page_index",
    "current_page",
    "pagenumber",
    "p",
];
const OFFSETS: [&str; 6] = [
    "offset",
    "skip",
    "start_at",
    "start",
    "start_index",
    "page_offset",
];
const CURSORS: [&str; 13] = [
    "cursor",
    "next_cursor",
    "page_token",
    "next_token",
    "next_page_token",
    "continuation_token",
    "scroll_id",
    "marker",
    "after",
    "page_cursor",
    "page_after",
    "start_cursor",
    "next",
];
const SIZES: [&str; 14] = [
    "per_page",
    "page_size",
    "pagesize",
    "perpage",
    "limit",
    "max_results",
    "size",
    "count",
    "max_items",
    "page_limit",
    "max",
    "take",
    "results_per_page",
    "top",
];
/// What answers call the token of the next page, the surest first.
const NEXT: [&str; 12] = [
    "next_cursor",
    "next_page_token",
    "next_token",
    "continuation_token",
    "next_page_cursor",
    "cursor",
    "scroll_id",
    "end_cursor",
    "next_marker",
    "after",
    "next",
    // The id of the last record, where a page starts after one.
    "last_id",
];
const LAST_PAGES: [&str; 6] = [
    "last_page",
    "total_pages",
    "page_count",
    "pages",
    "num_pages",
    "total_page_count",
];
const TOTALS: [&str; 6] = [
    "total",
    "total_count",
    "total_results",
    "total_items",
    "total_records",
    "count",
];
/// Where answers keep what they say of pages.
const PLACES: [&str; 10] = [
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page",
    "page_info",
    "response_metadata",
    "links",
    "_links",
    "cursors",
];
/// How one list says that it is paged.
pub(super) struct Vote<'a> {
    /// `GET /pets`
    pub(super) key: String,
    /// `page`, `link`, `offset` or `cursor`
    pub(super) style: &'static str,
    /// The parameter that moves on.
    pub(super) moving: &'a Parameter,
    /// The parameter that says how many records.
    pub(super) size: &'a Parameter,
    /// The token of the next page in the answer.
    pub(super) next: Option<String>,
    /// Where the answer tells the last page.
    pub(super) last_page: Option<String>,
    /// Where the answer tells the number of records.
    pub(super) total: Option<String>,
}

impl Vote<'_> {
    /// Votes of one key are for the same style.
    pub(super) fn key(&self) -> String {
        let next = self.next.as_deref().unwrap_or_default();
        format!(
            "{} {} {} {next}",
            self.style, self.moving.name, self.size.name
        )
    }
}

/// The vote of a list; none if it does not page in a way that is known.
pub(super) fn vote<'a>(operation: &'a Operation, reading: &Reading) -> Option<Vote<'a>> {
    let find = |names: &[&str]| {
        names.iter().find_map(|wanted| {
            let query = operation
                .parameters
                .iter()
                .filter(|it| is_query(it.carrier));
            query.into_iter().find(|it| word(&it.name) == *wanted)
        })
    };
    let size = find(&SIZES)?;
    let said =
        |names: &[&str], fits: fn(&Type) -> bool| answer(operation, &reading.api, names, fits);
    let vote = |style, moving, next| Vote {
        key: operation.key.clone(),
        style,
        moving,
        size,
        next,
        last_page: said(&LAST_PAGES, is_whole),
        total: said(&TOTALS, is_whole),
    };
    if let (Some(moving), Some(next)) = (find(&CURSORS), said(&NEXT, is_token)) {
        return Some(vote("cursor", moving, Some(next)));
    }
    if let Some(moving) = find(&PAGES).filter(|it| is_number(it, &reading.api)) {
        let style = if has_link(operation, reading) {
            "link"
        } else {
            "page"
        };
        return Some(vote(style, moving, None));
    }
    let moving = find(&OFFSETS).filter(|it| is_number(it, &reading.api))?;
    Some(vote("offset", moving, None))
}

fn is_query(carrier: Carrier) -> bool {
    carrier == Carrier::Query
}

fn is_number(parameter: &Parameter, api: &Api) -> bool {
    matches!(
        api.resolve(&parameter.schema).ty,
        Type::Integer(_) | Type::Number(_) | Type::Json
    )
}

fn is_whole(ty: &Type) -> bool {
    matches!(ty, Type::Integer(_) | Type::Number(_))
}

fn is_token(ty: &Type) -> bool {
    matches!(ty, Type::Text(..) | Type::Integer(_))
}

/// The pointer to what an answer says of its pages under one of these names, at its top or a level below.
fn answer(
    operation: &Operation,
    api: &Api,
    names: &[&str],
    fits: fn(&Type) -> bool,
) -> Option<String> {
    let Answer::Json(schema) = &operation.answer else {
        return None;
    };
    let top = api.object(schema)?;
    let at = |object: &Object, lead: &str| {
        names.iter().find_map(|wanted| {
            let mut properties = object.properties.iter();
            let (name, _) = properties
                .find(|(name, it)| word(name) == *wanted && fits(&api.resolve(&it.schema).ty))?;
            Some(format!("{lead}/{}", escape(name)))
        })
    };
    at(&top, "").or_else(|| {
        let places = top.properties.iter().filter(|(name, _)| {
            PLACES.contains(&name.as_str()) || PLACES.contains(&word(name).as_str())
        });
        places
            .into_iter()
            .find_map(|(name, it)| at(&*api.object(&it.schema)?, &format!("/{}", escape(name))))
    })
}

/// Whether the answer is documented to have a `Link` header.
fn has_link(operation: &Operation, reading: &Reading) -> bool {
    let responses = reading.raw(&operation.pointer)["responses"].as_object();
    let good = responses
        .into_iter()
        .flatten()
        .filter(|(status, _)| status.starts_with('2'));
    good.map(|(_, it)| reading.follow(it))
        .filter_map(|it| it["headers"].as_object())
        .any(|it| it.keys().any(|name| name.eq_ignore_ascii_case("link")))
}
