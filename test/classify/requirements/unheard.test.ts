import { describe, expect, it } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

describe('wishes in words that few employers use', () => {
  it.each([
    ['An OT background is a leg up', 'poooo'],
    ['Time as an SLP is a foot in the door', 'oooop'],
    ["An SLP license is welcome but isn't mandatory", 'oooop'],
    ["We'd welcome, but do not insist on, people with a physical or speech therapy degree", 'oopop'],
    ['High school diploma. Many of our best reps trained as COTAs or PTAs, and we give such a background added weight.', 'opopo'],
    ['A plus: a license (occupational or physical therapy; lapsed is fine)', 'popoo'],
    ['An OT license. PTs would get a close look.', 'nbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('who is meant without being named on the spot', () => {
  it.each([
    ['Our readers are OTAs and PTAs. Every author must hold the same license they do.', 'bnbnb'],
    [
      'Licensed in Nevada in one of the professions that our bylaws list for intake, namely nursing, social work or occupational therapy',
      'nbbbb',
    ],
    [
      'Licensed health care professional as required by state regulation: Registered Nurse, Occupational Therapist, Physical Therapist',
      'nbnbb',
    ],
    ['BSN or MSN', 'bbbbb'],
    ['You bring:\n- an OTR license\n- or\n- a CEAS certificate', 'noooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('those who are left out, and what is left open', () => {
  it.each([
    ['Therapy professionals of every discipline except speech may apply', 'iiiib'],
    ['PT license required. COTAs are encouraged to apply for our other seats.', 'bbnbb'],
    ['None of our people had a therapy license when they began', 'ooooo'],
    ['We are not seeking clinicians; clear writers will do', 'ooooo'],
    ['You will telephone OTs, PTs and SLPs; a diploma is enough', 'ooooo'],
    ['Tests are administered by licensed study therapists.\nA degree in any field.', 'ooooo'],
    ['Which license this seat calls for hinges on the county vote', 'uuuuu'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  it('says in running text that nothing is settled', () => {
    expect(inProse('The license requirements are still being negotiated with the payer.')).toBe('uuuuu');
  });
});
