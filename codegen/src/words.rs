//! Names: cases, plurals, Rust identifiers, and how a name that is too long is shortened.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words that heck would take apart.
const ACRONYMS: [(&str, &str); 8] = [
    ("IDs", "Ids"),
    ("SLAs", "Slas"),
    ("OAuth", "Oauth"),
    ("URLs", "Urls"),
    ("EAN13", "Ean13"),
    ("M365", "m365"),
    ("APIs", "Apis"),
    ("PDFs", "Pdfs"),
];

/// Words that are no identifiers in Rust 2024, or mean something else there.
const KEYWORDS: [&str; 59] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "lib", "loop", "macro", "main", "match", "mod", "move", "mut", "override",
    "paging", "priv", "pub", "ref", "return", "runtime", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "types", "typeof", "union", "unsafe", "unsized", "use",
    "vendor", "virtual", "where", "while", "yield", "",
];

/// Snake case, with digits kept at their word.
pub(crate) fn snake(name: &str) -> String {
    let name = ACRONYMS
        .iter()
        .fold(name.to_owned(), |name, (from, to)| name.replace(from, to));
    name.to_snake_case()
}

/// Snake case in ASCII, never empty: a word of a derived name.
pub(crate) fn plain(name: &str) -> String {
    let plain: String = snake(name)
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || *it == '_')
        .collect();
    if plain.is_empty() {
        "x".to_owned()
    } else {
        plain
    }
}

/// Name of a Rust field or module: snake case, never a keyword.
pub(crate) fn field(name: &str) -> String {
    let snake = snake(name);
    if KEYWORDS.contains(&snake.as_str()) || snake.starts_with(|it: char| it.is_ascii_digit()) {
        // `type` is `type_`, so that the wire name stays in sight.
        return if snake.starts_with(|it: char| it.is_ascii_digit()) || snake.is_empty() {
            format!("n{snake}")
        } else {
            format!("{snake}_")
        };
    }
    snake
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || it == '_' {
                it
            } else {
                '_'
            }
        })
        .collect()
}

/// Name of a Rust type or variant: upper camel case, never a keyword.
pub(crate) fn camel(name: &str) -> String {
    let camel: String = snake(name)
        .to_upper_camel_case()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if camel.is_empty() || camel == "Self" || camel.starts_with(|it: char| it.is_ascii_digit()) {
        return format!("N{camel}");
    }
    camel
}

/// English singular of a snake-case word, good enough for names.
pub(crate) fn singular(plural: &str) -> String {
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("uses", "us"),
    ];
    for (ending, replacement) in endings {
        if let Some(stem) = plural.strip_suffix(ending).filter(|stem| stem.len() > 1) {
            return format!("{stem}{replacement}");
        }
    }
    match plural.strip_suffix('s') {
        Some(stem)
            if !plural.ends_with("ss") && !plural.ends_with("us") && !plural.ends_with("is") =>
        {
            stem.to_owned()
        }
        _ => plural.to_owned(),
    }
}

/// A name of at most `max` characters: what is too long is cut, and ends in a digest of the whole name.
pub(crate) fn shorten(name: &str, max: usize) -> String {
    if name.len() <= max {
        return name.to_owned();
    }
    let digest = crate::digest::digest([(name, "")]);
    let cut: String = name.chars().take(max - 9).collect();
    format!("{}_{}", cut.trim_end_matches('_'), &digest[..8])
}

/// Names, each once: a later one of the same spelling gets a number.
pub(crate) fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        let mut candidate = name.clone();
        let mut number = 2;
        while seen.contains(&candidate) {
            candidate = format!("{name}{number}");
            number += 1;
        }
        seen.push(candidate);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::{camel, field, shorten, singular, snake};

    #[test]
    fn cases() {
        let table = [
            ("ticketIDs", "ticket_ids", "TicketIds"),
            ("subType", "sub_type", "SubType"),
            ("OAuth2", "oauth2", "Oauth2"),
            ("with[]", "with", "With"),
            ("type", "type_", "Type"),
            ("SLAs", "slas", "Slas"),
            ("price_final", "price_final", "PriceFinal"),
            ("Self", "self_", "NSelf"),
            ("123abc", "n123abc", "N123abc"),
            ("", "n", "N"),
        ];
        for (name, rust_field, rust_type) in table {
            assert_eq!(field(name), rust_field, "{name}");
            assert_eq!(camel(name), rust_type, "{name}");
        }
        assert_eq!(snake("priceEAN13"), "price_ean13");
    }

    #[test]
    fn singulars() {
        for (plural, expected) in [
            ("companies", "company"),
            ("statuses", "status"),
            ("notes", "note"),
            ("addresses", "address"),
            ("status", "status"),
            ("boxes", "box"),
            ("analysis", "analysis"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn long_names_end_in_a_digest_of_their_own() {
        let long = "a".repeat(70);
        let short = shorten(&long, 64);
        assert_eq!(short.len(), 64);
        assert_ne!(short, shorten(&format!("{long}b"), 64));
        assert_eq!(shorten("short", 64), "short");
    }
}
