// Judges requests against a document with independent software: openapi-backend matches, parses and
// validates them, ajv judges bodies, Node's own parsers decode forms.
//
//   node judge.js samples DOCUMENT.json SAMPLES.json   writes a sample of every parameter and body, by operation
//   node judge.js serve DOCUMENT.json SAMPLES.json REPORT.jsonl   answers calls until standard input ends
//
// The report has a line for each call, written before the response, so that an early end loses
// nothing. REPORT.jsonl.requests has the calls themselves, for a second judge.
'use strict';
const fs = require('fs');
const http = require('http');
const { OpenAPIBackend } = require('openapi-backend');
const { dereferenceSync } = require('dereference-json-schema');
const { body, byJudge, byStandard, coerced, isEqual, isObject, isSame } = require('./decode');
const differs = require('./differs');
const { LENIENT, Schemas, draft, operations, read, schemaOf, urlPath } = require('./document');
const { answer, samples } = require('./samples');

const [mode, documentFile, samplesFile, reportFile] = process.argv.slice(2);
const requestsFile = `${reportFile}.requests`;
/** Headers that are no parameters (OpenAPI 3.0.4 §4.7.12.2.1), or that HTTP sets. */
const IMPLIED = ['accept', 'content-type', 'authorization', 'host', 'connection', 'content-length', 'transfer-encoding'];
const essenceOf = (type) => String(type || '').split(';')[0].trim().toLowerCase();

/** The rule for a sample that was sent as intended but violates its own schema, because no valid one was found. */
const UNMADE = { name: 'no-valid-sample' };
/** `application/*+json` is the media range of ASP.NET's JSON formatter, which prefers `application/json`. */
const SUFFIX = { name: 'json-for-its-suffix-range' };

class Judge {
  constructor() {
    this.root = dereferenceSync(read(documentFile));
    this.operations = new Map(operations(this.root).map((one) => [one.pointer, one]));
    this.sent = JSON.parse(fs.readFileSync(samplesFile, 'utf8'));
    this.requests = new Schemas(read(documentFile), 'readOnly');
    this.responses = new Schemas(read(documentFile), 'writeOnly');
    const definition = read(documentFile);
    draft(definition);
    for (const one of operations(definition)) {
      one.operation.operationId = one.pointer;
      // openapi-backend compiles one schema for all media types of a body, and takes a schema in two
      // places for a cycle. Bodies are therefore judged here, each by the schema of its media type.
      delete one.operation.requestBody;
    }
    // openapi-backend compares paths as written.
    const paths = {};
    for (const [path, item] of Object.entries(definition.paths || {})) paths[urlPath(path)] = { ...item, ...paths[urlPath(path)] };
    definition.paths = paths;
    delete definition.servers;
    // openapi-backend supports JSON `content` in the query only. Elsewhere it is text, which is
    // decoded here.
    const lists = Object.values(paths).flatMap((item) => [item.parameters, ...Object.values(item).map((one) => one?.parameters)]);
    for (const p of [...lists.flat(), ...Object.values(definition.components?.parameters || {})]) {
      if (!p?.content || (p.in === 'query' && p.content['application/json'])) continue;
      delete p.content;
      p.schema = { type: 'string' };
    }
    this.api = new OpenAPIBackend({ definition, quick: true, ignoreTrailingSlashes: false, ajvOpts: LENIENT });
    this.keys = Object.values(this.root.components?.securitySchemes || {}).filter((one) => one?.type === 'apiKey').map((one) => one.name);
  }

  /** Judges a call, and returns the response. */
  async call(incoming, raw) {
    const pointer = decodeURIComponent(String(incoming.headers['x-conformance'] || ''));
    const wanted = this.operations.get(pointer);
    const entry = { operation: pointer, matched: false, valid: false, equal: false, authorized: false, answered: false, differs: [], problems: [] };
    const out = { entry, status: 200, headers: {}, text: '' };
    if (!wanted) return out;
    try {
      const [path, query] = incoming.url.split(/\?(.*)/s);
      const request = { method: incoming.method, path, query: query || '', headers: incoming.headers };
      const matched = this.match(entry, request, wanted);
      if (matched) {
        const invalid = [...this.parameterErrors(request, matched, wanted), ...await this.bodyErrors(incoming, raw, wanted, entry)];
        const explained = this.explain(incoming, wanted, entry, invalid);
        entry.valid = explained.every(Boolean);
        const equal = this.differences(incoming, wanted, request, matched);
        entry.equal = this.explain(incoming, wanted, entry, equal).every(Boolean) && entry.bodyIsEqual !== false;
        entry.authorized = authorized(this.root, wanted, incoming, query);
      }
    } catch (error) {
      entry.problems.push(`judge: ${error.message}`);
    }
    try {
      this.answer(incoming, wanted, out);
    } catch (error) {
      entry.problems.push(`no answer: ${error.message}`);
    }
    return out;
  }

