import { describe, expect, test } from 'vitest';
import { boardsInPage } from '../../../src/crawlers/discover.ts';
import { loadHtml } from '../../../src/crawlers/kit/html.ts';
import { readPostingPage } from '../../../src/crawlers/kit/posting-page.ts';
import { loadSystems } from '../../../src/crawlers/systems.ts';
import { readPage } from '../../../src/crawlers/visit/read-page.ts';
import { answer } from '../adapters/_support.ts';

const url = 'https://jobs.acme.example/jobs/7';
const read = (body: string) => readPage({ read: page => readPostingPage(page) }, answer({ kind: 'detail', url, key: '7' }, body), null);
const DATA = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Writer"}</script>';
const many = (tag: string, times = 30_000) => tag.repeat(times);

describe('a page nested so deep that a walk through it would end the program is not understood', () => {
  test.each([
    ['plain elements', many('<div>')],
    ['a slash for a blank', many('<b/x>')],
    ['a slash at the end, which closes nothing', many('<div/>')],
    ['names of its own', many('<x-y>')],
    ['ends of what was never opened in between', many('<section></b></i></p>')],
    ['ends inside comments', many('<div><!-- </div> -->')],
    ['ends inside attributes', many('<div title="</div>">')],
    ['tables in cells', many('<table><tr><td>')],
    ['drawings', `<svg>${many('<g>')}`],
    ['templates', many('<template>')],
  ])('%s', (_how, nested) => {
    expect(read(`${DATA}${nested}`)).toMatchObject({
      marker: 'unknown',
      postings: [],
      why: expect.stringContaining('500 elements within each other'),
    });
  });
});

describe('a page that only seems nested is read', () => {
  test.each([
    ['a drawing', `<svg>${many('<path d="M0 0"/>', 900)}</svg>`],
    ['tags in a script', `<script>const rows = '${many('<div>', 900)}';</script>`],
    ['tags in structured data', `<script type="application/ld+json">{"description": "${many('<b>', 900)}"}</script>`],
    ['tags in a comment', `<!-- ${many('<div>', 900)} -->`],
    ['tags in a text area', `<textarea>${many('<div>', 900)}</textarea>`],
    ['tags in a style', `<style>/* ${many('<div>', 900)} */</style>`],
    ['tags in an attribute', `<p title="${many('<div>', 900)}">Hello</p>`],
    ['paragraphs, items and links without an end', many('<ul><li>x<p>y<a href="#">z</ul>', 900)],
  ])('%s', (_what, body) => {
    expect(read(`${body}${DATA}`)).toMatchObject({ marker: 'board', postings: [{ title: 'Writer' }] });
  });
});

test('tags that open hundreds of elements each are stopped', () => {
  const bold = Array.from({ length: 400 }, (_, n) => `<b id=${n}>`).join('');
  expect(read(`${DATA}<p>${bold}${many('<p>x', 2_000)}`)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('elements') });
});

test('a tag with very many attributes, each of which is compared with all, is stopped', () => {
  const names = Array.from({ length: 50_000 }, (_, n) => `a${n}`).join(' ');
  expect(read(`${DATA}<p ${names}>`)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('1000 attributes') });
  expect(read(`${DATA}<p ${names.slice(0, 3_000)}>`).marker).toBe('board');
});

test('the tree of the deepest page that is parsed can be read and written by functions that call themselves', () => {
  for (const tag of ['div', 'template', 'b']) {
    const $ = loadHtml(`${`<${tag}>`.repeat(490)}x`);
    expect($.html()).toContain('x');
    expect(typeof $('body').text()).toBe('string');
  }
});

test('a page too large to be parsed names no board, and any other error stays one', async () => {
  expect(boardsInPage(`<a href="https://jobs.lever.co/acme">Jobs</a>${many('<div>')}`, url, await loadSystems())).toEqual([]);
  const broken = () => readPage({ read: () => Object.keys(null as never) as never }, answer({ kind: 'list', url }, ''), null);
  expect(broken).toThrow(TypeError);
});
