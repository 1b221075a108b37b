import { describe, expect, test } from 'vitest';
import { readPostingPage } from '../../../src/crawlers/kit/posting-page.ts';
import { readPage } from '../../../src/crawlers/visit/read-page.ts';
import { bodyOf } from '../../../src/posting/html.ts';
import { answer, fixture, only } from '../adapters/_support.ts';
import { PAGES } from '../cases.ts';

const url = 'https://ridgewaytherapy.example/careers/injury-prevention-specialist';
const read = (body: string) => readPage({ read: page => readPostingPage(page) }, answer({ kind: 'detail', url, key: '118' }, body), null);
const whole = await fixture('html', 'plain-posting.html');

const LONG = 'You go to plants and warehouses and teach people how to lift. '.repeat(8);
const ASKED = '<h2>Qualifications</h2><ul><li>OT or PT licence</li></ul>';
const page = (body: string, title = 'A page') => `<html><head><title>${title}</title></head><body>${body}</body></html>`;

describe('a posting page without structured data', () => {
  test('is read by its heading, its text, and what it labels', () => {
    const posting = only(read(whole));
    expect(posting).toMatchObject({
      key: '118',
      title: 'Injury Prevention Specialist (OT/PT)',
      places: [{ raw: 'Asheville, NC' }, { raw: 'Remote' }],
      pay: '$34.00 - $41.50 per hour',
      employment: ['Part-time'],
      posted: { value: 'November 3, 2026', from: 'the page' },
      closes: { value: '12/15/2026', from: 'the page' },
      requisition: 'RT-118',
      url,
    });
  });

  test('keeps its lists and headings, and loses what stands around it', () => {
    const { text } = bodyOf(only(read(whole)).body ?? []);
    for (const kept of [
      'Responsibilities',
      '- Assess work stations',
      'Qualifications',
      '- Licensed OT, OTA, PT or PTA',
      '- Two years of practice',
    ])
      expect(text).toContain(kept);
    for (const lost of ['cookie', 'About', 'Careers', 'Related', 'Biller', 'Raleigh', 'Apply now', 'not text'])
      expect(text).not.toContain(lost);
  });

  test.each([
    ['a line with a label', '<p>Salary: $70,000 a year</p><p>Job type: Full-time</p><p>Location: Boise, ID</p>'],
    ['bold labels', '<p><b>Salary:</b> $70,000 a year<br><b>Job type:</b> Full-time<br><b>Location:</b> Boise, ID</p>'],
    [
      'a table',
      '<table><tr><td>Salary</td><td>$70,000 a year</td></tr><tr><td>Job type</td><td>Full-time</td></tr><tr><td>Location</td><td>Boise, ID</td></tr></table>',
    ],
    [
      'properties',
      '<p itemprop="baseSalary">$70,000 a year</p><p itemprop="employmentType" content="Full-time">FT</p><p itemprop="jobLocation">Boise, ID</p>',
    ],
  ])('tells pay, kind and place by %s', (_how, facts) => {
    const posting = only(read(page(`<h1>Case Manager</h1>${facts}<p>${LONG}</p>${ASKED}`)));
    expect(posting).toMatchObject({ pay: '$70,000 a year', employment: ['Full-time'], places: [{ raw: 'Boise, ID' }] });
  });

  test('says nothing of what is not labeled: a sentence below a heading is no place, nor a label before another one', () => {
    const facts = '<h2>Location</h2><p>We are near the river, and easy to reach.</p><p>Department</p><p>Job type: Full-time</p>';
    const posting = only(read(page(`<h1>Case Manager</h1>${facts}<p>${LONG}</p>${ASKED}`)));
    expect(posting).toMatchObject({ places: [], department: null, employment: ['Full-time'] });
  });

  test("is named by the heading that the page's title says, not by a logo or the site's name", () => {
    const body = `<h1>Ridgewaytherapy</h1><h2>Case Manager</h2><p>${LONG}</p>${ASKED}<a href="/apply">Apply for this job</a>`;
    expect(only(read(page(body, 'Ridgewaytherapy: Case Manager'))).title).toBe('Case Manager');
  });
});

