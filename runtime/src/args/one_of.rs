//! Chooses which of several forms a value is: the first that it fits. If it fits none, what is wrong is told of the form that was
//! meant, as far as that can be known.

use serde_json::Value;

use super::Args;
use crate::{choice, limit::Limit, mistake::Mistake, text};

/// Most forms of which one message says what they want.
const MOST: usize = 6;

/// One of the forms that a value may have.
pub struct OneOf<T: 'static> {
    /// What it is called.
    label: &'static str,
    kind: Kind,
    /// The property that says that it is this one, by one of these values.
    tag: Option<(&'static str, &'static [&'static str])>,
    /// Properties that it must have.
    needs: &'static [&'static str],
    limits: &'static [Limit],
    read: Read<T>,
}

/// The reader of a form.
type Read<T> = for<'a> fn(&mut Args<'a>) -> T;

/// What kind of JSON a form is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Boolean,
    Number,
    Text,
    List,
    Object,
    Any,
}

impl Kind {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Text => value.is_string(),
            Self::List => value.is_array(),
            Self::Object => value.is_object(),
            Self::Any => true,
        }
    }
}

impl<T> OneOf<T> {
    /// True or false.
    pub const fn boolean(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::Boolean, read)
    }

    /// A number.
    pub const fn number(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::Number, read)
    }

    /// A text.
    pub const fn text(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::Text, read)
    }

    /// An array.
    pub const fn list(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::List, read)
    }

    /// An object whose keys the caller chooses.
    pub const fn map(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::Object, read)
    }

    /// An object with the properties that it must have.
    pub const fn object(
        label: &'static str,
        needs: &'static [&'static str],
        read: Read<T>,
    ) -> Self {
        let mut form = Self::of(label, Kind::Object, read);
        form.needs = needs;
        form
    }

    /// JSON of more than one kind.
    pub const fn any(label: &'static str, read: Read<T>) -> Self {
        Self::of(label, Kind::Any, read)
    }

    /// Names the property that says that it is this form, by one of these values.
    #[must_use]
    pub const fn tagged(mut self, property: &'static str, values: &'static [&'static str]) -> Self {
        self.tag = Some((property, values));
        self
    }

    /// Sets limits to it.
    #[must_use]
    pub const fn within(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    const fn of(label: &'static str, kind: Kind, read: Read<T>) -> Self {
        Self {
            label,
            kind,
            tag: None,
            needs: &[],
            limits: &[],
            read,
        }
    }

    /// Whether the property that says so says that it is this form; a form without one may always be meant.
    fn is_tagged(&self, value: &Value) -> bool {
        self.tag.is_none_or(|(property, values)| {
            let came = value.get(property).and_then(Value::as_str);
            came.is_some_and(|it| values.contains(&it))
        })
    }

    fn has_needs(&self, value: &Value) -> bool {
        self.needs.iter().all(|it| value.get(it).is_some())
    }
}

/// A form that a value does not fit, and why.
struct Tried<'f, T: 'static> {
    form: &'f OneOf<T>,
    mistakes: Vec<Mistake>,
}

impl Args<'_> {
    /// This value as the first of several forms that it fits; there is always one form at least.
    pub fn one_of<T>(&mut self, forms: &[OneOf<T>]) -> T {
        let Some(value) = self.value else {
            return (forms[0].read)(self);
        };
        let mut tried = Vec::new();
        for form in forms.iter().filter(|it| it.kind.fits(value)) {
            let (read, mistakes) = self.attempt(form, value);
            if mistakes.is_empty() {
                return read;
            }
            tried.push(Tried { form, mistakes });
        }
        self.tell(value, forms, tried);
        self.value = None;
        (forms[0].read)(self)
    }

    fn attempt<T>(&self, form: &OneOf<T>, value: &Value) -> (T, Vec<Mistake>) {
        let mut whole = Args::at(String::new(), None);
        let read = whole.child(self.at.clone(), Some(value), form.limits, form.read);
        (read, whole.mistakes)
    }

    /// Notes why a value is none of the forms.
    fn tell<T>(&mut self, value: &Value, forms: &[OneOf<T>], tried: Vec<Tried<'_, T>>) {
        if tried.is_empty() {
            let mut labels: Vec<_> = forms.iter().map(|it| it.label).collect();
            labels.dedup();
            let (labels, came) = (labels.join(" or "), text::what(value));
            return self.note(Mistake::new(
                self.at.clone(),
                format!("expected {labels}, got {came}"),
            ));
        }
        let mut meant = tried;
        if meant.len() > 1 && meant.iter().all(|it| it.form.tag.is_some()) {
            meant.retain(|it| it.form.is_tagged(value));
            if meant.is_empty() {
                return self.tell_tag(value, forms);
            }
        }
        if meant.len() > 1 && meant.iter().any(|it| it.form.has_needs(value)) {
            meant.retain(|it| it.form.has_needs(value));
        }
        match meant.as_mut_slice() {
            [only] => {
                for mistake in std::mem::take(&mut only.mistakes) {
                    self.note(mistake);
                }
            }
            several => {
                let why = in_brief(several, &self.at);
                self.note(Mistake::new(self.at.clone(), why));
            }
        }
    }

    /// Notes that the property that says which form it is says none.
    fn tell_tag<T>(&mut self, value: &Value, forms: &[OneOf<T>]) {
        let tags = || forms.iter().filter_map(|it| it.tag);
        let Some((property, _)) = tags().next() else {
            return;
        };
        let mut allowed: Vec<&str> = Vec::new();
        for value in tags().flat_map(|(_, values)| values) {
            if !allowed.contains(value) {
                allowed.push(value);
            }
        }
        let why = match value.get(property) {
            Some(came) => choice::refusal(came, &allowed),
            None => {
                let allowed = text::list(allowed.iter().map(|it| text::quoted(it)));
                format!(
                    "required input is missing; it says which form this is, by one of {allowed}"
                )
            }
        };
        self.note(Mistake::new(text::below(&self.at, property), why));
    }
}

/// What each form would have wanted, by its first mistake.
fn in_brief<T>(tried: &[Tried<'_, T>], at: &str) -> String {
    let more = tried.len().saturating_sub(MOST);
    let told = tried.iter().take(MOST).filter_map(|it| {
        let Mistake { at: place, why } = it.mistakes.first()?;
        let place = place.strip_prefix(at).unwrap_or(place);
        let place = place.trim_start_matches('.');
        let lead = if place.is_empty() { "" } else { ": " };
        Some(format!("{}: {place}{lead}{why}", it.form.label))
    });
    let mut text = format!(
        "fits none of its forms ({})",
        told.collect::<Vec<_>>().join("; ")
    );
    if more > 0 {
        text += &format!("; there are {more} more forms");
    }
    text
}
