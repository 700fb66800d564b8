// A document: its operations with the places of their parameters, and ajv validators of its schemas.
'use strict';
const fs = require('fs');
const Ajv = require('ajv').default || require('ajv');

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** Options of ajv: a document that ajv would refuse as a schema is judged as far as possible. */
const LENIENT = { strict: false, validateFormats: false, validateSchema: false, logger: false };
const token = (text) => text.replace(/~/g, '~0').replace(/\//g, '~1');

/** Returns the node at a JSON pointer, which may be part of a URL. */
function at(root, pointer) {
  const plain = (key) => decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~');
  return pointer.split('/').slice(1).reduce((node, key) => node?.[plain(key)], root);
}

/** Reads a document. Removes `$ref` members of examples that are no references into it, which no library accepts. */
function read(file) {
  const root = JSON.parse(fs.readFileSync(file, 'utf8'));
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (typeof node.$ref === 'string' && (!node.$ref.startsWith('#/') || at(root, node.$ref.slice(1)) === undefined)) delete node.$ref;
    Object.values(node).forEach(walk);
  };
  walk(root);
  return root;
}

/** Returns the operations of a document with resolved references. */
function operations(root) {
  const list = [];
  for (const [path, item] of Object.entries(root.paths || {})) {
    for (const method of METHODS) {
      const operation = item?.[method];
      if (!operation || typeof operation !== 'object') continue;
      const [shared, pointer] = [`/paths/${token(path)}`, `/paths/${token(path)}/${method}`];
      const parameters = new Map();
      for (const [from, list] of [[shared, item.parameters], [pointer, operation.parameters]]) {
        (list || []).forEach((p, index) => {
          if (p?.name) parameters.set(`${p.in}:${p.name}`, { ...p, pointer: `${from}/parameters/${index}` });
        });
      }
      list.push({ pointer, path, method, operation, parameters: [...parameters.values()] });
    }
  }
  return list;
}

/**
 * Returns a path as in a URL: literals escaped, without a query or fragment, which paths cannot have
 * (OpenAPI 3.0.4 §4.7.8.1).
 */
function urlPath(path) {
  const escaped = (literal) => { try { return encodeURI(decodeURI(literal)); } catch { return literal; } };
  return path.split(/[?#]/)[0].split(/(\{[^}]*\})/).map((one) => (/^\{.*\}$/.test(one) ? one : escaped(one))).join('');
}

/** Returns the place of a parameter's schema below the parameter. */
function schemaOf(parameter) {
  const type = Object.keys(parameter.content || {})[0];
  if (!type) return { keys: ['schema'], schema: parameter.schema };
  return { keys: ['content', type, 'schema'], schema: parameter.content[type]?.schema };
}

/** Returns validators of a document's schemas. `unseen` has the properties that this direction omits. */
class Schemas {
  constructor(root, unseen) {
    draft(root, unseen);
    const options = { ...LENIENT, inlineRefs: false, code: { regExp: pattern } };
    this.root = root;
    this.json = new Ajv(options).addSchema(root, 'document');
    this.forms = new Ajv({ ...options, coerceTypes: 'array' }).addSchema(root, 'document');
  }

  /** Returns the problem of a value by the schema at a place and the keys below it, following references. */
  errors(place, keys, value, ajv = this.json) {
    const validate = ajv.compile({ $ref: `document#${this.pointer(place, keys)}` });
    return validate(structuredClone(value)) ? [] : validate.errors;
  }

  pointer(place, keys) {
    const quoted = (pointer) => pointer.split('/').map(encodeURIComponent).join('/');
    let here = quoted(place);
    for (const key of [undefined, ...keys]) {
      if (key !== undefined) here += `/${encodeURIComponent(token(key))}`;
      for (let node = at(this.root, here); typeof node?.$ref === 'string'; node = at(this.root, here)) {
        here = node.$ref.slice(1);
      }
    }
    return here;
  }
}

/** Compiles a pattern. One that JavaScript does not support matches every text. */
const pattern = (text, flags) => {
  for (const one of [flags, '']) try { return new RegExp(text, one); } catch { /* the next one */ }
  return /(?:)/;
};
pattern.code = 'new RegExp';

/** Rewrites OpenAPI 3.0 keywords for the draft that ajv supports. */
function draft(node, unseen) {
  if (!node || typeof node !== 'object') return;
  for (const [flag, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']]) {
    if (typeof node[flag] !== 'boolean') continue;
    const isExclusive = node[flag] && typeof node[bound] === 'number';
    delete node[flag];
    if (isExclusive) { node[flag] = node[bound]; delete node[bound]; }
  }
  // Read-only properties are required in responses only, write-only properties in requests only
  // (OpenAPI 3.0.4 §4.7.24.1).
  if (Array.isArray(node.required) && node.properties) {
    node.required = node.required.filter((key) => !node.properties[key]?.[unseen]);
  }
  if (node.nullable === true && node.type === undefined) delete node.nullable;
  if (Array.isArray(node.enum) && node.enum.length === 0) delete node.enum;
  for (const one of Object.values(node)) draft(one, unseen);
}

module.exports = { LENIENT, Schemas, draft, operations, read, schemaOf, token, urlPath };
