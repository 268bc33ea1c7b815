//! What a process serves: the tools, the vendor's API behind them, and how answers are shown.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    answer::{self, Content},
    attach::attach,
    base_url::Base,
    call::Call,
    catalogue::Catalogue,
    composite,
    confirm::Confirm,
    credentials::{Credentials, Secret},
    dispatch::Dispatch,
    entry::Entry,
    failure::Failure,
    files::Files,
    limits::FILE,
    long, me,
    mistake::Mistake,
    outgoing::{Meter, Progress},
    paging::Window,
    present::{described, present},
    request::{self, Request},
    secret,
    site::Site,
    table::{Answer, Auth, Paging, Vendor},
    token::Tokens,
};

/// What a process serves.
pub(crate) struct Server {
    /// The tools.
    pub(crate) catalogue: Catalogue,
    /// Where the vendor's API stands.
    pub(crate) site: Site,
    /// The servers besides, by name, each with its base URL or why that is of no use.
    pub(crate) others: Vec<(&'static str, Result<Base, String>)>,
    /// Which tools want a person's yes.
    pub(crate) confirm: Confirm,
    /// The operator's credentials.
    pub(crate) credentials: Credentials,
    /// The tokens that were fetched for them.
    pub(crate) tokens: Tokens,
    /// Whether callers over HTTP may bring a credential of their own.
    pub(crate) allow_caller_key: bool,
    /// Sends the calls.
    pub(crate) dispatch: Dispatch,
    /// Which tools are listed.
    pub(crate) exposure: Exposure,
    /// Which copies of an answer a tool result holds.
    pub(crate) copies: Copies,
    /// Most bytes of an answer.
    pub(crate) max_answer: usize,
    /// Whether steps of procedures look for what they need.
    pub(crate) checks: bool,
    /// The files that tools may read and write.
    pub(crate) files: Files,
}

/// Which copies of an answer a tool result holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Copies {
    /// JSON as text.
    Text,
    /// Structured content.
    Structured,
    /// Both, as the protocol recommends.
    Both,
}

/// Which tools are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Exposure {
    /// All of them.
    All,
    /// Those by which a model finds and calls all others.
    Discovery,
}

/// What a tool call came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The answer, or the failure.
    pub(crate) json: Value,
    /// Whether it is a failure.
    pub(crate) failed: bool,
    /// The file that goes with the answer.
    pub(crate) file: Option<File>,
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Self {
            json: failure.json(),
            failed: true,
            file: None,
        }
    }
}

/// A file that a vendor answered.
#[derive(Debug)]
pub(crate) struct File {
    /// What its bytes are.
    pub(crate) media_type: String,
    /// The name that the vendor gives it.
    pub(crate) name: Option<String>,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// What a model sees of it, where it is text: without secrets.
    pub(crate) shown: Option<String>,
}

/// A call that is ready to be sent.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The HTTP request.
    pub(crate) request: Request,
    window: Window,
    /// Paths of the record that the caller named.
    named: Vec<String>,
    last: Option<Value>,
    /// Where an answered file goes, if not to the caller.
    save_as: Option<String>,
    /// Who is told how far a file on its way out is.
    listener: Option<UnboundedSender<Progress>>,
}

