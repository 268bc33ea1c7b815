//! The tool table: a row per tool, and the typed inputs that its arguments are read as.

use crate::{
    args::Args,
    call::Call,
    check::Check,
    mistake::Mistake,
    secret,
    table::{About, Answer, Effect, Guidance, Method, Paging, Verb},
};

/// Some of a tool's inputs: read from its arguments, and written to an HTTP call. Those of a tool are one type, or a tuple of several.
pub trait Inputs: Sized {
    /// Reads the inputs; what is wrong is noted in `args`, and the value is then not used.
    fn read(args: &mut Args) -> Self;

    /// Writes the inputs.
    fn write(self, call: &mut Call);
}

/// A tool by its name; its listing stands in `schemas/`, beside the folder of the file that names it.
#[macro_export]
macro_rules! tool {
    ($name:literal) => {
        $crate::tool!("../schemas/", $name)
    };
    ($folder:literal, $name:literal) => {
        $crate::Named::new($name, include_str!(concat!($folder, $name, ".json")))
    };
}

/// A tool of which only the name is known so far. A method says what it does; with that goes what is usual for it,
/// and the row then says what is not.
pub struct Named {
    name: &'static str,
    listing: &'static str,
}

impl Named {
    /// A tool of this name, and the JSON text that `tools/list` shows.
    #[must_use]
    pub const fn new(name: &'static str, listing: &'static str) -> Self {
        Self { name, listing }
    }

    /// Lists records: `GET`, answers an array, all at once.
    #[must_use]
    pub const fn list(self, resource: &'static str, path: &'static str) -> Entry {
        let answer = Answer::List {
            records: "",
            paging: Paging::None,
        };
        self.row(Method::List, Verb::Get, resource, path)
            .answer(answer)
    }

    /// Gets one record: `GET`.
    #[must_use]
    pub const fn get(self, resource: &'static str, path: &'static str) -> Entry {
        self.row(Method::Get, Verb::Get, resource, path)
    }

    /// Creates a record: `POST`, writes.
    #[must_use]
    pub const fn create(self, resource: &'static str, path: &'static str) -> Entry {
        self.row(Method::Create, Verb::Post, resource, path)
            .effect(Effect::Write)
    }

    /// Changes some properties: `PATCH`, writes.
    #[must_use]
    pub const fn update(self, resource: &'static str, path: &'static str) -> Entry {
        self.row(Method::Update, Verb::Patch, resource, path)
            .effect(Effect::Write)
    }

    /// Sends the whole record anew: `PUT`, overwrites.
    #[must_use]
    pub const fn replace(self, resource: &'static str, path: &'static str) -> Entry {
        self.row(Method::Replace, Verb::Put, resource, path)
            .effect(Effect::Destroy)
    }

    /// Deletes a record: `DELETE`, answers its id.
    #[must_use]
    pub const fn delete(self, resource: &'static str, path: &'static str) -> Entry {
        self.row(Method::Delete, Verb::Delete, resource, path)
            .effect(Effect::Destroy)
            .answer(Answer::Deleted)
    }

    /// Anything else, by its name: `POST`, writes.
    #[must_use]
    pub const fn custom(
        self,
        method: &'static str,
        resource: &'static str,
        path: &'static str,
    ) -> Entry {
        self.row(Method::Custom(method), Verb::Post, resource, path)
            .effect(Effect::Write)
    }

    const fn row(
        self,
        method: Method,
        verb: Verb,
        resource: &'static str,
        path: &'static str,
    ) -> Entry {
        Entry {
            about: About {
                name: self.name,
                aliases: &[],
                listing: self.listing,
                resource,
                method,
                effect: Effect::Read,
                tags: &[],
                verb,
                path,
                server: None,
                open: false,
                answer: Answer::Single { record: "" },
                search: None,
                me: &[],
                secret: &[],
                guidance: &[],
                check: None,
            },
            prepare: prepare::<()>,
        }
    }
}

/// A row of the tool table: what is known of a tool, and how its arguments become a call.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What is known of the tool.
    pub about: About,
    /// Reads the arguments and writes the call; mistakes are collected in both.
    pub prepare: fn(&mut Args, &mut Call),
}

