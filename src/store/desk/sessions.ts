import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** A session ends when nothing was asked in it for so long, and in any case after so long, by the database's clock. */
const IDLE_MINUTES = 30;
export const LONGEST_HOURS = 12;

/** `tokenHash` is the SHA-256 of what the browser holds, `credential` the mark of the password it was opened with. */
export type SessionKey = { tokenHash: string; credential: string };

const LIVES = sql<boolean>`used_at > now() - make_interval(mins => ${sql.lit(IDLE_MINUTES)})
  and created_at > now() - make_interval(hours => ${sql.lit(LONGEST_HOURS)})`;

/** Opens a session, and forgets those that have ended. */
export async function openSession(db: Kysely<Database>, { tokenHash, credential }: SessionKey, network: string): Promise<void> {
  await db
    .deleteFrom('desk_sessions')
    .where(eb => eb.or([eb.not(LIVES), eb('credential', '<>', credential)]))
    .execute();
  await db.insertInto('desk_sessions').values({ token_hash: tokenHash, credential, network }).execute();
}

/** Whether a session lives; it is used then, and lives on from now. */
export async function useSession(db: Kysely<Database>, { tokenHash, credential }: SessionKey): Promise<boolean> {
  const used = await db
    .updateTable('desk_sessions')
    .set({ used_at: sql<Date>`now()` })
    .where('token_hash', '=', tokenHash)
    .where('credential', '=', credential)
    .where(LIVES)
    .returning('token_hash')
    .execute();
  return used.length > 0;
}

export async function endSession(db: Kysely<Database>, tokenHash: string): Promise<void> {
  await db.deleteFrom('desk_sessions').where('token_hash', '=', tokenHash).execute();
}

export type LivingSession = { who: string; network: string; created_at: Date; used_at: Date };

/** The sessions that live, the one used last first. `who` is how the audit names them. */
export async function livingSessions(db: Kysely<Database>): Promise<LivingSession[]> {
  return db
    .selectFrom('desk_sessions')
    .select([sql<string>`left(token_hash, 8)`.as('who'), 'network', 'created_at', 'used_at'])
    .where(LIVES)
    .orderBy('used_at', 'desc')
    .execute();
}

/** Ends every session but one, or all of them. Returns how many lived. */
export async function endSessions(db: Kysely<Database>, except: string | null): Promise<number> {
  const ended = await db
    .deleteFrom('desk_sessions')
    .$if(except !== null, query => query.where('token_hash', '<>', except!))
    .returning(LIVES.as('lived'))
    .execute();
  return ended.filter(({ lived }) => lived).length;
}
