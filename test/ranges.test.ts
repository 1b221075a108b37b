import { describe, expect, test } from 'vitest';
import { isRange, rangesHold } from '../src/ranges.ts';

describe('ranges of addresses', () => {
  test.each([
    '127.0.0.1',
    '10.0.0.0/8',
    '10.1.2.3/8',
    '0.0.0.0/0',
    '::1',
    'fd00::/8',
    '::ffff:10.0.0.1',
    'loopback',
    'linklocal',
    'uniquelocal',
  ])('are %s', text => {
    expect(isRange(text)).toBe(true);
  });

  test.each([
    '',
    'nginx',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::1/129',
    'fe80::1%eth0',
    '*',
    'true',
    '1',
    'constructor',
    '999.1.1.1',
  ])('are not %j', text => {
    expect(isRange(text)).toBe(false);
  });

  test.each([
    ['10.1.2.3/8', '10.200.0.1', true],
    ['10.0.0.0/8', '::ffff:10.9.9.9', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['uniquelocal', '172.18.0.1', true],
    ['uniquelocal', '172.32.0.1', false],
    ['loopback', '::1', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['127.0.0.1', 'nginx', false],
    ['nginx', '127.0.0.1', false],
  ])('%s and %s: %s', (range, address, holds) => {
    expect(rangesHold([range])(address)).toBe(holds);
  });

  test('none hold nothing', () => {
    expect(rangesHold([])('127.0.0.1')).toBe(false);
  });
});
