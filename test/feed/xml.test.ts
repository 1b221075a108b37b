import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { writeAtom } from '../../src/feed/atom.ts';
import { writeCsv } from '../../src/feed/csv.ts';
import { type FeedDocument, feedDocument } from '../../src/feed/document.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { writeJsonFeed } from '../../src/feed/json-feed.ts';
import { writeRss } from '../../src/feed/rss.ts';
import { element, empty } from '../../src/feed/xml.ts';
import type { FeedPosting } from '../../src/store/feed/postings.ts';

/** Any sequence of UTF-16 units, halves of pairs and controls included. */
const units = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 9, 10, 13, 0xd800, 0xdc00, 0xfffe, 0x26, 0x3c, 0x5d, 0x3e)),
  { maxLength: 40 },
);
const anyText = units.map(list => String.fromCharCode(...list));

/** Reads a document strictly and returns the texts of the elements of a name. */
function textsOf(xml: string, name: string): string[] {
  const texts: string[] = [];
  let inside: string | null = null;
  const parser = new SaxesParser({});
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', tag => {
    if (tag.name === name) inside = '';
  });
  parser.on('text', text => {
    if (inside !== null) inside += text;
  });
  parser.on('closetag', tag => {
    if (tag.name === name) {
      texts.push(inside ?? '');
      inside = null;
    }
  });
  parser.write(xml).close();
  return texts;
}

/** What XML 1.0 can hold of a text. */
const holdable = (text: string) =>
  [...text].filter(char => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(char)).join('');

it('writes any text as well-formed XML, and all of it that XML can hold', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, attribute) => {
      const xml = `<r>${element('a', text, { b: attribute })}${empty('c', { d: attribute })}</r>`;
      expect(textsOf(xml, 'a')).toEqual([holdable(text)]);
    }),
    { numRuns: 500 },
  );
});

function documentOf(text: string): FeedDocument {
  const date = new Date('2026-11-01T00:00:00Z');
  const told = { verdict: 'named' as const, rule: 'r', confidence: 0.5, evidence: [{ field: 'text' as const, start: 0, end: 1, text }] };
  const posting: FeedPosting = {
    ...{
      id: 'x',
      source: 's',
      url: text,
      apply_url: text,
      title: text,
      company: text,
      department: text,
      states: [],
      work_mode: null,
      pay: null,
    },
    ...{
      employment_types: [],
      posted_at: null,
      posted_precision: null,
      posted_from: null,
      closes_at: null,
      first_seen: date,
      updated_at: date,
    },
    ...{
      closed_at: null,
      closed_reason: null,
      relevance: 'nonclinical',
      confidence: 0.9,
      paths: ['sales'],
      roles: [],
      facets: {},
      html: text,
      text,
    },
    places: [{ raw: text, city: null, region: null, country: null }],
    verdicts: { OT: told, OTA: told, PT: told, PTA: told, SLP: told },
  };
  const page = { items: [posting], next: null, total: null, revision: '' };
  return feedDocument({ origin: 'https://ombre.example', domain: 'ombre.example' }, '/feed.rss', parseQuery(''), page);
}

it('writes every feed of a posting made of anything, so that it is read back', () => {
  fc.assert(
    fc.property(anyText, text => {
      const feed = documentOf(text);
      expect(textsOf(writeRss(feed), 'guid')).toEqual(['tag:ombre.example,2026:job/x']);
      const [content = ''] = textsOf(writeAtom(feed), 'content');
      expect(content.startsWith('<p>') && content.endsWith(holdable(text))).toBe(true);
      const json = writeJsonFeed(feed);
      expect(json.isWellFormed()).toBe(true);
      expect(JSON.parse(json).items[0]._ombre.title).toBe(text.toWellFormed());
      expect(writeCsv(feed).isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});
