//! How models read and write themselves, without derived code.
//!
//! In: a model's short impls of [`Object`], [`Blank`], [`Deserialize`] and [`Serialize`]. Out: the whole of serde for
//! it. The rule: what is the same for every model stands here once, so that a model costs a list of its fields.
//!
//! ```
//! use runtime::model;
//! use std::collections::BTreeMap;
//!
//! #[derive(Debug, PartialEq)]
//! struct Order {
//!     id: String,
//!     note: Option<String>,
//!     additional: BTreeMap<String, i64>,
//! }
//!
//! impl model::Blank for Order {
//!     fn blank() -> Self {
//!         Self { id: model::blank(), note: None, additional: model::blank() }
//!     }
//! }
//!
//! impl model::Object for Order {
//!     const REQUIRED: &'static [&'static str] = &["id"];
//!
//!     fn field<'de, A: model::MapAccess<'de>>(
//!         &mut self,
//!         key: &str,
//!         value: model::Value<'_, A>,
//!     ) -> Result<(), A::Error> {
//!         match key {
//!             "id" => value.read(&mut self.id),
//!             "note" => value.read(&mut self.note),
//!             _ => value.insert(key, &mut self.additional),
//!         }
//!     }
//! }
//!
//! impl<'de> model::Deserialize<'de> for Order {
//!     fn deserialize<D: model::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         model::read(deserializer)
//!     }
//! }
//!
//! impl model::Serialize for Order {
//!     fn serialize<S: model::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
//!         let mut object = model::Writer::new(serializer)?;
//!         object.required("id", &self.id)?;
//!         object.optional("note", &self.note)?;
//!         object.additional(&self.additional)?;
//!         object.end()
//!     }
//! }
//!
//! let order: Order = runtime::serde_json::from_str(r#"{"id": "7", "weight": 12}"#)?;
//! assert_eq!(order.additional["weight"], 12);
//! assert_eq!(runtime::serde_json::to_string(&order)?, r#"{"id":"7","weight":12}"#);
//! # Ok::<(), runtime::serde_json::Error>(())
//! ```

mod base64;
mod blank;
mod date;
mod date_time;
mod flattened;
pub(crate) mod json_path;
mod level;
mod object;
mod redacted;
mod required;
mod rest;
mod symbol;
mod text;
mod time;
mod union;
mod uuid;
#[cfg(feature = "validate")]
mod validate;
mod writer;

pub use base64::Base64;
pub use blank::{Blank, blank};
pub use date::Date;
pub use date_time::DateTime;
pub use flattened::{Flattened, read_flattened};
pub(crate) use level::TOO_DEEP;
pub use object::{Object, Value, read};
pub use redacted::{REDACTED, Redacted};
pub use rest::Rest;
pub use serde_core::de::{DeserializeOwned, MapAccess};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use symbol::read_symbol;
pub use time::{Rfc2822, UnixTime};
pub use union::{Choice, Kinds, Test, Union, read_union, write_tagged};
pub use uuid::Uuid;
#[cfg(feature = "validate")]
pub use validate::{Check, Rule, Rules, Validate, Violation, Violations};
pub use writer::Writer;
