import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { mistake } from '../errors.ts';
import type { Sure } from '../evaluation/label.ts';
import { CREDENTIALS, type Credential, PATH_SLUGS, PATHS, type Path, RELEVANCES, VERDICTS, type Verdict } from '../posting/taxonomy.ts';
import { type Actor, noteChange } from '../store/desk/audit.ts';
import type { Answer, Database, LabelLine } from '../store/schema.ts';
import { dropLabel, putLabel } from '../store/tags/labels.ts';
import { answerOf, type Reviewed, reviewedPosting } from '../store/tags/review.ts';
import { handleTagReports, openTagReports } from '../store/tags/tag-reports.ts';

/** What an operator says is otherwise. `path` is `PATH` or `PATH/ROLE`. What is left out stays as it was answered. */
export type Correction = { relevance?: string; path?: string; verdicts?: Partial<Record<Credential, string>> };

export const LONGEST_NOTE = 500;

type Labelling = {
  id: string;
  correction: Correction;
  sure: Sure;
  note: string;
  /** What the operator saw (printOf): with another answer or text by now nothing is kept. */
  print?: string;
  /** Marks the open reports of the posting as handled, too. */
  handle?: boolean;
  actor: Actor;
};

/** `accepted`: the label says what the classifier said. `handled`: the numbers of reports. */
export type Labelled = { auditId: number; accepted: boolean; handled: number[] };

/** A mark of the text and the answer of a posting, as somebody looks at them. */
export function printOf(reviewed: Reviewed): string {
  const seen = JSON.stringify([reviewed.contentHash, answerOf(reviewed)]);
  return createHash('sha256').update(seen).digest('base64url').slice(0, 22);
}

/**
 * Keeps a label of a posting, and notes it in the audit. It teaches: what readers see stays as the classifier has it. `gone` where no
 * such posting is stored with its text, `changed` where it is not what the operator saw. Throws E_INPUT for a correction that is none.
 */
export async function keepLabel(db: Kysely<Database>, order: Labelling): Promise<Labelled | 'gone' | 'changed'> {
  const { id, sure, note, actor, handle = false } = order;
  return db.transaction().execute(async trx => {
    const reviewed = await reviewedPosting(trx, id);
    if (!reviewed) return 'gone';
    if (order.print !== undefined && order.print !== printOf(reviewed)) return 'changed';
    const before = answerOf(reviewed);
    const answer = corrected(before, order.correction);
    const accepted = JSON.stringify(answer) === JSON.stringify(before);
    const label: LabelLine = { id, ...answer, sure, note };
    await putLabel(trx, reviewed, label);
    const reports = handle ? await openTagReports(trx, { posting: id }) : [];
    const handled = await handleTagReports(
      trx,
      reports.map(report => report.id),
    );
    const after = { ...answer, sure, note, ...(handled.length > 0 && { reports_handled: handled }) };
    const auditId = await noteChange(trx, actor, { what: accepted ? 'label.accept' : 'label.correct', target: id, before, after });
    return { auditId, accepted, handled };
  });
}

/** Takes a label back, and notes it. Null where there is none. */
export async function removeLabel(db: Kysely<Database>, id: string, actor: Actor): Promise<number | null> {
  return db.transaction().execute(async trx => {
    const dropped = await dropLabel(trx, id);
    return dropped ? noteChange(trx, actor, { what: 'label.remove', target: id, before: dropped.label }) : null;
  });
}

/** An answer as somebody corrects it. Throws E_INPUT naming what is missing or not allowed. Pure. */
export function corrected(before: Answer, { relevance: given, path, verdicts = {} }: Correction): Answer {
  const relevance = among('relevance', given ?? before.relevance, RELEVANCES);
  const asked = Object.entries(verdicts) as [Credential, string][];
  if (relevance !== 'nonclinical') {
    const [first] = asked;
    if (path !== undefined) throw mistake('E_INPUT', 'path', path, `none, where the relevance is ${relevance}`);
    if (first) throw mistake('E_INPUT', `verdict of ${first[0]}`, first[1], `none, where the relevance is ${relevance}`);
    // What was said of the paths of something that is no such job is not judged, and not kept.
    return { relevance, paths: relevance === before.relevance ? before.paths : [], role: null, verdicts: null };
  }
  const told = path === undefined ? { paths: before.paths, role: before.role } : pathOf(path, before);
  if (told.paths.length === 0) throw mistake('E_INPUT', 'path', undefined, allowed(PATH_SLUGS));
  const verdictOf = (credential: Credential): Verdict =>
    among(`verdict of ${credential}`, verdicts[credential] ?? before.verdicts?.[credential], VERDICTS);
  const all = Object.fromEntries(CREDENTIALS.map(credential => [credential, verdictOf(credential)])) as Record<Credential, Verdict>;
  return { relevance, ...told, verdicts: all };
}

function pathOf(given: string, before: Answer): Pick<Answer, 'paths' | 'role'> {
  const [slug = '', ...rest] = given.split('/');
  const role = rest.length === 0 ? null : rest.join('/');
  const path = among('path', slug, PATH_SLUGS);
  const roles: readonly string[] = PATHS[path].roles;
  if (role !== null && !roles.includes(role)) throw mistake('E_INPUT', `role of ${path}`, role, allowed(roles));
  return { paths: path === before.paths[0] ? before.paths : [path], role };
}

function among<T extends string>(what: string, given: string | undefined, of: readonly T[]): T {
  const found = of.find(one => one === given);
  if (found === undefined) throw mistake('E_INPUT', what, given, allowed(of));
  return found;
}

function allowed(of: readonly string[]): string {
  return of.join(', ');
}

/** The primary path and its role as a correction names them. */
export function pathText({ paths, role }: { paths: readonly Path[]; role: string | null }): string {
  const [path = ''] = paths;
  return role === null ? path : `${path}/${role}`;
}
