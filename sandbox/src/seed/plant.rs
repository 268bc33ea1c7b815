//! How the store is filled when the sandbox starts.

use serde_json::{Map, Value};

use super::draw::Draw;
use super::template::Soil;
use crate::path::{self, Record};
use crate::store::{Collection, Shape, Store};

/// A record's label and template.
type Labelled = (String, Map<String, Value>);

/// The key by which a record takes over what another of its collection says.
const LIKE: &str = "$like";

/// What a record says of a property that it shall not have, by another record or by default.
const NONE: &str = "$none";

/// Makes every seed record. All ids are made first, so that a record can refer to a later one by its id.
pub(crate) fn plant(
    collections: &Map<String, Value>,
    draw: &mut Draw,
    now: i64,
) -> Result<Store, String> {
    let at = |name: &str, error: String| format!("sandbox.yaml: collections: {name}: {error}");
    let mut store = Store::default();
    let mut sown = Vec::new();
    for (name, shape) in collections {
        let shape: Shape =
            serde_json::from_value(shape.clone()).map_err(|error| at(name, error.to_string()))?;
        let templates = templates(&shape).map_err(|error| at(name, error))?;
        let mut collection = Collection::new(shape, draw);
        for (label, _) in &templates {
            let id = collection.next_id(draw);
            collection.label(label.clone());
            collection.push(Record::from_iter([(collection.shape.key.clone(), id)]));
        }
        store.add(name, collection);
        sown.push((name, templates));
    }
    for (name, templates) in sown {
        for (number, (label, template)) in templates.into_iter().enumerate() {
            let grown = grow(&store, name, &template, draw, now, number);
            let record = grown.map_err(|error| at(name, format!("{label}: {error}")))?;
            store.collection_mut(name)?.put(number, record);
        }
    }
    Ok(store)
}

/// Every record's template, with its label or number.
fn templates(shape: &Shape) -> Result<Vec<Labelled>, String> {
    let mut templates: Vec<Labelled> = Vec::new();
    let named: Vec<(String, &Value)> = match &shape.records {
        Value::Array(records) => records
            .iter()
            .enumerate()
            .map(|(number, it)| (number.to_string(), it))
            .collect(),
        Value::Object(records) => records
            .iter()
            .map(|(label, record)| (label.clone(), record))
            .collect(),
        _ => Vec::new(),
    };
    for (label, template) in named {
        let template = template
            .as_object()
            .ok_or_else(|| format!("{label} is not a record"))?;
        let whole = like(&templates, template)?;
        templates.push((label, whole));
    }
    for many in &shape.generate {
        let whole = like(&templates, &many.record)?;
        for _ in 0..many.count {
            templates.push((templates.len().to_string(), whole.clone()));
        }
    }
    Ok(templates)
}

/// A template with what it takes over from another.
fn like(
    templates: &[Labelled],
    template: &Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let Some(other) = template.get(LIKE) else {
        return Ok(template.clone());
    };
    let wanted = path::text(other);
    let found = templates.iter().find(|(label, _)| *label == wanted);
    let (_, mut whole) = found
        .cloned()
        .ok_or_else(|| format!("{LIKE}: there is no `{wanted}` before this"))?;
    let own = template.iter().filter(|(name, _)| *name != LIKE);
    whole.extend(own.map(|(name, value)| (name.clone(), value.clone())));
    Ok(whole)
}

/// Makes one record: what it says itself, and its collection's defaults, stamps and touches where it is silent.
fn grow(
    store: &Store,
    name: &str,
    template: &Map<String, Value>,
    draw: &mut Draw,
    now: i64,
    number: usize,
) -> Result<Record, String> {
    let collection = store.collection(name)?;
    let shape = &collection.shape;
    let mut record = collection
        .records()
        .get(number)
        .cloned()
        .unwrap_or_default();
    let mut soil = Soil {
        draw,
        store,
        now,
        number,
    };
    let wanted = template.iter().filter(|(_, value)| *value != NONE);
    let wanted: Map<String, Value> = wanted
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    soil.record(&wanted, &mut record)?;
    for defaults in [&shape.defaults, &shape.stamp, &shape.touch] {
        let silent =
            |name: &String| !template.contains_key(name) && path::read(&record, name).is_null();
        let absent = defaults.iter().filter(|(name, _)| silent(name));
        let absent: Map<String, Value> = absent
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        soil.record(&absent, &mut record)?;
    }
    Ok(record)
}
