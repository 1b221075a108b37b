import { mistake, OmbreError } from '../errors.ts';
import type { Case } from '../evaluation/case.ts';
import { type Label, labelLine, type Sure } from '../evaluation/label.ts';
import { readJsonLines, readPostings, toClassifierInput } from './_postings.ts';

/** The labelled postings of some files, in their order; with `sure`, only those whose reader was that sure. The others are left out. */
export async function readCases(postings: readonly string[], labels: readonly string[], sure?: Sure): Promise<Case[]> {
  const byId = new Map<string, Label>();
  for (const file of labels) {
    for await (const label of readJsonLines(file, labelLine)) {
      if (byId.has(label.id)) throw mistake('E_INPUT', `${file}: id`, label.id, 'one label for each posting');
      byId.set(label.id, label);
    }
  }
  const cases: Case[] = [];
  for (const file of postings) {
    for await (const line of readPostings(file)) {
      const label = byId.get(String(line.id));
      if (label && (sure === undefined || label.sure === sure))
        cases.push({ label, origin: originOf(line), input: toClassifierInput(line) });
    }
  }
  if (cases.length > 0) return cases;
  const which = sure === undefined ? '' : ` with sure: ${sure}`;
  throw new OmbreError('E_INPUT', `${labels.join(', ')} labels no posting of ${postings.join(', ')}${which}`);
}

function originOf(line: Record<string, unknown>): string {
  return typeof line.origin === 'string' && line.origin !== '' ? line.origin : 'unknown';
}
