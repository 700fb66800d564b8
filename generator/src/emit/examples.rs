//! Writes `tests/examples.rs`: a test that round-trips the document's examples through the models.
//!
//! The examples are in a text file, one a line, so that each costs the compiler one row only.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::doc::DocText;

impl Emitter<'_> {
    /// Returns the test for a crate whose library is called `library`, or `None` if there are no
    /// examples.
    pub(super) fn examples(self, library: &str) -> Option<File> {
        if self.api.examples.is_empty() {
            return None;
        }
        let mut imports = Imports::default();
        let prefix = quote! { models:: };
        let rows: Vec<TokenStream> = self
            .api
            .examples
            .iter()
            .map(|example| {
                let pointer = example.pointer.to_string();
                let shape = self.type_tokens(&example.shape, &prefix, &mut imports);
                quote! { (#pointer, check::<#shape>), }
            })
            .collect();
        imports.runtime("serde_json");
        let models = imports.models.then(|| {
            let library = Ident::new(library, proc_macro2::Span::call_site());
            quote! { use #library::models; }
        });
        let imports = imports.items();
        let docs = docs::inner_attributes(&DocText::fixed(
            "Decodes each of the document's examples as its type, encodes it again, and compares.\n\n\
             Prints a line of JSON for each example that does not round-trip.",
        ));
        let items = vec![
            quote! {
                #imports
                #models
                use runtime::model::{DeserializeOwned, Serialize};
                use serde_json::{Value, json};
            },
            quote! {
                type Check = fn(&str) -> serde_json::Result<Value>;
            },
            quote! {
                /// The place and type of each example, in the order of `examples.txt`.
                const EXAMPLES: &[(&str, Check)] = &[#(#rows)*];
            },
            quote! {
                #[test]
                fn examples_round_trip() {
                    let lines = include_str!("examples.txt").lines().skip(1);
                    let mut failed = 0;
                    for ((pointer, check), text) in EXAMPLES.iter().zip(lines) {
                        let shown: Value = serde_json::from_str(text).expect("a line of JSON");
                        let answer = match check(text) {
                            Ok(encoded) if same(&shown, &encoded) => continue,
                            Ok(encoded) => json!({ "example": pointer, "encoded": encoded }),
                            Err(error) => json!({ "example": pointer, "error": error.to_string() }),
                        };
                        println!("{answer}");
                        failed += 1;
                    }
                    println!("{}", json!({ "examples": EXAMPLES.len(), "failed": failed }));
                    assert_eq!(failed, 0, "of {} examples", EXAMPLES.len());
                }
            },
            quote! {
                fn check<T: DeserializeOwned + Serialize>(text: &str) -> serde_json::Result<Value> {
                    serde_json::to_value(serde_json::from_str::<T>(text)?)
                }
            },
            quote! {
                /// Returns true if two values are the same JSON: `1` and `1.0` are the same number.
                fn same(a: &Value, b: &Value) -> bool {
                    match (a, b) {
                        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
                        (Value::Array(a), Value::Array(b)) => {
                            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
                        }
                        (Value::Object(a), Value::Object(b)) => {
                            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
                        }
                        _ => a == b,
                    }
                }
            },
        ];
        Some(File::new("tests/examples.rs".to_owned(), docs, items))
    }
}
