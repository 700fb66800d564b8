"""Judges recorded calls with openapi-core, which others wrote in another language.

    python second.py DOCUMENT.json SAMPLES.json REPORT.jsonl

Input: the calls in REPORT.jsonl.requests, and the verdicts of the first judge in REPORT.jsonl.
Output: a line of JSON for each call. Where openapi-core deviates from the standard, a rule of
second_differs.py says so, and the call counts as correct. A rule applies only to a call whose
values the first judge, reading by the standard, found to be those that were sent.
"""

import base64
import json
import sys
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, unquote_plus

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.templating.paths.finders import APICallPathFinder
from openapi_core.validation.request.exceptions import MissingParameter, MissingRequestBody
from werkzeug.datastructures import Headers, ImmutableMultiDict

from second_differs import RULES

METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
HOST = "http://127.0.0.1"
# Headers that are no parameters (OpenAPI 3.0.4 §4.7.12.2.1).
IMPLIED = ["accept", "content-type", "authorization"]


def url_path(path):
    """Returns a path as in a URL: literals escaped, without a query or fragment."""
    parts = path.split("?")[0].split("#")[0].split("{")
    escaped = [quote(unquote(parts[0]), safe="/:@!$&'()*+,;=~")]
    for part in parts[1:]:
        name, _, literal = part.partition("}")
        escaped.append("{" + name + "}" + quote(unquote(literal), safe="/:@!$&'()*+,;=~"))
    return "".join(escaped)


def read(file):
    """Reads a document. Each operation gets its JSON pointer, and all have the server `/`."""
    with open(file) as text:
        document = json.load(text)
    paths = {}
    for path, item in document.get("paths", {}).items():
        item.pop("servers", None)
        for method in METHODS:
            if isinstance(item.get(method), dict):
                token = path.replace("~", "~0").replace("/", "~1")
                item[method]["x-pointer"] = f"/paths/{token}/{method}"
                item[method].pop("servers", None)
        paths[url_path(path)] = {**item, **paths.get(url_path(path), {})}
    return {**document, "paths": paths, "servers": [{"url": "/"}]}


def plain(value):
    """Returns a value as text, whatever its type, as the first judge does."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return "" if not items else items[0] if len(items) == 1 else items
    if isinstance(value, dict):
        members = {key: plain(one) for key, one in sorted(value.items())}
        return {key: one for key, one in members.items() if one != ""} or ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def opened(value):
    """Returns a value whose parts, if they are JSON text, are read."""
    if isinstance(value, list):
        return [opened(item) for item in value]
    if isinstance(value, dict):
        return {key: opened(one) for key, one in value.items()}
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def is_equal(sent, got):
    return plain(sent) == plain(got) or plain(opened(sent)) == plain(opened(got))


def parameters(call, variables):
    """Returns the parts of a call as openapi-core takes them."""
    query = call["url"].partition("?")[2]
    headers = Headers([(name, value) for name, value in call["headers"]])
    cookies = SimpleCookie(headers.get("cookie", ""))
    return RequestParameters(
        query=ImmutableMultiDict(parse_qsl(query, keep_blank_values=True)),
        header=headers,
        cookie=ImmutableMultiDict([(name, unquote_plus(one.value)) for name, one in cookies.items()]),
        path={name: unquote(value) for name, value in variables.items()},
    )


class Judge:
    def __init__(self, document, samples):
        openapi = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))
        self.validator = openapi.request_validator
        self.finder = APICallPathFinder(self.validator.spec)
        self.samples = samples

    def judge(self, call, first):
        """Returns the verdict on one call."""
        entry = {"operation": call["operation"], "matched": False, "valid": False, "equal": False}
        entry.update(differs=[], problems=[])
        try:
            found = self.finder.find(call["method"].lower(), HOST + call["url"].split("?")[0])
        except PathError as error:
            self.explain(entry, first, None, None, f"path: {error}", None)
            return entry
        pointer = found.operation["x-pointer"]
        entry["matched"] = pointer == call["operation"]
        if not entry["matched"]:
            self.explain(entry, first, None, None, f"path: matched {pointer}", None)
            return entry
        sent = self.samples.get(call["operation"], {})
        parts = parameters(call, found.path_result.variables)
        invalid = list(self.of_parameters(parts, found, sent)) + list(self.of_body(call, found, sent))
        ok = {"valid": True, "equal": True}
        for verdict, parameter, value, problem in invalid:
            ok[verdict] &= self.explain(entry, first, parameter, value, problem, found)
        entry.update(ok)
        return entry

    def of_parameters(self, parts, found, sent):
        """Returns the problems with parameters."""
        seen = set()
        for source in (found.operation, found.path):
            for parameter in source.get("parameters", []):
                name, place = parameter["name"], parameter["in"]
                if (name, place) in seen or place == "header" and name.lower() in IMPLIED:
                    continue
                seen.add((name, place))
                value = sent.get("parameters", {}).get(f"{place}:{name}")
                try:
                    got = self.validator._get_parameter(parts, parameter)
                except MissingParameter as error:
                    if plain(value) != "":
                        yield "equal", parameter, value, f"{place} {name}: {error}"
                    continue
                except Exception as error:
                    cause = error.__cause__ or error
                    yield "valid", parameter, value, f"{place} {name}: {type(cause).__name__} {cause}"[:300]
                    continue
                if value is not None and not is_equal(value, got):
                    problem = f"{place} {name}: sent {value!r}, decoded {got!r}"
                    yield "equal", parameter, value, problem[:300]

    def of_body(self, call, found, sent):
        """Returns the problems with the body."""
        content_type = Headers(call["headers"]).get("content-type", "")
        body = base64.b64decode(call["body"])
        try:
            got = self.validator._get_body(body, content_type, found.operation)
        except MissingRequestBody:
            return
        except Exception as error:
            cause = error.__cause__ or error
            details = [one.message for one in getattr(cause, "schema_errors", [])]
            yield "valid", None, content_type, f"body: {type(cause).__name__} {cause} {details}"[:400]
            return
        essence = content_type.partition(";")[0]
        values = [one for name, one in sent.get("bodies", {}).items() if name.partition(";")[0] == essence]
        if values and got is not None and not is_equal(values[0], got):
            yield "equal", None, content_type, f"body: sent {values[0]!r}, decoded {got!r}"[:400]

    def explain(self, entry, first, parameter, value, problem, found):
        """Returns true if a rule explains a problem. Records the rule, else the problem."""
        if first.get("valid") and first.get("equal"):
            for rule in RULES:
                if rule["is"](parameter, value, problem):
                    if rule["name"] not in entry["differs"]:
                        entry["differs"].append(rule["name"])
                    return True
        entry["problems"].append(problem)
        return False


def lines(file):
    with open(file) as text:
        return [json.loads(line) for line in text]


def main(document, samples, report):
    document = read(document)
    with open(samples) as text:
        judge = Judge(document, json.load(text))
    first = {entry["operation"]: entry for entry in lines(report)}
    calls = {call["operation"]: call for call in lines(f"{report}.requests")}
    for operation, call in calls.items():
        print(json.dumps(judge.judge(call, first.get(operation, {}))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
