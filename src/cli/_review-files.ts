import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, mistake, OmbreError } from '../errors.ts';
import { postingLine } from '../store/tags/labels.ts';
import { answerOf, type Reviewed } from '../store/tags/review.ts';

export type Doubted = Reviewed & { doubt: string };

const NAMES = { postings: 'postings.jsonl', labels: 'labels.jsonl' };

/** What was written, and whether that replaced something. */
type Written = { postings: string; labels: string; replaced: boolean };

/** Writes postings, and the answers about them as labels to be corrected by hand. */
export async function writeReview(folder: string, rows: readonly Doubted[], replace: boolean): Promise<Written> {
  return writeLabelled(
    { folder, replace, option: '--write' },
    rows.map(row => ({ posting: postingLine(row), label: draftOf(row) })),
  );
}

type Place = { folder: string; replace: boolean; option: string };

/** Writes postings and their labels. Files that are there already are an error of `option`, unless they may be replaced. */
export async function writeLabelled(
  { folder, replace, option }: Place,
  rows: readonly { posting: unknown; label: unknown }[],
): Promise<Written> {
  const files = { postings: join(folder, NAMES.postings), labels: join(folder, NAMES.labels) };
  const lines = (of: 'posting' | 'label'): string => rows.map(row => `${JSON.stringify(row[of])}\n`).join('');
  const occupied = (await Promise.all(Object.values(files).map(isThere))).includes(true);
  if (occupied && !replace) throw taken(folder, option);
  const drafts = { postings: `${files.postings}.draft`, labels: `${files.labels}.draft` };
  try {
    await mkdir(folder, { recursive: true });
    // Whole beside their place first: a full disk must not cost labels that somebody corrected by hand.
    await writeFile(drafts.postings, lines('posting'));
    await writeFile(drafts.labels, lines('label'));
    await rename(drafts.labels, files.labels);
    await rename(drafts.postings, files.postings);
  } catch (error) {
    // Where not even the folder could be made there is nothing to clear away, and the error told is the first one.
    for (const draft of Object.values(drafts)) await rm(draft, { force: true }).catch(() => undefined);
    throw new OmbreError('E_INPUT', `${folder}: ${messageOf(error)}`, { cause: error });
  }
  return { ...files, replaced: occupied };
}

const taken = (folder: string, option: string): OmbreError =>
  mistake('E_USAGE', option, folder, `a folder without ${NAMES.postings} and ${NAMES.labels}, or --overwrite to replace them`);

/** What cannot be looked at (a file where the folder should be) is told when it is written to. */
async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** The answer with all its facets, as a label to begin with. */
function draftOf({ facets, doubt, ...reviewed }: Doubted) {
  return {
    id: reviewed.id,
    ...answerOf({ ...reviewed, facets }),
    work_mode: facets.work_mode ?? null,
    min_years: facets.min_years ?? null,
    pay: facets.pay ?? null,
    employment_type: facets.employment_type ?? [],
    caseload: facets.caseload ?? false,
    certifications: facets.certifications ?? [],
    sure: 'low',
    note: doubt,
  };
}
