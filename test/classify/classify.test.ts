import { describe, expect, it } from 'vitest';
import type { ClassifierInput } from '../../src/classify/classification.ts';
import { classify } from '../../src/classify/classify.ts';
import { compileRules, defaultRules } from '../../src/classify/compile/compile.ts';
import { loadSources } from '../../src/classify/compile/sources.ts';
import { readPosting } from '../../src/classify/reading/posting.ts';
import { CREDENTIALS } from '../../src/posting/taxonomy.ts';

const sources = () => [...loadSources()];

/** The five verdicts of a utilization reviewer's posting, one letter each in the order OT, OTA, PT, PTA, SLP. */
const verdicts = (text: string, title = 'Utilization Review Coordinator', more: Partial<ClassifierInput> = {}) => {
  const { relevance, verdicts: found } = classify({ title, text, ...more });
  expect(relevance).toBe('nonclinical');
  return CREDENTIALS.map(credential => found?.[credential].verdict[0]).join('');
};
const asked = (requirement: string) =>
  verdicts(`Review charts for medical necessity.\n\nRequirements\n- ${requirement}\n- Two years of experience`);

describe('who may apply', () => {
  it.each([
    ['PT, PTA, OT, COTA or SLP license', 'nnnnn', 'a list names each'],
    ['Licensed therapist (PT/OT/SLP)', 'nbnbn', 'a generic phrase that is spelled out'],
    ['Licensed therapist', 'ibibi', 'a therapist is no assistant'],
    ['Licensed clinician', 'iiiii', 'a clinician may be one'],
    ['Licensed rehab professional', 'iiiii', 'a generic phrase for all five'],
    ['Active RN license required', 'bbbbb', 'another licence alone'],
    ['RN license required; PT preferred', 'bbbbb', 'a preference beside another licence'],
    ['RN, PT, OT or other licensed clinician', 'ninii', 'a list with a way in'],
    ['OT or PT background preferred', 'popoo', 'a preference alone'],
    ['Therapy background a plus', 'ppppp', 'a generic preference'],
    ['OTR only, assistants not considered', 'nbbbb', 'an exclusion'],
    ['COTA, PTA or LPN, or 3+ years in the equipment industry', 'onono', 'an alternative without licence'],
    ['Degree in occupational therapy, special education or a related field', 'noooo', 'a related field'],
    ['Experience supervising COTAs and PTAs', 'ooooo', 'colleagues are not applicants'],
    ['Ability to work with OTs, PTs and SLPs', 'ooooo', 'collaborators are not applicants'],
    ['High school diploma', 'ooooo', 'nothing licensed'],
    ["Bachelor's degree in journalism", 'bbbbb', 'a degree in another field'],
    ["Bachelor's degree in journalism or a related field", 'ooooo', 'a degree with a way in'],
  ])('%s → %s (%s)', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  it('never takes company talk, benefits or legal text for a demand', () => {
    const text = `About us\nOur licensed physical therapists, OTs and COTAs treat 9,000 people a day.\n\nRequirements\n- Two years of customer service\n\nBenefits\n- Physical therapy visits, OT paid at 1.5\n\nWe are an equal opportunity employer, PT and OT license holders with disabilities included.`;
    expect(verdicts(text)).toBe('ooooo');
  });

  it('tells part time, Pacific time and overtime from the professions', () => {
    expect(
      verdicts(
        'Reviews requests for medical necessity.\n\nRequirements\n- One year of experience\n- Available 8 am to 5 pm PT\n- OT paid after 40 hours\n- FT or PT schedule',
      ),
    ).toBe('ooooo');
  });

  it('says unknown for a teaser and for requirements kept elsewhere', () => {
    expect(verdicts('Reviews requests.', undefined, { truncated: true })).toBe('uuuuu');
    expect(verdicts('Reviews requests. For license requirements please open the attached job profile.')).toBe('uuuuu');
  });

  it('shows the deciding rule and words', () => {
    const text = 'Requirements\n- Active PT or COTA license';
    const { verdicts: found } = classify({ title: 'Utilization Reviewer', text });
    expect(found?.OTA).toMatchObject({
      verdict: 'named',
      rule: 'named:credential.ota.person',
      evidence: [{ field: 'text', text: 'COTA' }],
    });
    expect(found?.SLP).toMatchObject({ verdict: 'barred', rule: expect.stringMatching(/^not-listed:/) });
  });
});

describe('what kind of job it is', () => {
  it.each([
    ['Occupational Therapist', 'Evaluate and treat patients.', 'clinical'],
    ['Telehealth SLP', 'Carry a caseload of 45 students from home.', 'clinical'],
    ['Registered Nurse, Rehab Unit', 'Bedside nursing.', 'other'],
    ['Barista – PT – Mornings', 'Make coffee in the lobby of a rehabilitation hospital.', 'other'],
    ['SLP Manager', 'Supply and logistics planning for trucks.', 'other'],
    ['Account Executive', 'Sell payroll software to restaurants. Benefits: health insurance.', 'other'],
    ['Account Executive', 'Sell our EMR to physical therapy clinics and hospitals.', 'nonclinical'],
    ['Director of Rehab', 'Leads the team and carries a caseload of 40%.', 'nonclinical'],
    ['RN Case Manager', 'Coordinates discharge planning with hospitals.', 'nonclinical'],
  ])('%s (%s) is %s', (title, text, relevance) => {
    expect(classify({ title, text }).relevance).toBe(relevance);
  });

  it('shows the words of a title once, whichever rules find them, and words of the work beside them', () => {
    const text = 'What you will do\n- Judge whether therapy visits are medically necessary';
    const shown = classify({ title: 'Utilization Review Clinician', text }).evidence;
    expect(shown.filter(({ field }) => field === 'title').map(words => words.text)).toEqual(['Utilization Review Clinician']);
    expect(shown.some(({ field }) => field === 'text')).toBe(true);
  });

  it('has verdicts and paths for nonclinical postings only', () => {
    expect(classify({ title: 'Line Cook', text: 'Cook.' })).toMatchObject({ verdicts: null, paths: [] });
    expect(
      classify({ title: 'Ergonomist', text: 'Assess jobs at plants for the risk of injury and fit workstations to people.' }),
    ).toMatchObject({
      paths: [{ path: 'ergonomics', role: 'industrial-ergonomics' }],
    });
  });

  it('gives a confidence between 0 and 1 and the version of the rules', () => {
    const { confidence, rulesVersion } = classify({ title: 'Ergonomist', text: 'Assess jobs.' });
    expect(confidence).toBeGreaterThan(1 / 3);
    expect(confidence).toBeLessThanOrEqual(1);
    expect(rulesVersion).toBe(defaultRules().version);
  });

  it('does not hang on the order in which rules and files are written', () => {
    const reversed = compileRules(sources().reverse());
    const inputs = [
      'Rehab Program Director',
      'Clinical Liaison (RN)',
      'PT Clinic Manager',
      'Therapy Denials Specialist',
      'OT - Utilization Review',
    ].map((title, at) => ({
      id: String(at),
      input: { title, text: 'Requirements\n- PT, OT or SLP license\nLead the rehab team, screen referrals, appeal denials for patients.' },
    }));
    for (const { input } of inputs) {
      const { rulesVersion: _one, ...here } = classify(input);
      const { rulesVersion: _other, ...there } = classify(input, reversed);
      expect(there).toEqual(here);
    }
  });
});

describe('hostile postings', () => {
  const deep = `${'('.repeat(50_000)}PT license${')'.repeat(50_000)}`;
  it.each([
    ['10 MB of one word', 'x'.repeat(10_000_000)],
    ['100,000 commas', ','.repeat(100_000)],
    ['deep brackets', deep],
    ['unpaired surrogates', 'PT \uD800 license \uDFFF '.repeat(2_000)],
    ['zero-width and bidi characters', 'P\u200BT \u202Elicense\u202C '.repeat(2_000)],
    ['mixed scripts', 'PT лицензия 執照 ترخيص '.repeat(2_000)],
    ['one credential over and over', 'PT or '.repeat(20_000)],
    ['one cue over and over', 'license required preferred '.repeat(10_000)],
    ['bullets only', '- \n'.repeat(50_000)],
  ])('are read without a crash, with spans that fit: %s', (_, text) => {
    const { evidence, verdicts: found, facetEvidence } = classify({ title: 'Utilization Reviewer', text });
    const spans = [...evidence, ...Object.values(found ?? {}).flatMap(verdict => verdict.evidence), ...Object.values(facetEvidence).flat()];
    for (const { field, start, end, text: words } of spans) if (field === 'text') expect(text.slice(start, end)).toBe(words);
  });

  it('give an endless list no more findings than the longest postings have, the first ones', () => {
    const reading = readPosting({ title: 'Reviewer', text: 'OT/PT/COTA/'.repeat(10_000) }, defaultRules());
    const found = reading.hits.filter(({ field }) => field.name === 'text');
    expect(found.length / reading.document.text.tokens.length).toBeLessThan(2.2);
    expect(found[0]!.first).toBe(0);
    expect(found.map(({ nth }) => nth)).toEqual(found.map((_, nth) => nth));
  });
});
