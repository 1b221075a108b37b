import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSaved } from '../../src/cli/read.ts';
import { readPostingPage } from '../../src/crawlers/kit/posting-page.ts';

const SHARED = new URL('../../../shared/', import.meta.url);
const BOARDS = ['boards/recordings/', 'boards/recordings-2/', 'boards/recordings-3/'];
const there = existsSync(new URL('boards/recordings-3/manifest.json', SHARED)) && existsSync(new URL('trials/crawling/bugs/', SHARED));
if (!there) console.log('the recorded pages are not there: the tests that read them are skipped');

const path = (file: string) => fileURLToPath(new URL(file, SHARED));
const detail = (system: string, file: string) => readSaved(system, path(file), { kind: 'detail' });

/** Recorded pages of lists, errors and frames without content: none of them is a posting. */
const others = there
  ? BOARDS.flatMap(folder => readdirSync(new URL(folder, SHARED), { recursive: true, encoding: 'utf8' }).map(file => folder + file)).filter(
      file =>
        file.endsWith('.html') &&
        /search|list|not_found|unknown|careers?_?(?:page|home|site)|cards|board|openings|ddo/.test(file.replace(/.*\//, '')),
    )
  : [];

describe.skipIf(!there)('recorded pages without structured data', () => {
  test.each([
    ['trials/crawling/bugs/icims-detail-nojsonld.html', 'OT Utilization Reviewer'],
    ['boards/recordings-2/icims/compgraph_detail_no_jsonld.html', 'Senior Field Technician'],
  ])('%s: the text is kept', async (file, title) => {
    const report = await detail('icims', file);
    expect(report, report.why).toMatchObject({ marker: 'board', postings: [{ title }] });
    expect(report.postings[0]?.text_length).toBeGreaterThan(50);
  });

  test.each([
    ['trials/crawling/bugs/ld-broken-trailing-comma.html', 'jsonld'],
    ['trials/crawling/bugs/ld-multi-type-graph.html', 'jsonld'],
  ])('%s: the structured data is read', async (file, system) => {
    expect((await detail(system, file)).marker).toBe('board');
  });

  test('a removed posting of iCIMS, in whose place a list is shown, is gone', async () => {
    expect((await detail('icims', 'boards/recordings-3/icims/om_job_detail_not_found_rsp.html')).marker).toBe('gone');
  });

  test.each([
    ['icims/om_job_detail_rsp.html', 'Senior Product Manager', 'Minimum US Base Salary'],
    ['successfactors/om_job_detail_rsp.html', 'Developer Associate', 'Quality Assurance'],
    ['avature/om_job_detail_fields_rsp.html', 'Operational Technology (OT) Security Engineer', 'As an OT Security Engineer at Molex'],
  ])('%s: read by what it shows alone, when its data is taken away', (file, title, words) => {
    const reading = plain(`boards/recordings-3/${file}`);
    expect(reading, reading.why).toMatchObject({ marker: 'board', postings: [{ title }] });
    expect(reading.postings[0]?.body?.[0]?.html).toContain(words);
  });

  test.each(others)('%s is no posting', file => {
    expect(plain(file).postings).toEqual([]);
  });
});

/** A recorded page as the general reader reads it: without its structured data. */
function plain(file: string) {
  const body = readFileSync(path(file), 'utf8')
    .replace(/<script[^>]*ld\+json[\s\S]*?<\/script>/gi, '')
    .replaceAll('schema.org/JobPosting', 'schema.org/Thing');
  const url = 'https://careers.acme.example/jobs/7';
  const page = { request: { kind: 'detail' as const, url }, url, status: 200, headers: {}, body, fetchedAt: '2026-11-28T00:00:00Z' };
  return readPostingPage(page);
}
