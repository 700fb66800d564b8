//! What all models have: the traits that one function for all of them stands behind.
//!
//! Input: names of models. Output: their short impls. Each impl is one call, so a model costs little more than its table.

/// Implements, for structs with an `Object`, how they are read, written, compared and printed.
///
/// [`Debug`](std::fmt::Debug) leaves out fields that are absent, and hides those that are redacted.
#[macro_export]
#[doc(hidden)]
macro_rules! model_objects {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::model::Decode for $name {
            fn blank() -> Self {
                $crate::model::Object::blank()
            }

            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Object(self)
            }
        }

        impl $crate::model::Encode for $name {
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::View::Object(self)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::model::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug(self, f)
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements, for enums with a `Union`, how they are read and written.
#[macro_export]
#[doc(hidden)]
macro_rules! model_unions {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::model::Decode for $name {
            fn blank() -> Self {
                Self::Unknown($crate::model::blank())
            }

            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Union(self)
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements, for enums of strings with `as_str` and `From<&str>`, how they are read, written and printed.
#[macro_export]
#[doc(hidden)]
macro_rules! model_symbols {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::model::Symbol for $name {
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        impl $crate::model::Decode for $name {
            fn blank() -> Self {
                Self::Unknown(::std::string::String::new())
            }

            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Symbol(self)
            }
        }

        impl $crate::model::Encode for $name {
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::View::String(self.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements, for enums of integers with `as_i64` and `From<i64>`, how they are read, written and printed.
#[macro_export]
#[doc(hidden)]
macro_rules! model_integers {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::model::Integer for $name {
            fn set(&mut self, value: i128) -> bool {
                i64::try_from(value).map(|value| *self = Self::from(value)).is_ok()
            }
        }

        impl $crate::model::Decode for $name {
            fn blank() -> Self {
                Self::Unknown(0)
            }

            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Integer(self)
            }
        }

        impl $crate::model::Encode for $name {
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::View::Integer(self.as_i64().into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements, for structs of one unnamed field, that they are read and written as the field is.
#[macro_export]
#[doc(hidden)]
macro_rules! model_wrappers {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::model::Decode for $name {
            fn blank() -> Self {
                Self($crate::model::blank())
            }

            fn slot(&mut self, null: bool) -> $crate::model::Slot<'_> {
                $crate::model::Decode::slot(&mut self.0, null)
            }
        }

        impl $crate::model::Encode for $name {
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::Encode::view(&self.0)
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements serde's traits for types that are read and written as models.
#[macro_export]
#[doc(hidden)]
macro_rules! model_serde {
    ($name:ident) => {
        impl<'de> $crate::model::Deserialize<'de> for $name {
            fn deserialize<D: $crate::model::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::model::deserialize(deserializer)
            }
        }

        impl $crate::model::Serialize for $name {
            fn serialize<S: $crate::model::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::model::serialize(self, serializer)
            }
        }
    };
}
