import type { HostileCase } from './_hostile-cases.ts';

const notice = async () => '<html><body><h1>Sorry</h1><p>This position has been filled.</p></body></html>';

/** The enterprise systems' rows of what every adapter is tried with. */
export const ENTERPRISE_CASES: HostileCase[] = [
  {
    system: 'eightfold',
    target: { host: 'cumberland.eightfold.ai', domain: 'cumberlandhealth.example' },
    list: 'v2-list.json',
    detail: 'v2-detail.json',
    stranger: { target: { host: 'other.eightfold.ai', domain: 'other.example' } },
    closed: { body: notice },
  },
  {
    system: 'icims',
    target: { host: 'careers-harborcare.icims.com' },
    list: 'list-one-page.html',
    detail: 'detail.html',
    stranger: { target: { host: 'careers-other.icims.com' } },
    closed: { body: notice },
  },
  {
    system: 'jibe',
    target: { host: 'prairiemobility.jibeapply.com' },
    list: 'list.json',
    stranger: { why: 'one employer answers under several host names' },
    closed: { why: 'its list holds the whole posting; a closed one is missing from it' },
  },
  {
    system: 'oracle',
    target: { host: 'maumee.fa.us2.oraclecloud.com', site: 'CX_1' },
    list: 'list.json',
    detail: 'detail.json',
    stranger: { why: 'rows name no tenant, and the echoed site number is not always the word in the address; the host is the tenant' },
    closed: { why: 'what the interface answers for a closed posting is not confirmed' },
  },
  {
    system: 'phenom',
    target: { host: 'careers.sawtooth.example', prefix: 'us/en' },
    list: 'search-results.html',
    detail: 'detail.html',
    stranger: { why: 'rows name no site; the host is the employer' },
    closed: { body: notice },
  },
  {
    system: 'radancy',
    target: { host: 'careers.bluegrassbenefit.example', org: '40118' },
    list: 'results.json',
    detail: 'detail.html',
    stranger: { target: { host: 'jobs.other.example', org: '7' } },
    closed: { body: notice },
  },
  {
    system: 'successfactors',
    target: { host: 'careers.hearwell.example', variant: 'tiles', locale: 'en_US' },
    list: 'tiles.html',
    detail: 'detail.html',
    stranger: { why: 'rows name no site; the host is the employer' },
    closed: { body: notice },
  },
  {
    system: 'taleo',
    target: { host: 'blueridge.taleo.net', section: 'ex', portal: '101430233' },
    list: 'list.json',
    detail: 'detail.html',
    stranger: { why: 'rows name no tenant; the host and the portal are' },
    closed: { body: notice },
  },
  {
    system: 'successfactors',
    target: { host: 'careers.hearwell.example', variant: 'tiles', locale: 'en_US' },
    list: 'csb.json',
    stranger: { why: 'rows name no site; the host is the employer' },
    closed: { why: 'as above' },
  },
  {
    system: 'successfactors',
    target: { host: 'careers.hearwell.example', variant: 'tiles', locale: 'en_US' },
    list: 'googlefeed.xml',
    stranger: { why: 'an employer may answer under several host names' },
    closed: { why: 'as above' },
  },
  {
    system: 'taleo',
    target: { host: 'phh.tbe.taleo.net', partition: 'phh04', org: 'OAKRIDGE', cws: '41' },
    list: 'business-list.html',
    detail: 'business-detail.html',
    stranger: { target: { host: 'phh.tbe.taleo.net', partition: 'phh04', org: 'OTHER', cws: '41' } },
    closed: { body: notice },
  },
];
