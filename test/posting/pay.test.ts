import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annualise, parsePay } from '../../src/posting/pay.ts';
import type { Pay, PayInterval } from '../../src/posting/posting.ts';

const usd = (min: number | null, max: number | null, interval: PayInterval): Pay => ({ min, max, currency: 'USD', interval });
const payOf = (text: string) => parsePay(text)?.pay ?? null;

describe('a pay statement in running text', () => {
  const STATED: readonly (readonly [string, Pay])[] = [
    ['You keep a caseload of goats. $61,000, full-time.', usd(61_000, 61_000, 'year')],
    ['You look after our goats every day of the week. $61,000.', usd(61_000, 61_000, 'year')],
    ['You look after our goats. Full-time, $43,500 while you learn.', usd(43_500, 43_500, 'year')],
    ['You look after our goats in the hills. From $97,000. Hybrid.', usd(97_000, null, 'year')],
    ['You look after our goats in the hills. $33, PRN.', usd(33, 33, 'hour')],
    ['You look after our goats in the hills. 71-83K, full-time', usd(71_000, 83_000, 'year')],
    ['Additional Information: $58,000 to $66,000, full-time.', usd(58_000, 66_000, 'year')],
    ['Additional Information\n\n$27 - $33/hr', usd(27, 33, 'hour')],
    ['Clinicians are paid $64 per session.', usd(64, 64, 'visit')],
    ['Therapists work evenings: $40-$55 per session hour', usd(40, 55, 'hour')],
    ['$48 per direct hour, twelve hours a week', usd(48, 48, 'hour')],
    ['We pay $900 per teaching day.', usd(900, 900, 'day')],
    ['$4,000 sign-on and $31-$36/hr', usd(31, 36, 'hour')],
    ['Pay: $70.00 - $90.00 per visitBenefits:Health insurance', usd(70, 90, 'visit')],
    ['Salary band: 68–79k', usd(68000, 79000, 'year')],
    ['$48/hr for OTs, $34/hr for COTAs', usd(34, 48, 'hour')],
    ['Starting salary $72,400 (step 1) up to $98,100 (step 12)', usd(72400, 98100, 'year')],
    ['$55k + commission; most earn $90k in year two', usd(55000, 55000, 'year')],
    ['Pay is $31 flat.', usd(31, 31, 'hour')],
    ['$38.50/hour + $3.00 weekend differential', usd(38.5, 38.5, 'hour')],
    ['union scale, from $28 to $34 an hour', usd(28, 34, 'hour')],
    ['Pay band $30.10 / $37.20 / $44.60', usd(30.1, 44.6, 'hour')],
    ['Pay range: $39.22 to $60.79 an hour. Full-time.', usd(39.22, 60.79, 'hour')],
    ['$45/hr - $55/hr', usd(45, 55, 'hour')],
    ['$80,000.00/yr - $120,000.00/yr', usd(80_000, 120_000, 'year')],
    ['The studio pays $64k–$76k. Health, 401(k), 17 days off.', usd(64_000, 76_000, 'year')],
    ['$60-70k, depending on experience', usd(60_000, 70_000, 'year')],
    ['Pay between $58,300 and $104,700 a year depending on place.', usd(58_300, 104_700, 'year')],
    ['Salary range from $71,000 to $89,000 annually', usd(71_000, 89_000, 'year')],
    ['Hourly rate: $27.10—$30.65', usd(27.1, 30.65, 'hour')],
    ['$101,420.45—$136,363.63 USD', usd(101_420.45, 136_363.63, 'year')],
    ['Reviewers are paid $62 an hour, on the last day of the month.', usd(62, 62, 'hour')],
    ['Compensation: $35/hr + Commission', usd(35, 35, 'hour')],
    ['Salary $78,000 (assistants) to $98,000 (therapists), full-time.', usd(78_000, 98_000, 'year')],
    ['Traveler pay of $2,100 - $2,300 per week for 13 weeks', usd(2_100, 2_300, 'week')],
    ['Monthly salary: $4,200 to $5,600', usd(4_200, 5_600, 'month')],
    ['Monitors earn $240 per day.', usd(240, 240, 'day')],
    ['PAY PER VISIT: $85 routine visit, $150 start of care', usd(85, 150, 'visit')],
    ['$31 per 40-minute service plus gratuity', usd(31, 31, 'visit')],
    ['We pay $62 per 30-minute home visit.', usd(62, 62, 'visit')],
    ['Salaried at $61,000 - $70,500. Summer hours at $44 an hour.', usd(61000, 70500, 'year')],
    ['Pay is $21/hour in training, $23.25 once you are certified.', usd(21, 23.25, 'hour')],
    ['$29 an hour on weekdays and $32.50 on weekends.', usd(29, 32.5, 'hour')],
    ['$36 an hour, $41 after nine at night.', usd(36, 41, 'hour')],
    ['$36 an hour, $1.50 more at night.', usd(36, 36, 'hour')],
    ['Not less than $29 an hour', usd(29, null, 'hour')],
    ['$72 per completed visit, $120 per evaluation', usd(72, 72, 'visit')],
    ['Rates are $40 - $50 base, DOE, per hour', usd(40, 50, 'hour')],
    ['Pay: up to $45 per hour', usd(null, 45, 'hour')],
    ['We offer a salary starting at $60,000.', usd(60_000, null, 'year')],
    ['Starting pay: $22.50 per hour', usd(22.5, null, 'hour')],
    ['Base salary $90,000+', usd(90_000, null, 'year')],
    ['41,655-72,897 a year', usd(41_655, 72_897, 'year')],
    ['Salary 94,383-122,703, full-time permanent.', usd(94_383, 122_703, 'year')],
    ['20-40 dollars an hour', usd(20, 40, 'hour')],
    ['Physical Therapist Assistant | 13 Week Assignment $55 Hr | Fairview', usd(55, 55, 'hour')],
    ['Minimum Salary: $60,000 Midpoint: $70,000 Maximum Salary: $80,000', usd(60_000, 80_000, 'year')],
    ['Salary\n$52,340 to $63,115', usd(52_340, 63_115, 'year')],
    ['Base pay may vary. Pay range: $32.00 – $46.00', usd(32, 46, 'hour')],
    ['Minimum: $33.86 Mid: $44.03 Max: $54.20', usd(33.86, 54.2, 'hour')],
    ['Salary Range: 70,000.00 - 90,000.00 USD', usd(70000, 90000, 'year')],
    ['Compensation: 95,000 – 115,000', usd(95000, 115000, 'year')],
    ['Salary Min: 65000 Salary Max: 85000', usd(65000, 85000, 'year')],
    ['$35.00/Hr.-$45.00/Hr.', usd(35, 45, 'hour')],
    ['Pay: From $70,000.00 per year', usd(70000, null, 'year')],
    ['Pay: Up to $52.00 per hour', usd(null, 52, 'hour')],
    ['Pay: $70,000.00 - $95,000.00 per year', usd(70000, 95000, 'year')],
    ['Competitive pay: $75 per visit / $110 per eval', usd(75, 75, 'visit')],
    ['Weekly pay $1,800 - $2,100 gross', usd(1800, 2100, 'week')],
    ['Estimated Weekly Pay: $1,958', usd(1958, 1958, 'week')],
    ['Annual Salary: $82k', usd(82000, 82000, 'year')],
    ['Salary 70-80K DOE', usd(70000, 80000, 'year')],
    ['Pay rate: 30-35/hr', usd(30, 35, 'hour')],
    ['Salary: $61,722 - $80,243 Per Year, GS-9', usd(61722, 80243, 'year')],
    ['Compensation Range: $85K - $95K', usd(85000, 95000, 'year')],
    ['$120,000-$140,000 + 10% bonus + equity', usd(120000, 140000, 'year')],
    ['Base Salary: $80,000 + commission (OTE $130,000)', usd(80000, 80000, 'year')],
    ['Base salary $70,000-$80,000 with uncapped commissions, OTE $120-150k', usd(70000, 80000, 'year')],
    ['Rate: $38.50', usd(38.5, 38.5, 'hour')],
    ['Hourly Pay Range $25.58 - $39.65', usd(25.58, 39.65, 'hour')],
    ['Salary $30.12 - $42.18 Hourly $2,409.60 - $3,374.40 Biweekly $62,649.60 - $87,734.40 Annually', usd(30.12, 42.18, 'hour')],
    ['Earn up to $120,000 per year', usd(null, 120000, 'year')],
    ['$90,000/year to $110,000/year', usd(90000, 110000, 'year')],
    ['The base pay range for this position is: $55,000.00-$66,000.00', usd(55000, 66000, 'year')],
    ['USD $31.25/Hr. - USD $46.88/Hr.', usd(31.25, 46.88, 'hour')],
    ['Salary Range USD $31.25/Hr. -USD $46.88/Hr.', usd(31.25, 46.88, 'hour')],
    ['Pay Range: USD $75,000.00/Yr. - USD $90,000.00/Yr.', usd(75000, 90000, 'year')],
    ['$75,000.00 - $90,000.00 (USD Annual)', usd(75000, 90000, 'year')],
    ['Wage: $21.00-$24.00 hourly DOE', usd(21, 24, 'hour')],
    ['Sign on bonus $5,000! Pay: $52/hr', usd(52, 52, 'hour')],
    ['Relocation up to $5,000, salary $85,000', usd(85000, 85000, 'year')],
    ['Pay: $45.00 - $60.00 per hour\nExpected hours: 40 per week\nBenefits:\n- 401(k)', usd(45, 60, 'hour')],
    ['$35 - $45 per hour, with a $1.50 shift differential', usd(35, 45, 'hour')],
    ['Range Minimum $24.51 Range Maximum $36.77 hourly', usd(24.51, 36.77, 'hour')],
    ['Min Hourly Rate $27.76 Max Hourly Rate $44.42', usd(27.76, 44.42, 'hour')],
    ['Salary: $7,083 - $9,166 monthly', usd(7083, 9166, 'month')],
    ['Salary: $110,000 to $120,000 plus sign on bonus of $10,000', usd(110000, 120000, 'year')],
    ['$110,000 to $120,000, sign on bonus', usd(110000, 120000, 'year')],
    ['Pay range in Colorado: $70,000-$80,000. Pay range in New York: $75,000-$92,000.', usd(70000, 92000, 'year')],
    ['This role pays $1,000 per day', usd(1000, 1000, 'day')],
    ['Up to $60/hour', usd(null, 60, 'hour')],
    ['Minimum salary of $62,000', usd(62000, null, 'year')],
    ['Full-time salary $62,000.', usd(62000, 62000, 'year')],
    ['Pay: $40.00-$45.00/hr. (based on experience). Tuition up to $5,000 per year.', usd(40, 45, 'hour')],
    ['Salaries start at $58,000', usd(58000, null, 'year')],
    ['Therapists earn $95,000-$115,000/yr here', usd(95000, 115000, 'year')],
    ['Compensation: $55/visit', usd(55, 55, 'visit')],
    ['$70 - $90 per visit', usd(70, 90, 'visit')],
    ['Pay: $50-55 per hour (1099)', usd(50, 55, 'hour')],
    ['You are paid $44 for each kept visit and $15 for a no-show.', usd(44, 44, 'visit')],
    ['Rates: $72 for a routine visit, $98 for an evaluation.', usd(72, 98, 'visit')],
    ['Fee for service: $64 per finished home visit.', usd(64, 64, 'visit')],
    ['Per evaluation $310, invoiced monthly.', usd(310, 310, 'visit')],
    ['$19.25 an hour to start, reviewed in spring.', usd(19.25, null, 'hour')],
    ['$19.25 an hour to start, $21 after training.', usd(19.25, 21, 'hour')],
    ['$56,000 starting salary.', usd(56_000, 56_000, 'year')],
    ['Pay: $40 to $46 an hour for therapists; $34 for assistants.', usd(34, 46, 'hour')],
    ['- A headset and wired internet\n\n$61,000-$67,000, full-time.', usd(61_000, 67_000, 'year')],
    ['$71,000 base, $18,000 variable.', usd(71_000, 71_000, 'year')],
    ['$47 an hour for treatment and $25 for documentation time.', usd(47, 47, 'hour')],
    ['Pay: 51,000 - 57,000 annually\nReports to: the goat keeper', usd(51_000, 57_000, 'year')],
    ['RATE 26.00/HR\nSHIFTS: two', usd(26, 26, 'hour')],
    ['We keep a large herd of goats in the hills. SALARY. Keeper, $51,000; Head Keeper, $57,500. Apply soon.', usd(51_000, 57_500, 'year')],
    ['SALARY: Grade 9, $51,000 at hire, rising by four steps to $57,500 HOURS: 35', usd(51_000, 57_500, 'year')],
    ['Send a bill for your hours at $41, paid in ten days.', usd(41, 41, 'hour')],
    ['You are engaged by the day: $420 plus per diem for meals.', usd(420, 420, 'day')],
    ['We keep a herd of goats in the hills all year round. Day rate $600-650.', usd(600, 650, 'day')],
    ['$44,000 salary to start. Goats come later.', usd(44_000, null, 'year')],
    ['Visits pay from $70 to $120 each.', usd(70, 120, 'visit')],
    ['Hiring range: $90 000 - $120 000', usd(90_000, 120_000, 'year')],
    ['Hiring range: $90,000$120,000 USD', usd(90_000, 120_000, 'year')],
  ];
  test.each(STATED)('%s', (text, pay) => expect(payOf(text)).toEqual(pay));

  const ABROAD: readonly (readonly [string, Pay])[] = [
    ['US$25-30/hr', usd(25, 30, 'hour')],
    ['C$40 an hour', { min: 40, max: 40, currency: 'CAD', interval: 'hour' }],
    ['$79,204.55—$93,181.82 CAD', { min: 79_204.55, max: 93_181.82, currency: 'CAD', interval: 'year' }],
    ['CAD 70,000 - 85,000 per year', { min: 70_000, max: 85_000, currency: 'CAD', interval: 'year' }],
    ['£30,000 - £35,000', { min: 30_000, max: 35_000, currency: 'GBP', interval: 'year' }],
    ['€45.000 – €55.000 per year', { min: 45_000, max: 55_000, currency: 'EUR', interval: 'year' }],
    ['$123,600—$123,600 SGD', { min: 123_600, max: 123_600, currency: 'SGD', interval: 'year' }],
    ['€71.000€90.000 EUR', { min: 71_000, max: 90_000, currency: 'EUR', interval: 'year' }],
    ['Annual salary of zł150,000.00-zł180,000.00', { min: 150_000, max: 180_000, currency: 'PLN', interval: 'year' }],
    ['AU$95,000 per annum', { min: 95_000, max: 95_000, currency: 'AUD', interval: 'year' }],
  ];
  test.each(ABROAD)('knows the currency of %s', (text, pay) => expect(payOf(text)).toEqual(pay));

  test('covers several places with the lowest and the highest figure', () => {
    const text = 'Base pay range by state:\nCA, NY, CT $69,000—$73,000 USD\nWA $67,000—$70,500 USD\nAll other states $58,000—$61,000 USD';
    expect(parsePay(text)).toEqual({ pay: usd(58_000, 73_000, 'year'), start: text.indexOf('$69'), end: text.length });
  });

  test('reads the range of the place of the job when the list names it', () => {
    const text =
      'For work in Seattle, New York and Los Angeles, the base salary range is:\n\n$180,000—$255,000 USD\n\nFor all other work locations, the base salary range is:\n\n$162,000—$230,000 USD';
    expect(parsePay(text, ['New York'])?.pay).toEqual(usd(180_000, 255_000, 'year'));
    expect(parsePay(text, ['Omaha'])?.pay).toEqual(usd(162_000, 255_000, 'year'));
  });

  test('covers weekdays and weekends with one range', () =>
    expect(payOf('$38/hr weekdays, $42/hr weekends.')).toEqual(usd(38, 42, 'hour')));

  test('puts the smaller figure first however they were written', () => expect(payOf('$50 - $40 per hour')).toEqual(usd(40, 50, 'hour')));

  test('takes the base and leaves the rest of the sentence', () => {
    expect(payOf('base salary $75,000 to $85,000; on-target earnings $155,000; top rep last year $238,000.')).toEqual(
      usd(75_000, 85_000, 'year'),
    );
    expect(payOf('$33.10-$48.65 plus $6 night differential; $10,000 sign-on')).toEqual(usd(33.1, 48.65, 'hour'));
    expect(payOf('$180-230k OTE Base: $90k-115k Commission: $90k-115k on target')).toEqual(usd(90_000, 115_000, 'year'));
    expect(payOf('$88,000–$104,000 + bonus')).toEqual(usd(88_000, 104_000, 'year'));
    expect(payOf('$10,000 sign-on bonus. Pay: $38 an hour.')).toEqual(usd(38, 38, 'hour'));
    expect(payOf('You get $38–$46 direct hourly, $25 indirect, a materials library')).toEqual(usd(38, 46, 'hour'));
  });
});

