import { load } from 'cheerio';
import type { Element } from 'domhandler';
import { expect, test } from 'vitest';
import { confirmMail, quietMail } from '../../src/digest/mail-notes.ts';
import { LINKS, mailOfAll, NOW, posting, RHYTHM, SITE, section, WEEK, weekly } from './mail-fixture.ts';

const base = { site: SITE, postalAddress: '1 Invented Way, Springfield' };
const wishes = [{ ...RHYTHM, query: 'credential=OTA&work_mode=remote' }];
const taste = { query: wishes[0]!.query, postings: WEEK.slice(0, 3), total: { value: 21, capped: false } };
const paid = {
  posting: posting({}),
  news: 'raised' as const,
  payBefore: { min: 60_000, max: 70_000, currency: 'USD', interval: 'year' as const },
};
const MAILS = {
  digest: weekly(),
  'digest of several filters': mailOfAll(
    section('credential=OTA&work_mode=remote', WEEK),
    section('path=sales', [], { postings: [paid, { ...paid, news: 'open_again' }], elsewhere: 2 }),
    section('state=CA', [], { elsewhere: 1 }),
  ),
  'digest without a credential': weekly('work_mode=remote', WEEK, 3),
  confirm: confirmMail({ ...base, wishes, taste, now: NOW, link: 'https://jobs.example/subscribe/confirm/x' }),
  quiet: quietMail({ ...base, ...wishes[0]!, rhythm: RHYTHM, links: LINKS, days: 60 }),
};

/** Properties that Gmail, Outlook.com, Apple Mail and Yahoo keep; where Outlook for Windows drops one, nothing is lost but looks. */
const KEPT = new Set([
  'background',
  'border-bottom',
  'border-collapse',
  'border-radius',
  'border-top',
  'color',
  'display',
  'font',
  'font-size',
  'font-weight',
  'height',
  'line-height',
  'margin',
  'max-height',
  'max-width',
  'mso-hide',
  'overflow',
  'overflow-wrap',
  'padding',
  'text-decoration',
  'white-space',
  'width',
  'word-break',
]);
const TAGS = 'a bdi body br div h1 h2 h3 h4 head html meta p span strong style table tbody td title tr'.split(' ');
/** What some of them drop, or drop the whole rule for: layout they do not know, units and colors of our pages, and whatever is loaded. */
const FORBIDDEN =
  /url\(|var\(|calc\(|light-dark\(|clamp\(|@import|@font-face|expression|\d(?:rem|vw|vh|ch)\b|display:\s*(?:flex|grid|contents)|position:|float:|rgba?\(|hsl|oklch|!important.*style="/i;

test.each(Object.entries(MAILS))('the %s mail uses nothing that mail programs drop', (_, { html }) => {
  const $ = load(html);
  const elements = $<Element, string>('*').toArray();
  const tags = new Set(elements.map(({ tagName }) => tagName));
  expect([...tags].filter(tag => !TAGS.includes(tag))).toEqual([]);
  const styles = $('[style]')
    .toArray()
    .map(element => $(element).attr('style')!);
  const properties = new Set(styles.flatMap(style => style.split(';').map(rule => rule.split(':')[0]!.trim())));
  expect([...properties].filter(name => !KEPT.has(name))).toEqual([]);
  for (const style of styles) expect(style).not.toMatch(FORBIDDEN);
  const attributes = new Set(elements.flatMap(({ attribs }) => Object.keys(attribs)));
  expect([...attributes].filter(name => /^on|^src|^background$|^poster$|^srcset$/.test(name))).toEqual([]);
});

test.each(Object.entries(MAILS))('the %s mail has one stylesheet with one query, for the dark', (_, { html }) => {
  const sheets = load(html)('style');
  expect(sheets.length).toBe(1);
  expect(sheets.text()).toMatch(/^@media \(prefers-color-scheme:dark\)\{(\.\w+\{(?:[a-z-]+:#[0-9a-f]{6}!important;?)+\})+\}$/);
  // Gmail drops sheets above 8,192 characters.
  expect(sheets.text().length).toBeLessThan(8192);
});

test.each(Object.entries(MAILS))('every element of the %s mail that sets a color has one for the dark', (_, { html }) => {
  const $ = load(html);
  const dark = new Set(
    [
      ...$('style')
        .text()
        .matchAll(/\.(\w+)\{/g),
    ].map(([, name]) => name),
  );
  const colored = $('[class]')
    .toArray()
    .filter(element => /(?:^|;)(?:color|background):/.test($(element).attr('style') ?? ''))
    .map(element => $(element).attr('class')!);
  // White on the button's color stays.
  expect([...new Set(colored)].filter(name => !dark.has(name) && name !== 'pressed')).toEqual([]);
});

test('the confirm mail has a button, is honest about the second press, and gives a taste', () => {
  const { subject, html, text, list } = MAILS.confirm;
  const $ = load(html);
  expect(subject).toBe('Please confirm: remote jobs for a COTA');
  expect($('h1').text()).toBe('Start your Monday job email?');
  expect($('td.press > a').text()).toBe('Yes, start it');
  expect($('td.press > a').attr('href')).toBe('https://jobs.example/subscribe/confirm/x');
  for (const part of [$('body').text(), text]) {
    expect(part).toMatch(/opens a page with one button to press/i);
    expect(part).toContain('What it will look like: 3 of the 21 open today');
    expect(part).toContain('every Monday at 7 a.m. Eastern Time');
    expect(part).toContain('Not you? Do nothing, and nothing more is sent.');
  }
  expect($('body > div').first().text()).toMatch(/21 open today\.$/);
  expect([list, $('h3').length]).toEqual([null, 3]);
});

test('a confirm mail has no free text of whoever asked in its subject', () => {
  const query = 'credential=OTA&q=buy+my+pills';
  const mail = confirmMail({ ...base, wishes: [{ ...RHYTHM, query }], taste: null, now: NOW, link: 'https://jobs.example/x' });
  expect(mail.subject).toBe('Please confirm: jobs for a COTA');
  expect(mail.text).not.toContain('What it will look like');
});
