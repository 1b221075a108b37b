import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { closingOf } from '../../../src/crawlers/kit/closing-words.ts';

const TALK = '<p>We teach people how to lift, how to sit and how to rest, and we have done so for years.</p>'.repeat(20);
const short = (words: string) => closingOf(load(`<html><body><p>${words}</p></body></html>`));
const long = (words: string) => closingOf(load(`<html><body><h1>Writer</h1>${TALK}<p>${words}</p></body></html>`));

describe('the words that close a posting', () => {
  test.each([
    'This position has been filled.',
    'Sorry, the job was closed on Monday.',
    'This posting is no longer available.',
    'This job is no longer accepting applications.',
    'The vacancy has expired',
    'The job you are trying to apply for has been filled.',
    'The position you’re looking for is closed',
    "Oops! The position you're looking for does not exist.",
    'The job listing no longer exists.',
    'Job listing not found',
    'Thank you for your interest, but this position has now been filled. See our other jobs.',
    'Sorry, this position has been filled and is no longer available.',
    '<b>This position</b>\n has been <i>closed</i>.',
  ])('are all that a short page says, and a sentence of a longer one: %s', words => {
    expect(short(words)).toBe('page');
    expect(long(words)).toBe('sentence');
  });

  test.each([
    'Open until the position is filled.',
    'Applications are taken until filled, or when the posting is closed.',
    'We will be accepting applications until such time as the position is filled.',
    'This posting will remain open until such time that this position has been filled.',
    'Once the job has been filled we remove it.',
    'If this page cannot load, the position may have expired or the job is no longer available.',
    'The position is closed on federal holidays.',
    'The job is closed to the public in winter.',
    'Is this the job you are looking for? It has been filling fast.',
    'This role was removed from the floor of the plant.',
  ])('are no words of a day to come, of a condition or of opening hours: %s', words => {
    expect([short(words), long(words)]).toEqual([null, null]);
  });

  test.each([
    'Our Lead role is no longer available, but this one is.',
    'The Lead Therapist position has been filled; we now look for a second person.',
    'Earlier this year our Denver opening was closed.',
  ])('are no aside about another job of a long page: %s', words => {
    expect(long(words)).toBe(null);
  });

  test('are none that only a cut makes: behind the end of what is read a sentence may go on', () => {
    const told = 'The job is closed to the public in winter.';
    for (let length = 19_950; length < 20_010; length += 1) {
      const page = `<h1>Writer</h1><p>${'word '.repeat(length / 5)}${'x'.repeat(length % 5)}.</p><p>${told}</p>`;
      expect(closingOf(load(page))).toBe(null);
    }
    expect(closingOf(load(`<h1>${'word '.repeat(76)}, the job is closed to the public in winter.</h1>`))).toBe(null);
  });

  test.each([
    `<h1>Error: The requested job could not be found.</h1>${TALK}`,
    `<title>Position no longer available - Acme</title><h1>Acme</h1>${TALK}`,
    `<meta property="og:title" content="This job has expired"><h1>Acme</h1>${TALK}`,
  ])('are those of its title and its heading: %s', words => {
    expect(closingOf(load(words))).toBe('page');
  });

  test.each([
    '<h1 style="display: none">This job is no longer available.</h1>',
    '<div class="modal fade"><h1>This job is no longer available.</h1></div>',
    '<div hidden><p>This position has been filled.</p></div>',
    '<dialog><p>This position has been filled.</p></dialog>',
    '<template><h1>This position has been filled.</h1></template>',
  ])('are none that the page keeps hidden: %s', words => {
    expect(closingOf(load(`<body><h1>Writer</h1>${words}</body>`))).toBe(null);
  });
});
