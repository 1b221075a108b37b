import { CREDENTIALS, type Credential, type Verdict } from '../posting/taxonomy.ts';
import type { VerdictOf } from './classification.ts';
import { evidenceOf } from './document.ts';
import type { Signal } from './rule.ts';
import type { RuleHit } from './rules.ts';

/** What the title and the sentences of a posting say about who may apply, before anything is decided. */
export type Findings = {
  named: Map<Credential, RuleHit[]>;
  preferred: Map<Credential, RuleHit[]>;
  excluded: Map<Credential, RuleHit[]>;
  titlePerson: Map<Credential, RuleHit[]>;
  titleField: Map<Credential, RuleHit[]>;
  signals: Map<Signal, RuleHit[]>;
  titleOther: RuleHit[];
  /** The title names its professions in brackets after a word for all of them. */
  titleAmong: boolean;
  therapist: RuleHit[];
  professional: RuleHit[];
  assistant: RuleHit[];
  /** Certification by the occupational therapists' board, without a word for whom. */
  board: RuleHit[];
  preferredGroup: RuleHit[];
  other: RuleHit[];
  otherDegree: RuleHit[];
  /** A degree in other fields that the list leaves open. */
  openDegree: RuleHit[];
  elseOpen: RuleHit[];
  elseImplied: RuleHit[];
  /** Credentials demanded by licence or degree with no way around. */
  strict: RuleHit[];
  /** Members of a list that a cut text breaks off. */
  cutList: RuleHit[];
};

export function emptyFindings(): Findings {
  return {
    named: new Map(),
    preferred: new Map(),
    excluded: new Map(),
    titlePerson: new Map(),
    titleField: new Map(),
    signals: new Map(),
    titleOther: [],
    titleAmong: false,
    therapist: [],
    professional: [],
    assistant: [],
    board: [],
    preferredGroup: [],
    other: [],
    otherDegree: [],
    openDegree: [],
    elseOpen: [],
    elseImplied: [],
    strict: [],
    cutList: [],
  };
}

/** Adds a hit to the list under a key. */
export function note<K>(map: Map<K, RuleHit[]>, key: K, hit: RuleHit): void {
  const list = map.get(key);
  if (list) list.push(hit);
  else map.set(key, [hit]);
}

/** How much of the posting there is: `words` is the length of its body. */
export type Extent = { truncated: boolean; words: number };

type Decision = { verdict: Verdict; rule: string; hits: readonly RuleHit[] };

const ASSISTANTS: readonly Credential[] = ['OTA', 'PTA'];
/** A body shorter than this that asks for nothing says nothing about who may apply. */
const TEASER_WORDS = 25;

/** Decides the verdict on every credential. The order of the cases is the precedence docs/rules.md states. */
export function decideVerdicts(findings: Findings, extent: Extent): Record<Credential, VerdictOf> {
  const verdicts = CREDENTIALS.map(credential => [credential, toVerdict(decide(credential, findings, extent))] as const);
  return Object.fromEntries(verdicts) as Record<Credential, VerdictOf>;
}

function toVerdict({ verdict, rule, hits }: Decision): VerdictOf {
  return {
    verdict,
    rule: hits[0] ? `${rule}:${hits[0].rule.id}` : rule,
    evidence: hits.slice(0, 4).map(hit => evidenceOf(hit.field, hit.first, hit.last)),
  };
}

