import { CREDENTIALS, PATH_SLUGS, PATHS } from '../posting/taxonomy.ts';
import { FORMATS } from './render.ts';
import { type Site, urlOf } from './site.ts';
import { aCredential } from './verdict-words.ts';
import { empty, escapeXml } from './xml.ts';

export const OPML_TYPE = 'text/x-opml; charset=utf-8';

/** The feeds as a reader's subscription list (OPML 2.0): everything, by credential, by path. */
export function writeOpml(site: Site): string {
  const line = (name: string, query: string) => {
    const xmlUrl = urlOf(site, FORMATS.rss.path, query);
    return `      ${empty('outline', { type: 'rss', text: name, title: name, xmlUrl, htmlUrl: urlOf(site, '/', query) })}`;
  };
  const group = (name: string, lines: string[]) => [`    <outline text="${escapeXml(name)}">`, ...lines, '    </outline>'];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head><title>Ombre: non-clinical jobs for rehabilitation professionals</title></head>',
    '  <body>',
    ...group('All', [line('All non-clinical jobs', '')]),
    ...group(
      'By credential',
      CREDENTIALS.map(credential => line(`For ${aCredential(credential)}`, `credential=${credential}`)),
    ),
    ...group(
      'By path',
      PATH_SLUGS.map(path => line(PATHS[path].name, `path=${path}`)),
    ),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
