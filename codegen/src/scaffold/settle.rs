//! Settles a new vendor's specs: drafts them, generates from them, and mends what the generator finds until it finds nothing.

use std::collections::BTreeMap;

use super::{
    Dropped, Guess, Refused, Request, Scaffold, Summary,
    answers::Answers,
    behaviour::{Behaviour, Unfit, title},
    docs::docs,
    drafts::{Draft, drafts},
    examples::example,
    paging::{Styles, WHOLE},
    reading::Reading,
    tags::Tags,
    text,
};
use crate::{
    decide,
    gate::Outcome,
    load::Source,
    plan::{Encoding, InputPlan, VendorPlan},
    report::{Diagnostic, Place, Report, Severity, escape},
    sources::Sources,
};

/// Rounds of drafting and mending; each that finds something takes it away, so few are needed.
const ROUNDS: usize = 12;

/// The specs of a new vendor.
///
/// # Errors
/// Why none can be made of the document.
pub fn scaffold(request: &Request) -> Result<Scaffold, Refused> {
    let reading = Reading::of(&request.openapi)?;
    let answers = Answers::of(&reading);
    let styles = Styles::of(&reading, &answers);
    let tags = Tags::of(&reading);
    let behaviour = Behaviour {
        request,
        reading: &reading,
        answers: &answers,
        styles: &styles,
        tags: &tags,
    };
    let mut settling = Settling {
        drafts: drafts(&reading, &request.vendor, &answers, &styles, &tags),
        dropped: Vec::new(),
        refused: BTreeMap::new(),
        unfit: Unfit::default(),
    };
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        if settling.drafts.is_empty() {
            break;
        }
        let written = settling.write(&behaviour);
        let sources = written.sources(request);
        let mut report = Report::default();
        let Some(decided) = decide(&sources, &mut report) else {
            return Err(sources.diagnostics(report, None));
        };
        let told = sources.diagnostics(report, Some(&decided.origins));
        left = told
            .into_iter()
            .filter(|it| it.severity == Severity::Error)
            .collect();
        if !settling.mend(&decided.plan, &reading, &left) {
            break;
        }
    }
    if settling.drafts.is_empty() {
        return Err(nothing(request, &settling.dropped));
    }
    if !left.is_empty() {
        return Err(left);
    }
    Ok(settling.finish(&behaviour))
}

/// A document of which nothing is left makes no vendor.
fn nothing(request: &Request, dropped: &[Dropped]) -> Refused {
    let mut report = Report::default();
    let reasons: Vec<_> = dropped
        .iter()
        .map(|it| format!("{}: {}", it.operation, it.reason))
        .collect();
    let place = Place::new(request.openapi.path.clone(), "/paths");
    report.error(
        "malformed-path-item",
        place,
        format!(
            "the document has no operation that a record can be made of. {}",
            reasons.join("; ")
        ),
        "give an OpenAPI document with at least one path",
    );
    let sources = Sources {
        openapi: request.openapi.clone(),
        ..Sources::default()
    };
    sources.diagnostics(report, None)
}

/// The drafts, and what has become of them.
struct Settling {
    drafts: Vec<Draft>,
    dropped: Vec<Dropped>,
    /// Operations that the gate refuses, with the reason.
    refused: BTreeMap<String, String>,
    /// What of the document cannot be used in vendor.yaml.
    unfit: Unfit,
}

/// The files as they stand.
struct Written {
    behaviour: String,
    docs: String,
    guesses: Vec<Guess>,
    told: Vec<String>,
}

impl Written {
    fn sources(&self, request: &Request) -> Sources {
        let source = |name: &str, text: &str| Source {
            path: format!("specs/{}/{name}.yaml", request.vendor),
            text: text.to_owned(),
        };
        Sources {
            vendor: request.vendor.clone(),
            openapi: request.openapi.clone(),
            overlay: None,
            docs: Some(source("docs", &self.docs)),
            behaviour: source("vendor", &self.behaviour),
            prompts: None,
            sandbox: None,
        }
    }
}

impl Settling {
    fn write(&self, behaviour: &Behaviour<'_>) -> Written {
        let used = |tag: &str| {
            self.drafts
                .iter()
                .any(|it| it.tags.iter().any(|it| it == tag))
        };
        let (text, guesses, told) = behaviour.write(used, &self.unfit);
        let title = behaviour.title();
        Written {
            behaviour: text,
            docs: docs(
                &title,
                &behaviour.request.vendor,
                &self.drafts,
                &self.refused,
                &self.dropped,
            ),
            guesses,
            told,
        }
    }

    /// Mends what was found; whether anything was.
    fn mend(&mut self, plan: &VendorPlan, reading: &Reading, errors: &[Diagnostic]) -> bool {
        let mut mended = self.note_refusals(plan);
        for draft in &mut self.drafts {
            let Some(tool) = plan.tools.iter().find(|it| it.operation == draft.key) else {
                continue;
            };
            if draft.inputs.is_none() && tool.inputs.iter().any(|it| it.description.is_empty()) {
                draft.inputs = Some(
                    tool.inputs
                        .iter()
                        .filter(|it| is_chosen(it))
                        .map(described)
                        .collect(),
                );
                mended = true;
            }
            if draft.example.is_none() && draft.may_have_example {
                draft.may_have_example = false;
                draft.example = example(tool, reading);
                mended |= draft.example.is_some();
            }
        }
        for error in errors {
            mended |= self.mend_one(error);
        }
        mended
    }

