//! The table of rules: each kind of change with its two verdicts and its message.
//!
//! The first rule that matches a change applies. A rule without a message leaves the change to
//! another rule. Placeholders in messages: `{path}` is the item's Rust path, `{key}` its key in the
//! document, `{name}` an attribute, `{before}` and `{after}` its values.

use super::rules::*;

macro_rules! rules {
    ($($id:literal: $kinds:expr, $steps:expr, $names:expr, $when:expr => $rust:ident, $wire:ident, $words:literal;)*) => {
        /// All rules. Special rules come before general ones.
        pub(super) const RULES: &[Rule] = &[$(Rule {
            id: $id, kinds: $kinds, steps: $steps, names: $names, when: $when, rust: $rust, wire: $wire, words: $words,
        },)*];
    };
}

rules! {
    // The client.
    "server-changed": CLIENT, CHANGED, &["server"], always => PATCH, MAY_FAIL, "the server is `{after}`, was `{before}`";
    "server-added": CLIENT, GAINED, &["server"], always => MAJOR, WORKS, "the document declares a server, which `Client::new` no longer takes";
    "server-removed": CLIENT, LOST, &["server"], always => MAJOR, WORKS, "the document declares no server, which `Client::new` now takes";
    "oauth-constant-removed": CLIENT, ANY, &["oauth"], |c| !has_constants(c.after, c.before) => MAJOR, MAY_FAIL, "the client has the OAuth URLs `{after}`, had `{before}`";
    "oauth-constant-added": CLIENT, ANY, &["oauth"], |c| !has_constants(c.before, c.after) => MINOR, WORKS, "the client has the OAuth URLs `{after}`, had `{before}`";
    "oauth-url-changed": CLIENT, ANY, &["oauth"], always => PATCH, MAY_FAIL, "the client has the OAuth URLs `{after}`, had `{before}`";
    "client-added": CLIENT, ADDED, &[], always => MINOR, WORKS, "the crate has a client";
    "client-removed": CLIENT, REMOVED, &[], always => MAJOR, FAILS, "the crate has no client";

    // Operations.
    "group-added": METHOD, ADDED, &[], |c| c.has("group") => MINOR, WORKS, "`{path}` is new: the methods of the tag `{key}`";
    "group-removed": METHOD, REMOVED, &[], |c| c.has("group") => MAJOR, WORKS, "`{path}` is removed: the methods of the tag `{key}`";
    "group-renamed": METHOD, RENAMED, &[], |c| c.has("group") => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "operation-moved": METHOD, RENAMED, &[], is_in_another_scope => MAJOR, WORKS, "`{old}` is moved to `{path}`";
    "media-type-method-added": METHOD, ADDED, &[], |c| !c.new_has("path") => MINOR, WORKS, "the body may be sent as another media type, by `{path}`";
    "media-type-method-removed": METHOD, REMOVED, &[], |c| !c.old_has("path") => MAJOR, FAILS, "the body can no longer be sent by `{path}`";
    "operation-added": METHOD, ADDED, &[], always => MINOR, WORKS, "`{path}` is new";
    "operation-removed-sunset": METHOD, REMOVED, &[], |c| c.old_has("sunset") => MAJOR, FAILS, "`{path}` is removed, as was announced for {sunset}";
    "operation-removed-deprecated": METHOD, REMOVED, &[], |c| c.old_has("deprecated") => MAJOR, FAILS, "`{path}`, which was deprecated, is removed";
    "operation-removed": METHOD, REMOVED, &[], always => MAJOR, FAILS, "`{path}` is removed, and was not deprecated";
    "operation-renamed": METHOD, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "operation-method-changed": METHOD, CHANGED, &["method"], always => PATCH, FAILS, "`{path}` is sent by {after}, was by {before}";
    "operation-path-parameter-renamed": METHOD, CHANGED, &["path"], is_same_template => PATCH, WORKS, "`{path}` has other names for the parameters of its path";
    "operation-path-changed": METHOD, CHANGED, &["path"], always => PATCH, FAILS, "`{path}` is sent to `{after}`, was to `{before}`";
    "operation-server-changed": METHOD, ANY, &["server"], always => PATCH, MAY_FAIL, "`{path}` is sent to another server";
    "operation-deprecated": METHOD, GAINED, &["deprecated"], always => MINOR, WORKS, "`{path}` is deprecated";
    "operation-undeprecated": METHOD, LOST, &["deprecated"], always => PATCH, WORKS, "`{path}` is no longer deprecated";
    "security-required": METHOD, GAINED, &["security"], always => PATCH, FAILS, "`{path}` requires credentials: {after}";
    "security-dropped": METHOD, LOST, &["security"], always => PATCH, WORKS, "`{path}` requires no credentials";
    "security-alternative-added": METHOD, CHANGED, &["security"], |c| holds(c.after, c.before, " | ") => PATCH, WORKS, "`{path}` also accepts other credentials: {after}";
    "security-alternative-removed": METHOD, CHANGED, &["security"], |c| holds(c.before, c.after, " | ") => PATCH, MAY_FAIL, "`{path}` accepts only these credentials: {after}";
    "security-changed": METHOD, CHANGED, &["security"], always => PATCH, FAILS, "`{path}` requires other credentials: {after}, was {before}";
    "arguments-reordered": METHOD, CHANGED, &["arguments"], is_reordered => MAJOR, WORKS, "the arguments of `{path}` have another order: {after}, was {before}";
    "": METHOD, ANY, &["arguments", "group", "key", "request"], always => PATCH, WORKS, "";
    "body-became-required": METHOD, GAINED, &["body"], always => MAJOR, FAILS, "the body of `{path}` is now required: the method takes it as an argument";
    "body-became-optional": METHOD, LOST, &["body"], always => MAJOR, WORKS, "the body of `{path}` is now optional: a setter takes it, not the method";
    "body-type-widened": METHOD, CHANGED, &["bodyType"], |c| is_wider(c.after, c.before) => MAJOR, WORKS, "the body of `{path}` may be any `{after}`, was `{before}`";
    "body-type-changed": METHOD, CHANGED, &["bodyType"], always => MAJOR, FAILS, "the body of `{path}` is `{after}`, was `{before}`";
    "body-media-type-changed": METHOD, CHANGED, &["mediaType"], always => PATCH, MAY_FAIL, "the body of `{path}` is sent as `{after}`, was as `{before}`";
    "": METHOD, ANY, &["bodyType", "mediaType"], always => PATCH, WORKS, "";
    "body-style-changed": METHOD, ANY, &["style"], always => PATCH, FAILS, "the fields of the body of `{path}` have another style";
    "result-narrowed": METHOD, CHANGED, &["result"], |c| is_wider(c.before, c.after) => MAJOR, WORKS, "`{path}` always returns `{after}`, returned `{before}`";
    "result-changed": METHOD, CHANGED, &["result"], always => MAJOR, MAY_FAIL, "`{path}` returns `{after}`, returned `{before}`";
    "status-removed": METHOD, CHANGED, &["statuses"], |c| holds(c.before, c.after, " ") => PATCH, WORKS, "`{path}` succeeds with {after}, was with {before}";
    "status-added": METHOD, ANY, &["statuses"], always => PATCH, MAY_FAIL, "`{path}` succeeds with {after}, was with {before}";
    "error-body-changed": METHOD, ANY, &["errors"], always => PATCH, WORKS, "the documented errors of `{path}` are {after}, were {before}";
    "accept-changed": METHOD, ANY, &["accept"], always => PATCH, MAY_FAIL, "`{path}` accepts `{after}`, accepted `{before}`";
    "paging-added": METHOD, GAINED, &["paging"], always => MINOR, WORKS, "`{path}` has `pages` and `items`";
    "paging-removed": METHOD, LOST, &["paging"], always => MAJOR, WORKS, "`{path}` no longer has `pages` and `items`";
    "paging-item-changed": METHOD, CHANGED, &["paging"], |c| item_of(c.before) != item_of(c.after) => MAJOR, MAY_FAIL, "the items of the pages of `{path}` are {after}, were {before}";
    "paging-changed": METHOD, CHANGED, &["paging"], always => PATCH, MAY_FAIL, "the paging of `{path}` is {after}, was {before}";
    "request-id-changed": METHOD, ANY, &["requestId"], always => PATCH, WORKS, "the id of a request of `{path}` is in the header `{after}`, was in `{before}`";
    "retry-changed": METHOD, ANY, &["repeatable"], always => PATCH, WORKS, "`{path}` is retried after other statuses";

    // Parameters.
    "required-parameter-added": ARGUMENT, ADDED, &[], always => MAJOR, FAILS, "the required parameter `{key}` is new";
    "required-parameter-removed": ARGUMENT, REMOVED, &[], always => MAJOR, WORKS, "the required parameter `{key}` is removed";
    "parameter-became-required": ARGUMENT, MOVED, &[], always => MAJOR, FAILS, "the parameter `{key}` is now required: the method takes it as an argument";
    "parameter-became-optional": SETTER, MOVED, &[], always => MAJOR, WORKS, "the parameter `{key}` is now optional: a setter takes it, not the method";
    "response-method-added": SETTER, ADDED, &[], |c| c.has("result") => MINOR, WORKS, "the response can be requested as another media type, by `{path}`";
    "response-method-removed": SETTER, REMOVED, &[], |c| c.has("result") => MAJOR, FAILS, "the response can no longer be requested by `{path}`";
    "optional-body-added": SETTER, ADDED, &[], |c| c.has("bodyType") => MINOR, WORKS, "a body can be sent, by `{path}`";
    "optional-body-removed": SETTER, REMOVED, &[], |c| c.has("bodyType") => MAJOR, MAY_FAIL, "a body can no longer be sent by `{path}`";
    "": SETTER, &[Step::Added, Step::Removed], &[], |c| !c.has("in") => PATCH, WORKS, "";
    "optional-parameter-added": SETTER, ADDED, &[], always => MINOR, WORKS, "the optional parameter `{key}` is new";
    "optional-parameter-removed-sunset": SETTER, REMOVED, &[], |c| c.old_has("sunset") => MAJOR, MAY_FAIL, "the optional parameter `{key}` is removed, as was announced for {sunset}";
    "optional-parameter-removed-deprecated": SETTER, REMOVED, &[], |c| c.old_has("deprecated") => MAJOR, MAY_FAIL, "the optional parameter `{key}`, which was deprecated, is removed";
    "optional-parameter-removed": SETTER, REMOVED, &[], always => MAJOR, MAY_FAIL, "the optional parameter `{key}` is removed, and was not deprecated";
    "argument-renamed": ARGUMENT, RENAMED, &[], always => PATCH, WORKS, "the argument `{old}` is renamed to `{path}`";
    "": ARGUMENT, CHANGED, &["key"], |c| c.new.is_some_and(|item| item.attributes.get("in") == Some("path")) => PATCH, WORKS, "";
    "parameter-renamed": PARAMETER, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "parameter-means-another": PARAMETER, CHANGED, &["key"], always => MAJOR, FAILS, "`{path}` sends `{after}`, sent `{before}`";
    "parameter-type-widened": PARAMETER, CHANGED, &["type"], |c| is_wider(c.after, c.before) => MAJOR, WORKS, "the parameter `{key}` may be any `{after}`, was `{before}`";
    "parameter-type-changed": PARAMETER, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "the parameter `{key}` is `{after}`, was `{before}`";
    "parameter-place-changed": PARAMETER, CHANGED, &["in"], always => PATCH, FAILS, "the parameter `{key}` is sent in the {after}, was in the {before}";
    "parameter-style-changed": PARAMETER, CHANGED, &["style"], always => PATCH, FAILS, "the parameter `{key}` is written as {after}, was as {before}";
    "parameter-empty-value-added": PARAMETER, GAINED, &["allowEmptyValue"], always => MINOR, WORKS, "the parameter `{key}` may be sent without a value";
    "parameter-empty-value-removed": PARAMETER, LOST, &["allowEmptyValue"], always => MAJOR, MAY_FAIL, "the parameter `{key}` may no longer be sent without a value";
    "argument-deprecated": ARGUMENT, GAINED, &["deprecated"], always => PATCH, WORKS, "the parameter `{key}` is deprecated";
    "parameter-deprecated": SETTER, GAINED, &["deprecated"], always => MINOR, WORKS, "the parameter `{key}` is deprecated";
    "parameter-undeprecated": PARAMETER, LOST, &["deprecated"], always => PATCH, WORKS, "the parameter `{key}` is no longer deprecated";
    "parameter-default-changed": PARAMETER, ANY, &["default"], always => PATCH, MAY_FAIL, "the default of the parameter `{key}` is {after}, was {before}";
    "optional-body-type-changed": SETTER, CHANGED, &["bodyType"], always => MAJOR, FAILS, "the body of `{path}` is `{after}`, was `{before}`";
    "optional-body-media-type-changed": SETTER, CHANGED, &["mediaType"], always => PATCH, MAY_FAIL, "the body of `{path}` is sent as `{after}`, was as `{before}`";
    "response-method-result-changed": SETTER, CHANGED, &["result"], always => MAJOR, MAY_FAIL, "`{path}` returns `{after}`, returned `{before}`";
    "": PARAMETER, ANY, &["required", "accept"], always => PATCH, WORKS, "";

    // Types.
    "type-added": TYPE, ADDED, &[], always => MINOR, WORKS, "`{path}` is new";
    "type-removed-deprecated": TYPE, REMOVED, &[], |c| c.old_has("deprecated") => MAJOR, WORKS, "`{path}`, which was deprecated, is removed";
    "type-removed": TYPE, REMOVED, &[], always => MAJOR, WORKS, "`{path}` is removed";
    "type-renamed": TYPE, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "type-shape-changed": TYPE, CHANGED, &["shape"], always => MAJOR, MAY_FAIL, "`{path}` is a {after}, was a {before}";
    "type-became-sent": TYPE, GAINED, &["sent"], always => MINOR, WORKS, "`{path}` is also sent: it has `new` and setters";
    "type-no-longer-sent": TYPE, LOST, &["sent"], always => MAJOR, WORKS, "`{path}` is no longer sent: it has no `new` and no setters";
    "default-added": TYPE, GAINED, &["Default"], always => MINOR, WORKS, "`{path}` implements `Default`";
    "default-removed": TYPE, LOST, &["Default"], always => MAJOR, WORKS, "`{path}` no longer implements `Default`";
    "derive-added": TYPE, ANY, &["derives"], |c| holds(c.after, c.before, ", ") => MINOR, WORKS, "`{path}` derives {after}, derived {before}";
    "derive-removed": TYPE, ANY, &["derives"], always => MAJOR, WORKS, "`{path}` derives {after}, derived {before}";
    "constructor-reordered": TYPE, CHANGED, &["new"], is_reordered => MAJOR, WORKS, "the arguments of `{path}::new` have another order: {after}, was {before}";
    "constructor-changed": TYPE, CHANGED, &["new"], always => MAJOR, WORKS, "`{path}::new` takes {after}, took {before}";
    "type-deprecated": TYPE, GAINED, &["deprecated"], always => PATCH, WORKS, "`{path}` is deprecated";
    "type-undeprecated": TYPE, LOST, &["deprecated"], always => PATCH, WORKS, "`{path}` is no longer deprecated";
    "enum-base-changed": TYPE, CHANGED, &["base"], always => MAJOR, FAILS, "the values of `{path}` are `{after}`, were `{before}`";
    "alias-changed": TYPE, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "`{path}` is `{after}`, was `{before}`";
    "union-tag-changed": TYPE, CHANGED, &["tag"], always => PATCH, FAILS, "the variants of `{path}` are distinguished by `{after}`, were by `{before}`";
    "type-closed": TYPE, GAINED, &["closed"], |c| c.is_sent() => PATCH, MAY_FAIL, "`{path}` allows no undeclared properties";
    "type-opened": TYPE, LOST, &["closed"], |c| c.is_sent() => PATCH, WORKS, "`{path}` allows undeclared properties";
    "": TYPE, ANY, &["closed", "received", "new", "base", "tag", "type"], always => PATCH, WORKS, "";

    // Fields.
    "required-field-added": FIELD, ADDED, &[], |c| c.has("required") && c.is_sent() => MAJOR, FAILS, "the property `{key}` is new, and required in requests";
    "field-added": FIELD, ADDED, &[], always => MINOR, WORKS, "the property `{key}` is new";
    "field-removed-required": FIELD, REMOVED, &[], |c| c.old_has("required") && c.parent_has("received") => MAJOR, FAILS, "the property `{key}`, which every response had, is removed";
    "field-removed-sunset": FIELD, REMOVED, &[], |c| c.old_has("sunset") => MAJOR, WORKS, "the property `{key}` is removed, as was announced for {sunset}";
    "field-removed-deprecated": FIELD, REMOVED, &[], |c| c.old_has("deprecated") => MAJOR, WORKS, "the property `{key}`, which was deprecated, is removed";
    "field-removed": FIELD, REMOVED, &[], always => MAJOR, MAY_FAIL, "the property `{key}` is removed, and was not deprecated";
    "field-renamed": FIELD, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "field-means-another": FIELD, CHANGED, &["key"], always => MAJOR, FAILS, "`{path}` is the property `{after}`, was `{before}`";
    "field-boxed": FIELD, CHANGED, &["type"], |c| without_box(c.before) == without_box(c.after) && c.before.is_some_and(|b| b.contains("Box<")) != c.after.is_some_and(|a| a.contains("Box<")) => MAJOR, WORKS, "`{path}` is `{after}`, was `{before}`";
    "field-became-nullable-in-requests": FIELD, CHANGED, &["type"], |c| is_wrapped("Option", c.before, c.after) && c.before.is_some_and(|b| b.starts_with("Option<")) => MAJOR, WORKS, "`{path}` distinguishes null from an absent key: it is `{after}`, was `{before}`";
    "field-became-optional": FIELD, CHANGED, &["type"], |c| is_wrapped("Option", c.before, c.after) && c.parent_has("received") => MAJOR, FAILS, "the property `{key}` may be absent or null: `{path}` is `{after}`, was `{before}`";
    "field-became-optional-in-requests": FIELD, CHANGED, &["type"], |c| is_wrapped("Option", c.before, c.after) => MAJOR, WORKS, "the property `{key}` may be omitted: `{path}` is `{after}`, was `{before}`";
    "field-became-required-in-requests": FIELD, CHANGED, &["type"], |c| is_wrapped("Option", c.after, c.before) && c.is_sent() => MAJOR, FAILS, "the property `{key}` is required in requests: `{path}` is `{after}`, was `{before}`";
    "field-became-required": FIELD, CHANGED, &["type"], |c| is_wrapped("Option", c.after, c.before) => MAJOR, WORKS, "the property `{key}` is in every response: `{path}` is `{after}`, was `{before}`";
    "field-type-widened-in-requests": FIELD, CHANGED, &["type"], |c| is_wider(c.after, c.before) && !c.parent_has("received") => MAJOR, WORKS, "`{path}` may be any `{after}`, was `{before}`";
    "field-type-narrowed-in-answers": FIELD, CHANGED, &["type"], |c| is_wider(c.before, c.after) && !c.is_sent() => MAJOR, WORKS, "`{path}` is always `{after}`, was `{before}`";
    "field-type-changed": FIELD, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "`{path}` is `{after}`, was `{before}`";
    "field-setter-added": FIELD, GAINED, &["setter"], always => MINOR, WORKS, "`{path}` has a setter";
    "field-setter-removed": FIELD, LOST, &["setter"], |c| !c.new_has("required") && c.new_parent.is_some_and(|p| p.attributes.has("sent")) => MAJOR, MAY_FAIL, "`{path}` no longer has a setter";
    "field-read-only": FIELD, GAINED, &["readOnly"], |c| c.is_sent() => PATCH, MAY_FAIL, "the property `{key}` is only in responses";
    "field-deprecated": FIELD, GAINED, &["deprecated"], always => PATCH, WORKS, "the property `{key}` is deprecated";
    "field-undeprecated": FIELD, LOST, &["deprecated"], always => PATCH, WORKS, "the property `{key}` is no longer deprecated";
    "field-default-changed": FIELD, ANY, &["default"], |c| c.is_sent() => PATCH, MAY_FAIL, "the default of the property `{key}` is {after}, was {before}";
    "": FIELD, ANY, &["default", "required", "nullable", "readOnly", "writeOnly", "setter", "flattened", "additional", "key"], always => PATCH, WORKS, "";

    // Values and variants.
    "enum-value-added": VARIANT, ADDED, &[], |c| c.has("value") => MINOR, WORKS, "the value `{path}` is new";
    "enum-value-removed": VARIANT, REMOVED, &[], |c| c.has("value") && c.is_sent() => MAJOR, FAILS, "the value `{path}` is removed";
    "enum-value-removed-from-answers": VARIANT, REMOVED, &[], |c| c.has("value") => MAJOR, WORKS, "the value `{path}` is removed";
    "enum-value-renamed": VARIANT, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "enum-value-means-another": VARIANT, CHANGED, &["value"], always => MAJOR, FAILS, "`{path}` stands for `{after}`, stood for `{before}`";
    "union-variant-added": VARIANT, ADDED, &[], always => MINOR, WORKS, "the variant `{path}` is new";
    "union-variant-removed-from-answers": VARIANT, REMOVED, &[], |c| !c.is_sent() => MAJOR, WORKS, "the variant `{path}` is removed";
    "union-variant-removed": VARIANT, REMOVED, &[], always => MAJOR, MAY_FAIL, "the variant `{path}` is removed";
    "union-variant-type-changed": VARIANT, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "`{path}` holds `{after}`, held `{before}`";
    "union-variant-tag-changed": VARIANT, ANY, &["tags"], always => PATCH, FAILS, "`{path}` is tagged `{after}`, was `{before}`";

    // Responses by status, headers, forms.
    "outcome-added": OUTCOME, ADDED, &[], always => MINOR, MAY_FAIL, "the response `{path}` is new";
    "outcome-removed": OUTCOME, REMOVED, &[], always => MAJOR, WORKS, "the response `{path}` is removed";
    "outcome-type-changed": OUTCOME, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "`{path}` holds `{after}`, held `{before}`";
    "outcome-status-changed": OUTCOME, CHANGED, &["status"], always => PATCH, MAY_FAIL, "`{path}` is returned with the status {after}, was with {before}";
    "outcome-renamed": OUTCOME, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "header-added": HEADER, ADDED, &[], always => MINOR, WORKS, "the response header `{key}` is new";
    "header-removed": HEADER, REMOVED, &[], always => MAJOR, MAY_FAIL, "the response header `{key}` is removed";
    "header-renamed": HEADER, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "header-type-narrowed": HEADER, CHANGED, &["type"], |c| is_wider(c.before, c.after) => MAJOR, WORKS, "the response header `{key}` is always `{after}`, was `{before}`";
    "header-type-changed": HEADER, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "the response header `{key}` is `{after}`, was `{before}`";
    "header-means-another": HEADER, CHANGED, &["key"], always => MAJOR, FAILS, "`{path}` reads `{after}`, read `{before}`";
    "required-part-added": PART, ADDED, &[], |c| c.has("required") => MAJOR, FAILS, "the required part `{key}` is new";
    "part-added": PART, ADDED, &[], always => MINOR, WORKS, "the part `{key}` is new";
    "part-removed": PART, REMOVED, &[], always => MAJOR, MAY_FAIL, "the part `{key}` is removed";
    "part-renamed": PART, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "part-became-required": PART, GAINED, &["required"], always => MAJOR, FAILS, "the part `{key}` is required";
    "part-became-optional": PART, LOST, &["required"], always => MAJOR, WORKS, "the part `{key}` is optional";
    "part-type-changed": PART, CHANGED, &["type"], always => MAJOR, MAY_FAIL, "the part `{key}` is `{after}`, was `{before}`";
    "part-repeated": PART, ANY, &["several"], always => MAJOR, MAY_FAIL, "the part `{key}` changed between one value and a list";
    "part-media-type-changed": PART, ANY, &["mediaType"], always => PATCH, MAY_FAIL, "the part `{key}` is sent as `{after}`, was as `{before}`";
    "part-means-another": PART, CHANGED, &["key"], always => MAJOR, FAILS, "`{path}` sends `{after}`, sent `{before}`";
    "part-separator-changed": PART, ANY, &["separator"], always => PATCH, FAILS, "the items of the part `{key}` have another style";
    "form-constructor-reordered": REQUEST, CHANGED, &["new"], is_reordered => MAJOR, WORKS, "the arguments of `{path}::new` have another order: {after}, was {before}";
    "": REQUEST, ANY, &["new", "shape"], always => PATCH, WORKS, "";
    "tag-changed": REQUEST, CHANGED, &["module"], always => MAJOR, WORKS, "`{path}` is in the module `{after}`, was in `{before}`";
    "": REQUEST, &[Step::Added, Step::Removed, Step::Renamed], &[], |c| c.is_group() => PATCH, WORKS, "";
    "request-renamed": REQUEST, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "form-added": REQUEST, ADDED, &[], |c| c.new.is_some_and(|item| item.attributes.get("shape").is_some_and(|shape| shape != "request")) => MINOR, WORKS, "`{path}` is new";
    "form-removed": REQUEST, REMOVED, &[], |c| c.old.is_some_and(|item| item.attributes.get("shape").is_some_and(|shape| shape != "request")) => MAJOR, WORKS, "`{path}` is removed";
    "": REQUEST, &[Step::Added, Step::Removed], &[], always => PATCH, WORKS, "";

    // Tags.
    "tag-added": MODULE, ADDED, &[], always => MINOR, WORKS, "the tag `{key}` is new: `{path}`";
    "tag-removed": MODULE, REMOVED, &[], always => MAJOR, WORKS, "the tag `{key}` is removed, together with `{path}`";
    "tag-renamed": MODULE, RENAMED, &[], always => MAJOR, WORKS, "`{old}` is renamed to `{path}`";
    "feature-added": FEATURE, GAINED, &["declared"], always => MINOR, WORKS, "the crate has the feature `{path}`";
    "feature-removed": FEATURE, LOST, &["declared"], always => MAJOR, WORKS, "the crate no longer has the feature `{path}`";
    "feature-of-tag-added": FEATURE, ADDED, &[], |c| c.has("declared") => MINOR, WORKS, "the crate has the feature `{path}`";
    "feature-of-tag-removed": FEATURE, REMOVED, &[], |c| c.has("declared") => MAJOR, WORKS, "the crate no longer has the feature `{path}`";
    "feature-renamed": FEATURE, RENAMED, &[], |c| c.has("declared") => MAJOR, WORKS, "the feature `{old}` is renamed to `{path}`";
    "": FEATURE, &[Step::Added, Step::Removed, Step::Renamed], &[], always => PATCH, WORKS, "";

    // Announced removal.
    "sunset-announced": &[], &[Step::Gained, Step::Changed], &["sunset"], always => PATCH, WORKS, "`{path}` is to be removed on {after}";
    "sunset-withdrawn": &[], LOST, &["sunset"], always => PATCH, WORKS, "`{path}` is no longer to be removed on {before}";

    // Validation keywords.
    "minimum-raised": &[], &[Step::Gained, Step::Changed], LOWER, |c| c.is_sent() && (c.before.is_none() || grew(c)) => PATCH, MAY_FAIL, "`{key}` requires more: {name} is {after}";
    "minimum-lowered": &[], &[Step::Lost, Step::Changed], LOWER, |c| c.is_sent() => PATCH, WORKS, "`{key}` requires less: {name} was {before}";
    "maximum-lowered": &[], &[Step::Gained, Step::Changed], UPPER, |c| c.is_sent() && (c.before.is_none() || !grew(c)) => PATCH, MAY_FAIL, "`{key}` allows less: {name} is {after}";
    "maximum-raised": &[], &[Step::Lost, Step::Changed], UPPER, |c| c.is_sent() => PATCH, WORKS, "`{key}` allows more: {name} was {before}";
    "pattern-added": &[], GAINED, &["pattern"], |c| c.is_sent() => PATCH, MAY_FAIL, "`{key}` has the pattern `{after}`";
    "pattern-removed": &[], LOST, &["pattern"], |c| c.is_sent() => PATCH, WORKS, "`{key}` no longer has a pattern";
    "pattern-changed": &[], CHANGED, &["pattern"], |c| c.is_sent() => PATCH, MAY_FAIL, "`{key}` has the pattern `{after}`, had `{before}`";
    "multiple-of-added": &[], &[Step::Gained, Step::Changed], &["multipleOf"], |c| c.is_sent() => PATCH, MAY_FAIL, "`{key}` is a multiple of {after}";
    "multiple-of-removed": &[], LOST, &["multipleOf"], |c| c.is_sent() => PATCH, WORKS, "`{key}` need not be a multiple of {before}";
    "unique-items-added": &[], GAINED, &["uniqueItems"], |c| c.is_sent() => PATCH, MAY_FAIL, "the items of `{key}` differ from each other";
    "unique-items-removed": &[], LOST, &["uniqueItems"], |c| c.is_sent() => PATCH, WORKS, "the items of `{key}` may repeat";
    "items-rule-changed": &[], ANY, &["items"], |c| c.is_sent() => PATCH, MAY_FAIL, "the items of `{key}` must fit {after}, had to fit {before}";
    "validation-changed-in-answers": &[], ANY, &[
        "minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties", "maxLength", "maximum",
        "exclusiveMaximum", "maxItems", "maxProperties", "pattern", "multipleOf", "uniqueItems", "items",
    ], always => PATCH, WORKS, "`{key}` has another {name}";
    "other-change": &[], ANY, &[], always => MAJOR, MAY_FAIL, "{name} of `{path}` is `{after}`, was `{before}`";
    "other-item": &[], &[Step::Added, Step::Removed, Step::Renamed, Step::Moved], &[], always => MAJOR, MAY_FAIL, "`{path}` is new, removed or renamed";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn rules_have_unique_names() {
        let named: Vec<_> = RULES.iter().filter(|rule| !rule.words.is_empty()).map(|rule| rule.id).collect();
        let names: std::collections::BTreeSet<_> = named.iter().collect();
        assert_eq!(names.len(), named.len());
        assert!(named.len() >= 60);
    }
}
