import { z } from 'zod';

export const SUBSCRIPTIONS_PATH = '/api/v1/subscriptions';

/** What a wish to subscribe is made of. Read in words of its own where it is taken; this is for the reference. */
const WISH = z.object({
  email: z.string().max(254).describe('Gets a mail that asks to confirm; nothing else is sent before that'),
  filter: z.string().max(2100).describe('The query of a feed, or the address of a filtered page; it must narrow something'),
  cadence: z.enum(['daily', 'weekly']).default('weekly'),
  weekday: z.int().min(1).max(7).default(1).describe('When weekly: 1 is Monday'),
  hour: z.int().min(0).max(23).default(7).describe('Of the time zone'),
  zone: z
    .string()
    .optional()
    .describe('IANA time zone; left out, that of the place in the filter (`near` or `state`), else America/New_York'),
});

/** A body that would be taken. */
export const WISH_EXAMPLE = {
  email: 'ann@example.org',
  filter: 'credential=OTA&work_mode=remote',
  cadence: 'weekly',
  weekday: 1,
  hour: 7,
  zone: 'America/New_York',
};

/** The one operation that writes, for the OpenAPI document; `problem` makes the answer of a status. */
export function subscribing<P>(problem: (status: number | 'default') => P) {
  const { $schema: _, ...schema } = z.toJSONSchema(WISH, { io: 'input' });
  const asked = { type: 'object', required: ['status'], properties: { status: { const: 'confirmation_asked' } } };
  return {
    operationId: 'subscribe',
    summary: 'Asks an address to confirm that it wants the new postings of a filter by mail; the answer is the same for every address',
    description:
      'Nothing but the one mail that asks is sent before its owner has said yes on our page. Wishes for one address and from one network address are limited by the hour.',
    tags: ['api'],
    requestBody: { required: true, content: { 'application/json': { schema, example: WISH_EXAMPLE } } },
    responses: {
      202: {
        description: 'Taken: a mail asks to confirm, if this address can get one',
        content: { 'application/json': { schema: asked, example: { status: 'confirmation_asked' } } },
      },
      400: problem(400),
      429: problem(429),
      default: problem('default'),
    },
  };
}
