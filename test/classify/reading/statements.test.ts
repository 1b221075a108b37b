import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { forceAt } from '../../../src/classify/reading/force.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import type { Statement } from '../../../src/classify/reading/statement.ts';

function statementsOf(text: string): { statements: readonly Statement[]; words: readonly string[] } {
  const { document, fields } = readPosting({ title: '', text }, defaultRules());
  return { statements: fields.get('text')?.statements ?? [], words: document.text.tokens.map(({ word }) => word) };
}

/** What a text does with a word of it. */
function forceOf(word: string, text: string): string {
  const { statements, words } = statementsOf(text);
  const at = words.indexOf(word);
  expect(at).toBeGreaterThanOrEqual(0);
  const innermost = statements.findLast(({ first, last }) => first <= at && at < last) as Statement;
  return forceAt(innermost, at, at + 1);
}

describe('what a sentence does with what it names', () => {
  it.each([
    ['resna', 'RESNA is required.', 'demanded'],
    ['resna', 'You must hold RESNA.', 'demanded'],
    ['resna', 'RESNA is a plus.', 'wished'],
    ['resna', 'Ideally RESNA and a car.', 'wished'],
    ['resna', 'RESNA is not required.', 'denied'],
    ['resna', 'Nobody asks for RESNA.', 'denied'],
    ['spanish', 'Spanish, French or German preferred.', 'wished'],
    ['license', 'A license, Spanish preferred.', 'told'],
    ['license', 'License required; Spanish preferred.', 'demanded'],
    ['spanish', 'License required; Spanish preferred.', 'wished'],
    ['spanish', 'A license (Spanish a plus) is required.', 'wished'],
    ['license', 'A license (Spanish a plus) is required.', 'demanded'],
    ['nurses', 'We also consider nurses.', 'let-in'],
    ['lifts', 'Lifts boxes as needed.', 'told'],
    ['license', 'We have not decided whether a license will be needed.', 'unsettled'],
    ['slp', 'All disciplines except SLP may apply.', 'shut-out'],
    ['spanish', 'Spanish is welcome but not essential.', 'wished'],
    ['nurses', 'Only nurses will be considered.', 'demanded'],
    ['license', 'Those without a license will not be considered.', 'demanded'],
    ['license', 'Neither a license nor a car is expected.', 'denied'],
    ['assistants', 'Assistants with five years are eligible too.', 'let-in'],
    ['spanish', 'License required, Spanish a plus.', 'wished'],
    ['license', 'License required, Spanish a plus.', 'demanded'],
  ])('%s in: %s → %s', (word, text, force) => {
    expect(forceOf(word.replace(/s$/, ''), text)).toBe(force);
  });

  it('takes the force of its section where it says none itself', () => {
    expect(forceOf('excel', 'Requirements\n- Excel and a quiet room')).toBe('demanded');
    expect(forceOf('excel', 'Nice to have\n- Excel and a quiet room')).toBe('wished');
  });
});

describe('of whom a sentence speaks', () => {
  it.each([
    ['You read forty charts a day.', 'applicant'],
    ['This role reads charts.', 'job'],
    ['We read charts for nine hospitals.', 'employer'],
    ['Our therapists read charts.', 'team'],
    ['Our patients are children.', 'customer'],
    ['As part of the team you read charts.', 'applicant'],
    ['Candidates we place must hold a license.', 'team'],
    ['We want someone who reads charts fast.', 'applicant'],
    ['The agency employs forty nurses.', 'employer'],
    ['We pay for your license.', 'perk'],
    ['All qualified applicants are considered without regard to age.', 'law'],
    ['A clinical role is posted separately.', 'post'],
  ])('%s → %s', (text, subject) => {
    expect(statementsOf(text).statements[0]?.subject).toBe(subject);
  });

  it('goes on with the subject of the clause before', () => {
    const { statements } = statementsOf('You read charts; write letters; answer calls.');
    expect(statements.map(({ subject }) => subject)).toEqual(['applicant', 'applicant', 'applicant']);
  });

  it('makes a statement of a bracket', () => {
    const brackets = (text: string) => statementsOf(text).statements.filter(({ parent }) => parent !== null).length;
    expect(brackets('A license (any state) is needed.')).toBe(1);
  });
});
