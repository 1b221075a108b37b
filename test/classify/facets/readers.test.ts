import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClassifierInput, Facets } from '../../../src/classify/classification.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readFacets } from '../../../src/classify/facets/index.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { facetsOf } from './reading-of.ts';

const NOTHING: Facets = {
  work_mode: null,
  min_years: null,
  pay: null,
  employment_type: [],
  caseload: false,
  certifications: [],
  patient_contact: null,
  travel_percent: null,
  states: [],
  degree: null,
  lifting_pounds: null,
  seniority: null,
};

function checkSpans(input: ClassifierInput): void {
  const { evidence } = readFacets(readPosting(input, defaultRules()), defaultRules().facets);
  const fields = { title: input.title, text: input.text, location: input.location ?? '', department: input.department ?? '' };
  for (const { field, start, end, text } of Object.values(evidence).flat()) {
    expect(text.length).toBeGreaterThan(0);
    expect(fields[field].slice(start, end)).toBe(text);
  }
}

describe('all facets of a posting', () => {
  const POSTING = `Director of Rehab, skilled nursing

Full-time, on-site in Dayton. Pay: $48.50 - $56.00 per hour plus a $5,000 sign-on bonus.

What you will do:
- Lead a team of eleven therapists and assistants
- Carry a small treatment caseload, about 30% of the week

Requirements:
- Ohio OT, PT or SLP license
- Bachelor's degree or higher
- At least 3 years in skilled nursing; management experience preferred
- BLS; RAC-CT preferred
- Lift up to 50 lbs
- Travel up to 10% between two buildings`;

  test('are read together, each with the words it was read from', () => {
    const input = { title: 'Director of Rehab', text: POSTING, location: 'Dayton, OH' };
    const { facets, evidence } = readFacets(readPosting(input, defaultRules()), defaultRules().facets);
    expect(facets).toEqual({
      work_mode: 'onsite',
      min_years: 3,
      pay: { min: 48.5, max: 56, currency: 'USD', interval: 'hour' },
      employment_type: ['full_time'],
      caseload: true,
      certifications: [
        { name: 'BLS', need: 'required' },
        { name: 'RAC-CT', need: 'preferred' },
      ],
      patient_contact: 'some',
      travel_percent: 10,
      states: ['OH'],
      degree: 'bachelor',
      lifting_pounds: 50,
      seniority: 'director',
    });
    expect(evidence.pay?.[0]?.text).toBe('$48.50 - $56.00 per hour');
    expect(Object.keys(evidence)).toHaveLength(12);
    checkSpans(input);
  });

  test('are null when the text does not say', () => {
    expect(facetsOf('')).toEqual(NOTHING);
    expect(facetsOf('Join a warm team and help people thrive.')).toEqual(NOTHING);
  });

  test('take what the board states in fields of its own', () => {
    const pay = { min: 30, max: 40, currency: 'USD', interval: 'hour' } as const;
    expect(facetsOf('Salary: $90,000 a year', { stated: { pay } }).pay).toEqual(pay);
  });
});

describe('evidence', () => {
  const scrap = fc.constantFrom(
    ...[
      'Remote',
      'hybrid',
      'on-site',
      '3+ years',
      'of experience',
      'preferred',
      '$40 - $50',
      '/hr',
      'PRN',
      'full-time',
      'BLS',
      'CCM',
      'lift 50 lbs',
    ],
    ...[
      'travel 25%',
      'Texas',
      'license',
      'Bachelor’s degree',
      'caseload',
      'patients',
      '\n',
      '\n- ',
      '. ',
      ', ',
      ' ',
      ' ',
      'Requirements:',
      'Preferred:',
      'or',
      'no',
    ],
    ...[
      '\u200b',
      '\u202e',
      '\ud800',
      'é',
      '😀',
      '(',
      ')',
      '%',
      'new grads welcome',
      'must reside in OH',
      '2yrs',
      'days per week in the office',
    ],
  );
  const words = fc.array(scrap, { maxLength: 60 }).map(parts => parts.join(' '));

  test('is cut from the very field it names, whatever the words', () => {
    fc.assert(
      fc.property(words, words, words, (text, title, location) => checkSpans({ text, title, location })),
      { numRuns: 300 },
    );
  });

  test('is cut from the very field it names, whatever the characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => checkSpans({ text, title: text, location: text })));
  });
});

describe('text made to hurt', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['ten million letters without a gap', 'a'.repeat(10_000_000)],
    ['a hundred thousand commas', ','.repeat(100_000)],
    ['years without end', '3 years or '.repeat(50_000)],
    ['one sentence of remote', 'remote '.repeat(100_000)],
    ['days in the office', 'in the the the office two days '.repeat(20_000)],
    ['amounts without end', '$40 - '.repeat(50_000)],
    ['open parentheses', '( '.repeat(100_000)],
    ['direction marks and zero-width characters', '\u202e\u200bremote\u200b \u2066'.repeat(20_000)],
    ['unpaired surrogates', '\ud800 license \udc00 '.repeat(20_000)],
    ['licences of every state', 'licensed in Texas or Ohio, '.repeat(20_000)],
  ];
  test.each(HOSTILE)('%s ends with spans that fit', (_, text) => checkSpans({ text, title: text.slice(0, 1_000) }));
});
