/**
 * Fits what tells whether a posting asks an applicant for what it names, and writes it beside the rules:
 *   node tools/fit-roles.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run whenever words of who may apply have changed, before tools/fit-arbiter.ts. The figures it prints are of sets left out.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROLES } from '../src/classify/requirements/roles/role.ts';
import { sends } from '../src/classify/requirements/verdicts/elsewhere.ts';
import { bestOf, type Linear, weigh } from '../src/text/linear.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { type InSet, learnedElsewhere, learnMarked, readMarked } from './role-data.ts';
import { unfittedRules } from './samples.ts';
import { elsewhereYaml, rolesYaml } from './write.ts';

const RULES = fileURLToPath(new URL('../src/classify/rules/', import.meta.url));

const options = fitOptions();

const inputs: Input[] = [];
const marked = readMarked(options.shared, options.fixtures, unfittedRules(), inputs);
if (!options.dry) {
  const { roles, elsewhere } = learnMarked(marked);
  writeFileSync(`${RULES}roles.yaml`, rolesYaml(roles, inputs));
  writeFileSync(`${RULES}elsewhere.yaml`, elsewhereYaml(elsewhere, inputs));
}
const learned = learnedElsewhere(marked);
const sets = [...new Set(marked.rows.map(({ set }) => set))];
console.log(
  [
    '| set | rows | role right | asked or not | sentences that send | found | falsely |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sets.map(row),
  ].join('\n'),
);

/** How a set is read by what has not learned from it. */
function row(set: string): string {
  const { roles, elsewhere } = learned(set);
  const told = (from: readonly InSet[], by: Linear, judge: (scores: Float64Array) => number) =>
    from.filter(one => one.set === set).map(({ hearing, label }) => ({ label, said: judge(weigh(hearing, by)) }));
  const rows = told(marked.rows, roles, bestOf);
  const sentences = told(marked.sentences, elsewhere, scores => (sends(scores) ? 1 : 0));
  const talk = ROLES.indexOf('talk');
  const share = (right: (one: { label: number; said: number }) => boolean) => (rows.filter(right).length / rows.length).toFixed(3);
  const count = (label: number, said: number) => sentences.filter(one => one.label === label && one.said === said).length;
  const right = share(({ label, said }) => label === said);
  const asked = share(({ label, said }) => (label === talk) === (said === talk));
  return `| ${set} | ${rows.length} | ${right} | ${asked} | ${count(1, 0) + count(1, 1)} | ${count(1, 1)} | ${count(0, 1)} |`;
}
