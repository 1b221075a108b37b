import { type Kysely, sql } from 'kysely';
import { WISHES } from '../../src/digest/confirmations.ts';
import { runDigest } from '../../src/digest/run.ts';
import { requestSubscription } from '../../src/store/digest/wishes.ts';
import type { Database } from '../../src/store/schema.ts';
import { active, iso, later, MONDAY, senderOf } from '../digest/support.ts';
import { insertPostings } from './postings.ts';
import { varied } from './varied.ts';

/** A database in which a crawl and a digest have been at work: rows in every table, and texts, moments and numbers that are easily bent. */
export async function fill(db: Kysely<Database>, outbox: string): Promise<void> {
  const bent = 'tab\t quote" backslash\\ line\u2028end \u0085 {"ombre":"end"} 🩺 İ\r\n\'';
  await insertPostings(db, [
    { id: 'a-copy', source: 'birch', duplicate_of: null, first_seen: '2026-11-01T00:00:00.123456Z' },
    ...Array.from({ length: 230 }, (_, i) => varied(i)),
    { id: 'bent', title: bent, text: bent.repeat(50), company: null, first_seen: iso(-2), paths: ['sales'], verdicts: { OTA: 'named' } },
    { id: 'told', title: 'Account manager', first_seen: iso(-2), paths: ['sales'], verdicts: { OTA: 'named' } },
  ]);
  // A row that comes before the one it refers to.
  await sql`update postings set duplicate_of = 'v1', closed_at = '2026-11-03T00:00:00.000001Z', closed_reason = 'not_listed' where id = 'a-copy'`.execute(
    db,
  );
  await sql`update postings set confidence = 0.1::real, pay = '{"min": 21.30, "max": 1e2, "currency": "USD", "interval": "hour"}' where id = 'bent'`.execute(
    db,
  );
  await sql`update sources set target = '{"board": "birch", "n": 12345678901234567890.10}', held_keys = '{"a,b","c\\"d",null}', failures = 2 where slug = 'birch'`.execute(
    db,
  );
  await sql`insert into visits (id, source_id, started_at, ended_at, outcome, listed) select gen_random_uuid(), id, now(), now(), 'complete', 3 from sources`.execute(
    db,
  );
  await sql`insert into host_limits (host, next_allowed_at) values ('birch.example', now() + interval '1 day')`.execute(db);
  await sql`insert into listing_validators (source_id, etag, version, seen_at) select id, '"e"', 'v1', now() from sources`.execute(db);
  await sql`insert into robots_verdicts (origin, fetched_at, expires_at, verdict, reason) values ('https://birch.example', now(), now(), 'none', '404')`.execute(
    db,
  );
  await sql`insert into tag_reports (posting_id, tag, note) values ('bent', 'verdict.OTA', ${bent}), ('told', 'path.sales', null)`.execute(
    db,
  );
  await sql`delete from tag_reports where posting_id = 'told'`.execute(db);
  await sql`insert into desk_audit (via, who, what, target, before) values ('cli', 'ombre', 'closures.approve', 'birch', jsonb_build_array(${bent}::text))`.execute(
    db,
  );
  await sql`insert into labels (posting_id, posting, label, answered, content_hash) values ('bent', jsonb_build_object('title', ${bent}::text), '{"sure": "low"}', '{}', 'h')`.execute(
    db,
  );
  await sql`insert into first_contacts (slug, system, result, why, listed, todo) values ('birch', 'greenhouse', 'failed', ${bent}, 0, 'later')`.execute(
    db,
  );
  await sql`insert into suppressions (address_hash, reason, at) values ('k1:gone', 'complaint', now())`.execute(db);
  await sql`insert into mail_troubles (scope, since, last_at, until, refusals, rounds, returned, response)
    values ('provider.example', now(), now(), now() + interval '1 hour', 2, 1, false, '550 5.7.1')`.execute(db);
  await active(db, 'a@example.org', 'credential=OTA&path=sales');
  const wish = { every: 'daily' as const, weekday: 1, hour: 7, zone: 'America/Chicago', query: 'path=sales' };
  await requestSubscription(
    db,
    { ...wish, email: 'b@example.org', hashes: ['k1:b'], mailboxes: ['k1:b'], consent_version: 'test', consent_source: 'web' },
    WISHES,
    later(MONDAY, 1),
  );
  await runDigest(await senderOf(db, { OMBRE_HOME: outbox }));
  // Stored after the pass, so that the matching has not looked at it yet.
  await insertPostings(db, [{ id: 'later', title: 'Account manager', first_seen: iso(-1), paths: ['sales'], verdicts: { OTA: 'named' } }]);
}

/** Every row of a table as one text, computed columns included, in an order of their own. */
export async function rowsOf(db: Kysely<Database>, table: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t order by 1`.execute(db);
  return rows.map(({ row }) => row);
}
