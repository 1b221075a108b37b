import type { Path, Relevance } from '../posting/taxonomy.ts';
import type { Evidence, PathOf } from './classification.ts';
import { evidenceOf } from './document.ts';
import type { Effect, Rule, Signal } from './rule.ts';
import type { RuleHit } from './rules.ts';

type PathEffect = Extract<Effect, { path: string }>;

export type RelevanceOf = { relevance: Relevance; confidence: number; rule: string; evidence: Evidence[]; paths: PathOf[] };

/** A generic title ("recruiter", "product manager") counts only where the signal it needs reaches this. */
const ENOUGH: Record<NonNullable<PathEffect['needs']>, { signal: Signal; least: number }> = {
  link: { signal: 'link', least: 2 },
  'strong-link': { signal: 'link', least: 4 },
  rehab: { signal: 'rehab', least: 2 },
  clinicians: { signal: 'clinicians', least: 3 },
  vendor: { signal: 'vendor', least: 1 },
};
const MOST_FROM_TEXT = 6;
const MOST_FROM_TREATING = 6;
/** Duties alone, under a title nobody knows, make a posting non-clinical from here on. */
const TEXT_ALONE = 4;
const TEXT_ALONE_SHARE = 0.95;
/** A therapist's title over a text that treats nobody. */
const UNSUPPORTED = 0.6;
const LETTERS = 5;
const FURTHER_PATH_SHARE = 0.6;

type Kind = { score: number; rule: string; hits: RuleHit[] };
type Scored = {
  path: Path;
  score: number;
  title: number;
  strongest: number;
  caseload: boolean;
  role: string | null;
  rule: string;
  hits: RuleHit[];
};

/** Decides what kind of job a posting is and, when it is non-clinical, its paths. `hits` are those of title, department and text, `employer` those of the company's name. */
export function readRelevance(found: readonly RuleHit[], employer: readonly RuleHit[] = []): RelevanceOf {
  const hits = withoutProfessions(found);
  const signals = readSignals(groupByRule([...hits, ...employer]));
  if (namesOtherIndustry(hits)) for (const signal of TIES) signals.set(signal, (signals.get(signal) ?? 0) / ELSEWHERE);
  const byRule = groupByRule(unbound(hits, signals));
  const paths = scorePaths(byRule, signals);
  const treats = (signals.get('no-treating') ?? 0) > 0 ? 0 : Math.min(MOST_FROM_TREATING, signals.get('treats') ?? 0);
  const clinical = withLetters(scoreKind(byRule, 'clinical'), hits, treats);
  const other = scoreKind(treats > 0 ? inTitles(byRule) : byRule, 'other');
  const primary = paths[0];
  const clinicalScore = clinical.score > 0 || other.score === 0 ? clinicalStrength(clinical.score, treats, signals) : 0;
  const nonclinicalScore = primary ? primary.score : 0;
  const excused = primary?.caseload === true && primary.title >= 8;
  const best = Math.max(nonclinicalScore, clinicalScore, other.score);
  const confidence = best === 0 ? 0.5 : best / (best + secondOf([nonclinicalScore, excused ? 0 : clinicalScore, other.score]));
  if (primary && primary.score >= other.score && (excused || primary.score >= clinicalScore)) {
    const kept = paths.filter(({ score }, rank) => rank === 0 || score >= FURTHER_PATH_SHARE * primary.score);
    return { relevance: 'nonclinical', confidence, rule: primary.rule, evidence: evidenceList(primary.hits), paths: kept.map(toPathOf) };
  }
  if (clinicalScore >= other.score && clinicalScore > 0) {
    const treating =
      clinical.hits.length > 0 ? clinical : { rule: 'clinical.text.treats', hits: hits.filter(hit => isSignal(hit, 'treats')) };
    return { relevance: 'clinical', confidence, rule: treating.rule, evidence: evidenceList(treating.hits), paths: [] };
  }
  return { relevance: 'other', confidence, rule: other.rule || 'no-tie', evidence: evidenceList(other.hits), paths: [] };
}

