import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkRulesVersions, judgeVersions } from '../../src/app/doctor/rules.ts';
import { type Prepared, prepare } from '../../src/pipeline/prepare.ts';
import { ABSENT_MS } from '../../src/pipeline/rules-in-force.ts';
import { hasOutdated, retagStore } from '../../src/store/tags/retag.ts';
import { announceVersion, putInForce, versionInForce } from '../../src/store/tags/rules-versions.ts';
import { savePostings } from '../../src/store/visit/save-postings.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const [OLD, NEW, OLDER] = ['3-aaaa', '3-bbbb', '2-cccc'];
const databases: TestDatabase[] = [];
let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  databases.push(database);
});
afterAll(async () => {
  for (const { drop } of databases) await drop();
});

const announce = (version: string) => announceVersion(database.db, version);
/** As if no process had run the version for so long. */
const unseen = (version: string, ms: number) =>
  sql`update rules_versions set seen_at = clock_timestamp() - make_interval(secs => ${ms / 1000}) where version = ${version}`.execute(
    database.db,
  );

describe('the version in force', () => {
  it('is the one that runs first, and then one that runs for the first time', async () => {
    expect(await versionInForce(database.db)).toBeNull();
    expect(await announce(OLD)).toBe(OLD);
    expect(await announce(NEW)).toBe(NEW);
  });

  it('stays, however often processes of another one tell that they run or are started again', async () => {
    await announce(OLD);
    await announce(NEW);
    for (let minute = 0; minute < 5; minute += 1) {
      expect(await announce(OLD)).toBe(NEW);
      expect(await announce(NEW)).toBe(NEW);
    }
  });

  it('gives way to no older code that this database meets for the first time', async () => {
    await announce(NEW);
    expect(await announce(OLDER)).toBe(NEW);
  });

  it('gives way once nobody has run it for a while, and does not come back by itself while the other one runs', async () => {
    await announce(OLD);
    await announce(NEW);
    await unseen(NEW, ABSENT_MS - 60_000);
    expect(await announce(OLD)).toBe(NEW);
    await unseen(NEW, ABSENT_MS + 60_000);
    expect(await announce(OLD)).toBe(OLD);
    expect(await announce(NEW)).toBe(OLD);
  });

  it('is whatever an operator wants, older code too', async () => {
    await announce(OLDER);
    await announce(NEW);
    await putInForce(database.db, OLDER);
    expect(await announce(NEW)).toBe(OLDER);
    await putInForce(database.db, NEW);
    expect(await announce(OLDER)).toBe(NEW);
  });

  it('is one and the same for processes that start at the same moment', async () => {
    await Promise.all([OLD, NEW, OLD, NEW].map(announce));
    const [one, other] = [await announce(OLD), await announce(NEW)];
    expect(one).toBe(other);
  });
});

