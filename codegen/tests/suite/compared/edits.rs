//! The edits of the specs by which the rules are tried.

/// A rule, what of the specs is replaced by what, and where the change is told: subject, and what of it.
pub(super) type Edit = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// A series of edits, at least one for each rule; each changes one thing.
pub(super) const EDITS: &[Edit] = &[
    (
        "tool-added",
        "        copy: {operation",
        "        duplicate: {operation: \"POST /things/{id}/duplicate\", title: Duplicate it, description: Duplicate a thing., effect: write, examples: [{summary: An example, arguments: {id: 7}}]}\n        copy: {operation",
        &[("duplicate_a_acme_thing", "")],
    ),
    (
        "tool-removed",
        "        delete: {operation: \"DELETE /things/{id}\", title: Delete a thing, description: Delete a thing of a test., effect: destroy, examples: [{summary: An example, arguments: {id: 7}}]}\n",
        "",
        &[("delete_a_acme_thing_by_id", "")],
    ),
    (
        "tool-renamed",
        "effect: destroy, examples",
        "effect: destroy, tool: acme_drop, examples",
        &[("acme_drop", "")],
    ),
    (
        "tool-renamed-with-alias",
        "effect: destroy, examples",
        "effect: destroy, tool: acme_drop, aliases: [delete_a_acme_thing_by_id], examples",
        &[("acme_drop", "")],
    ),
    (
        "alias-added",
        "aliases: [read_a_acme_thing]",
        "aliases: [read_a_acme_thing, see_a_acme_thing]",
        &[("get_single_acme_thing_by_id", "")],
    ),
    (
        "alias-dropped",
        "aliases: [read_a_acme_thing], ",
        "",
        &[("get_single_acme_thing_by_id", "")],
    ),
    (
        "input-added",
        "note: {type: string",
        "more: {type: boolean, description: More.}, note: {type: string",
        &[("create_a_acme_thing", "more")],
    ),
    (
        "input-added",
        "city: {type: string",
        "zip: {type: string, description: Zip code.}, city: {type: string",
        &[("create_a_acme_thing", "place/zip")],
    ),
    (
        "input-removed",
        ", city: {type: string, description: City.}",
        "",
        &[("create_a_acme_thing", "place/city")],
    ),
    (
        "input-renamed",
        "fixed: {shape: flat}",
        "inputs: {colour: {rename: color}, name: {}, size: {}, tags: {}}, fixed: {shape: flat}",
        &[("list_all_acme_things", "color")],
    ),
    (
        "input-required",
        "required: [name]",
        "required: [name, note]",
        &[("create_a_acme_thing", "note")],
    ),
    (
        "input-optional",
        "{type: object, required: [name], properties",
        "{type: object, properties",
        &[("create_a_acme_thing", "name")],
    ),
    (
        "input-retyped",
        "description: Only of this size., schema: {type: integer}",
        "description: Only of this size., schema: {type: string}",
        &[("list_all_acme_things", "size")],
    ),
    (
        "input-widened",
        "description: Only of this size., schema: {type: integer}",
        "description: Only of this size., schema: {type: number}",
        &[("list_all_acme_things", "size")],
    ),
    (
        "enum-gained",
        "enum: [red, green]",
        "enum: [red, green, blue]",
        &[("list_all_acme_things", "colour")],
    ),
    (
        "enum-lost",
        "enum: [red, green]",
        "enum: [red]",
        &[("list_all_acme_things", "colour")],
    ),
    (
        "form-gained",
        "oneOf: [{type: string}, {type: integer}, {type: boolean}]",
        "oneOf: [{type: string}, {type: integer}, {type: boolean}, {type: object, required: [word], properties: {word: {type: string}}}]",
        &[("create_a_acme_thing", "code")],
    ),
    (
        "form-lost",
        "oneOf: [{type: string}, {type: integer}, {type: boolean}]",
        "oneOf: [{type: string}, {type: integer}]",
        &[("create_a_acme_thing", "code")],
    ),
    (
        "input-widened",
        "note: {type: string,",
        "note: {oneOf: [{type: string}, {type: integer}],",
        &[("create_a_acme_thing", "note")],
    ),
    (
        "limit-loosened",
        ", additionalProperties: {type: string, maxLength: 9}",
        ", additionalProperties: {type: string, maxLength: 10}",
        &[("create_a_acme_thing", "box{}")],
    ),
    (
        "limit-tightened",
        ", additionalProperties: {type: string, maxLength: 9}",
        "",
        &[("create_a_acme_thing", "box{}")],
    ),
    (
        "limit-tightened",
        "maxLength: 20",
        "maxLength: 10",
        &[("list_all_acme_things", "name")],
    ),
    (
        "limit-loosened",
        "maxLength: 20",
        "maxLength: 30",
        &[("list_all_acme_things", "name")],
    ),
    (
        "limit-tightened",
        "price: {type: number",
        "price: {type: number, format: decimal",
        &[("create_a_acme_thing", "price")],
    ),
    (
        "encoding-changed",
        "style: form, explode: true",
        "style: form, explode: false",
        &[("list_all_acme_things", "tags")],
    ),
    (
        "constant-changed",
        "fixed: {shape: flat}",
        "fixed: {shape: deep}",
        &[("list_all_acme_things", "constants")],
    ),
    (
        "endpoint-changed",
        "operation: \"POST /things/{id}/copy\"",
        "operation: \"POST /things/{id}/duplicate\"",
        &[("copy_a_acme_thing", "")],
    ),
    (
        "answer-changed",
        "title: List things",
        "paging: other, title: List things",
        &[("list_all_acme_things", "answer")],
    ),
    (
        "effect-graver",
        "description: List things of a test., effect: read",
        "description: List things of a test., effect: write",
        &[("list_all_acme_things", "effect")],
    ),
    (
        "effect-milder",
        "effect: destroy",
        "effect: write",
        &[("delete_a_acme_thing_by_id", "effect")],
    ),
    (
        "idempotent-lost",
        "effect: destroy",
        "effect: destroy, idempotent: false",
        &[("delete_a_acme_thing_by_id", "idempotent")],
    ),
    (
        "idempotent-gained",
        "title: Copy a thing, description: Copy a thing of a test., effect: write",
        "title: Copy a thing, description: Copy a thing of a test., effect: write, idempotent: true",
        &[("copy_a_acme_thing", "idempotent")],
    ),
    (
        "check-changed",
        "is: [whole]",
        "is: [whole, mended]",
        &[("copy_a_acme_thing", "check")],
    ),
    (
        "operation-gated",
        "      delete:\n",
        "      delete:\n        servers: [{url: \"https://other.example\"}]\n",
        &[("delete_a_acme_thing_by_id", "")],
    ),
    (
        "operation-appeared",
        "    /refused:\n",
        "    /new:\n      get:\n        responses: {\"204\": {description: Nothing.}}\n    /refused:\n",
        &[("GET /new", "")],
    ),
    (
        "operation-gone",
        "    /refused:\n      get:\n        responses: {\"200\": {description: Something in XML., content: {application/xml: {schema: {type: string}}}}}\n",
        "",
        &[("GET /refused", "")],
    ),
    (
        "prompt-added",
        "    - {name: greet",
        "    - {name: leave, title: Leave, description: Say goodbye., text: Goodbye.}\n    - {name: greet",
        &[("leave", "")],
    ),
    (
        "prompt-argument-required",
        "{name: how, description: How.}",
        "{name: how, description: How., required: true}",
        &[("greet", "how")],
    ),
    (
        "prompt-argument-added",
        "{name: who, description: Whom., required: true}",
        "{name: who, description: Whom.}",
        &[("greet", "who")],
    ),
    (
        "setting-changed",
        "  tags: {things: Things of a test.}\n",
        "  tags: {things: Things of a test.}\n  base_url: {variable: ACME_URL}\n",
        &[("the base URL", "")],
    ),
    (
        "setting-changed",
        "  tags: {things: Things of a test.}\n",
        "  tags: {things: Things of a test.}\n  auth: [{query: key, value: \"{token}\"}]\n",
        &[("the authorization", "")],
    ),
    (
        "setting-changed",
        "  tags: {things: Things of a test.}\n",
        "  tags: {things: Things of a test.}\n  auth: [{oauth2: {token_url: \"https://login.acme.example/token\", client_id: acme, client_secret: \"{token}\"}}]\n",
        &[("the authorization", "")],
    ),
    (
        "setting-changed",
        "  tags: {things: Things of a test.}\n",
        "  tags: {things: Things of a test.}\n  base_url: {default: \"https://{tenant}.acme.example\", variable: ACME_BASE_URL, variables: {tenant: {description: The tenant., variable: ACME_TENANT}}}\n",
        &[("the base URL", "")],
    ),
    (
        "credentials-spared",
        "        responses: {\"204\": {description: It is gone.}}\n",
        "        security: []\n        responses: {\"204\": {description: It is gone.}}\n",
        &[("delete_a_acme_thing_by_id", "credentials")],
    ),
    (
        "title-changed",
        "title: List things",
        "title: List all things",
        &[("list_all_acme_things", "title")],
    ),
    (
        "description-changed",
        "description: Only of this size.",
        "description: Only of exactly this size.",
        &[("list_all_acme_things", "size")],
    ),
    (
        "description-changed",
        "description: List things of a test.",
        "description: List all things of a test.",
        &[("list_all_acme_things", "")],
    ),
    (
        "example-changed",
        "arguments: {name: Box, ",
        "arguments: {name: Crate, ",
        &[("create_a_acme_thing", "examples")],
    ),
    (
        "guidance-changed",
        "say: It is there already.",
        "say: Look for it.",
        &[("create_a_acme_thing", "guidance")],
    ),
];

