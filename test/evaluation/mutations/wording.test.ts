import { describe, expect, it } from 'vitest';
import { ADDITIONS } from '../../../src/evaluation/mutations/additions.ts';
import { WORDING } from '../../../src/evaluation/mutations/wording.ts';
import { caseOf, mutant } from './_cases.ts';

const changed = (name: string, text: string) => mutant(WORDING, name, caseOf(text))?.text ?? null;

describe('changes of words and lists', () => {
  it('turn the order of a list around, with its joiners in their places', () => {
    expect(changed('order of a list', 'A PT, OT or SLP license. Call PTs and OTs.')).toBe('A SLP, OT or PT license. Call OTs and PTs.');
    expect(changed('order of a list', 'occupational therapist/physical therapist')).toBe('physical therapist/occupational therapist');
  });

  it('leave lists that have a member they do not know, or half a name', () => {
    for (const text of [
      'PT, OT or welder',
      'a welder, PT or OT',
      'OT or PT assistant',
      'OT',
      'occupational or physical therapist',
      'COTA/L or PTA',
    ]) {
      expect(changed('order of a list', text)).toBeNull();
    }
  });

  it('write abbreviations out where something is asked', () => {
    expect(changed('abbreviations to names', 'License: OT, COTA or PT.\nYou call OTs or PTs.')).toBe(
      'License: occupational therapist, occupational therapy assistant or physical therapist.\nYou call OTs or PTs.',
    );
    expect(changed('abbreviations to names', 'License: OTR or PT')).toBeNull();
    expect(changed('abbreviations to names', 'License: RN or PT')).toBeNull();
    expect(changed('abbreviations to names', 'License: PT')).toBeNull();
  });

  it('abbreviate names', () => {
    expect(changed('names to abbreviations', 'Must be a physical therapist or speech-language pathologist')).toBe('Must be a PT or SLP');
    expect(changed('names to abbreviations', 'Must be a physical therapist')).toBeNull();
  });

  it('put a bracket that says nothing behind the first member', () => {
    expect(changed('inserted bracket', 'An OT or PT license is required.')).toMatch(/^An OT \([a-z ]+\) or PT license is required\.$/);
    expect(changed('inserted bracket', 'An OT/PT license is required.')).toBeNull();
  });
});

describe('paragraphs that are added', () => {
  it.each(['company paragraph', 'perk sentence', 'legal paragraph'])('%s: keeps the text as it was beside it', name => {
    const text = mutant(ADDITIONS, name, caseOf('You read charts.'))?.text;
    expect(text).toMatch(/^You read charts\.\n\n|\n\nYou read charts\.$/);
    expect(mutant(ADDITIONS, name, caseOf(''))).toBeNull();
  });

  it('tie no posting of another trade to therapists', () => {
    expect(mutant(ADDITIONS, 'company paragraph', caseOf('You sell shoes.', 'ooooo', { relevance: 'other' }))).toBeNull();
  });
});
