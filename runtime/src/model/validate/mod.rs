//! Checking a model by the constraints that its document states.
//!
//! Input: a model, whose table has the [`Rule`](super::Rule)s of its fields. Output: each [`Violation`], by its JSON path.
//! What is checked is the JSON that would be sent. Nothing is checked unless asked for: receiving never fails on a
//! constraint.

mod check;
mod decimal;
mod pattern;
mod same;
mod violation;

pub use violation::{Violation, Violations};

use super::Encode;
use check::Check;

/// A value whose document says more of it than its type.
///
/// ```
/// use runtime::model::{self, Field, Rule, Table, Validate};
///
/// #[derive(Clone, Default)]
/// struct User {
///     name: String,
///     tags: Option<Vec<String>>,
/// }
///
/// model::object! {
///     User {
///         0 name: required("name").rules(&[Rule::MinLength(1), Rule::Pattern("^[a-z]*$")]),
///         1 tags: optional("tags").rules(&[Rule::UniqueItems, Rule::Each(&[Rule::MaxLength(3)])]),
///     }
///     table { .closed() }
/// }
///
/// let user = User { name: "Alice".to_owned(), tags: Some(vec!["a".to_owned(), "long".to_owned()]) };
/// let violations = user.validate().unwrap_err();
/// assert_eq!(violations.to_string(), "$.name: pattern `^[a-z]*$`; $.tags[1]: length at most 3");
/// ```
pub trait Validate: Encode {
    /// Checks the value, and all that it holds, by the constraints of its document.
    ///
    /// # Errors
    /// The violations, in the order of the fields: the first 1,000, and whether the check ended there
    /// ([`Violations::is_complete`]). A text that takes more than a million steps of backtracking violates its pattern.
    /// One check allows texts that take more than a few steps for each byte 8 times for a pattern, and 32 times in all:
    /// further ones violate their pattern, so that no text of a server makes a check slow.
    fn validate(&self) -> Result<(), Violations>;
}

impl<T: Encode + ?Sized> Validate for T {
    fn validate(&self) -> Result<(), Violations> {
        let mut check = Check::default();
        check.value(self.view(), &[]);
        check.end()
    }
}
