import { canonicalQuery, encoded } from '../feed/canonical.ts';
import { FIELDS, type FieldName, REFINEMENTS } from '../feed/fields.ts';
import { parseQuery } from '../feed/filter.ts';

/** Changes of a filter, as queries: what every link of a page leads to. All take and give canonical queries and begin at the first page. */

/** The query with one value of a field added, or taken away when it is there. */
export function toggled(query: string, name: FieldName, value: string): string {
  const params = new URLSearchParams(query);
  const now = valuesOf(params, name);
  const same = (other: string) => other.toLowerCase() === value.toLowerCase();
  const next = now.some(same) ? now.filter(other => !same(other)) : FIELDS[name].kind === 'one' ? [value] : [...now, value];
  return rewritten(params, name, next);
}

/** The query without a field, or without some. Fields that are nothing without it go with it. */
export function without(query: string, ...names: FieldName[]): string {
  const params = new URLSearchParams(query);
  for (const name of names) params.delete(name);
  return canonical(params);
}

/** What a query says of one field alone. */
export function only(query: string, name: FieldName): string {
  const value = new URLSearchParams(query).get(name);
  return value === null ? '' : canonical(new URLSearchParams([[name, value]]));
}

/** The query with a field set to one value. */
export function withValue(query: string, name: FieldName, value: string): string {
  return rewritten(new URLSearchParams(query), name, [value]);
}

/** The values of a field as its query spells them. */
export function valuesOf(params: URLSearchParams, name: FieldName): string[] {
  const given = params.getAll(name);
  return FIELDS[name].kind === 'list' ? given.flatMap(text => text.split(',')) : given;
}

function rewritten(params: URLSearchParams, name: FieldName, values: readonly string[]): string {
  params.delete(name);
  if (values.length === 0) return canonical(params);
  if (FIELDS[name].kind === 'list') params.set(name, values.join(','));
  else for (const value of values) params.append(name, value);
  return canonical(params);
}

function canonical(params: URLSearchParams): string {
  params.delete('cursor');
  // A verdict without a credential would ask about all five: never what someone who takes the credential away wants.
  for (const { name, of } of REFINEMENTS) if (!params.has(of)) params.delete(name);
  // Reading a place takes milliseconds and a page has a hundred links: it is spelled canonically already, and stays as it is.
  const place = AROUND.flatMap(name => params.getAll(name).map(value => `${name}=${encoded(value)}`));
  for (const name of AROUND) params.delete(name);
  const rest = canonicalQuery(parseQuery(params.toString()));
  if (place.length === 0) return rest;
  const nameOf = (part: string) => part.slice(0, part.indexOf('='));
  return [...rest.split('&').filter(Boolean), ...place]
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
    .join('&');
}

const AROUND: readonly FieldName[] = ['near', 'radius'];

/** What a query says in names of the filter, and the names nobody knows, each once: a person's link must not die of them. */
export function understood(text: string): { known: string; unknown: string[] } {
  const params = new URLSearchParams(text);
  const unknown = [...new Set(params.keys())].filter(name => !Object.hasOwn(FIELDS, name));
  if (unknown.length === 0) return { known: text, unknown };
  for (const name of unknown) params.delete(name);
  return { known: params.toString(), unknown };
}

/** A query without the value of a field that was not taken; the field goes with its last value. */
export function withoutValue(text: string, name: FieldName, value: unknown): string {
  const params = new URLSearchParams(text);
  const kept = FIELDS[name].kind === 'one' ? [] : valuesOf(params, name).filter(other => other.trim() !== value && other.trim() !== '');
  params.delete(name);
  if (FIELDS[name].kind === 'repeat') for (const one of kept) params.append(name, one);
  else if (kept.length > 0) params.set(name, kept.join(','));
  return tidied(params.toString());
}

/** A form sends every field; those that say nothing without another go before they are called a mistake. */
export function tidied(text: string): string {
  const params = new URLSearchParams(text);
  for (const [name, value] of [...params]) if (value.trim() === '') params.delete(name, value);
  for (const { name, of, alone } of REFINEMENTS) if (!alone && !params.has(of)) params.delete(name);
  return params.toString();
}

/** A path with a query. */
export function at(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}
