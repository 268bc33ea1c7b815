//! What becomes of a query that is too long for a URL: it goes out in a body where the vendor takes it so, else it is refused.

use serde_json::{Map, Value};

use crate::{
    base_url::Base,
    call::{Body, Call},
    encode,
    failure::Failure,
    mistake::Mistake,
    table::{LongQueries, Verb},
};

/// The call as it can be sent: as it is, or as a search whose query stands in the body.
///
/// # Errors
/// What to narrow, where there is no search or the URL is too long all the same.
pub(crate) fn fit(
    mut call: Call,
    search_path: Option<&'static str>,
    base: &Base,
    rules: &LongQueries,
) -> Result<Call, Failure> {
    let Some(longest) = rules.longest_url else {
        return Ok(call);
    };
    if length(&call, base)? <= longest {
        return Ok(call);
    }
    if let Some(path) = search_path {
        search(&mut call, path, rules.body);
    }
    match length(&call, base)? {
        length if length > longest => Err(Failure::Arguments(vec![refuse(&call, length, longest)])),
        _ => Ok(call),
    }
}

/// Characters of the URL.
fn length(call: &Call, base: &Base) -> Result<usize, Failure> {
    let url = base.join(&call.path, &call.query_string());
    url.map(|url| url.as_str().len()).map_err(Failure::Settings)
}

/// Makes a search of a list: what the rules name stands in the body, what they do not stays in the query.
fn search(call: &mut Call, path: &'static str, rules: &[(&'static str, &'static str)]) {
    let mut body = Map::new();
    call.query.retain(|(name, value)| {
        let property = rules.iter().find(|(it, _)| name == it);
        if let Some((_, property)) = property {
            body.insert((*property).to_owned(), Value::from(value.as_str()));
        }
        property.is_none()
    });
    call.verb = Verb::Post;
    call.path = path.to_owned();
    call.body = Body::Json(body.into());
}

fn refuse(call: &Call, length: usize, longest: usize) -> Mistake {
    let encoded = |value: &str| encode::percent(value).len();
    let largest = call.query.iter().max_by_key(|(_, value)| encoded(value));
    let (name, share) = largest.map_or(("", 0), |(name, value)| (name.as_ref(), encoded(value)));
    let of_order = call.ordered_by.filter(|(wire, _)| *wire == name);
    let at = of_order.map_or(name, |(_, input)| input);
    Mistake::new(
        at,
        format!(
            "the request's address would have {length} characters, and the vendor takes {longest}; `{at}` alone makes \
             {share} of them. Nothing was sent. Compare with fewer or shorter values, name fewer fields, or ask in \
             several calls"
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::base_url::Origin;

    const RULES: LongQueries = LongQueries {
        longest_url: Some(200),
        body: &[("conditions", "conditions"), ("orderBy", "orderby")],
    };

    fn fitted(call: Call, search: Option<&'static str>) -> Result<Call, String> {
        let base = Base::new("https://vendor.example/api", Origin::Default).unwrap();
        fit(call, search, &base, &RULES).map_err(|failure| failure.json().to_string())
    }

    /// A list of this filter.
    fn list(filter: usize) -> Call {
        let mut call = Call::new(Verb::Get, "/things");
        call.query = vec![
            ("conditions".into(), "é".repeat(filter)),
            ("orderBy".into(), "id desc".to_owned()),
            ("fields".into(), "id,name".to_owned()),
        ];
        call
    }

    #[test]
    fn the_longest_url_is_sent_and_one_character_more_is_not() {
        let rest =
            "https://vendor.example/api/things?conditions=&orderBy=id%20desc&fields=id%2Cname";
        let fits = (200 - rest.len()) / 6;
        assert_eq!(fitted(list(fits), None).unwrap().verb, Verb::Get);
        let told = fitted(list(fits + 1), None).unwrap_err();
        assert!(
            told.contains("Nothing was sent") && told.contains("conditions"),
            "{told}"
        );
    }

    #[test]
    fn a_search_takes_in_its_body_what_the_rules_name() {
        let call = fitted(list(90), Some("/things/search")).unwrap();
        assert_eq!(
            (call.verb, call.path.as_str()),
            (Verb::Post, "/things/search")
        );
        assert_eq!(call.query, [("fields".into(), "id,name".to_owned())]);
        let body = json!({"conditions": "é".repeat(90), "orderby": "id desc"});
        assert_eq!(call.body, Body::Json(body));
    }

    #[test]
    fn what_a_search_leaves_in_the_url_may_be_too_long_too() {
        let mut call = list(90);
        call.query[2].1 = "name,".repeat(40);
        let told = fitted(call, Some("/things/search")).unwrap_err();
        assert!(told.contains("fields"), "{told}");
    }

    #[test]
    fn the_order_is_told_by_the_name_of_its_input() {
        let mut call = list(1);
        call.query[1].1 = "name desc,".repeat(40);
        call.ordered_by = Some(("orderBy", "order_by"));
        let told = fitted(call, None).unwrap_err();
        assert!(told.contains("\"order_by\""), "{told}");
    }
}
