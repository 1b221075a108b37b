import { table } from '../src/cli/_output.ts';

/** One figure of a benchmark: what was measured, beside what, and whether the goal is met (null where none was set). */
export type Row = { what: string; ours: string; beside: string; goal: string; met: boolean | null };

/** Prints rows for people, or with `--rows` for bench/run.ts. */
export function printRows(rows: readonly Row[], asJson: boolean): void {
  if (asJson) return void process.stdout.write(`${JSON.stringify(rows)}\n`);
  const cells = rows.map(({ what, ours, beside, goal, met }) => [what, ours, beside, goal, metWord(met)]);
  process.stdout.write(`${table(['what', 'ours', 'beside', 'goal', 'met'], cells)}\n`);
}

export function metWord(met: boolean | null): string {
  return met === null ? '' : met ? 'yes' : 'NO';
}

/** The middle one of some figures; the mean of both where two are in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
