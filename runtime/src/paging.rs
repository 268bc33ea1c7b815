//! Which part of a list a call asks the vendor for, and where the next part starts.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::{
    cursor::{Cursor, POSITION},
    link::{Linked, linked, linked_after},
    mistake::Mistake,
    page::Page,
    table::{Paging, Sizes},
};

/// What a position is called that is a key.
const AFTER: &str = "after";

/// The part of a list that a call asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Window {
    /// How the list is paged.
    pub(crate) paging: Paging,
    query: String,
    limit: Option<u32>,
    /// Records per page; `None`: the vendor has no pages.
    size: Option<u32>,
    /// Where the page starts; `None`: at the start.
    position: Option<Value>,
    /// Records at the start of the page that were shown already.
    pub(crate) skip: usize,
}

/// What comes after the records of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Next {
    /// Nothing: the list ends with them.
    End,
    /// What this cursor leads to.
    At(String),
    /// More, by a token of the vendor's that is too long to be handed back: so many bytes.
    TooLong(usize),
}

/// What goes into the request to ask for a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Asked {
    /// Query parameters.
    pub(crate) query: Vec<(&'static str, String)>,
    /// JSON pointers into the body, and values.
    pub(crate) body: Vec<(String, Value)>,
    /// Headers.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Window {
    /// Understands `limit` and `next_cursor`; `query` is the fingerprint of everything else.
    ///
    /// # Errors
    /// What is wrong with the cursor, or with the limit beside it.
    pub(crate) fn open(paging: &Paging, query: String, page: &Page) -> Result<Self, Mistake> {
        let sizes = sizes(paging);
        let Some(text) = &page.cursor else {
            let size = sizes.map(|sizes| {
                page.limit
                    .unwrap_or(sizes.default)
                    .clamp(1, sizes.max.max(1))
            });
            return Ok(Self {
                paging: *paging,
                query,
                limit: page.limit,
                size,
                position: None,
                skip: 0,
            });
        };
        let cursor = Cursor::open(text).ok_or_else(|| {
            refuse("is not a cursor of this server: hand back `next_cursor` exactly as received, or leave it out to start anew")
        })?;
        if cursor.query != query {
            return Err(refuse(
                "belongs to another query: send it with the same tool and arguments as the call that answered it, or leave it out to start anew",
            ));
        }
        if let Some(limit) = page.limit
            && Some(limit) != cursor.limit
            && limit != cursor.size
        {
            let kept = cursor.limit.unwrap_or(cursor.size);
            return Err(Mistake::new(
                "limit",
                format!(
                    "is {limit}, but `next_cursor` goes on with {kept}: send the same `limit` or none, or start anew without `next_cursor`"
                ),
            ));
        }
        if !fits(paging, &cursor) {
            return Err(refuse(
                "is not a cursor of this list: leave it out to start anew",
            ));
        }
        let position = (!cursor.position.is_null()).then_some(cursor.position);
        Ok(Self {
            paging: *paging,
            query,
            limit: cursor.limit,
            size: sizes.map(|_| cursor.size),
            position,
            skip: cursor.skip,
        })
    }

    /// What goes into the request. The first page is asked for by its size alone.
    pub(crate) fn ask(&self) -> Asked {
        let mut asked = Asked::default();
        let size = self.size.unwrap_or_default().to_string();
        let position = self.position.as_ref();
        match self.paging {
            Paging::None => {}
            Paging::Forward {
                page,
                size: name,
                after,
                header: (header, value),
                ..
            } => {
                match self.key() {
                    // A vendor that counts pages all the same is asked for its next page.
                    None if position.is_some() => {
                        asked.query.extend(position.map(|it| (page, text(it))));
                    }
                    key => {
                        asked.query.extend(key.map(|key| (after, key.to_string())));
                        asked.headers.push((header, value.to_owned()));
                    }
                }
                asked.query.push((name, size));
            }
            Paging::Page {
                page: at,
                size: name,
                ..
            }
            | Paging::Link {
                page: at,
                size: name,
                ..
            }
            | Paging::Offset {
                offset: at,
                size: name,
                ..
            }
            | Paging::Cursor {
                cursor: at,
                size: name,
                in_body: false,
                ..
            } => {
                asked
                    .query
                    .extend(position.map(|position| (at, text(position))));
                asked.query.push((name, size));
            }
            Paging::Cursor {
                cursor: at,
                size: name,
                in_body: true,
                ..
            } => {
                asked
                    .body
                    .extend(position.map(|position| (pointer(at), position.clone())));
                asked
                    .body
                    .push((pointer(name), self.size.unwrap_or_default().into()));
            }
        }
        asked
    }

    /// Most records to show, where the vendor answers all at once.
    pub(crate) fn most(&self) -> Option<usize> {
        self.limit
            .filter(|_| self.size.is_none())
            .map(|limit| limit as usize)
    }

    /// The key after which the page starts, where records come in the order of their keys.
    fn key(&self) -> Option<i64> {
        self.position.as_ref()?.get(AFTER)?.as_i64()
    }

    /// Drops what stands before the page: a vendor that does not know the key begins anew each time.
    pub(crate) fn drop_earlier(&self, records: &mut Vec<Value>) {
        if let Paging::Forward { key: name, .. } = self.paging
            && let Some(start) = self.key()
        {
            records.retain(|record| key(record, name).is_none_or(|key| key > start));
        }
    }

    /// What comes after this page, of which these records came.
    pub(crate) fn next(&self, got: &[Value], body: &Value, headers: &HeaderMap) -> Next {
        let Some(position) = self.position_after(got, body, headers) else {
            return Next::End;
        };
        match position.to_string().len() {
            bytes @ POSITION.. => Next::TooLong(bytes),
            _ => Next::At(self.seal(Some(position), 0)),
        }
    }

    /// Where the next page starts, if there may be one.
    ///
    /// Where the vendor does not say where the list ends, only an empty page ends it. A page that is not full proves
    /// nothing, since a vendor may cap pages lower than was asked for.
    fn position_after(&self, found: &[Value], body: &Value, headers: &HeaderMap) -> Option<Value> {
        let got = found.len();
        let number = |start: u64| {
            self.position
                .as_ref()
                .and_then(Value::as_u64)
                .unwrap_or(start)
        };
        let count = |at: &str| {
            body.pointer(at)
                .and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()))
        };
        match self.paging {
            Paging::None => None,
            Paging::Page {
                first, last_page, ..
            } => {
                let page = number(first.into());
                let more = last_page
                    .and_then(count)
                    .map_or(got > 0, |last| page < last);
                more.then(|| page.saturating_add(1).into())
            }
            Paging::Offset { total, .. } => {
                let next = number(0).saturating_add(got as u64);
                let more = got > 0 && total.and_then(count).is_none_or(|total| next < total);
                more.then(|| next.into())
            }
            Paging::Cursor { next, .. } => {
                body.pointer(next).filter(|token| is_token(token)).cloned()
            }
            Paging::Link { page, first, .. } => {
                linked_after(headers, page, number(first.into())).map(Value::from)
            }
            Paging::Forward {
                page,
                first,
                after,
                key: name,
                ..
            } => {
                let start = self.key();
                if self.position.is_some() && start.is_none() {
                    return linked_after(headers, page, number(first.into())).map(Value::from);
                }
                let last = found.iter().filter_map(|record| key(record, name)).max();
                match (linked(headers, after), linked(headers, page)) {
                    (Linked::End, _) => None,
                    // The vendor counts pages all the same.
                    (Linked::Elsewhere, Linked::At(next)) => Some(next.into()),
                    (Linked::At(next), _) => {
                        let next = i64::try_from(next).ok();
                        let next = next.filter(|next| start.is_none_or(|it| *next > it));
                        Some(json!({ AFTER: next.or(last)? }))
                    }
                    // Without a link an empty page ends the list, or one whose records have no keys.
                    (Linked::Unknown | Linked::Elsewhere, _) => Some(json!({ AFTER: last? })),
                }
            }
        }
    }

    /// The cursor of the rest of this page, of which `shown` records were shown now: the page is asked for again, and
    /// what was shown is skipped. A vendor whose tokens are good for one use only refuses that in words of its own,
    /// which is better than an end that is none.
    pub(crate) fn rest(&self, shown: usize) -> String {
        match self.paging {
            Paging::Offset { .. } => {
                let start = self
                    .position
                    .as_ref()
                    .and_then(Value::as_u64)
                    .unwrap_or_default();
                let start = start.saturating_add((self.skip + shown) as u64);
                self.seal(Some(start.into()), 0)
            }
            Paging::None
            | Paging::Page { .. }
            | Paging::Link { .. }
            | Paging::Forward { .. }
            | Paging::Cursor { .. } => self.seal(self.position.clone(), self.skip + shown),
        }
    }

    fn seal(&self, position: Option<Value>, skip: usize) -> String {
        Cursor {
            query: self.query.clone(),
            limit: self.limit,
            size: self.size.unwrap_or_default(),
            position: position.unwrap_or_default(),
            skip,
        }
        .seal()
    }
}

