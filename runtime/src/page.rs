//! Which part of a list is asked for.

use crate::{args::Args, input::Input};

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// How many records at most; `None`: as many as the paging's default says.
    pub limit: Option<u32>,
    /// The `next_cursor` of an earlier answer, not yet understood; `None`: from the start.
    pub cursor: Option<String>,
}

impl Args<'_> {
    /// `limit` and `next_cursor` of a list. A `limit` above the vendor's cap is a mistake (`max` from the paging).
    pub fn page(&mut self, max: u32) -> Page {
        Page {
            limit: self
                .optional_by("limit", &[], |args| limit(args, max))
                .flatten(),
            cursor: self.optional_by("next_cursor", &[], cursor),
        }
    }
}

fn limit(args: &mut Args, max: u32) -> Option<u32> {
    let limit = i64::read(args);
    args.value()?;
    let within = u32::try_from(limit)
        .ok()
        .filter(|limit| (1..=max).contains(limit));
    if within.is_none() {
        args.wrong(format!("must be from 1 to {max}, got {limit}"));
    }
    within
}

fn cursor(args: &mut Args) -> String {
    let text = args.take("the `next_cursor` of an earlier answer", |value| {
        value.as_str().filter(|text| !text.is_empty())
    });
    text.unwrap_or_default().to_owned()
}
