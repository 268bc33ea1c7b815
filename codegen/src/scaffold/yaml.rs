//! Writes YAML with comments, line by line: what is written is edited by a person.

use serde_json::Value;

/// Most characters of a line of prose.
const WIDTH: usize = 120;

/// Lines of YAML.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A comment, in as many lines as it takes.
    pub(super) fn comment(&mut self, indent: usize, text: &str) {
        for line in wrapped(text, WIDTH - indent - 2) {
            self.line(indent, &format!("# {line}"));
        }
    }

    /// A line as it stands.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.0.push_str(&" ".repeat(indent));
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A key whose value follows in lines of its own.
    pub(super) fn heading(&mut self, indent: usize, name: &str) {
        self.line(indent, &format!("{}:", scalar(name)));
    }

    /// A key and a text; what was guessed says from what.
    pub(super) fn pair(&mut self, indent: usize, name: &str, text: &str, guessed: Option<&str>) {
        if let Some(from) = guessed {
            self.comment(indent, &format!("guessed from {from}"));
        }
        let value = scalar(text);
        let name = scalar(name);
        let lines = wrapped(text, WIDTH - indent - 2);
        // A text that folding would alter, if only by a space, stays on one line.
        let may_fold = lines.len() > 1 && lines.join(" ") == text;
        if indent + name.len() + value.len() + 2 <= WIDTH || !may_fold {
            return self.line(indent, &format!("{name}: {value}"));
        }
        self.line(indent, &format!("{name}: >-"));
        for line in lines {
            self.line(indent + 2, &line);
        }
    }

    /// A key and a value of JSON, on one line.
    pub(super) fn flow(&mut self, indent: usize, name: &str, value: &Value) {
        self.line(indent, &format!("{}: {}", scalar(name), flow(value)));
    }

    /// The text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A text as a YAML scalar of one line, quoted where it must be.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let written = serde_yaml::to_string(text).unwrap_or_default();
    let written = written.trim_end_matches('\n');
    if written.contains('\n') {
        return quoted(text);
    }
    written.to_owned()
}

/// A value in flow style.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let key = |it: &str| {
                if is_plain(it) {
                    it.to_owned()
                } else {
                    quoted(it)
                }
            };
            let pairs = map
                .iter()
                .map(|(name, it)| format!("{}: {}", key(name), flow(it)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Whether a text means itself without quotes, in flow style too.
fn is_plain(text: &str) -> bool {
    let means_else = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "_-./".contains(it))
        && !means_else.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes, in which YAML and JSON agree; what YAML cannot hold is escaped.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let escaped = json.chars().map(|it| {
        if it.is_control() || is_odd(it) {
            format!("\\u{:04x}", u32::from(it))
        } else {
            it.to_string()
        }
    });
    escaped.collect()
}

/// Characters that end a line, or that YAML does not take.
fn is_odd(it: char) -> bool {
    matches!(
        it,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// The words of a text in lines of at most this many characters, if no word is longer.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let is_gap = |it: char| it.is_whitespace() || it.is_control() || is_odd(it);
    for word in text.split(is_gap).filter(|it| !it.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Lines, flow};

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "plain",
            "yes",
            "a: b",
            "# no comment",
            "{x}",
            "'",
            "\"",
            "1.0",
            "",
            "~",
            "- item",
            "a, b",
            "\u{7f}",
            "tab\tin",
            "ends in colon:",
            "größe 😀",
            "null",
            "*star",
            "&and",
            "!bang",
            "%",
            "@at",
            "`tick`",
            "\u{2028}",
        ];
        for text in texts {
            let mut lines = Lines::default();
            lines.pair(0, "key", text, None);
            lines.flow(0, "flow", &json!({text: [text, 1.5, null, true]}));
            let text_of = lines.into_text();
            let read: Value =
                serde_yaml::from_str(&text_of).unwrap_or_else(|it| panic!("{text_of}: {it}"));
            assert_eq!(read["key"], text, "{text_of}");
            assert_eq!(
                read["flow"][text],
                json!([text, 1.5, null, true]),
                "{text_of}"
            );
        }
        assert_eq!(flow(&json!({"a": "b c"})), "{a: \"b c\"}");
    }

    #[test]
    fn a_long_text_is_folded() {
        let long = "word ".repeat(60);
        let mut lines = Lines::default();
        lines.pair(4, "description", long.trim(), Some("its name"));
        let text = lines.into_text();
        assert!(text.lines().all(|it| it.len() <= 120), "{text}");
        let read: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(read["description"], long.trim());
    }

    #[test]
    fn a_text_that_cannot_be_folded_is_what_it_was() {
        let word = "w".repeat(130);
        let path = format!("GET /{word}");
        let gaps = format!("{word}  {word}\n{word} ");
        for text in [&word, &path, &gaps] {
            let mut lines = Lines::default();
            lines.pair(2, "operation", text, None);
            let written = lines.into_text();
            let read: Value = serde_yaml::from_str(&written).unwrap();
            assert_eq!(read["operation"], text.as_str(), "{written}");
        }
    }
}
