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
    await sql`insert into postings (id, source_id, key, url, title, first_seen, last_seen, updated_at, content_hash, list_hash, pay)
      select 'paid', id, 'paid', 'https://board.example/1', 'Trainer', now(), now(), now(), 'x', 'x', '{"min":60000,"max":null,"currency":"USD","interval":"year"}'
      from sources where slug = 'live'`.execute(db);
    await sql`insert into subscriptions (id, email, address_hash, query, every, weekday, hour, zone, state, consent_version, consent_source, consent_at)
      values (gen_random_uuid(), 'a@example.org', 'x', 'path=sales', 'daily', 1, 7, 'UTC', 'unsubscribed', 'x', 'web', now())`.execute(db);
    await sql`insert into digest_items (subscription_id, posting_id, matched_at, delivery_id, place)
      select id, 'paid', now(), gen_random_uuid(), 'mailed' from subscriptions union all select id, 'waits', now(), null, null from subscriptions`.execute(
      db,
    );
    expect((await migrate(db)).applied[0]).toMatch(/^0005/);
    const { rows: ledger } = await sql`select posting_id, news, told_pay->>'min' as told from digest_items order by posting_id`.execute(db);
    expect(ledger).toEqual([
      { posting_id: 'paid', news: 'new', told: '60000' },
      { posting_id: 'waits', news: 'new', told: null },
    ]);
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
