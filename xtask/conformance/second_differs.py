"""Deviations of openapi-core 0.23.1 from the standard, as of differs.js.

The standard wins, and the case is counted under the name of its rule. A rule applies to one problem
of a call whose values the first judge found to be those that were sent. `parameter` is the
parameter, or None for a body; `value` is the value that was sent, or the body's content type;
`problem` is the message.
"""

FORM = "application/x-www-form-urlencoded"


def is_in(place):
    return lambda parameter: parameter is not None and parameter["in"] == place


def style(parameter):
    default = "simple" if parameter["in"] in ("path", "header") else "form"
    return parameter.get("style", default)


def essence(content_type):
    return str(content_type).partition(";")[0].strip().lower()


def is_body(parameter, value):
    return parameter is None and value is not None


def has_parts(value):
    return isinstance(value, (list, dict))


RULES = [
    {
        "name": "styles-are-not-in-the-template",
        "section": "OpenAPI 3.0.4 §4.7.12.2.1: the template names a parameter; `style` is beside its schema",
        "is": lambda parameter, value, problem: is_in("path")(parameter)
        and style(parameter) in ("label", "matrix")
        and "MissingRequiredParameter" in problem,
    },
    {
        "name": "members-are-parameters",
        "section": "OpenAPI 3.0.4 §4.7.12.4: the members of an exploded object are parameters of their own",
        "is": lambda parameter, value, problem: parameter is not None
        and style(parameter) == "form"
        and parameter.get("explode", True)
        and isinstance(value, dict),
    },
    {
        "name": "deep-objects-are-not-limited",
        "section": "OpenAPI 3.0.4 §4.7.12.4: `name[key]=value`, whatever `explode`, and the number and depth of keys",
        "is": lambda parameter, value, problem: parameter is not None and style(parameter) == "deepObject",
    },
    {
        "name": "delimiters-before-escapes",
        "section": "OpenAPI 3.0.4 §4.7.12.4, RFC 6570 §3.2.8: parts are split at the delimiter, then decoded; "
        "the first `=` ends a key",
        "is": lambda parameter, value, problem: parameter is not None
        and has_parts(value)
        and (style(parameter) != "form" or not parameter.get("explode", True)),
    },
    {
        "name": "json-by-suffix",
        "section": "RFC 6839 §3.1: a media type that ends with `+json` is JSON; so is `text/json`, in practice",
        "is": lambda parameter, value, problem: is_body(parameter, value)
        and "json" in essence(value)
        and essence(value) != "application/json"
        and "b'" in problem,
    },
    {
        "name": "bytes-are-strings",
        "section": "OpenAPI 3.1.1 §4.8.14.3: content of `application/octet-stream` is bytes; its schema is a string",
        "is": lambda parameter, value, problem: is_body(parameter, value)
        and essence(value) == "application/octet-stream"
        and "Value b" in problem
        and "schema of type string" in problem,
    },
    {
        "name": "forms-have-parts",
        "section": "OpenAPI 3.0.4 §4.7.15: each property of a form is serialized by its `encoding`, whatever schema "
        "declares it; lists and objects inside have no notation, and are JSON",
        "is": lambda parameter, value, problem: is_body(parameter, value)
        and (essence(value) == FORM or essence(value).startswith("multipart/")),
    },
    {
        "name": "text-has-no-structure",
        "section": "OpenAPI 3.0.4 §4.7.14: the document describes XML; the client sends the caller's text",
        "is": lambda parameter, value, problem: is_body(parameter, value) and "xml" in essence(value),
    },
]
