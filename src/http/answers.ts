import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Filter } from '../feed/filter.ts';
import { WRITER_VERSION } from '../feed/render.ts';
import type { Site } from '../feed/site.ts';
import { feedRevision } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';
import { hour, minuteOf } from './clocks.ts';
import { API_CACHE, entityTag, JSON_TYPE, notModified, PAGE_CACHE, sendTagged } from './conditional.ts';
import type { Html } from './html.ts';
import { HTML_TYPE } from './html-page.ts';
import type { Revisions } from './revisions.ts';

type Rendered = { body: string; type: string; headers?: Record<string, string>; tag?: string };

/** A page of postings. */
export type PostingsPage = {
  /** Tells apart what looks different for the same filter: the format, the fields asked for. */
  surface: string;
  filter: Filter;
  /** The canonical query of `filter`. */
  query: string;
  /** Whether the total is on the page. */
  total: boolean;
  /** Whether it is as long as the pages of feeds, which moves with the hour. */
  recent?: boolean;
  cacheControl: string;
  /** `revision` is that of the postings on the page. */
  render(): Promise<Rendered & { revision: string }>;
};

/**
 * Answers from memory while nothing has changed, else with a 304 where a look at the tag is enough, else rendered. `name` tells an answer
 * apart from others of its kind, `clock` is the part of the clock it depends on (see clocks.ts).
 */
export type Answers = {
  /** A page of the website; marks such as "new" make it old after an hour at the latest. */
  html(request: FastifyRequest, reply: FastifyReply, name: string, render: () => Promise<Html>, clock?: string): Promise<FastifyReply>;
  /** A document of the API. Counts that took long to read are kept for longer, as the revisions do; one that lists postings never is. */
  json(request: FastifyRequest, reply: FastifyReply, document: JsonDocument): Promise<FastifyReply>;
  /** Its tag is of its postings' ids and times alone: it is found without reading them, and stays when other postings change. */
  postings(request: FastifyRequest, reply: FastifyReply, page: PostingsPage): Promise<FastifyReply>;
};

/** A document of the API: `name` tells it apart from all others. */
type JsonDocument = { name: string; read: () => Promise<object>; clock?: string; lists?: boolean };

type Answer = {
  key: string;
  clock: string;
  cacheControl: string;
  render(stamp: string): Promise<Rendered>;
  /** Finds the tag without rendering. Such an answer also tells when anything last changed; the tag of any other is the hash of its bytes. */
  look?(): Promise<{ tag: string }>;
};
type Kept = { stamp: string; until: number; tag: string; body: Buffer; type: string; headers?: Record<string, string> };

/** Answers kept in memory, in bytes: a few hundred pages. A change of the feed makes all of them old, so more would rarely be asked for again. */
const KEPT_BYTES = 16 * 1024 * 1024;

export function answersOf({ db, site, revisions }: { db: Kysely<Database>; site: () => Site; revisions: Revisions }): Answers {
  const answer = answering(revisions);
  return {
    html: (request, reply, name, render, clock = hour()) => {
      const page = async () => ({ body: (await render()).html, type: HTML_TYPE });
      return answer(request, reply, { key: `html ${name}`, clock, cacheControl: PAGE_CACHE, render: page });
    },
    json: (request, reply, { name, read, clock = '', lists = false }) => {
      const document = (stamp: string) => (lists ? read() : revisions.cached(`${name} ${clock}`, read, stamp));
      const render = async (stamp: string) => ({ body: JSON.stringify(await document(stamp)), type: JSON_TYPE });
      return answer(request, reply, { key: `json ${name}`, clock, cacheControl: API_CACHE, render });
    },
    postings: (request, reply, { surface, filter, query, total, recent = false, cacheControl, render }) => {
      const tagOf = (revision: string) => ({ tag: postingsTag(surface, site(), query, revision) });
      return answer(request, reply, {
        key: `postings ${surface} ${total} ${query}`,
        clock: minuteOf(filter) || (recent ? hour() : ''),
        cacheControl,
        look: async () => tagOf((await feedRevision(db, filter, { total, recent })).revision),
        render: async () => {
          const { revision, ...rest } = await render();
          return { ...rest, ...tagOf(revision) };
        },
      });
    },
  };
}

/** The entity tag of what a surface shows of one or many postings (their id or query) at a revision. */
export function postingsTag(surface: string, site: Site, query: string, revision: string): string {
  return entityTag([WRITER_VERSION, surface, site.origin, site.domain, query, revision].join('\n'));
}

function answering(revisions: Revisions) {
  const kept = new LRUCache<string, Kept>({ maxSize: KEPT_BYTES, sizeCalculation: ({ body }) => body.length + 1000 });
  const rendering = new Map<string, Promise<Kept>>();
  return async (request: FastifyRequest, reply: FastifyReply, { key, clock, cacheControl, render, look }: Answer) => {
    const now = await revisions.stamp();
    const stamp = `${clock} ${now}`;
    const changing = look ? revisions.changedAt(now) : null;
    const known = kept.get(key);
    const page = known?.stamp === stamp && performance.now() < known.until ? known : undefined;
    const made = async (): Promise<Kept> => {
      const { value, until } = await revisions.held(() => render(now));
      const { body: text, tag, ...rest } = value;
      const body = Buffer.from(text);
      return { ...rest, stamp, until, body, tag: tag ?? entityTag(body) };
    };
    // Those who come for the same page at the same revision wait for one rendering of it.
    const fresh = async (): Promise<Kept> => {
      const one = `${stamp} ${key}`;
      const under = rendering.get(one) ?? made().finally(() => rendering.delete(one));
      rendering.set(one, under);
      const answer = await under;
      kept.set(key, answer);
      return answer;
    };
    const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
    if (look && (match ?? since) !== undefined) {
      const [{ tag }, changedAt] = await Promise.all([page ?? revisions.kept(`tag ${clock} ${key}`, look, now), changing]);
      if (notModified(request, reply, { tag, changedAt, cacheControl })) return reply.send();
    }
    const [{ tag, ...shown }, changedAt] = await Promise.all([page ?? fresh(), changing]);
    return sendTagged(request, reply, { tag, changedAt, cacheControl }, shown);
  };
}
