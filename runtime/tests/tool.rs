//! A tool as codegen emits it: arguments in, one call or all mistakes out.

use runtime::{Args, Call, Choice, Entry, Inputs, Named, Page, Paging, Sizes, Value};
use serde_json::json;

/// List notes: `GET /works/{workId}/notes`.
struct ListAllAcmeNotes {
    work_id: i64,
    author: String,
    with: Option<Vec<NoteRelation>>,
    page: Page,
}

const LIST_ALL_ACME_NOTES: Entry = Named::new("list_all_acme_notes", "{}")
    .list("notes", "/works/{workId}/notes")
    .takes::<ListAllAcmeNotes>()
    .tags(&["works"])
    .at("/data")
    .paged(Paging::Page {
        page: "page",
        size: "per_page",
        first: 1,
        sizes: Sizes {
            default: 25,
            max: 100,
        },
        last_page: None,
    });

impl Inputs for ListAllAcmeNotes {
    fn read(args: &mut Args) -> Self {
        Self {
            work_id: args.required("work_id"),
            author: args.required("author"),
            with: args.optional("with"),
            page: args.page(100),
        }
    }

    fn write(self, call: &mut Call) {
        call.path("workId", self.work_id);
        call.query("author", self.author);
        call.query("with[]", self.with);
        call.page(self.page);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum NoteRelation {
    Customer,
    Status,
}

impl Choice for NoteRelation {
    const ALL: &'static [(&'static str, Self)] =
        &[("customer", Self::Customer), ("status", Self::Status)];
}

static TOOLS: &[Entry] = &[LIST_ALL_ACME_NOTES];

/// Path and query of the call, or what is wrong.
fn call(arguments: Value) -> Result<String, Vec<String>> {
    let call = TOOLS[0].call(&arguments);
    let sent = call.map(|call| format!("{}?{}", call.path, call.query_string()));
    sent.map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

#[test]
fn a_call_is_made() {
    assert_eq!(
        call(json!({"work_id": 7, "author": "Ann", "with": ["customer", "status"], "limit": 5})),
        Ok("/works/7/notes?author=Ann&with%5B%5D=customer&with%5B%5D=status".to_owned())
    );
}

#[test]
fn unknown_key_wrong_type_and_missing_input_are_told_at_once() {
    assert_eq!(
        call(json!({"work_id": "seven", "wiht": ["customer"]})),
        Err(vec![
            r#"work_id: expected an integer, got the string "seven""#.to_owned(),
            "author: required input is missing".to_owned(),
            "wiht: unknown input `wiht`; did you mean `with`?".to_owned(),
        ])
    );
}

#[test]
fn a_relation_outside_the_enum_makes_no_call() {
    assert_eq!(
        call(json!({"work_id": 7, "author": "Ann", "with": ["customer", "state"]})),
        Err(vec![
            r#"with[1]: expected one of "customer", "status", got the string "state"; did you mean "status"?"#.to_owned()
        ])
    );
}
