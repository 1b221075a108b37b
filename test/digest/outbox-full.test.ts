import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runDigest } from '../../src/digest/run.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { active, emptied, iso, later, MONDAY, outbox, senderOf } from './support.ts';

let t: TestDatabase;
let home: string;
beforeAll(async () => {
  t = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-outbox-'));
});
beforeEach(() => emptied(t.db));
afterAll(async () => {
  await t?.drop();
  await rm(home, { recursive: true, force: true });
});

// A device of Linux that answers every write as a full disk does.
test.skipIf(!existsSync('/dev/full'))(
  'a mail that finds the disk full stays due, however often, and is written once when there is space',
  async () => {
    const folder = join(home, 'outbox');
    await mkdir(folder);
    await active(t.db, 'a@example.org', 'path=sales');
    await insertPostings(t.db, [{ id: 'one', title: 'Account manager', paths: ['sales'], first_seen: iso(-1) }]);
    let hours = 2;
    const sender = await senderOf(t.db, { OMBRE_HOME: home }, () => later(MONDAY, hours));
    // Nothing is due before the pass that composes it, and only then is its name known.
    const named = async () => (await t.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow()).id;
    await runDigest({ ...sender, settings: { ...sender.settings, folder: '/dev/full/outbox' } });
    const part = join(folder, `${await named()}.eml.part`);
    for (hours = 3; hours < 6; hours += 1) {
      await symlink('/dev/full', part);
      const { send } = await runDigest(sender);
      expect(send).toMatchObject({ written: 0, failed: 0, unknown: 0, stopped: expect.stringContaining('ENOSPC') });
      expect(await outbox(t.db)).toEqual(['a@example.org digest ready']);
      expect(await readdir(folder)).toEqual([]);
    }
    await unlink(part).catch(() => undefined);
    expect((await runDigest(sender)).send).toMatchObject({ written: 1, stopped: null });
    expect(await outbox(t.db)).toEqual(['a@example.org digest written']);
    expect(await readdir(folder)).toEqual([`${await named()}.eml`]);
  },
);
