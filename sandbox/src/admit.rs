//! Whether a request carries the right credentials.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::{Serializer, parse};

use crate::description::{Credential, Endpoint, Place};
use crate::errors::replace;
use crate::exchange::{Kind, Refusal, Reply, Request};
use crate::token::Giver;

/// What every request must carry, with the only accepted values.
pub(crate) struct Door {
    required: Vec<Required>,
    giver: Option<Giver>,
}

struct Required {
    place: Place,
    name: String,
    accepted: String,
}

impl Required {
    /// The place, in words.
    fn place(&self) -> &'static str {
        match self.place {
            Place::Query => "query parameter",
            Place::Cookie => "cookie",
            Place::Header | Place::Path => "header",
        }
    }

    /// What the request has in this place.
    fn given(&self, request: &Request) -> Option<String> {
        match self.place {
            Place::Query => parse(request.query.as_bytes())
                .find(|(name, _)| *name == self.name)
                .map(|(_, value)| value.into_owned()),
            Place::Cookie => {
                let cookies = request.header("cookie").unwrap_or_default().split(';');
                let mut cookies = cookies.filter_map(|it| it.trim().split_once('='));
                cookies
                    .find(|(name, _)| *name == self.name)
                    .map(|(_, value)| value.to_owned())
            }
            Place::Header | Place::Path => request.header(&self.name).map(str::to_owned),
        }
    }
}

impl Door {
    /// The door that these credentials open.
    pub(crate) fn new(auth: &[Credential], credentials: &[(String, String)]) -> Self {
        let values: BTreeMap<&str, String> = credentials
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let mut door = Self {
            required: Vec::new(),
            giver: None,
        };
        for credential in auth {
            let (place, name, accepted) = match credential {
                Credential::Basic(it) => {
                    let pair = format!("{}:{}", it.basic.username, it.basic.password);
                    let pair = STANDARD.encode(replace(&pair, &values));
                    (Place::Header, &it.header, format!("Basic {pair}"))
                }
                Credential::Header(it) => (Place::Header, &it.header, replace(&it.value, &values)),
                Credential::Query(it) => (Place::Query, &it.query, replace(&it.value, &values)),
                Credential::Cookie(it) => (Place::Cookie, &it.cookie, replace(&it.value, &values)),
                Credential::Token(it) => {
                    door.giver = Some(Giver::new(&it.oauth2, &values));
                    continue;
                }
            };
            door.required.push(Required {
                place,
                name: name.clone(),
                accepted,
            });
        }
        door
    }

    /// The answer, if the request is for a token.
    pub(crate) fn give(&mut self, request: &Request) -> Option<Reply> {
        self.giver.as_mut()?.answer(request)
    }

    /// Lets the request in, or says what is at fault. It repeats no value.
    pub(crate) fn admit(&self, request: &Request) -> Result<(), Refusal> {
        for it in &self.required {
            let fault = match it.given(request) {
                Some(value) if value == it.accepted => continue,
                Some(_) => "is not one that is accepted",
                None => "is missing",
            };
            return Err(Refusal::of(
                Kind::Unauthorized,
                &it.name,
                format!("The {} `{}` {fault}.", it.place(), it.name),
            ));
        }
        match &self.giver {
            Some(giver) => giver.admit(request),
            None => Ok(()),
        }
    }

    /// The request as the operation has it: without the credentials of its query, unless the operation itself declares them.
    pub(crate) fn behind<'r>(&self, request: &'r Request, endpoint: &Endpoint) -> Cow<'r, Request> {
        let declares = |name: &str| {
            let mut parameters = endpoint.parameters.iter();
            parameters.any(|it| it.place == Place::Query && it.name == name)
        };
        let names: Vec<&str> = self
            .required
            .iter()
            .filter(|it| it.place == Place::Query && !declares(&it.name))
            .map(|it| it.name.as_str())
            .collect();
        if names.is_empty() {
            return Cow::Borrowed(request);
        }
        let mut request = request.clone();
        let rest = parse(request.query.as_bytes()).filter(|(name, _)| !names.contains(&&**name));
        request.query = Serializer::new(String::new()).extend_pairs(rest).finish();
        Cow::Owned(request)
    }
}
