//! Strings and integers of a list of known ones.

/// A place for a string that is mostly one of a list.
pub trait Symbol {
    /// Becomes the symbol of a text. One that is not in the list is kept.
    fn set(&mut self, text: &str);
}
