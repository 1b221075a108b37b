import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import { boardOf } from '../crawlers/registry.ts';
import { dataOf } from '../postgres/server/home.ts';
import { databaseNow } from '../store/clock.ts';
import { type KeptContact, keepContacts } from '../store/visit/first-contacts.ts';
import { verifiedSources } from '../store/visit/sources.ts';
import { closeAll } from './closing.ts';
import { aloneFetcher, liveFetcher } from './fetchers.ts';
import { logger, openStored } from './stored.ts';

/** What first contact runs on, with a database or without. */
export type ContactGround = {
  fetcher: Fetcher;
  /** Whether a visit has read the board of a row whole. Without a database: of none. */
  isVerified(row: { slug: string; system: string; target: unknown }): boolean;
  /** The day it is, as `2026-11-29`. */
  day: string;
  /** Keeps what was found for the desk; without a database nothing is kept. */
  keep(contacts: readonly KeptContact[]): Promise<void>;
  /** Why there is no database, as a clause; null when there is one. */
  without: string | null;
  close(): Promise<void>;
};

/**
 * Opens the database when there is one, so that robots.txt answers and host turns are shared with workers; without one the engine works alone.
 * No private PostgreSQL is made for it. One that is there and does not answer throws E_DB_DOWN: it knows which rows are verified, and whose turn it is.
 */
export async function openContactGround(config: Config): Promise<ContactGround> {
  if (config.DATABASE_URL === null && !existsSync(dataOf(config.OMBRE_HOME))) {
    const fetcher = aloneFetcher({ config, log: logger(config) });
    const without = 'there is no database yet';
    const nowhere = async () => undefined;
    return { fetcher, isVerified: () => false, day: dayOf(new Date()), without, keep: nowhere, close: () => fetcher.close() };
  }
  const stored = await openStored(config);
  const { db } = stored;
  const fetcher = liveFetcher(stored);
  const close = () =>
    closeAll(
      () => fetcher.close(),
      () => stored.close(),
    );
  try {
    const verified = await verifiedSources(db);
    const boards = new Map([...verified].map(([slug, board]) => [slug, boardOf(board)]));
    const isVerified = (row: { slug: string; system: string; target: unknown }) => boards.get(row.slug) === boardOf(row);
    return { fetcher, isVerified, day: dayOf(await databaseNow(db)), without: null, keep: found => keepContacts(db, found), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