  match(entry, request, wanted) {
    try {
      const matched = this.api.router.matchOperation(request, true);
      const blank = (path) => urlPath(path).replace(/\{[^}]*\}/g, '{}');
      entry.path = matched.path;
      entry.matched = matched.method === wanted.method && blank(matched.path) === blank(wanted.path);
      if (!entry.matched) entry.problems.push(`matched ${matched.operationId}`);
      return matched;
    } catch (error) {
      entry.problems.push(error.message);
    }
  }

  /** Returns openapi-backend's problems with parameters, each with the reported name. */
  parameterErrors(request, matched, wanted) {
    let found;
    try {
      found = this.api.validator.validateRequest(request, matched).errors || [];
    } catch (error) {
      // openapi-backend cannot decode the path. The other parameters are compared by the standard.
      return wanted.parameters.filter((of) => of.in === 'path').map((of) => ({ of, problem: `judge: ${error.message}` }));
    }
    return found.map((error) => {
      const [, place, name] = error.instancePath.split('/');
      const key = (name ?? error.params?.missingProperty ?? error.params?.additionalProperty ?? '').replace(/~1/g, '/').replace(/~0/g, '~');
      return { place, key, keyword: error.keyword, problem: `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`.trim() };
    });
  }

  async bodyErrors(incoming, raw, wanted, entry) {
    const value = await body(incoming, raw);
    const essence = essenceOf(incoming.headers['content-type']);
    const declared = wanted.operation.requestBody;
    const types = Object.keys(declared?.content || {});
    const matches = (type) => new RegExp(`^${essenceOf(type).replace(/[.+]/g, '\\$&').replace(/\*/g, '.*')}$`).test(essence);
    const bySuffix = (type) => essence === 'application/json' && essenceOf(type) === 'application/*+json';
    const type = types.find((one) => essenceOf(one) === essence) ?? types.find(matches) ?? types.find(bySuffix);
    if (!essence) return declared?.required ? [{ problem: 'no body' }] : [];
    if (!type) return [{ problem: `content type ${essence} is not declared` }];
    if (!matches(type)) entry.differs.push(SUFFIX.name);
    const isJson = essence.endsWith('json');
    const { schema } = declared.content[type];
    const sample = this.sent[wanted.pointer]?.bodies[type];
    const isList = Array.isArray(value) && !isJson;
    const given = isList && isObject(sample) ? Object.values(sample).flat() : sample;
    entry.bodyIsEqual = given === undefined || (isJson ? isSame(given, value) : isEqual(given, value));
    if (!entry.bodyIsEqual) entry.problems.push(`body: sent ${JSON.stringify(given)}, decoded ${JSON.stringify(value)}`.slice(0, 600));
    if (!schema || isList || !(isJson || typeof value === 'object')) return [];
    const [judged, ajv] = isJson ? [value, this.requests.json] : [coerced(value, schema), this.requests.forms];
    const errors = this.requests.errors(`${wanted.pointer}/requestBody`, ['content', type, 'schema'], judged, ajv);
    if (errors.length && entry.bodyIsEqual && this.isUnmade(wanted, `body:${type}`)) {
      entry.differs.push(UNMADE.name);
      return [];
    }
    return errors.map((error) => ({ problem: `body${error.instancePath} ${error.message} ${JSON.stringify(error.params)}` }));
  }

  /** Returns the parameters that openapi-backend decodes to other values than those sent. */
  differences(incoming, wanted, request, matched) {
    const found = [];
    const read = (() => { try { return this.api.router.parseRequest(request, matched); } catch { return undefined; } })();
    for (const of of wanted.parameters) {
      const one = this.sent[wanted.pointer]?.parameters[`${of.in}:${of.name}`];
      if (one === undefined || (of.in === 'header' && IMPLIED.includes(of.name.toLowerCase()))) continue;
      const got = read ? byJudge(of, read, one) : of.in === 'path' ? undefined : byStandard(of, wanted, incoming, one);
      if (!isEqual(one, got)) found.push({ of, problem: `${of.in} ${of.name}: sent ${JSON.stringify(one)}, decoded ${JSON.stringify(got)}`.slice(0, 300) });
    }
    return found;
  }

  /** Decides for each problem whether a rule explains it. Returns the unexplained ones. */
  explain(incoming, wanted, entry, found) {
    return found.map((one) => {
      const rule = this.rule(incoming, wanted, { ...one, matched: entry.path });
      if (!rule) entry.problems.push(one.problem);
      else if (!entry.differs.includes(rule.name)) entry.differs.push(rule.name);
      return rule;
    });
  }

  rule(incoming, wanted, { of, place, key, keyword, matched }) {
    const sent = (p) => this.sent[wanted.pointer]?.parameters[`${p.in}:${p.name}`];
    const about = (p) => p.in === place && (p.name === key || p.name.toLowerCase() === key || p.name.startsWith(`${key}[`)
      || key?.startsWith(`${p.name}[`) || Object.keys(Object(sent(p))).includes(key));
    const names = wanted.parameters.map((p) => p.name);
    const named = wanted.parameters.filter(about);
    const candidates = of ? [of] : named.length ? named : [undefined];
    for (const p of candidates) {
      if (p && this.isUnmade(wanted, `${p.in}:${p.name}`) && isEqual(sent(p), byStandard(p, wanted, incoming, sent(p)))) return UNMADE;
      const rule = differs.find(({ is, isUnread }) => (isUnread || p)
        && is({ of: p, sent: p && sent(p), place, key, keys: this.keys, keyword, path: wanted.path, matched, names }));
      if (rule && (rule.isUnread || this.isRight(incoming, wanted, p, sent(p)))) return rule;
    }
  }

  /** Returns true if no value was found that the schema allows. */
  isUnmade(wanted, name) {
    return this.sent[wanted.pointer].invalid.includes(name);
  }

  /** Returns true if a parameter, decoded by the standard, is the sent value, and its schema allows the value. */
  isRight(incoming, wanted, p, sent) {
    const { keys, schema } = schemaOf(p);
    return isEqual(sent, byStandard(p, wanted, incoming, sent)) && (!schema || this.requests.errors(p.pointer, keys, sent).length === 0);
  }

  /** Returns a successful response as the document declares it. */
  answer(incoming, wanted, out) {
    const responses = Object.entries(wanted.operation.responses || {});
    const [status, response] = responses.find(([code]) => /^2/.test(code)) || responses.find(([code]) => code === 'default') || [];
    if (!response) return;
    const accepted = String(incoming.headers.accept || '').split(',').map((one) => one.trim());
    const types = Object.keys(response.content || {});
    const type = types.find((one) => accepted.includes(one)) || types[0];
    out.status = /^\d{3}$/.test(status) ? Number(status) : 200;
    if (!type) { out.entry.answered = true; return; }
    const place = [`${wanted.pointer}/responses/${status}`, ['content', type, 'schema']];
    const { value, isValid } = answer(this.root.components?.schemas, this.responses, ...place, response.content[type]);
    // The response to a range is JSON if its schema is more than a text.
    const schema = response.content[type]?.schema;
    const isRange = type.includes('*');
    const isJson = /json/.test(type) || (isRange && !!schema && schema.type !== 'string');
    out.entry.answered = isValid || !isJson;
    out.text = /event-stream/.test(type) ? `data: ${JSON.stringify(value)}\n\n` : isJson ? JSON.stringify(value) : 'text';
    const concrete = isRange && isJson ? 'application/json' : type.replace(/\/\*.*/, '/octet-stream').replace(/^\*/, 'application');
    out.headers = { 'content-type': concrete };
  }
}

