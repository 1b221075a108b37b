import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/store/schema.ts';

const TABLES = ['postings', 'posting_texts', 'posting_tags'];

export async function empty(db: Kysely<Database>): Promise<void> {
  await sql`truncate postings, posting_texts, posting_tags, digest_pending cascade`.execute(db);
}

/** Sets the stored rows aside, as they are, without an index. */
export async function setAside(db: Kysely<Database>): Promise<void> {
  for (const name of TABLES) await sql`create unlogged table ${sql.table(`bench_${name}`)} as select * from ${sql.table(name)}`.execute(db);
}

/** Stores the rows set aside again, with every index; their search vectors are ready. */
export async function copyBack(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async trx => {
    for (const name of TABLES) {
      const columns = await sql<{ name: string }>`select attname as name from pg_attribute
        where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(trx);
      const list = sql.join(columns.rows.map(column => sql.ref(column.name)));
      await sql`insert into ${sql.table(name)} (${list}) select ${list} from ${sql.table(`bench_${name}`)}`.execute(trx);
    }
  });
}
