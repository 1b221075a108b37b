import { z } from 'zod';
import { type Adapter, DEFAULTS, type RawDate, type RawPlace, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { anotherBoard, listReading } from '../kit/reading.ts';
import { firstText, openRss } from '../kit/rss.ts';
import { httpUrl, segments } from '../kit/values.ts';
import { childText, type XmlNode } from '../kit/xml.ts';

type Target = { agency: string; site?: 'governmentjobs' | 'schooljobs' };

const SITE = /^(?:www\.|agency\.)?(governmentjobs|schooljobs)\.com$/;

/**
 * NEOGOV's feed of one agency: every posting with its text, pay and closing date. governmentjobs.com, and schooljobs.com for education. Both
 * hosts allow named search engines only, so that no visit reads it unless they change their mind; saved feeds are read all the same.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'neogov',
  closedByRobots: 'as archived May 2024',
  hosts: ['www.governmentjobs.com', 'www.schooljobs.com'],
  target: z.strictObject({
    agency: z.string().regex(/^[\w-]+$/, 'the word in the address: /careers/{agency}'),
    site: z.enum(['governmentjobs', 'schooljobs']).optional(),
  }),
  example: { agency: 'acmecounty' },
  recognise,
  home: target => `${origin(target)}/careers/${target.agency}`,
  start: target => [
    {
      kind: 'list',
      url: `${origin(target)}/SearchEngine/JobsFeed?agency=${encodeURIComponent(target.agency)}`,
      headers: { accept: 'application/rss+xml, application/xml' },
    },
  ],
  read(page, target) {
    const opened = openRss(page);
    if ('refused' in opened) return opened.refused;
    const { channel, entries } = opened;
    const addresses = [firstText(channel, 'link'), ...entries.map(item => firstText(item, 'link', 'guid'))];
    const agencies = addresses.map(address => agencyIn(address));
    const other = anotherBoard(agencies, target.agency);
    // A list without its agency's name in any address may be anybody's; only the channel's own address vouches for an empty one.
    if (other) return other;
    // Asked once: a channel's children are all its items.
    const company = firstText(channel, 'title');
    return listReading({ rows: entries.map(item => posting(item, company)), emptyIsProof: agencies[0] !== null });
  },
};

const origin = ({ site }: Target) => `https://www.${site ?? 'governmentjobs'}.com`;

function recognise(url: URL): Target | null {
  const site = SITE.exec(url.hostname.toLowerCase())?.[1];
  if (!site) return null;
  const [first, second] = segments(url);
  const agency =
    first === 'careers'
      ? second
      : /^searchengine$/i.test(first ?? '')
        ? url.searchParams.get('agency')
        : url.hostname.startsWith('agency.')
          ? first
          : null;
  if (!agency || agency === 'home' || !/^[\w-]+$/.test(agency)) return null;
  return site === 'schooljobs' ? { agency, site } : { agency };
}

function agencyIn(address: string | null): string | null {
  const url = URL.parse(address ?? '');
  return url ? (recognise(url)?.agency ?? null) : null;
}

const BODY: readonly [field: string, heading: string | undefined][] = [
  ['description', undefined],
  ['examplesofduties', 'Examples of duties'],
  ['qualifications', 'Qualifications'],
  ['supplementalinformation', 'Supplemental information'],
];

function posting(item: XmlNode, company: string | null): RawPosting | null {
  const [title, url] = [childText(item, 'title'), httpUrl(firstText(item, 'link', 'guid'))];
  const key = childText(item, 'jobId') ?? (url && (/\/jobs\/(\d+)/.exec(url)?.[1] ?? /[?&]jobid=(\d+)/i.exec(url)?.[1]));
  if (!title || !url || !key || !SITE.test(new URL(url).hostname)) return null;
  const [min, max, currency, interval] = ['minimumSalary', 'maximumSalary', 'salaryCurrency', 'salaryInterval'].map(name =>
    childText(item, name),
  );
  return {
    key,
    title,
    company,
    department: childText(item, 'department'),
    requisition: childText(item, 'jobNumberSingle'),
    places: placesOf(item),
    // `Not Displayed` stands where an agency shows no figure.
    pay: statedPay({ min, max, currency: currency ?? 'USD', interval }),
    employment: texts(childText(item, 'jobType')),
    posted: dateIn(item, 'pubDate', 'advertiseFromDateUTC', 'advertiseFromDate'),
    closes: dateIn(item, 'advertiseToDateTimeUTC', 'advertiseToDateTime'),
    url,
    applyUrl: url,
    body: BODY.flatMap(([field, heading]) => partOf(childText(item, field), heading)),
  };
}

function placesOf(item: XmlNode): RawPlace[] {
  const [place, region] = [childText(item, 'location'), childText(item, 'state')];
  if (!place) return region ? [{ raw: region, region, country: 'US' }] : [];
  const whole = !region || place.toLowerCase().endsWith(region.toLowerCase()) ? place : `${place}, ${region}`;
  return [{ raw: whole }];
}

/** Dates such as `Sun, 20 Sep 2026 04:59:00:0`, in UTC when the field's name says so. */
function dateIn(item: XmlNode, ...names: string[]): RawDate | null {
  for (const from of names) {
    const said = childText(item, from)?.replace(/(\d\d:\d\d:\d\d):\d+$/, '$1');
    if (said) return { value: /UTC$/.test(from) && /\d\d:\d\d:\d\d$/.test(said) ? `${said} GMT` : said, from };
  }
  return null;
}
