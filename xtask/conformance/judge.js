// Judges requests by a document, with software of others: openapi-backend matches, parses and validates them, Node's own
// parsers read forms.
//
//   node judge.js samples DOCUMENT.json SAMPLES.json   writes a sample of every parameter and body, by operation
//   node judge.js serve DOCUMENT.json SAMPLES.json REPORT.json   answers calls until standard input ends
//
// A sample is the same in every run, and awkward on purpose: spaces, `&`, `+`, `%`, letters beyond ASCII, empty lists.
'use strict';
const fs = require('fs');
const http = require('http');
const { OpenAPIBackend } = require('openapi-backend');
const { dereferenceSync } = require('dereference-json-schema');
const qs = require('qs');
const Ajv = require('ajv').default || require('ajv');

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const token = (text) => text.replace(/~/g, '~0').replace(/\//g, '~1');

function operations(root) {
  const list = [];
  for (const [path, item] of Object.entries(root.paths || {})) {
    for (const method of METHODS) {
      if (item && item[method] && typeof item[method] === 'object') {
        const operation = item[method];
        const key = (p) => `${p.in}:${p.name}`;
        const parameters = new Map();
        for (const p of [...(item.parameters || []), ...(operation.parameters || [])]) parameters.set(key(p), p);
        list.push({ pointer: `/paths/${token(path)}/${method}`, path, method, operation, parameters: [...parameters.values()] });
      }
    }
  }
  return list;
}

// ---- samples

const AWKWARD = 'a b&c=d+e%2Fé/ü;"#?[1]';
const FORMATS = {
  'date-time': '2024-02-29T11:22:33Z', date: '2024-02-29', time: '11:22:33Z', uuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  email: 'a+b@example.com', uri: 'https://example.com/a?b=c&d=%20', url: 'https://example.com/a?b=c', byte: 'aMOpIA==',
  'uri-reference': '/a?b=c', hostname: 'a.example.com', ipv4: '127.0.0.1', ipv6: '::1', duration: 'PT1H',
  'date-time-rfc-2822': 'Thu, 29 Feb 2024 11:22:33 GMT',
};

/** A text that a simple regular expression matches; nothing where it is none. */
function matching(pattern) {
  let at = 0;
  const peek = () => pattern[at];
  function alternatives() {
    const first = sequence();
    while (peek() === '|') { at++; sequence(); }
    return first;
  }
  function sequence() {
    let out = '';
    while (at < pattern.length && peek() !== '|' && peek() !== ')') {
      const atom = one();
      let [min] = [1];
      if (peek() === '*' || peek() === '?') { min = 0; at++; } else if (peek() === '+') { at++; } else if (peek() === '{') {
        const found = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(at));
        if (found) { min = Number(found[1] || 0) || (found[3] ? 1 : 0); at += found[0].length; }
      }
      if (peek() === '?') at++;
      out += atom.repeat(min);
    }
    return out;
  }
  function one() {
    const c = pattern[at++];
    if (c === '^' || c === '$') return '';
    if (c === '.') return 'x';
    if (c === '(') {
      if (peek() === '?') { at++; if (/[=!<]/.test(peek())) throw new Error('look'); while (peek() !== ':') at++; at++; }
      const out = alternatives();
      at++;
      return out;
    }
    if (c === '[') return charset();
    if (c === '\\') return escape(pattern[at++]);
    return c;
  }
  function escape(c) {
    return { d: '7', w: 'w', s: ' ', D: 'x', W: '-', S: 'x', b: '', n: '\n', t: '\t' }[c] ?? c;
  }
  function charset() {
    const negated = peek() === '^';
    if (negated) at++;
    const chars = [];
    while (peek() !== ']' || chars.length === 0) {
      let c = pattern[at++];
      if (c === undefined) throw new Error('open');
      if (c === '\\') c = escape(pattern[at++]);
      chars.push(c);
      if (peek() === '-' && pattern[at + 1] !== ']') at += 2;
    }
    at++;
    if (!negated) return chars[0];
    return [...'xyz09 -'].find((c) => !chars.includes(c));
  }
  try {
    const out = alternatives();
    return new RegExp(pattern, 'u').test(out) ? out : undefined;
  } catch { return undefined; }
}

