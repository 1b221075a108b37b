import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/text/document.ts';

const read = (text: string) =>
  readDocument({ title: '', text }).text.segments.map(({ section, start, end }) => [section, text.slice(start, end)]);

describe('lines joined by a space', () => {
  it('finds headings and items as if the breaks were there', () => {
    expect(
      read(
        "You review charts all day Responsibilities Reads charts Writes letters What you'll bring Active license 3+ years of practice " +
          'Strong writing Nice to have Time in sales Benefits Dental and vision',
      ),
    ).toEqual([
      ['summary', 'You review charts all day'],
      ['duties', 'Responsibilities'],
      ['duties', 'Reads charts'],
      ['duties', 'Writes letters'],
      ['requirements', "What you'll bring"],
      ['requirements', 'Active license'],
      ['requirements', '3+ years of practice'],
      ['requirements', 'Strong writing'],
      ['preferred', 'Nice to have'],
      ['preferred', 'Time in sales'],
      ['benefits', 'Benefits'],
      ['benefits', 'Dental and vision'],
    ]);
  });

  it('begins a line at the label of a value', () => {
    expect(read('Work at our east campus Reports to: the dean').map(([, text]) => text)).toEqual([
      'Work at our east campus',
      'Reports to: the dean',
    ]);
  });

  it('reads a heading nobody knows where it is written in capitals', () => {
    expect(read("Trains crews. QUALIFYING TRAINING AND EXPERIENCE Bachelor's degree in nursing").at(-1)).toEqual([
      'requirements',
      "Bachelor's degree in nursing",
    ]);
  });

  it.each([
    'We hire in North Carolina for the Joint Commission survey',
    'Reports to the Director of Quality at Lakeside School',
    'Knowledge of Medicare and of Epic is needed',
    'Senior Physical Therapist Must Hold Current License',
    'A degree from the College of Health or one of its kind',
  ])('leaves a sentence whole: %s', text => {
    expect(read(text)).toHaveLength(1);
  });

  it('takes "No." for an abbreviation only before a number', () => {
    expect(read('See list No. 12 first. A license? No. You may apply.').map(([, text]) => text)).toEqual([
      'See list No. 12 first',
      'A license',
      'No',
      'You may apply',
    ]);
  });
});
