import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { shared } from './shared.ts';

const folder = shared('boards/recordings-3', 'manifest.json') ?? '';

/** What a person reads in a recorded answer, one line a posting: `key | title | places | pay | posted`. */
async function told(system: string, file: string, options: { url?: string; status?: string } = {}) {
  const report = await readSaved(system, `${folder}/${system}/${file}`, options);
  return {
    ...report,
    texts: report.postings.map(({ text_length }) => text_length),
    lines: report.postings.map(({ key, title, places, pay, posted_at }) =>
      [
        key,
        title,
        places.map(({ city, region, country, raw }) => (country ? `${city ?? '?'} ${region ?? '?'} ${country}` : raw)).join('; '),
        pay ? `${pay.min}-${pay.max} ${pay.currency}/${pay.interval}` : '',
        posted_at?.value ?? '',
      ].join(' | '),
    ),
  };
}

describe.skipIf(!folder)('recorded answers that were read as unknown once', () => {
  test('details of Dayforce: places, text in parts, and the pay of its rates', async () => {
    const paid = await told('dayforce', 'om_detail_rsp.json', { url: 'https://jobs.dayforcehcm.com/en-US/pca/CANDIDATEPORTAL' });
    expect(paid.marker).toBe('board');
    expect(paid.lines[0]).toMatch(
      /^62374 \| Electrical Engineering Co Op\/Intern - All Mills \| Massillon OH US; .* \| 25-30 USD\/hour \| 2026-08-10/,
    );
    expect(paid.texts[0]).toBeGreaterThan(2_000);
    const unpaid = await told('dayforce', 'om_detail_null_currency_rsp.json');
    expect(unpaid.lines).toEqual(['35762 | Area Profit Protection Manager - Oxfordshire |  |  | 2026-07-09']);
    expect((await told('dayforce', 'om_detail_not_found_rsp.json', { status: '404' })).marker).toBe('gone');
  });

  test('the table of a SuccessFactors search: 25 rows of 633, and none where nothing matches', async () => {
    const { marker, total, lines, follow } = await told('successfactors', 'om_search_rsp.html', {
      url: 'https://jobs.sap.com/search/?q=engineer&startrow=0',
    });
    expect([marker, total, lines.length]).toEqual(['board', 633, 25]);
    expect(lines[0]).toBe('1414343333 | Developer Associate | Bangalore ? IN |  | ');
    expect(follow[0]?.url).toContain('startrow=25');
    expect((await told('successfactors', 'om_search_filtered_rsp.html')).marker).toBe('board');
    expect((await told('successfactors', 'om_search_no_results_rsp.html')).marker).toBe('unknown');
    expect((await told('successfactors', 'om_job_detail_rsp.html')).lines[0]).toContain('Developer Associate');
  });

  test('the JSON feed of Teamtailor: states, pay, and a posting without a place', async () => {
    expect((await told('teamtailor', 'om_jobs_rsp.json')).lines).toHaveLength(3);
    expect((await told('teamtailor', 'om_jobs_nulls_rsp.json')).lines[0]).toContain('Business & Finance Manager | Stockholm');
    const { lines } = await told('teamtailor', 'om_jobs_missing_location_rsp.json');
    expect(lines[0]).toContain('(Nationwide) |  |  | 2026-07-14');
    expect(lines[1]).toContain('Home Buying Specialist | Miami FL US | 120000-130000 USD/year | 2026-07-08');
    expect((await told('teamtailor', 'om_jobs_unknown_company_rsp.json', { status: '404' })).marker).toBe('gone');
  });

  test('the pay of a Greenhouse detail that its text does not tell', async () => {
    const url = 'https://boards-api.greenhouse.io/v1/boards/anthropic/jobs/5183053008';
    expect((await told('greenhouse', 'om_job_detail_full_rsp.json', { url })).lines[0]).toContain('222800-290000 USD/year');
    expect((await told('greenhouse', 'om_job_detail_rsp.json', { url })).postings[0]?.pay).toBeNull();
  });

  test("the answer of Phenom's widget about one posting", async () => {
    const report = await readSaved('phenom', `${folder}/../recordings-2/phenom/united_widget_detail.json`);
    expect(report.postings).toMatchObject([{ key: 'ORD00003607', title: 'Supervisor - Catering Operations & Logistics' }]);
  });

  test('positions of Eightfold, and what Oracle answers for a removed posting', async () => {
    const position = await told('eightfold', 'om_position_details_rsp.json', { url: 'https://morganstanley.eightfold.ai/careers' });
    expect(position).toMatchObject({ marker: 'board', texts: [expect.any(Number)] });
    expect(position.texts[0]).toBeGreaterThan(500);
    expect((await told('eightfold', 'om_position_details_not_found_rsp.json', { status: '404' })).marker).toBe('gone');
    const removed = await readSaved('oracle', `${folder}/oracle/om_job_detail_not_found_rsp.json`, { kind: 'detail' });
    expect(removed.marker).toBe('gone');
  });
});
