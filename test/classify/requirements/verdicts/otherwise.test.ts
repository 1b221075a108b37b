import { describe, expect, test } from 'vitest';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../../src/classify/reading/posting.ts';
import { gather } from '../../../../src/classify/requirements/parts/gather.ts';
import type { ToldRole } from '../../../../src/classify/requirements/roles/role.ts';
import type { Answer } from '../../../../src/classify/requirements/verdicts/decide.ts';
import { factsOfOtherwise, readOtherwise } from '../../../../src/classify/requirements/verdicts/otherwise.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../../../src/posting/taxonomy.ts';

/** What a text says when every row is taken for the same, and may be the same others. */
const gathered = (requirements: string, told: ToldRole) =>
  gather(readPosting({ title: 'Reviewer', text: `Requirements\n${requirements}` }, defaultRules()), () => told);
const DOUBTED: ToldRole = { role: 'demanded', others: [{ role: 'talk', chance: 0.3 }] };

const ofAll = <T>(value: T) => Object.fromEntries(CREDENTIALS.map(credential => [credential, value])) as Record<Credential, T>;
const BARRED: Answer = { verdict: 'barred', rule: 'demand', evidence: [] };

describe('a doubtful role', () => {
  test('leaves what the text says as it stands, and tells what it would say otherwise', () => {
    const { requirements, doubts } = gathered('- Occupational therapist license', DOUBTED);
    expect(requirements).toHaveLength(1);
    expect(doubts.map(({ chance, otherwise }) => [chance, otherwise().requirements])).toEqual([[0.3, []]]);
  });

  test('changes its own row alone', () => {
    const { doubts } = gathered('- Occupational therapist license\n- Bachelor degree in nursing', DOUBTED);
    expect(doubts.map(({ otherwise }) => otherwise().requirements.length)).toEqual([1, 1]);
  });

  test('is looked into a dozen times at most, the likeliest first, and never in a list without end', () => {
    const lines = (count: number) => Array.from({ length: count }, () => '- OT license').join('\n');
    expect(gathered(lines(30), DOUBTED).doubts).toHaveLength(12);
    expect(gathered(lines(150), DOUBTED).doubts).toHaveLength(0);
  });
});

describe('what the verdicts would be otherwise', () => {
  test('every chance counts toward the verdict it leads to, and none toward the one that stands', () => {
    const doubts = [0.3, 0.1, 0.2].map((chance, at) => ({ chance, otherwise: () => ({ ...gathered('', DOUBTED), at }) }));
    const verdicts: Verdict[] = ['named', 'named', 'barred'];
    let asked = 0;
    const otherwise = readOtherwise(ofAll(BARRED), doubts, () => ofAll(verdicts[asked++] as Verdict));
    expect([...(otherwise.get('OT') ?? [])]).toEqual([['named', expect.closeTo(0.4)]]);
  });

  test('is told by steps', () => {
    expect(factsOfOtherwise('barred', new Map([['named', 0.12]]))).toEqual([
      'in doubt 2 barred',
      'perhaps named',
      'perhaps named 1',
      'perhaps named 1 not barred',
      'perhaps named 2',
      'perhaps named 2 not barred',
    ]);
    expect(factsOfOtherwise('open', new Map())).toEqual(['in doubt 0 open']);
  });
});
