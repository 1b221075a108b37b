import type { FastifyInstance } from 'fastify';
import { canonicalQuery } from '../../feed/canonical.ts';
import { filterMistake } from '../../feed/filter.ts';
import { minuteOf, today } from '../../http/clocks.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf } from '../../http/request-query.ts';
import { weeklyNumbers } from '../../store/feed/numbers.ts';
import { tellAddress } from '../links.ts';

const MOST_WEEKS = 104;
const WEEKS = 26;

/** `GET /api/v1/stats`: the postings of a filter week by week: opened, closed, open at the end. */
export function statsRoute(app: FastifyInstance, { db, site, answers }: HttpContext): void {
  app.get('/api/v1/stats', async (request, reply) => {
    const asked = askedOf(request, ['weeks']);
    const { weeks: text = String(WEEKS) } = asked.own;
    const filter = { ...asked.filter, cursor: null };
    const weeks = Number(text);
    if (!/^\d{1,3}$/.test(text) || weeks < 1 || weeks > MOST_WEEKS) {
      throw filterMistake('weeks', text, `a whole number from 1 to ${MOST_WEEKS}`);
    }
    const query = canonicalQuery(filter);
    tellAddress(reply, site(), '/api/v1/stats', [query, weeks !== WEEKS && `weeks=${weeks}`].filter(Boolean).join('&'));
    const read = async () => ({ weeks: await weeklyNumbers(db, filter, weeks) });
    return await answers.json(request, reply, { name: `stats ${weeks} ${query}`, read, clock: `${today()} ${minuteOf(filter)}` });
  });
}
