import { PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { Signal } from '../schema/names.ts';
import type { RuleEvidence } from './evidence.ts';
import { FIELD_SAID, type LinesSaid, type Said, WORK_SAID } from './lines.ts';
import { KIND_FEATURES, type KindFeature, PATH_FEATURES, type PathFeature } from './model.ts';
import { ofKind, ofPaths, type Testimonies } from './witness.ts';

/** A strength as a number between 0 and 1: `full` and more is 1. */
const upTo = (full: number, strength: number): number => Math.min(1, strength / full);
/** Rules weigh up to this in titles; strengths are measured by it. */
const FULL_SEAT = 10;
/** A few distinct rules of the work of a path are as good as many; ties to the field are cheaper, so more are asked. */
const FULL_WORK = 5;
const FULL_LINK = 12;
/** A text is full of words of a field when one stands in every so many words. */
const DENSE = 25;
/** A trade named more weakly than this, such as a nurse, may well sit at a desk. */
const DESK_WORK = 5.5;
/** Treating is most of the work from this share on. */
const MOST = 0.6;
/** A text of fewer words is a teaser, in which what is missing says nothing. */
const SHORT = 120;
/** One of still fewer words says little or nothing: some boards show the title alone. */
const LITTLE = 40;

/** What several numbers are made of. */
type Measures = {
  readonly evidence: RuleEvidence;
  readonly signal: (name: Signal) => number;
  readonly tied: number;
  readonly untied: number;
  readonly sits: number;
  readonly clinical: number;
  readonly other: number;
  /** Nothing in the title is known to any rule. */
  readonly silent: number;
  /** The strength of the path whose work is told most, and of all together. */
  readonly does: number;
  readonly all: number;
  readonly best: number;
  readonly link: number;
};
type Part = KindFeature extends `${infer P}.${string}` ? P : never;
type Numbers<Part extends string> = Record<Extract<KindFeature, `${Part}.${string}`>, number>;

/** The evidence on the kind of job as numbers between -1 and 1, in the order of KIND_FEATURES. */
export function kindFeatures(evidence: RuleEvidence, testimonies: Testimonies, lines: LinesSaid): Float64Array {
  const measures = measure(evidence);
  const parts: { [P in Part]: Numbers<P> } = {
    seat: seatNumbers(measures),
    function: functionNumbers(measures),
    treating: treatingNumbers(measures),
    domain: domainNumbers(measures),
    asks: asksNumbers(measures),
    lines: lineNumbers(measures, lines.work),
    field: fieldNumbers(measures, lines),
    witness: witnessNumbers(measures, testimonies),
    text: { 'text.little': Math.max(0, 1 - evidence.words / LITTLE), 'text.short': evidence.words < SHORT ? 1 : 0 },
  };
  const features = new Float64Array(KIND_FEATURES.length);
  for (const numbers of Object.values<Readonly<Record<string, number>>>(parts))
    for (const name in numbers) features[PLACE_OF.get(name) as number] = numbers[name] as number;
  return features;
}

/** Feature → its place in KIND_FEATURES. */
const PLACE_OF: ReadonlyMap<string, number> = new Map(KIND_FEATURES.map((name, at) => [name, at]));
const AT_LITTLE = PLACE_OF.get('text.little') as number;

/** How far a text is as long as those that taught what features mean together: what is missing in a line or two means nothing. */
export const wholeness = (features: Float64Array): number => 1 - (features[AT_LITTLE] as number);

function measure(evidence: RuleEvidence): Measures {
  const { seat, functions, signals, employer } = evidence;
  const signal = (name: Signal) => (signals.get(name) ?? 0) + (employer.get(name) ?? 0);
  const seats = [...seat.paths.values()];
  const tied = upTo(FULL_SEAT, Math.max(0, ...seats.map(of => of.tied)));
  const untied = tied > 0 ? 0 : upTo(FULL_SEAT, Math.max(0, ...seats.map(of => of.untied)));
  const clinical = upTo(FULL_SEAT, seat.clinical.strength);
  const other = upTo(FULL_SEAT, seat.other.strength);
  const strengths = [...functions.values()].map(({ strength }) => strength);
  const does = Math.max(0, ...strengths);
  return {
    evidence,
    signal,
    tied,
    untied,
    sits: Math.max(tied, untied),
    clinical,
    other,
    silent: seats.length === 0 && clinical === 0 && other === 0 ? 1 : 0,
    does,
    all: strengths.reduce((sum, one) => sum + one, 0),
    best: upTo(FULL_WORK, does),
    link: upTo(FULL_LINK, signal('link')),
  };
}

function seatNumbers({ evidence, signal, tied, untied, sits, clinical, other, silent }: Measures): Numbers<'seat'> {
  const { seat } = evidence;
  const trade = upTo(FULL_SEAT - DESK_WORK, Math.max(0, seat.other.strength - DESK_WORK));
  return {
    'seat.tied': tied,
    'seat.untied': untied,
    'seat.program': upTo(1, signal('worth-reading')),
    'seat.profession': seat.professions.length > 0 ? 1 : 0,
    'seat.caseload': [...seat.paths.values()].some(({ strongest }) => strongest?.caseload === true) ? 1 : 0,
    'seat.clinical': clinical,
    'seat.other': other,
    'seat.both': Math.min(sits, clinical),
    'seat.silent': silent,
    'seat.other-duty': other * upTo(1, evidence.titleLink / 2),
    'seat.trade': trade,
    'seat.trade-tied': trade * tied,
    'seat.contest': other > 0 ? sits - other : 0,
    'seat.contest-clinical': clinical > 0 ? sits - clinical : 0,
  };
}

function functionNumbers({ evidence, signal, clinical, other, silent, does, all, best, link }: Measures): Numbers<'function'> {
  const treats = signal('treats');
  const balance = (does - treats) / (does + treats + 1);
  const elsewhere = upTo(FULL_WORK, evidence.elsewhere.strength);
  return {
    'function.said': upTo(1, does),
    'function.best': best,
    'function.all': upTo(12, all),
    'function.dense': upTo(1, does / (1 + evidence.statements / 4)),
    'function.balance': balance,
    'function.profession': clinical * balance,
    'function.other-seat': other * best,
    'function.silent': silent * best,
    'function.tied': best * link,
    'function.elsewhere': elsewhere,
    'function.rival': (does - evidence.elsewhere.strength) / (does + evidence.elsewhere.strength + 1),
    'function.other-sits': elsewhere * other,
  };
}

function treatingNumbers({ evidence, signal, tied, clinical, silent }: Measures): Numbers<'treating'> {
  const { share, seat, words } = evidence;
  const treats = signal('treats');
  const named = clinical > 0 || seat.professions.length > 0;
  return {
    'treating.some': upTo(3, treats),
    'treating.much': upTo(10, treats),
    'treating.most': Math.max(upTo(1, signal('treats-most')), share !== null && share >= MOST ? 1 : 0),
    'treating.partly': Math.max(upTo(1, signal('treats-some')), share !== null && share < MOST ? 1 : 0),
    'treating.share': share ?? 0,
    'treating.none': upTo(2, signal('no-treating')),
    'treating.seat': clinical * upTo(4, treats),
    'treating.unsaid': treats === 0 && words >= SHORT ? clinical : 0,
    'treating.silent': silent * upTo(4, treats),
    'treating.no-seat': named ? 0 : upTo(4, treats),
    'treating.much-path': tied * upTo(8, treats),
  };
}

function domainNumbers({ evidence, signal, sits, best, link }: Measures): Numbers<'domain'> {
  const { words, employer } = evidence;
  const industry = signal('industry');
  const ties = signal('link');
  return {
    'domain.link': upTo(4, ties),
    'domain.strong': link,
    'domain.rehab': upTo(5, signal('rehab')),
    'domain.clinicians': upTo(5, signal('clinicians')),
    'domain.vendor': upTo(4, signal('vendor')),
    'domain.title': upTo(2, evidence.titleLink),
    'domain.employer': upTo(2, employer.get('link') ?? 0),
    'domain.seat': sits * link,
    'domain.industry': upTo(4, industry),
    'domain.industry-title': upTo(1, evidence.titleIndustry),
    'domain.balance': (ties - 2 * industry) / (ties + 2 * industry + 1),
    'domain.untied': sits * upTo(4, industry) * (1 - link),
    'domain.duty': upTo(5, evidence.dutyLink),
    'domain.dense': upTo(1, (evidence.linkSpots * DENSE) / (words + 1)),
    'domain.dense-industry': upTo(1, (evidence.industrySpots * DENSE) / (words + 1)),
    'domain.duty-function': best * upTo(5, evidence.dutyLink),
  };
}

function asksNumbers({ evidence, signal, clinical, silent, does }: Measures): Numbers<'asks'> {
  const { asked, seat } = evidence;
  const [named, liked, generic] = [asked.named, asked.liked, asked.generic].map(({ length }) => Math.min(1, length)) as Three;
  const untold = clinical > 0 || seat.professions.length > 0 ? 0 : 1;
  const treats = signal('treats');
  return {
    'asks.named': named,
    'asks.liked': liked,
    'asks.generic': generic,
    'asks.named-silent': named * silent,
    // Who treats is nearly always named by the title.
    'asks.named-untold': named * untold,
    'asks.named-treating': named * ((does - treats) / (does + treats + 1)),
    'asks.liked-untold': liked * untold,
    'asks.generic-untold': generic * untold,
  };
}

function lineNumbers({ evidence }: Measures, { most, sum }: Said): Numbers<'lines'> {
  const of = (amounts: Float64Array, said: (typeof WORK_SAID)[number]) => amounts[WORK_SAID.indexOf(said)] as number;
  const [treats, works, trade] = [of(sum, 'treats'), of(sum, 'works'), of(sum, 'trade')];
  const all = treats + works + trade + 1;
  const balance = (works - treats) / (works + treats + 1);
  return {
    'lines.treats': of(most, 'treats'),
    'lines.works': of(most, 'works'),
    'lines.trade': of(most, 'trade'),
    'lines.treats-share': treats / all,
    'lines.trade-share': trade / all,
    'lines.balance': balance,
    'lines.asks-balance': evidence.asked.named.length > 0 ? balance : 0,
  };
}

function fieldNumbers({ sits, best }: Measures, { field, name, work }: LinesSaid): Numbers<'field'> {
  const of = (amounts: Float64Array, said: (typeof FIELD_SAID)[number]) => amounts[FIELD_SAID.indexOf(said)] as number;
  const [care, science, industry] = [of(field.sum, 'care'), of(field.sum, 'science'), of(field.sum, 'industry')];
  const balance = (care - science - industry) / (care + science + industry + 1);
  return {
    'field.care': of(field.most, 'care'),
    'field.science': of(field.most, 'science'),
    'field.industry': of(field.most, 'industry'),
    'field.balance': balance,
    'field.care-share': care / (care + science + industry + 1),
    'field.name-care': of(name.chances, 'care'),
    'field.name-industry': of(name.chances, 'industry'),
    'field.seat': sits * balance,
    'field.function': best * balance,
    'field.works': (work.most[WORK_SAID.indexOf('works')] as number) * balance,
  };
}

type Three = [number, number, number];

function witnessNumbers({ silent }: Measures, testimonies: Testimonies): Numbers<'witness'> {
  const { titlePath, titleClinical, textPath, textClinical } = ofKind(testimonies);
  return {
    'witness.title-path': titlePath,
    'witness.title-clinical': titleClinical,
    'witness.text-path': textPath,
    'witness.text-clinical': textClinical,
    'witness.silent-path': silent * textPath,
    'witness.silent-clinical': silent * textClinical,
  };
}

/** The numbers of every path, in the order of PATH_SLUGS and PATH_FEATURES. */
export function pathFeatures({ seat, functions }: RuleEvidence, testimonies: Testimonies): Float64Array[] {
  const says = ofPaths(testimonies);
  return PATH_SLUGS.map((path, index) => {
    const sits = seat.paths.get(path);
    const does = functions.get(path)?.strength ?? 0;
    const of: Record<PathFeature, number> = {
      'seat.tied': upTo(FULL_SEAT, sits?.tied ?? 0),
      'seat.untied': upTo(FULL_SEAT, sits?.untied ?? 0),
      'function.said': upTo(2, does),
      'function.much': upTo(8, does),
      'witness.title': says.title[index] as number,
      'witness.text': says.text[index] as number,
    };
    return Float64Array.from(PATH_FEATURES.map(name => of[name]));
  });
}
