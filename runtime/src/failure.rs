//! What a tool call that did not work says: one shape, whether the arguments, the operator, the network or the vendor
//! is to blame.

use serde_json::{Map, Value, json};

use crate::{
    check::Need,
    limits::FILE,
    mistake::Mistake,
    ratelimit::Rate,
    table::{Credential, Guidance},
    token::TokenFailure,
};

/// Why a tool call did not work.
pub(crate) enum Failure {
    /// The arguments are wrong; nothing was sent.
    Arguments(Vec<Mistake>),
    /// A credential is missing; nothing was sent.
    Credentials {
        /// What the operator did not supply.
        missing: Vec<&'static Credential>,
        /// The header by which a caller may bring it, if callers may.
        header: Option<&'static str>,
    },
    /// A caller's key is in this header, but cannot be used; nothing was sent.
    CallersKey(&'static str),
    /// The operator's settings are wrong; nothing was sent.
    Settings(String),
    /// Where the API stands was not looked up yet; nothing was sent.
    Unfound,
    /// A person's yes was wanted, and did not come; nothing was sent.
    Unconfirmed(&'static str),
    /// A step of a procedure cannot be taken now; it was not sent.
    Early(Lack),
    /// No answer came.
    Unanswered(Silence),
    /// An answer came that is none of the API's: HTML, broken JSON, a missing envelope.
    Unreadable {
        /// HTTP status of the answer.
        status: u16,
        /// What is wrong with it.
        why: String,
        /// Its body, bounded.
        body: Option<Value>,
    },
    /// The vendor answered a file of so many bytes, which are too many.
    LargeFile(usize),
    /// The vendor answered a file, which could not be saved.
    Unsaved(String),
    /// There is no token, without which no call goes out.
    Token(Box<TokenFailure>),
    /// The vendor refused.
    Vendor(Box<Refusal>),
    /// This program is at fault.
    Defect,
}

/// What keeps a step of a procedure from being taken.
#[derive(Debug)]
pub(crate) enum Lack {
    /// The record is in another state; what to say.
    State(&'static str),
    /// What must be supplied first.
    Steps(Vec<&'static Need>),
}

/// Why no answer came.
#[derive(Debug)]
pub(crate) enum Silence {
    /// No connection was made.
    Unreachable(String),
    /// The time was up.
    Late,
    /// The connection broke.
    Broken(String),
    /// The answer had more bytes than this.
    Large(usize),
}

/// A vendor's refusal.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: u16,
    /// The vendor's code, or one for the status.
    pub(crate) error: String,
    /// The vendor's sentence, or one for the status.
    pub(crate) message: String,
    /// The vendor's body as it came, bounded.
    pub(crate) body: Option<Value>,
    /// What its headers say about the rate limit, where that matters.
    pub(crate) rate: Rate,
    /// What to do about it.
    pub(crate) guidance: Vec<&'static str>,
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.json())
    }
}

impl Failure {
    /// This, with a sentence of guidance where the vendor refused.
    pub(crate) fn guided(mut self, sentence: &'static str) -> Self {
        if let Self::Vendor(refusal) = &mut self {
            refusal.guidance.push(sentence);
        }
        self
    }

    /// The tool result's content.
    pub(crate) fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("statusCode".into(), self.status().into());
        object.insert("error".into(), self.error().into());
        object.insert("message".into(), self.message().into());
        match self {
            Self::Arguments(mistakes) => {
                let mistakes = mistakes.iter().map(Mistake::json).collect();
                object.insert("mistakes".into(), mistakes);
            }
            Self::Unreadable { body, .. } => add(&mut object, "vendor", body.clone()),
            Self::Vendor(refusal) => {
                add(&mut object, "vendor", refusal.body.clone());
                add(&mut object, "ratelimit", refusal.rate.json());
                let guidance = (!refusal.guidance.is_empty()).then(|| json!(refusal.guidance));
                add(&mut object, "guidance", guidance);
            }
            Self::Early(Lack::Steps(needs)) => {
                let needs = needs.iter();
                let needs = needs.map(|it| json!({"what": it.what, "tool": it.tool}));
                object.insert("missing".into(), needs.collect());
            }
            Self::Token(failure) => add(&mut object, "ratelimit", failure.rate.json()),
            Self::Credentials { .. }
            | Self::Early(Lack::State(_))
            | Self::CallersKey(_)
            | Self::Settings(_)
            | Self::Unfound
            | Self::Unconfirmed(_)
            | Self::Unanswered(_)
            | Self::LargeFile(_)
            | Self::Unsaved(_)
            | Self::Defect => {}
        }
        Value::Object(object)
    }

