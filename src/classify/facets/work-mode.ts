import type { WorkMode } from '../../posting/posting.ts';
import type { Evidence } from '../classification.ts';
import { evidenceOf } from '../document.ts';
import { SEP } from '../lexer.ts';
import { numberOf } from '../numbers.ts';
import type { FacetValue, PostingReading } from '../read-posting.ts';
import type { RuleHit } from '../rules.ts';
import { type Finding, heard, isSetOff, type LayerOf, wordsRead } from './heard.ts';

/** Values of the rules that are parts of an arrangement: where, how much of the week, and words that turn or mute what a sentence says. */
const LAYERS = new Map(
  Object.entries({
    place: ['home', 'place', 'away'],
    time: ['part', 'share', 'whole', 'seldom', 'rest'],
    turn: ['then', 'every', 'if-near', 'asked', 'yes', 'no'],
  }).flatMap(([layer, values]) => values.map(value => [value, layer] as const)),
);
const NAMED = 'named';
const layerOf: LayerOf = value => LAYERS.get(String(value)) ?? NAMED;

/** Rules of these weights read a label with its answer, name the mode outright, or count only where their words stand alone. */
const LABELLED = 4;
const OUTRIGHT = 3;
const BY_ITSELF = 1.5;

/**
 * Where the work is done. What the board states in its own field wins; then hybrid, named or made up of days here and days there; then the
 * mode that is named most plainly, a denial first. A home base with travel is remote.
 */
export function readWorkMode(reading: PostingReading): Finding<WorkMode> | null {
  const stated = reading.input.stated?.workMode;
  if (stated) return { value: stated, evidence: [] };
  const values = heard(reading, 'work_mode', layerOf);
  const sentences = bySentence(values.filter(({ hit }) => hit.field.name === 'text'));
  const named = [...values.filter(({ hit }) => hit.field.name !== 'text').filter(isNamed), ...sentences.flatMap(namedIn)];
  const hybrid = named.find(({ value }) => value === 'hybrid');
  if (hybrid) return { value: 'hybrid', evidence: [wordsRead(hybrid)] };
  const shared = sharedIn(sentences);
  if (shared?.value === 'hybrid') return shared;
  const answer = answered(sentences);
  const best = plainest(named);
  if (answer && (!best || weightOf(best) < OUTRIGHT)) return answer;
  if (best) return { value: best.value === 'remote' ? 'remote' : 'onsite', evidence: [wordsRead(best)] };
  return shared;
}

type Sentence = readonly FacetValue[];

function bySentence(values: readonly FacetValue[]): Sentence[] {
  const sentences = new Map<unknown, FacetValue[]>();
  for (const value of values) {
    const sentence = sentences.get(value.hit.segment);
    if (sentence) sentence.push(value);
    else sentences.set(value.hit.segment, [value]);
  }
  return [...sentences.values()];
}

const weightOf = ({ rule: { effect } }: FacetValue): number => ('facet' in effect ? effect.weight : 0);

/** Of whom a mode is not said that a job has. */
const OTHERS: ReadonlySet<string> = new Set(['customer', 'law', 'post']);
const QUIET: ReadonlySet<string> = new Set(['about', 'eeo']);

/** Whether a value names the mode of this job: outright, or of the job in a sentence, or standing by itself. */
function isNamed(value: FacetValue): boolean {
  const { hit, subject } = value;
  if (layerOf(value.value) !== NAMED) return false;
  const weight = weightOf(value);
  if (hit.field.name === 'title' || hit.field.name === 'location') return weight > 1 || isSetOff(hit) || endsOrOpens(value);
  if (weight >= LABELLED) return hasMark(hit);
  if (weight >= OUTRIGHT) return true;
  if (OTHERS.has(subject) || QUIET.has(hit.segment.section)) return weight > 2 && subject === 'job';
  if (weight >= BY_ITSELF) return weight > BY_ITSELF || (hit.segment.section !== 'benefits' && !isLabel(value));
  return isSetOff(hit) && hit.segment.section !== 'benefits';
}

/** The first or last word of a title: "Remote Medical Writer", "Case Manager Remote". */
function endsOrOpens({ hit: { segment, first, last } }: FacetValue): boolean {
  return first === segment.first || last === segment.last;
}

/** A label is one by the colon, dash or line end before its answer. */
function hasMark({ field: { tokens }, first, last }: RuleHit): boolean {
  return tokens.slice(first + 1, last).some(({ sep }) => (sep & (SEP.colon | SEP.dash | SEP.newline)) !== 0);
}

/** Words followed by a colon ask; what they ask for stands behind it ("Home office: Toledo"). */
function isLabel({ hit: { field, last, segment } }: FacetValue): boolean {
  return last < segment.last && ((field.tokens[last]?.sep ?? 0) & SEP.colon) !== 0;
}

/** The modes a sentence names; one that speaks of every job or of those who live near an office names none but outright. */
function namedIn(sentence: Sentence): FacetValue[] {
  const every = sentence.some(({ value }) => value === 'every');
  const near = sentence.some(({ value }) => value === 'if-near');
  return sentence.filter(
    value => isNamed(value) && (!every || weightOf(value) > 2) && (!near || value.value === 'remote' || weightOf(value) >= OUTRIGHT),
  );
}

