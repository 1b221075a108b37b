import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanTitle, comparableTitle } from '../../src/posting/title.ts';

it.each([
  ['  Utilization \n Reviewer ', 'Utilization Reviewer'],
  ['Therapy &amp;amp; Wellness Writer', 'Therapy & Wellness Writer'],
  ['CNA  / LPN', 'CNA  / LPN'],
  ['<b>Clinical</b> Liaison<br>', 'Clinical Liaison'],
  ['Reviewer\u200b (OT\u00a0or PT)\u0007', 'Reviewer (OT or PT)'],
  ['Pay < $50', 'Pay < $50'],
])('%j is shown as %j', (title, shown) => {
  expect(cleanTitle(title)).toBe(shown);
});

it('a title is cut at 300 characters and is clean after the first time', () => {
  expect(cleanTitle('x'.repeat(5000))).toHaveLength(300);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), title => {
      const once = cleanTitle(title);
      expect(once.length).toBeLessThanOrEqual(300);
      expect(once).toBe(once.trim());
      expect(once).not.toMatch(/[^\S ]|[\u0000-\u001f]/);
      expect(cleanTitle(once)).toBe(once);
    }),
  );
});

it.each([
  ['Care Coordinator - R0012345', 'Care Coordinator'],
  ['Care Coordinator (Req #12345)', 'CARE COORDINATOR'],
  ['URGENT! Care Coordinator', 'Care Coordinator'],
  ['Care Coordinator (Remote)', 'Care Coordinator – Remote'],
  ['Documentation & Quality Auditor', 'Documentation and Quality Auditor'],
  ['Résumé Coach', 'Resume Coach'],
])('%j is the same title as %j', (one, other) => {
  expect(comparableTitle(one)).toBe(comparableTitle(other));
});

it.each([
  ['Clinical Liaison I', 'Clinical Liaison II'],
  ['Lead Reviewer', 'Reviewer'],
  ['Recruiter, Therapy 2', 'Recruiter, Therapy 3'],
])('%j is another title than %j', (one, other) => {
  expect(comparableTitle(one)).not.toBe(comparableTitle(other));
});
