//! Decides how each input goes out. Styles that write a value alike are one, so that what is printed says no more than it means.

use super::{FieldPlan, types::RustType};
use crate::{
    api::{Api, Body, BodyKind, Carrier, Limit, Style, StyleName, Type},
    document::{Chosen, Documented, Role},
};

/// How an input goes out.
#[derive(Clone, Debug, PartialEq)]
pub enum Encoding {
    /// Fills a placeholder of the path.
    Path,
    /// A query parameter; an array repeats it.
    Query,
    /// A query parameter; an array is joined by commas.
    QueryComma,
    /// A header.
    Header,
    /// A parameter that is written in any other style, or is a cookie.
    Styled(Carrier, Style),
    /// A property of the JSON body.
    Body,
    /// The whole JSON body.
    WholeBody,
    /// A `replace` operation of a JSON Patch.
    Replace,
    /// Nowhere itself: it names the inputs that are emptied.
    Clear,
    /// A raw body of this media type.
    Raw(String),
    /// A body of text of this media type.
    Text(String),
    /// A field of an urlencoded form.
    Field(Style),
    /// A part of a form.
    FormPart,
    /// A part of a form that goes out as this media type.
    FormPartAs(String),
    /// A part of a form that is a file of one of these media types; none: of any.
    File(Vec<String>),
    /// The name of the file in a part of a form.
    FileName,
    /// Where an answered file goes.
    SaveAs,
    /// Clauses of the filter.
    Clauses,
    /// One clause of the filter.
    Clause {
        /// The filterable field.
        field: FieldPlan,
        /// `equals`
        operator: String,
    },
    /// The order of a list.
    Order,
    /// The paths of what is answered of each record, behind those that always go out.
    Fields(String),
    /// `limit` and `next_cursor`.
    Page,
    /// Arguments of the parts of a composite read.
    Part,
}

impl Encoding {
    /// Whether it fills a placeholder of the path.
    pub fn is_path(&self) -> bool {
        matches!(self, Self::Path | Self::Styled(Carrier::Path, _))
    }

    /// Whether it is a part of the body.
    pub fn is_of_body(&self) -> bool {
        matches!(
            self,
            Self::Body
                | Self::WholeBody
                | Self::Replace
                | Self::Raw(_)
                | Self::Text(_)
                | Self::Field(_)
                | Self::FormPart
                | Self::FormPartAs(_)
                | Self::File(_)
        )
    }
}

/// A body that is there even when no input is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyBody {
    /// There is none.
    #[default]
    None,
    /// A JSON object.
    Object,
    /// A form of fields.
    Fields,
    /// A form of parts.
    Parts,
}

/// Decides how an input goes out.
pub(super) fn of(it: &Documented<'_>, chosen: &Chosen, api: &Api) -> Encoding {
    let body = it.operation.body.as_ref();
    let media_type = || body.map(|it| it.media_type.clone()).unwrap_or_default();
    let types = || {
        let part = body.and_then(|it| it.parts.get(&chosen.wire));
        part.map(|it| it.types.clone()).unwrap_or_default()
    };
    let ty = &*api.whole(&chosen.schema);
    match chosen.role {
        Role::Parameter(carrier, style) => parameter(carrier, plain(style, ty)),
        Role::Property => Encoding::Body,
        Role::Patch => Encoding::Replace,
        Role::WholeBody => Encoding::WholeBody,
        Role::Raw => Encoding::Raw(media_type()),
        Role::Text => Encoding::Text(exact(media_type())),
        // A form's reader decodes it whole, so reserved characters read the same either way.
        Role::Field(style) => Encoding::Field(Style {
            allow_reserved: false,
            ..plain(style, ty)
        }),
        Role::Part => part(&types()),
        Role::File => Encoding::File(types()),
    }
}

