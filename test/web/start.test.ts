import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATHS } from '../../src/posting/taxonomy.ts';
import { QUESTIONS, SKIP } from '../../src/web/questions.ts';
import { insertPostings } from '../support/postings.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await testSite();
  await insertPostings(site.db, manyPostings(40));
});
afterAll(() => site.close());

/** The result of answers; what is not answered is skipped. */
async function result(answers: Record<string, string>) {
  const query = new URLSearchParams(QUESTIONS.map(({ name }) => [name, answers[name] ?? SKIP] as [string, string]));
  const answer = await fetch(`${site.origin}/start?${query}`);
  expect(answer.status).toBe(200);
  return load(await answer.text());
}

describe('the result of the quiz', () => {
  it('may be to stay, but differently', async () => {
    const $ = await result({ credential: 'OTA', reason: 'employer', care: 'keep' });
    expect($('h1').text()).toBe('Maybe stay, but differently');
    expect($('#stay').text()).toBe('Try this first');
    expect($('#paths')).toHaveLength(1);
  });

  it('leads on without a credential where none was chosen', async () => {
    const $ = await result({ credential: 'any' });
    const links = $('.top a[href], main a[href]').toArray();
    for (const href of links.map(link => $(link).attr('href')!).filter(href => href.startsWith('/')))
      expect((await fetch(site.origin + href)).status, href).toBe(200);
  });

  it('speaks of staying also to those who cannot tell, and not to those who are sure', async () => {
    const unsure = await result({ reason: 'unsure' });
    expect([unsure('h1').text(), unsure('#stay').text()]).toEqual(['Paths that fit you', 'Stay, but differently']);
    expect((await result({ reason: 'job', care: 'leave' }))('#stay')).toHaveLength(0);
  });

  it('gives answers to the questions of others to those who have none', async () => {
    const $ = await result({ ready: 'not-yet' });
    expect(
      $('#ready ~ dl dt')
        .map((_, term) => $(term).text())
        .get(),
    ).toEqual(['Why are you doing this?', 'How will you afford it?', 'Why go to school for this, just to leave?']);
    expect((await result({ ready: 'yes' }))('#ready')).toHaveLength(0);
  });

  it('says “Fits” only of paths with a job', async () => {
    const $ = await result({ credential: 'SLP', care: 'leave', move: 'remote' });
    const shown = $('.ranked > li').toArray();
    expect(shown.length).toBeGreaterThan(0);
    for (const path of shown) expect($(path).find('a').last().text()).toMatch(/^[1-9]\d* matching jobs?$/);
    expect($('.ranked').text()).not.toMatch(/no job/i);
    const rest = $('details li').length;
    expect(shown.length + rest).toBe(Object.keys(PATHS).length);
    expect($('details .fits')).toHaveLength(0);
  });

  it('says so when nothing matches, and never offers to drop the credential', async () => {
    const $ = await result({ credential: 'SLP', pay: '100000' });
    expect($('.lead').text()).toBe('No open job matches everything you said today.');
    expect([$('.ranked').length, $('.fits').length]).toEqual([0, 0]);
    const offered = $('aside h2:contains("What would open more") + ul a');
    expect(offered.length).toBeGreaterThan(0);
    for (const link of offered.toArray()) expect($(link).attr('href')).toContain('credential=SLP');
  });
});

describe('the first question', () => {
  it('says that staying is an answer, and calls the credential what people call it', async () => {
    const $ = load(await (await fetch(`${site.origin}/start`)).text());
    expect($('.lead').text()).toContain('“Stay” is a possible answer');
    expect($('.answers a').eq(1).text()).toBe('COTAOccupational therapy assistant');
    expect($('title').text()).toContain('Quiz');
  });
});
