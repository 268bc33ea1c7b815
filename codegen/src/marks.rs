//! Finds the line and column of a JSON pointer in YAML or JSON text: a second, marked parse, made only when there is a problem to report.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, Span, SpannedEventReceiver};

use crate::report::escape;

/// Line and column of every key and item of a text.
pub(crate) struct Marks {
    places: HashMap<String, (usize, usize)>,
    duplicates: Vec<String>,
}

impl Marks {
    /// Reads the marks; a text that cannot be parsed has the marks up to the mistake.
    pub(crate) fn of(text: &str) -> Self {
        let mut reader = Reader::default();
        // The mistake itself was reported by the first parse.
        let _unparsable = Parser::new_from_str(text).load(&mut reader, false);
        Self {
            places: reader.places,
            duplicates: reader.duplicates,
        }
    }

    /// Line and column, from 1, of the key or item at `pointer`, or of its nearest ancestor that exists.
    pub(crate) fn locate(&self, pointer: &str) -> (usize, usize) {
        let mut pointer = pointer;
        loop {
            if let Some(mark) = self.places.get(pointer) {
                return *mark;
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return (1, 1),
            }
        }
    }

    /// Pointers of keys that stand more than once in one mapping.
    pub(crate) fn duplicates(&self) -> &[String] {
        &self.duplicates
    }
}

/// What the parser is within.
enum Frame {
    /// A mapping at this pointer; the key is known once its scalar was read.
    Mapping {
        pointer: String,
        key: Option<String>,
    },
    /// A sequence at this pointer, and the index of its next item.
    Sequence { pointer: String, next: usize },
}

#[derive(Default)]
struct Reader {
    frames: Vec<Frame>,
    places: HashMap<String, (usize, usize)>,
    duplicates: Vec<String>,
}

impl Reader {
    /// Pointer of the value that begins now, and marks it if it is an item.
    fn begin(&mut self, mark: (usize, usize)) -> String {
        let pointer = match self.frames.last_mut() {
            None => String::new(),
            Some(Frame::Mapping { pointer, key }) => {
                let token = key.take().map(|it| escape(&it)).unwrap_or_default();
                return format!("{pointer}/{token}");
            }
            Some(Frame::Sequence { pointer, next }) => {
                *next += 1;
                format!("{pointer}/{}", *next - 1)
            }
        };
        self.places.entry(pointer.clone()).or_insert(mark);
        pointer
    }

    fn scalar(&mut self, text: &str, mark: (usize, usize)) {
        if let Some(Frame::Mapping {
            pointer,
            key: key @ None,
        }) = self.frames.last_mut()
        {
            let at = format!("{pointer}/{}", escape(text));
            *key = Some(text.to_owned());
            if self.places.insert(at.clone(), mark).is_some() {
                self.duplicates.push(at);
            }
        } else {
            self.begin(mark);
        }
    }
}

impl<'input> SpannedEventReceiver<'input> for Reader {
    fn on_event(&mut self, event: Event<'input>, span: Span) {
        let mark = (span.start.line(), span.start.col() + 1);
        match event {
            Event::Scalar(text, ..) => self.scalar(&text, mark),
            Event::Alias(_) => drop(self.begin(mark)),
            Event::MappingStart(..) => {
                let pointer = self.begin(mark);
                self.frames.push(Frame::Mapping { pointer, key: None });
            }
            Event::SequenceStart(..) => {
                let pointer = self.begin(mark);
                self.frames.push(Frame::Sequence { pointer, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => drop(self.frames.pop()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn finds_keys_items_and_duplicates() {
        let marks = Marks::of("a:\n  b: [1, {c: 2}]\n  d: 3\n  d: 4\n");
        assert_eq!(marks.locate("/a/b"), (2, 3));
        assert_eq!(marks.locate("/a/b/1/c"), (2, 11));
        assert_eq!(marks.locate("/a/b/1/missing"), (2, 10));
        assert_eq!(marks.duplicates(), ["/a/d"]);
    }

    #[test]
    fn reads_json() {
        let marks = Marks::of("{\n  \"paths\": {\n    \"/x/{id}\": {}\n  }\n}");
        assert_eq!(marks.locate("/paths/~1x~1{id}"), (3, 5));
    }
}
