import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Filter } from '../feed/filter.ts';
import { entityTag } from '../feed/render.ts';
import type { Site } from '../feed/site.ts';
import { feedRevision } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { notModified, setValidators } from './conditional.ts';
import type { Revisions } from './revisions.ts';

/** A page as bytes, the revision of the postings on it, and its own headers. */
export type Rendered = { body: string; type: string; revision: string; headers: Record<string, string> };

export type PageRequest = {
  /** Tells apart what looks different for the same filter: the format, the fields asked for. */
  surface: string;
  filter: Filter;
  /** The canonical query of `filter`. */
  query: string;
  /** Whether the total is on the page. */
  total: boolean;
  cacheControl: string;
  render: () => Promise<Rendered>;
};

type Kept = { stamp: string; bytes: Buffer; tag: string; type: string; headers: Record<string, string> };

/** Rendered pages kept in memory, in bytes. */
const KEPT_BYTES = 64 * 1024 * 1024;

export type Pages = { answer(request: FastifyRequest, reply: FastifyReply, page: PageRequest): Promise<FastifyReply> };

/**
 * Answers with a page of postings: from memory while nothing has changed, else a 304 after a look at ids and times alone, else rendered.
 * The tag is of the page's postings, so it stays when other postings change.
 */
export function pagesOf({ db, site, revisions }: { db: Kysely<Database>; site: () => Site; revisions: Revisions }): Pages {
  const pages = new LRUCache<string, Kept>({ maxSize: KEPT_BYTES, sizeCalculation: page => page.bytes.length + 1000 });
  const answer: Pages['answer'] = async (request, reply, { surface, filter, query, total, cacheControl, render }) => {
    const key = `${surface} ${total} ${clockOf(filter)} ${query}`;
    const tagOf = (revision: string) => entityTag(surface, site(), query, revision);
    const stamp = await revisions.stamp();
    const changing = revisions.changedAt(stamp);
    const kept = pages.get(key);
    const page = kept?.stamp === stamp ? kept : undefined;
    const fresh = async (): Promise<Kept> => {
      const { body, revision, ...rest } = await render();
      const made = { ...rest, stamp, bytes: Buffer.from(body), tag: tagOf(revision) };
      pages.set(key, made);
      return made;
    };
    if (request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined) {
      const look = () => feedRevision(db, filter, { total });
      const [now, changedAt] = await Promise.all([page ?? revisions.cached(`revision ${key}`, look, stamp), changing]);
      const tag = 'tag' in now ? now.tag : tagOf(now.revision);
      if (notModified(request, reply, { tag, changedAt, cacheControl })) return reply.send();
    }
    const [shown, changedAt] = await Promise.all([page ?? fresh(), changing]);
    setValidators(reply, { tag: shown.tag, changedAt, cacheControl });
    return reply.headers(shown.headers).header('content-type', shown.type).send(shown.bytes);
  };
  return { answer };
}

/** A window that moves with the clock makes an answer old although nothing was stored: the minute it is of, else nothing. */
export function clockOf({ since, posted_since }: Pick<Filter, 'since' | 'posted_since'>): number | '' {
  const moves = [since, posted_since].some(moment => moment !== null && 'hours' in moment);
  return moves ? Math.floor(Date.now() / 60_000) : '';
}
