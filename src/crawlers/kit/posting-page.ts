import type { CheerioAPI } from 'cheerio';
import type { Page, PageReading, RawPosting } from '../adapter.ts';
import { loadHtml } from './html.ts';
import { identifierOf, postingOf } from './jobposting.ts';
import type { JsonObject } from './json.ts';
import { findJobPostings, findMicrodata } from './ldjson.ts';
import { readPlainPosting } from './plain-posting.ts';
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

/** "Open until the position is filled" speaks of a day to come. */
const TO_COME = /(?<!\b(?:until|till|when|once|if|after|before|unless) (?:(?:the|this|that|a|our) )?)/.source;
/** "The job you are trying to apply for" (Phenom), "the position you were looking for". */
const SOUGHT =
  /\b(?:position|job|role|posting|vacancy|opening) (?:that )?you(?: are| were|['’]re) (?:trying to (?:apply for|view|reach)|looking for)/
    .source;
const CLOSED = new RegExp(
  `no longer (?:available|open|active|posted|accepting applications)|(?:job|position|posting|vacancy) (?:could not be|(?:was|is) not|cannot be) found|\\b(?:job|posting) (?:listing )?no longer exists|${SOUGHT} (?:has been|is|was) (?:filled|closed|removed|expired)|${TO_COME}\\b(?:position|job|posting|vacancy|requisition|opening) (?:has been|is|was) (?:filled|closed|removed|expired)|(?:position|job|posting|vacancy) (?:has )?expired`,
  'i',
);

/**
 * The postings of a detail page with schema.org JobPosting (JSON-LD, else microdata). The first has the key that was asked for.
 * A page that carries none and says that the posting is closed is `gone`; of any other `otherwise` may read what its system writes, and the
 * general reader what it shows, where that is sure to be a posting.
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
  takeAway($('script, style, template, noscript, [hidden]').toArray());
  if (CLOSED.test($('body').text().slice(0, 20_000))) return gone('the page says that the posting is closed');
  const other = otherwise($);
  const cut = other && cutText(page.body);
  if (cut) return unknown(cut);
  if (other) return reading('board', 'one posting, read from the page itself', { postings: [other] });
  if (found.length > 0) return unknown('a JobPosting without a title');
  const plain = isElsewhere(page) ? { why: 'the request was led to another page' } : readPlainPosting($, page);
  if ('posting' in plain) return reading('board', 'one posting, read from what the page shows', { postings: [plain.posting] });
  const data = broken.length > 0 ? `the structured data is broken: ${broken[0]}` : 'no JobPosting on the page';
  return unknown(`${data}, and ${plain.why}`);
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
