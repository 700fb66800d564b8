// Deviations of openapi-backend 5.21.2 from the standard. The standard wins, and the case is counted
// under the name of its rule.
//
// A rule applies to one parameter. It explains a problem only if the raw request, decoded by the
// standard, gives the sent value, and the schema allows that value. `of` is the parameter, `sent` its
// value, `names` the names of all parameters, `keyword` the schema keyword that is reported as
// violated, `path` the template, `matched` the judge's template. The last rules are for problems that
// cannot be decoded so: `key` is the name in the judge's report.
'use strict';
const { isObject } = require('./decode');
const { urlPath } = require('./document');

const isQuery = (of) => of.in === 'query' && !of.content;
const isForm = (of) => isQuery(of) && (of.style || 'form') === 'form';

module.exports = [
  {
    name: 'text-is-not-split',
    section: 'OpenAPI 3.0.4 §4.7.12.2.2: `explode` has no effect on values that are no list or object',
    is: ({ of, sent }) => isForm(of) && of.explode === false && typeof sent !== 'object',
  },
  {
    name: 'delimiters-before-escapes',
    section: 'OpenAPI 3.0.4 §4.7.12.4, RFC 6570 §3.2.8: parts are split at the delimiter, then decoded',
    is: ({ of, sent }) => isQuery(of) && of.explode === false && typeof sent === 'object',
  },
  {
    name: 'members-are-parameters',
    section: 'OpenAPI 3.0.4 §4.7.12.4: the members of an exploded object are parameters of their own',
    is: ({ of, sent }) => isForm(of) && of.explode !== false && isObject(sent),
  },
  {
    name: 'names-have-brackets',
    section: 'OpenAPI 3.0.4 §4.7.12.2.1: `page[size]` is the name of one parameter',
    is: ({ of, names }) => isQuery(of) && (/[[\]]/.test(of.name) || names.some((name) => name.startsWith(`${of.name}[`))),
  },
  {
    name: 'texts-have-no-type',
    section: 'OpenAPI 3.0.4 §4.7.12.2.2: the schema is of the value; its text `true` is a boolean no more than a string',
    is: ({ keyword }) => keyword === 'oneOf',
  },
  {
    name: 'names-are-parts-of-segments',
    section: 'OpenAPI 3.0.4 §3.5: braces mark a section of a path, which may be a part of a segment beside others: they are no pattern',
    is: ({ of, path }) => of.in === 'path' && path.includes(`{${of.name}}`) && (path.includes('$') || !path.split(/[/?#]/).includes(`{${of.name}}`)),
  },
  {
    name: 'reserved-characters-are-data',
    section: 'OpenAPI 3.0.4 §4.7.12.2.2, RFC 3986 §3.4: a query may hold `?` and `/` as they are',
    is: ({ of }) => isQuery(of) && of.allowReserved === true,
  },
  {
    name: 'templates-are-identical',
    section: 'OpenAPI 3.0.4 §4.7.8.1: templates that differ in names alone are one path, which a document has once',
    is: ({ of, path, matched }) => of.in === 'path' && urlPath(path) !== matched,
  },
  {
    name: 'deep-objects-are-not-limited',
    section: 'OpenAPI 3.0.4 §4.7.12.4: `name[key]=value`, whatever the number and depth of keys',
    is: ({ of }) => isQuery(of) && of.style === 'deepObject',
  },
  {
    name: 'headers-have-parts',
    section: 'OpenAPI 3.0.4 §4.7.12.4: lists and objects in a header are texts with commas; `content` is JSON',
    is: ({ of, sent }) => of.in === 'header' && (!!of.content || typeof sent === 'object'),
  },
  {
    name: 'paths-have-parts',
    section: 'OpenAPI 3.0.4 §4.7.12.4: lists and objects in a path are texts with delimiters; `content` is JSON',
    is: ({ of, sent }) => of.in === 'path' && (!!of.content || typeof sent === 'object' || (of.style || 'simple') !== 'simple'),
  },
  {
    name: 'cookies-have-parts',
    section: 'OpenAPI 3.0.4 §4.7.12.4: lists and objects in a cookie are in style `form`; `content` is JSON',
    is: ({ of, sent }) => of.in === 'cookie' && (!!of.content || typeof sent === 'object'),
  },
  {
    name: 'keys-are-no-parameters',
    section: 'OpenAPI 3.0.4 §4.7.27: an API key in the query or a cookie is declared by its security scheme alone',
    is: ({ key, keys }) => keys.includes(key),
    isUnread: true,
  },
  {
    name: 'no-place-in-the-path',
    section: 'OpenAPI 3.0.4 §4.7.12.2.1: the name of a path parameter has to stand in the template',
    is: ({ of, path }) => of?.in === 'path' && !path.includes(`{${of.name}}`),
    isUnread: true,
  },
  {
    name: 'implied-headers-are-no-parameters',
    section: 'OpenAPI 3.0.4 §4.7.12.2.1: header parameters named `Accept`, `Content-Type` or `Authorization` are ignored',
    is: ({ place, key }) => place === 'header' && ['accept', 'content-type', 'authorization'].includes(key),
    isUnread: true,
  },
  {
    name: 'query-of-the-path',
    section: 'OpenAPI 3.0.4 §4.7.8.1: a path has no query; what stands there all the same is sent as it is',
    is: ({ place, key, path }) => place === 'query' && new URLSearchParams(path.split('?')[1]).has(key),
    isUnread: true,
  },
  {
    name: 'undeclared-in-the-path',
    section: 'OpenAPI 3.0.4 §3.5: each name in the template has to be declared as a parameter; it is sent all the same',
    is: ({ of, key, place, path }) => !of && place === 'path' && path.includes(`{${key}}`),
    isUnread: true,
  },
];
