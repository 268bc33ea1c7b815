//! Where the vendor's API stands: as the operator said, or, where that names a site only, as a page of that site says.

use serde_json::Value;
use tokio::sync::OnceCell;

use crate::{
    base_url::Base, call::Body, carried::Carried, credentials::Credentials, dispatch::Dispatch,
    failure::Failure, outgoing::Meter, request::Request, table::Discovery,
};

/// Longest word of a page that can be part of a path.
const LONGEST: usize = 60;

/// Where the vendor's API stands.
pub(crate) struct Site {
    set: Result<Base, String>,
    discovery: Option<&'static Discovery>,
    /// What the page said; it is asked once.
    found: OnceCell<Base>,
}

impl Site {
    /// What the operator set, or why that is of no use.
    pub(crate) fn new(set: Result<Base, String>, discovery: Option<&'static Discovery>) -> Self {
        Self {
            set,
            discovery,
            found: OnceCell::new(),
        }
    }

    /// What the operator set.
    ///
    /// # Errors
    /// Why it is of no use.
    pub(crate) fn set(&self) -> Result<&Base, &str> {
        self.set.as_ref().map_err(String::as_str)
    }

    /// The base URL of the API, if it is known already.
    ///
    /// # Errors
    /// What is wrong with the setting, or [`Failure::Unfound`].
    pub(crate) fn known(&self) -> Result<&Base, Failure> {
        let set = self
            .set()
            .map_err(|why| Failure::Settings(why.to_owned()))?;
        match self.found.get() {
            Some(found) => Ok(found),
            None if self.discovery.is_some() && set.is_site() => Err(Failure::Unfound),
            None => Ok(set),
        }
    }

    /// Looks the base URL up, unless it is known.
    ///
    /// # Errors
    /// What is wrong with the setting, why the page did not answer, or what it means that it says nothing.
    pub(crate) async fn look_up(
        &self,
        dispatch: &Dispatch,
        credentials: &Credentials,
    ) -> Result<&Base, Failure> {
        let (Some(discovery), Err(Failure::Unfound)) = (self.discovery, self.known()) else {
            return self.known();
        };
        let set = self
            .set()
            .map_err(|why| Failure::Settings(why.to_owned()))?;
        let find = async || {
            let word = ask(set, discovery, dispatch, credentials).await?;
            // What has no such page is a gateway before the API.
            Ok(word.map_or_else(
                || set.clone(),
                |it| set.at(&discovery.path.replace("{found}", &it)),
            ))
        };
        self.found.get_or_try_init(find).await
    }
}

/// What the page of a site says, if there is one. No credential goes along but what stands in its path.
///
/// # Errors
/// Why it does not answer, or what it means that it says nothing.
pub(crate) async fn ask(
    base: &Base,
    discovery: &Discovery,
    dispatch: &Dispatch,
    credentials: &Credentials,
) -> Result<Option<String>, Failure> {
    let path = credentials
        .path(discovery.page)
        .map_err(|missing| Failure::Credentials {
            missing: vec![missing],
            header: None,
        })?;
    let site = base.at("");
    let request = Request {
        method: "GET",
        url: site.join(&path, "").map_err(Failure::Settings)?,
        headers: vec![("Accept", "application/json".to_owned())],
        body: Body::None,
        secrets: Vec::new(),
    };
    let answer = dispatch
        .send(request, &Carried::default(), &Meter::new(0, None))
        .await?;
    if answer.status == 404 {
        return Ok(None);
    }
    let page: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let Some(page) = page.filter(|_| answer.status == 200) else {
        return Err(Failure::Settings(format!(
            "{site} does not say where its API stands ({} was answered with {}): set the whole base URL",
            discovery.page, answer.status
        )));
    };
    let word = page.pointer(discovery.found).and_then(Value::as_str);
    let Some(word) = word.map(|it| it.trim_matches('/')) else {
        return Err(Failure::Settings(format!("{site}: {}", discovery.unknown)));
    };
    let is_safe = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    if word.is_empty()
        || word.len() > LONGEST
        || !word.chars().all(is_safe)
        || word.starts_with('.')
    {
        return Err(Failure::Settings(format!(
            "{site} says of its API what cannot be part of a path: set the whole base URL"
        )));
    }
    Ok(Some(word.to_owned()))
}
