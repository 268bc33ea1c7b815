//! Tools of the hand-made vendor on what is no work: a search, a linked list, a file, several reads in one.

use runtime::{About, Answer, Args, Call, Effect, Method, Page, Paging, Part, Tool, Verb};

use super::SIZES;

/// Search cases: `POST /cases/search`.
pub(super) struct SearchCases {
    state: Option<String>,
    page: Page,
}

impl Tool for SearchCases {
    const ABOUT: About = About {
        name: "acme_search_cases",
        listing: r#"{"name": "acme_search_cases", "title": "Search cases", "description": "Searches cases.",
  "inputSchema": {"type": "object", "properties": {"state": {"type": "string"}, "limit": {"type": "integer"},
  "next_cursor": {"type": "string"}}, "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "cases",
        method: Method::Custom("search"),
        effect: Effect::Read,
        tags: &["tickets"],
        verb: Verb::Post,
        path: "/cases/search",
        answer: Answer::List {
            records: "/data",
            paging: Paging::Cursor {
                cursor: "/start_page_key",
                size: "max_returned_items",
                in_body: true,
                sizes: SIZES,
                next: "/next_page_key",
            },
        },
        guidance: &[],
    };

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
pub(super) struct ListTickets {
    page: Page,
}

impl Tool for ListTickets {
    const ABOUT: About = About {
        name: "list_all_acme_tickets",
        listing: r#"{"name": "list_all_acme_tickets", "title": "List tickets", "description": "Lists tickets.",
  "inputSchema": {"type": "object", "properties": {"limit": {"type": "integer"}, "next_cursor": {"type": "string"}},
  "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "tickets",
        method: Method::List,
        effect: Effect::Read,
        tags: &["tickets"],
        verb: Verb::Get,
        path: "/tickets",
        answer: Answer::List {
            records: "",
            paging: Paging::Link {
                page: "page",
                size: "pageSize",
                first: 1,
                sizes: SIZES,
            },
        },
        guidance: &[],
    };

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
pub(super) struct DownloadWork {
    id: i64,
}

impl Tool for DownloadWork {
    const ABOUT: About = About {
        name: "download_a_acme_work",
        listing: r#"{"name": "download_a_acme_work", "title": "Download a work", "description": "Downloads its document.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "works",
        method: Method::Custom("download"),
        effect: Effect::Read,
        tags: &["files", "works"],
        verb: Verb::Get,
        path: "/works/{id}/pdf",
        answer: Answer::File {
            media_type: "application/pdf",
        },
        guidance: &[],
    };

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
pub(super) struct Overview {
    #[expect(dead_code, reason = "the parts take it from the arguments")]
    work: String,
}

impl Tool for Overview {
    const ABOUT: About = About {
        name: "get_single_acme_overview_by_id",
        listing: r#"{"name": "get_single_acme_overview_by_id", "title": "Get an overview", "description": "Gets an overview.",
  "inputSchema": {"type": "object", "properties": {"work": {"type": "string"}}, "required": ["work"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "overviews",
        method: Method::Get,
        effect: Effect::Read,
        tags: &["works"],
        verb: Verb::Get,
        path: "",
        answer: Answer::Parts {
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
        },
        guidance: &[],
    };

    fn read(args: &mut Args) -> Self {
        Self {
            work: args.required("work"),
        }
    }

    fn write(self, _call: &mut Call) {}
}
