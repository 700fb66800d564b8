//! The description of one field of an object.

#[cfg(feature = "validate")]
use super::Rules;

/// The description of one field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    key: &'static str,
    presence: Presence,
    options: FieldOptions,
}

/// When a field is present in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always. Absence is an error.
    Required,
    /// Always when encoded. `None` is null.
    Nullable,
    /// Unless it is `None`. A null that was received is kept.
    Optional,
}

/// What a field has beside its key and its presence.
#[derive(Clone, Copy, Debug, Default)]
pub struct FieldOptions {
    is_redacted: bool,
    #[cfg(feature = "validate")]
    rules: Rules,
}

impl Presence {
    /// Returns the presence that a word in generated code means.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "required" => Self::Required,
            "nullable" => Self::Nullable,
            _ => Self::Optional,
        }
    }
}

impl Field {
    pub(super) fn new(key: &'static str, presence: Presence) -> Self {
        Self { key, presence, options: FieldOptions::default() }
    }

    pub(super) fn set(&mut self, options: FieldOptions) {
        self.options = options;
    }

    pub(super) fn key(&self) -> &'static str {
        self.key
    }

    pub(super) fn presence(&self) -> Presence {
        self.presence
    }

    pub(super) fn is_redacted(&self) -> bool {
        self.options.is_redacted
    }

    #[cfg(feature = "validate")]
    pub(super) fn own_rules(&self) -> Rules {
        self.options.rules
    }
}

impl FieldOptions {
    /// Returns the options of a field that has none.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            is_redacted: false,
            #[cfg(feature = "validate")]
            rules: &[],
        }
    }

    /// Redacts the value in `Debug`, because it is a secret or personal data.
    #[must_use]
    pub const fn redacted(mut self) -> Self {
        self.is_redacted = true;
        self
    }

    /// Sets the rules of the value. Ignored without the feature `validate`.
    #[must_use]
    #[cfg_attr(
        not(feature = "validate"),
        expect(unused_mut, unused_variables, reason = "the feature is off")
    )]
    pub const fn rules(mut self, rules: super::Rules) -> Self {
        #[cfg(feature = "validate")]
        {
            self.rules = rules;
        }
        self
    }
}
