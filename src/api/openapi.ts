import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { CSV_TYPE } from '../feed/csv.ts';
import { FIELDS, type FieldName } from '../feed/fields.ts';
import { PROBLEM_TYPE } from '../http/problem.ts';
import { ENDPOINTS, type Endpoint, FILTER_PARAMS, type Param, paramsOf } from './endpoints.ts';
import { EXAMPLES, TEXT_EXAMPLES } from './examples.ts';
import { API_PROMISES } from './promises.ts';
import { SCHEMAS, type SchemaName } from './schemas.ts';
import { SUBSCRIPTIONS_PATH, subscribing } from './subscribing.ts';

const WHAT: Record<number, string> = {
  304: 'Nothing has changed since',
  400: 'A parameter has a value that is not allowed',
  404: 'There is no such thing',
  410: 'The posting is closed; `posting` has its facts',
  429: 'Too many requests; see Retry-After',
  503: 'Too busy just now; see Retry-After',
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

function problemAnswer(status: number) {
  return { description: WHAT[status], content: { [mediaType(PROBLEM_TYPE)]: { schema: ref('Problem') } } };
}

function operation(endpoint: Endpoint) {
  const parameters = paramsOf(endpoint).map(param =>
    FILTER_PARAMS.includes(param) ? { $ref: `#/components/parameters/${param.name}` } : parameter(param),
  );
  const content =
    'schema' in endpoint.body
      ? { 'application/json': { schema: ref(endpoint.body.schema), example: EXAMPLES[endpoint.body.schema] } }
      : { [mediaType(endpoint.body.type)]: { schema: { type: 'string' }, example: TEXT_EXAMPLES[mediaType(endpoint.body.type)] } };
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: endpoint.description,
    tags: ['schema' in endpoint.body ? 'api' : 'feeds'],
    parameters,
    responses: Object.fromEntries([
      [200, { description: 'As asked', headers: { ETag: { $ref: '#/components/headers/ETag' } }, content }],
      [304, { description: WHAT[304] }],
      ...endpoint.also.map(status => [status, problemAnswer(status)]),
      [
        429,
        {
          description: WHAT[429],
          headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
          content: { [mediaType(PROBLEM_TYPE)]: { schema: ref('Problem') } },
        },
      ],
    ]),
  };
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

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: id => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}
