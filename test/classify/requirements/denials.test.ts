import { describe, expect, it } from 'vitest';
import { asked, inProse, verdictsOf } from './verdicts-of.ts';

describe('a demand that is denied', () => {
  it.each([
    ['You need not be a clinician to do well here', 'ooooo'],
    ['No license of any kind is asked for', 'ooooo'],
    ['A clinical degree is neither needed nor expected', 'ooooo'],
    ['We never ask whether you were a therapist', 'ooooo'],
    ['You can learn this job without having worked a single day in a hospital', 'ooooo'],
    ['Experience as an OT or SLP is not a requirement', 'ooooo'],
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

describe('a question about what is asked for', () => {
  it.each([['Do you hold a PT license? Then this desk is yours', 'bbnbb']])(
    'is answered by what stands alone behind it: %s → %s',
    (requirement, expected) => {
      expect(asked(requirement)).toBe(expected);
    },
  );
});

describe('what a heading says is not asked for', () => {
  it.each([
    ["You don't need\n- A degree\n- A clinical license (though many will think you have one)", 'ooooo'],
    ['You do not need:\n- An OT license\n- Years in sales', 'ooooo'],
    ['Not required\n- A therapy degree, whatever the last posting said\n- A car', 'ooooo'],
    ['What you do not need\n- Letters such as OTR or COTA behind your name\n- A suit', 'ooooo'],
    ['Nobody asks you for\n- A nursing license\n- A PT license', 'ooooo'],
    ['You need\n- A PT license\n- A car', 'bbnbb'],
  ])('%s → %s', (lines, expected) => {
    const text = `What you do\n- Answer letters of members\n- Keep notes of every call\n\nYou have\n- Two years in an office\n\n${lines}`;
    expect(verdictsOf({ title: 'Request Desk Coordinator', text })).toBe(expected);
  });
});

describe('people who are only told of where no license is asked for', () => {
  it.each([
    ['You do not need a license here. The right owner is an SLP, a teacher or somebody who loves noise.', 'ooooo'],
    ['Our owners are PTs who wanted a shop of their own, or bakers. No license is required.', 'ooooo'],
    ['No license necessary. Our partners are OTs, PTs and a chef.', 'ooooo'],
    ['No car is needed. You must be licensed as a PT by your first day.', 'bbnbb'],
    ['You are an OT or a PT. You hold that license in any state.', 'nbnbb'],
  ])('%s → %s', (sentences, expected) => {
    expect(inProse(sentences)).toBe(expected);
  });
});
