import { z } from 'zod';
import { type Adapter, DEFAULTS, type RawPosting } from '../adapter.ts';
import { areasIn } from '../kit/areas.ts';
import { partOf } from '../kit/body-parts.ts';
import { texts } from '../kit/json.ts';
import { listReading, unknown } from '../kit/reading.ts';
import { firstText, openRss } from '../kit/rss.ts';
import { dated, httpUrl, segments } from '../kit/values.ts';
import { childText, type XmlNode } from '../kit/xml.ts';

/** The feed's path without `.rss`: `remote-jobs`, or `categories/remote-customer-support-jobs`. */
type Target = { feed: string };

const HOST = /^(?:www\.)?weworkremotely\.com$/;

/** We Work Remotely's RSS: the newest hundred, the company in front of the title. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'weworkremotely',
  kind: 'aggregator',
  completeness: 'truncated',
  hosts: ['weworkremotely.com'],
  target: z.strictObject({ feed: z.string().regex(/^(?:categories\/)?[a-z0-9-]+$/, 'remote-jobs, or categories/remote-…-jobs') }),
  example: { feed: 'remote-jobs' },
  recognise(url) {
    if (!HOST.test(url.hostname)) return null;
    const [section, category] = segments(url).map(part => part.replace(/\.rss$/, ''));
    if (section === 'categories' && category) return { feed: `categories/${category}` };
    return section === undefined || (section === 'remote-jobs' && !category) ? { feed: 'remote-jobs' } : null;
  },
  home: ({ feed }) => `https://weworkremotely.com/${feed}`,
  start: ({ feed }) => [
    { kind: 'list', url: `https://weworkremotely.com/${feed}.rss`, headers: { accept: 'application/rss+xml, application/xml' } },
  ],
  read(page) {
    const opened = openRss(page);
    if ('refused' in opened) return opened.refused;
    if (!HOST.test(URL.parse(firstText(opened.channel, 'link') ?? '')?.hostname ?? '')) return unknown('a feed of another site');
    return listReading({ rows: opened.entries.map(posting), emptyIsProof: true });
  },
};

function posting(item: XmlNode): RawPosting | null {
  const [said, url] = [childText(item, 'title'), httpUrl(firstText(item, 'link', 'guid'))];
  const key = url && HOST.test(new URL(url).hostname) ? segments(new URL(url)).at(-1) : null;
  if (!said || !url || !key) return null;
  // `Company: Role`; a colon further on belongs to the role.
  const [, company, title] = /^(.+?):\s+(.+)$/s.exec(said) ?? [];
  return {
    key,
    title: title ?? said,
    company: company ?? null,
    department: childText(item, 'category'),
    places: areasIn(childText(item, 'region') ?? childText(item, 'country')),
    // The board takes nothing else.
    workMode: 'remote',
    employment: texts(childText(item, 'type')),
    posted: dated(childText(item, 'pubDate'), 'pubDate'),
    closes: dated(childText(item, 'expires_at'), 'expires_at'),
    url,
    applyUrl: url,
    body: partOf(childText(item, 'description')),
  };
}
