import type { Cue } from '../rule.ts';
import type { Deciding } from '../statements.ts';
import { WITNESSES } from './capabilities.ts';
import type { CueHit, Row } from './row.ts';
import { readScene } from './witnesses.ts';

export type Asked = { readonly asked: boolean; readonly deciding: Deciding | null };

/** Whether a sentence speaks of a row as what the applicant brings, by all that is seen of it together, and the word of force that decides. */
export function readAsked(row: Row, cues: readonly CueHit[], heading: Cue | null): Asked {
  const { witnesses, deciding } = readScene(row, cues, heading);
  const sum = witnesses.reduce((weight, witness) => weight + (WITNESSES[witness] ?? 0), 0);
  return { asked: sum > 0, deciding };
}
