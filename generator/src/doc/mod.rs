//! Documentation text. Every generated doc comment is a [`DocText`].
//!
//! Input: a document's CommonMark ([`DocText::markdown`]), plain text, code, names of generated
//! items, and the generator's own sentences. Output: the lines of a doc comment
//! ([`DocText::lines`]).
//!
//! Invariants:
//!
//! - Text is composed of blocks and inlines, never of lines.
//! - Only [`print`] writes CommonMark. It escapes everything that CommonMark or rustdoc would
//!   interpret, so a document's text cannot create a doctest, HTML, a link to an item, or a link
//!   that is not `http:`, `https:` or `mailto:`.
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
