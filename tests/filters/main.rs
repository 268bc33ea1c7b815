//! Every list is filtered, with each operator that its fields allow, to what a plain filter over the same data selects.
//!
//! Tools, fields and operators come from generated/, data from the sandbox: a new list is tested without a line here. Where
//! the data cannot tell an operator's records from the rest, the test fails: then the seed in specs/ is too poor.

mod data;
mod plain;
mod schema;

use acceptance::{CONNECTWISE_PSA, Session, VENDORS};
use data::{List, World};
use plain::Wanted;
use schema::{Comparison, Filter};
use serde_json::{Value, json};

/// The vendor whose dialect it is.
const VENDOR: &acceptance::Vendor = &CONNECTWISE_PSA;

#[test]
fn only_one_vendor_has_the_dialect() {
    for vendor in VENDORS.iter().filter(|it| it.folder != VENDOR.folder) {
        let tools = vendor.tools();
        let filtered = tools
            .iter()
            .find(|tool| !schema::filters(&vendor.listing(tool)).is_empty());
        assert_eq!(filtered, None, "{}: test it here too", vendor.folder);
    }
}

#[test]
fn each_operator_selects_what_a_plain_filter_selects() {
    let world = World::start(VENDOR);
    let mut session = world.session();
    let mut told = Vec::new();
    let mut count = 0;
    for tool in VENDOR.tools() {
        let listing = VENDOR.listing(&tool);
        let filters = schema::filters(&listing);
        if filters.is_empty() {
            continue;
        }
        let lists = world.lists(&tool, &listing);
        for filter in &filters {
            count += check(&tool, filter, &lists, &mut session, &mut told);
        }
    }
    assert!(
        told.is_empty(),
        "{} of {count} cases\n{}",
        told.len(),
        told.join("\n")
    );
    assert!(count > 100, "only {count} cases");
}

/// Tries each operator of a filter, and each field as far as the data allows; answers how many cases there were.
fn check(
    tool: &str,
    filter: &Filter,
    lists: &[List],
    session: &mut Session,
    told: &mut Vec<String>,
) -> usize {
    let mut tried: Vec<&str> = Vec::new();
    let mut count = 0;
    for op in filter.operators() {
        let with_op = || filter.comparisons.iter().filter(|it| it.op == op);
        // A field that was not tried yet comes first.
        let fresh = with_op().filter(|it| !tried.contains(&it.path.as_str()));
        let case = fresh
            .chain(with_op())
            .find_map(|it| Case::of(filter, it, lists));
        let Some(case) = case else {
            let paths: Vec<_> = with_op().map(|it| it.path.as_str()).collect();
            told.push(format!(
                "{tool}: `{op}` on any of {} keeps all records of the sandbox or none; mend the records in specs/{}/sandbox.yaml",
                paths.join(", "),
                VENDOR.folder
            ));
            continue;
        };
        tried.push(&case.comparison.path);
        count += 1;
        told.extend(case.run(tool, session).err());
    }
    for comparison in &filter.comparisons {
        if tried.contains(&comparison.path.as_str()) {
            continue;
        }
        if let Some(case) = Case::of(filter, comparison, lists) {
            tried.push(&comparison.path);
            count += 1;
            told.extend(case.run(tool, session).err());
        }
    }
    count
}

/// A clause that some records of a list meet and others do not.
struct Case<'a> {
    filter: &'a Filter,
    comparison: &'a Comparison,
    list: &'a List,
    wanted: Wanted,
}

impl<'a> Case<'a> {
    fn of(filter: &'a Filter, comparison: &'a Comparison, lists: &'a [List]) -> Option<Self> {
        lists.iter().find_map(|list| {
            let wanted = plain::candidates(filter.kind, comparison, &list.records);
            let splits = |wanted: &Wanted| {
                let kept = list
                    .records
                    .iter()
                    .filter(|it| wanted.keeps(filter.kind, comparison, it));
                (1..list.records.len()).contains(&kept.count())
            };
            Some(Self {
                filter,
                comparison,
                list,
                wanted: wanted.into_iter().find(splits)?,
            })
        })
    }

    fn clause(&self) -> Value {
        let mut clause = json!({"op": self.comparison.op});
        match &self.wanted.caption {
            Some(caption) => clause["caption"] = json!(caption),
            None => clause["field"] = json!(self.comparison.path),
        }
        if let Some(value) = &self.wanted.value {
            clause["value"] = value.clone();
        }
        clause
    }

    fn keeps(&self, record: &Value) -> bool {
        self.wanted.keeps(self.filter.kind, self.comparison, record)
    }

    fn run(&self, tool: &str, session: &mut Session) -> Result<(), String> {
        same(
            tool,
            self.list,
            self.filter,
            &json!([self.clause()]),
            &|it| self.keeps(it),
            session,
        )
    }
}