function text(schema, place) {
  if (typeof schema.pattern === 'string') {
    const given = [schema.example, schema.default].find((one) => { try { return typeof one === 'string' && new RegExp(schema.pattern, 'u').test(one); } catch { return false; } });
    const made = given ?? matching(schema.pattern);
    if (made !== undefined) return made;
  }
  if (FORMATS[schema.format]) return FORMATS[schema.format];
  let out = place === 'header' ? 'a b&c=d+e%2F;"#?[1]' : AWKWARD;
  const min = schema.minLength || 0;
  while (out.length < min) out += 'x';
  if (schema.maxLength !== undefined) out = [...out].slice(0, schema.maxLength).join('').trim().padEnd(min, 'x');
  return out || 'a';
}

function number(schema, isInteger) {
  const step = schema.multipleOf || (isInteger ? 1 : 0.5);
  let value = isInteger ? 7 : 1.5;
  const low = schema.minimum ?? (typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum : undefined);
  const high = schema.maximum ?? (typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum : undefined);
  if (low !== undefined && value <= low) value = low + (schema.exclusiveMinimum ? step : 0);
  if (high !== undefined && value >= high) value = high - (schema.exclusiveMaximum ? step : 0);
  if (schema.multipleOf) value = Math.ceil(value / step) * step;
  return isInteger ? Math.round(value) : value;
}

function merged(schema) {
  if (!schema.allOf) return schema;
  const { allOf, ...own } = schema;
  return [...allOf.map(merged), own].reduce((all, one) => ({
    ...all, ...one,
    properties: { ...(all.properties || {}), ...(one.properties || {}) },
    required: [...(all.required || []), ...(one.required || [])],
  }), {});
}

function sample(given, place, depth = 0) {
  if (!given || typeof given !== 'object') return AWKWARD;
  const schema = merged(given);
  if (schema.enum) return schema.enum.find((one) => one !== null) ?? null;
  const choice = schema.oneOf || schema.anyOf;
  if (choice) {
    const usable = choice.map(merged).find((one) => one && one.type !== 'null' && !(one.enum && one.enum.every((v) => v === null)));
    const { oneOf, anyOf, ...own } = schema;
    const value = sample(own.properties ? { ...usable, ...own, properties: { ...usable?.properties, ...own.properties }, required: [...(usable?.required || []), ...(own.required || [])] } : { ...own, ...usable }, place, depth);
    return value;
  }
  const type = schema.type || (schema.properties ? 'object' : schema.items ? 'array' : undefined);
  switch (type) {
    case 'string': return schema.format === 'binary' ? 'bytes' : text(schema, place);
    case 'integer': return number(schema, true);
    case 'number': return number(schema, false);
    case 'boolean': return true;
    case 'array': {
      const min = schema.minItems || 0;
      if (min === 0 && (depth > 4 || (place === 'query' && (schema.items || {}).type === 'boolean'))) return [];
      const item = sample(schema.items || { type: 'string' }, place === 'header' ? 'part' : place, depth + 1);
      const items = [typeof item === 'string' && place === 'header' ? item.replace(/[^!-~]/g, '').replace(/,/g, '') : item];
      while (items.length < min) items.push(schema.uniqueItems && typeof item === 'string' ? `${item}${items.length}` : item);
      return items;
    }
    case 'object': {
      const out = {};
      for (const [key, property] of Object.entries(schema.properties || {})) {
        const of = merged(property || {});
        const isRequired = (schema.required || []).includes(key);
        if (of.readOnly || property?.readOnly) continue;
        if (!isRequired && depth > 1) continue;
        if (depth > 8) continue;
        out[key] = sample(property, place, depth + 1);
      }
      const disc = given.discriminator || schema.discriminator;
      if (disc && typeof out[disc.propertyName] === 'string' && schema.properties?.[disc.propertyName]?.enum === undefined) {
        const key = Object.keys(disc.mapping || {})[0];
        if (key) out[disc.propertyName] = key;
      }
      if (!Object.keys(schema.properties || {}).length && depth < 3) {
        const values = schema.additionalProperties;
        if (values !== false) out['key a'] = typeof values === 'object' && Object.keys(values).length ? sample(values, place, depth + 1) : 'v&1';
      }
      return out;
    }
    default: return place === 'path' ? AWKWARD : place === 'header' ? 'a b' : AWKWARD;
  }
}

function samples(root) {
  const out = {};
  for (const { pointer, operation, parameters } of operations(root)) {
    const entry = { parameters: {}, bodies: {} };
    for (const p of parameters) {
      const json = Object.keys(p.content || {})[0];
      const schema = p.schema || (json && p.content[json].schema) || { type: 'string' };
      entry.parameters[`${p.in}:${p.name}`] = sample(schema, p.in);
    }
    for (const [mediaType, content] of Object.entries(operation.requestBody?.content || {})) {
      entry.bodies[mediaType] = sample(content?.schema || { type: 'string' }, 'body');
    }
    out[pointer] = entry;
  }
  return out;
}

