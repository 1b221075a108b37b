import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { postingOf } from '../kit/jobposting.ts';
import { amount, at, isObject, JSON_ONLY, type Json, parseJson, text } from '../kit/json.ts';
import { anotherBoard, judge, listReading, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, workModeOf } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';

type Target = { host: string };

const PAGE = 100;
const VENDOR = /^(?!www\.|api\.|app\.)[\w-]+(?:\.na)?\.teamtailor\.com$/;

/**
 * Teamtailor's RSS: pages of items with bodies, remote status and places. An unknown tenant answers 404, a switched-off feed 200 with HTML. The
 * same postings stand in a JSON feed, which is read where robots.txt refuses the RSS: it has pay and states, but no remote status and no pages.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'teamtailor',
  hosts: ['*.teamtailor.com'],
  target: z.strictObject({ host: z.hostname() }),
  example: { host: 'acme.teamtailor.com' },
  recognise: url => (VENDOR.test(url.hostname) ? { host: url.hostname } : null),
  home: ({ host }) => `https://${host}/jobs`,
  start: target => [{ ...listPage(target, 0), instead: { kind: 'list', url: `https://${target.host}/jobs.json`, headers: JSON_ONLY } }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (/^\uFEFF?\s*\{/.test(page.body)) return readFeed(page, target);
    if (!/^\uFEFF?\s*<(?:\?xml|rss)/.test(page.body)) return unknown('no XML in the answer: the feed may be switched off');
    const parsed = parseXml(page.body);
    if ('why' in parsed) return unknown(parsed.why);
    const channel = childrenOf(parsed.root, 'channel')[0];
    if (parsed.root.name !== 'rss' || !channel) return unknown('no RSS channel in the answer');
    // Any site can serve RSS; this namespace is Teamtailor's own.
    if (!/xmlns:tt=["']https:\/\/teamtailor\.com/.test(page.body)) return unknown('an RSS feed that is not Teamtailor’s');
    return readChannel(channel, target, page);
  },
};

function listPage({ host }: Target, offset: number): PageRequest {
  return {
    kind: 'list',
    url: `https://${host}/jobs.rss?offset=${offset}&per_page=${PAGE}`,
    headers: { accept: 'application/rss+xml, application/xml' },
    note: { offset },
  };
}

function readChannel(channel: XmlNode, target: Target, page: Page): PageReading {
  const offset = amount(page.request.note?.offset) ?? 0;
  const company = childText(channel, 'title');
  const entries = childrenOf(channel, 'item');
  // An employer's own domain serves the same feed, with either host in its links.
  const hosts = entries
    .map(item => URL.parse(childText(item, 'link') ?? '')?.hostname ?? '')
    .map(host => (VENDOR.test(host) ? host : null));
  const other = VENDOR.test(target.host) ? anotherBoard(hosts, target.host) : null;
  return (
    other ??
    listReading({
      rows: entries.map(item => posting(item, company)),
      later: offset > 0,
      emptyIsProof: company !== null && childText(channel, 'link') !== null,
      follow: entries.length >= PAGE ? [listPage(target, offset + PAGE)] : [],
    })
  );
}

/** JSON Feed 1.1 with a JobPosting in each item. How many postings the largest one holds is not known. */
function readFeed(page: Page, target: Target): PageReading {
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  const { json } = parsed;
  const entries = at(json, 'items');
  if (!Array.isArray(entries) || !entries.every(entry => isObject(at(entry, '_jobposting'))))
    return unknown('a JSON feed without job postings');
  const home = URL.parse(text(at(json, 'home_page_url')) ?? '')?.hostname ?? '';
  const other = VENDOR.test(target.host) ? anotherBoard([VENDOR.test(home) ? home : null], target.host) : null;
  if (other) return other;
  return listReading({
    rows: entries.map(feedItem),
    emptyIsProof: home !== '' && text(at(json, 'title')) !== null,
    shortfall: 'the feed does not say how many postings there are',
  });
}

function feedItem(item: Json): RawPosting | null {
  const [key, url, job] = [text(at(item, 'id')), httpUrl(at(item, 'url')), at(item, '_jobposting')];
  const read = isObject(job) && url ? postingOf(job, url, key) : null;
  if (!key || !url || !read) return null;
  const html = text(at(item, 'content_html'));
  return { ...read, url, applyUrl: url, body: html ? [{ html }] : (read.body ?? []) };
}

function posting(item: XmlNode, company: string | null): RawPosting | null {
  const [key, title, url] = [childText(item, 'guid'), childText(item, 'title'), httpUrl(childText(item, 'link'))];
  if (!key || !title || !url) return null;
  const html = childText(item, 'description');
  return {
    key,
    title,
    company,
    department: childText(item, 'department'),
    places: childrenOf(childrenOf(item, 'locations')[0], 'location')
      .map(placeOf)
      .filter(place => place.raw),
    // `none` is also what a board says that never chose.
    workMode: workModeOf(childText(item, 'remoteStatus')),
    posted: dated(childText(item, 'pubDate'), 'pubDate'),
    url,
    applyUrl: url,
    // The XML parser has decoded it once, which makes it HTML.
    body: html ? [{ html }] : [],
  };
}

function placeOf(location: XmlNode): RawPlace {
  const [name, city, country] = ['name', 'city', 'country'].map(field => childText(location, field));
  return { raw: joinPlace(name, city, country), city, country };
}
