//! Writes the constructors and setters of structs that are sent. Required fields are arguments of
//! `new`, others have setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::file::Members;
use super::imports::Imports;
use super::{Chunk, Emitter, braced, docs};
use crate::doc::{self, DocText, item_as};
use crate::ir::TypeRef;
use crate::rust::{Constant, Field, Flattened, Presence, Struct, Type};

impl Emitter<'_> {
    /// Returns `new` and the setters of a struct that is sent.
    pub(super) fn constructor(self, known: &Type, object: &Struct, imports: &mut Imports) -> Vec<Chunk> {
        if !known.is_sent {
            return vec![];
        }
        let positions = object.declared.positions();
        let mut arguments = Vec::new();
        let mut values = TokenStream::new();
        let mut setters = Members::new(object.fields.len());
        for field in &object.fields {
            let name = field.name;
            if let Some(constant) = &field.constant {
                let only = self.only(constant);
                values.extend(quote! { #name: #only, });
            } else if field.presence == Presence::Required {
                let argument = argument_name(name);
                let (shape, value) = self.field_argument(known, field, &argument, imports);
                let place = positions.get(field.declared.key.as_str()).copied();
                arguments.push((place, quote! { #argument: #shape }));
                // clippy requires the short form.
                let is_same = *name == value.to_string();
                values.extend(if is_same {
                    quote! { #name, }
                } else {
                    quote! { #name: #value, }
                });
            } else {
                values.extend(quote! { #name: None, });
                if !field.declared.read_only {
                    setters.push(self.setter(known, field, imports));
                }
            }
        }
        for Flattened { declared, name } in &object.flattened {
            if declared.optional {
                values.extend(quote! { #name: None, });
            } else {
                let shape = self.type_in_models(&declared.shape, known, imports);
                arguments.push((Some(usize::MAX), quote! { #name: impl Into<#shape> }));
                values.extend(quote! { #name: #name.into(), });
            }
        }
        if let Some((name, _)) = object.additional {
            values.extend(quote! { #name: BTreeMap::new(), });
        }
        if let Some(name) = object.rest {
            values.extend(quote! { #name: model::blank(), });
        }
        let (name, is_default) = (&known.name, object.is_default);
        let body = if is_default {
            quote! { Self::default() }
        } else {
            let values = braced(values);
            quote! { Self #values }
        };
        let default = (!is_default && arguments.is_empty()).then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self { Self::new() }
                }
            }
        });
        let about = docs::attributes(&DocText::fixed(if arguments.is_empty() {
            "Creates a value without optional fields."
        } else {
            "Creates a value from its required fields, without optional ones."
        }));
        arguments.sort_by_key(|(place, _)| *place);
        let arguments = arguments.iter().map(|(_, argument)| argument);
        let new = quote! {
            #about
            pub fn new(#(#arguments),*) -> Self { #body }
        };
        let methods = Chunk::of_impl(name, setters.after(new));
        [Some(methods), default.map(Chunk::Tokens)].into_iter().flatten().collect()
    }

    fn setter(self, known: &Type, field: &Field, imports: &mut Imports) -> TokenStream {
        let name = field.name;
        let text = name.unraw().to_string();
        let argument = argument_name(name);
        // The prefix avoids the names of methods that every type has, such as `default` and
        // `clone`.
        let method = quote::format_ident!("with_{}", text.trim_start_matches('_'));
        let field_link = item_as(&text, format!("Self::{text}"));
        let docs = docs::attributes(&DocText::line([doc::text("Sets "), field_link, doc::text(".")]));
        let (shape, value) = self.field_argument(known, field, &argument, imports);
        let value = if field.presence == Presence::Tristate {
            quote! { Some(Some(#value)) }
        } else {
            quote! { Some(#value) }
        };
        quote! {
            #docs
            #[must_use]
            pub fn #method(mut self, #argument: #shape) -> Self {
                self.#name = #value;
                self
            }
        }
    }

    /// Returns the type of the argument for a field, and the conversion to the field's value. Lists
    /// and maps accept any iterator, other arguments convert into the field's type.
    fn field_argument(
        self,
        known: &Type,
        field: &Field,
        name: &Ident,
        imports: &mut Imports,
    ) -> (TokenStream, TokenStream) {
        let mut tokens = |shape: &TypeRef| self.type_in_models(shape, known, imports);
        let given = |shape: &TypeRef, tokens: TokenStream| match self.is_converted(shape) {
            true => quote! { impl Into<#tokens> },
            false => tokens,
        };
        let (shape, value) = match self.api.unaliased(&field.declared.shape) {
            TypeRef::List(item) => {
                let item = given(item, tokens(item));
                (quote! { impl IntoIterator<Item = #item> }, quote! { runtime::list(#name) })
            }
            TypeRef::Map(value) => {
                let value = given(value, tokens(value));
                let pair = quote! { (impl Into<String>, #value) };
                (quote! { impl IntoIterator<Item = #pair> }, quote! { runtime::map(#name) })
            }
            shape if self.is_converted(shape) || self.is_choice(shape) => {
                let shape = tokens(&field.declared.shape);
                (quote! { impl Into<#shape> }, quote! { #name.into() })
            }
            _ => (tokens(&field.declared.shape), quote! { #name }),
        };
        let value = if field.is_boxed {
            quote! { Box::new(#value) }
        } else {
            value
        };
        (shape, value)
    }

    /// Returns the value of a field with a single allowed value.
    fn only(self, constant: &Constant) -> TokenStream {
        match constant {
            Constant::Bool(value) => quote! { #value },
            Constant::Variant(id, variant) => {
                let name = self.rust.name(*id);
                quote! { #name::#variant }
            }
        }
    }
}

/// Returns the argument's name for a field. clippy refuses a name of digits only.
fn argument_name(field: &Ident) -> Ident {
    let text = field.to_string();
    if text.chars().all(|c| c == '_' || c.is_ascii_digit()) {
        quote::format_ident!("value{text}")
    } else {
        field.clone()
    }
}
