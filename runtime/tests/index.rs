//! The search among tools, over a few tools that are much alike: what is found, in which order, and why.

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed},
};
use runtime::{Effect, Found, Index, Method, Subject, Synonym};

const VOCABULARY: &[Synonym] = &[
    Synonym {
        term: "company",
        said: &["customer", "paying client"],
    },
    Synonym {
        term: "time entry",
        said: &["hours"],
    },
    Synonym {
        term: "nothing here",
        said: &["zebra"],
    },
];

/// Name, method, effect, path, title, description, argument.
type Row = (
    &'static str,
    Method,
    Effect,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("list_tickets", Method::List, Effect::Read, "/service/tickets", "Get List of Ticket", "Get List of Ticket.", "company"),
    ("count_tickets", Method::Get, Effect::Read, "/service/tickets/count", "Get Count of Ticket", "Get Count of Ticket.", "company"),
    ("list_ticket_infos", Method::List, Effect::Read, "/service/tickets/info", "Get List of TicketInfo", "Get List of TicketInfo.", "company"),
    ("create_ticket", Method::Create, Effect::Write, "/service/tickets", "Post Ticket", "Post Ticket.", "summary"),
    ("update_ticket", Method::Update, Effect::Write, "/service/tickets/{id}", "Patch Ticket", "Patch Ticket.", "summary"),
    ("delete_ticket", Method::Delete, Effect::Destroy, "/service/tickets/{id}", "Delete Ticket", "Delete Ticket.", "id"),
    ("merge_ticket", Method::Create, Effect::Write, "/service/tickets/{id}/merge", "Post SuccessResponse", "Post SuccessResponse.", "id"),
    ("create_note", Method::Create, Effect::Write, "/service/tickets/{id}/notes", "Post TicketNote", "Post TicketNote.", "text"),
    ("list_companies", Method::List, Effect::Read, "/company/companies", "Get List of Company", "Get List of Company.", "conditions"),
    ("list_invoices", Method::List, Effect::Read, "/finance/invoices", "Get List of Invoice", "Get List of Invoice.", "conditions"),
    ("create_invoice", Method::Create, Effect::Write, "/finance/invoices", "Post Invoice", "Post Invoice.", "amount"),
    ("list_boards", Method::List, Effect::Read, "/service/boards", "Get List of Board", "Get List of Board.", "conditions"),
    ("list_members", Method::List, Effect::Read, "/system/members", "Get List of Member", "Get List of Member.", "conditions"),
    ("list_time", Method::List, Effect::Read, "/time/timeentries", "Get List of TimeEntry", "Get List of TimeEntry.", "conditions"),
];

fn index() -> Index {
    let listings: Vec<String> = ROWS
        .iter()
        .map(|(name, _, _, _, title, description, argument)| {
            format!(
                r#"{{"name": "{name}", "title": "{title}", "description": "{description}",
                "inputSchema": {{"type": "object", "properties": {{"{argument}": {{"type": "array", "items": {{"type": "object",
                "properties": {{"field": {{"enum": ["board/name"]}}}}}}}}}}}}}}"#
            )
        })
        .collect();
    let subjects = ROWS
        .iter()
        .zip(&listings)
        .map(|((name, method, effect, path, ..), listing)| Subject {
            name,
            listing,
            resource: "things",
            path,
            tags: &["desk"],
            method: *method,
            effect: *effect,
        });
    Index::new(VOCABULARY, subjects)
}

fn names(found: &Found) -> Vec<&'static str> {
    found.hits.iter().map(|it| ROWS[it.subject].0).collect()
}

#[test]
fn the_tool_that_does_what_is_asked_comes_first() {
    let index = index();
    for (query, first) in [
        ("tickets", "list_tickets"),
        ("show me all tickets", "list_tickets"),
        ("how many tickets are open", "count_tickets"),
        ("ticket infos", "list_ticket_infos"),
        ("open a new ticket", "create_ticket"),
        ("change the summary of a ticket", "update_ticket"),
        ("remove a ticket", "delete_ticket"),
        ("merge two tickets", "merge_ticket"),
        ("merge", "merge_ticket"),
        ("write a comment on a ticket", "create_note"),
        ("customers", "list_companies"),
        ("who is a paying client", "list_companies"),
        ("hours of last week", "list_time"),
        ("time entry", "list_time"),
        ("tikcets", "list_tickets"),
        ("list_tickets", "list_tickets"),
        ("update_ticket", "update_ticket"),
    ] {
        let found = index.search(query, 3);
        assert_eq!(names(&found).first(), Some(&first), "{query}: {found:#?}");
    }
}

#[test]
fn why_names_words_and_parts() {
    let index = index();
    for (query, tool, why) in [
        (
            "create a ticket",
            "create_ticket",
            "ticket in resource, title, description; create in title",
        ),
        (
            "tickets of a company",
            "list_tickets",
            "company in arguments; tickets in resource, title, description",
        ),
        (
            "customers",
            "list_companies",
            "customers (as company) in resource, title, tags, description",
        ),
        (
            "tickets by board",
            "list_tickets",
            "board in arguments; tickets in resource, title, description",
        ),
        (
            "desk notes",
            "create_note",
            "notes in resource, title, description; desk in tags",
        ),
    ] {
        let hits = index.search(query, ROWS.len()).hits;
        let hit = hits.iter().find(|it| ROWS[it.subject].0 == tool);
        assert_eq!(hit.map(|it| it.why.as_str()), Some(why), "{query}");
    }
}

#[test]
fn what_means_nothing_is_told_and_finds_nothing() {
    let index = index();
    let found = index.search("xylophone of a zebra", 5);
    assert_eq!(
        (found.hits.len(), found.unknown),
        (0, vec!["xylophone".to_owned(), "zebra".to_owned()])
    );
    for idle in ["", "the of it", "?!", "list"] {
        assert!(index.search(idle, 5).hits.is_empty(), "{idle}");
    }
    assert!(Index::new(&[], []).search("tickets", 5).hits.is_empty());
    assert_eq!(index.search("tickets", 0).hits, []);
}

proptest! {
    #![proptest_config(Config { cases: 64, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_is_searched_for(query in "(?s).{0,300}|(ticket |größe|Ü|how many|of |'){0,200}") {
        let found = index().search(&query, 4);
        prop_assert!(found.hits.len() <= 4);
        prop_assert!(found.hits.windows(2).all(|it| it[0].score >= it[1].score));
        prop_assert!(found.hits.iter().all(|it| !it.why.is_empty()));
    }
}
