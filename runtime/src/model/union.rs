//! Unions: the table of a union's variants.

use super::Decode;

/// A value of one of several types.
///
/// Variants have the indexes of the table's rows. Any other index is the variant `Unknown`, which
/// keeps a value as JSON that matches no other variant.
pub trait Union {
    /// Returns how the variant of a value is determined.
    fn choice(&self) -> Choice;

    /// Becomes a blank value of a variant.
    fn choose(&mut self, index: usize);

    /// Returns the place of the variant's value.
    fn chosen_mut(&mut self) -> &mut dyn Decode;
}

/// How the variant of a value is determined.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Choice {
    /// The text of a member names the variant. If the value does not match that variant, decoding
    /// fails.
    Tag(Tag),
    /// Each variant has a test. If a value passes several tests, the variant that declares most of
    /// the value's members wins, then the first that can be decoded.
    Tests(&'static [Test]),
}

/// The member whose text names a variant.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub(super) key: &'static str,
    /// The texts of each variant.
    pub(super) texts: &'static [&'static [&'static str]],
    /// The variant of an object that none of the texts names.
    pub(super) otherwise: Option<usize>,
}

impl Choice {
    /// Returns the number of variants.
    pub(super) fn variants(&self) -> usize {
        match self {
            Self::Tag(tag) => tag.texts.len(),
            Self::Tests(tests) => tests.len(),
        }
    }

    /// Returns the choice by the member `key`. `texts` has the texts of each variant: a string's
    /// content, or the notation of a number or boolean.
    #[must_use]
    pub const fn tag(key: &'static str, texts: &'static [&'static [&'static str]]) -> Self {
        Self::Tag(Tag { key, texts, otherwise: None })
    }

    /// Sets the variant at `index` for objects without the tag, or with a text that names no
    /// variant.
    #[must_use]
    pub const fn otherwise(self, index: usize) -> Self {
        match self {
            Self::Tag(tag) => Self::Tag(Tag { otherwise: Some(index), ..tag }),
            Self::Tests(tests) => Self::Tests(tests),
        }
    }
}

/// A member of an object, or of an object inside it, with one of several texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    /// The path of keys to the object with the member.
    pub(super) within: &'static [&'static str],
    pub(super) key: &'static str,
    pub(super) texts: &'static [&'static str],
}

/// The conditions that a value must meet to be of a variant.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    pub(super) kinds: Kinds,
    pub(super) texts: &'static [&'static str],
    pub(super) format: Option<fn(&str) -> bool>,
    pub(super) member: Option<Member>,
    pub(super) required: &'static [&'static str],
    pub(super) known: &'static [&'static str],
    pub(super) items: Option<&'static Test>,
}

impl Test {
    /// Returns a test that accepts these kinds of values.
    #[must_use]
    pub const fn of(kinds: Kinds) -> Self {
        Self { kinds, texts: &[], format: None, member: None, required: &[], known: &[], items: None }
    }

    /// Requires a string to be one of these texts.
    #[must_use]
    pub const fn texts(self, texts: &'static [&'static str]) -> Self {
        Self { texts, ..self }
    }

    /// Prefers strings of a format. A string of another format matches this variant last.
    #[must_use]
    pub const fn format(self, is_valid: fn(&str) -> bool) -> Self {
        Self { format: Some(is_valid), ..self }
    }

    /// Requires an object's member `key` to have one of these texts: a string's content, or the
    /// notation of a number or boolean.
    #[must_use]
    pub const fn member(self, key: &'static str, texts: &'static [&'static str]) -> Self {
        Self { member: Some(Member { within: &[], key, texts }), ..self }
    }

    /// Looks for the member in an object inside the value. `within` is the path of keys to that
    /// object.
    #[must_use]
    pub const fn within(self, within: &'static [&'static str]) -> Self {
        match self.member {
            Some(member) => Self { member: Some(Member { within, ..member }), ..self },
            None => self,
        }
    }

    /// Requires an object to have these members.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// Sets the members that the variant declares.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// Sets the test of an array's items. An array with items that fail it matches this variant
    /// last.
    #[must_use]
    pub const fn items(self, items: &'static Test) -> Self {
        Self { items: Some(items), ..self }
    }
}

/// A set of kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOL: Self = Self(2);
    /// A number without a fraction.
    pub const INTEGER: Self = Self(4);
    /// A number with a fraction or an exponent.
    pub const FRACTION: Self = Self(8);
    /// A string.
    pub const STRING: Self = Self(16);
    /// An array.
    pub const ARRAY: Self = Self(32);
    /// An object.
    pub const OBJECT: Self = Self(64);
    /// All kinds.
    pub const ANY: Self = Self(127);

    /// Returns the union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
