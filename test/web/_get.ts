import { load } from 'cheerio';
import type { TestSite } from './_site.ts';

/** Asks a site as a browser does, without following redirects. */
export function getter(site: () => TestSite) {
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${site().origin}${path}`, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, $: load(text) };
  };
}

/** The ids that the API gives for a filter. */
export async function apiIds(site: TestSite, query: string): Promise<string[]> {
  const answer = (await (await fetch(`${site.origin}/api/v1/postings?${query}`)).json()) as { items: { id: string }[] };
  return answer.items.map(({ id }) => id);
}

/** The same, by the date of the employer, as people are shown them. */
export async function newestIds(site: TestSite, query: string): Promise<string[]> {
  const answer = await fetch(`${site.origin}/api/v1/postings?${query}&limit=100`);
  const { items } = (await answer.json()) as { items: { id: string; posted_at: { value: string } | null; first_seen: string }[] };
  const dated = items.map(({ id, posted_at, first_seen }) => ({ id, date: posted_at?.value ?? first_seen.slice(0, 10) }));
  return dated.sort((a, b) => (a.date < b.date || (a.date === b.date && a.id < b.id) ? 1 : -1)).map(({ id }) => id);
}

/** The ids of the postings that links lead to. */
export function linkedIds($: ReturnType<typeof load>, selector: string): string[] {
  return $(selector)
    .map((_, link) => decodeURIComponent(/\/jobs\/([^?]+)/.exec($(link).attr('href') ?? '')?.[1] ?? ''))
    .get();
}

/** The policy of every page that is not made for frames. */
export const POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
