import { describe, expect, it } from 'vitest';
import { asked, verdictsOf } from './verdicts-of.ts';

describe('praise in other words than "preferred"', () => {
  it.each([
    ['OTs are seen first, everybody else after', 'poooo'],
    ['We would love to hear from former PTAs', 'ooopo'],
    ['A PT moves to the front of the line', 'oopoo'],
    ['Having been an SLP will serve you well', 'oooop'],
    ['If you were once a COTA, so much the better', 'opooo'],
    ['Time spent as an OT or PT is icing on the cake', 'popoo'],
    ['Ideally you are a speech-language pathologist', 'oooop'],
    ['An occupational therapy background stands you in good stead', 'poooo'],
    ['Bonus points for a physical therapy degree', 'oopoo'],
    ['We smile on PTs and PTAs', 'ooppo'],
    ['First consideration goes to occupational therapists', 'poooo'],
    ['Our first choice would be an SLP', 'oooop'],
    ['PT or OT license strongly desired', 'popoo'],
    ['Licensed clinicians will be given preference', 'ppppp'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('what is liked without anybody', () => {
  it.each([
    ["Bachelor's degree in business, health sciences or marketing preferred", 'ooooo'],
    ['Experience in a physical therapy or dental office preferred', 'ooooo'],
    ['Clinical background as a PT or OT preferred', 'popoo'],
    ['No license needed. Teachers, OTs and PTs all do well here.', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('one is named, the rest liked or let in', () => {
  it.each([
    ['PT required; OTs with vestibular training are considered too', 'nbnbb'],
    ['COTA license. PTAs are also welcome to apply.', 'bnbnb'],
    ['SLP license needed, a nurse will be looked at as well', 'bbbbn'],
    ["Bachelor's in occupational therapy, biology or a related field. A clinical license of any kind is a plus.", 'npppp'],
    ['OT or PT license; SLPs may apply also', 'nbnbn'],
    ['We need an OT. PTs with work in hands are encouraged too.', 'nbnbb'],
    ['Licensed PT; PTAs are accepted with three years', 'bbnnb'],
    ['RN license, though an OT will also be considered', 'nbbbb'],
    ['OTR required, PTs with splinting are welcome too', 'nbnbb'],
    ['SLP with three years; OTs may apply as well', 'nbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('what decides between two or moves a letter up', () => {
  it.each([
    ['No license asked for. A past as an OT or a PTA puts your application at the top.', 'poopo'],
    ['No degree needed. Where two are equal, the seat goes to whoever has been a COTA or an SLP.', 'opoop'],
    ['Your clinic years as an SLP will move you right to the front of the line', 'oooop'],
    ['Nobody needs a license. Of two good writers it falls to the one who has been a physical therapist.', 'oopoo'],
    ['If you have been an OT, a PT or an SLP, say so in the first line', 'popop'],
    ['PT license. The file goes to the person who asked for it.', 'bbnbb'],
    ['No license needed. SLPs and OTs who left the clinic are especially encouraged to apply.', 'pooop'],
    ['No license is asked for. Physical therapists who like figures are specially invited to write.', 'oopoo'],
    ['Nobody needs a degree. COTAs who know the county are most warmly invited to send a letter.', 'opooo'],
    ['OTs and PTs who can write jump the queue', 'popoo'],
    ['It is a great help if you have worked as an OTA', 'opooo'],
    ['SLPs may write to us', 'bbbbn'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('lists of what is liked', () => {
  const below = (lines: string) =>
    verdictsOf({
      title: 'Request Desk Coordinator',
      text: `Requirements\n- Bachelor's degree in any field\n- Two years in an office\n\n${lines}`,
    });
  it.each([
    ['Preferred\n- A clinical background: nursing, pharmacy, or physical or occupational therapy\n- Excel', 'popoo'],
    ['Desired qualifications\n- A therapy past: PT, PTA or athletic trainer\n- Spanish', 'ooppo'],
    ['Nice to have\n- Time in a rehab unit: OT or SLP, licensed now or once\n- SQL', 'pooop'],
    ['What would be nice.\n- A past as an OT or a COTA\n- Spanish', 'ppooo'],
    ['Nice to have.\n- Somebody who has been a PTA\n- A driver who likes mornings', 'ooopo'],
    ['What would be nice.\n- Years in a clinic: SLP, PT or OT, licensed now or formerly\n- Excel', 'popop'],
    ['Bonus points for.\n- An SLP license\n- An ear for dialects', 'oooop'],
    ['Preferred\n- Spanish\n\nRequired: PT license', 'bbnbb'],
  ])('%s → %s', (lines, expected) => {
    expect(below(lines)).toBe(expected);
  });
});
