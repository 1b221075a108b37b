import { load } from 'cheerio';
import { getDomain } from 'tldts';
import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type Page, type PageReading, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { texts } from '../kit/json.ts';
import { keyOf } from '../kit/posting-page.ts';
import { anotherBoard, judge, listReading, unknown } from '../kit/reading.ts';
import { firstText } from '../kit/rss.ts';
import { httpUrl, splitPlaces } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';

/** A feed's address, and the site its entries lead to when that is not the feed's own. */
type Target = { feed: string; site?: string };

/**
 * Any RSS (2.0 or 1.0) or Atom feed of jobs. Feeds show the newest only, so nothing is closed because it is missing. Elements that
 * job sites add (`job_listing:location`, `company`, `expires`) are read by their names.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'feed',
  kind: 'general',
  completeness: 'truncated',
  hosts: ['any site with an RSS or Atom feed of jobs'],
  target: z.strictObject({ feed: z.url({ protocol: /^https?$/ }), site: z.hostname().optional() }),
  example: { feed: 'https://careers.acme.example/jobs.rss' },
  recognise(url) {
    // Every feed names these as the homes of its vocabularies.
    if (/(?:^|\.)(?:w3|purl|wellformedweb)\.org$/.test(url.hostname)) return null;
    const named = /(?:\.(?:rss|atom)|\/(?:feed|rss|atom)\/?|\/(?:feed|rss|atom)\.xml)$/i.test(url.pathname) || url.searchParams.has('feed');
    return named ? { feed: url.href } : null;
  },
  home: ({ feed, site }) => (site ? `https://${site}/` : new URL('/', feed).href.replace(/^http:/, 'https:')),
  start: ({ feed }) => [
    { kind: 'list', url: feed, headers: { accept: 'application/rss+xml, application/atom+xml, application/xml' }, redirects: 'site' },
  ],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    const parsed = parseXml(page.body);
    if ('why' in parsed) return unknown(parsed.why);
    return readDocument(parsed.root, page, target);
  },
};

function readDocument(root: XmlNode, page: Page, target: Target): PageReading {
  const channel = root.name === 'feed' ? root : childrenOf(root, 'channel')[0];
  const entries =
    root.name === 'rss'
      ? childrenOf(channel, 'item')
      : root.name === 'feed'
        ? childrenOf(root, 'entry')
        : root.name === 'RDF'
          ? childrenOf(root, 'item')
          : null;
  if (!entries || !channel) return unknown(`neither RSS nor Atom, but <${root.name}>`);
  const site = siteOf(`https://${target.site ?? new URL(page.request.url).hostname}/`);
  const base = page.url;
  const other = anotherBoard(
    entries.map(entry => siteOf(linkOf(entry, base))),
    site ?? '',
  );
  if (other) return other;
  const xhtml = xhtmlBodies(root, page.body);
  const guids = entries.filter(entry => idOf(entry)).length;
  return listReading({
    rows: entries.map((entry, i) => posting(entry, base, xhtml[i] ?? null)),
    emptyIsProof: firstText(channel, 'title') !== null && siteOf(linkOf(channel, base)) === site,
    shortfall: guids > 0 && guids < entries.length ? `${entries.length - guids} entries lack the id the others have` : null,
  });
}

function siteOf(address: string | null): string | null {
  return address ? (getDomain(address) ?? URL.parse(address)?.hostname ?? null) : null;
}

/** RSS writes the address as text, Atom in an attribute. */
function linkOf(node: XmlNode, base: string): string | null {
  const link = childrenOf(node, 'link').find(link => link.attributes.href && (link.attributes.rel ?? 'alternate') === 'alternate');
  return httpUrl(firstText(node, 'link') ?? link?.attributes.href, base);
}

/** An id of its own stays when the address is tidied. */
function idOf(entry: XmlNode): string | null {
  return firstText(entry, 'guid', 'id') ?? entry.attributes.about ?? null;
}

/** RSS allows the address to stand in the id alone, unless that says it is none. */
function permalinkOf(entry: XmlNode): string | null {
  const guid = childrenOf(entry, 'guid')[0];
  return guid && guid.attributes.isPermaLink !== 'false' ? httpUrl(guid.text) : null;
}

/** Atom may carry its content as elements; their order is only kept by a reader of markup. */
function xhtmlBodies(root: XmlNode, body: string): (string | null)[] {
  if (root.name !== 'feed' || !/type=["']xhtml["']/.test(body)) return [];
  const $ = load(body, { xml: true });
  return $('feed > entry')
    .toArray()
    .map(entry => $(entry).children('content[type="xhtml"], summary[type="xhtml"]').first().html());
}

const PLACES = ['location', 'job_location', 'region', 'city'];

function posting(entry: XmlNode, base: string, xhtml: string | null): RawPosting | null {
  const [title, url] = [childText(entry, 'title'), linkOf(entry, base) ?? permalinkOf(entry)];
  if (!title || !url) return null;
  const [id, place] = [idOf(entry), firstText(entry, ...PLACES)];
  const posted = ['pubDate', 'published', 'date', 'updated'].find(name => childText(entry, name));
  const closes = ['expires', 'expirationDate', 'application_deadline', 'closingDate'].find(name => childText(entry, name));
  return {
    key: id ? (httpUrl(id) ? keyOf(id) : id) : keyOf(url),
    title,
    // Authors may be people, and a channel's title is a headline.
    company: firstText(entry, 'company', 'employer', 'hiringOrganization'),
    department: firstText(entry, 'department', 'category'),
    places: splitPlaces(place).map(raw => ({ raw })),
    pay: firstText(entry, 'salary', 'compensation'),
    employment: texts(firstText(entry, 'job_type', 'jobType', 'employmentType', 'jobtype')),
    posted: posted ? { value: childText(entry, posted) ?? '', from: posted } : null,
    closes: closes ? { value: childText(entry, closes) ?? '', from: closes } : null,
    url,
    applyUrl: url,
    body: bodyOf(entry, xhtml),
  };
}

function bodyOf(entry: XmlNode, xhtml: string | null): BodyPart[] {
  if (xhtml) return [{ html: xhtml }];
  return partOf(firstText(entry, 'encoded', 'content', 'description', 'summary'));
}
