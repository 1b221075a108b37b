import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

describe('a demand that is denied', () => {
  it.each([
    ['You need not be a clinician to do well here', 'ooooo'],
    ['No license of any kind is asked for', 'ooooo'],
    ['A clinical degree is neither needed nor expected', 'ooooo'],
    ['We never ask whether you were a therapist', 'ooooo'],
    ['You can learn this job without having worked a single day in a hospital', 'ooooo'],
    ['Experience as an OT or SLP is not a requirement', 'ooooo'],
    ['It makes no difference to us if you are a nurse, a PT or neither', 'ooooo'],
    ["A medical background isn't necessary", 'ooooo'],
    ['Not a therapist? No problem', 'ooooo'],
    ['There is no need for a therapy license in this seat', 'ooooo'],
    ['An OT license is not mandatory', 'ooooo'],
    ['We do not require a degree or a license', 'ooooo'],
    ['Nobody without an SLP license can be considered', 'bbbbn'],
    ['Candidates lacking a PT or PTA license will not be interviewed', 'bbnnb'],
    ['You cannot do this work unless you are licensed as an OT', 'nbbbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
