import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRelativeDate, readDate } from '../../src/posting/dates.ts';

const NOW = '2026-05-30T15:00:00.000Z';
const posted = (value: string | number) => readDate({ value, from: 'posted' }, NOW, 'posted')?.value ?? null;
const closes = (value: string | number) => readDate({ value, from: 'closes' }, NOW, 'closes')?.value ?? null;

describe('a moment with its zone', () => {
  it.each([
    ['2026-05-21T12:14:00Z', '2026-05-21T12:14:00.000Z'],
    ['2026-05-21T12:14:00+0000', '2026-05-21T12:14:00.000Z'],
    ['2026-05-21T12:14:00.123-07:00', '2026-05-21T19:14:00.123Z'],
    ['2026-05-21T12:14:00.749000+05:30', '2026-05-21T06:44:00.749Z'],
    ['2026-05-21T12:14:00+02', '2026-05-21T10:14:00.000Z'],
    ['2026-05-21 10:10:39 UTC', '2026-05-21T10:10:39.000Z'],
    ['Thu, 21 May 2026 12:14:00 GMT', '2026-05-21T12:14:00.000Z'],
    ['Thu, 21 May 2026 12:14:00 -0400', '2026-05-21T16:14:00.000Z'],
    ['May 21, 2026 10:00 AM EST', '2026-05-21T15:00:00.000Z'],
    [1_779_365_640_000, '2026-05-21T12:14:00.000Z'],
    [1_779_365_640, '2026-05-21T12:14:00.000Z'],
    ['1779365640', '2026-05-21T12:14:00.000Z'],
    ['1779365640000', '2026-05-21T12:14:00.000Z'],
  ])('%s is read to the millisecond', (value, expected) => {
    expect(readDate({ value, from: 'x' }, NOW, 'posted')).toEqual({ value: expected, precision: 'time', from: 'x' });
  });
});

describe('a day', () => {
  it.each([
    ['2026-05-21', '2026-05-21'],
    ['20260521', '2026-05-21'],
    ['2026-05-21T00:00:00Z', '2026-05-21'],
    ['2026-05-21T00:00:00+01:00', '2026-05-21'],
    ['2026-05-21T12:14:00', '2026-05-21'],
    ['05/21/2026', '2026-05-21'],
    ['5/6/26', '2026-05-06'],
    ['21/05/2026', '2026-05-21'],
    ['21.05.2026', '2026-05-21'],
    ['5/21/2026 3:00 PM', '2026-05-21'],
    ['May 21, 2026', '2026-05-21'],
    ['21 May 2026', '2026-05-21'],
    ['21-May-2026', '2026-05-21'],
    ['Posted on May 21, 2026', '2026-05-21'],
    ['Thu, 21 May 2026 00:00:00 -0400', '2026-05-21'],
    [Date.UTC(2026, 4, 21), '2026-05-21'],
  ])('%s is no more than a day', (value, expected) => {
    expect(readDate({ value, from: 'x' }, NOW, 'posted')).toEqual({ value: expected, precision: 'day', from: 'x' });
  });
});

it.each(['2026-05', 'May 2026'])('%s is a month', value => {
  expect(readDate({ value, from: 'x' }, NOW, 'posted')).toEqual({ value: '2026-05', precision: 'month', from: 'x' });
});

describe('relative words count from the day of the fetch', () => {
  it.each([
    ['Posted Today', '2026-05-30'],
    ['Just posted', '2026-05-30'],
    ['Posted Yesterday', '2026-05-29'],
    ['Posted 3 Days Ago', '2026-05-27'],
    ['1 day ago', '2026-05-29'],
    ['an hour ago', '2026-05-30'],
    ['20 hours ago', '2026-05-29'],
  ])('%s', (value, expected) => {
    expect(posted(value)).toBe(expected);
    expect(isRelativeDate(value)).toBe(true);
  });

  it('and say nothing when they are vague', () => {
    for (const value of ['Posted 30+ Days Ago', '2 weeks ago', 'last month', 'a while ago']) expect(posted(value)).toBeNull();
  });
});

