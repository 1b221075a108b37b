import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { fold } from '../../../src/text/lexer.ts';

/** Whether the first token of these letters in a text means the profession or the certificate. */
function isMeant(letters: string, text: string, title = ''): boolean {
  const { document, senses } = readPosting({ title, text }, defaultRules());
  const at = document.text.tokens.findIndex(({ word }) => word === fold(letters));
  expect(at).toBeGreaterThanOrEqual(0);
  return senses.isMeant(document.text, at);
}

describe('letters of a profession', () => {
  it.each([
    ['pt', 'A PT or OT license is needed.'],
    ['pt', 'You have worked as a PT.'],
    ['pt', 'Our PTs see eight people a day.'],
    ['pt', 'The desk serves physical therapy clinics. PT required.'],
    ['ot', 'An OT with five years.'],
    ['ot', 'License: OT, SLP or RN.'],
    ['st', 'Reviews requests for PT, OT and ST.'],
    ['slp', 'An SLP may apply.'],
    ['slp', 'SLP with the Cs'],
  ])('%s is one in: %s', (letters, text) => {
    expect(isMeant(letters, text)).toBe(true);
  });

  it.each([
    ['pt', 'Calls run from 8 am to 5 pm PT.'],
    ['pt', 'FT or PT schedule, evenings.'],
    ['pt', 'This is a PT position of 20 hours.'],
    ['ot', 'Paid OT after 40 hours.'],
    ['ot', 'Mandatory OT on weekends.'],
    ['ot', 'Keeps the OT network of the plant behind a firewall.'],
    ['st', 'Office on Elm St, Saint Paul.'],
    ['slp', 'Leads SLP supply planning of the warehouse.'],
  ])('%s is none in: %s', (letters, text) => {
    expect(isMeant(letters, text)).toBe(false);
  });
});

describe('letters of a certificate', () => {
  it.each([
    ['atp', 'RESNA ATP within a year.', true],
    ['atp', 'You fit wheelchairs all day. An ATP is a plus.', true],
    ['atp', 'ATP rated airline pilot.', false],
    ['atp', 'Measures ATP in cells by luminescence.', false],
    ['sms', 'ATP/SMS liked.', true],
    ['sms', 'Writes SMS messages to members.', false],
    ['caps', 'CAPS certification for aging in place.', true],
    ['caps', 'Sorts bottle CAPS.', false],
    ['cpe', 'CPE from BCPE, or another ergonomics credential.', true],
    ['cpe', 'CPE credits for accountants.', false],
  ])('%s in: %s → %s', (letters, text, meant) => {
    expect(isMeant(letters, text)).toBe(meant);
  });
});
