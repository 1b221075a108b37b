import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OmbreProcess, startOmbre } from '../cli/ombre-process.ts';
import { type BoardServer, serve } from './boards.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { jobSite } from './job-site.ts';

/** A board with two postings on loopback, a registry that names it, a database and a home: what roles run on. */
export type Ground = {
  database: TestDatabase;
  site: BoardServer;
  env: Record<string, string>;
  run(role: 'api' | 'worker' | 'start', env?: Record<string, string>): OmbreProcess;
  /** Ends what runs, and removes everything. */
  close(): Promise<void>;
};

/** `query` is at the end of the address of the board and of every posting. */
export async function ground({ query = '' }: { query?: string } = {}): Promise<Ground> {
  const [database, home] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'ombre-roles-'))]);
  const site = await serve(
    jobSite(() => [1, 2].map(n => ({ slug: `utilization-review-therapist-${n}`, title: 'Utilization Review Therapist' }))),
  );
  const sources = join(home, 'sources');
  await mkdir(sources);
  const row = { slug: 'fern', name: 'Fernleaf Works', system: 'jsonld', target: { sitemap: `${site.origin}/sitemap.xml${query}` } };
  await writeFile(join(sources, 'fern.yaml'), JSON.stringify([row]));
  const env = {
    DATABASE_URL: database.url,
    OMBRE_HOME: join(home, 'ombre'),
    SOURCES_DIR: sources,
    ALLOW_PRIVATE_HOSTS: new URL(site.origin).host,
    METRICS_PORT: '0',
  };
  const running: OmbreProcess[] = [];
  const run: Ground['run'] = (role, more = {}) => {
    const process = startOmbre([role], { ...env, ...more });
    running.push(process);
    return process;
  };
  const close = async () => {
    await Promise.all(running.map(process => process.ended('SIGTERM')));
    await site.close();
    await database.drop();
    await rm(home, { recursive: true });
  };
  return { database, site, env, run, close };
}

/** The address of METRICS_PORT, once it is told in the log. */
export async function metricsOf(process: OmbreProcess): Promise<string> {
  const told = () => /"address":"([^"]+)","msg":"metrics ready"/.exec(process.said())?.[1];
  await process.until(() => told() !== undefined);
  return told()!;
}
