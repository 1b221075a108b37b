import { expect, test } from 'vitest';
import { readPostingPage } from '../../../src/crawlers/kit/posting-page.ts';
import { answer } from '../adapters/_support.ts';

const url = 'https://jobs.acme.example/jobs/7';
const read = (words: string) =>
  readPostingPage(answer({ kind: 'detail', url, key: '7' }, `<html><body><p>${words}</p></body></html>`), () => ({
    key: '7',
    title: 'Writer',
    places: [],
    url,
  }));

test.each([
  'This position has been filled.',
  'Sorry, the job was closed on Monday.',
  'This posting is no longer available.',
  'The vacancy has expired',
  'The job you are trying to apply for has been filled.',
  'The position you’re looking for is closed',
  'The job listing no longer exists.',
])('a page without data that says that the posting is closed is gone: %s', words => {
  expect(read(words).marker).toBe('gone');
});

test.each([
  'Open until the position is filled.',
  'Applications are taken until filled, or when the posting is closed.',
  'Once the job has been filled we remove it.',
  'Is this the job you are looking for? It has been filling fast.',
])('a day to come closes nothing: %s', words => {
  expect(read(words).marker).toBe('board');
});