/// Says of a text, or of each in an array, what its place can hold, so that a model knows before it is told.
pub(super) fn bound(encoding: &Encoding, ty: &RustType, limits: &mut Vec<Limit>) {
    let (carrier, style) = match encoding {
        Encoding::Styled(carrier, style) => (*carrier, style),
        Encoding::Field(style) => (Carrier::Query, style),
        _ => return,
    };
    let pattern = match (carrier, style.name) {
        (Carrier::Cookie, _) => COOKIE,
        (_, StyleName::Label) if style.explode => "^[^.]*$",
        (_, StyleName::SpaceDelimited) => "^[^ ]*$",
        (_, StyleName::PipeDelimited) => "^[^|]*$",
        _ => return,
    };
    let has_own = |it: &[Limit]| it.iter().any(|it| matches!(it, Limit::Pattern(_)));
    let pattern = Limit::Pattern(pattern.to_owned());
    match ty {
        RustType::Text(_) if !has_own(limits) => limits.push(pattern),
        RustType::List(items) if matches!(**items, RustType::Text(_)) => {
            let each = limits.iter_mut().find_map(|it| match it {
                Limit::Each(each) => Some(each),
                _ => None,
            });
            match each {
                Some(each) if has_own(each) => {}
                Some(each) => each.push(pattern),
                None => limits.push(Limit::Each(vec![pattern])),
            }
        }
        _ => {}
    }
}

/// What a cookie's value can hold (RFC 6265 section 4.1.1).
const COOKIE: &str = r"^[!#-+\--:<-\[\]-~]*$";

/// The style that writes a value of this type in the same way, and has the least to say.
fn plain(style: Style, ty: &Type) -> Style {
    let form = Style {
        name: StyleName::Form,
        explode: true,
        ..style
    };
    let unexploded = Style {
        explode: false,
        ..style
    };
    let is_list = matches!(ty, Type::List(..));
    let is_one = !is_list && !matches!(ty, Type::Map(_) | Type::Object(_) | Type::AllOf(_));
    match style.name {
        StyleName::Json | StyleName::DeepObject => unexploded,
        StyleName::Simple if is_list || is_one => unexploded,
        StyleName::Label | StyleName::Matrix if is_one => unexploded,
        StyleName::Form | StyleName::SpaceDelimited | StyleName::PipeDelimited
            if is_one || style.explode =>
        {
            form
        }
        _ => style,
    }
}

fn parameter(carrier: Carrier, style: Style) -> Encoding {
    match (carrier, style.name) {
        (Carrier::Path, StyleName::Simple) if !style.explode => Encoding::Path,
        (Carrier::Header, StyleName::Simple) if !style.explode => Encoding::Header,
        (Carrier::Query, StyleName::Form) if !style.allow_reserved => {
            if style.explode {
                Encoding::Query
            } else {
                Encoding::QueryComma
            }
        }
        // A cookie is written in one way only.
        (Carrier::Cookie, name) => Encoding::Styled(carrier, Style::new(name, Some(false))),
        _ => Encoding::Styled(carrier, style),
    }
}

/// A part goes out as what is stated first; a range leaves it as it is.
fn part(types: &[String]) -> Encoding {
    match types.first() {
        Some(stated) if !stated.contains('*') => Encoding::FormPartAs(stated.clone()),
        _ => Encoding::FormPart,
    }
}

/// A range of texts is met by plain text.
fn exact(media_type: String) -> String {
    if media_type.contains('*') {
        return "text/plain".to_owned();
    }
    media_type
}

/// The body that is there even when no input is given.
pub(super) fn empty_body(body: Option<&Body>, api: &Api) -> EmptyBody {
    let is_object = |body: &&Body| body.required && api.is_flat(body);
    match body.filter(is_object).map(|it| it.kind) {
        Some(BodyKind::Json) => EmptyBody::Object,
        Some(BodyKind::Urlencoded) => EmptyBody::Fields,
        Some(BodyKind::Multipart) => EmptyBody::Parts,
        Some(BodyKind::Other) | None => EmptyBody::None,
    }
}

/// What a JSON body goes out as, where that is not what is usual.
pub(super) fn body_type(body: Option<&Body>) -> Option<String> {
    let body = body.filter(|it| it.kind == BodyKind::Json)?;
    (body.media_type != "application/json").then(|| body.media_type.clone())
}
