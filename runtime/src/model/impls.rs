//! The trait impls of all models, by macros.
//!
//! Input: a row for each field of a struct or each variant of an enum. Output: the impls. Most are
//! a single call, so that a model costs little more than its table. Models are used through
//! vtables. `inline(never)` keeps the compiler from also storing each body in the library's
//! metadata, which made a library a fifth larger.

/// Implements decoding, encoding, comparison and `Debug` for a struct, from a row for each field:
/// its index, its name, its presence, and its key in JSON.
///
/// Optional sections follow. `parts`: unions whose properties are inlined in the object. `map`: the
/// field of typed undeclared properties. `rest`: the field of all other undeclared properties.
/// `table`: options of the [`Table`](crate::model::Table).
#[macro_export]
#[doc(hidden)]
macro_rules! model_object {
    (
        $name:ident {
            $(
                $index:literal $field:ident: $presence:ident($key:literal $(,)?)
                $($(.$option:ident($($value:tt)*))+)?,
            )*
        }
        $(parts { $($part_index:literal $part:ident,)* })?
        $(map { $map_index:literal $map:ident })?
        $(rest { $rest:ident })?
        $(table { $($table:tt)* })?
    ) => {
        #[doc(hidden)]
        impl $crate::model::Object for $name {
            #[inline(never)]
            fn table(&self) -> &'static $crate::model::Table {
                static TABLE: $crate::model::Table = $crate::model::Table::new(
                    ::std::stringify!($name),
                    &[$($key,)*],
                    ::std::concat!($(::std::stringify!($presence), " ",)*),
                    &[$($(($index, $crate::model::FieldOptions::new()$(.$option($($value)*))+),)?)*],
                )$(.parts([$(::std::stringify!($part)),*].len()))?$($($table)*)?;
                &TABLE
            }

            #[inline(never)]
            fn member(&self, index: usize) -> &dyn $crate::model::Encode {
                match index {
                    $($index => &self.$field,)*
                    $($($part_index => &self.$part,)*)?
                    $($map_index => &self.$map,)?
                    _ => $crate::model_object!(@member self $($rest)?),
                }
            }

            #[inline(never)]
            fn member_mut(&mut self, index: usize) -> &mut dyn $crate::model::Decode {
                match index {
                    $($index => &mut self.$field,)*
                    $($($part_index => &mut self.$part,)*)?
                    $($map_index => &mut self.$map,)?
                    _ => $crate::model_object!(@member_mut self $($rest)?),
                }
            }
        }

        $crate::model_object!(@traits $name {
            // Calls come before `None`, as far as possible: a call may unwind, and then drops all
            // values before it.
            Self {
                $($rest: $crate::model::blank(),)?
                $($map: $crate::model::blank(),)?
                $($($part: $crate::model::blank(),)*)?
                $($field: $crate::model_object!(@blank $presence),)*
            }
        });
    };
    (@traits $name:ident $blank:block) => {
        #[doc(hidden)]
        impl $crate::model::Decode for $name {
            #[inline(never)]
            fn blank() -> Self $blank

            #[inline(never)]
            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Object(self)
            }
        }

        #[doc(hidden)]
        impl $crate::model::Encode for $name {
            #[inline(never)]
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::View::Object(self)
            }
        }

        #[automatically_derived]
        impl ::std::cmp::PartialEq for $name {
            #[inline(never)]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            /// Omits absent fields, and redacts secret and personal ones.
            #[inline(never)]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug(self, f)
            }
        }

        $crate::model_serde!($name);
    };
    (@blank required) => { $crate::model::blank() };
    (@blank nullable) => { ::std::option::Option::None };
    (@blank optional) => { ::std::option::Option::None };
    (@member $self:ident $rest:ident) => { &$self.$rest };
    (@member $self:ident) => { $crate::model::nothing() };
    (@member_mut $self:ident $rest:ident) => { &mut $self.$rest };
    (@member_mut $self:ident) => { $crate::model::nothing_mut() };
}

