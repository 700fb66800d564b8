// Samples: values of every parameter and body, made from their schemas.
//
// The values are the same in every run, and deliberately awkward: spaces, `&`, `+`, `%`, non-ASCII
// letters, empty lists. If a value violates its schema, the document's own example is used, if that is
// valid.
'use strict';
const { operations, schemaOf } = require('./document');


const AWKWARD = 'a b&c=d+e%2Fé/ü;"#?[1]';
const isObject = (value) => !!value && typeof value === 'object' && !Array.isArray(value);
const TEXT = { type: 'string' };
const FORMATS = {
  'date-time': '2024-02-29T11:22:33Z', date: '2024-02-29', time: '11:22:33Z', uuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  email: 'a+b@example.com', uri: 'https://example.com/a?b=c&d=%20', url: 'https://example.com/a?b=c', byte: 'aMOpIA==',
  'uri-reference': '/a?b=c', hostname: 'a.example.com', ipv4: '127.0.0.1', ipv6: '::1', duration: 'PT1H',
  'date-time-rfc-2822': 'Thu, 29 Feb 2024 11:22:33 GMT',
};

/** Returns a text that matches a simple regular expression, or nothing if there is none. */
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

/** Returns a schema with the members of its `allOf`, up to cycles. */
function merged(schema, depth = 0) {
  if (!schema?.allOf || depth > 20) return schema || {};
  const { allOf, ...own } = schema;
  return [...allOf.map((one) => merged(one, depth + 1)), own].reduce((all, one) => ({
    ...all, ...one,
    properties: { ...(all.properties || {}), ...(one.properties || {}) },
    required: [...(all.required || []), ...(one.required || [])],
  }), {});
}

/**
 * Returns a value of a schema. `pick` selects the alternative, `unseen` has the properties that this
 * direction omits.
 */
function sample(given, place, how = {}) {
  const { depth = 0, pick = 0, unseen = 'readOnly' } = how;
  const inner = (schema, where = place) => sample(schema, where, { ...how, base: undefined, depth: depth + 1 });
  if (!given || typeof given !== 'object') return AWKWARD;
  const schema = merged(given);
  if (schema.enum?.length) return schema.enum.find((one) => one !== null) ?? null;
  const choice = schema.oneOf || schema.anyOf;
  if (choice && depth < 20) {
    const { oneOf, anyOf, discriminator, ...own } = schema;
    const usable = choice.filter((one) => one && !(merged(one).enum?.length && merged(one).enum.every((v) => v === null)));
    const raw = usable[pick % usable.length] || {};
    const chosen = merged(raw);
    const both = { ...own, ...chosen };
    if (own.properties) both.properties = { ...chosen.properties, ...own.properties };
    if (own.required) both.required = [...(chosen.required || []), ...own.required];
    const value = sample(both, place, { ...how, base: both.discriminator, depth: depth + 0.1 });
    const { propertyName } = discriminator || {};
    if (isObject(value) && propertyName && !chosen.properties?.[propertyName]?.enum) value[propertyName] = tag(raw, schema, how);
    return value;
  }
  const child = inherited(schema, how);
  if (child) return child;
  const looksLike = schema.properties || schema.required || isObject(schema.additionalProperties) ? 'object' : schema.items ? 'array' : undefined;
  const type = schema.type || looksLike;
  switch (type) {
    case 'string': return schema.format === 'binary' ? 'bytes' : text(schema, place);
    case 'integer': return number(schema, true);
    case 'number': return number(schema, false);
    case 'boolean': return true;
    case 'array': {
      const min = schema.minItems || 0;
      if (min === 0 && (depth > 4 || (place === 'query' && (schema.items || {}).type === 'boolean'))) return [];
      const item = inner(schema.items || { type: 'string' }, place === 'header' ? 'part' : place);
      const items = [typeof item === 'string' && place === 'header' ? item.replace(/[^!-~]/g, '').replace(/,/g, '') : item];
      while (items.length < min) items.push(schema.uniqueItems && typeof item === 'string' ? `${item}${items.length}` : item);
      return items;
    }
    case 'object': {
      const out = {};
      const required = schema.required || [];
      for (const [key, property] of Object.entries(schema.properties || {})) {
        if (property?.[unseen] || merged(property)[unseen]) continue;
        // A form cannot distinguish an empty object from a missing one.
        const isWanted = required.includes(key) || (required.length === 0 && !Object.keys(out).length && depth < 5);
        if (depth > (isWanted ? 8 : 1)) continue;
        out[key] = inner(property);
      }
      for (const key of required) if (!schema.properties?.[key]) out[key] = AWKWARD;
      const values = schema.additionalProperties;
      if (!Object.keys(schema.properties || {}).length && depth < 3 && values !== false) {
        out['key a'] = Object.keys(values || {}).length ? inner(values) : 'v&1';
      }
      return out;
    }
    default: return place === 'header' ? 'a b' : AWKWARD;
  }
}

