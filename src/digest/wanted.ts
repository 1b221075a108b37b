import { canonicalQuery } from '../feed/canonical.ts';
import type { FieldName } from '../feed/fields.ts';
import { type Filter, filterMistake, parseQuery } from '../feed/filter.ts';

/** Fields that leave nothing out, or only what is old: alone they are no filter. */
const WIDE: readonly FieldName[] = ['include', 'posted_since', 'since', 'limit', 'cursor'];

/**
 * The canonical query a subscription keeps. Paging, `since` and closed postings have no meaning in a mail of what is new and are left
 * out. Throws E_FILTER, also for a filter that asks for everything: such mails are long, nobody reads them, and they hold up the others.
 */
export function wantedQuery(text: string): string {
  // People paste the address of the page whose postings they want.
  const asked = /^(?:https?:\/\/|\/)[^?]*\??(.*?)(?:#.*)?$/is.exec(text.trim())?.[1] ?? text;
  const given = parseQuery(asked);
  const filter = mailFilter(given);
  const query = canonicalQuery(filter);
  const names = [...new URLSearchParams(query).keys()];
  if (!names.some(name => !WIDE.includes(name as FieldName))) {
    throw filterMistake('filter', query, 'at least one field that narrows it, such as path, credential, work_mode, state or q');
  }
  return query;
}

/** A filter without what only a page has. */
export function mailFilter(filter: Filter): Filter {
  const { limit, cursor } = parseQuery('');
  return { ...filter, since: null, limit, cursor, include: filter.include.filter(kind => kind !== 'closed') };
}
