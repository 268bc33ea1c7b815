//! What the index knows of English: what asks for which kind of tool, what says nothing, and what says the same.

/// What a request asks to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Nothing is said.
    Unsaid,
    /// To see something.
    See,
    /// To know how many there are.
    Count,
    /// To make something.
    Make,
    /// To change something.
    Change,
    /// To take something away.
    Delete,
}

/// Verbs at the head of a request.
const DEEDS: &[(Deed, &[&str])] = &[
    (
        Deed::See,
        &[
            "list", "get", "find", "show", "search", "see", "view", "read", "look", "fetch",
            "display", "lookup", "retrieve", "which", "what", "who", "check", "browse", "query",
            "review", "where", "when", "whose",
        ],
    ),
    (Deed::Count, &["count"]),
    (
        Deed::Make,
        &[
            "create", "add", "log", "new", "record", "make", "register", "enter", "put", "insert",
            "post", "raise", "write", "leave", "attach", "assign", "book", "file", "give", "issue",
            "start", "open", "set", "upload",
        ],
    ),
    (
        Deed::Change,
        &[
            "update", "change", "edit", "modify", "move", "rename", "reassign", "close", "reopen",
            "escalate", "mark", "correct", "adjust", "replace", "patch", "fix", "raise", "reset",
            "set", "assign", "receive", "transfer", "complete", "finish", "resolve", "increase",
            "decrease", "extend",
        ],
    ),
    (
        Deed::Delete,
        &["delete", "remove", "cancel", "drop", "erase", "clear"],
    ),
];

/// Verbs that are adjectives or nouns too: they ask for something only before an article, or `new`.
const TWOFOLD: &[&str] = &[
    "open", "set", "file", "issue", "book", "post", "record", "close", "complete", "new",
];

/// What shows that a noun follows.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "new", "another", "my", "our", "this", "some",
];

/// Words that say nothing of their own. The last line is about when, which is a matter of arguments.
const IDLE: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "or",
    "i",
    "me",
    "my",
    "we",
    "us",
    "our",
    "you",
    "your",
    "he",
    "she",
    "it",
    "its",
    "they",
    "them",
    "their",
    "this",
    "these",
    "those",
    "there",
    "here",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "am",
    "do",
    "does",
    "did",
    "have",
    "has",
    "had",
    "can",
    "could",
    "would",
    "should",
    "will",
    "shall",
    "may",
    "must",
    "please",
    "want",
    "need",
    "like",
    "let",
    "how",
    "some",
    "any",
    "all",
    "each",
    "every",
    "no",
    "not",
    "yet",
    "new",
    "another",
    "other",
    "one",
    "exist",
    "exists",
    "existing",
    "currently",
    "whole",
    "just",
    "also",
    "only",
    "given",
    "certain",
    "specific",
    "something",
    "everything",
    "came",
    "come",
    "comes",
    "got",
    "per",
    "via",
    "if",
    "so",
    "then",
    "than",
    "still",
    "such",
    "up",
    "out",
    "who",
    "what",
    "which",
    "where",
    "when",
    "whose",
    "that",
    "get",
    "list",
    "post",
    "put",
    "today",
    "tomorrow",
    "yesterday",
    "now",
    "tonight",
    "week",
    "month",
    "year",
    "day",
    "last",
    "next",
    "recent",
    "recently",
];

/// Words after which comes what something belongs to, not what it is.
const LINKS: &[&str] = &[
    "of", "on", "in", "for", "to", "from", "by", "with", "into", "at", "about", "within", "under",
    "against", "whose", "that", "who", "which", "onto", "between", "during", "as", "because",
    "without", "back",
];

/// What says the same in general English. Each row is one meaning; a vendor's own words stand in its vendor.yaml.
pub(super) const SAME: &[&[&str]] = &[
    &["picture", "photo", "image", "avatar", "thumbnail"],
    &["email", "mail"],
    &["phone", "telephone", "mobile"],
    &["document", "file", "attachment"],
    &["document", "upload"],
    &["note", "comment", "remark"],
    &["note", "conversation", "discussion", "thread"],
    &["kind", "type", "category"],
    &["status", "state"],
    &[
        "employee",
        "staff",
        "member",
        "person",
        "people",
        "colleague",
        "user",
        "someone",
        "somebody",
    ],
    &["convert", "turn", "transform"],
    &["duplicate", "copy", "clone"],
    &["invoice", "bill"],
    &["supplier", "vendor"],
    &["stock", "inventory", "quantity"],
    &["place", "location", "address"],
    &["holiday", "vacation"],
    &["setting", "preference"],
    &["timer", "stopwatch"],
    &["job", "task", "checklist"],
    &["cost", "price"],
    &["history", "audit", "log"],
    &["link", "attach", "connect"],
    &["child", "children"],
    &["timesheet", "time sheet"],
];

