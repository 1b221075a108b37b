import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Runs something on one connection to a server. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates a database, empty or as a copy of another one. */
export async function createDatabase(client: pg.Client, name: string, template = 'template0'): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Copying files takes half as long as writing all of them to the log.
      await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)} strategy file_copy`);
      return;
    } catch (error) {
      // 55006: another file copies the same template at this moment.
      if ((error as pg.DatabaseError).code !== '55006' || attempt === 100) throw error;
      await sleep(50);
    }
  }
}

/** Drops a database, cutting whoever is still connected to it. */
export async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
