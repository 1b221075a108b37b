import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { describeRhythm } from '../../src/digest/cadence.ts';
import { jobsInWords } from '../../src/digest/headline.ts';
import { wrapped } from '../../src/digest/plain-text.ts';
import { mailOfAll, posting, section, WEEK, weekly } from './mail-fixture.ts';

const inner = (html: string) => load(html)('[role=article]').text().replace(/\s+/g, ' ');

describe('the digest of somebody with a credential', () => {
  const mail = weekly();
  const $ = load(mail.html);

  test('says in its subject how many of what there are, and the best one', () => {
    expect(mail.subject).toBe('4 new remote jobs for a COTA: Utilization Review Clinician and 3 more');
  });

  test('opens in the list of a mail program with the first sentence', () => {
    expect($('body > div').first().text()).toBe('“Current, unrestricted PT, PTA, OT, COTA or SLP license in any US state”, and 3 more.');
  });

  test('groups by verdict, best first, with numbers', () => {
    const told = ['They name COTA (1)', 'You’re included (1)', 'No license needed (1)', 'COTA is a plus (1)'];
    expect(
      $('h2')
        .toArray()
        .map(h2 => $(h2).text()),
    ).toEqual(told);
    expect([...mail.text.matchAll(/^== (.*) ==$/gm)].map(([, group]) => group)).toEqual(told);
  });

  test('tells of a job pay first, employer, place and mode, type and date in words, then the whole sentence with the credential marked', () => {
    const job = $('h3').first().parent();
    expect(job.find('p').eq(0).text()).toBe('$68,000 to $79,500 a year · Harborline Health · Remote, US · full-time · posted Nov 12');
    expect(job.find('p').eq(1).text().replace(/\s+/g, ' ')).toBe(
      '✓ Yes “Current, unrestricted PT, PTA, OT, COTA or SLP license in any US state”',
    );
    expect(job.find('strong').text()).toBe('COTA');
    expect(
      job
        .find('a')
        .toArray()
        .map(a => [$(a).text(), $(a).attr('href')]),
    ).toEqual([
      ['Utilization Review Clinician', 'https://jobs.example/jobs/one'],
      ['Full posting', 'https://jobs.example/jobs/one'],
      ['Apply at Harborline Health', 'https://board.example/1'],
    ]);
  });

  test('says probably where it is not sure that somebody may apply, beside the same sentence', () => {
    const unsure = posting({ text: 'A PT or COTA license would do.', told: { OTA: ['named', 'COTA'] }, sure: 0.8 });
    const doubtful = weekly('credential=OTA', [unsure]);
    expect(inner(doubtful.html)).toContain('✓ Probably yes “A PT or COTA license would do.”');
    expect(doubtful.text.replace(/\s+/g, ' ')).toContain('Probably yes');
  });

  test('says what is asked for instead of a license, that pay is not stated, when a job was found, and years that are not this one', () => {
    const text = inner(mail.html);
    expect(text).toContain('No license needed It asks for 2 years of experience and a bachelor’s degree.');
    expect(text).toContain('Pay not stated · Gaitwise · Remote, US · full-time · found Nov 23');
    expect(text).toContain('posted in December 2025');
    expect(text).toContain('Remote (Wendell, NC)');
  });

  test('says what was asked at the top and at the foot', () => {
    expect(inner(mail.html).split('You asked for').length - 1).toBe(2);
    expect(mail.text.split('You asked for').length - 1).toBe(2);
    expect(mail.text).toContain('every Monday at 7');
    expect(inner(mail.html)).toContain('Found Nov 23 to 28. Best matches first.');
  });

  test('makes no link and no markup of what others wrote', () => {
    expect(mail.html).not.toContain('javascript:');
    expect($('b, this').length).toBe(0);
    expect(inner(mail.html)).toContain('<b>"Acme" & Sons</b>');
  });

  test('in plain text keeps to 72 columns but for addresses and words that are longer, and marks with asterisks', () => {
    const long = mail.text.split('\n').filter(line => line.length > 72);
    expect(long.filter(line => !/https?:|W{72}/.test(line))).toEqual([]);
    expect(mail.text).toContain('  Yes: “Current, unrestricted PT, PTA, OT, *COTA* or SLP license in any');
    expect(mail.text).toMatch(/^4 NEW REMOTE JOBS FOR A COTA\n/);
  });
});

test('of several credentials each is named, and those the same sentence says the same of are one', () => {
  const text = 'Licensed OT or COTA. A PT is a plus.';
  const mail = weekly('credential=OT,OTA,PT', [
    posting({ text, told: { OT: ['named', 'OT'], OTA: ['named', 'COTA'], PT: ['preferred', 'PT'] } }),
  ]);
  const words = load(mail.html)('h3').parent().text().replace(/\s+/g, ' ');
  expect(words).toContain('Yes for OT or COTA “Licensed OT or COTA.”');
  expect(words).toContain('A plus for PT “A PT is a plus.”');
  expect(mail.subject).toMatch(/^1 new job for OT, COTA or PT: /);
});

