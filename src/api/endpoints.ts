import { z } from 'zod';
import { FIELDS, type FieldName, REFINEMENTS } from '../feed/fields.ts';
import { OPML_TYPE } from '../feed/opml.ts';
import { POSTING } from '../feed/posting-schema.ts';
import { FEED_FORMATS, FORMATS } from '../feed/render.ts';
import { PATH_SLUGS } from '../posting/taxonomy.ts';
import { MOST_EMPLOYERS } from '../store/feed/employers.ts';
import { FEED_PAGE } from '../store/feed/page-size.ts';
import { EXPORTS, type ExportForm } from './exports.ts';
import type { DocumentName } from './schemas.ts';

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
/** An endpoint as the reference tells it. `body` names the schema of what is JSON, and the media type of what is not plain JSON. */
export type Endpoint = {
  path: string;
  id: string;
  summary: string;
  /** What more there is to know. */
  description: string;
  filter: boolean;
  params: Param[];
  body: { schema: DocumentName; type?: string } | { schema?: undefined; type: string };
  /** For readers of feeds, and not for programs. */
  feed?: true;
  also: number[];
};

/** The parameters of the filter, which many endpoints take. */
export const FILTER_PARAMS: Param[] = (Object.keys(FIELDS) as FieldName[]).map(filterParam);
const explain: Param = {
  name: 'explain',
  in: 'query',
  help: 'Adds every tag with its rule and the words that decided.',
  example: '1',
  schema: { type: 'string', const: '1' },
};

const since = (name: string, help: string): Param => ({
  name,
  in: 'query',
  help,
  example: '7d',
  schema: { type: 'string', description: FIELDS.since.allowed },
});

const FEED_NAMES = { rss: 'RSS 2.0', atom: 'Atom', json: 'JSON Feed 1.1', csv: 'CSV' } as const;

const FEEDS: Endpoint[] = FEED_FORMATS.map(format => ({
  path: FORMATS[format].path,
  id: `feed-${format}`,
  summary: `The postings of a filter as ${FEED_NAMES[format]}, newest first`,
  description: `A page has ${FEED_PAGE.limit} postings, or all that were first seen in the last ${FEED_PAGE.hours} hours (at most ${FEED_PAGE.most}); older ones are on the next pages, which the Link header and the feed itself name. Ids never change.`,
  filter: true,
  params: [],
  body: format === 'json' ? { schema: 'JsonFeed', type: FORMATS.json.type } : { type: FORMATS[format].type },
  feed: true,
  also: [400],
}));

const BROKEN_OFF =
  'It is streamed: an answer that is broken off has no proper end, and is to be asked for again. `limit` and `cursor` mean nothing here.';
const EXPORT_WORDS: Record<ExportForm, { id: string; form: string; description: string }> = {
  lines: {
    id: 'export',
    form: 'JSON Lines',
    description: `A posting a line, as the list shows it, and its \`text\`. Packed if you accept gzip. ${BROKEN_OFF}`,
  },
  packed: {
    id: 'export-gzip',
    form: 'a gzip file of JSON Lines',
    description: `A posting a line, as the list shows it, and its \`text\`. Always packed. ${BROKEN_OFF}`,
  },
  parquet: {
    id: 'export-parquet',
    form: 'a Parquet file',
    description: `For tables (DuckDB, pandas, R): a column a member of the list's postings, and \`text\`. Times are timestamps, UTC; members with parts (places, pay, verdicts, facets and all lists) are JSON text. A row group every thousand postings. ${BROKEN_OFF}`,
  },
};

const EXPORTED = (Object.keys(EXPORTS) as ExportForm[]).map((name): Endpoint => {
  const { id, form, description } = EXPORT_WORDS[name];
  const { path, type } = EXPORTS[name];
  return {
    path,
    id,
    summary: `All postings of a filter with their texts as ${form}, newest first`,
    description,
    filter: true,
    params: [],
    body: { type },
    also: [400, 503],
  };
});

