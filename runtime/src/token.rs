//! Tokens of OAuth 2.0 client credentials (RFC 6749, section 4.4): who gets which, for how long, and when one is fetched anew.
//!
//! A token lives in memory alone, one per client. Calls at the same time wait for one fetch, and share what came of it.

mod fetch;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::Url;

use crate::{dispatch::Dispatch, ratelimit::Rate, said::Secrets, table::OAuth2};

/// Most clients whose tokens are kept: callers may bring credentials of their own.
const MOST: usize = 1000;
/// How long before its end a token is no longer used; of a short life a tenth.
const MARGIN: Duration = Duration::from_secs(30);
/// The life of a token of which the authorization server says nothing.
const USUAL: Duration = Duration::from_secs(300);
/// The longest life that is believed.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// Who asks for a token: templates are filled in.
pub(crate) struct Client {
    /// How it is asked for.
    pub(crate) settings: &'static OAuth2,
    /// The client's id.
    pub(crate) id: String,
    /// The client's secret.
    pub(crate) secret: String,
    /// Further parameters of the request.
    pub(crate) parameters: Vec<(&'static str, String)>,
    /// What set the id and the secret, in words.
    pub(crate) set_by: Vec<String>,
}

/// Why there is no token.
#[derive(Clone, Debug)]
pub(crate) struct TokenFailure {
    /// Status of the authorization server, or the one that says it best.
    pub(crate) status: u16,
    /// Its code, or one of ours.
    pub(crate) error: String,
    /// What happened, and what to check.
    pub(crate) message: String,
    /// What its headers say of the rate limit, where that matters.
    pub(crate) rate: Rate,
}

/// A token as it came.
struct Token {
    text: String,
    life: Duration,
}

/// What a token was given for: the id, the secret, and the further parameters, all of which may be a caller's.
type Key = (String, String, Vec<(&'static str, String)>);

/// The tokens of a process.
pub(crate) struct Tokens {
    /// Where they are given; `None` where no call needs one.
    url: Option<Result<Url, String>>,
    clock: Box<dyn Fn() -> Instant + Send + Sync>,
    slots: Mutex<BTreeMap<Key, Arc<Slot>>>,
}

/// The token of one client.
#[derive(Default)]
struct Slot {
    /// How many fetches have ended.
    fetches: AtomicU64,
    state: tokio::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<(String, Instant)>,
    failure: Option<TokenFailure>,
}

impl Tokens {
    /// None yet; they are given at this URL, if it is of use.
    pub(crate) fn new(url: Option<Result<Url, String>>) -> Self {
        Self {
            url,
            clock: Box::new(Instant::now),
            slots: Mutex::default(),
        }
    }

    /// Where tokens are given, if calls need one.
    ///
    /// # Errors
    /// What is wrong with the URL.
    pub(crate) fn url(&self) -> Option<Result<&Url, &str>> {
        let url = self.url.as_ref()?;
        Some(url.as_ref().map_err(String::as_str))
    }

    /// Where tokens are given, for people: a query may hold what is not to be shown.
    pub(crate) fn place(url: &Url) -> String {
        fetch::place(url)
    }

    /// The client's token: the one that is there, or one that is fetched now.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn get(
        &self,
        client: &Client,
        url: &Url,
        dispatch: &Dispatch,
        secrets: &Secrets,
    ) -> Result<String, TokenFailure> {
        let slot = self.slot(client);
        let before = slot.fetches.load(Ordering::SeqCst);
        let mut state = slot.state.lock().await;
        // What another call fetched while this one waited is fresh, whatever it came to.
        let was_fetched = slot.fetches.load(Ordering::SeqCst) != before;
        let now = (self.clock)();
        match &*state {
            State {
                token: Some((text, until)),
                ..
            } if was_fetched || *until > now => return Ok(text.clone()),
            State {
                failure: Some(failure),
                ..
            } if was_fetched => return Err(failure.clone()),
            _ => {}
        }
        let fetched = fetch::fetch(client, url, dispatch, secrets).await;
        slot.fetches.fetch_add(1, Ordering::SeqCst);
        match fetched {
            Ok(Token { text, life }) => {
                let life = life.min(LONGEST);
                let until = now + life.saturating_sub(MARGIN.min(life / 10));
                *state = State {
                    token: Some((text.clone(), until)),
                    failure: None,
                };
                Ok(text)
            }
            Err(failure) => {
                *state = State {
                    token: None,
                    failure: Some(failure.clone()),
                };
                Err(failure)
            }
        }
    }

    /// Drops a token that the vendor does not accept, unless another has taken its place: the next call fetches one anew.
    pub(crate) async fn forget(&self, client: &Client, text: &str) {
        let slot = self.slot(client);
        let mut state = slot.state.lock().await;
        if state.token.as_ref().is_some_and(|(it, _)| it == text) {
            state.token = None;
        }
    }

    fn slot(&self, client: &Client) -> Arc<Slot> {
        let key = (
            client.id.clone(),
            client.secret.clone(),
            client.parameters.clone(),
        );
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST && !slots.contains_key(&key) {
            // Those that a call waits for stay.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        Arc::clone(slots.entry(key).or_default())
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
