import { afterAll, beforeAll, expect, test } from 'vitest';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

const row = {
  slug: 'rowan',
  name: 'Rowan Health',
  system: 'greenhouse',
  enabled: true,
  disabledReason: null,
  everyMinutes: 60,
  notes: null,
};

test('a row that names another board is due at once and not verified any more; one that is renamed is neither', async () => {
  const { db } = database;
  const [source] = await putSources(db, [{ ...row, target: { board: 'rowan' } }]);
  const later = new Date(Date.now() + 3_600_000);
  const read = { last_complete_at: new Date(), next_visit_at: later };
  await db.updateTable('sources').set(read).where('id', '=', source!.id).execute();
  const [renamed] = await putSources(db, [{ ...row, name: 'Rowan', target: { board: 'rowan' } }]);
  expect(renamed).toMatchObject(read);
  const [moved] = await putSources(db, [{ ...row, target: { board: 'rowanhealth' } }]);
  expect(moved).toMatchObject({ id: source!.id, last_complete_at: null });
  expect(moved!.next_visit_at.getTime()).toBeLessThan(later.getTime());
});
