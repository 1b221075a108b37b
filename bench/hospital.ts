import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Parts } from '../src/app/parts.ts';
import { inScratch } from '../src/app/scratch.ts';
import { logger } from '../src/app/stored.ts';
import { type Config, readConfig } from '../src/config.ts';
import { putSources, type Source } from '../src/store/visit/sources.ts';
import type { HospitalCounts, HospitalSetup } from './hospital-server.ts';

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