describe('two versions on one database', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const visit = { now };

  /** A posting as a process of that version reads it. Its classifier calls treating jobs what the other one calls nonclinical. */
  function seenBy(version: string, text = 'Reviews requests.'): Prepared {
    const raw = {
      key: 'k',
      title: 'Utilization Review Therapist',
      places: [],
      url: 'https://acme.example/1',
      body: [{ html: `<p>${text}</p>` }],
    };
    const seen = { raw, fetchedAt: now.toISOString(), listHash: text, as: 'read', triage: { keep: true, reason: '', version } } as const;
    return taggedBy(version, prepare(seen, { slug: 'acme', company: 'Acme', system: 'greenhouse' }));
  }

  function taggedBy(version: string, prepared: Prepared): Prepared {
    if (!prepared.classification) throw new Error('a posting that is read is classified');
    const relevance = version === NEW ? 'nonclinical' : 'clinical';
    return { ...prepared, classification: { ...prepared.classification, relevance, rulesVersion: version } };
  }

  /** What a worker of that version does every minute: it visits, and re-tags what is outdated for it. Returns how many rows it wrote tags to. */
  async function work(version: string, sourceId: number, text?: string): Promise<number> {
    await announce(version);
    const saved = await savePostings(database.db, { sourceId, ...visit }, [seenBy(version, text)]);
    let written = saved.new + saved.changed;
    const store = retagStore(database.db, () => now);
    if (await hasOutdated(database.db, version)) {
      for (const { id } of await store.outdated(version, 10)) {
        const { classification } = seenBy(version, text);
        if (classification) written += await store.put([{ id, classification }]);
      }
    }
    return written;
  }

  async function source(): Promise<number> {
    const row = { slug: 'acme', name: 'Acme', system: 'greenhouse', target: {}, enabled: true, disabledReason: null };
    const [stored] = await putSources(database.db, [{ ...row, everyMinutes: 60, notes: null }]);
    return stored?.id ?? 0;
  }

  const stored = () => database.db.selectFrom('postings').select(['relevance', 'rules_version', 'updated_at']).executeTakeFirstOrThrow();

  it('do not tug: what the one in force has tagged, the other neither re-tags nor overwrites by a visit', async () => {
    const sourceId = await source();
    expect(await work(OLD, sourceId)).toBe(1);
    expect(await work(NEW, sourceId)).toBe(1);
    let written = 0;
    for (let minute = 0; minute < 5; minute += 1) written += (await work(OLD, sourceId)) + (await work(NEW, sourceId));
    expect(written).toBe(0);
    expect(await stored()).toMatchObject({ relevance: 'nonclinical', rules_version: NEW });
  });

  it('lose nothing: what changed is stored by whoever sees it, and tagged by the version in force soon after', async () => {
    const sourceId = await source();
    await work(OLD, sourceId);
    await work(NEW, sourceId);
    expect(await work(OLD, sourceId, 'Reviews appeals.')).toBe(1);
    expect(await stored()).toMatchObject({ relevance: 'clinical', rules_version: OLD });
    await work(NEW, sourceId, 'Reviews appeals.');
    expect(await stored()).toMatchObject({ relevance: 'nonclinical', rules_version: NEW });
    expect(await work(OLD, sourceId, 'Reviews appeals.')).toBe(0);
  });

  it('go back when the operator puts the older one in force', async () => {
    const sourceId = await source();
    await work(OLD, sourceId);
    await work(NEW, sourceId);
    await putInForce(database.db, OLD);
    expect(await work(NEW, sourceId)).toBe(0);
    expect(await work(OLD, sourceId)).toBe(1);
    expect(await stored()).toMatchObject({ relevance: 'clinical', rules_version: OLD });
  });
});

describe('ombre doctor', () => {
  it('is content with one version, and names another that runs beside it', async () => {
    const seen = { version: NEW, unseenMs: 10, inForce: true, since: new Date(0) };
    const other = { version: OLD, unseenMs: 61_000, inForce: false, since: null };
    expect(judgeVersions([], NEW)).toEqual([]);
    expect(judgeVersions([seen, { ...other, unseenMs: 3_600_000 }], NEW)).toMatchObject([{ ok: true }]);
    expect(judgeVersions([seen, other], NEW)).toMatchObject([{ ok: false, message: expect.stringContaining('3-aaaa (61 s ago)') }]);
    expect(judgeVersions([seen], OLD)).toMatchObject([{ ok: false, message: expect.stringContaining('this program has 3-aaaa') }]);
  });

  it('reads them from the database', async () => {
    expect(await checkRulesVersions(database.url)).toEqual([]);
    await announce(OLD);
    await announce(NEW);
    const [check] = await checkRulesVersions(database.url);
    expect(check).toMatchObject({ name: 'rules', ok: false, remedy: expect.stringContaining('ombre rules apply') });
    expect(check?.message).toMatch(/version 3-bbbb is in force since .*other versions have run lately: 3-aaaa \(\d+ s ago\)/);
  });
});