/// Edits that cannot come alone: a prompt's text goes with its arguments, a tag with its vocabulary, a credential with the
/// header that it opens, a limit of free JSON with the sentence that says it.
pub(super) const TOGETHER: &[(&str, &[(&str, &str)])] = &[
    (
        "input-added-required",
        &[
            ("required: [name]", "required: [name, more]"),
            (
                "note: {type: string",
                "more: {type: boolean, description: More.}, note: {type: string",
            ),
            (
                "arguments: {name: Box, ",
                "arguments: {name: Box, more: true, ",
            ),
        ],
    ),
    (
        "limit-tightened",
        &[(
            "within: {bytes: 4096, depth: 5}",
            "within: {bytes: 2048, depth: 5}",
        )],
    ),
    (
        "limit-loosened",
        &[(
            "within: {bytes: 4096, depth: 5}",
            "within: {bytes: 4096, depth: 6}",
        )],
    ),
    (
        "limit-tightened",
        &[(
            "within: {bytes: 4096, depth: 5}",
            "within: {bytes: 4096, depth: 5, without: [script]}",
        )],
    ),
    (
        "endpoint-changed",
        &[
            (
                "        responses: {\"204\": {description: It is gone.}}\n",
                "        servers: [{url: \"https://bin.acme.example\"}]\n        responses: {\"204\": {description: It is gone.}}\n",
            ),
            (
                "  tags: {things: Things of a test.}\n",
                "  tags: {things: Things of a test.}\n  servers: {bin: {url: \"https://bin.acme.example\", variable: ACME_BIN_URL}}\n",
            ),
        ],
    ),
    (
        "prompt-removed",
        &[(
            "    - {name: greet, title: Greet, description: Say hello., arguments: [{name: who, description: Whom., required: true}, {name: how, description: How.}], text: \"Greet {who}, {how}.\"}",
            "    []",
        )],
    ),
    (
        "prompt-argument-removed",
        &[(", {name: how, description: How.}", ""), (", {how}.", ".")],
    ),
    (
        "tag-added",
        &[
            (
                "tags: {things: Things of a test.}",
                "tags: {things: Things of a test., boxes: Boxes.}",
            ),
            ("title: Copy a thing", "tags: [boxes], title: Copy a thing"),
        ],
    ),
    (
        "setting-added",
        &[(
            "  tags: {things: Things of a test.}\n",
            "  tags: {things: Things of a test.}\n  credentials: [{name: token, variable: ACME_TOKEN, secret: true, description: The token of a test.}, {name: site, variable: ACME_SITE, secret: false, description: The site.}]\n",
        )],
    ),
];

/// Rules that an edit read backwards is told as.
pub(super) const BACKWARDS: &[(&str, &str)] = &[
    ("operation-gated", "operation-admitted"),
    ("tag-added", "tag-removed"),
    ("credentials-spared", "credentials-wanted"),
    ("setting-added", "setting-removed"),
];
