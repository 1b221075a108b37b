import { describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { FIELDS, type FieldName } from '../../src/feed/fields.ts';
import { isFilterMistake, parseQuery } from '../../src/feed/filter.ts';
import { isTracking, untracked } from '../../src/feed/tracking.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../../src/posting/posting.ts';
import { US_STATES } from '../../src/posting/states.ts';
import { CREDENTIALS, PATH_SLUGS, PATHS, ROLE_SLUGS, VERDICTS } from '../../src/posting/taxonomy.ts';

const canonical = (name: string, value: string) => canonicalQuery(parseQuery(`${name}=${encodeURIComponent(value)}`));

describe('a value is read as people write it, and kept in its one spelling', () => {
  it.each([
    [
      'credential',
      'OTA',
      ['ota', 'COTA', 'cota/l', 'COTA-L', 'Certified Occupational Therapy Assistant', 'occupational therapist assistant'],
    ],
    ['credential', 'OT', ['ot', 'OTR', 'OTR/L', 'otr-l', 'OT/L', 'MOT', 'OTD', 'Occupational Therapist']],
    ['credential', 'PT', ['pt', 'DPT', 'MPT', 'RPT', 'Physical Therapist']],
    ['credential', 'PTA', ['pta', 'LPTA', 'Physical Therapist Assistant', 'physical therapy assistant']],
    ['credential', 'SLP', ['slp', 'CCC-SLP', 'slp-ccc', 'CF-SLP', 'ST', 'Speech Therapist', 'speech-language pathologist']],
    ['work_mode', 'remote', ['Remote', 'REMOTE']],
    ['work_mode', 'onsite', ['On-site', 'on site', 'ONSITE', 'on_site']],
    ['employment_type', 'full_time', ['FULL-TIME', 'full_time', 'Full time', 'fulltime', 'FT']],
    ['employment_type', 'per_diem', ['Per Diem', 'PRN']],
    ['path', 'utilization-review', ['Utilization Review', 'utilization_review', 'UTILIZATION-REVIEW']],
    ['path', 'ux-product', ['UX and product', 'ux product']],
    ['role', 'pre-service-coordinator', ['Pre-service coordinator', 'pre_service_coordinator']],
    ['state', 'TX', ['tx', 'Texas', 'texas', 'Tex.']],
    ['state', 'DC', ['dc', 'D.C.', 'District of Columbia']],
    ['patient_contact', 'none', ['None']],
    ['include', 'closed', ['Closed']],
    ['since', '7d', ['7D', '1W', '168H']],
  ] as const)('%s=%s', (name, value, spellings) => {
    for (const spelling of spellings) {
      // What a field means may bring another field along, but never another value of this one.
      expect(canonical(name, spelling), spelling).toBe(`${name}=${value}`);
    }
  });

  it('reads the words the page shows for a verdict', () => {
    const of = (value: string) => parseQuery(`credential=OT&verdict=${encodeURIComponent(value)}`).verdict;
    expect([of('Covered'), of('not eligible'), of('Not stated'), of('NAMED')]).toEqual([['implied'], ['barred'], ['unknown'], ['named']]);
  });

  it('reads pay per hour however it is said', () => {
    expect(parseQuery('pay_min=30&pay_interval=Hourly').pay_interval).toBe('hour');
    expect(parseQuery('pay_min=30&pay_interval=HOUR').pay_interval).toBe('hour');
  });

  it('never takes one value for another: every slug and every name reads as itself alone', () => {
    const lists: [FieldName, readonly string[]][] = [
      ['credential', CREDENTIALS],
      ['verdict', VERDICTS],
      ['work_mode', WORK_MODES],
      ['employment_type', EMPLOYMENT_TYPES],
      ['path', PATH_SLUGS],
      ['role', ROLE_SLUGS],
      ['state', US_STATES],
    ];
    for (const [name, values] of lists) {
      for (const value of values) {
        for (const spelling of [value, value.toLowerCase(), value.toUpperCase(), value.replace(/[-_]/g, ' '), ` ${value} `]) {
          const filter = parseQuery(`${name}=${encodeURIComponent(spelling)}`);
          expect(filter[name as 'path'], `${name} ${spelling}`).toEqual([value]);
        }
      }
    }
    for (const path of PATH_SLUGS) expect(parseQuery(`path=${encodeURIComponent(PATHS[path].name)}`).path).toEqual([path]);
  });

  it('still refuses what is none of them, with the value as it was given', () => {
    for (const [name, value] of [
      ['credential', 'RN'],
      ['credential', 'SLPA'],
      ['state', 'Ontario'],
      ['state', 'ON'],
      ['work_mode', '--'],
      ['path', ''.padEnd(3, '!')],
    ] as const) {
      try {
        parseQuery(`${name}=${encodeURIComponent(value)}`);
      } catch (error) {
        if (!isFilterMistake(error)) throw error;
        expect([error.field, error.value, error.allowed]).toEqual([name, value, FIELDS[name].allowed]);
        continue;
      }
      throw new Error(`${name}=${value} was taken`);
    }
  });
});

describe('names that mail programs, networks and advertisers add to a link', () => {
  it.each([
    'utm_source',
    'UTM_Campaign',
    'fbclid',
    'gclid',
    'dclid',
    'gbraid',
    'wbraid',
    'msclkid',
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_hsmi',
    'igshid',
    'ttclid',
    'twclid',
    'li_fat_id',
    'yclid',
    'vero_id',
    'mkt_tok',
    'ref',
    'ref_src',
    '_',
    'mibextid',
    'ymclid',
    'irclickid',
    'sc_cid',
    's_cid',
    'at_medium',
    'itm_campaign',
    'hsa_ad',
    'sfmc_sub',
    '__s',
    'dm_i',
    'fb_ref',
    'nr_email_referer',
    'amp;utm_medium',
  ])('%s is nothing of the filter', name => {
    expect(canonicalQuery(parseQuery(`${name}=a%20b&credential=OTA&${name}=2`))).toBe('credential=OTA');
  });

  it('are known however they are escaped, and take no room from what is asked', () => {
    expect(canonicalQuery(parseQuery(`?utm%5Fsource=x&%66bclid=${'x'.repeat(3000)}&credential=OTA`))).toBe('credential=OTA');
    expect(untracked('/u/k1.abc?utm_source=x')).toBe('/u/k1.abc');
    expect(untracked('/jobs?q=a%20b&ref=x&&path=')).toBe('/jobs?q=a%20b&&path=');
    expect(untracked('/jobs?')).toBe('/jobs?');
    expect(untracked('/jobs?credential=OT&amp;state=TX&amp;utm_medium=x')).toBe('/jobs?credential=OT&state=TX');
    expect(untracked('/jobs?credential=OT?utm_source=a')).toBe('/jobs?credential=OT');
    expect(untracked('/jobs?q=who?&credential=OT')).toBe('/jobs?q=who?&credential=OT');
    for (const name of Object.keys(FIELDS)) expect(isTracking(name), name).toBe(false);
  });

  it('are told from the names of the filter and from unknown ones', () => {
    expect(parseQuery('source=acme-health').source).toEqual(['acme-health']);
    for (const name of ['reference', 'utm', 'mc', 'colour', '__proto__']) expect(() => parseQuery(`${name}=x`), name).toThrow(/is "x"/);
  });
});
