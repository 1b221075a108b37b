import type { WorkMode } from '../../posting/posting.ts';
import { evidenceOf } from '../../text/document.ts';
import { SEP } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Subject } from '../schema/names.ts';
import type { Finding } from './finding.ts';
import { bySentence, findingOf, hasMark, heard, isSetOff, type LayerOf, type Sentence } from './heard.ts';
import { covers, weightOf } from './marks.ts';

/** Values of the rules that are parts of an arrangement: where, how much of the week, and words that turn or mute what a sentence says. */
const LAYERS = new Map(
  Object.entries({
    place: ['home', 'place', 'away'],
    time: ['part', 'whole', 'seldom', 'rest'],
    schedule: ['schedule'],
    muted: ['every', 'if-near'],
    turn: ['once', 'after', 'asked', 'no'],
  }).flatMap(([layer, values]) => values.map(value => [value, layer] as const)),
);

/** Rules of these weights read a label with its answer, name the mode outright, or count only where their words stand alone. */
const LABELLED = 4;
const OUTRIGHT = 3;
const BY_ITSELF = 1.5;

/** Places of less are anybody's; those of the second weight are full of offices. */
const OF_THE_EMPLOYER = 1;
const OF_OFFICES = 1.5;

const layerOf: LayerOf = value => LAYERS.get(String(value.value)) ?? (weightOf(value) >= LABELLED ? `label ${value.value}` : 'named');

/**
 * Where the work is done. What the board states in its own field wins; then hybrid, named or made up of days here and days there, which a choice
 * of home outweighs; then the mode that is named most plainly. A home base with travel is remote.
 */
export function readWorkMode(reading: PostingReading): Finding<WorkMode> | null {
  const stated = reading.input.stated?.workMode;
  if (stated) return { value: stated, evidence: [] };
  const values = heard(reading, 'work_mode', layerOf);
  const told = bySentence(values.filter(({ hit }) => hit.field.name === 'text'));
  const refused = told.find((sentence, index) => isRefused(sentence, told[index + 1]));
  const sentences = told.filter(sentence => sentence !== refused);
  const fields = bySentence(values.filter(({ hit }) => hit.field.name !== 'text'));
  const named = [...fields, ...sentences].flatMap(namedIn);
  const chosen = named.some(({ value }) => value === 'choice');
  const hybrid = chosen ? undefined : named.find(({ value }) => value === 'hybrid');
  if (hybrid) return findingOf<WorkMode>('hybrid', hybrid);
  const best = plainest(named.filter(({ value }) => value !== 'hybrid'));
  if (best?.value === 'base' || best?.value === 'choice') return findingOf<WorkMode>('remote', best);
  const shared = sharedIn(sentences, {
    remote: named.some(value => isRemote(value) && isOutright(value)),
    ofBoard: named.some(value => isRemote(value) && value.hit.field.name !== 'text'),
  });
  if (shared?.value === 'hybrid') return shared;
  if (refused && !(best && isOutright(best))) return findingOf<WorkMode>('onsite', refused[0] as FacetValue);
  if (best) return findingOf<WorkMode>(isRemote(best) ? 'remote' : 'onsite', best);
  return shared ?? scheduledIn(sentences);
}

const isOutright = (value: FacetValue): boolean => weightOf(value) >= OUTRIGHT;
const isRemote = ({ value }: FacetValue): boolean => value === 'remote' || value === 'base' || value === 'choice';

/** Of whom a mode is said that is not this job's. */
const OTHER_WORKPLACES: ReadonlySet<Subject> = new Set(['customer', 'law', 'post']);

const isOfOthers = ({ subject, hit }: FacetValue): boolean => OTHER_WORKPLACES.has(subject) || hit.segment.section === 'eeo';

/** Whether a value names the mode of this job: outright, or of the job in a sentence, or standing by itself. */
function isNamed(value: FacetValue): boolean {
  const { hit } = value;
  if (LAYERS.has(String(value.value))) return false;
  if (hit.field.name !== 'text') return true;
  const weight = weightOf(value);
  if (weight >= LABELLED) return hasMark(hit);
  if (weight >= OUTRIGHT) return true;
  if (isOfOthers(value)) return false;
  return weight >= BY_ITSELF || isSetOff(hit);
}

/** The modes a sentence names. One that speaks of every job, or of those who live near an office, names none but outright. */
function namedIn(sentence: Sentence): FacetValue[] {
  const muted = sentence.some(value => layerOf(value) === 'muted');
  return sentence.filter(value => isNamed(value) && (!muted || isOutright(value)));
}

/** The field of a form that the next line answers: "Remote job", "No". */
function isRefused(sentence: Sentence, next: Sentence | undefined): boolean {
  const no = next?.find(({ value }) => value === 'no')?.hit;
  if (!no || no.first !== no.segment.first) return false;
  return sentence.some(
    ({ value, hit }) => value === 'asked' && hit.first === hit.segment.first && hit.last === hit.segment.last && hit.last === no.first,
  );
}

/** The mode of the greatest weight; of equal ones a home base first, then remote. */
function plainest(named: readonly FacetValue[]): FacetValue | undefined {
  const order = ['not-remote', 'base', 'choice', 'remote', 'onsite'];
  const rank = ({ value }: FacetValue) => order.indexOf(String(value));
  return named.toSorted((a, b) => weightOf(b) - weightOf(a) || rank(a) - rank(b))[0];
}

