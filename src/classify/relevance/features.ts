import { PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { Document } from '../../text/document.ts';
import type { Signal } from '../schema/names.ts';
import type { RuleEvidence } from './evidence.ts';
import { FIELD_SAID, type LinesSaid, WORK_SAID } from './lines.ts';
import { oddsOfKind, oddsOfPaths, type WordsHeard } from './words.ts';

/** What is known of a posting before anything is weighed. */
export type Known = {
  readonly document: Document;
  readonly evidence: RuleEvidence;
  readonly words: WordsHeard;
  readonly lines: LinesSaid;
};

/** A strength as a number between 0 and 1: `full` and more is 1. */
const upTo = (full: number, strength: number): number => Math.min(1, strength / full);
/** Which of two amounts is the larger, from -1 to 1; small amounts say little. */
const balance = (one: number, other: number): number => (one - other) / (one + other + 1);

/** Rules weigh up to this in titles; strengths are measured by it. */
const FULL_SEAT = 10;
/** A few distinct rules of the work of a path are as good as many; ties to the field are cheaper, so more are asked. */
const FULL_WORK = 5;
const FULL_LINK = 12;
/** A trade named more weakly than this, such as a nurse, may well sit at a desk. */
const DESK_WORK = 5.5;
/** A text of fewer words is a teaser, in which what is missing says nothing. */
const SHORT = 120;
/** One of still fewer words says little or nothing: some boards show the title alone. */
const LITTLE = 40;

/** What rules say, as numbers that several features are made of. */
function measureRules({ seat, functions, signals }: RuleEvidence) {
  const signal = (name: Signal) => signals.get(name)?.strength ?? 0;
  const seats = [...seat.paths.values()];
  const clinical = upTo(FULL_SEAT, seat.clinical.strength);
  const strengths = [...functions.values()].map(({ strength }) => strength);
  const does = Math.max(0, ...strengths);
  return {
    signal,
    sits: upTo(FULL_SEAT, Math.max(0, ...seats.map(({ strength }) => strength))),
    clinical,
    other: upTo(FULL_SEAT, seat.other.strength),
    trade: upTo(FULL_SEAT - DESK_WORK, Math.max(0, seat.other.strength - DESK_WORK)),
    /** Nothing in the title is known to any rule. */
    silent: seats.length === 0 && clinical === 0 && seat.other.strength === 0 ? 1 : 0,
    caseload: seats.some(({ caseload }) => caseload) ? 1 : 0,
    /** Who treats is nearly always named by the title. */
    untold: clinical > 0 || seat.professions.length > 0 ? 0 : 1,
    /** The strength of the path whose work is told most, and of all together. */
    does,
    all: strengths.reduce((sum, one) => sum + one, 0),
    best: upTo(FULL_WORK, does),
    doesOrTreats: balance(does, signal('treats')),
    treats: signal('treats'),
    link: upTo(FULL_LINK, signal('link')),
    industry: signal('industry'),
  };
}

/** What lines say: the surest one of each, and what all of them say together. */
function measureLines({ work, field, name }: LinesSaid) {
  const [, treats = 0, works = 0, trade = 0] = work.sum;
  const [, care = 0, science = 0, industry = 0] = field.sum;
  return {
    surely: (said: (typeof WORK_SAID)[number]) => work.most[WORK_SAID.indexOf(said)] as number,
    surelyOf: (said: (typeof FIELD_SAID)[number]) => field.most[FIELD_SAID.indexOf(said)] as number,
    named: (said: (typeof FIELD_SAID)[number]) => name.chances[FIELD_SAID.indexOf(said)] as number,
    treats: treats / (treats + works + trade + 1),
    trade: trade / (treats + works + trade + 1),
    worksOrTreats: balance(works, treats),
    care: care / (care + science + industry + 1),
    careOrOther: balance(care, science + industry),
  };
}

/** 1 where anything was found. */
const any = (found: readonly unknown[]): number => Math.min(1, found.length);

type Measures = {
  readonly e: RuleEvidence;
  readonly r: ReturnType<typeof measureRules>;
  readonly l: ReturnType<typeof measureLines>;
  readonly words: WordsHeard;
};

/**
 * What is weighed when the kind of a job is asked, as numbers between -1 and 1. The part before the point is the question a number answers: who
 * sits there, what is done, how much is treated, whose field it is, whom the text asks for, what lines and words say. Trees find out what
 * two of them mean together, but products of those that matter most are learned from fewer postings.
 */
const KIND = {
  'seat.path': ({ r }) => r.sits,
  'seat.program': ({ r }) => upTo(1, r.signal('worth-reading')),
  'seat.profession': ({ e }) => any(e.seat.professions),
  'seat.caseload': ({ r }) => r.caseload,
  'seat.clinical': ({ r }) => r.clinical,
  'seat.other': ({ r }) => r.other,
  'seat.both': ({ r }) => Math.min(r.sits, r.clinical),
  'seat.silent': ({ r }) => r.silent,
  'seat.trade': ({ r }) => r.trade,
  'seat.trade-path': ({ r }) => r.trade * r.sits,
  'seat.contest': ({ r }) => (r.other > 0 ? r.sits - r.other : 0),
  'seat.contest-clinical': ({ r }) => (r.clinical > 0 ? r.sits - r.clinical : 0),
  'function.said': ({ r }) => upTo(1, r.does),
  'function.best': ({ r }) => r.best,
  'function.all': ({ r }) => upTo(12, r.all),
  'function.balance': ({ r }) => r.doesOrTreats,
  'function.profession': ({ r }) => r.clinical * r.doesOrTreats,
  'function.other-seat': ({ r }) => r.other * r.best,
  'function.silent': ({ r }) => r.silent * r.best,
  'function.tied': ({ r }) => r.best * r.link,
  'function.elsewhere': ({ e }) => upTo(FULL_WORK, e.elsewhere.strength),
  'function.rival': ({ e, r }) => balance(r.does, e.elsewhere.strength),
  'function.other-sits': ({ e, r }) => upTo(FULL_WORK, e.elsewhere.strength) * r.other,
  'treating.some': ({ r }) => upTo(3, r.treats),
  'treating.much': ({ r }) => upTo(10, r.treats),
  'treating.most': ({ r }) => upTo(1, r.signal('treats-most')),
  'treating.partly': ({ r }) => upTo(1, r.signal('treats-some')),
  'treating.none': ({ r }) => upTo(2, r.signal('no-treating')),
  'treating.seat': ({ r }) => r.clinical * upTo(4, r.treats),
  'treating.unsaid': ({ e, r }) => (r.treats === 0 && e.words >= SHORT ? r.clinical : 0),
  'treating.silent': ({ r }) => r.silent * upTo(4, r.treats),
  'treating.no-seat': ({ r }) => r.untold * upTo(4, r.treats),
  'treating.much-path': ({ r }) => r.sits * upTo(8, r.treats),
  'domain.link': ({ r }) => upTo(4, r.signal('link')),
  'domain.strong': ({ r }) => r.link,
  'domain.rehab': ({ r }) => upTo(5, r.signal('rehab')),
  'domain.clinicians': ({ r }) => upTo(5, r.signal('clinicians')),
  'domain.vendor': ({ r }) => upTo(4, r.signal('vendor')),
  'domain.seat': ({ r }) => r.sits * r.link,
  'domain.industry': ({ r }) => upTo(4, r.industry),
  'domain.balance': ({ r }) => balance(r.signal('link'), 2 * r.industry),
  'domain.untied': ({ r }) => r.sits * upTo(4, r.industry) * (1 - r.link),
  'asks.named': ({ e }) => any(e.asked.named),
  'asks.liked': ({ e }) => any(e.asked.liked),
  'asks.generic': ({ e }) => any(e.asked.generic),
  'asks.named-silent': ({ e, r }) => any(e.asked.named) * r.silent,
  'asks.named-untold': ({ e, r }) => any(e.asked.named) * r.untold,
  'asks.named-treating': ({ e, r }) => any(e.asked.named) * r.doesOrTreats,
  'asks.liked-untold': ({ e, r }) => any(e.asked.liked) * r.untold,
  'asks.generic-untold': ({ e, r }) => any(e.asked.generic) * r.untold,
  'lines.treats': ({ l }) => l.surely('treats'),
  'lines.works': ({ l }) => l.surely('works'),
  'lines.trade': ({ l }) => l.surely('trade'),
  'lines.treats-share': ({ l }) => l.treats,
  'lines.trade-share': ({ l }) => l.trade,
  'lines.balance': ({ l }) => l.worksOrTreats,
  'lines.asks-balance': ({ e, l }) => any(e.asked.named) * l.worksOrTreats,
  'field.care': ({ l }) => l.surelyOf('care'),
  'field.science': ({ l }) => l.surelyOf('science'),
  'field.industry': ({ l }) => l.surelyOf('industry'),
  'field.balance': ({ l }) => l.careOrOther,
  'field.care-share': ({ l }) => l.care,
  'field.name-care': ({ l }) => l.named('care'),
  'field.name-industry': ({ l }) => l.named('industry'),
  'field.seat': ({ r, l }) => r.sits * l.careOrOther,
  'field.function': ({ r, l }) => r.best * l.careOrOther,
  'field.works': ({ l }) => l.surely('works') * l.careOrOther,
  'text.little': ({ e }) => Math.max(0, 1 - e.words / LITTLE),
  'text.short': ({ e }) => (e.words < SHORT ? 1 : 0),
  'witness.title-path': ({ words }) => oddsOfKind(words, 'title', 'nonclinical'),
  'witness.title-clinical': ({ words }) => oddsOfKind(words, 'title', 'clinical'),
  'witness.text-path': ({ words }) => oddsOfKind(words, 'kind', 'nonclinical'),
  'witness.text-clinical': ({ words }) => oddsOfKind(words, 'kind', 'clinical'),
  'witness.silent-path': ({ r, words }) => r.silent * oddsOfKind(words, 'kind', 'nonclinical'),
  'witness.silent-clinical': ({ r, words }) => r.silent * oddsOfKind(words, 'kind', 'clinical'),
} satisfies Record<string, (measures: Measures) => number>;

export type KindFeature = keyof typeof KIND;
export const KIND_FEATURES = Object.keys(KIND) as KindFeature[];

/** The evidence on the kind of job as numbers, in the order of KIND_FEATURES. */
export function kindFeatures({ evidence, lines, words }: Known): Float64Array {
  const measures = { e: evidence, r: measureRules(evidence), l: measureLines(lines), words };
  return Float64Array.from(KIND_FEATURES, name => KIND[name](measures));
}

/** What is weighed when paths are compared. */
export const PATH_FEATURES = ['seat.path', 'function.said', 'function.much', 'witness.title', 'witness.text'] as const;

/** The numbers of every path, in the order of PATH_SLUGS and PATH_FEATURES. */
export function pathFeatures({ evidence: { seat, functions }, words }: Known): Float64Array[] {
  const [title, text] = [oddsOfPaths(words, 'title'), oddsOfPaths(words, 'path')];
  return PATH_SLUGS.map((path, at) => {
    const sits = seat.paths.get(path)?.strength ?? 0;
    const does = functions.get(path)?.strength ?? 0;
    return Float64Array.of(upTo(FULL_SEAT, sits), upTo(2, does), upTo(8, does), title[at] as number, text[at] as number);
  });
}
