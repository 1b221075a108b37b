import type { WorkMode } from '../../posting/posting.ts';
import { evidenceOf, type Field } from '../../text/document.ts';
import { SEP } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import type { RuleHit } from '../reading/hit.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../reading/posting.ts';
import type { Subject } from '../schema/names.ts';
import type { Finding } from './finding.ts';
import { bySentence, findingOf, hasMark, heard, isLabel, isPercent, isSetOff, type LayerOf, type Sentence } from './heard.ts';
import { weightOf } from './marks.ts';

/** Values of the rules that are parts of an arrangement: where, how much of the week, and words that turn or mute what a sentence says. */
const LAYERS = new Map(
  Object.entries({
    place: ['home', 'place', 'away', 'free'],
    time: ['part', 'half-day', 'fraction', 'portion', 'share', 'percent', 'whole', 'seldom', 'monthly', 'rest'],
    schedule: ['schedule'],
    floor: ['floor', 'plant', 'plants'],
    named: ['every'],
    turn: ['then', 'once', 'after', 'if-near', 'asked', 'yes', 'no', 'partly', 'others'],
  }).flatMap(([layer, values]) => values.map(value => [value, layer] as const)),
);

/** Rules of these weights read a label with its answer, name the mode outright or of this job, or count only where their words stand alone. */
const LABELLED = 4;
const OUTRIGHT = 3;
const OF_THE_JOB = 2;
const BY_ITSELF = 1.5;

/** Places of less are anybody's; those of the second weight are full of offices, and those of more the office itself or the word on-site. */
const OF_THE_EMPLOYER = 1;
const OF_OFFICES = 1.5;

const isPart = ({ value }: FacetValue): boolean => LAYERS.has(String(value));
const layerOf: LayerOf = value => LAYERS.get(String(value.value)) ?? (weightOf(value) >= LABELLED ? `label ${value.value}` : 'named');

/**
 * Where the work is done. What the board states in its own field wins; then hybrid, named or made up of days here and days there, which a choice
 * of home or a plainer word of remote outweighs; then the mode that is named most plainly, a denial first. A home base with travel is remote.
 */
export function readWorkMode(reading: PostingReading): Finding<WorkMode> | null {
  const stated = reading.input.stated?.workMode;
  if (stated) return { value: stated, evidence: [] };
  const values = heard(reading, 'work_mode', layerOf);
  const titled = stemsOf(reading.document.title);
  const told = bySentence(values.filter(({ hit }) => hit.field.name === 'text')).map(sentence => withoutOthers(sentence, titled));
  const asked = told.map((sentence, index) => isAnswered(sentence, told[index + 1]));
  const sentences = told.filter((_, index) => !asked[index]);
  const fields = bySentence(values.filter(({ hit }) => hit.field.name !== 'text'));
  const named = [...fields, ...sentences].flatMap(namedIn);
  const free = named.some(value => isChoice(value) || (value.value === 'remote' && isOutright(value)));
  const hybrid = named.find(value => value.value === 'hybrid' && (!free || isOutright(value)));
  if (hybrid) return findingOf<WorkMode>('hybrid', hybrid);
  const best = plainest(named);
  if (best && (best.value === 'base' || isChoice(best))) return findingOf<WorkMode>('remote', best);
  const shared = sharedIn(sentences, {
    remote: named.some(value => isRemote(value) && isOutright(value)),
    ofBoard: named.some(value => isRemote(value) && value.hit.field.name !== 'text'),
    partTime: valuesOf(reading, 'employment_type').some(({ value }) => value === 'part_time'),
  });
  if (shared?.value === 'hybrid') return shared;
  const answer = answeredIn(told, asked);
  if (answer && (!best || !isOutright(best))) return answer;
  if (best) return findingOf<WorkMode>(isRemote(best) ? 'remote' : 'onsite', best);
  return shared ?? scheduledIn(sentences) ?? madeIn(sentences.flat());
}

const isOutright = (value: FacetValue): boolean => weightOf(value) >= OUTRIGHT;
const isRemote = (value: FacetValue): boolean => value.value === 'remote' || value.value === 'base' || isChoice(value);

/** A choice between home and elsewhere, told by words, or by a mark between two modes ("Hybrid/Remote", not "hybrid remote"). */
const isChoice = ({ value, hit }: FacetValue): boolean => value === 'choice' || (value === 'either' && isListed(hit));

/** Of whom a mode is said that is not this job's. */
const OTHER_WORKPLACES: ReadonlySet<Subject> = new Set(['customer', 'law', 'post']);

