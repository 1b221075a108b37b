import type { Kysely } from 'kysely';
import { type Actor, noteChange } from '../store/desk/audit.ts';
import type { Database } from '../store/schema.ts';
import { handleTagReports } from '../store/tags/tag-reports.ts';

/** Marks reports of wrong tags as handled, and notes it. `auditId` is null where none of them was open: nothing was changed then. */
export async function settleReports(
  db: Kysely<Database>,
  ids: readonly number[],
  actor: Actor,
): Promise<{ handled: number[]; auditId: number | null }> {
  return db.transaction().execute(async trx => {
    const handled = await handleTagReports(trx, ids);
    const auditId = handled.length === 0 ? null : await noteChange(trx, actor, { what: 'reports.handle', after: { reports: handled } });
    return { handled, auditId };
  });
}
