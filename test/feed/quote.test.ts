import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quote, quotesOf, quoteText } from '../../src/feed/quote.ts';

const span = (words: string, source: string) => {
  const start = source.indexOf(words);
  return { field: 'text' as const, start, end: start + words.length, text: words };
};
const shown = ({ parts }: Quote) => parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');
const quoted = (text: string, ...words: string[]) =>
  quotesOf(
    words.map(one => span(one, text)),
    () => text,
  ).map(shown);

describe('quotes', () => {
  it('are the sentence around the words, the one with most of them first, without its bullet', () => {
    const text =
      'About us\n- You are kind. Licensed OT, PT or SLP, or a COTA with two years. Apply today.\nAny PTA is welcome to write to us';
    expect(quoted(text, 'PTA', 'OT, PT or SLP', 'COTA')).toEqual([
      'Licensed [OT, PT or SLP], or a [COTA] with two years.',
      'Any [PTA] is welcome to write to us',
    ]);
  });

  it('mark as one what stands a comma or an "or" apart', () => {
    expect(quoted('Current license as PT, PTA, OT, or COTA required', 'PT', 'PTA', 'OT,', 'COTA')).toEqual([
      'Current license as [PT, PTA, OT, or COTA] required',
    ]);
  });

  it('never are a bare word: what stands before it comes along', () => {
    expect(quoted('You hold one of these\n\n- COTA', 'COTA')).toEqual(['You hold one of these … [COTA]']);
    expect(quoted('One of these:\n- A license as OT\n- COTA', 'COTA')).toEqual(['One of these: [COTA]']);
    expect(quoted('- Loves to teach\n- COTA a plus', 'COTA')).toEqual(['[COTA] a plus']);
    expect(quoted('You are encouraged to apply.\nCOTA', 'COTA')).toEqual(['[COTA]']);
    expect(quoted('COTA', 'COTA')).toEqual(['[COTA]']);
    const text = 'Knows groups\n- CEAS preferred';
    expect(quotesOf([span('CEAS', text)], () => text).map(quoteText)).toEqual(['Knows groups … CEAS preferred']);
    expect(quotesOf([span('CEAS', text)], () => text, { least: 0 }).map(quoteText)).toEqual(['CEAS preferred']);
  });

  it('are cut between words around the first mark, and say so', () => {
    const [quote] = quoted(`We ${'really '.repeat(40)}want a COTA ${'very '.repeat(40)}much.`, 'COTA');
    expect(quote).toMatch(/^… really .*\[COTA\] .*very …$/);
    expect(quote!.length).toBeLessThan(160);
  });

  it('leave out evidence that is not where it says', () => {
    const text = 'Licensed OT';
    expect(
      quotesOf(
        [
          { ...span('OT', text), start: 0, end: 2 },
          { ...span('OT', text), field: 'title' },
        ],
        field => (field === 'text' ? text : null),
      ),
    ).toEqual([]);
  });

  it('hold the words and stay short, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 600 }), (before, after) => {
        const text = `${before}COTA${after}`.replaceAll('\n', ' ');
        const [quote] = quotesOf([{ field: 'text', start: before.length, end: before.length + 4, text: 'COTA' }], () => text);
        expect(quote!.parts.filter(({ marked }) => marked).map(part => part.text)).toEqual(['COTA']);
        expect(quoteText(quote!).isWellFormed()).toBe(true);
        expect(quoteText(quote!).length).toBeLessThan(300);
      }),
    );
  });
});
