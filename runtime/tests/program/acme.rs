//! A hand-made vendor that has one tool of each kind, written as generated code is.

#[path = "acme/others.rs"]
mod others;

use others::{DOWNLOAD_WORK, LIST_TICKETS, OVERVIEW, SEARCH_CASES};
use runtime::{
    Args, Auth, BaseUrl, Call, CallerKey, Choice, Complete, Credential, Entry, ErrorShape,
    Guidance, Inputs, LongQueries, Named, Page, Paging, Prompt, PromptArgument, RateLimit, Sizes,
    Strip, Synonym, Vendor,
};

/// The vendor.
pub(crate) static VENDOR: Vendor = Vendor {
    label: "acme",
    title: "Acme",
    binary: "acme-mcp",
    version: "0.1.0",
    spec_version: "7",
    instructions: "Works have tickets.",
    base_url: BaseUrl {
        default: None,
        variable: "ACME_BASE_URL",
        variables: &[],
        regions: &[],
        discovery: None,
    },
    servers: &[],
    credentials: &[
        Credential {
            name: "api_key",
            variable: "ACME_API_KEY",
            secret: true,
            description: "The key, from Settings.",
        },
        Credential {
            name: "client_id",
            variable: "ACME_CLIENT_ID",
            secret: false,
            description: "The integration's id.",
        },
    ],
    auth: &[
        Auth::Header {
            header: "X-API-Key",
            value: "{api_key}",
        },
        Auth::Basic {
            username: "{client_id}",
            password: "{api_key}",
        },
    ],
    caller_key: Some(CallerKey {
        header: "X-API-Key",
        credential: "api_key",
    }),
    me: None,
    headers: &[("Accept", "application/json")],
    rate_limit: RateLimit {
        limit: &["X-RateLimit-Limit"],
        remaining: &["X-RateLimit-Remaining"],
        reset: &["X-RateLimit-Reset"],
        retry_after: &["Retry-After"],
    },
    errors: ErrorShape {
        code: &["/code"],
        message: &["/message", "/error"],
        details: &["/errors"],
        guidance: &[],
        connection: &[],
    },
    long_queries: LongQueries {
        longest_url: None,
        body: &[],
    },
    strip: Strip {
        empty_objects: false,
        keys: &["_info"],
    },
    tags: &[
        ("works", "Works."),
        ("tickets", "Tickets."),
        ("files", "Files."),
    ],
    vocabulary: &[Synonym {
        term: "work",
        said: &["job", "assignment"],
    }],
    tools: &[
        &[&[LIST_WORKS, GET_WORK, CREATE_WORK], &[DELETE_WORK]],
        &[&[SEARCH_CASES, LIST_TICKETS, DOWNLOAD_WORK, OVERVIEW]],
    ],
    prompts: &[Prompt {
        name: "review",
        title: "Review a work",
        description: "Reviews one work.",
        arguments: &[
            PromptArgument {
                name: "work",
                description: "Its name.",
                required: true,
                default: "",
                complete: Complete::Tool {
                    tool: "list_all_acme_works",
                    field: "name",
                },
            },
            PromptArgument {
                name: "hours",
                description: "How far back.",
                required: false,
                default: "24",
                complete: Complete::Values(&["1", "24", "168"]),
            },
        ],
        text: "Review {work} of the last {hours} hours with `list_all_acme_works`.",
    }],
};

const SIZES: Sizes = Sizes {
    default: 25,
    max: 100,
};

/// List works: `GET /works`.
struct ListWorks {
    customer_id: Option<i64>,
    with: Option<Vec<Relation>>,
    page: Page,
}

const LIST_WORKS: Entry = Named::new("list_all_acme_works", r#"{
  "name": "list_all_acme_works",
  "title": "List works",
  "description": "Lists works — all of them.",
  "inputSchema": {
    "type": "object",
    "properties": {
      "customer_id": {"type": "integer", "description": "Whose."},
      "with": {"type": "array", "items": {"type": "string", "enum": ["customer", "status"]}},
      "limit": {"type": "integer", "minimum": 1, "maximum": 100},
      "next_cursor": {"type": "string"}
    },
    "additionalProperties": false
  },
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}
}
"#).list("works", "/works").takes::<ListWorks>().tags(&["works"]).at("/data").paged(Paging::Page {
                page: "page",
                size: "per_page",
                first: 1,
                sizes: SIZES,
                last_page: Some("/meta/last_page"),
            });

impl Inputs for ListWorks {
    fn read(args: &mut Args) -> Self {
        Self {
            customer_id: args.optional("customer_id"),
            with: args.optional("with"),
            page: args.page(100),
        }
    }

    fn write(self, call: &mut Call) {
        call.query("customer_id", self.customer_id);
        call.query("with[]", self.with);
        call.page(self.page);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Customer,
    Status,
}

impl Choice for Relation {
    const ALL: &'static [(&'static str, Self)] =
        &[("customer", Self::Customer), ("status", Self::Status)];
}

/// Get a work: `GET /works/{id}`.
struct GetWork {
    id: String,
}

const GET_WORK: Entry = Named::new("get_single_acme_work_by_id", r#"{"name": "get_single_acme_work_by_id", "title": "Get a work", "description": "Gets one work.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).get("works", "/works/{id}").takes::<GetWork>().aliases(&["read_a_acme_work"]).tags(&["works"]).at("/data");

impl Inputs for GetWork {
    fn read(args: &mut Args) -> Self {
        Self {
            id: args.required("id"),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
    }
}

/// Create a work: `POST /works`.
struct CreateWork {
    name: String,
    customer_id: Option<i64>,
}

const CREATE_WORK: Entry = Named::new("create_a_acme_work", r#"{"name": "create_a_acme_work", "title": "Create a work", "description": "Creates a work.",
  "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}, "customer_id": {"type": "integer"}},
  "required": ["name"], "additionalProperties": false},
  "annotations": {"readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": true}}"#).create("works", "/works").takes::<CreateWork>().tags(&["works"]).at("/data").guidance(&[Guidance {
            statuses: &[409, 422],
            mentions: "Document",
            say: "Upload the document first with upload_a_acme_document, then send again.",
        }]);

impl Inputs for CreateWork {
    fn read(args: &mut Args) -> Self {
        Self {
            name: args.required("name"),
            customer_id: args.optional("customer_id"),
        }
    }

    fn write(self, call: &mut Call) {
        call.body("name", self.name);
        call.body("customer_id", self.customer_id);
    }
}

/// Delete a work: `DELETE /works/{id}`.
struct DeleteWork {
    id: i64,
}

const DELETE_WORK: Entry = Named::new("delete_a_acme_work_by_id", r#"{"name": "delete_a_acme_work_by_id", "title": "Delete a work", "description": "Deletes a work.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": false, "destructiveHint": true, "idempotentHint": true, "openWorldHint": true}}"#).delete("works", "/works/{id}").takes::<DeleteWork>().tags(&["works"]);

impl Inputs for DeleteWork {
    fn read(args: &mut Args) -> Self {
        Self {
            id: args.required("id"),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
    }
}
