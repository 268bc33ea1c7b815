//! Paging styles, one round trip each, and what is refused.

use serde_json::json;

use super::*;

const SIZES: Sizes = Sizes {
    default: 25,
    max: 100,
};
const PAGE: Paging = Paging::Page {
    page: "page",
    size: "per_page",
    first: 1,
    sizes: SIZES,
    last_page: Some("/meta/last"),
};
const SHORT: Paging = Paging::Page {
    page: "page",
    size: "per_page",
    first: 0,
    sizes: SIZES,
    last_page: None,
};
const OFFSET: Paging = Paging::Offset {
    offset: "skip",
    size: "take",
    sizes: SIZES,
    total: Some("/total"),
};
const TOKEN: Paging = Paging::Cursor {
    cursor: "after",
    size: "limit",
    in_body: false,
    sizes: SIZES,
    next: "/next",
};
const BODY: Paging = Paging::Cursor {
    cursor: "/start/key",
    size: "max_items",
    in_body: true,
    sizes: SIZES,
    next: "/next_page_key",
};
const LINK: Paging = Paging::Link {
    page: "page",
    size: "pageSize",
    first: 1,
    sizes: SIZES,
};

const FORWARD: Paging = Paging::Forward {
    page: "page",
    size: "pageSize",
    first: 1,
    sizes: SIZES,
    after: "pageId",
    key: "id",
    header: ("pagination-type", "forward-only"),
};

fn open(paging: &Paging, limit: Option<u32>, cursor: Option<String>) -> Result<Window, Mistake> {
    Window::open(paging, "query".to_owned(), &Page { limit, cursor })
}

/// Opens a list, answers `got` records and `body`, and asks for the next page.
fn second(paging: &Paging, got: usize, body: Value, link: &str) -> Option<Asked> {
    let headers = [("link".parse().unwrap(), link.parse().unwrap())]
        .into_iter()
        .collect();
    let first = open(paging, Some(10), None).unwrap();
    let Next::At(cursor) = first.next(&records(1, got), &body, &headers) else {
        return None;
    };
    Some(open(paging, Some(10), Some(cursor)).unwrap().ask())
}

