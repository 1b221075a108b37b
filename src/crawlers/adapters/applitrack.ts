import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { readPlace } from '../../posting/places.ts';
import { type Adapter, type BodyPart, DEFAULTS, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { loadHtml } from '../kit/html.ts';
import { text } from '../kit/json.ts';
import { anotherBoard, judge, listReading, ownRows, unknown } from '../kit/reading.ts';
import { dated, httpUrl, segments, targetOf, tenantOf, workModeOf } from '../kit/values.ts';

type Target = { district: string; place?: string };

const WRITE = "document.write('";
/** Where one posting begins, with its number and, in a consortium, the district's. */
const POSTING = /<ul\s+class=['"]postingsList['"]\s+id=['"]p(\d+)_(\w*)['"][^>]*>/gi;

/**
 * AppliTrack, the boards of US school districts: a script that writes the whole board with its texts. Most name schools, not towns, so that
 * the row of a district says where it is. What an unknown district answers is not known.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'applitrack',
  evidence: 'described',
  hosts: ['*.applitrack.com'],
  target: z.strictObject({
    district: z.string().regex(/^[a-z0-9_-]+$/, 'the first part of the path: acme of www.applitrack.com/acme/onlineapp/'),
    place: z.string().min(1).describe('where the district is, as its own pages say it at their foot: Medford, OR').optional(),
  }),
  example: { district: 'acme' },
  recognise: url => targetOf('district', districtOf(url)),
  home: ({ district }) => `https://www.applitrack.com/${district}/onlineapp/`,
  // Without `all` the answer is a menu of categories.
  start: target => [{ kind: 'list', url: `${adapter.home(target)}jobpostings/Output.asp?all=1` }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? unknown('the list holds the whole posting') : readList(page.body, target);
  },
};

function districtOf(url: URL): string | null {
  const [district, app] = segments(url);
  const known = url.hostname === 'www.applitrack.com' || tenantOf(url, 'applitrack.com') !== null;
  return known && app?.toLowerCase() === 'onlineapp' ? (district?.toLowerCase() ?? null) : null;
}

function readList(script: string, target: Target): PageReading {
  const { html, whole } = written(script);
  const found = [...html.matchAll(POSTING)];
  if (found.length === 0) return unknown('a script that writes no postings, which does not prove that there are none');
  const total = totalIn(html.slice(0, found[0]?.index));
  // Each posting by itself: a list or a quote its text leaves open must not swallow the next one.
  const parts = found.map((start, index) => ({ $: loadHtml(html.slice(start.index, found[index + 1]?.index)), start }));
  const named = parts.map(({ $ }) => namedDistrict($));
  const other = anotherBoard(named, target.district);
  if (other) return other;
  // The members of a consortium have numbers in its list; what their addresses are is not known.
  const { own, shortfall } = ownRows(
    parts,
    named.map((district, index) => (found[index]?.[2] ? null : district)),
    target.district,
  );
  const rows = own.map(({ $, start }) => posting($, start, target));
  const shortfalls = [
    shortfall,
    whole ? null : 'a text the script writes is cut off',
    total === null ? 'the answer does not say how many postings there are' : null,
  ];
  // A consortium lists one posting once per district, and counts it so.
  return listReading({ rows, total, perLocation: true, shortfall: shortfalls.filter(Boolean).join('; ') || null });
}

/** Pictures in the text of a posting, which make some answers many megabytes. */
const PICTURE = /data:[\w.+-]+\/[\w.+-]+;base64,[\w+/=]+/gi;

/** What the script writes, joined: one posting spans several calls. Nothing is executed; calls that write no plain text are left out. */
function written(script: string): { html: string; whole: boolean } {
  const parts: string[] = [];
  for (let at = script.indexOf(WRITE); at >= 0; ) {
    const start = at + WRITE.length;
    const end = endOfText(script, start);
    if (end < 0) return { html: [...parts, plain(script.slice(start))].join('').replace(PICTURE, 'data:,'), whole: false };
    parts.push(plain(script.slice(start, end)));
    at = script.indexOf(WRITE, end);
  }
  return { html: parts.join('').replace(PICTURE, 'data:,'), whole: true };
}

/** Where the closing quote stands: the first one behind an even number of backslashes. */
function endOfText(script: string, start: number): number {
  for (let end = script.indexOf("'", start); end >= 0; end = script.indexOf("'", end + 1)) {
    let slashes = 0;
    while (end - slashes > start && script[end - slashes - 1] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function plain(escaped: string): string {
  return escaped.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, (_all, wide?: string, narrow?: string, char = '') => {
    const code = wide ?? narrow;
    return code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[char] ?? char);
  });
}

/** `(12 openings)` above the list. Where categories have counts of their own, the whole has the highest. */
function totalIn(head: string): number | null {
  const counts = loadHtml(head)
    .text()
    .matchAll(/\(\s*([\d,]{1,9})\s+openings?\s*\)/gi);
  const said = [...counts].map(([, count]) => Number((count ?? '').replaceAll(',', '')));
  return said.length > 0 ? said.reduce((most, count) => Math.max(most, count)) : null;
}

function posting($: CheerioAPI, [, id, member]: RegExpExecArray, target: Target): RawPosting | null {
  $('li.title .title2').remove();
  const title = text($('td[id="wrapword"], li.title').first().text().replace(/\s+/g, ' '));
  if (!id || !title) return null;
  const key = member ? `${id}_${member}` : id;
  const fields = fieldsOf($);
  const location = fields.get('location');
  return {
    key,
    title,
    company: fields.get('district') ?? fields.get('institution') ?? null,
    department: fields.get('position type') ?? null,
    places: placesOf(location, target),
    workMode: workModeOf(location),
    posted: dated(dayIn(fields.get('date posted')), 'Date Posted'),
    closes: dated(dayIn(fields.get('closing date')), 'Closing Date'),
    url: `${adapter.home(target)}jobpostings/view.asp?AppliTrackJobId=${key}`,
    body: [...bodyOf($), ...(location ? [{ heading: 'Location', text: location }] : [])],
  };
}

/** A school is no place on a map, even one named after a state; `Grand Forks, North Dakota` is. */
function placesOf(location: string | undefined, { place }: Target): RawPlace[] {
  const read = location?.includes(',') ? readPlace({ raw: location }) : null;
  if (location && read?.city && read.region) return [{ raw: location }];
  return place ? [{ raw: place }] : [];
}

/** `Open until filled` and the like are no dates. */
function dayIn(said: string | undefined): string | undefined {
  return said && /^\d{1,2}\/\d{1,2}\/\d{4}$/.test(said) ? said : undefined;
}

/** The labels above the text, each with what follows it. */
function fieldsOf($: CheerioAPI): Map<string, string> {
  const fields = new Map<string, string>();
  for (const label of $('li > span.label').toArray()) {
    const name = $(label).text().replace(/\s+/g, ' ').trim().replace(/\s*:$/, '').toLowerCase();
    const value = text($(label).nextUntil('span.label').filter('span.normal').text().replace(/\s+/g, ' '));
    if (name && value && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

/** The district in the address under which a posting is shared. */
function namedDistrict($: CheerioAPI): string | null {
  const address = httpUrl($('a[href*="AppliTrackJobId="]').first().attr('href'));
  return address ? districtOf(new URL(address)) : null;
}

/** The text, in a wrapper of its own or as the one value without a label. Pictures written into it are left out. */
function bodyOf($: CheerioAPI): BodyPart[] {
  $('script, style, img[src^="data:"]').remove();
  const wrapper = $('[id^="DescriptionText"]').first();
  const said = wrapper.length > 0 ? wrapper : $('span.normal').not('li span').first();
  // Behind this picture stand the forms to share the posting.
  const html = text((said.html() ?? '').split(/<br\s*\/?>\s*<img[^<>]+clear\.gif/i, 1)[0]);
  return html ? [{ html }] : [];
}
