import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { mistake } from '../../errors.ts';

/** Name of the manifest in a folder of recordings. */
export const MANIFEST = 'replay.json';

const ResponseSchema = z.object({
  method: z.enum(['GET', 'POST']).default('GET'),
  /** Without a query it answers whatever the query is; with one it answers that one, like `query`. */
  url: z.url({ protocol: /^https?$/ }),
  status: z.int().min(200).max(599).default(200),
  content_type: z.string().nullish(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Path of the body within the folder, or the body itself. Neither: empty. */
  file: z.string().optional(),
  body: z.string().optional(),
  /** `file` or `body` answers only where this query parameter or field of the JSON body has one of these values (null: absent); `after` answers the rest. */
  first_page: z
    .object({
      param: z.string().optional(),
      body_field: z.string().optional(),
      values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .refine(page => (page.param === undefined) !== (page.body_field === undefined), 'either param or body_field')
    .optional(),
  after: z.string().optional(),
  /** Answers this query only (the parameters in any order), `''` for none. */
  query: z.string().optional(),
  /** Answers this request body only (JSON in any spelling). */
  request_body: z.string().optional(),
  /** Answers on these visits only; the first is 1. */
  visits: z.array(z.int().positive()).optional(),
  /** When it was recorded, ISO 8601: what relative dates in it are relative to. */
  recorded_at: z.iso.datetime().optional(),
});

const BoardSchema = z.object({
  source: z.looseObject({ slug: z.string().min(1), name: z.string().optional(), system: z.string().default(''), target: z.unknown() }),
  responses: z.array(ResponseSchema),
  /** What a truthful visit ends with; read by tests and by `crawl --replay`. */
  expect: z.looseObject({ outcome: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});

export type RecordedResponse = z.infer<typeof ResponseSchema>;
export type RecordedResponseInput = z.input<typeof ResponseSchema>;
export type RecordedBoard = z.infer<typeof BoardSchema>;

/** Reads the manifest of a folder. Throws E_INPUT naming the row when the folder has none or it is not as it should be. */
export function loadManifest(dir: string): RecordedBoard[] {
  const file = path.join(dir, MANIFEST);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw mistake('E_INPUT', file, error instanceof Error ? error.message : error, 'a JSON array of { source, responses }');
  }
  const parsed = z.array(BoardSchema).safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw mistake('E_INPUT', `${file} ${issue.path.join('.')}`, valueAt(json, issue.path), issue.message);
}

/** The path of a body file, which may not lie outside the folder. */
export function bodyFile(dir: string, file: string): string {
  const full = path.resolve(dir, file);
  if (!full.startsWith(path.resolve(dir) + path.sep)) throw mistake('E_INPUT', 'file', file, `a path within ${dir}`);
  return full;
}

/** A JSON text in one spelling (object keys sorted), or the text as it is when it is not JSON: bodies are compared by it. */
export function canonicalBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
      const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isPlain ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
    });
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** A query string with its parameters in one order. */
export function canonicalQuery(query: string): string {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}

function valueAt(json: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], json);
}
