import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { amount, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, gone, judge, listReading, type Row, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, segments, targetOf } from '../kit/values.ts';

type Target = { company: string };

const HOST = 'jobs.jobvite.com';
const PAGE = 50;

/**
 * Jobvite's search page: 50 rows a page, a posting page with JSON-LD each. The board's front page is not read, since it cuts long
 * categories. An unknown company and a withdrawn posting are both told by where the answer leads.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jobvite',
  details: true,
  hosts: [HOST],
  target: z.strictObject({ company: z.string().regex(/^[\w.-]+$/, 'the first part of the path: acme of jobs.jobvite.com/acme/jobs') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', url.hostname === HOST ? companyIn(url) : null),
  home: ({ company }) => `https://${HOST}/${encodeURIComponent(company)}/jobs`,
  start: target => [searchPage(target, 0)],
  read(page, target) {
    const [to] = [page.headers.location ?? '', page.url].filter(address => /[?&](?:invalid=1|error=404)(?:&|$)/.test(address));
    if (to !== undefined) return gone(`the answer leads to ${to}`);
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readPostingPage(page, $ => plainPage($, page)) : readList(page, target);
  },
};

/** With `nl` and `fr` a board that is shown inside the employer's site does not lead there. Without the slash `p` is not heeded everywhere. */
function searchPage({ company }: Target, page: number): PageRequest {
  const paging = page > 0 ? `/?p=${page}&` : '?';
  return { kind: 'list', url: `https://${HOST}/${encodeURIComponent(company)}/search${paging}nl=1&fr=true`, note: { page } };
}

function companyIn(url: URL): string | null {
  const path = segments(url);
  if (path[0] === 'careers') path.shift();
  return path[0] && ['jobs', 'job', 'search'].includes(path[1] ?? 'jobs') ? path[0] : null;
}

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const number = amount(page.request.note?.page) ?? 0;
  const { rows, named } = linkedRows($);
  const other = anotherBoard(named, target.company);
  if (other && named.every(name => name !== null)) return other;
  const [, last, total] = /\d+\s*-\s*(\d+)\s+of\s+(\d+)/i.exec($('.jv-pagination-text').text()) ?? [];
  const counted = total === undefined ? null : Number(total);
  const more = $('.jv-pagination-next[href]').length > 0 || (counted !== null && Number(last) < counted);
  if (rows.size === 0) {
    const says = /no results found|no (?:open|current)? ?(?:positions|jobs|openings)/i.test($('.jv-page-body, .jv-wrapper').text());
    if (number === 0 && !(says && !cutHtml(page.body))) return unknown('a page without postings that does not say that there are none');
  }
  return listReading({
    rows: [...rows.values()],
    total: number === 0 ? counted : null,
    later: number > 0,
    emptyIsProof: number === 0,
    follow: more && rows.size > 0 ? [searchPage(target, number + 1)] : [],
    shortfall: cutHtml(page.body) ?? (rows.size >= PAGE && !more && counted === null ? 'a full page that names no next one' : null),
  });
}

/** The postings a list links to, and the companies those links name. */
function linkedRows($: CheerioAPI) {
  const rows = new Map<string, Row>();
  const named: (string | null)[] = [];
  for (const link of $('a[href]').toArray()) {
    const href = $(link).attr('href') ?? '';
    const url = httpUrl(href, `https://${HOST}/`);
    const key = url ? keyOf(new URL(url)) : null;
    if (!url || !key) continue;
    // Relative links are the page's own; only whole ones can lead to somebody else's board.
    named.push(/^https?:/i.test(href) ? companyIn(new URL(url)) : null);
    if (!rows.get(key)) rows.set(key, stub($, link, key, url));
  }
  return { rows, named };
}

function keyOf(url: URL): string | null {
  if (url.hostname !== HOST) return null;
  const path = segments(url);
  if (path[0] === 'careers') path.shift();
  return path.length === 3 && path[1] === 'job' ? (path[2] ?? null) : null;
}

type Link = Parameters<CheerioAPI>[0];

function stub($: CheerioAPI, link: Link, key: string, url: string): RawPosting | null {
  const name = $(link).find('.jv-job-list-name').first();
  const title = text((name.length > 0 ? name : $(link)).text().replace(/\s+/g, ' '));
  if (!title) return null;
  const row = $(link).closest('tr, li').first();
  const place = text((row.length > 0 ? row : $(link)).find('.jv-job-list-location').first().text().replace(/\s+/g, ' '));
  const address = new URL(url);
  address.search = '';
  return {
    key,
    title,
    // `3 Locations` names none; the posting page does.
    places: place && !/^\d+ locations?$/i.test(place) ? [{ raw: place }] : [],
    url: address.href,
    applyUrl: `${address.href}/apply`,
    detail: { kind: 'detail', url: address.href, key },
  };
}

/** A posting page without structured data: title, `Category | Place` and the text. */
function plainPage($: CheerioAPI, page: Page): RawPosting | null {
  const title = text($('.jv-header').first().text().replace(/\s+/g, ' '));
  const body = $('.jv-job-detail-description').first();
  body.children('h3').first().remove();
  const html = text(body.html());
  if (!title || !html) return null;
  const meta = $('.jv-job-detail-meta').first();
  meta.find('.jv-inline-separator').replaceWith('\u001F');
  const [category, ...places] = meta
    .text()
    .split('\u001F')
    .map(part => text(part.replace(/\s+/g, ' ')))
    .filter(part => part !== null);
  return {
    key: page.request.key ?? keyOf(new URL(page.url)) ?? page.url,
    title,
    department: places.length > 0 ? (category ?? null) : null,
    places: places.map(raw => ({ raw })),
    url: page.url,
    body: [{ html }],
  };
}
