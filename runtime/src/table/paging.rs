//! The ways in which vendors page lists.

/// How a vendor pages a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paging {
    /// All records come at once.
    None,
    /// Pages have numbers.
    Page {
        /// Query parameter of the page number.
        page: &'static str,
        /// Query parameter of the page size.
        size: &'static str,
        /// Number of the first page.
        first: u32,
        /// Page size when the caller names none, and the largest that the vendor takes.
        sizes: Sizes,
        /// JSON pointer to the number of the last page; where the answer lacks it, an empty page ends the list.
        last_page: Option<&'static str>,
    },
    /// Records are skipped.
    Offset {
        /// Query parameter of the number of records to skip.
        offset: &'static str,
        /// Query parameter of the page size.
        size: &'static str,
        /// Page sizes.
        sizes: Sizes,
        /// JSON pointer to the number of all records; where the answer lacks it, an empty page ends the list.
        total: Option<&'static str>,
    },
    /// The answer holds a token for the next page.
    Cursor {
        /// Query parameter, or JSON pointer into the body, of the token.
        cursor: &'static str,
        /// Query parameter, or body property, of the page size.
        size: &'static str,
        /// Whether both stand in the JSON body instead of the query.
        in_body: bool,
        /// Page sizes.
        sizes: Sizes,
        /// JSON pointer to the next token (any JSON) in the answer.
        next: &'static str,
    },
    /// Pages have numbers, and an RFC 8288 `Link` header with `rel="next"` says which is next.
    Link {
        /// Query parameter of the page number.
        page: &'static str,
        /// Query parameter of the page size.
        size: &'static str,
        /// Number of the first page.
        first: u32,
        /// Page sizes.
        sizes: Sizes,
    },
    /// Records come in the order of their keys, those after a key at a time; in another order, as by [`Paging::Link`].
    Forward {
        /// Query parameter of the page number, in another order.
        page: &'static str,
        /// Query parameter of the page size.
        size: &'static str,
        /// Number of the first page, in another order.
        first: u32,
        /// Page sizes.
        sizes: Sizes,
        /// Query parameter of the key after which a page starts.
        after: &'static str,
        /// Property of a record that is its key, a whole number.
        key: &'static str,
        /// Header that asks for this order, and its value.
        header: (&'static str, &'static str),
    },
}

impl Paging {
    /// The query parameters that paging fills.
    pub(crate) fn parameters(&self) -> Vec<&'static str> {
        match *self {
            Self::None | Self::Cursor { in_body: true, .. } => Vec::new(),
            Self::Page { page, size, .. } | Self::Link { page, size, .. } => vec![page, size],
            Self::Offset { offset, size, .. } => vec![offset, size],
            Self::Cursor { cursor, size, .. } => vec![cursor, size],
            Self::Forward {
                page, size, after, ..
            } => vec![page, size, after],
        }
    }
}

/// Page sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Sent when the caller names none.
    pub default: u32,
    /// The vendor's cap.
    pub max: u32,
}

impl Paging {
    /// How a list is paged in an order of the caller's choice: a key says nothing of where its records stand in that.
    pub(crate) const fn ordered(self) -> Self {
        match self {
            Self::Forward {
                page,
                size,
                first,
                sizes,
                ..
            } => Self::Link {
                page,
                size,
                first,
                sizes,
            },
            other => other,
        }
    }
}