/** A title that names a profession only by its letters ("Pelvic Health PT") is a treating one where the text treats. */
function withLetters(clinical: Kind, hits: readonly RuleHit[], treats: number): Kind {
  if (clinical.score > 0 || treats === 0) return clinical;
  const letters = hits.filter(({ rule, field }) => field.name === 'title' && 'names' in rule.effect && !rule.effect.field);
  return letters[0] ? { score: LETTERS, rule: letters[0].rule.id, hits: letters } : clinical;
}

/** The rules found in title or department only: what a treating job's text says of telephones or doors makes it no other job. */
function inTitles(byRule: ReadonlyMap<Rule, RuleHit[]>): Map<Rule, RuleHit[]> {
  return new Map([...byRule].filter(([, hits]) => hits.some(({ field }) => field.name !== 'text')));
}

/** Ties to the field that weigh less under a title of another industry: "Implementation Manager, Payroll Software" whose customers are hospitals. */
const ELSEWHERE = 3;
const TIES: readonly Signal[] = ['link', 'rehab', 'clinicians'];

function namesOtherIndustry(hits: readonly RuleHit[]): boolean {
  const titled = hits.filter(({ field }) => field.name === 'title');
  return titled.some(hit => isSignal(hit, 'industry')) && !titled.some(hit => TIES.some(tie => isSignal(hit, tie)));
}

function clinicalStrength(title: number, treats: number, signals: ReadonlyMap<Signal, number>): number {
  if ((signals.get('no-treating') ?? 0) > 0) return title / 2;
  if (title > 0) return treats > 0 ? title + treats * (treats > 1 ? 1.5 : 1) : title * UNSUPPORTED;
  return treats >= 3 ? treats + 2 : 0;
}

function secondOf(scores: readonly number[]): number {
  return [...scores].sort((a, b) => b - a)[1] ?? 0;
}

/** Leaves out words of other trades that end in one of the professions: "mental health (occupational) therapist". */
function withoutProfessions(hits: readonly RuleHit[]): RuleHit[] {
  const titled = hits.filter(({ rule, field }) => field.name === 'title' && 'names' in rule.effect);
  if (titled.length === 0) return [...hits];
  return hits.filter(
    ({ rule, field, first, last }) =>
      field.name !== 'title' ||
      !('other' in rule.effect) ||
      !titled.some(name => first < name.first && name.first < last && last <= name.last),
  );
}

/**
 * Leaves out title rules that begin inside the bound words of another path's rule: "manager, rehab" in "product manager, rehab", and
 * "manager, surgery" of a department in "account manager, surgery".
 */
function unbound(hits: readonly RuleHit[], signals: ReadonlyMap<Signal, number>): RuleHit[] {
  const binding = hits.filter(
    ({ rule: { effect }, field }) => field.name === 'title' && 'path' in effect && effect.binds && isEnough(effect, signals),
  );
  if (binding.length === 0) return [...hits];
  return hits.filter(hit => {
    const { effect } = hit.rule;
    if (hit.field.name !== 'title') return true;
    if ('other' in effect) return !binding.some(by => by.first < hit.first && hit.first < by.last && by.last < hit.last);
    if (!('path' in effect)) return true;
    return !binding.some(
      by =>
        by.first <= hit.first &&
        hit.first < by.last &&
        by.last < hit.last &&
        'path' in by.rule.effect &&
        by.rule.effect.path !== effect.path,
    );
  });
}

function groupByRule(hits: readonly RuleHit[]): Map<Rule, RuleHit[]> {
  const grouped = new Map<Rule, RuleHit[]>();
  for (const hit of hits) {
    const list = grouped.get(hit.rule);
    if (list) list.push(hit);
    else grouped.set(hit.rule, [hit]);
  }
  // By id, so that nothing hangs on the order in which rules or files are written.
  return new Map([...grouped].sort(([a], [b]) => (a.id < b.id ? -1 : 1)));
}

function isSignal(hit: RuleHit, signal: Signal): boolean {
  return 'signal' in hit.rule.effect && hit.rule.effect.signal === signal;
}

