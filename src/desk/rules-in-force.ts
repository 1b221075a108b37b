import type { Kysely } from 'kysely';
import { type Actor, noteChange } from '../store/desk/audit.ts';
import type { Database } from '../store/schema.ts';
import { putInForce } from '../store/tags/rules-versions.ts';

/** Puts a version of the rules in force, and notes it. Returns the number of the note; null where it is in force already. */
export async function enforceRules(db: Kysely<Database>, version: string, actor: Actor): Promise<number | null> {
  let auditId: number | null = null;
  await putInForce(db, version, async (trx, before) => {
    auditId = await noteChange(trx, actor, { what: 'rules.apply', target: version, before, after: version });
  });
  return auditId;
}
