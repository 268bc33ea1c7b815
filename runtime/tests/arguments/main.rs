//! What the reader of arguments accepts, and what it says of the rest: all of it, with places.

mod limits;
mod places;
mod types;

use runtime::{Args, Input, Limit, Value};
use serde_json::json;

/// Reads the input `x` of type `T` within limits.
fn read<T: Input>(value: Value, limits: &'static [Limit]) -> Result<Value, Vec<String>> {
    let arguments = json!({"x": value});
    let mut args = Args::new(&arguments);
    let read: T = args.required_within("x", limits);
    told(args).map(|()| read.json())
}

/// What is wrong, as a model sees it.
fn told(args: Args) -> Result<(), Vec<String>> {
    let mistakes: Vec<_> = args.finish().iter().map(ToString::to_string).collect();
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(mistakes)
    }
}

#[track_caller]
fn accepts<T: Input>(value: Value, wire: Value) {
    assert_eq!(read::<T>(value, &[]), Ok(wire));
}

#[track_caller]
fn refuses<T: Input>(value: Value, why: &[&str]) {
    assert_eq!(
        read::<T>(value, &[]),
        Err(why.iter().map(ToString::to_string).collect())
    );
}
