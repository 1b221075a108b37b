import type { Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { Linear } from '../../text/linear.ts';
import { numberOf } from '../../text/numbers.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import { linearFile } from '../learned/fitted-file.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import { hearAround, hearForces, hearLines, hearPlace, linesOf } from './choice/around.ts';
import { choose, type Option } from './choice/choose.ts';
import { degreesIn } from './degree-marks.ts';
import type { Finding } from './finding.ts';
import { waysIn } from './listed.ts';
import { bySegment, covers, longest, type MarksBySegment, marksOf, weightOf } from './marks.ts';
import { numberIn, ONE, yearsOf } from './years.ts';

/** What speaks for years being those that a job asks for at the least, learned from labelled postings. */
export const yearsFile = linearFile('years.yaml', ['asked']);

/** Nobody is asked for more; longer spans are ages and histories. */
const LONGEST_DEMAND = 15;

/** What may say that no years are asked. */
const NONE: ReadonlySet<unknown> = new Set([
  'none',
  'none-bare',
  'none-labeled',
  'newcomer',
  'entry',
  'taught',
  'taught-bare',
  'grade-none',
]);

/** What else a posting says, by sentence. */
type Around = { readonly marks: MarksBySegment; readonly degrees: MarksBySegment; readonly lines: ReturnType<typeof linesOf> };

/** A number of years that the text names, or that none are asked. */
type Named = {
  readonly years: number;
  readonly mark: FacetValue;
  readonly hit: RuleHit;
  /** What gives back a part of them. */
  readonly of?: FacetValue;
};

/**
 * The least years of experience demanded: 0 when the text asks for none or welcomes beginners, null when it does not say. Of all the years that
 * a text names, which are meant (the largest of several demands, the least of alternatives, none that are liked) is learned from labels.
 */
export function readMinYears(posting: PostingReading, learned: Linear): Finding<number> | null {
  const chosen = choose(hearYears(posting, weigherOf(learned)));
  return chosen && { value: chosen.value, evidence: [evidenceOfHit(chosen.hit)], rule: chosen.hit.rule.id };
}

type Years<E> = Option<number, E> & { readonly hit: RuleHit };

/** Every number of years that a text names, heard with what stands around it. */
export function hearYears<E extends Ear>(posting: PostingReading, begin: Begin<E>): Years<E>[] {
  const values = marksOf(posting, 'min_years');
  const told = namedIn(values);
  if (told.length === 0) return [];
  const degrees = degreesIn(marksOf(posting, 'degree'));
  const around = { marks: bySegment(values), degrees: bySegment(degrees), lines: linesOf(posting.document) };
  const named = [...told, ...sparedBy(degrees, told, around)];
  const hearBeside = besideOf(named);
  const hearListed = listedOf(named, posting);
  return named.map(one => {
    const ear = begin();
    const said = { ...one.hit, statement: one.mark.statement };
    hearPlace(ear, said);
    hearAround(ear, said);
    hearLines(ear, posting.document, said.segment);
    hearForces(ear, posting, said);
    hearMarks(ear, one, around);
    hearBeside(ear, one);
    hearListed(ear, one);
    return { value: one.years, heard: ear, of: 0, hit: one.hit };
  });
}

function namedIn(values: readonly FacetValue[]): Named[] {
  const spans = longest(values.filter(({ value }) => value === 'span' || value === ONE || typeof value === 'number'));
  const told = toldIn(spans.filter(({ value }) => value !== ONE));
  const fields = values.filter(({ value }) => value === 'field').flatMap(fieldOf);
  const none = longest(values.filter(({ value }) => NONE.has(value))).map(mark => ({ years: 0, mark, hit: mark.hit }));
  const credits = values.filter(({ value }) => String(value).startsWith('credit'));
  const ones = spans.filter(one => one.value === ONE && !credits.some(credit => covers(credit, one.hit.first, one.hit.last)));
  // What belongs to other years belongs to none that may be no years of work: "twice a year".
  return [...told, ...toldIn(ones), ...bareIn(told), ...lessened(told, values), ...fields, ...none];
}

function toldIn(spans: readonly FacetValue[]): Named[] {
  return spans.flatMap((mark): Named[] => {
    const found = yearsOf(mark);
    return found && found.years <= LONGEST_DEMAND
      ? [{ years: found.years, mark, hit: { ...mark.hit, first: found.first, last: found.last } }]
      : [];
  });
}

/** Words on either side of the first years of a sentence that are looked through for further numbers, and years of it that are known. */
const [LOOKED_THROUGH, MOST_SPANS] = [60, 20];

/** "Six years, or four with a master's": numbers that go without their years in a sentence that names some, each with the years next to it. */
function bareIn(told: readonly Named[]): Named[] {
  return [...Map.groupBy(told, ({ hit }) => hit.segment)].flatMap(([segment, all]) => {
    const own = all.slice(0, MOST_SPANS);
    const [{ hit }] = own as [Named];
    const { tokens } = hit.field;
    const found: Named[] = [];
    for (let at = Math.max(segment.first, hit.first - LOOKED_THROUGH); at < Math.min(segment.last, hit.first + LOOKED_THROUGH); at++) {
      const years = numberOf((tokens[at] as Token).word);
      if (years === null || years < 1 || years > LONGEST_DEMAND || isPart(tokens, at) || own.some(one => isWithin(at, one.mark.hit)))
        continue;
      const { mark } = own.reduce((a, b) => (Math.abs(b.hit.first - at) < Math.abs(a.hit.first - at) ? b : a));
      found.push({ years, mark, hit: { ...hit, first: at, last: at + 1 } });
    }
    return found;
  });
}

/** "A master's may stand for two of the five", "An MBA brings it to three.": what is left of the years of its sentence, or of those before. */
function lessened(told: readonly Named[], values: readonly FacetValue[]): Named[] {
  return values.flatMap((credit): Named[] => {
    const isLowered = credit.value === 'lowered';
    if (!isLowered && !String(credit.value).startsWith('credit')) return [];
    const of = told.findLast(({ hit }) => hit.segment.first <= credit.hit.first);
    const number = numberIn(credit.hit.field, credit.hit.first, credit.hit.last);
    const left = isLowered ? number : of && of.years - (number ?? 1);
    return of && left !== null && left !== undefined && left >= 0 && left < of.years ? [{ ...of, years: left, of: credit }] : [];
  });
}

/** A master's or doctorate may count as years of its own. */
const SPARES: ReadonlySet<unknown> = new Set(['master', 'doctorate']);

/** "Doctorate; or master's and two years": who comes by the higher degree may be asked none. */
function sparedBy(degrees: readonly FacetValue[], told: readonly Named[], { lines }: Around): Named[] {
  const asking = new Set(told.flatMap(({ years, mark, hit }) => (years > 0 && mark.value !== ONE ? [hit.segment] : [])));
  const isNear = (segment: Segment | undefined) => segment !== undefined && asking.has(segment);
  const near = ({ hit: { segment } }: FacetValue) => [segment, lines.get(segment)?.before, lines.get(segment)?.after].some(isNear);
  return degrees.filter(degree => SPARES.has(degree.value) && near(degree)).map(mark => ({ years: 0, mark, hit: mark.hit }));
}

const isWithin = (at: number, { first, last }: RuleHit): boolean => at >= first && at < last;

/** Whether a number is money, or a part of a larger one: "$4,500", "2.5". */
function isPart(tokens: readonly Token[], at: number): boolean {
  const seps = ((tokens[at] as Token).sep | (tokens[at + 1]?.sep ?? 0)) & (SEP.dollar | SEP.percent | SEP.dot);
  return seps !== 0;
}

const isNewLine = (token: Token | undefined): boolean => ((token?.sep ?? 0) & SEP.newline) !== 0;

/** "Years of experience: 5": the number of a form's field stands behind its label, or alone on the next line. */
function fieldOf(mark: FacetValue): Named[] {
  const { field, last } = mark.hit;
  const { tokens } = field;
  const isCut = isNewLine(tokens[last]) && last + 1 < tokens.length && !isNewLine(tokens[last + 1]);
  const years = numberOf(tokens[last]?.word ?? '');
  return isCut || years === null || years > LONGEST_DEMAND ? [] : [{ years, mark, hit: { ...mark.hit, first: last, last: last + 1 } }];
}

/** Hears the number, where it stands, and what rules find in its sentence and in the lines above and below. */
function hearMarks(ear: Ear, one: Named, { marks, degrees, lines }: Around): void {
  const { segment } = one.hit;
  hearNumber(ear, one);
  for (const other of [...(marks.get(segment) ?? []), ...(degrees.get(segment) ?? [])]) if (other !== one.mark) hearMark(ear, one, other);
  const { before, after } = lines.get(segment) ?? {};
  for (const { value } of (before && marks.get(before)) ?? []) ear.fact(`below ${value}`);
  for (const { value } of (after && marks.get(after)) ?? []) ear.fact(`above ${value}`);
}

/** Hears what makes the number, how large it is, and where it stands in its sentence. */
function hearNumber(ear: Ear, { years, mark, hit: { first, segment }, of: credit }: Named): void {
  ear.fact(credit ? `left by ${credit.value}` : `by ${isWithin(first, mark.hit) ? mark.value : 'bare'}`);
  if (credit && credit.hit.segment !== segment) ear.fact('left by the line below');
  ear.fact(`counts ${years <= 6 ? years : years <= 10 ? 'many' : 'most'}`);
  ear.fact(`${Math.min(3, first - segment.first)} words in`);
  if (mark.statement.parent) ear.fact('in brackets');
}

/** Hears what a rule found in the same sentence: over the number, before or behind it, and past an "or". */
function hearMark(ear: Ear, { hit }: Named, other: FacetValue): void {
  const touches = other.hit.first < hit.last && other.hit.last > hit.first;
  const name = `${touches ? 'in' : other.hit.last <= hit.first ? 'behind' : 'before'} ${other.value}`;
  ear.fact(name);
  if (touches && weightOf(other) > 0) ear.fact(`${name} ${weightOf(other)}`);
  if (!touches && isPastOr(hit, other.hit)) ear.fact(`${name} past or`);
}

function isPastOr({ field: { tokens }, first, last }: RuleHit, other: RuleHit): boolean {
  const [from, to] = other.last <= first ? [other.last, first] : [last, other.first];
  return tokens.slice(from, Math.min(to, from + FURTHEST)).some(({ word }) => word === 'or');
}

/** Further off an "or" joins other things. */
const FURTHEST = 20;

/** Hears how its number stands to the other numbers of the sentence, and to what the rest of the text demands and likes. */
function besideOf(named: readonly Named[]): (ear: Ear, one: Named) => void {
  const inSentence = Map.groupBy(named, ({ hit }) => hit.segment);
  const sentences = new Map([...inSentence].map(([segment, own]) => [segment, boundsOf(own)] as const));
  const forces = new Map([...Map.groupBy(named, ({ mark }) => mark.force)].map(([force, own]) => [force, boundsOf(own)] as const));
  const values = Math.min(4, new Set(named.map(({ years }) => years)).size);
  return (ear, one) => {
    const { years, hit } = one;
    for (const other of (inSentence.get(hit.segment) ?? []).slice(0, MOST_SPANS)) hearOther(ear, one, other);
    const own = sentences.get(hit.segment) as Bounds;
    if (own.most > years) ear.fact('more beside it');
    if (own.least < years) ear.fact('fewer beside it');
    for (const [force, { least, most }] of forces) {
      if (most > Math.max(years, own.most)) ear.fact(`more ${force} elsewhere`);
      if (least < Math.min(years, own.least)) ear.fact(`fewer ${force} elsewhere`);
      if (most === years) ear.fact(`most of what is ${force}`);
    }
    ear.fact(`one of ${values}`);
  };
}

/** Hears another number of its sentence: on which side of it, whether it is more, and whether an "or" stands between. */
function hearOther(ear: Ear, { years, hit }: Named, other: Named): void {
  if (other.years === years) return;
  const side = other.hit.first >= hit.last ? 'before' : 'behind';
  ear.fact(`${side} ${other.years > years ? 'more' : 'fewer'}${isPastOr(hit, other.hit) ? ' past or' : ''}`);
}

type Bounds = { readonly least: number; readonly most: number };

function boundsOf(named: readonly Named[]): Bounds {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { years } of named) [least, most] = [Math.min(least, years), Math.max(most, years)];
  return { least, most };
}

