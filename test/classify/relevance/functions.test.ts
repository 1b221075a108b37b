import { describe, expect, it } from 'vitest';
import { classify, hitsOfSense } from '../../../src/classify/classify.ts';
import { compileRules, defaultRules } from '../../../src/classify/compile/compile.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { readEvidence } from '../../../src/classify/relevance/evidence.ts';
import { NOBODY } from '../../../src/classify/requirements/asked.ts';
import type { Path } from '../../../src/posting/taxonomy.ts';

const rule = (id: string, phrase: string, effect: string) =>
  `  - { id: ${id}, meaning: A rule to try., where: [duty], phrases: [${phrase}], effect: { ${effect} }, must: [${phrase}], must_not: [Bread] }\n`;
const RULES = compileRules([
  {
    file: 'made.yaml',
    content: `about: Rules to try with.\nrules:\n${[
      rule('quality.reads', 'reads charts', 'path: compliance-quality, role: documentation-auditor, weight: 1'),
      rule('quality.charts', 'charts', 'path: compliance-quality, role: coding-billing, weight: 0.5'),
      rule('quality.falls', 'counts falls', 'path: compliance-quality, role: quality-improvement, weight: 0.8'),
      rule('quality.scores', 'scores surveys', 'path: compliance-quality, role: quality-improvement, weight: 0.8'),
    ].join('')}`,
  },
]);
const workOf = (path: Path, text: string) => {
  const reading = readPosting({ title: 'Associate', text }, RULES);
  return readEvidence(reading, hitsOfSense(reading), NOBODY).functions.get(path);
};

describe('the work a text tells of', () => {
  it('has the role that is told most, not the one of the heaviest rule', () => {
    expect(workOf('compliance-quality', 'Reads charts.')?.role).toBe('documentation-auditor');
    expect(workOf('compliance-quality', 'Reads charts. Counts falls. Scores surveys.')?.role).toBe('quality-improvement');
  });
});

const answerTo = (title: string, duties: readonly string[], employer: string) =>
  classify({ title, text: `${employer}\n\nWhat you will do\n${duties.map(duty => `- ${duty}`).join('\n')}` }, defaultRules());

describe('duties under a title that says little', () => {
  it.each([
    [
      'utilization-review',
      [
        'Settles whether the plan will pay for further days',
        'Explains why a brace was turned down',
        'Prepares the packet for a fair hearing',
      ],
    ],
    [
      'care-coordination',
      [
        'Phones members two days after they get home',
        'Lines up a walker, rides and the first visit of the nurse',
        'Follows 60 members with heart failure',
      ],
    ],
    [
      'home-safety',
      [
        'Walks the house and looks for what made them fall',
        'Sketches grab bars and a ramp for the homeowner',
        'Watches the contractor and comes back after the job',
      ],
    ],
    [
      'compliance-quality',
      [
        'Reads one in ten charts to see whether notes are signed and complete',
        'Gets the facility ready for surveyors',
        'Returns findings to clinicians',
      ],
    ],
    [
      'research',
      ['Screens clinic lists for patients who fit the trial', 'Enters results into the study database', 'Keeps consent forms in order'],
    ],
  ] as const)('tell the path: %s', (path, duties) => {
    const { relevance, paths } = answerTo('Associate', duties, 'We are a health system in three counties.');
    expect([relevance, paths[0]?.path]).toEqual(['nonclinical', path]);
  });

  it('leave the same verbs of other trades outside', () => {
    const bank = [
      'Decides whether a card payment was fraud',
      'Explains why a loan was turned down',
      'Reads files against the policy of the bank',
    ];
    expect(answerTo('Associate', bank, 'We are a bank with forty branches.').relevance).toBe('other');
  });

  it('beat the profession in a title when the title names the desk', () => {
    const duties = ['Reads the chart of every inpatient death', 'Enters measures into the registry', 'No patient assignment'];
    const { relevance, paths } = answerTo('RN, Core Measures', duties, 'We are a hospital.');
    expect([relevance, paths[0]?.path]).toEqual(['nonclinical', 'compliance-quality']);
  });
});
