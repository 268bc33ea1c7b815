//! What an expression is read as, as plain data: for whoever checks that a writer of this language is understood.

use serde_json::{Value, json};

use super::{Condition, Literal, Operator, Test, parser};

/// The tree of an expression: `{"all": […]}`, `{"any": […]}`, or `{"name", "test", "values"}` with each value under its
/// type, such as `{"time": 86400}` for seconds since 1970.
///
/// # Errors
/// Why the text is no expression.
pub fn tree(text: &str) -> Result<Value, String> {
    parser::parse(text).map(|condition| shown(&condition))
}

fn shown(condition: &Condition) -> Value {
    let all = |parts: &[Condition]| parts.iter().map(shown).collect::<Value>();
    match condition {
        Condition::All(parts) => json!({ "all": all(parts) }),
        Condition::Any(parts) => json!({ "any": all(parts) }),
        Condition::Test(test) => json!({
            "name": test.name,
            "test": sign(test),
            "values": test.values.iter().map(literal).collect::<Value>(),
        }),
    }
}

fn sign(test: &Test) -> String {
    let sign = match test.operator {
        Operator::Equal => "=",
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        Operator::Contains => "contains",
        Operator::Like => "like",
        Operator::In => "in",
    };
    if test.negated {
        format!("not {sign}")
    } else {
        sign.to_owned()
    }
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => json!({ "text": text }),
        Literal::Number(number) => json!({ "number": number }),
        Literal::Boolean(flag) => json!({ "boolean": flag }),
        Literal::Time(at) => json!({ "time": at }),
        Literal::Null => Value::Null,
    }
}
