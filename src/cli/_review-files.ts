import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, mistake, OmbreError } from '../errors.ts';
import { classifierInput } from '../pipeline/prepare.ts';
import { ROLE_PATH } from '../posting/taxonomy.ts';
import type { Reviewed } from '../store/tags/review.ts';

export type Doubted = Reviewed & { doubt: string };

const NAMES = { postings: 'postings.jsonl', labels: 'labels.jsonl' };

/** What was written, and whether that replaced something. */
type Written = { postings: string; labels: string; replaced: boolean };

/**
 * Writes postings, and the answers about them as labels to be corrected by hand. Files that are there already are an error, unless they
 * may be replaced.
 */
export async function writeReview(folder: string, rows: readonly Doubted[], replace: boolean): Promise<Written> {
  const files = { postings: join(folder, NAMES.postings), labels: join(folder, NAMES.labels) };
  const lines = (of: (row: Doubted) => unknown): string => rows.map(row => `${JSON.stringify(of(row))}\n`).join('');
  const occupied = (await Promise.all(Object.values(files).map(isThere))).includes(true);
  if (occupied && !replace) throw taken(folder);
  const drafts = { postings: `${files.postings}.draft`, labels: `${files.labels}.draft` };
  try {
    await mkdir(folder, { recursive: true });
    // Whole beside their place first: a full disk must not cost labels that somebody corrected by hand.
    await writeFile(drafts.postings, lines(postingOf));
    await writeFile(drafts.labels, lines(labelOf));
    await rename(drafts.labels, files.labels);
    await rename(drafts.postings, files.postings);
  } catch (error) {
    // Where not even the folder could be made there is nothing to clear away, and the error told is the first one.
    for (const draft of Object.values(drafts)) await rm(draft, { force: true }).catch(() => undefined);
    throw new OmbreError('E_INPUT', `${folder}: ${messageOf(error)}`, { cause: error });
  }
  return { ...files, replaced: occupied };
}

const taken = (folder: string): OmbreError =>
  mistake('E_USAGE', '--write', folder, `a folder without ${NAMES.postings} and ${NAMES.labels}, or --overwrite to replace them`);

/** What cannot be looked at (a file where the folder should be) is told when it is written to. */
async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

/** A line that `ombre eval` and `ombre classify` read as the posting was read. */
function postingOf(doubted: Doubted) {
  const { id, posting, truncated, html, stated } = doubted;
  const { title, company, location, department, domain } = classifierInput(doubted);
  return { id, title, company, location, department, domain, description: html, url: posting.url, truncated, stated, origin: 'stored' };
}

function labelOf({ id, relevance, paths, roles, verdicts, facets, doubt }: Doubted) {
  const nonclinical = relevance === 'nonclinical';
  return {
    id,
    relevance,
    paths,
    role: (nonclinical && roles.find(role => ROLE_PATH.get(role) === paths[0])) || null,
    verdicts: verdicts && Object.fromEntries(Object.entries(verdicts).map(([credential, { verdict }]) => [credential, verdict])),
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