/** Hears how its number stands to those of the lines that are ways in beside its own. */
function listedOf(named: readonly Named[], posting: PostingReading): (ear: Ear, one: Named) => void {
  const lists = waysIn(posting);
  const lines = Map.groupBy([...lists], ([, { nth }]) => nth);
  const demands = Map.groupBy(
    named.filter(({ years }) => years > 0),
    ({ hit }) => lists.get(hit.segment)?.nth,
  );
  const known = new Map(
    [...demands].map(([nth, own]) => [nth, { ...boundsOf(own), asking: new Set(own.map(({ hit }) => hit.segment)) }] as const),
  );
  return (ear, { years, hit }) => {
    const list = lists.get(hit.segment);
    const demanded = known.get(list?.nth);
    if (!list || !demanded) return;
    const by = `listed by ${list.by}`;
    const others = demanded.asking.size - (demanded.asking.has(hit.segment) ? 1 : 0);
    ear.fact(by);
    if (others > 0) ear.fact(`${by} beside one that asks`);
    if (others + 1 < (lines.get(list.nth)?.length ?? 0)) ear.fact(`${by} beside one that asks none`);
    if (demanded.most > years) ear.fact(`${by} beside more`);
    if (demanded.least < years) ear.fact(`${by} beside fewer`);
  };
}
