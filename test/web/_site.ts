import type { FastifyInstance } from 'fastify';
import { createApi } from '../../src/api/server.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { PATH_SLUGS, PATHS } from '../../src/posting/taxonomy.ts';
import type { WebOptions } from '../../src/web/context.ts';
import { webPages } from '../../src/web/mount.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import type { TestPosting } from '../support/postings.ts';

export type TestSite = TestDatabase & { app: FastifyInstance; config: Config; origin: string; close(): Promise<void> };

/** API and pages on a database of their own, listening on a free loopback port. */
export async function testSite(
  { slowMs, ...options }: Omit<WebOptions, 'databaseUrl'> & { slowMs?: number } = {},
  env: Record<string, string> = {},
): Promise<TestSite> {
  const database = await testDatabase();
  const config = readConfig({ PORT: '0', FEED_DOMAIN: 'jobs.example', RATE_LIMIT: '0', ...env });
  const app = createApi({ config, db: database.db, slowMs, web: webPages({ databaseUrl: database.url, ...options }) });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { ...database, app, config, origin, close };
}

const TEXT = `About us
Fernleaf Health reviews therapy requests for seven health plans. We provide physical, occupational and speech therapy benefits.

What you will do
- Review charts for medical necessity, and write decisions that a therapist can follow
- Call providers when something is missing

Requirements
- Licensed PT, PTA, OT, COTA or SLP with three years of practice
- Excellent documentation`;
const HTML = `<h3>About us</h3><p>Fernleaf Health reviews therapy requests for seven health plans. We provide physical, occupational and speech therapy benefits.</p>
<h3>What you will do</h3><ul><li>Review charts for <strong>medical necessity</strong>, and write decisions that a therapist can follow</li><li>Call providers when something is missing</li></ul>
<h3>Requirements</h3><ul><li>Licensed <em>PT, PTA,</em> OT, COTA or SLP with three years of practice</li><li>Excellent documentation</li></ul>`;

/** Evidence of words in the text above. */
export function said(words: string) {
  const start = TEXT.indexOf(words);
  return { field: 'text' as const, start, end: start + words.length, text: words };
}

const CITIES = [
  ['Austin', 'TX'],
  ['Reno', 'NV'],
  ['Boise', 'ID'],
  ['Portland', 'ME'],
] as const;

/** So many plain postings of all paths, the newest first seen today. */
export function manyPostings(count: number): TestPosting[] {
  return Array.from({ length: count }, (_, i) => {
    const path = PATH_SLUGS[i % PATH_SLUGS.length]!;
    const role = PATHS[path].roles[i % PATHS[path].roles.length]!;
    const [city, region] = CITIES[i % CITIES.length]!;
    return {
      id: `job${String(i).padStart(3, '0')}`,
      title: `${PATHS[path].name} ${role.replaceAll('-', ' ')} ${i}`,
      company: i % 5 === 0 ? 'Fernleaf Health' : `Invented Employer ${i % 7}`,
      html: HTML,
      text: TEXT,
      places: [{ raw: `${city}, ${region}`, city, region, country: 'US' }],
      work_mode: (['remote', 'hybrid', 'onsite', null] as const)[i % 4],
      pay: i % 3 === 0 ? null : { min: 60_000 + i * 500, max: 72_000 + i * 500, currency: 'USD', interval: 'year' as const },
      employment_types: [(['full_time', 'part_time', 'contract'] as const)[i % 3]!],
      posted_at: new Date(Date.now() - (i + 2) * 86_400_000).toISOString(),
      first_seen: new Date(Date.now() - i * 3_600_000 * 5).toISOString(),
      paths: [path],
      roles: [role],
      verdicts: {
        OT: 'named',
        OTA: i % 2 === 0 ? 'named' : 'barred',
        PT: 'preferred',
        PTA: 'implied',
        SLP: i % 4 === 0 ? 'open' : 'unknown',
      },
      evidence: { OT: [said('OT')], OTA: [said('COTA')], PT: [said('PT')], PTA: [said('PTA')] },
      facets: {
        min_years: i % 6,
        caseload: i % 11 === 0,
        certifications: i % 4 === 0 ? [{ name: 'CCM', need: 'preferred' }] : [],
        patient_contact: i % 5 === 0 ? 'none' : null,
        lifting_pounds: i % 7 === 0 ? 25 : null,
      },
    };
  });
}
