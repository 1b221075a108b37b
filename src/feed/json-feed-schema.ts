import { z } from 'zod';
import { POSTING } from './posting-schema.ts';

/** JSON Feed 1.1 as it is written here. */
export const JSON_FEED = z.object({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string(),
  description: z.string(),
  home_page_url: z.string().describe('The page of the same filter'),
  feed_url: z.string(),
  next_url: z.string().optional().describe('The next page; left out on the last'),
  language: z.string(),
  authors: z.array(z.object({ name: z.string(), url: z.string() })),
  items: z.array(
    z.object({
      id: z.string().describe('A tag: URI that never changes'),
      url: z.string().describe('Our page of the posting'),
      external_url: z.string().describe('The page of the employer'),
      title: z.string(),
      summary: z.string(),
      content_html: z.string(),
      date_published: z.iso.datetime().describe('When Ombre first saw it'),
      date_modified: z.iso.datetime(),
      authors: z
        .array(z.object({ name: z.string() }))
        .optional()
        .describe('The employer, where it has a name'),
      tags: z.array(z.string()).describe('Its paths'),
      _ombre: POSTING,
    }),
  ),
});