describe('the title of the list', () => {
  const body = page(`<h1>Injury Prevention Specialists</h1><p>${LONG}</p>${ASKED}<a href="/apply">Apply now</a>`);
  const listed = (title: string) => readPostingPage(answer({ kind: 'detail', url, key: '118', title }, body));
  test.each(['Specialist, injury prevention (OT/PT)', 'Prevention lead', '', 'The Job'])(
    'lets in a heading that shares a word: %j',
    title => {
      // A list that says nothing of the job leaves it open.
      expect(listed(title).marker).toBe('board');
    },
  );
  test.each(['Billing Clerk', 'Manager of the clinic'])('keeps out a heading that shares none: %j', title => {
    expect(listed(title)).toMatchObject({ marker: 'unknown', why: expect.stringContaining('the list says another title') });
  });
});

test.each([
  'Talent Community Manager',
  'Registered Nurse',
  'Sign Language Interpreter',
  'Joint Replacement Coordinator',
  'Career Counselor',
])('a job that is named like such a page is read: %s', title => {
  const bar = '<header><form><input type="password"></form></header>';
  expect(only(read(page(`${bar}<h1>${title}</h1><p>${LONG}</p>${ASKED}<a href="/apply">Apply now</a>`))).title).toBe(title);
});

describe('a page that is not sure to be one posting is unknown, with the reason', () => {
  const APPLY = '<a href="/apply">Apply now</a>';
  test.each([
    ['headed by the name of a section', page(`<h1>Careers</h1><p>${LONG}</p>${ASKED}${APPLY}`, 'Careers'), 'headed "Careers"'],
    ['an error page', page(`<h1>Page not found</h1><p>${LONG}</p>${ASKED}${APPLY}`), 'headed "Page not found"'],
    ['without a heading', page(`<p>${LONG}</p>${ASKED}${APPLY}`), 'no heading names'],
    ['with two headings of one rank', page(`<h1>Case Manager</h1><h1>Biller</h1><p>${LONG}</p>${ASKED}${APPLY}`), 'no heading names'],
    ['short', page(`<h1>Case Manager</h1><p>Call us.</p>${ASKED}${APPLY}`), 'less than 300 characters'],
    [
      'a cookie banner over an empty frame',
      page(`<div class="cookie-consent"><h1>Case Manager</h1><p>${LONG}</p></div><div id="app"></div>`, 'Case Manager'),
      'nothing on the page tells',
    ],
    ['about the employer', page(`<h1>Twenty years in Asheville</h1><p>${LONG.replaceAll('You', 'We')}</p>`), 'nothing on the page tells'],
    [
      'on how the employer hires',
      page(`<h1>How we hire</h1><h2>What we look for</h2><ul><li>People who listen</li></ul><p>${LONG}</p>${APPLY}`),
      'headed "How we hire"',
    ],
    [
      'on what the work is like, with a button to apply',
      page(`<h1>A day with Dana</h1><h2>What you'll do</h2><ul><li>Teach people to lift</li></ul><p>${LONG}</p>${APPLY}`),
      'nothing on the page tells',
    ],
    [
      'with a button to apply on the bar of the site',
      page(
        `<header>${APPLY}</header><nav>${APPLY}</nav><h1>Nursing at Ridgeway</h1><h2>Qualifications</h2><p>We like licences.</p><p>${LONG.replaceAll('You', 'They')}</p>`,
      ),
      'nothing on the page tells',
    ],
    [
      'an address beside a text',
      page(`<h1>Asheville clinic</h1><p>Location: Asheville, NC</p><p>We treat knees. ${'It is nice. '.repeat(40)}</p>`),
      'nothing on',
    ],
    ['to sign in', page(`<h1>Case Manager</h1><p>${LONG}</p>${ASKED}${APPLY}<form><input type="password"></form>`), 'asks to sign in'],
    ...[
      'Join our talent community',
      'Ridgeway Talent Network',
      'Sign in to your account',
      'Create your candidate profile',
      'Stay connected with Ridgeway',
      'Get job alerts',
      'General application',
      "Don't see the right role?",
      'Therapy jobs in Ohio',
      'Nursing careers',
    ].map(heading => [`headed ${heading}`, page(`<h1>${heading}</h1><p>${LONG}</p>${ASKED}${APPLY}`, heading), `headed "${heading}"`]),
    ['cut off', page(`<h1>Case Manager</h1><p>${LONG}</p>${ASKED}${APPLY}`).replace('</body></html>', ''), 'cut off'],
    [
      'a list of links',
      page(
        `<h1>Therapists we need</h1>${['a', 'b', 'c', 'd', 'e', 'f'].map(name => `<div><h2>Case manager ${name}</h2><p>You visit people at home and write down what helps. ${ASKED}</p><a href="/careers/${name}">Read more</a></div>`).join('')}${APPLY}`,
      ),
      'a list',
    ],
    [
      'a list of linked headings',
      page(
        `<h1>Therapists we need</h1><p>${LONG}</p>${ASKED}${APPLY}${['a', 'b', 'c', 'd'].map(name => `<h3><a href="/x/${name}">${name}</a></h3><p>${LONG}</p>`).join('')}`,
      ),
      'a list',
    ],
    [
      'several postings on one page',
      page(
        `<h1>Therapists we need</h1>${['Boise', 'Nampa', 'Caldwell'].map(town => `<p>Location: ${town}, ID</p><p>${LONG}</p>${ASKED}`).join('')}${APPLY}`,
      ),
      'several postings',
    ],
  ])('%s', (_what, body, why) => {
    const reading = read(body);
    expect(reading).toMatchObject({ marker: 'unknown', postings: [] });
    expect(reading.why).toContain(why);
  });

  const lists = PAGES.filter(({ list }) => /\.html?$/.test(list));
  test.each(lists.map(({ system, list }) => [`${system}/${list}`, system, list] as const))('the list %s', async (_name, system, list) => {
    const body = (await fixture(system, list)).replace(/<script[^>]*ld\+json[\s\S]*?<\/script>/g, '');
    expect(read(body)).toMatchObject({ marker: 'unknown', postings: [] });
  });

  test('a page that a redirect led to, unless its address is only the longer form', () => {
    const led = (to: string) => readPostingPage({ ...answer({ kind: 'detail', url, key: '118' }, whole), url: to });
    expect(led('https://ridgewaytherapy.example/careers/another-job').why).toContain('led to another page');
    expect(led('https://ridgewaytherapy.example/').why).toContain('led to another page');
    expect(led('https://www.ridgewaytherapy.example/careers/injury-prevention-specialist-asheville/').marker).toBe('board');
  });

  test('one that says it is closed is gone where nobody can apply any more', () => {
    const closed = whole.replace('We go to', 'This position has been filled. We go to');
    expect(read(closed).marker).toBe('board');
    expect(read(closed.replace('Apply now', '')).marker).toBe('gone');
  });

  test('a page whose structured data is broken is read by what it shows, and one that shows nothing names the fault', () => {
    const broken = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Case "Manager""}</script>';
    expect(read(whole.replace('<body', `${broken}<body`)).marker).toBe('board');
    expect(read(page(`${broken}<h1>Case Manager</h1>`)).why).toContain('structured data is broken');
  });
});

