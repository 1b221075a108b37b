import { describe, expect, test } from 'vitest';
import { facetsOf } from '../reading-of.ts';

type Told = readonly (readonly [string, readonly string[]])[];
const told = (text: string) => facetsOf(text).certifications.map(({ name, need }) => `${name} ${need}`);

describe('certificates in other words than those of lists', () => {
  const CONDITIONAL: Told = [
    ['Requirements:\n- Board certified in lymphology or plans to sit', ['Certified in lymphology preferred']],
    ['Requirements:\n- CBIS? Lovely.', ['CBIS preferred']],
    ['CWCN or OCN would open every door at our wound clinic.', ['CWCN preferred', 'OCN preferred']],
    ['Requirements:\n- Two years in gardens\n- A CHT would make the hand team cheer', ['CHT preferred']],
    ['FPC would turn the head of our payroll chief.', ['FPC preferred']],
    ['A CBIS might tip the choice between two equals.', ['CBIS preferred']],
    ['If you already hold a CPHQ, the quality desk will fight over you.', ['CPHQ preferred']],
    ["If you've earned the CRC, we start you at the window desk.", ['CRC preferred']],
    ["ATP.\nIf you've got the SMS too, coffee is on us.", ['ATP required', 'SMS preferred']],
    ['Requirements:\n- OTR license\n- CBIS, and it would be asked of everybody', ['CBIS required']],
  ];
  test.each(CONDITIONAL)('%j only likes what it tells as a condition: %j', (text, wanted) => expect(told(text)).toEqual(wanted));

  const DUE: Told = [
    ['NCS within 24 mos.', ['NCS required']],
    ['CEAS inside of 9 mos, on your own time', ['CEAS required']],
    ['CPHQ is the price of admission.', ['CPHQ required']],
    ['Requirements:\n- CITI training in the care of human subjects', ['CITI required']],
    ['Requirements:\n- (CITI) training, to be done in the first two weeks', ['CITI required']],
    ['Needed: ATP, or a pledge to sit for it', ['ATP preferred']],
    ["Requirements:\n- CPHQ, or you'll sit for it in time", ['CPHQ preferred']],
    ['Requirements:\n- CHC, or an undertaking to take the test within a year', ['CHC required']],
  ];
  test.each(DUE)('%j must be had, or had by a date: %j', (text, wanted) => expect(told(text)).toEqual(wanted));

  const UNASKED: Told = [
    ['Half of the experience can be replaced by certification in coding (CCA or CCS).', []],
    ['Requirements:\n- DPT with CHT certification or an academic doctorate', []],
    ['One year of the required experience may be met by certification in case management (CCM or ACM).', []],
    ['Requirements:\n- Two years of experience, of which a year may be satisfied with a credential (CPC, CRC).', []],
    ['Feeds our outcomes registry (CHART, PROMIS).', []],
    ['Keeps the trauma registry (TQIP) tidy.', []],
  ];
  test.each(UNASKED)('%j asks for none', text => expect(told(text)).toEqual([]));

  const UNDER_LINES: Told = [
    ["Requirements:\n- Bachelor's\n\nWhat would be nice.\n- ITIL Foundation.", ['ITIL Foundation preferred']],
    ['Requirements:\n- RN license\n\nYou answer the bell.\n- CCM', ['CCM required']],
    ['Qualifications\nQuality ranking factors: Certified Hand Therapist (CHT); work with burns.', ['CHT preferred']],
  ];
  test.each(UNDER_LINES)('%j is liked by the words above it: %j', (text, wanted) => expect(told(text)).toEqual(wanted));
});