// ---- judging

/** A value as text, whatever its type: what a form of text can't tell apart is equal. */
function plain(value) {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.length === 0 ? '' : items.length === 1 ? items[0] : items;
  }
  if (typeof value === 'object') {
    const out = {};
    for (const key of Object.keys(value).sort()) { const one = plain(value[key]); if (one !== '') out[key] = one; }
    return Object.keys(out).length ? out : '';
  }
  return String(value);
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const parsed = (value) => { try { return JSON.parse(value); } catch { return value; } };
const isEqual = (sent, decoded) => {
  if (same(plain(sent), plain(decoded))) return true;
  // OpenAPI leaves parts within parts open: they are JSON, alone or item by item.
  const opened = Array.isArray(decoded) ? decoded.map(parsed) : typeof decoded === 'object' && decoded ? Object.fromEntries(Object.entries(decoded).map(([k, v]) => [k, parsed(v)])) : parsed(decoded);
  return same(plain(sent), plain(opened));
};

/** Parts in a text with a delimiter, by the parameter's style. */
function split(value, p, sent) {
  if (typeof value !== 'string' || typeof sent !== 'object' || sent === null) return value;
  if (p.content) return parsed(value);
  const style = p.style || 'simple';
  let rest = value;
  if (style === 'label') rest = rest.slice(1);
  if (style === 'matrix') rest = rest.slice(1).replace(new RegExp(`^${p.name}=`), '');
  const parts = rest.split(style === 'label' && p.explode ? '.' : style === 'matrix' && p.explode ? `;` : ',');
  if (Array.isArray(sent)) return parts.map((one) => (style === 'matrix' ? one.replace(new RegExp(`^${p.name}=`), '') : one));
  const out = {};
  if (p.explode) for (const part of parts) { const [k, ...v] = part.split('='); out[k] = v.join('='); } else for (let i = 0; i < parts.length; i += 2) out[parts[i]] = parts[i + 1];
  return out;
}

function decoded(p, request, sent) {
  switch (p.in) {
    case 'path': {
      let value = request.params[p.name];
      if (p.style === 'label' && typeof sent !== 'object') value = value?.slice(1);
      if (p.style === 'matrix' && typeof sent !== 'object') value = value?.replace(`;${p.name}=`, '');
      return split(value, p, sent);
    }
    case 'header': return split(request.headers[p.name.toLowerCase()], p, sent);
    case 'cookie': return request.cookies[p.name];
    default: {
      const isObject = sent && typeof sent === 'object' && !Array.isArray(sent);
      const style = p.style || 'form';
      // An exploded object's members are parameters of their own.
      if (isObject && style === 'form' && p.explode !== false && !p.content) {
        return Object.fromEntries(Object.keys(sent).map((key) => [key, request.query[key]]));
      }
      let value = request.query[p.name];
      if (isObject && p.explode === false && Array.isArray(value)) {
        const out = {};
        for (let i = 0; i < value.length; i += 2) out[value[i]] = value[i + 1];
        return out;
      }
      return value;
    }
  }
}

async function body(request, buffer) {
  const type = String(request.headers['content-type'] || '');
  const essence = type.split(';')[0].trim().toLowerCase();
  if (buffer.length === 0 && !type) return undefined;
  if (essence === 'application/x-www-form-urlencoded') return qs.parse(buffer.toString('utf8'), { depth: 20, arrayLimit: 1000, parameterLimit: 10000 });
  if (essence === 'multipart/form-data') {
    const form = await new Response(buffer, { headers: { 'content-type': type } }).formData();
    const out = {};
    for (const key of new Set(form.keys())) {
      const values = await Promise.all(form.getAll(key).map(async (one) => (typeof one === 'string' ? one : one.text())));
      out[key] = values.length === 1 ? values[0] : values;
    }
    return out;
  }
  if (essence.endsWith('json')) return JSON.parse(buffer.toString('utf8'));
  return buffer.toString('utf8');
}

