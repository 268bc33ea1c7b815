//! A hand-made vendor that has one tool of each kind, written as generated code is.

#[path = "acme/others.rs"]
mod others;

use others::{DownloadWork, ListTickets, Overview, SearchCases};
use runtime::{
    About, Answer, Args, Auth, BaseUrl, Call, CallerKey, Choice, Complete, Credential, Effect,
    Entry, ErrorShape, Guidance, Input, Method, Page, Paging, Prompt, PromptArgument, RateLimit,
    Sizes, Strip, Tool, Value, Vendor, Verb,
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
    },
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
    tools: &[
        &[
            Entry::of::<ListWorks>(),
            Entry::of::<GetWork>(),
            Entry::of::<CreateWork>(),
            Entry::of::<DeleteWork>(),
        ],
        &[
            Entry::of::<SearchCases>(),
            Entry::of::<ListTickets>(),
            Entry::of::<DownloadWork>(),
            Entry::of::<Overview>(),
        ],
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

impl Tool for ListWorks {
    const ABOUT: About = About {
        name: "list_all_acme_works",
        listing: r#"{
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
"#,
        resource: "works",
        method: Method::List,
        effect: Effect::Read,
        tags: &["works"],
        verb: Verb::Get,
        path: "/works",
        answer: Answer::List {
            records: "/data",
            paging: Paging::Page {
                page: "page",
                size: "per_page",
                first: 1,
                sizes: SIZES,
                last_page: Some("/meta/last_page"),
            },
        },
        guidance: &[],
    };

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

impl Input for Relation {
    fn read(args: &mut Args) -> Self {
        args.choice()
    }
    fn json(self) -> Value {
        self.wire()
    }
}

/// Get a work: `GET /works/{id}`.
struct GetWork {
    id: String,
}

impl Tool for GetWork {
    const ABOUT: About = About {
        name: "get_single_acme_work_by_id",
        listing: r#"{"name": "get_single_acme_work_by_id", "title": "Get a work", "description": "Gets one work.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "works",
        method: Method::Get,
        effect: Effect::Read,
        tags: &["works"],
        verb: Verb::Get,
        path: "/works/{id}",
        answer: Answer::Single { record: "/data" },
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

/// Create a work: `POST /works`.
struct CreateWork {
    name: String,
    customer_id: Option<i64>,
}

impl Tool for CreateWork {
    const ABOUT: About = About {
        name: "create_a_acme_work",
        listing: r#"{"name": "create_a_acme_work", "title": "Create a work", "description": "Creates a work.",
  "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}, "customer_id": {"type": "integer"}},
  "required": ["name"], "additionalProperties": false},
  "annotations": {"readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": true}}"#,
        resource: "works",
        method: Method::Create,
        effect: Effect::Write,
        tags: &["works"],
        verb: Verb::Post,
        path: "/works",
        answer: Answer::Single { record: "/data" },
        guidance: &[Guidance {
            statuses: &[409, 422],
            mentions: "Document",
            say: "Upload the document first with upload_a_acme_document, then send again.",
        }],
    };

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

impl Tool for DeleteWork {
    const ABOUT: About = About {
        name: "delete_a_acme_work_by_id",
        listing: r#"{"name": "delete_a_acme_work_by_id", "title": "Delete a work", "description": "Deletes a work.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": false, "destructiveHint": true, "idempotentHint": true, "openWorldHint": true}}"#,
        resource: "works",
        method: Method::Delete,
        effect: Effect::Destroy,
        tags: &["works"],
        verb: Verb::Delete,
        path: "/works/{id}",
        answer: Answer::Deleted,
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
