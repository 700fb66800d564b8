//! Models with more fields than one would write by hand.

/// A struct like a generated one, except that its fields are a list.
macro_rules! object {
    ($model:ident, $table:expr, $($field:ident),*) => {
        impl runtime::model::Object for $model {
            fn table(&self) -> &'static runtime::model::Table {
                static TABLE: runtime::model::Table = $table;
                &TABLE
            }

            fn member(&self, index: usize) -> &dyn runtime::model::Encode {
                let members: &[&dyn runtime::model::Encode] = &[$(&self.$field),*];
                members.get(index).or(members.last()).copied().unwrap()
            }

            fn member_mut(&mut self, index: usize) -> &mut dyn runtime::model::Decode {
                let members: [&mut dyn runtime::model::Decode; _] = [$(&mut self.$field),*];
                let last = members.len() - 1;
                members.into_iter().nth(index.min(last)).unwrap()
            }
        }

        runtime::model::object!(@traits $model { Self::default() });
    };
}