function decide(credential: Credential, findings: Findings, extent: Extent): Decision {
  const contradiction = findings.signals.get('contradiction');
  if (contradiction) return { verdict: 'unknown', rule: 'contradiction', hits: contradiction };
  const denied = findings.signals.get('no-license')?.filter(speaksOfLicense);
  if (denied?.length && findings.strict.length > 0)
    return { verdict: 'unknown', rule: 'contradiction', hits: [...denied, ...findings.strict] };
  const excluded = findings.excluded.get(credential);
  if (excluded) return { verdict: 'barred', rule: 'excluded', hits: excluded };
  const nurse = findings.titlePerson.size === 0 && findings.titleOther.length > 0 && findings.other.length > 0;
  if (nurse) return { verdict: 'barred', rule: 'other-license-title', hits: [...findings.titleOther, ...findings.other] };
  if (findings.named.size > 0) return decideNamed(credential, findings);
  const assistant = ASSISTANTS.includes(credential);
  if (findings.board.length > 0 && findings.titlePerson.size === 0)
    return { verdict: credential === 'OT' ? 'named' : 'barred', rule: 'board', hits: findings.board };
  if (findings.professional.length > 0) return { verdict: 'implied', rule: 'professional', hits: findings.professional };
  if (assistant && findings.assistant.length > 0) return { verdict: 'implied', rule: 'assistant', hits: findings.assistant };
  if (findings.therapist.length > 0) return { verdict: assistant ? 'barred' : 'implied', rule: 'therapist', hits: findings.therapist };
  if (findings.assistant.length > 0) return { verdict: 'barred', rule: 'assistant', hits: findings.assistant };
  if (findings.titlePerson.size > 0) return decideTitle(credential, findings, extent);
  const none = findings.signals.get('no-license');
  if (findings.other.length > 0 && !none) return { verdict: 'barred', rule: 'other-license', hits: findings.other };
  if (findings.titleOther.length > 0) return { verdict: 'barred', rule: 'other-license-title', hits: findings.titleOther };
  if (findings.otherDegree.length > 0) return { verdict: 'barred', rule: 'other-degree', hits: findings.otherDegree };
  if (findings.titleField.size > 0) return decideTitle(credential, findings, extent);
  const preferred = findings.preferred.get(credential) ?? findings.preferredGroup;
  if (preferred.length > 0) return { verdict: 'preferred', rule: 'preferred', hits: preferred };
  return decideSilent(findings, extent);
}

function speaksOfLicense({ field, first, last }: RuleHit): boolean {
  return field.tokens.slice(first, last).some(({ word }) => word.startsWith('licens'));
}

function decideNamed(credential: Credential, findings: Findings): Decision {
  const named = findings.named.get(credential);
  if (named) return { verdict: 'named', rule: 'named', hits: named };
  const list = [...findings.named.values()].flat();
  if (findings.professional.length > 0) return { verdict: 'implied', rule: 'professional', hits: findings.professional };
  const strict = findings.strict.length > 0;
  if (!strict && findings.elseOpen.length > 0) return { verdict: 'open', rule: 'alternative', hits: findings.elseOpen };
  if (!strict && findings.elseImplied.length > 0) return { verdict: 'implied', rule: 'comparable', hits: findings.elseImplied };
  if (findings.therapist.length > 0 && !ASSISTANTS.includes(credential))
    return { verdict: 'implied', rule: 'therapist', hits: findings.therapist };
  if (findings.cutList.length > 0) return { verdict: 'unknown', rule: 'cut-off', hits: findings.cutList };
  return { verdict: 'barred', rule: 'not-listed', hits: list };
}

function decideTitle(credential: Credential, findings: Findings, extent: Extent): Decision {
  const person = findings.titlePerson.get(credential);
  const field = findings.titleField.get(credential);
  const hits = person ?? field;
  if (hits) return { verdict: 'named', rule: 'title', hits };
  const silent = extent.truncated || findings.signals.has('deferred') || !findings.signals.has('asks');
  const persons = [...findings.titlePerson.values()].flat();
  if (persons.length > 0) return { verdict: silent && findings.titleAmong ? 'unknown' : 'barred', rule: 'title', hits: persons };
  return { verdict: silent ? 'unknown' : 'barred', rule: 'title-field', hits: [...findings.titleField.values()].flat() };
}

function decideSilent(findings: Findings, extent: Extent): Decision {
  const none = findings.signals.get('no-license');
  if (none) return { verdict: 'open', rule: 'no-license', hits: none };
  const deferred = findings.signals.get('deferred');
  if (deferred) return { verdict: 'unknown', rule: 'deferred', hits: deferred };
  if (findings.openDegree.length > 0) return { verdict: 'open', rule: 'open-degree', hits: findings.openDegree };
  if (extent.truncated) return { verdict: 'unknown', rule: 'teaser', hits: [] };
  if (!findings.signals.has('asks') && extent.words < TEASER_WORDS) return { verdict: 'unknown', rule: 'teaser', hits: [] };
  return { verdict: 'open', rule: 'nothing-demanded', hits: [] };
}
