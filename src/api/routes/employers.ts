import type { FastifyInstance } from 'fastify';
import { canonicalQuery, encoded } from '../../feed/canonical.ts';
import { askable } from '../../feed/filter.ts';
import { urlOf } from '../../feed/site.ts';
import { minuteOf } from '../../http/clocks.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf } from '../../http/request-query.ts';
import { type Employer, feedEmployers } from '../../store/feed/employers.ts';
import { tellAddress } from '../links.ts';

const PATH = '/api/v1/employers';

/** `GET /api/v1/employers`: who hires under a filter, most postings first. */
export function employersRoute(app: FastifyInstance, { db, site, answers }: HttpContext): void {
  app.get(PATH, async (request, reply) => {
    const filter = { ...askedOf(request).filter, cursor: null, limit: null };
    const query = canonicalQuery(filter);
    tellAddress(reply, site(), PATH, query);
    const read = async () => {
      const { employers, capped } = await feedEmployers(db, filter);
      // Boards write names that no filter takes.
      const postings = ({ name, key }: Employer) =>
        key.trim() !== '' && name.toLowerCase() === key && askable('company', key)
          ? urlOf(site(), '/api/v1/postings', `company=${encoded(key)}`)
          : null;
      return {
        employers: employers.map(({ key, ...one }) => ({
          ...one,
          newest: one.newest.toISOString(),
          links: { postings: postings({ key, ...one }) },
        })),
        capped,
      };
    };
    return await answers.json(request, reply, { name: `employers ${query}`, read, clock: minuteOf(filter) });
  });
}
