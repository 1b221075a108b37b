import type { Force } from '../../schema/names.ts';

/** What a posting does with what it names: it only talks of it, or it asks an applicant for it with some force. */
export const ROLES = ['talk', 'demanded', 'wished', 'let-in', 'shut-out', 'denied', 'unsettled'] as const satisfies readonly (
  | Force
  | 'talk'
)[];
export type Role = (typeof ROLES)[number];

/** What a row is taken for, and what else it may be, each with how likely that is. */
export type ToldRole = { readonly role: Role; readonly others: readonly { readonly role: Role; readonly chance: number }[] };