async function serve(root, samplesFile, reportFile) {
  const all = operations(root);
  const byPointer = new Map(all.map((one) => [one.pointer, one]));
  const copy = read(documentFile);
  for (const one of operations(copy)) {
    one.operation.operationId = one.pointer;
    // It compiles one schema for all media types of a body, and takes one that stands in two places for a cycle: bodies
    // are judged here, each by the schema of its media type.
    delete one.operation.requestBody;
  }
  delete copy.servers;
  const schemas = written(read(documentFile));
  const api = new OpenAPIBackend({ definition: copy, quick: true, validate: true, ignoreTrailingSlashes: false, ajvOpts: { strict: false, validateFormats: false, logger: false } });
  await api.init();
  const sent = read(samplesFile);
  const report = {};
  const server = http.createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', async () => {
      const pointer = decodeURIComponent(String(incoming.headers['x-conformance'] || ''));
      const entry = { matched: false, valid: false, equal: false, problems: [] };
      report[pointer] = entry;
      let status = 200; let headers = {}; let answer = '';
      try {
        const [path, query] = [incoming.url.split('?')[0], incoming.url.split('?').slice(1).join('?')];
        const request = { method: incoming.method, path, query, headers: incoming.headers, body: undefined };
        const wanted = byPointer.get(pointer);
        let matched;
        try { matched = api.router.matchOperation(request, true); } catch (error) { entry.problems.push(String(error.message)); }
        entry.matched = !!matched && (matched.operationId === pointer || (wanted && matched.path.replace(/\{[^}]*\}/g, '{}') === wanted.path.split(/[?#]/)[0].replace(/\{[^}]*\}/g, '{}')));
        if (matched && !entry.matched) entry.problems.push(`matched ${matched.operationId}`);
        if (matched) {
          const raw = Buffer.concat(chunks);
          const value = await body(incoming, raw);
          const essence = String(incoming.headers['content-type'] || '').split(';')[0].trim().toLowerCase();
          const declared = wanted?.operation.requestBody;
          const media = Object.keys(declared?.content || {}).find((one) => one.split(';')[0].trim().toLowerCase() === essence);
          const isJson = essence.endsWith('json');
          request.body = isJson || typeof value === 'object' ? value : undefined;
          // openapi-backend knows one schema for all media types and does not coerce forms: those are judged here.
          const parameters = api.validator.validateRequest({ ...request, body: undefined }, matched);
          let errors = (parameters.errors || []).filter((one) => !(one.params?.missingProperty === 'requestBody'));
          const content = media && declared.content[media];
          if (content?.schema && (isJson || typeof value === 'object')) {
            const ajv = isJson ? schemas.json : schemas.forms;
            try {
              const validate = ajv.compile({ $ref: `document#${schemas.pointer(`${pointer}/requestBody`, ['content', media, 'schema'])}` });
              if (!validate(JSON.parse(JSON.stringify(isJson ? value : coerced(value, content.schema))))) errors = errors.concat(validate.errors);
            } catch (error) { entry.problems.push(`judge: ${error.message}`); }
          }
          if (declared?.required && !essence) errors.push({ message: 'no body' });
          if (essence && !media) errors.push({ message: `content type ${essence} is not declared` });
          entry.valid = errors.length === 0;
          for (const one of errors.slice(0, 3)) entry.problems.push(`${one.instancePath || ''} ${one.message} ${JSON.stringify(one.params || {})}`.trim());
          const parsedRequest = api.router.parseRequest(request, matched);
          const given = sent[pointer] || { parameters: {}, bodies: {} };
          entry.equal = true;
          for (const p of wanted?.parameters || []) {
            const one = given.parameters[`${p.in}:${p.name}`];
            const ignored = p.in === 'header' && ['accept', 'content-type', 'authorization', 'host', 'connection', 'content-length', 'transfer-encoding'].includes(p.name.toLowerCase());
            if (one === undefined || ignored) continue;
            const got = decoded(p, parsedRequest, one);
            if (!isEqual(one, got)) { entry.equal = false; entry.problems.push(`${p.in} ${p.name}: sent ${JSON.stringify(one)}, decoded ${JSON.stringify(got)}`.slice(0, 300)); }
          }
          if (media && given.bodies[media] !== undefined) {
            const ok = isJson ? same(sorted(given.bodies[media]), sorted(value)) : isEqual(given.bodies[media], value);
            if (!ok) { entry.equal = false; entry.problems.push(`body: sent ${JSON.stringify(given.bodies[media])}, decoded ${JSON.stringify(value)}`.slice(0, 600)); }
          }
          entry.authorized = authorized(root, wanted?.operation, incoming, query);
          const responses = Object.entries(wanted?.operation.responses || {});
          const success = responses.find(([code]) => /^2/.test(code)) || responses.find(([code]) => code === 'default');
          if (success) {
            status = /^\d{3}$/.test(success[0]) ? Number(success[0]) : 200;
            const accept = String(incoming.headers.accept || '').split(',')[0].trim();
            const contents = success[1].content || {};
            const type = accept in contents ? accept : Object.keys(contents)[0];
            if (type) {
              headers['content-type'] = type.includes('*') ? 'application/octet-stream' : type;
              const given = contents[type].example ?? Object.values(contents[type].examples || {})[0]?.value;
              const made = given !== undefined ? given : sample(contents[type].schema || {}, 'body');
              answer = /json/.test(type) ? JSON.stringify(made) : 'text';
              if (/event-stream/.test(type)) answer = 'data: 1\n\n';
            }
          }
        }
      } catch (error) { entry.problems.push(`judge: ${error.stack}`); }
      outgoing.writeHead(status, headers);
      outgoing.end(status === 204 || incoming.method === 'HEAD' ? undefined : answer);
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
  process.stdin.resume().on('end', () => { fs.writeFileSync(reportFile, JSON.stringify(report)); process.exit(); });
}

/** A form's texts where its schema expects a list or an object: as RFC 6570 and OpenAPI's JSON have them. */
function coerced(value, schema) {
  const of = merged(schema);
  const out = {};
  for (const [key, one] of Object.entries(value)) {
    const property = merged(of.properties?.[key] || {});
    const choices = property.anyOf || property.oneOf || [];
    const isObject = property.type === 'object' || property.properties || choices.some((c) => c.type === 'object');
    if (property.type === 'array' && !Array.isArray(one)) out[key] = [one];
    else if ((isObject || property.type === undefined) && typeof one === 'string') out[key] = parsed(one);
    else out[key] = one;
    if (Array.isArray(out[key]) && (property.items || {}).type === 'object') out[key] = out[key].map(parsed);
  }
  return out;
}

/** The document's schemas with their references, in the words of the draft that ajv reads. */
function written(root) {
  const flags = (node) => {
    if (!node || typeof node !== 'object') return;
    for (const [flag, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']]) {
      if (typeof node[flag] !== 'boolean') continue;
      if (node[flag] && typeof node[bound] === 'number') { node[flag] = node[bound]; delete node[bound]; } else delete node[flag];
    }
    // What is only read is required of responses alone (OpenAPI 3.0.4 §4.7.24.1).
    if (Array.isArray(node.required) && node.properties) {
      node.required = node.required.filter((key) => !node.properties[key]?.readOnly);
    }
    if (node.nullable === true && node.type === undefined) delete node.nullable;
    Object.values(node).forEach(flags);
  };
  flags(root);
  const options = { strict: false, validateFormats: false, validateSchema: false, logger: false, inlineRefs: false };
  const json = new Ajv(options).addSchema(root, 'document');
  const forms = new Ajv({ ...options, coerceTypes: 'array' }).addSchema(root, 'document');
  const at = (pointer) => pointer.split('/').slice(1).reduce((node, key) => node?.[decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~')], root);
  const pointer = (from, keys) => {
    let here = from;
    for (const key of [undefined, ...keys]) {
      if (key !== undefined) here = `${here}/${token(key)}`;
      for (let node = at(here); node && typeof node.$ref === 'string'; node = at(here)) here = node.$ref.slice(1);
    }
    return here.split('/').map((part) => encodeURIComponent(decodeURIComponent(part))).join('/');
  };
  return { json, forms, pointer };
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value && typeof value === 'object') return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
  return value;
}

/** Whether the credentials of one alternative are there, each in its place. */
function authorized(root, operation, incoming, query) {
  const alternatives = operation?.security ?? root.security ?? [];
  const schemes = root.components?.securitySchemes || {};
  const header = String(incoming.headers.authorization || '');
  const there = (name) => {
    const scheme = schemes[name] || {};
    if (scheme.type === 'apiKey') {
      if (scheme.in === 'header') return incoming.headers[scheme.name.toLowerCase()] !== undefined;
      if (scheme.in === 'query') return new URLSearchParams(query).has(scheme.name);
      return String(incoming.headers.cookie || '').includes(`${scheme.name}=`);
    }
    if (scheme.type === 'http' && String(scheme.scheme).toLowerCase() === 'basic') return header.startsWith('Basic ');
    return header.startsWith('Bearer ');
  };
  if (alternatives.length === 0) return header === '';
  return alternatives.some((alternative) => Object.keys(alternative).every(there));
}

const [mode, documentFile, samplesFile, reportFile] = process.argv.slice(2);
const root = dereferenceSync(read(documentFile));
if (mode === 'samples') fs.writeFileSync(samplesFile, JSON.stringify(samples(root)));
else serve(root, samplesFile, reportFile);
