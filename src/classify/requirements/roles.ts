import { bestOf, type Linear, linearFile, weigh } from '../linear.ts';
import type { Force } from '../rule.ts';
import { spellerOf } from '../spelling.ts';
import type { Row } from './row.ts';
import { hearRow } from './row-hearing.ts';
import type { Surroundings } from './surroundings.ts';

/** What a posting does with what it names: it only talks of it, or it asks an applicant for it with some force. */
export const ROLES = ['talk', 'demanded', 'wished', 'let-in', 'shut-out', 'denied', 'unsettled'] as const satisfies readonly (
  | Force
  | 'talk'
)[];
export type Role = (typeof ROLES)[number];

export const rolesFile = linearFile('roles.yaml', ROLES);

/** Tells the role of a row from all that is seen of it in its sentence and around. */
export type RoleReader = (row: Row, around: Surroundings) => Role;

export function roleReader(linear: Linear): RoleReader {
  const speller = spellerOf(linear.words);
  return (row, around) => ROLES[bestOf(weigh(hearRow(row, around, speller), linear))] as Role;
}
