/** The year the ids were first given out; part of every id, so it never changes (RFC 4151). */
const YEAR = 2026;

/** The permanent id of a posting in RSS, Atom and JSON Feed. It depends on nothing that a crawl or an employer can change. */
export function tagOf(domain: string, id: string): string {
  return `tag:${domain},${YEAR}:job/${id}`;
}

/** The posting's id again; the text itself when it is no tag. */
export function idOfTag(text: string): string {
  return /^tag:[^,]+,\d{4}:job\/(.+)$/.exec(text)?.[1] ?? text;
}

/** The permanent id of a feed itself. */
export function feedTagOf(domain: string, canonical: string): string {
  return `tag:${domain},${YEAR}:feed${canonical === '' ? '' : `?${canonical}`}`;
}
