import type { Field } from './document.ts';
import { SEP, type Token } from './lexer.ts';

/**
 * Abbreviations with several senses. PT is a physical therapist, part time or Pacific time; OT an occupational therapist or overtime;
 * ST a speech therapist, a saint or stainless. The words around them decide; without any, what the rest of the posting speaks of.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const AMBIGUOUS = words('pt ot st slp');
const THERAPY = words(
  'pt ot st slp pta ota cota otr otrl dpt otd therapist therapy speech occupational physical license licensed licensure degree assistant rehab rehabilitation practitioner clinician dor discipline graduate practice clinic eval evaluation program school ccc pelvic pediatric neuro orthopedic ortho outpatient inpatient acute hand grad graduate telehealth',
);
const NEVER: Record<string, ReadonlySet<string>> = {
  pt: words(
    'ft prn am pm shift day night evening weekend hour hr schedule time zone part morning est edt pst pdt mst cst et ct mt barista weekly wk noon flexible nurse rn lpn cna cook cashier server',
  ),
  ot: words(
    'paid pay rate overtime premium time half mandatory after hour hr exempt weekend shift eligible available approval pre 15 15x preapproval approved voluntary double unlimited',
  ),
  slp: words('supply supplier logistic planner planning sale demand service level portfolio leadership strategic'),
  st: words(
    'louis paul john mary joseph luke francis vincent petersburg elmo odile cloud elizabeth charles rita anthony street stainless steel supplier saint mark peter thomas david george clair catherine',
  ),
};
/** Letters of professions: beside them others are letters of professions too. */
const LETTERS = words('pt ot slp pta ota cota otr');
const NEAR = 3;

/** Letters that stand for a profession or for something else. */
export type Letters = 'pt' | 'ot' | 'st' | 'slp';
/** Whether a posting spells a profession out somewhere. */
export type SpeaksOf = (profession: Letters) => boolean;

const SPELLED: Record<Letters, ReadonlySet<string>> = {
  pt: words('physical physiotherapist physiotherapy'),
  ot: words('occupational'),
  st: words('speech'),
  slp: words('speech language ccc therapy therapist caseload swallow swallowing dysphagia aac patient student clinician clinic'),
};
const SPELLED_NEXT = /^(therap|language|patholog|and|or)/;

/** Tells which professions the fields of a posting spell out. */
export function speaker(fields: readonly Field[]): SpeaksOf {
  const known = new Map<Letters, boolean>();
  return profession => {
    const before = known.get(profession);
    if (before !== undefined) return before;
    const found = fields.some(({ tokens }) =>
      tokens.some(
        ({ word }, at) => SPELLED[profession].has(word) && (profession === 'slp' || SPELLED_NEXT.test(tokens[at + 1]?.word ?? '')),
      ),
    );
    known.set(profession, found);
    return found;
  };
}

/** Whether a token that may be an abbreviation of a profession is one here. `speaksOf` tells whether the posting spells that profession out. */
export function isProfession(field: Field, at: number, speaksOf: SpeaksOf): boolean {
  const { word, upper } = field.tokens[at] as Token;
  if (!AMBIGUOUS.has(word)) return true;
  const sense = word as Letters;
  let therapy = 0;
  let never = 0;
  const [first, last] = lineAround(field, at);
  for (let near = first; near <= last; near++) {
    const other = (field.tokens[near] as Token).word;
    if (near === at) continue;
    const weight = Math.abs(near - at) === 1 ? 2 : 1;
    if (NEVER[sense]?.has(other) || (sense === 'pt' && near === at - 1 && /^\d+(am|pm|a|p)?$/.test(other))) never += weight;
    if (THERAPY.has(other) && other !== word) therapy += LETTERS.has(other) ? 2 : weight;
  }
  if (sense === 'slp') return therapy > never || speaksOf('slp');
  if (!upper) return therapy >= 2 && never === 0 && sense !== 'st';
  if (therapy > never || (therapy >= 2 && never <= therapy + 1)) return true;
  if (never > 0 || sense === 'st') return false;
  if (sense === 'ot' && field.tokens[at - 1]?.word === 'an') return true;
  return speaksOf(sense);
}

/** The neighbours of a token that stand on its own line, at most NEAR to each side. */
function lineAround({ tokens }: Field, at: number): [number, number] {
  const starts = (near: number) => ((tokens[near]?.sep ?? SEP.newline) & (SEP.newline | SEP.bullet)) !== 0;
  let first = at;
  while (first > 0 && at - first < NEAR && !starts(first)) first--;
  let last = at;
  while (last + 1 < tokens.length && last - at < NEAR && !starts(last + 1)) last++;
  return [first, last];
}
