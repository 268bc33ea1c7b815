//! Values as trees of JSON pointers: every place, a random one, and what can be done to it.

use serde_json::{Map, Value};

/// Every pointer below a value, the value's own (empty) one first.
pub(crate) fn pointers(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, it)| (key.replace('~', "~0").replace('/', "~1"), it))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, it)| (index.to_string(), it))
            .collect(),
        _ => Vec::new(),
    };
    for (token, child) in children {
        found.extend(pointers(child).iter().map(|it| format!("/{token}{it}")));
    }
    found
}

/// Puts a value at a pointer, whose parent exists.
pub(crate) fn put(value: &mut Value, pointer: &str, new: Value) {
    let Some((parent, token)) = pointer.rsplit_once('/') else {
        *value = new;
        return;
    };
    match value.pointer_mut(parent).unwrap() {
        Value::Object(map) => drop(map.insert(plain(token), new)),
        Value::Array(items) => match token.parse::<usize>() {
            Ok(index) if index < items.len() => items[index] = new,
            _ => items.push(new),
        },
        other => *other = new,
    }
}

/// Takes away what is at a pointer.
pub(crate) fn take(value: &mut Value, pointer: &str) {
    let Some((parent, token)) = pointer.rsplit_once('/') else {
        *value = Value::Null;
        return;
    };
    match value.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.shift_remove(&plain(token))),
        Some(Value::Array(items)) => drop(items.remove(token.parse().unwrap())),
        _ => {}
    }
}

/// Every map in reverse, but for the maps under these keys, whose order says something.
pub(crate) fn reversed(value: &Value, ordered: &[&str]) -> Value {
    match value {
        Value::Object(map) => {
            let reverse = |(key, it): (&String, &Value)| {
                let inner = match it {
                    // An example is shown as it was written.
                    it if key == "arguments" => it.clone(),
                    Value::Object(inner) if ordered.contains(&key.as_str()) => {
                        let kept = inner.iter();
                        let kept = kept.map(|(key, it)| (key.clone(), reversed(it, ordered)));
                        Value::Object(kept.collect::<Map<_, _>>())
                    }
                    it => reversed(it, ordered),
                };
                (key.clone(), inner)
            };
            Value::Object(map.iter().rev().map(reverse).collect())
        }
        Value::Array(items) => items.iter().map(|it| reversed(it, ordered)).collect(),
        scalar => scalar.clone(),
    }
}

fn plain(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
