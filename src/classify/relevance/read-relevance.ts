import { PATH_SLUGS, type Path, type Relevance } from '../../posting/taxonomy.ts';
import type { Evidence, PathOf, Reason } from '../classification.ts';
import { sumOf } from '../learned/trees.ts';
import { evidenceOfHit, type RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Asked } from '../requirements/asked.ts';
import { readEvidence } from './evidence.ts';
import { type Known, kindFeatures, pathFeatures } from './features.ts';
import { type LinesSaid, readLines, WORK_SAID } from './lines.ts';
import { type Model, type Together, WEIGHED, type Weights } from './model.ts';
import { reasonsOf } from './reasons.ts';
import { readWords } from './words.ts';

type RelevanceOf = {
  relevance: Relevance;
  confidence: number;
  rule: string;
  evidence: Evidence[];
  paths: PathOf[];
  reasons: Reason[];
};

const MOST_SHOWN = 4;

/**
 * Decides what kind of job a posting is and, when it is non-clinical, its paths: the sum of all evidence in log-odds, none of it a gate.
 * `hits` are those of title, department and text, and of the employer's name and field.
 */
export function readRelevance(posting: PostingReading, hits: readonly RuleHit[], model: Model, asked: Asked): RelevanceOf {
  const { weights, together } = model;
  const known: Known = {
    document: posting.document,
    evidence: readEvidence(posting, hits, asked),
    words: readWords(posting.document, model.words),
    lines: readLines(posting, model.lines),
  };
  const features = kindFeatures(known);
  const chances = chancesOf(features, weights, together);
  const relevance = mostLikely(chances);
  const paths = relevance === 'nonclinical' ? readPaths(known, weights) : [];
  return {
    relevance,
    confidence: chances[relevance],
    ...(paths[0] ?? tellDecision(relevance, known)),
    paths,
    reasons: reasonsOf(relevance, features, known, { ...weights, together }),
  };
}

/** How likely each kind of job is. */
export function chancesOf(
  features: Float64Array,
  { bias, kinds, sureness }: Pick<Weights, 'bias' | 'kinds' | 'sureness'>,
  together: Together,
): Record<Relevance, number> {
  const scores = WEIGHED.map(kind => bias[kind] + dot(kinds[kind], features) + sumOf(together[kind], features));
  const [nonclinical, clinical] = scores.map(score => Math.exp(sureness * score)) as [number, number];
  const all = nonclinical + clinical + 1;
  return { nonclinical: nonclinical / all, clinical: clinical / all, other: 1 / all };
}

/**
 * What is about as likely one of the paths as none is shown, marked to be checked. On sets left out of what judged them any bar from 0.4 to 0.55
 * does as well: a lower one finds more on boards as they come, a higher one shows fewer namesakes.
 */
const LEAST = 0.46;

function mostLikely(chances: Record<Relevance, number>): Relevance {
  if (chances.nonclinical >= Math.max(LEAST, chances.clinical)) return 'nonclinical';
  return chances.clinical >= chances.other ? 'clinical' : 'other';
}

/** The likelihood of every path, in the order of PATH_SLUGS. */
export function pathChances(features: readonly Float64Array[], weights: Float64Array): number[] {
  const scores = features.map(of => Math.exp(dot(weights, of)));
  const all = scores.reduce((sum, score) => sum + score, 0);
  return scores.map(score => score / all);
}

function readPaths(known: Known, weights: Weights): PathOf[] {
  const chances = pathChances(pathFeatures(known), weights.paths);
  const ranked = PATH_SLUGS.map((path, at) => ({ path, chance: chances[at] as number })).sort((a, b) => b.chance - a.chance);
  const first = ranked[0]?.chance ?? 0;
  return ranked.filter(({ chance }, rank) => rank === 0 || chance >= weights.further * first).map(({ path }) => toPathOf(path, known));
}

/** A title of less weight than this is one of many trades ("data analyst"), and what is done says more of the role. */
const TELLING = 5;

/** A path with the strongest rule of title or text that speaks for it, else the line that says most surely that such work is done. */
function toPathOf(path: Path, { evidence: { seat, functions }, lines }: Known): PathOf {
  const sits = seat.paths.get(path);
  const does = functions.get(path);
  const byTitle = (sits?.weight ?? 0) >= TELLING;
  const role = (byTitle ? (sits?.role ?? does?.role) : (does?.role ?? sits?.role)) ?? null;
  const rule = sits?.rule ?? does?.rules[0];
  if (!rule) return { path, role, ...sayingLine('works', lines) };
  return { path, role, rule: rule.id, evidence: evidenceList([...(sits?.hits ?? []), ...(does?.hits ?? [])]) };
}

type Decision = Pick<RelevanceOf, 'rule' | 'evidence'>;

/** The rule and the words a decision against all paths is shown with. */
function tellDecision(relevance: Relevance, { evidence: { seat, elsewhere, signals }, lines }: Known): Decision {
  if (relevance === 'other') {
    const rule = seat.other.rule ?? elsewhere.rules[0];
    return { rule: rule?.id ?? 'no-tie', evidence: evidenceList([...seat.other.hits, ...elsewhere.hits]) };
  }
  const { rules: [treats] = [], hits = [] } = signals.get('treats') ?? {};
  if (seat.clinical.rule) return { rule: seat.clinical.rule.id, evidence: evidenceList(seat.clinical.hits) };
  if (treats) return { rule: treats.id, evidence: evidenceList([...seat.professions, ...hits]) };
  return sayingLine('treats', lines);
}

/** The line that says something of the work most surely. */
function sayingLine(said: (typeof WORK_SAID)[number], { work }: LinesSaid): Decision {
  const line = work.surest[WORK_SAID.indexOf(said)];
  return { rule: `lines.${said}`, evidence: line ? [line] : [] };
}

/** The words of the first hits. Several rules find the same words, which are shown once: what is left is room for further ones. */
function evidenceList(hits: readonly RuleHit[]): Evidence[] {
  const shown: RuleHit[] = [];
  for (const hit of hits) {
    if (shown.length === MOST_SHOWN) break;
    if (!shown.some(({ field, first, last }) => field === hit.field && first <= hit.first && hit.last <= last)) shown.push(hit);
  }
  return shown.map(evidenceOfHit);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
}
