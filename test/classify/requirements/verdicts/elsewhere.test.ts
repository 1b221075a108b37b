import { expect, test } from 'vitest';
import { classify } from '../../../../src/classify/classify.ts';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { Notes } from '../../../../src/classify/learned/ear.ts';
import { hearSentence, hitsOfSegments } from '../../../../src/classify/learned/sentences.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { elsewhereFile, sentElsewhere } from '../../../../src/classify/requirements/verdicts/elsewhere.ts';

const TITLE = 'Utilization Review Coordinator';
const DUTIES = 'The coordinator reads requests of members of a health plan for therapy and writes the letters.';
const read = (text: string) => readPosting({ title: TITLE, text }, defaultRules());

test('a sentence is heard by its words, its pairs of words and what rules find in it', () => {
  const posting = read('See the attached notice.');
  const [segment] = posting.document.text.segments;
  const hearing = segment && hearSentence(posting.document.text, segment, hitsOfSegments(posting.hits).get(segment) ?? [], new Notes());
  expect([...(hearing?.words.keys() ?? [])]).toEqual([
    'see',
    '| see',
    'the',
    'see the',
    'attached',
    'the attached',
    'notice',
    'attached notice',
  ]);
  expect(hearing?.facts.has('signal deferred')).toBe(true);
});

test('what is learned decides which sentence sends elsewhere, and is shown', () => {
  const learned = elsewhereFile.parse({
    about: 'For a test.',
    inputs: [],
    floor: 1,
    bias: 'says 1',
    facts: {},
    words: { lighthouse: 'sends 9' },
  });
  expect(sentElsewhere(read(`${DUTIES} Ask at the lighthouse. Bring a pen.`), learned).map(({ text }) => text)).toEqual([
    'Ask at the lighthouse',
  ]);
});

test('who may apply is unknown where the requirements stand elsewhere, with the sentence that says so', () => {
  const verdicts = classify({ title: TITLE, text: `${DUTIES} See the attached job description for the minimum qualifications.` }).verdicts;
  expect(verdicts?.OT).toMatchObject({ verdict: 'unknown' });
  expect(verdicts?.OT.evidence[0]?.text).toContain('attached job description');
});

test('a line that tells how to apply sends nobody elsewhere', () => {
  const text = `${DUTIES} Apply on our website with a letter.. Minimum qualifications: high school diploma.`;
  expect(sentElsewhere(read(text), defaultRules().eligibility.elsewhere)).toEqual([]);
});
