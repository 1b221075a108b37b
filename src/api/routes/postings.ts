import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { canonicalQuery, pageQuery } from '../../feed/canonical.ts';
import { encodeCursor } from '../../feed/cursor.ts';
import type { Filter } from '../../feed/filter.ts';
import { type Site, urlOf } from '../../feed/site.ts';
import type { PostingsPage } from '../../http/answers.ts';
import { API_CACHE, JSON_TYPE } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf } from '../../http/request-query.ts';
import { feedPage } from '../../store/feed/postings.ts';
import type { Database } from '../../store/schema.ts';
import { SYNC_PARAMS, sendChanges, syncOf } from '../changes.ts';
import { linkHeader, tellAddress } from '../links.ts';
import { itemsOf, type Shape, shapeOf, withShape } from '../posting-items.ts';

const PATH = '/api/v1/postings';

/**
 * `GET /api/v1/postings`: one page of a filter, newest first. `fields=id,title` leaves the other members out; `explain=1` adds every tag;
 * `updated_since` and `closed_since` tell what changed and what is gone, for mirrors.
 */
export function postingsRoute(app: FastifyInstance, context: HttpContext): void {
  const { db, site, answers } = context;
  app.get(PATH, async (request, reply) => {
    const asked = askedOf(request, ['fields', 'explain', ...SYNC_PARAMS]);
    const { filter, query, own } = asked;
    const shape = shapeOf(own);
    const sync = syncOf(asked, shape);
    if (sync) return await sendChanges(context, request, reply, PATH, sync);
    tellAddress(reply, site(), PATH, withShape(query, shape));
    const surface = `api ${shape.fields ?? ''} ${shape.explain}`;
    const page = { surface, filter, query, total: true, cacheControl: API_CACHE, render: () => render(db, filter, shape, site()) };
    return await answers.postings(request, reply, page);
  });
}

async function render(db: Kysely<Database>, filter: Filter, shape: Shape, site: Site): ReturnType<PostingsPage['render']> {
  const page = await feedPage(db, filter);
  const items = await itemsOf(db, page.items, shape, site);
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
