//! The stages whose result can be printed.

/// A stage of the pipeline, for [`dump`](crate::dump).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The document with the files that it refers to, as JSON.
    Bundle,
    /// The document with its overlays applied, as JSON.
    Overlay,
    /// The document in the dialect of OpenAPI 3.0, as JSON.
    Normalise,
    /// Types and operations, without names.
    Lower,
    /// The Rust name of everything.
    Name,
}
