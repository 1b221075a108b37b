import { describe, expect, test } from 'vitest';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { Notes, notes } from '../../../../src/classify/learned/ear.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { readAnswers } from '../../../../src/classify/requirements/index.ts';
import { gather } from '../../../../src/classify/requirements/parts/gather.ts';
import type { Role, RoleReader } from '../../../../src/classify/requirements/roles/role.ts';
import { hearRow, roleReader, rolesFile } from '../../../../src/classify/requirements/roles/row-hearing.ts';

/** What is heard of every row of a posting while each is taken for this. */
function heard(text: string, role: Role = 'demanded') {
  const hearings: Notes[] = [];
  const reader: RoleReader = (row, around) => {
    hearings.push(hearRow(row, around, new Notes()));
    return { role, others: [] };
  };
  gather(readPosting({ title: 'Request Desk Coordinator', text }, defaultRules()), reader);
  return hearings;
}

describe('what is heard of a row', () => {
  test('its words before, behind and in its sentence, what is named by its kind, and the heading above', () => {
    const [row] = heard('Minimum Qualifications\n- 3 years as a physical therapist in a hospital');
    expect([...(row?.words.keys() ?? [])]).toEqual(
      expect.arrayContaining([
        'right before a',
        'right behind in',
        'sentence hospital',
        'sentence <lay>',
        'above qualification',
        'before near as',
      ]),
    );
  });

  test('its place, its force, and what it is', () => {
    const [row] = heard('Preferred Qualifications\n- Physical therapist license preferred');
    expect([...(row?.facts ?? [])]).toEqual(
      expect.arrayContaining(['license right behind', 'force wished behind', 'row of own', 'item in preferred', 'first in its sentence']),
    );
  });

  test('the role of the row before it in the same sentence, and how they are joined', () => {
    const [, second] = heard('Requirements\n- Physical therapist license required; nurses are welcome', 'let-in');
    expect([...(second?.facts ?? [])]).toEqual(expect.arrayContaining(['after let-in', 'after let-in near semicolon']));
  });

  test('another name in its sentence as what it is, and not by its letters', () => {
    const [row] = heard('Requirements\n- Physical therapist license required; nurses are welcome');
    expect(row?.words.has('sentence <other-license>')).toBe(true);
    expect(row?.words.has('sentence nurse')).toBe(false);
  });
});

test('a role that is learned decides: what is only talked of is asked of nobody, and who is shut out, and turned away in words, is barred', () => {
  const rules = defaultRules();
  const always = (role: Role) =>
    roleReader(rolesFile.parse({ about: 'For a test.', inputs: [], floor: 1, bias: `${role} 1`, facts: {}, words: {} }));
  const verdictAs = (item: string) => (role: Role) => {
    const posting = readPosting({ title: 'Request Desk Coordinator', text: `Requirements\n- ${item}\n- Good handwriting` }, rules);
    return readAnswers(posting, { ...rules.eligibility, roles: always(role) }, notes).answers.PT.verdict;
  };
  const roles = ['demanded', 'wished', 'shut-out', 'talk'] as const;
  expect(roles.map(verdictAs('Physical therapist'))).toEqual(['named', 'preferred', 'open', 'open']);
  expect(roles.map(verdictAs('Physical therapists are not considered'))).toEqual(['named', 'preferred', 'barred', 'open']);
});
