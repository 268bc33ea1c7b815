//! The edits of the specs that no rule tells alone, and the rules that are edits read backwards.

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