/** What two values say together: the words from the one to the other, and the rule of the first. */
function pairOf(a: FacetValue, b: FacetValue): Read {
  const { hit } = a;
  const evidence = evidenceOf(hit.field, Math.min(hit.first, b.hit.first), Math.max(hit.last, b.hit.last));
  return { evidence: [evidence], rule: a.rule.id };
}
type Read = Pick<Finding<WorkMode>, 'evidence' | 'rule'>;

/** Five days are a whole week; a figure of more days is none of a week. */
const WHOLE_DAYS = 5;

/** How much of the week a value stands for, as its rule says or by the figure among its words. */
function timeOf(value: FacetValue): Time | null {
  if (value.value === 'whole' || value.value === 'seldom' || value.value === 'rest') return value.value;
  if (value.value !== 'part') return null;
  const { field, first, last } = value.hit;
  const days = Math.max(0, ...field.tokens.slice(first, last).flatMap(({ word }) => numberOf(word) ?? []));
  return days > WHOLE_DAYS ? null : days === WHOLE_DAYS ? 'whole' : 'part';
}
type Time = 'part' | 'whole' | 'seldom' | 'rest';

/** A pair further apart than the longest gap of a rule and a mark is none. */
const FURTHEST = 10;

/** A time with the place next to it. */
type Pair = { readonly time: Time; readonly where: FacetValue; readonly read: Read };

/** What is known of the whole posting: that the job is remote, and that its title or place says so. */
type Known = { readonly remote: boolean; readonly ofBoard: boolean };

/**
 * Days or shares of the week at home and elsewhere, without the word hybrid. Some days on site are hybrid when they are spent in an office or
 * something in the posting is done at home; some days at home when nothing says that all of it is. The whole week in one place says
 * that place. Against a board that says remote only the days at the employer's own offices count.
 */
function sharedIn(sentences: readonly Sentence[], { remote, ofBoard }: Known): Finding<WorkMode> | null {
  const heardHere = sentences.filter(isOfAll).map(withoutDenied);
  const pairs = heardHere.flatMap(pairsOf);
  const places = pairs.filter(({ where, time }) => where.value === 'place' && weightOf(where) >= OF_THE_EMPLOYER && time === 'part');
  const home = pairs.find(({ where, time }) => (time === 'part' || time === 'rest') && isHome(where));
  const someHome = remote || heardHere.flat().some(isHome);
  const place = someHome && !ofBoard ? places[0] : places.find(isOfficeDay);
  if (place) return { value: 'hybrid', ...place.read };
  if (home && !remote && !ofBoard) return { value: 'hybrid', ...home.read };
  const whole = pairs.find(({ time }) => time === 'whole');
  return whole ? { value: isHome(whole.where) ? 'remote' : 'onsite', ...whole.read } : null;
}

/** When and where one works are told in one breath: as far apart as this many words. */
const ONE_BREATH = 3;

/** "Full-time in the Tulsa depot, 7 to 4." */
function scheduledIn(sentences: readonly Sentence[]): Finding<WorkMode> | null {
  for (const sentence of sentences.filter(isOfAll)) {
    const isWhen = (value: FacetValue) => value.value === 'schedule' || timeOf(value) === 'whole';
    for (const where of sentence.filter(value => value.value === 'place' && weightOf(value) >= OF_THE_EMPLOYER)) {
      const when = sentence.find(value => isWhen(value) && gapBetween(value, where) <= ONE_BREATH);
      if (when) return { value: 'onsite', ...pairOf(when, where) };
    }
  }
  return null;
}

/** Whether a sentence speaks of this job, and not of a choice or of some jobs or people only. */
function isOfAll(sentence: Sentence): boolean {
  return sentence.every(value => layerOf(value) !== 'muted' && value.value !== 'choice' && !isOfOthers(value));
}

/** A sentence without the places that stand within a denial. */
function withoutDenied(sentence: Sentence): Sentence {
  const denied = sentence.filter(({ value }) => value === 'not-remote');
  return sentence.filter(value => !isHome(value) || !denied.some(other => covers(other, value.hit.first, value.hit.last)));
}

/** "Mondays at headquarters": the days of a clinic are its hours, those of an office leave others elsewhere. */
const isOfficeDay = ({ where }: Pair): boolean => weightOf(where) >= OF_OFFICES && where.hit.segment.section !== 'benefits';

function pairsOf(sentence: Sentence): Pair[] {
  const once = new Set(sentence.filter(({ value }) => value === 'once').map(({ statement }) => statement));
  return sentence.flatMap(value => {
    const time = timeOf(value);
    const where = time && time !== 'seldom' && !once.has(value.statement) ? nearest(value, sentence) : null;
    return time && where && where.value !== 'away' ? [{ time, where, read: pairOf(value, where) }] : [];
  });
}

const isHome = ({ value }: FacetValue): boolean => value === 'home' || value === 'remote';

/** How far apart two values are, in words; a semicolon ends what belongs together. */
function gapBetween(a: FacetValue, b: FacetValue): number {
  const [from, to] = a.hit.first < b.hit.first ? [a.hit.last, b.hit.first] : [b.hit.last, a.hit.first];
  const isCut = a.hit.field.tokens.slice(from, to + 1).some(({ sep }) => (sep & SEP.semicolon) !== 0);
  return isCut ? Number.POSITIVE_INFINITY : Math.max(0, to - from);
}

/** The place next to a time. */
function nearest(time: FacetValue, sentence: Sentence): FacetValue | undefined {
  const gapTo = (value: FacetValue) => gapBetween(value, time);
  return sentence
    .filter(value => (isHome(value) || LAYERS.get(String(value.value)) === 'place') && gapTo(value) <= FURTHEST)
    .sort((a, b) => gapTo(a) - gapTo(b) || weightOf(b) - weightOf(a))[0];
}
