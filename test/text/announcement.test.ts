import { describe, expect, it, test } from 'vitest';
import type { Line } from '../../src/text/announcement.ts';
import { readDocument } from '../../src/text/document.ts';

/** The sections of the segments of a text, each with how it stands. */
const sectionsOf = (text: string) => readDocument({ title: '', text }).text.segments.map(({ section, kind }) => `${kind} ${section}`);
/** What stands below a line in the middle of a posting. */
const below = (line: string) =>
  sectionsOf(`About us\nWe are a plan of 300 people.\n\n${line}\n- have kept bees\n- time in an apiary`).slice(2);

describe('a heading nobody has listed announces what follows', () => {
  it.each([
    ["It's an advantage if you", 'preferred'],
    ['What would put you ahead of the others', 'preferred'],
    ["You'll have a leg up if you", 'preferred'],
    ['Helpful, though not needed', 'preferred'],
    ['We need from you', 'requirements'],
    ['The beekeeper we are looking for', 'requirements'],
    ['Before you apply, make sure you have', 'requirements'],
    ['Your day will look like this', 'duties'],
    ['What lands on your desk', 'duties'],
    ['What you get from us', 'benefits'],
  ])('%s: %s', (line, section) => {
    expect(below(line)).toEqual([`heading ${section}`, `item ${section}`, `item ${section}`]);
  });
});

test('the employer’s name and a sentence over a list announce nothing', () => {
  expect(below('Hillcrest Beekeepers Cooperative')[0]).toBe('heading other');
  expect(below('The hives were moved in May and nobody was stung')).toEqual(['sentence about', 'item about', 'item about']);
});

test('an item whose bullet was lost is no heading of the items behind it', () => {
  expect(sectionsOf('Responsibilities\nReads charts\n- Writes letters\n- Calls clinics')).toEqual([
    'heading duties',
    'sentence duties',
    'item duties',
    'item duties',
  ]);
});

test('the name of a field belongs to its content, and a label that announces something stands before its own', () => {
  expect(sectionsOf('Place of work: Larkin Hall, second floor.')).toEqual(['sentence summary']);
  expect(sectionsOf('Would be a nice extra: time in an apiary.')).toEqual(['heading preferred', 'sentence preferred']);
});

test('within an item a label that tells nothing new is no heading', () => {
  expect(sectionsOf('Requirements:\n- High school diploma: 6 years\n- Associate degree: 4 years')).toEqual([
    'heading requirements',
    'item requirements',
    'item requirements',
  ]);
});

test('who announces is asked for lines that may be headings, with what stands before and after them', () => {
  const asked: Pick<Line, 'form' | 'after' | 'under'>[] = [];
  const { text } = readDocument({ title: '', text: 'Benefits\nWhy bees\n- honey\n- wax\nYou keep the hives warm in winter.' }, line => {
    const { form, after, under } = line;
    asked.push({ form, after, under });
    return 'about';
  });
  expect(asked).toEqual([{ form: 'list', after: 'benefits', under: true }]);
  expect(text.segments.map(({ section }) => section)).toEqual(['benefits', 'about', 'about', 'about', 'about']);
});
