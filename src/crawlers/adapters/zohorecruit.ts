import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { at, type Json, parseJson, text, texts } from '../kit/json.ts';
import { anotherBoard, gone, judge, listReading, type Row, unknown } from '../kit/reading.ts';
import { cutHtml, dated, decodeOnce, joinPlace } from '../kit/values.ts';

type Target = { host: string };

const HOST = /^(?!(?:www|accounts|recruit|static|help|css|creator)\.)[a-z0-9-]+\.zohorecruit\.(?:com|eu|in|ca|com\.au)$/;
/** More postings a careers page does not show, and it knows no second page. */
const MOST = 50;

/**
 * Zoho Recruit's careers sites: the page holds at most 50 whole postings as JSON in a hidden input. Some sites leave the input empty and load
 * their postings by a script, so that an empty one proves nothing. A site that is gone answers 200 with a notice. Written from ever-jobs, openroles
 * and three others that read the same input.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'zohorecruit',
  evidence: 'described',
  hosts: ['*.zohorecruit.com', '*.zohorecruit.eu', '*.zohorecruit.in', '*.zohorecruit.ca', '*.zohorecruit.com.au'],
  target: z.strictObject({ host: z.string().regex(HOST, 'a host such as acme.zohorecruit.com, in lower case') }),
  example: { host: 'acme.zohorecruit.com' },
  recognise(url) {
    const host = url.hostname.toLowerCase();
    return HOST.test(host) ? { host } : null;
  },
  home: ({ host }) => `https://${host}/jobs/Careers`,
  start: target => [{ kind: 'list', url: adapter.home(target), headers: { accept: 'text/html' } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? unknown('the list holds the whole posting') : readCareers(page, target);
  },
};

function readCareers(page: Page, target: Target): PageReading {
  const $ = loadHtml(page.body);
  const input = $('input#jobs').first();
  if (input.length === 0) return readNotice($('body').text(), page.body);
  const address = URL.parse($('meta[property="og:url"]').attr('content') ?? '');
  const other = anotherBoard([address && HOST.test(address.hostname) ? address.hostname : null], target.host);
  if (other) return other;
  const parsed = parseJson(input.attr('value') ?? '');
  if ('why' in parsed) return unknown(cutHtml(page.body) ?? `the postings of the page: ${parsed.why}`);
  const jobs = parsed.json;
  if (!Array.isArray(jobs)) return unknown('no list of postings in the page');
  const listing = listReading({
    rows: jobs.map(job => posting(job, target)),
    shortfall: jobs.length >= MOST ? `the page shows ${MOST} postings at most` : cutHtml(page.body),
  });
  return listing.marker === 'empty' ? unknown('no published postings, and nothing proves that there are none') : listing;
}

function readNotice(words: string, body: string): PageReading {
  if (/page does not exist|page you(?:'|’)re trying to access could not be found/i.test(words))
    return gone('the page says that it does not exist');
  if (/joblist has been removed/i.test(words))
    return unknown('the page says that its list of jobs was removed, which need not be for good');
  return unknown(cutHtml(body) ?? 'the page holds no list of postings');
}

function posting(job: Json, target: Target): Row {
  if (at(job, 'Publish') === false) return 'unlisted';
  const [id, title] = [at(job, 'id'), text(at(job, 'Posting_Title')) ?? text(at(job, 'Job_Opening_Name'))];
  // Numbers of 18 digits would be rounded: they are only whole as texts.
  if (typeof id !== 'string' || !/^\d+$/.test(id) || !title) return null;
  const [city, region, country] = ['City', 'State', 'Country'].map(name => text(at(job, name)));
  const raw = joinPlace(city, region, country);
  const salary = text(at(job, 'Salary'));
  return {
    key: id,
    title: decodeOnce(title),
    department: text(at(job, 'Industry')),
    places: raw ? [{ raw, city, region, country }] : [],
    workMode: at(job, 'Remote_Job') === true ? 'remote' : null,
    pay: salary && /[1-9]/.test(salary) ? salary : null,
    employment: texts(at(job, 'Job_Type')),
    posted: dated(at(job, 'Date_Opened'), 'Date_Opened'),
    url: `${adapter.home(target)}/${id}`,
    body: [...partOf(at(job, 'Job_Description')), ...partOf(at(job, 'Requirements'), 'Requirements')],
  };
}
