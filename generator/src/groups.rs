//! The setting that groups methods by tag.

/// The place of the operations' methods: the client, or groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// On the client: `client.issues_create(…)`.
    #[default]
    Flat,
    /// In a group for each tag, without the tag's prefix: `client.issues().create(…)`. Operations
    /// without a tag are on the client.
    Tag,
}