    /// The vendor's status where it answered, else the one that says it best.
    fn status(&self) -> u16 {
        match self {
            Self::Arguments(_) => 400,
            Self::Credentials { .. } | Self::CallersKey(_) => 401,
            Self::Settings(_) | Self::Unfound | Self::Unsaved(_) | Self::Defect => 500,
            Self::Unconfirmed(_) => 403,
            Self::Early(_) => 409,
            Self::Unanswered(Silence::Late) => 504,
            Self::Unanswered(_) | Self::LargeFile(_) => 502,
            Self::Unreadable { status, .. } => *status,
            Self::Token(failure) => failure.status,
            Self::Vendor(refusal) => refusal.status,
        }
    }

    fn error(&self) -> &str {
        match self {
            Self::Arguments(_) => "invalid_arguments",
            Self::Credentials { .. } | Self::CallersKey(_) => "missing_credentials",
            Self::Settings(_) | Self::Unfound => "wrong_settings",
            Self::Unconfirmed(_) => "not_confirmed",
            Self::Early(Lack::State(_)) => "wrong_state",
            Self::Early(Lack::Steps(_)) => "missing_steps",
            Self::Unanswered(Silence::Unreachable(_)) => "unreachable",
            Self::Unanswered(Silence::Late) => "timeout",
            Self::Unanswered(Silence::Broken(_)) => "connection_broken",
            Self::Unanswered(Silence::Large(_)) | Self::LargeFile(_) => "answer_too_large",
            Self::Unsaved(_) => "file_not_saved",
            Self::Unreadable { .. } => "unreadable_answer",
            Self::Token(failure) => &failure.error,
            Self::Vendor(refusal) => &refusal.error,
            Self::Defect => "internal_error",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Arguments(mistakes) => match mistakes.as_slice() {
                [mistake] => format!("Nothing was sent. {}", sentence(mistake)),
                mistakes => {
                    let all: Vec<String> = mistakes.iter().map(sentence).collect();
                    format!(
                        "Nothing was sent, since {} arguments are wrong. {}",
                        mistakes.len(),
                        all.join(" ")
                    )
                }
            },
            Self::Credentials { missing, header } => wanting(missing, *header),
            Self::Settings(why) => format!("Nothing was sent: {why}."),
            Self::Unfound => "Nothing was sent: the base URL names a site only, and where the API stands there is looked up \
                              at the first call. Set the whole base URL to see a request without that."
                .to_owned(),
            Self::Unconfirmed(why) => format!("Nothing was sent: {why}."),
            Self::Early(lack) => lack.message(),
            Self::Unanswered(silence) => silence.message(),
            Self::Unreadable { why, .. } => why.clone(),
            Self::CallersKey(header) => format!(
                "Nothing was sent, since the `{header}` header holds no key that can be used: send it once and not \
                 blank, or leave it out."
            ),
            Self::LargeFile(bytes) => format!(
                "The file has {bytes} bytes, and this server hands on files of at most {FILE} bytes. Larger ones can be \
                 saved: with `save_as`, if the operator allowed a directory (option --files)."
            ),
            Self::Unsaved(why) => format!("The file came, but {why}."),
            Self::Token(failure) => failure.message.clone(),
            Self::Vendor(refusal) => refusal.message.clone(),
            Self::Defect => "This server failed by a defect of its own, which its operator can see in its log. Whether \
                             the call took effect is unknown: look before sending it again."
                .to_owned(),
        }
    }
}

