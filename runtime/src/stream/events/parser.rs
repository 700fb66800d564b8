//! Parses the lines of an event stream (WHATWG HTML §9.2.6).
//!
//! Input: pieces of bytes. Output: whole events, with their data as text. An incomplete event at
//! the end of the response is dropped.

use super::Event;
use crate::stream::held::Held;
use std::time::Duration;

/// The state of a parser between two pieces.
#[derive(Debug, Default)]
pub(super) struct Parser {
    held: Held,
    /// True if a carriage return ended the last line. A line feed right after it is part of the
    /// same line end.
    after_return: bool,
    begun: bool,
    event: String,
    data: Option<String>,
    /// The last id, once the server has sent any. Empty if the server reset it.
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
    /// Bytes since the last event other than data: comments, empty lines, and fields that a later
    /// line may replace.
    pub(super) skipped: usize,
}

impl Parser {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.held.push(bytes);
        if !self.begun && self.held.len() >= 3 {
            self.begun = true;
            if self.held.starts_with(b"\xef\xbb\xbf") {
                self.held.skip(3);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.held.len() + self.data.as_ref().map_or(0, String::len)
    }

    /// Discards incomplete input. Keeps the last id.
    pub(super) fn restart(&mut self) {
        let (id, retry) = (self.id.take(), self.retry);
        *self = Self { id, retry, ..Self::default() };
    }

    /// Returns the next whole event.
    pub(super) fn next(&mut self) -> Option<Event<String>> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                let event = std::mem::take(&mut self.event);
                let Some(mut data) = self.data.take() else {
                    self.skipped += 1;
                    continue;
                };
                self.skipped = 0;
                data.pop();
                let event = if event.is_empty() { "message".to_owned() } else { event };
                return Some(Event { event, id: self.id.clone().unwrap_or_default(), data });
            }
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            if field != "data" {
                self.skipped += line.len() + 1;
            }
            match field {
                "event" => value.clone_into(&mut self.event),
                "data" => {
                    let data = self.data.get_or_insert_default();
                    data.push_str(value);
                    data.push('\n');
                }
                "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
                "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    self.retry = value.parse().ok().map(Duration::from_millis);
                }
                // Comments begin with a colon. Unknown fields are ignored.
                _ => {}
            }
        }
        None
    }

    /// Returns the next whole line, without its end: CR, LF or both.
    fn line(&mut self) -> Option<String> {
        if !self.begun && self.held.len() < 3 {
            return None;
        }
        if self.after_return && self.held.len() > 0 {
            if self.held.starts_with(b"\n") {
                self.held.skip(1);
            }
            self.after_return = false;
        }
        let (line, end) = self.held.line(b"\n\r")?;
        self.after_return = end == b'\r';
        Some(String::from_utf8_lossy(&line).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the events of a text. Checks that splitting the text into pieces does not matter.
    fn events(text: &str) -> Vec<(String, String, String)> {
        let read = |size: usize| {
            let mut parser = Parser::default();
            let mut events = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                parser.push(piece);
                events.extend(std::iter::from_fn(|| parser.next()));
            }
            events.into_iter().map(|event| (event.event, event.id, event.data)).collect::<Vec<_>>()
        };
        let whole = read(text.len().max(1));
        for size in 1..6 {
            assert_eq!(read(size), whole, "in pieces of {size}");
        }
        whole
    }

    fn message(data: &str) -> (String, String, String) {
        ("message".to_owned(), String::new(), data.to_owned())
    }

    /// The examples of WHATWG HTML §9.2.6.
    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(events("data: YHOO\ndata: +2\ndata: 10\n\n"), [message("YHOO\n+2\n10")]);
        let stream =
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        let expected = [
            ("message".to_owned(), "1".to_owned(), "first event".to_owned()),
            message("second event"),
            message(" third event"),
        ];
        assert_eq!(events(stream), expected);
        assert_eq!(events("data\n\ndata\ndata\n\ndata:"), [message(""), message("\n")]);
        assert_eq!(events("data:test\n\ndata: test\n\n"), [message("test"), message("test")]);
    }

    #[test]
    fn lines_end_in_three_ways_and_a_mark_is_left_out() {
        let expected = [message("a\nb"), message("c")];
        for end in ["\n", "\r", "\r\n"] {
            let text = ["\u{feff}data: a", "data: b", "", "data: c", "", ""].join(end);
            assert_eq!(events(&text), expected, "{end:?}");
        }
        assert_eq!(
            events("event: add\ndata: é\nx: y\nid: a\0b\n\n"),
            [("add".into(), String::new(), "é".into())]
        );
        assert_eq!(events("event: add\n\ndata: a\n\n"), [message("a")]);
    }

    #[test]
    fn the_server_sets_the_time_to_reconnect() {
        let retry = |text: &str| {
            let mut parser = Parser::default();
            parser.push(text.as_bytes());
            while parser.next().is_some() {}
            parser.retry
        };
        assert_eq!(retry("retry: 1500\n\n"), Some(Duration::from_millis(1500)));
        for odd in ["retry: 1.5\n\n", "retry:\n\n", "retry: -1\n\n", "retry: 1 \n\n"] {
            assert_eq!(retry(odd), None, "{odd:?}");
        }
    }
}
