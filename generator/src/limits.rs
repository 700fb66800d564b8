//! Limits on the work that one input can cause. Documents come from other people.
//!
//! Each limit says what it bounds and why it has its value. Input beyond a limit gets a diagnostic.

/// Bytes of one file, and of standard input. The largest public documents have 30 to 40 MB.
pub(crate) const FILE_BYTES: usize = 128 << 20;

/// Bytes of all files of one document together: its own, its overlays', and those that it refers to.
pub(crate) const ALL_BYTES: usize = 2 * FILE_BYTES;

/// Levels of objects and lists in each other. Real documents have at most 40. `serde_json` has the same limit, and
/// stages that walk a tree recurse no deeper than this.
pub(crate) const DEPTH: usize = 128;

/// How far aliases and overlays may let a document grow: to this many times its written size, plus
/// [`GROWTH_BASE`]. A small document may well repeat itself; a bomb multiplies without end.
pub(crate) const GROWTH_FACTOR: usize = 8;

/// The growth that every document may have, however small. See [`GROWTH_FACTOR`].
pub(crate) const GROWTH_BASE: usize = 1 << 20;

/// Bytes that a JSON value counts for growth besides its text: about what a schema's keyword takes when written.
pub(crate) const VALUE_BYTES: usize = 16;

/// Bytes of YAML that are parsed again because of lines that are not indented enough: one such line costs one pass.
pub(crate) const REPARSED_BYTES: usize = 32 << 20;

/// How deep what is no component, as a path item, may refer to such nodes in other files.
pub(crate) const COPIES_DEPTH: usize = 8;

/// Nodes that are copied to where other files refer to them, in all: [`COPIES_DEPTH`] bounds circles, this bounds
/// what circles of lists multiply.
pub(crate) const COPIED_NODES: usize = 1_000_000;

/// Bytes of one JSONPath. Those of real overlays have at most some hundred.
pub(crate) const PATH_BYTES: usize = 4096;

/// Brackets and parentheses in each other in one JSONPath: its parser recurses, and takes twice as long a level.
pub(crate) const PATH_DEPTH: usize = 16;

/// Nodes that the JSONPaths of all overlays may look at. `$..[?@.x]` looks at each node of a document once; the
/// largest documents have a million nodes, and 20 million take about a second.
pub(crate) const PATH_STEPS: usize = 20_000_000;

/// Levels of `allOf` from schema to schema. A chain of n schemas has n² inherited properties; real documents have up
/// to 4 levels.
pub(crate) const INHERITANCE_DEPTH: usize = 32;

/// Inherited properties and variants of inherited unions, for each node of the document, beyond [`EXPANSION_BASE`].
/// Each becomes a field or a variant in the output; real documents have less than a seventh.
pub(crate) const EXPANSION_FACTOR: usize = 2;

/// The inherited properties and variants that every document may have, however small. See [`EXPANSION_FACTOR`].
pub(crate) const EXPANSION_BASE: usize = 2_000;

/// Alternatives of credentials of one operation, and the credentials of one alternative: each is written out with each
/// operation. Real documents have up to 6.
pub(crate) const SECURITY_ALTERNATIVES: usize = 32;

/// Bytes of a pattern that `validate()` checks. Compiling one takes about 400 times its size. Real documents have up to 356.
pub(crate) const PATTERN_BYTES: usize = 32 << 10;

/// Media types that one operation can be asked for: each is a method, which knows each status. Real documents have up to 40.
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
            FILE_BYTES ALL_BYTES DEPTH GROWTH_FACTOR GROWTH_BASE REPARSED_BYTES COPIES_DEPTH COPIED_NODES PATH_BYTES
            PATH_DEPTH PATH_STEPS INHERITANCE_DEPTH EXPANSION_FACTOR EXPANSION_BASE SECURITY_ALTERNATIVES PATTERN_BYTES
            MEDIA_TYPES
        }
    }
}