/** Returns the discriminator value of an alternative: from the mapping, else its name. */
function tag(alternative, { discriminator }, { components = {} }) {
  const [mapped] = Object.entries(discriminator.mapping || {}).find(([, name]) => components[name.split('/').pop()] === alternative) || [];
  return mapped ?? Object.keys(components).find((name) => components[name] === alternative) ?? AWKWARD;
}

/** Returns a sample of a schema derived from a base with a discriminator, by its mapping (OpenAPI 3.0.4 §4.7.25). */
function inherited({ discriminator, oneOf, anyOf }, how) {
  const mapping = Object.entries(discriminator?.mapping || {});
  if (oneOf || anyOf || !mapping.length || how.base === discriminator || how.depth > 8) return undefined;
  const [value, name] = mapping[(how.pick || 0) % mapping.length];
  const target = how.components?.[name.split('/').pop()];
  const child = target && sample(target, 'body', { ...how, base: discriminator });
  return child && typeof child === 'object' ? { ...child, [discriminator.propertyName]: value } : undefined;
}

/** Returns candidate values: with all properties, with few, and of the other alternatives of `oneOf` and `anyOf`. */
const WAYS = [{}, { depth: 2 }, { pick: 1 }, { pick: 2 }, { pick: 3 }, { pick: 1, depth: 2 }];
const made = (schema, place, how) => WAYS.map((way) => sample(schema, place, { ...how, ...way }));

/** Returns the first of these values that its schema allows, else the first. */
function best(schemas, place, keys, schema, values) {
  const given = values.filter((value) => value !== undefined);
  const isValid = (value) => { try { return schemas.errors(place, keys, value).length === 0; } catch { return false; } };
  const valid = schema ? given.findIndex(isValid) : 0;
  return { value: given[Math.max(valid, 0)], isValid: valid >= 0 };
}

/** Returns the examples of a parameter, a media type or its schema. */
const shown = (one, schema) => [one?.example, ...Object.values(one?.examples || {}).map((example) => example?.value), schema?.example, schema?.default].map((value) => {
  // A JSON example may be given as text.
  const { type, properties } = merged(schema);
  if (typeof value !== 'string' || (type ?? (properties ? 'object' : 'string')) === 'string') return value;
  try { return JSON.parse(value); } catch { return value; }
});

/**
 * Returns a list or object without the delimiters of the parameter's style, which parts cannot contain
 * (OpenAPI 3.0.4, Appendix E).
 */
function apart(value, { style, explode }) {
  const taken = {
    spaceDelimited: / /g, pipeDelimited: /\|/g, ssv: / /g, pipes: /\|/g, tsv: /\\t/g, label: explode ? /\./g : undefined,
  }[style];
  return taken && typeof value === 'object' ? JSON.parse(JSON.stringify(value).replace(taken, '')) : value;
}

/** Returns a form of fields that their styles can represent. */
function fields(value, type, content) {
  if (!/^(multipart|application\/x-www-form)/.test(type)) return value;
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, apart(one, content.encoding?.[name] || {})]));
}

/** Returns a sample of every parameter and body, by operation. `invalid` has those without a valid value. */
function samples(root, schemas) {
  const components = root.components?.schemas;
  const out = {};
  for (const { pointer, operation, parameters } of operations(root)) {
    const entry = { parameters: {}, bodies: {}, invalid: [] };
    const add = (list, name, what, { value, isValid }) => {
      list[name] = value;
      if (!isValid) entry.invalid.push(what);
    };
    for (const p of parameters) {
      const { keys, schema } = schemaOf(p);
      const name = `${p.in}:${p.name}`;
      const values = made(schema || TEXT, p.in, { components }).map((one) => apart(one, p));
      add(entry.parameters, name, name, best(schemas, p.pointer, keys, schema, [...values, ...shown(p, schema)]));
    }
    for (const [type, content] of Object.entries(operation.requestBody?.content || {})) {
      const { schema } = content || {};
      const keys = ['content', type, 'schema'];
      const values = made(schema || (type.startsWith('multipart/') ? {} : TEXT), 'body', { components });
      const given = [...values.map((one) => fields(one, type, content)), ...shown(content, schema)];
      add(entry.bodies, type, `body:${type}`, best(schemas, `${pointer}/requestBody`, keys, schema, given));
    }
    out[pointer] = entry;
  }
  return out;
}

/** Returns a response of this content: the document's example if its schema allows it, else a sample. */
function answer(components, schemas, place, keys, content) {
  return best(schemas, place, keys, content?.schema, [...shown(content, content?.schema), ...made(content?.schema || {}, 'body', { components, unseen: 'writeOnly' })]);
}

module.exports = { answer, merged, samples };