test('without a credential the groups are the paths, the sentence has no marks, and one line tells of all five', () => {
  const text = 'Current OT or PT license.';
  const told = { OT: ['named', 'OT'], PT: ['named', 'PT'], SLP: ['barred'] } as const;
  const mail = weekly('work_mode=remote', [posting({ text, told: { OT: [...told.OT], PT: [...told.PT], SLP: [...told.SLP] } }), WEEK[3]!]);
  const $ = load(mail.html);
  expect(
    $('h2')
      .toArray()
      .map(h2 => $(h2).text()),
  ).toEqual(['Utilization review (1)', 'Education (1)']);
  const job = $('h3').first().parent();
  expect(job.find('strong').length).toBe(0);
  expect(job.text()).toContain('“Current OT or PT license.”');
  expect(job.text()).toContain('Yes: OT, PT · Not stated: COTA, PTA · No: SLP');
});

test('of several filters each has its own words, links and groups, and the subject names the sum', () => {
  const raised = {
    posting: WEEK[1]!,
    news: 'raised' as const,
    payBefore: { min: 45, max: 50, currency: 'USD', interval: 'hour' as const },
  };
  const mail = mailOfAll(
    section('path=consulting', [], { postings: [raised] }),
    section('credential=OTA', WEEK.slice(2), { elsewhere: 1, counts: { new: 9, open_again: 1, raised: 0 } }),
  );
  const $ = load(mail.html);
  expect(mail.subject).toBe('9 new jobs, 1 open again and 1 with higher pay in 2 searches: Customer Success Manager and 10 more');
  const words = (tag: string) =>
    $(tag)
      .toArray()
      .map(one => $(one).text());
  expect([words('h2'), words('h3')]).toEqual([
    ['Consulting jobs', 'Non-clinical jobs for a COTA'],
    ['Consulting (1)', 'You’re included (1)', 'COTA is a plus (1)'],
  ]);
  const text = inner(mail.html);
  expect(text).toContain('1 job with higher pay · Every Monday at 7 a.m. Eastern Time');
  expect(text).toContain('Pay raised: $45 to $50 → $48 to $56 an hour');
  expect(text).toContain('2 below, 8 more behind the link at the end. 1 more is under another search in this email.');
  expect(text).toContain('Unsubscribing here ends these 2; to end or change one, use the links below its name.');
  expect([mail.list?.unsubscribe, mail.list?.manage]).toEqual(['https://jobs.example/unsubscribe/x', 'https://jobs.example/manage/x']);
  expect(mail.text.split('\n').filter(line => line.length > 72 && !/https?:|W{72}/.test(line))).toEqual([]);
});

test('the count survives a long title, and a hundred long postings stay below what Gmail cuts off', () => {
  const many = Array.from({ length: 100 }, (_, n) =>
    posting({
      id: `p${n}`,
      title: 'A title of a length '.repeat(12),
      text: `${'long words '.repeat(28)} COTA`,
      told: { OTA: ['named', 'COTA'] },
    }),
  );
  const mail = weekly('credential=OTA', many, 7);
  expect(mail.subject).toMatch(/^107 new jobs for a COTA: A title.*… and 106 more$/);
  expect(mail.subject.length).toBeLessThanOrEqual(120);
  expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(100_000);
  const shown = mail.html.match(/<h3/g)!.length;
  expect(mail.text).toContain(`${shown} below, ${107 - shown} more behind the link at the end.`);
});

test.each([
  ['path=sales&credential=OTA&work_mode=remote', 'remote sales jobs for a COTA'],
  ['path=sales,ux-product&work_mode=remote,hybrid', 'remote or hybrid UX and product or sales jobs'],
  ['path=sales,writing,education', 'jobs'],
  ['q=buy+my+pills&credential=SLP', 'jobs for an SLP'],
])('a headline of %s is %s', (query, words) => {
  expect(jobsInWords(query)).toBe(words);
});

test.each([
  [{ every: 'weekly', weekday: 1, hour: 7, zone: 'America/New_York' }, 'every Monday at 7 a.m. Eastern Time'],
  [{ every: 'daily', weekday: 1, hour: 12, zone: 'America/Chicago' }, 'every day at noon Central Time'],
  [{ every: 'daily', weekday: 1, hour: 0, zone: 'UTC' }, 'every day at midnight UTC'],
  [{ every: 'weekly', weekday: 7, hour: 18, zone: 'Asia/Kolkata' }, 'every Sunday at 6 p.m. India Standard Time'],
] as const)('a rhythm is told as Americans say it: %s', (rhythm, words) => {
  expect(describeRhythm(rhythm)).toBe(words);
});

test('plain text breaks between words, and a longer word stands alone', () => {
  expect(wrapped(`one ${'x'.repeat(80)} two`, '  ')).toBe(`  one\n  ${'x'.repeat(80)}\n  two`);
});
