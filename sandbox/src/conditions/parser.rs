//! The grammar of the `conditions` language; it stands in the module's documentation.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::lexer::{Token, cut};
use super::{Condition, Literal, Operator, Test};

/// Deeper parentheses than anyone writes, and less than the stack holds.
const DEPTH_LIMIT: usize = 64;

/// Reads a whole expression.
pub(super) fn parse(text: &str) -> Result<Condition, String> {
    let mut parser = Parser {
        tokens: cut(text)?.into_iter().peekable(),
        depth: 0,
    };
    let condition = parser.any()?;
    match parser.tokens.next() {
        None => Ok(condition),
        Some(token) => Err(format!(
            "{} is not expected after a whole condition.",
            name(&token)
        )),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.term()?];
        while self.take("and") {
            parts.push(self.term()?);
        }
        Ok(one_or(parts, Condition::All))
    }

    fn term(&mut self) -> Result<Condition, String> {
        if self.tokens.next_if_eq(&Token::Open).is_none() {
            return self.test().map(Condition::Test);
        }
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err("the parentheses are too deep.".to_owned());
        }
        let inner = self.any()?;
        self.depth -= 1;
        self.expect(&Token::Close)?;
        Ok(inner)
    }

    fn test(&mut self) -> Result<Test, String> {
        let name = match self.tokens.next() {
            Some(Token::Word(word)) if !is_reserved(&word) => word,
            other => {
                return Err(format!(
                    "{} stands where a name is expected.",
                    described(other.as_ref())
                ));
            }
        };
        if let Some(Token::Comparison(sign)) = self
            .tokens
            .next_if(|token| matches!(token, Token::Comparison(_)))
        {
            let values = vec![self.literal()?];
            return Ok(Test {
                name,
                operator: operator(sign),
                negated: false,
                values,
            });
        }
        let negated = self.take("not");
        if self.take("in") {
            let values = self.list()?;
            return Ok(Test {
                name,
                operator: Operator::In,
                negated,
                values,
            });
        }
        let operator = if self.take("contains") {
            Operator::Contains
        } else if self.take("like") {
            Operator::Like
        } else {
            let found = described(self.tokens.peek());
            return Err(format!(
                "{found} stands where an operator is expected, after `{name}`."
            ));
        };
        let Literal::Text(text) = self.literal()? else {
            return Err(format!(
                "`{name}`: a text in quotes must follow contains and like."
            ));
        };
        let text = match operator {
            Operator::Contains => without_brackets(&text)?,
            _ => text,
        };
        Ok(Test {
            name,
            operator,
            negated,
            values: vec![Literal::Text(text)],
        })
    }

    fn list(&mut self) -> Result<Vec<Literal>, String> {
        self.expect(&Token::Open)?;
        let mut values = vec![self.literal()?];
        while self.tokens.next_if_eq(&Token::Comma).is_some() {
            values.push(self.literal()?);
        }
        self.expect(&Token::Close)?;
        Ok(values)
    }

    fn literal(&mut self) -> Result<Literal, String> {
        let token = self.tokens.next();
        let literal = match &token {
            Some(Token::Text(text)) => Some(Literal::Text(text.clone())),
            Some(Token::Number(number)) => Some(Literal::Number(*number)),
            Some(Token::Time(at)) => Some(Literal::Time(*at)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("true") => {
                Some(Literal::Boolean(true))
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("false") => {
                Some(Literal::Boolean(false))
            }
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("null") => Some(Literal::Null),
            _ => None,
        };
        literal.ok_or_else(|| {
            format!(
                "{} stands where a value is expected; a text needs quotes.",
                described(token.as_ref())
            )
        })
    }

    fn take(&mut self, wanted: &str) -> bool {
        self.tokens
            .next_if(
                |token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(wanted)),
            )
            .is_some()
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), String> {
        match self.tokens.next() {
            Some(token) if token == *wanted => Ok(()),
            other => Err(format!(
                "{} stands where {} is expected.",
                described(other.as_ref()),
                name(wanted)
            )),
        }
    }
}

/// The text that `contains` looks for: `[[]` stands for `[`, which alone would begin a set of characters.
fn without_brackets(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split("[[]").collect();
    match parts.iter().find(|part| part.contains('[')) {
        Some(part) => Err(format!(
            "the [ in `{part}` begins a set of characters; a [ itself is written [[]."
        )),
        None => Ok(parts.join("[")),
    }
}

fn one_or(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            several(parts)
        }
    }
}

fn operator(sign: &str) -> Operator {
    match sign {
        "!=" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        _ => Operator::Equal,
    }
}

fn is_reserved(word: &str) -> bool {
    [
        "and", "or", "not", "in", "contains", "like", "null", "true", "false",
    ]
    .iter()
    .any(|reserved| word.eq_ignore_ascii_case(reserved))
}

fn described(token: Option<&Token>) -> String {
    token.map_or_else(|| "the end".to_owned(), name)
}

fn name(token: &Token) -> String {
    match token {
        Token::Word(word) => format!("`{word}`"),
        Token::Text(text) => format!("the text `{text}`"),
        Token::Number(number) => format!("`{number}`"),
        Token::Time(_) => "a time".to_owned(),
        Token::Comparison(sign) => format!("`{sign}`"),
        Token::Open => "`(`".to_owned(),
        Token::Close => "`)`".to_owned(),
        Token::Comma => "`,`".to_owned(),
    }
}
