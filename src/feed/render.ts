import type { Kysely } from 'kysely';
import { feedPage } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { ATOM_TYPE, writeAtom } from './atom.ts';
import { CSV_TYPE, writeCsv } from './csv.ts';
import { type FeedDocument, feedDocument } from './document.ts';
import type { Filter } from './filter.ts';
import { JSON_FEED_TYPE, writeJsonFeed } from './json-feed.ts';
import { RSS_TYPE, writeRss } from './rss.ts';
import type { Site } from './site.ts';

type Format = { path: string; type: string; bodies: boolean; write: (feed: FeedDocument) => string };

/** The feed formats: where each is served, as what, and who writes it. */
export const FORMATS = {
  rss: { path: '/feed.rss', type: RSS_TYPE, bodies: true, write: writeRss },
  atom: { path: '/feed.atom', type: ATOM_TYPE, bodies: true, write: writeAtom },
  json: { path: '/feed.json', type: JSON_FEED_TYPE, bodies: true, write: writeJsonFeed },
  csv: { path: '/feed.csv', type: CSV_TYPE, bodies: false, write: writeCsv },
} as const satisfies Record<string, Format>;

export type FeedFormat = keyof typeof FORMATS;
export const FEED_FORMATS = Object.keys(FORMATS) as FeedFormat[];

/** Part of the entity tag of all that is made of postings: raised when a writer changes, so that no reader keeps the old bytes under the new code. */
export const WRITER_VERSION = 4;

/** One page of a filter as a feed. The command line and the API send these same bytes. */
export async function renderFeed(
  db: Kysely<Database>,
  filter: Filter,
  format: FeedFormat,
  site: Site,
): Promise<{ body: string; type: string; revision: string; links: FeedDocument['links'] }> {
  const { path, type, bodies, write } = FORMATS[format];
  const page = await feedPage(db, filter, { bodies, recent: true });
  const document = feedDocument(site, path, filter, page);
  return { body: write(document), type, revision: page.revision, links: document.links };
}
