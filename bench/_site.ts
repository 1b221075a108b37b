import { type Kysely, sql } from 'kysely';
import { createApi } from '../src/api/server.ts';
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';
import { webPages } from '../src/web/mount.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { fill } from './api-data.ts';

/** API and pages over a filled database. */
export type Site = {
  db: Kysely<Database>;
  /** Milliseconds of one answer that nothing was kept for: a posting was stored just before, and the server that answers has answered nothing yet. */
  cold(path: string): Promise<number>;
  close(): Promise<void>;
};

/** Fills a Postgres of its own with so many postings, or takes one that is filled already. */
export async function filledSite(postings: number, database?: string): Promise<Site> {
  const postgres = database === undefined ? await startPostgres() : null;
  const url = database ?? postgres!.url;
  const writer = openDatabase(url, { max: 2 });
  if (postgres) {
    await migrate(writer);
    const began = Date.now();
    await fill(writer, postings, done => process.stderr.write(`\r${done} postings stored`));
    process.stderr.write(` in ${Math.round((Date.now() - began) / 1000)} s\n`);
  }
  const db = openDatabase(url, { readOnly: true, statementTimeoutMs: 60_000 });
  const config = readConfig({ RATE_LIMIT: '0', PUBLIC_URL: 'https://ombre.example' });
  const pages = webPages({ databaseUrl: url });
  const cold = async (path: string) => {
    const api = createApi({ config, db, web: pages });
    await api.ready();
    await sql`update postings set title = title, updated_at = now() where id = 'p0'`.execute(writer);
    const began = performance.now();
    const { statusCode, body } = await api.inject(path);
    const took = performance.now() - began;
    await api.close();
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${body.slice(0, 300)}`);
    return took;
  };
  const close = async () => {
    await Promise.all([db.destroy(), writer.destroy()]);
    await postgres?.stop();
  };
  return { db, cold, close };
}