/** The mode of the greatest weight; of equal ones a denial first, then remote. */
function plainest(named: readonly FacetValue[]): FacetValue | null {
  const order = ['not-remote', 'remote', 'onsite'];
  const rank = ({ value }: FacetValue) => order.indexOf(String(value));
  return [...named].sort((a, b) => weightOf(b) - weightOf(a) || rank(a) - rank(b))[0] ?? null;
}

/** A question of a form, answered on the next line: "Remote job", "No". */
function answered(sentences: readonly Sentence[]): Finding<WorkMode> | null {
  for (const [index, sentence] of sentences.entries()) {
    const asked = sentence.find(({ value, hit }) => value === 'asked' && hit.first === hit.segment.first && hit.last === hit.segment.last);
    const answer = sentences[index + 1]?.find(({ value, hit }) => (value === 'no' || value === 'yes') && hit.first === hit.segment.first);
    if (!asked || !answer || answer.hit.first !== asked.hit.last) continue;
    return { value: answer.value === 'no' ? 'onsite' : 'remote', evidence: [between(asked, answer)] };
  }
  return null;
}

function between(a: FacetValue, b: FacetValue): Evidence {
  return evidenceOf(a.hit.field, Math.min(a.hit.first, b.hit.first), Math.max(a.hit.last, b.hit.last));
}

/** How much of the week a part stands for: a figure of five days or ninety percent is all of it. */
const WHOLE_DAYS = 5;
const WHOLE_PERCENT = 90;

type Time = 'part' | 'whole' | 'seldom' | 'rest';

function timeOf({ value, hit: { field, first, last } }: FacetValue): Time | null {
  if (value === 'whole' || value === 'seldom' || value === 'rest') return value;
  if (value !== 'part' && value !== 'share') return null;
  const numbers = field.tokens.slice(first, last).flatMap(({ word }) => numberOf(word) ?? []);
  if (value === 'part') return Math.max(0, ...numbers) >= WHOLE_DAYS ? 'whole' : 'part';
  const percent = ((field.tokens[first + 1]?.sep ?? 0) & SEP.percent) !== 0 || last - first > 2;
  return percent ? (Math.max(0, ...numbers) >= WHOLE_PERCENT ? 'whole' : 'part') : null;
}

/** A pair further apart than the longest gap a rule may have is none. */
const FURTHEST = 8;

/** Days or shares of the week at home and elsewhere, without the word hybrid; the whole week in one place says that place. */
function sharedIn(sentences: readonly Sentence[]): Finding<WorkMode> | null {
  let whole: Finding<WorkMode> | null = null;
  for (const sentence of sentences) {
    if (sentence.some(({ value }) => value === 'every' || value === 'if-near')) continue;
    if (sentence.some(({ subject, hit }) => OTHERS.has(subject) || QUIET.has(hit.segment.section))) continue;
    const found = pairsOf(sentence) ?? phasesOf(sentence);
    if (found?.value === 'hybrid') return found;
    whole ??= found;
  }
  return whole;
}

function pairsOf(sentence: Sentence): Finding<WorkMode> | null {
  const seldom = sentence.some(value => timeOf(value) === 'seldom');
  let whole: Finding<WorkMode> | null = null;
  for (const value of sentence) {
    const time = timeOf(value);
    const where = time && time !== 'seldom' ? nearest(value, sentence) : null;
    if (!where) continue;
    const home = isHome(where);
    if (time === 'whole') whole ??= where.value === 'away' ? null : { value: home ? 'remote' : 'onsite', evidence: [between(value, where)] };
    else if (where.value !== 'away' && !(time === 'rest' && (seldom || !home))) return { value: 'hybrid', evidence: [between(value, where)] };
  }
  return whole;
}

const isHome = ({ value }: FacetValue): boolean => value === 'home' || value === 'remote';
const isPlace = ({ value }: FacetValue): boolean => value === 'place' || value === 'away' || value === 'onsite';

/** The place next to a time within its clause; what follows is nearer than what stands before. */
function nearest(time: FacetValue, sentence: Sentence): FacetValue | null {
  let best: FacetValue | null = null;
  let distance = FURTHEST + 1;
  for (const value of sentence) {
    if (value.statement !== time.statement || (!isHome(value) && !isPlace(value)) || weightOf(value) >= OUTRIGHT) continue;
    const gap = value.hit.first >= time.hit.last ? value.hit.first - time.hit.last : time.hit.first - value.hit.last;
    if (gap < 0 || gap > distance || (gap === distance && !isHome(value))) continue;
    best = value;
    distance = gap;
  }
  return best;
}

/** First at home and later with others, or some of it here and some of it at home. */
function phasesOf(sentence: Sentence): Finding<WorkMode> | null {
  const home = sentence.find(isHome);
  const then = sentence.find(({ value }) => value === 'then');
  const place = then && sentence.find(value => isPlace(value) && value.hit.first >= then.hit.last);
  if (!home || !then || !place || home.hit.first > then.hit.first) return null;
  return { value: 'hybrid', evidence: [between(home, place)] };
}
