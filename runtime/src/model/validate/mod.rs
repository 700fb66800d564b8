//! Checking a model by the constraints that its document states.
//!
//! In: a model's short impl of [`Validate`], which lists its fields with their [`Rule`]s. Out: every [`Violation`], by
//! its JSON path. The rule: what is checked is the JSON that would be sent, and nothing is checked unless asked for:
//! receiving never fails on a constraint.
//!
//! ```
//! use runtime::model::{self, Rule, Validate};
//!
//! struct User {
//!     name: String,
//!     tags: Option<Vec<String>>,
//! }
//!
//! impl model::Validate for User {
//!     fn check(&self, _: model::Rules, check: &mut model::Check) {
//!         check.field("name", &self.name, &[Rule::MinLength(1), Rule::Pattern("^[a-z]*$")]);
//!         check.field("tags", &self.tags, &[Rule::UniqueItems, Rule::Each(&[Rule::MaxLength(3)])]);
//!     }
//! }
//!
//! let user = User { name: "Alice".to_owned(), tags: Some(vec!["a".to_owned(), "long".to_owned()]) };
//! let violations = user.validate().unwrap_err();
//! assert_eq!(violations.to_string(), "$.name: pattern `^[a-z]*$`; $.tags[1]: length at most 3");
//! ```

mod check;
mod decimal;
mod pattern;
mod rule;
mod same;
mod value;
mod violation;

pub use check::Check;
pub use rule::{Rule, Rules};
pub use violation::{Violation, Violations};

/// A value whose document says more of it than its type.
pub trait Validate {
    /// Checks the value by `rules`, which are those of the place that it stands in, and by its own; then all that it
    /// holds. Null, and a rule that speaks of another JSON type, are passed over.
    fn check(&self, rules: Rules, check: &mut Check);

    /// Checks the value, and all that it holds, by the constraints of its document.
    ///
    /// # Errors
    /// Every violation, in the order of the fields.
    fn validate(&self) -> Result<(), Violations> {
        let mut check = Check::default();
        self.check(&[], &mut check);
        check.end()
    }
}
