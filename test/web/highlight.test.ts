import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../src/posting/html.ts';
import { highlightHtml, highlightText, merged } from '../../src/web/view/highlight.ts';

const mark = (text: string, words: string, from = 0) => {
  const start = text.indexOf(words, from);
  return { start, end: start + words.length, id: `w${start}` };
};
const bare = (html: string) => html.replace(/<\/?mark[^>]*>/g, '');
const marked = (html: string) => Array.from(html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs), ([, inner]) => inner ?? '');

describe('words marked in the text of a posting', () => {
  it('marks them where they stand, over entities, list items and numbers', () => {
    const { html, text } = bodyOf([
      { html: '<p>R&amp;D team</p><ul><li>An OT &amp; a PT</li><li>COTA</li></ul><ol><li>First PTA</li></ol>' },
    ]);
    const out = highlightHtml(html, text, [mark(text, 'OT & a PT'), mark(text, 'COTA'), mark(text, 'First')]);
    expect(marked(out ?? '')).toEqual(['OT &amp; a PT', 'COTA', 'First']);
    expect(bare(out ?? '')).toBe(html);
  });

  it('goes on behind a tag inside the words, without ever overlapping it', () => {
    const { html, text } = bodyOf([{ html: '<p>Licensed <strong>OT or</strong> PT only</p>' }]);
    const out = highlightHtml(html, text, [mark(text, 'Licensed OT or PT')]);
    expect(out).toContain('<mark id="w0">Licensed </mark><strong><mark>OT or</mark></strong><mark> PT</mark> only');
  });

  it('does not mark the space behind the words', () => {
    const { html, text } = bodyOf([{ html: '<p>an OT license</p>' }]);
    expect(highlightHtml(html, text, [mark(text, 'OT')])).toBe('<p>an <mark id="w3">OT</mark> license</p>');
  });

  it('says so when text and HTML tell different things', () => {
    expect(highlightHtml('<p>An OT</p>', 'A PT', [{ start: 2, end: 4, id: 'w2' }])).toBeNull();
    expect(highlightHtml('<p>An OT</p>', 'An OT and more', [])).toBeNull();
  });

  it('keeps the first of overlapping marks', () => {
    expect(
      merged([
        { start: 4, end: 9, id: 'b' },
        { start: 0, end: 6, id: 'a' },
        { start: 9, end: 9, id: 'c' },
      ]),
    ).toEqual([{ start: 0, end: 6, id: 'a' }]);
  });

  it('escapes plain text and marks it', () => {
    const escaped = (text: string) => text.replaceAll('<', '&lt;');
    expect(highlightText('a <b>\nOT', [{ start: 6, end: 8, id: 'w6' }], escaped)).toBe('<p>a &lt;b></p>\n<p><mark id="w6">OT</mark></p>');
  });

  it('never changes anything but marks, whatever the body and the spans', () => {
    const words = fc.array(fc.constantFrom('OT', 'PT &', '<', '- item', '•', '1.', 'a b', 'é😀', '"', 'x'), { minLength: 1, maxLength: 6 });
    const block = fc.tuple(fc.constantFrom('p', 'li', 'strong', 'h2', 'div'), words).map(([tag, list]) => {
      const inner = list.join(' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return tag === 'li' ? `<ul><li>${inner}</li></ul>` : `<${tag}>${inner}</${tag}>`;
    });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), fc.nat(200), fc.nat(40), (blocks, from, length) => {
        const { html, text } = bodyOf([{ html: blocks.join('') }]);
        const out = highlightHtml(html, text, [{ start: from, end: Math.min(text.length, from + length), id: 'w' }]);
        expect(out).not.toBeNull();
        if (out === null) return;
        expect(bare(out)).toBe(html);
        expect(out.split('<mark').length).toBe(out.split('</mark>').length);
      }),
      { numRuns: 300 },
    );
  });
});
