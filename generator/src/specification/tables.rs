//! Tables of the members of each object of OpenAPI 3.0.3 §4.7, including those of 3.1 and 3.2.

use super::Expects::{
    self, Any, Count, Flag, List, Map, Node, Nodes, Number, OneOf, SchemaOrFlag, Security, Text, Texts,
    Unchecked, Unread, Unsupported,
};
use super::Kind;

type Table = &'static [(&'static str, Expects)];

const OPENAPI: Table = &[
    ("openapi", Text),
    ("info", Node(Kind::Info)),
    ("servers", Nodes(Kind::Server)),
    ("paths", Node(Kind::Paths)),
    ("webhooks", Map(Kind::PathItem)),
    ("components", Node(Kind::Components)),
    ("security", Security),
    ("tags", Unread),
    ("externalDocs", Unread),
    ("$self", Unread),
    ("jsonSchemaDialect", Unread),
];
const INFO: Table = &[
    ("title", Text),
    ("summary", Text),
    ("description", Text),
    ("version", Text),
    ("termsOfService", Unread),
    ("contact", Unread),
    ("license", Unread),
];
const SERVER: Table =
    &[("url", Text), ("name", Unread), ("description", Text), ("variables", Map(Kind::ServerVariable))];
const SERVER_VARIABLE: Table = &[("enum", Texts), ("default", Text), ("description", Text)];
const COMPONENTS: Table = &[
    ("schemas", Map(Kind::Schema)),
    ("responses", Map(Kind::Response)),
    ("parameters", Map(Kind::Parameter)),
    ("requestBodies", Map(Kind::RequestBody)),
    ("headers", Map(Kind::Header)),
    ("securitySchemes", Map(Kind::SecurityScheme)),
    ("pathItems", Map(Kind::PathItem)),
    ("mediaTypes", Map(Kind::MediaType)),
    ("examples", Unread),
    ("links", Unread),
    ("callbacks", Unsupported),
];
const PATH_ITEM: Table = &[
    ("summary", Text),
    ("description", Text),
    ("parameters", Nodes(Kind::Parameter)),
    ("servers", Nodes(Kind::Server)),
    ("get", Node(Kind::Operation)),
    ("put", Node(Kind::Operation)),
    ("post", Node(Kind::Operation)),
    ("delete", Node(Kind::Operation)),
    ("options", Node(Kind::Operation)),
    ("head", Node(Kind::Operation)),
    ("patch", Node(Kind::Operation)),
    ("trace", Node(Kind::Operation)),
    ("query", Node(Kind::Operation)),
    ("additionalOperations", Map(Kind::Operation)),
    ("$ref", Unread),
];
const OPERATION: Table = &[
    ("tags", Texts),
    ("summary", Text),
    ("description", Text),
    ("operationId", Text),
    ("parameters", Nodes(Kind::Parameter)),
    ("requestBody", Node(Kind::RequestBody)),
    ("responses", Node(Kind::Responses)),
    ("deprecated", Flag),
    ("security", Security),
    ("servers", Nodes(Kind::Server)),
    ("callbacks", Unsupported),
    ("externalDocs", Unread),
];
const PARAMETER: Table = &[
    ("name", Text),
    ("in", OneOf(&["query", "querystring", "header", "path", "cookie"])),
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("allowEmptyValue", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("schema", Node(Kind::Schema)),
    ("content", Map(Kind::MediaType)),
    ("example", Unread),
    ("examples", Unread),
];
const HEADER: Table = &[
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("style", OneOf(&["simple"])),
    ("explode", Flag),
    ("schema", Node(Kind::Schema)),
    ("content", Map(Kind::MediaType)),
    ("example", Unread),
    ("examples", Unread),
];
const REQUEST_BODY: Table = &[("description", Text), ("content", Map(Kind::MediaType)), ("required", Flag)];
const MEDIA_TYPE: Table = &[
    ("schema", Node(Kind::Schema)),
    ("itemSchema", Node(Kind::Schema)),
    ("example", Any),
    ("examples", Unread),
    ("encoding", Any),
    ("prefixEncoding", Unsupported),
    ("itemEncoding", Unsupported),
];
const RESPONSE: Table = &[
    ("summary", Text),
    ("description", Text),
    ("headers", Map(Kind::Header)),
    ("content", Map(Kind::MediaType)),
    ("links", Unread),
];
const SCHEMA: Table = &[
    ("title", Text),
    ("multipleOf", Number),
    ("maximum", Number),
    ("exclusiveMaximum", Flag),
    ("minimum", Number),
    ("exclusiveMinimum", Flag),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", Text),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Flag),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Texts),
    ("enum", List),
    ("type", OneOf(&["string", "number", "integer", "boolean", "array", "object"])),
    ("allOf", Nodes(Kind::Schema)),
    ("oneOf", Nodes(Kind::Schema)),
    ("anyOf", Nodes(Kind::Schema)),
    ("not", Unchecked),
    ("items", Node(Kind::Schema)),
    ("properties", Map(Kind::Schema)),
    ("additionalProperties", SchemaOrFlag),
    ("description", Text),
    ("format", Text),
    ("default", Any),
    ("nullable", Flag),
    ("discriminator", Node(Kind::Discriminator)),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("deprecated", Flag),
    ("example", Any),
    ("xml", Unread),
    ("externalDocs", Unread),
    ("$ref", Unread),
    ("$defs", Map(Kind::Schema)),
    ("prefixItems", Nodes(Kind::Schema)),
    ("patternProperties", Map(Kind::Schema)),
    ("examples", Unread),
    ("contentEncoding", Unread),
    ("contentMediaType", Unread),
    ("contentSchema", Unsupported),
    ("$id", Unread),
    ("id", Unread),
    ("$schema", Unread),
    ("$anchor", Unread),
    ("$dynamicAnchor", Unread),
    ("$recursiveAnchor", Unread),
    ("$vocabulary", Unread),
    ("$comment", Unread),
    ("unevaluatedProperties", Unchecked),
    ("unevaluatedItems", Unchecked),
    ("additionalItems", Unchecked),
    ("propertyNames", Unchecked),
    ("contains", Unchecked),
    ("minContains", Unchecked),
    ("maxContains", Unchecked),
    ("if", Unchecked),
    ("then", Unchecked),
    ("else", Unchecked),
    ("dependentRequired", Unchecked),
    ("dependentSchemas", Unchecked),
    ("dependencies", Unchecked),
];
const DISCRIMINATOR: Table = &[("propertyName", Text), ("mapping", Any), ("defaultMapping", Unread)];
const SECURITY_SCHEME: Table = &[
    ("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"])),
    ("description", Text),
    ("name", Text),
    ("in", OneOf(&["query", "header", "cookie"])),
    ("scheme", Text),
    ("bearerFormat", Text),
    ("flows", Any),
    ("openIdConnectUrl", Text),
    ("oauth2MetadataUrl", Unread),
    ("deprecated", Unread),
];

/// The generator's own extensions: the object that each belongs to, and the type of its value.
pub(super) const EXTENSIONS: &[(&str, Kind, Expects)] = &[
    ("x-personal-data", Kind::Schema, Flag),
    ("x-safe-to-repeat", Kind::Response, Flag),
    ("x-request-id", Kind::Header, Flag),
    ("x-idempotency-key", Kind::Operation, Text),
    // `lower` checks it, because its form depends on the operation's types.
    ("x-pages", Kind::Operation, Any),
];

/// Returns the members of an object of the specification.
pub(super) fn table(kind: Kind) -> Table {
    match kind {
        Kind::OpenApi => OPENAPI,
        Kind::Info => INFO,
        Kind::Server => SERVER,
        Kind::ServerVariable => SERVER_VARIABLE,
        Kind::Components => COMPONENTS,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::Header => HEADER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Response => RESPONSE,
        Kind::Schema => SCHEMA,
        Kind::Discriminator => DISCRIMINATOR,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::Paths | Kind::Responses => &[],
    }
}