/** Whether a value names the mode of this job: outright, or of the job in a sentence, or standing by itself. */
function isNamed(value: FacetValue): boolean {
  const { hit, subject } = value;
  if (isPart(value) || (value.value === 'either' && (!isChoice(value) || isLabel(hit)))) return false;
  const weight = weightOf(value);
  if (hit.field.name === 'location') return weight > 1 || value.value !== 'onsite' || isSetOff(hit);
  if (hit.field.name === 'title') return weight > 1 || isSetOff(hit) || endsOrOpens(hit);
  if (weight >= LABELLED) return hasMark(hit);
  if (isOutright(value)) return true;
  if (OTHER_WORKPLACES.has(subject) || hit.segment.section === 'eeo') return weight > OF_THE_JOB && subject !== 'customer';
  if (hit.segment.section === 'about') return weight >= OF_THE_JOB || opensAndEnds(hit);
  if (hit.segment.section === 'benefits' && value.value === 'onsite') return false;
  return weight > BY_ITSELF || (weight === BY_ITSELF ? !isLabel(value.hit) : isSetOff(hit) || isEntry(hit));
}

/** The first or last word of a title or sentence: "Remote Medical Writer", "Case Manager Remote". */
const endsOrOpens = ({ segment, first, last }: RuleHit): boolean => first === segment.first || last === segment.last;

/**
 * The modes a sentence names. One that speaks of every job, or names all modes and no days, names none but outright; one that speaks of those
 * who live near an office, or leaves the choice, none but remote.
 */
function namedIn(sentence: Sentence): FacetValue[] {
  const named = sentence
    .filter(isNamed)
    .filter((value, _, all) => (weightOf(value) < LABELLED || isFirstAnswer(value, all)) && !isDenied(value, all));
  const modes = new Set(named.filter(({ value }) => value !== 'not-remote').map(value => isRemote(value) || value.value));
  const every = sentence.some(({ value }) => value === 'every') || (modes.size > 2 && !sentence.some(timeOf));
  const chosen = named.some(isChoice);
  const only = chosen || sentence.some(({ value }) => value === 'if-near');
  return named.filter(value =>
    isOutright(value) ? !chosen || isRemote(value) : !every && (!only || isRemote(value)) && !isOfOnce(value, sentence),
  );
}

/** "Remote or hybrid work is not offered": a choice that runs into a denial gives none, and neither does hybrid. */
function isDenied(value: FacetValue, all: readonly FacetValue[]): boolean {
  const { first, last } = value.hit;
  const gives = value.value === 'hybrid' || isChoice(value);
  return gives && all.some(other => other.value === 'not-remote' && other.hit.first < last && other.hit.last > first);
}

/** "Training paid, in person": an entry beside what happens once is of that. */
function isOfOnce(value: FacetValue, sentence: Sentence): boolean {
  const isWord = value.value === 'onsite' && weightOf(value) < BY_ITSELF;
  return (
    isWord && sentence.some(other => other.value === 'once' && other.hit.last <= value.hit.first && gapBetween(other, value) <= FURTHEST)
  );
}

/** "Hybrid Boise.", "US remote.": an entry of so few words has no room for more than its mode and a place. */
const ENTRY = 2;
const isEntry = (hit: RuleHit): boolean =>
  hit.segment.section !== 'benefits' && endsOrOpens(hit) && hit.segment.last - hit.segment.first - (hit.last - hit.first) <= ENTRY;

/** A sentence of these words alone. */
const opensAndEnds = ({ first, last, segment }: RuleHit): boolean => first === segment.first && last === segment.last;

/** Of the answers a label could have, the one next to it counts. */
function isFirstAnswer({ hit }: FacetValue, all: readonly FacetValue[]): boolean {
  return !all.some(other => weightOf(other) >= LABELLED && other.hit.first === hit.first && other.hit.last < hit.last);
}

/** The mode of the greatest weight; of equal ones a denial first, then remote. */
function plainest(named: readonly FacetValue[]): FacetValue | null {
  const order = ['not-remote', 'base', 'choice', 'either', 'remote', 'onsite'];
  const rank = ({ value }: FacetValue) => order.indexOf(String(value));
  return named.filter(value => rank(value) >= 0).sort((a, b) => weightOf(b) - weightOf(a) || rank(a) - rank(b))[0] ?? null;
}

/** A question, or the field of a form, that the next sentence answers: "Can it be done at home? No.", "Remote job", "No". */
function isAnswered(sentence: Sentence, next: Sentence | undefined): boolean {
  const answer = next?.find(isAnswer)?.hit;
  if (!answer || answer.first !== answer.segment.first) return false;
  return sentence.some(({ value, hit }) => hit.segment.last === answer.first && (asks(hit) || (value === 'asked' && opensAndEnds(hit))));
}