describe('a hostile page is refused in little time', () => {
  const headed = (body: string) => page(`<h1>Case Manager</h1>${body}`);
  test.each([
    ['a megabyte of nested elements', headed('<div>'.repeat(200_000))],
    ['a megabyte of elements as deep as is read', headed(`${'<div>'.repeat(450)}${'<div><p>some words</p></div>'.repeat(30_000)}`)],
    ['a megabyte of neighbors', headed('<div><p>some words here</p></div>'.repeat(33_000))],
    ['a megabyte of links', headed('<li><a href="/job/1">Job</a></li>'.repeat(30_000))],
    ['a megabyte of what is taken away', headed('<div class="menu related">a</div>'.repeat(33_000))],
    ['a megabyte of linked headings', headed('<h2><a href="/x">y</a></h2>'.repeat(40_000))],
    ['a megabyte of labels', headed('<p>Location: a</p>'.repeat(60_000))],
    ['tags without an end', '<div '.repeat(200_000)],
  ])('%s', (_what, body) => {
    const before = process.cpuUsage();
    expect(read(body)).toMatchObject({ marker: 'unknown', postings: [] });
    const { user, system } = process.cpuUsage(before);
    // About a second on the slowest machine it was tried on; looking twice at everything takes a minute.
    expect((user + system) / 1000).toBeLessThan(8_000);
  });
});
