//! Validates a model against the constraints of its document.
//!
//! Input: a model, whose table has the [`Rule`](super::Rule)s of its fields. Output: each
//! [`Violation`], with its JSON path. The JSON that would be sent is checked. Validation runs only
//! if called: decoding never fails because of a constraint.

mod check;
mod decimal;
mod pattern;
mod same;
mod violation;

pub use violation::{Violation, Violations};

use super::Encode;
use check::Check;

/// A value that can be validated against the constraints of its document.
///
/// ```
/// use runtime::model::{self, Rule, Validate};
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
    /// Checks the value, and all values inside it, against the constraints of the document.
    ///
    /// # Errors
    /// Returns the violations in the order of the fields. The validation ends after 1,000 violations,
    /// or when their paths together have 1 MiB. [`Violations::is_complete`] then returns false.
    ///
    /// No text from a server makes a validation slow. A text that takes more than a million
    /// backtracking steps violates its pattern. One validation allows 8 slow texts for each pattern
    /// and 32 in total. The work of a text is its steps times its bytes, and one validation allows
    /// 2³⁰ of it. Further slow texts violate their pattern.
    fn validate(&self) -> Result<(), Violations>;
}

impl<T: Encode + ?Sized> Validate for T {
    fn validate(&self) -> Result<(), Violations> {
        let mut check = Check::default();
        check.value(self.view(), &[]);
        check.end()
    }
}
