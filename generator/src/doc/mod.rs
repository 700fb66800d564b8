//! Documentation text: [`DocText`] is the only text that a doc comment is made of.
//!
//! Input: a document's CommonMark ([`DocText::markdown`]), plain text, code, names of generated items, and our own
//! sentences. Output: the lines of a doc comment ([`DocText::lines`]).
//!
//! Invariants:
//!
//! - Text is composed as blocks and inlines, never as lines.
//! - [`print`] alone writes CommonMark, and escapes whatever CommonMark or rustdoc would act on. A document's text can
//!   therefore make no doctest, no HTML, no link to an item and no link that is not `http:`, `https:` or `mailto:`.
//! - Nesting and size are bounded: see [`read`].

mod block;
mod html;
mod inline;
mod print;
mod read;
mod words;

pub(crate) use block::DocText;
pub(crate) use inline::{Inline, code, codes, item, item_as, joined, text};
pub(crate) use print::visible;

#[cfg(test)]
mod tests;
