import { describe, expect, it } from 'vitest';
import { DEMANDS } from '../../../src/evaluation/mutations/demands.ts';
import { caseOf, mutant, verdicts } from './_cases.ts';

const moved = (name: string, ...one: Parameters<typeof caseOf>) => mutant(DEMANDS, name, caseOf(...one));
const CALLS = 'Call clinics all day long and write down what they tell of their week.';

describe('another license in place of the one demanded', () => {
  it('shuts everybody out', () => {
    expect(moved('another license', `${CALLS}\nNeeded:\n- An OT or PT license\n- Two years`, 'nbnbb')).toEqual({
      text: `${CALLS}\nNeeded:\n- An active RN license is required.\n- Two years`,
      expected: verdicts('bbbbb'),
    });
  });

  it('is not tried where something else could let somebody in', () => {
    expect(moved('another license', 'An OT license.\nTherapists of any kind may ask.', 'nbbbb')).toBeNull();
    expect(moved('another license', 'One of the following:\n- OT license\n- Two years in design', 'nbbbb')).toBeNull();
    expect(moved('another license', 'Nice to have:\n- OT license', 'nbbbb')).toBeNull();
    expect(moved('another license', 'An OT license.', 'nbbbb', { title: 'Therapist Reviewer' })).toBeNull();
    expect(moved('another license', 'An OT license.', 'nbbbb', { relevance: 'clinical' })).toBeNull();
    expect(moved('another license', 'An OT license is a plus.', 'poooo')).toBeNull();
  });

  it('is tried beside talk of the field that asks nothing of anybody', () => {
    const talk = 'Our clinics provide occupational therapy and physical therapy in all of the six counties.';
    expect(moved('another license', `${talk}\n\nAn OT license is required.`, 'nbbbb')?.text).toBe(
      `${talk}\n\nAn active RN license is required.`,
    );
  });
});

describe('a demand that is denied', () => {
  it('opens the job to everybody', () => {
    const mutant = moved('denied demand', 'An OT license is required.', 'nbbbb');
    expect(mutant).toEqual({ text: 'No clinical license is needed.', expected: verdicts('ooooo') });
  });

  it('is not tried beside another demand that could shut somebody out', () => {
    expect(moved('denied demand', "An OT license is required.\nA master's in design.", 'nbbbb')).toBeNull();
  });
});

describe('two professions that change places', () => {
  it('take their verdicts with them, in title and text', () => {
    expect(
      moved('swapped license', 'You are an OT or COTA. OCCUPATIONAL THERAPIST, Physical Therapy Clinic', 'nnbbb', {
        title: 'Occupational Therapist Reviewer',
      }),
    ).toEqual({
      title: 'Physical Therapist Reviewer',
      text: 'You are an PT or PTA. PHYSICAL THERAPIST, Occupational Therapy Clinic',
      expected: verdicts('bbnnb'),
    });
  });

  it('stay where letters, schools or half a name belong to one of them, or both have the same verdicts', () => {
    for (const text of [
      'An OT with NBCOT.',
      'A DPT or PT.',
      'OT is paid as overtime; a PT license.',
      'Call before 5 pm PT. An OT license.',
      'An occupational or physical therapist.',
    ]) {
      expect(moved('swapped license', text, 'nbbbb')).toBeNull();
    }
    expect(moved('swapped license', 'An OT or PT license.', 'nbnbb')).toBeNull();
  });
});

describe('a demand or a wish that is added', () => {
  it('names or likes those it lists, and shuts the others out or leaves them', () => {
    const demand = moved('added demand', CALLS);
    const wish = moved('added wish', CALLS);
    expect(demand?.text).toMatch(/\n\nRequirements\nA current license as .+ is required\.$/);
    expect(new Set(Object.values(demand?.expected ?? {}))).toEqual(new Set(['named', 'barred']));
    expect(wish?.text).toContain('is preferred, but not required.');
    expect(new Set(Object.values(wish?.expected ?? {}))).toEqual(new Set(['preferred', 'open']));
  });

  it('is not added where a license is spoken of, or a verdict is another than open', () => {
    expect(moved('added demand', 'No license is needed.')).toBeNull();
    expect(moved('added demand', CALLS, 'poooo')).toBeNull();
    expect(moved('added demand', CALLS, 'ooooo', { title: 'Nurse Reviewer' })).toBeNull();
  });
});

describe('a demand that becomes a wish, and a wish that becomes a demand', () => {
  it('moves the credentials of the line and all others', () => {
    expect(moved('preferred to required', 'Two years. OT, COTA or PT background strongly preferred; a car.', 'pppoo')).toEqual({
      text: 'Two years. OT, COTA or PT background required; a car.',
      expected: verdicts('nnnbb'),
    });
    expect(moved('required to preferred', '- Licensed OT or PT in New Mexico (required)', 'nbnbb')).toEqual({
      text: '- Licensed OT or PT in New Mexico preferred',
      expected: verdicts('popoo'),
    });
    expect(moved('required to preferred', 'Current license as a PT.', 'bbnbb')?.text).toBe('Current license as a PT preferred.');
  });

  it('is tried only where the label says what the line says, and the line nothing more', () => {
    expect(moved('preferred to required', 'OT license preferred.', 'ppooo')).toBeNull();
    expect(moved('preferred to required', 'Preferred:\n- OT license preferred', 'poooo')).toBeNull();
    expect(moved('required to preferred', 'OT license in a hospital required.', 'nbbbb')).toBeNull();
    expect(moved('required to preferred', 'OT license required; a degree in nursing.', 'nbbbb')).toBeNull();
  });
});
