//! Closed sets of values, and how one is chosen.

use std::fmt::Display;

use serde_json::Value;

use crate::{
    args::Args,
    input::{self, Input},
    limit::canonical,
    suggest, text,
};

/// A closed set of wire values (strings).
pub trait Choice: Copy + PartialEq + 'static {
    /// Wire value and variant, in the spec's order; never empty.
    const ALL: &'static [(&'static str, Self)];

    /// The wire value of a variant.
    fn wire(self) -> Value {
        wire(Self::ALL, self)
    }
}

/// A closed set of wire values (integers).
pub trait NumberChoice: Copy + PartialEq + 'static {
    /// Wire value and variant, in the spec's order; never empty.
    const ALL: &'static [(i64, Self)];

    /// The wire value of a variant.
    fn wire(self) -> Value {
        wire(Self::ALL, self)
    }
}

/// A closed set of other values: fractions, or values of several types.
pub trait ValueChoice: Copy + PartialEq + 'static {
    /// Wire value as JSON, and variant, in the spec's order; never empty.
    const ALL: &'static [(&'static str, Self)];

    /// The wire value of a variant.
    fn wire(self) -> Value {
        let mut all = Self::ALL.iter();
        let found = all.find(|(_, it)| *it == self);
        found.map_or(Value::Null, |(wire, _)| parsed(wire))
    }
}

impl<T: Choice> Input for T {
    fn read(args: &mut Args) -> Self {
        args.choice()
    }

    fn json(self) -> Value {
        self.wire()
    }
}

impl Args<'_> {
    /// This value as a choice.
    pub fn choice<T: Choice>(&mut self) -> T {
        // A set without a value does not compile.
        let filler = const { T::ALL[0].1 };
        let Some(value) = self.value() else {
            return filler;
        };
        if let Some(choice) = value
            .as_str()
            .and_then(|came| chosen(T::ALL, |wire| *wire == came))
        {
            return choice;
        }
        let allowed: Vec<_> = T::ALL.iter().map(|(wire, _)| *wire).collect();
        self.wrong(refusal(value, &allowed));
        filler
    }

    /// This value as a choice among integers.
    pub fn number_choice<T: NumberChoice>(&mut self) -> T {
        let filler = const { T::ALL[0].1 };
        let Some(value) = self.value() else {
            return filler;
        };
        if let Some(choice) =
            input::integer(value).and_then(|came| chosen(T::ALL, |wire| *wire == came))
        {
            return choice;
        }
        self.wrong(one_of(T::ALL.iter().map(|(wire, _)| wire), value));
        filler
    }
}

impl Args<'_> {
    /// This value as a choice among values of any type.
    pub fn value_choice<T: ValueChoice>(&mut self) -> T {
        let filler = const { T::ALL[0].1 };
        let Some(value) = self.value() else {
            return filler;
        };
        let came = canonical(value);
        if let Some(choice) = chosen(T::ALL, |wire| canonical(&parsed(wire)) == came) {
            return choice;
        }
        self.wrong(one_of(T::ALL.iter().map(|(wire, _)| wire), value));
        filler
    }
}

/// What codegen wrote down as JSON.
fn parsed(wire: &str) -> Value {
    serde_json::from_str(wire).unwrap_or_default()
}

/// Why a value is none of the allowed ones, and which is nearest.
pub(crate) fn refusal(value: &Value, allowed: &[&str]) -> String {
    let mut why = one_of(allowed.iter().map(|wire| text::quoted(wire)), value);
    let near = value
        .as_str()
        .map(|came| suggest::nearest(came, allowed))
        .unwrap_or_default();
    if let Some(nearest) = near.first() {
        why += &format!("; did you mean {}?", text::quoted(nearest));
    }
    why
}

fn one_of(allowed: impl ExactSizeIterator<Item = impl Display>, value: &Value) -> String {
    let only = if allowed.len() == 1 { "" } else { "one of " };
    format!(
        "expected {only}{}, got {}",
        text::list(allowed),
        text::what(value)
    )
}

fn chosen<W, T: Copy>(all: &[(W, T)], is_it: impl Fn(&W) -> bool) -> Option<T> {
    all.iter()
        .find(|(wire, _)| is_it(wire))
        .map(|(_, choice)| *choice)
}

fn wire<W: Copy + Into<Value>, T: PartialEq>(all: &[(W, T)], choice: T) -> Value {
    all.iter()
        .find(|(_, it)| *it == choice)
        .map_or(Value::Null, |(wire, _)| (*wire).into())
}