    /// Why operations are refused stands in docs.yaml, too.
    fn note_refusals(&mut self, plan: &VendorPlan) -> bool {
        let mut refused = BTreeMap::new();
        for (key, row) in &plan.ledger.rows {
            if let Outcome::Refused(flaws) = &row.outcome {
                let mut reasons: Vec<_> = flaws.iter().map(|it| text::flat(&it.reason)).collect();
                reasons.dedup();
                refused.insert(key.clone(), reasons.join("; "));
            }
        }
        let is_new = refused != self.refused;
        self.refused = refused;
        is_new
    }

    /// Takes back what an error is about.
    fn mend_one(&mut self, error: &Diagnostic) -> bool {
        if error.place.file.ends_with("vendor.yaml") {
            return self.mend_behaviour(error);
        }
        let about = self.drafts.iter().position(|it| {
            let place = format!(
                "/resources/{}/methods/{}",
                escape(&it.name.resource),
                escape(&it.name.method)
            );
            error.place.pointer == place || error.place.pointer.starts_with(&format!("{place}/"))
        });
        let Some(index) = about.filter(|_| error.place.file.ends_with("docs.yaml")) else {
            return self.drop_all(error);
        };
        let draft = &mut self.drafts[index];
        match error.code {
            // Described in this same round.
            "description-missing" if draft.inputs.is_some() => true,
            // There may be several mistakes in it.
            "example-refused" => {
                draft.example = None;
                true
            }
            "paging-parameter-missing" if draft.paging.as_deref() != Some(WHOLE) => {
                draft.paging = Some(WHOLE.to_owned());
                true
            }
            "answer-pointer-unknown" if draft.answer.as_deref() != Some("") => {
                draft.answer = Some(String::new());
                true
            }
            _ => {
                let draft = self.drafts.remove(index);
                self.dropped.push(Dropped {
                    operation: draft.key,
                    reason: text::flat(&error.reason),
                });
                true
            }
        }
    }

    /// Servers and security schemes that do not fit together are told, and left to a person.
    fn mend_behaviour(&mut self, error: &Diagnostic) -> bool {
        let part = error.place.pointer.split('/').nth(1).unwrap_or_default();
        let unfit = match part {
            "base_url" => &mut self.unfit.servers,
            "auth" | "credentials" | "parameters" => &mut self.unfit.security,
            _ => return false,
        };
        let is_new = unfit.is_none();
        unfit.get_or_insert_with(|| text::flat(&error.reason));
        is_new
    }

    /// An error in the document itself takes the records of all operations that it stands in.
    fn drop_all(&mut self, error: &Diagnostic) -> bool {
        let pointer = &error.place.pointer;
        let is_of = |draft: &Draft| {
            let (verb, path) = draft.key.split_once(' ').unwrap_or_default();
            let place = format!("/paths/{}/{}", escape(path), verb.to_lowercase());
            *pointer == place || pointer.starts_with(&format!("{place}/"))
        };
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.drafts)
            .into_iter()
            .partition(is_of);
        self.drafts = kept;
        let is_mended = !gone.is_empty();
        self.dropped.extend(gone.into_iter().map(|it| Dropped {
            operation: it.key,
            reason: text::flat(&error.reason),
        }));
        is_mended
    }

    fn finish(self, behaviour: &Behaviour<'_>) -> Scaffold {
        let written = self.write(behaviour);
        let mut guesses = written.guesses;
        let of_searches = self.drafts.iter().filter_map(|it| {
            let from = it.effect_from.as_ref()?;
            Some(Guess::of(
                "docs.yaml",
                &format!("`{}` only reads", it.key),
                from,
            ))
        });
        guesses.extend(of_searches);
        guesses.extend(self.counted());
        let renamed = self
            .drafts
            .iter()
            .filter_map(|it| Some((it.name.full.clone(), it.name.note.clone()?)));
        let refused = self
            .refused
            .iter()
            .map(|(key, reason)| (key.clone(), vec![reason.clone()]));
        let summary = Summary {
            title: title(behaviour.reading, &behaviour.request.vendor),
            tools: self.drafts.len() - self.refused.len(),
            guesses,
            refused: refused.collect(),
            renamed: renamed.collect(),
            told: written.told,
            dropped: self.dropped.clone(),
        };
        Scaffold {
            behaviour: written.behaviour,
            docs: written.docs,
            summary,
        }
    }

    /// Guesses that are told by their number.
    fn counted(&self) -> Vec<Guess> {
        let undescribed = self
            .drafts
            .iter()
            .filter(|it| it.described_from.is_some())
            .count();
        let inputs = self.drafts.iter().filter_map(|it| it.inputs.as_ref());
        let inputs = inputs
            .flatten()
            .filter(|(_, description)| description.is_some())
            .count();
        let counted = [
            (undescribed, "descriptions of tools", "verbs and paths"),
            (inputs, "descriptions of inputs", "their names"),
        ];
        let told = counted.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, what, from)| Guess::of("docs.yaml", &format!("{count} {what}"), from))
            .collect()
    }
}

/// Whether an input is one of the operation's own, and none that the runtime adds.
fn is_chosen(input: &InputPlan) -> bool {
    !matches!(
        input.encoding,
        Encoding::Page
            | Encoding::Clear
            | Encoding::SaveAs
            | Encoding::FileName
            | Encoding::Clauses
            | Encoding::Clause { .. }
            | Encoding::Order
            | Encoding::Fields(_)
            | Encoding::Part
    )
}

/// An input by its wire name, with words of its name where it has no others.
fn described(input: &InputPlan) -> (String, Option<String>) {
    let words = input
        .description
        .is_empty()
        .then(|| format!("{}.", text::spoken(&input.wire)));
    (input.wire.clone(), words)
}
