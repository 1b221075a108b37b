import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageReading, type PageRequest, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { amount, at, items, JSON_ONLY, type Json, text, texts } from '../kit/json.ts';
import { statedPay } from '../kit/pay.ts';
import { anotherBoard, listReading, openJson, type Row, reading, unknown } from '../kit/reading.ts';
import { dated, decodeOnce, httpUrl, joinPlace, segments, targetOf } from '../kit/values.ts';

type Target = { company: string };

const SITE = 'jobs.apploi.com';
const PROFILES = 'https://api.apploi.com/v1/company_profiles';
const SEARCH = 'https://ats-integrations.apploi.com/search/jobs/';

/**
 * Apploi: the profile names the employer's teams, the search lists their postings whole, page by page until one is empty. The search is shared
 * by all employers, and one like it has lost its filter before: each row's employer is compared, and a page with a stranger's row is the last.
 * No count tells that a listing is whole, and what an unknown profile or an employer without postings answers is not known.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'apploi',
  evidence: 'described',
  hosts: [SITE],
  target: z.strictObject({
    company: z.string().regex(/^[\w-][\w.-]*$/, 'what follows /profile/ in the address: acme of jobs.apploi.com/profile/acme'),
  }),
  example: { company: 'acme' },
  recognise: url => targetOf('company', profileIn(url)),
  home: ({ company }) => `https://${SITE}/profile/${company}`,
  start: ({ company }) => [{ kind: 'list', url: `${PROFILES}/${company}`, headers: JSON_ONLY }],
  read(page, target) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (page.request.kind === 'detail') return unknown('the list holds the whole posting');
    const data = at(opened.json, 'data');
    const employer = employerOf(page.request);
    if (employer === null && !Array.isArray(data)) return readProfile(data, target);
    return readList(opened.json, employer, amount(page.request.note?.page) ?? 1);
  },
};

/** Whose rows are asked for: the numbers of the teams, and the name for rows that tell no team. */
type Employer = { teams: string; name: string | null };

function listPage(employer: Employer, page: number): PageRequest {
  const { teams, name } = employer;
  return {
    kind: 'list',
    url: `${SEARCH}?teams=${encodeURIComponent(teams)}&page=${page}&source=company_profile_page`,
    headers: JSON_ONLY,
    note: { teams, name, page },
  };
}

/** A saved list says nothing of who was asked for. */
function employerOf({ note }: PageRequest): Employer | null {
  const teams = text(note?.teams);
  return teams ? { teams, name: text(note?.name) } : null;
}

function readProfile(profile: Json | undefined, target: Target): PageReading {
  const other = anotherBoard([text(at(profile, 'url_slug'))], target.company);
  if (other) return other;
  const teams = (text(at(profile, 'teams_to_show')) ?? text(at(profile, 'team_id')) ?? '').split(/\s*,\s*/).filter(Boolean);
  if (teams.length === 0 || teams.some(team => !/^\d+$/.test(team))) return unknown('neither a profile with its teams nor a list');
  const employer = { teams: teams.join(','), name: text(at(profile, 'name')) };
  return reading('board', `the profile: the postings of ${teams.length} teams are asked`, { follow: [listPage(employer, 1)] });
}

function readList(json: Json, employer: Employer | null, number: number): PageReading {
  const data = at(json, 'data');
  if (!Array.isArray(data)) return unknown('no list of postings in the answer');
  const failed = [...items(at(json, 'errors')), ...items(at(json, 'elasticsearch_errors'))].length > 0;
  if (failed) return unknown('the search says that it failed');
  const brands = new Set(data.map(brandOf).filter(brand => brand !== null));
  if (!employer && brands.size > 1) return unknown('rows of several employers, and no profile that tells which one is asked for');
  const strangers = employer ? data.filter(row => !isOf(employer, row)) : [];
  if (strangers.length > 0 && strangers.length === data.length) {
    return unknown(`the answer belongs to another board: ${[...brands].slice(0, 3).join(', ')}`);
  }
  const rows = data.filter(row => !strangers.includes(row)).map(posting);
  const later = number > 1;
  if (!later && rows.every(row => row === 'unlisted')) return unknown('no postings, and nothing proves that there are none');
  const filtered = strangers.length === 0;
  return listReading({
    rows,
    later,
    follow: employer && filtered && data.length > 0 ? [listPage(employer, number + 1)] : [],
    shortfall: filtered
      ? 'the answer does not say how many postings there are'
      : `rows of other employers: ${strangers.length} of ${data.length}`,
  });
}

/** By its team, which may show another name than the profile; by its name where it tells no team. */
function isOf({ teams, name }: Employer, row: Json): boolean {
  const [team, brand] = [text(at(row, 'team_id')), brandOf(row)];
  return team ? teams.split(',').includes(team) : brand !== null && brand.toLowerCase() === name?.toLowerCase();
}

const brandOf = (row: Json) => text(at(row, 'brand_name'));

function posting(row: Json): Row {
  if (at(row, 'published') === false || at(row, 'archived') === true || at(row, 'private') === true) return 'unlisted';
  const [key, title, company] = [text(at(row, 'id')), text(at(row, 'name')), brandOf(row)];
  if (!key || !/^\d+$/.test(key) || !title || !company) return null;
  const url = `https://${SITE}/view/${key}`;
  return {
    key,
    title: decodeOnce(title),
    company: decodeOnce(company),
    places: placesOf(row),
    pay: payOf(row),
    employment: texts(at(row, 'job_type')),
    posted: dated(at(row, 'published_date'), 'published_date'),
    url,
    applyUrl: httpUrl(at(row, 'redirect_apply_url')) ?? url,
    body: partOf(at(row, 'description')),
  };
}

function placesOf(row: Json): RawPosting['places'] {
  const [city, region, country] = ['city', 'state', 'country'].map(name => text(at(row, name)));
  const raw = joinPlace(city, region) || (text(at(row, 'address')) ?? '');
  return raw ? [{ raw, city, region, country }] : [];
}

/** No currency is told; the system is used in the United States. */
function payOf(row: Json): RawPosting['pay'] {
  return statedPay({ min: at(row, 'salary_min'), max: at(row, 'salary_max'), currency: 'USD', interval: at(row, 'salary_rate') });
}

function profileIn(url: URL): string | null {
  const path = segments(url);
  const [word, slug] = url.hostname === SITE ? path : url.hostname === 'api.apploi.com' ? path.slice(1) : [];
  return word === 'profile' || word === 'company_profiles' ? (slug && /^[\w-][\w.-]*$/.test(slug) ? slug : null) : null;
}
