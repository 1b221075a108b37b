import { bestOf, type Linear, weigh } from '../../../text/linear.ts';
import { linearFile } from '../../learned/linear-file.ts';
import { spellerOf } from '../../learned/spelling.ts';
import type { Row } from '../mentions/row.ts';
import { ROLES, type Role } from './role.ts';
import { hearRow } from './row-hearing.ts';
import type { Surroundings } from './surroundings.ts';

export const rolesFile = linearFile('roles.yaml', ROLES);

/** Tells the role of a row from all that is seen of it in its sentence and around. */
export type RoleReader = (row: Row, around: Surroundings) => Role;

export function roleReader(linear: Linear): RoleReader {
  const speller = spellerOf(linear.words);
  return (row, around) => ROLES[bestOf(weigh(hearRow(row, around, speller), linear))] as Role;
}
