//! The setting that groups methods by tag.

/// Where the methods of operations are: on the client, or in groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// On the client: `client.issues_create(…)`.
    #[default]
    Flat,
    /// In a group for each tag, without the tag's prefix: `client.issues().create(…)`. Operations
    /// without a tag are on the client.
    Tag,
}
