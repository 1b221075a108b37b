import { expect, test } from 'vitest';
import { readPosting } from '../../../src/classify/read-posting.ts';
import { WITNESSES } from '../../../src/classify/requirements/capabilities.ts';
import { readRows } from '../../../src/classify/requirements/row.ts';
import { readUnits } from '../../../src/classify/requirements/unit.ts';
import { readScene } from '../../../src/classify/requirements/witnesses.ts';
import { CUES, FORCES, SUBJECTS } from '../../../src/classify/rule.ts';
import { defaultRules } from '../../../src/classify/rules.ts';
import { SECTIONS } from '../../../src/text/sections.ts';

function witnessesIn(text: string): string[] {
  const posting = readPosting({ title: 'Request Desk Coordinator', text }, defaultRules());
  return readUnits(posting).flatMap(({ mentions, cues }) => readRows(mentions, cues).flatMap(row => readScene(row, cues, null).witnesses));
}

test('what a sentence shows of a row: the word that governs it, the subject, the section, the force and what follows', () => {
  const seen = witnessesIn('Requirements\n- You must hold a physical therapist license');
  expect(seen).toEqual(expect.arrayContaining(['hold of applicant', 'subject applicant', 'section requirements', 'license behind']));
});

test('a colleague is governed by the word that names whose he is', () => {
  expect(witnessesIn('You work with occupational therapists every day.')).toContain('governor others');
});

test('every weight belongs to something that a sentence can show', () => {
  const subjects = [...SUBJECTS, 'untold'];
  const placed = [...FORCES, ...CUES].flatMap(word => [`${word} before`, `${word} behind`, `${word} around`]);
  const told = [
    ...subjects.flatMap(subject => [`subject ${subject}`, ...[...FORCES, ...CUES].map(word => `${word} of ${subject}`)]),
    ...SECTIONS.map(section => `section ${section}`),
    ...CUES.flatMap(cue => [`governor ${cue}`, `earlier ${cue}`, cue]),
  ];
  const kinds = [
    'field',
    'field brought',
    'foreign',
    'foreign brought',
    'crowd',
    'board',
    'schooling',
    'bracketed',
    'leads',
    'fields',
    'whole',
  ];
  const known = new Set([...placed, ...told, ...kinds, 'governor none', 'bound within', 'you behind']);
  expect(Object.keys(WITNESSES).filter(name => !known.has(name))).toEqual([]);
});
