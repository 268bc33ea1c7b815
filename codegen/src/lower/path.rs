//! Reads a path template: which placeholders it has, and whether a URL can be made of it.

use crate::{
    api::{Carrier, Flaw, Parameter},
    report::Place,
};

/// Names between braces; or why there is no filling them.
pub(super) fn placeholders(path: &str) -> Result<Vec<&str>, &'static str> {
    if !path.starts_with('/') {
        return Err("it does not begin with a slash");
    }
    let mut names = Vec::new();
    for segment in path.split('/') {
        if matches!(segment, "." | "..") {
            return Err("a segment of dots leads elsewhere");
        }
        let mut rest = segment;
        let mut is_behind_one = false;
        while !rest.is_empty() {
            let (literal, more) = rest.split_at(rest.find(['{', '}']).unwrap_or(rest.len()));
            if !literal.bytes().all(is_literal) {
                return Err("it has characters that the path of a URL does not");
            }
            if more.is_empty() {
                break;
            }
            if is_behind_one && literal.is_empty() {
                return Err("nothing stands between two placeholders to tell where one ends");
            }
            let (name, after) = placeholder(more)?;
            names.push(name);
            (rest, is_behind_one) = (after, true);
        }
    }
    Ok(names)
}

/// The name of the placeholder that a text begins with, and what follows.
fn placeholder(text: &str) -> Result<(&str, &str), &'static str> {
    let inner = text.strip_prefix('{').and_then(|it| it.split_once('}'));
    let (name, after) = inner.ok_or("its braces do not pair up")?;
    // Dialects of other tools, whose meaning nobody can guess; a control character would break what it is printed into.
    let is_odd = |it: char| matches!(it, '{' | ':' | '(' | '*' | '?') || it.is_control();
    if name.is_empty() || name.contains(is_odd) {
        return Err("a placeholder is a name between braces, such as `{id}`");
    }
    Ok((name, after))
}

/// What stands for itself in the path of a URL (RFC 3986 section 3.3).
fn is_literal(it: u8) -> bool {
    it.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(&it)
}

/// What keeps an operation from being called at its path.
pub(super) fn flaws(path: &str, parameters: &[Parameter], place: &Place) -> Vec<Flaw> {
    let flaw = |code, reason, remedy| Flaw {
        code,
        reason,
        remedy,
        pointer: place.pointer.clone(),
    };
    let names = match placeholders(path) {
        Ok(names) => names,
        Err(why) => {
            return vec![flaw(
                "path-malformed",
                format!("`{}` is no path template: {why}", path.escape_debug()),
                "rename the path with overlay actions (remove it, and add the right one)",
            )];
        }
    };
    let of_path = || parameters.iter().filter(|it| it.carrier == Carrier::Path);
    let undeclared = names
        .iter()
        .filter(|name| of_path().all(|it| it.name != **name));
    let undeclared = undeclared.map(|name| {
        flaw(
            "path-parameter-undeclared",
            format!("the path has `{{{name}}}`, but no parameter of that name is declared"),
            "declare the parameter with an overlay action",
        )
    });
    let elsewhere = of_path().filter(|it| !names.contains(&it.name.as_str()));
    let elsewhere = elsewhere.map(|it| {
        flaw(
            "path-parameter-not-in-path",
            format!(
                "the path parameter `{}` does not stand in the path",
                it.name
            ),
            "say `in: query` with an overlay action, if that is what the vendor takes",
        )
    });
    undeclared.chain(elsewhere).collect()
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn a_placeholder_may_be_a_part_of_a_segment() {
        for (path, names) in [
            ("/", &[][..]),
            ("/a/{id}", &["id"]),
            ("/files/{name}.{ext}", &["name", "ext"]),
            ("/items/{id}:cancel", &["id"]),
            ("/orders('{key}')/lines", &["key"]),
            ("/a/v{version}/{x-y}/", &["version", "x-y"]),
        ] {
            assert_eq!(placeholders(path).unwrap(), names, "{path}");
        }
    }

    #[test]
    fn what_nobody_could_fill_is_refused() {
        for path in [
            "a/{id}",
            "/a/{id",
            "/a/id}",
            "/a/{}",
            "/a/{{id}}",
            "/a/{b}{c}",
            "/a/{id:[0-9]+}",
            "/a/{id?}",
            "/a?b={c}",
            "/a#b",
            "/a b",
            "/ä",
            "/a/../{b}",
            "/a/{b\n}",
        ] {
            assert!(placeholders(path).is_err(), "{path}");
        }
    }
}
