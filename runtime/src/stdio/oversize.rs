//! Watches a stream of lines for those over the limit, and finds the `id` in them without keeping them.

use rmcp::model::RequestId;

/// Longest `id` that is looked at.
const LONGEST: usize = 256;

/// Watches a stream of lines.
#[derive(Debug)]
pub(crate) struct Lines {
    most: usize,
    /// Bytes of the current line.
    length: usize,
    scan: Scan,
}

impl Lines {
    /// Lines of more than `most` bytes, their end included, are over the limit.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            length: 0,
            scan: Scan::default(),
        }
    }

    /// Looks at the next bytes; `over` is told of each line over the limit at its end, with its `id` if it has one.
    pub(crate) fn pass(&mut self, bytes: &[u8], mut over: impl FnMut(Option<RequestId>)) {
        for &byte in bytes {
            self.length += 1;
            if byte == b'\n' {
                if self.length > self.most {
                    over(self.scan.id());
                }
                (self.length, self.scan) = (0, Scan::default());
            } else {
                self.scan.step(byte);
            }
        }
    }
}

/// Follows JSON just well enough to know the value of the top object's `id`.
#[derive(Debug, Default)]
struct Scan {
    depth: u32,
    in_text: bool,
    escaped: bool,
    /// The key or the scalar that is being read at the top level, as written.
    token: Vec<u8>,
    is_id: bool,
    found: Option<Vec<u8>>,
}

impl Scan {
    fn step(&mut self, byte: u8) {
        if self.in_text {
            self.keep(byte);
            match (self.escaped, byte) {
                (true, _) => self.escaped = false,
                (false, b'\\') => self.escaped = true,
                (false, b'"') => self.in_text = false,
                (false, _) => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                self.keep(byte);
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.end_value();
                self.depth = self.depth.saturating_sub(1);
            }
            b':' if self.depth == 1 => {
                self.is_id = self.token == b"\"id\"";
                self.token.clear();
            }
            b',' => self.end_value(),
            b' ' | b'\t' | b'\r' => {}
            _ => self.keep(byte),
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.depth == 1 && self.token.len() < LONGEST {
            self.token.push(byte);
        }
    }

    fn end_value(&mut self) {
        if self.depth == 1 {
            if self.is_id {
                self.found = Some(std::mem::take(&mut self.token));
            }
            self.is_id = false;
            self.token.clear();
        }
    }

    fn id(&self) -> Option<RequestId> {
        serde_json::from_slice(self.found.as_deref()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(text: &str, most: usize) -> Vec<Option<RequestId>> {
        let mut found = Vec::new();
        let mut lines = Lines::new(most);
        // One byte at a time: a line arrives in pieces.
        text.as_bytes()
            .chunks(1)
            .for_each(|byte| lines.pass(byte, |id| found.push(id)));
        found
    }

    #[test]
    fn only_lines_over_the_limit_are_told() {
        assert_eq!(over("{\"id\":1}\n", 9), []);
        assert_eq!(
            over("{\"id\":1}\n{\"id\":2}\n", 8),
            [Some(RequestId::Number(1)), Some(RequestId::Number(2))]
        );
        assert_eq!(over("no end", 3), []);
    }

    #[test]
    fn the_id_is_that_of_the_top_object() {
        let id = |text: &str| over(&format!("{text}\n"), 3).remove(0);
        assert_eq!(
            id(r#"{"params":{"id":5,"a":["x",{"id":6}]}, "id" : 7 }"#),
            Some(RequestId::Number(7))
        );
        assert_eq!(
            id(r#"{"a":"\"id\":1,","id":"a\"b","z":{}}"#),
            Some(RequestId::String("a\"b".into()))
        );
        assert_eq!(id(r#"{"params":{"id":5},"method":"x"}"#), None);
        assert_eq!(id(r#"{"id":{"a":1}}"#), None);
        assert_eq!(id(r#"]]]{"id":"#), None);
    }
}
