import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { brokenExamples } from '../../../src/classify/compile/check-examples.ts';
import { compileRules, defaultRules, defaultVersion, loadRules } from '../../../src/classify/compile/compile.ts';
import type { RuleSource } from '../../../src/classify/compile/yaml.ts';
import { PATH_SLUGS, ROLE_PATH, ROLE_SLUGS } from '../../../src/posting/taxonomy.ts';
import { readLine } from '../../../src/text/document.ts';

const rules = defaultRules();
const file = (body: string): RuleSource => ({ file: 'mine.yaml', content: `about: Rules of a test file.\nrules:\n${body}` });
const rule = (lines: string) => file(`  - id: mine.title.one\n    meaning: A rule of the test.\n${lines}`);
const GOOD = `    where: [title]\n    phrases:\n      - rehab director\n    effect: { path: management, role: director-of-rehab, weight: 9 }\n    must: [Rehab Director]`;

describe('the rules Ombre ships with', () => {
  it('match their own examples and none of their counterexamples', () => {
    expect(brokenExamples(rules)).toEqual([]);
  });

  it('cover every path and every role', () => {
    const effects = rules.rules.map(({ effect }) => effect);
    const paths = new Set(effects.flatMap(effect => ('path' in effect ? [effect.path] : [])));
    const roles = new Set(effects.flatMap(effect => ('path' in effect && effect.role ? [effect.role] : [])));
    expect([...PATH_SLUGS].filter(path => !paths.has(path))).toEqual([]);
    expect(ROLE_SLUGS.filter(role => !roles.has(role))).toEqual([]);
  });

  it('reach every role from a title alone where the employer is in the field', () => {
    const text =
      'Our software and devices are used by physical therapists, patients, hospitals and clinics. Our rehabilitation team teaches clinicians.';
    const reached = new Set<string>();
    for (const { effect, must, where } of rules.rules) {
      if (!('path' in effect) || !where.includes('title')) continue;
      for (const title of must) for (const { role } of classify({ title, text }).paths) if (role) reached.add(role);
    }
    expect(ROLE_SLUGS.filter(role => !reached.has(role))).toEqual([]);
  });

  it('read titles alike in any case, with hyphens and in the plural', () => {
    const differing: string[] = [];
    for (const { id, where, must } of rules.rules) {
      if (!where.includes('title') || id.startsWith('credential.letters')) continue;
      for (const example of must) {
        const variants = [example.toUpperCase(), example.toLowerCase(), example.replaceAll(' ', '-'), `${example}s`];
        const missed = variants.filter(variant => !rules.match(readLine('title', variant)).some(hit => hit.rule.id === id));
        differing.push(...missed.filter(variant => !/(?:[)\]s]|[LI]|US)s$/.test(variant)).map(variant => `${id}: ${variant}`));
      }
    }
    expect(differing).toEqual([]);
  });

  it('belong to the path their role belongs to, under ids of their own', () => {
    const ids = rules.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { effect } of rules.rules) if ('path' in effect && effect.role) expect(ROLE_PATH.get(effect.role)).toBe(effect.path);
  });

  it('have a version that changes with their content only', () => {
    expect(loadRules().version).toBe(rules.version);
    expect(defaultVersion()).toBe(rules.version);
    const one = compileRules([rule(GOOD)]);
    expect(compileRules([rule(GOOD)]).version).toBe(one.version);
    expect(compileRules([rule(GOOD.replace('weight: 9', 'weight: 8'))]).version).not.toBe(one.version);
  });
});

describe('the rule loader', () => {
  it.each([
    ['an unknown path', GOOD.replace('path: management', 'path: magic'), /mine\.yaml line 8: rules\.0\.effect/],
    [
      'a role of another path',
      GOOD.replace('director-of-rehab', 'ux-designer'),
      /mine\.yaml line 8: rules\.0\.effect\.role is "ux-designer", which belongs to path ux-product/,
    ],
    ['an unknown place', GOOD.replace('[title]', '[nowhere]'), /mine\.yaml line 5: rules\.0\.where\.0/],
    ['a broken phrase', GOOD.replace('rehab director', '(rehab director'), /mine\.yaml line 7: rules\.0\.phrases\.0: .*not closed/],
    ['no example', GOOD.replace('must: [Rehab Director]', 'must: []'), /mine\.yaml line 9: rules\.0\.must/],
    ['a misspelled field', `${GOOD}\n    must_nt: [x]`, /mine\.yaml line \d+: rules\.0.*must_nt/],
  ])('names file, line and field of %s', (_, body, message) => {
    expect(() => compileRules([rule(body)])).toThrow(message);
    expect(() => compileRules([rule(body)])).toThrow(expect.objectContaining({ code: 'E_RULE' }));
  });

  it('names file and line of broken YAML and of an id that is taken', () => {
    expect(() => compileRules([{ file: 'mine.yaml', content: 'about: [' }])).toThrow(/mine\.yaml line 1/);
    const twice = { ...rule(GOOD), file: 'theirs.yaml' };
    expect(() => compileRules([rule(GOOD), twice])).toThrow(
      /theirs\.yaml line 3: rules\.0\.id: id mine\.title\.one is taken already in mine\.yaml/,
    );
  });

  it('names a file that multiplies itself without measure', () => {
    const level = (name: string, before: string) => `- &${name} [${Array(10).fill(`*${before}`).join(', ')}]`;
    const bomb = ['- &a [x, x, x, x]', ...[...'bcdefgh'].map((name, i) => level(name, 'abcdefg'.charAt(i)))].join('\n');
    expect(() => compileRules([{ file: 'bomb.yaml', content: bomb }])).toThrow(
      expect.objectContaining({ code: 'E_RULE', message: expect.stringMatching(/: bomb\.yaml cannot be read: [^\n]+$/) }),
    );
  });

  it('says when a folder holds no rules', () => {
    expect(() => loadRules('/nonexistent')).toThrow(expect.objectContaining({ code: 'E_RULE' }));
  });
});
