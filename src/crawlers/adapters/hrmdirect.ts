import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawDate, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, anotherPosting, detailReading, judge, listReading, ownRows, unknown } from '../kit/reading.ts';
import { cutHtml, dated, decodeOnce, httpUrl, joinPlace, segments, targetOf, tenantOf, workModeOf } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';

type Target = { company: string };

/** Hosts of the vendor's own. */
const RESERVED = ['apply', 'resume', 'talent', 'preview', 'cssstatic1'];

/**
 * HRM Direct, where ClearCompany shows the boards of its customers: a feed holds the whole board, a row per place, its texts cut; the
 * posting's own page has the whole text. An unknown tenant answers 404. The page people see lists a part of large boards only, so that it is
 * read where it comes instead of the feed, and never taken for the whole. Several labels of one account answer with the same postings.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'hrmdirect',
  details: true,
  evidence: 'described',
  hosts: ['*.hrmdirect.com', '*.clearcompany.com'],
  target: z.strictObject({ company: z.string().regex(/^[a-z0-9-]+$/, 'the first part of the host: acme of acme.hrmdirect.com') }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', companyOf(url)),
  home: ({ company }) => `https://${company}.hrmdirect.com/employment/job-openings.php?search=true`,
  start: ({ company }) => [{ kind: 'list', url: `https://${company}.hrmdirect.com/employment/xml.php`, headers: { accept: 'text/xml' } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readDetail(page, target);
    return /^[\uFEFF\s]*<(?:\?xml|source\b)/.test(page.body) ? readFeed(page, target) : readTable(page, target);
  },
};

/** One label names an employer on both of the vendor's domains; on clearcompany.com its address leads to the board here. */
function companyOf(url: URL): string | null {
  const [first, second] = segments(url);
  if (url.hostname === 'careers-page.clearcompany.com') return first === 'jobs' ? (second?.toLowerCase() ?? null) : null;
  return tenantOf(url, 'hrmdirect.com', RESERVED) ?? (first === 'careers' ? tenantOf(url, 'clearcompany.com') : null);
}

function addressOf({ company }: Target, requisition: string): string {
  return `https://${company}.hrmdirect.com/employment/job-opening.php?req=${requisition}`;
}

function readFeed(page: Page, target: Target): PageReading {
  const parsed = parseXml(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  if (parsed.root.name !== 'source') return unknown(`an XML document of another kind: <${parsed.root.name}>`);
  const jobs = childrenOf(parsed.root, 'job');
  const named = jobs.map(namedCompany);
  const other = anotherBoard(named, target.company);
  if (other) return other;
  const { own, shortfall } = ownRows(jobs, named, target.company);
  return listReading({ rows: own.map(job => fed(job, target)), perLocation: true, shortfall });
}

function fed(job: XmlNode, target: Target): RawPosting | null {
  const said = (name: string) => decodeOnce(childText(job, name) ?? '') || null;
  const [city, region, country] = [said('city'), said('state'), said('country')];
  const raw = joinPlace(city, region, country);
  return stub(target, said('referencenumber'), {
    title: said('title'),
    company: said('company'),
    department: said('department'),
    requisition: said('customreqid'),
    places: raw ? [{ raw, city, region, country }] : [],
    workMode: workModeOf(said('office')),
    posted: dayOf(said('date')),
    applyUrl: httpUrl(said('applylink')),
  });
}

function namedCompany(job: XmlNode): string | null {
  const url = URL.parse(childText(job, 'url') ?? '');
  return url ? tenantOf(url, 'hrmdirect.com', RESERVED) : null;
}

/** The clock and the zone are made up: midnight in New York, said to be in Europe. The day is true. */
function dayOf(date: string | null): RawDate | null {
  const day = /^(?:[A-Za-z]{3},\s*)?(\d{1,2} [A-Za-z]{3} \d{4})\b/.exec(date ?? '')?.[1];
  return dated(day ?? date, 'date');
}

/** The page people see: a table whose columns each employer chooses. */
function readTable(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const rows = $('tr[data-req-id]').toArray();
  const company = /Careers At (.+)$/i.exec($('title').first().text().trim())?.[1] ?? null;
  return listReading({
    rows: rows.map(row => {
      const cell = (name: string) => text($(row).find(`td.${name}`).first().text().replace(/\s+/g, ' '));
      const raw = joinPlace(cell('cities'), cell('state'));
      const cells = $(row).find('td').toArray();
      const day = cells.map(one => $(one).text().trim()).find(said => /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(said));
      return stub(target, text($(row).attr('data-req-id')), {
        title: cell('posTitle'),
        company,
        department: cell('departments'),
        places: raw ? [{ raw }] : [],
        posted: dated(day, 'date'),
      });
    }),
    perLocation: true,
    shortfall: [cutHtml(page.body), 'the page of a board may show a part of it only'].filter(Boolean).join('; '),
  });
}

type Facts = Omit<RawPosting, 'key' | 'url' | 'title'> & { title: string | null };

function stub(target: Target, key: string | null, { title, ...facts }: Facts): RawPosting | null {
  if (!key || !title || !/^\d+$/.test(key)) return null;
  const url = addressOf(target, key);
  const detail: PageRequest = { kind: 'detail', url, key, note: { placed: facts.places.length > 0 } };
  return { key, title, ...facts, url, detail };
}

function readDetail(page: Page, target: Target): PageReading {
  const other = anotherPosting(page, new URL(page.url).searchParams.get('req'));
  if (other) return other;
  const $ = loadHtml(page.body);
  const title = text($('.reqResult h2').first().text().replace(/\s+/g, ' '));
  const html = text($('.jobDesc').first().html());
  if (!title || !html) return readPostingPage(page);
  if (cutHtml(page.body)) return unknown('the page is cut off: its end is missing');
  const fields = fieldsOf($);
  const place = page.request.note?.placed === true ? null : fields.get('location');
  const salary = fields.get('salary');
  const key = page.request.key ?? new URL(page.url).searchParams.get('req') ?? page.url;
  return detailReading({
    key,
    title,
    department: fields.get('department') ?? null,
    requisition: fields.get('job id') ?? null,
    places: place ? [{ raw: place }] : [],
    workMode: workModeOf(fields.get('workplace type')),
    pay: salary && /[1-9]/.test(salary) ? salary : null,
    employment: texts(fields.get('employee type') ?? fields.get('employment type') ?? fields.get('job status')),
    url: addressOf(target, key),
    body: partOf(html),
  });
}

/** What stands beside the text, by labels each employer chooses. */
function fieldsOf($: CheerioAPI): Map<string, string> {
  const fields = new Map<string, string>();
  for (const label of $('.viewFieldName').toArray()) {
    const name = $(label).text().replace(/\s+/g, ' ').trim().replace(/\s*:$/, '').toLowerCase();
    const value = text($(label).nextAll('.viewFieldValue').first().text().replace(/\s+/g, ' '));
    if (name && value && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}