impl Entry {
    /// The rows, with these tags where a row names none.
    #[must_use]
    pub const fn tagged<const N: usize>(
        tags: &'static [&'static str],
        mut rows: [Self; N],
    ) -> [Self; N] {
        let mut index = 0;
        while index < N {
            if rows[index].about.tags.is_empty() {
                rows[index].about.tags = tags;
            }
            index += 1;
        }
        rows
    }

    /// What its inputs are read as; usually it has none.
    #[must_use]
    pub const fn takes<T: Inputs>(mut self) -> Self {
        self.prepare = prepare::<T>;
        self
    }

    /// Names that it had before.
    #[must_use]
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.about.aliases = names;
        self
    }

    /// Tags of its own.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.about.tags = tags;
        self
    }

    /// Another HTTP method than usual.
    #[must_use]
    pub const fn verb(mut self, verb: Verb) -> Self {
        self.about.verb = verb;
        self
    }

    /// Another effect than usual.
    #[must_use]
    pub const fn effect(mut self, effect: Effect) -> Self {
        self.about.effect = effect;
        self
    }

    /// The server that it is called at, where that is not the one of the base URL.
    #[must_use]
    pub const fn on(mut self, server: &'static str) -> Self {
        self.about.server = Some(server);
        self
    }

    /// It goes without credentials.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.about.open = true;
        self
    }

    /// Another answer than usual.
    #[must_use]
    pub const fn answer(mut self, answer: Answer) -> Self {
        self.about.answer = answer;
        self
    }

    /// Where in the answer the record stands, or the array of records, as a JSON pointer; usually it is the answer itself.
    #[must_use]
    pub const fn at(mut self, pointer: &'static str) -> Self {
        match &mut self.about.answer {
            Answer::List { records, .. } => *records = pointer,
            Answer::Single { record } => *record = pointer,
            Answer::Deleted | Answer::Nothing | Answer::File { .. } | Answer::Parts { .. } => {}
        }
        self
    }

    /// How the next page of a list is asked for.
    #[must_use]
    pub const fn paged(mut self, style: Paging) -> Self {
        if let Answer::List { paging, .. } = &mut self.about.answer {
            *paging = style;
        }
        self
    }

    /// The operation that takes the query in a body, should it be too long for a URL, by its path.
    #[must_use]
    pub const fn search(mut self, path: &'static str) -> Self {
        self.about.search = Some(path);
        self
    }

    /// The inputs that understand `me`.
    #[must_use]
    pub const fn me(mut self, names: &'static [&'static str]) -> Self {
        self.about.me = names;
        self
    }

    /// The inputs whose values are never shown.
    #[must_use]
    pub const fn secret(mut self, names: &'static [&'static str]) -> Self {
        self.about.secret = names;
        self
    }

    /// What to say when the vendor refuses.
    #[must_use]
    pub const fn guidance(mut self, guidance: &'static [Guidance]) -> Self {
        self.about.guidance = guidance;
        self
    }

    /// What it looks for before it is sent.
    #[must_use]
    pub const fn check(mut self, check: &'static Check) -> Self {
        self.about.check = Some(check);
        self
    }

    /// Turns a tool call's arguments into one HTTP call.
    ///
    /// # Errors
    /// Every mistake in the arguments, at once.
    pub fn call(&self, arguments: &serde_json::Value) -> Result<Call, Vec<Mistake>> {
        let mut args = Args::new(arguments);
        let mut call = Call::new(self.about.verb, self.about.path);
        (self.prepare)(&mut args, &mut call);
        let mut mistakes = args.finish();
        mistakes.extend(call.take_mistakes());
        secret::conceal(&self.about, &mut mistakes);
        if mistakes.is_empty() {
            Ok(call)
        } else {
            Err(mistakes)
        }
    }
}

fn prepare<T: Inputs>(args: &mut Args, call: &mut Call) {
    let inputs = T::read(args);
    if args.are_fine() {
        inputs.write(call);
    }
}

/// A tool that takes nothing.
impl Inputs for () {
    fn read(_: &mut Args) -> Self {}

    fn write(self, _: &mut Call) {}
}

macro_rules! several {
    ($($part:ident)+) => {
        impl<$($part: Inputs),+> Inputs for ($($part,)+) {
            fn read(args: &mut Args) -> Self {
                ($($part::read(args),)+)
            }

            #[expect(non_snake_case, reason = "a value is named after its type")]
            fn write(self, call: &mut Call) {
                let ($($part,)+) = self;
                $($part.write(call);)+
            }
        }
    };
}

several!(A B);
several!(A B C);
several!(A B C D);
several!(A B C D E);
