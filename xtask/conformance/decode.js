// Decodes requests: the values as openapi-backend decodes them, and a second time from the raw text by
// the standard.
'use strict';
const qs = require('qs');
const { urlPath } = require('./document');
const { merged } = require('./samples');

const parsed = (value) => { try { return JSON.parse(value); } catch { return value; } };
const text = (value) => { try { return decodeURIComponent(value.replace(/\+/g, ' ')); } catch { return value; } };
const isObject = (value) => !!value && typeof value === 'object' && !Array.isArray(value);

/** Returns a value as text, whatever its type. Values that a text form cannot distinguish are equal. */
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

/** Returns true if two values are the same JSON. */
function isSame(a, b) {
  const sorted = (value) => Array.isArray(value) ? value.map(sorted)
    : isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
  return same(sorted(a), sorted(b));
}

/** Returns true if the sent value equals the decoded one. Nested parts, which OpenAPI does not define, are JSON. */
function isEqual(sent, decoded) {
  if (same(plain(sent), plain(decoded))) return true;
  const opened = Array.isArray(decoded) ? decoded.map(parsed)
    : isObject(decoded) ? Object.fromEntries(Object.entries(decoded).map(([key, one]) => [key, parsed(one)])) : parsed(decoded);
  return same(plain(sent), plain(opened));
}

/** Returns keys and values alternately. */
const paired = (list) => Object.fromEntries(list.flatMap((key, index) => index % 2 ? [] : [[key, list[index + 1]]]));

/** The delimiters of styles, encoded or not. The last three are those of OpenAPI 2.0. */
const DELIMITERS = {
  spaceDelimited: /%20|\+/, pipeDelimited: /%7C|\|/i, ssv: /%20| /, pipes: /%7C|\|/i, tsv: /%09|\t/,
};

/** Splits a text with a delimiter into parts, by the parameter's style. */
function split(value, p, sent, decode = (one) => one) {
  if (typeof value !== 'string') return value;
  if (p.content) return parsed(decode(value));
  const style = p.style || 'simple';
  let rest = value;
  if (style === 'label' || style === 'matrix') rest = rest.slice(1);
  if (style === 'matrix' && !(isObject(sent) && p.explode)) rest = rest.replace(`${p.name}=`, '');
  if (!sent || typeof sent !== 'object') return decode(rest);
  const parts = rest.split(p.explode && style === 'label' ? '.' : p.explode && style === 'matrix' ? ';' : DELIMITERS[style] || ',');
  if (Array.isArray(sent)) return parts.map((one) => decode(style === 'matrix' ? one.replace(`${p.name}=`, '') : one));
  if (!p.explode) return paired(parts.map(decode));
  return Object.fromEntries(parts.map((part) => part.split(/=(.*)/s).slice(0, 2).map(decode)));
}

/** Decodes a parameter with openapi-backend. Splits paths and headers, which it does not split. */
function byJudge(p, request, sent) {
  if (p.in === 'path') return split(request.params[p.name], p, sent);
  if (p.in === 'header') return split(request.headers[p.name.toLowerCase()], p, sent);
  if (p.in === 'cookie') return request.cookies[p.name];
  // The members of an exploded object are separate parameters.
  if (isObject(sent) && (p.style || 'form') === 'form' && p.explode !== false && !p.content) {
    return Object.fromEntries(Object.keys(sent).map((key) => [key, request.query[key]]));
  }
  const value = request.query[p.name];
  return isObject(sent) && p.explode === false && Array.isArray(value) ? paired(value) : value;
}

/**
 * Decodes a parameter from the raw request: reverses RFC 6570 and OpenAPI 3.0.4 §4.7.12.2, delimiters
 * before escapes.
 */
function byStandard(p, wanted, incoming, sent) {
  const [path, ...rest] = incoming.url.split('?');
  if (p.in === 'header') return split(incoming.headers[p.name.toLowerCase()], p, sent);
  if (p.in === 'path') {
    const names = [];
    const pattern = urlPath(wanted.path).split(/(\{[^}]*\})/).map((one) => {
      if (!/^\{.*\}$/.test(one)) return one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(one.slice(1, -1));
      return '([^/]*)';
    });
    const found = new RegExp(`^${pattern.join('')}$`).exec(path);
    return split(found?.[1 + names.indexOf(p.name)], p, sent, decodeURIComponent);
  }
  const delimiter = p.in === 'cookie' ? /;\s*/ : '&';
  const raw = p.in === 'cookie' ? incoming.headers.cookie || '' : rest.join('?');
  const pairs = raw.split(delimiter).filter(Boolean).map((pair) => pair.split(/=(.*)/s)).map(([name, value]) => [text(name), value ?? '']);
  const own = pairs.filter(([name]) => name === p.name).map(([, value]) => value);
  const style = p.style || 'form';
  if (p.content) return own.length ? parsed(text(own[0])) : undefined;
  if (!sent || typeof sent !== 'object') return own.length ? text(own[0]) : undefined;
  if (style === 'deepObject') return qs.parse(raw, { depth: 20, arrayLimit: 1000, parameterLimit: 10000 })[p.name];
  if (p.explode ?? style === 'form') {
    if (Array.isArray(sent)) return own.map(text);
    return Object.fromEntries(pairs.filter(([name]) => name in sent).map(([name, value]) => [name, text(value)]));
  }
  const parts = own.length ? own[0].split(DELIMITERS[style] || ',').map(text) : undefined;
  return parts && isObject(sent) ? paired(parts) : parts;
}

/** Decodes a body by its content type. */
async function body(incoming, buffer) {
  const type = String(incoming.headers['content-type'] || '');
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
  if (essence.startsWith('multipart/')) {
    // Parts without names, in order (RFC 2046 §5.1).
    const [, boundary] = /boundary=([^;]+)/.exec(type);
    const parts = buffer.toString('utf8').split(`--${boundary}`).slice(1, -1);
    return parts.map((part) => part.slice(part.indexOf('\r\n\r\n') + 4, -2));
  }
  if (essence.endsWith('json')) return JSON.parse(buffer.toString('utf8'));
  return buffer.toString('utf8');
}

/** Converts a form's texts to the lists and objects of its schema, by RFC 6570 and OpenAPI's JSON. */
function coerced(value, schema) {
  const of = merged(schema);
  const out = {};
  for (const [key, one] of Object.entries(value)) {
    const property = merged(of.properties?.[key]);
    const choices = property.anyOf || property.oneOf || [];
    const mayBeObject = property.type === 'object' || property.properties || choices.some((c) => c.type === 'object');
    if (property.type === 'array' && !Array.isArray(one)) out[key] = Array.isArray(parsed(one)) ? parsed(one) : [one];
    else if ((mayBeObject || property.type === undefined) && typeof one === 'string') out[key] = parsed(one);
    else out[key] = one;
    if (Array.isArray(out[key]) && merged(property.items).type === 'object') out[key] = out[key].map(parsed);
  }
  return out;
}

module.exports = { body, byJudge, byStandard, coerced, isEqual, isObject, isSame };
