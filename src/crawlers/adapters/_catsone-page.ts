import type { CheerioAPI } from 'cheerio';
import type { Page, PageReading, RawPosting } from '../adapter.ts';
import { assignedJson } from '../kit/assigned.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { at, type Json, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherPosting, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, joinPlace, workModeOf } from '../kit/values.ts';

/** The pages of CATS' portals, which come in several themes: common to all are the addresses. */

/** `/careers/{portal}-{name}/jobs/{posting}-{title}`; the words may be missing, and the posting too. */
export function whereIs(url: URL): { portal: number; posting: string | null } | null {
  const [, portal, posting = null] =
    /^\/careers\/([1-9]\d{0,8})(?:-[^/]*)?(?:\/jobs(?:\/(\d+)(?:-[^/]*)?(?:\/.*)?)?)?\/?$/.exec(url.pathname) ?? [];
  return portal ? { portal: Number(portal), posting } : null;
}

/** The portals that a careers page leads to or links, in order; or that the page is cut. */
export function portalsIn(page: Page): { portals: number[]; cut: string | null } {
  const here = whereIs(new URL(page.url));
  if (here) return { portals: [here.portal], cut: null };
  const linked = links(loadHtml(page.body), page.url).map(({ url }) => whereIs(url)?.portal);
  return { portals: [...new Set(linked.filter(portal => portal !== undefined))], cut: cutHtml(page.body) };
}

/** The postings that a page of a portal links to. Links of other portals are none of them; a link without a title is null. */
export function linkedPostings(page: Page, portal: number): { rows: (RawPosting | null)[]; cut: string | null } {
  const $ = loadHtml(page.body);
  const rows = new Map<string, RawPosting | null>();
  for (const { link, url } of links($, page.url)) {
    const where = whereIs(url);
    if (!where?.posting || where.portal !== portal || /\/apply\/?$/.test(url.pathname)) continue;
    const known = rows.get(where.posting);
    if (known === undefined || known === null) rows.set(where.posting, stub($, link, url, where.posting));
  }
  return { rows: [...rows.values()], cut: cutHtml(page.body) };
}

type Link = Parameters<CheerioAPI>[0];

function links($: CheerioAPI, base: string): { link: Link; url: URL }[] {
  return $('a[href*="/careers/"]')
    .toArray()
    .flatMap(link => {
      const url = httpUrl($(link).attr('href'), base);
      return url ? [{ link, url: new URL(url) }] : [];
    });
}

function stub($: CheerioAPI, link: Link, url: URL, key: string): RawPosting | null {
  const card = $(link).closest('.cats-job');
  const row = card.length > 0 ? card : $(link);
  const wordsAt = (selector: string) => wordsOf(row.find(selector).first().text());
  const title = wordsAt('.title-cell') ?? wordsAt('.cats-job-title') ?? wordsOf($(link).text());
  if (!title) return null;
  const place = wordsAt('[data-label="Location"]') ?? wordsAt('.cats-job-location');
  return {
    key,
    title,
    department: wordsAt('[data-label="Category"]') ?? wordsAt('.cats-job-category'),
    places: place ? [{ raw: place }] : [],
    url: url.href,
    detail: { kind: 'detail', url: url.href, key },
  };
}

/** How CATS calls a contract. Its `H` is a direct hire, which says nothing of the hours. */
const CONTRACTS = ['C', 'C2H'];

/** A posting page: JSON-LD where there is some, and the state its script begins with, which says more. */
export function readCatsPosting(page: Page): PageReading {
  const said = whereIs(new URL(page.url))?.posting ?? null;
  const key = page.request.key ?? said;
  const other = anotherPosting(page, said);
  if (other) return other;
  const state = assignedJson(page.body, 'window.__PRELOADED_STATE__');
  const job = 'json' in state && key ? at(state.json, 'app', 'entities', 'jobs', key) : undefined;
  const reading = readPostingPage(page, $ => plainPosting($, page, key, job));
  const [posting] = reading.postings;
  // What is cut need not be the structured data, whose text may be the shorter one.
  const cut = cutHtml(page.body);
  if (posting && cut) return unknown(cut);
  if (reading.marker !== 'board' || !posting || job === undefined) return reading;
  return { ...reading, postings: [withState(posting, job)] };
}

function plainPosting($: CheerioAPI, page: Page, key: string | null, job: Json | undefined): RawPosting | null {
  const body = partOf($('.job-description, #job-description, .cats-job-description').first().html() ?? at(job, 'description'));
  const title = text(at(job, 'title')) ?? wordsOf($('.job-header h1, .job-header h2').first().text()) ?? '';
  return key && body.length > 0 ? { key, title, places: [], url: page.url, body } : null;
}

/** The structured data of some portals has a shorter text, and none has the kind of work. */
function withState(posting: RawPosting, job: Json): RawPosting {
  const said = partOf(at(job, 'description'));
  const length = (parts: RawPosting['body']) => (parts ?? []).reduce((sum, part) => sum + (part.html ?? part.text ?? '').length, 0);
  const [city, region, country] = ['city', 'state', 'country'].map(name => text(at(job, name)));
  const raw = joinPlace(city, region, country);
  return {
    ...posting,
    department: posting.department ?? text(at(job, 'category')),
    places: posting.places.length > 0 || !raw ? posting.places : [{ raw, city, region, country }],
    workMode: workModeOf(at(job, 'remoteType')) ?? posting.workMode ?? null,
    employment: posting.employment?.length || !CONTRACTS.includes(text(at(job, 'type')) ?? '') ? (posting.employment ?? []) : ['Contract'],
    body: length(said) > length(posting.body) ? said : (posting.body ?? []),
  };
}

function wordsOf(words: string): string | null {
  return text(words.replace(/\s+/g, ' '));
}
