import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { compileRules, defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { PATH_FEATURES } from '../../../src/classify/relevance/features.ts';
import { pathChances } from '../../../src/classify/relevance/read-relevance.ts';
import { oddsOfKind, oddsOfPaths, readWords } from '../../../src/classify/relevance/words.ts';

const shipped = (file: string) => readFileSync(new URL(`../../../src/classify/rules/${file}`, import.meta.url), 'utf8');
const weights = shipped('weights.yaml');
const titleWords = shipped('title-words.yaml');
const compiled = (file: string, content: string) => () => compileRules([{ file, content }]);

describe('a file of fitted numbers', () => {
  it.each([
    [
      'weights.yaml',
      weights.replace(/"bias": [^,]*/, '"bias": "much"'),
      /weights\.yaml line \d+: kinds\.nonclinical\.bias is "much"; allowed: a number from -50 to 50/,
    ],
    ['weights.yaml', weights.replace(/ *"seat\.path": .*\n/, ''), /kinds\.nonclinical\.seat\.path is missing; allowed: a number/],
    ['weights.yaml', weights.replace(/"seat\.path"/, '"seat.magic"'), /seat\.(magic|path) is/],
    [
      'weights.yaml',
      weights.replace(/"further": .*/, '"further": 3'),
      /weights\.yaml line \d+: further is 3; allowed: a number from 0 to 1/,
    ],
    [
      'worth.yaml',
      shipped('worth.yaml').replace(/"bias": .*/, '"bias": "keep 1",'),
      /worth\.yaml line \d+: bias is "keep 1"; allowed: one of read, leave/,
    ],
    [
      'work-lines.yaml',
      shipped('work-lines.yaml').replace(/"bias": .*/, '"bias": "rests 1",'),
      /work-lines\.yaml line \d+: bias is "rests 1"; allowed: one of nothing, treats, works, trade/,
    ],
    [
      'field-lines.yaml',
      shipped('field-lines.yaml').replace(/"bias": .*/, '"bias": "rests 1",'),
      /field-lines\.yaml line \d+: bias is "rests 1"; allowed: one of nothing, care, science, industry/,
    ],
    [
      'trees.yaml',
      shipped('trees.yaml').replace(/"nonclinical": \[\n *".*"/, '"nonclinical": ["much"'),
      /trees\.yaml line \d+: nonclinical\.0 is "much"; allowed: a number from -50 to 50, or one with one of seat\.path, /,
    ],
    [
      'weights.yaml',
      weights.replace(/"hash": .*/, '"hash": "none"'),
      /inputs\.0\.hash is "none"; allowed: a hash of 12 hexadecimal digits/,
    ],
    ['title-words.yaml', titleWords.replace(/"floor": .*/, '"floor": 0,'), /floor is 0; allowed: a whole number from 1 to 200/],
    [
      'title-words.yaml',
      titleWords.replace(/"bias": .*/, '"bias": "cooking 2",'),
      /bias is "cooking 2"; allowed: one of recruiting, .* and a number from -50 to 50/,
    ],
  ])('with a mistake is refused in one sentence: %s', (file, content, message) => {
    expect(compiled(file, content)).toThrow(message);
    expect(compiled(file, content)).toThrow(expect.objectContaining({ code: 'E_RULE' }));
  });

  it('moves the version of the rules, and a folder without one is judged with the shipped numbers', () => {
    const bare = compileRules([]);
    const other = compileRules([{ file: 'weights.yaml', content: weights.replace(/"sureness": .*/, '"sureness": 0.5,') }]);
    expect(bare.model.weights).toEqual(defaultRules().model.weights);
    expect(other.version).not.toBe(bare.version);
    expect(other.model.weights.sureness).toBe(0.5);
  });

  it('names its inputs', () => {
    expect(weights).toMatch(/"inputs": \[\s+\{\s+"name": "\w+",\s+"rows": \d+,\s+"hash": "[0-9a-f]{12}"/);
  });
});

const REVIEWER = {
  title: 'Utilization Review Clinician',
  text: 'Responsibilities\n- Reviews requests for home visits against criteria\n- Calls providers for missing notes\n\nRequirements\n- PT or OT license',
};
const heard = (title: string, text: string) => {
  const rules = defaultRules();
  return readWords(readPosting({ title, text }, rules).document, rules.model.words);
};

describe('what words say', () => {
  it('is no more when the same is said again', () => {
    const once = heard(REVIEWER.title, REVIEWER.text);
    const often = heard(REVIEWER.title, Array.from({ length: 40 }, () => REVIEWER.text).join('\n\n'));
    expect(often.kind.scores()).toEqual(once.kind.scores());
    expect(often.path.scores()).toEqual(once.path.scores());
  });

  it('stays within its bounds, and is nothing of a posting without a known word', () => {
    const oddsOf = (title: string, text: string) => {
      const words = heard(title, text);
      return [
        ...(['title', 'kind'] as const).flatMap(of => [oddsOfKind(words, of, 'nonclinical'), oddsOfKind(words, of, 'clinical')]),
        ...(['title', 'path'] as const).flatMap(of => [...oddsOfPaths(words, of)]),
      ];
    };
    for (const value of oddsOf(REVIEWER.title.repeat(50), REVIEWER.text.repeat(50))) {
      expect(value).toBeGreaterThanOrEqual(-1);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(new Set(oddsOf('', ''))).toEqual(new Set([0]));
  });

  it('is not heard of what an employer is, gives or must write', () => {
    const perks = `${REVIEWER.text}\n\nBenefits\n- Free physical therapy\n\nAbout us\nWe treat patients in forty clinics.`;
    expect(heard(REVIEWER.title, perks).kind.scores()).toEqual(heard(REVIEWER.title, REVIEWER.text).kind.scores());
  });
});

describe('the sum of the evidence', () => {
  it('is told by words of the title, too, but for those that may be of the department', () => {
    const told = (department?: string) =>
      classify({ title: 'Utilization Review Therapist', department, text: 'Apply online.' }).reasons.find(({ part }) => part === 'witness')
        ?.told;
    expect(told()).toContain('"Review"');
    expect(told('Managed Care Services') ?? []).toEqual([]);
  });

  it('is the same for the same posting, and its chances are those of a choice', () => {
    expect(classify(REVIEWER)).toEqual(classify(REVIEWER));
    const chances = pathChances(
      Array.from({ length: 3 }, (_, at) => Float64Array.from(PATH_FEATURES, () => at)),
      Float64Array.from(PATH_FEATURES, () => 1),
    );
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1);
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
  });

  it('tells what each part adds, with the rules and words it comes from, the heaviest first', () => {
    const { relevance, confidence, reasons } = classify(REVIEWER);
    expect(relevance).toBe('nonclinical');
    expect(confidence).toBeGreaterThan(0.9);
    expect(reasons.map(({ part }) => part)).toEqual(expect.arrayContaining(['seat', 'function']));
    expect(reasons.find(({ part }) => part === 'seat')?.told).toEqual(expect.arrayContaining([expect.stringMatching(/^review\./)]));
    const sizes = reasons.map(({ weight }) => Math.abs(weight));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('is less sure of a posting that says little', () => {
    expect(classify({ title: 'Associate', text: 'Helps the team with reviews.' }).confidence).toBeLessThan(classify(REVIEWER).confidence);
  });
});