const isAnswer = ({ value }: FacetValue): boolean => value === 'yes' || value === 'no' || value === 'partly';

/** Whether a question mark ends the sentence, behind a bracket or quotation marks perhaps. */
const asks = ({ field: { raw }, segment: { end } }: RuleHit): boolean => raw.slice(end, end + 3).includes('?');

/** What the answered questions say of the mode they ask for; whoever is refused home is on site, and other refusals say nothing. */
function answeredIn(sentences: readonly Sentence[], asked: readonly boolean[]): Finding<WorkMode> | null {
  for (const [index, sentence] of sentences.entries()) {
    const mode = asked[index] ? sentence.find(value => isHome(value) || value.value === 'hybrid') : undefined;
    const answer = sentences[index + 1]?.find(isAnswer);
    if (!mode || !answer || (answer.value !== 'yes' && !isHome(mode))) continue;
    const granted = answer.value === 'yes' && isHome(mode) ? 'remote' : 'hybrid';
    return { value: answer.value === 'no' ? 'onsite' : granted, ...pairOf(mode, answer) };
  }
  return null;
}

/** So many letters tell a coder from a nurse, and find the reviewer in a title of review. */
const STEM = 4;

const stemsOf = ({ tokens }: Field): ReadonlySet<string> => new Set(tokens.map(({ word }) => word.slice(0, STEM)));

/** A sentence without what is said of a group the title does not name: "Our engineers are remote". */
function withoutOthers(sentence: Sentence, titled: ReadonlySet<string>): Sentence {
  const isOfTitle = ({ hit: { field, first, last } }: FacetValue) =>
    field.tokens.slice(first, last).some(({ word }) => titled.has(word.slice(0, STEM)));
  const others = sentence.filter(value => value.value === 'others' && !isOfTitle(value));
  return sentence.filter(({ statement, hit }) => !others.some(other => other.statement === statement && other.hit.first <= hit.first));
}

/** What two values say together: the words from the one to the other, and the rule of the first. */
function pairOf(a: FacetValue, b: FacetValue): Read {
  const { hit } = a;
  const evidence = evidenceOf(hit.field, Math.min(hit.first, b.hit.first), Math.max(hit.last, b.hit.last));
  return { evidence: [evidence], rule: a.rule.id };
}
type Read = Pick<Finding<WorkMode>, 'evidence' | 'rule'>;

/** How much of the week a part stands for: five days or ninety percent are all of it; a figure of more days is none of a week. */
const WHOLE_DAYS = 5;
const WHOLE_PERCENT = 90;

/** Fewer days of a month than it has weeks are a day now and then. */
const WEEKS = 4;

type Time = 'part' | 'whole' | 'seldom' | 'rest';

/** The figures among the words of a value. */
function figuresIn({ hit: { field, first, last } }: FacetValue): number[] {
  return field.tokens.slice(first, last).flatMap(({ word }) => numberOf(word) ?? []);
}

const figureIn = (value: FacetValue): number => Math.max(0, ...figuresIn(value));

/** "Mon/Fri" are two days, "Mon-Fri" are five. */
const isListed = ({ field, first, last }: RuleHit): boolean =>
  field.tokens.slice(first + 1, last).some(({ sep }) => (sep & (SEP.slash | SEP.comma | SEP.plus)) !== 0);

const hasPercent = ({ field, first, last }: RuleHit): boolean =>
  field.tokens.slice(first, last).some((_, at) => isPercent(field, first + at));

const shareOf = (value: FacetValue): Time => (figureIn(value) < WHOLE_PERCENT ? 'part' : 'whole');

function timeOf(value: FacetValue): Time | null {
  switch (value.value) {
    case 'whole':
      // "Bell and all, five days" is no list of days.
      return isListed(value.hit) && value.hit.last - value.hit.first === 2 ? 'part' : 'whole';
    case 'seldom':
    case 'rest':
      return value.value;
    case 'part': {
      const days = figureIn(value);
      return days > WHOLE_DAYS ? null : days === WHOLE_DAYS ? 'whole' : 'part';
    }
    case 'portion':
    case 'half-day':
      return 'part';
    case 'fraction': {
      const [days = 0, ...of] = figuresIn(value);
      const all = of.at(-1) ?? 0;
      return all > WHOLE_DAYS ? null : days < all ? 'part' : 'whole';
    }
    case 'monthly':
      return figureIn(value) < WEEKS ? 'seldom' : 'part';
    case 'share':
      return hasPercent(value.hit) ? shareOf(value) : null;
    case 'percent':
      return shareOf(value);
    default:
      return null;
  }
}

