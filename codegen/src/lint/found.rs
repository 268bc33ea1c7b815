//! The findings of one rule so far, and how they are told: of a place once, without what is allowed.

use std::collections::HashMap;

use super::{Finding, Rule, subject::Subject};
use crate::report::{Diagnostic, Located, Place};

/// Most tools that a reason names.
const NAMED: usize = 3;

/// The findings of one rule so far.
#[derive(Default)]
pub(super) struct Found(Vec<Raw>);

struct Raw {
    /// None: where the first of the tools stands.
    place: Option<Place>,
    tools: Vec<String>,
    at: String,
    reason: String,
    /// Fewer tools than this are none.
    least: usize,
}

impl Found {
    /// Of a tool itself.
    pub(super) fn tool(&mut self, tool: &str, reason: impl Into<String>) {
        self.tools([tool.to_owned()].into(), reason);
    }

    /// Of several tools together, and of none of them alone.
    pub(super) fn tools(&mut self, tools: Vec<String>, reason: impl Into<String>) {
        self.0.push(Raw {
            place: None,
            least: tools.len().min(2),
            tools,
            at: String::new(),
            reason: reason.into(),
        });
    }

    /// Of an input of some tools.
    pub(super) fn input(
        &mut self,
        tools: &[&str],
        at: &str,
        place: &Place,
        reason: impl Into<String>,
    ) {
        self.0.push(Raw {
            place: Some(place.clone()),
            tools: tools.iter().map(|it| (*it).to_owned()).collect(),
            at: at.to_owned(),
            reason: reason.into(),
            least: 1,
        });
    }

    /// Of the vendor; `at` says what of it.
    pub(super) fn vendor(&mut self, at: &str, place: Place, reason: impl Into<String>) {
        self.0.push(Raw {
            place: Some(place),
            tools: Vec::new(),
            at: at.to_owned(),
            reason: reason.into(),
            least: 0,
        });
    }

    /// What is told of them.
    pub(super) fn into_findings(
        self,
        rule: &Rule,
        subject: &Subject<'_>,
        locate: impl Fn(&Place) -> Located,
    ) -> Vec<Finding> {
        let mut told: Vec<Finding> = Vec::new();
        let mut known: HashMap<(Place, String), usize> = HashMap::new();
        for mut raw in self.0 {
            if raw.tools.is_empty() {
                if subject.allows.has(rule.code, "", &raw.at) {
                    continue;
                }
            } else {
                raw.tools
                    .retain(|tool| !subject.allows.has(rule.code, tool, &raw.at));
            }
            if raw.tools.len() < raw.least {
                continue;
            }
            let first = raw.tools.first().and_then(|it| subject.place(it));
            let place = raw.place.or_else(|| first.cloned()).unwrap_or_default();
            let next = told.len();
            // What two tools share is one finding.
            let key = (place.clone(), raw.reason.clone());
            let known = *known.entry(key).or_insert(next);
            if known < next {
                told[known].tools.append(&mut raw.tools);
                continue;
            }
            told.push(Finding {
                diagnostic: diagnostic(rule, raw.reason, locate(&place)),
                tools: raw.tools,
                at: raw.at,
            });
        }
        told.into_iter().map(named).collect()
    }
}

fn diagnostic(rule: &Rule, reason: String, at: Located) -> Diagnostic {
    Diagnostic {
        place: at.place,
        line: at.line,
        column: at.column,
        severity: rule.severity,
        code: rule.code,
        reason,
        remedy: rule.remedy.to_owned(),
    }
}

/// Says in the reason of which tools it is.
fn named(mut finding: Finding) -> Finding {
    finding.tools.sort();
    finding.tools.dedup();
    let shown = finding.tools.iter().take(NAMED);
    let mut shown: Vec<String> = shown.map(|it| format!("`{it}`")).collect();
    let more = finding.tools.len() - shown.len();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    if let Some((last, others)) = shown.split_last() {
        let tools = match others {
            [] => last.clone(),
            others => format!("{} and {last}", others.join(", ")),
        };
        finding.diagnostic.reason = format!("{tools}: {}", finding.diagnostic.reason);
    }
    finding
}
