import type { Credential } from '../posting/taxonomy.ts';
import type { VerdictOf } from './classification.ts';
import type { Document } from './document.ts';
import { type Clause, type Mention, readClauses } from './mentions.ts';
import type { RuleHit } from './rules.ts';
import { decideVerdicts, emptyFindings, type Findings, note } from './verdicts.ts';

const SPELLED = { pt: ['physical', 'physiotherapist'], ot: ['occupational'], st: ['speech'] } as const;

/** The verdict on each credential with the rule and the words that decided it. `hits` are the hits of title, department and text. */
export function readEligibility(document: Document, hits: readonly RuleHit[], truncated: boolean): Record<Credential, VerdictOf> {
  const speaksOf = (profession: 'pt' | 'ot' | 'st') =>
    [document.title, document.text].some(field =>
      field.tokens.some(
        ({ word }, at) =>
          (SPELLED[profession] as readonly string[]).includes(word) &&
          /^(therap|language|patholog|and|or)/.test(field.tokens[at + 1]?.word ?? ''),
      ),
    );
  const findings = emptyFindings();
  for (const clause of readClauses(
    document.text,
    hits.filter(hit => hit.field === document.text),
    speaksOf,
  ))
    readClause(clause, findings);
  for (const clause of readClauses(
    document.title,
    hits.filter(hit => hit.field === document.title),
    speaksOf,
  ))
    readTitle(clause, findings);
  for (const hit of hits) if ('signal' in hit.rule.effect) note(findings.signals, hit.rule.effect.signal, hit);
  const asks = document.text.segments.some(
    segment => segment.kind !== 'heading' && (segment.section === 'requirements' || segment.section === 'preferred'),
  );
  const words = document.text.tokens.length;
  return decideVerdicts(findings, { truncated, asks, words });
}

function readTitle(clause: Clause, findings: Findings): void {
  for (const mention of clause.mentions) {
    for (const name of mention.names) note(mention.field ? findings.titleField : findings.titlePerson, name, mention.hit);
    if (mention.group === 'other') findings.titleOther.push(mention.hit);
    if (mention.group === 'therapist' || mention.group === 'professional') findings.titleGroup.push(mention.hit);
  }
}

type Force = 'required' | 'preferred' | 'excluded' | null;

function readClause(clause: Clause, findings: Findings): void {
  const { section, kind } = clause.segment;
  if (section === 'about' || section === 'eeo' || section === 'benefits' || section === 'pay') return;
  const forced = clause.mentions.map(mention => ({ mention, force: forceOf(clause, mention) }));
  const required = forced.filter(({ force }) => force === 'required').map(({ mention }) => mention);
  for (const { mention, force } of forced) {
    if (force === null) continue;
    if (force === 'excluded') for (const name of excludedBy(mention)) note(findings.excluded, name, mention.hit);
    else if (force === 'preferred') {
      for (const name of mention.names) note(findings.preferred, name, mention.hit);
      if (mention.group === 'therapist' || mention.group === 'professional') findings.preferredGroup.push(mention.hit);
    } else if (mention.names.length > 0) for (const name of mention.names) note(findings.named, name, mention.hit);
    else if (mention.group === 'therapist') findings.therapist.push(mention.hit);
    else if (mention.group === 'professional') findings.professional.push(mention.hit);
  }
  if (kind === 'heading') return;
  const others = required.filter(mention => mention.group === 'other');
  const held = required.some(mention => mention.names.length > 0 || mention.group === 'therapist' || mention.group === 'professional');
  const related = clause.cues.some(cue => cue.cue === 'related');
  if (others.length > 0 && !held && !related) findings.other.push((others[0] as Mention).hit);
  const degree = required.find(mention => mention.group === 'other-degree');
  if (degree && !held && !related) findings.otherDegree.push(degree.hit);
  if (required.some(mention => mention.names.length > 0)) readFallbacks(clause, required, findings);
}

/** What else a list of credentials lets in: a neighbouring licence, a related field, or years of other work. */
function readFallbacks(clause: Clause, required: readonly Mention[], findings: Findings): void {
  const from = Math.min(...required.map(mention => mention.first));
  const cue = (name: string) => clause.cues.find(({ cue: kind }) => kind === name);
  const related = cue('related');
  const equivalent = cue('equivalent');
  const hit = (required[0] as Mention).hit;
  if (related || hasLayAlternative(clause, required)) findings.elseOpen.push(hit);
  else if (equivalent && equivalent.last > from) findings.elseImplied.push(hit);
  else if (cue('license') || cue('degree')) findings.strict.push(hit);
}

/** "... or 3+ years in the equipment business": an alternative that asks for years and no credential. */
function hasLayAlternative({ text, first, last }: Clause, required: readonly Mention[]): boolean {
  let from = first;
  const parts: [number, number][] = [];
  for (let at = first; at < last; at++) {
    const token = text.tokens[at];
    const next = text.tokens[at + 1]?.word ?? '';
    if (token?.word !== 'or' || !/^(\d|two|three|four|five|a|an|equivalent|at|minimum|prior|experience)/.test(next)) continue;
    parts.push([from, at]);
    from = at + 1;
  }
  parts.push([from, last]);
  if (parts.length < 2) return false;
  return parts.some(([start, end]) => {
    const words = text.tokens.slice(start, end).map(token => token.word);
    const years = words.includes('year') || words.includes('yr') || words.includes('experience');
    const credential = required.some(mention => mention.first >= start && mention.last <= end);
    return years && !credential && !words.includes('license') && !words.includes('licensed');
  });
}

