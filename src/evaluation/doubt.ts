import type { ClassifierInput, Evidence } from '../classify/classification.ts';
import { isVerdictUnsure, type SaidVerdict } from '../posting/sureness.ts';
import { CREDENTIALS, type Credential, type Path, type Relevance } from '../posting/taxonomy.ts';
import type { Guesser } from './case.ts';

/** An answer about a posting with the words it rests on. */
export type Told = {
  relevance: Relevance;
  confidence: number;
  path: Path | null;
  evidence: readonly Evidence[];
  verdicts: Record<Credential, SaidVerdict & { evidence: readonly Evidence[] }> | null;
};

/**
 * Why an answer may be wrong, in one sentence. What came second is found by reading the posting again without the deciding words, so
 * it can be told of any classifier that names its words.
 */
export function doubtOf(told: Told, input: ClassifierInput, guesser: Guesser): string {
  const answer = `${named(told.relevance, told.path)}, ${Math.round(told.confidence * 100)} % sure`;
  if (told.evidence.length === 0) return `${answer}: no words in it speak for this.`;
  const words = quoted(told.evidence);
  const without = guesser(masked(input, told.evidence));
  const second = named(without.relevance, without.paths[0]?.path ?? null);
  const unsure = leastSure(told);
  if (second !== named(told.relevance, told.path))
    return `${answer}: without ${words} it would be ${second}${unsure ? `; ${unsure}` : ''}.`;
  const verdict = unsure ?? thinnest(told);
  return verdict ? `${answer}, also without ${words}; ${verdict}.` : `${answer}, also without ${words}.`;
}

function named(relevance: Relevance, path: Path | null): string {
  return path ? `${relevance} (${path})` : relevance;
}

/** The verdict that is told with doubt, the least sure of them. */
function leastSure({ verdicts }: Told): string | null {
  if (!verdicts) return null;
  const unsure = CREDENTIALS.filter(credential => isVerdictUnsure(verdicts[credential]));
  const [first] = unsure.sort((a, b) => (verdicts[a].confidence ?? 1) - (verdicts[b].confidence ?? 1));
  if (!first) return null;
  const { verdict, confidence, evidence } = verdicts[first];
  return `${first} is ${verdict}, ${Math.round((confidence ?? 1) * 100)} % sure${evidence.length > 0 ? `, by ${quoted(evidence)}` : ''}`;
}

/** The verdict with the fewest words behind it. */
function thinnest({ verdicts }: Told): string | null {
  if (!verdicts) return null;
  if (CREDENTIALS.every(credential => verdicts[credential].verdict === 'unknown')) return 'who may apply is not told';
  const [first] = [...CREDENTIALS].sort((a, b) => verdicts[a].evidence.length - verdicts[b].evidence.length);
  if (!first) return null;
  const { verdict, evidence } = verdicts[first];
  return `${first} is ${verdict} by ${evidence.length === 0 ? 'no words at all' : `${quoted(evidence)} alone`}`;
}

function quoted(evidence: readonly Evidence[]): string {
  const words = [...new Set(evidence.map(({ text }) => text.replaceAll(/\s+/g, ' ')))].slice(0, 3);
  return words.map(text => `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`).join(' and ');
}

/** The posting with some of its words blank; all others stay where they are. */
function masked(input: ClassifierInput, evidence: readonly Evidence[]): ClassifierInput {
  const blank = (field: Evidence['field'], value: string): string =>
    evidence
      .filter(item => item.field === field)
      .reduce((text, { start, end }) => text.slice(0, start) + ' '.repeat(Math.max(0, end - start)) + text.slice(end), value);
  return {
    ...input,
    title: blank('title', input.title),
    text: blank('text', input.text),
    ...(input.location ? { location: blank('location', input.location) } : {}),
    ...(input.department ? { department: blank('department', input.department) } : {}),
  };
}
