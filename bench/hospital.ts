import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Parts } from '../src/app/parts.ts';
import { inScratch } from '../src/app/scratch.ts';
import { logger } from '../src/app/stored.ts';
import { type Config, readConfig } from '../src/config.ts';
import { putSources, type Source } from '../src/store/visit/sources.ts';
import type { HospitalCounts, HospitalSetup } from './hospital-server.ts';

const TITLES = new URL('../../shared/titles/titles-60k.jsonl.gz', import.meta.url);
/** Where no real ones are at hand. */
const OWN = [
  'Registered Nurse, Medical Surgical',
  'Environmental Services Worker',
  'Physical Therapist, Outpatient',
  'Utilization Review Nurse',
  'Patient Access Representative',
  'Occupational Therapist, PRN',
  'Cook',
  'Respiratory Therapist',
  'Care Coordinator, Rehabilitation',
  'Software Engineer',
  'Medical Assistant',
  'Radiology Technologist',
  'Clinical Informatics Analyst',
  'Security Officer',
  'Certified Nursing Assistant, Nights',
  'Pharmacy Technician',
];

/** Titles of postings of hospitals and health systems, and where they are from. */
export function hospitalTitles(): { titles: string[]; from: string } {
  if (!existsSync(TITLES)) return { titles: OWN, from: 'invented titles' };
  const rows = gunzipSync(readFileSync(TITLES)).toString().trim().split('\n');
  const titles = rows
    .map(row => JSON.parse(row) as { title: string; company: string })
    .filter(({ company }) => /health|hospital|medical|clinic/i.test(company))
    .map(({ title }) => title);
  return { titles, from: `${titles.length} real titles of health systems` };
}

export type Hospital = { origin: string; counts(): Promise<HospitalCounts>; stop(): void };

/** Boards on loopback, in a process of their own. `counts` tells the requests since it was last asked. */
export async function startHospital(setup: HospitalSetup): Promise<Hospital> {
  const child = fork(new URL('./hospital-server.ts', import.meta.url));
  child.send({ setup });
  const [port] = (await once(child, 'message')) as [number];
  return {
    origin: `http://127.0.0.1:${port}`,
    async counts() {
      child.send('counts');
      const [counts] = (await once(child, 'message')) as [HospitalCounts];
      return counts;
    },
    stop: () => child.disconnect(),
  };
}

/** A database of this run alone: on the server of DATABASE_URL, else on a private one in a temporary folder. Gone when the work is done. */
export async function withParts(settings: Partial<Config>, work: (parts: Parts) => Promise<void>): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'ombre-bench-'));
  await chmod(home, 0o755);
  const config: Config = { ...readConfig(), OMBRE_HOME: home, LOG_LEVEL: 'error', CRAWL_DELAY_MS: 0, ...settings };
  try {
    await inScratch(config, 'ombre_bench', logger(config), work);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** So many boards of the hospital, each a tenant with a host of its own. */
export async function putHospitals(parts: Parts, names: string[]): Promise<Source[]> {
  return await putSources(
    parts.db,
    names.map(name => ({
      slug: name,
      name: `Acme Health ${name}`,
      system: 'workday',
      target: { host: `${name}.wd5.myworkdayjobs.com`, tenant: name, site: 'External' },
      enabled: true,
      disabledReason: null,
      everyMinutes: 1440,
      notes: null,
    })),
  );
}
