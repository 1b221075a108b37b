import type { Field } from './document.ts';
import type { Token } from './lexer.ts';

/**
 * Abbreviations with several senses. PT is a physical therapist, part time or Pacific time; OT an occupational therapist or overtime;
 * ST a speech therapist, a saint or stainless. The words around them decide; without any, what the rest of the posting speaks of.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const AMBIGUOUS = words('pt ot st');
const THERAPY = words(
  'pt ot st slp pta ota cota otr otrl dpt otd therapist therapy speech occupational physical license licensed licensure degree assistant rehab rehabilitation practitioner clinician dor discipline graduate practice clinic eval evaluation program school ccc',
);
const NEVER: Record<string, ReadonlySet<string>> = {
  pt: words(
    'ft prn am pm shift day night evening weekend hour hr schedule time zone part morning est edt pst pdt mst cst et ct mt barista weekly wk noon flexible nurse rn lpn cna cook cashier server',
  ),
  ot: words(
    'paid pay rate overtime premium time half mandatory after hour hr exempt weekend shift eligible available approval pre 15 15x preapproval approved voluntary double unlimited',
  ),
  st: words(
    'louis paul john mary joseph luke francis vincent petersburg elmo odile cloud elizabeth charles rita anthony street stainless steel supplier saint mark peter thomas david george clair catherine',
  ),
};
const NEAR = 3;

/** Whether a token that may be an abbreviation of a profession is one here. `speaksOf` tells whether the posting spells that profession out. */
export function isProfession(field: Field, at: number, speaksOf: (profession: 'pt' | 'ot' | 'st') => boolean): boolean {
  const { word, upper } = field.tokens[at] as Token;
  if (!AMBIGUOUS.has(word)) return true;
  const sense = word as 'pt' | 'ot' | 'st';
  let therapy = 0;
  let never = 0;
  for (let near = Math.max(0, at - NEAR); near <= Math.min(field.tokens.length - 1, at + NEAR); near++) {
    const other = (field.tokens[near] as Token).word;
    if (near === at) continue;
    const weight = Math.abs(near - at) === 1 ? 2 : 1;
    if (NEVER[sense]?.has(other) || (sense !== 'st' && /^\d+(am|pm|x|a|p)?$/.test(other) && Math.abs(near - at) === 1)) never += weight;
    if (THERAPY.has(other) && other !== word) therapy += weight;
  }
  if (!upper) return therapy >= 2 && never === 0 && sense !== 'st';
  if (therapy > never || (therapy >= 2 && never <= therapy + 1)) return true;
  if (never > 0 || sense === 'st') return false;
  return speaksOf(sense);
}
