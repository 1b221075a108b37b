import { BOILERPLATE } from '../../text/sections.ts';
import type { RuleHit } from '../reading/hit.ts';
import type { PostingReading } from '../reading/posting.ts';
import type { Item } from '../schema/names.ts';
import { type Gathered, gather } from './parts/gather.ts';
import type { Part } from './parts/part.ts';
import type { RoleReader } from './roles/role.ts';

/** Whom the text of a posting wants, as far as that tells what kind of job it is: the words, or none. */
export type Asked = {
  /** Therapists or their assistants by name, demanded or let in. */
  readonly named: readonly RuleHit[];
  /** The same, where they are only liked. */
  readonly liked: readonly RuleHit[];
  /** Therapists, their assistants or clinicians of any kind, demanded, let in or liked. */
  readonly generic: readonly RuleHit[];
};

export const NOBODY: Asked = { named: [], liked: [], generic: [] };
const CROWDS: ReadonlySet<Item> = new Set<Item>(['therapist', 'professional', 'therapy-field', 'assistant']);

/**
 * Reads whom a posting wants. Most postings talk of no therapist and no clinician at all: what they ask for is not gathered here, and
 * `findings` is null.
 */
export function readAsked(posting: PostingReading, roles: RoleReader): { asked: Asked; findings: Gathered | null } {
  if (!posting.hits.some(mayBeAsked)) return { asked: NOBODY, findings: null };
  const findings = gather(posting, roles);
  const { requirements, liked, letIn } = findings;
  const wanted = [...requirements.flatMap(({ ways }) => ways.flat()), ...letIn];
  return { asked: { named: wanted.flatMap(named), liked: liked.flatMap(named), generic: [...wanted, ...liked].flatMap(crowds) }, findings };
}

function mayBeAsked({ field, segment, rule: { kind, effect } }: RuleHit): boolean {
  if (field.name !== 'text' || BOILERPLATE.has(segment.section)) return false;
  return kind === 'names' || (kind === 'item' && 'item' in effect && CROWDS.has(effect.item));
}

const named = ({ names }: Part): RuleHit[] => names.map(({ hit }) => hit);
const crowds = ({ items }: Part): RuleHit[] => items.filter(({ item }) => CROWDS.has(item)).map(({ hit }) => hit);
