//! Guesses of new-vendor that a document misleads, each by what it makes of a small document.

use super::{Request, Scaffold, scaffold};
use crate::load::Source;

/// A document with these paths, and these components besides.
fn made(paths: &str, components: &str) -> Scaffold {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\nservers: [{{url: 'https://acme.example'}}]\npaths:\n{paths}components:\n{components}"
    );
    let request = Request {
        vendor: "acme".to_owned(),
        openapi: Source {
            path: "specs/acme/openapi.yaml".to_owned(),
            text,
        },
        file: "openapi.yaml".to_owned(),
        origin: None,
    };
    scaffold(&request).unwrap_or_else(|told| panic!("{told:?}"))
}

const NO_COMPONENTS: &str = "  schemas: {}\n";

/// A POST of a word, by its path and operationId.
fn post(path: &str, id: &str) -> String {
    format!(
        "  {path}:\n    post:\n      operationId: {id}\n      requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, properties: {{text: {{type: string}}}}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
    )
}

#[test]
fn what_writes_a_search_is_no_read() {
    for (path, id, effect) in [
        ("/pets/search", "a", "read"),
        ("/pets/run", "queryPets", "read"),
        ("/pets/run", "search_pets_run_post", "read"),
        ("/saved_search", "a", "write"),
        ("/searches", "createSavedSearch", "write"),
        ("/drop", "deleteQuery", "write"),
        ("/rows", "SearchController_create", "write"),
        ("/search", "addSearch", "write"),
    ] {
        let docs = made(&post(path, id), NO_COMPONENTS).docs;
        assert!(
            docs.contains(&format!("effect: {effect}")),
            "{path} {id}: {docs}"
        );
    }
}

#[test]
fn a_path_longer_than_a_line_has_a_record() {
    let path = format!("/{}", ["reports"; 18].join("/"));
    let made = made(&post(&path, "a"), NO_COMPONENTS);
    assert_eq!((made.summary.tools, made.summary.dropped), (1, Vec::new()));
}

/// A list with these parameters.
fn list(page: &str, size: &str) -> String {
    format!(
        "  /pets:\n    get:\n      parameters: [{{name: page, in: query, schema: {page}}}, {{name: per_page, in: query, schema: {size}}}]\n      responses: {{'200': {{description: Pets., content: {{application/json: {{schema: {{type: array, items: {{type: object, properties: {{id: {{type: integer}}}}}}}}}}}}}}}}\n"
    )
}

#[test]
fn the_first_page_and_the_greatest_size_stand_behind_references_too() {
    let schemas =
        "  schemas: {Page: {type: integer, minimum: 0}, Size: {type: integer, maximum: 50}}\n";
    for (page, size, first, most) in [
        ("{type: integer, default: 0}", "{type: integer}", 0, 100),
        (
            "{type: integer, default: 1, minimum: 0}",
            "{type: integer, maximum: 30}",
            1,
            30,
        ),
        (
            "{type: integer, default: 3, minimum: 0}",
            "{type: integer}",
            0,
            100,
        ),
        (
            "{$ref: '#/components/schemas/Page'}",
            "{$ref: '#/components/schemas/Size'}",
            0,
            50,
        ),
        (
            "{type: integer}",
            "{allOf: [{$ref: '#/components/schemas/Size'}], description: How many.}",
            1,
            50,
        ),
    ] {
        let behaviour = made(&list(page, size), schemas).behaviour;
        let line = behaviour.lines().find(|it| it.contains("style: page"));
        let line = line.unwrap_or_else(|| panic!("{page} {size}: {behaviour}"));
        assert!(line.contains(&format!("first: {first}")), "{page}: {line}");
        assert!(
            line.contains(&format!("max_size: {most}")),
            "{size}: {line}"
        );
    }
}

#[test]
fn a_key_goes_along_in_the_header_that_it_has() {
    let schemes = "  securitySchemes: {Key: {$ref: '#/components/securitySchemes/The%20key'}, The key: {type: apiKey, in: header, name: X_API_KEY}, Session: {type: apiKey, in: header, name: X-Session}}\n";
    let with =
        |operation: String, security: &str| format!("{operation}      security: {security}\n");
    let paths = [
        with(list("{}", "{}"), "[{Key: []}]"),
        with(post("/rows", "a"), "[{Key: []}]"),
        with(post("/more", "b"), "[{Key: []}]"),
        with(post("/other", "c"), "[{Session: []}]"),
        with(post("/either", "d"), "[{Session: []}, {}]"),
    ];
    let made = made(&paths.concat(), schemes);
    assert!(
        made.behaviour.contains("header: X_API_KEY"),
        "{}",
        made.behaviour
    );
    let told: Vec<_> = made.summary.told.iter().collect();
    let others = told.iter().filter(|it| it.contains("want another way in"));
    let others: Vec<_> = others.collect();
    assert!(
        matches!(others.as_slice(), [one] if one.starts_with("1 of the operations want another way in: `Session`")),
        "{told:?}"
    );
}
