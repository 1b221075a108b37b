import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase, exported, isAnything, type Keeping, lookUp } from '../../src/digest/erasure.ts';
import { addressHashes, type Keyring } from '../../src/digest/keys.ts';
import { runDigest } from '../../src/digest/run.ts';
import { endAddress, liftAddress } from '../../src/store/digest/addresses.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { active, emptied, iso, KEYS, later, MONDAY, senderOf } from './support.ts';

const OTHER_KEYS: Keyring = [{ id: 'k9', secret: 'quite another secret, that of another machine' }];
let t: TestDatabase;
let home: string;
let keeping: Keeping;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  await emptied(t.db);
  home = await mkdtemp(join(tmpdir(), 'ombre-erase-'));
  keeping = { db: t.db, keys: KEYS, folder: join(home, 'outbox') };
  return () => rm(home, { recursive: true });
});

const NOW = later(MONDAY, 3);
const left = async () => {
  const { rows } = await sql<{
    left: string | null;
  }>`select concat((select json_agg(s) from subscriptions s), (select json_agg(d) from deliveries d),
    (select json_agg(i) from digest_items i)) as left`.execute(t.db);
  return rows[0]?.left ?? '';
};

/** Subscribers whose mails were written into the folder. */
async function mailed(...emails: string[]): Promise<void> {
  for (const email of emails) await active(t.db, email, 'path=sales');
  await insertPostings(t.db, [{ id: 'one', paths: ['sales'], first_seen: iso(-1) }]);
  await runDigest(await senderOf(t.db, { OMBRE_HOME: home }));
}

describe('a deletion', () => {
  test('finds the address whatever the key, with its mails in the folder, and leaves only a keyed hash', async () => {
    await mailed('Victim+1@example.org');
    expect(await readdir(keeping.folder)).toHaveLength(1);
    const kept = await erase({ ...keeping, keys: OTHER_KEYS }, 'victim+1@EXAMPLE.org', NOW);
    expect(kept).toMatchObject({
      subscriptions: [{ email: 'Victim+1@example.org' }],
      postings: 1,
      files: [expect.stringMatching(/\.eml$/)],
    });
    expect(await left()).toBe('');
    expect(await readdir(keeping.folder)).toEqual([]);
    expect(await t.db.selectFrom('suppressions').select('reason').execute()).toEqual([{ reason: 'erased' }]);
    expect(isAnything(await lookUp(keeping, 'victim+1@example.org'))).toBe(false);
  });

  test('touches no other address: neither another spelling nor one that only ends the same', async () => {
    const others = ['ann+jobs@example.org', 'joann@example.org', 'ann@example.org.uk', 'ann@example.orgs.net'];
    await mailed(...others, 'ann@example.org');
    await erase(keeping, 'ann@example.org', NOW);
    const rows = await t.db.selectFrom('subscriptions').select('email').execute();
    expect(rows.map(row => row.email).sort()).toEqual([...others].sort());
    expect(await readdir(keeping.folder)).toHaveLength(others.length);
  });

  test('finds a mail of the folder that no row is left of, also over a line break of its encoding and half written', async () => {
    await mkdir(keeping.folder);
    await writeFile(join(keeping.folder, 'x.eml'), 'To: somebody@example.net\r\n\r\nwrite to ANN@exam=\r\nple.org, please');
    await writeFile(join(keeping.folder, 'y.eml.part'), 'To: ann@example.org\r\n');
    await writeFile(join(keeping.folder, 'z.eml'), 'To: else@example.org\r\n');
    expect((await lookUp(keeping, 'ann@example.org')).files).toEqual(['x.eml', 'y.eml.part']);
    await erase(keeping, 'ann@example.org', NOW);
    expect(await readdir(keeping.folder)).toEqual(['z.eml']);
  });

  test('forgets a bounce and keeps a complaint', async () => {
    for (const [email, state] of [['b@example.org', 'bounced'] as const, ['c@example.org', 'complained'] as const]) {
      await active(t.db, email, 'path=sales');
      await endAddress(t.db, { email, hashes: addressHashes(KEYS, email) }, state, NOW);
      await erase(keeping, email, NOW);
    }
    const reasons = await t.db.selectFrom('suppressions').select('reason').orderBy('reason').execute();
    expect(reasons).toEqual([{ reason: 'complaint' }, { reason: 'erased' }]);
  });
});

test('an export holds subscriptions, suppressions and mails of the folder, whatever the key, and no hash that finds the address', async () => {
  await mailed('a@example.org');
  await endAddress(t.db, { email: 'a@example.org', hashes: addressHashes(KEYS, 'a@example.org') }, 'bounced', NOW);
  const all = await exported({ ...keeping, keys: OTHER_KEYS }, 'A@example.org');
  expect(all).toMatchObject({
    subscriptions: [{ email: 'a@example.org', state: 'bounced', deliveries: [{ kind: 'digest' }], postings: [{ posting_id: 'one' }] }],
    suppressions: [{ reason: 'bounce', since: NOW, until: later(NOW, 90 * 24) }],
    files: [expect.stringMatching(/\.eml$/)],
  });
  expect(all.subscriptions[0]).not.toHaveProperty('mailbox_hash');
});

describe('lifting', () => {
  const lift = (email: string, apply: boolean) =>
    liftAddress(t.db, { email, hashes: addressHashes(KEYS, email) }, { nextDue: () => later(NOW, 24), apply });

  test('lets what had bounced go on, with what came since, and changes nothing without being told to', async () => {
    await active(t.db, 'a@example.org', 'path=sales', { gathered_at: MONDAY });
    await endAddress(t.db, { email: 'a@example.org', hashes: addressHashes(KEYS, 'a@example.org') }, 'bounced', NOW);
    const rows = async () => [
      await t.db.selectFrom('subscriptions').select(['state', 'gathered_at']).execute(),
      await t.db.selectFrom('suppressions').select('reason').execute(),
    ];
    const before = await rows();
    expect(await lift('a@example.org', false)).toMatchObject({ lifted: [{ reason: 'bounce' }], revived: [{ state: 'bounced' }] });
    expect(await rows()).toEqual(before);
    await lift('A@Example.org', true);
    expect(await rows()).toEqual([[{ state: 'active', gathered_at: null }], []]);
  });

  test('takes a complaint away, but only its owner can begin anew', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await endAddress(t.db, { email: 'a@example.org', hashes: addressHashes(KEYS, 'a@example.org') }, 'complained', NOW);
    expect(await lift('a@example.org', true)).toMatchObject({ lifted: [{ reason: 'complaint' }], revived: [] });
    expect(await t.db.selectFrom('subscriptions').select('state').execute()).toEqual([{ state: 'complained' }]);
  });
});
