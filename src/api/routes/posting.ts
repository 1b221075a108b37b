import type { FastifyInstance } from 'fastify';
import { closedWords } from '../../feed/closed-words.ts';
import { filterMistake } from '../../feed/filter.ts';
import { idOfTag } from '../../feed/ids.ts';
import { detailView, explainView } from '../../feed/posting-view.ts';
import { postingsTag } from '../../http/answers.ts';
import { API_CACHE, JSON_TYPE, sendTagged } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { sendProblem } from '../../http/problem.ts';
import { flag, queryText, splitQuery } from '../../http/request-query.ts';
import { feedPosting } from '../../store/feed/postings.ts';

/** `GET /api/v1/postings/:id`: 200, or 410 with the facts when it is closed, or 404. `explain=1` adds every tag with its words, and the text. */
export function postingRoute(app: FastifyInstance, { db, site }: HttpContext): void {
  app.get<{ Params: { id: string } }>('/api/v1/postings/:id', async (request, reply) => {
    const { own, filter } = splitQuery(queryText(request), ['explain']);
    const extra = Object.keys(filter)[0];
    if (extra !== undefined) throw filterMistake(extra, filter[extra], 'explain=1');
    const explain = flag('explain', own.explain);
    const id = idOfTag(request.params.id);
    const posting = /\p{Cc}/u.test(id) ? null : await feedPosting(db, id);
    if (!posting) return sendProblem(reply, { status: 404, detail: 'no posting has this id' });
    const view = { ...detailView(posting, site()), ...(explain && explainView(posting)) };
    const validators = {
      tag: postingsTag(`posting ${explain}`, site(), id, JSON.stringify([posting.updated_at, posting.last_seen])),
      changedAt: new Date(Math.max(posting.last_seen.getTime(), posting.updated_at.getTime())),
      cacheControl: API_CACHE,
    };
    if (posting.closed_at) {
      return sendProblem(reply, {
        status: 410,
        detail: `closed: ${closedWords(posting.closed_reason)}`,
        code: 'E_GONE',
        posting: view,
      });
    }
    return sendTagged(request, reply, validators, { body: JSON.stringify(view), type: JSON_TYPE });
  });
}
