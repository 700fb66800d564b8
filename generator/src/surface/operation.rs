//! Describes operations: arguments, the bytes of requests, responses.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::render::{security, style};
use super::rules::constraints;
use super::{Attributes, Surveyor, deprecation, flag, put};
use crate::ir::{self, BodyForm, End, Next};
use crate::name::{GroupNames, method_scope};
use crate::rust::{Body, Form, Header, Operation, Outcome, Outcomes, Parameter, Part, Tag};

impl Surveyor<'_> {
    pub(super) fn operations(&mut self) {
        let rust = self.rust;
        rust.operations.iter().for_each(|operation| self.operation(operation));
    }

    /// Adds the client's methods that return groups, and the types of groups.
    pub(super) fn groups(&mut self) {
        let rust = self.rust;
        for Tag { key, names } in &rust.tags {
            let Some(GroupNames { method, shape }) = &names.group else { continue };
            let path = format!("requests::{}", shape.unraw());
            let group = Attributes::from([("group", path.clone()), ("key", (*key).to_owned())]);
            self.add("method", format!("Client::{}", method.unraw()), group);
            let module = names.module.unraw().to_string();
            self.add("request", path, Attributes::from([("shape", "group".to_owned()), ("module", module)]));
        }
    }

    fn operation(&mut self, known: &Operation) {
        let operation = known.declared;
        let scope = method_scope(known.group);
        let method = format!("{scope}::{}", known.method.unraw());
        let request = format!("requests::{}", known.request.unraw());
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
        for parameter in &known.parameters {
            let Parameter { declared, name, .. } = parameter;
            let item = self.parameter(parameter);
            if declared.required {
                arguments.push(format!("{}: {}", name.unraw(), self.shape(&declared.shape)));
                self.add("argument", format!("{method}({})", name.unraw()), item);
            } else {
                self.add("setter", format!("{request}::{}", name.unraw()), item);
            }
        }
        for (index, body) in known.bodies.iter().enumerate() {
            let name = body.name.unraw();
            let item = self.body(body);
            match (operation.body_required, index) {
                (true, 0) => attributes.extend(item),
                (true, _) => self.add("method", format!("{scope}::{name}"), item),
                (false, _) => self.add("setter", format!("{request}::{name}"), item),
            }
            body.form.iter().for_each(|form| self.form(form));
        }
        put(&mut attributes, "arguments", Some(format!("({})", arguments.join(", "))));
        for (index, representation) in known.representations.iter().enumerate() {
            let result = self.result(&representation.result);
            let accept = representation.declared.accept.clone();
            if index == 0 {
                attributes.insert("result", result);
                put(&mut attributes, "accept", Some(accept).filter(|accept| !accept.is_empty()));
            } else {
                let item = Attributes::from([("result", result), ("accept", accept)]);
                self.add("setter", format!("{request}::{}", representation.send.unraw()), item);
            }
            if let Outcomes::Several(name, outcomes) = &representation.result {
                self.outcomes(name, outcomes);
            }
        }
        for Header { declared, name } in &known.headers {
            let item =
                Attributes::from([("key", declared.name.clone()), ("type", self.shape(&declared.shape))]);
            self.add("header", format!("{request}::{}", name.unraw()), item);
        }
        let tag = self.rust.tags.iter().find(|tag| Some(tag.key) == operation.tag.as_deref());
        let module = tag.map_or_else(|| "untagged".to_owned(), |tag| tag.names.module.unraw().to_string());
        let item = Attributes::from([("shape", "request".to_owned()), ("module", module)]);
        self.add("request", request, item);
        self.add("method", method, attributes);
    }

    fn parameter(&self, Parameter { declared: parameter, empty, .. }: &Parameter) -> Attributes {
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

    fn body(&self, Body { declared: body, form, .. }: &Body) -> Attributes {
        let shape = match &body.form {
            BodyForm::Json(shape) | BodyForm::Form(shape, _) => self.shape(shape),
            BodyForm::Multipart(_) => {
                let form = form.as_ref();
                form.map_or_else(|| "Multipart".to_owned(), |form| format!("requests::{}", form.name.unraw()))
            }
            BodyForm::Text => "String".to_owned(),
            BodyForm::Bytes => "Body".to_owned(),
        };
        let mut item = Attributes::from([("bodyType", shape), ("mediaType", body.media_type.clone())]);
        constraints(&mut item, &body.constraints);
        if let BodyForm::Form(_, styles) = &body.form {
            let styles: Vec<String> =
                styles.iter().map(|(name, one)| format!("{name} {}", style(*one))).collect();
            put(&mut item, "style", (!styles.is_empty()).then(|| styles.join(", ")));
        }
        item
    }

    fn form(&mut self, Form { name, parts }: &Form) {
        let path = format!("requests::{}", name.unraw());
        let required = parts.iter().filter(|part| part.declared.required);
        let arguments: Vec<String> = required
            .map(|part| format!("{}: {}", part.name.unraw(), self.part_shape(part.declared)))
            .collect();
        let attributes =
            Attributes::from([("shape", "form".to_owned()), ("new", format!("({})", arguments.join(", ")))]);
        self.add("request", path.clone(), attributes);
        for Part { declared: part, name } in parts {
            let shape = self.part_shape(part);
            let mut item = Attributes::from([("key", part.name.clone()), ("type", shape)]);
            flag(&mut item, "required", part.required);
            flag(&mut item, "several", part.several);
            put(&mut item, "separator", part.separator.map(str::to_owned));
            put(&mut item, "mediaType", part.media_type.clone());
            constraints(&mut item, &part.constraints);
            self.add("part", format!("{path}::{}", name.unraw()), item);
        }
    }

    fn part_shape(&self, part: &ir::Part) -> String {
        part.shape.as_ref().map_or_else(|| "Part".to_owned(), |shape| self.shape(shape))
    }

    fn result(&self, result: &Outcomes) -> String {
        match result {
            Outcomes::One(content) => self.content(content),
            Outcomes::Several(name, _) => format!("requests::{}", name.unraw()),
        }
    }

    fn outcomes(&mut self, name: &Ident, outcomes: &[Outcome]) {
        let path = format!("requests::{}", name.unraw());
        self.add("request", path.clone(), Attributes::from([("shape", "outcomes".to_owned())]));
        for Outcome { declared, variant } in outcomes {
            let item = Attributes::from([
                ("status", declared.status.to_string()),
                ("type", self.content(&declared.content)),
            ]);
            self.add("outcome", format!("{path}::{}", variant.unraw()), item);
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