impl Lack {
    fn message(&self) -> String {
        match self {
            Self::State(say) => format!("This step was not taken. {say}"),
            Self::Steps(needs) => {
                let what: Vec<_> = needs.iter().map(|it| it.what).collect();
                let tools: Vec<_> = needs.iter().map(|it| it.tool).collect();
                format!(
                    "This step was not taken, since it needs {} first. Call {}, then this again.",
                    listed(&what),
                    tools.join(", then ")
                )
            }
        }
    }
}

impl Silence {
    fn message(&self) -> String {
        match self {
            Self::Unreachable(why) => format!("The vendor's API cannot be reached, so nothing was done: {why}."),
            Self::Late => "The vendor's API did not answer in time. Whether the call took effect is unknown: look before \
                           sending it again."
                .to_owned(),
            Self::Broken(why) => format!(
                "The connection to the vendor's API broke: {why}. Whether the call took effect is unknown: look before \
                 sending it again."
            ),
            Self::Large(most) => format!(
                "The vendor's answer has more than {most} bytes and was not read to its end. Of records ask for less: a \
                 smaller limit, a filter, fewer related records."
            ),
        }
    }
}

/// `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        words => words.concat(),
    }
}

/// A mistake as a sentence; one that ends by asking back needs no full stop.
fn sentence(mistake: &Mistake) -> String {
    let words = mistake.to_string();
    if words.ends_with('?') {
        words
    } else {
        words + "."
    }
}

/// What is missing, and who can supply it.
pub(crate) fn wanting(missing: &[&'static Credential], header: Option<&'static str>) -> String {
    let variables: Vec<String> = missing
        .iter()
        .map(|credential| format!("{} ({})", credential.variable, full(credential.description)))
        .collect();
    let caller = header
        .map(|header| format!(" A caller can send its own in the `{header}` header."))
        .unwrap_or_default();
    let plural = if missing.len() == 1 {
        "a credential is"
    } else {
        "credentials are"
    };
    format!(
        "Nothing was sent, since {plural} missing. The operator of this server must set {}.{caller}",
        variables.join(" and ")
    )
}

/// A sentence without its full stop, to stand within another.
fn full(sentence: &str) -> &str {
    sentence.trim().trim_end_matches('.')
}

fn add(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}

/// The guidance that fits a refusal: its status, and a word that the vendor's body mentions.
pub(crate) fn guidance(rules: &'static [Guidance], status: u16, body: &str) -> Vec<&'static str> {
    let body = body.to_lowercase();
    rules
        .iter()
        .filter(|rule| rule.statuses.is_empty() || rule.statuses.contains(&status))
        .filter(|rule| body.contains(&rule.mentions.to_lowercase()))
        .map(|rule| rule.say)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_told_at_once() {
        let mistakes = vec![
            Mistake::new("limit", "must be a number"),
            Mistake::new("nme", "is unknown"),
            Mistake::new("lmit", "did you mean `limit`?"),
        ];
        let json = Failure::Arguments(mistakes).json();
        assert_eq!(json["statusCode"], 400);
        assert_eq!(
            json["mistakes"][1],
            json!({"at": "nme", "why": "is unknown"})
        );
        let message = json["message"].as_str().unwrap();
        assert!(
            message
                .ends_with("limit: must be a number. nme: is unknown. lmit: did you mean `limit`?"),
            "{message}"
        );
    }

    #[test]
    fn guidance_needs_status_and_word() {
        const RULES: &[Guidance] = &[
            Guidance {
                statuses: &[409, 422],
                mentions: "document",
                say: "Upload first.",
            },
            Guidance {
                statuses: &[409],
                mentions: "",
                say: "Look again.",
            },
        ];
        assert_eq!(guidance(RULES, 422, "No DOCUMENT yet"), ["Upload first."]);
        assert_eq!(guidance(RULES, 409, "clash"), ["Look again."]);
        assert!(guidance(RULES, 400, "document").is_empty());
    }
}
