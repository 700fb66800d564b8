//! The explanation of each diagnostic code: its meaning, what to do, and an example.
//!
//! Output: the text of `wirewright explain` and of the guide's pages. Invariant: every code has an
//! entry. A test keeps the pages in `docs/src/diagnostics/` equal to this text.

use super::{Code, Severity};

/// The explanation of one code.
struct Explanation {
    /// What to do, in Markdown.
    remedy: &'static str,
    /// The smallest document that causes the diagnostic; `None` if no document does.
    example: Option<Example>,
}

/// A case of `tests/cases/errors`.
struct Example {
    file: &'static str,
    document: &'static str,
    overlay: Option<&'static str>,
    snapshot: &'static str,
}

macro_rules! explanations {
    ($($code:ident $($case:literal $ending:literal $(with $overlay:literal)?)? => $remedy:literal,)*) => {
        fn explanation(code: Code) -> Explanation {
            match code {
                $(Code::$code => Explanation {
                    remedy: $remedy,
                    example: explanations!(@example $($case $ending $(with $overlay)?)?),
                },)*
            }
        }
    };
    (@example) => { None };
    (@example $case:literal $ending:literal) => {
        Some(Example {
            file: concat!($case, ".", $ending),
            document: include_str!(concat!("../../tests/cases/errors/", $case, ".", $ending)),
            overlay: None,
            snapshot: include_str!(concat!("../../tests/cases/errors/", $case, ".snap")),
        })
    };
    (@example $case:literal $ending:literal with $overlay:literal) => {
        Some(Example {
            file: concat!($case, ".", $ending),
            document: include_str!(concat!("../../tests/cases/errors/", $case, ".", $ending)),
            overlay: Some(include_str!(concat!("../../tests/cases/errors/", $overlay))),
            snapshot: include_str!(concat!("../../tests/cases/errors/", $case, ".snap")),
        })
    };
}