impl Server {
    /// The vendor.
    pub(crate) fn vendor(&self) -> &'static Vendor {
        self.catalogue.vendor
    }

    /// Calls a tool: arguments, one HTTP call (or one per part), answer. `caller` is a credential of the caller's own;
    /// `listener` is told how far a file on its way out is.
    pub(crate) async fn call(
        &self,
        entry: &Entry,
        arguments: Value,
        caller: Option<Secret>,
        listener: Option<UnboundedSender<Progress>>,
    ) -> Outcome {
        if let Answer::Parts { parts } = entry.about.answer {
            return composite::call(self, entry, parts, &arguments, caller).await;
        }
        let shown = async {
            let mut ready = self.ready(entry, &arguments).await?;
            self.check(entry, &arguments, caller.clone()).await?;
            // A file in them would be in memory twice while it goes out.
            drop(arguments);
            ready.listener = listener;
            let save_as = ready.save_as.take();
            let (content, window) = self.send(entry, ready, caller).await?;
            match (&content, save_as) {
                (Content::File(file), Some(name)) => return Ok((self.save(file, &name)?, None)),
                (Content::File(file), None) if file.bytes.len() > FILE => {
                    return Err(Failure::LargeFile(file.bytes.len()));
                }
                _ => {}
            }
            Ok(present(content, &window, self.max_answer))
        };
        match shown.await {
            Ok((json, file)) => Outcome {
                json,
                failed: false,
                file,
            },
            Err(failure) => Failure::into(failure),
        }
    }

    /// The HTTP request of a tool call.
    ///
    /// # Errors
    /// Every mistake in the arguments, or what is wrong with the settings.
    pub(crate) fn prepare(&self, entry: &Entry, arguments: &Value) -> Result<Ready, Failure> {
        let arguments = me::resolved(self.vendor(), entry, &self.credentials, arguments)
            .map_err(Failure::Arguments)?;
        let mut call: Call = entry.call(&arguments).map_err(Failure::Arguments)?;
        let taken = call.taken(&self.own_parameters(entry));
        if !taken.is_empty() {
            return Err(Failure::Arguments(taken));
        }
        self.attach(&mut call).map_err(Failure::Arguments)?;
        let save_as = call.save_as.take();
        let paging = match call.ordered_by {
            Some(_) => paging(entry).ordered(),
            None => paging(entry),
        };
        let query = call.fingerprint();
        let window = Window::open(&paging, query, &call.page)
            .map_err(|mistake| Failure::Arguments(vec![mistake]))?;
        request::ask(&mut call, window.ask());
        let base = self.base(entry)?;
        let mut call = long::fit(call, entry.about.search, base, &self.vendor().long_queries)?;
        let (last, named) = (call.last.take(), std::mem::take(&mut call.named));
        let mut request = Request::new(call, base, self.vendor().headers, entry.about.answer)
            .map_err(Failure::Settings)?;
        request.secrets = secret::values(&entry.about, &arguments);
        Ok(Ready {
            request,
            window,
            named,
            last,
            save_as,
            listener: None,
        })
    }

    /// The query parameters that no input fills: those of paging, and those that carry credentials.
    fn own_parameters(&self, entry: &Entry) -> Vec<&'static str> {
        let carried = self.vendor().auth.iter().filter_map(|it| match it {
            Auth::Query { query, .. } => Some(*query),
            _ => None,
        });
        carried.chain(paging(entry).parameters()).collect()
    }

    /// Where a tool is called.
    fn base(&self, entry: &Entry) -> Result<&Base, Failure> {
        let Some(name) = entry.about.server else {
            return self.site.known();
        };
        let other = self.others.iter().find(|(it, _)| *it == name);
        let base = other.map(|(_, base)| base.as_ref());
        let unknown = || Failure::Settings(format!("there is no server `{name}`"));
        base.ok_or_else(unknown)?
            .map_err(|why| Failure::Settings(why.clone()))
    }

    /// The HTTP request of a tool call, once it is known where the API stands.
    ///
    /// # Errors
    /// Every mistake in the arguments, what is wrong with the settings, or why the API is not found.
    pub(crate) async fn ready(&self, entry: &Entry, arguments: &Value) -> Result<Ready, Failure> {
        match self.prepare(entry, arguments) {
            Err(Failure::Unfound) => {
                self.look_up().await?;
                self.prepare(entry, arguments)
            }
            prepared => prepared,
        }
    }

    /// Finds out where the API stands, unless that is known.
    ///
    /// # Errors
    /// What is wrong with the settings, or why the API is not found.
    pub(crate) async fn look_up(&self) -> Result<(), Failure> {
        let found = self.site.look_up(&self.dispatch, &self.credentials).await;
        found.map(|_| ())
    }

    /// What a tool call would send, as people see it.
    ///
    /// # Errors
    /// Every mistake in the arguments, or what is wrong with the settings.
    pub(crate) fn shown(&self, entry: &Entry, arguments: &Value) -> Result<Value, Failure> {
        let mut shown = self.requests(entry, arguments)?;
        if let (Some(Ok(url)), false) = (self.tokens.url(), entry.about.open) {
            let place = Tokens::place(url);
            shown["authorization"] =
                format!("a token, which a call fetches from {place}; none was fetched for this")
                    .into();
        }
        Ok(shown)
    }

    fn requests(&self, entry: &Entry, arguments: &Value) -> Result<Value, Failure> {
        let Answer::Parts { parts } = entry.about.answer else {
            return Ok(self.prepare(entry, arguments)?.request.shown());
        };
        let prepared = composite::prepare(self, entry, parts, arguments)?;
        let requests = prepared.iter().map(|it| {
            let mut shown = it.ready.request.shown();
            shown["part"] = it.part.key.into();
            shown
        });
        Ok(json!({"requests": requests.collect::<Vec<_>>()}))
    }

    /// Reads and checks the files that a call sends or is to save.
    fn attach(&self, call: &mut Call) -> Result<(), Vec<Mistake>> {
        let mut mistakes = attach(&mut call.body, &self.files)
            .err()
            .unwrap_or_default();
        let saved = call
            .save_as
            .as_deref()
            .map(|name| self.files.check_new(name));
        mistakes.extend(
            saved
                .and_then(Result::err)
                .map(|why| Mistake::new("save_as", why)),
        );
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(mistakes)
        }
    }

    /// Saves an answered file: what the model sees of it.
    fn save(&self, file: &File, name: &str) -> Result<Value, Failure> {
        self.files
            .save(name, &file.bytes)
            .map_err(Failure::Unsaved)?;
        let mut json = described(file);
        json["result"]["saved_as"] = name.into();
        Ok(json)
    }

    /// Sends a prepared call and reads the answer.
    ///
    /// # Errors
    /// Why there is no answer, or what the vendor refused.
    pub(crate) async fn send(
        &self,
        entry: &Entry,
        ready: Ready,
        caller: Option<Secret>,
    ) -> Result<(Content, Window), Failure> {
        let authorized = self.authorize(entry, caller).await?;
        let meter = Meter::new(ready.request.uploaded(), ready.listener);
        let hidden = ready.request.secrets.clone();
        let carried = &authorized.carried;
        let response = self.dispatch.send(ready.request, carried, &meter).await?;
        let is_dropped = self.judge(&authorized, response.status).await;
        let secrets = authorized.secrets.with(&hidden);
        let content = answer::read(
            self.vendor(),
            &entry.about,
            &ready.window,
            &ready.named,
            ready.last,
            response,
            &secrets,
        );
        let content = content.map_err(|it| if is_dropped { it.guided(DROPPED) } else { it })?;
        Ok((content, ready.window))
    }
}

/// Said of a refusal after which a token is not used again.
const DROPPED: &str = "The token of this call is not used again: call once more, and a new one is fetched. If that is refused \
                       too, the credentials are at fault.";

/// How a tool's list is paged; what is no list has no pages.
pub(crate) fn paging(entry: &Entry) -> Paging {
    match entry.about.answer {
        Answer::List { paging, .. } => paging,
        Answer::Single { .. }
        | Answer::Deleted
        | Answer::Nothing
        | Answer::File { .. }
        | Answer::Parts { .. } => Paging::None,
    }
}

/// A server that several connections share.
pub(crate) type Shared = Arc<Server>;
