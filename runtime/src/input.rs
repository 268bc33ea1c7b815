//! The types that an input can have, and how each is read from and written to JSON.

use serde_json::{Number, Value};

use crate::args::Args;

/// A type of an input. Implemented here for `bool`, `i64`, `f64`, `String`, `Date`, `DateTime`, `Decimal`, `Bytes`, `Json` (any JSON but null), `Map<T>`, `Vec<T>`; generated for enums and objects.
pub trait Input: Sized {
    /// Whether null is a value of it, within an array or a map: an input that is null is still one to leave out.
    const TAKES_NULL: bool = false;

    /// Reads the value at `args`; what is wrong is noted there, and a filler is answered.
    fn read(args: &mut Args) -> Self;
    /// The value as the vendor's JSON.
    fn json(self) -> Value;
}

/// The vendor's JSON of what is one of several forms: what the one that it is holds.
#[macro_export]
macro_rules! json_of {
    ($value:expr, $($form:ident),+ $(,)?) => {
        match $value {
            $(Self::$form(it) => $crate::Input::json(it),)+
        }
    };
}

/// What a writer may hand on: `T`, `Option<T>` or `Change<T>`; an absent value is not sent.
pub trait Wire {
    /// The vendor's JSON, if there is a value; null empties a property.
    fn wire(self) -> Option<Value>;
}

impl<T: Input> Wire for T {
    fn wire(self) -> Option<Value> {
        Some(self.json())
    }
}

impl<T: Input> Wire for Option<T> {
    fn wire(self) -> Option<Value> {
        self.map(T::json)
    }
}

/// What an update does to a property that can be emptied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change<T> {
    /// Nothing.
    Keep,
    /// Gives it a value.
    Set(T),
    /// Empties it: what is sent is null.
    Clear,
}

impl<T: Input> Wire for Change<T> {
    fn wire(self) -> Option<Value> {
        match self {
            Self::Keep => None,
            Self::Set(value) => Some(value.json()),
            Self::Clear => Some(Value::Null),
        }
    }
}

impl Input for bool {
    fn read(args: &mut Args) -> Self {
        args.take("true or false", Value::as_bool)
            .unwrap_or_default()
    }

    fn json(self) -> Value {
        self.into()
    }
}

/// `5` and `5.0` are integers, as in JSON Schema; `"5"` is not.
impl Input for i64 {
    fn read(args: &mut Args) -> Self {
        let expected = if args.value().is_some_and(is_whole) {
            "an integer of 64 bits"
        } else {
            "an integer"
        };
        args.take(expected, integer).unwrap_or_default()
    }

    fn json(self) -> Value {
        self.into()
    }
}

/// The same, without a sign.
impl Input for u64 {
    fn read(args: &mut Args) -> Self {
        args.take("an integer of 64 bits without a sign", unsigned)
            .unwrap_or_default()
    }

    fn json(self) -> Value {
        self.into()
    }
}

/// A whole number is written without a fraction, as the caller most likely wrote it.
impl Input for f64 {
    fn read(args: &mut Args) -> Self {
        args.take("a number", Value::as_f64).unwrap_or_default()
    }

    fn json(self) -> Value {
        match exact_integer(self) {
            Some(integer) => integer.into(),
            None => Number::from_f64(self).map_or(Value::Null, Value::Number),
        }
    }
}

impl Input for String {
    fn read(args: &mut Args) -> Self {
        args.take("a string", Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    fn json(self) -> Value {
        self.into()
    }
}

impl<T: Input> Input for Vec<T> {
    fn read(args: &mut Args) -> Self {
        args.items(T::TAKES_NULL, T::read)
    }

    fn json(self) -> Value {
        self.into_iter().map(T::json).collect()
    }
}

/// Any JSON but null, handed on as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json(pub Value);

impl Input for Json {
    const TAKES_NULL: bool = true;

    fn read(args: &mut Args) -> Self {
        Self(args.value().cloned().unwrap_or_default())
    }

    fn json(self) -> Value {
        self.0
    }
}

/// An object whose keys the caller chooses; their order is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map<T>(pub Vec<(String, T)>);

impl<T: Input> Input for Map<T> {
    fn read(args: &mut Args) -> Self {
        Self(args.entries(T::TAKES_NULL, T::read))
    }

    fn json(self) -> Value {
        self.0
            .into_iter()
            .map(|(key, value)| (key, value.json()))
            .collect()
    }
}

/// A JSON object under construction, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(serde_json::Map<String, Value>);

impl Object {
    /// An empty object.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a property unless the value is absent.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Wire) -> Self {
        if let Some(value) = value.wire() {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    /// Sets properties whose keys the caller chose.
    #[must_use]
    pub fn rest<T: Input>(mut self, others: Map<T>) -> Self {
        let others = others.0.into_iter();
        self.0
            .extend(others.map(|(key, value)| (key, value.json())));
        self
    }

    /// The finished object.
    #[must_use]
    pub fn json(self) -> Value {
        Value::Object(self.0)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        object.json()
    }
}

/// This number as an integer; a fraction of zero does not matter.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    if value.is_f64() {
        value.as_f64().and_then(exact_integer)
    } else {
        value.as_i64()
    }
}

/// This number as an integer without a sign; a fraction of zero does not matter.
fn unsigned(value: &Value) -> Option<u64> {
    // 2^64 is a float, `u64::MAX` is not.
    const END: f64 = 18_446_744_073_709_551_616.0;
    if !value.is_f64() {
        return value.as_u64();
    }
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (0.0..END).contains(&number)).then_some(number as u64)
}

fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// A float that is whole and within the range of `i64`.
fn exact_integer(number: f64) -> Option<i64> {
    // 2^63 is a float, `i64::MAX` is not.
    const END: f64 = 9_223_372_036_854_775_808.0;
    (number.fract() == 0.0 && (-END..END).contains(&number)).then_some(number as i64)
}
