//! The words of the `conditions` language.

use crate::seed::clock;

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name, or a word of the language.
    Word(String),
    Text(String),
    Number(f64),
    /// Seconds since 1970.
    Time(i64),
    /// `=`, `!=`, `<`, `<=`, `>` or `>=`
    Comparison(&'static str),
    Open,
    Close,
    Comma,
}

/// The longest first, so that `<=` is not read as `<`.
const COMPARISONS: [&str; 6] = ["!=", "<=", ">=", "=", "<", ">"];

/// Cuts a text into words.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '(' => (Token::Open, &rest[1..]),
            ')' => (Token::Close, &rest[1..]),
            ',' => (Token::Comma, &rest[1..]),
            '"' | '\'' => quoted(rest, first)?,
            '[' => time(rest)?,
            '-' | '0'..='9' => number(rest)?,
            letter if letter.is_ascii_alphabetic() || letter == '_' => word(rest),
            _ => comparison(rest)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn quoted(rest: &str, quote: char) -> Result<(Token, &str), String> {
    let (text, after) = rest[1..]
        .split_once(quote)
        .ok_or_else(|| format!("the text that begins at `{rest}` has no closing {quote}."))?;
    if text.chars().any(char::is_control) {
        return Err(format!(
            "the text {quote}{}{quote} has a control character.",
            text.escape_debug()
        ));
    }
    Ok((Token::Text(text.to_owned()), after))
}

fn time(rest: &str) -> Result<(Token, &str), String> {
    let (text, after) = rest[1..]
        .split_once(']')
        .ok_or_else(|| format!("the time that begins at `{rest}` has no closing ]."))?;
    let at = clock::utc(text).ok_or_else(|| {
        format!("[{text}] is not a time: it must be written [2016-08-20T18:04:26Z], in UTC and whole seconds.")
    })?;
    Ok((Token::Time(at), after))
}

fn number(rest: &str) -> Result<(Token, &str), String> {
    let end = rest[1..]
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .map_or(rest.len(), |end| end + 1);
    let (text, after) = rest.split_at(end);
    let glued = after.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|_| !glued && !text.ends_with('.'));
    let number = number
        .ok_or_else(|| format!("`{rest}` does not begin with a number; a text needs quotes."))?;
    Ok((Token::Number(number), after))
}

fn word(rest: &str) -> (Token, &str) {
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '/';
    let end = rest
        .find(|letter: char| !belongs(letter))
        .unwrap_or(rest.len());
    let (text, after) = rest.split_at(end);
    (Token::Word(text.to_owned()), after)
}

fn comparison(rest: &str) -> Result<(Token, &str), String> {
    let found = COMPARISONS
        .iter()
        .find_map(|sign| Some((Token::Comparison(sign), rest.strip_prefix(sign)?)));
    found.ok_or_else(|| format!("`{rest}` begins with a character that has no meaning here."))
}
