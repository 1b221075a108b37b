import { type Kysely, type Selectable, sql } from 'kysely';
import { classifierInput } from '../../pipeline/classifier-input.ts';
import type { Answer, Database, LabelLine, LabelledLine } from '../schema.ts';
import { answerOf, type Reviewed } from './review.ts';

export type LabelRow = Selectable<Database['labels']>;

/** A line that `ombre eval` and `ombre classify` read as the posting was read. */
export function postingLine(reviewed: Reviewed): LabelledLine {
  const { id, posting, truncated, html, stated } = reviewed;
  const { title, company, location, department, domain } = classifierInput(reviewed);
  return {
    id,
    title,
    company: company ?? null,
    location,
    department,
    domain,
    description: html,
    url: posting.url,
    truncated,
    stated,
    origin: 'stored',
  };
}

/** Keeps what an operator says of a posting, in place of what was said before. */
export async function putLabel(db: Kysely<Database>, reviewed: Reviewed, label: LabelLine): Promise<void> {
  const values = {
    posting: JSON.stringify(postingLine(reviewed)),
    label: JSON.stringify(label),
    answered: JSON.stringify(answerOf(reviewed)),
    content_hash: reviewed.contentHash,
    rules_version: reviewed.rulesVersion,
    labelled_at: sql<Date>`now()`,
  };
  await db
    .insertInto('labels')
    .values({ posting_id: reviewed.id, ...values })
    .onConflict(conflict => conflict.column('posting_id').doUpdateSet(values))
    .execute();
}

/** Forgets the label of a posting. Returns it, or undefined where there was none. */
export async function dropLabel(db: Kysely<Database>, postingId: string): Promise<LabelRow | undefined> {
  return db.deleteFrom('labels').where('posting_id', '=', postingId).returningAll().executeTakeFirst();
}

export async function labelOf(db: Kysely<Database>, postingId: string): Promise<LabelRow | undefined> {
  return db.selectFrom('labels').selectAll().where('posting_id', '=', postingId).executeTakeFirst();
}

/** Every label, with its posting, in the order of ids: an export is the same twice. */
export async function allLabels(db: Kysely<Database>): Promise<Pick<LabelRow, 'posting' | 'label'>[]> {
  return db.selectFrom('labels').select(['posting', 'label']).orderBy('posting_id').execute();
}

export type LabelTold = { id: string; title: string; company: string | null; label: LabelLine; answered: Answer; at: Date; gone: boolean };

/** Labels without their texts, newest first. `gone`: the posting is stored no more, or is closed. */
export async function latestLabels(db: Kysely<Database>, most: number): Promise<LabelTold[]> {
  return db
    .selectFrom('labels as l')
    .leftJoin('postings as p', 'p.id', 'l.posting_id')
    .select(['l.posting_id as id', 'l.label', 'l.answered', 'l.labelled_at as at'])
    .select(sql<string>`l.posting ->> 'title'`.as('title'))
    .select(sql<string | null>`l.posting ->> 'company'`.as('company'))
    .select(sql<boolean>`p.id is null or p.closed_at is not null`.as('gone'))
    .orderBy('l.labelled_at', 'desc')
    .orderBy('l.posting_id')
    .limit(most)
    .execute();
}

export async function labelCount(db: Kysely<Database>): Promise<number> {
  const { n } = await db.selectFrom('labels').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow();
  return n;
}
