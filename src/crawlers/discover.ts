import type { CheerioAPI } from 'cheerio';
import type { Adapter } from './adapter.ts';
import { isTooLarge, loadHtml } from './kit/html.ts';

/** A board system, and which of its boards. */
export type Recognised = { system: string; target: unknown };

const RANK: Record<Adapter['kind'], number> = { ats: 0, aggregator: 1, general: 2 };

/** The board behind an address, by its form alone. An employer's board system wins over the general readers. */
export function recogniseUrl(url: URL, systems: ReadonlyMap<string, Adapter>): Recognised | null {
  const adapters = [...systems.values()].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  for (const adapter of adapters) {
    const target = adapter.recognise(url);
    // What looks like a board but does not fit the form of the system's targets (an empty name, odd signs) is none.
    const parsed = target === null ? null : adapter.target.safeParse(target);
    if (parsed?.success) return { system: adapter.system, target: parsed.data };
  }
  return null;
}

/** The page to ask which board an address is of, where the address is of a board system and does not say; null for any other. */
export function frontPageOf(url: URL, systems: ReadonlyMap<string, Adapter>): string | null {
  for (const adapter of systems.values()) {
    const page = adapter.frontPage?.(url) ?? null;
    if (page !== null) return page;
  }
  return null;
}

/** Where a page may name the board it embeds or links to. */
const NAMING = ['iframe[src]', 'script[src]', 'a[href]', 'form[action]', 'link[href]', '[data-src]', '[data-url]'];
const MOST_ADDRESSES = 5000;
/** Characters of one script, or of one JSON answer, that are looked through. */
const MOST_TEXT = 200_000;

/**
 * The boards a careers page embeds or links to, or the JSON of an interface names, most often named first; then what the page itself offers:
 * JobPosting data, a feed of jobs. A page too large to be parsed names none.
 * @param url the address of the page, after redirects
 */
export function boardsInPage(html: string, url: string, systems: ReadonlyMap<string, Adapter>): Recognised[] {
  const $ = parsed(html);
  if ($ === null) return [];
  const counts = new Map<string, { board: Recognised; count: number; rank: number }>();
  const note = (address: string) => {
    const parsed = URL.parse(address, url);
    if (!parsed || !/^https?:$/.test(parsed.protocol)) return;
    const board = recogniseUrl(parsed, systems);
    const rank = RANK[systems.get(board?.system ?? '')?.kind ?? 'general'];
    if (!board || rank === RANK.general) return;
    const name = JSON.stringify(board);
    const found = counts.get(name) ?? { board, count: 0, rank };
    found.count += 1;
    counts.set(name, found);
  };
  for (const adapter of systems.values()) {
    const target = adapter.named?.(html, new URL(url)) ?? null;
    // What a page says of itself comes before whatever it links to.
    if (target !== null) return [{ system: adapter.system, target }];
  }
  let left = MOST_ADDRESSES;
  for (const selector of NAMING) {
    const attribute = selector.slice(selector.indexOf('[') + 1, -1);
    $(selector).each((_, element) => {
      if (left-- > 0) note($(element).attr(attribute) ?? '');
    });
  }
  // Embeds are often written by a script, and the answers of an interface are JSON: the address then stands in text.
  const texts = /^[\uFEFF\s]*[[{]/.test(html)
    ? [html]
    : $('script:not([src])')
        .toArray()
        .map(element => $(element).text());
  for (const text of texts) {
    for (const [address] of text.slice(0, MOST_TEXT).matchAll(/https?:\\?\/\\?\/[^\s"'<>`]{4,300}/g)) {
      if (left-- > 0) note(address.replaceAll('\\/', '/'));
    }
  }
  const boards = [...counts.values()].sort((a, b) => a.rank - b.rank || b.count - a.count).map(found => found.board);
  return [...boards, ...general($, url, systems)];
}

function parsed(html: string): CheerioAPI | null {
  try {
    return loadHtml(html);
  } catch (error) {
    if (isTooLarge(error)) return null;
    throw error;
  }
}

/** What any site may offer: a list page whose links lead to postings with JobPosting data is told by the data on this very page. */
function general($: CheerioAPI, url: string, systems: ReadonlyMap<string, Adapter>): Recognised[] {
  const found: Recognised[] = [];
  const offer = (system: string, target: unknown) => {
    const adapter = systems.get(system);
    const parsed = adapter?.target.safeParse(target);
    if (parsed?.success) found.push({ system, target: parsed.data });
  };
  $('link[rel~="alternate"][type="application/rss+xml"], link[rel~="alternate"][type="application/atom+xml"]').each((_, element) => {
    const title = $(element).attr('title') ?? '';
    const href = $(element).attr('href');
    if (href && /job|career|opening|position|vacanc/i.test(`${title} ${href}`)) offer('feed', { feed: new URL(href, url).href });
  });
  if ($('script[type="application/ld+json"]').text().includes('JobPosting'))
    offer('jsonld', { sitemap: new URL('/sitemap.xml', url).href });
  return found;
}
