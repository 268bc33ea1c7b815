//! Tools of the hand-made vendor on what is no work: a search, a linked list, a file, several reads in one.

use runtime::{Answer, Args, Call, Effect, Entry, Inputs, Named, Page, Paging, Part, Verb};

use super::SIZES;

/// Search cases: `POST /cases/search`.
struct SearchCases {
    state: Option<String>,
    page: Page,
}

pub(super) const SEARCH_CASES: Entry = Named::new("acme_search_cases", r#"{"name": "acme_search_cases", "title": "Search cases", "description": "Searches cases.",
  "inputSchema": {"type": "object", "properties": {"state": {"type": "string"}, "limit": {"type": "integer"},
  "next_cursor": {"type": "string"}}, "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).custom("search", "cases", "/cases/search").takes::<SearchCases>().effect(Effect::Read).tags(&["tickets"]).answer(Answer::List {
            records: "/data",
            paging: Paging::Cursor {
                cursor: "/start_page_key",
                size: "max_returned_items",
                in_body: true,
                sizes: SIZES,
                next: "/next_page_key",
            },
        });

impl Inputs for SearchCases {
    fn read(args: &mut Args) -> Self {
        Self {
            state: args.optional("state"),
            page: args.page(100),
        }
    }

    fn write(self, call: &mut Call) {
        call.body_object();
        call.body("state", self.state);
        call.page(self.page);
    }
}

/// List tickets: `GET /tickets`.
struct ListTickets {
    page: Page,
}

pub(super) const LIST_TICKETS: Entry = Named::new("list_all_acme_tickets", r#"{"name": "list_all_acme_tickets", "title": "List tickets", "description": "Lists tickets.",
  "inputSchema": {"type": "object", "properties": {"limit": {"type": "integer"}, "next_cursor": {"type": "string"}},
  "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).list("tickets", "/tickets").takes::<ListTickets>().tags(&["tickets"]).paged(Paging::Link {
                page: "page",
                size: "pageSize",
                first: 1,
                sizes: SIZES,
            });

impl Inputs for ListTickets {
    fn read(args: &mut Args) -> Self {
        Self {
            page: args.page(100),
        }
    }

    fn write(self, call: &mut Call) {
        call.page(self.page);
    }
}

/// Download a work's document: `GET /works/{id}/pdf`.
struct DownloadWork {
    id: i64,
}

pub(super) const DOWNLOAD_WORK: Entry = Named::new("download_a_acme_work", r#"{"name": "download_a_acme_work", "title": "Download a work", "description": "Downloads its document.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).custom("download", "works", "/works/{id}/pdf").takes::<DownloadWork>().verb(Verb::Get).effect(Effect::Read).tags(&["files", "works"]).answer(Answer::File {
            media_type: "application/pdf",
        });

impl Inputs for DownloadWork {
    fn read(args: &mut Args) -> Self {
        Self {
            id: args.required("id"),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
    }
}

/// A work among others: three tools in one.
struct Overview {
    work: String,
}

pub(super) const OVERVIEW: Entry = Named::new("get_single_acme_overview_by_id", r#"{"name": "get_single_acme_overview_by_id", "title": "Get an overview", "description": "Gets an overview.",
  "inputSchema": {"type": "object", "properties": {"work": {"type": "string"}}, "required": ["work"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).get("overviews", "").takes::<Overview>().tags(&["works"]).answer(Answer::Parts {
            parts: &[
                Part {
                    key: "work",
                    tool: "get_single_acme_work_by_id",
                    inputs: &[("id", "work")],
                    arguments: "{}",
                    show: &[],
                    required: true,
                },
                Part {
                    key: "works",
                    tool: "list_all_acme_works",
                    inputs: &[],
                    arguments: r#"{"limit":20,"with":["status"]}"#,
                    show: &[("called", "name")],
                    required: false,
                },
                Part {
                    key: "tickets",
                    tool: "list_all_acme_tickets",
                    inputs: &[],
                    arguments: r#"{"limit":100}"#,
                    show: &[("id", "id")],
                    required: false,
                },
            ],
        });

impl Inputs for Overview {
    fn read(args: &mut Args) -> Self {
        Self {
            work: args.required("work"),
        }
    }

    fn write(self, call: &mut Call) {
        call.part(self.work);
    }
}