describe('money that is not base pay', () => {
  const OTHER_MONEY = [
    'Franchise fee: $44,000. Full-time owners only, please.',
    'We look at liquid capital. $90,000. Territories open.',
    'A neighbor helped us a lot. We gave a grant. $45,000. Thanks.',
    'Our app is used a lot. It has 92-104K users, full-time support.',
    'Everybody here likes to run. Do a 5-10K. Full-time',
    'Parents pay $95 per session, insurance or not.',
    'A draw of $3,000 a month against commission.',
    'Clinicians bill $150 an hour; you keep 60%.',
    'The clinic charges $180 per visit.',
    'We offer a $7,500 sign on bonus, PTO and a gym.',
    'Sign-on bonus: $15,000',
    'Bonus up to $900 a quarter',
    'Up to $20K Sign-On Bonus',
    'Relocation assistance of $3,000',
    'Tuition help of up to $5,250 a year',
    'Annual tuition reimbursement up to $5,250 per year',
    '401(k) match up to $2,000 a year',
    'student loan help up to $12,000',
    'Potential to earn $200-400k first year',
    'On-target earnings: $155,000',
    '€75–90k OTE, uncapped',
    '$250K+ OTE',
    'We passed $3B in revenue last year',
    'grew revenue from $20,000 to $90,000 a month',
    'manages a budget of $250,000 to $400,000',
    'Quarterly bonus up to 15 % of salary',
    'an estimated $3.7 billion in charitable care',
    'Salary by contract: $2,253.60 per credit for unit members',
    '$825 per credit hour. Part-time.',
    'earn $500 - $1,000 per hired referral',
    'Total investment $212,400 to $338,900 including franchise fee $39,500',
    'Basic life insurance up to $50,000',
    'Housing stipend: $110 per day',
    'you carry your own liability cover of $1M/$3M',
    'health insurance stipend $350/mo',
    'Pay of $1,800 biweekly',
    'Salary: $3,500',
    'Parking is $2 a day',
    '10-20 hours weekly, 1,000 patients a year, 35-40 hours per week',
    'insures 240,000 people in the front range',
    'Salary depends on experience and 5 years of service',
    'Pay: 40 hour week, rate: 8 hour shifts',
    'Stipend of $500/month for your phone',
    'Cell phone $75 monthly',
    'Our clients save $50,000 per year.',
    'They contribute $1,000 per year to your HSA',
    'We manage $2,000,000 in grants. Car allowance $600/month.',
    'Biweekly: $2,409.60 - $3,374.40',
    'Compensation: $0.10 per word',
    'Honorarium: $500 per article',
    'Salary commensurate with experience, 401(k) 4%, $50,000 life insurance',
    'We saw 4,000 - 5,000 patients per year',
    'Between 2,000 and 2,500 members per month',
    'Pay grade 12, 2,080 hours per year',
    'Call (555) 010-2000 to learn more. Req 120,000',
    'Founded in 2016 with $12,500,000 - $15,000,000 in funding',
    'Bonus potential $5,000 - $10,000 annually',
    'target bonus of $20,000 per year',
    'annual incentive of up to $25,000',
    '$200 weekly marketing reimbursement',
    'We pay for your way and you mind a $90,000 supplies line',
  ];
  test.each(OTHER_MONEY)('%s', text => expect(payOf(text)).toBeNull());
});

