//! Parameters: those of a path item and of an operation in, the path's in the order of the template out.

use openapiv3::{Parameter as Source, ParameterSchemaOrContent, PathStyle};

use super::Lower;
use super::operation::Skip;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::shape::Kind;
use crate::document::target;
use crate::ir::{Constraints, Docs, Parameter, Scalar, Shape, TypeRef};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// The path parameters of an operation, one for each name of the template, in its order; and in words, those
    /// that are left out.
    pub(super) fn parameters(
        &mut self,
        path_item: &Pointer,
        operation: &Pointer,
        path: &str,
    ) -> Result<(Vec<Parameter>, Vec<String>), Skip> {
        let mut missing = Vec::new();
        let names = template_names(path).map_err(|message| Skip::at(path_item, message))?;
        let mut declared = Vec::new();
        for (pointer, source) in self.declared(path_item, operation)? {
            match &source {
                Source::Path { .. } => declared.extend(self.path_parameter(&pointer, &source)?),
                _ => missing.extend(self.other_parameter(&pointer, &source)?),
            }
        }
        let mut parameters = Vec::new();
        for name in names {
            match declared.iter().position(|parameter: &Parameter| parameter.name == name) {
                Some(index) => parameters.push(declared.swap_remove(index)),
                None => {
                    let message = format!("`{{{name}}}` of the path is not declared as a parameter");
                    self.warn(Code::PathTemplate, path_item, message, "it is taken as a string");
                    parameters.push(Parameter {
                        name,
                        pointer: operation.clone(),
                        docs: Docs::default(),
                        shape: TypeRef::Scalar(Scalar::String),
                        constraints: Constraints::default(),
                    });
                }
            }
        }
        for unused in declared {
            let message = format!("the path has no `{{{}}}`", unused.name);
            self.warn(Code::PathTemplate, &unused.pointer, message, "the parameter is ignored");
        }
        Ok((parameters, missing))
    }

    /// The parameters of an operation with those of its path item that it does not override by name and place. One
    /// that can't be read may be required: the operation is then left out.
    fn declared(&self, path_item: &Pointer, operation: &Pointer) -> Result<Vec<(Pointer, Source)>, Skip> {
        let mut declared: Vec<(Pointer, Source)> = Vec::new();
        for list in [path_item.child("parameters"), operation.child("parameters")] {
            for pointer in self.document.items(&list) {
                let read = self.document.resolve(&pointer).and_then(|pointer| {
                    self.document.read::<Source>(&pointer, Kind::Parameter).map(|source| (pointer, source))
                });
                let (pointer, source) = read.map_err(|problem| Skip::at(&pointer, problem.message()))?;
                declared.retain(|(_, known)| place_and_name(known) != place_and_name(&source));
                declared.push((pointer, source));
            }
        }
        Ok(declared)
    }

    fn path_parameter(&mut self, pointer: &Pointer, source: &Source) -> Result<Option<Parameter>, Skip> {
        let data = source.parameter_data_ref();
        let unsupported =
            |what: &str| Err(Skip::at(pointer, format!("path parameter `{}` {what}", data.name)));
        if !matches!(source, Source::Path { style: PathStyle::Simple, .. }) {
            return unsupported("has a style that is not supported yet");
        }
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return unsupported("has `content`, which is not supported yet");
        };
        let schema = target(schema);
        let lowered = self.schema(&schema);
        if !self.is_text(&lowered.shape) {
            return unsupported("is no scalar, which is not supported yet");
        }
        let mut docs = self.docs(pointer);
        docs.description = docs.description.or_else(|| self.docs(&schema).description);
        Ok(Some(Parameter {
            name: data.name.clone(),
            pointer: pointer.clone(),
            docs,
            shape: lowered.shape,
            constraints: lowered.constraints,
        }))
    }

    /// Whether a value of this type is one text on the wire.
    fn is_text(&self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::Scalar(_) => true,
            TypeRef::Named(id) => matches!(self.api.get(*id).map(|known| &known.shape), Some(Shape::Enum(_))),
            _ => false,
        }
    }

    /// Parameters outside the path are not sent yet: gives the name of what is left out.
    fn other_parameter(&mut self, pointer: &Pointer, source: &Source) -> Result<Option<String>, Skip> {
        let (place, name) = place_and_name(source);
        // OpenAPI 3.0.3 §4.7.12.1: these are said elsewhere, and ignored here.
        let is_said_elsewhere =
            ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
        if place == "header" && is_said_elsewhere {
            return Ok(None);
        }
        if source.parameter_data_ref().required {
            return Err(Skip::at(
                pointer,
                format!(
                    "its {place} parameter `{name}` is required, and {place} parameters are not supported yet"
                ),
            ));
        }
        let message = format!("{place} parameters are not supported yet");
        let place_of = self.place(pointer).label(format!("`{name}`"));
        let diagnostic = Diagnostic::new(Code::UnsupportedRequest, message, place_of);
        self.push(diagnostic.note("it is optional, and never sent"));
        Ok(Some(format!("{place} parameter `{}`", name.replace('`', ""))))
    }
}

/// What tells a parameter from others (OpenAPI 3.0.3 §4.7.12.1).
fn place_and_name(parameter: &Source) -> (&'static str, &str) {
    let place = match parameter {
        Source::Query { .. } => "query",
        Source::Header { .. } => "header",
        Source::Path { .. } => "path",
        Source::Cookie { .. } => "cookie",
    };
    (place, &parameter.parameter_data_ref().name)
}

/// The names in a path template (OpenAPI 3.0.3 §4.8.2), in its order.
fn template_names(path: &str) -> Result<Vec<String>, String> {
    if path.contains(['?', '#']) {
        return Err("a path with a query or fragment is not supported yet".to_owned());
    }
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) =
            after.split_once('}').filter(|(name, _)| !literal.contains('}') && !name.contains('{'))
        else {
            return Err(format!("the braces of `{path}` do not match"));
        };
        if name.is_empty() {
            return Err(format!("`{path}` has a parameter without a name"));
        }
        if names.iter().any(|known| known == name) {
            return Err(format!("`{path}` has `{{{name}}}` twice, which is not supported yet"));
        }
        names.push(name.to_owned());
        rest = after;
    }
    if rest.contains('}') { Err(format!("the braces of `{path}` do not match")) } else { Ok(names) }
}

#[cfg(test)]
mod tests {
    use super::template_names;

    #[test]
    fn names_are_read_in_order() {
        assert_eq!(template_names("/v1/{a}/x/{b}.{c}"), Ok(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(template_names("/"), Ok(vec![]));
        for odd in ["/{a", "/a}", "/{a}{", "/{}", "/{a}/{a}", "/a?x={b}", "/{{a}}"] {
            assert!(template_names(odd).is_err(), "{odd}");
        }
    }
}
