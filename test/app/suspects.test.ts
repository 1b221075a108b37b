import { afterAll, beforeAll, expect, test } from 'vitest';
import { aloneIfSuspect, SUSPECT } from '../../src/app/suspects.ts';
import { OmbreError } from '../../src/errors.ts';
import type { VisitReport } from '../../src/pipeline/visit-source.ts';
import { openDatabase } from '../../src/store/database.ts';
import { holdingSource } from '../../src/store/visit/lock.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const never = new AbortController().signal;
const report = {} as VisitReport;

/** What is told of one visit: how often it was given back. */
function storeOf(deaths: number) {
  const told = { backs: 0 };
  const handBack = async () => {
    told.backs += 1;
  };
  return { told, store: { deaths, handBack } };
}

test('a suspected visit that finds the database away before it begins is given back, and not condemned for that', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { max: 1 });
  const { told, store } = storeOf(2);
  await expect(aloneIfSuspect(away, store, never, async () => report)).rejects.toMatchObject({ code: 'E_DB_DOWN' });
  expect(told.backs).toBe(1);
  await away.destroy();
});

test.each([0, 2])(
  'with %d deaths, a visit that the database cuts off is given back once, and one with a fault of its own is not',
  async deaths => {
    const cut = storeOf(deaths);
    const down = async () => Promise.reject(new OmbreError('E_DB_DOWN', 'gone'));
    await expect(aloneIfSuspect(database.db, cut.store, never, down)).rejects.toMatchObject({ code: 'E_DB_DOWN' });
    expect(cut.told.backs).toBe(1);

    const faulty = storeOf(deaths);
    await expect(aloneIfSuspect(database.db, faulty.store, never, async () => Promise.reject(new TypeError('a fault')))).rejects.toThrow(
      'a fault',
    );
    expect(faulty.told.backs).toBe(0);

    const well = storeOf(deaths);
    expect(await aloneIfSuspect(database.db, well.store, never, async () => report)).toBe(report);
    expect(well.told.backs).toBe(0);
  },
);

test('a suspected visit that has to wait is given back once and not made', async () => {
  const { told, store } = storeOf(2);
  await holdingSource(database.db, SUSPECT, never, async () => {
    const made = aloneIfSuspect(database.db, store, never, async () => Promise.reject(new Error('made')));
    await expect(made).resolves.toBeNull();
  });
  expect(told.backs).toBe(1);
});
