//! Who `me` is: the person that the operator set this server up for, put in the place of the word before anything is read.

use std::borrow::Cow;

use serde_json::Value;

use crate::{credentials::Credentials, entry::Entry, mistake::Mistake, table::Vendor};

/// The word.
const ME: &str = "me";

/// The arguments with the person's name in the place of `me`, in the inputs that understand it.
///
/// # Errors
/// Each input that says `me` where nobody is set up.
pub(crate) fn resolved<'a>(
    vendor: &Vendor,
    entry: &Entry,
    credentials: &Credentials,
    arguments: &'a Value,
) -> Result<Cow<'a, Value>, Vec<Mistake>> {
    let says_me = |name: &&&'static str| arguments.get(**name).and_then(Value::as_str) == Some(ME);
    let names: Vec<&'static str> = entry.about.me.iter().filter(says_me).copied().collect();
    let (Some(me), false) = (&vendor.me, names.is_empty()) else {
        return Ok(Cow::Borrowed(arguments));
    };
    let Some(person) = credentials.public(me.credential) else {
        let known = vendor
            .credentials
            .iter()
            .find(|it| it.name == me.credential);
        let variable = known.map_or(me.credential, |it| it.variable);
        let why = format!(
            "nobody is `me` here, since the operator of this server did not set {variable}: give the name itself, from `{}`",
            me.tool
        );
        return Err(names
            .into_iter()
            .map(|it| Mistake::new(it, why.clone()))
            .collect());
    };
    let mut arguments = arguments.clone();
    for name in names {
        arguments[name] = person.into();
    }
    Ok(Cow::Owned(arguments))
}
