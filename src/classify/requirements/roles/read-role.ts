import { bestOf, chancesOf, type Linear } from '../../../text/linear.ts';
import { Weigher } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import type { Row } from '../mentions/row.ts';
import { ROLES, type Role, type ToldRole } from './role.ts';
import { hearRow } from './row-hearing.ts';
import type { Surroundings } from './surroundings.ts';

export const rolesFile = linearFile('roles.yaml', ROLES);

/** Tells the role of a row from all that is seen of it in its sentence and around. */
export type RoleReader = (row: Row, around: Surroundings) => ToldRole;

/** A role less likely than this is no matter of doubt. */
const LEAST_CHANCE = 0.05;

export function roleReader(linear: Linear): RoleReader {
  return (row, around) => {
    const chances = chancesOf(hearRow(row, around, new Weigher(linear)).scores());
    const best = ROLES[bestOf(chances)] as Role;
    const others = ROLES.flatMap((role, at) => {
      const chance = chances[at] as number;
      return role !== best && chance >= LEAST_CHANCE ? [{ role, chance }] : [];
    });
    return { role: best, others };
  };
}
