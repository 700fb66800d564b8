//! Decodes a value as one of several variants.
//!
//! Input: a text, and the place of a union. Output: the variant that [`fitting`] finds, decoded.
//! Invariant: the number of variants that are tried, and the bytes that are read again for them,
//! have limits.

use super::fitting::{fitting, member_of};
use super::{FaultKind, MOST_CHOICES, Read, Reader};
use crate::model::union::{Choice, Tag, Test, Union};

impl Reader<'_> {
    /// Decodes a value as its best variant.
    ///
    /// If the tag names a variant and the value does not match it, the result is a fault. Otherwise
    /// the next variant is tried. A value that matches no variant is kept as JSON.
    pub(super) fn union(&mut self, union: &mut dyn Union) -> Read {
        let (start, depth) = (self.text.at, self.text.depth());
        let json = self.text.skip()?;
        let end = self.text.at;
        let tests = match union.choice() {
            Choice::Tag(tag) => {
                self.repeat(start, depth)?;
                let named = tag.variant(json).or_else(|| self.sampled(&tag, json));
                if let (None, Some(index), true) = (named, tag.otherwise, json.starts_with('{')) {
                    let memory = self.memory;
                    union.choose(index);
                    match self.value(union.chosen_mut()) {
                        Err(fault) if !matches!(fault.kind, FaultKind::TooLarge | FaultKind::TooDeep) => {}
                        done => return done,
                    }
                    self.memory = memory;
                    self.text.back(end, depth);
                    self.repeat(start, depth)?;
                }
                union.choose(named.unwrap_or(usize::MAX));
                return self.value(union.chosen_mut());
            }
            Choice::Tests(tests) => tests,
        };
        let (choices, memory) = (self.choices, self.memory);
        for (nth, index) in self.fitting(json, tests).into_iter().enumerate() {
            if nth > 0 {
                let Some(left) = self.choices.unwrap_or(MOST_CHOICES).checked_sub(1) else { break };
                self.choices = Some(left);
            }
            self.text.back(end, depth);
            // A value that exceeds the limit is kept as JSON.
            if self.repeat(start, depth).is_err() {
                break;
            }
            union.choose(index);
            match self.value(union.chosen_mut()) {
                Ok(()) => {
                    self.choices = choices.and(self.choices);
                    return Ok(());
                }
                Err(fault) if matches!(fault.kind, FaultKind::TooLarge | FaultKind::TooDeep) => {
                    return Err(fault);
                }
                Err(_) => self.memory = memory,
            }
        }
        self.choices = choices.and(self.choices);
        self.text.back(start, depth);
        union.choose(usize::MAX);
        self.value(union.chosen_mut())
    }

    /// Returns the first variant for an object without its tag, in a sample.
    fn sampled(&self, tag: &Tag, json: &str) -> Option<usize> {
        let is_open = self.is_sample && tag.otherwise.is_none() && json.starts_with('{');
        (is_open && member_of(json, tag.key).is_none()).then_some(0)
    }

    /// Returns the possible variants, best first. A sample may lack the members that variants
    /// require.
    fn fitting(&self, json: &str, tests: &[Test]) -> Vec<usize> {
        let strict = fitting(json, tests);
        if !self.is_sample || !strict.is_empty() {
            return strict;
        }
        let lenient = |test: &Test| Test { required: &[], member: None, ..*test };
        fitting(json, &tests.iter().map(lenient).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Choice;
    use serde_json::json;

    #[test]
    fn an_object_that_no_tag_names_is_of_the_default_variant_if_it_fits() {
        #[derive(Debug, PartialEq)]
        enum Pet {
            Cat(bool),
            Other(std::collections::BTreeMap<String, String>),
            Unknown(serde_json::Value),
        }
        crate::model_union! {
            Pet {
                0 Cat,
                1 Other,
            }
            choice { Choice::tag("kind", &[&["cat"], &[]]).otherwise(1) }
        }
        let read = |text| crate::model::read::<Pet>(text).unwrap();
        let other = |key: &str, text: &str| Pet::Other([(key.to_owned(), text.to_owned())].into());
        assert_eq!(read(r#"{"kind":"bird"}"#), other("kind", "bird"));
        assert_eq!(read(r#"{"note":"x"}"#), other("note", "x"));
        assert_eq!(read(r#" {"note":7}"#), Pet::Unknown(json!({"note": 7})));
        assert_eq!(read("7"), Pet::Unknown(json!(7)));
        assert!(crate::model::read::<Pet>(r#"{"kind":"cat"}"#).is_err());
    }
}
