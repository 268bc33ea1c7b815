//! The prompts: what is listed, and the text that a prompt with its arguments becomes.

use rmcp::model::{self, GetPromptResult, JsonObject, PromptMessage, Role};
use serde_json::Value;

use crate::{
    catalogue::Catalogue,
    suggest::instead,
    table::{Complete, Prompt, PromptArgument},
    text::ticked,
};

/// The prompts whose tools are all enabled: the others would send a model after tools that it does not have.
pub(crate) fn enabled(catalogue: &Catalogue) -> Vec<&'static Prompt> {
    let prompts = catalogue.vendor.prompts.iter();
    prompts
        .filter(|prompt| !words(prompt).any(|word| catalogue.withholds(word)))
        .collect()
}

/// The words of a prompt that may be names of tools: those between backticks, and what completes its arguments.
fn words(prompt: &'static Prompt) -> impl Iterator<Item = &'static str> {
    let quoted = prompt.text.split('`').skip(1).step_by(2);
    let words = quoted.flat_map(|text| text.split(|it: char| !it.is_alphanumeric() && it != '_'));
    let completing = prompt
        .arguments
        .iter()
        .filter_map(|argument| match argument.complete {
            Complete::Tool { tool, .. } => Some(tool),
            Complete::None | Complete::Values(_) => None,
        });
    words.chain(completing)
}

/// These prompts as `prompts/list` answers them.
pub(crate) fn list(prompts: &[&'static Prompt]) -> Vec<model::Prompt> {
    prompts
        .iter()
        .map(|prompt| {
            let arguments = prompt.arguments.iter().map(|argument| {
                model::PromptArgument::new(argument.name)
                    .with_description(argument.description)
                    .with_required(argument.required)
            });
            model::Prompt::new(
                prompt.name,
                Some(prompt.description),
                Some(arguments.collect()),
            )
            .with_title(prompt.title)
        })
        .collect()
}

/// The one of the enabled prompts that has this name.
///
/// # Errors
/// A sentence that names the nearest, or says that its tools are not enabled.
pub(crate) fn find(
    catalogue: &Catalogue,
    enabled: &[&'static Prompt],
    name: &str,
) -> Result<&'static Prompt, String> {
    let found = enabled.iter().find(|prompt| prompt.name == name);
    found.copied().ok_or_else(|| {
        let has = |prompt: &Prompt| prompt.name == name;
        if catalogue.vendor.prompts.iter().any(has) {
            return format!(
                "the prompt `{name}` needs tools that are not enabled here: this server runs with {}",
                catalogue.words()
            );
        }
        let names: Vec<&str> = enabled.iter().map(|prompt| prompt.name).collect();
        let instead = instead(name, &names, "prompts");
        format!("there is no prompt {}{instead}", ticked(name))
    })
}

/// The text that a prompt becomes with these arguments.
///
/// # Errors
/// A sentence on an argument that is missing, unknown, or no text.
pub(crate) fn get(prompt: &Prompt, arguments: &JsonObject) -> Result<GetPromptResult, String> {
    let names: Vec<&str> = prompt
        .arguments
        .iter()
        .map(|argument| argument.name)
        .collect();
    if let Some(unknown) = arguments.keys().find(|key| !names.contains(&key.as_str())) {
        return Err(format!(
            "the prompt `{}` has no argument {}{}",
            prompt.name,
            ticked(unknown),
            instead(unknown, &names, "arguments")
        ));
    }
    let values = prompt
        .arguments
        .iter()
        .map(|argument| Ok((argument.name, value(prompt, argument, arguments)?)))
        .collect::<Result<Vec<_>, String>>()?;
    let message = PromptMessage::new_text(Role::User, fill(prompt.text, &values));
    Ok(GetPromptResult::new(vec![message]).with_description(prompt.description))
}

fn value(
    prompt: &Prompt,
    argument: &PromptArgument,
    arguments: &JsonObject,
) -> Result<String, String> {
    let text = match arguments.get(argument.name) {
        None | Some(Value::Null) => "",
        Some(Value::String(text)) => text.trim(),
        Some(_) => {
            return Err(format!(
                "the argument `{}` of the prompt `{}` must be text",
                argument.name, prompt.name
            ));
        }
    };
    match text {
        "" if argument.required => Err(format!(
            "the prompt `{}` needs the argument `{}`: {}",
            prompt.name, argument.name, argument.description
        )),
        "" => Ok(argument.default.to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// One pass, so that braces in a value are not filled again.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = after.split_once('}').and_then(|(name, behind)| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (value, behind))
        });
        match value {
            Some((value, behind)) => {
                text.push_str(value);
                rest = behind;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PROMPT: Prompt = Prompt {
        name: "review",
        title: "Review",
        description: "Reviews.",
        arguments: &[
            PromptArgument {
                name: "what",
                description: "What.",
                required: true,
                default: "",
                complete: Complete::None,
            },
            PromptArgument {
                name: "hours",
                description: "Hours.",
                required: false,
                default: "24",
                complete: Complete::None,
            },
        ],
        text: "Review {what} of {hours} hours; keep {braces} and {\"a\": 1}.",
    };

    fn text(arguments: Value) -> Result<String, String> {
        let Value::Object(arguments) = arguments else {
            return Err("no object".to_owned());
        };
        get(&PROMPT, &arguments)
            .map(|result| result.messages[0].content.as_text().unwrap().text.clone())
    }

    #[test]
    fn arguments_and_defaults_are_filled_once() {
        let filled = text(json!({"what": "{hours}"})).unwrap();
        assert_eq!(
            filled,
            "Review {hours} of 24 hours; keep {braces} and {\"a\": 1}."
        );
    }

    #[test]
    fn wrong_arguments_are_told() {
        assert!(
            text(json!({}))
                .unwrap_err()
                .contains("needs the argument `what`")
        );
        assert!(
            text(json!({"what": "x", "hour": "3"}))
                .unwrap_err()
                .contains("did you mean `hours`?")
        );
        let long = text(json!({"x".repeat(500): "3"})).unwrap_err();
        assert!(long.len() < 200, "{long}");
        assert!(
            text(json!({"what": 3}))
                .unwrap_err()
                .contains("must be text")
        );
    }
}