/** A pair further apart than the longest gap of a rule and a mark is none. */
const FURTHEST = 10;

/** A time with the place next to it. */
type Pair = { readonly time: Time; readonly when: FacetValue; readonly where: FacetValue; readonly read: Read };

/** What is known of the whole posting: that the job is remote, that its title or place says so, and that its days may be fewer than a week has. */
type Known = { readonly remote: boolean; readonly ofBoard: boolean; readonly partTime: boolean };

/**
 * Days or shares of the week at home and elsewhere, without the word hybrid. Some days on site are hybrid when the figure tells them or
 * something in the posting is done at home; some days at home when nothing says that all of it is. The whole week in one place says
 * that place. Against a board that says remote only the days at the employer's own offices count.
 */
function sharedIn(sentences: readonly Sentence[], { remote, ofBoard, partTime }: Known): Finding<WorkMode> | null {
  const heardHere = sentences.filter(speaksOfTimes).map(withoutDenied);
  const pairs = heardHere.flatMap(pairsOf);
  const places = pairs.filter(({ where, time }) => where.value === 'place' && weightOf(where) >= OF_THE_EMPLOYER && time === 'part');
  const isSome = ({ where, time, when }: Pair) =>
    (time === 'part' || time === 'rest') &&
    (places.length > 0 ? isHome(where) || isFree(where) : isHome(where) && when.value !== 'half-day');
  const home = pairs.find(isSome);
  const someHome = remote || home !== undefined || heardHere.flat().some(isHome);
  const place = someHome && !ofBoard ? places[0] : places.find(pair => isFigure(pair) || ((ofBoard || !partTime) && isOfficeDay(pair)));
  if (place) return { value: 'hybrid', ...place.read };
  if (home && !remote && !ofBoard) return { value: 'hybrid', ...home.read };
  const phases = heardHere
    .map((sentence, index) => phasesOf(sentence, ofBoard) ?? phasesOver(sentence, heardHere[index + 1]))
    .find(found => found !== null);
  if (phases) return phases;
  const whole = pairs.find(({ time }) => time === 'whole');
  return whole && !isFree(whole.where) ? { value: isHome(whole.where) ? 'remote' : 'onsite', ...whole.read } : null;
}

/** When and where one works are told in one breath: as far apart as a comma or three words. */
const ONE_BREATH = 3;

/** "Full-time in the Tulsa depot, 7 to 4." */
function scheduledIn(sentences: readonly Sentence[]): Finding<WorkMode> | null {
  for (const sentence of sentences.filter(speaksOfTimes)) {
    const isWhen = (value: FacetValue) => value.value === 'schedule' || timeOf(value) === 'whole';
    for (const where of sentence.filter(value => value.value === 'place' && weightOf(value) >= OF_THE_EMPLOYER && isOfThisJob(value))) {
      const when = sentence.find(value => isWhen(value) && gapBetween(value, where) <= ONE_BREATH);
      if (when) return { value: 'onsite', ...pairOf(when, where) };
    }
  }
  return null;
}

/** Work on the floor of the one plant the posting tells of. */
function madeIn(values: readonly FacetValue[]): Finding<WorkMode> | null {
  const [floor, plant, plants] = ['floor', 'plant', 'plants'].map(told => values.find(({ value }) => value === told));
  return floor && plant && !plants ? findingOf<WorkMode>('onsite', floor) : null;
}

const isOfThisJob = ({ subject, hit }: FacetValue): boolean =>
  subject !== 'team' && subject !== 'perk' && hit.segment.section !== 'benefits';

const MUTED: ReadonlySet<unknown> = new Set(['every', 'if-near', 'choice']);

function speaksOfTimes(sentence: Sentence): boolean {
  return sentence.every(({ value, subject, hit }) => !MUTED.has(value) && !OTHER_WORKPLACES.has(subject) && hit.segment.section !== 'eeo');
}

/** A sentence without the places that stand within a denial. */
function withoutDenied(sentence: Sentence): Sentence {
  const denied = sentence.filter(({ value }) => value === 'not-remote');
  return sentence.filter(
    ({ hit, value }) => !isHomeWord(value) || !denied.some(other => other.hit.first <= hit.first && other.hit.last >= hit.last),
  );
}

/** "Four days a week on site": so many that the others must be elsewhere. */
function isFigure({ where, read: { evidence } }: Pair): boolean {
  return weightOf(where) > OF_OFFICES && (evidence[0]?.text ?? '').split(' ').some(word => numberOf(word.toLowerCase()) !== null);
}

