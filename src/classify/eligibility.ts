import type { Credential, Path } from '../posting/taxonomy.ts';
import type { VerdictOf } from './classification.ts';
import { forceOf } from './demand.ts';
import type { Document, Field, Segment } from './document.ts';
import { SEP, type Token } from './lexer.ts';
import { type Clause, type Mention, readClauses } from './mentions.ts';
import type { RuleHit } from './rules.ts';
import { speaker } from './senses.ts';
import { decideVerdicts, emptyFindings, type Findings, note } from './verdicts.ts';

/** The verdict on each credential with the rule and the words that decided it. `hits` are the hits of title, department and text. */
export function readEligibility(
  document: Document,
  hits: readonly RuleHit[],
  truncated: boolean,
  path: Path | null,
): Record<Credential, VerdictOf> {
  const speaksOf = speaker([document.title, document.text]);
  const clausesOf = (field: Field) =>
    readClauses(
      field,
      hits.filter(hit => hit.field === field),
      speaksOf,
    );
  const findings = emptyFindings();
  const signals = hits.filter(hit => 'signal' in hit.rule.effect);
  for (const hit of signals) if ('signal' in hit.rule.effect) note(findings.signals, hit.rule.effect.signal, hit);
  const denied = findings.signals.get('no-license') ?? [];
  for (const clause of clausesOf(document.text)) readClause(clause, denied, path, findings);
  for (const clause of clausesOf(document.title)) readTitle(clause, path, findings);
  readAlternatives(document.text, findings);
  if (truncated) openCutList(document.text, findings);
  return decideVerdicts(findings, { truncated, words: document.text.tokens.length });
}

