import { z } from 'zod';
import { type Adapter, DEFAULTS, type Page, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { addressPart } from '../kit/address.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, isObject, items, JSON_ONLY, type Json, parseJson, text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherBoard, detailReading, judge, listReading, openJson, reading, unknown } from '../kit/reading.ts';
import { httpUrl, segments, tenantOf, workModeOf } from '../kit/values.ts';

/** `domain` is the employer's own, which hosts of the vendor can do without. */
type Target = { host: string; domain?: string | undefined };

/** Whatever is asked for. */
const PAGE = 10;

/**
 * Eightfold: two JSON interfaces, pages of ten. The newer one (PCSX) is asked first; where it is switched off its refusal says so, and the
 * older one is asked. What either answers for a domain it does not know is not confirmed, so nothing found proves nothing.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'eightfold',
  details: true,
  hosts: ['*.eightfold.ai', "employers' own domains"],
  target: z
    .strictObject({ host: z.hostname(), domain: z.hostname().optional() })
    .refine(({ host, domain }) => domain !== undefined || host.endsWith('.eightfold.ai'), {
      path: ['domain'],
      message: "needed where the host is not the vendor's: acme.com",
    }),
  example: { host: 'acme.eightfold.ai', domain: 'acme.com' },
  recognise,
  home: ({ host, domain }) => `https://${host}/careers${domain ? `?domain=${domain}` : ''}`,
  // Some employers allow crawlers the older interface alone.
  start: target => [{ ...newerPage(target, 0), instead: olderPage(target, 0) }],
  read(page, target) {
    if (isSwitchedOff(page)) {
      return reading('board', 'the newer interface is switched off; the older one is asked', { follow: [olderPage(target, 0)] });
    }
    // Some employers shut the interface for good with this.
    if (page.status === 405) return reading('challenge', 'HTTP 405: the interface is closed to visitors');
    if (page.request.kind === 'detail') return readDetail(page, target);
    const opened = openJson(page);
    return 'refused' in opened ? opened.refused : readList(opened.json, target, page.request);
  },
};

const domainOf = ({ domain }: Target) => (domain ? `domain=${domain}&` : '');

function newerPage(target: Target, start: number): PageRequest {
  const url = `https://${target.host}/api/pcsx/search?${domainOf(target)}query=&location=&start=${start}&num=${PAGE}`;
  return { kind: 'list', url, headers: JSON_ONLY, note: { start, older: false } };
}

function olderPage(target: Target, start: number): PageRequest {
  const url = `https://${target.host}/api/apply/v2/jobs?${domainOf(target)}start=${start}&num=${PAGE}&sort_by=new`;
  return { kind: 'list', url, headers: JSON_ONLY, note: { start, older: true } };
}

function isSwitchedOff(page: Page): boolean {
  return page.status === 403 && page.request.note?.older === false && page.body.includes('PCSX is not enabled for this user');
}

function readList(json: Json, target: Target, request: PageRequest): PageReading {
  const older = Array.isArray(at(json, 'positions'));
  const envelope = older ? json : at(json, 'data');
  const positions = at(envelope, 'positions');
  if (!Array.isArray(positions)) return unknown('no list of positions in the answer');
  const start = amount(request.note?.start) ?? 0;
  const total = amount(at(envelope, 'count'));
  if (positions.length === 0 && start === 0 && total === 0) {
    return unknown('nothing found, which may also be the answer for a domain the host does not know', { total });
  }
  const other = target.domain ? anotherBoard([text(at(json, 'domain'))], target.domain) : null;
  if (other) return other;
  const next = start + positions.length;
  // The count may be taken before filtering: a short page ends the list, and what the count has more is missing then.
  const more = positions.length >= PAGE && (total === null || next < total);
  return listReading({
    rows: positions.map(position => stub(position, target, older)),
    total,
    later: start > 0,
    follow: more ? [older ? olderPage(target, next) : newerPage(target, next)] : [],
    shortfall: total === null ? 'the answer does not say how many postings there are' : null,
  });
}

/** The newer interface has no detail of its own: the posting page carries JSON-LD. */
function stub(position: Json, target: Target, older: boolean): RawPosting | null {
  const posting = facts(position, target);
  if (!posting) return null;
  const { key, url } = posting;
  const query = target.domain ? `?domain=${target.domain}` : '';
  const api = `https://${target.host}/api/apply/v2/jobs/${addressPart(key)}${query}`;
  return { ...posting, detail: older ? { kind: 'detail', url: api, key, headers: JSON_ONLY } : { kind: 'detail', url, key } };
}

function readDetail(page: Page, target: Target): PageReading {
  const refused = judge(page);
  if (refused) return refused;
  if (!/^\s*\{/.test(page.body)) return readPostingPage(page);
  const parsed = parseJson(page.body);
  if ('why' in parsed) return unknown(parsed.why);
  // The newer interface wraps the position.
  const position = at(parsed.json, 'data') ?? parsed.json;
  const posting = facts(position, target);
  if (!posting) return unknown('no position in the answer');
  const { key } = page.request;
  if (key && key !== posting.key) return unknown(`the answer is posting ${posting.key} instead of ${key}`);
  return detailReading({ ...posting, body: partOf(text(at(position, 'job_description')) ?? text(at(position, 'jobDescription'))) });
}

/** What both interfaces and the detail have in common, under either's names. */
function facts(position: Json, target: Target): RawPosting | null {
  const [key, title] = [text(at(position, 'id')), text(at(position, 'name'))];
  if (!key || !title) return null;
  const first = (...names: string[]) => names.map(name => text(at(position, name))).find(Boolean) ?? null;
  const own = `https://${target.host}/careers/job/${addressPart(key)}${target.domain ? `?domain=${target.domain}` : ''}`;
  return {
    key,
    title,
    department: first('department', 'business_unit'),
    requisition: first('displayJobId', 'display_job_id', 'atsJobId', 'ats_job_id'),
    places: placesOf(position),
    workMode: modeOf(first('workLocationOption', 'work_location_option')),
    employment: employmentOf(position),
    posted: postedOf(position),
    url: httpUrl(at(position, 'canonicalPositionUrl')) ?? httpUrl(at(position, 'positionUrl'), `https://${target.host}`) ?? own,
  };
}

function placesOf(position: Json): RawPosting['places'] {
  const lists = ['standardizedLocations', 'locations'].map(name => items(at(position, name)).map(text));
  const said = lists.find(list => list.some(Boolean)) ?? [text(at(position, 'location'))];
  return [...new Set(said)].flatMap(raw => (raw ? [{ raw }] : []));
}

/** Fields that employers made carry their name behind `efcustom...Text`; the name says which one is the employment type. */
function employmentOf(position: Json): string[] {
  if (!isObject(position)) return [];
  const named = Object.keys(position).filter(name => /^efcustom.*(?:time|employment|worker)type$/i.test(name));
  return named.flatMap(name => [position[name]].flat()).flatMap(value => texts(value));
}

/** `remote_local` is remote work near a place. */
function modeOf(option: string | null): RawPosting['workMode'] {
  return option === 'remote_local' ? 'remote' : workModeOf(option);
}

/** Dates come in seconds. The older interface tells when the posting was made, not when it was changed. */
function postedOf(position: Json): RawPosting['posted'] {
  for (const from of ['postedTs', 'creationTs', 't_create']) {
    const seconds = amount(at(position, from));
    if (seconds) return { value: seconds * 1000, from };
  }
  return null;
}

/** The vendor's hosts; on other hosts the interfaces' addresses and `/careers` with the domain they all carry. */
function recognise(url: URL): Target | null {
  const host = url.hostname.toLowerCase();
  const stated = url.searchParams.get('domain')?.toLowerCase();
  const domain = stated && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(stated) ? stated : null;
  if (tenantOf(url, 'eightfold.ai')) return domain ? { host, domain } : { host };
  if (host.endsWith('.eightfold.ai')) return null;
  const path = segments(url);
  const ours = path[0] === 'careers' || (path[0] === 'api' && (path[1] === 'pcsx' || (path[1] === 'apply' && path[2] === 'v2')));
  return ours && domain ? { host, domain } : null;
}
