import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, unknown } from '../kit/reading.ts';
import { cutHtml, httpUrl, segments, targetOf, tenantOf } from '../kit/values.ts';

type Target = { company: string };

/** JazzHR: one HTML page lists the board, posting pages carry JSON-LD. An unknown tenant is sent to the vendor's front page, or answers 404. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'jazzhr',
  details: true,
  hosts: ['*.applytojob.com'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/i, 'the first part of the host: acme of acme.applytojob.com') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', tenantOf(url, 'applytojob.com')),
  home: ({ company }) => `https://${company}.applytojob.com/apply`,
  start: target => [{ kind: 'list', url: `${adapter.home(target)}/jobs` }],
  read(page, target) {
    const refused = judge(page, { redirect: 'gone' });
    if (refused) return refused;
    return page.request.kind === 'detail' ? readPostingPage(page, $ => oldTheme($, page)) : readList(page, target);
  },
};

const NOTHING =
  /no (?:open|current|available|active)?\s*(?:positions?|jobs?|openings?|vacancies)|not (?:currently )?hiring|there are (?:currently )?no/i;

function readList(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const base = `https://${target.company}.applytojob.com/`;
  const rows = new Map<string, RawPosting | null>();
  for (const link of $('a[href]').toArray()) {
    const url = httpUrl($(link).attr('href'), base);
    const key = url ? keyOf(new URL(url), target) : null;
    if (!url || !key) continue;
    const title = text($(link).text().replace(/\s+/g, ' '));
    // A second link to the same posting is often an icon or "Apply".
    if (!rows.get(key)) rows.set(key, title ? stub($, link, key, title, url) : null);
  }
  const wrapper = $('#job_listings_wrapper');
  if (rows.size > 0) return listReading({ rows: [...rows.values()], shortfall: cutHtml(page.body) });
  if (wrapper.length === 0) return unknown('the page has no listing of jobs');
  return cutHtml(page.body) || !NOTHING.test(wrapper.text())
    ? unknown('a listing without jobs that does not say that there are none')
    : listReading({ rows: [], emptyIsProof: true });
}

type Link = Parameters<CheerioAPI>[0];

function stub($: CheerioAPI, link: Link, key: string, title: string, url: string): RawPosting {
  const row = $(link).closest('li, tr, .job, .list-group-item');
  const place = row.find('.fa-map-marker, .icon-map-marker').parent().first();
  const cell = row.is('tr') ? row.find('td').eq(1) : place;
  const raw = text(cell.text().replace(/\s+/g, ' '));
  const department = text(row.find('.fa-sitemap, .icon-sitemap').parent().first().text().replace(/\s+/g, ' '));
  return { key, title, department, places: raw ? [{ raw }] : [], url, detail: { kind: 'detail', url, key } };
}

/** The posting's own code in the two address forms: `/apply/jobs/details/{code}` and `/apply/{code}/{Title}`. */
function keyOf(url: URL, target: Target): string | null {
  if (tenantOf(url, 'applytojob.com') !== target.company.toLowerCase()) return null;
  const [apply, first, second, third] = segments(url);
  if (apply !== 'apply') return null;
  if (first === 'jobs') return second === 'details' ? (third ?? null) : null;
  return first && /^[A-Za-z0-9]{8,16}$/.test(first) && second ? first : null;
}

/** Pages older than the structured data: `[Department - ]Location - Employment type` under the title. */
function oldTheme($: CheerioAPI, page: Page): RawPosting | null {
  const title = text($('h1.job_title, .job-header h1').first().text());
  const html = text($('#job_description, #job-description, .job_description').first().html());
  if (!title || !html) return null;
  const said = ($('h3.job_meta').first().text() ?? '')
    .split(/\s+-\s+/)
    .map(text)
    .filter(part => part !== null);
  const place = said.length > 1 ? said.at(-2) : said[0];
  return {
    key: page.request.key ?? page.url,
    title,
    department: said.length > 2 ? (said[0] ?? null) : null,
    places: place ? [{ raw: place }] : [],
    employment: texts(said.length > 1 ? said.at(-1) : undefined),
    url: page.url,
    body: [{ html }],
  };
}
