//! Describes operations: arguments, the bytes of requests, responses.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::render::{security, style};
use super::rules::constraints;
use super::{Attributes, Surveyor, deprecation, flag, put};
use crate::ir::{Body, BodyForm, End, Next, Operation, Parameter, Part, Representation};
use crate::name::{GroupNames, OperationNames};

impl Surveyor<'_> {
    pub(super) fn operations(&mut self) {
        let (api, names) = (self.api, self.names);
        for (id, operation) in api.operations() {
            if let Some(names) = names.operation(id) {
                self.operation(operation, names);
            }
        }
    }

    /// Adds the client's methods that return groups, and the types of groups.
    pub(super) fn groups(&mut self) {
        let names = self.names;
        for (tag, names) in names.tags() {
            let Some(GroupNames { method, shape }) = &names.group else { continue };
            let path = format!("requests::{}", shape.unraw());
            let group = Attributes::from([("group", path.clone()), ("key", tag.to_owned())]);
            self.add("method", format!("Client::{}", method.unraw()), group);
            let module = names.module.unraw().to_string();
            self.add("request", path, Attributes::from([("shape", "group".to_owned()), ("module", module)]));
        }
    }

    fn operation(&mut self, operation: &Operation, names: &OperationNames) {
        let scope = self.names.method_scope(operation);
        let method = format!("{scope}::{}", names.method.unraw());
        let request = format!("requests::{}", names.request.unraw());
        let mut attributes = Attributes::from([
            ("method", operation.method.name()),
            ("path", operation.path.clone()),
            ("request", request.clone()),
        ]);
        put(&mut attributes, "server", operation.server.clone());
        put(&mut attributes, "security", security(&operation.security));
        deprecation(&mut attributes, &operation.docs);
        put(&mut attributes, "requestId", operation.request_id.clone());
        flag(&mut attributes, "body", operation.body_required);
        let statuses: Vec<String> = operation.success.statuses.iter().map(ToString::to_string).collect();
        put(&mut attributes, "statuses", (!statuses.is_empty()).then(|| statuses.join(" ")));
        let errors: Vec<String> = operation
            .errors
            .iter()
            .map(|error| format!("{} {}", error.status, self.shape(&error.shape)))
            .collect();
        put(&mut attributes, "errors", (!errors.is_empty()).then(|| errors.join(", ")));
        put(&mut attributes, "paging", operation.paging.as_ref().map(|paging| self.paging(paging)));
        let repeatable: Vec<String> = operation.repeatable.iter().map(ToString::to_string).collect();
        put(&mut attributes, "repeatable", (!repeatable.is_empty()).then(|| repeatable.join(" ")));
        let mut arguments = Vec::new();
        for (index, (parameter, name)) in operation.parameters.iter().zip(&names.parameters).enumerate() {
            let item = self.parameter(parameter, names.empties.get(index).and_then(Option::as_ref));
            if parameter.required {
                arguments.push(format!("{}: {}", name.unraw(), self.shape(&parameter.shape)));
                self.add("argument", format!("{method}({})", name.unraw()), item);
            } else {
                self.add("setter", format!("{request}::{}", name.unraw()), item);
            }
        }
        for (index, (body, name)) in operation.bodies.iter().zip(&names.bodies).enumerate() {
            let form = names.forms.get(index).and_then(Option::as_ref);
            let item = self.body(body, form.map(|(form, _)| form));
            match (operation.body_required, index) {
                (true, 0) => attributes.extend(item),
                (true, _) => self.add("method", format!("{scope}::{}", name.unraw()), item),
                (false, _) => self.add("setter", format!("{request}::{}", name.unraw()), item),
            }
            if let (BodyForm::Multipart(parts), Some((form, names))) = (&body.form, form) {
                self.form(parts, form, names);
            }
        }
        put(&mut attributes, "arguments", Some(format!("({})", arguments.join(", "))));
        for (index, representation) in operation.success.representations.iter().enumerate() {
            let result = self.result(representation, names.choices.get(index).and_then(Option::as_ref));
            if index == 0 {
                attributes.insert("result", result);
                put(
                    &mut attributes,
                    "accept",
                    Some(representation.accept.clone()).filter(|accept| !accept.is_empty()),
                );
            } else if let Some([send, ..]) = names.sends.get(index) {
                let item = Attributes::from([("result", result), ("accept", representation.accept.clone())]);
                self.add("setter", format!("{request}::{}", send.unraw()), item);
            }
            if let Some(choice) = names.choices.get(index).and_then(Option::as_ref) {
                let variants = names.variants.get(index).map(Vec::as_slice).unwrap_or_default();
                self.outcomes(representation, choice, variants);
            }
        }
        for (header, name) in operation.headers.iter().zip(&names.headers) {
            let item = Attributes::from([("key", header.name.clone()), ("type", self.shape(&header.shape))]);
            self.add("header", format!("{request}::{}", name.unraw()), item);
        }
        let tag = operation.tag.as_ref().and_then(|tag| self.names.tag(tag));
        let module = tag.map_or_else(|| "untagged".to_owned(), |tag| tag.module.unraw().to_string());
        let item = Attributes::from([("shape", "request".to_owned()), ("module", module)]);
        self.add("request", request, item);
        self.add("method", method, attributes);
    }

    fn parameter(&self, parameter: &Parameter, empty: Option<&Ident>) -> Attributes {
        let mut item = Attributes::from([
            ("type", self.shape(&parameter.shape)),
            ("key", parameter.name.clone()),
            ("in", parameter.place.word().to_owned()),
            ("style", style(parameter.style)),
        ]);
        flag(&mut item, "required", parameter.required);
        deprecation(&mut item, &parameter.docs);
        flag(&mut item, "allowEmptyValue", empty.is_some());
        put(&mut item, "default", parameter.default.as_ref().map(ToString::to_string));
        constraints(&mut item, &parameter.constraints);
        item
    }

    fn body(&self, body: &Body, form: Option<&Ident>) -> Attributes {
        let shape = match &body.form {
            BodyForm::Json(shape) | BodyForm::Form(shape, _) => self.shape(shape),
            BodyForm::Multipart(_) => {
                form.map_or_else(|| "Multipart".to_owned(), |form| format!("requests::{}", form.unraw()))
            }
            BodyForm::Text => "String".to_owned(),
            BodyForm::Bytes => "Body".to_owned(),
        };
        let mut item = Attributes::from([("bodyType", shape), ("mediaType", body.media_type.clone())]);
        if let BodyForm::Form(_, styles) = &body.form {
            let styles: Vec<String> =
                styles.iter().map(|(name, one)| format!("{name} {}", style(*one))).collect();
            put(&mut item, "style", (!styles.is_empty()).then(|| styles.join(", ")));
        }
        item
    }

    fn form(&mut self, parts: &[Part], form: &Ident, names: &[Ident]) {
        let path = format!("requests::{}", form.unraw());
        let named: Vec<(&Part, &Ident)> = parts.iter().zip(names).collect();
        let required = named.iter().filter(|(part, _)| part.required);
        let shape =
            |part: &Part| part.shape.as_ref().map_or_else(|| "Part".to_owned(), |shape| self.shape(shape));
        let argument = |(part, name): &(&Part, &Ident)| format!("{}: {}", name.unraw(), shape(part));
        let arguments: Vec<String> = required.map(argument).collect();
        let attributes =
            Attributes::from([("shape", "form".to_owned()), ("new", format!("({})", arguments.join(", ")))]);
        self.add("request", path.clone(), attributes);
        for (part, name) in named {
            let shape = part.shape.as_ref().map_or_else(|| "Part".to_owned(), |shape| self.shape(shape));
            let mut item = Attributes::from([("key", part.name.clone()), ("type", shape)]);
            flag(&mut item, "required", part.required);
            flag(&mut item, "several", part.several);
            put(&mut item, "separator", part.separator.map(str::to_owned));
            put(&mut item, "mediaType", part.media_type.clone());
            constraints(&mut item, &part.constraints);
            self.add("part", format!("{path}::{}", name.unraw()), item);
        }
    }

    fn result(&self, representation: &Representation, choice: Option<&Ident>) -> String {
        match (choice, representation.only()) {
            (Some(choice), _) => format!("requests::{}", choice.unraw()),
            (None, Some(content)) => self.content(content),
            (None, None) => "()".to_owned(),
        }
    }

    fn outcomes(&mut self, representation: &Representation, choice: &Ident, names: &[Ident]) {
        let path = format!("requests::{}", choice.unraw());
        self.add("request", path.clone(), Attributes::from([("shape", "outcomes".to_owned())]));
        for (outcome, name) in representation.outcomes.iter().zip(names) {
            let item = Attributes::from([
                ("status", outcome.status.to_string()),
                ("type", self.content(&outcome.content)),
            ]);
            self.add("outcome", format!("{path}::{}", name.unraw()), item);
        }
    }

    fn paging(&self, paging: &crate::ir::Paging) -> String {
        let next = match &paging.next {
            Next::Url(_) => "url".to_owned(),
            Next::Token(parameter, _) => format!("token {parameter}"),
            Next::Offset(parameter) => format!("offset {parameter}"),
            Next::Page(parameter) => format!("page {parameter}"),
            Next::LastItem(parameter, _) => format!("last item {parameter}"),
            Next::Link => "link".to_owned(),
        };
        let end = match &paging.end {
            Some(End::False(_)) => " until false",
            Some(End::True(_)) => " until true",
            Some(End::Missing(_)) => " until missing",
            None => "",
        };
        format!("{} by {next}{end}", self.shape(&paging.item))
    }
}
