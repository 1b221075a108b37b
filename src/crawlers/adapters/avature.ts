import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type RawPosting } from '../adapter.ts';
import { cardsOf } from '../kit/cards.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, detailReading, gone, judge, listReading, reading, unknown } from '../kit/reading.ts';
import { cutHtml, cutText, dated, httpUrl, segments, splitPlaces, tenantOf, workModeOf } from '../kit/values.ts';
import { factIn, fieldsOf, textsIn, wordsOf } from './_avature-fields.ts';

/** `portal` is the path in front of the portal's pages, with its language where it has one: `careers`, `en_US/careers`. */
type Target = { host: string; portal: string };

const RESERVED = ['assets', 'analytics'];
const PORTAL = /^(?:[a-z]{2}_[A-Z]{2}\/)?(?![a-z]{2}_[A-Z]{2}$)[A-Za-z][\w-]*$/;
const DETAIL = /^(?:Job|Folder|Pipeline)Detail$/i;

/**
 * Avature's portals: HTML lists of 6 to 20 rows, as many as the portal sets, and a page of labelled fields per posting. Themes differ in what a
 * row says beside its title. A posting that is gone leads to the portal's error page. A portal that tells no count, or `999+`, proves no absence.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'avature',
  details: true,
  hosts: ['*.avature.net', "employers' own domains"],
  target: z.strictObject({ host: z.hostname(), portal: z.string().regex(PORTAL, 'the path of the portal: careers or en_US/careers') }),
  example: { host: 'acme.avature.net', portal: 'careers' },
  recognise,
  home: target => `https://${nameOf(target)}/SearchJobs`,
  start: target => [{ kind: 'list', url: `https://${nameOf(target)}/SearchJobs/` }],
  read(page, target) {
    if (page.status === 202) return reading('challenge', 'HTTP 202: the portal challenges scripts');
    const detail = page.request.kind === 'detail';
    // A redirect within the host has been followed by now.
    if (detail && [page.headers.location ?? '', page.url].some(address => /\/Error(?:[?#]|$)/.test(address))) {
      return gone("the answer leads to the portal's error page");
    }
    const refused = judge(page);
    if (refused) return refused;
    return detail ? readDetail(page, target) : readList(page, target);
  },
};

const nameOf = ({ host, portal }: Target) => `${host}/${portal}`;
/** Whose pages they are: the languages of a portal are one board. */
const ownerOf = ({ host, portal }: Target) => `${host}/${portal.split('/').at(-1)}`.toLowerCase();

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const rows = linkedRows($, page.url);
  const canonical = boardOf(canonicalOf($));
  const own = ownerOf(target);
  const linked = [...rows.values()].map(({ url }) => boardOf(url));
  const other = anotherBoard([canonical], own) ?? anotherBoard(linked, own);
  if (other) return other;
  const later = new URL(page.request.url).search !== '';
  const [total, cut] = [totalOf($), cutHtml(page.body)];
  if (rows.size === 0 && (cut || canonical === null)) return unknown(cut ?? 'the page is no list of this system');
  const card = cardsOf(
    $,
    [...rows].map(([key, { link }]) => ({ key, link })),
    'article, .list__item, tr',
  );
  const next = httpUrl($('a.paginationNextLink[href]').first().attr('href'), page.url);
  return listReading({
    // A portal may show postings of another one beside its own.
    rows: [...rows].filter(([, { url }]) => boardOf(url) === own).map(([key, row]) => stub($, key, row, card(row.link))),
    total,
    later,
    follow: next && rows.size > 0 && boardOf(new URL(next)) === own ? [{ kind: 'list', url: next }] : [],
    shortfall: cut ?? (total === null ? 'the portal does not say how many postings there are' : null),
  });
}

type Link = Parameters<CheerioAPI>[0];
type Row = { url: URL; title: string | null; heading: boolean; link: Link };

/** The postings a list links to. A heading names the posting; its other links say "Apply" or "View more". */
function linkedRows($: CheerioAPI, base: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const link of $('a[href*="Detail/"]').toArray()) {
    const url = URL.parse(httpUrl($(link).attr('href'), base) ?? '');
    const key = url && keyOf(url);
    if (!url || !key) continue;
    const heading = $(link).closest('h1, h2, h3, h4, h5').length > 0;
    const known = rows.get(key);
    if (known && (known.heading || !heading)) continue;
    const said = wordsOf($(link));
    rows.set(key, {
      url,
      title: said && !heading && /^(?:apply|view|read|see|learn|more|details)\b/i.test(said) ? null : said,
      heading,
      link,
    });
  }
  return rows;
}

