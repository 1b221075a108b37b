import { sql } from 'kysely';
import { openDatabase } from './database.ts';

/**
 * A database for one process, beside the real one on the same server. `drop` removes it;
 * those that killed processes left behind are removed here, when their process is gone.
 */
export async function scratchDatabase(serverUrl: string, prefix: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `${prefix}_${process.pid}`;
  await onServer(serverUrl, async db => {
    const { rows } = await sql<{ datname: string }>`select datname from pg_database where starts_with(datname, ${`${prefix}_`})`.execute(
      db,
    );
    for (const { datname } of rows) {
      const pid = Number(datname.slice(prefix.length + 1));
      if (pid === process.pid || !isAlive(pid)) await sql`drop database if exists ${sql.id(datname)} with (force)`.execute(db);
    }
    await sql`create database ${sql.id(name)}`.execute(db);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer(serverUrl, async db => void (await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db))),
  };
}

async function onServer(url: string, work: (db: ReturnType<typeof openDatabase>) => Promise<void>): Promise<void> {
  const db = openDatabase(url, { max: 1 });
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is alive, but may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
