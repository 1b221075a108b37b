import { readFileSync } from 'node:fs';
import { entityTag } from '../http/conditional.ts';

const body = readFileSync(new URL('./desk.css', import.meta.url));
const tag = entityTag(body).slice(0, 12);

/** What the desk adds to the site's own stylesheet. The same for everybody, so it may be kept. */
export const DESK_STYLE = { body, tag, type: 'text/css; charset=utf-8', path: '/admin/desk.css', url: `/admin/desk.css?v=${tag}` };
