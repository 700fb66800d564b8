//! Enums of strings.

/// A place for a string from a list of known values.
pub trait Symbol {
    /// Stores the value with this text. An unknown text is kept.
    fn set(&mut self, text: &str);
}
