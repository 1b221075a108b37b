import { expect, test } from 'vitest';
import { goneForGood, ledHome } from '../../src/pipeline/unseen.ts';

test('a posting whose page was gone twice in a row is closed, one that was gone once or is back is not', () => {
  const looked = [0, 1, 2, 3].map(missed => ({ key: `k${missed}`, missed }));
  expect(goneForGood(looked)).toEqual(['k2', 'k3']);
});

const JOB = 'https://careers.acme.example/job/Trainer/1402118800/';
const HOME = 'https://careers.acme.example/search/?createNewAlert=false&q=';

test.each([
  ['https://careers.acme.example/', true],
  ['https://careers.acme.example/search?q=trainer', true],
  [JOB, false],
  ['https://careers.acme.example/job/Trainer/1402118800?utm_source=x', false],
  ['https://careers.acme.example/job/Senior-Trainer/1402118800/', false],
  ['https://careers.acme.example/maintenance', false],
  ['https://www.acme.example/search', false],
])('the address of a posting that leads to %s led home: %s', (url, expected) => {
  const page = { request: { kind: 'detail' as const, url: JOB }, url, status: 200, headers: {}, body: '', fetchedAt: '' };
  expect(ledHome(page, HOME)).toBe(expected);
  expect(ledHome({ ...page, status: 503 }, HOME)).toBe(false);
});
