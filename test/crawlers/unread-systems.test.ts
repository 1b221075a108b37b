import { expect, test } from 'vitest';
import { unreadSystem } from '../../src/crawlers/unread-systems.ts';

test.each([
  [
    'recruiting2.ultipro.com',
    'this is UKG Pro, which Ombre does not read: its robots.txt closes the lists to crawlers, as seen October 2026',
  ],
  ['acme.silkroad.com', 'this is SilkRoad, which Ombre does not read'],
  ['ACME.ttcportals.com', 'this is Talemetry, which Ombre does not read'],
  ['notsilkroad.com', null],
  ['careers.acme.example', null],
])('of the address %s it is said: %s', (host, said) => {
  expect(unreadSystem(host)).toBe(said);
});
