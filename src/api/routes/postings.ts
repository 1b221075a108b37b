import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { canonicalQuery, pageQuery } from '../../feed/canonical.ts';
import { encodeCursor } from '../../feed/cursor.ts';
import { type Filter, filterMistake } from '../../feed/filter.ts';
import { POSTING, type PostingView } from '../../feed/posting-schema.ts';
import { postingView } from '../../feed/posting-view.ts';
import { type Site, urlOf } from '../../feed/site.ts';
import type { PostingsPage } from '../../http/answers.ts';
import { API_CACHE, JSON_TYPE } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf, flag } from '../../http/request-query.ts';
import { feedTags } from '../../store/feed/evidence.ts';
import { feedPage } from '../../store/feed/postings.ts';
import type { Database } from '../../store/schema.ts';
import { linkHeader, tellAddress } from '../links.ts';

const PATH = '/api/v1/postings';
const MEMBERS = Object.keys(POSTING.shape) as (keyof PostingView)[];

/** What of each posting is shown: all members or some, and with every tag or not. */
type Shape = { fields: string[] | null; explain: boolean };

/** `GET /api/v1/postings`: one page of a filter, newest first. `fields=id,title` leaves the other members out; `explain=1` adds every tag. */
export function postingsRoute(app: FastifyInstance, { db, site, answers }: HttpContext): void {
  app.get(PATH, async (request, reply) => {
    const { filter, query, own } = askedOf(request, ['fields', 'explain']);
    const shape: Shape = { fields: fieldsOf(own.fields), explain: flag('explain', own.explain) };
    tellAddress(reply, site(), PATH, withShape(query, shape));
    const surface = `api ${shape.fields ?? ''} ${shape.explain}`;
    const page = { surface, filter, query, total: true, cacheControl: API_CACHE, render: () => render(db, filter, shape, site()) };
    return await answers.postings(request, reply, page);
  });
}

async function render(db: Kysely<Database>, filter: Filter, shape: Shape, site: Site): ReturnType<PostingsPage['render']> {
  const { fields, explain } = shape;
  const page = await feedPage(db, filter);
  const ids = page.items.map(posting => posting.id);
  const tags = explain ? await feedTags(db, ids) : null;
  const items = page.items.map(posting => ({
    ...sparse(postingView(posting, site), fields),
    ...(tags && { tags: tags.get(posting.id) ?? [] }),
  }));
  const at = (query: string) => urlOf(site, PATH, withShape(query, shape));
  const links = {
    canonical: at(canonicalQuery(filter)),
    self: at(canonicalQuery(filter)),
    first: at(pageQuery(filter, null)),
    next: page.next && at(pageQuery(filter, page.next)),
  };
  return {
    body: JSON.stringify({ items, next: page.next && encodeCursor(page.next), total: page.total }),
    type: JSON_TYPE,
    revision: page.revision,
    headers: { link: linkHeader(links) },
  };
}

function withShape(query: string, { fields, explain }: Shape): string {
  return [query, fields && `fields=${fields.join(',')}`, explain && 'explain=1'].filter(Boolean).join('&');
}

function fieldsOf(given: string | undefined): string[] | null {
  if (given === undefined) return null;
  const fields = [...new Set(given.split(',').map(name => name.trim()))].sort();
  const unknown = fields.find(name => !(MEMBERS as string[]).includes(name));
  if (unknown !== undefined) throw filterMistake('fields', unknown, MEMBERS.join(', '));
  return fields;
}

function sparse(view: PostingView, fields: string[] | null): Partial<PostingView> {
  if (!fields) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => name === 'id' || fields.includes(name)));
}
