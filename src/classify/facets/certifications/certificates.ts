import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { covers, isJoiner, longest, weightOf } from '../marks.ts';
import { type Certificate, lettersBeside, lettersTold, namedBeside, ofMaker, textOf, wholeOf } from './forms.ts';

export type { Certificate } from './forms.ts';

/** Rules that name a certificate; the others read the words around one. */
const isName = ({ rule }: FacetValue): boolean => rule.id.startsWith('certificate.');

/** Where none of these words stands, and no name, nothing is read. */
const NAMING: ReadonlySet<unknown> = new Set(['word', 'maker', 'due', 'planned', 'naming', 'asking']);

/** The certificates a sentence names, in order: of the table, of a maker, letters beside a word such as "certified", and named ones. */
export function certificatesIn(marks: readonly FacetValue[]): Certificate[] {
  if (!marks.some(mark => isName(mark) || NAMING.has(mark.value))) return [];
  const ofKind = (kind: string) => marks.filter(({ value }) => value === kind);
  const licenses = ofKind('is-license');
  // A body that gives several certificates stands for them only where none of them is named.
  const bodies = marks.some(isName) ? ofKind('body') : [];
  const vetoes = [...ofKind('no-letters'), ...bodies, ...licenses];
  const isFree = (word: FacetValue) => !licenses.some(license => covers(license, word.hit.first, word.hit.last));
  const words = ofKind('word').filter(isFree);
  const makers = longest(ofKind('maker'));
  const made = ofMakersIn(makers, words);
  const table = tableOf(marks, vetoes, ofKind('word').length > 0);
  // "GCP certification", whose maker is a name of the table too, is the table's.
  const ofMakers = made.filter(one => !table.some(({ first, last }) => first <= one.first && last >= one.last - 1));
  const listed = [...ofMakers, ...table.filter(one => !ofMakers.some(other => overlap(one, other)))];
  const anchors = [...words.map(({ hit, statement }) => ({ ...hit, statement })), ...listed.filter(({ sure }) => sure)];
  const told = ['due', 'planned', 'asking'].flatMap(ofKind).flatMap(mark => lettersTold(mark, listed, vetoes));
  const found = [...anchors.flatMap(anchor => lettersBeside(anchor, listed, vetoes)), ...told];
  const lettered = [...listed, ...distinct(found)];
  const naming = ofKind('naming').filter(word => word.hit.segment.kind !== 'heading' && isFree(word));
  const named = naming.flatMap(word => namedBeside(word, lettered, vetoes, ofKind('any'), makers));
  const all = distinct([...lettered, ...named]).sort((a, b) => a.first - b.first);
  return joinCards(
    all.filter((one, nth) => !isSpelledOut(one, all[nth + 1])),
    ofKind('card'),
  );
}

/** "Epic or Cerner certification", "AWS, Azure or Okta certification": makers in the list of one whose certification is named. */
function ofMakersIn(makers: readonly FacetValue[], words: readonly FacetValue[]): Certificate[] {
  const made = makers.flatMap(maker => ofMaker(maker, words, makers));
  const found = [...made];
  for (const maker of makers.toReversed()) {
    const { hit, statement } = maker;
    const { field, segment, first, last } = hit;
    // The comma of a list, not one that parts "Tableau, Epic Clarity certification".
    const end = isJoiner(field.tokens[last]?.word) ? last + 1 : last;
    const next = found.find((other, nth) => other.first === end && other.field === field && (end > last || nth >= made.length));
    if (!next || found.some(other => overlap(other, { ...next, first, last }))) continue;
    found.push({ name: wholeOf(maker), field, segment, statement, first, last, sure: true, byForm: true });
  }
  return found;
}

/** "Certified Six Sigma Black Belt (CLSSBB)": the letters in the bracket are the name. */
function isSpelledOut({ name, first, last }: Certificate, next: Certificate | undefined): boolean {
  const isBracketed = next?.first === last && ((next.field.tokens[last] as Token).sep & SEP.open) !== 0;
  return isBracketed && last - first > 2 && next.last - next.first <= 2 && next.name !== name;
}

