//! Whether a request carries the right credentials.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::description::Credential;
use crate::errors::replace;
use crate::exchange::{Kind, Refusal, Request};

/// The headers that every request must carry, with their only accepted values.
pub(crate) struct Door {
    required: Vec<(String, String)>,
}

impl Door {
    /// The door that these credentials open.
    pub(crate) fn new(auth: &[Credential], credentials: &[(String, String)]) -> Self {
        let values: BTreeMap<&str, String> = credentials
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let required = auth.iter().map(|credential| {
            let value = match &credential.basic {
                Some(basic) => {
                    let pair = format!("{}:{}", basic.username, basic.password);
                    format!("Basic {}", STANDARD.encode(replace(&pair, &values)))
                }
                None => replace(credential.value.as_deref().unwrap_or_default(), &values),
            };
            (credential.header.clone(), value)
        });
        Self {
            required: required.collect(),
        }
    }

    /// Lets the request in, or says which header is at fault. It repeats no value.
    pub(crate) fn admit(&self, request: &Request) -> Result<(), Refusal> {
        for (header, accepted) in &self.required {
            let fault = match request.header(header) {
                Some(value) if value == accepted => continue,
                Some(_) => "is not one that is accepted",
                None => "is missing",
            };
            return Err(Refusal::of(
                Kind::Unauthorized,
                header,
                format!("The header `{header}` {fault}."),
            ));
        }
        Ok(())
    }
}
