//! The edits of the specs by which the rules of lint are tried.

/// A rule, what of the specs is replaced by what, and what is then found: of which tools, and what of them.
pub(super) type Edit = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static [&'static str], &'static str)],
);

/// At least one edit for each rule; each is found as exactly that rule.
pub(super) const EDITS: &[Edit] = &[
    (
        "description-repeats",
        &[(
            "Answers everything about a single piece of the stock.\"",
            "Get the single thing, by the id of this thing.\"",
        )],
        &[(&["get_single_acme_thing_by_id"], "")],
    ),
    (
        "description-short",
        &[(
            "Answers everything about a single piece of the stock.\"",
            "Answers a piece with its parts.\"",
        )],
        &[(&["get_single_acme_thing_by_id"], "")],
    ),
    (
        "input-undescribed",
        &[(
            "city: {type: string, description: The town of the store.}",
            "city: {type: string}",
        )],
        &[(&["create_a_acme_thing"], "place/city")],
    ),
    (
        "input-undescribed",
        &[(
            "properties: {city: {type: string, description: The town of the store.}",
            "additionalProperties: {type: string}, properties: {city: {type: string}",
        )],
        &[(&["create_a_acme_thing"], "place/city")],
    ),
    (
        "input-undescribed",
        &[(
            "size: {type: integer, description: Its longest side in millimetres.}",
            "size: {description: Its longest side in millimetres., oneOf: [{type: integer}, {type: object, required: [feet], properties: {feet: {type: integer}}}]}",
        )],
        &[(&["create_a_acme_thing"], "size/feet")],
    ),
    (
        "input-description-repeats",
        &[("Only what is painted so.", "The value of the colour.")],
        &[(&["list_all_acme_things"], "colour")],
    ),
    (
        "input-description-repeats",
        &[("Which board it lies on.", "This is the shelf.")],
        &[(&["create_a_acme_thing"], "place/shelf")],
    ),
    (
        "input-description-short",
        &[("Its longest side in millimetres.", "In metres")],
        &[(&["create_a_acme_thing"], "size")],
    ),
    (
        "name-prefixed-long",
        &[(
            "title: Search things",
            "tool: search_acme_for_everything_that_was_ever_noted_anywhere, title: Search things",
        )],
        &[(
            &["search_acme_for_everything_that_was_ever_noted_anywhere"],
            "",
        )],
    ),
    (
        "name-numbered",
        &[(
            "title: Search things",
            "tool: search_acme_things_2, title: Search things",
        )],
        &[(&["search_acme_things_2"], "")],
    ),
    (
        "names-alike",
        &[(
            "title: List boxes",
            "tool: list_all_acme_thing, title: List boxes",
        )],
        &[(&["list_all_acme_thing", "list_all_acme_things"], "")],
    ),
    (
        "names-alike",
        &[(
            "title: List boxes",
            "tool: list_all_acme_thinks, title: List boxes",
        )],
        &[(&["list_all_acme_things", "list_all_acme_thinks"], "")],
    ),
    (
        "descriptions-alike",
        &[(
            "title: List boxes, description: \"Answers the crates in which pieces are sent, and their sizes.\"",
            "title: List things, description: \"Answers what a workshop keeps, the whole or of one colour.\"",
        )],
        &[(&["list_all_acme_boxes", "list_all_acme_things"], "")],
    ),
    (
        "item-without-id",
        &[(
            "        search: {operation: POST /things/search",
            "        update: {operation: POST /things/search",
        )],
        &[(&["update_a_acme_thing_by_id"], "")],
    ),
    (
        "effect-contradicts-verb",
        &[(
            "of one colour.\", effect: read",
            "of one colour.\", effect: write",
        )],
        &[(&["list_all_acme_things"], "")],
    ),
    (
        "effect-contradicts-verb",
        &[(
            "can bring back.\", effect: destroy",
            "can bring back.\", effect: write",
        )],
        &[(&["delete_a_acme_thing_by_id"], "")],
    ),
    (
        "effect-contradicts-verb",
        &[("its price.\", effect: write", "its price.\", effect: read")],
        &[(&["create_a_acme_thing"], "")],
    ),
    (
        "tool-too-large",
        &[("tool_bytes: 8000", "tool_bytes: 706")],
        &[(&["create_a_acme_thing"], "")],
    ),
    (
        "list-too-large",
        &[("list_tokens: 25000", "list_tokens: 100")],
        &[(&[], "tools/list")],
    ),
    (
        "enum-too-long",
        &[("enum: [red, green]", "enum: [red, green, blue]")],
        &[(&["list_all_acme_things"], "colour")],
    ),
    (
        "enum-too-long",
        &[(
            "size: {type: integer, description: Its longest side in millimetres.}",
            "size: {enum: [1, two, 3.5], description: Its longest side in millimetres.}",
        )],
        &[(&["create_a_acme_thing"], "size")],
    ),
    (
        "object-without-example",
        &[
            (", place: {city: Kiel}", ""),
            (
                "required: [city], properties: {city",
                "required: [city], additionalProperties: {type: string}, properties: {city",
            ),
        ],
        &[(&["create_a_acme_thing"], "place")],
    ),
    (
        "object-without-example",
        &[(", place: {city: Kiel}", "")],
        &[(&["create_a_acme_thing"], "place")],
    ),
    (
        "tag-missing",
        &[("tags: [boxes], title: List boxes", "title: List boxes")],
        &[(&["list_all_acme_boxes"], "")],
    ),
    (
        "tag-of-one",
        &[
            ("tags: {things", "tags: {rare: What is rare., things"),
            ("title: Search things", "tags: [rare], title: Search things"),
        ],
        &[(&["search_a_acme_thing"], "rare")],
    ),
    (
        "tag-of-all",
        &[
            ("tags: [boxes], title", "tags: [boxes, things], title"),
            ("tags: [boxes], title", "tags: [boxes, things], title"),
            ("tags: [boxes], title", "tags: [boxes, things], title"),
        ],
        &[(&[], "things")],
    ),
    (
        "allow-unused",
        &[(
            "allow: {}",
            "allow: {tag-missing: {search_a_acme_thing: It has one.}}",
        )],
        &[(&[], "search_a_acme_thing")],
    ),
    (
        "allow-unused",
        &[(
            "allow: {}",
            "allow: {tags-missing: {\"*\": There is no such rule.}}",
        )],
        &[(&[], "*")],
    ),
];

/// What no record can leave out, so that it is found only of tools without one.
pub(super) const OF_DERIVED_TOOLS: &str = "example-missing";
