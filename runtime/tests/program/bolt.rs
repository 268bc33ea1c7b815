//! A hand-made vendor whose API is guarded in many ways: a key in the query, a cookie, a token; at a URL with variables, and at a
//! server besides.

use runtime::{
    Args, Auth, BaseUrl, Call, CallerKey, ClientAuthentication, Credential, Entry, ErrorShape,
    Inputs, LongQueries, Named, OAuth2, OtherServer, RateLimit, Strip, UrlVariable, Vendor,
};

/// The vendor.
pub(crate) static VENDOR: Vendor = Vendor {
    label: "bolt",
    title: "Bolt",
    binary: "bolt-mcp",
    version: "0.1.0",
    spec_version: "1",
    instructions: "",
    base_url: BaseUrl {
        default: Some("https://{tenant}.bolt.example/{version}"),
        variable: "BOLT_BASE_URL",
        variables: &[
            UrlVariable {
                name: "tenant",
                variable: "BOLT_TENANT",
                description: "The part of the address that is yours.",
                default: None,
                values: &[],
            },
            UrlVariable {
                name: "version",
                variable: "BOLT_VERSION",
                description: "Version of the API.",
                default: Some("v1"),
                values: &["v1", "v2"],
            },
        ],
        regions: &[("eu", "https://{tenant}.eu.bolt.example/{version}")],
        discovery: None,
    },
    servers: &[OtherServer {
        name: "uploads",
        url: "https://uploads.{tenant}.bolt.example/up/{version}",
        variable: "BOLT_UPLOADS_URL",
    }],
    credentials: &[
        credential("api_key", "BOLT_API_KEY", true),
        credential("session", "BOLT_SESSION", true),
        credential("client_id", "BOLT_CLIENT_ID", false),
        credential("client_secret", "BOLT_CLIENT_SECRET", true),
    ],
    auth: &[
        Auth::Query {
            query: "api_key",
            value: "{api_key}",
        },
        Auth::Cookie {
            cookie: "session",
            value: "{session}",
        },
        Auth::OAuth2(OAuth2 {
            token_url: "/oauth/token/",
            client_id: "{client_id}",
            client_secret: "{client_secret}",
            scopes: &["things"],
            authentication: ClientAuthentication::Basic,
            parameters: &[],
        }),
    ],
    caller_key: Some(CallerKey {
        header: "X-Bolt-Secret",
        credential: "client_secret",
    }),
    me: None,
    headers: &[("Cookie", "theme=dark")],
    rate_limit: RateLimit {
        limit: &[],
        remaining: &[],
        reset: &[],
        retry_after: &["Retry-After"],
    },
    errors: ErrorShape {
        code: &["/code"],
        message: &["/message"],
        details: &[],
        guidance: &[],
        connection: &[],
    },
    long_queries: LongQueries {
        longest_url: None,
        body: &[],
    },
    strip: Strip {
        empty_objects: false,
        keys: &[],
    },
    tags: &[],
    vocabulary: &[],
    tools: &[&[&[LIST_THINGS, GET_THING, SEND_THING, STATUS]]],
    prompts: &[],
};

const fn credential(name: &'static str, variable: &'static str, secret: bool) -> Credential {
    Credential {
        name,
        variable,
        secret,
        description: "From Settings.",
    }
}

const LIST_THINGS: Entry = Named::new("list_all_bolt_things", r#"{"name": "list_all_bolt_things", "title": "List things", "description": "Lists things.",
  "inputSchema": {"type": "object", "properties": {}, "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).list("things", "/things");

/// Get a thing: `GET /things/{id}`.
struct GetThing {
    id: String,
    api_key: Option<String>,
}

const GET_THING: Entry = Named::new("get_single_bolt_thing_by_id", r#"{"name": "get_single_bolt_thing_by_id", "title": "Get a thing", "description": "Gets a thing.",
  "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "api_key": {"type": "string"}}, "required": ["id"], "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).get("things", "/things/{id}").takes::<GetThing>();

impl Inputs for GetThing {
    fn read(args: &mut Args) -> Self {
        Self {
            id: args.required("id"),
            api_key: args.optional("api_key"),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("id", self.id);
        call.query("api_key", self.api_key);
    }
}

const SEND_THING: Entry = Named::new("send_a_bolt_thing", r#"{"name": "send_a_bolt_thing", "title": "Send a thing", "description": "Sends a thing.",
  "inputSchema": {"type": "object", "properties": {}, "additionalProperties": false},
  "annotations": {"readOnlyHint": false, "destructiveHint": false, "idempotentHint": false, "openWorldHint": true}}"#).custom("send", "things", "/things/send").on("uploads");

const STATUS: Entry = Named::new("get_bolt_status", r#"{"name": "get_bolt_status", "title": "Status", "description": "How the service does.",
  "inputSchema": {"type": "object", "properties": {}, "additionalProperties": false},
  "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}}"#).list("status", "/status").open();
