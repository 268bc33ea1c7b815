//! What opens the vendor's API to one call: the operator's credentials, or the caller's own, and the token that is fetched for them.

use crate::{
    carried::Carried,
    credentials::{Credentials, Secret},
    encode,
    entry::Entry,
    failure::Failure,
    said::Secrets,
    server::Server,
    token::Client,
};

/// What opens the API to one call.
pub(crate) struct Authorized {
    /// What goes along.
    pub(crate) carried: Carried,
    /// What must not be shown of the answer.
    pub(crate) secrets: Secrets,
    /// The token that goes along, and whose it is.
    token: Option<(Client, String)>,
}

impl Server {
    /// What opens the API to a call of this tool. A tool that goes without credentials gets none.
    ///
    /// # Errors
    /// What is missing, or why there is no token.
    pub(crate) async fn authorize(
        &self,
        entry: &Entry,
        caller: Option<Secret>,
    ) -> Result<Authorized, Failure> {
        let credentials = self.credentials(caller);
        if entry.about.open {
            return Ok(Authorized {
                carried: Carried::default(),
                secrets: credentials.secrets(),
                token: None,
            });
        }
        let missing = credentials.missing();
        if !missing.is_empty() {
            let key = self
                .vendor()
                .caller_key
                .as_ref()
                .filter(|_| self.allow_caller_key);
            let header = key
                .filter(|key| missing.iter().any(|it| it.name == key.credential))
                .map(|key| key.header);
            return Err(Failure::Credentials { missing, header });
        }
        let token = self.token(&credentials).await?;
        let text = token.as_ref().map(|(_, text)| text.clone());
        let shown = text.iter().flat_map(|it| [it.clone(), encode::percent(it)]);
        Ok(Authorized {
            carried: credentials
                .carried(text.as_deref())
                .map_err(Failure::Settings)?,
            secrets: credentials.secrets().with(&shown.collect::<Vec<_>>()),
            token,
        })
    }

    /// The token for these credentials, if calls need one.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn token(
        &self,
        credentials: &Credentials,
    ) -> Result<Option<(Client, String)>, Failure> {
        let (Some(client), Some(url)) = (credentials.client(), self.tokens.url()) else {
            return Ok(None);
        };
        let url = url.map_err(|why| Failure::Settings(why.to_owned()))?;
        let secrets = credentials.secrets();
        let fetched = self.tokens.get(&client, url, &self.dispatch, &secrets);
        let text = fetched.await.map_err(|it| Failure::Token(Box::new(it)))?;
        Ok(Some((client, text)))
    }

    /// Drops the token of a call that the vendor answered with 401; whether there was one. The call itself is not sent again.
    pub(crate) async fn judge(&self, authorized: &Authorized, status: u16) -> bool {
        let (401, Some((client, text))) = (status, &authorized.token) else {
            return false;
        };
        self.tokens.forget(client, text).await;
        true
    }

    /// The credentials of a call: the operator's, with one replaced by the caller's own.
    fn credentials(&self, caller: Option<Secret>) -> Credentials {
        match (caller, &self.vendor().caller_key) {
            (Some(secret), Some(key)) if self.allow_caller_key => self
                .credentials
                .clone()
                .with_callers(key.credential, secret),
            _ => self.credentials.clone(),
        }
    }
}