/// In which state something is.
const STATES: &[&str] = &[
    "open",
    "closed",
    "active",
    "inactive",
    "unpaid",
    "paid",
    "overdue",
    "pending",
    "complete",
    "completed",
    "billable",
    "late",
    "current",
    "won",
    "lost",
    "extra",
    "internal",
    "external",
    "duplicate",
    "free",
    "available",
    "assigned",
    "unassigned",
];

/// Verbs that name a thing as well: they ask for a deed, and stay a word of the request.
const TELLING: &[&str] = &["upload"];

/// Whether a word says in which state something is.
pub(super) fn is_state(word: &str) -> bool {
    STATES.contains(&word)
}

/// Whether a word says nothing of its own.
pub(super) fn is_idle(word: &str) -> bool {
    IDLE.contains(&word) || LINKS.contains(&word)
}

/// Whether what follows a word is not the thing itself.
pub(super) fn is_link(word: &str) -> bool {
    LINKS.contains(&word)
}

/// How a request begins.
pub(super) struct Lead {
    /// What is to be done; several where the verb can mean several.
    pub(super) deeds: Vec<Deed>,
    /// Which word is the verb.
    pub(super) verb: Option<usize>,
    /// Where what it is about begins.
    pub(super) rest: usize,
}

/// Question words, which are verbs' equals at the head of a request.
const ASKING: &[&str] = &["which", "what", "who", "where", "when", "whose"];

/// Verbs that say nothing elsewhere.
const PLAIN: &[&str] = &["get", "list", "new", "post", "put"];

/// What the head of a request says.
pub(super) fn lead(words: &[String]) -> Lead {
    let text: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(rest) = counted(&text) {
        return Lead {
            deeds: vec![Deed::Count],
            verb: None,
            rest,
        };
    }
    let says = |it: &&str| !is_idle(it) || ASKING.contains(it) || PLAIN.contains(it);
    let head = text.iter().position(says);
    let deeds: Vec<Deed> = head.map_or_else(Vec::new, |it| meant(text[it], text.get(it + 1)));
    let Some(head) = head.filter(|_| !deeds.is_empty()) else {
        return Lead {
            deeds: vec![Deed::Unsaid],
            verb: None,
            rest: 0,
        };
    };
    let stays = TELLING.contains(&text[head]);
    Lead {
        deeds,
        verb: Some(head).filter(|_| !stays),
        rest: if stays { head } else { head + 1 },
    }
}

/// What a verb asks for before this word.
fn meant(verb: &str, next: Option<&&str>) -> Vec<Deed> {
    if TWOFOLD.contains(&verb) && !next.is_some_and(|it| ARTICLES.contains(it)) {
        return Vec::new();
    }
    let found = DEEDS.iter().filter(|(_, verbs)| verbs.contains(&verb));
    found.map(|(deed, _)| *deed).collect()
}

/// Where what is to be counted begins, if that is asked.
fn counted(text: &[&str]) -> Option<usize> {
    let many = text.windows(2).position(|it| it == ["how", "many"]);
    let head = text.iter().position(|it| !is_idle(it));
    let number = head.filter(|it| text[*it..].starts_with(&["number", "of"]));
    many.or(number).map(|it| it + 2)
}

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};

    #[test]
    fn the_head_of_a_request_says_what_is_to_be_done() {
        use Deed::{Change, Count, Delete, Make, See, Unsaid};
        for (request, deeds, about) in [
            ("please list all invoices", &[See][..], "all"),
            ("I want to add a note", &[Make], "a"),
            ("which boards exist", &[See], "boards"),
            ("how many open tickets", &[Count], "open"),
            ("number of tickets", &[Count], "tickets"),
            ("change the number of seats", &[Change], "the"),
            ("open a ticket", &[Make], "a"),
            ("open tickets", &[Unsaid], "open"),
            ("assign a member", &[Make, Change], "a"),
            ("cancel it", &[Delete], "it"),
            ("upload a picture", &[Make], "upload"),
            ("agreements of a company", &[Unsaid], "agreements"),
        ] {
            let said = words(request);
            let lead = lead(&said);
            assert_eq!(
                (lead.deeds.as_slice(), said[lead.rest].as_str()),
                (deeds, about),
                "{request}"
            );
        }
        assert_eq!(lead(&words("the of it")).deeds, [Unsaid]);
        assert_eq!(lead(&[]).rest, 0);
    }
}