/** The count that the list's legend or a heading tells: `1-12 of 436 results`. Null for `999+ results` and for portals that tell none. */
function totalOf($: CheerioAPI): number | null {
  const legends = $('.list-controls__text__legend').toArray();
  const headings = $('h1, h2, h3, h4, h5, h6').toArray();
  const said = [...legends.map(legend => $(legend).attr('aria-label') ?? null), ...[...legends, ...headings].map(one => wordsOf($(one)))];
  const counts = said.map(words => /^(?:\d+\s*-\s*\d+\s+of\s+)?(\d[\d,]*)\s+results?$/i.exec(words ?? '')?.[1]);
  const count = counts.find(found => found !== undefined);
  return count === undefined ? null : Number(count.replaceAll(',', ''));
}

function stub($: CheerioAPI, key: string, { url, title }: Row, card: ReturnType<CheerioAPI> | null): RawPosting | null {
  if (!title) return null;
  const fields = card ? fieldsOf($, card, '.article__content__field') : [];
  const wordsAt = (selector: string) => (card ? wordsOf(card.find(selector).first()) : null);
  const posted = /\bPosted:?\s+(\d{1,2}-[A-Za-z]{3}-\d{4})\b/.exec(card?.text().slice(0, 5_000) ?? '')?.[1];
  return {
    key,
    title,
    department: factIn(fields, 'department') ?? wordsAt(':has(> .icon-tag)'),
    requisition: factIn(fields, 'requisition'),
    places: splitPlaces(wordsAt('.list-item-location') ?? factIn(fields, 'place') ?? wordsAt(':has(> .icon-address)')).map(raw => ({
      raw,
    })),
    posted: dated(posted, 'Posted'),
    url: publicUrl(url),
    detail: { kind: 'detail', url: publicUrl(url), key },
  };
}

function readDetail(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const canonical = canonicalOf($);
  const other = anotherBoard([boardOf(canonical)], ownerOf(target));
  if (other) return other;
  const own = canonical && keyOf(canonical);
  const stranger = anotherPosting(page, own ?? keyOf(new URL(page.url)));
  if (stranger) return stranger;
  const key = page.request.key ?? own;
  const posting = fieldsPage($, key, publicUrl(canonical ?? new URL(page.url)));
  // A text that says "open until the position is filled" is no closed posting: whether the page says so is asked last.
  const cut = posting && cutText(page.body);
  if (cut) return unknown(cut);
  return posting ? detailReading(posting) : readPostingPage(page);
}

/** A posting page as the portals have it: facts are fields with a label, texts are mostly fields without. */
function fieldsPage($: CheerioAPI, key: string | null, url: string): RawPosting | null {
  const title = text($('meta[property="og:title"]').attr('content'));
  if (!title || !key) return null;
  const fields = fieldsOf($, $('body'), '.article__content__view__field');
  const body = textsIn(fields, title);
  if (body.length === 0) return null;
  return {
    key,
    title,
    company: factIn(fields, 'company'),
    department: factIn(fields, 'department'),
    requisition: factIn(fields, 'requisition'),
    places: splitPlaces(factIn(fields, 'place')).map(raw => ({ raw })),
    workMode: workModeOf(factIn(fields, 'workMode')),
    pay: factIn(fields, 'pay'),
    employment: texts(factIn(fields, 'employment')),
    posted: dated(factIn(fields, 'posted'), 'Posted'),
    url,
    body,
  };
}

function canonicalOf($: CheerioAPI): URL | null {
  return URL.parse($('link[rel="canonical"]').attr('href') ?? '');
}

/** The number at the end of `{portal}/JobDetail/{words}/{number}`; the words may be missing. */
function keyOf(url: URL): string | null {
  const path = segments(url);
  const [page, id] = [path.findIndex(segment => DETAIL.test(segment)), path.at(-1)];
  return page > 0 && page < path.length - 1 && id && /^\d+$/.test(id) ? id : null;
}

function boardOf(url: URL | null): string | null {
  const found = url && portalOf(url);
  return found && ownerOf(found);
}

/** The portal of a list or a posting page, on any host. */
function portalOf(url: URL): Target | null {
  const path = segments(url);
  const page = path.findIndex(segment => DETAIL.test(segment) || /^SearchJobs$/i.test(segment));
  return targetAt(url, path.slice(0, Math.max(page, 0)).join('/'));
}

function targetAt(url: URL, portal: string): Target | null {
  return PORTAL.test(portal) ? { host: url.hostname.toLowerCase(), portal } : null;
}

/** A list or a posting page of a portal; on the system's own hosts, any page of it. */
function recognise(url: URL): Target | null {
  const found = portalOf(url);
  if (found || !tenantOf(url, 'avature.net', RESERVED)) return found;
  const path = segments(url);
  return targetAt(url, path.slice(0, 2).join('/')) ?? targetAt(url, path[0] ?? '');
}

/** The address without its parameters, which only say where a visitor came from. */
function publicUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
