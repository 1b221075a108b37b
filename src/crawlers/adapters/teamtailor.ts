import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPlace, type RawPosting } from '../adapter.ts';
import { amount } from '../kit/json.ts';
import { anotherBoard, judge, listReading, unknown } from '../kit/reading.ts';
import { dated, httpUrl, joinPlace, workModeOf } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';

type Target = { host: string };

const PAGE = 100;
const VENDOR = /^(?!www\.|api\.|app\.)[\w-]+(?:\.na)?\.teamtailor\.com$/;

/** Teamtailor's RSS: pages of items with bodies, remote status and places. An unknown tenant answers 404, a switched-off feed 200 with HTML. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'teamtailor',
  hosts: ['*.teamtailor.com'],
  target: z.strictObject({ host: z.hostname() }),
  example: { host: 'acme.teamtailor.com' },
  recognise: url => (VENDOR.test(url.hostname) ? { host: url.hostname } : null),
  home: ({ host }) => `https://${host}/jobs`,
  start: target => [listPage(target, 0)],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
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
