import { describe, expect, test } from 'vitest';
import { CrawlProgress } from '../../src/app/crawl-progress.ts';

/** A count with a clock that a test moves, in seconds. */
function counting(atATime = 2) {
  let ms = 0;
  const count = new CrawlProgress({ atATime, now: () => ms });
  return {
    count,
    pass: (seconds: number) => {
      ms += seconds * 1000;
    },
    says: () => count.told().says.join(', '),
    ask: (source: string, host: string, spacingMs = 2000) => count.asked({ source, host, spacingMs }),
  };
}

describe('the progress of a crawl', () => {
  test('says nothing before anything is expected, and after everything is done', () => {
    const { count } = counting();
    expect(count.told()).toEqual({ share: null, says: [] });
    count.expect(1);
    expect(count.told()).toEqual({ share: 0, says: ['0 of 1 board', '0 postings seen', '0 requests'] });
    count.begin('acme');
    count.end('acme', 3);
    expect(count.told().says).toEqual([]);
  });

  test('tells boards, postings, requests, the host, and the time of one slow board by its spacing', () => {
    const { count, pass, says, ask } = counting();
    count.expect(1);
    count.begin('acme');
    ask('acme', 'jobs.acme.example');
    count.step('acme', { kind: 'listing', postings: 20, total: 1200 });
    expect(says()).toContain('20 of 1,200 postings seen');
    count.step('acme', { kind: 'listing', postings: 1200, total: 1200 });
    expect(says()).toBe('0 of 1 board, 1,200 postings seen, 1 request, asking jobs.acme.example');
    count.step('acme', { kind: 'details', wanted: 256, done: 0 });
    expect(says()).toContain('0 of 256 details read');
    expect(says()).toMatch(/about 10 min left$/);
    for (let done = 1; done <= 128; done += 1) {
      ask('acme', 'jobs.acme.example');
      pass(4);
      count.step('acme', { kind: 'details', wanted: 256, done });
    }
    // Slower than its spacing: what was measured counts.
    expect(says()).toMatch(/128 of 256 details read, 129 requests, asking jobs\.acme\.example, about 9 min left$/);
    expect(count.told().share).toBe(0.5);
  });

  test('tells no time of a board without spacing before its pace was seen', () => {
    const { count, pass, says, ask } = counting();
    count.expect(1);
    count.begin('acme');
    ask('acme', 'acme.example', 0);
    count.step('acme', { kind: 'details', wanted: 300, done: 0 });
    expect(says()).not.toContain('left');
    pass(3);
    count.step('acme', { kind: 'details', wanted: 300, done: 3 });
    expect(says()).toMatch(/about 5 min left$/);
  });

  test('names the host of the board that has run longest, and how many more are asked', () => {
    const { count, says, ask } = counting();
    count.expect(3);
    for (const name of ['a', 'b', 'c']) count.begin(name);
    ask('b', 'b.example');
    expect(says()).toContain('asking b.example');
    ask('a', 'a.example');
    ask('c', 'b.example');
    expect(says()).toContain('asking a.example and 1 more');
  });

  test('takes a board that broke off for one that waits, and forgets one that is left to others', () => {
    const { count, says } = counting();
    count.expect(2);
    count.begin('acme');
    count.end('acme', null);
    expect(says()).toMatch(/^0 of 2 boards/);
    count.skip();
    expect(says()).toMatch(/^0 of 1 board,/);
  });

  test('counts requests and steps of what is not visited any more, such as a robots.txt, to no board', () => {
    const { count, says, ask } = counting();
    count.expect(1);
    ask('other', 'other.example');
    count.step('other', { kind: 'listing', postings: 9, total: null });
    count.end('other', 9);
    expect(says()).toBe('0 of 1 board, 0 postings seen, 1 request');
  });

  test('keeps the spacing of a host while the parts of its rendered page come without one', () => {
    const { count, says, ask } = counting();
    count.expect(1);
    count.begin('acme');
    ask('acme', 'acme.example', 2000);
    ask('acme', 'acme.example', 0);
    count.step('acme', { kind: 'details', wanted: 100, done: 0 });
    expect(says()).toMatch(/about 4 min left$/);
  });

  test('counts a service from zero again when nothing ran and nothing waited, and those under way once', () => {
    const { count, says, ask } = counting();
    count.expect(2);
    count.begin('a');
    ask('a', 'a.example');
    count.expect(2);
    expect(says()).toMatch(/^0 of 2 boards/);
    count.end('a', 5);
    count.begin('b');
    count.end('b', 5);
    count.expect(1);
    expect(says()).toBe('0 of 1 board, 0 postings seen, 0 requests');
  });
});
