import type { CheerioAPI } from 'cheerio';
import type { Page, PageReading, RawPosting } from '../adapter.ts';
import { isMaintenancePage } from '../maintenance.ts';
import { closingOf } from './closing-words.ts';
import { loadHtml } from './html.ts';
import { identifierOf, postingOf } from './jobposting.ts';
import type { JsonObject } from './json.ts';
import { findJobPostings, findMicrodata } from './ldjson.ts';
import { hasApply, readPlainPosting } from './plain-posting.ts';
import { counted, gone, reading, unknown } from './reading.ts';
import { takeAway } from './take-away.ts';
import { cutText, distinctPlaces, httpUrl, segments } from './values.ts';

/** An address without scheme, `www.`, fragment, tracking parameters and closing slash: what stays the same when a site is tidied. */
export function keyOf(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (/^(?:utm_|gclid|fbclid|src$|source$)/i.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  return `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

/**
 * The postings of a detail page with schema.org JobPosting (JSON-LD, else microdata). The first has the key that was asked for.
 * Of a page that carries none `otherwise` may read what its system writes, and the general reader what it shows, where that is sure to be a
 * posting. A page that says that its posting is closed is `gone`, unless it shows one at length with a way to apply.
 */
export function readPostingPage(page: Page, otherwise: ($: CheerioAPI) => RawPosting | null = () => null): PageReading {
  const $ = loadHtml(page.body);
  const { postings: jobs, broken } = findJobPostings($);
  const found = jobs.length > 0 ? jobs : findMicrodata($);
  const own = found.filter(job => {
    const said = httpUrl(Array.isArray(job.url) ? job.url[0] : job.url, page.url);
    return said !== null && [page.url, page.request.url].some(url => keyOf(said) === keyOf(url));
  });
  const postings = distinctPostings(own.length > 0 ? own : found, page);
  if (postings.length > 0) return reading('board', counted(postings.length), { postings });
  const lack = found.length > 0 ? 'a JobPosting without a title' : null;
  takeAway($('script, style, template, noscript, [hidden]').toArray());
  const closing = closingOf($);
  if (closing === 'page') return closed(page);
  const applies = hasApply($);
  const shown = shownPosting($, page, { otherwise, lack });
  if ('posting' in shown) {
    const { posting, how } = shown;
    const cut = cutText(page.body);
    if (cut) return unknown(cut);
    return closing && !applies && !posting.applyUrl ? closed(page) : reading('board', `one posting, ${how}`, { postings: [posting] });
  }
  if (closing) return closed(page);
  const data = broken.length > 0 ? `the structured data is broken: ${broken[0]}` : 'no JobPosting on the page';
  return unknown(lack ?? `${data}, and ${shown.why}`);
}

/** What closing words mean: those of a page that stands in for a site that is away mean nothing. */
function closed({ body }: Page): PageReading {
  return isMaintenancePage(body) ? unknown('a maintenance page') : gone('the page says that the posting is closed');
}

/** What a page without structured data shows. One whose data `lack`s something is not left to the general reader. */
function shownPosting(
  $: CheerioAPI,
  page: Page,
  { otherwise, lack }: { otherwise: ($: CheerioAPI) => RawPosting | null; lack: string | null },
): { posting: RawPosting; how: string } | { why: string } {
  const posting = otherwise($);
  if (posting) return { posting, how: 'read from the page itself' };
  if (lack) return { why: lack };
  if (isElsewhere(page)) return { why: 'the request was led to another page' };
  const plain = readPlainPosting($, page);
  return 'posting' in plain ? { ...plain, how: 'read from what the page shows' } : plain;
}

/** One object per place is one posting; another title or number is another. */
function distinctPostings(jobs: readonly JsonObject[], page: Page): RawPosting[] {
  const seen = new Map<string, RawPosting>();
  for (const job of jobs) {
    const posting = postingOf(job, page.url, seen.size === 0 ? (page.request.key ?? null) : null);
    if (!posting) continue;
    const same = `${posting.title}\n${identifierOf(job.identifier) ?? ''}`;
    const first = seen.get(same);
    if (first) for (const place of posting.places) first.places.push(place);
    else seen.set(same, posting);
  }
  return [...seen.values()].map(posting => ({ ...posting, places: distinctPlaces(posting.places) }));
}

/** Whether a redirect led away from the posting that was asked for: its address, or the last part of it, must still be there. */
function isElsewhere({ request, url }: Page): boolean {
  const last = segments(new URL(request.url)).at(-1);
  return keyOf(request.url) !== keyOf(url) && !segments(new URL(url)).some(part => last !== undefined && part.startsWith(last));
}
