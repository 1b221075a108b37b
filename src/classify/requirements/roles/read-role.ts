import { bestOf, type Linear } from '../../../text/linear.ts';
import { Weigher } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import type { Row } from '../mentions/row.ts';
import { ROLES, type Role } from './role.ts';
import { hearRow } from './row-hearing.ts';
import type { Surroundings } from './surroundings.ts';

export const rolesFile = linearFile('roles.yaml', ROLES);

/** Tells the role of a row from all that is seen of it in its sentence and around. */
export type RoleReader = (row: Row, around: Surroundings) => Role;

export function roleReader(linear: Linear): RoleReader {
  return (row, around) => ROLES[bestOf(hearRow(row, around, new Weigher(linear)).scores())] as Role;
}
