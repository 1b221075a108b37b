import { canonicalQuery } from '../feed/canonical.ts';
import type { FieldName } from '../feed/fields.ts';
import { askable, filterMistake, parseQuery } from '../feed/filter.ts';
import { PATH_SLUGS, type Path } from '../posting/taxonomy.ts';
import type { Guides } from './guides.ts';
import { type Option, optionsOf, QUESTIONS, type Question, SKIP } from './questions.ts';

/** One question answered; `option` is null when it was skipped. */
export type Answered = { question: Question; value: string; option: Option | null };

export type Assessment = {
  answered: Answered[];
  /** The first question that is open; null when all are answered. */
  next: Question | null;
  /** The filter the answers make, as a canonical query. */
  query: string;
  /** Names that are no question. */
  unknown: string[];
};

export type RankedPath = { path: Path; points: number; because: string[] };

/** Reads the answers from a query text. Nothing is kept anywhere: the address is all there is. Throws E_FILTER for what is no answer. */
export function readAnswers(text: string): Assessment {
  const params = new URLSearchParams(text);
  const unknown = [...new Set(params.keys())].filter(name => !QUESTIONS.some(question => question.name === name));
  const answered = QUESTIONS.flatMap(question => {
    const value = params.get(question.name);
    return value === null || value === '' ? [] : [answerOf(question, value)];
  });
  const next = QUESTIONS.find(question => !answered.some(answer => answer.question === question)) ?? null;
  return { answered, next, query: filterOf(answered), unknown };
}

/** The query of a set of answers in the order of the questions. */
export function answersQuery(answered: readonly { question: Question; value: string }[]): string {
  const value = (question: Question) => answered.find(answer => answer.question === question)?.value;
  return QUESTIONS.filter(question => value(question) !== undefined)
    .map(question => `${question.name}=${encodeURIComponent(value(question) ?? '')}`)
    .join('&');
}

/** All paths, the one that fits the answers best first; equal ones by their openings, then in the order of the taxonomy. */
export function rankPaths(guides: Guides, answered: readonly Answered[], open: ReadonlyMap<string, number>): RankedPath[] {
  const ranked = PATH_SLUGS.map(path => {
    const told = answered.flatMap(({ option }) => (option?.fit ? [option.fit(guides[path].traits)] : []));
    const because = [...new Set(told.flatMap(({ because }) => (because ? [because] : [])))];
    return { path, points: told.reduce((sum, { points }) => sum + points, 0), because };
  });
  const openOf = (path: Path) => open.get(path) ?? 0;
  return ranked.sort((a, b) => b.points - a.points || openOf(b.path) - openOf(a.path));
}

/**
 * Whether the answers speak for staying in patient care in another way: `yes` when it is the employer, `maybe` when that is open or patients would
 * be missed. Null when nothing does.
 */
export function staying(answered: readonly Answered[]): 'yes' | 'maybe' | null {
  const said = (name: string) => answered.find(({ question }) => question.name === name)?.option?.value;
  const care = said('care');
  if (said('reason') === 'employer') return 'yes';
  return care !== 'leave' && (said('reason') === 'unsure' || care === 'keep') ? 'maybe' : null;
}

function answerOf(question: Question, value: string): Answered {
  if (value.toLowerCase() === SKIP) return { question, value, option: null };
  const option = optionsOf(question).find(one => one.value.toLowerCase() === value.toLowerCase()) ?? optionAsFilter(question, value);
  if (!option) throw filterMistake(question.name, value, [...optionsOf(question).map(one => one.value), SKIP].join(', '));
  return { question, value: option.value, option };
}

/** The option that asks of the jobs what the value would ask as a value of the same field: `cota`, `Texas`. */
function optionAsFilter(question: Question, value: string): Option | undefined {
  const options = optionsOf(question).filter(({ filter }) => filter && Object.keys(filter).length === 1);
  const fields = new Set(options.flatMap(({ filter }) => Object.keys(filter ?? {})));
  for (const field of fields) {
    if (!askable(field as FieldName, value)) continue;
    const asked = canonicalQuery(parseQuery(new URLSearchParams([[field, value]]).toString()));
    const found = options.find(({ filter }) => new URLSearchParams(filter).toString() === asked);
    if (found) return found;
  }
  return undefined;
}

function filterOf(answered: readonly Answered[]): string {
  const params = new URLSearchParams(answered.flatMap(({ option }) => Object.entries(option?.filter ?? {})));
  return canonicalQuery(parseQuery(params.toString()));
}