/** "Mondays at headquarters": days by their names, which in a clinic or a part-time job are its hours. */
const isOfficeDay = ({ when, where }: Pair): boolean =>
  when.value !== 'half-day' && weightOf(where) >= OF_OFFICES && where.hit.segment.section !== 'benefits';

function pairsOf(sentence: Sentence): Pair[] {
  const rarely = sentence.some(
    value => timeOf(value) === 'seldom' || (value.value === 'monthly' && nearest(value, sentence)?.value === 'away'),
  );
  const once = sentence.filter(({ value }) => value === 'once');
  return sentence.flatMap(value => {
    const time = timeOf(value);
    const where = time && time !== 'seldom' ? nearest(value, sentence) : null;
    if (!time || !where || where.value === 'away' || (time === 'rest' && (rarely || where.value === 'place'))) return [];
    if (once.some(({ statement }) => statement === value.statement)) return [];
    return [{ time, when: value, where, read: pairOf(value, where) }];
  });
}

const isHomeWord = (value: unknown): boolean => value === 'home' || value === 'remote';
const isHome = ({ value }: FacetValue): boolean => isHomeWord(value);
const isFree = ({ value }: FacetValue): boolean => value === 'free';
const isPlace = ({ value }: FacetValue): boolean => value === 'place' || value === 'away';

/** A mark between a time and a place sets them as far apart as words would. */
const MARK = 3;

/** How far apart two values are, in words and marks; a semicolon ends what belongs together. */
function gapBetween(a: FacetValue, b: FacetValue): number {
  const [from, to] = a.hit.first < b.hit.first ? [a.hit.last, b.hit.first] : [b.hit.last, a.hit.first];
  const between = a.hit.field.tokens.slice(from, to + 1);
  if (between.some(({ sep }) => (sep & SEP.semicolon) !== 0)) return Number.POSITIVE_INFINITY;
  return Math.max(0, to - from) + MARK * between.filter(({ sep }) => (sep & MARKS) !== 0).length;
}
const MARKS = SEP.comma | SEP.dash | SEP.colon;

/** The place next to a time, within its clause if there is one. */
function nearest(time: FacetValue, sentence: Sentence): FacetValue | null {
  const gapTo = (value: FacetValue) => gapBetween(value, time);
  const places = sentence
    .filter(value => (isHome(value) || isPlace(value) || isFree(value)) && weightOf(value) < OUTRIGHT && gapTo(value) <= FURTHEST)
    .sort((a, b) => gapTo(a) - gapTo(b) || Number(isHome(b)) - Number(isHome(a)) || weightOf(b) - weightOf(a));
  return places[0] ?? null;
}

/** First at home and later with others; or one thing on site and, in the next clause, another at home. */
function phasesOf(sentence: Sentence, ofBoard: boolean): Finding<WorkMode> | null {
  const home = sentence.find(isHome);
  if (!home || sentence.some(value => timeOf(value) === 'seldom')) return null;
  const then = sentence.find(({ value }) => value === 'then');
  const later =
    then && home.hit.first < then.hit.first ? sentence.find(value => isPlace(value) && value.hit.first >= then.hit.last) : undefined;
  const once = sentence.filter(({ value }) => value === 'once');
  const homes = new Set(sentence.filter(isHome).map(({ hit }) => hit.first));
  const beside = sentence.find(
    ({ value, hit, statement }) =>
      value === 'place' && statement !== home.statement && !homes.has(hit.first) && !once.some(other => other.statement === statement),
  );
  const place = later ?? (ofBoard || sentence.some(isAfter) ? undefined : beside);
  return place ? { value: 'hybrid', ...pairOf(home, place) } : null;
}

const isAfter = ({ value }: FacetValue): boolean => value === 'after';

/** Phases of a sentence each, of which the second opens with "then": home and later a place, or customers first and later home. */
function phasesOver(sentence: Sentence, next: Sentence | undefined): Finding<WorkMode> | null {
  const opensWithThen = next?.some(({ value, hit }) => value === 'then' && hit.first === hit.segment.first);
  if (!next || !opensWithThen || [...sentence, ...next].some(value => timeOf(value) === 'seldom' || isAfter(value))) return null;
  const [first, then] = sentence.some(isHome)
    ? [sentence.find(isHome), next.find(isPlace)]
    : [sentence.find(({ value }) => value === 'away'), next.find(isHome)];
  return first && then && !sentence.some(({ value }) => value === 'once') ? { value: 'hybrid', ...pairOf(first, then) } : null;
}
