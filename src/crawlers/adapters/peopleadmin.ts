import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, reading, unknown } from '../kit/reading.ts';
import { firstText } from '../kit/rss.ts';
import { dated, httpUrl } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';

/** `place` is where the campus is: the feed names no places. */
type Target = { host: string; place?: string };

const FEEDS = ['all_jobs', 'search'] as const;
const VENDOR = /^(?!www\.)[\w-]+\.peopleadmin\.com$/;

/**
 * PeopleAdmin's Atom feed: the whole board in one answer, with the text or a summary. Some tenants have `all_jobs` only, some `search`
 * only. Feeds name neither place nor pay nor closing date; posting pages have them in a labelled table.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'peopleadmin',
  details: true,
  hosts: ['*.peopleadmin.com', 'jobs.{university}.edu'],
  target: z.strictObject({ host: z.hostname(), place: z.string().min(1).optional() }),
  example: { host: 'acme.peopleadmin.com' },
  recognise: url => (VENDOR.test(url.hostname) ? { host: url.hostname } : null),
  home: ({ host }) => `https://${host}/postings/search`,
  start: target => [feed(target, 0)],
  read(page, target) {
    if (page.request.kind === 'detail') return judge(page) ?? readPostingPage(page, $ => postingPage($, page, target));
    const which = page.request.note?.feed === 1 ? 1 : 0;
    if (which === 0 && page.status === 404)
      return reading('board', 'no feed of all jobs: that of the search is asked', { follow: [feed(target, 1)] });
    return judge(page) ?? readFeed(page, target, which);
  },
};

function feed({ host }: Target, which: 0 | 1): PageRequest {
  const headers = { accept: 'application/atom+xml, application/xml' };
  return { kind: 'list', url: `https://${host}/postings/${FEEDS[which]}.atom`, headers, note: { feed: which } };
}

function readFeed(page: Page, target: Target, which: 0 | 1): PageReading {
  const parsed = parseXml(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const { root } = parsed;
  const id = firstText(root, 'id') ?? '';
  if (root.name !== 'feed' || !/\/postings\//.test(id)) return unknown(`no feed of postings, but <${root.name}>`);
  const hosts = [/^tag:([^,]+),/.exec(id)?.[1], ...childrenOf(root, 'entry').map(entry => URL.parse(linkOf(entry) ?? '')?.hostname)];
  const named = hosts.map(host => (host && VENDOR.test(host) ? host : null));
  const other = VENDOR.test(target.host) ? anotherBoard(named, target.host) : null;
  if (other) return other;
  const rows = childrenOf(root, 'entry').map(entry => posting(entry, target));
  if (rows.length === 0 && which === 0) {
    return reading('board', 'no postings in the feed of all jobs: that of the search is asked too', { follow: [feed(target, 1)] });
  }
  return listReading({ rows, emptyIsProof: true });
}

function linkOf(entry: XmlNode): string | null {
  const link = childrenOf(entry, 'link').find(link => (link.attributes.rel ?? 'alternate') === 'alternate');
  return httpUrl(link?.attributes.href) ?? httpUrl(childText(entry, 'id'));
}

function posting(entry: XmlNode, target: Target): RawPosting | null {
  const [title, url] = [childText(entry, 'title'), linkOf(entry)];
  const key = url && /\/postings\/(\d+)\/?$/.exec(new URL(url).pathname)?.[1];
  if (!title || !url || !key) return null;
  const [whole, summary] = [partOf(childText(entry, 'content')), partOf(childText(entry, 'summary'))];
  return {
    key,
    title,
    department: childText(childrenOf(entry, 'author')[0], 'name'),
    places: target.place ? [{ raw: target.place }] : [],
    posted: dated(childText(entry, 'published'), 'published'),
    url,
    applyUrl: url,
    ...(whole.length > 0 ? { body: whole } : { body: summary, detail: { kind: 'detail', url, key } }),
  };
}

/** What a tenant may call a field. */
const LABELS = {
  title: /^(?:posting|working|job|position|classification)?\s*title$/i,
  place: /^(?:work |job |position |primary |duty )?(?:location|campus|city)\b/i,
  closes: /^(?:job )?(?:clos(?:e|ing) date|application deadline|posting (?:end|close) date|deadline)/i,
  pay: /salary|pay (?:range|rate)|hiring range|compensation/i,
  employment: /full[- ]?time|^employment (?:type|status)|^appointment type/i,
  requisition: /^(?:posting|requisition|vacancy) (?:number|id)\b/i,
};

/** A posting page: tables with a label and a value in each row. */
function postingPage($: CheerioAPI, page: Page, target: Target): RawPosting | null {
  const rows = $('tr')
    .toArray()
    .map(row => ({ label: text($(row).children('th').first().text()), cell: $(row).children('td').first() }))
    .filter(({ label, cell }) => label && text(cell.text()));
  const said = (label: RegExp) =>
    text(
      rows
        .find(row => label.test(row.label ?? ''))
        ?.cell.text()
        .replace(/\s+/g, ' '),
    );
  const title = said(LABELS.title);
  if (!title || rows.length < 3) return null;
  const place = said(LABELS.place) ?? target.place ?? null;
  const pay = said(LABELS.pay);
  return {
    key: page.request.key ?? /\/postings\/(\d+)/.exec(page.url)?.[1] ?? page.url,
    title,
    requisition: said(LABELS.requisition),
    places: place ? [{ raw: place }] : [],
    pay: pay && /\d/.test(pay) ? pay : null,
    employment: texts(said(LABELS.employment)),
    closes: dated(said(LABELS.closes), 'close_date'),
    url: page.url,
    applyUrl: page.url,
    body: rows.map(({ label, cell }) => ({ heading: label ?? '', html: cell.html() ?? '' })),
  };
}
