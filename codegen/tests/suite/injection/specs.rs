//! A vendor's specs while a mistake is put into them.

use codegen::{Sources, report::Place};
use serde_json::Value;

use crate::{
    shipped::{self, File},
    tree,
};

/// Where a mistake must be told: in this file, at one of these pointers, or at the nearest place above or below.
#[derive(Debug)]
pub(super) struct Target {
    file: File,
    pointers: Vec<String>,
}

impl Target {
    /// One place.
    pub(super) fn at(file: File, pointer: impl Into<String>) -> Option<Self> {
        Self::either(file, vec![pointer.into()])
    }

    /// One of several places.
    pub(super) fn either(file: File, pointers: Vec<String>) -> Option<Self> {
        Some(Self { file, pointers })
    }

    /// Whether the place is the target.
    pub(super) fn is(&self, place: &Place, vendor: &str) -> bool {
        let name = format!("{:?}", self.file).to_lowercase();
        place.file == format!("specs/{vendor}/{name}.yaml")
            && self.pointers.contains(&place.pointer)
    }
}

/// A documentation record, and what it is about.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Its pointer in docs.yaml.
    pub(super) at: String,
    /// `list`, `get` …
    pub(super) method: String,
    /// The record.
    pub(super) value: Value,
    /// Pointer of its operation in openapi.yaml.
    pub(super) operation: String,
}

/// A vendor's specs, and a source of random numbers.
pub(super) struct Specs {
    sources: Sources,
    values: Vec<(File, Value)>,
    changed: Vec<File>,
    state: u64,
}

impl Specs {
    pub(super) fn of(vendor: &str, seed: u64) -> Self {
        let sources = shipped::sources(vendor);
        let values = File::ALL.map(|file| (file, file.value(&sources)));
        Self {
            sources,
            values: values.into(),
            changed: Vec::new(),
            state: seed,
        }
    }

    /// The sources; a file that was not changed is left as the text that it was.
    pub(super) fn into_sources(mut self) -> Sources {
        for (file, value) in &self.values {
            if self.changed.contains(file) {
                file.set(&mut self.sources, value);
            }
        }
        self.sources
    }

    /// Changes the text of a file itself.
    pub(super) fn text(&mut self, file: File) -> &mut String {
        &mut file.of(&mut self.sources).text
    }

    pub(super) fn value(&self, file: File) -> &Value {
        let found = self.values.iter().find(|(it, _)| *it == file);
        &found.unwrap().1
    }

    /// Puts a value at a pointer.
    pub(super) fn put(&mut self, file: File, pointer: &str, value: Value) {
        tree::put(self.change(file), pointer, value);
    }

    /// Adds an item to the array at a pointer, which is made if it is not there; answers the item's pointer.
    pub(super) fn push(&mut self, file: File, pointer: &str, value: Value) -> String {
        let items = self.value(file).pointer(pointer).and_then(Value::as_array);
        let count = items.map_or(0, Vec::len);
        if items.is_none() {
            self.put(file, pointer, Value::Array(Vec::new()));
        }
        let at = format!("{pointer}/{count}");
        self.put(file, &at, value);
        at
    }

    /// Takes away what is at a pointer.
    pub(super) fn take(&mut self, file: File, pointer: &str) {
        tree::take(self.change(file), pointer);
    }

    fn change(&mut self, file: File) -> &mut Value {
        self.changed.push(file);
        let found = self.values.iter_mut().find(|(it, _)| *it == file);
        &mut found.unwrap().1
    }

    /// One of several (splitmix64).
    pub(super) fn any<T>(&mut self, mut items: Vec<T>) -> Option<T> {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        if items.is_empty() {
            return None;
        }
        let index = usize::try_from(mixed % u64::try_from(items.len()).unwrap()).unwrap();
        Some(items.swap_remove(index))
    }

    /// A random place of a file that passes the test.
    pub(super) fn place(
        &mut self,
        file: File,
        test: impl Fn(&str, &Value) -> bool,
    ) -> Option<String> {
        let value = self.value(file);
        let found = tree::pointers(value)
            .into_iter()
            .filter(|it| test(it, value.pointer(it).unwrap()))
            .collect();
        self.any(found)
    }

    /// A random record that passes the test.
    pub(super) fn record(&mut self, test: impl Fn(&Self, &Record) -> bool) -> Option<Record> {
        let found = self.records();
        let found = found.into_iter().filter(|it| test(self, it)).collect();
        self.any(found)
    }

    /// Every record.
    pub(super) fn records(&self) -> Vec<Record> {
        let docs = self.value(File::Docs);
        let is_record = |it: &String| it.split('/').count() == 5 && it.contains("/methods/");
        let places = tree::pointers(docs).into_iter().filter(is_record);
        let record = |at: String| {
            let value = docs.pointer(&at).unwrap().clone();
            let (verb, path) = value["operation"].as_str()?.split_once(' ')?;
            Some(Record {
                method: at.rsplit('/').next()?.to_owned(),
                operation: format!(
                    "/paths/{}/{}",
                    path.replace('~', "~0").replace('/', "~1"),
                    verb.to_lowercase()
                ),
                value,
                at,
            })
        };
        places.filter_map(record).collect()
    }

    /// The operation of a record.
    pub(super) fn operation(&self, record: &Record) -> &Value {
        self.openapi(&record.operation)
    }

    /// What is at a pointer of openapi.yaml; null if nothing is.
    pub(super) fn openapi(&self, pointer: &str) -> &Value {
        let found = self.value(File::Openapi).pointer(pointer);
        found.unwrap_or(&Value::Null)
    }

    /// The parameters of a record's operation, those of its path included: pointer, and value without a reference.
    pub(super) fn parameters(&self, record: &Record) -> Vec<(String, &Value)> {
        let path = record.operation.rsplit_once('/').unwrap().0;
        let mut found = Vec::new();
        for parent in [record.operation.as_str(), path] {
            let items = self.openapi(parent)["parameters"].as_array();
            for (index, item) in items.into_iter().flatten().enumerate() {
                found.push((format!("{parent}/parameters/{index}"), self.follow(item)));
            }
        }
        found
    }

    /// What a reference leads to.
    pub(super) fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        target.map_or(value, |it| self.openapi(it))
    }
}
