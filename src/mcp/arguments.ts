import { z } from 'zod';
import { FIELDS, type Field, type FieldName, oneOf } from '../feed/fields.ts';
import { filterMistake, type RawQuery } from '../feed/filter.ts';
import { idOfTag } from '../feed/ids.ts';
import { CREDENTIAL_SPELLINGS, pathOf, readerOf } from '../feed/spelling.ts';
import { CREDENTIALS, type Credential, PATH_SLUGS, type Path } from '../posting/taxonomy.ts';

/** Postings a search gives when nothing is said, and at most: a list is read by a model, whose room is small. */
export const FEW = 10;
export const MOST = 25;

type Json = Record<string, unknown>;
export type Arguments = Record<string, unknown>;

/**
 * An argument is shown as its field's JSON Schema, and taken as it comes: the reader of the filter says what is wrong in one sentence that
 * names the field, its value and what it takes, and knows every spelling.
 */
const taken = (json: Json) => z.unknown().meta(json);

/** The whole filter, as arguments. */
export const FILTER_ARGUMENTS = Object.fromEntries((Object.keys(FIELDS) as FieldName[]).map(name => [name, taken(fieldJson(name))]));
export const POSTING_ARGUMENT = {
  id: taken({ type: 'string', description: 'Id of a posting, its tag: URI in a feed, or the link of its page.' }),
};
export const CREDENTIAL_ARGUMENT = { credential: taken({ type: 'string', enum: CREDENTIALS, description: 'Whose verdict.' }) };
export const PATH_ARGUMENT = { path: taken({ type: 'string', enum: PATH_SLUGS, description: 'Slug or name of a path.' }) };

function isFlag(name: string): boolean {
  return name in FIELDS && json(FIELDS[name as FieldName]).const === '1';
}

function json(field: Field): Json {
  if (field.json) return field.json;
  const { $schema: _, ...schema } = z.toJSONSchema(field.schema, { io: 'input' });
  return schema;
}

function fieldJson(name: FieldName): Json {
  const field: Field = FIELDS[name];
  if (name === 'limit') return { type: 'integer', minimum: 1, maximum: MOST, default: FEW, description: 'Postings per page.' };
  if (isFlag(name)) return { type: 'boolean', description: field.help };
  const schema = json(field);
  // A list of known values says by itself what is allowed.
  const known = JSON.stringify(schema).includes('"enum"');
  const description = known ? field.help : `${field.help} Takes ${field.allowed}.`;
  return { ...schema, description };
}

/** The query that arguments stand for: numbers and flags become the texts that the filter reads. */
export function queryOf(given: Arguments): RawQuery {
  const query: RawQuery = Object.create(null);
  for (const [name, value] of Object.entries(given)) query[name] = isFlag(name) ? flagText(value) : textsOf(value);
  return query;
}

function flagText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === false) return undefined;
  return value === true ? '1' : textOf(value);
}

function textsOf(value: unknown): string | string[] | undefined {
  if (value === null || value === undefined) return undefined;
  return Array.isArray(value) ? value.map(textOf) : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const credentialOf = readerOf(CREDENTIALS, CREDENTIAL_SPELLINGS);

/** The credential among the arguments, in any spelling. Throws E_FILTER. */
export function askedCredential({ credential }: Arguments): Credential {
  const read = typeof credential === 'string' ? credentialOf(credential) : null;
  if (read === null) throw filterMistake('credential', credential, oneOf(CREDENTIALS));
  return read;
}

/** The path among the arguments, by slug or name. Throws E_FILTER. */
export function askedPath({ path }: Arguments): Path {
  const read = typeof path === 'string' ? pathOf(path) : null;
  if (read === null) throw filterMistake('path', path, oneOf(PATH_SLUGS));
  return read;
}

/** The id among the arguments, however a posting was pointed to. Throws E_FILTER for what can be none. */
export function askedId({ id }: Arguments): string {
  if (typeof id !== 'string' || id.trim() === '' || id.length > 600 || /\p{Cc}/u.test(id)) throw filterMistake('id', id, AN_ID);
  const linked = /^https?:\/\/[^/]+(?:\/.*)?\/jobs\/([^/?#]+)/.exec(id.trim())?.[1];
  return linked === undefined ? idOfTag(id.trim()) : decoded(linked);
}

const AN_ID = 'the id of a posting, as search_postings gives it';

/** What is said of an id that no posting has: its form is not what is wrong. */
export function noPosting(id: unknown): Error {
  return filterMistake('id', id, `${AN_ID}; no posting has this one`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text stands for itself.
    return text;
  }
}