/// Implements decoding and encoding for a union, from a row for each variant: its index, its name,
/// and a view if the JSON is more than the JSON of the value. `choice` determines the variant of a
/// value.
#[macro_export]
#[doc(hidden)]
macro_rules! model_union {
    (
        $name:ident {
            $($index:literal $variant:ident $(($value:ident) => $view:expr)?,)*
        }
        choice { $choice:expr }
    ) => {
        #[doc(hidden)]
        impl $crate::model::Union for $name {
            #[inline(never)]
            fn choice(&self) -> $crate::model::Choice {
                const CHOICE: $crate::model::Choice = $choice;
                CHOICE
            }

            #[inline(never)]
            fn choose(&mut self, index: usize) {
                *self = match index {
                    $($index => Self::$variant($crate::model::blank()),)*
                    _ => Self::Unknown($crate::model::blank()),
                };
            }

            #[inline(never)]
            fn chosen_mut(&mut self) -> &mut dyn $crate::model::Decode {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        #[doc(hidden)]
        impl $crate::model::Encode for $name {
            #[inline(never)]
            fn view(&self) -> $crate::model::View<'_> {
                match self {
                    $(Self::$variant(held) => $crate::model_union!(@view held $(, $value => $view)?),)*
                    Self::Unknown(value) => $crate::model::Encode::view(value),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::model::Decode for $name {
            #[inline(never)]
            fn blank() -> Self {
                Self::Unknown($crate::model::blank())
            }

            #[inline(never)]
            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Union(self)
            }
        }

        $crate::model_serde!($name);
    };
    (@view $held:ident) => { $crate::model::Encode::view($held) };
    (@view $held:ident, $value:ident => $view:expr) => {{
        let $value = $held;
        $view
    }};
}

/// Implements decoding, encoding and `Debug` for an enum of strings, from the value of each
/// variant.
#[macro_export]
#[doc(hidden)]
macro_rules! model_symbols {
    (@first $first:ident $($other:ident)*) => { Self::$first };
    (@first) => { Self::Unknown(::std::string::String::new()) };
    ($name:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// Returns the value as it is sent and received.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::model::Symbol for $name {
            #[inline(never)]
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        #[doc(hidden)]
        impl $crate::model::Decode for $name {
            #[inline(never)]
            fn blank() -> Self {
                $crate::model_symbols!(@first $($variant)*)
            }

            #[inline(never)]
            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Symbol(self)
            }
        }

        #[doc(hidden)]
        impl $crate::model::Encode for $name {
            #[inline(never)]
            fn view(&self) -> $crate::model::View<'_> {
                match self {
                    // A listed value in the wrong variant is listed.
                    Self::Unknown(value) if !<[&str]>::contains(&[$($value),*], &value.as_str()) => {
                        $crate::model::View::Unlisted(value)
                    }
                    _ => $crate::model::View::String(self.as_str()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline(never)]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::model_serde!($name);
    };
}

/// Implements decoding, encoding and `Debug` for an enum of integers, from the value of each
/// variant.
#[macro_export]
#[doc(hidden)]
macro_rules! model_integers {
    (@first $first:ident $($other:ident)*) => { Self::$first };
    (@first) => { Self::Unknown(0) };
    ($name:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// Returns the value as it is sent and received.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        #[doc(hidden)]
        impl $crate::model::Integer for $name {
            #[inline(never)]
            fn set(&mut self, value: i128) -> bool {
                i64::try_from(value).map(|value| *self = Self::from(value)).is_ok()
            }
        }

        #[doc(hidden)]
        impl $crate::model::Decode for $name {
            #[inline(never)]
            fn blank() -> Self {
                $crate::model_integers!(@first $($variant)*)
            }

            #[inline(never)]
            fn slot(&mut self, _: bool) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Integer(self)
            }
        }

        #[doc(hidden)]
        impl $crate::model::Encode for $name {
            #[inline(never)]
            fn view(&self) -> $crate::model::View<'_> {
                match self {
                    // A listed value in the wrong variant is listed.
                    Self::Unknown(value) if !<[i64]>::contains(&[$($value),*], value) => {
                        $crate::model::View::Unlisted(value)
                    }
                    _ => $crate::model::View::Integer(self.as_i64().into()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline(never)]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        $crate::model_serde!($name);
    };
}

/// Implements decoding and encoding for structs with one unnamed field, which have the JSON of the
/// field.
#[macro_export]
#[doc(hidden)]
macro_rules! model_wrappers {
    ($($name:ident),* $(,)?) => {$(
        #[doc(hidden)]
        impl $crate::model::Decode for $name {
            #[inline(never)]
            fn blank() -> Self {
                Self($crate::model::blank())
            }

            #[inline(never)]
            fn slot(&mut self, null: bool) -> $crate::model::Slot<'_> {
                $crate::model::Decode::slot(&mut self.0, null)
            }
        }

        #[doc(hidden)]
        impl $crate::model::Encode for $name {
            #[inline(never)]
            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::Encode::view(&self.0)
            }
        }

        $crate::model_serde!($name);
    )*};
}

/// Implements serde's traits for models.
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
