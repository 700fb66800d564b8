//! The stages whose results can be printed.

/// A stage of the pipeline, for [`dump`](crate::dump).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The document with the files that it refers to, as JSON.
    Bundle,
    /// The document with overlays applied, as JSON.
    Overlay,
    /// The document, rewritten as OpenAPI 3.0, as JSON.
    Normalise,
    /// Types and operations, before they are named.
    Lower,
    /// The Rust name of every item.
    Name,
}
