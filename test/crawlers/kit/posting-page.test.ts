import type { CheerioAPI } from 'cheerio';
import { describe, expect, test } from 'vitest';
import type { RawPosting } from '../../../src/crawlers/adapter.ts';
import { readPostingPage } from '../../../src/crawlers/kit/posting-page.ts';
import { answer } from '../adapters/_support.ts';

const url = 'https://jobs.acme.example/jobs/7';
const TALK = '<p>You teach people how to lift, how to sit and how to rest, in plants and warehouses.</p>'.repeat(20);
const APPLY = '<a href="/jobs/7/apply">Apply now</a>';
const DATA = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Writer", "description": "<p>You teach.</p>"}</script>';
const writer: RawPosting = { key: '7', title: 'Writer', places: [], url };

const read = (body: string, otherwise: ($: CheerioAPI) => RawPosting | null = () => writer) =>
  readPostingPage(answer({ kind: 'detail', url, key: '7' }, `<html><body>${body}</body></html>`), otherwise).marker;

describe('a posting page that says it is closed', () => {
  test('is gone where it says little else, or says so in its heading', () => {
    expect(read('<p>This position has been filled.</p>')).toBe('gone');
    expect(read('<h1>Writer</h1><p>This job is no longer accepting applications.</p>')).toBe('gone');
    expect(read(`<h1>This posting is no longer available.</h1>${TALK}${APPLY}`)).toBe('gone');
  });

  test('is gone where its text is kept and nobody can apply any more', () => {
    expect(read(`<h1>Writer</h1><p>This position has been closed.</p>${TALK}`)).toBe('gone');
    expect(read(`<h1>Writer</h1><p>This position has been closed.</p>${TALK}`, () => null)).toBe('gone');
  });

  test('is not gone where it only stands in for a site that is away', () => {
    const away = '<h1>Scheduled maintenance</h1><p>The job you are looking for cannot be found. We will be back soon.</p>';
    expect(read(away, () => null)).toBe('unknown');
  });

  test('is the posting where its data, or its text and a way to apply, show one', () => {
    expect(read(`${DATA}<p>This position has been filled.</p>`)).toBe('board');
    expect(read(`<h1>Writer</h1>${TALK}<p>This position has been filled.</p>${APPLY}`)).toBe('board');
    expect(read(`<h1>Writer</h1>${TALK}<p>This position has been filled.</p>`, () => ({ ...writer, applyUrl: url }))).toBe('board');
  });

  test.each([
    'We will be accepting applications until such time as the position is filled.',
    'Please note that the position is closed on federal holidays.',
    'Our Lead role is no longer available, but this one is.',
    'If you are told that the job is no longer available, call us.',
  ])('is another matter than one that speaks of a day to come, of hours or of other jobs: %s', words => {
    expect(read(`<h1>Writer</h1>${TALK}<p>${words}</p>${APPLY}`)).toBe('board');
    expect(read(`<h1>Writer</h1>${TALK}<p>${words}</p>`)).toBe('board');
  });

  test.each([
    'Open until the position is filled.',
    'Applications are taken until filled, or when the posting is closed.',
    'Once the job has been filled we remove it.',
    'Is this the job you are looking for? It has been filling fast.',
  ])('is none that speaks of a day to come, however short: %s', words => {
    expect(read(`<p>${words}</p>`)).toBe('board');
  });
});