function excludedBy(mention: Mention): readonly Credential[] {
  if (mention.names.length > 0) return mention.names;
  return mention.group === 'therapist' ? ['OT', 'PT', 'SLP'] : [];
}

const NEAR = 9;

/** Most words between two members of one list: "a licensed physical therapist or a registered nurse". */
const LIST_GAP = 3;

/** The list a mention stands in, from its first member to its last. */
function listAround({ mentions }: Clause, mention: Mention): { first: number; last: number } {
  let { first, last } = mention;
  for (const other of [...mentions].reverse()) if (other.first < first && first - other.last <= LIST_GAP) first = other.first;
  for (const other of mentions) if (other.last > last && other.first - last <= LIST_GAP) last = other.last;
  return { first, last };
}

/** What the clause does with one mention: demands it, likes it, shuts it out, or nothing. */
function forceOf(clause: Clause, mention: Mention): Force {
  const { section, kind } = clause.segment;
  const cues = clause.cues.filter(
    ({ first, last }) =>
      last <= mention.first ||
      first >= mention.last ||
      (first <= mention.first && last >= mention.last) ||
      (first >= mention.first && last <= mention.last),
  );
  const list = listAround(clause, mention);
  const near = (name: string, reach = NEAR) => cues.some(({ cue, first, last }) => cue === name && first - list.last < reach && list.first - last < reach);
  if (near('excluded', 20)) return excludes(clause, mention) ? 'excluded' : null;
  if (mention.group === 'other-degree')
    return preferredHere(clause, mention) ? 'preferred' : section === 'requirements' ? 'required' : null;
  if (kind === 'heading' && section !== 'requirements') return null;
  const bound = near('license') || near('degree') || near('background');
  if (isScope(clause, mention)) return null;
  if (followedByBusiness(clause, mention)) return null;
  const asking = section === 'requirements' || section === 'preferred';
  if (mention.field && !bound) return null;
  const first = list.first - clause.first <= 8;
  if (asking && !bound && !first && !near('required') && !near('hiring') && mention.group !== 'professional' && mention.group !== 'therapist') return null;
  if (mention.group !== null && mention.group !== 'other' && asking) return preferredHere(clause, mention) ? 'preferred' : 'required';
  if (!asking) {
    const wanted = near('hiring', 12) || near('required', 12);
    const licensed = near('license', 6);
    if (!(wanted && (bound || !mention.field)) && !licensed) return null;
    if (section === 'duties' && !licensed && !near('required', 6)) return null;
  }
  return preferredHere(clause, mention) ? 'preferred' : 'required';
}

/** Whether a phrase of exclusion in the clause speaks of this mention: the phrase follows it, or comes right before it. */
function excludes(clause: Clause, mention: Mention): boolean {
  return clause.cues.some(({ cue, first, last }) => cue === 'excluded' && (first >= mention.last || mention.first - last <= 6));
}

/** Whether the mention is only liked: the first word of demand or liking after it, else before it, is one of liking. */
function preferredHere(clause: Clause, mention: Mention): boolean {
  const telling = clause.cues.filter(({ cue }) => cue === 'required' || cue === 'preferred');
  const after = telling.filter(({ first }) => first >= mention.last).sort((a, b) => a.first - b.first)[0];
  const before = telling.filter(({ last }) => last <= mention.first).sort((a, b) => b.last - a.last)[0];
  if (after?.cue === 'preferred' && !(before?.cue === 'required' && after.first - mention.last > 6)) return true;
  if (after?.cue === 'required') return false;
  if (before?.cue === 'preferred' && mention.first - before.last <= 3) return true;
  return clause.segment.section === 'preferred' && before?.cue !== 'required';
}

/** Whether the mention speaks of colleagues, clients or services: a word of scope comes before it and no licence, degree or demand in between. */
function isScope(clause: Clause, mention: Mention): boolean {
  const before = clause.cues.filter(({ last }) => last <= mention.first);
  const scope = before.filter(({ cue }) => cue === 'scope').sort((a, b) => b.last - a.last)[0];
  if (!scope) return false;
  const between = before.some(
    ({ cue, first }) => first >= scope.last && (cue === 'license' || cue === 'degree' || cue === 'background' || cue === 'hiring'),
  );
  if (between) return false;
  const tied = clause.cues.some(
    ({ cue, first, last }) =>
      (cue === 'license' || cue === 'degree') &&
      ((first - mention.last <= 2 && first >= mention.last) || (mention.first - last <= 2 && last <= mention.first)),
  );
  return !tied && mention.first - scope.last <= 12;
}

/** "physical therapy billing", "OT students": the profession is a field of business here. */
function followedByBusiness(clause: Clause, mention: Mention): boolean {
  if (mention.names.length === 0) return false;
  const after = clause.cues.find(
    ({ cue, first, last }) => cue === 'scope-after' && first <= mention.first && last > mention.last && last - mention.last <= 3,
  );
  if (!after) return false;
  return !clause.cues.some(({ cue, last }) => cue === 'degree' && last <= mention.first && mention.first - last <= 6);
}
