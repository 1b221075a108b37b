import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

describe('words for both levels beside fields', () => {
  it.each([
    ['A license in occupational or physical therapy, therapist or assistant', 'nnnnb'],
    ['Registration in physical therapy, whether as an assistant or as a therapist', 'bbnnb'],
    ['You hold an occupational therapy license, be it as a therapist or as an assistant', 'nnbbb'],
    ['License in OT or PT, at the assistant level just as well as at the therapist level', 'nnnnb'],
    ['Licensure in physical therapy, at the assistant or the therapist level', 'bbnnb'],
    ['A degree in physical therapy, whether for therapists or for assistants', 'bbnnb'],
    ['Preferred: training in occupational or speech therapy, at the rank of therapist or assistant', 'ppoop'],
    ['Board certification as an OT (NBCOT), at either the assistant or the therapist level', 'nnbbb'],
    ['A PT license. Therapy assistants of either kind are considered on the same footing.', 'bnnnb'],
    ['Two years of work as a therapist or as an assistant', 'iiiii'],
    ['RN license. You work beside every therapist or assistant on the floor.', 'bbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
