//! The attributes of an item, such as its type and its limits, by name.

use std::borrow::Cow;

/// The attributes of an item, sorted by name. A client has tens of thousands of items with three
/// attributes each, for which a list is smaller than a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes(Vec<(Cow<'static, str>, String)>);

impl Attributes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_ref().cmp(name))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(self.find(name).ok()?).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an attribute, or replaces its value.
    pub(crate) fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: String) {
        let name = name.into();
        match self.find(&name) {
            Ok(at) => {
                self.0.splice(at..=at, [(name, value)]);
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// Adds all attributes of another item.
    pub(crate) fn extend(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.insert(name, value);
        }
    }

    /// Returns names and values, sorted by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// Returns the attributes with each value replaced.
    pub(crate) fn map(&self, mut change: impl FnMut(&str) -> String) -> Self {
        Self(self.0.iter().map(|(name, value)| (name.clone(), change(value))).collect())
    }
}

impl<const N: usize> From<[(&'static str, String); N]> for Attributes {
    fn from(list: [(&'static str, String); N]) -> Self {
        let mut attributes = Self(Vec::with_capacity(N));
        for (name, value) in list {
            attributes.insert(name, value);
        }
        attributes
    }
}