explanations! {
    Unreadable => "Check the path and the permissions. Documents and overlays are regular files of UTF-8 text, or `-` \
        for standard input.",
    Syntax "e002_bad_yaml" "yaml" => "Correct the syntax at the place shown. YAML does not allow tabs for \
        indentation.",
    NotOpenApi "e003_not_openapi" "yaml" => "Check that the file is an OpenAPI document: an object with `openapi` or \
        `swagger` at its top.",
    Version "e004_unknown_version" "yaml" => "Use a document of version 2.0, 3.0, 3.1 or 3.2, or convert it to one.",
    Overlay "e005_no_overlay" "yaml" with "e005_no_overlay.overlay.yaml" => "Write the overlay after the [OpenAPI \
        Overlay Specification](https://spec.openapis.org/overlay/latest.html): `overlay`, `info` and `actions`, each with \
        a `target` and an `update`, a `remove` or a `copy`. The versions 1.0 and 1.1 are supported.",
    BadPin "e006_bad_pin" "yaml" => "Choose a valid Rust identifier in `[client.names]`, and a valid Rust type in \
        `[client.types]`. The key is a JSON pointer that begins with `#/`. In `[client.types]` it can also be a format, such as \
        `format:decimal`. `[client.derives]` lists paths of traits, such as `Ord` or `strum::EnumIter`.",
    Limit "e007_depth" "yaml" => "Make the input smaller or less deep. The limits protect programs that generate clients \
        from documents of others.",
    BadLock => "Restore the lock from the repository, or remove it to get new names.",
    Internal => "Report it with the document that causes it: the generator wrote text that is not Rust.",
    RepeatedKey "w001_repeated_key" "yaml" => "Remove one of the keys. The last one is used.",
    Malformed "w002_malformed" "yaml" => "Change the value to what the specification asks for, in the document or in an \
        overlay.",
    DanglingReference "w003_dangling_reference" "yaml" => "Correct the reference, or declare what it refers to. Until \
        then the type is any JSON value.",
    ReferenceCycle "w004_reference_cycle" "yaml" => "Break the cycle: one of the schemas needs a type of its own.",
    NameCollision "w005_name_collision" "yaml" => "Pin the names in `[client.names]` of `wirewright.toml`, so that a \
        change of the document can't exchange them.",
    RepeatedOperationId "w006_repeated_operation_id" "yaml" => "Give each operation an `operationId` of its own, in the \
        document or in an overlay.",
    SkippedOperation "w008_skipped_operation" "yaml" => "Nothing, if the operation is not needed: the rest of the client \
        is complete. Otherwise change what the message names in an overlay.",
    OddResponse "w010_odd_response" "yaml" => "Correct the response in the document or in an overlay.",
    UnsupportedSecurity "w011_unsupported_security" "yaml" => "Declare the scheme in `components.securitySchemes`. For a \
        kind that is not supported, give `Auth` a header of your own or use a transport that authenticates.",
    UndeclaredSecurity "w012_undeclared_security" "yaml" => "Declare what operations take in an overlay: `security` and the \
        scheme in `components.securitySchemes`. `security: []` says that they take no credentials.",
    UnsupportedServer "w013_relative_server" "yaml" => "Set the server with `Client::builder().server(…)`, or give the \
        document an absolute URL in an overlay.",
    IdleOverlay "w014_idle_overlay" "yaml" with "w014_idle_overlay.overlay.yaml" => "Correct the action's `target`. The \
        document may have changed.",
    IdlePin "w015_idle_pin" "yaml" => "Remove the entry, or correct its JSON pointer or pattern. The document may have \
        changed.",
    PathTemplate "w016_path_template" "yaml" => "Declare each `{name}` of the path as a parameter `in: path`, and no \
        others.",
    MisspelledKeyword "w019_misspelled" "yaml" => "Correct the spelling. A key that is meant as it is written should \
        begin with `x-`.",
    UndeclaredRequired "w017_undeclared_required" "yaml" => "Declare the property, or remove its name from `required`.",
    Infinite "w018_infinite" "yaml" => "Make one of the properties of the cycle optional.",
    ConflictingMembers "w020_conflicting_members" "yaml" => "Give the property one type in all schemas of the `allOf`.",
    Discriminator "w021_unlisted_mapping" "yaml" => "Add the schema to the document, or remove the value from the mapping.",
    RefusedReference "w030_refused_reference" "yaml" => "Copy the file into the document's folder. The generator never \
        opens a connection and reads no file outside that folder.",
    LostInConversion "w031_lost_in_conversion" "yaml" => "Nothing, if the server accepts what the note says. Otherwise \
        convert the document to OpenAPI 3.0 or 3.1 by hand.",
    OddParameter "w040_odd_parameter" "yaml" => "Correct the parameter in the document or in an overlay.",
    OddBody "w041_odd_body" "yaml" => "Correct the request body in the document or in an overlay.",
    IdleChoice "w042_idle_choice" "yaml" => "Correct the entry in `[client.only]`. The document may have changed.",
    UnsupportedPattern "w050_unsupported_pattern" "yaml" => "Correct the pattern. Until then `validate()` does not check \
        it.",
    Paging "w060_paging" "yaml" => "Correct `x-pages` of the operation. Until then the operation returns one page at a \
        time.",
    UnknownKeyword "n001_unknown_keyword" "yaml" => "Nothing, if the keyword does not matter. It may be misspelled or \
        belong to another version of OpenAPI.",
    ReservedName "n002_reserved_name" "yaml" => "Nothing, or pin another name in `[client.names]`.",
    Ignored "n003_ignored" "yaml" => "Nothing: the client is complete without it.",
    Undecided "n004_undecided" "yaml" => "Add a `discriminator`, or a property that only one of the variants requires.",
    Underivable "n005_underivable" "yaml" => "Nothing, if the trait is not needed there: the type is generated without \
        it. To hide the note, narrow the pattern in `[client.derives]`. To derive the trait, change the part that the \
        message names:\n\n\
        | part | what to do |\n| --- | --- |\n\
        | another model | let `[client.derives]` match that model too |\n\
        | a `number` that lacks `Eq`, `Hash` or `Ord` | give it `format: decimal` in an overlay. Its type is then \
        `model::Number`, which has them |\n\
        | undeclared properties and nulls, which lack `Copy` | give the object `additionalProperties: false` in an \
        overlay, and list all its properties in `required` |\n\
        | a component schema or a format | replace its type in `[client.types]`. That type has `Default`, `Eq` and \
        `Hash` |\n\n\
        The guide has the traits of each part on its page about the configuration.",
    Unchecked "n010_unchecked" "yaml" => "Nothing: values are sent and received as they are, and the server checks them.",
    Mended "n011_mended" "yaml" => "Nothing. The note says how the document is read.",
    BesideReference "n012_beside_reference" "yaml" => "Nothing, or put the reference into an `allOf` with the keyword \
        beside it.",
    UndefinedStyle "n020_undefined_style" "yaml" => "Check that the server reads what the note says.",
    ImpliedHeader "n021_implied_header" "yaml" => "Nothing: the client sets the header.",
}

impl Code {
    /// Returns the meaning of the code, what to do, and an example, in Markdown.
    pub fn explanation(self) -> String {
        let Explanation { remedy, example } = explanation(self);
        let severity = match self.severity() {
            Severity::Error => "An error: nothing is generated.",
            Severity::Warning => "A warning: the client differs from the document.",
            Severity::Note => "A note: nothing is lost.",
        };
        let mut text = format!("# {}\n\n{}\n\n{severity}\n\n", self.id(), self.meaning());
        text += &format!("## What to do\n\n{remedy}\n");
        if let Some(Example { file, document, overlay, snapshot }) = example {
            let language = file.rsplit('.').next().unwrap_or_default();
            text += &format!("\n## Example\n\n```{language}\n{}\n```\n", document.trim_end());
            if let Some(overlay) = overlay {
                text += &format!("\nWith the overlay\n\n```yaml\n{}\n```\n", overlay.trim_end());
            }
            text += &format!("\n```text\n{}\n```\n", self.messages(snapshot));
        }
        text
    }

    /// Returns the messages of this code in a snapshot.
    fn messages(self, snapshot: &str) -> String {
        let shown = snapshot.splitn(3, "---\n").nth(2).unwrap_or(snapshot);
        let code = format!("[{}]", self.id());
        let messages = shown
            .split("\n\n")
            .filter(|message| message.lines().next().is_some_and(|line| line.contains(&code)));
        messages.map(str::trim_end).collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_shows_its_code() {
        for code in Code::ALL {
            if let Some(example) = explanation(*code).example {
                assert!(!code.messages(example.snapshot).is_empty(), "{}", code.id());
            }
        }
    }
}