/** Those of the table, but for letters that need a word to be a certificate's, and letters of a license. */
function tableOf(marks: readonly FacetValue[], vetoes: readonly FacetValue[], hasWord: boolean): Certificate[] {
  const names = marks.filter(isName);
  const isNamed = ({ hit }: FacetValue) =>
    names.some(name => name.hit.first === hit.first && name.hit.last === hit.last && isWritten(name));
  // Letters are found without their last s, so those of "CRT" lie over the name "CRTS".
  const letters = vetoes.filter(veto => veto.value === 'no-letters' && !isNamed(veto));
  const isVetoed = ({ hit }: FacetValue) => vetoes.some(veto => covers(veto, hit.first, hit.last) && veto.hit.last - veto.hit.first > 1);
  // Letters are found without their last s: of "CPC" and "CPCS" the one that is written counts.
  const named = longest(names.filter(isWritten)).filter(mark => weightOf(mark) >= NEEDS_WORD || hasWord);
  // "MBA or CPA preferred": whoever likes a license likes either.
  const isLiked = ({ hit }: FacetValue) => marks.some(mark => mark.value === 'wish-label' && mark.hit.first === hit.last);
  return named.filter(mark => !isVetoed(mark) && (isLiked(mark) || !isOtherWay(mark, letters))).map(fromTable);
}

/** "CPR/AED": one class gives one card, whose name says all that a stroke joins in it; "BLS (CPR)" is one, too. */
function joinCards(found: readonly Certificate[], cards: readonly FacetValue[]): Certificate[] {
  const isCard = ({ field, first, last }: Certificate) =>
    cards.some(({ hit }) => hit.field === field && hit.first === first && hit.last === last);
  return found.reduce<Certificate[]>((kept, next) => {
    const before = kept.at(-1);
    const { sep } = next.field.tokens[next.first] as Token;
    const joined = before?.last === next.first && (sep & (SEP.slash | SEP.open)) !== 0;
    if (!before || !joined || !isCard(next) || !cards.some(({ hit }) => hit.last === before.last)) kept.push(next);
    else if ((sep & SEP.slash) !== 0) kept[kept.length - 1] = { ...before, name: `${before.name}/${next.name}`, last: next.last };
    return kept;
  }, []);
}

/** "RN, PT or CRC": behind "or" a license's letters make it one more license that will do. */
function isOtherWay({ hit: { field, first, last } }: FacetValue, letters: readonly FacetValue[]): boolean {
  const joiner = field.tokens[first - 1]?.word;
  if (joiner !== 'or' && !(joiner === 'and' && last - first > 1)) return false;
  return letters.some(({ hit }) => hit.last === first - 1 && hit.field === field);
}

const overlap = (a: Certificate, b: Certificate): boolean => a.first < b.last && b.first < a.last;

function distinct(found: readonly Certificate[]): Certificate[] {
  const kept: Certificate[] = [];
  for (const one of found) if (!kept.some(other => overlap(one, other))) kept.push(one);
  return kept;
}

function fromTable(mark: FacetValue): Certificate {
  const { value, hit, statement } = mark;
  const { field, segment, first, last } = hit;
  const name = value === 'as-written' ? textOf(field, first, last) : String(value);
  return { name, field, segment, statement, first, last, sure: weightOf(mark) >= 1, byForm: false };
}

/** Below this weight letters mean so much else that only the word itself makes them a certificate's. */
const NEEDS_WORD = 0.5;

/** Letters count as capitals only ("lots of caps"), to the last one ("CSRs" are no CSRS); a name of more words may be written as it likes. */
function isWritten({ value, hit: { field, first, last } }: FacetValue): boolean {
  const name = String(value);
  const { start, end } = field.tokens[last - 1] as Token;
  if (name.endsWith('+') && !field.raw.slice(start, end + 1).includes('+')) return false;
  const isSpelled = last - first > 2 || (last - first === 2 && !/[^a-z0-9]/i.test(name));
  if (isSpelled || name !== name.toUpperCase() || value === 'as-written') return true;
  if (!field.tokens.slice(first, last).some(({ upper }) => upper)) return false;
  return last - first > 1 || field.raw.slice(start, end).endsWith('S') === name.endsWith('S');
}