/** Every endpoint that is for programs; the OpenAPI document and the reference page are made from it. */
export const ENDPOINTS: Endpoint[] = [
  {
    path: '/api/v1/postings',
    id: 'postings',
    summary: 'The postings of a filter, newest first; or what changed or is gone since',
    description:
      'Pages go by `cursor`: no posting is skipped or repeated while new ones come. To keep a copy, take `/api/v1/postings.jsonl` once, then now and then store what `updated_since` tells and, after that, drop what `closed_since` tells: both tell the oldest change first, and `until` of an answer is what to ask from the next time. What changed in the ten minutes before `until` may come again, because a change is told by the time it was made at and may be stored a little later; so store by id.',
    filter: true,
    params: [
      {
        name: 'fields',
        in: 'query',
        help: 'Members to show; the others but `id` are left out.',
        example: 'title,pay',
        schema: { type: 'array', items: { type: 'string', enum: Object.keys(POSTING.shape) } },
        list: true,
      },
      explain,
      since('updated_since', 'For mirrors: postings of the filter that are new or changed since, the oldest change first.'),
      since(
        'closed_since',
        'For mirrors: `id`, `closed_at` and `closed_reason` of all that is not shown any more since (closed, a duplicate by now, or judged anew), the oldest first. Only `limit` and `cursor` go with it.',
      ),
    ],
    body: { schema: 'Postings' },
    also: [400],
  },
  {
    path: '/api/v1/postings/{id}',
    id: 'posting',
    summary: 'One posting; 410 with its facts when it is closed',
    description: 'With `explain=1` also its text and every tag, with the rule and the words that decided.',
    filter: false,
    params: [
      { name: 'id', in: 'path', help: 'Id of a posting, also as the tag: URI of a feed.', example: 'example', schema: { type: 'string' } },
      explain,
    ],
    body: { schema: 'PostingDetail' },
    also: [400, 404, 410],
  },
  ...EXPORTED,
  {
    path: '/api/v1/facets',
    id: 'facets',
    summary: 'What the postings of a filter can be narrowed by: counts per value, each facet without its own condition',
    description: 'At most 40 values a facet, the most frequent first.',
    filter: true,
    params: [],
    body: { schema: 'Facets' },
    also: [400],
  },
  {
    path: '/api/v1/employers',
    id: 'employers',
    summary: 'Who hires under a filter, most postings first',
    description: `With the paths they hire on and a link to their postings. At most ${MOST_EMPLOYERS.toLocaleString('en-US')}; \`limit\` and \`cursor\` mean nothing here.`,
    filter: true,
    params: [],
    body: { schema: 'Employers' },
    also: [400],
  },
  {
    path: '/api/v1/taxonomy',
    id: 'taxonomy',
    summary: 'Every code of credentials, verdicts, paths and roles, with the words people read for it',
    description: 'It changes with a release of Ombre only. Codes may be added; none changes its meaning.',
    filter: false,
    params: [],
    body: { schema: 'Taxonomy' },
    also: [],
  },
  {
    path: '/api/v1/paths',
    id: 'paths',
    summary: 'The career paths with live numbers',
    description: 'Every path of the taxonomy, also those with no opening today. Pay is left out where too few postings state it.',
    filter: false,
    params: [],
    body: { schema: 'Paths' },
    also: [],
  },
  {
    path: '/api/v1/paths/{path}',
    id: 'path',
    summary: 'One path: pay by credential, certifications, week by week',
    description: 'The numbers are those of the postings that are open now; the weeks are the last 26.',
    filter: false,
    params: [{ name: 'path', in: 'path', help: 'Slug of a path.', example: 'utilization-review', schema: { enum: PATH_SLUGS } }],
    body: { schema: 'Path' },
    also: [404],
  },
  {
    path: '/api/v1/stats',
    id: 'stats',
    summary: 'The postings of a filter week by week: opened, closed, open',
    description: 'Weeks begin on Monday, UTC. `limit` and `cursor` mean nothing here.',
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
    description: 'Disabled ones are told with the reason.',
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
    description: 'OPML 2.0, to be imported into a feed reader.',
    filter: false,
    params: [],
    body: { type: OPML_TYPE },
    feed: true,
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
