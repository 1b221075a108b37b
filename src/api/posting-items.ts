import type { Kysely } from 'kysely';
import { filterMistake } from '../feed/filter.ts';
import { POSTING, type PostingView } from '../feed/posting-schema.ts';
import { postingView } from '../feed/posting-view.ts';
import type { Site } from '../feed/site.ts';
import { flag } from '../http/request-query.ts';
import { feedTags } from '../store/feed/evidence.ts';
import type { FeedPosting } from '../store/feed/postings.ts';
import type { Database } from '../store/schema.ts';

const MEMBERS = Object.keys(POSTING.shape) as (keyof PostingView)[];

/** What of each posting is shown: all members or some, and with every tag or not. */
export type Shape = { fields: string[] | null; explain: boolean };

/** Reads `fields` and `explain`. Throws E_FILTER. */
export function shapeOf(own: { fields?: string; explain?: string }): Shape {
  return { fields: fieldsOf(own.fields), explain: flag('explain', own.explain) };
}

/** A query with the parts that tell a shape. */
export function withShape(query: string, { fields, explain }: Shape): string {
  return [query, fields && `fields=${fields.join(',')}`, explain && 'explain=1'].filter(Boolean).join('&');
}

/** Postings as a list of the API shows them. */
export async function itemsOf(db: Kysely<Database>, postings: readonly FeedPosting[], { fields, explain }: Shape, site: Site) {
  const tags = explain
    ? await feedTags(
        db,
        postings.map(posting => posting.id),
      )
    : null;
  return postings.map(posting => ({
    ...sparse(postingView(posting, site), fields),
    ...(tags && { tags: tags.get(posting.id) ?? [] }),
  }));
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
