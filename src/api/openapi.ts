import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { CSV_TYPE } from '../feed/csv.ts';
import { FIELDS, type FieldName } from '../feed/fields.ts';
import { JSON_TYPE } from '../http/conditional.ts';
import { PROBLEM_TYPE } from '../http/problem.ts';
import { ENDPOINTS, type Endpoint, FILTER_PARAMS, type Param, paramsOf } from './endpoints.ts';
import { EXAMPLES, TEXT_EXAMPLES } from './examples.ts';
import { BINARY_TYPES } from './exports.ts';
import { API_PROMISES } from './promises.ts';
import { PARTS, SCHEMAS, type SchemaName } from './schemas.ts';
import { SUBSCRIPTIONS_PATH, subscribing } from './subscribing.ts';

const WHAT: Record<number | 'default', string> = {
  304: 'Nothing has changed since',
  400: 'A parameter has a value that is not allowed',
  404: 'There is no such thing',
  410: 'The posting is closed; `posting` has its facts',
  429: 'Too many requests; see Retry-After',
  503: 'Too busy just now; see Retry-After',
  default: 'It failed, and what you asked is not the reason; with Retry-After it is worth asking again then',
};

type Operations = { get?: ReturnType<typeof operation>; post?: ReturnType<typeof subscribing> };

/**
 * The OpenAPI 3.1 document, made from the schemas the answers are checked against and the table the filter is read by. With
 * `subscriptions` also the one operation that writes.
 */
export function openApi(origin: string, { subscriptions = false } = {}) {
  const reads = ENDPOINTS.map((endpoint): [string, Operations] => [endpoint.path, { get: operation(endpoint) }]);
  const writes: [string, Operations][] = subscriptions ? [[SUBSCRIPTIONS_PATH, { post: subscribing(problemAnswer) }]] : [];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ombre',
      version: manifest.version,
      summary: 'Non-clinical jobs that rehabilitation professionals can really get',
      description: `No key. Every list takes the same filter; the same filter is a feed at /feed.rss, /feed.atom, /feed.json and /feed.csv. ${API_PROMISES.join(' ')}`,
      contact: { name: 'Ombre', url: `${origin}/api` },
      license: { name: manifest.license, identifier: manifest.license },
    },
    servers: [{ url: origin }],
    security: [],
    tags: [
      { name: 'api', description: 'JSON' },
      { name: 'feeds', description: 'For readers' },
    ],
    paths: Object.fromEntries([...reads, ...writes]),
    components: {
      parameters: Object.fromEntries(FILTER_PARAMS.map(param => [param.name, parameter(param)])),
      schemas: componentSchemas(),
      headers: {
        ETag: { description: 'Send it back as If-None-Match', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
      },
    },
  };
}

function problemAnswer(status: number | 'default') {
  return {
    description: WHAT[status],
    content: { [mediaType(PROBLEM_TYPE)]: { schema: ref(status === 410 ? 'Gone' : 'Problem') } },
    ...((status === 429 || status === 503) && { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }),
  };
}

function operation(endpoint: Endpoint) {
  const parameters = paramsOf(endpoint).map(param =>
    FILTER_PARAMS.includes(param) ? { $ref: `#/components/parameters/${param.name}` } : parameter(param),
  );
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: endpoint.description,
    tags: [endpoint.feed ? 'feeds' : 'api'],
    parameters,
    responses: Object.fromEntries([
      [200, { description: 'As asked', headers: { ETag: { $ref: '#/components/headers/ETag' } }, content: contentOf(endpoint) }],
      [304, { description: WHAT[304] }],
      ...([...endpoint.also, 429, 'default'] as const).map(status => [status, problemAnswer(status)]),
    ]),
  };
}

function contentOf({ body }: Endpoint) {
  const type = mediaType(body.type ?? JSON_TYPE);
  if (body.schema) return { [type]: { schema: ref(body.schema), example: EXAMPLES[body.schema] } };
  // The form that generators know bytes by; without it they would decode them as text.
  const schema = { type: 'string', ...(BINARY_TYPES.includes(type) && { format: 'binary' }) };
  return { [type]: { schema, example: TEXT_EXAMPLES[type] } };
}

function parameter({ name, in: where, help, schema, list, example }: Param) {
  return {
    name,
    in: where,
    description: help,
    required: where === 'path',
    schema,
    // Lists are read with commas or repeated; commas are the canonical way, but for names that may hold one.
    ...(list && { style: 'form', explode: name in FIELDS && FIELDS[name as FieldName].kind === 'repeat' }),
    example: list ? example.split(',') : schema.type === 'integer' || schema.type === 'number' ? Number(example) : example,
  };
}

function ref(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}

/** The media type without its parameters; CSV keeps none. */
function mediaType(type: string): string {
  return type === CSV_TYPE ? 'text/csv' : type.split(';')[0]!;
}

/** As what is sent may grow (API_PROMISES): open to members that are added, unlike what the tests hold the answers to. */
function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...PARTS, ...SCHEMAS })) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: id => `#/components/schemas/${id}`, override: withoutNoise });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}

/** Bounds that every number of a program has, and patterns that say what `format` does. */
function withoutNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.format) delete jsonSchema.pattern;
}
