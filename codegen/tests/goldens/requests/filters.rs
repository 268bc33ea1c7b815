//! What filters send: clauses of every type, groups, entries of arrays, custom fields, and short cuts.

use serde_json::json;

use super::Row;

pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "conditions",
            "list_all_acme_things",
            json!({
                "owner": "O'Hara", "owner_ids": [4, 5], "name_contains": "lid", "is_new": true,
                "changed_since": "2026-01-31T08:00:00Z",
                "conditions": [
                    {"field": "id", "op": "at_least", "value": 10},
                    {"field": "name", "op": "not_in", "value": ["a", "b"]},
                ]
            }),
            CONDITIONS,
        ),
        (
            "conditions",
            "list_all_acme_things",
            json!({
                "size": "Small", "unowned": false, "part": "lid",
                "conditions": [{"any": [
                    {"field": "size", "op": "not_equals", "value": "Large"},
                    {"field": "made", "op": "is_null"},
                ]}],
                "child_conditions": [{"field": "parts/weight", "op": "greater", "value": 1.5}],
                "custom_field_conditions": [{"caption": "Room", "op": "equals", "value": 7}],
            }),
            ALL_CONDITIONS,
        ),
        (
            "conditions",
            "count_acme_things",
            json!({"owner": "Ann", "conditions": [{"field": "size", "op": "in", "value": ["Small"]}]}),
            &[
                "GET /things/count?conditions=owner%2Fname%3D%22Ann%22%20and%20size%20in%20%28%22Small%22%29",
            ],
        ),
        (
            "conditions",
            "list_all_acme_things",
            json!({}),
            &["GET /things"],
        ),
    ]
}

/// Decoded: `owner/name="O'Hara" and owner/id in (4,5) and name contains "lid" and isNew=True and
/// changed>=[2026-01-31T08:00:00Z] and id>=10 and name not in ("a","b")`.
const CONDITIONS: &[&str] = &[
    "GET /things?conditions=owner%2Fname%3D%22O%27Hara%22%20and%20owner%2Fid%20in%20%284%2C5%29\
     %20and%20name%20contains%20%22lid%22%20and%20isNew%3DTrue%20and%20changed%3E%3D%5B2026-01-31T08%3A00%3A00Z%5D\
     %20and%20id%3E%3D10%20and%20name%20not%20in%20%28%22a%22%2C%22b%22%29",
];

const ALL_CONDITIONS: &[&str] = &[
    "GET /things?conditions=size%3D%22Small%22%20and%20owner%2Fid%21%3Dnull\
     %20and%20%28size%21%3D%22Large%22%20or%20made%3Dnull%29\
     &childConditions=parts%2Flabel%3D%22lid%22%20and%20parts%2Fweight%3E1.5\
     &customFieldConditions=caption%3D%22Room%22%20and%20value%3D7",
];
