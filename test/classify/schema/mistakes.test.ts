import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/classify/compile/compile.ts';
import { messageOf } from '../../../src/errors.ts';

const FIELDS = {
  id: 'mine.title.one',
  meaning: 'A rule of the test.',
  where: '[title]',
  phrases: '[rehab director]',
  effect: '{ path: management, role: director-of-rehab, weight: 9 }',
  must: '[Rehab Director]',
};

/** What the loader says about a rule with one field as given (`null` leaves it out). */
function said(field: string, value: string | null): string {
  const lines = Object.entries({ ...FIELDS, [field]: value }).flatMap(([name, text]) => (text === null ? [] : [`${name}: ${text}`]));
  return saidOf(`about: Rules of a test file.\nrules:\n  - ${lines.join('\n    ')}\n`);
}

function saidOf(content: string, file = 'mine.yaml'): string {
  try {
    compileRules([{ file, content }]);
    return 'nothing';
  } catch (error) {
    expect(error).toMatchObject({ code: 'E_RULE' });
    return messageOf(error).replace('A rule file is not as it should be: ', '');
  }
}

const PLACES = 'title, department, location, company, text, duty, requirement, anywhere';
const PHRASES = 'a list of one or more phrases';

describe('a rule with a mistake', () => {
  it.each([
    [
      'effect',
      '{ path: ergonomics, role: industrial-ergonomic, weight: 10 }',
      'line 7: rules.0.effect.role is "industrial-ergonomic"; allowed: office-ergonomics, industrial-ergonomics, injury-prevention, work-evaluator',
    ],
    [
      'effect',
      '{ path: management, role: ux-designer, weight: 9 }',
      'line 7: rules.0.effect.role is "ux-designer", which belongs to path ux-product; allowed: director-of-rehab, ',
    ],
    ['effect', '{ path: management, role: 7, weight: 9 }', 'line 7: rules.0.effect.role is 7; allowed: a role of that path'],
    ['effect', '{ path: magic, weight: 9 }', 'line 7: rules.0.effect.path is "magic"; allowed: recruiting, writing, '],
    ['effect', '{ path: management }', 'line 7: rules.0.effect.weight is missing; allowed: a number from 0.25 to 14'],
    ['effect', '{ path: management, weight: 20 }', 'line 7: rules.0.effect.weight is 20; allowed: a number from 0.25 to 14'],
    ['effect', '{ path: management, weight: heavy }', 'line 7: rules.0.effect.weight is "heavy"; allowed: a number from 0.25 to 14'],
    ['effect', '{ path: management, weight: 9, caseload: yes }', 'line 7: rules.0.effect.caseload is "yes"; allowed: true or false'],
    [
      'effect',
      '{ path: management, weight: 9, rol: x }',
      'line 7: rules.0.effect.rol is no field of an effect with path; allowed: path, role, weight, caseload',
    ],
    ['effect', '{ clinical: 0 }', 'line 7: rules.0.effect.clinical is 0; allowed: a number from 0.25 to 14'],
    ['effect', '{ clinical: 7, other: 6 }', 'line 7: rules.0.effect.other is no field of an effect with clinical; allowed: clinical'],
    ['effect', '{ signal: lnk }', 'line 7: rules.0.effect.signal is "lnk"; allowed: link, rehab, clinicians, '],
    ['effect', '{ names: [OT, COTA] }', 'line 7: rules.0.effect.names.1 is "COTA"; allowed: OT, OTA, PT, PTA, SLP'],
    ['effect', '{ names: OT }', 'line 7: rules.0.effect.names is "OT"; allowed: a list of OT, OTA, PT, PTA, SLP'],
    ['effect', '{ names: [] }', 'line 7: rules.0.effect.names is []; allowed: a list of OT, OTA, PT, PTA, SLP'],
    ['effect', '{ item: therapists }', 'line 7: rules.0.effect.item is "therapists"; allowed: therapist, professional, '],
    ['effect', '{ cue: demanded }', 'line 7: rules.0.effect.cue is "demanded"; allowed: turn, barrier, '],
    [
      'effect',
      '{ pth: management, weight: 9 }',
      'line 7: rules.0.effect is {"pth":"management","weight":9}; allowed: an effect with path, clinical, other, signal, names, item, sense, cue',
    ],
    ['effect', 'management', 'line 7: rules.0.effect is "management"; allowed: an effect with path, '],
    ['effect', null, 'line 3: rules.0.effect is missing; allowed: an effect with path, '],
    ['where', '[nowhere]', `line 5: rules.0.where.0 is "nowhere"; allowed: ${PLACES}`],
    ['where', 'title', `line 5: rules.0.where is "title"; allowed: a list of ${PLACES}`],
    ['where', '[]', `line 5: rules.0.where is []; allowed: a list of ${PLACES}`],
    ['id', 'Mine', 'line 3: rules.0.id is "Mine"; allowed: lower-case words joined by points, such as review.title.reviewer'],
    ['meaning', 'short', 'line 4: rules.0.meaning is "short"; allowed: a sentence of 8 characters or more'],
    ['phrases', '[]', `line 6: rules.0.phrases is []; allowed: ${PHRASES}`],
    ['phrases', 'rehab director', `line 6: rules.0.phrases is "rehab director"; allowed: ${PHRASES}`],
    ['phrases', '[4]', 'line 6: rules.0.phrases.0 is 4; allowed: text'],
    ['phrases', '["(rehab director"]', 'line 6: rules.0.phrases.0: "(rehab director" has a '],
    ['phrases', '[<nobody> manager]', 'line 6: rules.0.phrases.0: "<nobody> manager" names <nobody>, which vocabulary.yaml does not hold'],
    ['must', '[]', 'line 8: rules.0.must is []; allowed: a list of one or more texts that the rule must match'],
    ['must', null, 'line 3: rules.0.must is missing; allowed: a list of one or more texts that the rule must match'],
    ['must_not', 'x', 'line 9: rules.0.must_not is "x"; allowed: a list of texts that the rule must not match'],
    ['must_nt', '[x]', 'line 9: rules.0.must_nt is no field of a rule; allowed: id, meaning, where, phrases, effect, must, must_not'],
  ])('in %s: %s', (field, value, sentence) => {
    expect(said(field, value)).toContain(`mine.yaml ${sentence}`);
  });

  it('in a phrase that YAML cuts at its number: the rest would be a comment, and lost without a word', () => {
    const rule = (phrase: string) =>
      `about: Rules of a test file.\nrules:\n  - id: mine.years\n    meaning: A number of years.\n    where: [text]\n    phrases:\n      - ${phrase}\n    effect: { signal: asks }\n    must: [two years]`;
    expect(saidOf(rule('at least # year'))).toBe(
      'mine.yaml line 7: "at least" is cut off: after a space YAML takes # for a comment; put the phrase in quotes, and comments on lines of their own',
    );
    expect(saidOf(rule("'# year'"))).toBe('nothing');
  });

  it.each([
    ['about: Rules of a test file.\nrules: []', 'mine.yaml line 2: rules is []; allowed: a list of one or more rules'],
    ['about: Rules of a test file.', 'mine.yaml line 1: rules is missing; allowed: a list of one or more rules'],
    [
      'about: Rules of a test file.\nrule: []\nrules: [x]',
      'mine.yaml line 3: rules.0 is "x"; allowed: a rule: id, meaning, where, phrases, effect, must, must_not',
    ],
    ['just text', 'mine.yaml line 1: the top is "just text"; allowed: a rule file: about, rules'],
  ])('in the file itself: %j', (content, sentence) => {
    expect(saidOf(content)).toBe(sentence);
  });

  it.each([
    [
      'Therapy: [physical therapy]',
      'vocabulary.yaml line 1: Therapy is "Therapy"; allowed: names of lower-case letters and hyphens, each with a list of one or more phrases',
    ],
    ['therapy: physical therapy', `vocabulary.yaml line 1: therapy is "physical therapy"; allowed: ${PHRASES}`],
    [
      '[therapy]',
      'vocabulary.yaml line 1: the top is ["therapy"]; allowed: names of lower-case letters and hyphens, each with a list of one or more phrases',
    ],
  ])('in the vocabulary: %s', (content, sentence) => {
    expect(saidOf(content, 'vocabulary.yaml')).toBe(sentence);
  });
});
