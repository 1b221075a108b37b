import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { findJobPostings, findMicrodata } from '../../../src/crawlers/kit/ldjson.ts';
import { readPostingPage } from '../../../src/crawlers/kit/posting-page.ts';
import { mergeByKey } from '../../../src/crawlers/kit/reading.ts';
import { answer, only } from '../adapters/_support.ts';

const JOB = 'itemscope itemtype="https://schema.org/JobPosting"';
const script = (json: unknown) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`;

describe('microdata', () => {
  test('is what JSON-LD would be: scopes within scopes, and what is said twice as a list', () => {
    const $ = load(`<div ${JOB}><h1 itemprop="title name">Writer</h1><p itemprop="skills">a</p><div><p itemprop="skills">b</p></div>
      <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><div itemprop="address" itemscope>
        <i itemprop="addressLocality">Boise</i></div><i itemprop="name">Home</i></div><p itemprop="skills">c</p></div>
      <div itemscope itemtype="https://schema.org/Organization"><p itemprop="title">None</p></div><p itemprop="title">None</p>`);
    expect(findMicrodata($)).toEqual([
      {
        '@type': 'JobPosting',
        title: 'Writer',
        name: 'Writer',
        skills: ['a', 'b', 'c'],
        jobLocation: { '@type': 'Place', address: { '@type': '', addressLocality: 'Boise' }, name: 'Home' },
      },
    ]);
  });

  test('of postings within postings is of the innermost alone', () => {
    const $ = load(`${`<div itemprop="about" ${JOB}>`.repeat(5)}<b itemprop="title">T</b>`);
    const found = findMicrodata($);
    expect(found).toHaveLength(5);
    expect(found.map(({ title }) => title)).toEqual([undefined, undefined, undefined, undefined, 'T']);
  });

  test('of properties within each other is read some ten deep', () => {
    const $ = load(`<div ${JOB}>${'<div itemprop="description">'.repeat(300)}x`);
    expect(findMicrodata($)[0]?.description).toHaveLength(10);
  });
});

test('postings behind tens of thousands of other objects are found, up to a bound', () => {
  const others = (n: number) => Array.from({ length: n }, () => ({ a: 1 }));
  const job = { '@type': 'JobPosting', title: 'Writer' };
  expect(findJobPostings(load(script([...others(40_000), job]))).postings).toHaveLength(1);
  expect(findJobPostings(load(script([...others(60_000), job]))).postings).toEqual([]);
});

test('one posting in hundreds of thousands of places keeps each place once', () => {
  const places = Array.from({ length: 150_000 }, (_, n) => `Town ${n % 50_000}`);
  const job = { '@type': 'JobPosting', title: 'Writer', jobLocation: places };
  const page = answer({ kind: 'detail', url: 'https://acme.example/7', key: '7' }, `${script(job)}${script(job)}`);
  expect(only(readPostingPage(page)).places).toHaveLength(50_000);
  const rows = places.map(raw => ({ key: '7', title: 'Writer', url: 'https://acme.example/7', places: [{ raw }] }));
  expect(only({ ...readPostingPage(page), postings: mergeByKey(rows) }).places).toHaveLength(50_000);
});
