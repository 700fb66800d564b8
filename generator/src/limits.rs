//! Limits on the work that one input can cause. Documents come from other people.
//!
//! The comment of each limit states what the limit bounds and why it has its value. Input beyond a
//! limit gets a diagnostic.

/// Bytes of one file or of standard input. The largest public documents have 30 to 40 MB.
pub(crate) const FILE_BYTES: usize = 128 << 20;

/// Bytes of all files of a document: the document, its overlays, and the files that it refers to.
pub(crate) const ALL_BYTES: usize = 2 * FILE_BYTES;

/// Nesting of objects and lists. Real documents have at most 40 levels. `serde_json` has the same
/// limit, and stages recurse no deeper.
pub(crate) const DEPTH: usize = 128;

/// How far aliases and overlays may let a document grow: to this multiple of its written size, plus
/// [`GROWTH_BASE`]. A small document may repeat itself, but a bomb grows exponentially.
pub(crate) const GROWTH_FACTOR: usize = 8;

/// The growth that every document may have, however small. See [`GROWTH_FACTOR`].
pub(crate) const GROWTH_BASE: usize = 1 << 20;

/// Bytes that count for each JSON value, in addition to its text, when growth is measured: about
/// the size of a schema keyword.
pub(crate) const VALUE_BYTES: usize = 16;

/// Bytes of the JSON Pointers of all nodes, as a multiple of the document's size, in addition to
/// [`POINTER_BASE`]. A pointer repeats the names of all ancestors of its node. Real documents have
/// up to 3 times their size.
pub(crate) const POINTER_FACTOR: usize = 8;

/// The bytes of JSON Pointers that every document may have, however small. See [`POINTER_FACTOR`].
pub(crate) const POINTER_BASE: usize = 2 << 20;

/// Bytes of YAML that are parsed again because of lines with too little indentation. Each such line
/// costs one pass.
pub(crate) const REPARSED_BYTES: usize = 32 << 20;

/// How deep nodes other than components, such as path items, may refer to such nodes in other
/// files.
pub(crate) const COPIES_DEPTH: usize = 8;

/// Nodes that are copied to the places that refer to them from other files. [`COPIES_DEPTH`] bounds
/// cycles, this limit bounds cycles that branch.
pub(crate) const COPIED_NODES: usize = 1_000_000;

/// Bytes of one JSONPath. Real overlays have at most a few hundred.
pub(crate) const PATH_BYTES: usize = 4096;

/// Nesting of brackets and parentheses in one JSONPath. Its parser recurses, and each level doubles
/// the time.
pub(crate) const PATH_DEPTH: usize = 16;

/// Nodes that the JSONPaths of all overlays may visit. `$..[?@.x]` visits each node of a document
/// once. The largest documents have a million nodes, and 20 million take about a second.
pub(crate) const PATH_STEPS: usize = 20_000_000;

/// Levels of `allOf` between schemas. A chain of n schemas has n² inherited properties. Real
/// documents have up to 4 levels.
pub(crate) const INHERITANCE_DEPTH: usize = 32;

/// Inherited properties, and variants of inherited unions, per node of the document, in addition to
/// [`EXPANSION_BASE`]. Each becomes a field or variant in the output. Real documents have less than
/// a seventh.
pub(crate) const EXPANSION_FACTOR: usize = 2;

/// The inherited properties and variants that every document may have, however small. See
/// [`EXPANSION_FACTOR`].
pub(crate) const EXPANSION_BASE: usize = 2_000;

/// Security alternatives of one operation, and credentials of one alternative. Each is written for
/// each operation. Real documents have up to 6.
pub(crate) const SECURITY_ALTERNATIVES: usize = 32;

/// Bytes of a server's URL with the defaults of its variables. A variable may occur many times.
pub(crate) const URL_BYTES: usize = 64 << 10;

/// Bytes of a pattern that `validate()` checks. Compiling takes about 400 times the size of the
/// pattern. Real documents have up to 356.
pub(crate) const PATTERN_BYTES: usize = 32 << 10;

/// States of the automatons of all patterns that `validate()` checks, estimated. Compiling takes up
/// to 6 µs for each.
pub(crate) const PATTERN_STATES: usize = 256 << 10;

/// Media types of one operation. Each becomes a method, which handles each status. Real documents
/// have up to 40.
pub(crate) const MEDIA_TYPES: usize = 64;

#[cfg(test)]
mod tests {
    /// Checks that SECURITY.md has a row with each limit's value.
    macro_rules! stated {
        ($($limit:ident)*) => {
            let text = include_str!("../../SECURITY.md");
            $(
                let row = format!("| `{}` | {} |", stringify!($limit), super::$limit);
                assert!(text.contains(&row), "SECURITY.md has no row `{row}`");
            )*
        };
    }

    #[test]
    fn the_page_on_security_states_each_limit() {
        stated! {
            FILE_BYTES ALL_BYTES DEPTH GROWTH_FACTOR GROWTH_BASE POINTER_FACTOR POINTER_BASE REPARSED_BYTES
            COPIES_DEPTH COPIED_NODES PATH_BYTES PATH_DEPTH PATH_STEPS INHERITANCE_DEPTH EXPANSION_FACTOR
            EXPANSION_BASE SECURITY_ALTERNATIVES URL_BYTES PATTERN_BYTES PATTERN_STATES MEDIA_TYPES
        }
    }
}
