import { type Kysely, sql } from 'kysely';
import type { Contact } from '../../pipeline/first-contact.ts';
import type { Database } from '../schema.ts';

export type KeptContact = Pick<Contact, 'slug' | 'system' | 'result' | 'why' | 'listed' | 'total'> & { todo: string };

/** Keeps what first contact found, in the place of what was found before. */
export async function keepContacts(db: Kysely<Database>, contacts: readonly KeptContact[]): Promise<void> {
  for (const { slug, system, result, why, listed, total, todo } of contacts) {
    const found = { system, result, why, listed, total, todo };
    await db
      .insertInto('first_contacts')
      .values({ slug, ...found })
      .onConflict(conflict => conflict.column('slug').doUpdateSet({ ...found, at: sql<Date>`now()` }))
      .execute();
  }
}

/** What was found, by slug. */
export async function keptContacts(db: Kysely<Database>): Promise<Map<string, KeptContact & { at: Date }>> {
  const rows = await db.selectFrom('first_contacts').selectAll().execute();
  return new Map(rows.map(({ result, ...row }) => [row.slug, { ...row, result: result as Contact['result'] }]));
}
