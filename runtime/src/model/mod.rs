//! Encodes, decodes, prints, compares and validates models without derived code.
//!
//! Input: a table of a model's fields, and access to each field by index ([`Object`]). Output: the
//! impls of serde, `Debug` and equality. The code is shared by all models and not generic, so that
//! a model costs a build little more than its table.
//!
//! * [`Decode`] returns the place of the next value as a [`Slot`]. `read` reads JSON text into it.
//! * [`Encode`] returns the JSON form of a value as a [`View`]. `write`, [`debug`], [`equal`] and
//!   `validate` use it.
//!
//! ```
//! use runtime::model;
//! use std::collections::BTreeMap;
//!
//! #[derive(Clone)]
//! struct Order {
//!     id: String,
//!     note: Option<String>,
//!     additional: BTreeMap<String, i64>,
//! }
//!
//! model::object! {
//!     Order {
//!         0 id: required("id"),
//!         1 note: optional("note"),
//!     }
//!     map { 2 additional }
//!     table { .additional() }
//! }
//!
//! let order: Order = runtime::serde_json::from_str(r#"{"id": "7", "weight": 12}"#)?;
//! assert_eq!(order.additional["weight"], 12);
//! assert_eq!(runtime::serde_json::to_string(&order)?, r#"{"id":"7","weight":12}"#);
//! assert_eq!(format!("{order:?}"), r#"Order { id: "7", additional: {"weight": 12} }"#);
//! # Ok::<(), runtime::serde_json::Error>(())
//! ```

mod any_json;
mod base64;
mod budget;
mod date;
mod date_time;
mod debug;
mod decode;
mod encode;
mod equal;
mod field;
mod foreign;
mod impls;
pub(crate) mod json_path;
mod list;
mod number;
mod object;
mod read;
mod redacted;
mod rest;
mod rule;
mod symbol;
mod table;
mod text;
mod time;
mod union;
mod uuid;
#[cfg(feature = "validate")]
mod validate;
mod write;

pub use self::any_json::AnyJson;
pub use self::base64::Base64;
pub use self::uuid::Uuid;
pub use crate::{
    model_integers as integers, model_object as object, model_symbols as symbols, model_union as union,
    model_wrappers as wrappers,
};
pub use budget::Budget;
pub(crate) use budget::DEFAULT_TEXT;
pub use date::Date;
pub use date_time::DateTime;
pub use debug::debug;
pub use decode::{Decode, Integer, Slot, blank, nothing_mut};
pub use encode::{Argument, Constant, Encode, Tagged, View, nothing};
pub use equal::equal;
pub use field::FieldOptions;
pub use foreign::Foreign;
pub use list::{Entries, Items, List, Map, Tuple};
pub use number::{NotANumber, Number};
pub use object::Object;
pub(crate) use object::members_of;
pub(crate) use read::{Fault, FaultKind, Text, read, read_into, read_sample, read_within};
pub use read::{deserialize, from_json};
pub use redacted::{REDACTED, Redacted};
pub use rest::Rest;
pub use rule::{Rule, Rules};
pub use serde_core::de::DeserializeOwned;
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
pub use symbol::Symbol;
pub use table::Table;
pub use time::{Rfc2822, UnixTime};
pub use union::{Choice, Kinds, Tag, Test, Union};
#[cfg(feature = "validate")]
pub use validate::{Validate, Violation, Violations};
pub(crate) use write::{json, number};
pub use write::{serialize, to_json};
