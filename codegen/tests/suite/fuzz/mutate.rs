//! What is done to a document: the kinds of mistakes that vendors make, and those that nobody makes.

use serde_json::{Value, json};

use crate::tree;

/// Numbers out of a seed (SplitMix64): the same ones in each run.
pub(super) struct Random(u64);

impl Random {
    /// Starts at a seed.
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `end`, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^= it >> 31;
        usize::try_from(it % end as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const KEYS: [&str; 34] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "content",
    "default",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "explode",
    "format",
    "in",
    "items",
    "name",
    "not",
    "nullable",
    "oneOf",
    "operationId",
    "parameters",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "schema",
    "security",
    "servers",
    "style",
    "summary",
    "tags",
    "type",
    "writeOnly",
];

/// Does one thing to one place.
pub(super) fn mutate(document: &mut Value, other: &Value, random: &mut Random) {
    let places = tree::pointers(document);
    let pointer = random.one(&places).clone();
    let value = document.pointer(&pointer).cloned().unwrap_or_default();
    match random.below(11) {
        0 => tree::take(document, &pointer),
        1 | 2 => put(document, &pointer, scalar(random)),
        3 => {
            let from = random.one(&places);
            let copy = document.pointer(from).cloned().unwrap_or_default();
            put(document, &pointer, copy);
        }
        4 => {
            let others = tree::pointers(other);
            let copy = other
                .pointer(random.one::<String>(&others))
                .cloned()
                .unwrap_or_default();
            put(document, &pointer, copy);
        }
        5 => put(
            document,
            &pointer,
            json!({"$ref": reference(&places, random)}),
        ),
        6 => {
            let keyword = *random.one(&["allOf", "anyOf", "oneOf"]);
            let second = scalar(random);
            let list = if random.below(2) == 0 {
                json!([value])
            } else {
                json!([value, {"type": second}])
            };
            put(document, &pointer, json!({keyword: list}));
        }
        7 => rename(document, &pointer, random),
        8 => tree::put(
            document,
            &format!("{pointer}/{}", random.one(&KEYS)),
            scalar(random),
        ),
        9 => put(document, &pointer, json!({"type": "array", "items": value})),
        _ => put(document, &pointer, json!([value, value])),
    }
}

/// What holds a place that is no container is replaced with it: so are mistakes made.
fn put(document: &mut Value, pointer: &str, value: Value) {
    // A document that grows without end tells nothing new.
    if document.to_string().len() < 2_000_000 {
        tree::put(document, pointer, value);
    }
}

/// Another name for a key.
fn rename(document: &mut Value, pointer: &str, random: &mut Random) {
    let Some((parent, _)) = pointer.rsplit_once('/') else {
        return;
    };
    let value = document.pointer(pointer).cloned().unwrap_or_default();
    let names = [
        "a",
        "A",
        "id",
        "limit",
        "x-y",
        "größe 😀",
        "",
        "a/b~c",
        "self",
        "page",
        "{id}",
        "/{a}/{b}",
        "/a/{id}.json",
        "get",
        "clear",
        "next_cursor",
    ];
    let name = if random.below(2) == 0 {
        *random.one(&names)
    } else {
        *random.one(&KEYS)
    };
    if document.pointer(parent).is_some_and(Value::is_object) {
        tree::take(document, pointer);
        let token = name.replace('~', "~0").replace('/', "~1");
        tree::put(document, &format!("{parent}/{token}"), value);
    }
}

fn reference(places: &[String], random: &mut Random) -> String {
    let components: Vec<&String> = places
        .iter()
        .filter(|it| it.starts_with("/components/"))
        .collect();
    match random.below(6) {
        0 => "#/components/schemas/None".to_owned(),
        1 => "other.yaml#/a".to_owned(),
        2 => format!("#{}", random.one(places)),
        _ if components.is_empty() => "#/components/schemas/A".to_owned(),
        _ => format!("#{}", random.one(&components)),
    }
}

fn scalar(random: &mut Random) -> Value {
    match random.below(26) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(0),
        4 => json!(-1),
        5 => json!(1.5),
        6 => json!(u64::MAX),
        7 => json!(1e300),
        8 => json!(""),
        9 => json!("object"),
        10 => json!("array"),
        11 => json!("string"),
        12 => json!("integer"),
        13 => json!(["string", "null"]),
        14 => json!(["string", "integer"]),
        15 => json!("binary"),
        16 => json!("deepObject"),
        17 => json!("query"),
        18 => json!("path"),
        19 => json!("größe 😀 \u{1} \"quoted\" {brace} # hash: colon"),
        20 => json!([]),
        21 => json!({}),
        22 => json!("a".repeat(300)),
        23 => json!("[unclosed"),
        24 => json!("multipart/form-data"),
        _ => json!(random.one(&KEYS)),
    }
}
