import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { requestIds } from '../../src/http/request-id.ts';

const from = (remoteAddress: string, id?: string) => ({
  headers: id === undefined ? {} : { 'x-request-id': id },
  socket: { remoteAddress } as Socket,
});
const MADE = /^[0-9a-f]{8}-[0-9a-z]+$/;

test('a request has the name that a trusted proxy gave it, if it is one', () => {
  const idOf = requestIds(['10.0.0.0/8']);
  expect(idOf(from('10.1.2.3', '2f1c-77aa'))).toBe('2f1c-77aa');
  for (const odd of ['short', 'x'.repeat(129), 'two words of it', 'a"b\\c-1234', '']) expect(idOf(from('10.1.2.3', odd))).toMatch(MADE);
  expect(idOf(from('10.1.2.3'))).toMatch(MADE);
});

test('the name that a visitor brings is not taken', () => {
  expect(requestIds(['10.0.0.0/8'])(from('192.0.2.1', '2f1c-77aa'))).toMatch(MADE);
  expect(requestIds([])(from('127.0.0.1', '2f1c-77aa'))).toMatch(MADE);
});

test('two requests have two names', () => {
  const idOf = requestIds([]);
  expect(idOf(from('127.0.0.1'))).not.toBe(idOf(from('127.0.0.1')));
});
