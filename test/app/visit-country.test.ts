import { afterAll, beforeAll, expect, test } from 'vitest';
import { putSources } from '../../src/store/visit/sources.ts';
import { type Visiting, visiting } from '../support/visits.ts';

let visits: Visiting;
beforeAll(async () => {
  visits = await visiting();
});
afterAll(() => visits?.close());

const job = (id: number, name: string) => ({
  id,
  title: `Rehab Liaison ${id}`,
  absolute_url: `https://fernleaf.example/jobs/${id}`,
  location: { name },
  content: '&lt;p&gt;Physical or occupational therapists welcome.&lt;/p&gt;',
});

const placed = async () =>
  (await visits.database.db.selectFrom('postings').select(['places', 'states']).orderBy('key').execute()).map(({ places, states }) => [
    places.map(({ country }) => country),
    states,
  ]);

test('a row that names its country has its postings placed there, also when their list has not changed since', async () => {
  const jobs = [job(1, 'Springfield'), job(2, 'IN'), job(3, 'London, United Kingdom')];
  visits.answers((_method, url) => {
    const id = /\/jobs\/(\d+)$/.exec(url.pathname)?.[1];
    return id === undefined ? { json: { jobs }, headers: { etag: '"a"' } } : { json: jobs.find(one => one.id === Number(id)) };
  });
  const source = await visits.source('fernleaf', 'greenhouse', { board: 'fernleaf' });
  expect(await visits.visit(source)).toMatchObject({ postings: { new: 3 } });
  expect(await placed()).toEqual([
    [[null], []],
    [[null], []],
    [['GB'], []],
  ]);

  const { slug, name, system, target, enabled } = source;
  const row = { slug, name, system, target, enabled, disabledReason: null, everyMinutes: 1440, notes: null, country: 'US' };
  const validators = () => visits.database.db.selectFrom('listing_validators').select('etag').execute();
  expect(await validators()).toHaveLength(1);
  await putSources(visits.database.db, [row]);
  expect(await validators()).toEqual([]);
  expect(await visits.visit(source)).toMatchObject({ outcome: 'complete', postings: { new: 0, changed: 2, unchanged: 1 } });
  expect(await placed()).toEqual([
    [['US'], []],
    [['US'], ['IN']],
    [['GB'], []],
  ]);
  expect(await visits.visit(source)).toMatchObject({ postings: { changed: 0, unchanged: 3 } });
});
