//! Writes vendor.yaml: how the API behaves, as far as the document says it or it can be guessed.

use super::{
    Guess, Request, answers::Answers, paging::Styles, reading::Reading, refusals,
    security::Security, servers::Servers, tags::Tags, text, yaml::Lines,
};

/// What was found out about the API as a whole.
pub(super) struct Behaviour<'a> {
    pub(super) request: &'a Request,
    pub(super) reading: &'a Reading,
    pub(super) answers: &'a Answers,
    pub(super) styles: &'a Styles,
    pub(super) tags: &'a Tags,
}

/// Why what the document says of a part cannot be used, where it cannot.
#[derive(Clone, Debug, Default)]
pub(super) struct Unfit {
    /// Of servers.
    pub(super) servers: Option<String>,
    /// Of security schemes.
    pub(super) security: Option<String>,
}

impl Behaviour<'_> {
    /// The text of vendor.yaml, and what of it was guessed; `used`: whether a record has a tag.
    pub(super) fn write(
        &self,
        used: impl Fn(&str) -> bool,
        unfit: &Unfit,
    ) -> (String, Vec<Guess>, Vec<String>) {
        let vendor = &self.request.vendor;
        let prefix = vendor.to_uppercase();
        let (mut lines, mut guesses) = (Lines::default(), Vec::new());
        self.head(&mut lines);
        let servers = match &unfit.servers {
            Some(reason) => Servers::unfit(reason, &prefix),
            None => Servers::of(self.reading, &prefix, self.request.origin.as_deref()),
        };
        let security = match &unfit.security {
            Some(reason) => Security::unfit(reason),
            None => Security::of(self.reading, &prefix),
        };
        servers.write(&mut lines, &prefix, &mut guesses);
        security.write(&mut lines, &mut guesses);
        lines.line(0, "headers: {Accept: application/json}");
        self.styles.write(&mut lines, &mut guesses);
        self.envelope(&mut lines, &mut guesses);
        refusals::write(self.reading, &mut lines, &mut guesses);
        self.tags.write(used, &mut lines);
        let told = [servers.told, security.told, self.styles.told.clone()].concat();
        (lines.into_text(), guesses, told)
    }

    fn head(&self, lines: &mut Lines) {
        let vendor = &self.request.vendor;
        let from = self.request.origin.as_deref().unwrap_or(&self.request.file);
        let version = text::flat(&self.reading.api.version);
        lines.comment(
            0,
            &format!(
                "How {} behaves. Written by `cargo xtask new-vendor {vendor}` out of {from} (version {version}), and yours from now on: \
                 what was guessed says so, and from what. Every key is described in codegen/src/shape/vendor.schema.json.",
                self.title(),
            ),
        );
        lines.pair(0, "label", vendor, None);
        lines.pair(0, "title", &self.title(), None);
        lines.pair(
            0,
            "binary",
            &format!("{}-mcp", vendor.replace('_', "-")),
            None,
        );
        lines.pair(0, "summary", &self.summary(), None);
        lines.comment(0, "What a model reads before anything else: what the vendor is for, what its words mean, where to begin.");
        lines.pair(0, "instructions", &self.instructions(), None);
    }

    /// The document's title, or else the vendor's name.
    pub(super) fn title(&self) -> String {
        title(self.reading, &self.request.vendor)
    }

    fn about(&self) -> String {
        text::flat(self.reading.text("/info/description"))
    }

    fn summary(&self) -> String {
        let stated = text::flat(self.reading.text("/info/summary"));
        let about = self.about();
        let first = if stated.is_empty() {
            text::first_sentence(&about)
        } else {
            &stated
        };
        if first.is_empty() {
            format!("The API of {}.", self.title())
        } else {
            text::cut(&text::sentence(first), 200)
        }
    }

    fn instructions(&self) -> String {
        let about = text::cut(&self.about(), 500);
        let advice = "Take ids from the lists before you read, change or delete a record.";
        format!("{} {advice}", text::sentence(&about))
            .trim()
            .to_owned()
    }

    fn envelope(&self, lines: &mut Lines, guesses: &mut Vec<Guess>) {
        let (list, single) = (&self.answers.list, &self.answers.single);
        if list.count == 0 && list.of > 0 {
            lines.comment(
                0,
                "The lists have their records in different places, so each says its own.",
            );
        }
        let from = format!(
            "the answers of {} of {} lists, and of {} of {} single records",
            list.count, list.of, single.count, single.of
        );
        let envelope = serde_json::json!({"list": list.value, "single": single.value});
        lines.comment(0, &format!("guessed from {from}"));
        lines.flow(0, "envelope", &envelope);
        guesses.push(Guess::of("envelope", &envelope.to_string(), &from));
    }
}

/// The document's title, or else the vendor's name.
pub(super) fn title(reading: &Reading, vendor: &str) -> String {
    let title = text::cut(&text::flat(reading.title()), 80);
    if title.is_empty() {
        text::spoken(vendor)
    } else {
        title
    }
}
