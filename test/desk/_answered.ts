import type { Kysely } from 'kysely';
import { classify } from '../../src/classify/classify.ts';
import type { Database } from '../../src/store/schema.ts';
import { putTags, tagColumns } from '../../src/store/tags/tags.ts';
import { insertPostings } from '../support/postings.ts';

export const REVIEWER = 'You decide on requests for outpatient therapy.\n\nRequirements\n- OT or PT license\n- Two years of practice';

type Answered = { id: string; title?: string; text?: string; confidence: number };

/** Stores an open posting with the classifier's own answer, but another confidence. */
export async function insertAnswered(
  db: Kysely<Database>,
  { id, title = 'Utilization Review Specialist', text = REVIEWER, confidence }: Answered,
): Promise<void> {
  const company = 'Example Health';
  const html = text
    .split('\n\n')
    .map(part => `<p>${part.replaceAll('\n', '<br />')}</p>`)
    .join('');
  await insertPostings(db, [{ id, title, text, html, company }]);
  const answer = { ...classify({ title, text, company }), confidence };
  await db.updateTable('postings').set(tagColumns(answer)).where('id', '=', id).execute();
  await putTags(db, id, answer);
}
