import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, lex, SEP } from '../../src/text/lexer.ts';

const words = (text: string) => lex(text).tokens.map(token => token.word);

describe('the lexer', () => {
  it('reads whole words with spans into the text as given', () => {
    const text = 'PTs & OTs — licensed in N.Y.';
    const { tokens } = lex(text);
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual(['PTs', '&', 'OTs', 'licensed', 'in', 'N.Y.']);
    expect(tokens.map(({ word }) => word)).toEqual(['pt', 'and', 'ot', 'licensed', 'in', 'ny']);
  });

  it('folds case, plural, possessive, accents, apostrophes and British spelling', () => {
    expect(words("THERAPISTS therapist's Therapists")).toEqual(['therapist', 'therapist', 'therapist']);
    expect(words('licence licences license')).toEqual(['license', 'license', 'license']);
    expect(words('résumé RESUMES you’ll')).toEqual(['resume', 'resume', 'youll']);
    expect(words('utilisation authorisations paediatric programme')).toEqual(['utilization', 'authorization', 'pediatric', 'program']);
    expect(words('duties companies analyses')).toEqual(['duty', 'company', 'analyse']);
  });

  it('keeps abbreviations that end in s apart from plurals', () => {
    expect(words('MDS SMS EMS business illness')).toEqual(['mds', 'sms', 'ems', 'business', 'illness']);
  });

  it('splits on hyphen, slash and brackets and remembers what stood between', () => {
    const { tokens } = lex('COTA/L, pre-service (PT; OT) 3+ years $25.50');
    expect(tokens.map(({ word }) => word)).toEqual(['cota', 'l', 'pre', 'service', 'pt', 'ot', '3', 'year', '25.50']);
    const has = (at: number, flag: number) => ((tokens[at]?.sep ?? 0) & flag) !== 0;
    expect(has(1, SEP.slash)).toBe(true);
    expect(has(2, SEP.comma)).toBe(true);
    expect(has(3, SEP.hyphen)).toBe(true);
    expect(has(4, SEP.open)).toBe(true);
    expect(has(5, SEP.semicolon)).toBe(true);
    expect(has(7, SEP.plus)).toBe(true);
    expect(has(8, SEP.dollar)).toBe(true);
  });

  it('knows a bullet from a hyphen', () => {
    const { tokens } = lex('Needs\n- a license\n• two years\nfull-time');
    const bullets = tokens.filter(token => (token.sep & SEP.bullet) !== 0).map(token => token.word);
    expect(bullets).toEqual(['a', 'two']);
  });

  it('reads through zero-width, soft-hyphen and bidi characters inside words', () => {
    expect(words('ther\u200Bapist thera\u00ADpist \u202Etherapist\u202C')).toEqual(['therapist', 'therapist', 'therapist']);
  });

  it('gives spans that are in order, apart and inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        let at = 0;
        for (const { start, end, word } of lex(text).tokens) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(word).toBe(word.toLowerCase());
          at = end;
        }
      }),
    );
  });

  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,12}$/), word => {
        const once = fold(word);
        expect(fold(once.toUpperCase())).toBe(fold(once));
      }),
    );
  });

  it('reads hostile texts in bounded work and without a crash', () => {
    expect(lex('a'.repeat(10_000_000)).tokens).toMatchObject([{ start: 0, end: 10_000_000, word: '' }]);
    expect(lex(','.repeat(100_000)).tokens).toEqual([]);
    expect(lex('a.'.repeat(200_000)).tokens.length).toBeGreaterThan(0);
    expect(lex('\uD800 PT \uDC00 OT \uD83D').tokens.map(({ word }) => word)).toEqual(['pt', 'ot']);
    expect(lex('\u200B'.repeat(100_000)).tokens).toEqual([]);
    expect(words('терапевт 治療師 PT')).toEqual(['терапевт', '治療師', 'pt']);
  });
});
