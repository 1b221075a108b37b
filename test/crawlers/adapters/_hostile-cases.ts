import { ENTERPRISE_CASES } from './_hostile-cases-enterprise.ts';
import { PUBLIC_CASES } from './_hostile-cases-public.ts';
import { fixture } from './_support.ts';

/** What every adapter is tried with. A new system adds one row here. */
export type HostileCase = {
  system: string;
  target: unknown;
  /** Fixture of a list with postings. */
  list: string;
  /** Fixture of an open posting's detail, where the system has details or understands them. */
  detail?: string;
  /** A target the fixtures do not belong to; or why the system's pages do not tell whose they are. */
  stranger: { target: unknown } | { why: string };
  /** A 200 that says the posting is closed; or why the system has no such page. */
  closed: { body: () => Promise<string> } | { why: string };
  /** Systems whose lists it reads as well, because both speak one open format (RSS, Atom, JobPosting). */
  alike?: string[];
};

const edited = (system: string, file: string, from: string | RegExp, to: string) => async () => {
  const body = await fixture(system, file);
  const changed = body.replace(from, to);
  if (changed === body) throw new Error(`${system}/${file} has no ${from}`);
  return changed;
};
const notice = async () => '<html><body><h1>Sorry</h1><p>This position has been filled.</p></body></html>';
const wholeBoard = { why: 'its list holds the whole posting; a closed one is missing from it' };

export const CASES: HostileCase[] = [
  ...ENTERPRISE_CASES,
  ...PUBLIC_CASES,
  {
    system: 'ashby',
    target: { board: 'Motion Loop' },
    list: 'list.json',
    stranger: { target: { board: 'Other' } },
    closed: wholeBoard,
  },
  {
    system: 'bamboohr',
    target: { company: 'peachrehab' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { why: 'list rows name no tenant; the host is the tenant' },
    closed: { body: () => fixture('bamboohr', 'filled.json') },
  },
  {
    system: 'breezy',
    target: { company: 'oakline' },
    list: 'list.json',
    detail: 'detail.html',
    stranger: { target: { company: 'other' } },
    closed: { body: notice },
  },
  {
    system: 'greenhouse',
    target: { board: 'harborreview' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { target: { board: 'other' } },
    closed: wholeBoard,
  },
  {
    system: 'jazzhr',
    target: { company: 'sagebrush' },
    list: 'list.html',
    detail: 'detail.html',
    stranger: { why: 'its links are relative; the host is the tenant' },
    closed: { body: notice },
  },
  {
    system: 'jsonld',
    target: { sitemap: 'https://fernleaf.example/sitemap.xml', include: '/jobs/' },
    list: 'sitemap.xml',
    detail: 'plain.html',
    stranger: { why: 'a sitemap is read for the addresses of its own site only' },
    closed: { body: () => fixture('jsonld', 'closed.html') },
  },
  { system: 'lever', target: { site: 'brightstep' }, list: 'list.json', stranger: { target: { site: 'other' } }, closed: wholeBoard },
  {
    system: 'personio',
    target: { host: 'gangwerk.jobs.personio.de' },
    list: 'en.xml',
    stranger: { why: 'the feed names no tenant; the host is the tenant' },
    closed: wholeBoard,
  },
  {
    system: 'pinpoint',
    target: { company: 'chartwell' },
    list: 'postings.json',
    stranger: { target: { company: 'other' } },
    closed: wholeBoard,
  },
  {
    system: 'recruitee',
    target: { host: 'glidemobility.recruitee.com' },
    list: 'offers.json',
    stranger: { target: { host: 'other.recruitee.com' } },
    closed: wholeBoard,
  },
  {
    system: 'rippling',
    target: { board: 'steadygait' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { target: { board: 'other' } },
    closed: { body: edited('rippling', 'detail.json', '"unlistedFromSearch": false', '"unlistedFromSearch": true') },
  },
  {
    system: 'smartrecruiters',
    target: { company: 'willowbend' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { target: { company: 'other' } },
    closed: { body: edited('smartrecruiters', 'detail.json', '"active": true', '"active": false') },
  },
  {
    system: 'teamtailor',
    target: { host: 'northstar.teamtailor.com' },
    list: 'jobs.rss.xml',
    stranger: { target: { host: 'other.teamtailor.com' } },
    closed: wholeBoard,
  },
  {
    system: 'workable',
    target: { account: 'cedar' },
    list: 'widget.json',
    detail: 'detail.json',
    stranger: { why: 'the widget names the company, not the account' },
    closed: { why: 'what the interface answers for a closed posting is not known' },
  },
  {
    system: 'workday',
    target: { host: 'lakefront.wd5.myworkdayjobs.com', tenant: 'lakefront', site: 'External' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { why: 'list rows name no tenant; the host is the tenant, and details are compared with it' },
    closed: { body: edited('workday', 'detail.json', '"canApply": true', '"canApply": false') },
  },
];
