//! Writes the constructors and setters of structs that are sent. Required fields are arguments of
//! `new`, others have setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::imports::Imports;
use super::{Emitter, braced, docs};
use crate::doc::{self, DocText, item_as};
use crate::ir::{Field, Struct, TypeId, TypeRef};
use crate::plan::{Presence, only_value};

impl Emitter<'_> {
    /// Returns `new` and the setters of a struct that is sent.
    pub(super) fn constructor(self, id: TypeId, object: &Struct, imports: &mut Imports) -> Vec<TokenStream> {
        if !self.plan.is_sent(id) {
            return vec![];
        }
        let name = self.names.type_name(id);
        let positions = object.positions();
        let mut arguments = Vec::new();
        let mut values = TokenStream::new();
        let mut setters = Vec::new();
        for (index, (field, field_name)) in object.fields.iter().zip(self.names.members(id)).enumerate() {
            let boxed = self.plan.is_boxed(id, index);
            let presence = self.plan.presence(id, index, field);
            if presence == Presence::Required {
                let constant = field.constant.map(|constant| quote! { #constant });
                if let Some(only) = constant.or_else(|| self.only(&field.shape)) {
                    values.extend(quote! { #field_name: #only, });
                    continue;
                }
                let argument = argument_name(field_name);
                let (shape, value) = self.field_argument(id, field, &argument, boxed, imports);
                arguments.push((positions.get(field.key.as_str()).copied(), quote! { #argument: #shape }));
                // clippy requires the short form.
                let is_same = *field_name == value.to_string();
                values.extend(if is_same {
                    quote! { #field_name, }
                } else {
                    quote! { #field_name: #value, }
                });
            } else {
                values.extend(quote! { #field_name: None, });
                if !field.read_only {
                    setters.push(self.setter(id, field, field_name, boxed, presence, imports));
                }
            }
        }
        for (union, field_name) in object.flattened.iter().zip(self.names.flattened(id)) {
            let shape = self.type_in_models(&union.shape, id, imports);
            if union.optional {
                values.extend(quote! { #field_name: None, });
            } else {
                arguments.push((Some(usize::MAX), quote! { #field_name: impl Into<#shape> }));
                values.extend(quote! { #field_name: #field_name.into(), });
            }
        }
        if let Some(rest) = self.names.additional(id) {
            values.extend(quote! { #rest: BTreeMap::new(), });
        }
        if let Some(rest) = self.rest(id, object) {
            values.extend(quote! { #rest: model::blank(), });
        }
        let is_default = self.plan.is_default(id, object);
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
        let mut methods = quote! {
            #about
            pub fn new(#(#arguments),*) -> Self { #body }
        };
        methods.extend(setters);
        let methods = braced(methods);
        [Some(quote! { impl #name #methods }), default].into_iter().flatten().collect()
    }

    fn setter(
        self,
        id: TypeId,
        field: &Field,
        name: &Ident,
        boxed: bool,
        presence: Presence,
        imports: &mut Imports,
    ) -> TokenStream {
        let text = name.unraw().to_string();
        let argument = argument_name(name);
        // The prefix avoids the names of methods that every type has, such as `default` and
        // `clone`.
        let method = quote::format_ident!("with_{}", text.trim_start_matches('_'));
        let field_link = item_as(&text, format!("Self::{text}"));
        let docs = docs::attributes(&DocText::line([doc::text("Sets "), field_link, doc::text(".")]));
        let (shape, value) = self.field_argument(id, field, &argument, boxed, imports);
        let value = if presence == Presence::Tristate {
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
        id: TypeId,
        field: &Field,
        name: &Ident,
        boxed: bool,
        imports: &mut Imports,
    ) -> (TokenStream, TokenStream) {
        let mut tokens = |shape: &TypeRef| self.type_in_models(shape, id, imports);
        let given = |shape: &TypeRef, tokens: TokenStream| match self.is_converted(shape) {
            true => quote! { impl Into<#tokens> },
            false => tokens,
        };
        let (shape, value) = match self.api.unaliased(&field.shape) {
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
                let shape = tokens(&field.shape);
                (quote! { impl Into<#shape> }, quote! { #name.into() })
            }
            _ => (tokens(&field.shape), quote! { #name }),
        };
        let value = if boxed {
            quote! { Box::new(#value) }
        } else {
            value
        };
        (shape, value)
    }

    /// Returns the value of a field with a single allowed value.
    fn only(self, shape: &TypeRef) -> Option<TokenStream> {
        let (id, _) = only_value(self.api, shape)?;
        let variant = self.names.members(id).first()?;
        // The name by which the field's type is imported may be an alias.
        let TypeRef::Named(named) = shape else { return None };
        let name = self.names.type_name(*named);
        Some(quote! { #name::#variant })
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
