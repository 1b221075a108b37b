import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, readDocument } from '../../src/text/document.ts';

const read = (text: string) => {
  const { text: field } = readDocument({ title: 'Reviewer', text });
  return field.segments.map(({ start, end, section, kind }) => [section, kind, text.slice(start, end)]);
};

describe('reading a posting', () => {
  it('follows headings on lines of their own', () => {
    expect(
      read('About us\nWe run clinics.\n\nWhat you will do\n- Review charts\n\nRequirements:\n- PT license\n\nBenefits\n- Dental'),
    ).toEqual([
      ['about', 'heading', 'About us'],
      ['about', 'sentence', 'We run clinics'],
      ['duties', 'heading', 'What you will do'],
      ['duties', 'item', 'Review charts'],
      ['requirements', 'heading', 'Requirements'],
      ['requirements', 'item', 'PT license'],
      ['benefits', 'heading', 'Benefits'],
      ['benefits', 'item', 'Dental'],
    ]);
  });

  it('follows labels in front of their text, and lets them end with their paragraph', () => {
    expect(read('Benefits: dental and vision.\nWe take PT or OT.')).toEqual([
      ['benefits', 'heading', 'Benefits'],
      ['benefits', 'sentence', 'dental and vision'],
      ['other', 'sentence', 'We take PT or OT'],
    ]);
    expect(read('License Missouri Physical Therapist license required.')[0]).toEqual(['requirements', 'heading', 'License']);
  });

  it('finds headings inside one long line', () => {
    const filler = 'You read files and write letters to the clinics that sent them in. '.repeat(6);
    const sections = read(`${filler}Minimum Qualifications: OT or PT license. Preferred Qualifications: two years of review.`);
    expect(sections.slice(-4)).toEqual([
      ['requirements', 'heading', 'Minimum Qualifications'],
      ['requirements', 'sentence', 'OT or PT license'],
      ['preferred', 'heading', 'Preferred Qualifications'],
      ['preferred', 'sentence', 'two years of review'],
    ]);
  });

  it('knows legal text and benefits wherever they stand', () => {
    expect(read('We are an equal opportunity employer. You get dental and a 401(k).').map(([section]) => section)).toEqual([
      'eeo',
      'benefits',
    ]);
  });

  it('does not end a sentence at an abbreviation or inside a number', () => {
    expect(read('Dr. Smith pays $25.50 an hour. Apply.').map(([, , text]) => text)).toEqual(['Dr. Smith pays $25.50 an hour', 'Apply']);
  });

  it('joins a wrapped line with the one before', () => {
    expect(read('The reviewer reads the charts of patients who were\nsent to a skilled facility.')).toHaveLength(1);
  });

  it('reads numbered and lettered lists as items', () => {
    expect(read('Requirements\n1. PT license\n(b) two years').map(([, kind]) => kind)).toEqual(['heading', 'item', 'item']);
  });

  it('gives evidence that is the words at its span', () => {
    const { text: field } = readDocument({ title: 'x', text: 'Active PT license' });
    expect(evidenceOf(field, 1, 3)).toEqual({ field: 'text', start: 7, end: 17, text: 'PT license' });
  });

  it('covers every word exactly once, whatever the text', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('Requirements:', '- PT license', 'BENEFITS', '1. two years', '', 'About us'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), lines => {
        const { text: field } = readDocument({ title: '', text: lines.join('\n') });
        let at = 0;
        for (const { first, last } of field.segments) {
          expect(first).toBeGreaterThanOrEqual(at);
          expect(last).toBeGreaterThan(first);
          at = last;
        }
        expect(at).toBeLessThanOrEqual(field.tokens.length);
      }),
    );
  });
});