/** Returns true if the credentials of one alternative are present, each in its place. */
function authorized(root, { operation, parameters }, incoming, query) {
  const alternatives = operation.security ?? root.security ?? [];
  const asksFor = parameters.some((p) => p.in === 'header' && p.name.toLowerCase() === 'authorization');
  const schemes = root.components?.securitySchemes || {};
  const header = String(incoming.headers.authorization || '');
  const isThere = (name) => {
    const scheme = schemes[name];
    // Nobody can have undeclared credentials. The generator reports them.
    if (!scheme) return true;
    if (scheme.type === 'apiKey') {
      if (scheme.in === 'header') return incoming.headers[scheme.name.toLowerCase()] !== undefined;
      if (scheme.in === 'query') return new URLSearchParams(query).has(scheme.name);
      return String(incoming.headers.cookie || '').includes(`${scheme.name}=`);
    }
    return header.startsWith(scheme.type === 'http' && String(scheme.scheme).toLowerCase() === 'basic' ? 'Basic ' : 'Bearer ');
  };
  // Without a declared scheme, a parameter of this name requires credentials.
  if (alternatives.length === 0) return asksFor ? header !== '' : header === '';
  return alternatives.some((alternative) => Object.keys(alternative).every(isThere));
}

/** Returns a call as it arrived. The body is base64. */
function recorded(incoming, chunks, operation) {
  const { method, url, rawHeaders } = incoming;
  const headers = rawHeaders.flatMap((name, index) => (index % 2 ? [] : [[name, rawHeaders[index + 1]]]));
  return { operation, method, url, headers, body: Buffer.concat(chunks).toString('base64') };
}

async function serve() {
  const judge = new Judge();
  await judge.api.init();
  fs.writeFileSync(reportFile, '');
  fs.writeFileSync(requestsFile, '');
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { entry, status, headers, text } = await judge.call(incoming, Buffer.concat(chunks));
    fs.appendFileSync(reportFile, `${JSON.stringify(entry)}\n`);
    fs.appendFileSync(requestsFile, `${JSON.stringify(recorded(incoming, chunks, entry.operation))}\n`);
    const isEmpty = status === 204 || incoming.method === 'HEAD';
    try {
      outgoing.writeHead(status, headers).end(isEmpty ? undefined : text);
    } catch {
      // HTTP does not know the media type or the status.
      outgoing.writeHead(200).end();
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
  process.stdin.resume().on('end', () => process.exit());
}

if (mode === 'samples') {
  const made = samples(dereferenceSync(read(documentFile)), new Schemas(read(documentFile), 'readOnly'));
  fs.writeFileSync(samplesFile, JSON.stringify(made));
} else serve();