function readSignals(byRule: ReadonlyMap<Rule, RuleHit[]>): Map<Signal, number> {
  const signals = new Map<Signal, number>();
  for (const [{ effect }, hits] of byRule) {
    if (!('signal' in effect)) continue;
    signals.set(effect.signal, (signals.get(effect.signal) ?? 0) + effect.weight * Math.min(3, spots(hits)));
  }
  return signals;
}

/** How many places a rule was found in; phrases that overlap are one place. */
function spots(hits: readonly RuleHit[]): number {
  const ends = new Map<string, number>();
  let count = 0;
  for (const { field, first, last } of [...hits].sort((a, b) => a.first - b.first)) {
    if (first >= (ends.get(field.name) ?? -1)) count++;
    ends.set(field.name, Math.max(last, ends.get(field.name) ?? 0));
  }
  return count;
}

function scorePaths(byRule: ReadonlyMap<Rule, RuleHit[]>, signals: ReadonlyMap<Signal, number>): Scored[] {
  const scored = new Map<Path, Scored>();
  const fromText = new Map<Path, number>();
  for (const [rule, hits] of byRule) {
    const { effect } = rule;
    if (!('path' in effect) || !isEnough(effect, signals)) continue;
    const path = effect.path as Path;
    const now = scored.get(path) ?? { path, score: 0, title: 0, strongest: 0, caseload: false, role: null, rule: '', hits: [] };
    scored.set(path, now);
    const inTitle = hits.some(hit => hit.field.name === 'title' || hit.field.name === 'department');
    if (inTitle) takeTitle(now, rule, effect);
    else fromText.set(path, (fromText.get(path) ?? 0) + effect.weight * Math.min(4, spots(hits)));
    if (!inTitle && now.title === 0) {
      now.role ??= effect.role ?? null;
      now.rule ||= rule.id;
    }
    now.hits.push(...hits);
  }
  for (const now of scored.values()) {
    const text = Math.min(MOST_FROM_TEXT, fromText.get(now.path) ?? 0);
    const linked = (signals.get('link') ?? 0) >= ENOUGH['strong-link'].least;
    now.score = now.title > 0 ? now.title + text : linked && text >= TEXT_ALONE ? text * TEXT_ALONE_SHARE : 0;
    now.hits.sort((a, b) => Number(b.field.name === 'title') - Number(a.field.name === 'title'));
  }
  return [...scored.values()].filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

/** A title rule: the strongest one gives role and rule; each further one adds a little. */
function takeTitle(now: Scored, rule: Rule, effect: PathEffect): void {
  const stronger = effect.weight > now.strongest;
  now.title = stronger ? effect.weight + Math.min(2, now.strongest / 4) : now.title + Math.min(2, effect.weight / 4);
  now.caseload ||= effect.caseload === true;
  if (stronger) {
    now.strongest = effect.weight;
    now.rule = rule.id;
    now.role = effect.role ?? now.role;
  } else now.role ??= effect.role ?? null;
}

function isEnough(effect: PathEffect, signals: ReadonlyMap<Signal, number>): boolean {
  if (!effect.needs) return true;
  const { signal, least } = ENOUGH[effect.needs];
  return (signals.get(signal) ?? 0) >= least;
}

function scoreKind(byRule: ReadonlyMap<Rule, RuleHit[]>, kind: 'clinical' | 'other'): Kind {
  let best = 0;
  let sum = 0;
  let rule = '';
  let found: RuleHit[] = [];
  for (const [candidate, hits] of byRule) {
    const weight = kind in candidate.effect ? (candidate.effect as Record<string, number>)[kind] : undefined;
    if (weight === undefined) continue;
    sum += weight;
    if (weight > best) {
      best = weight;
      rule = candidate.id;
      found = hits;
    }
  }
  return { score: kind === 'other' ? best + (sum - best) / 2 : best, rule, hits: found };
}

function toPathOf({ path, role, rule, hits }: Scored): PathOf {
  return { path, role, rule, evidence: evidenceList(hits) };
}

function evidenceList(hits: readonly RuleHit[]): Evidence[] {
  return hits.slice(0, 4).map(hit => evidenceOf(hit.field, hit.first, hit.last));
}
