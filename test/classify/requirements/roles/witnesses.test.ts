import { expect, test } from 'vitest';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { readRows } from '../../../../src/classify/requirements/mentions/row.ts';
import { readUnits } from '../../../../src/classify/requirements/mentions/unit.ts';
import { readScene } from '../../../../src/classify/requirements/roles/witnesses.ts';

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