it('what is no date is null', () => {
  for (const value of [
    '',
    '  ',
    '0000-00-00',
    '0000-00-00 00:00:00',
    '2026-02-30',
    '2026-13-01',
    '31/31/2026',
    'Open until filled',
    'TBD',
    'null',
  ]) {
    expect(posted(value)).toBeNull();
    expect(closes(value)).toBeNull();
  }
  for (const value of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15]) expect(posted(value)).toBeNull();
  expect(readDate(null, NOW, 'posted')).toBeNull();
  expect(readDate({ value: '2026-05-21', from: 'x' }, 'never', 'posted')).toBeNull();
});

it('a day without its year is null, as is one before there were boards', () => {
  for (const value of ['May 21', 'Thursday', '1970-01-01', '1999-12-31', '0001-01-01T00:00:00Z']) expect(posted(value)).toBeNull();
});

it('prose that only mentions a date is null', () => {
  expect(posted('We moved on May 21, 2026 to a new building and are hiring')).toBeNull();
  expect(closes('Between May 21, 2026 and June 3, 2026')).toBeNull();
});

describe('a posting date ahead of the fetch', () => {
  it('becomes the fetch when a zone explains it', () => {
    expect(posted('2026-05-31T10:00:00Z')).toBe(NOW);
    expect(posted('2026-05-31')).toBe('2026-05-30');
  });

  it('is null when nothing explains it', () => {
    expect(posted('2026-06-05')).toBeNull();
  });
});

describe('a closing date', () => {
  it('may be ahead or past', () => {
    expect(closes('2026-06-30')).toBe('2026-06-30');
    expect(closes('Closing date: June 3, 2026 11:59 PM')).toBe('2026-06-03');
    expect(closes('2026-01-01')).toBe('2026-01-01');
  });

  it('is null when it means never', () => {
    expect(closes('9999-12-31')).toBeNull();
    expect(closes('2099-01-01')).toBeNull();
  });
});

describe('properties', () => {
  const moment = fc.date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date(NOW), noInvalidDate: true });
  const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });

  it('every moment comes back the same from every offset it is written with', () => {
    fc.assert(
      fc.property(moment, offset, fc.boolean(), (at, minutes, colon) => {
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(minutes);
        const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${colon ? ':' : ''}${String(size % 60).padStart(2, '0')}`;
        const read = readDate({ value: local + zone, from: 'x' }, NOW, 'posted');
        if (/T00:00:00/.test(local)) expect(read).toMatchObject({ precision: 'day', value: local.slice(0, 10) });
        else expect(read).toMatchObject({ precision: 'time', value: at.toISOString() });
      }),
    );
  });

  it('a day is the same day however it is written', () => {
    fc.assert(
      fc.property(moment, at => {
        const day = at.toISOString().slice(0, 10);
        const [year, month, date] = day.split('-');
        for (const written of [day, `${month}/${date}/${year}`, `${date}.${month}.${year}`, `${day}T00:00:00Z`, `${day} 00:00:00 UTC`]) {
          expect(posted(written)).toBe(day);
        }
      }),
    );
  });

  it('whatever it is given, the answer is null or a real date, never later than the fetch when posted', () => {
    const words = fc.array(
      fc.constantFrom(
        ...[
          '2026',
          '05',
          '13',
          '30',
          '99',
          '-',
          '/',
          '.',
          ':',
          'T',
          'Z',
          ' ',
          '+',
          'May',
          'Posted',
          'Days',
          'Ago',
          'today',
          'PM',
          'UTC',
          ',',
        ],
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map(parts => parts.join('')),
          fc.double(),
        ),
        value => {
          for (const kind of ['posted', 'closes'] as const) {
            const read = readDate({ value, from: 'x' }, NOW, kind);
            if (read === null) continue;
            expect(read.value).toMatch(
              { time: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, day: /^\d{4}-\d\d-\d\d$/, month: /^\d{4}-\d\d$/ }[read.precision],
            );
            expect(Number.isNaN(Date.parse(read.value))).toBe(false);
            if (kind === 'posted') expect(Date.parse(read.value)).toBeLessThanOrEqual(Date.parse(NOW));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
