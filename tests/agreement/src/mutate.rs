//! How allowed arguments are made wrong, or at least odd.

use proptest::{
    collection,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::{self, Index},
};
use runtime::Value;

use crate::{generate::Values, odd};

/// One thing that is done at a place of the arguments.
#[derive(Clone, Debug)]
enum Mutation {
    /// Takes the value away, from an object or an array.
    Drop,
    /// Puts another value in its place.
    Replace(Value),
    /// Adds a key to an object, an item to an array.
    Add(String, Value),
    /// Gives the value another key.
    Rename(String),
    /// Makes an array of so many copies of its first item.
    Copies(usize),
}

/// Allowed arguments, with one or two mutations.
pub(crate) fn mutated(schema: &Value, allowed: Values) -> Values {
    let mutations = collection::vec((any::<Index>(), mutation(schema)), 1..=2);
    let mutated = (allowed, mutations).prop_map(|(mut arguments, mutations)| {
        for (place, mutation) in mutations {
            let places = places(&arguments);
            mutate(&mut arguments, place.get(&places), mutation);
        }
        arguments
    });
    mutated.boxed()
}

fn mutation(schema: &Value) -> impl Strategy<Value = Mutation> + use<> {
    let value = sample::select(odd::values(schema));
    let name = sample::select(odd::names(schema));
    prop_oneof![
        2 => Just(Mutation::Drop),
        5 => value.clone().prop_map(Mutation::Replace),
        2 => (name.clone(), value).prop_map(|(name, value)| Mutation::Add(name, value)),
        1 => name.prop_map(Mutation::Rename),
        1 => prop_oneof![2usize..4, Just(30)].prop_map(Mutation::Copies),
    ]
}

/// A place in a value: the keys and indices that lead to it.
type Place = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// The value itself, and every place within it.
fn places(value: &Value) -> Vec<Place> {
    let mut places = vec![Vec::new()];
    let mut enter = |step: Step, value: &Value| {
        places.extend(self::places(value).into_iter().map(|mut place| {
            place.insert(0, step.clone());
            place
        }));
    };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                enter(Step::Key(key.clone()), value);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                enter(Step::Index(index), value);
            }
        }
        _ => {}
    }
    places
}

fn mutate(arguments: &mut Value, place: &Place, mutation: Mutation) {
    match mutation {
        Mutation::Replace(value) => *at(arguments, place) = value,
        Mutation::Drop => {
            take(arguments, place);
        }
        Mutation::Rename(name) => {
            if let Some((_, parent)) = place.split_last()
                && let Some(value) = take(arguments, place)
            {
                add(at(arguments, parent), name, value);
            }
        }
        Mutation::Add(name, value) => add(at(arguments, place), name, value),
        Mutation::Copies(number) => {
            if let Value::Array(items) = at(arguments, place)
                && let Some(first) = items.first().cloned()
            {
                *items = vec![first; number];
            }
        }
    }
}

fn add(container: &mut Value, name: String, value: Value) {
    match container {
        Value::Object(object) => {
            object.insert(name, value);
        }
        Value::Array(items) => items.push(value),
        _ => {}
    }
}

/// Takes what stands at a place out of its container; the arguments themselves stay.
fn take(arguments: &mut Value, place: &[Step]) -> Option<Value> {
    let (last, parent) = place.split_last()?;
    match (last, at(arguments, parent)) {
        (Step::Key(key), Value::Object(object)) => object.shift_remove(key),
        (Step::Index(index), Value::Array(items)) => Some(items.remove(*index)),
        _ => None,
    }
}

fn at<'a>(value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}
