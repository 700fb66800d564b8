//! Reading an object that unions stand in.
//!
//! In: a deserializer and a model with parts that are decided by its other members. Out: the model. The rule: the
//! object is read once as JSON, then by each part.

use super::level::{ReadTwice, TOO_DEEP};
use super::object::{Object, read};
use serde_core::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

/// A model with parts whose members stand among its own.
pub trait Flattened: Object {
    /// Reads the parts from all members of the object.
    ///
    /// # Errors
    /// Where the members have another shape than a part.
    fn flatten(&mut self, members: Value) -> Result<(), serde_json::Error>;
}

/// Reads a model with such parts: the body of its `Deserialize::deserialize`.
///
/// # Errors
/// As [`read`], and where the members have another shape than a part, or hold too much of such models in all.
pub fn read_flattened<'de, T: Flattened, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let members = Value::deserialize(deserializer)?;
    let Some(_twice) = ReadTwice::enter(&members) else { return Err(D::Error::custom(TOO_DEEP)) };
    let mut object: T = read(&members).map_err(D::Error::custom)?;
    object.flatten(members).map_err(D::Error::custom)?;
    Ok(object)
}
