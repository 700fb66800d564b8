//! Values of one of several types: what the table of a union says of its variants.

use super::Decode;

/// A value of one of several types.
///
/// The variants have the indexes of the table's rows. Any other index stands for the variant that keeps a value of none
/// of the types as JSON.
pub trait Union {
    /// Returns how values of the variants are told apart.
    fn choice(&self) -> Choice;

    /// Becomes a blank value of a variant.
    fn choose(&mut self, index: usize);

    /// Returns the place of the variant's value.
    fn chosen_mut(&mut self) -> &mut dyn Decode;
}

/// How values of a union's variants are told apart.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Choice {
    /// By a member's text. A value that has the text of a variant, and another shape than the variant, is an error.
    Tag(Tag),
    /// By tests. Of the variants whose test a value passes, the one that knows most of the value's members wins, then the
    /// first that can be read.
    Tests(&'static [Test]),
}

/// The member whose text names a variant.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub(super) key: &'static str,
    /// For each variant, the texts that stand for it.
    pub(super) texts: &'static [&'static [&'static str]],
}

impl Choice {
    /// The variant is named by the member `key`; `texts` are, for each variant, those that stand for it: a string's
    /// content, and the spelling of a number or boolean.
    #[must_use]
    pub const fn tag(key: &'static str, texts: &'static [&'static [&'static str]]) -> Self {
        Self::Tag(Tag { key, texts })
    }
}

/// A member of an object, or of objects inside of it, that has one of several texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    /// The keys that lead to the object that has the member.
    pub(super) within: &'static [&'static str],
    pub(super) key: &'static str,
    pub(super) texts: &'static [&'static str],
}

/// What a variant asks of a value.
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
    /// The value is of one of these kinds.
    #[must_use]
    pub const fn of(kinds: Kinds) -> Self {
        Self { kinds, texts: &[], format: None, member: None, required: &[], known: &[], items: None }
    }

    /// A string is one of these.
    #[must_use]
    pub const fn texts(self, texts: &'static [&'static str]) -> Self {
        Self { texts, ..self }
    }

    /// A string is of a format. A string that is not of the format is not refused, but comes after the others.
    #[must_use]
    pub const fn format(self, is_valid: fn(&str) -> bool) -> Self {
        Self { format: Some(is_valid), ..self }
    }

    /// An object's member `key` is one of these texts: a string's content, or the spelling of a number or boolean.
    #[must_use]
    pub const fn member(self, key: &'static str, texts: &'static [&'static str]) -> Self {
        Self { member: Some(Member { within: &[], key, texts }), ..self }
    }

    /// The member is one of an object inside of the value, to which these keys lead.
    #[must_use]
    pub const fn within(self, within: &'static [&'static str]) -> Self {
        match self.member {
            Some(member) => Self { member: Some(Member { within, ..member }), ..self },
            None => self,
        }
    }

    /// An object has these members.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// The members that the variant declares.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// What the variant asks of an array's items. An array with items that don't pass is not refused, but comes after the
    /// others.
    #[must_use]
    pub const fn items(self, items: &'static Test) -> Self {
        Self { items: Some(items), ..self }
    }
}

/// Kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOL: Self = Self(2);
    /// A number without a fraction.
    pub const INTEGER: Self = Self(4);
    /// A number that is written with a fraction or an exponent.
    pub const FRACTION: Self = Self(8);
    /// A string.
    pub const STRING: Self = Self(16);
    /// An array.
    pub const ARRAY: Self = Self(32);
    /// An object.
    pub const OBJECT: Self = Self(64);
    /// All of them.
    pub const ANY: Self = Self(127);

    /// These and others.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
