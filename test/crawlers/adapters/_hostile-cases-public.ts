import type { HostileCase } from './_hostile-cases.ts';

const notice = async () => '<html><body><h1>Sorry</h1><p>This position has been filled.</p></body></html>';
const wholeBoard = { why: 'its list holds the whole posting; a closed one is missing from it' };
const manyEmployers = { why: 'one board of many employers: every row is its own' };

/** What the systems of public employers, small employers and aggregators are tried with. */
export const PUBLIC_CASES: HostileCase[] = [
  {
    system: 'adp',
    target: { cid: '7f3e2a10-55cd-4b98-a1d2-0c4b6e8f9a31', ccId: '9200123456789_2' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { why: 'list rows name no tenant; the request does' },
    closed: { why: 'a closed requisition answers 404' },
  },
  {
    system: 'adzuna',
    target: { country: 'us', what: 'occupational therapist' },
    list: 'search.json',
    stranger: manyEmployers,
    closed: wholeBoard,
  },
  {
    system: 'dayforce',
    target: { tenant: 'tidewater', board: 'CANDIDATEPORTAL' },
    list: 'feed.json',
    stranger: { target: { tenant: 'other' } },
    closed: wholeBoard,
  },
  {
    system: 'feed',
    target: { feed: 'https://jobs.elmgrove.example/feed/?post_type=job_listing' },
    list: 'jobs.rss.xml',
    stranger: { target: { feed: 'https://other.example/feed' } },
    closed: wholeBoard,
  },
  {
    system: 'html',
    target: {
      list: 'https://ridgewaytherapy.example/careers/',
      item: '.opening-card',
      link: 'a.more',
      title: '.opening-card__title',
      place: '.where',
      empty: { text: 'there are no openings' },
      detail: { title: 'h1', body: '.copy' },
    },
    list: 'careers.html',
    detail: 'posting.html',
    stranger: { why: 'the selectors of a row are those of one site' },
    closed: { body: notice },
  },
  { system: 'jobicy', target: { geo: 'usa' }, list: 'jobs.json', stranger: manyEmployers, closed: wholeBoard },
  {
    system: 'jobvite',
    target: { company: 'bluffcreek' },
    list: 'search.html',
    detail: 'detail.html',
    stranger: { why: 'its own links are relative; whole ones are compared, as its test shows' },
    closed: { body: notice },
  },
  {
    system: 'neogov',
    target: { agency: 'harlancounty' },
    list: 'jobs.rss.xml',
    stranger: { target: { agency: 'other' } },
    closed: wholeBoard,
  },
  {
    system: 'paylocity',
    target: { board: '2b9c41f0-8a35-4d17-9f06-c3e58a7d1b64' },
    list: 'board.html',
    detail: 'detail.html',
    stranger: { why: 'the page names the company, not the board' },
    closed: { body: notice },
  },
  {
    system: 'peopleadmin',
    target: { host: 'lowlandstate.peopleadmin.com' },
    list: 'all_jobs.atom',
    detail: 'posting.html',
    stranger: { target: { host: 'other.peopleadmin.com' } },
    closed: { body: notice },
  },
  { system: 'remoteok', target: { list: 'newest' }, list: 'jobs.json', stranger: manyEmployers, closed: wholeBoard },
  { system: 'remotive', target: { category: 'all' }, list: 'jobs.json', stranger: manyEmployers, closed: wholeBoard },
  {
    system: 'themuse',
    target: { category: 'Healthcare' },
    list: 'jobs.json',
    detail: 'job.json',
    stranger: manyEmployers,
    closed: { why: 'what the interface answers for a closed job is not known' },
  },
  { system: 'usajobs', target: { series: '0631' }, list: 'search.json', stranger: manyEmployers, closed: wholeBoard },
  { system: 'weworkremotely', target: { feed: 'remote-jobs' }, list: 'remote-jobs.rss.xml', stranger: manyEmployers, closed: wholeBoard },
];