describe('properties', () => {
  const money = {
    hour: [12, 240],
    day: [120, 3_000],
    week: [700, 6_000],
    month: [2_000, 20_000],
    year: [20_000, 400_000],
    visit: [40, 200],
  } as const;
  const words = {
    hour: ['/hr', ' per hour', ' an hour', ' hourly', '/hour'],
    day: [' per day', ' a day', '/day'],
    week: [' per week', '/wk', ' weekly'],
    month: [' per month', '/mo', ' monthly'],
    year: ['/yr', ' per year', ' a year', ' annually', ' per annum'],
    visit: [' per visit', '/visit'],
  } as const;
  const currencies = [
    ['$', 'USD'],
    ['US$', 'USD'],
    ['C$', 'CAD'],
    ['£', 'GBP'],
    ['€', 'EUR'],
  ] as const;
  const separators = ['-', ' - ', '–', ' – ', '—', ' — ', ' to ', '‑', '−', ' through '];
  const grouped = (figure: number) => figure.toLocaleString('en-US');
  const statement = fc
    .record({
      interval: fc.constantFrom<PayInterval>('hour', 'day', 'week', 'month', 'year', 'visit'),
      a: fc.double({ min: 0, max: 1, noNaN: true }),
      b: fc.double({ min: 0, max: 1, noNaN: true }),
      currency: fc.constantFrom(...currencies),
      separator: fc.constantFrom(...separators),
      word: fc.nat(),
      grouped: fc.boolean(),
      signTwice: fc.boolean(),
      intervalTwice: fc.boolean(),
    })
    .map(row => {
      const [least, most] = money[row.interval];
      const figures = [row.a, row.b].map(share => Math.round(least + share * (most - least))).sort((x, y) => x - y);
      const [low, high] = figures as [number, number];
      const write = (figure: number) => (row.grouped ? grouped(figure) : String(figure));
      const choices = words[row.interval];
      const interval = choices[row.word % choices.length] ?? '';
      const [sign, currency] = row.currency;
      const text = `${sign}${write(low)}${row.intervalTwice ? interval : ''}${row.separator}${row.signTwice ? sign : ''}${write(high)}${interval}`;
      return { text, pay: { min: low, max: high, currency, interval: row.interval } };
    });

  test('every written form of a range reads back as that range, wherever it stands', () => {
    const before = fc.constantFrom('', 'Pay: ', 'Salary range\n', '- ', 'Full-time, four tens. ', 'We pay ');
    const after = fc.constantFrom('', '.', ', plus a bonus up to $5,000', '\n- 401(k) with 4% match', ' DOE', '; sign-on $3,000.');
    fc.assert(
      fc.property(statement, before, after, (given, lead, rest) => {
        const text = lead + given.text + rest;
        const found = parsePay(text);
        expect(found?.pay).toEqual(given.pay);
        expect(text.slice(found?.start, found?.end)).toBe(given.text);
      }),
    );
  });

  test('one figure is both ends, "up to" has no least and "from" no most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 400_000 }), figure => {
        expect(payOf(`Salary: $${grouped(figure)} per year`)).toEqual(usd(figure, figure, 'year'));
        expect(payOf(`Salary up to $${grouped(figure)} per year`)).toEqual(usd(null, figure, 'year'));
        expect(payOf(`Salary from $${grouped(figure)} per year`)).toEqual(usd(figure, null, 'year'));
      }),
    );
  });

  test('whatever the text, the span lies inside it, the ends are ordered and nothing is thrown', () => {
    const scrap = fc.constantFrom(
      '$',
      '£',
      '12',
      '60,000',
      '-',
      '–',
      ' to ',
      '/hr',
      'k',
      '.',
      ',',
      '%',
      ' a year',
      '\n',
      'up to ',
      '\u202e',
      '\u200b',
      '\ud800',
      '(',
      ')',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(scrap, { maxLength: 40 }).map(parts => parts.join('')),
        ),
        text => {
          const found = parsePay(text);
          if (!found) return;
          expect(found.start).toBeGreaterThanOrEqual(0);
          expect(found.end).toBeGreaterThan(found.start);
          expect(found.end).toBeLessThanOrEqual(text.length);
          const { min, max } = found.pay;
          if (min !== null && max !== null) expect(min).toBeLessThanOrEqual(max);
          expect(min !== null || max !== null).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('text made to hurt ends with an answer', () => {
    for (const hostile of [
      '9'.repeat(2_000_000),
      '$'.repeat(500_000),
      ','.repeat(500_000),
      '$1 '.repeat(200_000),
      '1,'.repeat(500_000),
      '('.repeat(500_000),
    ]) {
      expect(parsePay(hostile)).toBeNull();
    }
  });
});

describe('a full year of pay', () => {
  test.each([
    [usd(40, 50, 'hour'), { min: 83_200, max: 104_000 }],
    [usd(300, 300, 'day'), { min: 78_000, max: 78_000 }],
    [usd(2_000, null, 'week'), { min: 104_000, max: null }],
    [usd(null, 5_000, 'month'), { min: null, max: 60_000 }],
    [usd(70_000, 80_000, 'year'), { min: 70_000, max: 80_000 }],
  ] as const)('%j', (pay, yearly) => expect(annualise(pay)).toEqual(yearly));

  test('is unknown for pay by the visit', () => expect(annualise(usd(60, 80, 'visit'))).toBeNull());
});
