import type { FastifyInstance } from 'fastify';
import { canonicalQuery, pageQuery } from '../../feed/canonical.ts';
import { encodeCursor } from '../../feed/cursor.ts';
import { filterMistake, parseFilter } from '../../feed/filter.ts';
import type { PostingView } from '../../feed/posting-schema.ts';
import { postingView } from '../../feed/posting-view.ts';
import { entityTag } from '../../feed/render.ts';
import { urlOf } from '../../feed/site.ts';
import { feedPage, feedTags } from '../../store/feed.ts';
import { API_CACHE, notModified, setValidators } from '../conditional.ts';
import type { ApiContext } from '../context.ts';
import { linkHeader } from '../links.ts';
import { flag, splitQuery } from '../query.ts';

const PATH = '/api/v1/postings';

/** `GET /api/v1/postings`: one page of a filter, newest first. `fields=id,title` leaves the other members out; `explain=1` adds every tag. */
export function postingsRoute(app: FastifyInstance, { db, site, revisions }: ApiContext): void {
  app.get(PATH, async (request, reply) => {
    const given = splitQuery(request, ['fields', 'explain']);
    const filter = parseFilter(given.filter);
    const fields = given.own.fields?.split(',').map(name => name.trim());
    const explain = flag('explain', given.own.explain);
    const query = canonicalQuery(filter);
    const want = { total: true };
    const { revision, changedAt } = await revisions.of(filter, want);
    const validators = (of: string) => ({
      tag: entityTag(`api ${fields ?? ''} ${explain}`, site(), query, of),
      changedAt,
      cacheControl: API_CACHE,
    });
    if (notModified(request, reply, validators(revision))) return reply.send();
    const page = await feedPage(db, filter, want);
    setValidators(reply, validators(page.revision));
    const own = [fields && `fields=${fields.join(',')}`, explain && 'explain=1'];
    const at = (text: string) => urlOf(site(), PATH, [text, ...own].filter(Boolean).join('&'));
    const tags = explain
      ? await feedTags(
          db,
          page.items.map(posting => posting.id),
        )
      : null;
    reply.header(
      'link',
      linkHeader({ self: at(query), first: at(pageQuery(filter, null)), next: page.next && at(pageQuery(filter, page.next)) }),
    );
    return reply.send({
      items: page.items.map(posting => ({
        ...sparse(postingView(posting, site()), fields),
        ...(tags && { tags: tags.get(posting.id) ?? [] }),
      })),
      next: page.next && encodeCursor(page.next),
      total: page.total,
    });
  });
}

function sparse(view: PostingView, fields: string[] | undefined): Partial<PostingView> {
  if (!fields) return view;
  const unknown = fields.find(name => !Object.hasOwn(view, name));
  if (unknown !== undefined) throw filterMistake('fields', unknown, Object.keys(view).join(', '));
  return Object.fromEntries(Object.entries(view).filter(([name]) => name === 'id' || fields.includes(name)));
}
