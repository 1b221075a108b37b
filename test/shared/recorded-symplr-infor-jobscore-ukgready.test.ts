import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { adapter as symplr } from '../../src/crawlers/adapters/symplr.ts';
import { normalise } from '../../src/pipeline/normalise.ts';
import { answer, FETCHED_AT } from '../crawlers/adapters/_support.ts';
import { shared } from './shared.ts';

const folder = shared('boards/recordings-3', 'manifest.json') ?? '';

/** What a person reads in a recorded answer, one line a posting: `key | title | places | pay | posted | employment | department`. */
async function told(system: string, file: string, url?: string): Promise<{ lines: string[]; why: string; texts: number[] }> {
  const report = await readSaved(system, `${folder}/${file}`, url ? { url } : {});
  expect(report.marker, report.why).toBe('board');
  return {
    why: report.why,
    texts: report.postings.map(({ text_length }) => text_length),
    lines: report.postings.map(posting =>
      [
        posting.key,
        posting.title,
        posting.places.map(({ city, region, country, raw }) => (country ? `${city ?? '?'} ${region ?? '?'} ${country}` : raw)).join('; '),
        posting.pay ? `${posting.pay.min}-${posting.pay.max} ${posting.pay.currency}/${posting.pay.interval}` : '',
        posting.posted_at?.value ?? '',
        posting.employment_type.join(','),
        posting.department ?? '',
      ].join(' | '),
    ),
  };
}

describe.skipIf(!folder)('recorded answers of symplr', () => {
  test('the search of a hospital: one whole posting of 517', async () => {
    const { lines, texts, why } = await told(
      'symplr',
      'healthcaresource/hs_search.json',
      'https://pm.healthcaresource.com/CS/shannonhealth',
    );
    expect(lines).toEqual(['2358_10535 | Registered Nurse | San Angelo TX US |  | 2026-04-23 | part_time | LD ROOMS']);
    expect(texts[0]).toBeGreaterThan(140);
    expect(why).toContain('the system counts 517');
  });

  test('the pay of eight hospitals, each written its own way', () => {
    const areas = Object.entries(
      JSON.parse(readFileSync(`${folder}/healthcaresource/hs_pay_values.json`, 'utf8')) as Record<string, object[]>,
    );
    const paid = areas.flatMap(([hospital, rows]) =>
      rows.map((userArea, index) => {
        const hits = [{ _id: `1_${index}`, _source: { title: 'Nurse', userArea } }];
        const [request] = symplr.start({ site: 'acme' });
        const page = answer(request ?? { kind: 'list', url: '' }, JSON.stringify({ hits: { total: { value: 1 }, hits } }));
        const [raw] = symplr.read(page, { site: 'acme' }).postings;
        const pay = raw ? normalise(raw, { fetchedAt: FETCHED_AT, company: null, system: 'symplr' }).pay : null;
        return `${hospital} ${pay ? `${pay.min}-${pay.max} ${pay.currency}/${pay.interval}` : 'none'}`;
      }),
    );
    expect(paid).toEqual([
      'RenownHealth 18.24-25.53 USD/hour',
      'CommunityMemorial 18-23 USD/hour',
      'MedicalCenterHealthSystemOdessa none',
      'MedicalCenterHealthSystemOdessa 24.71-40.02 USD/hour',
      'CHCHealthcare 13.58-20.37 USD/hour',
      'HolyokeHealth 18.4-25.45 USD/hour',
      'LawrenceGeneral 43.86-65.79 USD/hour',
      'YorkHospital 17-23.2 USD/hour',
      'WillisKnightonHealthSystem none',
    ]);
  });
});

describe.skipIf(!folder)('recorded answers of infor', () => {
  const board = (org: string) =>
    `https://css-acme-prd.inforcloudsuite.com/hcm/Jobs/page/JobsHomePage?csk.JobBoard=EXTERNAL&csk.HROrganization=${org}`;

  test('the whole list of a hospital that writes streets where towns are asked for, or nothing', async () => {
    const { lines, why } = await told('infor', 'infor/hs_list_ballad.json', board('1'));
    expect(lines).toEqual([
      '40870 | Medical Lab Technician/Medical Technologist (6a-230p) Johnson City, TN | Johnson City TN US |  | 2026-09-24 | full_time | Laboratory',
      '40699 | System Clinical Educator (8a-5p) Norton, VA | Norton VA US |  | 2026-09-23 | full_time | RNs',
      '40335 | Retail Pharmacist (9a-7p) - Johnson City, TN |  |  | 2026-09-22 | per_diem | Pharmacy',
    ]);
    expect(why).toBe('3 postings');
  });

  test.each([
    [
      '1',
      [
        '173660 | Audiologist | Tampa FL US |  | 2026-09-24 | full_time | Clinical',
        '5244 | Hospitalist | Middletown CT US |  | 2026-08-07 | per_diem | Clinical Professional',
      ],
      3,
    ],
    [
      'LRH',
      ['35569 | Anesthesia Technician - Main OR Anesthesiology | Lakeland FL US |  | 2026-09-24 |  | Patient Care Services & Support'],
      5,
    ],
    [
      '10',
      [
        '129236 | SURGICAL TECH INTERN - BIRTHING CENTER | Wausau WI US |  | 2026-09-24 |  | SURG TECHS',
        '94647 | Patient Access Associate - Hospital Registration | North Conway NH US |  | 2026-09-23 |  | Clerical/Administrative Support',
      ],
      4,
    ],
  ])('of rows of five hospitals only those of organization %s, with their places', async (org, expected, strangers) => {
    const { lines, why } = await told('infor', 'infor/hs_list_other_places.json', board(org));
    expect(lines).toEqual(expected);
    expect(why).toContain(`${strangers} of 6 rows could not be read`);
  });

  test('a posting with its text, and no pay behind "0 - 0  per hour"', async () => {
    const { lines, texts } = await told('infor', 'infor/hs_detail.json', board('100'));
    expect(lines).toEqual(['2467 | Housekeeper | Norfolk NE US |  |  | part_time | Support Services-Trades']);
    expect(texts[0]).toBeGreaterThan(400);
  });
});

describe.skipIf(!folder)('recorded answers of jobscore', () => {
  test('a feed with one job', async () => {
    const { lines, texts } = await told('jobscore', 'jobscore/or_feed.json');
    expect(lines).toEqual([
      'd02lIpZW9pVBUlBdjtK6_f | Regional Product & Demand Planning Manager | Mexico City ? MX |  | 2026-05-27T16:22:10.459Z |  | Compras',
    ]);
    expect(texts[0]).toBeGreaterThan(150);
  });
});

describe.skipIf(!folder)('recorded answers of ukgready', () => {
  test('a list of one row of twelve, whose text is cut and not taken', async () => {
    const { lines, texts, why } = await told('ukgready', 'ukg_ready/hs_list.json');
    expect(lines).toEqual([
      '621281135 | Emergency Room Registered Nurse  (Days or NIghts) | Vernon TX US | 46-null USD/hour |  | per_diem | ',
    ]);
    expect(texts).toEqual([0]);
    expect(why).toContain('the system counts 12');
  });

  test('a posting with its three texts', async () => {
    const { lines, texts } = await told('ukgready', 'ukg_ready/hs_detail.json');
    expect(lines).toEqual([
      '2151532804 | PATIENT CARE TECHNICIAN / NURSING ASSISTANT I (PCT / NA) - Emergency Department | Mount Airy NC US |  |  |  | ',
    ]);
    expect(texts[0]).toBeGreaterThan(400);
  });
});