/// Calls a list with a filter; the records that come must be those that a plain filter keeps.
fn same(
    tool: &str,
    list: &List,
    filter: &Filter,
    items: &Value,
    keeps: &dyn Fn(&Value) -> bool,
    session: &mut Session,
) -> Result<(), String> {
    let expected = list.records.iter().filter(|it| keeps(it));
    let expected: Vec<_> = expected.map(|it| it["id"].clone()).collect();
    let mut arguments = list.arguments.clone();
    arguments[filter.name.as_str()] = items.clone();
    let came = data::answered(tool, arguments, list, session)
        .map_err(|why| format!("{tool} {items}: {why}"))?;
    let is_same = match &came {
        data::Answered::Count(count) => *count == expected.len(),
        data::Answered::Ids(ids) => data::sorted(ids) == data::sorted(&expected),
    };
    if is_same {
        Ok(())
    } else {
        Err(format!(
            "{tool} {items}: expected {expected:?}, came {came:?}"
        ))
    }
}

#[test]
fn groups_and_items_mean_what_they_say() {
    let world = World::start(VENDOR);
    let mut session = world.session();
    let (mut groups, mut entries) = (0, 0);
    for tool in VENDOR.tools() {
        let listing = VENDOR.listing(&tool);
        let filters = schema::filters(&listing);
        if filters.is_empty() {
            continue;
        }
        let lists = world.lists(&tool, &listing);
        for filter in &filters {
            groups += usize::from(any(&tool, filter, &lists, &mut session));
            entries += usize::from(one_entry(&tool, filter, &lists, &mut session));
        }
    }
    assert!(
        groups > 10,
        "only {groups} groups could be told from their clauses"
    );
    assert!(
        entries > 0,
        "no list has records that meet two clauses with two entries, and with one"
    );
}

/// One of two clauses: more than either, less than all. The clauses stand behind one that all must meet.
fn any(tool: &str, filter: &Filter, lists: &[List], session: &mut Session) -> bool {
    let cases: Vec<_> = filter
        .comparisons
        .iter()
        .filter_map(|it| Case::of(filter, it, lists))
        .collect();
    for (index, one) in cases.iter().enumerate() {
        for other in &cases[index + 1..] {
            if !std::ptr::eq(one.list, other.list) || one.comparison.path == other.comparison.path {
                continue;
            }
            let records = &one.list.records;
            let count =
                |keeps: &dyn Fn(&Value) -> bool| records.iter().filter(|it| keeps(it)).count();
            let either = |it: &Value| one.keeps(it) || other.keeps(it);
            let least = count(&|it| one.keeps(it)).max(count(&|it| other.keeps(it)));
            if !(least + 1..records.len()).contains(&count(&either)) {
                continue;
            }
            let items = json!([{"any": [one.clause(), other.clause()]}]);
            let outcome = same(tool, one.list, filter, &items, &either, session);
            assert_eq!(outcome, Ok(()));
            return true;
        }
    }
    false
}

/// Two clauses on one list of the records: one and the same entry must meet both.
fn one_entry(tool: &str, filter: &Filter, lists: &[List], session: &mut Session) -> bool {
    if filter.kind != schema::Kind::Child {
        return false;
    }
    let equal: Vec<_> = filter
        .comparisons
        .iter()
        .filter(|it| it.op == "equals")
        .collect();
    for list in lists {
        for (one, other) in equal
            .iter()
            .flat_map(|one| equal.iter().map(move |other| (*one, *other)))
        {
            if one.path == other.path || one.list() != other.list() {
                continue;
            }
            for (first, second) in plain::pairs(one, other, &list.records) {
                let same_entry = |record: &Value| {
                    plain::entries(one, record).iter().any(|it| {
                        plain::meets(plain::below(one, it), "equals", &first)
                            && plain::meets(plain::below(other, it), "equals", &second)
                    })
                };
                let wanted = |value: &Value| Wanted {
                    caption: None,
                    value: Some(value.clone()),
                };
                let any_entries = |record: &Value| {
                    wanted(&first).keeps(filter.kind, one, record)
                        && wanted(&second).keeps(filter.kind, other, record)
                };
                let differ = list
                    .records
                    .iter()
                    .any(|it| same_entry(it) != any_entries(it));
                if !differ || !list.records.iter().any(same_entry) {
                    continue;
                }
                let items = json!([
                    {"field": one.path, "op": "equals", "value": first},
                    {"field": other.path, "op": "equals", "value": second},
                ]);
                assert_eq!(
                    same(tool, list, filter, &items, &same_entry, session),
                    Ok(())
                );
                return true;
            }
        }
    }
    false
}
