import { type Html, html } from '../../http/html.ts';
import { allLabels, type LabelTold, labelCount, latestLabels } from '../../store/tags/labels.ts';
import { plural } from '../../web/view/words.ts';
import { answerText } from '../answer-view.ts';
import type { DeskPages } from '../context.ts';
import { deskTable, moment, sendPage } from '../layout.ts';

const PATH = '/admin/labels';
const LISTED = 100;

/** `/admin/labels`: what operators said, and the two files of it that `ombre eval` reads. `ombre labels list` and `export` do the same. */
export const labelPages: DeskPages = {
  routes: (app, desk) => {
    app.get(PATH, async (request, reply) => {
      const [labels, all] = await Promise.all([latestLabels(desk.db, LISTED), labelCount(desk.db)]);
      const files = html`<p><a href="${PATH}/postings.jsonl">postings.jsonl</a> and <a href="${PATH}/labels.jsonl">labels.jsonl</a> are what <code>ombre eval --postings FILE --labels FILE</code> reads.</p>
${deskTable('Labels', ['Posting', 'Since', 'Label', 'Was answered', 'Note'], labels.map(rowOf))}
${all > labels.length && html`<p class="muted">These are the newest ${labels.length} of ${all}.</p>`}`;
      const body = html`<p>${plural(all, 'label')} of postings, kept also when the posting is gone.</p>${all > 0 && files}`;
      return sendPage(request, reply, desk, { title: 'Labels', section: '/admin/review', body });
    });
    for (const part of ['posting', 'label'] as const)
      app.get(`${PATH}/${part}s.jsonl`, async (_request, reply) => {
        const lines = (await allLabels(desk.db)).map(row => `${JSON.stringify(row[part])}\n`).join('');
        return reply
          .header('content-type', 'application/jsonl; charset=utf-8')
          .header('content-disposition', `attachment; filename="${part}s.jsonl"`)
          .send(lines);
      });
  },
};

function rowOf({ id, title, company, label, answered, at, gone }: LabelTold): (Html | string)[] {
  const name = html`<a href="/admin/review/${encodeURIComponent(id)}">${title}</a> <small class="muted">${company}${gone && ' (closed)'}</small>`;
  const moved = Object.entries(label.verdicts ?? {}).filter(
    ([credential, verdict]) => answered.verdicts?.[credential as 'OT'] !== undefined && answered.verdicts[credential as 'OT'] !== verdict,
  );
  const told = moved.map(([credential, verdict]) => `${credential} ${verdict}`).join(', ');
  const before = moved.map(([credential]) => `${credential} ${answered.verdicts?.[credential as 'OT']}`).join(', ');
  return [
    name,
    moment(at),
    html`${answerText(label)}${told && html`<br><small>${told}</small>`}`,
    html`${answerText(answered)}${before && html`<br><small>${before}</small>`}`,
    `${label.sure === 'low' ? 'Unsure. ' : ''}${label.note}`,
  ];
}
