import { describe, expect, it } from 'vitest';
import { LAYOUT } from '../../../src/evaluation/mutations/layout.ts';
import { caseOf, mutant } from './_cases.ts';

const changed = (name: string, text: string) => mutant(LAYOUT, name, caseOf(text))?.text ?? null;

describe('changes of the layout', () => {
  it('make a paragraph of bullets', () => {
    expect(changed('bullets to prose', 'What you do:\n- Read charts\n- Write letters.\n\nPay: $30')).toBe(
      'What you do:\nRead charts. Write letters.\n\nPay: $30',
    );
    expect(changed('bullets to prose', '• Read charts\n• Write letters')).toBe('Read charts. Write letters.');
  });

  it('leave bullets that are no statements of their own', () => {
    expect(changed('bullets to prose', 'One of the following:\n- OT license\n- PT license')).toBeNull();
    expect(changed('bullets to prose', 'You hold:\n- an OT license, or\n- a PT license')).toBeNull();
    expect(changed('bullets to prose', 'You hold:\n- a license as an OT')).toBeNull();
  });

  it('make bullets of a paragraph whose sentences are sure', () => {
    expect(changed('prose to bullets', 'You read charts. You write letters.')).toBe('- You read charts.\n- You write letters.');
    expect(changed('prose to bullets', 'You work for St. Anne. You write letters.')).toBeNull();
    expect(changed('prose to bullets', 'You read charts, e.g. of knees. You write letters.')).toBeNull();
    expect(changed('prose to bullets', 'You hold one of these: a license as an OT or\nas a PT.')).toBeNull();
  });

  it('lose line breaks inside paragraphs and keep those between them', () => {
    expect(changed('lost line breaks', 'Needed:\n- OT license\n- Two years\n\nPay: $30')).toBe('Needed: OT license Two years\n\nPay: $30');
    expect(changed('lost line breaks', 'One line')).toBeNull();
  });

  it('glue lines only where a capital still shows the seam', () => {
    expect(changed('glued lines', 'Able to lead\n- Two years of sales\n- 3 years of rest')).toBe(
      'Able to leadTwo years of sales\n- 3 years of rest',
    );
  });

  it('write the text as html and read it back', () => {
    expect(changed('through html', 'Needed:\n• A & B. C\n•   D')).toBe('Needed:\n\n- A & B. C\n- D');
    expect(changed('through html', 'One plain paragraph.')).toBeNull();
  });

  it('change the case of what is surely a heading', () => {
    expect(changed('case of headings', 'Minimum Qualifications\n- OT license\n\nWHAT YOU GET\n- Pay')).toBe(
      'MINIMUM QUALIFICATIONS\n- OT license\n\nWhat you get\n- Pay',
    );
    expect(changed('case of headings', 'You read charts.\nYou write letters.')).toBeNull();
  });

  it('add white space at the ends of lines, always the same for the same posting', () => {
    const text = changed('white space', 'One\nTwo\nThree');
    expect(text?.split('\n').map(line => line.trim())).toEqual(['One', 'Two', 'Three', '']);
    expect(text).not.toBe('One\nTwo\nThree');
    expect(changed('white space', 'One\nTwo\nThree')).toBe(text);
  });
});