fn key(record: &Value, name: &str) -> Option<i64> {
    record.get(name)?.as_i64()
}

fn refuse(why: &str) -> Mistake {
    Mistake::new("next_cursor", why)
}

/// The page sizes of a paging style.
pub(crate) fn sizes(paging: &Paging) -> Option<Sizes> {
    match *paging {
        Paging::None => None,
        Paging::Page { sizes, .. }
        | Paging::Offset { sizes, .. }
        | Paging::Cursor { sizes, .. }
        | Paging::Link { sizes, .. }
        | Paging::Forward { sizes, .. } => Some(sizes),
    }
}

/// Whether a cursor's numbers are ones that this style seals.
fn fits(paging: &Paging, cursor: &Cursor) -> bool {
    let numbered = cursor.position.is_null() || cursor.position.is_u64();
    let sized = sizes(paging).is_none_or(|sizes| (1..=sizes.max.max(1)).contains(&cursor.size));
    sized
        && match paging {
            Paging::None => cursor.position.is_null(),
            Paging::Page { .. } | Paging::Offset { .. } | Paging::Link { .. } => numbered,
            Paging::Forward { .. } => {
                numbered || cursor.position.get(AFTER).is_some_and(Value::is_i64)
            }
            Paging::Cursor { .. } => true,
        }
}

/// A name, or a pointer as it stands.
fn pointer(name: &str) -> String {
    if name.starts_with('/') {
        name.to_owned()
    } else {
        format!("/{}", name.replace('~', "~0").replace('/', "~1"))
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Vendors say "no more" by null, an empty text, false, or an object of those.
fn is_token(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(is_token),
        Value::Object(object) => object.values().any(is_token),
    }
}

#[cfg(test)]
#[path = "paging_tests.rs"]
mod tests;