/** A cut text bars nobody by a list that it breaks off: "RN, LPN", "PT or OT license, or", "a degree in nursing, public health". */
function openCutList({ raw, tokens, segments }: Field, findings: Findings): void {
  const last = segments[segments.length - 1];
  const end = tokens[tokens.length - 1];
  if (!last || !end || /[.!?]["')\]]*\s*$/.test(raw.slice(end.end)) !== /\.\.\s*$/.test(raw.slice(end.end))) return;
  const inLast = (hits: readonly RuleHit[]) => hits.filter(({ segment }) => segment === last);
  const elsewhere = ({ segment }: RuleHit) => segment !== last;
  if (!findings.otherDegree.every(elsewhere)) findings.other = findings.other.filter(elsewhere);
  findings.otherDegree = findings.otherDegree.filter(elsewhere);
  const named = inLast([...findings.named.values()].flat());
  const members = [...named, ...inLast(findings.other)];
  const listEnd = Math.max(...members.map(hit => hit.last));
  const open =
    ['or', 'and', 'a', 'an'].includes(end.word) || /^[,/(]/.test(raw.slice(end.end)) || (members.length > 1 && listEnd === tokens.length);
  if (members.length === 0 || !open || tokens.length - listEnd > CUT_REACH) return;
  findings.other = findings.other.filter(elsewhere);
  findings.cutList.push(...named);
}

/** Words between the last member of a list and the place where the text breaks off: "PT or OT license, or". */
const CUT_REACH = 4;

/**
 * Items joined by "or" are alternatives: one that asks for years of other work and names nobody opens the job to everybody.
 * "(1) an OT or PT license; or (2) two years of equipment sales".
 */
function readAlternatives(field: Field, findings: Findings): void {
  const hits = [...findings.named.values()].flat();
  const naming = new Set(hits.map(hit => hit.segment));
  const letting = new Set([...naming, ...[findings.professional, findings.therapist, findings.assistant].flat().map(hit => hit.segment)]);
  const open = (segment: Segment) => {
    const hit = hits.find(({ segment: own }) => own === segment);
    if (!hit) return;
    findings.elseOpen.push(hit);
    findings.strict = findings.strict.filter(({ segment: own }) => own !== segment);
  };
  for (const [index, segment] of field.segments.entries()) {
    if (!naming.has(segment)) continue;
    const after = field.segments[index + 1];
    const before = field.segments[index - 1];
    const joinsAfter = after && (word(field, segment.last - 1) === 'or' || word(field, after.first) === 'or');
    const joinsBefore = before && (word(field, before.last - 1) === 'or' || word(field, segment.first) === 'or');
    const items = [joinsAfter ? after : undefined, joinsBefore ? before : undefined];
    if (items.some(item => item && !letting.has(item) && asksForYears(field, item)) || hasLayPart(field, segment, hits)) open(segment);
  }
}

/** "a therapy licence; a design degree; or two years in an ADA office": a part between semicolons that asks for something else. */
function hasLayPart(field: Field, segment: Segment, hits: readonly RuleHit[]): boolean {
  const cuts = [segment.first];
  for (let at = segment.first + 1; at < segment.last; at++) if (((field.tokens[at]?.sep ?? 0) & SEP.semicolon) !== 0) cuts.push(at);
  if (cuts.length < 2 || !cuts.some(at => word(field, at) === 'or')) return false;
  const parts = cuts.map((first, index) => ({ first, last: cuts[index + 1] ?? segment.last }));
  return parts.some(
    part => !hits.some(hit => hit.field === field && hit.first >= part.first && hit.last <= part.last) && asksForYears(field, part),
  );
}

const word = (field: Field, at: number): string => field.tokens[at]?.word ?? '';

function asksForYears({ tokens }: Field, { first, last }: { first: number; last: number }): boolean {
  return tokens.slice(first, last).some(token => token.word === 'year' || token.word === 'experience');
}

/** Paths whose titles name the field they teach, lead or judge; elsewhere ("Copywriter, Physical Therapy Websites") it is the subject. */
const FIELD_PATHS: readonly Path[] = [
  'education',
  'management',
  'research',
  'home-safety',
  'assistive-technology',
  'ergonomics',
  'utilization-review',
  'care-coordination',
  'rehab-liaison',
];

/** Letters that begin a title name what is worked on ("PT/OT Coder"); set apart, or spelled out, they name the person. */
function standsApart({ text }: Clause, { first, hit }: Mention): boolean {
  if (!hit.rule.id.startsWith('credential.letters')) return true;
  for (let at = first; at > 0; at--) {
    const { sep } = text.tokens[at] as Token;
    if ((sep & (SEP.open | SEP.dash | SEP.comma | SEP.colon)) !== 0) return true;
  }
  return false;
}

/** "Therapist (PT/OT)": letters in brackets after a word for all of them. */
function isAmong({ text }: Clause, { first, hit }: Mention): boolean {
  if (!hit.rule.id.startsWith('credential.letters') && !hit.rule.id.startsWith('credential.slp')) return false;
  let at = first;
  while (at > 0 && ((text.tokens[at] as Token).sep & SEP.open) === 0) at--;
  return ['therapist', 'clinician', 'professional'].includes(text.tokens[at - 1]?.word ?? '');
}

function readTitle(clause: Clause, path: Path | null, findings: Findings): void {
  if (path === 'recruiting') return;
  findings.titleAmong = clause.mentions.filter(mention => mention.names.length > 0).every(mention => isAmong(clause, mention));
  for (const mention of clause.mentions) {
    const counts = path === null || FIELD_PATHS.includes(path) || (!mention.field && standsApart(clause, mention));
    if (counts) for (const name of mention.names) note(mention.field ? findings.titleField : findings.titlePerson, name, mention.hit);
    if (mention.group === 'other') findings.titleOther.push(mention.hit);
  }
}

function readClause(clause: Clause, denied: readonly RuleHit[], path: Path | null, findings: Findings): void {
  const { section } = clause.segment;
  if (section === 'about' || section === 'eeo' || section === 'benefits' || section === 'pay') return;
  const asking = section === 'requirements' || section === 'preferred';
  const meant = clause.mentions.filter(mention => !denied.some(hit => hit.first <= mention.first && mention.last <= hit.last));
  const forced = meant.map(mention => ({ mention, force: forceOf(clause, mention) }));
  // A recruiter's posting speaks of the licences of the people to be placed.
  const placing = path === 'recruiting' && !asking;
  const having = (force: string) =>
    forced.filter(item => item.force === force && !(placing && force === 'required')).map(({ mention }) => mention);
  for (const mention of having('excluded')) for (const name of excludedBy(mention)) note(findings.excluded, name, mention.hit);
  for (const mention of withoutHeads(clause, having('preferred'))) {
    for (const name of mention.names) note(findings.preferred, name, mention.hit);
    if (mention.group === 'therapist' || mention.group === 'professional') findings.preferredGroup.push(mention.hit);
  }
  const related = clause.cues.some(cue => cue.cue === 'related') || widensDegrees(clause);
  const anyField = related && !clause.cues.some(cue => cue.cue === 'license');
  nameAssistants(having('preferred'), findings.preferred);
  nameAssistants(having('required'), findings.named);
  const required = withoutHeads(clause, having('required')).filter(mention => !(anyField && mention.group === 'professional'));
  for (const mention of required) {
    for (const name of mention.names) note(findings.named, name, mention.hit);
    if (mention.group === 'therapist') findings.therapist.push(mention.hit);
    if (mention.group === 'professional') findings.professional.push(mention.hit);
    if (mention.group === 'assistant') findings.assistant.push(mention.hit);
    if (mention.group === 'board') findings.board.push(mention.hit);
    if (mention.group === 'bare-assistant' && required.some(({ group }) => group === 'therapist')) findings.assistant.push(mention.hit);
  }
  const lets = required.filter(
    mention => mention.names.length > 0 || ['therapist', 'professional', 'assistant', 'board'].includes(mention.group ?? ''),
  );
  const others = required.filter(mention => mention.group === 'other');
  const degree = required.find(mention => mention.group === 'other-degree');
  const barring = related ? others.filter(mention => isLicense(clause, mention)) : others;
  if (lets.length === 0) findings.other.push(...barring.map(({ hit }) => hit));
  const widened = related || (degree !== undefined && hasLayAlternative(clause, [degree]));
  if (degree && lets.length === 0 && !widened) findings.otherDegree.push(degree.hit);
  if (degree && widened) findings.openDegree.push(degree.hit);
  if (required.some(mention => mention.names.length > 0)) readFallbacks(clause, required, findings);
}

/** "RN license and a bachelor's in nursing or a related field": a licence set before the degree that the related field widens. */
function isLicense({ cues }: Clause, { first, last }: Mention): boolean {
  const licensed = cues.some(cue => cue.cue === 'license' && cue.first - last <= 1 && first - cue.last <= 3);
  const degree = cues.find(cue => cue.cue === 'degree' && cue.first >= last);
  return licensed && degree !== undefined && cues.some(cue => cue.cue === 'related' && cue.first >= degree.last);
}

/** "degree in psychology, design or similar": after fields of study, whatever is equivalent is another field and no other licence. */
function widensDegrees({ mentions, cues, text, last }: Clause): boolean {
  const degree = mentions.find(({ group }) => group === 'other-degree');
  if (!degree || mentions.some(({ group }) => group === 'other')) return false;
  if (cues.some(({ cue }) => cue === 'license' || cue === 'licensed')) return false;
  if (cues.some(({ cue, first }) => cue === 'equivalent' && first >= degree.last)) return true;
  return text.tokens
    .slice(degree.last, last)
    .some(({ word }, at) => word === 'equivalent' && text.tokens[degree.last + at - 1]?.word === 'or');
}

const ASSISTANT_OF = { OT: 'OTA', PT: 'PTA' } as const;

/** "OT or PT (therapist or assistant)" names the assistants of the therapists it names. */
function nameAssistants(mentions: readonly Mention[], into: Map<Credential, RuleHit[]>): void {
  const too = mentions.find(({ group }) => group === 'assistant' || group === 'bare-assistant');
  if (!too) return;
  for (const name of mentions.flatMap(({ names }) => names)) if (name === 'OT' || name === 'PT') note(into, ASSISTANT_OF[name], too.hit);
}

/** How far the members of a list may stand from the phrase they spell out: "licensed clinician in good standing (RN, PT, OT)". */
const HEAD_REACH = 7;

/** Leaves out a generic phrase that the list right after it spells out, unless the list only gives examples. */
function withoutHeads(clause: Clause, mentions: readonly Mention[]): Mention[] {
  if (clause.cues.some(({ cue }) => cue === 'equivalent')) return [...mentions];
  return mentions.filter(({ group, last }) => {
    if (group !== 'therapist' && group !== 'professional') return true;
    const next = mentions.find(mention => mention.first >= last && (mention.names.length > 0 || mention.group === 'other'));
    return (
      !next ||
      next.first - last > HEAD_REACH ||
      !opensList(clause, last, next.first) ||
      !mentions.some(mention => mention.names.length > 0 && mention.first >= last)
    );
  });
}

/** Whether a colon, a bracket or a dash stands between two places: a list follows. */
function opensList({ text }: Clause, from: number, to: number): boolean {
  return text.tokens.slice(from, to + 1).some(({ sep }) => (sep & (SEP.colon | SEP.open | SEP.dash)) !== 0);
}

/** What else a list of credentials lets in: a neighbouring licence, a related field, or years of other work. */
function readFallbacks(clause: Clause, required: readonly Mention[], findings: Findings): void {
  const from = Math.min(...required.map(mention => mention.first));
  const cue = (name: string) => clause.cues.find(({ cue: kind }) => kind === name);
  const related = cue('related') ?? (widensDegrees(clause) || undefined);
  const equivalent = cue('equivalent');
  const hit = (required[0] as Mention).hit;
  if (related || hasLayAlternative(clause, required)) findings.elseOpen.push(hit);
  else if (equivalent && equivalent.last > from) {
    if (!required.some(({ group }) => group === 'therapist')) findings.elseImplied.push(hit);
  } else if (cue('license') || cue('degree') || (cue('licensed') && cue('required'))) findings.strict.push(hit);
}

/** "... or 3+ years in the equipment business": an alternative that asks for years, or for any degree, and no credential. */
function hasLayAlternative({ text, first, last }: Clause, required: readonly Mention[]): boolean {
  let from = first;
  const parts: [number, number][] = [];
  for (let at = first; at < last; at++) {
    const token = text.tokens[at];
    const next = text.tokens[at + 1]?.word ?? '';
    if (
      token?.word !== 'or' ||
      !/^(\d|two|three|four|five|six|seven|eight|ten|a|an|equivalent|at|minimum|prior|experience|clinical)/.test(next)
    )
      continue;
    parts.push([from, at]);
    from = at + 1;
  }
  parts.push([from, last]);
  if (parts.length < 2) return false;
  return parts.some(([start, end]) => {
    const words = text.tokens.slice(start, end).map(token => token.word);
    const years = words.includes('year') || words.includes('yr') || words.includes('experience');
    const credential = required.some(mention => mention.first >= start && mention.last <= end);
    const anyDegree = ANY_DEGREE.has(words[words.length - 1] ?? '') && ((text.tokens[end]?.sep ?? 0) & SEP.comma) !== 0;
    return (years || anyDegree) && !credential && !words.some(word => CLINICAL.has(word));
  });
}

const ANY_DEGREE = new Set(['degree', 'bachelor', 'diploma', 'ged']);
const CLINICAL = new Set(['license', 'licensed', 'clinical']);

function excludedBy(mention: Mention): readonly Credential[] {
  if (mention.names.length > 0) return mention.names;
  if (mention.group === 'assistant' || mention.group === 'bare-assistant') return ['OTA', 'PTA'];
  return mention.group === 'therapist' ? ['OT', 'PT', 'SLP'] : [];
}