fn query(pairs: &[(&'static str, &str)]) -> Asked {
    Asked {
        query: pairs
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        ..Asked::default()
    }
}

/// So many records, whose ids begin at `first`.
fn records(first: i64, count: usize) -> Vec<Value> {
    (first..)
        .take(count)
        .map(|id| json!({ "id": id }))
        .collect()
}

#[test]
fn the_first_page_is_asked_for_by_its_size() {
    assert_eq!(
        open(&PAGE, None, None).unwrap().ask(),
        query(&[("per_page", "25")])
    );
    assert_eq!(
        open(&PAGE, Some(7), None).unwrap().ask(),
        query(&[("per_page", "7")])
    );
    assert_eq!(
        open(&PAGE, Some(700), None).unwrap().ask(),
        query(&[("per_page", "100")])
    );
    assert_eq!(
        open(&Paging::None, Some(7), None).unwrap().ask(),
        Asked::default()
    );
    let body = open(&BODY, None, None).unwrap().ask().body;
    assert_eq!(body, [("/max_items".to_owned(), json!(25))]);
}

#[test]
fn numbered_pages_go_on_until_the_last() {
    let two = query(&[("page", "2"), ("per_page", "10")]);
    assert_eq!(
        second(&PAGE, 10, json!({"meta": {"last": 2}}), ""),
        Some(two.clone())
    );
    assert_eq!(second(&PAGE, 10, json!({"meta": {"last": 1}}), ""), None);
    assert_eq!(second(&PAGE, 10, json!({}), ""), Some(two));
    assert_eq!(
        second(&SHORT, 10, json!([]), ""),
        Some(query(&[("page", "1"), ("per_page", "10")]))
    );
    let short = second(&SHORT, 9, json!([]), "");
    assert!(short.is_some(), "the vendor may cap pages at 9");
    assert_eq!(second(&SHORT, 0, json!([]), ""), None);
}

#[test]
fn offsets_count_what_came() {
    assert_eq!(
        second(&OFFSET, 10, json!({"total": 11}), ""),
        Some(query(&[("skip", "10"), ("take", "10")]))
    );
    assert_eq!(
        second(&OFFSET, 4, json!({"total": "11"}), ""),
        Some(query(&[("skip", "4"), ("take", "10")]))
    );
    assert_eq!(second(&OFFSET, 10, json!({"total": 10}), ""), None);
    assert_eq!(
        second(&OFFSET, 4, json!({}), ""),
        Some(query(&[("skip", "4"), ("take", "10")])),
        "without a total, the vendor may cap pages at 4"
    );
    assert_eq!(second(&OFFSET, 0, json!({}), ""), None);
}

#[test]
fn tokens_are_handed_back_as_they_came() {
    assert_eq!(
        second(&TOKEN, 3, json!({"next": "x y"}), ""),
        Some(query(&[("after", "x y"), ("limit", "10")]))
    );
    assert_eq!(
        second(&TOKEN, 3, json!({"next": 17}), ""),
        Some(query(&[("after", "17"), ("limit", "10")]))
    );
    for end in [json!({}), json!({"next": null}), json!({"next": ""})] {
        assert_eq!(second(&TOKEN, 10, end, ""), None);
    }
    let asked = second(&BODY, 3, json!({"next_page_key": {"scroll_id": "abc"}}), "").unwrap();
    assert_eq!(
        asked.body[0],
        ("/start/key".to_owned(), json!({"scroll_id": "abc"}))
    );
    assert_eq!(
        second(&BODY, 3, json!({"next_page_key": {"scroll_id": null}}), ""),
        None
    );
}

#[test]
fn only_the_number_of_a_link_is_used() {
    let next = |link| second(&LINK, 10, json!([]), link);
    let two = query(&[("page", "2"), ("pageSize", "10")]);
    assert_eq!(
        next(r#"<https://evil.example/x?pageSize=999&page=2>; rel="next""#),
        Some(two.clone())
    );
    assert_eq!(
        next(r#"</x?page=9>; rel="last", </x?page=2>; rel="prev next""#),
        Some(two.clone())
    );
    assert_eq!(next(r#"</x?cursor=9>; rel=next"#), Some(two.clone()));
    assert_eq!(next(r#"</x?page=1>; rel="next""#), Some(two));
    assert_eq!(next(r#"</x?page=9>; rel="last""#), None);
    assert_eq!(next("nonsense <"), None);
}

#[test]
fn a_cursor_belongs_to_its_query() {
    let cursor = open(&PAGE, Some(10), None).unwrap().rest(0);
    let elsewhere = Window::open(
        &PAGE,
        "other".into(),
        &Page {
            limit: None,
            cursor: Some(cursor.clone()),
        },
    )
    .unwrap_err();
    assert_eq!(elsewhere.at, "next_cursor");
    assert!(
        elsewhere.why.contains("belongs to another query"),
        "{elsewhere:?}"
    );
    assert!(
        open(&PAGE, None, Some("garbage".into()))
            .unwrap_err()
            .why
            .contains("not a cursor of this server")
    );
    assert_eq!(
        open(&PAGE, Some(11), Some(cursor.clone())).unwrap_err().at,
        "limit"
    );
    assert!(open(&PAGE, Some(10), Some(cursor.clone())).is_ok());
    assert_eq!(open(&PAGE, None, Some(cursor)).unwrap().size, Some(10));
}

#[test]
fn forged_sizes_and_positions_are_refused() {
    let forged = |size, position| {
        Cursor {
            query: "query".into(),
            limit: None,
            size,
            position,
            skip: 0,
        }
        .seal()
    };
    assert!(open(&PAGE, None, Some(forged(101, json!(2)))).is_err());
    assert!(open(&PAGE, None, Some(forged(0, json!(2)))).is_err());
    assert!(open(&PAGE, None, Some(forged(10, json!("2&x=1")))).is_err());
}

#[test]
fn the_rest_of_a_cut_page_can_be_had() {
    let rest = |paging: &Paging| {
        let cursor = open(paging, Some(10), None).unwrap().rest(4);
        let window = open(paging, None, Some(cursor)).unwrap();
        (window.ask(), window.skip)
    };
    assert_eq!(rest(&PAGE), (query(&[("per_page", "10")]), 4));
    assert_eq!(rest(&OFFSET), (query(&[("skip", "4"), ("take", "10")]), 0));
    assert_eq!(rest(&LINK), (query(&[("pageSize", "10")]), 4));
    assert_eq!(rest(&Paging::None), (Asked::default(), 4));
    assert_eq!(rest(&TOKEN), (query(&[("limit", "10")]), 4));
}

#[test]
fn the_rest_of_a_later_page_has_its_token() {
    let first = open(&TOKEN, Some(10), None).unwrap();
    let Next::At(cursor) = first.next(&records(1, 10), &json!({"next": "x"}), &HeaderMap::new())
    else {
        panic!("there is more");
    };
    let later = open(&TOKEN, None, Some(cursor)).unwrap();
    let rest = open(&TOKEN, None, Some(later.rest(4))).unwrap();
    assert_eq!(
        (rest.ask(), rest.skip),
        (query(&[("after", "x"), ("limit", "10")]), 4)
    );
}

#[test]
fn a_long_token_is_handed_back_and_one_beyond_all_bounds_is_told() {
    let long = "x".repeat(13_000);
    assert_eq!(
        second(&TOKEN, 3, json!({"next": long}), ""),
        Some(query(&[("after", &long), ("limit", "10")]))
    );
    let token = |bytes: usize| json!({"next": "x".repeat(bytes - 2)});
    assert!(second(&TOKEN, 3, token(POSITION - 1), "").is_some());
    let first = open(&TOKEN, None, None).unwrap();
    let next = first.next(&records(1, 3), &token(POSITION), &HeaderMap::new());
    assert_eq!(next, Next::TooLong(POSITION));
}

/// What is asked for after a page of these records, with or without a `Link` header.
fn after(window: &Window, found: &[Value], link: Option<&str>) -> Option<Window> {
    let headers = link.map(|link| ("link".parse().unwrap(), link.parse().unwrap()));
    let next = window.next(found, &json!([]), &headers.into_iter().collect());
    let Next::At(cursor) = next else { return None };
    Some(open(&window.paging, Some(10), Some(cursor)).unwrap())
}

fn forward(query: &[(&'static str, &str)]) -> Asked {
    Asked {
        headers: vec![("pagination-type", "forward-only".to_owned())],
        ..self::query(query)
    }
}

#[test]
fn forward_pages_start_after_a_key_until_a_link_is_empty() {
    let first = open(&FORWARD, Some(10), None).unwrap();
    assert_eq!(first.ask(), forward(&[("pageSize", "10")]));
    let link = "<https://x.example/things?pageSize=10&pageId=17>; rel=\"next\"";
    let second = after(&first, &records(8, 10), Some(link)).unwrap();
    let asked = forward(&[("pageId", "17"), ("pageSize", "10")]);
    assert_eq!(second.ask(), asked);
    assert_eq!(after(&second, &records(18, 10), Some("")), None);
    // A link that leads back, or to no number, is taken to say that there is more.
    for link in [link, "</things?pageId=>; rel=next"] {
        let third = after(&second, &records(18, 10), Some(link)).unwrap();
        let asked = forward(&[("pageId", "27"), ("pageSize", "10")]);
        assert_eq!(third.ask(), asked);
    }
}

#[test]
fn without_a_link_only_an_empty_page_ends_a_forward_list() {
    let first = open(&FORWARD, Some(10), None).unwrap();
    let second = after(&first, &records(1, 3), None).unwrap();
    let asked = forward(&[("pageId", "3"), ("pageSize", "10")]);
    assert_eq!(second.ask(), asked);
    assert_eq!(after(&second, &[], None), None);
    assert_eq!(after(&first, &[json!({"name": "no id"})], None), None);
}

#[test]
fn a_vendor_that_ignores_the_key_does_not_begin_anew_forever() {
    let first = open(&FORWARD, Some(10), None).unwrap();
    let mut found = records(1, 3);
    let second = after(&first, &found, None).unwrap();
    second.drop_earlier(&mut found);
    assert_eq!(found, Vec::<Value>::new());
    let mut more = records(2, 3);
    second.drop_earlier(&mut more);
    assert_eq!(more, records(4, 1));
}

#[test]
fn a_vendor_that_counts_pages_all_the_same_is_followed() {
    let link = |page: u32| format!("</things?page={page}&pageSize=10>; rel=\"next\"");
    let first = open(&FORWARD, Some(10), None).unwrap();
    let second = after(&first, &records(1, 10), Some(&link(2))).unwrap();
    assert_eq!(second.ask(), query(&[("page", "2"), ("pageSize", "10")]));
    let third = after(&second, &records(11, 10), Some(&link(3))).unwrap();
    assert_eq!(third.ask(), query(&[("page", "3"), ("pageSize", "10")]));
    assert_eq!(after(&third, &records(21, 10), Some("")), None);
    assert_eq!(after(&third, &records(21, 10), None), None);
}

#[test]
fn in_an_order_of_the_callers_a_forward_list_is_a_linked_one() {
    assert_eq!(FORWARD.ordered(), LINK);
    assert_eq!(PAGE.ordered(), PAGE);
    // A cursor of the one is none of the other's.
    let first = open(&FORWARD, Some(10), None).unwrap();
    let Next::At(cursor) = first.next(&records(1, 10), &json!([]), &HeaderMap::new()) else {
        panic!("there is more")
    };
    assert!(open(&LINK, Some(10), Some(cursor)).is_err());
}
