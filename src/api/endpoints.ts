import { z } from 'zod';
import { FIELDS, type FieldName, REFINEMENTS } from '../feed/fields.ts';
import { OPML_TYPE } from '../feed/opml.ts';
import { FEED_FORMATS, FORMATS } from '../feed/render.ts';
import { PATH_SLUGS } from '../posting/taxonomy.ts';
import type { SchemaName } from './schemas.ts';

export type Param = {
  name: string;
  in: 'query' | 'path';
  help: string;
  example: string;
  schema: Record<string, unknown>;
  list?: boolean;
  /** Another parameter that must be given beside. */
  needs?: string;
};
/** An endpoint as the reference tells it. `body` is a schema's name for JSON, else a media type. */
export type Endpoint = {
  path: string;
  id: string;
  summary: string;
  filter: boolean;
  params: Param[];
  body: { schema: SchemaName } | { type: string };
  also: number[];
};

/** The parameters of the filter, which many endpoints take. */
export const FILTER_PARAMS: Param[] = (Object.keys(FIELDS) as FieldName[]).map(filterParam);
const explain: Param = {
  name: 'explain',
  in: 'query',
  help: 'Adds every tag with its rule and the words that decided.',
  example: '1',
  schema: { const: '1' },
};

const FEEDS: Endpoint[] = FEED_FORMATS.map(format => ({
  path: FORMATS[format].path,
  id: `feed-${format}`,
  summary: `The postings of a filter as ${{ rss: 'RSS 2.0', atom: 'Atom', json: 'JSON Feed 1.1', csv: 'CSV' }[format]}, newest first`,
  filter: true,
  params: [],
  body: { type: FORMATS[format].type },
  also: [400],
}));

/** Every endpoint that is for programs; the OpenAPI document and the reference page are made from it. */
export const ENDPOINTS: Endpoint[] = [
  {
    path: '/api/v1/postings',
    id: 'postings',
    summary: 'The postings of a filter, newest first',
    filter: true,
    params: [
      {
        name: 'fields',
        in: 'query',
        help: 'Members to show; the others but `id` are left out.',
        example: 'title,pay',
        schema: { type: 'array', items: { type: 'string' } },
        list: true,
      },
      explain,
    ],
    body: { schema: 'Postings' },
    also: [400],
  },
  {
    path: '/api/v1/postings/{id}',
    id: 'posting',
    summary: 'One posting; 410 with its facts when it is closed',
    filter: false,
    params: [
      { name: 'id', in: 'path', help: 'Id of a posting, also as the tag: URI of a feed.', example: 'example', schema: { type: 'string' } },
      explain,
    ],
    body: { schema: 'PostingDetail' },
    also: [400, 404, 410],
  },
  {
    path: '/api/v1/facets',
    id: 'facets',
    summary: 'What the postings of a filter can be narrowed by: counts per value, each facet without its own condition',
    filter: true,
    params: [],
    body: { schema: 'Facets' },
    also: [400],
  },
  {
    path: '/api/v1/paths',
    id: 'paths',
    summary: 'The career paths with live numbers',
    filter: false,
    params: [],
    body: { schema: 'Paths' },
    also: [],
  },
  {
    path: '/api/v1/paths/{path}',
    id: 'path',
    summary: 'One path: pay by credential, certifications, week by week',
    filter: false,
    params: [{ name: 'path', in: 'path', help: 'Slug of a path.', example: 'utilization-review', schema: { enum: PATH_SLUGS } }],
    body: { schema: 'Path' },
    also: [404],
  },
  {
    path: '/api/v1/stats',
    id: 'stats',
    summary: 'The postings of a filter week by week: opened, closed, open',
    filter: true,
    params: [
      { name: 'weeks', in: 'query', help: 'How many weeks (26).', example: '8', schema: { type: 'integer', minimum: 1, maximum: 104 } },
    ],
    body: { schema: 'Stats' },
    also: [400],
  },
  {
    path: '/api/v1/sources',
    id: 'sources',
    summary: 'What is crawled, what robots.txt says to it, and when a visit last read all of it',
    filter: false,
    params: [],
    body: { schema: 'Sources' },
    also: [],
  },
  ...FEEDS,
  {
    path: '/feeds.opml',
    id: 'opml',
    summary: 'The feeds of every path and credential as a subscription list',
    filter: false,
    params: [],
    body: { type: OPML_TYPE },
    also: [],
  },
];

/** All parameters of an endpoint, those of the filter first. */
export function paramsOf(endpoint: Endpoint): Param[] {
  return endpoint.filter ? [...FILTER_PARAMS, ...endpoint.params] : endpoint.params;
}

function filterParam(name: FieldName): Param {
  const field = FIELDS[name];
  const refined = REFINEMENTS.find(one => one.name === name && !one.alone);
  return {
    name,
    in: 'query',
    help: field.help,
    example: field.example,
    schema: schemaOf(name),
    list: field.kind !== 'one',
    ...(refined && { needs: refined.of }),
  };
}

function schemaOf(name: FieldName): Record<string, unknown> {
  const field = FIELDS[name];
  if ('json' in field) return field.json;
  const { $schema: _, ...schema } = z.toJSONSchema(field.schema, { io: 'input' });
  return schema;
}
