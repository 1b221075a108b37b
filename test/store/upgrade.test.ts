import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { emptyDatabase } from '../support/database.ts';

test('a database of the first four migrations with rows in it is brought up to date, with what the later ones know of old rows', async () => {
  const { db, drop } = await emptyDatabase();
  try {
    await migrate(db, undefined, '0004_digest');
    await sql`insert into sources (slug, name, system, target, enabled, disabled_reason, every_minutes, notes, next_visit_at) values
      ('live', 'Live', 'jsonld', '{}', true, null, 1440, null, now() + interval '401 days'),
      ('replayed', 'Replayed', 'jsonld', '{}', false, 'from a recording', 1440, 'from a recording', now()),
      ('worded', 'Worded', 'jsonld', '{}', true, null, 1440, 'from a recording', now() + interval '1 hour')`.execute(db);
    await sql`insert into visits (id, source_id, started_at)
      select gen_random_uuid(), id, now() + interval '400 days' from sources where slug = 'live'`.execute(db);
    expect((await migrate(db)).applied[0]).toMatch(/^0005/);
    const { rows: sources } = await sql`select slug, recorded, next_visit_at <= now() as due from sources order by slug`.execute(db);
    expect(sources).toEqual([
      { slug: 'live', recorded: false, due: true },
      { slug: 'replayed', recorded: true, due: true },
      { slug: 'worded', recorded: false, due: false },
    ]);
    const { rows: left } = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = current_schema() and column_name in ('path_hints', 'last_visit_id', 'triage_reason')`.execute(db);
    expect(left).toEqual([]);
    const { rows: visits } = await sql`select attempts, started_at <= now() as past from visits`.execute(db);
    expect(visits).toEqual([{ attempts: 0, past: true }]);
    expect((await migrate(db)).applied).toEqual([]);
  } finally {
    await drop();
  }
});
