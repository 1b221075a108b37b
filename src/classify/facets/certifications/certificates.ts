import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { covers, longest, weightOf } from '../marks.ts';
import {
  breaks,
  type Certificate,
  certificateOf,
  isShouted,
  type Known,
  lettersBeside,
  lettersTold,
  namedBeside,
  textOf,
} from './forms.ts';

/** Below this weight letters mean so much else that only the word itself makes them a certificate's. */
const NEEDS_WORD = 0.5;
/** What is said of letters that open a statement, so that they are a certificate's. */
const TOLD = ['due', 'planned', 'asking'];
/** Where none of these stands, and no name, nothing is read. */
const NAMING: ReadonlySet<unknown> = new Set(['word', ...TOLD]);

/** The certificates a sentence names, in order: of the table, letters beside one or beside a word such as "certified", and named ones. */
export function certificatesIn(marks: readonly FacetValue[]): Certificate[] {
  const ofKind = (kind: string) => marks.filter(({ value }) => value === kind);
  const names = marks.filter(mark => mark.rule.id.startsWith('certificate.'));
  const words = ofKind('word');
  if (names.length === 0 && !marks.some(({ value }) => NAMING.has(value))) return [];
  const licenses = ofKind('is-license');
  const isFree = ({ hit }: FacetValue) => !licenses.some(license => covers(license, hit.first, hit.last));
  // A body that gives several certificates stands for them only where none of them is named.
  const vetoes = [...ofKind('no-letters'), ...(names.length > 0 ? ofKind('body') : []), ...licenses].map(({ hit }) => hit);
  const isVetoed = ({ hit }: FacetValue) => vetoes.some(({ first, last }) => first <= hit.first && last >= hit.last && last - first > 1);
  // Letters are found without their last s: of "CPC" and "CPCS" the one that is written counts.
  const table = longest(names.filter(isWritten)).filter(mark => (weightOf(mark) >= NEEDS_WORD || words.length > 0) && !isVetoed(mark));
  const listed = table.map(mark => certificateOf(nameOf(mark), mark));
  const known: Known = { certificates: listed, vetoes, any: ofKind('any').map(({ hit }) => hit) };
  const letters = () => [
    ...[...words.filter(isFree), ...table].flatMap(anchor => lettersBeside(anchor, known)),
    ...TOLD.flatMap(ofKind).flatMap(mark => lettersTold(mark, known)),
  ];
  const lettered = isShouted((marks[0] as FacetValue).hit) ? listed : distinct([...listed, ...letters()]);
  const naming = ofKind('naming').filter(word => word.hit.segment.kind !== 'heading' && isFree(word));
  const named = lettered.length > 0 ? [] : naming.flatMap(word => namedBeside(word, known));
  const all = distinct([...lettered, ...named]).sort((a, b) => a.first - b.first);
  return all.filter((one, nth) => !isSpelledOut(one, all[nth + 1]));
}

/** "Certified Six Sigma Black Belt (CLSSBB)": the letters in the bracket are the name. */
function isSpelledOut({ name, first, last }: Certificate, next: Certificate | undefined): boolean {
  const isBracketed = next?.first === last && breaks(next.field.tokens, last, SEP.open);
  return isBracketed && last - first > 2 && next.last - next.first <= 2 && next.name !== name;
}

function distinct(found: readonly Certificate[]): Certificate[] {
  const kept: Certificate[] = [];
  for (const one of found) if (!kept.some(({ first, last }) => one.first < last && first < one.last)) kept.push(one);
  return kept;
}

function nameOf({ value, hit: { field, first, last } }: FacetValue): string {
  return value === 'as-written' ? textOf(field, first, last) : String(value);
}

/** Letters count as capitals only ("lots of caps"), to the last one ("CSRs" are no CSRS); a name of more words may be written as it likes. */
function isWritten({ value, hit: { field, first, last } }: FacetValue): boolean {
  const name = String(value);
  const { start, end } = field.tokens[last - 1] as Token;
  if (name.endsWith('+') && !field.raw.slice(start, end + 1).includes('+')) return false;
  if (last - first > 1 || name !== name.toUpperCase() || value === 'as-written') return true;
  return field.tokens[first]?.upper === true && field.raw.slice(start, end).endsWith('S') === name.endsWith('S');
}
