import { HtmlValidate } from 'html-validate/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertPostings } from '../support/postings.ts';
import { getter } from './_get.ts';
import { hostilePostings } from './_hostile.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

/** The standard alone: whether tags nest, ids are unique and attributes are allowed. How to write HTML is our own affair. */
const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true, structuredData: true });
  await insertPostings(site.db, [
    ...manyPostings(40),
    { id: 'gone', title: 'Closed Reviewer', paths: ['utilization-review'], closed_at: '2026-11-02T00:00:00Z' },
    ...hostilePostings(),
  ]);
});
afterAll(() => site.close());
const get = getter(() => site);

it('finds what a page must not hold, so that silence means something', async () => {
  const { valid } = await validator.validateString(
    '<!DOCTYPE html><html lang="en"><head><title>a</title></head><body><ul><p>b</p></ul></body></html>',
  );
  expect(valid).toBe(false);
});

it.each([
  '/',
  '/jobs',
  '/jobs?credential=OTA',
  '/jobs?beside=1&credential=OTA&path=sales,writing&posted_since=30d&since=2026-10-01',
  '/jobs?credential=OTA&path=sales&q=zeppelin',
  '/jobs/job000',
  '/jobs/job000?credential=OTA',
  '/jobs/job001?credential=SLP',
  '/jobs/gone',
  '/jobs/hostile0?credential=OTA',
  '/paths',
  '/paths/sales',
  '/paths/sales?credential=OTA',
  '/for/cota',
  '/employers',
  '/employers/fernleaf-health',
  '/compare?credential=OTA&ids=job000,job001,gone,hostile0',
  '/embed?credential=OTA&limit=10',
  '/start',
  '/start?credential=OTA&reason=job&care=leave',
  '/start?credential=OTA&reason=employer&care=keep&move=remote&pay=same&gap=any&certification=no&small=either&body=desk&ready=not-yet',
  '/feeds?credential=OTA',
  '/about',
  '/bot',
  '/sources',
  '/nothing-here',
  '/jobs?near=Nowhere',
])('%s is valid HTML', async path => {
  const { results } = await validator.validateString((await get(path)).text, path);
  expect(results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`))).toEqual([]);
});
